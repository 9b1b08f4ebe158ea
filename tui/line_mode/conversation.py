"""One person's conversation about one partnership: the place in it, what is being typed, and how answers are saved."""

from __future__ import annotations

from collections.abc import Iterable

from tui.form.question_walk import Prompt, Spot, Walk, Writing
from tui.i18n import _
from tui.line_mode.line_streams import LineStreams
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Entry
from tui.settings import Settings
from tui.store import Store
from tui.store.store_errors import StoreError
from tui.workspace.other_editors import open_conflicts
from tui.workspace.text_answered import in_question
from tui.workspace.workspace import Workspace


class Conversation:
    """The state that answers, changes and moves work on; what they do is in the files of those names."""

    def __init__(self, workspace: Workspace, talk: LineStreams, settings: Settings, store: Store) -> None:
        self.workspace = workspace
        self.talk = talk
        self.settings = settings
        self.store = store
        self.more: set[str] = set()  # the questions whose seldom needed fields are asked too
        self.spot = self.walk.start()
        self.writing: Writing | None = None  # a text of several lines that is being typed
        self.partner = ""  # the partner last spoken of: a call note is about that one
        self.headed: tuple[str, str] | None = None  # the question and whom of the last head that was said
        self.announced: Spot | None = None
        self.told: set[tuple[str, str]] = set()  # the facts said at the present question: text, and whom of
        self.which_text: tuple[str, tuple[str, ...]] | None = None  # a question and whose answers: on which text?
        self.meeting: Entry | None = None  # the meeting that was looked at: it begins with the first thing noted
        self.at_meeting = False  # what is typed belongs to the meeting: the question that it interrupts waits
        self.asked = ""  # the id of the question that is put to each in turn
        self.minutes_read = ""  # the minutes as they were heard last
        self.making_public = ""  # the line of a note that becomes public when the same command comes again
        self.erasing = ""  # the words that go for good when the same line comes again

    @property
    def walk(self) -> Walk:
        """The prompts of the present value."""
        return Walk(self.workspace.form_context, self.more)

    @property
    def prompt(self) -> Prompt:
        """What is asked now."""
        return self.walk.prompt(self.spot)

    def ask_which_text(self, question: str, partners: Iterable[str]) -> None:
        """Ask next on which text answers were just given, where a draft that was sent has changed since."""
        asked = in_question(self.workspace, question, partners) if question in POSITIONS else ()
        self.which_text = (question, asked) if asked else None

    def again(self) -> None:
        """Say the question and the present answer again before asking."""
        self.headed = self.announced = None

    def refresh(self) -> None:
        """Say the present answer again before asking: it changed."""
        self.announced = None

    def keep(self, said: str = "") -> None:
        """Save what was changed, and say so: `said`, else « saved ». What cannot be saved is kept to be tried again."""
        open_before = len(open_conflicts(self.workspace.edits.synced))
        try:
            self.workspace.flush()
        except StoreError as error:
            self.workspace.batch_failed(str(error))
            self.talk.say(_("Not saved: {reason}").format(reason=error))
            self.talk.say(_("It is kept here, and saving is tried again with your next answer."))
            return
        self.talk.say(said or _("Saved."))
        if len(open_conflicts(self.workspace.edits.synced)) > open_before:
            self.talk.say(
                _("Someone else changed this at the same time. Both texts are kept: /two texts compares them.")
            )
