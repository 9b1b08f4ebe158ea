"""The workspace: the open partnership, the place in it, the document it gives, and how it is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer, title
from tui.agreement.numbering import frozen_numbers, label_of
from tui.fast_dataclass import dataclass
from tui.form.form import FormContext
from tui.guide.guide_types import Guide, Question
from tui.partnership.completion import Progress, ProgressCache
from tui.partnership.due import counts, due
from tui.partnership.meetings import meeting_open_at, source_of
from tui.partnership.milestones import Milestones, milestones
from tui.partnership.newest import Newest
from tui.partnership.privacy import Published
from tui.partnership.section_order import arranged
from tui.partnership.translation import typed_language
from tui.partnership.values import SETTINGS, TRIAL, Change, Entry, Partnership, Value, as_of
from tui.store.store_errors import Locked, StoreError
from tui.text import moments
from tui.workspace.other_editors import OtherEditors
from tui.workspace.pending_edits import Batch, Edits
from tui.workspace.place import Place, subject, valid_place

if TYPE_CHECKING:
    from tui.store.journal import Presence


_SAVE_WAIT_SECONDS = 1.0  # that `write` waits for a save under way in another thread


def close_undo_step(workspace: Workspace) -> None:
    """Close the undo step and save now; after a StoreError the changes stay pending, to be saved with the next ones."""
    workspace.edits.end_typing()
    with suppress(StoreError):
        workspace.flush()


class PartnershipStore(Protocol):
    """What the workspace needs of a store; both methods raise StoreError."""

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> SaveResult: ...
    def load(self, partnership_id: str, /) -> Partnership: ...


class SaveResult(Protocol):
    """What a save returns: `partnership` is as the disk has it, with what others changed."""

    @property
    def partnership(self) -> Partnership: ...


class Journal(Protocol):
    """What the workspace needs of a journal, the file that has each change at once, before it is saved.

    `position` is how many changes were noted. `mark_saved` forgets the first `upto` changes, None for all. `others`
    are the other programs that have the partnership open.
    """

    @property
    def position(self) -> int: ...
    def note(self, change: Change, /) -> object: ...
    def mark_saved(self, upto: int | None = None) -> object: ...
    def others(self) -> Sequence[Presence]: ...
    def close(self) -> object: ...


@dataclass(frozen=True, slots=True)
class SaveState:
    """How saving goes, as the status line tells it."""

    kind: str = "saved"  # "saved", "saving" or "failed"
    at: str = ""  # the ISO moment of the last save
    reason: str = ""  # why it failed, in a sentence; "" unless "failed"
    short: str = ""  # the reason in two or three words


def current_moment() -> str:
    """Return the present moment as ISO date and time, to the second, with the offset of the zone in use."""
    return moments.now()


def _source(partnership: Partnership) -> str:
    """Return the source that changes made now carry: the running meeting's, "" where no meeting runs."""
    return source_of(meeting_open_at(partnership, current_moment()))


def is_trial(workspace: Workspace | None) -> bool:
    """Return whether the open partnership is one to practise on, to be thrown away."""
    return workspace is not None and bool(workspace.partnership.setting(TRIAL))


class Workspace:
    """One open partnership. Every edit goes through `edit`; every reader reads `partnership` and `agreement`."""

    def __init__(
        self, guide: Guide, partnership: Partnership, store: PartnershipStore, journal: Journal | None = None
    ) -> None:
        self.guide = guide
        self.store = store
        self.journal = journal
        partnership = as_of(partnership, current_moment()[:10])  # applies what was planned for today or earlier
        self.edits = Edits(partnership)
        self.place = valid_place(Place(), guide, partnership)
        # Whether the person chose the place's partner, by going to a question that is asked of one; else it is only
        # the first partner.
        self.partner_chosen = False
        self.lang = "fr"  # the interface's language
        self.doc_lang = str(partnership.setting("lang", "fr"))  # the document's language
        self.statement_shown = False  # whether the pane shows the statement on one page
        self.region = ""  # the French typography this person has chosen, used where the partnership has chosen none
        self.state = SaveState(at=partnership.changed)
        self.other_editors = OtherEditors()
        # The partnership as it was when the directory of organisations was last brought up to date from it; None
        # compares all of it the next time.
        self.known_to_directory: Partnership | None = partnership
        self.on_change: Callable[[], None] = lambda: None  # called whenever something waits to be saved
        self._composer = Composer(guide)
        # The document, the statement, the version, milestones and counts, as worked out last; `Newest.of` works one out
        # anew when what it is made from has changed.
        self._newest = Newest[Any]()
        self._progress = ProgressCache(guide)
        self.as_typed: dict[tuple[str, str], tuple[Value, str]] = {}  # by (entry id, cell): (value, text typed for it)
        self.source = ""  # the source that changes made now carry; "" for that of the running meeting
        self.typing = False  # whether texts are typed letter by letter, as in the editor; in line mode they come whole
        self._saving = threading.Lock()  # held by the thread that saves
        self._journal_position = 0  # the journal's position when the batch being saved was taken

    def others(self) -> Sequence[Presence]:
        """Return the other programs that have the partnership open now, the earliest first. Raises StoreError."""
        return self.journal.others() if self.journal is not None else ()

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def partnership(self) -> Partnership:
        """The partnership as it is typed now."""
        return self.edits.partnership

    @property
    def agreement(self) -> Agreement:
        """The document that the partnership gives now, in the document's language."""
        made_from = (self.partnership, self.doc_lang, self.region)
        agreement: Agreement = self._newest.of("agreement", made_from, lambda: self._composer.agreement(*made_from))
        return agreement

    @property
    def adoption(self) -> str:
        """How the text compares to the adopted one: "" (none was adopted), "adopted" (the same words) or "changed"."""
        return self._composer.adoption(self.partnership)

    @property
    def shown_text(self) -> Agreement:
        """The text that the document's pane shows: the whole agreement, or the statement on one page."""
        if not self.statement_shown:
            return self.agreement
        # Imported here: it is seldom shown, and a start need not load it.
        from tui.agreement.statement_page import statement_page

        text = self.agreement
        statement: Agreement = self._newest.of("statement", (text,), lambda: statement_page(self.guide, text))
        return statement

    @property
    def version(self) -> str:
        """The name of the present text in the interface's language: « ébauche 2 »."""
        made_from = (self.partnership, self.lang)
        version: str = self._newest.of("version", made_from, lambda: self._composer.version(*made_from))
        return version

    @property
    def public(self) -> Published:
        """What may be published of the partnership, with the partners' positions and the holes in the text."""
        return self._composer.public(self.partnership)

    @property
    def view(self) -> Partnership:
        """The partnership without all that may not be published."""
        return self.public.view

    def progress(self, question: Question) -> Progress:
        """Return how many of a question's answers are given."""
        return self._progress.of(self.partnership, question)

    @property
    def milestones(self) -> Milestones:
        """What is still missing for each milestone."""
        present: Milestones = self._newest.of("milestones", (self.partnership,), self._work_out_milestones)
        return present

    def _work_out_milestones(self) -> Milestones:
        return milestones(
            self.guide,
            self.partnership,
            self.public,
            adopted=bool(self.adoption),
            changed=self.adoption == "changed",
            progress_of=self._progress.of,
            unanswered_of=self._progress.unanswered,
        )

    @property
    def due_counts(self) -> tuple[int, int]:
        """How many things are (late, due this month); worked out after a save and on a new day, not at each key."""
        day = current_moment()[:10]

        def work_out() -> tuple[int, int]:
            public = self.public
            return counts(due(self.partnership, public.view, public.answers, day, self.adoption), day)

        late_and_due: tuple[int, int] = self._newest.of("due", (self.state.at, day), work_out)
        return late_and_due

    @property
    def typed_lang(self) -> str:
        """The language ("fr" or "en") in which texts are typed.

        On the pages it is that of the texts typed so far, where these have one language, else the interface's. In line
        mode, where each text is typed as a whole, it is always the interface's.
        """
        if not self.typing:
            return self.lang
        made_from = (self.partnership, self.lang)
        lang: str = self._newest.of("typed", made_from, lambda: typed_language(self.guide, *made_from))
        return lang

    @property
    def form_context(self) -> FormContext:
        """The context that forms of the open partnership are made from."""
        return FormContext(self.guide, self.partnership, self.lang, lambda: self.public, self.typed_lang)

    @property
    def section_numbers(self) -> dict[str, str]:
        """The numbers that the printed sections have now ("7"), by section id."""
        return {section.id: section.label for section in self.agreement.sections}

    def section_number(self, section_id: str) -> str:
        """Return the number of a section, "" for none; an empty section has the one that it would be printed with."""
        order = [head.id for head in arranged(self.guide, self.view).sections]
        if section_id not in order:
            return ""
        return label_of(section_id, order, self.section_numbers, frozen_numbers(self.view))

    @property
    def title(self) -> str:
        """The partnership's name for those who work on it; it may name partners who may not be named yet in public."""
        return title(self.guide, self.partnership, self.lang)

    @property
    def question(self) -> Question:
        """The question that the user is at."""
        return self.guide.question(self.place.question)

    @property
    def subject(self) -> tuple[str, ...]:
        """The ids of the partners that the question is asked of at this place; () for the whole partnership."""
        return subject(self.place, self.question)

    # -- changing ------------------------------------------------------------------------------------------------------

    def edit(self, changes: Sequence[Change], typed_cell: str = "") -> bool:
        """Apply changes, keep them for the next save, and write them to the journal at once.

        Changes without a source get `source`, or that of the running meeting. Edits in a row with the same non-empty
        `typed_cell` ("entry id/cell") are undone together. Return whether anything changed.
        """
        source = self.source or _source(self.partnership)
        if source:
            changes = [change if change.source else replace(change, source=source) for change in changes]
        if not self.edits.edit(changes, at=current_moment(), typed_cell=typed_cell):
            return False
        self._note_changes(changes)
        return True

    def set(self, entry: Entry, cell: str, value: Value, typed_cell: str = "") -> bool:
        """Set one cell of an entry, stored or new. Return whether it changed; `typed_cell` is as in `edit`."""
        change = Change(entry.id, entry.question, cell, value, entry.part, entry.subject)
        return self.edit((change,), typed_cell)

    def set_setting(self, name: str, value: Value) -> bool:
        """Set one of the partnership's own settings. Return whether it changed."""
        return self.edit((Change(SETTINGS, SETTINGS, name, value),))

    def undo(self) -> tuple[Change, ...]:
        """Take back the last step. Return the changes that did it, () when there was none left."""
        return self._undo_or_redo(self.edits.undo)

    def redo(self) -> tuple[Change, ...]:
        """Do again what undo took back last. Return the changes that did it, () when there was nothing."""
        return self._undo_or_redo(self.edits.redo)

    def _undo_or_redo(self, act: Callable[..., tuple[Change, ...]]) -> tuple[Change, ...]:
        """Call `act`, then bring the journal, the document's language and the place in line with its changes."""
        changes = act(at=current_moment(), source=_source(self.partnership))
        self._note_changes(changes)
        if any((change.entry, change.cell) == (SETTINGS, "lang") for change in changes):
            self.doc_lang = str(self.partnership.setting("lang", "fr"))
        self.place = valid_place(self.place, self.guide, self.partnership)
        return changes

    def _note_changes(self, changes: Sequence[Change]) -> None:
        """Write changes to the journal, and call `on_change`."""
        if self.journal is not None:
            for change in changes:
                # With its base revision, a change that is read again after a crash replaces nothing newer.
                self.journal.note(self.edits.with_base(change))
        if changes:
            self.state = replace(self.state, kind="failed" if self.state.kind == "failed" else "saving")
            self.on_change()

    def go(self, place: Place) -> None:
        """Go to `place`; what is typed next is another step of undo."""
        self.edits.end_typing()
        came_from_partner = self.question.scope != "project"
        self.place = valid_place(place, self.guide, self.partnership)
        self.partner_chosen = came_from_partner or self.question.scope != "project"

    # -- saving --------------------------------------------------------------------------------------------------------

    def next_batch(self) -> Batch | None:
        """Return the changes to save now, None for none. Call it in the thread that edits."""
        if not self.edits.unsaved:
            return None
        self._journal_position = self.journal.position if self.journal is not None else 0
        return self.edits.take_batch()

    def write(self, batch: Batch) -> Partnership:
        """Save a batch, in any thread, and return the partnership as it is on disk then.

        Raises Locked while another thread saves for too long, another StoreError if the batch cannot be kept now.
        """
        if not self._saving.acquire(timeout=_SAVE_WAIT_SECONDS):
            raise Locked(Path(self.partnership.id, ".lock"))
        try:
            return self.store.save(self.partnership.id, batch.changes, typing=self.typing).partnership
        finally:
            self._saving.release()

    def batch_saved(self, partnership: Partnership) -> None:
        """Take in `partnership`, as `write` returned it. Call it in the thread that edits."""
        self.edits.batch_saved(partnership, at=current_moment())
        if self.journal is not None:
            with suppress(StoreError):  # a change left in the journal is recognised as saved when it is read
                self.journal.mark_saved(self._journal_position if self.edits.at_risk else None)
        self.state = SaveState("saving" if self.edits.unsaved else "saved", current_moment())

    def batch_failed(self, reason: str) -> None:
        """Keep a batch that could not be saved, to be tried again; `reason` says why, in words."""
        self.edits.batch_failed()
        self.state = SaveState("failed", self.state.at, reason)

    def flush(self) -> None:
        """Save whatever is not on disk, here and now.

        Raises StoreError when it cannot be kept, or another thread saves for over a second; nothing is dropped then.
        """
        if not self.edits.at_risk:
            return
        batch = self.edits.take_batch()
        try:
            partnership = self.write(batch)
        except StoreError:
            self.edits.batch_failed()
            self.on_change()
            raise
        self.batch_saved(partnership)

    def reload(self) -> None:
        """Take in what others changed on disk; what is typed here and not saved yet stays. Raises StoreError."""
        self.edits.refresh(self.store.load(self.partnership.id), at=current_moment())
