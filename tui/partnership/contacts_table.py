"""Turns the contacts of a partnership into rows of texts (for CSV), and reads rows with heads in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id, order_between
from tui.partnership.partners import PEOPLE, WHO, active, find, people
from tui.partnership.values import ORDER, Change, Partnership, Value, order_behind
from tui.text.clean import one_line
from tui.text.mail_addresses import read_addresses
from tui.text.name_matching import fold

COLUMNS = ("organization", "name", "title", "email", "phone", "language", "accountable", "signs", "listed")
_FLAGS = ("accountable", "signs", "listed")
# The heads by which each column is recognised (folded), also those that spreadsheets and address books use.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "organization": ("organization", "organisation", "organisme", "partenaire", "partner", "company", "entreprise"),
    "name": ("name", "nom", "full name", "nom complet", "personne"),
    "title": ("title", "titre", "fonction", "job title", "poste"),
    "email": ("email", "e-mail", "courriel", "mail", "adresse courriel"),
    "phone": ("phone", "telephone", "tel", "cellulaire", "mobile"),
    "language": ("language", "langue"),
    "accountable": ("accountable", "responsable", "personne responsable", "accountable contact", "contact person"),
    "signs": ("signs", "signe", "signe l'entente", "signs the agreement"),
    "listed": ("listed", "annexe", "in the annex", "a l'annexe"),
}
_YES = frozenset({"1", "x", "oui", "yes", "o", "y", "true", "vrai"})


def contact_rows(guide: Guide, partnership: Partnership, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the heads, then a row for each person of the active partners, private addresses included."""
    yes = guide.choice("yes_no", "yes", lang)
    yield tuple(guide.word(f"contact_{name}", lang) for name in COLUMNS)
    for partner in active(partnership):
        for row in people(partnership, partner.id):
            flags = (yes if row.get(name) else "" for name in _FLAGS)
            texts = (row.text(name, lang) for name in ("name", "title", "email", "phone"))
            yield (partner.name(lang), *texts, str(row.get("language", "")), *flags)


class NoOrganisation(BadValue):
    """Raised for a row without an organisation, if no partner was given to whom it belongs."""


def contact_changes(
    partnership: Partnership, rows: Sequence[Sequence[str]], lang: str, owner: str, *, cards: bool
) -> tuple[Change, ...]:
    """Return the changes that add the people in rows, or update those who are known; `rows[0]` holds the heads.

    An unknown organisation becomes a prospective partner; a row without one belongs to the partner `owner` (id, ""
    for none). `cards` says that the rows come from vCards, which messages count as cards instead of lines. Raises
    BadValue if the heads are not understood or an e-mail address is wrong, NoOrganisation if a row belongs to nobody.
    """
    heads = [_column(head) for head in rows[0]] if rows else []
    if rows and ("name" not in heads or ("organization" not in heads and not owner)):
        heads_found = ", ".join(head for head in map(one_line, rows[0]) if head) or "–"
        message = _("The first line has to name the columns, “organization” and “name” among them. It says: {heads}.")
        raise BadValue(message.format(heads=heads_found))
    if not any(cell.strip() for row in rows[1:] for cell in row):
        raise BadValue(_("There is no line in this file."))
    reader = _RowReader(partnership, lang, owner, _("Card {n}") if cards else _("Line {n}"))
    for number, cells in enumerate(rows[1:], 1 if cards else 2):
        texts = {head: one_line(cell) for head, cell in zip(heads, cells, strict=False) if head and cell.strip()}
        if texts.get("name") or texts.get("organization"):
            reader.row(number, texts)
    return tuple(reader.changes)


def _column(head: str) -> str:
    """Return which of COLUMNS a head names; "" for none."""
    return next((name for name, words in _HEADS.items() if fold(one_line(head)) in map(fold, words)), "")


class _RowReader:
    """Collects the changes for rows; partners and people added by earlier rows are found again."""

    def __init__(self, partnership: Partnership, lang: str, owner: str, line_words: str) -> None:
        self._partnership, self._lang, self._default_owner, self._line_words = partnership, lang, owner, line_words
        self._owners: dict[str, str] = {}  # the ids of added partners, by folded name
        self._people: dict[tuple[str, str], str] = {}  # the ids of added people, by (partner's id, folded name)
        self._partner_order = order_behind(partnership, WHO, "")
        self._person_order = order_behind(partnership, WHO, PEOPLE)
        self.changes: list[Change] = []

    def row(self, number: int, texts: Mapping[str, str]) -> None:
        """Read the line or card `number` of the file (from 1), whose texts are given by column. Raises BadValue."""
        place = self._line_words.format(n=number) + (f" ({texts['name']})" if texts.get("name") else "")
        if not texts.get("organization") and not self._default_owner:
            raise NoOrganisation(_("{place} names no organization.").format(place=place))
        unreadable = read_addresses(texts.get("email", "")).unreadable
        if unreadable:
            raise BadValue(_("{place}: “{text}” is no e-mail address.").format(place=place, text=unreadable[0]))
        owner = self._owner(texts["organization"]) if texts.get("organization") else self._default_owner
        if not texts.get("name"):
            return
        person = self._person(owner, texts["name"])
        values: dict[str, Value] = {name: texts.get(name) for name in ("email", "phone")}
        values[f"title@{self._lang}"] = texts.get("title")
        values["language"] = _language(texts.get("language", ""))
        values |= {name: True for name in _FLAGS if fold(texts.get(name, "")) in _YES}
        self._set(person, PEOPLE, owner, values)

    def _owner(self, name: str) -> str:
        """Return the id of the partner called `name`, which is added if it is unknown."""
        partners_called = find(self._partnership, name)
        if partners_called:
            return partners_called[0].id
        if fold(name) not in self._owners:
            owner = self._owners[fold(name)] = new_id()
            self._partner_order = order_between(self._partner_order, "")
            self._set(owner, "", owner, {ORDER: self._partner_order, f"name@{self._lang}": name})
        return self._owners[fold(name)]

    def _person(self, owner: str, name: str) -> str:
        """Return the id of the partner's person called `name`, who is added if unknown."""
        folded_name = fold(name)
        key = owner, folded_name
        for row in people(self._partnership, owner):
            if fold(row.text("name", self._lang)) == folded_name:
                return row.id
        if key not in self._people:
            person = self._people[key] = new_id()
            self._person_order = order_between(self._person_order, "")
            self._set(person, PEOPLE, owner, {ORDER: self._person_order, "name": name})
        return self._people[key]

    def _set(self, entry: str, part: str, owner: str, values: Mapping[str, Value]) -> None:
        filled_values = ((cell, value) for cell, value in values.items() if value not in (None, ""))
        self.changes += [Change(entry, WHO, cell, value, part, (owner,)) for cell, value in filled_values]


def _language(text: str) -> str:
    """Return "fr" or "en" for « français », « FR », « anglais », "English" …; "" for any other text."""
    return {"fr": "fr", "en": "en", "an": "en"}.get(fold(text)[:2], "")


def listed_contacts(partnership: Partnership, view: Partnership, lang: str) -> Iterable[tuple[str, ...]]:
    """Yield (organisation, name, title, e-mail, telephone) of people who gave leave and whose partner may be named."""
    for partner in active(view):
        for row in people(partnership, partner.id):
            if row.get("listed") and partner.name(lang) and row.text("name", lang):
                yield (partner.name(lang), *(row.text(name, lang) for name in ("name", "title", "email", "phone")))
