"""The options of a choice that typed letters may mean, and the text field that takes letters which mean none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.fast_dataclass import dataclass
from tui.form.form import MORE, FormField
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.text.name_matching import fold, words_of

Options = Sequence[tuple[str, str]]  # code and words of each


@dataclass(frozen=True, slots=True)
class SoughtOption:
    """What was typed so far to choose an option of a field."""

    key: str = ""  # of the field in its form
    letters: str = ""
    digits: str = ""  # of the number of an option, if there are more than nine
    is_offered: bool = False  # whether the letters mean no option, and a text field was offered to take them


NOTHING_SOUGHT = SoughtOption()


def options_of(field: FormField) -> Options:
    """Return the options of a field: those of a choice, yes and no of a box, or the labels of folded fields."""
    if field.kind == "flag":
        return (("yes", _("yes")), ("", _("no")))
    if field.kind == MORE:
        return tuple((name, name) for name in field.names)
    return field.options


def matching_options(options: Options, letters: str) -> tuple[str, ...]:
    """Return the codes of the options in which each typed word begins a word.

    If `letters` are the whole words of exactly one option, only that. () if they hold no word.
    """
    typed = words_of(letters)
    if not typed:
        return ()
    whole = tuple(code for code, words in options if fold(words) == fold(letters))
    if len(whole) == 1:
        return whole
    return tuple(code for code, words in options if _begin_words(typed, words_of(words)))


def _begin_words(typed: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in typed)


def nearest_text_field(places: Iterable[FormField], here: FormField) -> FormField | None:
    """Return the text field to offer for words that are no option of the field `here`; None if there is none.

    `places` are the fields of the form in their order. It is the next text field of the same entry, else the one
    before, but not its main field, the name of the entry. Else it is the next text of the form, also that of a new row.
    """
    all_places = list(places)
    index = next((index for index, form_field in enumerate(all_places) if form_field.key == here.key), 0)
    for form_field in (*all_places[index + 1 :], *reversed(all_places[:index])):
        field = form_field.field
        takes_text = field is not None and field.kind in TEXT_KINDS and not field.main
        if takes_text and form_field.entry.id == here.entry.id:
            return form_field
    texts = (
        form_field
        for form_field in all_places[index + 1 :]
        if form_field.typed and form_field.field is not None and form_field.field.kind in TEXT_KINDS
    )
    return next(texts, None)


def join_text(text: str, words: str, *, prose: bool) -> str:
    """Return `text` followed by `words`: on a new line in prose, else after a semicolon."""
    separator = "\n" if prose else " ; "
    return f"{text.rstrip()}{separator}{words}" if text.strip() else words
