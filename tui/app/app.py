"""The Textual app: it holds at most one open partnership and finds the function of each command."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding

from tui.app.autosave import AutoSave
from tui.commands import BY_ID, command, key_meanwhile, present
from tui.console import print_text
from tui.guide.guide_loading import load_guide
from tui.i18n import _, language
from tui.keymap import given_up_words
from tui.partnership.values import TIME_ZONE
from tui.resources import styles_dir
from tui.screens.letter_bursts import ask_about_burst, letters_act, refuse_paste
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings, SettingsError, remember, settings_path
from tui.store.store_errors import StoreError, error_sentence, reading_of
from tui.terminal.input_queue import InputQueue
from tui.text import moments
from tui.ui.host import Host
from tui.ui.themes import apply_theme, theme_of_app
from tui.workspace import crash_report, place
from tui.workspace.hangup import HANGUP_CODE
from tui.workspace.place import Place
from tui.workspace.shutdown import Duties, Signals
from tui.workspace.unfinished_texts import UnfinishedTexts
from tui.workspace.unlocked_disks import save_all_the_same, unlocked_question
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.store import Problem, Store


EVERYWHERE = ("help", "quit")  # commands that are valid in any dialog too
BEFORE_A_ROOM = ("help",)  # those of them while one projects
UNSAVED = 3  # the exit code of what could not be written (contracts.md, « Commands »)


class EntenteApp(Host, inherit_bindings=False):
    """The terminal app. The partnership it was given is opened at once; else the list of partnerships comes first."""

    TITLE = "Entente"
    # Of Textual's own keys this one alone. Its Ctrl+Q would end the program wherever one is, even before a room, and
    # without what leaving does.
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[Any] = sorted(styles_dir().glob("*.tcss"))

    def __init__(self, store: Store, settings: Settings, open_partnership: str = "") -> None:
        super().__init__()
        for listed in present():  # here, not in BINDINGS: a person may have keys of their own
            for key in listed.keys:
                self.bind_command(key, f"app.run_command('{listed.id}')")
        self.copier, self.on_interrupt = partial(_copy, self), partial(_never_quits, self)
        self.in_words = crash_report.in_words
        self.store = store
        self.settings = settings
        moments.use(settings.timezone, "")
        self.frugal = self.frugal and settings.frugal
        apply_theme(self, settings.theme)
        self.lang = language()
        self.memory = place.memory_path(os.environ)
        self.guide = load_guide()
        self.workspace: Workspace | None = None
        self.unfinished = UnfinishedTexts(store.root, self.memory.with_name("unfinished"))
        self.lines_at_end: list[str] = []  # printed on stdout once the terminal is itself again
        self.advice = ""  # what to try where a copy does not arrive
        self.last_written: list[str] = []  # the path last written to, and the lines that fetch it
        self._open_partnership = open_partnership or place.left_open(self.memory, store)
        self.autosave = AutoSave(self)
        self.turns = InputQueue(self, self._hand_on, partial(refuse_paste, self),
                                partial(letters_act, self), partial(ask_about_burst, self))  # fmt: skip
        self.signals: Signals | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    # -- opening and closing -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin, once the person has said whether a disk without locks is written to."""
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(partial(_met, self))
        self.autosave.poller.start(self.turns.look)
        if self.signals is not None:
            self.signals.take_stop_signals()
        if question := unlocked_question(self.store):
            from tui.ui.dialog import yes_no  # windows are loaded with the first one that opens

            _show_list(self)
            self.push_screen(yes_no(question), self._answered_about_disk)
        else:
            self._begin()

    def _answered_about_disk(self, answer: str | None) -> None:
        """Whether one saves where locks keep nobody out; without a yes all is there to be read."""
        said = ""
        if answer == "yes":
            try:
                save_all_the_same(self.store, settings_path(os.environ))
            except (OSError, SettingsError) as error:
                said = error_sentence(error)
        self._begin()
        if said:
            self.say(said)

    def _begin(self) -> None:
        """Open what was asked for, else what was open when the app was left, else the list."""
        if self._open_partnership:
            self.open(self._open_partnership)
        else:
            if len(self.screen_stack) == 1:
                _show_list(self)
            self.say(self.unfinished.waiting_words("") or _who_writes(self))
            with suppress(StoreError):  # what does not answer says so in the list
                if moved := self.store.moved():
                    self.say(str(moved))
        if lost := " ".join(given_up_words(self.settings.keys)):
            self.say(lost)

    def open(self, partnership_id: str) -> None:
        """Open a partnership where it was left. StoreError is said on the screen it came from."""
        try:
            workspace = _workspace_of(self, partnership_id)
        except StoreError as error:
            from tui.screens.set_aside_screen import show_refusal

            show_refusal(self, partnership_id, error)
            return
        self.workspace = workspace
        moments.use(partnership=str(workspace.partnership.setting(TIME_ZONE, "")))
        screen = WorkScreen(workspace)
        problems = self.store.notes_problems()
        said = (*_told(problems), self.unfinished.waiting_words(partnership_id))
        screen.message = " ".join(filter(None, said)) or _who_writes(self)
        self.autosave.opened(workspace)
        self.push_screen(screen)
        if problems:
            from tui.screens.set_aside_screen import offer_after

            offer_after(self, problems)
        if not self.settings.author and (
            self.settings.group or self.store.author.name in workspace.other_editors.present
        ):
            from tui.screens.display_commands import ask

            ask(self)

    def close_workspace(self, *, leaving: bool = False) -> bool:
        """Save and put the open partnership away. False when it could not be saved (it stays open then).

        `leaving` the app, it is the one to open next time.
        """
        from tui.screens.directory_screen import taught

        self.page.finish_typing()
        taught(self)
        done = self.autosave.put_away(leaving=leaving)
        if done:
            moments.use(partnership="")
        if not done and self.workspace is not None:
            self.say(self.workspace.state.reason)
        return done

    def begin_journal(self) -> None:
        """Begin another journal for the open partnership, since the one before went with its private notes."""
        if self.workspace is not None:
            self.autosave.opened(self.workspace)

    # -- saving --------------------------------------------------------------------------------------------------------

    def save_and_keep_place(self) -> None:
        """One went elsewhere: save what is pending now, and keep the place."""
        if self.workspace is not None:
            self.screen.call_after_refresh(self._keep_place)
            self.autosave.save()

    def _keep_place(self) -> None:
        if self.workspace is not None:
            place.keep(
                self.memory,
                self.workspace.partnership.id,
                self.workspace.place.written(),
                last=self.workspace.partnership.id,
            )

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
        self.autosave.poller.take_in(event)
        await super().on_event(event)

    # -- commands ------------------------------------------------------------------------------------------------------

    def action_run_command(self, name: str) -> None:
        """A direct key of the table: it acts once the letters typed before it are written."""
        (self.focused or self).call_later(self.run_command, name)

    def run_command(self, name: str) -> None:
        """Run a command of the table, where it is valid; to quit is valid in any window too, but not before a room."""
        page = self.page
        if page.run_own(name):
            return
        if page.where in BY_ID[name].where or name in (EVERYWHERE if not self.projecting else BEFORE_A_ROOM):
            # Imported here: the pages behind the commands take long to load, and none of them is the first screen.
            from tui.app.actions import ACTIONS

            if (asking := ACTIONS[name](self)) is not None:
                self.follow(asking)

    def to_list(self) -> None:
        """Back to the partnerships; the open one is saved and put away."""
        if self.close_workspace():
            while len(self.screen_stack) > 1:
                self.pop_screen()
            _show_list(self)

    def leave(self) -> None:
        """Quit."""
        if self.close_workspace(leaving=True):
            self.exit()

    def repaint(self) -> None:
        """Paint the present screen anew: the language or the value changed under it."""
        self.page.paint()

    def to_questions(self, place: Place | None = None) -> None:
        """Leave every page above the questions; write at `place`, where None is the place one was at."""
        while not self.page.write_at(place):
            self.pop_screen()

    def choose_theme(self, name: str) -> None:
        """Take these colours, now and next time."""
        self.theme = theme_of_app(self, name)
        self.settings = replace(self.settings, theme=name)
        try:
            remember(settings_path(os.environ), theme=name)
        except (OSError, SettingsError) as error:
            self.say(error_sentence(error))

    def say(self, text: str) -> None:
        """Say something in the last line of the present screen."""
        self.page.say(text)

    def on_unmount(self) -> None:
        """The last save, from the value."""
        self.autosave.put_away(leaving=True)
        self.autosave.stop()
        self.unfinished.save_now()


def _workspace_of(app: EntenteApp, partnership_id: str) -> Workspace:
    """Return the workspace of a partnership, where it was left, its document made.

    Raises StoreError if it cannot be read.
    """
    with reading_of(app.store.root / partnership_id):
        workspace = Workspace(app.guide, app.store.load(partnership_id), app.store)
        workspace.typing = True
        workspace.lang, workspace.region = app.lang, app.settings.region
        workspace.doc_lang = app.settings.doc_lang or str(workspace.partnership.setting("lang", workspace.typed_lang))
        workspace.go(Place.read(place.place_of(app.memory, partnership_id)))
        _ = workspace.agreement
    return workspace


def _who_writes(app: EntenteApp) -> str:
    """Who signs on an account where that was asked for, and how it is changed; "" on an account of one's own."""
    if not app.settings.author:
        return ""
    said = _("You write as {name}; the command “{command}” ({key}) changes it.")
    own = command("author")
    return said.format(name=app.settings.author, command=own.name, key=key_meanwhile("author"))


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    """Give each problem in a sentence."""
    if problems:
        from tui.screens.list_screen import in_words  # a page that is not the first one here

        yield from map(in_words, problems)


def _show_list(app: EntenteApp) -> None:
    from tui.screens.list_screen import PartnershipsScreen

    app.push_screen(PartnershipsScreen())


def _met(app: EntenteApp, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error in a call-back or a task: the loop would write it out with all its words."""
    if isinstance(error := context.get("exception"), Exception):
        app.fail(error)


def _never_quits(app: EntenteApp) -> None:
    from tui.screens.display_commands import never_quits

    never_quits(app)


def _copy(app: EntenteApp, text: str) -> None:
    from tui.screens.copy_commands import (
        copy_selection,  # the formats behind it take long to load, and it is seldom needed
    )

    copy_selection(app, text)


def run_app(store: Store, settings: Settings, partnership_id: str | None) -> int:
    """Run the app until it is quit, or ended by a signal. Returns the exit code: 0, UNSAVED, or 128 and the signal.

    What must be read after it is printed on stdout.
    """
    app = EntenteApp(store, settings, partnership_id or "")
    signals = app.signals = Signals(duties(app))
    signals.install()
    try:
        app.run(mouse=settings.mouse)
    except OSError:
        app.autosave.put_away(leaving=True)
        if app.signals.terminal_is_there:
            raise
        return HANGUP_CODE
    finally:
        app.stop_reading()
        signals.uninstall()
    app.autosave.put_away(leaving=True)  # an error of our own leaves it open: what was typed is saved all the same
    app.unfinished.close()
    for line in app.lines_at_end:
        print_text(line)
    if signals.number:
        return 128 + signals.number
    if app.return_code == UNSAVED and not signals.terminal_is_there:
        return HANGUP_CODE
    return app.return_code or (UNSAVED if app.autosave.unsaved else 0)


CALM = 0.15  # seconds in which the keys that were read already reach the editor


def duties(app: EntenteApp) -> Duties:
    """Return what `app` does when the program is ended from outside: by a signal, or by a terminal that went away."""

    def in_loop(call: Callable[[], None]) -> bool:
        try:
            if app.loop is not None:
                app.loop.call_soon_threadsafe(call)  # it may sleep: it must be woken
        except RuntimeError:  # it has ended
            return False
        return app.loop is not None

    def save() -> None:
        app.autosave.save_now()
        app.unfinished.save_now()

    def when_calm(then: Callable[[], None], tries: int = 4) -> None:
        def look() -> None:
            at_risk = app.workspace is not None and app.workspace.edits.at_risk
            if tries and (at_risk or app.unfinished.pending):
                when_calm(then, tries - 1)
            else:
                then()

        app.store.hurry()
        save()
        asyncio.get_running_loop().call_later(CALM, look)

    def put_away() -> None:
        app.autosave.put_away(leaving=True)
        app.unfinished.save_now()

    def leave(code: int) -> None:
        app.exit(return_code=code)

    def redraw() -> None:
        in_loop(app.forget)

    return Duties(in_loop, save, put_away, when_calm, leave, redraw)
