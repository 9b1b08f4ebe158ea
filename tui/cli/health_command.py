"""The subcommand `health`: the statements, a partner's answers, what is shown of all together, points to discuss."""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError
from tui.i18n import _, language


def health(call: Invocation) -> int:
    """Print the statements, note answers with --answer, print counts with --results, make a point with --discuss."""
    from tui.partnership.name_references import partner_id
    from tui.workspace.adoption import read_day
    from tui.workspace.health_check import (
        answer_code,
        discuss_statement,
        note_health,
        result_lines,
        statement_lines,
        statement_named,
    )

    workspace, args = call.workspace(), call.args
    partner = partner_id(workspace.partnership, args.partner) if args.partner else ""
    if args.discuss:
        due = read_day(args.by, language()) if args.by else ""
        discuss_statement(workspace, statement_named(args.discuss), partner, due)
        workspace.flush()
        return DONE
    if args.answer:
        if not partner:
            raise UsageError(_("Whose answer is it? Name the partner."))
        told = [(statement_named(name).id, answer_code(workspace, word)) for name, word in args.answer]
        note_health(workspace, partner, told, shared=args.shared)
        workspace.flush()
        return DONE
    lines = result_lines(workspace) if args.results else statement_lines(workspace, partner, short=args.short)
    console.print_text("\n".join(lines))
    return DONE
