"""The state of line mode: the place in the questions, the text being typed, and how answers are saved.

`Interview` adds the conversation itself; the functions of `line_*` and `prompt_answers` change this state. A *spot* is
the place of a prompt: a question, its stop (the partner or pair that it is asked of), and a row of a list. The *walk*
is the order of the spots.
"""

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
from tui.workspace.text_answered import answered_on_other_words
from tui.workspace.workspace import Workspace


class Conversation:
    """The state of one person's conversation about one partnership, `talk` being the streams that it uses."""

    def __init__(self, workspace: Workspace, talk: LineStreams, settings: Settings, store: Store) -> None:
        self.workspace = workspace
        self.talk = talk
        self.settings = settings
        self.store = store
        self.more: set[str] = set()  # ids of the questions whose seldom needed fields are asked too
        self.spot = self.walk.start()  # the present prompt
        self.writing: Writing | None = None  # a text of several lines that is being typed
        self.partner = ""  # the id of the partner spoken of last: a call note is about that one
        self.last_head: tuple[str, str] | None = None  # (question id, stop) of the question that was said last
        self.announced: Spot | None = None  # the prompt whose present answer was said last, None to say it again
        self.facts_said: set[tuple[str, str]] = set()  # at the present question, as (text, the stop it is about)
        # The question and the partners whose answers were just given: on the draft that was sent, or on today's text?
        self.which_text: tuple[str, tuple[str, ...]] | None = None
        self.meeting: Entry | None = None  # the meeting opened by /meeting; it begins with the first thing noted
        self.at_meeting = False  # whether a line that is typed belongs to the meeting, while the question waits
        self.round_question = ""  # the id of the question put to each partner in turn, "" for the last one
        self.minutes_read = ""  # the minutes as they were read out last
        self.making_public = ""  # the command that will make a line public if it is given again at once
        self.erasing = ""  # the words that will be erased if the command is given again at once

    @property
    def walk(self) -> Walk:
        """The prompts of the partnership as it is now."""
        return Walk(self.workspace.form_context, self.more)

    @property
    def prompt(self) -> Prompt:
        """The present prompt."""
        return self.walk.prompt(self.spot)

    def ask_which_text(self, question: str, partners: Iterable[str]) -> None:
        """Ask next whether answers were given on a sent draft or on today's text, if the draft has changed since."""
        unclear = answered_on_other_words(self.workspace, question, partners) if question in POSITIONS else ()
        self.which_text = (question, unclear) if unclear else None

    def again(self) -> None:
        """Say the question and the present answer again before the next prompt."""
        self.last_head = self.announced = None

    def refresh(self) -> None:
        """Say the present answer again before the next prompt, because it changed."""
        self.announced = None

    def keep(self, message: str = "") -> None:
        """Save the changes and say `message` or « Saved. »; after a failure the changes are kept for the next try."""
        open_before = len(open_conflicts(self.workspace.edits.synced))
        try:
            self.workspace.flush()
        except StoreError as error:
            self.talk.say(_("Not saved: {reason}").format(reason=error))
            self.talk.say(_("It is kept here, and saving is tried again with your next answer."))
            return
        self.talk.say(message or _("Saved."))
        if len(open_conflicts(self.workspace.edits.synced)) > open_before:
            self.talk.say(
                _("Someone else changed this at the same time. Both texts are kept: /two texts compares them.")
            )
