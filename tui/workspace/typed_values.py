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
from tui.text.clean import clean, is_unseen, one_line
from tui.text.name_matching import fold, matches
from tui.workspace.workspace import Workspace

YES, NO = ("oui", "o", "yes", "y"), ("non", "n", "no")  # the words that mean yes and no, in French and English
EVERYONE = ("tous", "toutes", "all", "everyone")  # the words that mean all partners
_QUOTED_LETTERS = 60  # at most, of what was typed


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field."""

    number: str  # what is typed to choose it
    code: str
    words: str


def options(form_field: FormField) -> list[Option]:
    """Return the choices of a field, numbered from 1; words that begin with a number, as « 3 mois », keep it."""
    numbered = []
    for position, (code, words) in enumerate(form_field.options, 1):
        own_number, text = re.fullmatch(r"(\d*)\s*(.*)", words, re.DOTALL).groups()  # type: ignore[union-attr]
        numbered.append(Option(own_number or str(position), code, text))
    return numbered


def _read_typed(context: ParseContext, field: Field, text: str) -> Value:
    """Return the value of a typed text; a date without its year is the next such date. Raises BadValue."""
    try:
        return read_value(context, field, text)
    except BadDate as error:
        if error.doubt != "year":
            raise
        return read_value(context, field, error.meant)


def value_of(workspace: Workspace, form_field: FormField, text: str) -> Value:
    """Return the value of what was typed in a field, never None. Raises BadValue with what to type instead."""
    field = form_field.field
    assert field is not None
    if field.kind in TEXT_KINDS:
        value = clean(text).strip("\n") if field.kind == "prose" else one_line(text)
        if is_unseen(value):
            raise BadValue(_("There is nothing to read in this line. Please type it again."))
        return value
    if field.kind == "choice":
        return _choice(form_field, field, text)
    reader = {"flag": _flag, "partner": _partner}.get(field.kind)
    value = reader(workspace, field, text) if reader else _read_typed(_parse_context(workspace), field, text)
    if value is None:
        raise BadValue(_("There is nothing to read in this line. Please type it again."))
    return value


def _parse_context(workspace: Workspace) -> ParseContext:
    return ParseContext(workspace.guide, workspace.partnership, workspace.lang)


def _choice(form_field: FormField, field: Field, text: str) -> str:
    """Return the code of the choice that a text means: by its number, its code, its words, or the only near ones."""
    wanted = fold(text).rstrip(".")
    choices = options(form_field)
    for option in choices:
        other_words = map(fold, form_field.context.guide.words_of(field.choices, option.code))
        if wanted in (option.number, *other_words, fold(option.words), option.code):
            return option.code
    near = [option.code for option in choices if wanted and fold(option.words).startswith(wanted)]
    near = near or [option.code for option in choices if re.search(r"\w", wanted) and matches(wanted, option.words)]
    if len(near) == 1:
        return near[0]
    raise BadValue(
        _("“{text}” is none of the choices. Type the number of one, or its words.").format(text=_short(text))
    )


def _flag(workspace: Workspace, field: Field, text: str) -> bool:
    """Return whether a text means yes. Raises BadValue where it means neither yes nor no."""
    word = fold(text).rstrip(".")
    if word in YES or word in NO:
        return word in YES
    raise BadValue(_("“{text}” is not understood here. Type yes or no.").format(text=_short(text)))


def _partner(workspace: Workspace, field: Field, text: str) -> Value:
    """Return the value of a field that names a partner: by its name, else by the only near one. Raises BadValue."""
    try:
        return read_value(_parse_context(workspace), field, text)
    except BadValue:
        near = suggestions(workspace.form_context, field, text)
        if len(near) != 1:
            raise
        return read_value(_parse_context(workspace), field, near[0])


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


def partner_of(workspace: Workspace, text: str, candidates: Sequence[Partner]) -> Partner:
    """Return the partner meant by its number in `candidates`, its name, or letters of it.

    Raises BadValue where none is meant, or several.
    """
    text = text.strip()
    ids = {partner.id for partner in candidates}
    meant = [partner for partner in find(workspace.partnership, text) if partner.id in ids]
    if not meant and re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= len(candidates):
        return candidates[int(text) - 1]
    if not meant and re.search(r"\w", text):
        meant = [
            partner
            for partner in candidates
            if matches(text, partner.name(workspace.lang)) or matches(text, partner.short(workspace.lang))
        ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        sentence = _("“{text}” may mean several partners. Type its number or the whole name.")
    else:
        sentence = _("No partner is called “{text}”. Type its number or its name.")
    raise BadValue(sentence.format(text=_short(text)))


def split_partner(workspace: Workspace, text: str, candidates: Sequence[Partner]) -> tuple[Partner, str]:
    """Return the partner that a line begins with, and the rest: « La Boussole mardi », « 2 : mardi ».

    It is the one of the longest name that stands there, else that meant by the first word. Raises BadValue as
    `partner_of`.
    """
    words = text.split()
    lengths = range(len(words), 1, -1)
    length = next((length for length in lengths if find(workspace.partnership, _joined(words[:length]))), 1)
    return partner_of(workspace, _joined(words[:length]), candidates), " ".join(words[length:]).lstrip(":;, ")


def _joined(words: Sequence[str]) -> str:
    """Return a name of several words, without the mark behind it."""
    return " ".join(words).rstrip(":;, ")


def partner_named(workspace: Workspace, text: str) -> str:
    """Return the id of the partner meant by its number among the active ones or by its exact name.

    Letters of a name are not enough for what changes a partner for long (it leaves, it signs). Raises BadValue for
    none.
    """
    is_number = re.fullmatch(r"[0-9]{1,2}", text.strip()) and not find(workspace.partnership, text.strip())
    if is_number:
        return partner_of(workspace, text, active(workspace.partnership)).id
    return partner_id(workspace.partnership, text.strip())


def partners_of(workspace: Workspace, text: str) -> list[Partner]:
    """Return the partners meant by « 2, 3 », « 1 et 2 », « tous » or names. Raises BadValue for an unknown one."""
    candidates = active(workspace.partnership)
    if means_everyone(workspace.partnership, text, EVERYONE):
        return list(candidates)
    if re.fullmatch(r"[\d\s]+", text) and not find(workspace.partnership, text):
        return [partner_of(workspace, part, candidates) for part in text.split()]
    meant: list[Partner] = []
    for piece in split_names(text, lambda name: bool(find(workspace.partnership, name))):
        for name in _pieces(workspace, piece):
            partner = partner_of(workspace, name, candidates)
            if partner not in meant:
                meant.append(partner)
    return meant


def _pieces(workspace: Workspace, text: str) -> list[str]:
    """Return the parts of « A et B », or the whole text where it is itself a name."""
    if find(workspace.partnership, text):
        return [text]
    return [piece for piece in re.split(r"(?i)\s+(?:et|and|&)\s+", text) if piece.strip()]


def _short(text: str) -> str:
    """Return a text in one line of at most `_QUOTED_LETTERS`, to be quoted."""
    line = one_line(text)
    return line if len(line) <= _QUOTED_LETTERS else line[: _QUOTED_LETTERS - 1] + "…"
