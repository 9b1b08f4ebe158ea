"""Tests of the lines that hand over a seat or the facilitating: nothing private unless it is ticked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, caged
from tests.counted_calls import counted_calls
from tests.partnership.told import GUIDE, Told
from tui.partnership.answer_list import answer_list, without_private
from tui.partnership.due import due
from tui.partnership.due import without_private as public_items
from tui.partnership.handover import (
    AGREED,
    ANSWERED,
    DUE,
    OTHERS,
    PRIVATE,
    PROMISED,
    STANDING,
    HandoverLine,
    facilitator_lines,
    seat_lines,
)
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import published
from tui.partnership.received_answers import noted_changes, words_digest
from tui.partnership.values import answer_id

DAY = "2027-02-10"


def seat(told: Told, partner: str, lang: str = "fr") -> tuple[HandoverLine, ...]:
    """The lines for the seat of a partner, by its name or id."""
    public = published(GUIDE, told.partnership)
    items = public_items(due(told.partnership, public.view, public.answers, DAY, ""))
    return seat_lines(GUIDE, told.partnership, public, items, told.ids.get(partner, partner), lang)


def facilitating(told: Told, lang: str = "fr") -> tuple[HandoverLine, ...]:
    """The lines for whoever takes over the facilitating."""
    public = published(GUIDE, told.partnership)
    items = due(told.partnership, public.view, public.answers, DAY, "")
    answers = without_private(answer_list(told.partnership, public.answers, DAY), ())
    return facilitator_lines(GUIDE, told.partnership, public, items, answers, lang)


def answers_by(told: Told, partner: str, question: str, row: str, **cells: str) -> None:
    """Note how a partner's answer to a question came."""
    entry = told.partnership.entries[answer_id(question, (told.ids[partner],))]
    fields = {"on": "2027-01-20", "entries": {entry.id: words_digest(entry)}, **cells}
    told.take(*noted_changes(told.partnership, row, told.ids[partner], fields))


def texts(lines: tuple[HandoverLine, ...], section: str) -> list[str]:
    """The words under a heading."""
    return [line.text.replace("\u00a0", " ") for line in lines if line.section == section]


def agreed() -> Told:
    """Two partners that said yes, with what each brings, receives and has to do."""
    told = Told("Clinique", "Collège", status="committed")
    told.say("open.who", {"people": [{"name": "Nadia Tremblay", "title": "directrice"}]}, "Collège")
    told.say("open.contributions", {"text": "prêter une salle", "state": "accepted", "due": "2027-03-01"}, "Clinique",
             op="add")  # fmt: skip
    told.say("commit.win_win", {"receives": [{"text": "deux stagiaires"}]}, "Clinique")
    told.say("commit.win_win", {"receives": [{"text": "un guide"}]}, "Collège")
    nadia = told.partnership.rows("open.who", "people")[0].id
    tasks = [{"text": "réserver", "who": {"person": nadia}, "due": "2027-02-20"}]
    told.say("meeting.held", {"tasks": tasks})
    told.say("extra.review", {"date": "2027-06"})
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    return told


def test_seat_tells_yeses_promises_dates_and_the_others() -> None:
    lines = seat(agreed(), "Clinique")
    assert texts(lines, AGREED) == ["Dire oui : accord", "prêter une salle (engagement)"]
    assert texts(lines, PROMISED) == ["deux stagiaires"]
    assert texts(lines, DUE) == [
        "1er mars 2027 : Engagement : prêter une salle (Clinique)", "juin 2027 : Révision de l'entente",
    ]  # fmt: skip
    assert texts(lines, OTHERS) == ["Collège : Nadia Tremblay, directrice"]
    assert any("réserver" in text for text in texts(seat(agreed(), "Collège"), DUE))


def test_answer_counts_once_it_was_written_or_confirmed_and_still_stands() -> None:
    told = agreed()
    answers_by(told, "Clinique", "commit.consensus", "answer0000", means="telephone", said_by="Solange")
    assert texts(seat(told, "Clinique"), ANSWERED) == []
    told.take(*noted_changes(told.partnership, "answer0000", told.ids["Clinique"], {"confirmed": "2027-01-21"}))
    (line,) = texts(seat(told, "Clinique"), ANSWERED)
    assert "accord" in line and "Solange" in line
    told.say("commit.consensus", {"level": "disagree"}, "Clinique")
    assert texts(seat(told, "Clinique"), ANSWERED) == []
    answers_by(told, "Clinique", "commit.consensus", "answer0001", means="mail", said_by="Solange")
    assert "désaccord" in texts(seat(told, "Clinique"), ANSWERED)[0]
    assert [text for text in texts(seat(told, "Clinique"), AGREED) if "accord" in text] == []


@pytest.mark.parametrize("means", [{}, {"means": "telephone"}])
def test_answer_of_no_noted_means_is_that_of_a_call(means: dict[str, str]) -> None:
    told = agreed()
    answers_by(told, "Clinique", "commit.consensus", "answer0000", **means)
    assert texts(seat(told, "Clinique"), ANSWERED) == []


def test_answer_in_writing_vouches_for_no_other_row() -> None:
    told = agreed()
    told.say("open.contributions", {"text": "un piano", "state": "accepted"}, "Clinique", op="add")
    written = told.partnership.rows("open.contributions", "rows")[0]
    fields = {"on": "2027-01-20", "entries": {written.id: words_digest(written)}, "means": "mail"}
    told.take(*noted_changes(told.partnership, "answer0000", told.ids["Clinique"], fields))
    (line,) = texts(seat(told, "Clinique"), ANSWERED)
    assert "prêter une salle" in line and "piano" not in line


def test_yes_on_words_that_changed_since_says_so() -> None:
    told = agreed()
    assert not any("le texte a changé depuis" in text for text in texts(seat(told, "Clinique"), AGREED))
    unseen = replace(told.partnership, entries=dict(told.partnership.entries))
    entry = unseen.entries[f"commit.consensus:{told.ids['Clinique']}"]
    told.say("gather.vision", {"vision": "une autre fin"})
    assert any("le texte a changé depuis" in text for text in texts(seat(told, "Clinique"), AGREED))
    cells = {key: cell for key, cell in entry.cells.items() if key != "seen"}
    told.partnership = replace(unseen, entries={**unseen.entries, entry.id: replace(entry, cells=cells)})
    assert any("le texte a changé depuis" in text for text in texts(seat(told, "Clinique"), AGREED)), "on which words?"


def test_seat_has_the_dates_and_tasks_of_no_other_partner() -> None:
    told = agreed()
    nadia = told.partnership.rows("open.who", "people")[0].id
    told.say("extra.points", {"text": "la clé", "who": {"person": nadia}, "due": "2027-02-21"}, op="add")
    told.say("extra.points", {"text": "le toit", "due": "2027-02-22"}, op="add")
    clinique, college = (" ".join(texts(seat(told, name), DUE)) for name in ("Clinique", "Collège"))
    for words, here, there in (
        ("prêter une salle", True, False), ("réserver", False, True), ("la clé", False, True), ("le toit", True, True),
    ):  # fmt: skip
        assert (words in clinique, words in college) == (here, there), words


@pytest.mark.parametrize("status", ["contacted", "committed"])
def test_other_pages_name_no_partner_that_may_not_appear(status: str) -> None:
    told = agreed()
    told.join("Refuge", status=status, people=[{"name": "Ida", "title": "hôte"}, {"title": "gérante"}])
    told.say(
        "commit.funding", {"source": "don", "status": "sought", "amount": "500", "recipients": ["Clinique"]}, op="add"
    )
    shown = status == "committed"
    others = texts(seat(told, "Clinique"), OTHERS)
    assert others[1:] == (["Refuge : Ida, hôte"] if shown else [])
    assert texts(seat(told, "Clinique"), PROMISED) == ["deux stagiaires"], "money that is sought is private"
    standing = texts(facilitating(told), STANDING)[2]
    name, words = ("Refuge", "engagé") if shown else (GUIDE.word("an_organisation", "fr"), "")
    assert standing.startswith(f"{name} : {words}") and ("contacté" in standing) is False


def test_facilitator_has_the_public_lines_and_each_private_one_apart() -> None:
    told = agreed()
    told.say("commit.win_win", {"satisfaction": "mixed", "comment": "il manque un bureau"}, "Clinique")
    told.say("note.calls", {"on": "2027-01-05", "text": "Solange signe", "next": "rappeler"}, "Clinique", op="add")
    told.say("commit.consensus", {"level": "disagree", "reservation": "trop cher"}, "Collège")
    lines = facilitating(told)
    assert [line for line in lines if line.private] == [line for line in lines if line.section == PRIVATE]
    assert all("Clinique" in text or "Collège" in text for text in texts(lines, STANDING))
    private = texts(lines, PRIVATE)
    for words in ("il manque un bureau", "Solange signe", "trop cher", "Suite d'un appel : rappeler"):
        assert len([text for text in private if words in text]) >= 1, words
        assert not any(words in line.text for line in lines if not line.private)
    assert not any("bureau" in text and "partagée" in text for text in private), "each by itself"
    assert len({line.id for line in lines}) == len(lines)


def test_words_of_a_note_and_its_date_are_one_line() -> None:
    told = Told("Clinique")
    told.say("note.call", {"text": "Solange signe", "on": "2027-01-05"}, "Clinique")
    (line,) = [text for text in texts(facilitating(told), PRIVATE) if "appel" in text]
    assert line == "Clinique : Note d'appel – Solange signe ; Date : 5 janvier 2027"


@pytest.mark.slow
@settings(max_examples=25)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    lang=st.sampled_from(["fr", "en"]),
)
def test_no_canary_sings_on_a_page_and_every_line_is_on_record(
    partners: list[tuple[str, bool]], state: str, lang: str
) -> None:
    cage = caged(partners, state, "sought", "ask", agreed_level=False)
    told = cage.told
    pages = [[line for line in facilitating(told, lang) if not line.private]]
    pages += [list(seat(told, row.id, lang)) for row in told.partnership.rows("open.who", "")]
    for lines in pages:
        for line in lines:
            assert line.entry in told.partnership.entries, line
            assert CANARY not in line.text, line
    assert all(line.entry in told.partnership.entries for line in facilitating(told, lang))


def test_private_lines_hold_the_canary() -> None:
    """Where it is heard, its silence elsewhere means something."""
    cage = caged([("interested", True), ("contacted", False)], "wished", "sought", "ask", agreed_level=False)
    assert any(CANARY in line.text for line in facilitating(cage.told) if line.private)


@pytest.mark.slow
def test_handover_pages_cost_the_same_a_partner() -> None:
    def cost(partners: int) -> int:
        told = Told(*(f"Partenaire {number}" for number in range(partners)), status="committed")
        for name in told.ids:
            told.say("open.contributions", {"text": "prêter une salle " * 40, "state": "accepted"}, name, op="add")
            told.say("note.calls", {"on": "2027-01-05", "text": "salle " * 400}, name, op="add")
            told.say(CONSENSUS, {"level": "agree"}, name)
        public = published(GUIDE, told.partnership)
        items = due(told.partnership, public.view, public.answers, DAY, "")
        answers = without_private(answer_list(told.partnership, public.answers, DAY), ())

        def read() -> None:
            assert facilitator_lines(GUIDE, told.partnership, public, items, answers, "fr")
            assert seat_lines(GUIDE, told.partnership, public, items, told.ids["Partenaire 7"], "fr")

        read()
        return counted_calls(read)

    assert cost(40) < 1.5 * 4 * cost(10)
