"""Shared costs: who pays what of each line of the budget, and which rows of money are one sum entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tui.fast_dataclass import dataclass
from tui.partnership.partners import find_partner
from tui.partnership.promised_money import paid_to, promised_amount
from tui.partnership.values import Entry, Partnership
from tui.text.french_names import split_article
from tui.text.name_matching import fold, words_of

FUNDING, COSTS = "commit.funding", "costs"  # the question of the money, and its list of shared costs
_DEFAULT_CURRENCY = "CAD"  # of an amount that names none, as in `tui.text.amounts`
# What two rows of money may differ in; a field that one of them leaves empty is no difference.
_COMPARED_FIELDS = ("amount", "partners", "recipients", "due", "status", "ceiling", "each")


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of the budget in one year and one currency, with its rows in their order."""

    item: str  # as its first row words it, "" for none; so is `year`
    year: str
    currency: str  # its code, such as "CAD"
    budget: tuple[Entry, ...]  # the rows without a partner: they say the amount budgeted
    shares: tuple[Entry, ...]  # the rows with a partner: what it pays, in money or in kind
    budgeted: Decimal | None  # the sum of `budget`, None where no row of it holds an amount
    shared: Decimal  # the sum of `shares`; a share without an amount counts as 0

    @property
    def difference(self) -> Decimal:
        """What is budgeted and paid by nobody, negative if more is shared than budgeted.

        0 if no amount is budgeted, or there are no shares.
        """
        return self.budgeted - self.shared if self.budgeted is not None and self.shares else Decimal(0)


def cost_lines(partnership: Partnership, lang: str) -> tuple[CostLine, ...]:
    """Return the lines of the budget in the order of their first rows; their words are in `lang`.

    Rows of the same item, year and currency make one line, without regard to case and accents. A row without an amount
    counts as one in Canadian dollars. Empty rows are left out.
    """
    groups: dict[tuple[str, str, str], list[Entry]] = {}
    for row in partnership.rows(FUNDING, COSTS):
        text = row.text("item", lang).strip()
        if text or any(row.get(name) for name in ("year", "partner", "amount", "in_kind")):
            key = fold(text), fold(str(row.get("year") or "")), _currency_of(row)
            groups.setdefault(key, []).append(row)
    return tuple(_cost_line(rows, currency, lang) for (_item, _year, currency), rows in groups.items())


def unmatched_shares(partnership: Partnership, lang: str) -> Iterator[Entry]:
    """Yield the first share of each line without a budgeted amount, if any other line has one."""
    lines = cost_lines(partnership, lang)
    if any(line.budgeted is not None for line in lines):
        yield from (line.shares[0] for line in lines if line.budgeted is None and line.shares)


def _cost_line(rows: list[Entry], currency: str, lang: str) -> CostLine:
    budget = tuple(row for row in rows if not row.get("partner"))
    shares = tuple(row for row in rows if row.get("partner"))
    amounts = [amount for row in budget if (amount := amount_of(row)) is not None]
    budgeted = sum(amounts, Decimal(0)) if amounts else None
    shared = sum((amount_of(row) or Decimal(0) for row in shares), Decimal(0))
    first = rows[0]
    item, year = first.text("item", lang).strip(), str(first.get("year") or "").strip()
    return CostLine(item, year, currency, budget, shares, budgeted, shared)


def amount_of(row: Entry) -> Decimal | None:
    """Return the amount of a row, without its currency; None if there is none, or it was not understood."""
    value = row.get("amount")
    if not isinstance(value, dict) or "amount" not in value:
        return None
    try:
        return Decimal(str(value["amount"]))
    except InvalidOperation:
        return None


def typed_twice(row: Entry, other: Entry, lang: str) -> bool:
    """Return whether two rows of money are the same one typed twice.

    `row` must have an amount, both must name the same source (without regard to case and accents), and no field of
    `_COMPARED_FIELDS` that both have may differ.
    """
    source = fold(row.text("source", lang).strip())
    if not source or source != fold(other.text("source", lang).strip()) or row.get("amount") is None:
        return False
    in_both_languages = (name for name in _COMPARED_FIELDS if row.get(name) and other.get(name))
    return all(row.get(name) == other.get(name) for name in in_both_languages)


def same_sum(partnership: Partnership, row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of money and a commitment are one sum: of the same amount, paid by the same partners.

    They must not pay different partners (`paid_to_others`). If the row does not say who pays, its source must name a
    partner of the commitment: « Fonds du Collège ».
    """
    if not same_amount(row, promise, lang) or paid_to_others(partnership, row, promise, lang):
        return False
    if row.givers:
        return frozenset(row.givers) == frozenset(promise.givers)
    source = f" {' '.join(words_of(row.text('source', lang)))} "
    givers = (find_partner(partnership, giver) for giver in promise.givers)
    names = (
        name
        for partner in givers
        if partner is not None
        for name in (partner.name(lang), split_article(partner.short(lang))[1])
    )
    return any(f" {' '.join(words)} " in source for name in names if (words := words_of(name)))


def paid_to_others(partnership: Partnership, row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of money and a commitment pay different partners; False if one of them names none."""
    paid, promised = (set(paid_to(partnership, entry, lang).get("ids", ())) for entry in (row, promise))
    return bool(paid and promised) and paid != promised


def same_amount(row: Entry, promise: Entry, lang: str) -> bool:
    """Return whether a row of money and a commitment have the same amount in the same currency."""
    amount, promised = row.get("amount"), promised_amount(promise, lang)
    if not isinstance(amount, dict) or "amount" not in amount or not isinstance(promised, dict):
        return False
    return all(amount.get(name) == promised.get(name) for name in ("amount", "currency"))


def _currency_of(row: Entry) -> str:
    """Return the code of the currency of a row's amount; Canadian dollars if it has no amount that is understood."""
    value = row.get("amount")
    if not isinstance(value, dict) or "amount" not in value:
        return _DEFAULT_CURRENCY
    return str(value.get("currency") or _DEFAULT_CURRENCY)
