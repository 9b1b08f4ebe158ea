"""The subcommands `standing`, on what came of the promises, and `funders`, the table that funders ask for.

A *promise* is an objective or a commitment of the agreement.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from tui import console
from tui.cli.agreement_commands import print_agreement, write_file
from tui.cli.invocation import DONE, Invocation, UsageError
from tui.console import print_line
from tui.export.formats import by_ending, render
from tui.i18n import _
from tui.partnership.values import as_of
from tui.text.outside_paths import outside_path
from tui.workspace.due_dates import due_list, numbered_promises, standing_of
from tui.workspace.funder_file import funder_csv
from tui.workspace.outcome_notes import note_outcome_line, promise_numbered


def standing(call: Invocation) -> int:
    """Note what came of a promise, list the promises, or print the public page « où nous en sommes »."""
    workspace = call.workspace()
    if call.args.note:
        number, *words = call.args.note
        if not words:
            raise UsageError(_("Say what came of it: --note 2 “kept; in short; by a word from; since when”."))
        note_outcome_line(workspace, promise_numbered(workspace, number), " ".join(words))
        workspace.flush()
    if call.args.list or call.args.note:
        console.print_text("\n".join(numbered_promises(workspace, workspace.view)))
        return DONE
    due_now = due_list(call.guide, workspace.partnership, call.day()).public
    document = standing_of(due_now, call.document_language(workspace.partnership))
    if not call.args.output:
        print_agreement(document, call.args.format)
        return DONE
    file = outside_path(call.args.output, "--output", relative=True)
    write_file(file, render(document, by_ending(file)).data)
    print_line(_("Written: {file}").format(file=file))
    return DONE


def funders(call: Invocation) -> int:
    """Write the public objectives, results, contributions, money, partners and dates as CSV; return the exit code."""
    partnership = as_of(call.store.load(call.partnership_id()), call.day())
    data = funder_csv(call.guide, partnership, call.document_language(partnership))
    if call.args.file == "-":
        console.write_bytes(data.removeprefix(BOM_UTF8))  # only spreadsheets that open a file need the byte order mark
        return DONE
    file = outside_path(call.args.file, _("FILE"), relative=True)
    write_file(file, data)
    print_line(_("Written: {file}").format(file=file))
    return DONE
