"""The subcommand `sheet`: pages to fill in by hand, as Word and PDF."""

from __future__ import annotations

from tui.cli.invocation import DONE, Invocation, print_json
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
    """Write the sheets asked for, those of all partners where none is, and say where each file is.

    Return the exit code. Raises BadValue for a partner that takes no part, and where there is no agenda.
    """
    workspace, args = call.workspace(), call.args
    names = [*([OWN] if args.own else []), *([AGENDA] if args.agenda else [])]
    whose = partners_named(workspace, args.partner) if args.partner else ()
    if not whose and not names:
        whose = tuple(partner.id for partner in active(workspace.partnership))
    folder = files_folder(call.environ, call.settings)
    if args.folder:
        folder = outside_path(args.folder, "--folder", relative=True)
    made = write(folder, sheet_files(workspace, (*whose, *names)))
    if args.json:
        print_json({"files": [str(path) for path in made.files]})
        return DONE
    for path in made.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in made.warnings:
        print_line(warning)
    return DONE
