"""Costs shared: who pays what of a budget line in a year, in money and in kind, and whether the sums agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tui.fast_dataclass import dataclass
from tui.partnership.partners import find_partner
from tui.partnership.promised_money import paid_to, promised_amount
from tui.partnership.values import Entry, Partnership
from tui.text.french_names import typed_article
from tui.text.name_matching import fold, words_of

FUNDING, COSTS = "commit.funding", "costs"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of the budget in one year: its rows in their order, those without a partner say the amount budgeted.

    `budgeted` is None where no row says it; `shared` is the sum of what the partners pay, in money and in kind.
    """

    item: str
    year: str
    currency: str
    budget: tuple[Entry, ...]
    shares: tuple[Entry, ...]
    budgeted: Decimal | None
    shared: Decimal

    @property
    def difference(self) -> Decimal:
        """What is budgeted and paid by nobody; negative where more is shared. 0 where nothing can be compared."""
        return self.budgeted - self.shared if self.budgeted is not None and self.shares else Decimal(0)


def cost_lines(partnership: Partnership, lang: str) -> tuple[CostLine, ...]:
    """Return the lines of the budget, in the order in which each is named first; their words are in `lang`.

    Rows are of one line where they name the same item and the same year, in the same currency.
    """
    groups: dict[tuple[str, str, str], list[Entry]] = {}
    for row in partnership.rows(FUNDING, COSTS):
        text = row.text("item", lang).strip()
        if text or any(row.get(name) for name in ("year", "partner", "amount", "in_kind")):
            key = fold(text), fold(str(row.get("year") or "")), _currency(row)
            groups.setdefault(key, []).append(row)
    return tuple(_line(rows, currency, lang) for (_item, _year, currency), rows in groups.items())


def unmatched(partnership: Partnership, lang: str) -> Iterator[Entry]:
    """Yield the first share of each line that the budget does not know, where there is a budget at all."""
    lines = cost_lines(partnership, lang)
    if any(line.budgeted is not None for line in lines):
        yield from (line.shares[0] for line in lines if line.budgeted is None and line.shares)


def _line(rows: list[Entry], currency: str, lang: str) -> CostLine:
    budget = tuple(row for row in rows if not row.get("partner"))
    shares = tuple(row for row in rows if row.get("partner"))
    known = [amount for row in budget if (amount := amount_of(row)) is not None]
    shared = sum((amount_of(row) or Decimal(0) for row in shares), Decimal(0))
    first = rows[0]
    item, year = first.text("item", lang).strip(), str(first.get("year") or "").strip()
    return CostLine(item, year, currency, budget, shares, sum(known, Decimal(0)) if known else None, shared)


def amount_of(row: Entry) -> Decimal | None:
    """Return the amount of a row; None where there is none, or none that is understood."""
    value = row.get("amount")
    if not isinstance(value, dict) or "amount" not in value:
        return None
    try:
        return Decimal(str(value["amount"]))
    except InvalidOperation:
        return None


def typed_twice(row: Entry, other: Entry, lang: str) -> bool:
    """Return whether two rows of money are one typed twice: of one source, and nothing that both say differs."""
    source = fold(row.text("source", lang).strip())
    if not source or source != fold(other.text("source", lang).strip()) or row.get("amount") is None:
        return False
    told = ("amount", "partners", "recipients", "due", "status", "ceiling", "each")
    return all(row.get(name) == other.get(name) or not row.get(name) or not other.get(name) for name in told)


def same_sum(partnership: Partnership, row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of the money and a commitment are one sum: of one amount, paid by the same, to the same.

    A row that tells nobody who pays is that commitment's where its source names the partner: « Fonds du Collège ».
    """
    if not same_amount(row, promise, lang) or paid_to_others(partnership, row, promise, lang):
        return False
    if row.givers:
        return frozenset(row.givers) == frozenset(promise.givers)
    source = f" {' '.join(words_of(row.text('source', lang)))} "
    known = (find_partner(partnership, giver) for giver in promise.givers)
    names = (
        name
        for partner in known
        if partner is not None
        for name in (partner.name(lang), typed_article(partner.short(lang))[1])
    )
    return any(f" {' '.join(words)} " in source for name in names if (words := words_of(name)))


def paid_to_others(partnership: Partnership, row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of the money and a commitment are known to pay others, so that they are two sums."""
    told, promised = (set(paid_to(partnership, entry, lang).get("ids", ())) for entry in (row, promise))
    return bool(told and promised) and told != promised


def same_amount(row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of the money and a commitment are of one amount, in one currency."""
    amount, value = row.get("amount"), promised_amount(promise, lang)
    known = isinstance(amount, dict) and isinstance(value, dict) and "amount" in amount
    return bool(known) and (amount["amount"], amount.get("currency")) == (value.get("amount"), value.get("currency"))


def _currency(row: Entry) -> str:
    value = row.get("amount")
    return str(value.get("currency") or "CAD") if isinstance(value, dict) and "amount" in value else "CAD"
