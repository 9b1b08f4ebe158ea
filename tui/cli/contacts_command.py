"""The subcommand `contacts`: it writes people to CSV, takes them in from CSV or vCard, prints the annex of contacts."""

from __future__ import annotations

from codecs import BOM_UTF8

from tui import console
from tui.agreement.contacts_annex import contacts_annex
from tui.cli.agreement_commands import print_agreement, write_file
from tui.cli.invocation import DONE, Invocation, warn
from tui.console import print_line
from tui.export.csv_file import csv_file
from tui.export.formats import by_ending, render
from tui.i18n import _
from tui.partnership.contacts_table import NoOrganisation, contact_rows
from tui.partnership.field_kinds import BadValue
from tui.partnership.name_references import partner_id
from tui.partnership.values import ANNEXED
from tui.text.outside_paths import outside_path
from tui.workspace.contacts import take_in_contacts, taken_in_words


def contacts(call: Invocation) -> int:
    """Take in a file, write one, or print the annex; return the exit code. The CSV file holds private addresses."""
    workspace, args = call.workspace(), call.args
    lang = call.document_language(workspace.partnership)
    if args.join_annex:
        workspace.set_setting(ANNEXED, args.join_annex == "yes" or None)
        workspace.flush()
        return DONE
    if args.take_in:
        _take_in(call)
        return DONE
    if args.annex:
        _annex(call, lang)
        return DONE
    data = csv_file(contact_rows(call.guide, workspace.partnership, lang), lang)
    warn(_("What follows holds private addresses and telephones: keep it to yourself."))
    if args.file in (None, "-"):
        console.write_bytes(data.removeprefix(BOM_UTF8))
        return DONE
    file = outside_path(args.file, _("FILE"), relative=True)
    write_file(file, data, private=True)
    print_line(_("Written: {file}").format(file=file))
    return DONE


def _take_in(call: Invocation) -> None:
    """Note the people of a CSV or vCard file."""
    workspace, args = call.workspace(), call.args
    file = outside_path(args.take_in, "--import", relative=True)
    owner_id = partner_id(workspace.partnership, args.of) if args.of else ""
    try:
        changes = take_in_contacts(workspace, file, call.document_language(workspace.partnership), owner_id)
    except NoOrganisation as error:
        raise BadValue(str(error) + " " + _("--of PARTNER says whose such people are.")) from error
    workspace.flush()
    print_line(taken_in_words(changes))


def _annex(call: Invocation, lang: str) -> None:
    """Print or write the annex of the people who agreed to be in it."""
    workspace = call.workspace()
    document = contacts_annex(call.guide, workspace.partnership, workspace.view, call.day(), lang)
    if call.args.annex == "-":
        print_agreement(document, None)
        return
    file = outside_path(call.args.annex, "--annex", relative=True)
    write_file(file, render(document, by_ending(file)).data)
    print_line(_("Written: {file}").format(file=file))
