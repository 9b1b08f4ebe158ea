"""The commands of line mode that read something out: the help, the plan, a step, the review, the document, versions.

A command function gets the conversation, and the argument: the words typed behind the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.agreement.blocks import Agreement, Paragraph, Run
from tui.agreement.levels_table import levels_document
from tui.comparison.compare import ADDED, REMOVED
from tui.export.legible_text import map_text
from tui.export.page_layout import runs_text
from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode import prompt_text, step_lines, typed_commands
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.workspace.awaited_answers import version_lines
from tui.workspace.kept_versions import changes_between, versions_of
from tui.workspace.typed_values import row_number
from tui.workspace.workspace import Workspace


def say_lines(conversation: Conversation, lines: Iterable[str]) -> None:
    """Say each of `lines`, in order."""
    for line in lines:
        conversation.talk.say(line)


def help_(conversation: Conversation, argument: str) -> None:
    """Read out the help of the question, and how its prompt is answered."""
    say_lines(conversation, prompt_text.help_lines(conversation.workspace, conversation.walk, conversation.spot))
    say_lines(conversation, filter(None, [prompt_text.how_to_answer(conversation.prompt)]))
    conversation.talk.say(_("/commands lists the commands."))


def commands(conversation: Conversation, argument: str) -> None:
    """Read out the list of commands."""
    conversation.talk.say(_("A command begins with / or with a dot; it may be given at any prompt."))
    say_lines(conversation, typed_commands.command_lines())


def repeat(conversation: Conversation, argument: str) -> None:
    """Say the question again."""
    conversation.again()


def plan(conversation: Conversation, argument: str) -> None:
    """Read out all questions and how far each is."""
    say_lines(conversation, prompt_text.plan_lines(conversation.workspace))


def step(conversation: Conversation, argument: str) -> None:
    """Read out a step of the guide, row by row."""
    say_lines(conversation, step_lines.step_lines(conversation.workspace, argument, conversation.spot.question))


def missing(conversation: Conversation, argument: str) -> None:
    """Say what the next milestone still needs."""
    say_lines(conversation, prompt_text.missing_lines(conversation.workspace))


def levels(conversation: Conversation, argument: str) -> None:
    """Read out the public table: at which level of involvement each partner is, and what it contributes."""
    workspace = conversation.workspace
    document = levels_document(workspace.guide, workspace.view, workspace.doc_lang, workspace.region)
    conversation.talk.say(to_text(document, wrap=None).rstrip("\n"))


def review(conversation: Conversation, argument: str) -> None:
    """Read out the findings of the review, to be mended before the document is sent."""
    say_lines(conversation, prompt_text.review_lines(conversation.workspace))


def document(conversation: Conversation, argument: str) -> None:
    """Read out the document, or one section of it."""
    say_lines(conversation, [prompt_text.document_text(conversation.workspace, argument).rstrip("\n")])


def copy(conversation: Conversation, argument: str) -> None:
    """Copy the document, or one section of it, to the clipboard."""
    say_lines(
        conversation,
        prompt_text.copy_document(conversation.workspace, argument, conversation.store.address, conversation.settings),
    )


def say_end(conversation: Conversation) -> None:
    """Say what is missing and what to do next, after the last question of the interview."""
    conversation.talk.say(_("That was the last question."))
    missing(conversation, "")
    conversation.talk.say(_("/document reads the document, /go 1 goes back to the first question, /quit leaves."))


def versions(conversation: Conversation, argument: str) -> None:
    """Read out the list of kept versions, or what changed since one of them. Raises BadValue.

    `argument` is the number of that version in the list, "" for the list.
    """
    workspace = conversation.workspace
    kept = versions_of(workspace, conversation.store)
    if not argument:
        say_lines(conversation, version_lines(workspace, kept))
        return
    number = row_number(argument, kept)
    if not number:
        raise BadValue(_("Give the number of a version, for example /versions 1."))
    present = None  # stands for the text as it is now
    comparison = changes_between(workspace, kept[number - 1], present, workspace.doc_lang)
    if comparison is None:
        raise BadValue(_("These versions were kept in no common language."))
    say_lines(conversation, [spoken_changes(workspace, comparison)])


def spoken_changes(workspace: Workspace, comparison: Agreement) -> str:
    """Return a comparison made by `compare` to be read aloud: « [ajouté : nouveau] » instead of « +nouveau+ »."""
    # The paragraph that explains the signs is left out, since no sign is left.
    signs = workspace.guide.word("how_to_read", comparison.lang)
    preamble = tuple(
        block for block in comparison.preamble if not isinstance(block, Paragraph) or runs_text(block.runs) != signs
    )
    sections = tuple(replace(section, heading=_spoken_heading(section.heading)) for section in comparison.sections)
    spoken: Agreement = map_text(replace(comparison, preamble=preamble, sections=sections), _spoken_run, Run)
    return to_text(spoken, wrap=None).rstrip("\n")


def _spoken_heading(text: str) -> str:
    """Return a heading to be read aloud; in a comparison it has its sign only before it: « + 3. Rôles »."""
    # The sign is added at the end too, as `_spoken` expects it.
    return _spoken(text + text[0]) if text.startswith((f"{ADDED} ", f"{REMOVED} ")) else text


def _spoken_run(run: Run) -> Run:
    """Return a run of a comparison to be read aloud; words taken out are struck, words put in are strong."""
    return Run(_spoken(run.text)) if run.strike or run.strong else run


def _spoken(text: str) -> str:
    """Return words between signs, such as « +nouveau+ », as « [ajouté : nouveau] »; any other text unchanged."""
    sign = text[:1]
    if len(text) < 3 or sign != text[-1] or sign not in (ADDED, REMOVED):
        return text
    return "[" + (_("put in") if sign == ADDED else _("taken out")) + _(": ") + text[1:-1].strip() + "]"
