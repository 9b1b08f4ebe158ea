"""Tests of the table of a sub-step: what each cell shows, and what may be projected in a room."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from tests.partnership.told import GUIDE, Told
from tui.guide.guide_types import Step
from tui.partnership.completion import CONFIRM, VOID, answered_count, progress
from tui.partnership.positions import points
from tui.partnership.privacy import public_view
from tui.partnership.step_table import StepTable, step_table
from tui.partnership.values import Change
from tui.text.widths import width

OPEN, GATHER, COMMIT = GUIDE.main_steps


def table(told: Told, step: Step = OPEN, lang: str = "fr", *, public: bool = False) -> StepTable:
    """The table of a sub-step of what was told."""
    return step_table(told.guide, told.partnership, step, lang, public=public)


def cell(told: Told, question: str, partner: str = "Collège", lang: str = "fr", *, public: bool = False) -> str:
    """The letters of one cell; "absent" where the table has no such column."""
    step = next(one for one in GUIDE.main_steps if question in [asked.id for asked in one.questions])
    found = table(told, step, lang, public=public)
    at = next((at for at, one in enumerate(found.columns) if one.id == question), -1)
    row = next(one for one in found.rows if one.partner == told.ids[partner])
    return row.facts[at].text if at >= 0 else "absent"


@pytest.fixture
def told() -> Told:
    """Two interested partners."""
    return Told("Collège", "Clinique")


@pytest.mark.parametrize(
    ("status", "fr", "en"),
    [
        ("prospective", "press", "prosp"), ("contacted", "conta", "contac"), ("interested", "intér", "inter"),
        ("committed", "engag", "commit"), ("signatory", "signé", "signed"), ("withdrawn", "retir", "withd"),
    ],
)  # fmt: skip
def test_who_says_how_far_the_talks_are(told: Told, status: str, fr: str, en: str) -> None:
    told.say("open.who", {"status": status}, "Collège")
    assert (cell(told, "open.who"), cell(told, "open.who", lang="en")) == (fr, en)


@pytest.mark.parametrize(
    ("level", "text"),
    [("informed", "infor"), ("consulted", "consu"), ("contributes", "contr"), ("decides", "décid"), ("leads", "pilot")],
)
def test_involvement_says_its_level(told: Told, level: str, text: str) -> None:
    assert cell(told, "open.involvement") == "–"
    told.say("open.involvement", {"level": level}, "Collège")
    assert cell(told, "open.involvement") == text
    assert cell(told, "open.involvement", "Clinique") == "–"


def test_contributions_are_confirmed_plus_wished(told: Told) -> None:
    assert cell(told, "open.contributions") == "–"
    for text, state in (("prêter", "confirmed"), ("former", "accepted"), ("accueillir", "wished")):
        told.say("open.contributions", {"text": text, "state": state}, "Collège", op="add")
    assert cell(told, "open.contributions") == "2+1"
    assert cell(told, "open.contributions", public=True) == "2"
    told.say("open.contributions", {"text": "prêter", "state": "wished"}, "Clinique", op="add")
    assert cell(told, "open.contributions", "Clinique") == "0+1"
    assert cell(told, "open.contributions", "Clinique", public=True) == "–"


def test_history_and_trust_say_only_that_something_is_noted(told: Told) -> None:
    assert (cell(told, "open.history"), cell(told, "open.trust")) == ("–", "–")
    told.say("open.history", {"note": "le projet de 2015"}, "Collège")
    told.say("open.trust", {"scale": "fragile"}, pair=list(told.ids.values()))
    assert [cell(told, "open.history"), cell(told, "open.trust"), cell(told, "open.trust", "Clinique")] == ["noté"] * 3
    assert cell(told, "open.history", "Clinique") == "–"
    assert "2015" not in repr(table(told).rows)
    assert (cell(told, "open.history", public=True), cell(told, "open.trust", public=True)) == ("absent", "absent")


def test_time_is_shortened_and_its_words_stand_in_full(told: Told) -> None:
    told.say("commit.time", {"effort": "3 h par semaine"}, "Collège", op="add")
    assert cell(told, "commit.time") == "3h/s"
    told.say("commit.time", {"effort": "deux jours par mois"}, "Collège", op="add")
    assert cell(told, "commit.time") == "3h/s+1"
    found = table(told, COMMIT).rows[0].facts[0]
    assert found.words == "3 h par semaine ; deux jours par mois"
    told.say("commit.time", {"effort": "selon les besoins"}, "Clinique", op="add")
    assert cell(told, "commit.time", "Clinique") == "selon…"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"level": "agree"}, "oui"), ({"level": "reservation"}, "rés."), ({"level": "discuss"}, "disc."),
        ({"level": "disagree"}, "non"), ({"level": "none"}, "–"),
        ({"level": "agree", "ratify_by": "conseil d'administration", "ratify_on": "2027-12-03"}, "CA3/12"),
        ({"level": "agree", "ratify_by": "CA", "ratify_on": "2027-12-03"}, "CA3/12"),
        ({"level": "agree", "ratify_by": "CA", "resolution": "12"}, "oui"),
    ],
)  # fmt: skip
def test_the_answer_to_the_text_says_what_it_is_worth(told: Told, answer: dict[str, str], text: str) -> None:
    told.say("commit.consensus", answer, "Collège")
    read_today(told)
    assert cell(told, "commit.consensus") == text
    assert cell(told, "commit.consensus", public=True) in ("absent", "–"), "no position is shown without leave"


def read_today(told: Told) -> None:
    """The college's answer is given on the words of today."""
    name = f"commit.consensus:{told.ids['Collège']}"
    seen = points(told.guide, public_view(told.guide, told.partnership))
    told.take(Change(name, "commit.consensus", "seen", seen, "", (told.ids["Collège"],)))


def test_an_answer_on_other_words_is_to_be_read_again(told: Told) -> None:
    told.say("commit.consensus", {"level": "agree", "leave": "yes"}, "Collège")
    read_today(told)
    assert cell(told, "commit.consensus", public=True) == "oui"
    told.say("gather.vision", {"vision": "une autre vision"})
    assert (cell(told, "commit.consensus"), cell(told, "commit.consensus", lang="en")) == ("relire", "reread")


def test_a_yes_with_two_sentences_left_out_says_so(told: Told) -> None:
    told.say("commit.consensus", {"level": "agree"}, "Collège")
    read_today(told)
    for text in ("la première", "la deuxième"):
        change = Change(f"row{text[3]}", "commit.consensus", "text@fr", text, "exceptions", (told.ids["Collège"],))
        told.take(change)
    assert (cell(told, "commit.consensus"), cell(told, "commit.consensus", lang="en")) == ("sauf2", "but2")


@pytest.mark.parametrize("leave", [None, "no", "yes"])
@pytest.mark.parametrize("of_exception", [None, "no", "ask", "yes"])
def test_no_room_reads_a_plain_yes_that_has_an_exception_it_may_not_know(
    told: Told, leave: str | None, of_exception: str | None
) -> None:
    told.say("commit.consensus", {"level": "agree", **({"leave": leave} if leave else {})}, "Collège")
    read_today(told)
    cells = {"text@fr": "la première", "level": "disagree", **({"leave": of_exception} if of_exception else {})}
    college = (told.ids["Collège"],)
    told.take(*(Change("row0000001", "commit.consensus", key, value, "exceptions", college)
                for key, value in cells.items()))  # fmt: skip
    assert cell(told, "commit.consensus") == "sauf1"
    told.say("commit.consensus", {"level": "agree", "leave": "yes"}, "Clinique")
    shown = "sauf1" if (leave, of_exception) == ("yes", "yes") else "–"
    assert cell(told, "commit.consensus", public=True) == shown


@pytest.mark.parametrize(
    ("question", "answer", "text", "words"),
    [
        ("commit.consensus", {"level": "agree", "ratify_on": "2027-12-03"}, "3/12", "à entériner le 3 décembre 2027"),
        ("commit.consensus", {"level": "agree", "ratify_by": "CA", "ratify_on": "2027-12"}, "CA",
         "à entériner par le CA"),
        ("commit.consensus", {"level": "disagree", "ratify_by": "CA"}, "non", "désaccord"),
        ("gather.procedures", {"level": "agree"}, "oui", "accord"),
    ],
)  # fmt: skip
def test_only_a_yes_to_the_whole_text_is_to_be_ratified(
    told: Told, question: str, answer: dict[str, str], text: str, words: str
) -> None:
    told.say(question, answer, "Collège")
    name, college = f"{question}:{told.ids['Collège']}", (told.ids["Collège"],)
    seen = points(told.guide, public_view(told.guide, told.partnership))
    told.take(Change(name, question, "seen", seen, "", college))
    if question == "gather.procedures":
        told.take(Change(name, question, "ratify_on", "2027-12-03", "", college))
    step = GATHER if question == "gather.procedures" else COMMIT
    (at,) = (at for at, column in enumerate(table(told, step).columns) if column.id == question)
    found = table(told, step).rows[0].facts[at]
    assert (found.text, found.words.replace("\u00a0", " ")) == (text, words)


def test_marks_by_hand_are_told(told: Told) -> None:
    told.say("open.involvement", {"level": "leads"}, "Collège")
    told.state("open.involvement", "to_confirm", "Collège")
    assert table(told).rows[0].facts[1].state == CONFIRM
    told.state("open.involvement", "not_applicable", "Clinique")
    assert table(told).rows[1].facts[1].state == VOID
    assert cell(told, "open.involvement", "Clinique") == "s.o."


def test_who_left_stands_last_and_before_a_room_not_at_all(told: Told) -> None:
    told.say("open.who", {"status": "withdrawn"}, "Collège")
    assert [(one.name, one.gone) for one in table(told).rows] == [("Clinique", False), ("Collège", True)]
    assert [one.name for one in table(told, public=True).rows] == ["Clinique"]


def test_a_name_in_waiting_is_not_told_nor_counted(told: Told) -> None:
    told.join("Secret", status="prospective")
    assert "Secret" in repr(table(told).rows)
    for step in GUIDE.main_steps:
        seen = table(told, step, public=True)
        assert "Secret" not in repr(seen.rows)
        assert len(seen.rows) == 2
    told.say("open.contributions", {"text": "prêter", "state": "confirmed"}, "Secret", op="add")
    told.say("open.involvement", {"level": "leads", "agreed": True}, "Secret")
    row = table(told, public=True).rows[2]
    assert (row.name, [one.text for one in row.facts]) == ("un organisme à confirmer", ["–", "pilot", "1"])


def test_no_empty_column_stays_before_a_room(told: Told) -> None:
    assert [one.id for one in table(told, public=True).columns] == ["open.who"]
    told.say("open.involvement", {"level": "leads", "agreed": True}, "Collège")
    assert [one.id for one in table(told, public=True).columns] == ["open.who", "open.involvement"]


def test_what_is_asked_once_stands_in_the_words_of_its_answer(told: Told) -> None:
    told.say("open.how_many", {"min": 4, "max": 6, "reason": "pour décider"})
    assert [one.words for one in table(told).once] == ["4 – 6 · 2 inscrits"]
    assert [one.words for one in table(told, public=True).once] == ["4 – 6"]
    told.say("gather.objectives", {"text": "offrir du counseling"}, op="add")
    told.say("gather.objectives", {"text": "mesurer"}, op="add")
    told.say("gather.vision", {"vision": "Chacun trouve\nquelqu'un.", "goal": "Soutenir."})
    told.say("gather.level", {"level": "services"})
    words = {one.question.id: one.words for one in table(told, GATHER).once}
    assert words["gather.objectives"] == "offrir du counseling · mesurer"
    assert words["gather.vision"] == "Chacun trouve quelqu'un. · Soutenir."
    assert words["gather.level"] == "collaboration au niveau des services"
    assert words["gather.lead"] == ""


def test_money_that_is_sought_stays_out_of_the_room(told: Told) -> None:
    told.say("commit.funding", {"source": "Fonds espéré", "status": "sought"}, op="add")
    told.say("commit.funding", {"source": "Fonds acquis", "status": "acquired"}, op="add")
    assert table(told, COMMIT).once[1].words == "Fonds espéré · Fonds acquis"
    assert table(told, COMMIT, public=True).once[1].words == "Fonds acquis"


def test_the_statement_s_seven_things_stand_with_their_state(told: Told) -> None:
    found = step_table(told.guide, told.partnership, COMMIT, "fr", open_sections={"lead", "vision"})
    assert [one.section for one in found.items] == list(COMMIT.statement_sections)
    assert [one.section for one in found.items if not one.settled] == ["lead", "vision"]
    assert found.items[0].heading == "Engagements de chacun"
    assert [one.question for one in found.items if one.question not in GUIDE.by_id] == []


def test_the_page_s_questions_are_counted(told: Told) -> None:
    assert answered_count(GUIDE, partial(progress, told.partnership)) == (1, 17)
    told.say("gather.objectives", {"text": "offrir"}, op="add")
    told.state("commit.funding", "not_applicable")
    assert answered_count(GUIDE, partial(progress, told.partnership)) == (3, 17)


def test_every_column_head_fits_in_ten_cells() -> None:
    heads = [one.column_head for step in GUIDE.main_steps for one in step.questions if one.scope != "project"]
    assert len(heads) == 9
    assert [one for one in heads if max(width(one.fr), width(one.en)) > 10] == []


def test_a_question_that_only_the_data_knows_has_its_cell_too(told: Told) -> None:
    extra = replace(GUIDE.question("open.involvement"), id="open.extra", column=GUIDE.question("open.who").short)
    step = replace(OPEN, questions=(*OPEN.questions, extra))
    guide = replace(GUIDE, steps=(step, *GUIDE.steps[1:]), by_id={**GUIDE.by_id, "open.extra": extra})
    told.take(Change(f"open.extra:{told.ids['Collège']}", "open.extra", "level", "decides", "", (told.ids["Collège"],)))
    found = step_table(guide, told.partnership, step, "fr")
    assert [row.facts[-1].text for row in found.rows] == ["décid", "–"]
