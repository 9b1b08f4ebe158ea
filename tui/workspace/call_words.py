"""Calls in words, for pages, line mode and commands: the sheet to read before a call, and the list of last contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.fast_dataclass import dataclass
from tui.form.form_words import short_name
from tui.guide.guide_types import Guide
from tui.i18n import _, ngettext
from tui.partnership.answer_list import answer_list
from tui.partnership.call_sheet import CallSheet, call_sheet, open_steps
from tui.partnership.calls import BY_ANSWER, BY_CALL, BY_MEETING, CALLS, Call, Contact, last_contacts
from tui.partnership.conditions import CONDITIONS
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.meetings import POINTS
from tui.partnership.partners import WHO, active
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_by, format_date, format_on
from tui.workspace.awaited_answers import answer_date, answer_line, group_title
from tui.workspace.condition_words import condition_date, condition_text
from tui.workspace.workspace import Workspace

_DAYS_IF_NEVER = 10**6  # longer ago than any contact
_PERSON_CELLS = ("name", "title", "phone", "email")  # in the order in which they are shown


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet before a call, and where it comes from: the ids of question, entry and field, "" for none."""

    text: str
    question: str = ""
    entry: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A heading of the sheet before a call, with its lines."""

    title: str
    lines: tuple[SheetLine, ...]


def sheet_of(workspace: Workspace, partner: str, day: str) -> CallSheet:
    """Return the sheet to read on an ISO day before a call with a partner (its id)."""
    return call_sheet(workspace.guide, workspace.partnership, partner, day, workspace.lang)


def sheet_parts(workspace: Workspace, sheet: CallSheet, day: str) -> Iterator[SheetPart]:
    """Yield the headings of the sheet that have lines, in the order in which a call goes."""
    lang = workspace.lang
    parts = (
        (_("To do with this partner"), [
            *(SheetLine(step_words(row, lang), CALLS, row.id, "next") for row in sheet.steps),
            *(SheetLine(_in_line(row.text("text", lang)), POINTS, row.id, "text") for row in sheet.points),
        ]),
        (_("Its people"), [_person(workspace, row) for row in sheet.people]),
        (_("What it was asked"), _asked(workspace, sheet.partner, day)),
        (_("What it answered"), [
            SheetLine(answer.words, answer.entry.question, answer.entry.id) for answer in sheet.answered
        ]),
        (_("What it was promised"), [_promise(workspace, row) for row in sheet.promised]),
        (_("Still to be asked"), [
            *(_condition(workspace, row) for row in sheet.conditions),
            *(SheetLine(question.text.get(lang), question.id) for question in sheet.to_ask if question.id != WHO),
        ]),
        (_("Earlier calls"), [SheetLine(call_words(workspace.guide, call, lang), CALLS, call.entry, "text")
                              for call in sheet.calls]),
    )  # fmt: skip
    for title, lines in parts:
        if lines:
            yield SheetPart(title, tuple(lines))


def _in_line(text: str) -> str:
    """Return a text of several lines as one line."""
    return " ".join(text.split())


def _person(workspace: Workspace, row: Entry) -> SheetLine:
    """Return a person with title, telephone and address."""
    facts = [
        row.text(cell, workspace.lang) if cell in ("name", "title") else str(row.get(cell, ""))
        for cell in _PERSON_CELLS
    ]
    return SheetLine(" · ".join(filter(None, map(_in_line, facts))), WHO, row.id, "name")


def _asked(workspace: Workspace, partner: str, day: str) -> list[SheetLine]:
    """Return what a partner was asked, and how far its answer is; [] where it was asked nothing."""
    answers = answer_list(workspace.partnership, workspace.public.answers, day)
    lines = []
    for answer in answers:
        if answer.partner == partner and (answer.asked_on or answer.answer is not None):
            asked_words = (
                _("asked {date}").format(date=format_on(answer.asked_on, workspace.lang)) if answer.asked_on else ""
            )
            words = (
                group_title(answer.group),
                answer_line(workspace, answer),
                asked_words,
                answer_date(workspace, answer),
            )
            lines.append(SheetLine(" · ".join(filter(None, words)), "commit.consensus"))
    return lines


def _condition(workspace: Workspace, row: Entry) -> SheetLine:
    """Return « oui si la salle est libre, d'ici le 3 mars 2027 »: a condition of the partner that is not met yet."""
    words = condition_text(workspace.guide, row, workspace.lang), condition_date(workspace, row)
    return SheetLine(", ".join(filter(None, words)), CONDITIONS, row.id, "text")


def _promise(workspace: Workspace, row: Entry) -> SheetLine:
    """Return what was promised, with its amount where it has one."""
    part = workspace.guide.question(row.question).part(row.part)
    assert part is not None and part.main is not None
    text = _in_line(row.text(part.main.id, workspace.lang))
    amount = part.field("amount")
    if amount is not None and row.get("amount"):
        reading = ParseContext(workspace.guide, workspace.partnership, workspace.lang)
        text = " · ".join(filter(None, (text, str(format_value(reading, amount, row.get("amount"))))))
    return SheetLine(text, row.question, row.id, part.main.id)


def step_words(row: Entry, lang: str) -> str:
    """Return « rappeler Solange, d'ici le 3 mars 2027 », what is to be done after a call; "" for nothing."""
    text, on = _in_line(row.text("next", lang)), str(row.get("next_on", ""))
    return ", ".join(filter(None, (text, format_by(on, lang) if on else "")))


def call_words(guide: Guide, call: Call, lang: str) -> str:
    """Return a call in one line: « 5 janvier 2027 · on s'est parlé · Ida → Solange · offre une salle »."""
    who = " → ".join(filter(None, (call.caller, call.called)))
    outcome = guide.choice("call_outcome", call.outcome, lang) if call.outcome else ""
    date = format_date(call.on, lang) if call.on else _("without a date")
    return " · ".join(filter(None, (date, outcome, who, _in_line(call.text))))


def contact_words(contact: Contact | None, day: str, lang: str) -> str:
    """Return the last contact as seen on an ISO day: « il y a 12 jours (un appel, 29 janvier 2027) »."""
    if contact is None:
        return _("never reached")
    days = contact.days_until(day)
    ago = ngettext("{n} day ago", "{n} days ago", days).format(n=days) if days else _("today")
    by = {BY_CALL: _("a call"), BY_ANSWER: _("an answer"), BY_MEETING: _("a meeting")}[contact.by]
    return _("{ago} ({by}, {date})").format(ago=ago, by=by, date=format_date(contact.on, lang))


def sheet_lines(workspace: Workspace, sheet: CallSheet, day: str) -> Iterator[str]:
    """Yield the sheet before a call as lines of text: the last contact, then each heading with its lines."""
    name = short_name(workspace.partnership, sheet.partner, workspace.lang)
    yield _(": ").join((name, contact_words(sheet.contact, day, workspace.lang)))
    for part in sheet_parts(workspace, sheet, day):
        yield part.title
        yield from (f"  – {line.text}" for line in part.lines)


def sheet_data(workspace: Workspace, sheet: CallSheet, day: str) -> dict[str, Any]:
    """Return the sheet before a call as JSON values: the last contact, and each heading with its lines."""
    contact = sheet.contact
    return {
        "partner": sheet.partner,
        "name": short_name(workspace.partnership, sheet.partner, workspace.lang),
        "on": contact.on if contact is not None else None,
        "days": contact.days_until(day) if contact is not None else None,
        "calls": [
            {
                name: getattr(call, name)
                for name in ("entry", "on", "outcome", "caller", "called", "text", "next", "next_on")
            }
            for call in sheet.calls
        ],
        "parts": [
            {
                "title": part.title,
                "lines": [{"text": line.text, "question": line.question, "entry": line.entry} for line in part.lines],
            }
            for part in sheet_parts(workspace, sheet, day)
        ],
    }


# -- one list over all partnerships ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactLine:
    """When a partner of a partnership was last reached, and what is to be done after the calls with it."""

    partnership: str  # its id
    title: str  # of the partnership
    partner: str  # its id
    name: str  # of the partner
    contact: Contact | None  # None where it was never reached
    steps: tuple[str, ...]  # what is to be done, in words


def contact_list(partnership: Partnership, title: str, day: str, lang: str) -> tuple[ContactLine, ...]:
    """Return a line for each partner of a partnership; () where nobody was ever reached and nothing is to be done."""
    contacts = last_contacts(partnership, day)
    lines = []
    for partner in active(partnership):
        steps = tuple(step_words(row, lang) for row in open_steps(partnership, partner.id))
        name = short_name(partnership, partner.id, lang)
        lines.append(ContactLine(partnership.id, title, partner.id, name, contacts.get(partner.id), steps))
    return tuple(lines) if any(line.contact is not None or line.steps for line in lines) else ()


def longest_first(lines: Iterable[ContactLine], day: str) -> tuple[ContactLine, ...]:
    """Return the lines of several partnerships in one order: never reached first, then the longest ago."""

    def days_ago(line: ContactLine) -> int:
        return line.contact.days_until(day) if line.contact else _DAYS_IF_NEVER

    return tuple(sorted(lines, key=lambda line: (-days_ago(line), line.name)))


def contact_line_words(line: ContactLine, day: str, lang: str, *, titled: bool) -> str:
    """Return a line of the list: the partner, with `titled` its partnership, then what is to be done."""
    where = f"{line.name} ({line.title})" if titled and line.title else line.name
    return " · ".join((where, *line.steps))


def contact_data(line: ContactLine, day: str) -> dict[str, Any]:
    """Return one line of the list as JSON values: ISO dates, null where a partner was never reached."""
    contact = line.contact
    return {
        "partnership": line.partnership,
        "title": line.title,
        "partner": line.partner,
        "name": line.name,
        "on": contact.on if contact is not None else None,
        "by": contact.by if contact is not None else None,
        "days": contact.days_until(day) if contact is not None else None,
        "next": list(line.steps),
    }
