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
from tui.commands import BY_ID, command, commands_at, key_meanwhile
from tui.console import print_text
from tui.guide.guide_loading import load_guide
from tui.i18n import _, language
from tui.keymap import given_up_words
from tui.partnership.values import TIME_ZONE
from tui.resources import styles_dir
from tui.screens.letter_bursts import ask_about_burst, letters_are_commands, refuse_paste
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


_VALID_IN_DIALOGS = ("help", "quit")  # ids of commands that are valid in any dialog too
_VALID_PROJECTED = ("help",)  # those that stay valid in dialogs while the screen is projected at a meeting
_UNSAVED_CODE = 3  # the exit code if changes could not be saved (contracts.md, « Commands »)
_BY_SIGNAL = 128  # plus the number of the signal: the exit code of an app that a signal ended
_CALM_SECONDS, _CALM_TRIES = 0.15, 4  # how long, and how often, it is waited for keys to reach the editor


class EntenteApp(Host, inherit_bindings=False):
    """The terminal app. The partnership it was given is opened at once; else the list of partnerships comes first."""

    TITLE = "Entente"
    # Only this one of Textual's own keys is bound. Its Ctrl+Q would end the program on any page, even while it is
    # projected, without saving.
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[Any] = sorted(styles_dir().glob("*.tcss"))

    def __init__(self, store: Store, settings: Settings, open_partnership: str = "") -> None:
        super().__init__()
        for listed in commands_at():  # bound here and not in BINDINGS, since the settings may give commands other keys
            for key in listed.keys:
                self.bind_command(key, f"app.run_command('{listed.id}')")
        self.copier, self.on_interrupt = partial(_copy, self), partial(_explain_quitting, self)
        self.in_words = crash_report.crash_sentence
        self.store = store
        self.settings = settings
        moments.set_zones(settings.timezone, "")
        self.frugal = self.frugal and settings.frugal
        apply_theme(self, settings.theme)
        self.lang = language()
        self.memory = place.places_file(os.environ)
        self.guide = load_guide()
        self.workspace: Workspace | None = None
        self.unfinished = UnfinishedTexts(store.root, self.memory.with_name("unfinished"))
        self.lines_at_end: list[str] = []  # printed on stdout once the app has left the screen
        self.advice = ""  # what to try if a text copied to the clipboard does not arrive there, "" for nothing
        self.last_written: list[str] = []  # the path last written to, then the command lines that fetch that file
        self._open_partnership = open_partnership or place.last_open_in_store(self.memory, store)
        self.autosave = AutoSave(self)
        self.turns = InputQueue(self, self._act_on_event, partial(refuse_paste, self),
                                partial(letters_are_commands, self), partial(ask_about_burst, self))  # fmt: skip
        self.signals: Signals | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    # -- opening and closing -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the first page; on a disk without file locks, ask first whether to write there all the same."""
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(partial(_report_loop_error, self))
        self.autosave.poller.start(self.turns.check)
        if self.signals is not None:
            self.signals.take_stop_signals()
        if question := unlocked_question(self.store):
            # Imported here: the dialogs take long to load, and most starts show none.
            from tui.ui.dialog import yes_no

            _show_list(self)
            self.push_screen(yes_no(question), self._take_answer_about_disk)
        else:
            self._show_first_page()

    def _take_answer_about_disk(self, answer: str | None) -> None:
        """Allow saving on a disk without locks after a "yes"; any other answer leaves it read-only. Then begin."""
        problem = ""
        if answer == "yes":
            try:
                save_all_the_same(self.store, settings_path(os.environ))
            except (OSError, SettingsError) as error:
                problem = error_sentence(error)
        self._show_first_page()
        if problem:
            self.say(problem)

    def _show_first_page(self) -> None:
        """Open the partnership that was asked for, else that which was open when the app was left, else the list."""
        if self._open_partnership:
            self.open(self._open_partnership)
        else:
            if len(self.screen_stack) == 1:
                _show_list(self)
            self.say(self.unfinished.waiting_words("") or _who_writes(self))
            with suppress(StoreError):  # a store that does not answer is reported by the list
                if moved := self.store.moved_error():
                    self.say(str(moved))
        if keys_not_bound := " ".join(given_up_words(self.settings.keys)):
            self.say(keys_not_bound)

    def open(self, partnership_id: str) -> None:
        """Open a partnership where it was left. A StoreError is shown on the present page."""
        try:
            workspace = _workspace_of(self, partnership_id)
        except StoreError as error:
            from tui.screens.set_aside_screen import show_opening_error

            show_opening_error(self, partnership_id, error)
            return
        self.workspace = workspace
        moments.set_zones(partnership=str(workspace.partnership.setting(TIME_ZONE, "")))
        screen = WorkScreen(workspace)
        problems = self.store.take_problems()
        sentences = (*_problem_sentences(problems), self.unfinished.waiting_words(partnership_id))
        screen.message = " ".join(filter(None, sentences)) or _who_writes(self)
        self.autosave.opened(workspace)
        self.push_screen(screen)
        if problems:
            from tui.screens.set_aside_screen import offer_set_aside_after

            offer_set_aside_after(self, problems)
        is_shared = self.settings.group or self.store.author.name in workspace.other_editors.present
        if is_shared and not self.settings.author:
            from tui.screens.display_commands import ask_author

            ask_author(self)  # for the name that the changes made here are signed with

    def close_workspace(self, *, leaving: bool = False) -> bool:
        """Save and close the open partnership; return False, and keep it open, if it could not be saved.

        With `leaving` the person quits the app: this partnership is opened first the next time.
        """
        from tui.screens.directory_screen import update_directory

        self.page.finish_typing()
        update_directory(self)
        is_closed = self.autosave.put_away(leaving=leaving)
        if is_closed:
            moments.set_zones(partnership="")  # the time zone is no longer the partnership's
        elif self.workspace is not None:
            self.say(self.workspace.state.reason)
        return is_closed

    def begin_journal(self) -> None:
        """Begin another journal for the open partnership after the earlier one was destroyed with its private notes."""
        if self.workspace is not None:
            self.autosave.opened(self.workspace)

    # -- saving --------------------------------------------------------------------------------------------------------

    def save_and_keep_place(self) -> None:
        """Save what is pending now, and keep the place that the person is at."""
        if self.workspace is not None:
            self.screen.call_after_refresh(self._keep_place)
            self.autosave.save()

    def _keep_place(self) -> None:
        """Write the present place to the file that remembers it."""
        if self.workspace is not None:
            place.keep_place(
                self.memory,
                self.workspace.partnership.id,
                self.workspace.place.to_fields(),
                last=self.workspace.partnership.id,
            )

    def save(self) -> None:
        """Save what is pending now."""
        self.autosave.save()

    async def on_event(self, event: events.Event) -> None:
        """Put keys, pastes and clicks into the queue that handles them one at a time; handle other events at once."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)

    async def _act_on_event(self, event: events.Event) -> None:
        """Show what others changed, then let the event act: the page never changes without a key of the person."""
        self.autosave.poller.take_in(event)
        await super().on_event(event)

    # -- commands ------------------------------------------------------------------------------------------------------

    def action_run_command(self, name: str) -> None:
        """Run the command of a key, after the letters typed before that key have reached the editor."""
        (self.focused or self).call_later(self.run_command, name)

    def run_command(self, name: str) -> None:
        """Run the command whose id is `name`, if it is valid on the present page. Raises KeyError if there is none.

        Help and quit are valid in dialogs too; quit is not while the screen is projected.
        """
        page = self.page
        if page.message and name not in ("palette", "help"):
            page.say_to_room("")  # what an earlier command did is not what this one does
        if page.run_own_command(name):
            return
        valid_anyway = _VALID_PROJECTED if self.projecting else _VALID_IN_DIALOGS
        if page.where in BY_ID[name].where or name in valid_anyway:
            # Imported here: the pages behind the commands take long to load, and none of them is the first screen.
            from tui.app.actions import ACTIONS

            if (asking := ACTIONS[name](self)) is not None:
                self.follow(asking)

    def to_list(self) -> None:
        """Save and close the open partnership, and go to the list of partnerships; stay if it could not be saved."""
        if self.close_workspace():
            while len(self.screen_stack) > 1:
                self.pop_screen()
            _show_list(self)

    def leave(self) -> None:
        """Quit, unless what was typed could not be saved."""
        if self.close_workspace(leaving=True):
            self.exit()

    def repaint(self) -> None:
        """Paint the present page anew after the language or the value changed."""
        self.page.paint()

    def to_questions(self, place: Place | None = None) -> None:
        """Close every page above the page of questions and go to `place` there; None is where the person was."""
        while not self.page.write_at(place):
            self.pop_screen()

    def choose_theme(self, name: str) -> None:
        """Use the theme `name` now and at each start."""
        self.theme = theme_of_app(self, name)
        self.settings = replace(self.settings, theme=name)
        try:
            remember(settings_path(os.environ), theme=name)
        except (OSError, SettingsError) as error:
            self.say(error_sentence(error))

    def say(self, text: str) -> None:
        """Show `text` in the last line of the present page."""
        self.page.say(text)

    def on_unmount(self) -> None:
        """Save for the last time and stop the saving thread."""
        self.autosave.put_away(leaving=True)
        self.autosave.stop()
        self.unfinished.save_now()


def _workspace_of(app: EntenteApp, partnership_id: str) -> Workspace:
    """Return the workspace of a partnership at the place where it was left. Raises StoreError if it cannot be read."""
    with reading_of(app.store.root / partnership_id):
        workspace = Workspace(app.guide, app.store.load(partnership_id), app.store)
        workspace.typing = True
        workspace.lang, workspace.region = app.lang, app.settings.region
        workspace.doc_lang = app.settings.doc_lang or str(workspace.partnership.setting("lang", workspace.typed_lang))
        workspace.go(Place.read(place.place_of(app.memory, partnership_id)))
        _ = workspace.agreement  # composed here, so that what cannot be composed is reported as unreadable too
    return workspace


def _who_writes(app: EntenteApp) -> str:
    """Return a sentence with the name that changes are signed with; "" if the settings give no name."""
    if not app.settings.author:
        return ""
    sentence = _("You write as {name}; the command “{command}” ({key}) changes it.")
    name_command = command("author")
    return sentence.format(name=app.settings.author, command=name_command.name, key=key_meanwhile("author"))


def _problem_sentences(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a sentence for each problem that the store met."""
    if problems:
        # Imported here: this page takes long to load, and problems are rare.
        from tui.screens.list_screen import problem_sentence

        yield from map(problem_sentence, problems)


def _show_list(app: EntenteApp) -> None:
    """Show the list of partnerships."""
    from tui.screens.list_screen import PartnershipsScreen

    app.push_screen(PartnershipsScreen())


def _report_loop_error(app: EntenteApp, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """End the app at an error in a call-back or task; the loop itself would print the error with people's words."""
    if isinstance(error := context.get("exception"), Exception):
        app.fail(error)


def _explain_quitting(app: EntenteApp) -> None:
    """Say how to quit, since Ctrl+C does not."""
    from tui.screens.display_commands import explain_quitting

    explain_quitting(app)


def _copy(app: EntenteApp, text: str) -> None:
    """Copy a selected text to the clipboard."""
    # Imported here: the formats behind it take long to load, and it is seldom needed.
    from tui.screens.copy_commands import copy_selection

    copy_selection(app, text)


def run_app(store: Store, settings: Settings, partnership_id: str | None) -> int:
    """Run the app until it is quit or ended by a signal; print the lines that must be read after it on stdout.

    Return the exit code: 0, 3 if changes could not be saved, or 128 plus the number of the signal.
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
    app.autosave.put_away(leaving=True)  # after an error in the program it is still open: what was typed is saved
    app.unfinished.close()
    for line in app.lines_at_end:
        print_text(line)
    if signals.number:
        return _BY_SIGNAL + signals.number
    if app.return_code == _UNSAVED_CODE and not signals.terminal_is_there:
        return HANGUP_CODE
    return app.return_code or (_UNSAVED_CODE if app.autosave.unsaved else 0)


def duties(app: EntenteApp) -> Duties:
    """Return what `app` does when it is ended by a signal or a lost terminal; `Duties` says what each of them does."""

    def call_in_loop(call: Callable[[], None]) -> bool:
        """Let the app's event loop call `call`; return whether there is such a loop."""
        try:
            if app.loop is not None:
                app.loop.call_soon_threadsafe(call)  # this wakes a loop that waits for events
        except RuntimeError:  # the loop has ended
            return False
        return app.loop is not None

    def save() -> None:
        app.autosave.save_now()
        app.unfinished.save_now()

    def when_calm(then: Callable[[], None], tries: int = _CALM_TRIES) -> None:
        """Save, wait until the keys that were read already have reached the editor, save again, and call `then`."""

        def call_or_wait() -> None:
            at_risk = app.workspace is not None and app.workspace.edits.at_risk
            if tries and (at_risk or app.unfinished.pending):
                when_calm(then, tries - 1)
            else:
                then()

        app.store.hurry()
        save()
        asyncio.get_running_loop().call_later(_CALM_SECONDS, call_or_wait)

    def put_away() -> None:
        app.autosave.put_away(leaving=True)
        app.unfinished.save_now()

    def leave(code: int) -> None:
        app.exit(return_code=code)

    def redraw() -> None:
        call_in_loop(app.forget)

    return Duties(call_in_loop, save, put_away, when_calm, leave, redraw)
