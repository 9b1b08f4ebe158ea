"""What is due in a partnership, for pages, line mode and commands: the list, its calendar file, follow-up letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.agreement.compose import adoption, title
from tui.agreement.phrasing import Phrasing
from tui.agreement.standing_document import outcome_words, standing_document
from tui.export.formats import Rendered, plain_name
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.calls import CALLS, CAME
from tui.partnership.due import (
    AFTER_CALL,
    COMMITMENT,
    OBJECTIVE,
    PAPERS,
    SIGNATURE,
    DueItem,
    due,
    due_words,
    grouped_by_time,
    without_private,
)
from tui.partnership.follow_up import awaited_of, follow_up_letter, language_of
from tui.partnership.milestones import AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION
from tui.partnership.outcomes import CHANGED, DONE, DROPPED, KEPT, PARTLY, outcome_changes, promises
from tui.partnership.partners import active, find_partner
from tui.partnership.privacy import published
from tui.partnership.values import Change, Entry, Partnership, as_of
from tui.partnership.versions import Version
from tui.text.dates import format_date
from tui.text.separators import colon
from tui.workspace.output_files import OutputFile

if TYPE_CHECKING:
    from tui.export.calendar_file import CalendarEvent
    from tui.workspace.workspace import Workspace

LETTERS = {"fr": "lettres-de-suivi/", "en": "follow-up-letters/"}  # the folder they lie in, by language


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due in one partnership."""

    guide: Guide
    partnership: Partnership  # from which the words of the items come: the whole one, or its public view
    view: Partnership  # its public view
    items: tuple[DueItem, ...]
    day: str  # the ISO day that it is seen on

    @property
    def public(self) -> DueList:
        """The same without what is private."""
        return DueList(self.guide, self.view, self.view, without_private(self.items), self.day)

    @property
    def withheld(self) -> int:
        """How many items `public` tells less of, or leaves out."""
        return sum(item.private for item in self.items)

    def words(self, due_item: DueItem, lang: str) -> str:
        """Return an item in a line, in the words of `partnership`."""
        return due_words(self.guide, self.partnership, due_item, lang)


def due_list(guide: Guide, partnership: Partnership, day: str, versions: Sequence[Version] = ()) -> DueList:
    """Return what is due in a partnership on an ISO day; `versions` are those kept, where they can be read."""
    partnership = as_of(partnership, day)
    public = published(guide, partnership)
    items = due(partnership, public.view, public.answers, day, adoption(guide, public.view), versions)
    return DueList(guide, partnership, public.view, items, day)


def due_in_workspace(workspace: Workspace, day: str) -> DueList:
    """Return what is due in the open partnership, from the public view that it keeps."""
    public = workspace.public
    items = due(workspace.partnership, public.view, public.answers, day, workspace.adoption)
    return DueList(workspace.guide, workspace.partnership, public.view, items, day)


# The codes of what may have come of an item, by its kind; () where another field says it. Other kinds: DONE, DROPPED.
_OUTCOMES = {
    COMMITMENT: (KEPT, PARTLY, CHANGED, DROPPED),
    OBJECTIVE: (DONE, PARTLY, CHANGED, DROPPED),
    AWAITED_ANSWER: (), AWAITED_CONFIRMATION: (), AWAITED_RATIFICATION: (), PAPERS: (), SIGNATURE: (), "meeting": (),
    "leaving": (), "term": (), }  # fmt: skip


def outcome_choices(guide: Guide, due_item: DueItem, lang: str) -> tuple[tuple[str, str], ...]:
    """Return (code, words) of each outcome that an item may have; () where another field says it."""
    return tuple((code, guide.choice("outcome", code, lang)) for code in _OUTCOMES.get(due_item.kind, (DONE, DROPPED)))


def note_outcome(workspace: Workspace, due_item: DueItem, state: str, day: str) -> None:
    """Note on an ISO day what came of an item; `state` is a code of the choices « outcome »."""
    if due_item.kind == AFTER_CALL:  # private, as the call is
        workspace.edits.end_typing()
        row = workspace.partnership.entries[due_item.about]
        workspace.edit([Change(row.id, CALLS, CAME, state, row.part, row.subject)])
        return
    fields = {"state": state, "on": day, "of": due_item.date if due_item.returns else ""}
    workspace.edits.end_typing()
    workspace.edit(tuple(outcome_changes(workspace.partnership, due_item.about, fields)))


def group_title(group: str, guide: Guide, lang: str) -> str:
    """Return the heading of LATE, MONTH, LATER or UNDATED."""
    return guide.word(f"due_{group}", lang)


def due_lines(listed: DueList, lang: str) -> Iterator[str]:
    """Yield the list as lines of text: each group's heading, then its items with their dates."""
    for group, items in grouped_by_time(listed.items, listed.day).items():
        yield f"{group_title(group, listed.guide, lang)} · {len(items)}"
        for item in items:
            date = format_date(item.date, lang) if item.date else ""
            yield f"  – {' · '.join(filter(None, (date, listed.words(item, lang))))}"


# -- what came of the promises -----------------------------------------------------------------------------------------


def standing_of(listed: DueList, lang: str) -> Agreement:
    """Return the page « où nous en sommes » (where we stand) of a partnership, made from what is public."""
    public = listed.public
    return standing_document(public.guide, public.view, public.items, public.day, lang)


def promise_words(workspace: Workspace, entry: Entry, view: Partnership | None = None) -> tuple[str, str]:
    """Return (a promise in a line, what came of it or "") in the words of the partnership, or of a `view` of it."""
    phrasing = Phrasing(workspace.guide, view or workspace.partnership, workspace.lang)
    whose = "" if entry.question == "gather.objectives" else phrasing.given_by(entry)
    text = " ".join(phrasing.text(entry, "text").split())
    return _(": ").join(filter(None, (whose, text))), outcome_words(phrasing, entry.id)


def numbered_promises(workspace: Workspace, view: Partnership) -> Iterator[str]:
    """Yield each promise with its number and what came of it; those that `view` does not have are left out."""
    for number, promise in enumerate(promises(workspace.partnership), 1):
        shown = view.entry(promise.id)
        if shown is not None and shown.text("text", workspace.lang):
            words, outcome = promise_words(workspace, shown, view)
            yield f"{number}. {words}" + (f" · {outcome}" if outcome else "")


# -- the calendar ------------------------------------------------------------------------------------------------------


def calendar_events(listed: DueList, lang: str) -> Iterator[CalendarEvent]:
    """Yield an event for each dated item; its id does not hold the date, so that calendars move it if that changes."""
    from tui.export.calendar_file import CalendarEvent

    name = title(listed.guide, listed.partnership, lang)
    for item in listed.items:
        if item.date:
            date = format_date(item.date, lang)
            yield CalendarEvent(
                uid=f"{listed.partnership.id}-{item.id}@entente",
                date=item.date,
                summary=f"{listed.words(item, lang)} – {name}",
                sequence=listed.partnership.rev,
                changed=listed.partnership.changed,
                description=f"{name}. {listed.words(item, lang)}{colon(lang)}{date}",
            )


def calendar(lists: Iterable[DueList], lang: str) -> bytes:
    """Return the dated items of several partnerships as one calendar file."""
    from tui.export.calendar_file import calendar_file

    return calendar_file(event for listed in lists for event in calendar_events(listed, lang))


def calendar_sheet(lists: Sequence[DueList], lang: str, name: str) -> OutputFile:
    """Return the calendar file to be written; `name` begins its file name."""
    ending = {"fr": "echeances", "en": "dates"}[lang]
    return OutputFile(f"{plain_name(name)}-{ending}.ics", _("Calendar file"), lambda: Rendered(calendar(lists, lang)))


# -- the letters -------------------------------------------------------------------------------------------------------


def follow_up_letters(listed: DueList, otherwise: str, folder: str = "") -> tuple[OutputFile, ...]:
    """Return a letter to each partner that something is awaited of, in its language, or `otherwise` if none is noted.

    A letter holds nothing private, and the file name does not name a partner that may not be named yet. `folder` comes
    before the files' names, with its « / »; "" for none.
    """
    files = []
    public = listed.public
    for number, partner in enumerate(active(listed.partnership), 1):
        items = awaited_of(public.items, partner.id, listed.day)
        if not items:
            continue
        lang = language_of(listed.partnership, partner.id, otherwise)
        name = title(listed.guide, listed.view, lang)
        letter = follow_up_letter(listed.guide, listed.view, items, lang, title=name, day=listed.day)
        public_partner = find_partner(listed.view, partner.id)
        short = (
            plain_name(public_partner.short(lang)) if public_partner is not None and public_partner.name(lang) else ""
        )
        base = "-".join((str(number), short or _("organization")))
        text = f"{letter.subject}\n\n{letter.body}".encode()
        files.append(OutputFile(f"{folder}{base}.txt", _("Follow-up letter"), _rendered(text)))
    return tuple(files)


def _rendered(text: bytes) -> Callable[[], Rendered]:
    """Return a function that returns `text` as a file."""
    return lambda: Rendered(text)
