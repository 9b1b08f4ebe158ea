"""Reads what was typed at a prompt as the value of a field: choices by number or words, partners by some letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.form.form import FormField
from tui.form.form_words import suggestions
from tui.guide.guide_types import TEXT_KINDS, Field
from tui.i18n import _
from tui.partnership.field_kinds import BadDate, BadValue, ParseContext, read_value
from tui.partnership.name_references import means_everyone, partner_id, split_names
from tui.partnership.partners import Partner, active, find
from tui.partnership.values import Value
from tui.text.clean import clean, one_line
from tui.text.name_matching import fold, matches
from tui.workspace.workspace import Workspace

YES, NO = ("oui", "o", "yes", "y"), ("non", "n", "no")
EVERYONE = ("tous", "toutes", "all", "everyone")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field."""

    number: str  # what is typed to choose it
    code: str
    words: str


def options(form_field: FormField) -> list[Option]:
    """Return the choices of a field, numbered from 1; words that begin with a number, as « 3 mois », keep it."""
    found = []
    for position, (code, words) in enumerate(form_field.options, 1):
        own_number, text = re.fullmatch(r"(\d*)\s*(.*)", words, re.DOTALL).groups()  # type: ignore[union-attr]
        found.append(Option(own_number or str(position), code, text))
    return found


def _read(reading: ParseContext, field: Field, text: str) -> Value:
    """Return the value of a typed text; a date without its year is the next such date. Raises BadValue."""
    try:
        return read_value(reading, field, text)
    except BadDate as error:
        if error.doubt != "year":
            raise
        return read_value(reading, field, error.meant)


def value_of(workspace: Workspace, form_field: FormField, text: str) -> Value:
    """Return the value of what was typed in a field, never None. Raises BadValue with what to type instead."""
    field = form_field.field
    assert field is not None
    if field.kind in TEXT_KINDS:
        value = clean(text).strip("\n") if field.kind == "prose" else one_line(text)
        if not value.strip():
            raise BadValue(_("There is nothing to read in this line. Please type it again."))
        return value
    if field.kind == "choice":
        return _choice(form_field, field, text)
    reader = {"flag": _flag, "partner": _partner}.get(field.kind)
    value = reader(workspace, field, text) if reader else _read(_reading(workspace), field, text)
    if value is None:
        raise BadValue(_("There is nothing to read in this line. Please type it again."))
    return value


def _reading(workspace: Workspace) -> ParseContext:
    return ParseContext(workspace.guide, workspace.partnership, workspace.lang)


def _choice(form_field: FormField, field: Field, text: str) -> str:
    """Return the code of the choice that a text means: by its number, its code, its words, or the only near ones."""
    wanted = fold(text).rstrip(".")
    choices = options(form_field)
    for option in choices:
        known_as = map(fold, form_field.context.guide.words_of(field.choices, option.code))
        if wanted in (option.number, *known_as, fold(option.words), option.code):
            return option.code
    near = [option.code for option in choices if wanted and fold(option.words).startswith(wanted)]
    near = near or [option.code for option in choices if re.search(r"\w", wanted) and matches(wanted, option.words)]
    if len(near) == 1:
        return near[0]
    raise BadValue(
        _("“{text}” is none of the choices. Type the number of one, or its words.").format(text=_short(text))
    )


def _flag(workspace: Workspace, field: Field, text: str) -> bool:
    word = fold(text).rstrip(".")
    if word in YES or word in NO:
        return word in YES
    raise BadValue(_("“{text}” is not understood here. Type yes or no.").format(text=_short(text)))


def _partner(workspace: Workspace, field: Field, text: str) -> Value:
    try:
        return read_value(_reading(workspace), field, text)
    except BadValue:
        near = suggestions(workspace.form_context, field, text)
        if len(near) != 1:
            raise
        return read_value(_reading(workspace), field, near[0])


def row_number(text: str, rows: Sequence[object]) -> int:
    """Return the number, from 1, of the row that a text of one or two digits means; 0 for any other text.

    Raises BadValue for such a number that no row has: it is hardly meant as the text of a new row.
    """
    if not re.fullmatch(r"[0-9]{1,2}", text.strip()):
        return 0
    number = int(text)
    if 1 <= number <= len(rows):
        return number
    raise BadValue(_("There is no line {number} here.").format(number=number))


def partner_of(workspace: Workspace, text: str, known: Sequence[Partner]) -> Partner:
    """Return the partner meant by its number in `known`, its name, or letters of it. Raises BadValue if not one."""
    text = text.strip()
    ids = {partner.id for partner in known}
    found = [partner for partner in find(workspace.partnership, text) if partner.id in ids]
    if not found and re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= len(known):
        return known[int(text) - 1]
    if not found and re.search(r"\w", text):
        found = [
            partner
            for partner in known
            if matches(text, partner.name(workspace.lang)) or matches(text, partner.short(workspace.lang))
        ]
    if len(found) == 1:
        return found[0]
    if found:
        sentence = _("“{text}” may mean several partners. Type its number or the whole name.")
    else:
        sentence = _("No partner is called “{text}”. Type its number or its name.")
    raise BadValue(sentence.format(text=_short(text)))


def partner_named(workspace: Workspace, text: str) -> str:
    """Return the id of the partner meant by its number among the active ones or by its exact name.

    Letters of a name are not enough for what changes a partner for long (it leaves, it signs). Raises BadValue for
    none.
    """
    known = active(workspace.partnership)
    numbered = re.fullmatch(r"[0-9]{1,2}", text.strip()) and not find(workspace.partnership, text.strip())
    return partner_of(workspace, text, known).id if numbered else partner_id(workspace.partnership, text.strip())


def partners_of(workspace: Workspace, text: str) -> list[Partner]:
    """Return the partners meant by « 2, 3 », « 1 et 2 », « tous » or names. Raises BadValue for an unknown one."""
    known = active(workspace.partnership)
    if means_everyone(workspace.partnership, text, EVERYONE):
        return list(known)
    if re.fullmatch(r"[\d\s]+", text) and not find(workspace.partnership, text):
        return [partner_of(workspace, part, known) for part in text.split()]
    found: list[Partner] = []
    for piece in split_names(text, lambda name: bool(find(workspace.partnership, name))):
        for word in _pieces(workspace, piece):
            who = partner_of(workspace, word, known)
            found += [who] if who not in found else []
    return found


def _pieces(workspace: Workspace, text: str) -> list[str]:
    """Return the parts of « A et B », or the whole text where it is itself a name."""
    if find(workspace.partnership, text):
        return [text]
    return [piece for piece in re.split(r"(?i)\s+(?:et|and|&)\s+", text) if piece.strip()]


def _short(text: str) -> str:
    """Return a text in one line of at most 60 letters, to be quoted."""
    line = one_line(text)
    return line if len(line) <= 60 else line[:59] + "…"
