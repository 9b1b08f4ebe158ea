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
    """Say the help of the question, and how its prompt is answered."""
    say_lines(conversation, prompt_text.help_lines(conversation.workspace, conversation.walk, conversation.spot))
    say_lines(conversation, filter(None, [prompt_text.how_to_answer(conversation.prompt)]))
    conversation.talk.say(_("/commands lists the commands."))


def commands(conversation: Conversation, argument: str) -> None:
    """Say the list of commands."""
    conversation.talk.say(_("A command begins with / or with a dot; it may be given at any prompt."))
    say_lines(conversation, typed_commands.command_lines())


def repeat(conversation: Conversation, argument: str) -> None:
    """Say the question again."""
    conversation.again()


def plan(conversation: Conversation, argument: str) -> None:
    """Say all questions and how far each is."""
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
    """Say the list of kept versions of the document, or what changed since one of them.

    `argument` is the number of that version in the list, "" for the list. Raises BadValue for another number.
    """
    workspace = conversation.workspace
    kept_versions = versions_of(workspace, conversation.store)
    if not argument:
        say_lines(conversation, version_lines(workspace, kept_versions))
        return
    number = row_number(argument, kept_versions)
    if not number:
        raise BadValue(_("Give the number of a version, for example /versions 1."))
    present_text = None
    comparison = changes_between(workspace, kept_versions[number - 1], present_text, workspace.doc_lang)
    if comparison is None:
        raise BadValue(_("These versions were kept in no common language."))
    say_lines(conversation, [spoken_changes(workspace, comparison)])


def spoken_changes(workspace: Workspace, comparison: Agreement) -> str:
    """Return a comparison made by `compare` to be read aloud: « [ajouté : nouveau] » instead of « +nouveau+ »."""
    # The paragraph that explains the signs is left out, since no sign is left.
    signs_explained = workspace.guide.word("how_to_read", comparison.lang)
    preamble = tuple(
        block
        for block in comparison.preamble
        if not (isinstance(block, Paragraph) and runs_text(block.runs) == signs_explained)
    )
    sections = tuple(replace(section, heading=_spoken_heading(section.heading)) for section in comparison.sections)
    without_signs: Agreement = map_text(replace(comparison, preamble=preamble, sections=sections), _spoken_run, Run)
    return to_text(without_signs, wrap=None).rstrip("\n")


def _spoken_heading(text: str) -> str:
    """Return a heading to be read aloud; in a comparison it has its sign only before it: « + 3. Rôles »."""
    if not text.startswith((f"{ADDED} ", f"{REMOVED} ")):
        return text
    sign = text[0]
    return _without_signs(text + sign)  # which expects the sign at the end too


def _spoken_run(run: Run) -> Run:
    """Return a run of a comparison to be read aloud; words taken out are struck, words put in are strong."""
    return Run(_without_signs(run.text)) if run.strike or run.strong else run


def _without_signs(text: str) -> str:
    """Return words between signs, such as « +nouveau+ », as « [ajouté : nouveau] »; any other text unchanged."""
    sign, words = text[:1], text[1:-1]
    is_between_signs = sign in (ADDED, REMOVED) and text.endswith(sign)
    if not words or not is_between_signs:
        return text
    return "[" + (_("put in") if sign == ADDED else _("taken out")) + _(": ") + words.strip() + "]"
