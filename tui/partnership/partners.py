"""The partners of a partnership: which take part, their names, the rows that belong to them, and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tui.fast_dataclass import dataclass
from tui.partnership.values import Entry, Partnership
from tui.text.dates import is_date, last_day
from tui.text.french_names import FrenchName, french_name, guess_name, split_article, strip_quotes
from tui.text.name_matching import fold

WHO, PEOPLE = "open.who", "people"
# The part of the entry that holds the state of the whole question WHO: an entry without a part is a partner there.
WHOLE = "#whole"
WITHDRAWN = "withdrawn"  # a status, as are the codes of the next two lines
GONE = frozenset({"declined", WITHDRAWN})
INTERESTED = MAY_APPEAR = frozenset({"interested", "committed", "signatory"})  # with these a name may be shown
LEFT_AS = "left_as"  # the cell of a withdrawn partner with its status before, if that was one of MAY_APPEAR
ALL = "all"  # used as the id of a group: all active partners
_NO_ARTICLE = "none"  # the choice that sets a name without an article
_ENGLISH_ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation's membership in this partnership."""

    entry: Entry
    day: str = ""  # the ISO day on which it is looked at; "" for no day: then its dates are ignored
    counts: bool | None = None  # in a public view without its dates, whether it is active that day; else None

    @property
    def id(self) -> str:
        """The partner's id."""
        return self.entry.id

    @property
    def status(self) -> str:
        """One of the codes of choices.toml [status]; a new partner is prospective."""
        return str(self.entry.get("status", "prospective"))

    @property
    def active(self) -> bool:
        """Whether it takes part on `day`: it has neither declined nor left.

        A partner with a leaving date is active to the end of that day, whatever its status. A partner marked as
        withdrawn without a date has left. If `counts` is given, it decides.
        """
        if self.counts is not None:
            return self.counts
        if self.status == "declined":
            return False
        until = self.entry.get("until")
        if not isinstance(until, str) or not is_date(until) or not self.day:
            return self.status not in GONE
        return last_day(until).isoformat() >= self.day

    @property
    def may_appear(self) -> bool:
        """Whether its name may be printed: its status is one of MAY_APPEAR, or somebody has said yes to it (`named`).

        A partner that withdrew may appear only if it might appear before.
        """
        left_as = self.entry.get(LEFT_AS) if self.status == WITHDRAWN else None
        return self.status in MAY_APPEAR or left_as in MAY_APPEAR or bool(self.entry.get("named"))

    def name(self, lang: str) -> str:
        """Return its full name in `lang`, else in the other language; "" if none was typed, or this view hides it."""
        return self.entry.text("name", lang)

    def short(self, lang: str) -> str:
        """Return its short name in `lang`, else in the other language, else its full name; "" for neither."""
        return self.entry.text("short_name", lang) or self.name(lang)

    def french(self, *, short: bool = True, guessed: bool = False) -> FrenchName:
        """Return the name by which a French sentence calls it, with the article, gender and number typed for it.

        `short` uses the French short name if there is one. If nobody chose an article, `guessed` uses the one that the
        name suggests: messages of the program may guess, the document must not.
        """
        cells = self.entry
        short_name = strip_quotes(str(cells.get("short_name@fr", ""))) if short else ""
        typed = short_name.removeprefix(_ENGLISH_ARTICLE) or self.name("fr")
        article, gender, number = (str(cells.get(cell, "")) for cell in ("article", "gender", "number"))
        elides = {"yes": True, "no": False}.get(str(cells.get("elides", "")))
        if guessed and not article:
            article = guess_name(typed).article
        return french_name(typed, article, gender, number, elides)

    def in_sentence(self, lang: str) -> str:
        """Return what a message of the program calls it: « le Collège », « la Municipalité de Saint-Aubin ».

        Without a full name it is the short name; "" without either.
        """
        if not self.name(lang):
            return self.short(lang)
        return self.french(guessed=True).subject if lang == "fr" else self.short(lang)


def partners(partnership: Partnership) -> tuple[Partner, ...]:
    """Return all partners that were not removed, in their order; also those that declined or withdrew."""
    kept_partners: tuple[Partner, ...] | None = partnership.derived.get("partners")
    if kept_partners is None:
        kept_partners = partnership.derived["partners"] = tuple(
            _partner_of(partnership, row) for row in partnership.rows(WHO)
        )
    return kept_partners


def active(partnership: Partnership) -> tuple[Partner, ...]:
    """Return the partners that take part on the partnership's day (`Partner.active`), in their order."""
    kept_partners: tuple[Partner, ...] | None = partnership.derived.get("active")
    if kept_partners is None:
        kept_partners = partnership.derived["active"] = tuple(
            partner for partner in partners(partnership) if partner.active
        )
    return kept_partners


def active_ids(partnership: Partnership) -> tuple[str, ...]:
    """Return the ids of the active partners, in their order."""
    kept_ids: tuple[str, ...] | None = partnership.derived.get("active_ids")
    if kept_ids is None:
        kept_ids = partnership.derived["active_ids"] = tuple(partner.entry.id for partner in active(partnership))
    return kept_ids


def staying(partnership: Partnership) -> tuple[Partner, ...]:
    """Return the partners that have neither declined nor been marked as withdrawn, whatever the day.

    The fingerprints of the text depend on these and not on `active`, so that no position is reopened because a leaving
    date has passed.
    """
    return tuple(partner for partner in partners(partnership) if partner.status not in GONE)


def with_those_who_left(partnership: Partnership) -> tuple[Partner, ...]:
    """Return the active partners, then those that left or declined, which are still shown in lists of partners."""
    return (*active(partnership), *(partner for partner in partners(partnership) if not partner.active))


def find_partner(partnership: Partnership, partner_id: str) -> Partner | None:
    """Return the partner of that id, removed ones included; None when there is none."""
    partners_by_id: dict[str, Partner | None] = partnership.derived.setdefault("partners_by_id", {})
    if partner_id not in partners_by_id:
        entry = partnership.entry(partner_id)
        if entry is not None and (entry.question != WHO or entry.part):
            entry = None
        partners_by_id[partner_id] = _partner_of(partnership, entry) if entry is not None else None
    return partners_by_id[partner_id]


def _partner_of(partnership: Partnership, entry: Entry) -> Partner:
    return Partner(entry, partnership.day, partnership.counts.get(entry.id))


def people(partnership: Partnership, partner_id: str) -> tuple[Entry, ...]:
    """Return the people of one partner, in their order."""
    return partnership.rows(WHO, PEOPLE, (partner_id,))


def find(partnership: Partnership, text: str) -> tuple[Partner, ...]:
    """Return the partner with the id `text`, else all partners of that name; () for none.

    The whole name must match: full or short, in any language, with or without its article, without regard to case and
    accents.
    """
    all_partners = partners(partnership)
    by_id = tuple(partner for partner in all_partners if partner.id == text)
    if by_id:
        return by_id
    by_name: dict[str, list[Partner]] | None = partnership.derived.get("partners_by_name")
    if by_name is None:
        by_name = partnership.derived["partners_by_name"] = {}
        for partner in all_partners:
            for name in _folded_names(partner):
                by_name.setdefault(name, []).append(partner)
    return tuple(by_name.get(fold(text), ()))


def _folded_names(partner: Partner) -> set[str]:
    """Return all names of a partner, folded (lower case, without accents)."""
    cells = partner.entry.cells
    values = [cell.value for key, cell in cells.items() if key.partition("@")[0] in ("name", "short_name")]
    names = [value for value in values if isinstance(value, str)]
    return {fold(form) for name in names for form in _forms(name, str(partner.entry.get("article", "")))} - {""}


def _forms(text: str, article: str) -> tuple[str, ...]:
    """Return the ways to write a name: as typed, without its article, and with the article chosen for it."""
    base = split_article(text)[1]
    if base.casefold().startswith(_ENGLISH_ARTICLE):
        base = base[len(_ENGLISH_ARTICLE) :]
    if article in ("", _NO_ARTICLE):
        return text, base
    space = "" if article.endswith("'") else " "
    return text, base, f"{article}{space}{base}"


def givers(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the partners a row belongs to: those it names, else its subject."""
    return entry.givers


def rows_of(partnership: Partnership, question: str, part: str, partner_id: str) -> tuple[Entry, ...]:
    """Return the rows in use of a part that belong to one partner, alone or with others, in their order."""
    return tuple(partnership.by_giver.get((question, part, partner_id), ()))


def group_members(partnership: Partnership, group: str) -> tuple[str, ...]:
    """Return the ids of the members of a group (its id, or ALL for the active partners), also of those who left.

    () for a group that was removed or has no members.
    """
    if group == ALL:
        return tuple(partner.id for partner in active(partnership))
    entry = partnership.entry(group)
    members: Any = entry.get("members") if entry is not None and not entry.removed else None
    return tuple(members.get("ids", ())) if isinstance(members, Mapping) else ()


def group_name(partnership: Partnership, group: str, lang: str) -> str:
    """Return the name of the group of that id; "" for ALL, for a removed group, and for one without a name."""
    entry = partnership.entry(group)
    return entry.text("name", lang) if entry is not None and not entry.removed else ""


def find_group(partnership: Partnership, text: str) -> Entry | None:
    """Return the first group with the id or name `text`, in any language, without regard to case and accents."""
    wanted = fold(text)
    for entry in partnership.rows("extra.groups", "rows"):
        if entry.id == text or (wanted and wanted in {fold(entry.text("name", "fr")), fold(entry.text("name", "en"))}):
            return entry
    return None


def join(names: Iterable[str], word: str) -> str:
    """Return « A, B et C »: the names that are not "", with `word` (« et », "and") before the last."""
    listed = [name for name in names if name]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {word} {listed[-1]}"
