"""The command `/attach` of line mode: it says the annexes of the text, attaches, changes and writes them.

An annex is a paper that belongs to the agreement; a copy of its file can be kept beside the partnership.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tui.error_words import reason_words
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.text.name_matching import fold
from tui.text.outside_paths import typed_path
from tui.workspace.adoption import read_paper
from tui.workspace.attaching import (
    annex_lines,
    annex_numbered,
    attach,
    attachment_files,
    move_annex,
    replace_copy,
    reword,
)

# Words that a person may type behind the command or a number, folded (without accents and capitals).
_WRITES = ("ecrire", "copies", "write")
_UP, _DOWN, _OUT = ("haut", "monter", "up"), ("bas", "descendre", "down"), ("oter", "retirer", "out", "remove")
_FILE = ("fichier", "copie", "file", "copy")


def attachments(conversation: Conversation, argument: str) -> None:
    """Say the annexes; a title attaches a new one; a number and « fichier », « haut », « bas » or « ôter » change one.

    Raises BadValue for a number that no annex has.
    """
    workspace = conversation.workspace
    number, _space, rest = argument.strip().partition(" ")
    if not argument.strip():
        for line in annex_lines(workspace):
            conversation.talk.say(line)
        message = _("/attach and a title attaches a paper; /attach 1 file, up, down or out changes annex 1.")
        conversation.talk.say(message)
    elif fold(argument) in _WRITES:
        files = attachment_files(workspace, conversation.store)
        if not files:
            raise BadValue(_("No copy of an annex is kept."))
        write_files(conversation, files)
    elif number.isdigit():
        row, word = annex_numbered(workspace, number), fold(rest)
        if word in _FILE:
            _ask_file(conversation, lambda path: replace_copy(workspace, conversation.store, row, path))
        elif word in _UP or word in _DOWN:
            move_annex(workspace, row, -1 if word in _UP else 1)
            conversation.keep()
        elif rest.strip():
            reword(workspace, row, "" if word in _OUT else rest)
            conversation.keep()
        else:
            raise BadValue(_("Type what becomes of the annex: /attach 1 file, up, down, out, or its new title."))
    else:
        _ask_file(conversation, lambda path: attach(workspace, conversation.store, argument, path))


def _ask_file(conversation: Conversation, act: Callable[[Path], object]) -> None:
    """Ask for the file of which a copy is kept, call `act` with its path, and save; /undo gives up."""
    title = _("Path of a copy to keep beside the partnership")
    try:
        path = LineDialog(conversation.talk).ask_path(title, _read, None, _("none"))
        if path is None:
            conversation.talk.say(_("Given up: nothing was noted."))
            return
        act(path)
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was noted."))
        return
    except OSError as error:
        conversation.talk.say(_("Nothing was noted: {reason}").format(reason=reason_words(error)))
        return
    conversation.keep()


def _read(text: str) -> Path:
    """Return the path typed. Raises BadValue or WrongPath if no file can be kept from there."""
    return read_paper(typed_path(text, _("Path of a copy to keep beside the partnership")))
