"""A condition is noted in one line and settled; its minority text is in the minutes, none of it in signed texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.test_meeting_edits import minutes
from tests.workspace.unpacked import unpacked
from tui.export.formats import FORMATS, Format, render
from tui.guide.guide_loading import load_guide
from tui.partnership.conditions import CONDITIONS, MET, SET_ASIDE, WATCH, WITHDRAWN, open_conditions
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, Entry, Partnership, answer_id
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.adoption_obstacles import obstacles
from tui.workspace.awaited_answers import awaited_lines
from tui.workspace.call_words import sheet_lines, sheet_of
from tui.workspace.condition_edits import (
    minority_text,
    note_condition,
    settle_condition,
    write_minority_text,
)
from tui.workspace.condition_words import condition_date, condition_line, condition_lines, condition_text
from tui.workspace.cost_words import WordingCost
from tui.workspace.draft_sending import send
from tui.workspace.kept_versions import present_text
from tui.workspace.output_files import SendOptions
from tui.workspace.road_words import road_in_workspace, road_lines
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners

CANARY = "zanzibar00004z"
DAY = "2027-01-10"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two interested partners, open, on a real store."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Collège\nLa Boussole")
    for row in found.partnership.rows("open.who"):
        found.set(row, "status", "interested")
    return found


def partner(workspace: Workspace, name: str) -> str:
    """The id of a partner by its name."""
    return next(row.id for row in workspace.partnership.rows("open.who") if row.text("name", "fr") == name)


def level(partnership: Partnership, name: str) -> object:
    """The position of a partner on the whole text."""
    entry = partnership.entry(answer_id(CONSENSUS, (name,)))
    return entry.get("level") if entry is not None else None


def noted(workspace: Workspace, text: str = "oui si la salle est libre; Collège; 3 février 2027") -> Entry:
    """A condition of La Boussole."""
    return note_condition(workspace, partner(workspace, "La Boussole"), text)


def test_condition_is_asked_about_at_the_next_call_until_something_became_of_it(workspace: Workspace) -> None:
    row = noted(workspace)

    def page(name: str) -> str:
        sheet = sheet_of(workspace, partner(workspace, name), DAY)
        return "\n".join(sheet_lines(workspace, sheet, DAY)).replace("\u00a0", " ")

    assert "oui si la salle est libre, d’ici le 3 février 2027" in page("La Boussole").replace("'", "’")
    assert "la salle est libre" not in page("Collège")
    settle_condition(workspace, row, MET)
    assert "oui si la salle est libre" not in page("La Boussole")


def test_one_line_gives_the_answer_the_condition_who_can_meet_it_and_when(workspace: Workspace) -> None:
    row = noted(workspace)
    boussole = partner(workspace, "La Boussole")
    assert (row.text("text", "fr"), row.get("answer"), row.get("due")) == (
        "la salle est libre", "yes_if", "2027-02-03",
    )  # fmt: skip
    assert row.get("who") == {"partner": partner(workspace, "Collège")} and row.subject == (boussole,)
    assert level(workspace.partnership, boussole) == "reservation"
    assert condition_text(GUIDE, row, "fr") == "oui si la salle est libre"
    assert condition_line(workspace, row) == "La Boussole : oui si la salle est libre (Collège)".replace(
        " :", "\u00a0:"
    )
    workspace.undo()
    assert not open_conditions(workspace.partnership) and not level(workspace.partnership, boussole), "one step"


def test_no_until_says_no_and_a_disagreement_is_never_made_weaker(workspace: Workspace) -> None:
    boussole = partner(workspace, "La Boussole")
    noted(workspace, "non tant que le loyer n'est pas payé")
    assert level(workspace.partnership, boussole) == "disagree"
    noted(workspace, "oui si la salle est libre")
    assert level(workspace.partnership, boussole) == "disagree"


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        ("", "tant que la salle est libre", "commencez la ligne par oui ou par non"),
        ("no_until", "oui si la salle est libre", "La question était « non tant que », la ligne dit « oui si »"),
        ("yes_if", "non, si la salle est fermée", "La question était « oui si », la ligne dit « non tant que »"),
        ("to_watch", "non tant que rien n'est payé", "La question était « à surveiller », la ligne dit"),
    ],
)
def test_a_line_that_says_another_answer_than_was_asked_or_none_is_not_noted(
    workspace: Workspace, asked: str, text: str, reason: str
) -> None:
    boussole = partner(workspace, "La Boussole")
    with pytest.raises(BadValue) as refusal:
        note_condition(workspace, boussole, text, asked)
    assert reason in str(refusal.value).replace("\u00a0", " ")
    assert not open_conditions(workspace.partnership) and level(workspace.partnership, boussole) is None


@pytest.mark.parametrize(
    ("asked", "text", "said", "position"),
    [
        ("yes_if", "tant que la salle est libre", "oui tant que la salle est libre", "reservation"),
        ("no_until", "tant que rien n'est payé", "non tant que rien n'est payé", "disagree"),
        ("", "oui, tant que la salle est libre", "oui tant que la salle est libre", "reservation"),
        ("", "non, si la salle est fermée", "non si la salle est fermée", "disagree"),
        ("", "la salle est libre", "oui si la salle est libre", "reservation"),
    ],
)
def test_a_condition_is_read_back_as_it_was_said(
    workspace: Workspace, asked: str, text: str, said: str, position: str
) -> None:
    boussole = partner(workspace, "La Boussole")
    row = note_condition(workspace, boussole, text, asked)
    assert condition_text(GUIDE, row, "fr") == said
    assert level(workspace.partnership, boussole) == position


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        ("yes_if", "oui si la salle est libre", "oui si la salle est libre"),
        ("yes_if", "si la salle est libre", "oui si la salle est libre"),
        ("yes_if", "non tant que rien n'est payé", "non tant que rien n'est payé"),
        ("no_until", "tant que rien n'est payé", "non tant que rien n'est payé"),
        ("no_until", "oui, sauf le mardi", "oui, sauf le mardi"),
        ("", "tant que la salle est libre", "oui tant que la salle est libre"),
    ],
)
def test_a_condition_typed_in_its_field_is_read_back_with_no_other_answer(
    workspace: Workspace, answer: str, text: str, said: str
) -> None:
    row = noted(workspace)
    for cell, value in {"answer": answer or None, "text@fr": text}.items():
        workspace.edit([Change(row.id, CONDITIONS, cell, value, "rows", row.subject)])
    assert condition_text(GUIDE, workspace.partnership.entries[row.id], "fr") == said


def test_on_one_sentence_it_leaves_the_answer_to_the_whole_text(workspace: Workspace) -> None:
    boussole = partner(workspace, "La Boussole")
    row = note_condition(workspace, boussole, "oui si la salle est libre", point="sentence00")
    assert row.get("point") == "sentence00" and level(workspace.partnership, boussole) is None


def test_it_is_followed_in_the_answers_awaited_until_it_is_settled(workspace: Workspace) -> None:
    assert not [line for line in awaited_lines(workspace, DAY) if "ondition" in line], "quiet without one"
    row = noted(workspace)
    said = "\n".join(awaited_lines(workspace, DAY)).replace("\u00a0", " ")
    assert "Conditions attendues (1)." in said
    assert "La Boussole : oui si la salle est libre (Collège), d'ici le 3 février 2027." in said
    for state in (MET, WITHDRAWN):
        settle_condition(workspace, row, state)
        assert "salle" not in "\n".join(awaited_lines(workspace, DAY))
    settle_condition(workspace, row, WATCH)
    assert "À surveiller" in "\n".join(awaited_lines(workspace, DAY))


def test_met_can_be_a_yes_to_todays_text(workspace: Workspace) -> None:
    row = noted(workspace)
    boussole = partner(workspace, "La Boussole")
    settle_condition(workspace, row, MET)
    assert level(workspace.partnership, boussole) == "reservation", "nobody says yes for a partner"
    workspace.undo()
    settle_condition(workspace, row, MET, says_yes=True)
    answer = workspace.public.answers[CONSENSUS, boussole]
    assert answer.level == "agree" and not answer.reopened
    workspace.undo()
    assert open_conditions(workspace.partnership) and level(workspace.partnership, boussole) == "reservation"


def test_set_aside_needs_a_reason_and_then_a_minority_text_may_stand_in_the_minutes(workspace: Workspace) -> None:
    row = noted(workspace)
    with pytest.raises(BadValue):
        settle_condition(workspace, row, SET_ASIDE)
    with pytest.raises(BadValue):
        settle_condition(workspace, row, "forgotten")
    with pytest.raises(BadValue):
        write_minority_text(workspace, row, "Nous aurions voulu la salle.")
    row = settle_condition(workspace, row, SET_ASIDE, "personne n'a de salle")
    with pytest.raises(BadValue):
        write_minority_text(workspace, row, "Nous aurions voulu la salle.")  # no meeting was held
    meeting_edits.note_decision(workspace, "commencer en janvier")
    assert "minoritaire" not in minutes(workspace).lower(), "only if its partner wants it"
    write_minority_text(workspace, row, "Nous aurions voulu la salle.")
    said = minutes(workspace)
    assert "TEXTES MINORITAIRES" in said.upper()
    assert "La Boussole : Nous aurions voulu la salle." in said
    assert "personne n'a de salle" not in said
    write_minority_text(workspace, row, "Nous tenons à la salle.")
    assert "Nous tenons à la salle." in minutes(workspace) and "aurions voulu" not in minutes(workspace)
    write_minority_text(workspace, row, "")
    assert minority_text(workspace, row) is None and "minoritaire" not in minutes(workspace).lower()


def test_no_other_condition_has_a_minority_text(workspace: Workspace) -> None:
    meeting_edits.note_decision(workspace, "commencer en janvier")
    row = noted(workspace)
    for state in ("", MET, WITHDRAWN, WATCH):
        row = settle_condition(workspace, row, state)
        with pytest.raises(BadValue):
            write_minority_text(workspace, row, "Nous tenons à la salle.")
    assert "minoritaire" not in minutes(workspace).lower()


def test_a_minority_text_of_whom_may_not_be_named_yet_names_nobody(workspace: Workspace) -> None:
    row = settle_condition(workspace, noted(workspace), SET_ASIDE, "pas de salle")
    meeting_edits.note_decision(workspace, "commencer en janvier")
    write_minority_text(workspace, row, "Nous tenons à la salle.")
    workspace.set(workspace.partnership.entries[partner(workspace, "La Boussole")], "status", "contacted")
    said = minutes(workspace)
    assert "Nous tenons à la salle." in said and "La Boussole" not in said


def test_what_is_to_be_watched_leaves_the_answer_and_is_a_question_of_the_review_at_once(workspace: Workspace) -> None:
    row = noted(workspace, "à surveiller : les délais; Collège")
    assert (row.get("state"), row.text("text", "fr")) == (WATCH, "les délais")
    assert level(workspace.partnership, partner(workspace, "La Boussole")) is None
    assert not open_conditions(workspace.partnership), "it holds nothing back"
    said = "\n".join(awaited_lines(workspace, DAY)).replace("\u00a0", " ")
    assert "La Boussole : à surveiller : les délais (Collège)" in said


def test_an_open_condition_stands_in_the_way_of_an_adoption_without_its_words(workspace: Workspace) -> None:
    row = noted(workspace)
    said = [one.words for one in obstacles(workspace) if one.question == CONDITIONS]
    assert len(said) == 1 and "Boussole" in said[0] and "salle" not in said[0]
    settle_condition(workspace, row, WITHDRAWN)
    assert not [one for one in obstacles(workspace) if one.question == CONDITIONS]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
@pytest.mark.parametrize("state", ["", MET, SET_ASIDE, WATCH])
def test_nothing_of_it_is_in_what_is_signed(workspace: Workspace, form: Format, state: str) -> None:
    row = noted(workspace, f"oui si {CANARY}; {CANARY}; 3 février 2042")
    if state:
        settle_condition(workspace, row, state, CANARY)
    if state == SET_ASIDE:
        meeting_edits.note_decision(workspace, "commencer en janvier")
        write_minority_text(workspace, row, f"minorité {CANARY}")
        assert CANARY in minutes(workspace)
    boussole = partner(workspace, "La Boussole")
    workspace.set(workspace.partnership.entries[answer_id(CONSENSUS, (boussole,))], "leave", "yes")
    for lang in ("fr", "en"):
        said = unpacked(render(present_text(workspace, lang), form).data)
        assert CANARY not in said and "2042" not in said
    assert CANARY in repr(workspace.partnership)


def test_another_wording_says_whose_condition_it_touches(workspace: Workspace) -> None:
    part = "rows"
    workspace.edit([Change("objective0", "gather.objectives", "text@fr", "un guide", part)])
    row = workspace.partnership.entries["objective0"]
    field = workspace.guide.question("gather.objectives").part(part).field("text")  # type: ignore[union-attr]
    assert field is not None
    note_condition(workspace, partner(workspace, "La Boussole"), "oui si la salle est libre", point=row.id)
    said = WordingCost(workspace, row, field).words("deux guides")
    assert "Touche la condition de La Boussole" in said and "à lui demander" in said and "salle" not in said
    settle_condition(workspace, open_conditions(workspace.partnership)[0], MET)
    assert "condition" not in WordingCost(workspace, row, field).words("deux guides")


def test_the_road_says_what_is_awaited_and_whom_to_ask(workspace: Workspace) -> None:
    noted(workspace)
    said = "\n".join(road_lines(road_in_workspace(workspace, DAY))).replace("\u00a0", " ")
    assert "La Boussole : oui si la salle est libre" in said
    noted(workspace, "non tant que le loyer est dû; Collège")
    said = "\n".join(road_lines(road_in_workspace(workspace, DAY)))
    assert "Demander à Collège" in said or "Demander au Collège" in said


def test_the_question_is_private() -> None:
    question = GUIDE.question(CONDITIONS)
    assert question.private and all(field.private for part in question.parts for field in part.fields)


def test_a_yes_that_settles_a_condition_is_on_today_s_words_and_not_the_draft_s(
    workspace: Workspace, tmp_path: Path
) -> None:
    boussole = partner(workspace, "La Boussole")
    store: Any = workspace.store
    send(workspace, store, SendOptions(tmp_path, formats=(), partners=(boussole,)))
    row = noted(workspace)
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "tout autre chose")])
    settle_condition(workspace, row, MET, says_yes=True)
    answer = workspace.public.answers[CONSENSUS, boussole]
    assert (answer.level, answer.reopened, answer.changed) == ("agree", False, ())
    position = workspace.partnership.entry(answer_id(CONSENSUS, (boussole,)))
    assert position is not None and position.get("seen") == workspace.public.points


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("state", ["", SET_ASIDE, WATCH])
def test_a_condition_tells_by_when_or_since_when_in_its_group(workspace: Workspace, state: str, lang: str) -> None:
    workspace.lang = lang
    first, second = noted(workspace), noted(workspace, "oui si le bail est long; Collège")
    cells = {"state": state, "on": "2027-01-05", "reason@fr": "c'est trop cher"} if state else {}
    for cell, value in cells.items():
        workspace.set(workspace.partnership.entries[first.id], cell, value)
    row = workspace.partnership.entries[first.id]
    day = {"fr": ("d'ici le 3 février 2027", "5 janvier 2027"), "en": ("by February 3, 2027", "January 5, 2027")}[lang]
    assert condition_date(workspace, row).replace("\u00a0", " ").replace("’", "'") == day[bool(state)]
    assert condition_date(workspace, workspace.partnership.entries[second.id]) == ""
    assert condition_line(workspace, row).endswith("(Collège, c'est trop cher)" if state else "(Collège)")
    lines = list(condition_lines(workspace))
    assert [line[:2] for line in lines if line[0].isdigit()] == ["1.", "2."]
    assert sum(not line[0].isdigit() for line in lines) == (2 if state else 1)
    assert ("le bail est long" in lines[1]) == bool(state), "what is awaited stands first"


@pytest.mark.parametrize("state", [MET, WITHDRAWN, SET_ASIDE, WATCH])
def test_a_condition_that_is_open_again_has_neither_day_nor_reason(workspace: Workspace, state: str) -> None:
    row = settle_condition(workspace, noted(workspace), state, "c'est trop cher")
    assert row.get("on") and row.text("reason", "fr") == "c'est trop cher"
    row = settle_condition(workspace, row, "")
    assert open_conditions(workspace.partnership) == (row,)
    assert (row.get("on"), row.text("reason", "fr"), row.get("due")) == (None, "", "2027-02-03")


def test_no_minority_text_is_made_of_no_words(workspace: Workspace) -> None:
    meeting_edits.open_meeting(workspace)
    row = settle_condition(workspace, noted(workspace), SET_ASIDE, "c'est trop cher")
    write_minority_text(workspace, row, "  ")
    assert not workspace.partnership.rows(HELD, "minority") and minority_text(workspace, row) is None
    write_minority_text(workspace, row, "Nous payons trop.")
    (text_row,) = workspace.partnership.rows(HELD, "minority")
    assert minority_text(workspace, row) == text_row
    workspace.edit([Change(text_row.id, HELD, "text@fr", None, "minority")])
    assert minority_text(workspace, row) is None


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("yes_if", "oui si la salle est libre"),
        ("no_until", "tant que la salle est libre"),
        ("to_watch", "à surveiller : la salle est libre"),
    ],
)
def test_an_answer_that_is_chosen_is_that_of_the_line_too(workspace: Workspace, answer: str, text: str) -> None:
    college = partner(workspace, "Collège")
    row = note_condition(workspace, college, text, answer)
    assert row.get("answer") == answer and row.text("text", "fr") == "la salle est libre"
    assert (row.get("state"), bool(row.get("on"))) == (("watch", True) if answer == "to_watch" else (None, False))
    with pytest.raises(BadValue):
        settle_condition(workspace, row, SET_ASIDE, "  ")
