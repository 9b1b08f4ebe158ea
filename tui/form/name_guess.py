"""French forms of a partner's name: its article, gender and number, guessed from its words until they are chosen.

A form shows the guess, as sentences would use the name: « du Collège, au Collège, représenté ».
"""

from __future__ import annotations

from tui.guide.guide_types import Field
from tui.partnership.partners import WHO
from tui.partnership.values import Entry, Value
from tui.text.french_names import PLURAL, SINGULAR, french_name, guess_fields, strip_quotes

ARTICLE = "name_article"  # the name of the choices of the field "article", as in the guide
# The same for the three guessed fields: article, gender, number.
_CHOICES_OF_FORMS = (ARTICLE, "name_gender", "name_number")


def typed_french_name(entry: Entry) -> str:
    """Return the name that French sentences use for a partner: the short one, else the full one; "" for none."""
    for cell in ("short_name@fr", "name@fr"):
        typed = entry.get(cell)
        if isinstance(typed, str) and typed.strip():
            return strip_quotes(typed)
    return ""


def guessed_choice(field: Field, entry: Entry) -> str:
    """Return the guessed code of the field article, gender or number of a partner; "" if nothing is guessed."""
    name = typed_french_name(entry)
    if field.choices not in _CHOICES_OF_FORMS or not name:
        return ""
    return guess_fields(name)[_CHOICES_OF_FORMS.index(field.choices)]


def guessed_forms(entry: Entry) -> str:
    """Return the forms of a partner's name with the guessed article, such as « du Collège, au Collège, représenté ».

    "" once an article was chosen.
    """
    name = typed_french_name(entry)
    if entry.question != WHO or entry.part or not name or entry.get("article") is not None:
        return ""
    return _forms(name, entry, guess_fields(name)[0])


def _forms(name: str, entry: Entry, article: str) -> str:
    """Return the forms of a name with this article, and the gender, number and elision that were chosen."""
    gender, number = (str(entry.get(cell) or "") for cell in ("gender", "number"))
    elides = {"yes": True, "no": False}.get(str(entry.get("elides", "")))
    name_forms = french_name(name, article, gender, number, elides)
    return f"{name_forms.of}, {name_forms.to}, {name_forms.participle('représenté')}"


def option_words(field: Field, entry: Entry, code: str, words: str) -> str:
    """Return the words of an option; of an article with its forms: « le : du Collège, au Collège, représenté »."""
    name = typed_french_name(entry)
    if field.choices != ARTICLE or not name:
        return words
    return f"{words} : {_forms(name, entry, code)}"


def agreeing_values(field: Field, entry: Entry, article: Value) -> dict[str, Value]:
    """Return the values of the fields "gender" and "number" to set with an article, as its forms showed them.

    {} for other fields.
    """
    name = typed_french_name(entry)
    if field.choices != ARTICLE or not name or not isinstance(article, str):
        return {}
    name_forms = french_name(name, article)
    return {"gender": name_forms.gender or None, "number": PLURAL if name_forms.plural else SINGULAR}
