"""A partner or a person who leaves: the date and notice, what becomes of each role, the letter; history keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.compose import title
from tui.agreement.phrasing import Phrasing
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.name_references import partner_id
from tui.partnership.partners import LEFT_AS, PEOPLE, WHO, WITHDRAWN, partner, people
from tui.partnership.roles import Role, replaced, roles_of
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind
from tui.text.dates import format_date, format_on
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace

DEPARTURES, ROWS = "follow.departures", "rows"


@dataclass(frozen=True, slots=True)
class Departure:
    """What is said of a partner that leaves: the ISO day it ends, that of its notice ("" for none), and the reason.

    `honoured` tells whether the notice that the text asks for was kept, None where nothing was said; the reason stays
    private unless `told`.
    """

    partner: str
    day: str
    notice: str = ""
    honoured: bool | None = None
    reason: str = ""
    told: bool = False


def leaving_partner(partnership: Partnership, text: str) -> str:
    """Return the id of the partner that `text` names. Raises BadValue for one that left already, or for none."""
    name = partner_id(partnership, text)
    one = partner(partnership, name)
    if one is None or one.status in ("declined", WITHDRAWN):
        raise BadValue(_("“{name}” has left already.").format(name=text))
    return name


def open_roles(workspace: Workspace, name: str) -> tuple[Role, ...]:
    """Return what a partner or a person does that is still to be settled, role by role."""
    return roles_of(workspace.guide, workspace.partnership, name)


def role_words(workspace: Workspace, role: Role) -> str:
    """« Pilotage, organisme : tient la coordination »: a role in a line, in the interface's language."""
    guide, lang = workspace.guide, workspace.lang
    question = guide.question(role.question)
    part = question.part(role.part)
    field = part.field(role.field) if part is not None else None
    entry = workspace.partnership.entry(role.entry)
    texts = (entry.text(one.id, lang) for one in part.fields if one.kind in TEXT_KINDS) if entry and part else ()
    text = next(filter(None, texts), "")
    label = field.label.get(lang) if field is not None else ""
    heads = ", ".join(filter(None, (question.short.get(lang), label[:1].lower() + label[1:])))
    return _(": ").join(filter(None, (heads, " ".join(text.split()))))


def note_departure(workspace: Workspace, leaving: Departure) -> None:
    """Note that a partner leaves: its status, the day, and what is said of notice and reason. One step of undo."""
    one = partner(workspace.partnership, leaving.partner)
    if one is None:
        raise BadValue(_("There is no such partner."))
    subject = (leaving.partner,)
    cells = {"status": WITHDRAWN, "until": leaving.day, LEFT_AS: one.status}
    changes = [Change(leaving.partner, WHO, cell, value, "", subject) for cell, value in cells.items()]
    if leaving.reason:
        field = "status_reason"
        changes.append(Change(leaving.partner, WHO, f"{field}@{workspace.doc_lang}", leaving.reason, "", subject))
    name = new_id()
    facts = {
        ORDER: order_behind(workspace.partnership, DEPARTURES, ROWS),
        "notice": leaving.notice,
        "honoured": {True: "yes", False: "no", None: ""}[leaving.honoured],
    }
    if leaving.told and leaving.reason:
        facts[f"reason@{workspace.doc_lang}"] = leaving.reason
    if any(value for cell, value in facts.items() if cell != ORDER):
        changes += [Change(name, DEPARTURES, cell, value, ROWS, subject) for cell, value in facts.items() if value]
    workspace.edits.end_stretch()
    workspace.edit(tuple(changes))


def settle_role(workspace: Workspace, role: Role, old: str, new: str) -> None:
    """Put `new` (an id, "" for nobody) where a role names `old`."""
    change = replaced(workspace.guide, workspace.partnership, role, old, new)
    if change is not None:
        workspace.edits.end_stretch()
        workspace.edit((change,))


def person_named(partnership: Partnership, owner: str, text: str) -> Entry:
    """Return the person of a partner whose name is `text`. Raises BadValue that names those there are."""
    known = people(partnership, owner)
    found = [row for row in known if row.id == text or fold(str(row.get("name", ""))) == fold(text)]
    if len(found) != 1:
        there = ", ".join(str(row.get("name", "")) for row in known) or _("nobody")
        raise BadValue(_("“{name}” is nobody of this partner. There are: {names}.").format(name=text, names=there))
    return found[0]


def replace_person(workspace: Workspace, old: Entry, new_name: str) -> Iterator[str]:
    """Put a new person in every role of one who leaves, and yield each role; past signatures keep the old name.

    The one who leaves stays in the history: the row is taken out, and its duties go to the new one.
    """
    name = new_id()
    taken = {cell: old.get(cell) for cell in ("accountable", "signs", "#order") if old.get(cell)}
    cells = {"name": new_name, **taken}
    changes = [Change(name, WHO, cell, value, PEOPLE, old.subject) for cell, value in cells.items()]
    roles = open_roles(workspace, old.id)
    told = [role_words(workspace, role) for role in roles]
    for role in roles:
        change = replaced(workspace.guide, workspace.partnership, role, old.id, name)
        changes += [change] if change is not None else []
    changes.append(Change(old.id, WHO, "#removed", True, PEOPLE, old.subject))
    workspace.edits.end_stretch()
    workspace.edit(tuple(changes))
    yield from told


def departure_letter(workspace: Workspace, leaving: Departure) -> Letter:
    """Return the letter that confirms a departure, in the document's language; the reason only where it may be told."""
    guide, lang, view = workspace.guide, workspace.doc_lang, workspace.view
    phrasing = Phrasing(guide, view, lang)
    name, named = title(guide, view, lang), phrasing.name(leaving.partner)
    lines = [guide.word("letter_hello", lang)]
    lines.append(guide.word("leaving_from", lang, name=named, title=name, date=format_on(leaving.day, lang)))
    if leaving.notice:
        lines.append(guide.word("leaving_notice", lang, date=format_date(leaving.notice, lang)))
    if leaving.told and leaving.reason:
        lines.append(guide.word("leaving_reason", lang, text=leaving.reason))
    lines += [guide.word("leaving_roles", lang), guide.word("leaving_bye", lang)]
    subject = guide.word("leaving_subject", lang, name=named, title=name)
    return Letter(subject, "\n\n".join(lines) + "\n")
