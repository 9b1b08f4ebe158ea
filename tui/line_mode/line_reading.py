"""What line mode reads out on a command: the help, the plan, a sub-step, the review, the document, the versions."""

from __future__ import annotations

from collections.abc import Iterable

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode import orders, prompt_text, step_lines
from tui.line_mode.conversation import Conversation
from tui.line_mode.typed_values import row_number
from tui.partnership.field_kinds import BadValue
from tui.workspace.awaited_answers import awaited_lines, version_lines
from tui.workspace.draft_sending import changes_between, versions_of


def say_lines(sitting: Conversation, lines: Iterable[str]) -> None:
    """Say each of `lines`, in order."""
    for line in lines:
        sitting.talk.say(line)


def help_(sitting: Conversation, argument: str) -> None:
    """The help of the question, its example, how its prompt is answered, where it appears."""
    say_lines(sitting, prompt_text.help_lines(sitting.workspace, sitting.walk, sitting.spot))
    say_lines(sitting, filter(None, [prompt_text.how(sitting.prompt)]))
    sitting.talk.say(_("/commands lists the commands."))


def commands(sitting: Conversation, argument: str) -> None:
    """The list of commands."""
    sitting.talk.say(_("A command begins with / or with a dot; it may be given at any prompt."))
    say_lines(sitting, orders.listed())


def repeat(sitting: Conversation, argument: str) -> None:
    """The question again."""
    sitting.again()


def plan(sitting: Conversation, argument: str) -> None:
    """All questions and how far each is."""
    say_lines(sitting, prompt_text.plan_lines(sitting.workspace))


def step(sitting: Conversation, argument: str) -> None:
    """A sub-step of the guide, row by row."""
    say_lines(sitting, step_lines.step_lines(sitting.workspace, argument, sitting.spot.question))


def missing(sitting: Conversation, argument: str) -> None:
    """What the next milestone still needs."""
    say_lines(sitting, prompt_text.missing_lines(sitting.workspace))


def review(sitting: Conversation, argument: str) -> None:
    """What would trip the partners, to be put right before the document is sent."""
    say_lines(sitting, prompt_text.review_lines(sitting.workspace))


def document(sitting: Conversation, argument: str) -> None:
    """The document, or one section of it."""
    say_lines(sitting, [prompt_text.document_text(sitting.workspace, argument).rstrip("\n")])


def copy(sitting: Conversation, argument: str) -> None:
    """The document, or one section of it, brought to the clipboard."""
    say_lines(sitting, prompt_text.copied(sitting.workspace, argument, sitting.store.root, sitting.settings))


def at_the_end(sitting: Conversation) -> None:
    """What is said behind the last question."""
    sitting.talk.say(_("That was the last question."))
    missing(sitting, "")
    sitting.talk.say(_("/document reads the document, /go 1 goes back to the first question, /quit leaves."))


def answers(sitting: Conversation, argument: str) -> None:
    """What is awaited of whom."""
    say_lines(sitting, awaited_lines(sitting.workspace))


def versions(sitting: Conversation, argument: str) -> None:
    """The versions kept, or what changed since the one of that number."""
    workspace = sitting.workspace
    known = versions_of(workspace, sitting.store)
    if not argument:
        say_lines(sitting, version_lines(workspace, known))
        return
    number = row_number(argument, known)
    if not number:
        raise BadValue(_("Give the number of a version, for example /versions 1."))
    found = changes_between(workspace, known[number - 1], None, workspace.doc_lang)
    if found is None:
        raise BadValue(_("These versions were kept in no common language."))
    say_lines(sitting, [to_text(found, wrap=None).rstrip("\n")])
