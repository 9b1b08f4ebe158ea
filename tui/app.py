"""The app: one open partnership at most, saved by itself from its own thread; the way from screen to screen."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding

from tui import memory
from tui.commands import BY_ID, present
from tui.console import print_text
from tui.desk import unforeseen
from tui.desk.desk import Desk
from tui.desk.place import Place
from tui.desk.signals import HUNG_UP, Signals
from tui.desk.unfinished_texts import UnfinishedTexts
from tui.guide.load import load_guide
from tui.places import styles_dir
from tui.screens.actions import action
from tui.screens.asking import waiting_words
from tui.screens.autosave import AutoSave
from tui.screens.damage import in_words
from tui.screens.dress import wear, worn_by
from tui.screens.ending import duties
from tui.screens.struck import astray
from tui.screens.work import WorkScreen
from tui.settings import Settings, SettingsError, remember, settings_path
from tui.store.errors import StoreError
from tui.widgets.terminal import FrugalApp
from tui.widgets.turns import Turns
from tui.words import language

if TYPE_CHECKING:
    from tui.store import Store

UNSAVED = 3  # the exit code of what could not be written (contracts.md, « Commands »)


class EntenteApp(FrugalApp[None], inherit_bindings=False):
    """The terminal app. `open_project` is opened at once; else the list of partnerships comes first."""

    TITLE = "Entente"
    # Of Textual's own keys this one alone. Its Ctrl+Q would end the program wherever one is, even before a room, and
    # without what leaving does.
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[Any] = sorted(styles_dir().glob("*.tcss"))

    def __init__(self, store: Store, settings: Settings, open_project: str = "") -> None:
        super().__init__()
        for one in present():  # here, not in BINDINGS: a person may have keys of their own
            for key in one.keys:
                self._bindings.bind(key, f"app.run_command('{one.id}')", show=False, priority=True)
        self.copier, self.on_interrupt = partial(_copy, self), partial(_never_quits, self)
        self.in_words = unforeseen.in_words
        self.late_css = sorted(styles_dir().glob("late/*.tcss"))
        self.store = store
        self.settings = settings
        self.frugal = self.frugal and settings.frugal
        wear(self, settings.theme)
        self.lang = language()
        self.memory = memory.memory_path(os.environ)
        self.guide = load_guide()
        self.desk: Desk | None = None
        self.unfinished = UnfinishedTexts(store.root, self.memory.with_name("unfinished"))
        self.said_at_end: list[str] = []  # printed on stdout once the terminal is itself again
        self.advice = ""  # what to try where a copy does not arrive
        self.handed: list[str] = []  # the path last written to, and the lines that fetch it
        self._open_project = open_project or memory.left_open(self.memory, store.root)
        self._prepared: Desk | None = None
        self.autosave = AutoSave(self)
        self.turns = Turns(self, self._hand_on, partial(astray, self))
        self.signals: Signals | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    # -- opening and closing -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open what was asked for, else what was open when the app was left, else the list."""
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(partial(_met, self))
        self.autosave.lookout.start(self.turns.look)
        if self.signals is not None:
            self.signals.before_stopping()
        if self._open_project:
            self.open(self._open_project)
        else:
            _show_list(self)
            self.say(waiting_words(self, ""))

    def prepare(self) -> None:
        """Read what will be opened and make its document before the terminal is taken: the first screen comes whole."""
        with suppress(StoreError):  # it is said once there is a screen to say it on
            if self._open_project:
                self._prepared = _desk_of(self, self._open_project)
                _ = self._prepared.agreement

    def open(self, project_id: str) -> None:
        """Open a partnership where it was left. StoreError is said on the screen it came from."""
        try:
            desk = self._prepared or _desk_of(self, project_id)
        except StoreError as error:
            from tui.screens.kept import refused

            refused(self, project_id, error)
            return
        self.desk, self._prepared = desk, None
        screen = WorkScreen(desk)
        problems = self.store.notes_problems()
        screen.message = " ".join(filter(None, (*map(in_words, problems), waiting_words(self, project_id))))
        self.autosave.opened(desk)
        self.push_screen(screen)
        if problems:
            from tui.screens.kept import offer_after

            offer_after(self, problems)
        if not self.settings.author and (self.settings.group or self.store.author.name in desk.company.here):
            from tui.screens.signing import ask

            ask(self)

    def close_desk(self, *, leaving: bool = False) -> bool:
        """Save and put the open partnership away. False when it could not be saved (it stays open then).

        `leaving` the app, it is the one to open next time.
        """
        from tui.screens.known import taught

        screen = self.screen
        if isinstance(screen, WorkScreen):
            screen.pen.finish()
        taught(self)
        done = self.autosave.put_away(leaving=leaving)
        if not done and self.desk is not None:
            self.say(self.desk.state.reason)
        return done

    # -- saving --------------------------------------------------------------------------------------------------------

    def edited(self) -> None:
        """Something was typed: it is saved a moment after the last key."""
        self.autosave.edited()

    def moved(self) -> None:
        """One went elsewhere: save what is pending now, and keep the place."""
        if self.desk is not None:
            self.screen.call_after_refresh(self._keep_place)
            self.autosave.save()

    def _keep_place(self) -> None:
        if self.desk is not None:
            memory.keep(self.memory, self.desk.project.id, self.desk.place.written(), last=self.desk.project.id)

    def save(self) -> None:
        """Save what is pending now."""
        self.autosave.save()

    async def on_event(self, event: events.Event) -> None:
        """Keys pass one at a time."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: events.Event) -> None:
        """Before a key does anything, what others changed is shown: never by itself."""
        self.autosave.lookout.take_in(event)
        await super().on_event(event)

    # -- commands ------------------------------------------------------------------------------------------------------

    def action_run_command(self, name: str) -> None:
        """A direct key of the table: it acts once the letters typed before it are written."""
        (self.focused or self).call_later(self.run_command, name)

    def run_command(self, name: str) -> None:
        """Run a command of the table, where it is valid; to quit is valid in any window too, but not before a room."""
        own = getattr(self.screen, "own_command", None)  # what a window does itself: undo within its text
        where = getattr(self.screen, "where", "")
        if own is not None and own(name):
            return
        if where in BY_ID[name].where or (name == "quit" and not _projected(self)):
            action(name)(self)

    def to_list(self) -> None:
        """Back to the partnerships; the open one is saved and put away."""
        if self.close_desk():
            while len(self.screen_stack) > 1:
                self.pop_screen()
            _show_list(self)

    def leave(self) -> None:
        """Quit."""
        if self.close_desk(leaving=True):
            self.exit()

    def repaint(self) -> None:
        """Paint the present screen anew: the language or the value changed under it."""
        paint = getattr(self.screen, "paint", None)
        if paint is not None:
            paint()

    def write_here(self) -> None:
        """Write at the desk's place, coming from the document."""
        screen = self.screen
        if isinstance(screen, WorkScreen):
            screen.writing, screen.pane = True, "form"
            screen.pen.forget()
            screen.paint()

    def choose_theme(self, name: str) -> None:
        """Take these colours, now and next time."""
        self.theme = worn_by(self, name)
        self.settings = replace(self.settings, theme=name)
        try:
            remember(settings_path(os.environ), theme=name)
        except (OSError, SettingsError) as error:
            self.say(str(error))

    def say(self, text: str) -> None:
        """Say something in the last line of the present screen."""
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(text)

    def on_unmount(self) -> None:
        """The last save, from the value."""
        self.autosave.put_away(leaving=True)
        self.autosave.stop()
        self.unfinished.save_now()


def _desk_of(app: EntenteApp, project_id: str) -> Desk:
    """The desk of a partnership, where it was left. StoreError when it cannot be read."""
    desk = Desk(app.guide, app.store.load(project_id), app.store)
    desk.lang, desk.region = app.lang, app.settings.region
    desk.doc_lang = app.settings.doc_lang or str(desk.project.setting("lang", app.lang))
    desk.go(Place.read(memory.place_of(app.memory, project_id)))
    return desk


def _show_list(app: EntenteApp) -> None:
    from tui.screens.partnerships import PartnershipsScreen

    app.push_screen(PartnershipsScreen())


def _met(app: EntenteApp, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error in a call-back or a task: the loop would write it out with all its words."""
    if isinstance(error := context.get("exception"), Exception):
        app._handle_exception(error)


def _projected(app: EntenteApp) -> bool:
    from tui.screens.table import projected  # it loads a window, which the first screen does without

    return projected(app)


def _never_quits(app: EntenteApp) -> None:
    from tui.screens.looks import never_quits

    never_quits(app)


def _copy(app: EntenteApp, text: str) -> None:
    from tui.screens.output import copy_selection  # the formats behind it take long to load, and it is seldom needed

    copy_selection(app, text)


def run_app(store: Store, settings: Settings, project_id: str | None = None) -> int:
    """Run the app until it is quit, or ended by a signal. Returns the exit code: 0, UNSAVED, or 128 and the signal.

    What must be read after it is printed on stdout.
    """
    app = EntenteApp(store, settings, project_id or "")
    signals = app.signals = Signals(duties(app))
    signals.install()
    app.prepare()
    try:
        app.run(mouse=settings.mouse)
    except OSError:
        app.autosave.put_away(leaving=True)
        if app.signals.terminal_is_there:
            raise
        return HUNG_UP
    finally:
        signals.uninstall()
        app.stop_reading()
    app.autosave.put_away(leaving=True)  # an error of our own leaves it open: what was typed is saved all the same
    app.unfinished.close()
    for line in app.said_at_end:
        print_text(line)
    if app.return_code == UNSAVED and not signals.terminal_is_there:
        return HUNG_UP
    return app.return_code or (UNSAVED if app.autosave.unsaved else 0)
