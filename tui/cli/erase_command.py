"""The subcommand `erase`: it shows where words are in a partnership, and takes them out of all its files for good."""

from __future__ import annotations

import sys

from tui.cli.invocation import DONE, NO, Invocation, UsageError
from tui.console import print_line
from tui.i18n import _, language
from tui.named_files import MEGABYTE
from tui.workspace.place import places_file
from tui.workspace.text_erasure import beyond_lines, done_words, erasure_lines, files_outside, sought_text, take_out
from tui.workspace.unfinished_texts import UnfinishedTexts
from tui.workspace.workspace import Workspace


def erase(call: Invocation) -> int:
    """Print where the words are, and which files out of reach may hold them; with --for-good, take them out.

    Return the exit code, NO if they were not found. Raises UsageError for a single letter.
    """
    partnership_id = call.partnership_id()
    sought = sought_text(_words_to_erase(str(call.args.words)))
    if sought is None:
        raise UsageError(_("One letter stands nearly everywhere: give a word or a text."))
    workspace = Workspace(call.guide, call.store.load(partnership_id), call.store)
    workspace.lang = language()
    outside = files_outside(partnership_id, sought, call.environ)
    erasure = call.store.erase(partnership_id, sought)
    if not call.args.for_good or not erasure.found:  # `found`: the places where the words are
        for line in erasure_lines(workspace, sought, erasure, outside):
            print_line(line)
        if erasure.found:
            print_line(_("Nothing was taken out yet: --for-good does it, private notes included, for ever."))
        return DONE if erasure.found else NO
    unfinished = UnfinishedTexts(call.store.root, places_file(call.environ).with_name("unfinished"))
    erasure = take_out(workspace, call.store, unfinished, sought)
    unfinished.close()
    for line in (done_words(erasure), *beyond_lines(workspace, erasure, outside)):
        print_line(line)
    return DONE


def _words_to_erase(text: str) -> str:
    """Return the words given; for « - », those of standard input, which no shell keeps in its history."""
    return sys.stdin.read(MEGABYTE) if text == "-" else text
