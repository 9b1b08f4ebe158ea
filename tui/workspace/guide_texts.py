"""The guide's texts as a person reads them: with commands and sections filled in, and choices explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.commands import command_words
from tui.guide.guide_types import Field, Guide, Question, Words
from tui.guide.placeholders import fill
from tui.i18n import _
from tui.partnership.positions import levels_to_choose
from tui.workspace.workspace import Workspace


def help_of(workspace: Workspace, question: Question, command: Callable[[str], str] = command_words) -> str:
    """Return the help of a question in the interface's language; `command` returns the words for a command's id."""
    return _filled(workspace, question.help, command)


def example_of(workspace: Workspace, question: Question, command: Callable[[str], str] = command_words) -> str:
    """Return the example of a question in the interface's language; `command` is as in `help_of`."""
    return _filled(workspace, question.example, command)


def private_notice(workspace: Workspace, question: Question) -> str:
    """Return the guide's notice on private answers; "" for a question whose answer is public."""
    return workspace.guide.private_notice.get(workspace.lang) if question.private else ""


def choice_meanings(workspace: Workspace, field: Field) -> Iterator[str]:
    """Yield a line for each choice of a field, and for each of its terms, that the guide explains."""
    guide, lang = workspace.guide, workspace.lang
    for name in filter(None, (field.choices, field.terms)):
        codes = levels_to_choose(guide, workspace.partnership, "") if name == "position" else guide.choices[name]
        for code in codes:
            meaning = guide.definition(name, code, lang)
            if meaning:
                yield guide.choice(name, code, lang) + _(": ") + meaning


def fill_guide_text(guide: Guide, words: Words, lang: str, command: Callable[[str], str]) -> str:
    """Return a guide text in `lang` outside of any partnership: sections are named by headings, not by numbers."""

    def heading(section_id: str) -> str:
        head = guide.section(section_id)
        return _("“{title}”").format(title=head.heading.get(lang)) if head is not None else section_id

    return fill(words.get(lang), command=command, section=heading)


def _filled(workspace: Workspace, words: Words, command: Callable[[str], str]) -> str:
    """Return a guide text in the open partnership: sections are named by their numbers."""
    return fill(words.get(workspace.lang), command=command, section=workspace.section_number)
