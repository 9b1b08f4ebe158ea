"""The page that offers the changes in a set-aside file.

The store sets a file aside when it was changed outside the program, or when it is damaged. The page shows in what the
file differs from the partnership; the user takes these changes over, or leaves them.
"""

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
from tui.text.dates import format_day_and_time
from tui.ui.diff_painter import paint_differences, paint_text
from tui.ui.page import TextScreen
from tui.workspace.cell_labels import cell_place, value_words
from tui.workspace.other_editors import open_conflicts
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.store import Problem
    from tui.store.set_aside_files import SetAsideFile
    from tui.ui.host import Host

# The kinds of `Problem` that may set a file aside.
_KINDS_WITH_FILE = frozenset({"edited", "damaged", "twin", "unsealed", "unread", "synced"})


class TakeOverScreen(TextScreen[bool]):
    """A text to read with one action: 1 does it, Escape leaves all as it is. Dismissed with True for the action."""

    about = N_("What was changed outside the program, or what damage left. Nothing is taken over unless you say so.")

    def __init__(self, title_words: str, lines: Callable[[int], Sequence[Line]], action_words: str) -> None:
        super().__init__()
        self.title_words = title_words
        self.lines = lines  # returns the lines of the text for a width in cells
        self.action_words = action_words

    def heading(self) -> str:
        """Return the title of the page."""
        return self.title_words

    def text(self, width: int) -> Sequence[Line]:
        """Return the text."""
        return [(), *self.lines(width)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the key of the only action, and the key that leaves the page."""
        return (("1", self.action_words), (_("Esc"), _("leave all as it is")))

    def act(self, key: str) -> bool:
        """Act on the key « 1 »: take over what is shown. Return whether the key did something."""
        if key != "1":
            return super().act(key)
        self.dismiss(True)
        return True


def offer_set_aside_after(app: Host, problems: Sequence[Problem]) -> None:
    """Show what can be taken over, if one of the problems found on opening a partnership set a file aside."""
    if any(problem.kind in _KINDS_WITH_FILE for problem in problems):
        _show(app, quiet=True)


def show_set_aside(app: Host) -> None:
    """Show a set-aside file that differs from the open partnership; say so if there is none."""
    _show(app, quiet=False)


def _show(app: Host, *, quiet: bool) -> None:
    """Show the first set-aside file that differs; if there is none say so, unless `quiet`."""
    workspace = app.workspace
    if workspace is None:
        return
    try:
        workspace.flush()
        files = [
            set_aside_file
            for set_aside_file in app.store.set_aside_files(workspace.partnership.id)
            if set_aside_file.changes
        ]
    except StoreError as error:
        app.say(str(error))
        return
    if not files and not quiet:
        app.say(_("No file set aside says anything that is not here."))
    if files:
        title_words = _("Changed outside the program") if files[0].edited else _("What a damaged file still says")
        screen = TakeOverScreen(
            title_words, lambda width: list(_difference_lines(workspace, files[0], width)), _("take these changes over")
        )
        app.push_screen(screen, lambda taken: _take_over(app, workspace, files[0]) if taken else None)


def _difference_lines(workspace: Workspace, set_aside_file: SetAsideFile, width: int) -> Iterator[Line]:
    """Yield the name of the file, then each change that it would make to the partnership."""
    title = _("“{name}”, written on {when}, differs from the partnership here:")
    yield from paint_text(
        title.format(name=set_aside_file.path.name, when=format_day_and_time(set_aside_file.since, workspace.lang)),
        width,
        "muted",
    )
    for change in set_aside_file.changes:
        if change.cell == ORDER:
            continue
        yield ()
        place = cell_place(workspace, change.question, change.part, change.cell, change.subject)
        yield from paint_text(place, width, "strong")
        entry = workspace.partnership.entry(change.entry)
        before = value_words(
            workspace, change.question, change.part, change.cell, entry.get(change.cell) if entry else None
        )
        after = value_words(workspace, change.question, change.part, change.cell, change.value)
        yield from paint_differences(before, after, width)


def _take_over(app: Host, workspace: Workspace, set_aside_file: SetAsideFile) -> None:
    """Make the changes of a set-aside file, and say how many they are."""
    try:
        workspace.flush()
        saved = app.store.take_over(workspace.partnership.id, set_aside_file.path)
    except StoreError as error:
        app.say(str(error))
        return
    workspace.edits.refresh(saved.partnership, at=current_moment())
    app.page.refresh_in_place()
    count = len(saved.past)
    parts = [ngettext("{n} change was taken over.", "{n} changes were taken over.", count).format(n=count)]
    if open_conflicts(workspace.partnership):
        parts.append(_("Answers that somebody had changed since have two texts now."))
    app.say(" ".join(parts))


def show_readable(app: Host, partnership_id: str, error: StoreError) -> None:
    """Show what can be read of a partnership whose two copies are both damaged; the user may go on with that.

    `error` says what is damaged.
    """
    try:
        readable = app.store.readable(partnership_id)
    except StoreError as error_of_reading:
        app.say(str(error_of_reading))
        return
    workspace = Workspace(app.guide, readable.partnership, app.store)
    workspace.lang = app.lang

    def readable_lines(width: int) -> list[Line]:
        lines = paint_text(str(error), width, "warn")
        if readable.unread:
            unread_words = ngettext("{n} piece cannot be read.", "{n} pieces cannot be read.", readable.unread)
            lines += [(), *paint_text(unread_words.format(n=readable.unread), width, "warn")]
        lines += [(), *paint_text(_("What can still be read:"), width, "muted")]
        return lines + list(_readable_text_lines(workspace, width))

    def take_choice(go_on: bool | None) -> None:
        if go_on:
            try:
                app.store.restart_from_readable(partnership_id)
            except StoreError as failed:
                app.say(str(failed))
                return
            app.open(partnership_id)

    title_words = title(app.guide, readable.partnership, app.lang) or partnership_id
    app.push_screen(
        TakeOverScreen(title_words, readable_lines, _("go on with what can be read; the damaged files stay")),
        take_choice,
    )


def _readable_text_lines(workspace: Workspace, width: int) -> Iterator[Line]:
    """Yield every answer that can be read, under its question."""
    for entry in workspace.partnership.entries.values():
        for key, cell in entry.cells.items():
            is_empty = cell.value in (None, "", [], {})
            if entry.is_in_use and not is_empty and not key.startswith("#"):  # "#order" and the like are no answers
                yield ()
                yield from paint_text(
                    cell_place(workspace, entry.question, entry.part, key, entry.subject), width, "strong"
                )
                yield from paint_text(value_words(workspace, entry.question, entry.part, key, cell.value), width)


def show_opening_error(app: Host, partnership_id: str, error: StoreError) -> None:
    """Say why a partnership could not be opened; if it is damaged, show what can be read of it."""
    from tui.store.store_errors import Damaged

    if app.page.where not in (LIST, WORK):
        app.push_screen(PartnershipsScreen())
    app.say(str(error))
    if isinstance(error, Damaged):
        show_readable(app, partnership_id, error)
