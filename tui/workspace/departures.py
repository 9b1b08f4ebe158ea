"""The departure of a partner or a person: date and notice, who takes over each role, the letter that confirms it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.agreement.compose import title
from tui.agreement.phrasing import Phrasing
from tui.export.formats import Rendered, plain_name
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _, language
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.name_references import partner_id
from tui.partnership.outcomes import DROPPED, is_closed, outcome_changes, outcomes
from tui.partnership.partners import LEFT_AS, PEOPLE, WHO, WITHDRAWN, find_partner, partners, people
from tui.partnership.roles import COMMITMENTS, Role, own_commitments, role_change, roles_of
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind
from tui.text.dates import format_date, format_on
from tui.text.french_names import label_in_sentence
from tui.text.name_matching import fold
from tui.workspace.output_files import OutputFile
from tui.workspace.workspace import Workspace, current_moment

DEPARTURES, ROWS = "follow.departures", "rows"
DUTIES = ("accountable", "signs")  # the flags of a person: responsible for the partner, signs for it


@dataclass(frozen=True, slots=True)
class Departure:
    """The facts of a partner's departure."""

    partner: str  # the id of the partner
    day: str  # the ISO day of its last day in the partnership
    notice: str = ""  # the ISO day of its notice, "" for none
    honoured: bool | None = None  # whether it kept the notice that the text asks for; None where nothing was said
    reason: str = ""  # private unless `is_reason_public`
    is_reason_public: bool = False  # whether the reason may stand in the letter
    money: str = ""  # what becomes of its money, in a line of the letter
    data: str = ""  # what becomes of its data, in a line of the letter


def leaving_partner(partnership: Partnership, text: str) -> str:
    """Return the id of the partner that `text` names. Raises BadValue for one that left already, or for none."""
    leaving_id = partner_id(partnership, text)
    partner = find_partner(partnership, leaving_id)
    if partner is None or partner.status in ("declined", WITHDRAWN):
        name = partner.name(language()) if partner is not None else text
        raise BadValue(_("“{name}” has left already.").format(name=name or text))
    return leaving_id


def open_roles(workspace: Workspace, member_id: str) -> tuple[Role, ...]:
    """Return the roles, still to be settled, of a partner or person (its id), then its own commitments."""
    partnership = workspace.partnership
    return (*roles_of(workspace.guide, partnership, member_id), *own_commitments(partnership, member_id))


def role_words(workspace: Workspace, role: Role) -> str:
    """Return « Pilotage, organisme : tient la coordination »: a role in a line, in the interface's language."""
    guide, lang = workspace.guide, workspace.lang
    question = guide.question(role.question)
    part = question.part(role.part)
    field = part.field(role.field) if part is not None else None
    entry = workspace.partnership.entry(role.entry)
    texts = (entry.text(field.id, lang) for field in part.fields if field.kind in TEXT_KINDS) if entry and part else ()
    text = next(filter(None, texts), "")  # the first text of the row that names the partner or person
    label = field.label.get(lang) if field is not None else ""
    if (role.question, role.part) == (WHO, PEOPLE):
        return label
    if role.own:
        return _("Commitment: {text}").format(text=" ".join(text.split()))
    heads = ", ".join(filter(None, (question.short.get(lang), label_in_sentence(label))))
    return _(": ").join(filter(None, (heads, " ".join(text.split()))))


def note_departure(workspace: Workspace, leaving: Departure) -> None:
    """Note that a partner leaves: its status, the day, and the facts given. It is one step of undo.

    A departure that was noted before is brought up to date. Raises BadValue if there is no such partner.
    """
    partner = find_partner(workspace.partnership, leaving.partner)
    if partner is None:
        raise BadValue(_("There is no such partner."))
    subject = (leaving.partner,)
    cells = {"until": leaving.day}
    if partner.status != WITHDRAWN:
        cells |= {"status": WITHDRAWN, LEFT_AS: partner.status}
    changes = [Change(leaving.partner, WHO, cell, value, "", subject) for cell, value in cells.items()]
    if leaving.reason:
        field = "status_reason"
        changes.append(Change(leaving.partner, WHO, f"{field}@{workspace.doc_lang}", leaving.reason, "", subject))
    facts = {
        "notice": leaving.notice,
        "honoured": {True: "yes", False: "no", None: ""}[leaving.honoured],
        f"reason@{workspace.doc_lang}": leaving.reason if leaving.is_reason_public else "",
        f"money@{workspace.doc_lang}": leaving.money,
        f"data@{workspace.doc_lang}": leaving.data,
    }
    given = {cell: value for cell, value in facts.items() if value}
    changes += _fact_changes(workspace.partnership, leaving.partner, given)
    workspace.edits.end_typing()
    workspace.edit(tuple(changes))


def _fact_changes(partnership: Partnership, leaving: str, facts: Mapping[str, str]) -> list[Change]:
    """Return the changes that keep `facts` (cell: value) of a departure in its row, a new one if there is none yet."""
    rows = partnership.rows(DEPARTURES, ROWS, (leaving,))
    row_id = rows[-1].id if rows else new_id()
    order = {} if rows else {ORDER: order_behind(partnership, DEPARTURES, ROWS)}
    cells = {**order, **facts} if facts else {}
    return [Change(row_id, DEPARTURES, cell, value, ROWS, (leaving,)) for cell, value in cells.items()]


def departure_of(partnership: Partnership, leaving: str) -> Departure:
    """Return what is noted of the departure of a partner (its id); empty where nothing is."""
    entry = partnership.entry(leaving)
    rows = partnership.rows(DEPARTURES, ROWS, (leaving,))
    row = rows[-1] if rows else None

    def text_of(cell: str) -> str:
        return row.text(cell, "fr") if row is not None else ""

    return Departure(
        leaving,
        str(entry.get("until", "") or "") if entry is not None else "",
        str(row.get("notice", "") or "") if row is not None else "",
        {"yes": True, "no": False}.get(str(row.get("honoured")) if row is not None else ""),
        entry.text("status_reason", "fr") if entry is not None else "",
        bool(text_of("reason")),
        text_of("money"),
        text_of("data"),
    )


def publish_reason(workspace: Workspace, leaving: Departure) -> None:
    """Allow the reason of a departure that is already noted to stand in the letter. It is one step of undo."""
    facts = {f"reason@{workspace.doc_lang}": leaving.reason}
    workspace.edits.end_typing()
    workspace.edit(_fact_changes(workspace.partnership, leaving.partner, facts))


def settle_role(workspace: Workspace, role: Role, old: str, new: str) -> None:
    """Put `new` (an id, "" for nobody) where a role names `old`.

    A commitment that `old` alone made ends where nobody takes it over.
    """
    if role.own and not new:
        day = current_moment()[:10]
        workspace.edits.end_typing()
        workspace.edit(tuple(outcome_changes(workspace.partnership, role.entry, {"state": DROPPED, "on": day})))
        return
    change = role_change(workspace.guide, workspace.partnership, role, old, new)
    if change is not None:
        workspace.edits.end_typing()
        workspace.edit((change,))


def person_named(partnership: Partnership, owner: str, text: str) -> Entry:
    """Return the person of the partner `owner` whose name or id is `text`. Raises BadValue for none, or for several."""
    rows = people(partnership, owner)
    matching = [row for row in rows if row.id == text or fold(str(row.get("name", ""))) == fold(text)]
    if len(matching) != 1:
        names = ", ".join(str(row.get("name", "")) for row in rows) or _("nobody")
        raise BadValue(_("“{name}” is nobody of this partner. There are: {names}.").format(name=text, names=names))
    return matching[0]


def person_of_any_partner(partnership: Partnership, text: str) -> Entry:
    """Return the person of any partner whose name or id is `text`. Raises BadValue for none, or for several."""
    rows = [row for partner in partners(partnership) for row in people(partnership, partner.id)]
    matching = [row for row in rows if row.id == text or fold(str(row.get("name", ""))) == fold(text)]
    if len(matching) > 1:
        raise BadValue(_("Several people are called “{name}”: stand at their partner first.").format(name=text))
    if not matching:
        names = ", ".join(filter(None, (str(row.get("name", "")) for row in rows))) or _("nobody")
        raise BadValue(_("“{name}” is nobody of this partnership. There are: {names}.").format(name=text, names=names))
    return matching[0]


def person_roles(workspace: Workspace, person: Entry) -> tuple[Role, ...]:
    """Return what another person could take over from this one: its roles and commitments, then its DUTIES."""
    duties = (Role(person.id, WHO, PEOPLE, duty) for duty in DUTIES if person.get(duty))
    return (*open_roles(workspace, person.id), *duties)


def give_role(workspace: Workspace, role: Role, old: Entry, new_name: str) -> None:
    """Give a role of `old` to the person called `new_name`, "" for nobody; past signatures keep the name they have.

    A person who is not known yet is added to the people of the same partner. It is one step of undo.
    """
    workspace.edits.end_typing()
    workspace.edit(tuple(_handover_changes(workspace, (role,), old, new_name)))


def note_person_left(workspace: Workspace, old: Entry) -> None:
    """Remove a person who left from the partner's people; the history and past signatures still have the name."""
    workspace.edits.end_typing()
    workspace.edit((Change(old.id, WHO, "#removed", True, PEOPLE, old.subject),))


def replace_person(workspace: Workspace, old: Entry, new_name: str) -> tuple[str, ...]:
    """Give every role of a person who leaves to another, remove the person, and return each role in words.

    It is one step of undo.
    """
    roles = person_roles(workspace, old)
    words = tuple(role_words(workspace, role) for role in roles)
    removal = Change(old.id, WHO, "#removed", True, PEOPLE, old.subject)
    workspace.edits.end_typing()
    workspace.edit((*_handover_changes(workspace, roles, old, new_name), removal))
    return words


def _handover_changes(workspace: Workspace, roles: tuple[Role, ...], old: Entry, new_name: str) -> Iterator[Change]:
    """Yield the changes that give `roles` of `old` to the person called `new_name`, who is added if not known."""
    partnership, successor_id = workspace.partnership, ""
    if new_name:
        same_name = [
            row for row in people(partnership, old.subject[0]) if fold(str(row.get("name", ""))) == fold(new_name)
        ]
        successor_id = same_name[0].id if same_name else new_id()
        if not same_name:
            cells = {ORDER: order_behind(partnership, WHO, PEOPLE), "name": new_name}
            yield from (Change(successor_id, WHO, cell, value, PEOPLE, old.subject) for cell, value in cells.items())
    for role in roles:
        if role.entry == old.id:
            yield Change(old.id, WHO, role.field, None, PEOPLE, old.subject)
            if successor_id:
                yield Change(successor_id, WHO, role.field, True, PEOPLE, old.subject)
        elif change := role_change(workspace.guide, partnership, role, old.id, successor_id):
            yield change


def departure_letter(workspace: Workspace, leaving: Departure, sender: str = "") -> Letter:
    """Return the letter that confirms a departure, in the document's language; with the reason only if it is public.

    `sender` is who signs it, "" for nobody.
    """
    guide, lang, view = workspace.guide, workspace.doc_lang, workspace.view
    phrasing = Phrasing(guide, view, lang)
    agreement_title, partner_name = title(guide, view, lang), phrasing.name(leaving.partner)
    lines = [guide.word("letter_hello", lang)]
    date = format_on(leaving.day, lang)
    lines.append(guide.word("leaving_from", lang, name=partner_name, title=agreement_title, date=date))
    if leaving.notice:
        lines.append(guide.word("leaving_notice", lang, date=format_date(leaving.notice, lang)))
    if leaving.is_reason_public and leaving.reason:
        lines.append(guide.word("leaving_reason", lang, text=leaving.reason))
    lines.append(guide.word("leaving_roles", lang))
    if commitments := list(_commitment_lines(workspace, phrasing, leaving.partner)):
        lines.append("\n".join((guide.word("leaving_commitments", lang), *commitments)))
    lines += [guide.word("leaving_money", lang, text=leaving.money)] if leaving.money else []
    lines += [guide.word("leaving_data", lang, text=leaving.data)] if leaving.data else []
    lines.append(guide.word("leaving_bye", lang))
    subject = guide.word("leaving_subject", lang, name=partner_name, title=agreement_title)
    return Letter(subject, "\n\n".join(lines) + "\n").signed(sender)


def _commitment_lines(workspace: Workspace, phrasing: Phrasing, leaving: str) -> Iterator[str]:
    """Yield a line for each public commitment of the partner `leaving`: who takes it over, or that it ends."""
    lang, view, outcomes_by_id = workspace.doc_lang, workspace.view, outcomes(workspace.view)
    for row in view.rows(COMMITMENTS, ROWS, (leaving,)):
        text = " ".join(phrasing.text(row, "text").split())
        if not text:
            continue
        if is_closed(outcomes_by_id.get(row.id, ())):
            key = "leaving_dropped"
        else:
            key = "leaving_open" if leaving in row.givers else "leaving_goes_to"
        yield "– " + workspace.guide.word(key, lang, text=text, name=phrasing.given_by(row))


def departure_letter_file(workspace: Workspace, leaving: Departure, sender: str = "") -> OutputFile:
    """Return the letter that confirms a departure as a text file to be written."""
    letter = departure_letter(workspace, leaving, sender)
    text = f"{letter.subject}\n\n{letter.body}".encode()
    return OutputFile(f"{plain_name(letter.subject)}.txt", _("Letter"), lambda: Rendered(text))
