"""The check of health as page, line mode and command give it: answers read, what is shown of them, points made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.health_form import health_form
from tui.guide.health_statements import Statement, health_lists, statements
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.health import (
    ANSWERS,
    FEW,
    HEALTH,
    ROWS,
    HealthCount,
    health_answers,
    health_changes,
    health_counts,
    respondents,
)
from tui.partnership.ids import new_id
from tui.partnership.meetings import POINTS
from tui.partnership.name_references import partner_id
from tui.partnership.partners import active
from tui.partnership.values import ORDER, Change, order_behind
from tui.text.name_matching import fold
from tui.workspace.adoption import read_day
from tui.workspace.meeting_edits import point_marks
from tui.workspace.output_files import OutputFile, document_files
from tui.workspace.workspace import Workspace, current_moment


def asked_statements(*, short: bool = False, more: bool = False) -> tuple[Statement, ...]:
    """Return the statements that are asked: the three lists, nine where time is `short`, two `more` if wanted."""
    return tuple(
        statement for statement in statements() if (statement.short or not short) and (more or not statement.more)
    )


def statement_named(text: str) -> Statement:
    """Return the statement of that id, or number among those asked (from 1). Raises BadValue for none."""
    listed = asked_statements(more=True)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(listed):
        return listed[int(text) - 1]
    found = next((statement for statement in listed if statement.id == text), None)
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


def note_health(workspace: Workspace, partner: str, answers: Sequence[tuple[str, str]], *, shared: bool) -> None:
    """Note a partner's answers (statement id, code); they stay private but for what `health_counts` shows."""
    changes = health_changes(workspace.partnership, partner, answers, current_moment()[:10], shared=shared)
    workspace.edits.end_typing()
    workspace.edit(changes)


def share_health(workspace: Workspace, partner: str, shared: bool) -> None:
    """Let all answers of a partner count, those about persons too, or no longer. One step of undo."""
    rows = health_answers(workspace.partnership, partner).values()
    changes = [Change(row.id, HEALTH, "shared", shared or None, ROWS, (partner,)) for row in rows]
    workspace.edits.end_typing()
    workspace.edit(changes)


def read_taker(workspace: Workspace, text: str) -> tuple[str, str]:
    """Return the partner (its id) and the ISO day of « who ; by when », each "" where it is left out.

    Raises BadValue where a name is no partner's, or the day is none.
    """
    name, _mark, day = (piece.strip() for piece in text.partition(";"))
    who = partner_id(workspace.partnership, name) if name else ""
    return who, read_day(day, workspace.lang) if day else ""


def statement_lines(workspace: Workspace, partner: str = "", *, short: bool = False) -> Iterator[str]:
    """Yield the statements by number, list by list; with a partner's answers beside them where one is given."""
    lang, guide = workspace.lang, workspace.guide
    given = health_answers(workspace.partnership, partner) if partner else {}
    printed = {section.id: section for section in workspace.agreement.sections}
    numbers = {statement.id: number for number, statement in enumerate(asked_statements(more=True), 1)}
    for name, title in health_lists():
        yield title.get(lang)
        for statement in asked_statements(short=short):
            if statement.list != name:
                continue
            row = given.get(statement.id)
            answer = guide.choice("health_answer", row.get("answer"), lang) if row is not None else ""
            said = printed.get(statement.section)
            text = _("the text says it: {section}").format(section=said.heading) if said is not None else ""
            behind = " · ".join(filter(None, (answer, text)))
            yield f"{numbers[statement.id]}. {statement.words.get(lang)}" + (f" ({behind})" if behind else "")


def count_line(workspace: Workspace, health_count: HealthCount) -> str:
    """« Nos objectifs sont clairs et à notre portée. 2 oui, 1 pas encore »."""
    guide, lang = workspace.guide, workspace.lang
    told = [
        f"{health_count.counts[code]} {guide.choice('health_answer', code, lang)}"
        for code in ANSWERS
        if health_count.counts.get(code)
    ]
    return f"{health_count.statement.words.get(lang)} {', '.join(told)}"


def result_lines(workspace: Workspace) -> Iterator[str]:
    """Yield what may be shown: below three answers nothing but how many there are, above it counts without names."""
    found = health_counts(workspace.partnership)
    if not found:
        told = respondents(workspace.partnership)
        yield _("{n} of at least {few} have answered: nothing is shown below that.").format(n=told, few=FEW)
    for health_count in found:
        yield count_line(workspace, health_count)


def discuss_statement(workspace: Workspace, statement: Statement, who: str, due: str) -> None:
    """Make a point to discuss of a statement, with the id of the partner who takes it and an ISO date, "" for none.

    Once a text is adopted the point is for the table alone: it changes no word of the text.
    """
    name = new_id()
    lang = workspace.doc_lang
    someone = {"partner": who} if who else None
    cells = {ORDER: order_behind(workspace.partnership, POINTS, "rows"), f"text@{lang}": statement.words.get(lang),
             "who": someone, "due": due or None, **point_marks(workspace)}  # fmt: skip
    changes = tuple(Change(name, POINTS, cell, value, "rows") for cell, value in cells.items() if value)
    workspace.edits.end_typing()
    workspace.edit(changes)


def text_place(workspace: Workspace, statement: Statement) -> tuple[str, str]:
    """Return the question that changes what the text says of a statement, and its short name; ("", "") for none.

    « gather.lead », « Pilotage »: where those who discuss it want another text, they write there.
    """
    for question in workspace.guide.by_id.values():
        if statement.section and statement.section in question.sections and not question.private:
            return question.id, question.short.get(workspace.lang)
    return "", ""


def change_words(workspace: Workspace, statement: Statement) -> str:
    """« Pour changer ce que le texte en dit : Pilotage (gather.lead). »; "" where the text says nothing of it."""
    question, name = text_place(workspace, statement)
    said = _("To change what the text says of it: {name} ({question}).")
    return said.format(name=name, question=question) if question else ""


def form_files(workspace: Workspace, whose: str = "", *, short: bool = False) -> tuple[OutputFile, ...]:
    """Return the check of health to be filled in, as Word and PDF: for one partner in its language, for all where "".

    One that bears no name goes with them, for a meeting. A partner that may not be named yet gets none of its own.
    """
    statements = asked_statements(short=short)
    day, view, guide = current_moment()[:10], workspace.view, workspace.guide
    made: list[OutputFile] = []
    named = [partner for partner in active(view) if partner.name(workspace.doc_lang) and whose in ("", partner.id)]
    for partner in named:
        lang = language_of(workspace.partnership, partner.id, workspace.doc_lang)
        text = health_form(guide, view, statements, day, lang, partner.name(lang))
        made += document_files(text, partner.short(lang))
    if not whose:
        made += document_files(health_form(guide, view, statements, day, workspace.doc_lang))
    if not made:
        raise BadValue(_("This partner may not be named yet: it gets no form of its own."))
    return tuple(made)
