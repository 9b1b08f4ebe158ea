"""The app: one open partnership at most, saved by itself from its own thread; the way from screen to screen."""

from __future__ import annotations

import asyncio
import os
from asyncio import Future
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer

from tui import memory
from tui.commands import BY_ID, COMMANDS
from tui.desk.desk import Desk
from tui.desk.place import Place
from tui.guide.load import load_guide
from tui.places import styles_dir
from tui.samples import samples
from tui.screens.actions import ACTIONS
from tui.screens.partnerships import PartnershipsScreen
from tui.screens.work import WorkScreen
from tui.settings import Settings, SettingsError, remember, settings_path
from tui.store.errors import StoreError
from tui.themes import THEMES
from tui.widgets.terminal import FrugalApp
from tui.words import language

if TYPE_CHECKING:
    from tui.store import Store

SAVE_AFTER, RETRY_AFTER, LOOK_EVERY = 0.3, 5.0, 0.5  # seconds (store.md)


def _bindings() -> list[BindingType]:
    return [
        Binding(key, f"app.run_command('{command.id}')", show=False, priority=True)
        for command in COMMANDS
        for key in command.keys
    ]


class EntenteApp(FrugalApp[None]):
    """The terminal app. `open_project` is opened at once; else the list of partnerships comes first."""

    TITLE = "Entente"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[Any] = sorted(styles_dir().glob("*.tcss"))
    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def __init__(self, store: Store, settings: Settings, open_project: str = "") -> None:
        super().__init__()
        self.store = store
        self.settings = settings
        self.lang = language()
        self.memory = memory.memory_path(os.environ)
        self.guide = load_guide()
        self.desk: Desk | None = None
        self.said_at_end: list[str] = []  # printed on stdout once the terminal is itself again
        self._open_project = open_project
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="save")
        self._save_timer: Timer | None = None
        self._saving = False
        self._seen: object = None

    # -- opening and closing -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open what was asked for, else the list."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme or "entente-dark"
        self.set_interval(LOOK_EVERY, self._look)
        if self._open_project:
            self.open(self._open_project)
        else:
            self.push_screen(PartnershipsScreen())

    def open(self, project_id: str) -> None:
        """Open a partnership where it was left. StoreError is said on the screen it came from."""
        try:
            project = self.store.load(project_id)
            session = self.store.session(project_id)
        except StoreError as error:
            self.say(str(error))
            if not isinstance(self.screen, PartnershipsScreen):
                self.push_screen(PartnershipsScreen())
            return
        desk = Desk(self.guide, project, self.store, session)
        desk.lang = self.lang
        desk.doc_lang = self.settings.doc_lang or str(project.setting("lang", self.lang))
        desk.go(Place.read(memory.place_of(self.memory, project_id)))
        self.desk = desk
        self._seen = self.store.signature(project_id)
        self.push_screen(WorkScreen(desk))

    def close_desk(self, *, leaving: bool = False) -> bool:
        """Save and put the open partnership away. False when it could not be saved (it stays open then).

        `leaving` the app, it is the one to open next time.
        """
        desk = self.desk
        if desk is None:
            return True
        screen = self.screen
        if isinstance(screen, WorkScreen):
            screen.pen.finish()
        try:
            desk.flush()
        except StoreError as error:
            desk.not_written(str(error))
            self.say(str(error))
            return False
        memory.keep(self.memory, desk.project.id, desk.place.written(), last=desk.project.id if leaving else "")
        if desk.journal is not None:
            desk.journal.close()
        self.desk = None
        return True

    # -- saving --------------------------------------------------------------------------------------------------------

    def edited(self) -> None:
        """Something was typed: save a moment after the last key."""
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(SAVE_AFTER, self.save)

    def moved(self) -> None:
        """One went elsewhere: save what is pending now, and keep the place."""
        if self.desk is not None:
            memory.keep(self.memory, self.desk.project.id, self.desk.place.written(), last=self.desk.project.id)
            if self.desk.edits.unsaved:
                self.save()

    def save(self) -> None:
        """Hand what is pending to the saving thread, one save at a time; the latest state wins."""
        desk = self.desk
        if desk is None or self._saving:
            return
        batch = desk.take()
        if batch is None:
            return
        self._saving = True
        future = asyncio.get_running_loop().run_in_executor(self._pool, desk.write, batch)
        future.add_done_callback(lambda done: self._saved(desk, done))

    def _saved(self, desk: Desk, done: Future[Any]) -> None:
        self._saving = False
        error = done.exception()
        if error is None:
            desk.wrote(done.result())
            self._seen = self.store.signature(desk.project.id)
            if desk.edits.unsaved:
                self.edited()
        elif isinstance(error, StoreError):
            desk.not_written(str(error))
            self.set_timer(RETRY_AFTER, self.save)
        else:
            raise error
        self._status()

    def _status(self) -> None:
        if isinstance(self.screen, WorkScreen):
            self.screen.paint_around()

    def _look(self) -> None:
        """Look whether another person saved something."""
        desk = self.desk
        if desk is None or self._saving:
            return
        seen = self.store.signature(desk.project.id)
        if seen != self._seen:
            self._seen = seen
            try:
                desk.reload()
            except StoreError as error:
                self.say(str(error))
                return
            if isinstance(self.screen, WorkScreen):
                self.screen.paint()

    # -- commands ------------------------------------------------------------------------------------------------------

    def action_run_command(self, name: str) -> None:
        """A direct key of the table."""
        self.run_command(name)

    def run_command(self, name: str) -> None:
        """Run a command of the table, where it is valid."""
        where = getattr(self.screen, "where", "")
        if where in BY_ID[name].where:
            ACTIONS[name](self)

    def open_sample(self, name: str) -> None:
        """Open a copy of an example, to be played with and thrown away."""
        sample = next(one for one in samples() if str(one.number) == name)
        try:
            self.open(self.store.import_document(sample.document))
        except StoreError as error:
            self.say(str(error))

    def to_list(self) -> None:
        """Back to the partnerships; the open one is saved and put away."""
        if self.close_desk():
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.push_screen(PartnershipsScreen())

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
        self.theme = name
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
        self.close_desk(leaving=True)
        self._pool.shutdown(wait=False)


def run_app(store: Store, settings: Settings, project_id: str | None = None) -> int:
    """Run the app until it is quit. Returns the exit code; prints what must be read after it on stdout."""
    app = EntenteApp(store, settings, project_id or "")
    app.run(mouse=settings.mouse)
    for line in app.said_at_end:
        print(line)
    return app.return_code or 0
