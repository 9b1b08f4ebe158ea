"""What `compare` and `answers` do with a partner's form that came back: print its answers, and accept some.

A plain yes confirms the present words without any doubt; --accept all takes only these.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli.invocation import DONE, NO, Invocation, UsageError, print_json
from tui.cli.sending_commands import dialog_of
from tui.comparison.form_proposals import FormProposal
from tui.comparison.returned_form import ReadForm
from tui.console import print_line, print_text
from tui.form.form_words import short_name
from tui.i18n import _, ngettext
from tui.partnership.versions import read_versions
from tui.text.list_numbers import list_number
from tui.workspace.form_review import FormReview, receive
from tui.workspace.form_review_words import goes_to, proposal_lines
from tui.workspace.workspace import Workspace, current_moment


def review_form(call: Invocation, workspace: Workspace, form: ReadForm, raw: bytes, name: str) -> int:
    """Print the answers of a form; with --accept keep the form and accept answers; return NO if some are undecided.

    `raw` are the bytes of the file and `name` its name. Without --accept nothing is stored.
    """
    row = receive(workspace, form, raw, name, current_moment()[:10])
    review = FormReview(workspace, row.id, read_versions(call.store.versions(workspace.partnership.id)))
    proposals = review.proposals
    if call.args.json:
        print_json(_as_data(review, form))
    else:
        print_form(review)
    if not call.args.accept:
        return NO if review.open else DONE
    exit_code = _accept(call, review, proposals, str(call.args.accept))
    workspace.flush()
    return exit_code


def print_form(review: FormReview) -> None:
    """Print the partner of the form and how the form came, then each answer with its number."""
    workspace = review.workspace
    name = short_name(workspace.partnership, review.partner, workspace.lang)
    print_line(_("A form came back") + " · " + " · ".join(filter(None, (name, review.source))))
    for number, proposal in enumerate(review.proposals, 1):
        (_style, label), *lines = proposal_lines(proposal)
        words = [
            f"{number} · {label}",
            *(f"   {text}" for _style, text in lines),
            f"   → {goes_to(workspace, proposal)}",
        ]
        print_text("\n" + "\n".join(words))
    if not review.proposals:
        print_line(_("Nothing is answered in this form: silence confirms nothing."))


def _as_data(review: FormReview, form: ReadForm) -> dict[str, object]:
    """Return a form and its answers as JSON data."""
    row = review.row
    return {
        "form": form.code.text,
        "partner": review.partner,
        "draft": form.code.number,
        "on": row.get("on", "") if row is not None else "",
        "means": form.means,
        "from": form.author,
        "answers": [
            {
                "asked": proposal.label,
                "known": proposal.known,
                "said": proposal.said,
                "doubt": proposal.doubt,
                "plain": proposal.plain,
                "possible": proposal.changes is not None,
                "entries": list(proposal.entries),
                "changes": [
                    {"entry": change.entry, "question": change.question, "cell": change.cell, "value": change.value}
                    for change in proposal.changes or ()
                    if change.cell != "seen"
                ],
            }
            for proposal in review.proposals
        ],
    }


def _accept(call: Invocation, review: FormReview, proposals: Sequence[FormProposal], accept_option: str) -> int:
    """Accept the answers that `accept_option` names: "all" plain yeses, or numbers of `proposals` with commas.

    Return NO if one of them cannot be accepted, or if the user declines the plain yeses.
    """
    if accept_option == "all":
        if not confirm_plain(call, len(review.plain)):
            return NO
        count = review.accept_plain()
        print_line(ngettext("{n} accepted.", "{n} accepted.", count).format(n=count))
        if undecided := len(review.open):
            print_line(ngettext("{n} left undecided.", "{n} left undecided.", undecided).format(n=undecided))
        return DONE
    numbers = [list_number(part.strip(), len(proposals)) for part in accept_option.split(",")]
    if not all(numbers):
        message = _("--accept takes numbers from 1 to {n}, or “all”, not “{text}”.")
        raise UsageError(message.format(n=len(proposals), text=accept_option))
    accepted = 0
    for number in dict.fromkeys(numbers):
        keys = set(proposals[number - 1].keys)
        # Accepting an answer creates the other proposals again: the same proposal is found by its keys.
        present = next((proposal for proposal in review.open if keys & set(proposal.keys)), None)
        accepted += present is not None and review.accept(present)
    print_line(ngettext("{n} accepted.", "{n} accepted.", accepted).format(n=accepted))
    return DONE if accepted == len(dict.fromkeys(numbers)) else NO


def confirm_plain(call: Invocation, count: int) -> bool:
    """Return whether the user accepts the `count` plain yeses shown; without a terminal, or with --yes, it is True."""
    dialog = dialog_of(call)
    if dialog is None or not count:
        return True
    message = ngettext("Accept this plain yes?", "Accept these {n} plain yeses?", count).format(n=count)
    return dialog.agree(message)
