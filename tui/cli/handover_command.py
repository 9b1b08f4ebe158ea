"""The subcommand `handover`: it prints the page for a partner's new representative, or for a new facilitator."""

from __future__ import annotations

from tui import console
from tui.cli.agreement_commands import give_document
from tui.cli.invocation import DONE, Invocation, print_json, warn
from tui.i18n import _, ngettext
from tui.partnership.field_kinds import BadValue
from tui.partnership.name_references import partner_id
from tui.partnership.versions import read_versions
from tui.workspace.handover_pages import handover_page, numbered_lines, page_data, page_document


def handover(call: Invocation) -> int:
    """Print or write the page; with --lines or --json list the lines that may be on it. Return the exit code.

    Private lines are on the page only if --tick names them, and in the list only with --with-private.
    """
    args, workspace = call.args, call.workspace()
    partner = partner_id(workspace.partnership, args.partner) if args.partner else ""
    page = handover_page(workspace, partner, call.day(), read_versions(call.store.versions(workspace.partnership.id)))
    try:
        for line_id in (*(args.tick or ()), *(args.without or ())):
            page = page.toggled(line_id)  # on or off
        for line_id, words in args.reword or ():
            page = page.reworded(line_id, words)
    except BadValue as error:
        raise BadValue(str(error) + " " + _("--json lists each line with its id.")) from error
    for words in args.add or ():
        page = page.with_words(words)
    has_private = any(line.private for line in page.shown)
    if not (args.json or args.lines):
        return give_document(call, page_document(workspace, page), private=has_private)
    printed_page = page if args.with_private else page.without_private
    if args.json:
        print_json(page_data(printed_page))
    else:
        console.print_text("\n".join(numbered_lines(workspace, printed_page)))
    if withheld_count := len(page.lines) - len(printed_page.lines):
        message = ngettext("{n} private line is not told: --with-private tells it.",
                        "{n} private lines are not told: --with-private tells them.", withheld_count)  # fmt: skip
        warn(message.format(n=withheld_count))
    return DONE
