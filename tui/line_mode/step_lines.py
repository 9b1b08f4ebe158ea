"""Makes the lines that say a step of the guide: each partner with its answers, then the answers given once for all."""

from __future__ import annotations

from collections.abc import Iterator

from tui.guide.guide_types import Step
from tui.i18n import _
from tui.partnership.completion import ANSWERED, CONFIRM, DISCUSS, EMPTY, VOID
from tui.partnership.field_kinds import BadValue
from tui.partnership.step_table import Fact, StepTable
from tui.text.name_matching import fold, matches
from tui.workspace.later_steps import plan_words
from tui.workspace.step_pages import table_of
from tui.workspace.workspace import Workspace


def step_lines(workspace: Workspace, wanted: str, present: str) -> Iterator[str]:
    """Yield the lines of the step that `wanted` names by number or letters ("" for that of the question `present`).

    Raises BadValue if there is no such step, or if several may be meant.
    """
    guide, lang = workspace.guide, workspace.lang
    table = table_of(workspace, guide.main_steps[_step_index(workspace, wanted, present)])
    count = _("{done} of {total}").format(done=table.done, total=table.asked)
    number = _("Sub-step {number} of {count}. {title}")
    yield number.format(number=table.number, count=table.count, title=table.step.title.get(lang))
    yield _("Questions answered: {count}.").format(count=count)
    yield guide.asking.get(lang)
    for question in table.step.questions:
        yield f"– {question.text.get(lang)}"
    yield from _partner_lines(table, lang)
    for once_answer in table.once:
        words = once_answer.words or _state_words(once_answer.progress.state)
        yield once_answer.question.short.get(lang) + _(": ") + words
    if table.items:
        yield table.step.statement.get(lang)
        for item in table.items:
            yield item.heading + _(": ") + (_("settled") if item.settled else _("to be specified"))
        yield from (words for _step, words in plan_words(workspace))


def _step_index(workspace: Workspace, wanted: str, present: str) -> int:
    """Return the index of the step among the main steps. Raises BadValue as `step_lines`."""
    steps = workspace.guide.main_steps
    if not wanted:
        step_id = workspace.guide.question(present).step if present else ""
        return next((index for index, step in enumerate(steps) if step.id == step_id), 0)
    if wanted.isascii() and wanted.isdigit():
        indexes = [index for index in range(len(steps)) if wanted.lstrip("0") == str(index + 1)]
    else:
        indexes = [index for index, step in enumerate(steps) if _matches_name(step, wanted)]
    if len(indexes) != 1:
        raise BadValue(_("There are {n} sub-steps: /step 1 reads the first.").format(n=len(steps)))
    return indexes[0]


def _matches_name(step: Step, wanted: str) -> bool:
    """Return whether some letters match the name of a step in either language."""
    texts = (step.short.fr, step.short.en, step.title.fr, step.title.en)
    return bool(fold(wanted)) and any(matches(wanted, text) for text in texts)


def _partner_lines(table: StepTable, lang: str) -> Iterator[str]:
    """Yield one line a partner: « La Boussole. Qui : intéressé. Niveau : pilote. »."""
    for row in table.rows:
        answers = [
            question.column_head.get(lang).rstrip(" ?") + _(": ") + _fact_words(fact)
            for question, fact in zip(table.columns, row.facts, strict=True)
        ]
        yield f"{row.name}. {'. '.join(answers)}."


def _fact_words(fact: Fact) -> str:
    """Return an answer in words, with its mark: « pilote (to discuss) »."""
    mark = {CONFIRM: _("to confirm"), DISCUSS: _("to discuss")}.get(fact.state, "")
    return f"{fact.words} ({mark})" if mark else fact.words


def _state_words(state: str) -> str:
    """Return the words for the state of a question that has no answer to read out."""
    return {VOID: _("not applicable"), EMPTY: _("no answer yet"), ANSWERED: "–"}.get(state, _("in progress"))
