"""The subcommand `handover`: the page for whoever takes a partner's seat, or takes over the facilitating."""

from __future__ import annotations

from tui import console
from tui.cli.agreement_commands import give_document
from tui.cli.invocation import DONE, Invocation, print_json, warn
from tui.i18n import ngettext
from tui.partnership.name_references import partner_id
from tui.partnership.versions import read_versions
from tui.workspace.handover_pages import handover_page, numbered_lines, page_data, page_document


def handover(call: Invocation) -> int:
    """Print the page or write it to a file; with --lines or --json list what the record offers, line by line.

    No private line is on it but those that --tick names, and none is listed without --with-private. Return the exit
    code.
    """
    args, workspace = call.args, call.workspace()
    partner = partner_id(workspace.partnership, args.partner) if args.partner else ""
    page = handover_page(workspace, partner, call.day(), read_versions(call.store.versions(workspace.partnership.id)))
    for name in (*(args.tick or ()), *(args.without or ())):
        page = page.turned(name)
    for name, words in args.reword or ():
        page = page.reworded(name, words)
    for words in args.add or ():
        page = page.with_words(words)
    ticked = any(line.private for line in page.shown)
    if not (args.json or args.lines):
        return give_document(call, page_document(workspace, page), private=ticked)
    told = page if args.with_private else page.without_private
    if args.json:
        print_json(page_data(told))
    else:
        console.print_text("\n".join(numbered_lines(workspace, told)))
    if withheld := len(page.lines) - len(told.lines):
        said = ngettext("{n} private line is not told: --with-private tells it.",
                        "{n} private lines are not told: --with-private tells them.", withheld)  # fmt: skip
        warn(said.format(n=withheld))
    return DONE
