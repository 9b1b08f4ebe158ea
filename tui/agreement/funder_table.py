"""Makes a table of what funders ask for: partners, objectives and results, contributions, money, dates (for CSV)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui.agreement.phrasing import Phrasing
from tui.agreement.standing_document import outcome_words
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.outcomes import last_outcome
from tui.partnership.partners import find_partner, partners
from tui.partnership.values import Entry, Partnership
from tui.partnership.versions import ADOPTED_MARK

HEADS = ("kind", "partner", "text", "type", "status", "amount", "currency", "date", "until", "result")


@dataclass(frozen=True, slots=True)
class FunderRow:
    """One row of the table; amounts are decimal strings, dates ISO dates as precise as known (« 2027-03 »)."""

    kind: str  # partner, objective, contribution, money or date
    partner: str = ""  # the name of the partner, or of the partners that give
    text: str = ""
    type: str = ""  # of a contribution, or the indicator of an objective
    status: str = ""
    amount: str = ""
    currency: str = ""
    date: str = ""
    until: str = ""  # the end of a period that begins at `date`
    result: str = ""  # what came of an objective or contribution, in words

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the row, in the order of HEADS."""
        return (
            self.kind, self.partner, self.text, self.type, self.status, self.amount, self.currency, self.date,
            self.until, self.result,
        )  # fmt: skip


def funder_rows(guide: Guide, view: Partnership, lang: str) -> Iterator[FunderRow]:
    """Yield all rows in `lang`; `view` is the public view, so that nothing private is in them."""
    phrasing = Phrasing(guide, view, lang)
    for partner in partners(view):
        if partner.name(lang):
            status = guide.choice("status", partner.status, lang)
            start, end = str(partner.entry.get("from", "")), str(partner.entry.get("until", ""))
            role = phrasing.text(partner.entry, "role")
            yield FunderRow("partner", partner.name(lang), role, status=status, date=start, until=end)
    for row in view.rows("gather.objectives", "rows"):
        text = phrasing.text(row, "text")
        yield FunderRow(
            "objective",
            text=text,
            type=phrasing.text(row, "indicator"),
            status=_state(phrasing, row),
            date=str(row.get("due", "")),
            result=outcome_words(phrasing, row.id),
        )
    for row in view.rows("open.contributions", "rows"):
        amount, currency = _amount(row.get("value"))
        yield FunderRow(
            "contribution",
            _given_by(phrasing, row),
            phrasing.text(row, "text"),
            phrasing.in_words(row, "type"),
            phrasing.in_words(row, "state"),
            amount,
            currency,
            str(row.get("due", "")),
            "",
            outcome_words(phrasing, row.id),
        )
    for row in view.rows("commit.funding", "rows"):
        amount, currency = _amount(row.get("amount"))
        yield FunderRow(
            "money",
            _given_by(phrasing, row) if row.get("partners") else "",
            phrasing.text(row, "source"),
            "",
            phrasing.in_words(row, "status"),
            amount,
            currency,
            str(row.get("due", "")),
        )
    yield from _dates(phrasing)


def _dates(phrasing: Phrasing) -> Iterator[FunderRow]:
    """Yield the rows of the kind "date": adoption, periods, review."""
    mark = phrasing.view.setting(ADOPTED_MARK)
    if isinstance(mark, Mapping):
        yield FunderRow("date", text=phrasing.word("adopted"), date=str(mark.get("on", "")))
    for row in phrasing.view.rows("extra.dates", "rows"):
        period: Any = row.get("period")
        if isinstance(period, Mapping):
            text = phrasing.text(row, "label") or phrasing.word("period")
            yield FunderRow("date", text=text, date=str(period.get("start", "")), until=str(period.get("end", "")))
    review = phrasing.answer("extra.review")
    if review is not None and review.get("date"):
        yield FunderRow("date", text=phrasing.word("review"), date=str(review.get("date")))


def _given_by(phrasing: Phrasing, row: Entry) -> str:
    """Return the names of the givers that are still partners; if all have left, the names of all."""
    givers = (find_partner(phrasing.view, partner_id) for partner_id in row.givers)
    return phrasing.given_by(row) or ", ".join(partner.name(phrasing.lang) for partner in givers if partner is not None)


def _state(phrasing: Phrasing, row: Entry) -> str:
    """Return what came of an objective, in the words of a choice; "" if nothing was noted."""
    return phrasing.in_words(last_outcome(phrasing.view, row.id), "state")


def _amount(value: object) -> tuple[str, str]:
    """Return (decimal string, currency) of an amount; ("", "") if there is none, or if it was not understood.

    A value that was not understood is stored as {"typed": what was typed}.
    """
    if isinstance(value, Mapping) and "typed" not in value:
        return str(value.get("amount", "")), str(value.get("currency", ""))
    return "", ""
