"""The subcommand `call`: it prints the page to read before a call, notes the call, writes the mail after it."""

from __future__ import annotations

from tui import console
from tui.cli.agreement_commands import give_mail
from tui.cli.invocation import DONE, Invocation, UsageError, print_json, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.calls import calls_of
from tui.partnership.name_references import partner_id
from tui.store.store_errors import StoreError
from tui.workspace.call_log import CallFacts, add_to_note, log_call, read_outcome, set_next_step
from tui.workspace.call_words import (
    ContactLine,
    contact_data,
    contact_line_words,
    contact_list,
    contact_words,
    longest_first,
    sheet_data,
    sheet_lines,
    sheet_of,
)
from tui.workspace.read_back import read_back_file, read_back_mail
from tui.workspace.sending_choices import sender_of


def call(invocation: Invocation) -> int:
    """Print the page before a call with a partner; or note a call, or write the mail after it. Return the exit code.

    Without a partner list the last contacts in the partnership, without a partnership those in all. The output is for
    the facilitator, not for partners. Raises UsageError for options without a partner.
    """
    args = invocation.args
    has_notes = args.outcome or args.next or args.note
    if args.partner is None:
        if has_notes or args.read_back:
            raise UsageError(_("A call with whom? Name the partnership, then the partner."))
        return _list(invocation)
    if has_notes:
        return _note_call(invocation)
    return _write_mail(invocation) if args.read_back else _print_sheet(invocation)


def _list(call: Invocation) -> int:
    """List when each partner was last reached, the longest ago first."""
    day, lang = call.day(), language()
    only_id = call.partnership_id() if call.args.project is not None else ""  # "" for all except trials
    lines: list[ContactLine] = []
    for summary in call.store.list():
        is_listed = summary.id == only_id if only_id else not summary.trial
        if not is_listed:
            continue
        try:
            partnership = call.store.load(summary.id)
        except StoreError as error:
            if only_id:
                raise
            warn(str(error))
            continue
        lines += contact_list(partnership, summary.title(lang) or summary.id, day, lang)
    contact_lines = longest_first(lines, day)
    if call.args.json:
        print_json([contact_data(line, day) for line in contact_lines])
        return DONE
    for line in contact_lines:
        print_line(
            _(": ").join(
                (contact_line_words(line, day, lang, titled=not only_id), contact_words(line.contact, day, lang))
            )
        )
    if not contact_lines and (only_id or console.is_terminal()):
        print_line(_("No call and no other contact was noted yet."))
    return DONE


def _note_call(call: Invocation) -> int:
    """Note a call, words for its note and the next step, as the options give them."""
    args = call.args
    args.reading = False  # to change a partnership, the beginning of its title is not enough
    workspace = call.workspace()
    partner = partner_id(workspace.partnership, args.partner)
    if args.outcome:
        code, they_called = read_outcome(call.guide, args.outcome, workspace.lang)
        user, partner_person = call.store.author.name, args.with_ or ""
        caller, called = (partner_person, user) if they_called else (user, partner_person)
        row_id = log_call(workspace, partner, CallFacts(call.day(), code, caller, called)).id
    else:
        calls = calls_of(workspace.partnership, partner, workspace.lang)  # the last call first
        row_id = next((noted_call.entry for noted_call in calls if noted_call.entry), "")
    if args.note:
        add_to_note(workspace, partner, args.note, call.day())
    if args.next:
        if not row_id:
            raise UsageError(_("No call with this partner was noted yet: --outcome notes one."))
        set_next_step(workspace, workspace.partnership.entries[row_id], args.next)
    workspace.flush()
    return DONE


def _print_sheet(call: Invocation) -> int:
    """Print the page to read before a call."""
    workspace, day = call.workspace(), call.day()
    sheet = sheet_of(workspace, partner_id(workspace.partnership, call.args.partner), day)
    if call.args.json:
        print_json(sheet_data(workspace, sheet, day))
    else:
        console.print_text("\n".join(sheet_lines(workspace, sheet, day)))
    return DONE


def _write_mail(call: Invocation) -> int:
    """Write the mail that reads back to a partner what was noted in calls."""
    workspace, target = call.workspace(), call.args.read_back
    mail = read_back_mail(workspace, partner_id(workspace.partnership, call.args.partner), sender_of(call.settings))
    return give_mail(read_back_file(workspace, mail).make().data, target, "--read-back")
