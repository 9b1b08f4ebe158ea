"""The differences of a returned text decided one after the other: accepted, refused, or set aside as a point."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import Agreement, NotASnapshot, from_json, to_json
from tui.comparison.difference_changes import REASON, changes_accepting
from tui.comparison.returned_diff import ADDED, REMARK, REMOVED, Difference
from tui.comparison.returned_match import MatchedText
from tui.i18n import _
from tui.partnership.changes import with_changes
from tui.partnership.ids import id_for_key
from tui.partnership.received_answers import ARTICLE, ASIDE, REFUSED, SETTLED, TAKEN
from tui.partnership.record_cells import record_cells, record_of
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind
from tui.text.clean import one_line
from tui.text.dates import format_date
from tui.text.word_diff import plain_spaces
from tui.workspace.cell_labels import cell_place
from tui.workspace.meeting_edits import point_marks
from tui.workspace.workspace import Workspace, current_moment

RETURNED = "note.returned"
_POINTS, _ARTICLES = "extra.points", "extra.articles"
_HASH_DIGITS = 32  # of the hash by which a file is recognised


class ReturnedReview:
    """A returned text being decided difference by difference; the decisions are kept, to go on with the same file.

    A difference has a `mark`, a text by which it is found again when the same file comes back.
    """

    notes = False  # whether words that belong to no field become a dated note, as for minutes, not a free article

    def __init__(self, workspace: Workspace, matched_text: MatchedText, *, source: str = "", raw: bytes = b"") -> None:
        """`matched_text` is the returned text matched to ours, `source` its file's name, `raw` the file's bytes.

        The same file is recognised by its bytes.
        """
        self.workspace = workspace
        self.matched_text = matched_text
        self.differences = matched_text.differences
        self._file = source
        self._digest = _digest(raw)
        row = _returned_row(workspace.partnership, raw)
        self._row_id = row.id if row is not None else id_for_key(RETURNED, self._digest)
        # The partnership that `changes` was called for last, and what it returned by the mark of each difference.
        self._known_changes: tuple[Partnership, dict[str, tuple[Change, ...] | None]] | None = None

    @property
    def settled(self) -> Mapping[str, str]:
        """The decisions so far, by the difference's mark: TAKEN, REFUSED, ASIDE or ARTICLE."""
        entry = self.workspace.partnership.entry(self._row_id)
        if entry is None or entry.removed:
            return {}
        return {mark: str(decision) for mark, decision in record_of(entry, SETTLED).items()}

    @property
    def open(self) -> list[Difference]:
        """The differences that are not decided and that today's text does not have already."""
        settled = self.settled
        return [
            difference
            for difference in self.differences
            if difference.mark not in settled and self.changes(difference) != ()
        ]

    def changes(self, difference: Difference) -> tuple[Change, ...] | None:
        """Return what accepting a difference changes; None when no field takes it, () when the text has it already."""
        partnership = self.workspace.partnership
        if self._known_changes is None or self._known_changes[0] is not partnership:
            self._known_changes = partnership, {}
        by_mark = self._known_changes[1]
        if difference.mark not in by_mark:
            by_mark[difference.mark] = self._changes_on(partnership, difference, self.workspace.view)
        return by_mark[difference.mark]

    def _changes_on(
        self, partnership: Partnership, difference: Difference, view: Partnership | None = None
    ) -> tuple[Change, ...] | None:
        """Return `changes` as worked out for `partnership`; `view` is its public view, None where it is not known.

        The id of a new row follows from the difference: two people who accept it at the same time make one row.
        """
        changes = changes_accepting(self.workspace.guide, partnership, difference, self.source(difference), view)
        if changes is None:
            return None
        new_ids = {change.entry for change in changes if change.cell == ORDER} - partnership.entries.keys()
        row_id = id_for_key(self._row_id, difference.mark)
        return tuple(replace(change, entry=row_id) if change.entry in new_ids else change for change in changes)

    def source(self, difference: Difference) -> str:
        """Return who proposes a difference, as the history keeps it: « Marie Tremblay, 22 novembre 2026 »."""
        when = format_date(difference.date, self.workspace.lang) if difference.date else ""
        return ", ".join(filter(None, (difference.author, when)))

    def field_words(self, difference: Difference) -> str:
        """Return the field that takes a difference, in words; "" when none does, or when the text has it already."""
        changes = self.changes(difference)
        if not changes:
            return ""
        # A cell beginning with "#" is the program's own, as the order of a row.
        first = next((change for change in changes if not change.cell.startswith("#")), changes[0])
        cell = "" if difference.kind in (ADDED, REMOVED) and first.part else first.cell
        return cell_place(self.workspace, first.question, first.part, cell, first.subject)

    def accept(self, difference: Difference) -> bool:
        """Apply a difference to its field, with its author as the source. Return whether a field takes it."""
        changes = self.changes(difference)
        if changes is None:
            return False
        return self._decide([difference], TAKEN, changes)

    def accept_all(self) -> int:
        """Accept all open differences that a field takes, as one step of undo, and return how many they were."""
        accepted: list[Difference] = []
        changes: list[Change] = []
        partnership = self.workspace.partnership
        for difference in self.open:
            own_changes = self._changes_on(partnership, difference)
            if own_changes is None:
                continue
            partnership = with_changes(partnership, own_changes)
            accepted.append(difference)
            changes += own_changes
        if accepted:
            self._decide(accepted, TAKEN, changes)
        return len(accepted)

    def refuse(self, difference: Difference) -> None:
        """Decide that a difference changes nothing."""
        self._decide([difference], REFUSED, ())

    def set_aside(self, difference: Difference) -> None:
        """Decide that a difference becomes a point to discuss (section 14)."""
        text = difference_words(difference, _("a partner"), _("{author} proposes “{text}”"))
        self._decide(
            [difference],
            ASIDE,
            self._new_row(_POINTS, difference, {f"text@{difference.ours.lang}": text, **point_marks(self.workspace)}),
        )

    def make_article(self, difference: Difference) -> None:
        """Decide that the words of a difference become a free article of the section they stand in."""
        cells: dict[str, object] = {f"text@{difference.ours.lang}": plain_spaces(difference.after)}
        if difference.ours.section:
            cells["place"] = difference.ours.section
        self._decide([difference], ARTICLE, self._new_row(_ARTICLES, difference, cells))

    def undo(self) -> bool:
        """Take back the last step; return whether there was one."""
        return bool(self.workspace.undo())

    def _new_row(self, question: str, difference: Difference, cells: Mapping[str, object]) -> list[Change]:
        """Return the changes that make a row of a question from a difference."""
        row_id = id_for_key(self._row_id, difference.mark, question)
        order = order_behind(self.workspace.partnership, question, "rows")
        return [
            Change(row_id, question, cell, value, "rows", source=self.source(difference), reason=REASON)
            for cell, value in {ORDER: order, **cells}.items()
        ]

    def _decide(self, differences: Sequence[Difference], decision: str, changes: Sequence[Change]) -> bool:
        """Keep a decision with the changes it makes, as one step of undo. Return whether anything changed."""
        entry = self.workspace.partnership.entry(self._row_id)
        cells: dict[str, object] = {} if entry is not None and entry.is_in_use else self._first_cells()
        cells |= record_cells(SETTLED, {difference.mark: decision for difference in differences})
        row_changes = [Change(self._row_id, RETURNED, cell, value, "rows") for cell, value in cells.items()]
        self.workspace.edits.end_typing()
        return self.workspace.edit([*changes, *row_changes])

    def _first_cells(self) -> dict[str, object]:
        """Return the cells that the row of this review begins with: its place, day, file and sender."""
        order = order_behind(self.workspace.partnership, RETURNED, "rows")
        texts = {"from": self.matched_text.author, "file": self._file}
        cells: dict[str, object] = {ORDER: order, "on": current_moment()[:10], "mark": self._digest}
        if self.matched_text.version is None:
            # Today's text changes with each acceptance: the same file is compared with this one the next time too.
            cells["base"] = to_json(self.matched_text.agreement)
        return cells | {cell: text for cell, text in texts.items() if text}


def place_words(review: ReturnedReview, difference: Difference) -> str:
    """Return the sentence that says where a difference goes when it is accepted, or that no field takes it."""
    if review.changes(difference) == ():
        return _("already so in today's text")
    if field_words := review.field_words(difference):
        return _("Accepted, it goes to: {field}").format(field=field_words)
    if review.notes:
        return _("It comes from no field: it can become a point to settle, or a dated note of the minutes.")
    return _("It comes from no field: it can become a point to settle, or a free article.")


def difference_words(difference: Difference, nobody: str, other_words: str) -> str:
    """Return a difference as a sentence: who proposes what. `nobody` is said for an author that is not known.

    `other_words` is the sentence, with {author} and {text}, for a difference that is no remark and no removal.
    """
    text = one_line(plain_spaces(difference.remark or difference.after or difference.before))
    sentences = {REMARK: _("{author}: {text}"), REMOVED: _("{author} would take out “{text}”")}
    return sentences.get(difference.kind, other_words).format(author=difference.author or nobody, text=text)


def _digest(raw: bytes) -> str:
    """Return the hash that a file is recognised by; the cell "mark" of its row holds it."""
    return hashlib.sha256(raw).hexdigest()[:_HASH_DIGITS]


def _returned_row(partnership: Partnership, raw: bytes) -> Entry | None:
    """Return the row that keeps the decisions on the file of these bytes; None for a new file."""
    return next((row for row in partnership.rows(RETURNED, "rows") if row.get("mark") == _digest(raw)), None)


def base_of(partnership: Partnership, raw: bytes) -> Agreement | None:
    """Return the text that the same file was compared with when it first came.

    None for a new file, and for one that answers a kept version.
    """
    row = _returned_row(partnership, raw)
    try:
        return from_json(row.get("base")) if row is not None else None
    except NotASnapshot:
        return None
