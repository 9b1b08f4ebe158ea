"""The partners: who takes part, under which name, and what a row given by several means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tui.fast_dataclass import dataclass
from tui.partnership.values import Entry, Partnership
from tui.text.dates import is_date, last_day
from tui.text.french_names import FrenchName, chosen, guess, typed_article, unquoted
from tui.text.name_matching import fold

WHO, PEOPLE = "open.who", "people"
WHOLE = "#whole"  # the part of the entry that marks WHO for all: without a part it would be a partner
GONE = frozenset({"declined", "withdrawn"})
INTERESTED = MAY_APPEAR = frozenset({"interested", "committed", "signatory"})
WITHDRAWN, LEFT_AS = "withdrawn", "left_as"  # a status, and the cell that keeps the one before it where it showed
ALL = "all"


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation's membership in this partnership."""

    entry: Entry
    day: str = ""  # the ISO day for which it is told; "" where no date can have come
    counts: bool | None = None  # whether it counts on that day, in a view that does not tell its dates

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
        """Whether it counts on the day: it has not declined, and not left. A leaving date acts when it has passed.

        Who is marked as withdrawn without a date left at once; with one, it stays to the end of that day.
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
        """Whether its name may stand in the document: from interested on, or on an explicit yes.

        Leaving makes nothing public: who withdrew may appear only if it might appear until then.
        """
        left_as = self.entry.get(LEFT_AS) if self.status == WITHDRAWN else None
        return self.status in MAY_APPEAR or left_as in MAY_APPEAR or bool(self.entry.get("named"))

    def name(self, lang: str) -> str:
        """Return its full name, "" when none was typed (or when it is private and this is a public view)."""
        return self.entry.text("name", lang)

    def short(self, lang: str) -> str:
        """Return its short name, else its full one."""
        return self.entry.text("short_name", lang) or self.name(lang)

    def french(self, *, short: bool = True, guessed: bool = False) -> FrenchName:
        """Its name as a French sentence calls it, with the article, gender and number of its own fields.

        `short` takes the short name where there is one; `guessed` the article that the name itself tells, where nobody
        chose one: what the program says of a partner needs no confirmed article, as the document does.
        """
        cells = self.entry
        typed = unquoted(str(cells.get("short_name@fr", "")) if short else "").removeprefix("the ") or self.name("fr")
        article, gender, number = (str(cells.get(name, "")) for name in ("article", "gender", "number"))
        elides = {"yes": True, "no": False}.get(str(cells.get("elides", "")))
        if guessed and not article:
            article = guess(typed).article
        return chosen(typed, article, gender, number, elides)

    def in_sentence(self, lang: str) -> str:
        """What a sentence of the program calls it: « le Collège », « la Municipalité de Saint-Aubin »; "" unnamed."""
        if not self.name(lang):
            return self.short(lang)
        return self.french(guessed=True).subject if lang == "fr" else self.short(lang)


def partners(partnership: Partnership) -> tuple[Partner, ...]:
    """Return all partners that were not taken away, in their order; also those who declined or withdrew."""
    found: tuple[Partner, ...] | None = partnership.worked_out.get("partners")
    if found is None:
        found = partnership.worked_out["partners"] = tuple(_told(partnership, row) for row in partnership.rows(WHO))
    return found


def active(partnership: Partnership) -> tuple[Partner, ...]:
    """Return the partners that count in every denominator."""
    found: tuple[Partner, ...] | None = partnership.worked_out.get("active")
    if found is None:
        found = partnership.worked_out["active"] = tuple(partner for partner in partners(partnership) if partner.active)
    return found


def active_ids(partnership: Partnership) -> tuple[str, ...]:
    """Return the ids of the partners that count."""
    found: tuple[str, ...] | None = partnership.worked_out.get("active_ids")
    if found is None:
        found = partnership.worked_out["active_ids"] = tuple(partner.entry.id for partner in active(partnership))
    return found


def staying(partnership: Partnership) -> tuple[Partner, ...]:
    """Return the partners that have neither declined nor been marked as withdrawn, whatever the day.

    What is said yes to is told by this, not by `active`: a date that passes reopens no position.
    """
    return tuple(partner for partner in partners(partnership) if partner.status not in GONE)


def with_those_who_left(partnership: Partnership) -> tuple[Partner, ...]:
    """The partners that count, then those who declined or withdrew: they are asked nothing, and stay reachable."""
    return (*active(partnership), *(partner for partner in partners(partnership) if not partner.active))


def find_partner(partnership: Partnership, name: str) -> Partner | None:
    """Return the partner of that id, removed ones included; None when there is none."""
    entry = partnership.entry(name)
    known = entry is not None and entry.question == WHO and not entry.part
    return _told(partnership, entry) if entry is not None and known else None


def _told(partnership: Partnership, entry: Entry) -> Partner:
    return Partner(entry, partnership.day, partnership.counts.get(entry.id))


def people(partnership: Partnership, partner_id: str) -> tuple[Entry, ...]:
    """Return the people of one partner, in their order."""
    return partnership.rows(WHO, PEOPLE, (partner_id,))


def find(partnership: Partnership, text: str) -> tuple[Partner, ...]:
    """Return the partners a person may mean by `text`: by id, else by exact name or short name in any language."""
    known = partners(partnership)
    by_id = tuple(partner for partner in known if partner.id == text)
    if by_id:
        return by_id
    called: dict[str, list[Partner]] | None = partnership.worked_out.get("called")
    if called is None:
        called = partnership.worked_out["called"] = {}
        for partner in known:
            for name in _names(partner):
                called.setdefault(name, []).append(partner)
    return tuple(called.get(fold(text), ()))


def _names(partner: Partner) -> set[str]:
    texts = [cell.value for key, cell in partner.entry.cells.items() if key.partition("@")[0] in ("name", "short_name")]
    typed = [text for text in texts if isinstance(text, str)]
    return {fold(form) for text in typed for form in _forms(text, str(partner.entry.get("article", "")))} - {""}


def _forms(text: str, article: str) -> tuple[str, ...]:
    """The ways a document writes a name: as typed, without its article, and with the one that was chosen for it."""
    base = typed_article(text)[1]
    base = base[4:] if base[:4].casefold() == "the " else base
    chosen = article + base if article.endswith("'") else f"{article} {base}"
    return (text, base, chosen) if article not in ("", "none") else (text, base)


def givers(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the partners a row belongs to: those it names, else its subject."""
    return entry.givers


def rows_of(partnership: Partnership, question: str, part: str, partner_id: str) -> tuple[Entry, ...]:
    """Return the rows of a part that belong to one partner, alone or with others."""
    return tuple(partnership.by_giver.get((question, part, partner_id), ()))


def group_members(partnership: Partnership, group: str) -> tuple[str, ...]:
    """Return the ids a group's name stands for now: all active partners for "all", else those of the named group."""
    if group == ALL:
        return tuple(partner.id for partner in active(partnership))
    entry = partnership.entry(group)
    given: Any = entry.get("members") if entry is not None and not entry.removed else None
    return tuple(given.get("ids", ())) if isinstance(given, Mapping) else ()


def group_name(partnership: Partnership, group: str, lang: str) -> str:
    """Return the name of a group entry; "" for "all" and for a group that is gone."""
    entry = partnership.entry(group)
    return entry.text("name", lang) if entry is not None and not entry.removed else ""


def find_group(partnership: Partnership, text: str) -> Entry | None:
    """Return the group a person names, by id or by name in any language."""
    wanted = fold(text)
    for entry in partnership.rows("extra.groups", "rows"):
        if entry.id == text or (wanted and wanted in {fold(entry.text("name", "fr")), fold(entry.text("name", "en"))}):
            return entry
    return None


def join(names: Iterable[str], word: str) -> str:
    """« A, B et C »: names set in a row with the language's "and"."""
    listed = [name for name in names if name]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {word} {listed[-1]}"
