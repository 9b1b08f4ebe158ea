"""The subcommand `health`, the check of the partnership's health: statements, the answers of partners, their counts.

Each partner says of each statement, on how the work together goes, whether it is so.
"""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.name_references import partner_id
from tui.text.outside_paths import outside_path
from tui.workspace.adoption import read_day
from tui.workspace.health_check import (
    answer_code,
    change_words,
    discuss_statement,
    form_files,
    note_health,
    result_lines,
    statement_lines,
    statement_named,
)
from tui.workspace.output_files import write


def health(call: Invocation) -> int:
    """Print the statements or the counts, note answers, make a point to discuss, or write pages to fill in.

    Return the exit code. Raises UsageError for answers without a partner.
    """
    workspace, args = call.workspace(), call.args
    partner = partner_id(workspace.partnership, args.partner) if args.partner else ""
    if args.form:
        folder = outside_path(args.form, "--form", relative=True)
        written = write(folder, form_files(workspace, partner, short=args.short))
        for path in written.files:
            print_line(_("Written: {file}").format(file=path))
        for warning in written.warnings:
            warn(warning)
        return DONE
    if args.discuss:
        due = read_day(args.by, language()) if args.by else ""
        statement = statement_named(args.discuss)
        discuss_statement(workspace, statement, partner, due)
        workspace.flush()
        if message := change_words(workspace, statement):
            print_line(message)
        return DONE
    if args.answer:
        if not partner:
            raise UsageError(_("Whose answer is it? Name the partner."))
        answers = [(statement_named(name).id, answer_code(workspace, word)) for name, word in args.answer]
        note_health(workspace, partner, answers, shared=args.shared)
        workspace.flush()
        return DONE
    lines = result_lines(workspace) if args.results else statement_lines(workspace, partner, short=args.short)
    console.print_text("\n".join(lines))
    return DONE
