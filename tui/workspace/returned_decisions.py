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
from tui.workspace.cell_labels import where
from tui.workspace.meeting_edits import point_marks
from tui.workspace.workspace import Workspace, current_moment

RETURNED = "note.returned"
_POINTS, _ARTICLES = "extra.points", "extra.articles"


class ReturnedReview:
    """A returned text at the open partnership. What is decided is kept, so that the same file can be taken up again."""

    notes = False  # whether what no field takes becomes a dated note, as in minutes, instead of a free article

    def __init__(self, workspace: Workspace, laid: MatchedText, *, source: str = "", raw: bytes = b"") -> None:
        """`laid` is the text laid beside ours, `source` the name of its file and `raw` the bytes it held.

        The same file is known again by its bytes.
        """
        self.workspace = workspace
        self.laid = laid
        self.differences = laid.differences
        self._file = source
        self._digest = _digest(raw)
        row = _returned_row(workspace.partnership, raw)
        self._row_id = row.id if row is not None else id_for_key(RETURNED, self._digest)
        self._known: tuple[Partnership, dict[str, tuple[Change, ...] | None]] | None = None  # `changes`, for one state

    @property
    def settled(self) -> Mapping[str, str]:
        """What was decided of each difference, by its mark."""
        entry = self.workspace.partnership.entry(self._row_id)
        if entry is None or entry.removed:
            return {}
        return {mark: str(what) for mark, what in record_of(entry, SETTLED).items()}

    @property
    def open(self) -> list[Difference]:
        """The differences still to be decided, without those that today's text has already."""
        settled = self.settled
        return [
            difference
            for difference in self.differences
            if difference.mark not in settled and self.changes(difference) != ()
        ]

    def changes(self, difference: Difference) -> tuple[Change, ...] | None:
        """Return what accepting it would change; None when no field takes it, () when the text says it already."""
        partnership = self.workspace.partnership
        if self._known is None or self._known[0] is not partnership:
            self._known = partnership, {}
        known = self._known[1]
        if difference.mark not in known:
            known[difference.mark] = self._made(partnership, difference, self.workspace.view)
        return known[difference.mark]

    def _made(
        self, partnership: Partnership, difference: Difference, view: Partnership | None = None
    ) -> tuple[Change, ...] | None:
        """As `changes`, worked out for `partnership`; `view` is its public view, if at hand.

        A new row has an id that follows from the difference: two people who accept it at the same time make one row.
        """
        made = changes_accepting(self.workspace.guide, partnership, difference, self.source(difference), view)
        if made is None:
            return None
        new = {change.entry for change in made if change.cell == ORDER} - partnership.entries.keys()
        name = id_for_key(self._row_id, difference.mark)
        return tuple(replace(change, entry=name) if change.entry in new else change for change in made)

    def source(self, difference: Difference) -> str:
        """« Marie Tremblay, 22 novembre 2026 »: who proposes, as the history keeps it."""
        when = format_date(difference.date, self.workspace.lang) if difference.date else ""
        return ", ".join(filter(None, (difference.author, when)))

    def home(self, difference: Difference) -> str:
        """Return the field that takes it, in words; "" when none does, or when the text says it already."""
        changes = self.changes(difference)
        if not changes:
            return ""
        first = next((change for change in changes if not change.cell.startswith("#")), changes[0])
        cell = "" if difference.kind in (ADDED, REMOVED) and first.part else first.cell
        return where(self.workspace, first.question, first.part, cell, first.subject)

    def accept(self, difference: Difference) -> bool:
        """Put it into its field, with its author. Returns whether there was one."""
        changes = self.changes(difference)
        if changes is None:
            return False
        return self._decide([difference], TAKEN, changes)

    def accept_all(self) -> int:
        """Accept all that have a field; how many. One step of undo takes them back."""
        found: list[Difference] = []
        changes: list[Change] = []
        partnership = self.workspace.partnership
        for difference in self.open:
            made = self._made(partnership, difference)
            if made is None:
                continue
            partnership = with_changes(partnership, made)
            found.append(difference)
            changes += made
        if found:
            self._decide(found, TAKEN, changes)
        return len(found)

    def refuse(self, difference: Difference) -> None:
        """Leave our words as they are."""
        self._decide([difference], REFUSED, ())

    def set_aside(self, difference: Difference) -> None:
        """Make a point of section 14 of it."""
        text = told_of(difference, _("a partner"), _("{author} proposes “{text}”"))
        self._decide(
            [difference],
            ASIDE,
            self._new_row(_POINTS, difference, {f"text@{difference.ours.lang}": text, **point_marks(self.workspace)}),
        )

    def make_article(self, difference: Difference) -> None:
        """Make a free article of it, in the section it stands in."""
        cells: dict[str, object] = {f"text@{difference.ours.lang}": plain_spaces(difference.after)}
        if difference.ours.section:
            cells["place"] = difference.ours.section
        self._decide([difference], ARTICLE, self._new_row(_ARTICLES, difference, cells))

    def undo(self) -> bool:
        """Take back the last decision."""
        return bool(self.workspace.undo())

    def _new_row(self, question: str, difference: Difference, cells: Mapping[str, object]) -> list[Change]:
        name = id_for_key(self._row_id, difference.mark, question)
        order = order_behind(self.workspace.partnership, question, "rows")
        return [
            Change(name, question, cell, value, "rows", source=self.source(difference), reason=REASON)
            for cell, value in {ORDER: order, **cells}.items()
        ]

    def _decide(self, found: Sequence[Difference], what: str, changes: Sequence[Change]) -> bool:
        """Keep a decision together with what it changes: undo takes both back."""
        entry = self.workspace.partnership.entry(self._row_id)
        noted: dict[str, object] = {} if entry is not None and entry.stands else self._first()
        noted |= record_cells(SETTLED, {difference.mark: what for difference in found})
        log = [Change(self._row_id, RETURNED, cell, value, "rows") for cell, value in noted.items()]
        self.workspace.edits.end_typing()
        return self.workspace.edit([*changes, *log])

    def _first(self) -> dict[str, object]:
        """Return the cells that the row of this review begins with: its place, day, file and sender."""
        order = order_behind(self.workspace.partnership, RETURNED, "rows")
        known = {"from": self.laid.author, "file": self._file}
        made: dict[str, object] = {ORDER: order, "on": current_moment()[:10], "mark": self._digest}
        if self.laid.version is None:  # our text changes with what is accepted: the same file is laid beside this one
            made["base"] = to_json(self.laid.agreement)
        return made | {key: text for key, text in known.items() if text}


def place_words(review: ReturnedReview, difference: Difference) -> str:
    """Return where a difference goes when it is accepted, or that no field takes it: said alike everywhere."""
    if review.changes(difference) == ():
        return _("already so in today's text")
    if home := review.home(difference):
        return _("Accepted, it goes to: {field}").format(field=home)
    if review.notes:
        return _("It comes from no field: it can become a point to settle, or a dated note of the minutes.")
    return _("It comes from no field: it can become a point to settle, or a free article.")


def told_of(difference: Difference, nobody: str, other_words: str) -> str:
    """Return a difference told in a sentence: who said what. `nobody` is its author where none is known.

    `other_words` says, of {author} and {text}, that other words were written.
    """
    said = one_line(plain_spaces(difference.remark or difference.after or difference.before))
    words = {REMARK: _("{author}: {text}"), REMOVED: _("{author} would take out “{text}”")}
    return words.get(difference.kind, other_words).format(author=difference.author or nobody, text=said)


def _digest(raw: bytes) -> str:
    """Return what a file is known again by; it stands in the cell "mark" of its row."""
    return hashlib.sha256(raw).hexdigest()[:32]


def _returned_row(partnership: Partnership, raw: bytes) -> Entry | None:
    """Return the row that keeps what was decided of this file; None for a new one."""
    return next((row for row in partnership.rows(RETURNED, "rows") if row.get("mark") == _digest(raw)), None)


def base_of(partnership: Partnership, raw: bytes) -> Agreement | None:
    """The text of ours that the same file was laid beside when it came; None for a new file, or one of a version."""
    row = _returned_row(partnership, raw)
    try:
        return from_json(row.get("base")) if row is not None else None
    except NotASnapshot:
        return None
