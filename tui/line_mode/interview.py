"""The interview: the partnership is opened, prompts follow one another, and each answer is saved before the next."""

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
from tui.line_mode import line_actions, line_conflicts, line_meeting, line_reading, orders, prompt_answers, prompt_text
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog, sentence
from tui.line_mode.line_streams import InputEnded, LineStreams, Unreadable
from tui.partnership.field_kinds import BadValue
from tui.partnership.organisations import profiles
from tui.partnership.partners import WHO
from tui.partnership.values import TIME_ZONE
from tui.settings import Settings, SettingsError, settings_path
from tui.store import Author, Store
from tui.store.store_errors import StoreError, error_sentence
from tui.text import moments
from tui.workspace.directory_edits import teach_directory
from tui.workspace.shutdown import rescue
from tui.workspace.text_answered import texts
from tui.workspace.unlocked_disks import save_all_the_same, unlocked_question
from tui.workspace.workspace import Workspace


class Interview(Conversation):
    """The conversation itself: says what is asked, hears a line, does what it means."""

    def __init__(self, workspace: Workspace, talk: LineStreams, settings: Settings, store: Store) -> None:
        super().__init__(workspace, talk, settings, store)
        self._seen = self._signature()
        self._step = ""
        self._explained: set[str] = set()  # the kinds of prompt that were explained once

    def _signature(self) -> object:
        """What differs from one time to the next when the partnership changed in its store; it is cheap to ask."""
        return self.store.signature(self.workspace.partnership.id)

    def run(self) -> int:
        """Talk until the end. Returns the number of the signal that ended it, 0 for none."""
        self.talk.say(self.workspace.title or _("A new partnership"))
        self.talk.say(_("Each answer is saved at once. /help explains, /commands lists the commands, /quit leaves."))
        for line in line_conflicts.waiting(self.workspace):
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
        """One line asked for and done."""
        self._look()
        self.spot = self.walk.settled(self.spot)
        if self.writing is None and not self.at_meeting:
            self._announce()
        try:
            begun = self.writing is not None and (self.writing.lines or self.writing.aside)
            line = self.talk.ask(self._asked(begun=bool(begun)))
        except Unreadable:
            self.talk.say(_("This line is no UTF-8 text, so it was not taken. Please type it again."))
            return
        found = orders.heard(line)
        try:
            if isinstance(found, orders.NoOrder):
                said = _(
                    "No command is called “{word}”: /commands lists them. A text that begins so is typed //{word}."
                )
                self.talk.say(said.format(word=found.word[:60]))
            elif isinstance(found, orders.GivenCommand):
                self._obey(found)
            elif self.which_text is not None:
                prompt_answers.which_text(self, found)
            elif self.at_meeting:
                line_meeting.heard_there(self, found)
            else:
                prompt_answers.take(self, found)
                if word := orders.meant(found):
                    said = _("That was taken as an answer. The command is {word}; /undo takes the answer back.")
                    self.talk.say(said.format(word=word))
        except (BadValue, StoreError) as error:
            self.talk.say(sentence(str(error)))

    def _asked(self, *, begun: bool) -> str:
        """Return what the next line is to answer."""
        if self.which_text is not None:
            offered = [f"{key} {words}" for key, words in texts(self.workspace, self.which_text[1])]
            choices = _("; ").join(offered)
            return _("On which text? {choices}:").format(choices=choices)
        if self.at_meeting and self.writing is None:
            return _("Meeting:")
        return _("More:") if begun else prompt_text.asked(self.workspace, self.prompt)

    def _obey(self, order: orders.GivenCommand) -> None:
        """Carry out a command; one that moves or changes something ends the text being typed first, undo drops it."""
        if self.writing is not None and order.command.id == "undo":
            prompt_answers.drop_text(self)
            self.talk.say(_("The lines just typed are dropped."))
            return
        if not order.command.line.tells:
            self.which_text = None
            prompt_answers.finish_text(self)
        line_actions.ACTIONS[order.command.id](self, order.argument)
        self.at_meeting = line_meeting.stays(self, order.command)

    # -- saying --------------------------------------------------------------------------------------------------------

    def _announce(self) -> None:
        if self.announced == self.spot:
            return
        spot, prompt, say = self.spot, self.prompt, self.talk.say
        if self.headed != (spot.question, spot.stop):
            self._head()
        self.announced = spot
        for line in prompt_text.announced(self.workspace, prompt, spot):
            say(line)
        kind = prompt.field.kind if prompt.field is not None else prompt.kind
        if kind not in self._explained and prompt.kind != "end" and (text := prompt_text.how(prompt)):
            say(text)
        self._explained.add(kind)

    def _head(self) -> None:
        spot, say, lang = self.spot, self.talk.say, self.workspace.lang
        if self.headed is None or self.headed[0] != spot.question:
            self.told.clear()
        self.headed = spot.question, spot.stop
        self.partner = next(iter(subject_of(spot)), self.partner)
        say("")
        if not spot.question:
            line_reading.at_the_end(self)
            return
        question = self.workspace.guide.question(spot.question)
        step = next(step for step in self.workspace.guide.steps if step.id == question.step)
        if step.id != self._step:
            say(step.title.get(lang))
        self._step = step.id
        if step.statement_before == question.id:
            say(step.statement.get(lang))
        for line in prompt_text.head(self.workspace, self.walk.form(spot), spot, self.told):
            say(line)
        if spot.question != WHO and len(subject_of(spot)) == 1 and "same" not in self._explained:
            self._explained.add("same")
            say(_("/same all gives your answer for the other partners too; /like 1 takes the answer of partner 1."))

    # -- the others ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Take in what others saved since the last line."""
        before = self.workspace.edits.synced.rev
        try:
            seen = self._signature()
            if seen == self._seen:
                return
            self.workspace.reload()
        except StoreError as error:
            self.talk.say(str(error))
            return
        self._seen = seen
        if self.workspace.edits.synced.rev != before:  # else it was our own save
            self.refresh()
            self.talk.say(_("Someone else changed this partnership: you have their changes."))


DONE, FAILED = 0, 3  # exit codes (contracts.md, « Commands »)


def run(
    store: Store, settings: Settings, partnership_id: str, author: Author | None = None, lang: Language | None = None
) -> int:
    """Work on one partnership line by line, on this process's standard streams.

    `author` is who writes, None for the one the store knows; `lang` is that of the interface, "fr" or "en".

    Returns 0, or 3 when something could not be saved in the end, or 128 and the number of the signal that ended it.
    Raises StoreError when the partnership cannot be opened; once all is saved, OSError when nobody took what was said.
    """
    if author is not None:
        store = store.written_by(author)
    talk = standard_streams()
    with _signals_to(talk), closing(talk):
        if not _may_write(store, talk):
            talk.say(_("Nothing was written. “entente show” reads what is there."))
            return 128 + talk.number if talk.number else DONE
        return _talked(store, settings, partnership_id, lang or language(), talk)


def _may_write(store: Store, talk: LineStreams) -> bool:
    """Return whether the store may be written to: where locks keep nobody out, only once the person says yes to it."""
    question = unlocked_question(store)
    try:
        if question and LineDialog(talk).agree(question):
            save_all_the_same(store, settings_path(os.environ))
    except (InputEnded, Dropped):
        return False
    except (OSError, SettingsError) as error:
        talk.say(sentence(error_sentence(error)))
    return store.unlocked() is None


def _talked(store: Store, settings: Settings, partnership_id: str, lang: Language, talk: LineStreams) -> int:
    """Return the conversation about one partnership from its opening to its exit code. Raises as `run`."""
    guide = load_guide()
    partnership = store.load(partnership_id)
    with store.session(partnership_id) as session:
        workspace = Workspace(guide, partnership, store, session)
        workspace.lang = lang
        moments.use(settings.timezone, str(partnership.setting(TIME_ZONE, "")))
        workspace.region = settings.region
        workspace.doc_lang = settings.doc_lang or str(partnership.setting("lang", workspace.lang))
        met = profiles(partnership)
        interview = Interview(workspace, talk, settings, store)
        try:
            interview.run()
        finally:
            talk.close()
            if talk.number:
                store.hurry()  # a terminal that closed, or an end that was asked for, waits for no server
        with suppress(StoreError):  # what is not learnt now is learnt the next time
            workspace.edit(teach_directory(store, met, workspace.partnership))
            workspace.flush()
        if workspace.edits.at_risk:
            _put_elsewhere(workspace, talk)
        return _exit_code(workspace, talk)


def standard_streams() -> LineStreams:
    """Return the conversation over this process's standard input and output."""
    return LineStreams(sys.stdin, sys.stdout)


def _exit_code(workspace: Workspace, talk: LineStreams) -> int:
    """Return the exit code of a conversation that has ended; OSError when it ended because nobody took what it said."""
    if talk.number:
        return 128 + talk.number
    if talk.failure is not None:
        raise talk.failure
    return FAILED if workspace.edits.at_risk else DONE


def _put_elsewhere(workspace: Workspace, talk: LineStreams) -> None:
    """What the store still refuses goes to a readable file."""
    kept = rescue(workspace, os.environ)
    if kept is not None:
        talk.say(_("What could not be saved is written here: {file}").format(file=kept))


@contextmanager
def _signals_to(talk: LineStreams) -> Iterator[None]:
    """An interrupt, an end or a hang-up ends the conversation like the end of the input: nothing typed is lost."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may take signals
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [(number, signal.signal(number, talk.told)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
