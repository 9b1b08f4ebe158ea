"""The subcommand `cost`: it prints which answers a new wording of a sentence, or today's text, would reopen.

An answer is *reopened* if its partner has to confirm it, since the words that it was given on have changed.
"""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError
from tui.i18n import _
from tui.workspace.cost_words import draft_cost, sentence_cost
from tui.workspace.kept_versions import versions_of


def cost(call: Invocation) -> int:
    """Print whose answers would be reopened, and whom to ask: by new words of a sentence, else by today's text.

    The output is for the facilitator, not for partners. Nothing is saved. Return the exit code.
    """
    workspace = call.workspace()
    if call.args.sentence and call.args.words is None:
        raise UsageError(_("Give the words that the sentence would have behind its id."))
    if call.args.sentence:
        if workspace.partnership.entry(call.args.sentence) is None:
            message = _("No sentence of the document has this id: {id}. “entente trace” tells the ids of a section.")
            raise UsageError(message.format(id=call.args.sentence))
        lines = [sentence_cost(workspace, call.args.sentence, "", call.args.words)]
    else:
        lines = draft_cost(workspace, versions_of(workspace, call.store))
    console.print_text("\n".join(lines))
    return DONE
