"""Runs line mode: opens the partnership, asks one prompt after the other, and saves each answer before the next.

A prompt's `spot` is its place: a question, its stop (the partner or pair that it is asked of), and a row of a list.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from tui.form.question_walk import subject_of
from tui.guide.guide_loading import load_guide
from tui.i18n import Language, _, language
from tui.line_mode import (
    line_actions,
    line_conflicts,
    line_meeting,
    line_reading,
    prompt_answers,
    prompt_text,
    typed_commands,
)
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog, sentence
from tui.line_mode.line_streams import InputEnded, LineStreams, Unreadable
from tui.partnership.field_kinds import BadValue
from tui.partnership.organisations import profiles
from tui.partnership.partners import WHO
from tui.partnership.values import TIME_ZONE
from tui.settings import Settings, SettingsError, settings_path
from tui.store import Author, Store
from tui.store.store_errors import StoreError, error_sentence
from tui.text import moments
from tui.workspace.directory_edits import update_from_partnership
from tui.workspace.shutdown import rescue
from tui.workspace.text_answered import text_choices
from tui.workspace.unlocked_disks import save_all_the_same, unlocked_question
from tui.workspace.workspace import Workspace


class Interview(Conversation):
    """The conversation that prints what is asked, reads a line, and does what the line means."""

    def __init__(self, workspace: Workspace, talk: LineStreams, settings: Settings, store: Store) -> None:
        super().__init__(workspace, talk, settings, store)
        self._last_signature = self._signature()
        self._step_id = ""  # of the step whose title was said last
        self._explained: set[str] = set()  # the kinds of prompt that were explained once, and "same" for that command

    def _signature(self) -> object:
        """Return the store's signature of the partnership: it differs after each save, and is cheap to read."""
        return self.store.signature(self.workspace.partnership.id)

    def run(self) -> int:
        """Ask until the input ends. Return the number of the signal that ended it, 0 for none."""
        self.talk.say(self.workspace.title or _("A new partnership"))
        self.talk.say(_("Each answer is saved at once. /help explains, /commands lists the commands, /quit leaves."))
        for line in line_conflicts.waiting_lines(self.workspace):
            self.talk.say(line)
        try:
            while True:
                self._turn()
        except InputEnded as ended:
            prompt_answers.take_unfinished_line(self, ended.line)
            if self.workspace.edits.at_risk:
                self.keep()
            if not self.workspace.edits.at_risk:
                self.talk.say(_("Everything is saved. Goodbye."))
            return self.talk.number

    def _turn(self) -> None:
        """Ask for one line, and do what it means."""
        self._take_in_others()
        self.spot = self.walk.nearest_spot(self.spot)
        if self.writing is None and not self.at_meeting:
            self._announce()
        continues_text = self.writing is not None and bool(self.writing.lines or self.writing.aside)
        try:
            line = self.talk.ask(self._prompt_words(continues_text=continues_text))
        except Unreadable:
            self.talk.say(_("This line is no UTF-8 text, so it was not taken. Please type it again."))
            return
        typed = typed_commands.read_command(line)  # a command, or the text of an answer
        try:
            if isinstance(typed, typed_commands.UnknownCommand):
                message = _(
                    "No command is called “{word}”: /commands lists them. A text that begins so is typed //{word}."
                )
                self.talk.say(message.format(word=typed.word[:_QUOTED_LETTERS]))
            elif isinstance(typed, typed_commands.GivenCommand):
                self._carry_out(typed)
            elif self.which_text is not None:
                prompt_answers.take_which_text(self, typed)
            elif self.at_meeting:
                line_meeting.take_line(self, typed)
            else:
                prompt_answers.take_answer(self, typed)
                if word := typed_commands.likely_command(typed):
                    message = _("That was taken as an answer. The command is {word}; /undo takes the answer back.")
                    self.talk.say(message.format(word=word))
        except (BadValue, StoreError) as error:
            self.talk.say(sentence(str(error)))

    def _prompt_words(self, *, continues_text: bool) -> str:
        """Return the words of the next prompt; `continues_text` is whether the line belongs to a text being typed."""
        if self.which_text is not None:
            choices = [f"{key} {words}" for key, words in text_choices(self.workspace, self.which_text[1])]
            return _("On which text? {choices}:").format(choices=_("; ").join(choices))
        if self.at_meeting and self.writing is None:
            return _("Meeting:")
        return _("More:") if continues_text else prompt_text.prompt_words(self.workspace, self.prompt)

    def _carry_out(self, given: typed_commands.GivenCommand) -> None:
        """Carry out a command; if it moves or changes something, the text being typed is saved first; undo drops it."""
        if self.writing is not None and given.command.id == "undo":
            prompt_answers.drop_text(self)
            self.talk.say(_("The lines just typed are dropped."))
            return
        if not given.command.line.tells:
            self.which_text = None
            prompt_answers.finish_text(self)
        line_actions.ACTIONS[given.command.id](self, given.argument)
        self.at_meeting = line_meeting.stays_at_meeting(self, given.command)

    # -- saying --------------------------------------------------------------------------------------------------------

    def _announce(self) -> None:
        """Say the question, the present answer and how to answer, as far as they were not said already."""
        if self.announced == self.spot:
            return
        spot, prompt, say = self.spot, self.prompt, self.talk.say
        if self.last_head != (spot.question, spot.stop):
            self._say_head()
        self.announced = spot
        for line in prompt_text.present_lines(self.workspace, prompt, spot):
            say(line)
        kind = prompt.field.kind if prompt.field is not None else prompt.kind
        explanation = prompt_text.how_to_answer(prompt) if prompt.kind != "end" else ""
        if explanation and kind not in self._explained:
            say(explanation)
        self._explained.add(kind)

    def _say_head(self) -> None:
        """Say the step, if it is new, and the question with known facts; after the last question, what to do next."""
        spot, say, lang = self.spot, self.talk.say, self.workspace.lang
        if self.last_head is None or self.last_head[0] != spot.question:
            self.facts_said.clear()
        self.last_head = spot.question, spot.stop
        self.partner = next(iter(subject_of(spot)), self.partner)
        say("")
        if not spot.question:
            line_reading.say_end(self)
            return
        question = self.workspace.guide.question(spot.question)
        step = next(step for step in self.workspace.guide.steps if step.id == question.step)
        if step.id != self._step_id:
            say(step.title.get(lang))
        self._step_id = step.id
        if step.statement_before == question.id:
            say(step.statement.get(lang))
        for line in prompt_text.head_lines(self.workspace, self.walk.form(spot), spot, self.facts_said):
            say(line)
        asks_one_partner = spot.question != WHO and len(subject_of(spot)) == 1
        if asks_one_partner and "same" not in self._explained:
            self._explained.add("same")
            say(_("/same all gives your answer for the other partners too; /like 1 takes the answer of partner 1."))

    # -- the others ----------------------------------------------------------------------------------------------------

    def _take_in_others(self) -> None:
        """Take in what others saved since the last line, and say so."""
        revision_before = self.workspace.edits.synced.rev
        try:
            signature = self._signature()
            if signature == self._last_signature:
                return
            self.workspace.reload()
        except StoreError as error:
            self.talk.say(str(error))
            return
        self._last_signature = signature
        if self.workspace.edits.synced.rev != revision_before:  # it is the same after a save of our own
            self.refresh()
            self.talk.say(_("Someone else changed this partnership: you have their changes."))


DONE, FAILED = 0, 3  # exit codes (contracts.md, « Commands »)
_BY_SIGNAL = 128  # plus the number of the signal: the exit code if a signal ended the conversation
_QUOTED_LETTERS = 60  # of an unknown command, in a message


def run(
    store: Store, settings: Settings, partnership_id: str, author: Author | None = None, lang: Language | None = None
) -> int:
    """Run line mode on one partnership, on this process's standard streams, and return the exit code.

    `author` is who writes, None for the store's own; `lang` is the language of the interface, None for the one in use.
    The exit code is 0, or 3 if something could not be saved, or 128 plus the number of the signal that ended it. Raises
    StoreError if the partnership cannot be opened; at the end, when all is saved, OSError if the output was closed.
    """
    if author is not None:
        store = store.written_by(author)
    talk = standard_streams()
    with _signals_to(talk), closing(talk):
        if not _allow_writing(store, talk):
            talk.say(_("Nothing was written. “entente show” reads what is there."))
            return _BY_SIGNAL + talk.number if talk.number else DONE
        return _run_interview(store, settings, partnership_id, lang or language(), talk)


def _allow_writing(store: Store, talk: LineStreams) -> bool:
    """Return whether the store may be written to: on a disk whose locks do not work, the person is asked first."""
    question = unlocked_question(store)
    try:
        if question and LineDialog(talk).agree(question):
            save_all_the_same(store, settings_path(os.environ))
    except (InputEnded, GivenUp):
        return False
    except (OSError, SettingsError) as error:
        talk.say(sentence(error_sentence(error)))
    return store.unlocked_error() is None


def _run_interview(store: Store, settings: Settings, partnership_id: str, lang: Language, talk: LineStreams) -> int:
    """Open the partnership, talk about it, and return the exit code. Raises as `run`."""
    guide = load_guide()
    partnership = store.load(partnership_id)
    with store.session(partnership_id) as session:
        workspace = Workspace(guide, partnership, store, session)
        workspace.lang = lang
        moments.set_zones(settings.timezone, str(partnership.setting(TIME_ZONE, "")))
        workspace.region = settings.region
        workspace.doc_lang = settings.doc_lang or str(partnership.setting("lang", workspace.lang))
        profiles_before = profiles(partnership)
        interview = Interview(workspace, talk, settings, store)
        try:
            interview.run()
        finally:
            talk.close()
            if talk.number:
                store.hurry()  # after a signal nothing waits for a slow server
        with suppress(StoreError):  # the directory will be updated the next time
            workspace.edit(update_from_partnership(store, profiles_before, workspace.partnership))
            workspace.flush()
        if workspace.edits.at_risk:
            _rescue(workspace, talk)
        return _exit_code(workspace, talk)


def standard_streams() -> LineStreams:
    """Return the streams of a conversation on this process's standard input and output."""
    return LineStreams(sys.stdin, sys.stdout)


def _exit_code(workspace: Workspace, talk: LineStreams) -> int:
    """Return the exit code of a conversation that has ended. Raises OSError if it ended because output was closed."""
    if talk.number:
        return _BY_SIGNAL + talk.number
    if talk.failure is not None:
        raise talk.failure
    return FAILED if workspace.edits.at_risk else DONE


def _rescue(workspace: Workspace, talk: LineStreams) -> None:
    """Write what the store did not save to a readable file, and say where."""
    file = rescue(workspace, os.environ)
    if file is not None:
        talk.say(_("What could not be saved is written here: {file}").format(file=file))


@contextmanager
def _signals_to(talk: LineStreams) -> Iterator[None]:
    """Make an interrupt, a termination or a hang-up end the conversation as the end of input does: nothing is lost."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can set signal handlers
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    earlier_handlers = [(number, signal.signal(number, talk.take_signal)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in earlier_handlers:
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
