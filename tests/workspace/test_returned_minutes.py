"""Which meeting the minutes that came back are of, and what of them is a correction, by a store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.agreement.minutes import minutes
from tui.comparison.returned_diff import ADDED, CHANGED, REMOVED
from tui.comparison.returned_lines import Returned, ReturnedLine, TrackedChange
from tui.comparison.returned_match import parse_returned
from tui.export.plain_text import to_text
from tui.partnership.meetings import DECISIONS, HELD, MEETINGS, NOTES
from tui.partnership.values import ORDER, Change, Entry
from tui.workspace.returned_minutes import minutes_answered, review_of, review_returned
from tui.workspace.workspace import Workspace

FIRST, SECOND, EARLIER = "meeting001", "meeting002", "meeting000"
DECIDED = ("la salle du rez-de-chaussée est louée", "the ground floor room is rented")


class Told(Memory):
    """A store in memory, of which no history is asked."""

    def history(self, _partnership_id: str, /) -> Sequence[Any]:
        """Return what is told of the past: nothing."""
        return ()


@pytest.fixture
def workspace() -> Workspace:
    """Two meetings of one day with a decision each, and one of the day before, held in memory."""
    store = Told()
    cells = []
    for at, (meeting, day) in enumerate(((EARLIER, "24"), (FIRST, "25"), (SECOND, "25"))):
        moment = f"2026-11-{day}T{9 + at}:00:00-05:00"
        cells += [(meeting, MEETINGS, {ORDER: f"a{at}", "on": moment[:10], "opened": moment, "closed": moment})]
        words = {"text@fr": DECIDED[0], "text@en": DECIDED[1]}
        cells += [(f"decision{at:02}", DECISIONS, {ORDER: f"a{at}", "meeting": meeting, **words})]
    changes = [
        Change(row, HELD, cell, value, part) for row, part, row_cells in cells for cell, value in row_cells.items()
    ]
    return Workspace(GUIDE, store.save("", changes).partnership, store)


def text_of(workspace: Workspace, meeting: str, lang: str = "fr") -> str:
    """The minutes of a meeting as they are sent in a mail."""
    row = workspace.partnership.entries[meeting]
    return to_text(minutes(GUIDE, workspace.partnership, (), row, lang), None)


def answered(workspace: Workspace, text: str, asked: str = "") -> tuple[Entry, str] | None:
    """Whose minutes a text is, and the language of the text of ours that it answers."""
    row = workspace.partnership.entries[asked] if asked else None
    found = minutes_answered(workspace, store_of(workspace), parse_returned(text.encode()), row)
    return None if found is None else (found[0], found[1].lang)


def store_of(workspace: Workspace) -> Any:
    """The store that a workspace stands on."""
    return workspace.store


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_minutes_are_known_by_their_title_of_one_day_the_last(workspace: Workspace, lang: str) -> None:
    for meeting, found in ((EARLIER, EARLIER), (FIRST, SECOND), (SECOND, SECOND)):
        assert answered(workspace, text_of(workspace, meeting, lang)) == (workspace.partnership.entries[found], lang)
    assert answered(workspace, text_of(workspace, FIRST, lang), FIRST) == (workspace.partnership.entries[FIRST], lang)
    assert answered(workspace, DECIDED[lang == "en"]) is None


@pytest.mark.parametrize(("text", "lang"), [(DECIDED[0], "fr"), (DECIDED[1], "en")])
def test_a_sentence_answers_the_text_that_has_its_words(workspace: Workspace, text: str, lang: str) -> None:
    assert answered(workspace, text, FIRST) == (workspace.partnership.entries[FIRST], lang)


def differences(workspace: Workspace, returned: Returned, asked: str = "") -> list[tuple[str, str]]:
    """The kind and the words of each difference of what came back."""
    row = workspace.partnership.entries[asked] if asked else None
    laid, _meeting = review_returned(workspace, store_of(workspace), (), returned, b"", row)
    return [(one.kind, one.after or one.before) for one in laid.differences]


def test_what_is_quoted_above_the_minutes_is_no_correction(workspace: Workspace) -> None:
    ours = [f"> {line}" for line in text_of(workspace, SECOND).split("\n")]
    letter = GUIDE.word("correct_how", "fr")
    above = ["Il manque le vote de mardi.", "", "> Bonjour Zoé,", f"> {letter}", "> Merci encore pour tout", letter, ""]
    found = differences(workspace, parse_returned("\n".join([*above, *ours]).encode()))
    assert found == [(ADDED, "Il manque le vote de mardi.")]


def test_a_quoted_sentence_without_its_title_is_a_correction_of_it(workspace: Workspace) -> None:
    sentence = DECIDED[0].replace("louée", "réservée")
    assert differences(workspace, parse_returned(f"> {sentence}\n".encode()), SECOND) == [(CHANGED, sentence)]


@pytest.mark.parametrize("author", ["", "Zoé Roy"])
def test_of_a_part_only_what_somebody_struck_is_taken_out(workspace: Workspace, author: str) -> None:
    struck = TrackedChange(0, 0, author, "2026-11-26", DECIDED[0])
    lines = (ReturnedLine("Relu le 26."), ReturnedLine(DECIDED[0], (struck,), gone=True))
    found = differences(workspace, Returned(lines, word=True), SECOND)
    assert [(kind, text) for kind, text in found if kind == REMOVED] == [(REMOVED, DECIDED[0])] * bool(author)


def test_minutes_that_came_back_whole_lack_what_was_cut(workspace: Workspace) -> None:
    lines = [ReturnedLine(line) for line in text_of(workspace, SECOND).split("\n") if DECIDED[0] not in line]
    assert (REMOVED, DECIDED[0]) in differences(workspace, Returned(tuple(lines)))


@pytest.mark.parametrize(("lang", "word", "approved"), [("fr", "louée", None), ("en", "rented", "2026-11-27")])
def test_a_correction_goes_to_its_line_or_below_approved_minutes(
    workspace: Workspace, lang: str, word: str, approved: str | None
) -> None:
    workspace.edit([Change(SECOND, HELD, "approved", approved, MEETINGS)])
    returned = parse_returned(text_of(workspace, SECOND, lang).replace(word, "zanzibar").encode())
    returned = replace(returned, author="Zoé Roy")
    laid, meeting = review_returned(workspace, store_of(workspace), (), returned, b"x")
    assert meeting is not None and meeting.id == SECOND
    review = review_of(workspace, laid, meeting, raw=b"x")
    (difference,) = review.open
    assert difference.kind == CHANGED and review.accept(difference) is (approved is None)
    if approved is None:
        assert "zanzibar" in workspace.partnership.entries["decision02"].text("text", lang)
        again, _meeting = review_returned(workspace, store_of(workspace), (), returned, b"x")
        assert again.differences == laid.differences, "the same file is compared with the text of then"
        return
    review.make_article(difference)
    (note,) = workspace.partnership.rows(HELD, NOTES)
    assert note.get("meeting") == SECOND and not review.open
    said = str(note.get(f"text@{lang}"))
    assert "Zoé Roy" in said and "zanzibar" in said
    assert [cell for cell in note.cells if cell.startswith("text@")] == [f"text@{lang}"]
