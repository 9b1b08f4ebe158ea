"""The subcommand `trace`: the life of a sentence, or of each sentence of a section."""

from __future__ import annotations

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError, print_json
from tui.i18n import _


def trace(call: Invocation) -> int:
    """Print when a sentence was written and worded anew, what decided it, who said yes, in which versions it stands.

    Only what a room may see is told without --with-private.
    """
    from tui.partnership.sentence_life import public_part
    from tui.workspace.output_files import section_named
    from tui.workspace.sentence_words import SentenceLife, life_data, life_lines, sentence_field, sentences_of

    workspace = call.workspace()
    named = workspace.partnership.entry(call.args.sentence)
    known = workspace.partnership if call.args.with_private else workspace.view
    if named is not None and (known.entry(named.id) is None or sentence_field(workspace.guide, named) is None):
        raise UsageError(_("No sentence of the document has this id: {id}.").format(id=call.args.sentence))
    entries = [named] if named is not None else [
        *sentences_of(workspace, section_named(workspace.agreement, call.args.sentence))
    ]  # fmt: skip
    lives = []
    for entry in entries:
        field = sentence_field(workspace.guide, entry)
        if field is not None:
            life = SentenceLife(workspace, call.store, entry, field)
            lives.append((life, life.steps if call.args.with_private else public_part(life.steps)))
    if call.args.json:
        print_json([life_data(life, steps) for life, steps in lives])
    else:
        console.print_text("\n".join(line for life, steps in lives for line in life_lines(life, steps)))
    return DONE
