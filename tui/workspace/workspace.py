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
from tui.partnership.completion import KeptProgress, Progress
from tui.partnership.due import counts, due
from tui.partnership.meetings import running, source_of
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
from tui.workspace.place import Place, settled, subject

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
    """What the workspace tells each change at once, before it is saved.

    `position` is how many changes were noted; `saved` forgets the changes up to one, None for all.
    """

    @property
    def position(self) -> int: ...
    def note(self, change: Change, /) -> object: ...
    def saved(self, upto: int | None = None) -> object: ...
    def others(self) -> Sequence[Presence]: ...
    def close(self) -> object: ...


@dataclass(frozen=True, slots=True)
class SaveState:
    """What the status line says of saving."""

    kind: str = "saved"  # "saved", "saving" or "failed"
    at: str = ""  # the ISO moment of the last save
    reason: str = ""  # why it failed, in words
    short: str = ""  # the reason in two or three words


def current_moment() -> str:
    """Return the present moment as ISO date and time, to the second, with the offset of the zone in use."""
    return moments.now()


def _source(partnership: Partnership) -> str:
    """Return what changes made now carry as their source: the meeting that is running, "" for none."""
    return source_of(running(partnership, current_moment()))


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
        partnership = as_of(partnership, current_moment()[:10])  # what was to happen by today has happened
        self.edits = Edits(partnership)
        self.place = settled(Place(), guide, partnership)
        # Whether somebody chose the place's partner, here or at the question before; else it is only the first one.
        self.partner_chosen = False
        self.lang = "fr"  # the interface's language
        self.doc_lang = str(partnership.setting("lang", "fr"))  # the document's language
        self.statement_shown = False  # whether the pane shows the statement on one page
        self.region = ""  # the typography this person has chosen, where the partnership has chosen none
        self.state = SaveState(at=partnership.changed)
        self.other_editors = OtherEditors()
        # The partnership as the directory last learnt from it; None while it has learnt nothing.
        self.known_to_directory: Partnership | None = partnership
        self.on_change: Callable[[], None] = lambda: None  # called whenever something waits to be saved
        self._composer = Composer(guide)
        self._kept = Newest[Any]()  # document, statement, version, milestones and counts, as worked out last
        self._progress = KeptProgress(guide)
        self.as_typed: dict[tuple[str, str], tuple[Value, str]] = {}  # by entry and cell: a value, and how it was typed
        self.source = ""  # what changes made now carry as their source; "" for the meeting that is running
        self.typing = False  # whether letters arrive one by one, so that a stretch of them is one step of the history
        self._saving = threading.Lock()  # held by the thread that saves
        self._journal_position = 0  # where the journal was when the batch being saved was taken

    def others(self) -> Sequence[Presence]:
        """Return who else has the partnership open now, the longest here first. Raises StoreError."""
        return self.journal.others() if self.journal is not None else ()

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def partnership(self) -> Partnership:
        """The partnership as it is typed now."""
        return self.edits.partnership

    @property
    def agreement(self) -> Agreement:
        """The document of the present value, in the document's language."""
        made_from = (self.partnership, self.doc_lang, self.region)
        agreement: Agreement = self._kept.of("agreement", made_from, lambda: self._composer.agreement(*made_from))
        return agreement

    @property
    def adoption(self) -> str:
        """Return how the text stands to the adopted one: "" (none), "adopted" (the same words) or "changed"."""
        return self._composer.adoption(self.partnership)

    @property
    def shown_text(self) -> Agreement:
        """Return what the pane of the document shows: the whole text, or the statement on one page."""
        if not self.statement_shown:
            return self.agreement
        # Imported here: it is seldom shown, and a start need not load it.
        from tui.agreement.statement_page import statement_page

        text = self.agreement
        shown: Agreement = self._kept.of("statement", (text,), lambda: statement_page(self.guide, text))
        return shown

    @property
    def version(self) -> str:
        """Which text this is, in the language of the screen: « ébauche 2 »."""
        made_from = (self.partnership, self.lang)
        said: str = self._kept.of("version", made_from, lambda: self._composer.version(*made_from))
        return said

    @property
    def public(self) -> Published:
        """The public view of the present value, with its points, answers and holes."""
        return self._composer.public(self.partnership)

    @property
    def view(self) -> Partnership:
        """The public view of the present value."""
        return self.public.view

    def progress(self, question: Question) -> Progress:
        """Return how far the answers to a question are."""
        return self._progress.of(self.partnership, question)

    @property
    def milestones(self) -> Milestones:
        """Return what the milestones still need."""
        found: Milestones = self._kept.of("milestones", (self.partnership,), self._work_out_milestones)
        return found

    def _work_out_milestones(self) -> Milestones:
        return milestones(
            self.guide,
            self.partnership,
            self.public,
            adopted=bool(self.adoption),
            changed=self.adoption == "changed",
            progress_of=self._progress.of,
        )

    @property
    def due_counts(self) -> tuple[int, int]:
        """Return how many things are (late, due this month): worked out once a save and a day, never at a key."""
        day = current_moment()[:10]

        def work_out() -> tuple[int, int]:
            public = self.public
            return counts(due(self.partnership, public.view, public.answers, day, self.adoption), day)

        found: tuple[int, int] = self._kept.of("due", (self.state.at, day), work_out)
        return found

    @property
    def typed_lang(self) -> str:
        """The language ("fr" or "en") in which texts are typed: the document's while it has one, else the screen's.

        Where a text is typed anew as a whole, in line mode, it is that of the program: who answers in it translates.
        """
        if not self.typing:
            return self.lang
        made_from = (self.partnership, self.lang)
        found: str = self._kept.of("typed", made_from, lambda: typed_language(self.guide, self.partnership, self.lang))
        return found

    @property
    def form_context(self) -> FormContext:
        """Return what the forms of the present value are made from."""
        return FormContext(self.guide, self.partnership, self.lang, lambda: self.public, self.typed_lang)

    @property
    def section_numbers(self) -> dict[str, str]:
        """The present numbers of the sections that are printed, by id."""
        return {section.id: section.label for section in self.agreement.sections}

    def section_number(self, section_id: str) -> str:
        """Return the number of a section, also of one that will be printed once something is in it; "" for none."""
        order = [head.id for head in arranged(self.guide, self.view).sections]
        if section_id not in order:
            return ""
        return label_of(section_id, order, self.section_numbers, frozen_numbers(self.view))

    @property
    def title(self) -> str:
        """The partnership's name for those who work on it (it may name partners who are not public yet)."""
        return title(self.guide, self.partnership, self.lang)

    @property
    def question(self) -> Question:
        """The question of the place."""
        return self.guide.question(self.place.question)

    @property
    def subject(self) -> tuple[str, ...]:
        """The ids of the partners that the question is asked of at this place; () for the whole partnership."""
        return subject(self.place, self.question)

    # -- changing ------------------------------------------------------------------------------------------------------

    def edit(self, changes: Sequence[Change], typed_cell: str = "") -> bool:
        """Apply changes, keep them for the next save, and write them to the journal at once.

        While a meeting runs, each carries it as its source. Edits in a row with the same non-empty `typed_cell`
        are undone together. Return whether anything changed.
        """
        source = self.source or _source(self.partnership)
        if source:
            changes = [change if change.source else replace(change, source=source) for change in changes]
        if not self.edits.edit(changes, at=current_moment(), typed_cell=typed_cell):
            return False
        self._note_changes(changes)
        return True

    def set(self, entry: Entry, cell: str, value: Value, typed_cell: str = "") -> bool:
        """Set one cell of an entry that exists or is to be. Return whether it changed; `typed_cell` as in `edit`."""
        change = Change(entry.id, entry.question, cell, value, entry.part, entry.subject)
        return self.edit((change,), typed_cell)

    def setting(self, name: str, value: Value) -> bool:
        """Set one of the partnership's own settings. Return whether it changed."""
        return self.edit((Change(SETTINGS, SETTINGS, name, value),))

    def undo(self) -> tuple[Change, ...]:
        """Take back the last step. Returns the changes that did it, () when there was none left."""
        return self._turn_back(self.edits.undo)

    def redo(self) -> tuple[Change, ...]:
        """Do again what undo took back last. Returns the changes that did it, () when there was nothing."""
        return self._turn_back(self.edits.redo)

    def _turn_back(self, turn: Callable[..., tuple[Change, ...]]) -> tuple[Change, ...]:
        """Undo or redo by `turn`, then follow with the journal, the document's language and the place."""
        changes = turn(at=current_moment(), source=_source(self.partnership))
        self._note_changes(changes)
        if any((change.entry, change.cell) == (SETTINGS, "lang") for change in changes):
            self.doc_lang = str(self.partnership.setting("lang", "fr"))
        self.place = settled(self.place, self.guide, self.partnership)
        return changes

    def _note_changes(self, changes: Sequence[Change]) -> None:
        """Write changes to the journal, and tell that something waits to be saved."""
        if self.journal is not None:
            for change in changes:
                # With its base, a change read again after a crash replaces nothing newer.
                self.journal.note(self.edits.based(change))
        if changes:
            self.state = replace(self.state, kind="failed" if self.state.kind == "failed" else "saving")
            self.on_change()

    def go(self, place: Place) -> None:
        """Go to `place`; what is typed next is another step of undo."""
        self.edits.end_typing()
        each = self.question.scope != "project"
        self.place = settled(place, self.guide, self.partnership)
        self.partner_chosen = each or self.question.scope != "project"

    # -- saving --------------------------------------------------------------------------------------------------------

    def next_batch(self) -> Batch | None:
        """Return what is to be saved now, or None. Call it in the thread of the edits."""
        if not self.edits.unsaved:
            return None
        self._journal_position = self.journal.position if self.journal is not None else 0
        return self.edits.take()

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
        """Take in what a batch left on disk, `partnership`. Call it in the thread of the edits."""
        self.edits.saved(partnership, at=current_moment())
        if self.journal is not None:
            with suppress(StoreError):  # a change kept too long is recognised as saved when the journal is read
                self.journal.saved(self._journal_position if self.edits.at_risk else None)
        self.state = SaveState("saving" if self.edits.unsaved else "saved", current_moment())

    def batch_failed(self, reason: str) -> None:
        """Keep a batch that could not be saved, to be tried again; `reason` says why, in words."""
        self.edits.failed()
        self.state = SaveState("failed", self.state.at, reason)

    def flush(self) -> None:
        """Save whatever is not on disk, here and now.

        Raises StoreError when it cannot be kept, or another thread saves for over a second; nothing is dropped then.
        """
        if not self.edits.at_risk:
            return
        batch = self.edits.take()
        try:
            partnership = self.write(batch)
        except StoreError:
            self.edits.failed()
            self.on_change()
            raise
        self.batch_saved(partnership)

    def reload(self) -> None:
        """Take in what others changed on disk, under what is being typed here. Raises StoreError."""
        self.edits.refreshed(self.store.load(self.partnership.id), at=current_moment())
