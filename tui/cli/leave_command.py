"""The subcommand `leave`: a partner, or one of its people, leaves; each role is named until somebody else has it."""

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
    """Note a departure with --date, hand its roles over with --to, write the letter; then list what is left to settle.

    With --person it is one of the partner's people, whose roles go to the one of --by, or one by one with --to.
    """
    workspace, args = call.workspace(), call.args
    name = partner_id(workspace.partnership, args.partner)
    if args.person:
        return _person(call, workspace, name)
    if args.date:
        _note(call, workspace, name)
    if args.to:
        _hand_over(workspace, name, args.to)
    workspace.flush()
    if args.letter:
        _write_letter(call, workspace, name)
    _print_roles(workspace, name)
    return DONE


def _note(call: Invocation, workspace: Workspace, name: str) -> None:
    leaving_partner(workspace.partnership, name)
    note_departure(workspace, _departure(call, name))


def _departure(call: Invocation, name: str) -> Departure:
    args, lang = call.args, language()
    return Departure(
        name,
        read_day(args.date, lang) if args.date else "",
        read_day(args.notice, lang) if args.notice else "",
        True if args.honoured else None,
        (args.reason or "").strip(),
        args.tell_reason,
        (args.money or "").strip(),
        (args.data or "").strip(),
    )


def _hand_over(workspace: Workspace, name: str, pairs: list[list[str]]) -> None:
    """Give roles, by their numbers in the list, to other partners; « - » is nobody."""
    roles = open_roles(workspace, name)
    for number, to in pairs:
        role = _numbered(roles, number)
        settle_role(workspace, role, name, partner_id(workspace.partnership, to) if _nobody(to) else "")


def _numbered(roles: tuple[Role, ...], number: str) -> Role:
    if not number.isdigit() or not 1 <= int(number) <= len(roles):
        raise UsageError(_("There is no line {number}: there are {n}.").format(number=number, n=len(roles)))
    return roles[int(number) - 1]


def _print_roles(workspace: Workspace, name: str) -> None:
    roles = open_roles(workspace, name)
    if not roles:
        print_line(_("Nothing is left to settle."))
        return
    print_line(_("What becomes of each of these? --to 1 PARTNER hands line 1 over, --to 1 - leaves it to nobody."))
    console.print_text("\n".join(f"{number}. {role_words(workspace, role)}" for number, role in enumerate(roles, 1)))


def _person(call: Invocation, workspace: Workspace, owner: str) -> int:
    """Hand over what a person does: all of it with --by, role by role with --to; --gone notes that they left."""
    args, old = call.args, person_named(workspace.partnership, owner, call.args.person)
    if args.by:
        told = replace_person(workspace, old, args.by.strip())
        workspace.flush()
        console.print_text("\n".join(f"– {line}" for line in told) or _("Nothing is left to settle."))
        return DONE
    if args.to:
        _hand_over_person(workspace, old, args.to)
    if args.gone:
        note_person_left(workspace, old)
    workspace.flush()
    _print_person_roles(workspace, old)
    return DONE


def _hand_over_person(workspace: Workspace, old: Entry, pairs: list[list[str]]) -> None:
    """Give roles of a person, by their numbers in the list, to others of the same partner; « - » is nobody."""
    roles = person_roles(workspace, old)
    for number, to in pairs:
        role = _numbered(roles, number)
        give_role(workspace, role, person_named(workspace.partnership, old.subject[0], old.id), _nobody(to))


def _nobody(text: str) -> str:
    return "" if text.strip() == "-" else text.strip()


def _print_person_roles(workspace: Workspace, old: Entry) -> None:
    present = workspace.partnership.entry(old.id) or old
    roles = person_roles(workspace, present)
    if not roles:
        print_line(_("Nothing is left to settle."))
        return
    console.print_text("\n".join(f"{number}. {role_words(workspace, role)}" for number, role in enumerate(roles, 1)))
    print_line(_("--to 1 NAME puts another person there, --by NAME in all of them; past signatures keep their name."))


def _write_letter(call: Invocation, workspace: Workspace, name: str) -> None:
    noted = departure_of(workspace.partnership, name)
    if not noted.day:
        raise UsageError(_("On which day does it leave? --date says it."))
    told = {field: value for field, value in asdict(_departure(call, name)).items() if value}
    letter = departure_letter(workspace, replace(noted, **told), sender_of(call.settings))
    file = outside_path(call.args.letter, "--letter", relative=True)
    write_file(file, f"{letter.subject}\n\n{letter.body}".encode())
    print_line(_("Written: {file}").format(file=file))
