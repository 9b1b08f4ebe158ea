"""The commands of line mode for paper: sheets to fill in by hand and type in, and the document in large print."""

from __future__ import annotations

from contextlib import suppress

from tui.form.question_sheet import OWN
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_sending import write_files
from tui.line_mode.line_streams import InputEnded
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active, find
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.large_print_files import large_print_files
from tui.workspace.question_sheets import AGENDA, sheet_files, sheet_label
from tui.workspace.sheet_entry import SheetEntry, SheetPrompt
from tui.workspace.typed_values import partner_of

# Words that a person may type behind the commands, folded (without accents and capitals).
_OWN_WORDS = ("moi", "a moi", "animation", "own", "mine")
_AGENDA_WORDS = ("ordre du jour", "agenda")
_ROOM_WORDS = ("salle", "room")
_TYPE_WORDS = ("saisir", "saisie", "taper", "type", "typed")


def sheets(conversation: Conversation, argument: str) -> None:
    """Write files of the sheet named, or of all partners; « saisir » behind a name asks what was written on its sheet.

    Raises BadValue for an unknown partner, or for the agenda if there is none.
    """
    workspace = conversation.workspace
    workspace.flush()
    first_words, _space, last_word = argument.strip().rpartition(" ")
    is_name = bool(find(workspace.partnership, argument))  # which may end in such a word
    types_in = fold(last_word) in _TYPE_WORDS and not is_name
    name = first_words if types_in else argument.strip()
    if types_in and not name:
        raise BadValue(_("Whose sheet is typed in? /sheet 2 type, /sheet own type or /sheet agenda type."))
    if types_in:
        _type_in(conversation, _sheet_named(conversation, name))
        return
    if name:
        sheet_ids = [_sheet_named(conversation, name)]
    else:
        sheet_ids = [partner.id for partner in active(workspace.partnership)]
    write_files(conversation, sheet_files(workspace, sheet_ids))


def large_print(conversation: Conversation, argument: str) -> None:
    """Write the document in large print, and the page to be projected at a meeting; with « salle » only that page.

    Raises BadValue for any other word.
    """
    conversation.workspace.flush()
    room_only = fold(argument) in _ROOM_WORDS
    if argument.strip() and not room_only:
        raise BadValue(_("Type /large print alone, or /large print room."))
    write_files(conversation, large_print_files(conversation.workspace, printed=not room_only))


def _sheet_named(conversation: Conversation, text: str) -> str:
    """Return the id of the sheet that a text names: OWN, AGENDA, or that of a partner. Raises BadValue."""
    word = fold(text.replace("’", " ").replace("'", " "))
    workspace = conversation.workspace
    if find(workspace.partnership, text):  # a partner may be called « Agenda »
        return partner_of(workspace, text, active(workspace.partnership)).id
    if word in _OWN_WORDS:
        return OWN
    if word in _AGENDA_WORDS:
        return AGENDA
    return partner_of(workspace, text, active(workspace.partnership)).id


def _type_in(conversation: Conversation, sheet_id: str) -> None:
    """Ask for each thing in the order in which it was printed; an empty line goes on, /undo ends it."""
    say = conversation.talk.say
    entry = SheetEntry(conversation.workspace, sheet_id)
    say(_("Sheet: {name}").format(name=sheet_label(conversation.workspace, sheet_id)))
    say(_("Asked in the order of the paper. An empty line goes on and changes nothing; /back ends it here."))
    dialog = LineDialog(conversation.talk)
    heading = ""
    try:
        while (prompt := entry.prompt) is not None:
            if prompt.heading != heading:
                heading = prompt.heading
                say(heading)
            _ask(conversation, dialog, entry, prompt)
    except InputEnded as ended:
        with suppress(BadValue):  # the unfinished line belongs to the sheet
            entry.take(ended.line)
        raise InputEnded(ended.number) from ended
    except GivenUp:
        say(_("The sheet ends here; what was typed is saved."))
        return
    say(_("That was the last line of the sheet."))


def _ask(conversation: Conversation, dialog: LineDialog, entry: SheetEntry, prompt: SheetPrompt) -> None:
    """Ask for one thing of the sheet, and save it; an empty line skips it."""
    for number, (_code, words) in enumerate(prompt.choices, 1):
        conversation.talk.say(f"{number}. {words}")

    def read(text: str) -> bool:
        number = list_number(text, len(prompt.choices))
        code = prompt.choices[number - 1][0] if number else text
        entry.take(code)
        return True

    present_answers = _("; ").join(prompt.answers) if prompt.answers else _("nothing yet")
    if dialog.ask(prompt.label, read, False, present_answers):
        conversation.keep()
    else:
        entry.skip()
