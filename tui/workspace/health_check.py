"""The health check of a partnership (statements that partners agree with or not), for page, line mode and command.

Answers are private; only counts are shown, and only of statements that enough partners have answered.
"""

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
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.adoption import read_day
from tui.workspace.meeting_edits import point_marks
from tui.workspace.output_files import OutputFile, document_files
from tui.workspace.workspace import Workspace, current_moment


def asked_statements(*, short: bool = False, more: bool = False) -> tuple[Statement, ...]:
    """Return the statements that are asked, list by list: with `short` only those for when there is little time.

    Optional statements are among them only with `more`.
    """
    return tuple(
        statement for statement in statements() if (statement.short or not short) and (more or not statement.more)
    )


def statement_named(text: str) -> Statement:
    """Return the statement of an id, or of a number (from 1) among all statements. Raises BadValue for none."""
    all_statements = asked_statements(more=True)
    if number := list_number(text, len(all_statements)):
        return all_statements[number - 1]
    statement = next((statement for statement in all_statements if statement.id == text), None)
    if statement is None:
        raise BadValue(_("There is no statement “{name}”: there are {n}.").format(name=text, n=len(all_statements)))
    return statement


def answer_code(workspace: Workspace, text: str) -> str:
    """Return the code of the answer that `text` is, as its code or in the words of either language.

    Raises BadValue for anything else.
    """
    guide = workspace.guide
    for code in ANSWERS:
        if fold(text) in {fold(words) for words in (code, *guide.words_of("health_answer", code))}:
            return code
    choices = ", ".join(guide.choice("health_answer", code, workspace.lang) for code in ANSWERS)
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=text, choices=choices))


def note_health(workspace: Workspace, partner: str, answers: Sequence[tuple[str, str]], *, shared: bool) -> None:
    """Note a partner's answers, each as (statement id, code); they are private, only `health_counts` counts them.

    `partner` is its id. With `shared` its answers to statements about persons are counted too.
    """
    changes = health_changes(workspace.partnership, partner, answers, current_moment()[:10], shared=shared)
    workspace.edits.end_typing()
    workspace.edit(changes)


def share_health(workspace: Workspace, partner: str, *, shared: bool) -> None:
    """Set whether a partner's answers to statements about persons are counted too. It is one step of undo."""
    rows = health_answers(workspace.partnership, partner).values()
    changes = [Change(row.id, HEALTH, "shared", shared or None, ROWS, (partner,)) for row in rows]
    workspace.edits.end_typing()
    workspace.edit(changes)


def read_taker(workspace: Workspace, text: str) -> tuple[str, str]:
    """Return (partner id, ISO day) of « who ; by when », each "" where it is left out.

    Raises BadValue where the name means no partner or several, and where the day is no day.
    """
    name, _semicolon, day = (piece.strip() for piece in text.partition(";"))
    taker_id = partner_id(workspace.partnership, name) if name else ""
    return taker_id, read_day(day, workspace.lang) if day else ""


def statement_lines(workspace: Workspace, partner: str = "", *, short: bool = False) -> Iterator[str]:
    """Yield the statements with their numbers under the titles of their lists; `short` as in `asked_statements`.

    Behind each is the answer of `partner` (an id, "" for none) and the section of the text that speaks of it.
    """
    lang, guide = workspace.lang, workspace.guide
    answers = health_answers(workspace.partnership, partner) if partner else {}
    headings = {section.id: section.heading for section in workspace.agreement.sections}
    numbers = {statement.id: number for number, statement in enumerate(asked_statements(more=True), 1)}
    for list_id, title in health_lists():
        yield title.get(lang)
        for statement in asked_statements(short=short):
            if statement.list != list_id:
                continue
            row = answers.get(statement.id)
            answer = guide.choice("health_answer", row.get("answer"), lang) if row is not None else ""
            heading = headings.get(statement.section)
            place = _("the text says it: {section}").format(section=heading) if heading is not None else ""
            remarks = " · ".join(filter(None, (answer, place)))
            yield f"{numbers[statement.id]}. {statement.words.get(lang)}" + (f" ({remarks})" if remarks else "")


def count_line(workspace: Workspace, health_count: HealthCount) -> str:
    """Return a statement with how many gave each answer: « Nos objectifs sont clairs… 2 oui, 1 pas encore »."""
    guide, lang = workspace.guide, workspace.lang
    answer_counts = [
        f"{health_count.counts[code]} {guide.choice('health_answer', code, lang)}"
        for code in ANSWERS
        if health_count.counts.get(code)
    ]
    return f"{health_count.statement.words.get(lang)} {', '.join(answer_counts)}"


def result_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the counts, without names, of each statement that has at least FEW answers.

    Without any such statement it yields how many partners have answered something.
    """
    counts = health_counts(workspace.partnership)
    if not counts:
        count = respondents(workspace.partnership)
        yield _("{n} of at least {few} have answered: nothing is shown below that.").format(n=count, few=FEW)
    for health_count in counts:
        yield count_line(workspace, health_count)


def discuss_statement(workspace: Workspace, statement: Statement, who: str, due: str) -> None:
    """Make a point to discuss of a statement; `who` is the id of the partner who takes it, `due` an ISO date, or "".

    After an adoption the point is not printed in the text.
    """
    row_id = new_id()
    lang = workspace.doc_lang
    someone = {"partner": who} if who else None
    cells = {ORDER: order_behind(workspace.partnership, POINTS, "rows"), f"text@{lang}": statement.words.get(lang),
             "who": someone, "due": due or None, **point_marks(workspace)}  # fmt: skip
    changes = tuple(Change(row_id, POINTS, cell, value, "rows") for cell, value in cells.items() if value)
    workspace.edits.end_typing()
    workspace.edit(changes)


def text_place(workspace: Workspace, statement: Statement) -> tuple[str, str]:
    """Return (id, short name) of the question whose answer prints what a statement is about.

    For instance ("gather.lead", « Pilotage »); ("", "") where the text says nothing of it.
    """
    for question in workspace.guide.by_id.values():
        if statement.section and statement.section in question.sections:
            return question.id, question.short.get(workspace.lang)
    return "", ""


def change_words(workspace: Workspace, statement: Statement) -> str:
    """Return « Pour changer ce que le texte en dit : Pilotage (gather.lead). »; "" where the text says nothing."""
    question_id, name = text_place(workspace, statement)
    sentence = _("To change what the text says of it: {name} ({question}).")
    return sentence.format(name=name, question=question_id) if question_id else ""


def form_files(workspace: Workspace, whose: str = "", *, short: bool = False) -> tuple[OutputFile, ...]:
    """Return the health check to be filled in, as Word and PDF, for the partner `whose` (an id) in its language.

    For "" there is one for each partner that may be named, and one without a name, for a meeting. Raises BadValue where
    the partner may not be named yet.
    """
    statements_asked = asked_statements(short=short)
    day, view, guide = current_moment()[:10], workspace.view, workspace.guide
    files: list[OutputFile] = []
    named_partners = [partner for partner in active(view) if partner.name(workspace.doc_lang)]
    addressees = [partner for partner in named_partners if whose in ("", partner.id)]  # "" for all of them
    for partner in addressees:
        lang = language_of(workspace.partnership, partner.id, workspace.doc_lang)
        form = health_form(guide, view, statements_asked, day, lang, partner.name(lang))
        files += document_files(form, partner.short(lang))
    if not whose:
        files += document_files(health_form(guide, view, statements_asked, day, workspace.doc_lang))
    if not files:
        raise BadValue(_("This partner may not be named yet: it gets no form of its own."))
    return tuple(files)
