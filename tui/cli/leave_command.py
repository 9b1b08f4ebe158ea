"""The subcommand `leave`: it notes that a partner or one of its people leaves, and hands their roles over to others."""

from __future__ import annotations

from dataclasses import asdict, replace

from tui import console
from tui.cli.agreement_commands import write_file
from tui.cli.invocation import DONE, Invocation, UsageError
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.name_references import partner_id
from tui.partnership.roles import Role
from tui.partnership.values import Entry
from tui.text.list_numbers import list_number
from tui.text.outside_paths import outside_path
from tui.workspace.adoption import read_day
from tui.workspace.departures import (
    Departure,
    departure_letter,
    departure_of,
    give_role,
    leaving_partner,
    note_departure,
    note_person_left,
    open_roles,
    person_named,
    person_roles,
    replace_person,
    role_words,
    settle_role,
)
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace


def leave(call: Invocation) -> int:
    """Note a departure (--date), hand roles over (--to), write the letter; then list the roles that are still open.

    With --person one of the partner's people leaves: --by hands all their roles over, --to one by one. Return the exit
    code.
    """
    workspace, args = call.workspace(), call.args
    partner = partner_id(workspace.partnership, args.partner)
    if args.person:
        return _leave_person(call, workspace, partner)
    if args.date:
        _note_departure(call, workspace, partner)
    if args.to:
        _hand_over(workspace, partner, args.to)
    workspace.flush()
    if args.letter:
        _write_letter(call, workspace, partner)
    _print_roles(workspace, partner)
    return DONE


def _note_departure(call: Invocation, workspace: Workspace, partner: str) -> None:
    """Note the departure. Raises BadValue for a partner that cannot leave."""
    leaving_partner(workspace.partnership, partner)
    note_departure(workspace, _departure(call, partner))


def _departure(call: Invocation, partner: str) -> Departure:
    """Return the departure that the options describe; facts that they leave out are "" or None."""
    args, lang = call.args, language()
    return Departure(
        partner,
        read_day(args.date, lang) if args.date else "",
        read_day(args.notice, lang) if args.notice else "",
        True if args.honoured else None,
        (args.reason or "").strip(),
        args.tell_reason,
        (args.money or "").strip(),
        (args.data or "").strip(),
    )


def _hand_over(workspace: Workspace, partner: str, pairs: list[list[str]]) -> None:
    """Give roles of a partner to others; `pairs` are (number in the list, name of a partner or « - » for nobody)."""
    roles = open_roles(workspace, partner)
    for number, name in pairs:
        role = _role_numbered(roles, number)
        successor_id = partner_id(workspace.partnership, name) if _name_or_nobody(name) else ""
        settle_role(workspace, role, partner, successor_id)


def _role_numbered(roles: tuple[Role, ...], number: str) -> Role:
    """Return the role of a number, from 1. Raises UsageError if there is none."""
    at = list_number(number, len(roles))
    if not at:
        raise UsageError(_("There is no line {number}: there are {n}.").format(number=number, n=len(roles)))
    return roles[at - 1]


def _print_roles(workspace: Workspace, partner: str) -> None:
    """Print the roles of a partner that nobody has taken over, with their numbers."""
    roles = open_roles(workspace, partner)
    if not roles:
        print_line(_("Nothing is left to settle."))
        return
    print_line(_("What becomes of each of these? --to 1 PARTNER hands line 1 over, --to 1 - leaves it to nobody."))
    console.print_text("\n".join(f"{number}. {role_words(workspace, role)}" for number, role in enumerate(roles, 1)))


def _leave_person(call: Invocation, workspace: Workspace, partner: str) -> int:
    """Hand over the roles of a person: all with --by, one by one with --to; --gone notes that the person left."""
    args, person = call.args, person_named(workspace.partnership, partner, call.args.person)
    if args.by:
        lines = replace_person(workspace, person, args.by.strip())
        workspace.flush()
        console.print_text("\n".join(f"– {line}" for line in lines) or _("Nothing is left to settle."))
        return DONE
    if args.to:
        _hand_over_person(workspace, person, args.to)
    if args.gone:
        note_person_left(workspace, person)
    workspace.flush()
    _print_person_roles(workspace, person)
    return DONE


def _hand_over_person(workspace: Workspace, person: Entry, pairs: list[list[str]]) -> None:
    """Give roles of a person to others of the same partner; `pairs` are (number, name or « - » for nobody)."""
    roles = person_roles(workspace, person)
    for number, name in pairs:
        role = _role_numbered(roles, number)
        # Each role that is given changes the entry of the person.
        present_entry = person_named(workspace.partnership, person.subject[0], person.id)
        give_role(workspace, role, present_entry, _name_or_nobody(name))


def _name_or_nobody(text: str) -> str:
    """Return the name that was typed, "" for « - », which means nobody."""
    return "" if text.strip() == "-" else text.strip()


def _print_person_roles(workspace: Workspace, person: Entry) -> None:
    """Print the roles that a person still has, with their numbers."""
    roles = person_roles(workspace, workspace.partnership.entry(person.id) or person)
    if not roles:
        print_line(_("Nothing is left to settle."))
        return
    console.print_text("\n".join(f"{number}. {role_words(workspace, role)}" for number, role in enumerate(roles, 1)))
    print_line(_("--to 1 NAME puts another person there, --by NAME in all of them; past signatures keep their name."))


def _write_letter(call: Invocation, workspace: Workspace, partner: str) -> None:
    """Write the letter that confirms a departure. Options replace noted facts. Raises UsageError without a day."""
    departure = departure_of(workspace.partnership, partner)
    if not departure.day:
        raise UsageError(_("On which day does it leave? --date says it."))
    given_values = {field: value for field, value in asdict(_departure(call, partner)).items() if value}
    letter = departure_letter(workspace, replace(departure, **given_values), sender_of(call.settings))
    file = outside_path(call.args.letter, "--letter", relative=True)
    write_file(file, f"{letter.subject}\n\n{letter.body}".encode())
    print_line(_("Written: {file}").format(file=file))
