"""The subcommand `answers`: it lists which partner has answered and who is late, and notes answers that come in.

A *plain yes* is a form that confirms the present words without any doubt.
"""

from __future__ import annotations

from tui.cli.agreement_commands import give_mail
from tui.cli.form_review_command import confirm_plain, print_form
from tui.cli.invocation import DONE, NO, Invocation, UsageError, print_json, warn
from tui.comparison.returned_lines import CannotRead
from tui.comparison.returned_match import read_returned
from tui.console import print_line, print_text
from tui.form.form_words import name_in_sentence, short_name
from tui.i18n import _, language, ngettext
from tui.partnership.answer_list import ANSWERED, PartnerAnswer, grouped, without_private
from tui.partnership.conditions import conditions
from tui.partnership.name_references import partner_id
from tui.partnership.partners import find_partner
from tui.partnership.received_answers import unconfirmed_notes
from tui.partnership.versions import read_versions
from tui.store.store_errors import as_store_errors
from tui.text.french_names import fill_sentence
from tui.text.list_numbers import list_number
from tui.text.outside_paths import outside_path
from tui.workspace.awaited_answers import answer_date, answer_line, group_title, listed_answers
from tui.workspace.condition_edits import note_condition, settle_condition, write_minority_text
from tui.workspace.condition_words import condition_data, condition_lines, dated_line, listed_conditions
from tui.workspace.form_review import FormReview, accept_all_plain, read_returned_form, receive, waiting_reviews
from tui.workspace.noted_answers import confirm, confirmation_file, confirmation_mail, note_by_telephone
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace, current_moment


def answers(call: Invocation) -> int:
    """Print the state of each partner's answer, or do what an option asks; return the exit code.

    Nothing private is printed without --with-private; a warning says that it was left out.
    """
    args = call.args
    if args.telephone:
        return _note_telephone(call)
    if args.confirmed:
        return _note_confirmation(call)
    if args.mail:
        return _write_mail(call)
    if args.received:
        return _receive(call)
    if args.condition:
        return _note_condition(call)
    if args.settle:
        return _settle_condition(call)
    if args.yeses:
        return _accept_yeses(call)
    return _list(call)


def _note_telephone(call: Invocation) -> int:
    """Note that a present answer was given by telephone, to be confirmed."""
    if not call.args.by:
        raise UsageError(_("Who said it by telephone? Name the person with --by."))
    workspace = call.workspace()
    name, question = call.args.telephone
    partner = partner_id(workspace.partnership, name)
    note_by_telephone(workspace, question, partner, call.args.by, call.store.author.name, call.day())
    workspace.flush()
    print_line(_("Noted, to be confirmed: --mail writes the mail that asks."))
    return DONE


def _note_confirmation(call: Invocation) -> int:
    """Note that a partner confirmed the answers noted by telephone."""
    workspace = call.workspace()
    partner = partner_id(workspace.partnership, call.args.confirmed)
    unconfirmed = unconfirmed_notes(workspace.partnership, partner)
    if not unconfirmed:
        name = name_in_sentence(workspace.partnership, partner, workspace.lang)
        raise UsageError(fill_sentence(_("No answer of {name} waits to be confirmed."), name=name))
    confirm(workspace, unconfirmed, call.day())
    workspace.flush()
    return DONE


def _write_mail(call: Invocation) -> int:
    """Write the mail that asks a partner to confirm what was noted by telephone."""
    workspace = call.workspace()
    name, target = call.args.mail
    mail = confirmation_mail(workspace, partner_id(workspace.partnership, name), sender_of(call.settings))
    return give_mail(confirmation_file(workspace, mail).make().data, target, "--mail")


def _receive(call: Invocation) -> int:
    """Keep the forms that came back and print them; nothing of them is applied."""
    workspace = call.workspace()
    for path in call.args.received:
        file = outside_path(path, "--received", relative=True)
        try:
            with as_store_errors(file):
                raw = read_returned(file)
            form = read_returned_form(workspace, raw, file.name)
        except CannotRead as error:
            message = str(error)
            named = message if file.name in message else file.name + _(": ") + message
            raise UsageError(named) from error
        if form is None:
            message = _("“{name}” is no form of ours: “entente compare” reads a text that came back.")
            raise UsageError(message.format(name=file.name))
        row = receive(workspace, form, raw, file.name, current_moment()[:10])
        workspace.flush()
        print_form(FormReview(workspace, row.id))
    return DONE


def _accept_yeses(call: Invocation) -> int:
    """Print the plain yeses of all forms that came back, then accept them; return NO if the user declines."""
    workspace = call.workspace()
    reviews = waiting_reviews(workspace, read_versions(call.store.versions(workspace.partnership.id)))
    count = 0
    for review in reviews:
        for proposal in review.plain:  # those without any doubt
            count += 1
            name = short_name(workspace.partnership, review.partner, workspace.lang)
            texts = (name, proposal.label, " ".join(proposal.known.split()), proposal.said)
            print_text(" · ".join(filter(None, texts)))
    if not confirm_plain(call, count):
        return NO
    accept_all_plain(workspace, reviews)
    workspace.flush()
    print_line(ngettext("{n} accepted.", "{n} accepted.", count).format(n=count))
    return DONE


def _note_condition(call: Invocation) -> int:
    """Note a condition on which a partner's yes depends."""
    workspace = call.workspace()
    name, text = call.args.condition
    row = note_condition(workspace, partner_id(workspace.partnership, name), text)
    workspace.flush()
    print_line(dated_line(workspace, row))
    return DONE


def _settle_condition(call: Invocation) -> int:
    """Note what became of a condition, given by its number in the list, or put a minority text in the minutes."""
    workspace = call.workspace()
    number, state = call.args.settle
    rows = listed_conditions(workspace.partnership)
    position = list_number(number, len(rows))
    if not position:
        raise UsageError(_("No condition has that number: “entente answers --with-private” lists them."))
    row, reason = rows[position - 1], call.args.reason or ""
    if state == "minority":
        write_minority_text(workspace, row, reason)
    else:
        says_yes = state == "yes"
        state_code = {"yes": "met", "open": ""}.get(state, state)
        row = settle_condition(workspace, row, state_code, reason, says_yes=says_yes)
    workspace.flush()
    print_line(dated_line(workspace, row))
    return DONE


def _list(call: Invocation) -> int:
    """Print the partners by group: late, asked, answered …, as text or JSON."""
    workspace = call.workspace()
    all_answers = listed_answers(workspace, call.day())
    printed_answers = all_answers
    if not call.args.with_private:
        printed_answers = without_private(all_answers, read_versions(call.store.versions(workspace.partnership.id)))
    if call.args.json:
        print_json([_as_data(workspace, answer, call.args.with_private) for answer in printed_answers])
    else:
        view = None if call.args.with_private else workspace.view
        if all(answer.group == ANSWERED for answer in printed_answers):
            print_line(_("Every partner has answered on today's text."))
        for group, lines in grouped(printed_answers).items():
            print_text(f"{group_title(group)} · {len(lines)}")
            for line in lines:
                words = answer_line(workspace, line, view)
                print_text("  – " + " · ".join(filter(None, (words, answer_date(workspace, line)))))
        if call.args.with_private and conditions(workspace.partnership):
            print_text("\n".join(condition_lines(workspace)))
    leaves_out_conditions = bool(conditions(workspace.partnership)) and not call.args.with_private
    if printed_answers != all_answers or leaves_out_conditions:
        warn(_("What was answered, and from whom it comes, is private and not told: --with-private tells it."))
    return DONE


def _as_data(workspace: Workspace, answer: PartnerAnswer, private: bool) -> dict[str, object]:
    """Return the state of a partner's answer as JSON data, with the answer itself if `private`."""
    partner = find_partner(workspace.partnership if private else workspace.view, answer.partner)
    data: dict[str, object] = {
        "partner": answer.partner,
        "name": partner.name(language()) if partner is not None else "",
        "group": answer.group,
        "number": answer.number,
        "asked": answer.asked_on,
        "by": answer.by,
    }
    if private:
        source = answer.source
        cells = ("on", "means", "said_by", "noted_by", "confirmed")
        data["position"] = answer.answer.code if answer.answer is not None else ""
        data["source"] = {name: source.get(name, "") for name in cells} if source is not None else None
        rows = [row for row in conditions(workspace.partnership) if row.subject == (answer.partner,)]
        data["conditions"] = [condition_data(row, language()) for row in rows]
        data["came_back"] = [row.id for row in answer.undecided]
    return data
