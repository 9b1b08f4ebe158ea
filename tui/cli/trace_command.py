"""The subcommand `trace`: it prints the history of a sentence, or of each sentence of a section."""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError, print_json
from tui.i18n import _
from tui.workspace.output_files import section_named
from tui.workspace.sentence_words import SentenceLife, life_data, life_lines, sentence_field, sentences_of


def trace(call: Invocation) -> int:
    """Print when a sentence was written and reworded, what decided it, who said yes, which versions have it.

    Without --with-private only what all partners may see is printed. Raises UsageError for the id of no sentence.
    """
    workspace = call.workspace()
    for_all = not call.args.with_private
    sentence = workspace.partnership.entry(call.args.sentence)  # None if the argument names a section
    if sentence is not None:
        entries = [sentence]
    else:
        entries = list(sentences_of(workspace, section_named(workspace.agreement, call.args.sentence)))
    fields = [(entry, sentence_field(workspace.guide, entry)) for entry in entries]
    lives = [SentenceLife(workspace, call.store, entry, field) for entry, field in fields if field is not None]
    if for_all:
        lives = [life for life in lives if life.sentence_and_steps(for_all=True)[0]]
    if sentence is not None and not lives:
        message = _("No sentence of the document has this id: {id}. “entente trace” tells the ids of a section.")
        raise UsageError(message.format(id=call.args.sentence))
    if call.args.json:
        print_json([life_data(life, for_all=for_all) for life in lives])
    else:
        console.print_text("\n".join(line for life in lives for line in life_lines(life, for_all=for_all)))
    return DONE
