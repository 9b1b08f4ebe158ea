"""Files set aside: what somebody changed by hand, or what damage left, shown before it is taken over or left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.agreement.compose import title
from tui.commands import LIST, WORK
from tui.i18n import N_, _, ngettext
from tui.partnership.values import ORDER
from tui.screens.list_screen import PartnershipsScreen
from tui.store.store_errors import StoreError
from tui.terminal.line_pane import Line
from tui.text.dates import format_when
from tui.ui.diff_painter import paint_differences, paint_text
from tui.ui.page import TextScreen
from tui.workspace.cell_labels import value_words, where
from tui.workspace.other_editors import open_conflicts
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.store import Problem
    from tui.store.set_aside_files import SetAsideFile
    from tui.ui.host import Host

# Problems that may leave something to offer.
_OFFERED = frozenset({"edited", "damaged", "twin", "unsealed", "unread", "synced"})


class TakeOverScreen(TextScreen[bool]):
    """A text to read, and one thing to do about it: 1 does it, Escape leaves all as it is."""

    about = N_("What was changed outside the program, or what damage left. Nothing is taken over unless you say so.")

    def __init__(self, head: str, lines: Callable[[int], Sequence[Line]], take: str) -> None:
        super().__init__()
        self.head = head
        self.lines = lines  # what is shown in that many cells
        self.take = take

    def heading(self) -> str:
        """Return what it is."""
        return self.head

    def text(self, width: int) -> Sequence[Line]:
        """Return what it says."""
        return [(), *self.lines(width)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """The one thing to do, and the way out."""
        return (("1", self.take), (_("Esc"), _("leave all as it is")))

    def act(self, key: str) -> bool:
        """Take over what is shown, for the key « 1 ». Return whether the key did anything."""
        if key != "1":
            return super().act(key)
        self.dismiss(True)
        return True


def offer_after(app: Host, problems: Sequence[Problem]) -> None:
    """Show at once what can be taken over, where the problems met on opening a partnership left something."""
    if any(problem.kind in _OFFERED for problem in problems):
        _show(app, quiet=True)


def show_set_aside(app: Host) -> None:
    """Show what lies set aside beside the open partnership and says something that the partnership does not."""
    _show(app, quiet=False)


def _show(app: Host, *, quiet: bool) -> None:
    workspace = app.workspace
    if workspace is None:
        return
    try:
        workspace.flush()
        found = [
            set_aside_file
            for set_aside_file in app.store.set_aside_files(workspace.partnership.id)
            if set_aside_file.changes
        ]
    except StoreError as error:
        app.say(str(error))
        return
    if not found and not quiet:
        app.say(_("No file set aside says anything that is not here."))
    if found:
        head = _("Changed outside the program") if found[0].edited else _("What a damaged file still says")
        screen = TakeOverScreen(
            head, lambda width: list(_told(workspace, found[0], width)), _("take these changes over")
        )
        app.push_screen(screen, lambda taken: _take(app, workspace, found[0]) if taken else None)


def _told(workspace: Workspace, set_aside_file: SetAsideFile, width: int) -> Iterator[Line]:
    said = _("“{name}”, written on {when}, differs from the partnership here:")
    yield from paint_text(
        said.format(name=set_aside_file.path.name, when=format_when(set_aside_file.since, workspace.lang)),
        width,
        "muted",
    )
    for change in set_aside_file.changes:
        if change.cell == ORDER:
            continue
        yield ()
        place = where(workspace, change.question, change.part, change.cell, change.subject)
        yield from paint_text(place, width, "strong")
        entry = workspace.partnership.entry(change.entry)
        before = value_words(
            workspace, change.question, change.part, change.cell, entry.get(change.cell) if entry else None
        )
        after = value_words(workspace, change.question, change.part, change.cell, change.value)
        yield from paint_differences(before, after, width)


def _take(app: Host, workspace: Workspace, set_aside_file: SetAsideFile) -> None:
    try:
        workspace.flush()
        saved = app.store.take_over(workspace.partnership.id, set_aside_file.path)
    except StoreError as error:
        app.say(str(error))
        return
    workspace.edits.refreshed(saved.partnership, at=current_moment())
    app.page.refresh_in_place()
    count = len(saved.past)
    said = [ngettext("{n} change was taken over.", "{n} changes were taken over.", count).format(n=count)]
    if open_conflicts(workspace.partnership):
        said.append(_("Answers that somebody had changed since have two texts now."))
    app.say(" ".join(said))


def show_readable(app: Host, partnership_id: str, error: StoreError) -> None:
    """Show what can be read of a partnership whose two copies are damaged, and go on with it if the person says so."""
    try:
        found = app.store.readable(partnership_id)
    except StoreError as worse:
        app.say(str(worse))
        return
    workspace = Workspace(app.guide, found.partnership, app.store)
    workspace.lang = app.lang

    def lines(width: int) -> list[Line]:
        made = paint_text(str(error), width, "warn")
        if found.unread:
            left = ngettext("{n} piece cannot be read.", "{n} pieces cannot be read.", found.unread)
            made += [(), *paint_text(left.format(n=found.unread), width, "warn")]
        made += [(), *paint_text(_("What can still be read:"), width, "muted")]
        return made + list(_texts(workspace, width))

    def chosen(taken: bool | None) -> None:
        if taken:
            try:
                app.store.restart_from_readable(partnership_id)
            except StoreError as failed:
                app.say(str(failed))
                return
            app.open(partnership_id)

    head = title(app.guide, found.partnership, app.lang) or partnership_id
    app.push_screen(TakeOverScreen(head, lines, _("go on with what can be read; the damaged files stay")), chosen)


def _texts(workspace: Workspace, width: int) -> Iterator[Line]:
    for entry in workspace.partnership.entries.values():
        for key, cell in entry.cells.items():
            if not key.startswith("#") and cell.value not in (None, "", [], {}) and entry.stands:
                yield ()
                yield from paint_text(where(workspace, entry.question, entry.part, key, entry.subject), width, "strong")
                yield from paint_text(value_words(workspace, entry.question, entry.part, key, cell.value), width)


def show_refusal(app: Host, partnership_id: str, error: StoreError) -> None:
    """Say on the list why a partnership could not be opened; a damaged one is shown as far as it can be read."""
    from tui.store.store_errors import Damaged

    if app.page.where not in (LIST, WORK):
        app.push_screen(PartnershipsScreen())
    app.say(str(error))
    if isinstance(error, Damaged):
        show_readable(app, partnership_id, error)
