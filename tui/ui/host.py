"""What a page may ask of the app that shows it, and what the app may ask of any page."""

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
    """An app with at most one open partnership. `tui.app.app.EntenteApp` is the one that runs."""

    store: Store
    settings: Settings
    guide: Guide
    lang: Language  # of the interface
    workspace: Workspace | None  # of the open partnership
    unfinished: UnfinishedTexts  # what is being typed in windows
    memory: Path  # the file that keeps where the person was in each partnership
    lines_at_end: list[str]  # printed on stdout once the terminal is itself again
    advice: str  # what to try where a copy does not arrive, "" for nothing
    last_written: list[str]  # the path last written to, then the lines that fetch it

    def get_default_screen(self) -> Screen[Any]:
        """Return what lies below every page: a page too, so that the app can ask it what it asks any page."""
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
        """Whether a room looks at the screen."""
        return any(page.where == PROJECTION for page in self.pages)

    def open(self, partnership_id: str) -> None:
        """Open a partnership where it was left; a StoreError is said on the present screen."""
        raise NotImplementedError

    def close_workspace(self, *, leaving: bool = False) -> bool:
        """Save and put the open partnership away; return False, and keep it open, if it could not be saved.

        `leaving` the app, it is the one to open next time.
        """
        raise NotImplementedError

    def begin_journal(self) -> None:
        """Begin another journal for the open partnership, since the one before went with its private notes."""
        raise NotImplementedError

    def save_and_keep_place(self) -> None:
        """Save what is pending now, and keep the place the person went to."""
        raise NotImplementedError

    def save(self) -> None:
        """Save what is pending now."""
        raise NotImplementedError

    def run_command(self, name: str) -> None:
        """Run the command whose id is `name`, if it is valid on the present screen.

        Raises KeyError if there is none.
        """
        raise NotImplementedError

    def follow(self, work: Asking, answer: object = None) -> None:
        """Go on with `work` until it asks something; with the answer it goes on, within the same turn of the keyboard.

        No task runs it: the next key would come before the window that it opens.
        """
        try:
            dialog = work.send(answer)
        except StopIteration:
            return
        self.push_screen(dialog, partial(self.follow, work))

    def to_list(self) -> None:
        """Go back to the list of partnerships; the open one is saved and put away."""
        raise NotImplementedError

    def leave(self) -> None:
        """Quit, unless what was typed could not be saved."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Paint the present screen anew after the language or the value changed."""
        raise NotImplementedError

    def to_questions(self, place: Place | None = None) -> None:
        """Leave every page above the questions; write at `place`, where None is the place one was at."""
        raise NotImplementedError

    def choose_theme(self, name: str) -> None:
        """Use the theme `name` now and at each start."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Show `text` in the last line of the present screen."""
        raise NotImplementedError


@types.coroutine
def answer_to(dialog: Page[Answer]) -> Generator[Page[Answer], Answer | None, Answer | None]:
    """Ask by `dialog`, wait for its answer and return it, None after Escape. Only for what `Host.follow` runs."""
    return (yield dialog)


Asking = Coroutine[Any, Any, None]  # what a command does, with questions on its way

FARTHEST = 10**6  # lines: more than any page has
WALKS = {
    "up": -1,
    "down": 1,
    "home": -FARTHEST,
    "end": FARTHEST,
    "ctrl+home": -FARTHEST,
    "ctrl+end": FARTHEST,
}  # lines
TURNS = {"pageup": -1, "pagedown": 1}  # pages


def key_name(event: events.Key) -> str:
    """Return what a key is called in a page: « d », « D », « alt+d », « f8 »; letters keep their capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # a sign, or a letter under Textual's name for it
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key


class Page(Screen[ScreenResultType]):
    """A page or a dialog: what the app and the commands ask of it, and the keys that mean the same on every one.

    What a page does not say for itself, it does not do.
    """

    app: Host
    where = PAGE  # the place whose commands are valid here; "" in a dialog
    message = ""  # in place of the keys of the last line, until the next key
    writing = False  # whether the arrows move in a text that one writes

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Hand a key that no editor took to the page."""
        if self.pressed(event):
            event.stop()
            event.prevent_default()

    def pressed(self, event: events.Key) -> bool:
        """Do what a key means; return whether it meant something here. F1 and F2 are commands, valid on every page."""
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
        """Walk `by` lines down the page, or up; return whether there is anything to walk through."""
        return False

    def turn(self, pages: int) -> bool:
        """Walk `pages` pages down, or up; return whether there is anything to walk through."""
        return False

    def enter(self) -> bool:
        """Do what Enter means where one stands; return whether it means something."""
        return False

    def act(self, key: str) -> bool:
        """Do what another key means, under the name that `key_name` gives it; return whether it means something."""
        return False

    def leave(self) -> None:
        """Leave the page, without an answer."""
        self.dismiss(None)

    # -- what it says of itself --------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return what stands above the page."""
        return ""

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, each with what it does. The way out is among them."""
        return [(_("Esc"), _("back"))]

    def help(self) -> Iterable[tuple[str, str]]:
        """Return what the help says first: texts, each with its style. Here what the page is called and its keys."""
        yield self.heading(), "title"
        if self.about:
            yield _(self.about), ""
        together = (f"{key} {words}".strip().replace(" ", "\u00a0") for key, words in self.keys())  # on one line
        yield "   ".join(together), "accent"

    about: ClassVar[str] = ""  # what the page is for, as a message of the catalogue

    # -- what the app and the commands ask of it ---------------------------------------------------------------------

    def paint(self) -> None:
        """Paint the page anew, from the values that it shows."""

    def restored(self) -> None:
        """Show what undo or redo has just changed, in the field one writes in as well."""
        self.paint()

    def selected_text(self) -> str:
        """Return what is selected of the text that one writes; "" where one writes none."""
        return ""

    def forget_typing(self) -> None:
        """Forget what an editor remembers of earlier texts: from here on only the disk knows them."""

    def refresh_in_place(self) -> None:
        """Paint the page anew after others changed what it shows; the reader stays where they read."""
        self.paint()

    def paint_around(self) -> None:
        """Paint what tells of saving and of other editors."""

    def say(self, text: str) -> None:
        """Show what a command has to say in the last line, until the next key. Nothing of it is for a room."""

    def say_to_room(self, text: str) -> None:
        """Show what may be said even before a room: it names no person, no file and nothing private."""
        self.say(text)

    def run_own(self, command_id: str) -> bool:
        """Do what a command means on this page alone; return False where it means here what it means elsewhere."""
        return False

    def likely_commands(self) -> tuple[str, ...]:
        """Return the ids of the commands that one is likeliest to want on this page, the likeliest first."""
        return ()

    def own_document(self) -> Agreement | None:
        """Return the document that the page stands for; None where it is about the agreement as it is now."""
        return None

    def own_document_name(self) -> str:
        """Return how the name of that document's file ends; "" where there is none."""
        return ""

    def own_command(self) -> tuple[str, ...]:
        """Return the words of the command that prints that document, its partnership left out; () where none does."""
        return ()

    def show_row(self, row: int) -> bool:
        """Stand at `row` (from 0) of the painted agreement; return False on a page that does not show it whole."""
        return False

    def take_field(self) -> tuple[Entry, Field] | None:
        """Put away the field one writes in, and return it with its entry; None where one is at none that is stored."""
        return None

    def list_changed(
        self, said: str, back: Callable[[], object] | None = None, again: Callable[[], object] | None = None
    ) -> None:
        """Say what was done to the list of partnerships, which shows it; undo there calls `back`, and redo `again`."""
        self.say(said)

    def write_at(self, place: Place | None) -> bool:
        """Write at `place` of the partnership (None: where one is); return False on a page where one cannot."""
        return False

    def finish_typing(self) -> None:
        """Put what is being typed away, before the partnership is closed or another page comes."""

    def words_pasted(self, text: str) -> bool:
        """Take a text pasted where no editor has the keyboard; return False where it means nothing."""
        return False

    def may_write_over(self, event: events.Event) -> bool:
        """Return whether `event` would write into a text that somebody else has changed where one writes."""
        return False


class Dialog(Page[ScreenResultType], ModalScreen[ScreenResultType]):
    """A page over another one, that asks something and is gone with the answer."""

    where = ""
