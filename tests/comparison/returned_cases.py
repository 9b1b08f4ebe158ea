"""Returned files with what each must give, and the judge that says where a result is another.

`cases/expected.json` names for each file what a right tool does when all that can be placed is accepted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.comparison.returned_diff import Difference
from tui.comparison.returned_match import CannotRead, match_returned_text, parse_returned
from tui.partnership.values import ORDER, REMOVED, Entry, Partnership
from tui.partnership.versions import DRAFT, Version
from tui.workspace.returned_decisions import RETURNED, ReturnedReview
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

FOLDER = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["cases"]
PARTNERSHIPS = {one.file.name: one.partnership for one in samples()}
# The drafts that the files were made from, as commit 40c811f kept them: old exports, without anchors.
_SNAPSHOTS = json.loads((FOLDER / "drafts.json").read_text(encoding="utf-8"))
DRAFTS = {name: (Version("aaaaaaaaaa", 1, DRAFT, "2026-11-22", snapshots=kept),) for name, kept in _SNAPSHOTS.items()}


@dataclass
class Outcome:
    """What came of one file: why it was refused, or what differs and the partnership once all is accepted."""

    refused: str = ""
    open: list[Difference] = field(default_factory=list)
    homes: dict[str, bool] = field(default_factory=dict)
    before: Partnership | None = None
    after: Partnership | None = None


def review_of(data: bytes, name: str, partnership: Partnership, versions: tuple[Version, ...] = ()) -> ReturnedReview:
    """Read a file and lay it beside the partnership, kept in memory. CannotRead where it is refused."""
    laid = match_returned_text(GUIDE, partnership, versions, parse_returned(data, name))
    store = Memory()
    store.partnership = partnership
    return ReturnedReview(Workspace(GUIDE, partnership, store), laid, source=name, raw=data)


def accepted_whole(data: bytes, name: str, partnership: Partnership, versions: tuple[Version, ...] = ()) -> Outcome:
    """Read a file, list what differs, and accept all that can be placed."""
    try:
        review = review_of(data, name, partnership, versions)
    except CannotRead as error:
        return Outcome(refused=str(error))
    outcome = Outcome(open=list(review.open), before=partnership)
    outcome.homes = {one.mark: bool(review.changes(one)) for one in outcome.open}
    review.accept_all()
    outcome.after = review.workspace.partnership
    return outcome


def changed_cells(before: Partnership, after: Partnership) -> dict[tuple[str, str], Any]:
    """The value of each cell that is another, by entry id and cell; of a new entry all its cells."""
    found: dict[tuple[str, str], Any] = {}
    for entry in after.entries.values():
        if entry.question == RETURNED:
            continue
        former = before.entries.get(entry.id, Entry(entry.id, entry.question))
        for cell in {*entry.cells, *former.cells}:
            if entry.get(cell) != former.get(cell):
                found[entry.id, cell] = entry.get(cell)
    return found


def shown(one: Difference) -> str:
    """All words that the list shows of a difference."""
    return plain("\n".join((one.before, one.after, one.was, one.now, one.remark, *(text for _f, text in one.cells))))


def plain(text: str) -> str:
    """The text with the spaces and quotes of a keyboard."""
    for sign, key in (("\u00a0", " "), ("\u202f", " "), ("’", "'")):
        text = text.replace(sign, key)
    return text


def faults(case: dict[str, Any]) -> list[str]:
    """Return what is wrong with the result for one case; [] where all is right."""
    data = (FOLDER / case["file"]).read_bytes()
    outcome = accepted_whole(data, case["file"], PARTNERSHIPS[case["sample"]], DRAFTS[case["sample"]])
    if outcome.refused:
        return [] if "refused" in case else [f"refused: {outcome.refused}"]
    if case.get("refused") == "must":
        return ["not refused"]
    chosen = [case["changes"]] if "changes" in case else case.get("either", [[]])
    found = min((_of_changes(case, changes, outcome) for changes in chosen), key=len)
    if "count" in case and len(outcome.open) > case["count"]:
        found.append(f"{len(outcome.open)} differences, {case['count']} at most")
    return found


def _of_changes(case: dict[str, Any], changes: list[dict[str, Any]], outcome: Outcome) -> list[str]:
    assert outcome.before is not None and outcome.after is not None
    cells = changed_cells(outcome.before, outcome.after)
    lang, found = case.get("lang", "fr"), []
    for change in changes:
        listed = [one for one in outcome.open if plain(change["says"]) in shown(one)]
        if not listed:
            found.append(f"not listed: {change['says']}")
        if not _take(change, cells, outcome, lang) and not (
            change.get("or_undecided") and not all(outcome.homes[one.mark] for one in listed)
        ):
            found.append(f"not changed: {change}")
    for words in case.get("undecided", ()):
        if not any(plain(words) in shown(one) and not outcome.homes[one.mark] for one in outcome.open):
            found.append(f"not listed as undecided: {words}")
    for words in case.get("settled", ()):
        if any(plain(words) in shown(one) for one in outcome.open):
            found.append(f"settled, and listed: {words}")
    return found + [f"changed too: {key} {value!r}" for key, value in cells.items()]


def _take(change: dict[str, Any], cells: dict[tuple[str, str], Any], outcome: Outcome, lang: str) -> bool:
    """Whether a change was made; what it made is taken out of `cells`."""
    assert outcome.after is not None
    if "order" in change:
        rows = [outcome.after.entries[name] for name in change["order"]]
        for row in rows:
            cells.pop((row.id, ORDER), None)
        return rows == sorted(rows, key=lambda row: row.order)
    if "new" in change:
        return _take_new(change, cells, outcome.after, lang)
    row = change["row"]
    if change.get("removed"):
        return bool(cells.pop((row, REMOVED), False))
    for name in (f"{change['field']}@{lang}", change["field"]):
        if (row, name) in cells:
            value = cells[row, name]
            if value == change["now"] or (isinstance(value, str) and plain(value) == plain(change["now"])):
                del cells[row, name]
                return True
    return False


def _take_new(change: dict[str, Any], cells: dict[tuple[str, str], Any], after: Partnership, lang: str) -> bool:
    for entry in after.entries.values():
        if entry.question != change["new"] or not any(key[0] == entry.id for key in cells):
            continue
        if "partner" in change and change["partner"] not in entry.givers:
            continue
        said = {name: entry.get(f"{name}@{lang}", entry.get(name)) for name in change["fields"]}
        if said == change["fields"]:
            for key in [key for key in cells if key[0] == entry.id]:
                del cells[key]
            return True
    return False
