"""What a page may ask of the app that shows it (`Host`), and what the app may ask of any page (`Page`).

A partnership is the stored record of one agreement and its partners; its workspace is the partnership opened to work
on it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Coroutine, Generator, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.screen import ModalScreen, Screen, ScreenResultType

from tui.commands import PAGE, PROJECTION
from tui.i18n import _
from tui.terminal.diff_app import DiffApp

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.guide.guide_types import Field, Guide
    from tui.i18n import Language
    from tui.partnership.values import Entry
    from tui.settings import Settings
    from tui.store import Store
    from tui.workspace.place import Place
    from tui.workspace.unfinished_texts import UnfinishedTexts
    from tui.workspace.workspace import Workspace


Answer = TypeVar("Answer")


class Host(DiffApp[None], inherit_bindings=False):
    """An app with at most one open partnership. `tui.app.app.EntenteApp` is the app that runs."""

    store: Store
    settings: Settings
    guide: Guide
    lang: Language  # of the interface
    workspace: Workspace | None  # of the open partnership
    unfinished: UnfinishedTexts  # the texts being typed in dialogs
    memory: Path  # the file that keeps where the person was in each partnership
    lines_at_end: list[str]  # printed on stdout once the app has left the screen
    advice: str  # what to try if a text copied to the clipboard does not arrive there, "" for nothing
    last_written: list[str]  # the path last written to, then the command lines that fetch that file

    def get_default_screen(self) -> Screen[Any]:
        """Return the empty page that lies below all others; a `Page`, so that the app can call its methods."""
        return Page(id="_default")

    @property
    def page(self) -> Page[Any]:
        """The page or dialog on top. Every screen of the app is a `Page`."""
        screen = self.screen
        assert isinstance(screen, Page), screen
        return screen

    @property
    def pages(self) -> Iterator[Page[Any]]:
        """Every page of the stack, from the top down."""
        return (screen for screen in reversed(self.screen_stack) if isinstance(screen, Page))

    @property
    def projecting(self) -> bool:
        """Whether the screen is projected at a meeting, where others read it."""
        return any(page.where == PROJECTION for page in self.pages)

    def open(self, partnership_id: str) -> None:
        """Open a partnership where it was left. A StoreError is shown on the present page."""
        raise NotImplementedError

    def close_workspace(self, *, leaving: bool = False) -> bool:
        """Save and close the open partnership; return False, and keep it open, if it could not be saved.

        With `leaving` the person quits the app: this partnership is opened first the next time.
        """
        raise NotImplementedError

    def begin_journal(self) -> None:
        """Begin another journal for the open partnership after the earlier one was destroyed with its private notes."""
        raise NotImplementedError

    def save_and_keep_place(self) -> None:
        """Save what is pending now, and keep the place that the person is at."""
        raise NotImplementedError

    def save(self) -> None:
        """Save what is pending now."""
        raise NotImplementedError

    def run_command(self, name: str) -> None:
        """Run the command whose id is `name`, if it is valid on the present page. Raises KeyError if there is none."""
        raise NotImplementedError

    def follow(self, work: Asking, answer: object = None) -> None:
        """Run `work` until it asks by a dialog (`answer_to`), show that dialog, and go on with its answer.

        `answer` is handed to `work` first. `work` runs here, and not as a task of asyncio: a task would start later,
        and the next key would reach the page before the dialog opens.
        """
        try:
            dialog = work.send(answer)
        except StopIteration:
            return
        self.push_screen(dialog, partial(self.follow, work))

    def to_list(self) -> None:
        """Save and close the open partnership, and go to the list of partnerships; stay if it could not be saved."""
        raise NotImplementedError

    def leave(self) -> None:
        """Quit, unless what was typed could not be saved."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Paint the present page anew after the language or the partnership changed."""
        raise NotImplementedError

    def to_questions(self, place: Place | None = None) -> None:
        """Close every page above the page of questions and go to `place` there; None is where the person was."""
        raise NotImplementedError

    def choose_theme(self, name: str) -> None:
        """Use the theme `name` now and at each start."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Show `text` in the last line of the present page."""
        raise NotImplementedError


@types.coroutine
def answer_to(dialog: Page[Answer]) -> Generator[Page[Answer], Answer | None, Answer | None]:
    """Ask by `dialog` and return its answer, None after Escape. Only for coroutines run by `Host.follow`."""
    return (yield dialog)


Asking = Coroutine[Any, Any, None]  # a command that awaits `answer_to` for each question it asks; `Host.follow` runs it

FARTHEST = 10**6  # lines: more than any page has
WALKS = {  # by key: how many lines it moves down, negative for up
    "up": -1,
    "down": 1,
    "home": -FARTHEST,
    "end": FARTHEST,
    "ctrl+home": -FARTHEST,
    "ctrl+end": FARTHEST,
}
TURNS = {"pageup": -1, "pagedown": 1}  # by key: how many pages it moves down, negative for up


def key_name(event: events.Key) -> str:
    """Return the name by which pages know a key: « d », « D », « alt+d », « f8 »; capital letters stay capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # Textual spells such a key out, as « question_mark » for « ? »
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key


class Page(Screen[ScreenResultType]):
    """A page or a dialog: what the app and the commands ask of it, and the keys that mean the same on every one.

    Most methods here do nothing, or say that there is nothing; a page overrides those that it has a use for.
    """

    app: Host
    where = PAGE  # which commands are valid here, as a value of `Command.where`; "" in a dialog
    message = ""  # shown in the last line, in the place of the keys, until the next key
    writing = False  # whether the arrows move the cursor in a text that is being written

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Do what a key means that no editor used; a key that means something here is handled no further."""
        if self.pressed(event):
            event.stop()
            event.prevent_default()

    def pressed(self, event: events.Key) -> bool:
        """Do what a key means on this page, and return whether it meant something. F1 and F2 belong to commands."""
        if self.message:
            self.say_to_room("")
        if event.key in WALKS:
            return not self.writing and self.walk(WALKS[event.key])
        if event.key in TURNS:
            return self.turn(TURNS[event.key])
        if event.key == "escape":
            self.leave()
            return True
        return (event.key == "enter" and self.enter()) or self.act(key_name(event))

    def walk(self, by: int) -> bool:
        """Go `by` lines down (up if negative); return whether the key did something."""
        return False

    def turn(self, pages: int) -> bool:
        """Go `pages` pages down (up if negative); return whether the key did something."""
        return False

    def enter(self) -> bool:
        """Do what Enter means at the current line; return whether it means something."""
        return False

    def act(self, key: str) -> bool:
        """Do what any other key means, named as by `key_name`; return whether it means something."""
        return False

    def leave(self) -> None:
        """Leave the page, without an answer."""
        self.dismiss(None)

    # -- what the page says of itself --------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the heading of the page, "" for none."""
        return ""

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line as (key, what it does), with the key that leaves the page."""
        return [(_("Esc"), _("back"))]

    def help(self) -> Iterable[tuple[str, str]]:
        """Yield the texts that the help page shows first, as (text, style): the heading, what it is for, the keys."""
        yield self.heading(), "title"
        if self.about:
            yield _(self.about), ""
        # A no-break space keeps a key and its words on one line.
        keys = (f"{key} {words}".strip().replace(" ", "\u00a0") for key, words in self.keys())
        yield "   ".join(keys), "accent"

    about: ClassVar[str] = ""  # what the page is for, as a msgid of the catalogue of translations; "" for no such text

    # -- what the app and the commands ask of the page ---------------------------------------------------------------

    def paint(self) -> None:
        """Paint the page anew, from the values that it shows."""

    def show_restored(self) -> None:
        """Show what undo or redo has just changed, also in the field that is being written."""
        self.paint()

    def selected_text(self) -> str:
        """Return the selected part of the text that is being written; "" for none."""
        return ""

    def forget_typing(self) -> None:
        """Make the editor forget earlier texts, so that its own undo cannot bring them back."""

    def refresh_in_place(self) -> None:
        """Paint the page anew after others changed what it shows; the reader stays where they read."""
        self.paint()

    def paint_around(self) -> None:
        """Paint the bars that tell of saving and of other editors."""

    def say(self, text: str) -> None:
        """Show a command's message in the last line, until the next key; a projected page does not show it."""

    def say_to_room(self, text: str) -> None:
        """Show a message that others at a meeting may see as well: it names no person, no file and nothing private."""
        self.say(text)

    def run_own_command(self, command_id: str) -> bool:
        """Do what a command means on this page alone; return False if it means what it means on other pages."""
        return False

    def likely_commands(self) -> tuple[str, ...]:
        """Return the ids of the commands that are likeliest to be wanted on this page, the likeliest first."""
        return ()

    def own_document(self) -> Agreement | None:
        """Return the document that the page shows; None on a page of the present agreement, or of no document."""
        return None

    def own_document_name(self) -> str:
        """Return the end of the file name of `own_document`; "" if there is none."""
        return ""

    def own_command(self) -> tuple[str, ...]:
        """Return the words of the command line that prints `own_document`, without the partnership; () for none."""
        return ()

    def show_row(self, row: int) -> bool:
        """Go to `row` (from 0) of the painted agreement; return False on a page that does not show it whole."""
        return False

    def take_field(self) -> tuple[Entry, Field] | None:
        """End the typing in the current field and return (its entry, the field); None if it is no stored field."""
        return None

    def list_changed(
        self, message: str, undo: Callable[[], object] | None = None, redo: Callable[[], object] | None = None
    ) -> None:
        """Show the message of what was done to the list of partnerships; the commands undo and redo call these two."""
        self.say(message)

    def write_at(self, place: Place | None) -> bool:
        """Go to `place` to write there (None: the present place); return False on a page that has no place to write."""
        return False

    def finish_typing(self) -> None:
        """Put what is being typed into the partnership, before it is closed or another page comes."""

    def take_pasted_text(self, text: str) -> bool:
        """Take a text that was pasted while no editor has the keyboard; return False if it means nothing here."""
        return False

    def may_write_over(self, event: events.Event) -> bool:
        """Return whether `event` would type into a text that somebody else has changed since it was shown."""
        return False


class Dialog(Page[ScreenResultType], ModalScreen[ScreenResultType]):
    """A page above another one that asks something and closes with the answer."""

    where = ""
