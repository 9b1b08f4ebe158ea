"""Keys where one chooses: digits and arrows act, letters find an option by its words, and no words are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.form.form import MORE, PAIR, FormField, main_field
from tui.form.option_search import (
    NOTHING_SOUGHT,
    SoughtOption,
    joined,
    matching_options,
    nearest_text_field,
    options_of,
)
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.positions import REASONED, RESERVATION
from tui.partnership.privacy import POSITIONS
from tui.screens.text_question import ask_after_choice
from tui.text.widths import shorten
from tui.workspace import writing
from tui.workspace.place import NOTE

if TYPE_CHECKING:
    from tui.screens.field_editor import FormScreen

_NAMED = 4  # options that are named while letters may mean several
_LETTERS = 40  # cells of what was typed that a message shows


def chosen(screen: FormScreen, here: FormField, key: str, letter: str) -> bool:
    """Do what a key means at a choice, a box or a folded line; return whether it meant something.

    Space and arrows act before the first letter only: behind it they belong to the words that are typed.
    """
    sought = screen.sought
    if sought.key == here.key and sought.letters:
        return _letters(screen, here, key, letter)
    if len(letter) == 1 and letter.isalpha() and not (here.kind == "flag" and letter in "xX"):
        return _seek(screen, here, letter)
    if not letter.isdigit():
        screen.sought = NOTHING_SOUGHT
    if key == "enter":
        screen.field_editor.advance()
    elif key in ("up", "down"):
        screen.step_within(-1 if key == "up" else 1)
    elif here.kind == "flag" and (key in ("space", "left", "right") or letter in ("x", "X")):
        _tick(screen, here)
    elif here.kind == MORE and key == "space":
        screen.field_editor.advance()
    elif here.kind in ("choice", PAIR):
        return _option(screen, here, key, letter)
    else:
        return False
    return True


def tab_taken(screen: FormScreen, here: FormField | None) -> bool:
    """Take what the letters typed at a choice mean, or write them in the field that was named; else return False."""
    if here is None or screen.sought.key != here.key or not screen.sought.letters:
        return False
    if screen.sought.offered:
        _write_beside(screen, here)
    else:
        _take(screen, here)
    return True


def given_up(screen: FormScreen) -> bool:
    """Drop the letters typed at a choice; return whether there were any."""
    said = letters_left(screen)
    if said:
        screen.paint()
        screen.say(said)
    return bool(said)


def letters_left(screen: FormScreen) -> str:
    """Forget the letters typed at the choice that one leaves; return what is said of it, "" where there were none."""
    here, sought = screen.form.current_field, screen.sought
    screen.sought = NOTHING_SOUGHT
    if here is None or sought.key != here.key or not sought.letters:
        return ""
    return _("“{words}” is dropped; nothing was changed.").format(words=_shown(sought.letters))


def words_pasted(screen: FormScreen, text: str) -> bool:
    """Seek pasted words where one chooses; return whether one does."""
    here = screen.form.current_field
    if not screen.writing or here is None or here.typed or not any(map(str.isalpha, text)):
        return False
    before = screen.sought.letters if screen.sought.key == here.key else ""
    return _seek(screen, here, before + " ".join(text.split()))


# -- letters -----------------------------------------------------------------------------------------------------------


def _letters(screen: FormScreen, here: FormField, key: str, letter: str) -> bool:
    typed = screen.sought.letters
    if key == "enter":
        _take(screen, here)
    elif key == "backspace":
        if len(typed) > 1:
            return _seek(screen, here, typed[:-1])
        given_up(screen)
    elif len(letter) == 1 or key == "space":
        return _seek(screen, here, typed + (" " if key == "space" else letter))
    elif key in ("left", "right", "up", "down", "home", "end", "delete"):
        _tell(screen, here)
    else:
        return False
    return True


def _seek(screen: FormScreen, here: FormField, letters: str) -> bool:
    screen.sought = SoughtOption(here.key, letters)
    screen.paint_form()
    _tell(screen, here)
    return True


def _tell(screen: FormScreen, here: FormField) -> None:
    """Say what the letters find."""
    letters, options = screen.sought.letters, options_of(here)
    found = matching_options(options, letters)
    named = [words for code, words in options if code in found]
    shown = _shown(letters)
    if len(named) == 1:
        screen.say(_("“{letters}” → {option}   Enter takes it").format(letters=shown, option=named[0]))
    elif named:
        more = " …" if len(named) > _NAMED else ""
        screen.say(_("“{letters}”: {options}").format(letters=shown, options=" · ".join(named[:_NAMED]) + more))
    else:
        said = _("No choice says “{letters}”. Letters write nothing here: Enter tells where they can be written.")
        screen.say(said.format(letters=shown))


def _take(screen: FormScreen, here: FormField) -> None:
    """Enter behind letters: the one option that all of them mean, else nothing but the offer of a text field."""
    found = matching_options(options_of(here), screen.sought.letters)
    if len(found) != 1:
        _offer(screen, here)
        return
    screen.sought = NOTHING_SOUGHT
    if here.kind == MORE:
        screen.unfold()
        named = next((slot for slot in screen.form.slots if slot.field.label == found[0]), None)
        if named is not None:
            screen.stand(named.field.key)
    elif here.kind == "flag":
        if bool(found[0]) != bool(here.chosen):
            _tick(screen, here)
        screen.field_editor.advance()
    else:
        choose(screen, here, found[0])
        if not _reason(screen, here, found[0]):
            screen.field_editor.advance()


def _offer(screen: FormScreen, here: FormField) -> None:
    """Name the text field that may take the words; nothing is changed."""
    beside = nearest_text_field((slot.field for slot in screen.form.slots), here)
    label = beside.label or beside.hint if beside is not None else _note_name(screen)
    words = _shown(screen.sought.letters)
    if not label:
        screen.say(_("No choice says “{words}”. Backspace corrects it, Esc drops it.").format(words=words))
        return
    screen.sought = replace(screen.sought, offered=True)
    said = _("“{words}” is none of the choices. Tab writes it in “{field}”; Backspace corrects it, Esc drops it.")
    screen.say(said.format(words=words, field=label))


def _note_name(screen: FormScreen) -> str:
    workspace = screen.workspace
    return workspace.guide.question(NOTE).short.get(workspace.lang) if workspace.subject else ""


def _write_beside(screen: FormScreen, here: FormField) -> None:
    """Write the words behind what the text field beside says, or in the call note, and stand there."""
    words, workspace = screen.sought.letters.strip(), screen.workspace
    beside = nearest_text_field((slot.field for slot in screen.form.slots), here)
    screen.sought = NOTHING_SOUGHT
    if beside is not None and beside.field is not None:
        screen.stand(beside.key)
        editor = screen.editor
        editor.replace(joined(beside.text, words, prose=not beside.single_line), (0, 0), editor.document.end)
        editor.move_cursor(editor.document.end)
        return
    question = workspace.guide.question(NOTE)
    assert question.single is not None
    note, field = single_entry(workspace.partnership, NOTE, workspace.subject[:1]), main_field(question.single)
    writing.type_into(workspace, note, field, joined(note.text(field.id, workspace.lang), words, prose=True))
    workspace.edits.end_typing()
    screen.paint()
    screen.say(_("“{words}” stands in the call note.").format(words=_shown(words)))


def _shown(letters: str) -> str:
    return shorten(letters.strip(), _LETTERS)


# -- digits, arrows, boxes ---------------------------------------------------------------------------------------------


def _option(screen: FormScreen, here: FormField, key: str, letter: str) -> bool:
    codes = [code for code, _words in here.options]
    at = codes.index(here.chosen) if here.chosen in codes else -1
    if key in ("right", "space"):
        choose(screen, here, codes[(at + 1) % len(codes)])
    elif key == "left":
        choose(screen, here, codes[(at - 1) % len(codes)] if at >= 0 else codes[-1])
    elif letter.isdigit():
        code = _numbered(screen, here, letter, codes)
        if code is not None:
            choose(screen, here, code)
            _reason(screen, here, code)
    elif key in ("backspace", "delete"):
        choose(screen, here, "")
    else:
        return False
    return True


def _numbered(screen: FormScreen, here: FormField, digit: str, codes: list[str]) -> str | None:
    """The option of the number that the digits typed here make: above nine the second digit corrects the first."""
    before = screen.sought.digits if screen.sought.key == here.key else ""
    number = before + digit if before and 0 < int(before + digit) <= len(codes) else digit
    screen.sought = SoughtOption(here.key, digits=number if int(number) * 10 <= len(codes) else "")
    return codes[int(number) - 1] if 0 < int(number) <= len(codes) else None


def choose(screen: FormScreen, here: FormField, code: str) -> None:
    """Take an option of a choice."""
    if here.kind == PAIR:
        screen.workspace.go(replace(screen.workspace.place, other=code, slot=PAIR))
        screen.paint()
        return
    assert here.field is not None
    writing.choose(screen.workspace, here.entry, here.field, code)
    _changed(screen)
    ask_after_choice(screen.app, screen.workspace, here.entry, here.field)


def _tick(screen: FormScreen, here: FormField) -> None:
    assert here.field is not None
    writing.tick(screen.workspace, here.entry, here.field)
    _changed(screen)


def _reason(screen: FormScreen, here: FormField, code: str) -> bool:
    """Ask for the reason of a position that is more than a yes, of the same partner; return whether it is asked for."""
    asked = screen.workspace.place.question in POSITIONS and here.field is not None and here.field.id == "level"
    if not asked or code not in REASONED or here.part.list:
        return False
    screen.stand(f"{here.entry.id}/{RESERVATION}")
    screen.say(_("The reservation, in one line.") if code == RESERVATION else _("The reason, in one line."))
    return True


def _changed(screen: FormScreen) -> None:
    screen.workspace.edits.end_typing()
    screen.paint()
