"""The signatures of an adopted version: who signs for each partner, who has signed, and since when it is in force.

Each noted signature names its version and keeps the rule by which that version takes effect, so that later changes of
the text or of a partner's people do not affect it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.partnership.ids import new_id
from tui.partnership.values import ORDER, Change, Entry, Partnership, Value, order_behind
from tui.text.dates import is_date
from tui.text.name_matching import fold

SIGNATURES, ANNEXES, ROWS = "follow.signatures", "follow.annexes", "rows"
LEGAL = "extra.legal"
ALL_SIGNED, ON_DATE = "all_signed", "on_date"  # codes of choices.toml [effect]
ALL_FROM = "all_from"  # the rule of an amendment with a date: in force from that day once all have signed
_DAY_LENGTH = len("2026-11-22")  # characters; a shorter date names a month or a year


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs for a partner."""

    name: str  # as the version prints it, "" for a blank to be filled in
    title: str
    row: Entry | None = None  # the row that notes the signature, None if there is none yet

    @property
    def signed_on(self) -> str:
        """The ISO day on which they signed, "" if they have not."""
        on = str(self.row.get("on", "")) if self.row is not None else ""
        return on if is_date(on) else ""


@dataclass(frozen=True, slots=True)
class Party:
    """One partner of a version, with those who sign for it."""

    partner: str  # its id
    name: str  # as the version prints it
    signers: tuple[Signer, ...]

    @property
    def signed_on(self) -> str:
        """The ISO day on which the last of its signers signed, "" while one has not."""
        days = [signer.signed_on for signer in self.signers]
        return max(days) if days and all(days) else ""


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatures of one version."""

    version: str  # its id
    parties: tuple[Party, ...]
    rule: str = ALL_SIGNED  # how it takes effect: ALL_SIGNED, ON_DATE or ALL_FROM
    effect_on: str = ""  # the ISO day of the rules ON_DATE and ALL_FROM

    @property
    def signed(self) -> tuple[Party, ...]:
        """The parties for which everyone has signed."""
        return tuple(party for party in self.parties if party.signed_on)

    @property
    def in_force_on(self) -> str:
        """The ISO day from which the version is in force, which may be in the future; "" while too few have signed.

        By ON_DATE it binds those who have signed from that day on, once two have. Otherwise all must have signed.
        """
        if self.rule == ON_DATE and self.effect_on:
            days = sorted(max(party.signed_on, self.effect_on) for party in self.signed)
            return days[1] if len(days) > 1 else ""
        all_signed = bool(self.parties) and len(self.signed) == len(self.parties)
        since = self.effect_on if self.rule == ALL_FROM else ""
        return max(since, *(party.signed_on for party in self.parties)) if all_signed else ""

    def binds_from(self, party: Party) -> str:
        """Return the ISO day from which the version binds a party, "" while it does not."""
        day = self.in_force_on
        return max(day, party.signed_on) if day and party.signed_on else ""


def signing_of(
    partnership: Partnership, version: str, expected: Iterable[tuple[str, str, tuple[tuple[str, str], ...]]]
) -> Signing:
    """Return the signatures of a version (id).

    `expected` holds for each partner of the version (id, name, ((name, title) of each person who signs)). A signature
    noted for somebody else fills a signer whom the version leaves blank, else it is an additional one.
    """
    rows = partnership.rows(SIGNATURES, ROWS)
    parties = []
    for partner, name, people in expected:
        partner_rows = [row for row in rows if row.get("version") == version and partner in row.subject]
        parties.append(Party(partner, name, tuple(_signers(partner_rows, people))))
    rule, effect_on = rule_of(partnership)
    noted = next((str(row.get("rule")) for row in rows if row.get("version") == version and row.get("rule")), "")
    if noted:
        rule, _colon, effect_on = noted.partition(":")
    return Signing(version, tuple(parties), rule, effect_on)


def _signers(rows: list[Entry], people: tuple[tuple[str, str], ...]) -> Iterator[Signer]:
    """Yield the people whom a version names, each with their row, then the other rows, then the remaining blanks."""
    other_rows = list(rows)
    unnamed = 0
    for name, title in people:
        row = next((entry for entry in other_rows if name and fold(str(entry.get("name", ""))) == fold(name)), None)
        if row is not None:
            other_rows.remove(row)
        if name:
            yield Signer(name, title, row)
        else:
            unnamed += 1
    for row in other_rows:
        yield Signer(str(row.get("name", "")), row.text("title", "fr"), row)
    for _blank in range(unnamed - len(other_rows)):
        yield Signer("", "")


def rule_of(partnership: Partnership) -> tuple[str, str]:
    """Return how the present text takes effect: (ALL_SIGNED, "") or (ON_DATE, ISO day)."""
    legal = partnership.entry(LEGAL)
    if legal is not None and legal.get("effect") == ON_DATE:
        on = str(legal.get("effect_on"))
        if is_date(on) and len(on) == _DAY_LENGTH:
            return ON_DATE, on
    return ALL_SIGNED, ""


def signature_changes(
    partnership: Partnership, version: str, partner: str, fields: Mapping[str, Value], row: Entry | None = None
) -> tuple[Change, ...]:
    """Return the changes that note `fields` of a signature for a partner (id), in `row` or in a new row."""
    row_id = row.id if row is not None else new_id()
    rule, on = rule_of(partnership)
    first_cells = {} if row is not None else {
        ORDER: order_behind(partnership, SIGNATURES, ROWS), "version": version, "rule": f"{rule}:{on}",
    }  # fmt: skip
    cells = {**first_cells, **{cell: value for cell, value in fields.items() if value not in (None, "")}}
    return tuple(Change(row_id, SIGNATURES, cell, value, ROWS, (partner,)) for cell, value in cells.items())


def annex_changes(partnership: Partnership, version: str, fields: Mapping[str, Value]) -> tuple[Change, ...]:
    """Return the changes that note a paper that goes with a version: an annex, or an extract of a resolution."""
    row_id = new_id()
    cells = {ORDER: order_behind(partnership, ANNEXES, ROWS), "version": version, **fields}
    return tuple(Change(row_id, ANNEXES, cell, value, ROWS) for cell, value in cells.items() if value not in (None, ""))


def annexes_of(partnership: Partnership, version: str) -> tuple[Entry, ...]:
    """Return the papers noted for a version, in their order."""
    return tuple(row for row in partnership.rows(ANNEXES, ROWS) if row.get("version") == version)


def signatures_of(partnership: Partnership, version: str) -> tuple[Entry, ...]:
    """Return the rows that note signatures of a version, in the order in which they were noted."""
    return tuple(row for row in partnership.rows(SIGNATURES, ROWS) if row.get("version") == version)
