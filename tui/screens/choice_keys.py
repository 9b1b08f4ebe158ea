"""What keys do in a field that is no text: a choice of options, a box, or the line that unfolds more fields.

Digits and arrows choose; letters search the options by their words, and letters that match none are offered to a text
field, so that they are not lost. Used by the working screen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.form.form import MORE, PAIR, FormField, main_field
from tui.form.option_search import (
    NOTHING_SOUGHT,
    SoughtOption,
    join_text,
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

_MAX_OPTIONS_SHOWN = 4  # options that the message names, at most, while the letters match several
_MAX_LETTERS_CELLS = 40  # cells of the typed letters that a message shows, at most


def act_on_key(screen: FormScreen, form_field: FormField, key: str, letter: str) -> bool:
    """Act on a key in a choice, a box or the line that unfolds more fields; return whether the key did something.

    `key` is Textual's name of the key, `letter` its name by `tui.ui.host.key_name`. Once a letter was typed, Space and
    the arrows no longer choose: they belong to the words that are typed.
    """
    sought_option = screen.sought_option
    if sought_option.key == form_field.key and sought_option.letters:
        return _edit_letters(screen, form_field, key, letter)
    ticks_box = form_field.kind == "flag" and letter in ("x", "X")
    if len(letter) == 1 and letter.isalpha() and not ticks_box:
        return _search(screen, form_field, letter)
    if not letter.isdecimal():
        screen.sought_option = NOTHING_SOUGHT
    if key == "enter":
        screen.field_editor.advance()
    elif key in ("up", "down"):
        screen.step_within(-1 if key == "up" else 1)
    elif ticks_box or (form_field.kind == "flag" and key in ("space", "left", "right")):
        _tick(screen, form_field)
    elif form_field.kind == MORE and key == "space":
        screen.field_editor.advance()
    elif form_field.kind in ("choice", PAIR):
        return _act_on_option(screen, form_field, key, letter)
    else:
        return False
    return True


def take_by_tab(screen: FormScreen, form_field: FormField | None) -> bool:
    """Take the option that the typed letters match, or write them in the text field that was offered.

    Return False if no letters were typed at this field.
    """
    if form_field is None or screen.sought_option.key != form_field.key or not screen.sought_option.letters:
        return False
    if screen.sought_option.is_offered:
        _write_in_offered_field(screen, form_field)
    else:
        _take_matching_option(screen, form_field)
    return True


def drop_letters(screen: FormScreen) -> bool:
    """Drop the letters typed at a choice and say so; return whether there were any."""
    message = forget_letters(screen)
    if message:
        screen.paint()
        screen.say(message)
    return bool(message)


def forget_letters(screen: FormScreen) -> str:
    """Forget the letters typed at a choice; return the message that says so, "" if there were none."""
    form_field, sought_option = screen.form.current_field, screen.sought_option
    screen.sought_option = NOTHING_SOUGHT
    if form_field is None or sought_option.key != form_field.key or not sought_option.letters:
        return ""
    return _("“{words}” is dropped; nothing was changed.").format(words=_shortened_letters(sought_option.letters))


def search_pasted_words(screen: FormScreen, text: str) -> bool:
    """Search the options for pasted words, added to the typed letters; return False if the field is no choice."""
    form_field = screen.form.current_field
    if not screen.writing or form_field is None or form_field.typed or not any(map(str.isalpha, text)):
        return False
    before = screen.sought_option.letters if screen.sought_option.key == form_field.key else ""
    return _search(screen, form_field, before + " ".join(text.split()))


# -- letters -----------------------------------------------------------------------------------------------------------


def _edit_letters(screen: FormScreen, form_field: FormField, key: str, letter: str) -> bool:
    """Act on a key after letters were typed; return whether the key did something."""
    typed = screen.sought_option.letters
    if key == "enter":
        _take_matching_option(screen, form_field)
    elif key == "backspace":
        if len(typed) > 1:
            return _search(screen, form_field, typed[:-1])
        drop_letters(screen)
    elif len(letter) == 1 or key == "space":
        return _search(screen, form_field, typed + (" " if key == "space" else letter))
    elif key in ("left", "right", "up", "down", "home", "end", "delete"):
        _show_matching_options(screen, form_field)
    else:
        return False
    return True


def _search(screen: FormScreen, form_field: FormField, letters: str) -> bool:
    """Search the options for `letters` and show what they match; return True."""
    screen.sought_option = SoughtOption(form_field.key, letters)
    screen.paint_form()
    _show_matching_options(screen, form_field)
    return True


def _show_matching_options(screen: FormScreen, form_field: FormField) -> None:
    """Show in the last line which options the typed letters match."""
    letters, options = screen.sought_option.letters, options_of(form_field)
    matching = matching_options(options, letters)
    matching_words = [words for code, words in options if code in matching]
    short_letters = _shortened_letters(letters)
    if len(matching_words) == 1:
        screen.say(_("“{letters}” → {option}   Enter takes it").format(letters=short_letters, option=matching_words[0]))
    elif matching_words:
        more = " …" if len(matching_words) > _MAX_OPTIONS_SHOWN else ""
        screen.say(
            _("“{letters}”: {options}").format(
                letters=short_letters, options=" · ".join(matching_words[:_MAX_OPTIONS_SHOWN]) + more
            )
        )
    else:
        message = _("No choice says “{letters}”. Letters write nothing here: Enter tells where they can be written.")
        screen.say(message.format(letters=short_letters))


def _take_matching_option(screen: FormScreen, form_field: FormField) -> None:
    """Take the option if the letters match exactly one; else change nothing and offer to write them elsewhere."""
    matching = matching_options(options_of(form_field), screen.sought_option.letters)
    if len(matching) != 1:
        _offer_text_field(screen, form_field)
        return
    screen.sought_option = NOTHING_SOUGHT
    if form_field.kind == MORE:  # its options are the labels of the folded fields
        screen.unfold()
        slot_found = next((slot for slot in screen.form.slots if slot.field.label == matching[0]), None)
        if slot_found is not None:
            screen.go_to_field(slot_found.field.key)
    elif form_field.kind == "flag":  # its options are "" (no) and a code (yes)
        if bool(matching[0]) != bool(form_field.chosen):
            _tick(screen, form_field)
        screen.field_editor.advance()
    else:
        choose(screen, form_field, matching[0])
        if not _ask_reason(screen, form_field, matching[0]):
            screen.field_editor.advance()


def _offer_text_field(screen: FormScreen, form_field: FormField) -> None:
    """Name the text field, or the call note, that Tab would write the letters in. Nothing is changed yet."""
    text_field = nearest_text_field((slot.field for slot in screen.form.slots), form_field)
    label = text_field.label or text_field.hint if text_field is not None else _call_note_name(screen)
    words = _shortened_letters(screen.sought_option.letters)
    if not label:
        screen.say(_("No choice says “{words}”. Backspace corrects it, Esc drops it.").format(words=words))
        return
    screen.sought_option = replace(screen.sought_option, is_offered=True)
    message = _("“{words}” is none of the choices. Tab writes it in “{field}”; Backspace corrects it, Esc drops it.")
    screen.say(message.format(words=words, field=label))


def _call_note_name(screen: FormScreen) -> str:
    """Return the name of the call note of the current partner, "" if the question is about no partner."""
    workspace = screen.workspace
    return workspace.guide.question(NOTE).short.get(workspace.lang) if workspace.subject else ""


def _write_in_offered_field(screen: FormScreen, form_field: FormField) -> None:
    """Append the letters to the text field that was offered and go there, else append them to the call note."""
    words, workspace = screen.sought_option.letters.strip(), screen.workspace
    text_field = nearest_text_field((slot.field for slot in screen.form.slots), form_field)
    screen.sought_option = NOTHING_SOUGHT
    if text_field is not None and text_field.field is not None:
        screen.go_to_field(text_field.key)
        editor = screen.editor
        editor.replace(join_text(text_field.text, words, prose=not text_field.single_line), (0, 0), editor.document.end)
        editor.move_cursor(editor.document.end)
        return
    question = workspace.guide.question(NOTE)
    assert question.single is not None
    note, field = single_entry(workspace.partnership, NOTE, workspace.subject[:1]), main_field(question.single)
    writing.type_into(workspace, note, field, join_text(note.text(field.id, workspace.lang), words, prose=True))
    workspace.edits.end_typing()
    screen.paint()
    screen.say(_("“{words}” stands in the call note.").format(words=_shortened_letters(words)))


def _shortened_letters(letters: str) -> str:
    """Return the typed letters, as a message shows them."""
    return shorten(letters.strip(), _MAX_LETTERS_CELLS)


# -- digits, arrows, boxes ---------------------------------------------------------------------------------------------


def _act_on_option(screen: FormScreen, form_field: FormField, key: str, letter: str) -> bool:
    """Choose the next or previous option, the numbered one, or none; return whether the key did something."""
    codes = [code for code, _words in form_field.options]
    at = codes.index(form_field.chosen) if form_field.chosen in codes else -1
    if key in ("right", "space"):
        choose(screen, form_field, codes[(at + 1) % len(codes)])
    elif key == "left":
        choose(screen, form_field, codes[(at - 1) % len(codes)] if at >= 0 else codes[-1])
    elif letter.isdecimal():
        code = _option_by_digits(screen, form_field, letter, codes)
        if code is not None:
            choose(screen, form_field, code)
            _ask_reason(screen, form_field, code)
    elif key in ("backspace", "delete"):
        choose(screen, form_field, "")
    else:
        return False
    return True


def _option_by_digits(screen: FormScreen, form_field: FormField, digit: str, codes: list[str]) -> str | None:
    """Return the code of the option with the number typed, from 1; None if no option has it.

    A number may have two digits: « 1 » chooses option 1 at once, « 2 » right after it chooses option 12.
    """
    before = screen.sought_option.digits if screen.sought_option.key == form_field.key else ""
    continues_number = bool(before) and 0 < int(before + digit) <= len(codes)
    number = before + digit if continues_number else digit
    may_go_on = int(number) * 10 <= len(codes)  # whether an option has a number that begins with these digits
    screen.sought_option = SoughtOption(form_field.key, digits=number if may_go_on else "")
    return codes[int(number) - 1] if 0 < int(number) <= len(codes) else None


def choose(screen: FormScreen, form_field: FormField, code: str) -> None:
    """Choose the option `code`, "" for none; in the field that names the second partner, go to that partner."""
    if form_field.kind == PAIR:
        screen.workspace.go(replace(screen.workspace.place, other=code, slot=PAIR))
        screen.paint()
        return
    assert form_field.field is not None
    writing.choose(screen.workspace, form_field.entry, form_field.field, code)
    _show_change(screen)
    ask_after_choice(screen.app, screen.workspace, form_field.entry, form_field.field)


def _tick(screen: FormScreen, form_field: FormField) -> None:
    """Tick the box, or take its tick away."""
    assert form_field.field is not None
    writing.tick(screen.workspace, form_field.entry, form_field.field)
    _show_change(screen)


def _ask_reason(screen: FormScreen, form_field: FormField, code: str) -> bool:
    """Go to the field for the reason if the position `code` needs one; return whether it does.

    A row of a list asks for no reason.
    """
    is_level = form_field.field is not None and form_field.field.id == "level"
    is_position = is_level and screen.workspace.place.question in POSITIONS
    if not is_position or code not in REASONED or form_field.part.list:
        return False
    screen.go_to_field(f"{form_field.entry.id}/{RESERVATION}")
    screen.say(_("The reservation, in one line.") if code == RESERVATION else _("The reason, in one line."))
    return True


def _show_change(screen: FormScreen) -> None:
    """Make the change a step of undo of its own, and paint."""
    screen.workspace.edits.end_typing()
    screen.paint()
