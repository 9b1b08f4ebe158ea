"""The check of health as page, line mode and command give it: answers read, what is shown of them, points made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.guide.health_statements import Statement, health_lists, statements
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.health import (
    ANSWERS,
    FEW,
    HealthCount,
    health_answers,
    health_changes,
    health_counts,
    respondents,
)
from tui.partnership.ids import new_id
from tui.partnership.meetings import POINTS
from tui.partnership.values import ORDER, Change, order_behind
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace, current_moment


def asked_statements(*, short: bool = False, more: bool = False) -> tuple[Statement, ...]:
    """Return the statements that are asked: the three lists, nine where time is `short`, two `more` if wanted."""
    return tuple(one for one in statements() if (one.short or not short) and (more or not one.more))


def statement_named(text: str) -> Statement:
    """Return the statement of that id, or number among those asked (from 1). Raises BadValue for none."""
    listed = asked_statements(more=True)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(listed):
        return listed[int(text) - 1]
    found = next((one for one in listed if one.id == text), None)
    if found is None:
        raise BadValue(_("There is no statement “{name}”: there are {n}.").format(name=text, n=len(listed)))
    return found


def answer_code(workspace: Workspace, text: str) -> str:
    """Return the code of the answer that `text` says in either language. Raises BadValue for anything else."""
    guide = workspace.guide
    for code in ANSWERS:
        if fold(text) in {fold(said) for said in (code, *guide.words_of("health_answer", code))}:
            return code
    there = ", ".join(guide.choice("health_answer", code, workspace.lang) for code in ANSWERS)
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=text, choices=there))


def note_health(
    workspace: Workspace, partner: str, answers: Sequence[tuple[str, str]], *, shared: bool = False
) -> None:
    """Note a partner's answers (statement id, code); they stay private but for what `health_counts` shows."""
    changes = health_changes(workspace.partnership, partner, answers, current_moment()[:10], shared=shared)
    workspace.edits.end_stretch()
    workspace.edit(changes)


def statement_lines(workspace: Workspace, partner: str = "", *, short: bool = False) -> Iterator[str]:
    """Yield the statements by number, list by list; with a partner's answers beside them where one is given."""
    lang, guide = workspace.lang, workspace.guide
    given = health_answers(workspace.partnership, partner) if partner else {}
    printed = {section.id: section for section in workspace.agreement.sections}
    numbers = {one.id: number for number, one in enumerate(asked_statements(more=True), 1)}
    for name, title in health_lists():
        yield title.get(lang)
        for one in asked_statements(short=short):
            if one.list != name:
                continue
            row = given.get(one.id)
            answer = guide.choice("health_answer", row.get("answer"), lang) if row is not None else ""
            said = printed.get(one.section)
            text = _("the text says it: {section}").format(section=said.heading) if said is not None else ""
            behind = " · ".join(filter(None, (answer, text)))
            yield f"{numbers[one.id]}. {one.words.get(lang)}" + (f" ({behind})" if behind else "")


def count_line(workspace: Workspace, one: HealthCount) -> str:
    """« Nos objectifs sont clairs et à notre portée. 2 oui, 1 pas encore »."""
    guide, lang = workspace.guide, workspace.lang
    told = [
        f"{one.counts[code]} {guide.choice('health_answer', code, lang)}" for code in ANSWERS if one.counts.get(code)
    ]
    return f"{one.statement.words.get(lang)} {', '.join(told)}"


def result_lines(workspace: Workspace) -> Iterator[str]:
    """Yield what may be shown: below three answers nothing but how many there are, above it counts without names."""
    found = health_counts(workspace.partnership)
    if not found:
        told = respondents(workspace.partnership)
        yield _("{n} of at least {few} have answered: nothing is shown below that.").format(n=told, few=FEW)
    for one in found:
        yield count_line(workspace, one)


def discuss_statement(workspace: Workspace, one: Statement, who: str = "", due: str = "") -> None:
    """Make a point to discuss of a statement, with who takes it and an ISO date, "" for none."""
    name = new_id()
    lang = workspace.doc_lang
    someone = {"partner": who} if who else None
    cells = {ORDER: order_behind(workspace.partnership, POINTS, "rows"), f"text@{lang}": one.words.get(lang),
             "who": someone, "due": due or None}  # fmt: skip
    changes = tuple(Change(name, POINTS, cell, value, "rows") for cell, value in cells.items() if value)
    workspace.edits.end_stretch()
    workspace.edit(changes)
