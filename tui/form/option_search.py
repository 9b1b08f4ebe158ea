"""An option of a choice found by the letters of its words, and the text field beside where they are no option."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.fast_dataclass import dataclass
from tui.form.form import MORE, FormField
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.text.name_matching import fold, words_of

Options = Sequence[tuple[str, str]]  # what is chosen, and its words


@dataclass(frozen=True, slots=True)
class SoughtOption:
    """What is typed where one chooses: the place's key and the letters, or the digits of a number above nine.

    `offered` says that the letters are no option, and that a text field was named that may take them.
    """

    key: str = ""
    letters: str = ""
    digits: str = ""
    offered: bool = False


NOTHING_SOUGHT = SoughtOption()


def options_of(field: FormField) -> Options:
    """Return what letters may find at a place: options, yes and no of a box, the names of the fields folded away."""
    if field.kind == "flag":
        return (("yes", _("yes")), ("", _("no")))
    if field.kind == MORE:
        return tuple((name, name) for name in field.names)
    return field.options


def found_options(options: Options, letters: str) -> tuple[str, ...]:
    """Return the codes of the options that all of `letters` may mean; of one whose words they are whole, that alone.

    Each word typed begins a word of the option. Letters that spell no word find nothing.
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


def text_beside(places: Iterable[FormField], here: FormField) -> FormField | None:
    """Return the text field that takes words which are no option of `here`: the next of its entry, else the one before.

    `places` are those of the form in their order. The name that an entry is known by takes none; a line that adds a row
    is the last resort. None where the form has no text to write in.
    """
    listed = list(places)
    at = next((at for at, form_field in enumerate(listed) if form_field.key == here.key), 0)
    for form_field in (*listed[at + 1 :], *reversed(listed[:at])):
        field = form_field.field
        if form_field.entry.id == here.entry.id and field is not None and field.kind in TEXT_KINDS and not field.main:
            return form_field
    texts = (
        form_field
        for form_field in listed[at + 1 :]
        if form_field.typed and form_field.field is not None and form_field.field.kind in TEXT_KINDS
    )
    return next(texts, None)


def joined(text: str, words: str, *, prose: bool) -> str:
    """Return `text` with `words` behind it: on a line of their own in prose, behind a semicolon in one line."""
    return words if not text.strip() else f"{text.rstrip()}{chr(10) if prose else ' ; '}{words}"
