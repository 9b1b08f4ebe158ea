"""The article, gender and number of a partner's name: guessed from its words, shown as a sentence would use them."""

from __future__ import annotations

from tui.guide.guide_types import Field
from tui.partnership.partners import WHO
from tui.partnership.values import Entry, Value
from tui.text.french_names import PLURAL, SINGULAR, chosen, guessed_fields, unquoted

ARTICLE = "name_article"  # the choices of the field that is shown with its guess and confirmed
_GUESSED = (ARTICLE, "name_gender", "name_number")


def french_name(entry: Entry) -> str:
    """Return the name that a French sentence calls a partner by, as it was typed; "" where it has none."""
    for cell in ("short_name@fr", "name@fr"):
        typed = entry.get(cell)
        if isinstance(typed, str) and typed.strip():
            return unquoted(typed)
    return ""


def guessed_choice(field: Field, entry: Entry) -> str:
    """Return the code that stands in a field of a name as long as nobody chose one; "" where nothing is guessed."""
    name = french_name(entry)
    if field.choices not in _GUESSED or not name:
        return ""
    return guessed_fields(name)[_GUESSED.index(field.choices)]


def guessed_forms(entry: Entry) -> str:
    """The forms that a name takes as it is guessed: « du Collège, au Collège, représenté »; "" once it is confirmed."""
    name = french_name(entry)
    if entry.question != WHO or entry.part or not name or entry.get("article") is not None:
        return ""
    return _forms(name, entry, guessed_fields(name)[0])


def _forms(name: str, entry: Entry, article: str) -> str:
    gender, number = (str(entry.get(cell) or "") for cell in ("gender", "number"))
    elides = {"yes": True, "no": False}.get(str(entry.get("elides", "")))
    said = chosen(name, article, gender, number, elides)
    return f"{said.of}, {said.to}, {said.participle('représenté')}"


def option_words(field: Field, entry: Entry, code: str, words: str) -> str:
    """Return a choice of the article in the sentences it makes: « le : du Collège, au Collège, représenté »."""
    name = french_name(entry)
    if field.choices != ARTICLE or not name:
        return words
    return f"{words} : {_forms(name, entry, code)}"


def agreeing(field: Field, entry: Entry, article: Value) -> dict[str, Value]:
    """What choosing an article says of the gender and number too, by field: what the choice showed is what is kept."""
    name = french_name(entry)
    if field.choices != ARTICLE or not name or not isinstance(article, str):
        return {}
    said = chosen(name, article)
    return {"gender": said.gender or None, "number": PLURAL if said.plural else SINGULAR}
