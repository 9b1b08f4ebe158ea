"""The subcommand `sheet`: it writes pages to fill in by hand, as Word and PDF files."""

from __future__ import annotations

from tui.cli.invocation import DONE, Invocation, print_json, warn
from tui.console import print_line
from tui.form.question_sheet import OWN
from tui.i18n import _
from tui.partnership.partners import active
from tui.settings import files_folder
from tui.text.outside_paths import outside_path
from tui.workspace.output_files import write
from tui.workspace.partner_forms import partners_named
from tui.workspace.question_sheets import AGENDA, sheet_files


def sheet(call: Invocation) -> int:
    """Write the sheets that the options name, else those of all partners, and print the paths.

    Return the exit code. Raises BadValue for no active partner, and for --agenda without an agenda.
    """
    workspace, args = call.workspace(), call.args
    others = [*([OWN] if args.own else []), *([AGENDA] if args.agenda else [])]  # sheets that are no partner's
    partners = partners_named(workspace, args.partner) if args.partner else ()
    if not partners and not others:
        partners = tuple(partner.id for partner in active(workspace.partnership))
    folder = files_folder(call.environ, call.settings)
    if args.folder:
        folder = outside_path(args.folder, "--folder", relative=True)
    written = write(folder, sheet_files(workspace, (*partners, *others)))
    for warning in written.warnings:
        warn(warning)
    if args.json:
        print_json({"files": [str(path) for path in written.files]})
        return DONE
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    return DONE
