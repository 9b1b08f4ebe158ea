"""Tests of notes of answers: whose words still stand, which are to be confirmed, and which note is the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.positions import CONSENSUS
from tui.partnership.received_answers import (
    ENTRIES,
    MAIL,
    TELEPHONE,
    TO_CONFIRM,
    confirmed_changes,
    noted_by_telephone,
    noted_changes,
    received_notes,
    source_row,
    source_words,
    state_entry,
    to_confirm_changes,
    unchanged_entries,
    unconfirmed_notes,
    words_digest,
)
from tui.partnership.values import Entry

CONTRIBUTIONS = "open.contributions"


def offering(text: str = "une salle") -> tuple[Told, str]:
    """A partner that offers something; the id of that row."""
    told = Told("Clinique", "Collège")
    (row,) = told.say(CONTRIBUTIONS, {"text": text}, "Clinique", op="add")
    return told, row


def note(told: Told, name: str, *entries: str, means: str = TELEPHONE, confirm: bool = True) -> Entry:
    """Note an answer of the Clinique that went into these entries; with `confirm` it is still to be confirmed."""
    clinic, known = told.ids["Clinique"], told.partnership.entries
    digests = {f"{ENTRIES}@{entry}": words_digest(known[entry]) for entry in entries}
    told.take(*noted_changes(told.partnership, name, clinic, {"means": means, "on": "2027-02-02", **digests}))
    if confirm:
        told.take(*to_confirm_changes(told.partnership, clinic, [known[entry].question for entry in entries]))
    return told.partnership.entries[name]


def reworded(told: Told, row: str) -> None:
    told.say(CONTRIBUTIONS, {"text": "une cour"}, "Clinique", row=row)


def removed(told: Told, row: str) -> None:
    told.say(CONTRIBUTIONS, row=row, op="remove")


def completed(told: Told, row: str) -> None:
    told.say(CONTRIBUTIONS, {"due": "2027-03"}, "Clinique", row=row)


@pytest.mark.parametrize("changed", [reworded, removed, completed])
def test_an_answer_stands_until_its_entry_says_something_else(changed: Callable[[Told, str], None]) -> None:
    told, row = offering()
    noted = note(told, "n1", row)
    clinic = told.ids["Clinique"]
    assert [entry.id for entry in unchanged_entries(told.partnership, noted)] == [row]
    assert [entry.id for entry in unconfirmed_notes(told.partnership, clinic)] == ["n1"]
    changed(told, row)
    noted = told.partnership.entries["n1"]
    assert unchanged_entries(told.partnership, noted) == () and unconfirmed_notes(told.partnership, clinic) == ()
    assert source_row(told.partnership, [row], clinic) is None


def test_an_answer_stands_again_once_what_was_added_is_emptied() -> None:
    told, row = offering()
    noted = note(told, "n1", row)
    completed(told, row)
    told.say(CONTRIBUTIONS, {"due": None}, "Clinique", row=row)
    assert [entry.id for entry in unchanged_entries(told.partnership, noted)] == [row]


def test_the_source_is_the_last_note_that_gave_the_words() -> None:
    told, row = offering()
    told.say(CONSENSUS, {"level": "agree"}, "Clinique")
    position = state_entry(told.partnership, CONSENSUS, told.ids["Clinique"]).id
    for name, entries in (("n1", (row,)), ("n2", (row, position)), ("n3", (position,))):
        note(told, name, *entries)
    clinic = told.ids["Clinique"]
    found = {entry: source_row(told.partnership, [entry], clinic) for entry in (row, position)}
    assert {entry: noted.id for entry, noted in found.items() if noted} == {row: "n2", position: "n3"}
    assert source_row(told.partnership, [row], told.ids["Collège"]) is None


def test_only_what_was_telephoned_and_waits_is_told_back() -> None:
    told, row = offering()
    for name, means in (("n1", TELEPHONE), ("n2", MAIL)):
        note(told, name, row, means=means)
    clinic = told.ids["Clinique"]
    assert [entry.id for entry in unconfirmed_notes(told.partnership, clinic)] == ["n1", "n2"]
    assert [entry.id for entry in noted_by_telephone(told.partnership, clinic)] == ["n1"]


def test_a_confirmed_note_waits_no_more_even_if_another_answer_does() -> None:
    told, row = offering()
    first, clinic = note(told, "n1", row), told.ids["Clinique"]
    told.take(*confirmed_changes(told.partnership, first, "2027-02-03"))
    assert state_entry(told.partnership, CONTRIBUTIONS, clinic).state == ""
    assert unconfirmed_notes(told.partnership, clinic) == ()
    note(told, "n2", row)
    assert [entry.id for entry in unconfirmed_notes(told.partnership, clinic)] == ["n2"]
    assert [entry.id for entry in received_notes(told.partnership, clinic)] == ["n1", "n2"]


def test_confirming_leaves_an_answer_that_was_changed_since_as_it_is() -> None:
    told, row = offering()
    noted, clinic = note(told, "n1", row), told.ids["Clinique"]
    reworded(told, row)
    told.take(*confirmed_changes(told.partnership, noted, "2027-02-03"))
    assert state_entry(told.partnership, CONTRIBUTIONS, clinic).state == TO_CONFIRM
    assert told.partnership.entries["n1"].get("confirmed") == "2027-02-03"


def test_what_never_waited_to_be_confirmed_does_not() -> None:
    told, row = offering()
    note(told, "n1", row, confirm=False)
    assert unconfirmed_notes(told.partnership, told.ids["Clinique"]) == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, {"dit au téléphone"}),
        ({"said_by": "Solange Viau"}, {"dit au téléphone", "Solange Viau"}),
        ({"noted_by": "Marie"}, {"dit au téléphone", "Marie"}),
        (
            {"said_by": "Solange Viau", "noted_by": "Marie", "on": "2026-11-22"},
            {"Solange Viau", "Marie", "22 novembre 2026"},
        ),
    ],
)
def test_the_source_is_worded_with_what_is_known_of_it(cells: dict[str, str], words: set[str]) -> None:
    told = Told("Clinique")
    told.take(*noted_changes(told.partnership, "n1", told.ids["Clinique"], {"means": TELEPHONE, **cells}))
    said = source_words(GUIDE, told.partnership.entries["n1"], "fr").replace("\u00a0", " ")
    assert all(word in said for word in words)
    assert [name in said for name in ("Solange", "Marie", "2026")] == [
        any(name in word for word in words) for name in ("Solange", "Marie", "2026")
    ]
