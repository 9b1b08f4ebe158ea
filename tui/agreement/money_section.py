"""Section 10: each sum once, who pays it to whom, and what is given in kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.agreement.blocks import Block, Origin
from tui.agreement.phrasing import CONTRIBUTIONS, Phrasing, line, origin
from tui.agreement.tabulation import KnownRow, tabulated
from tui.partnership.cost_shares import cost_lines, same_sum, typed_twice
from tui.partnership.partners import ALL, find
from tui.partnership.promised_money import paid_to, promised_amount, promises_money
from tui.partnership.values import Cell, Entry, Value
from tui.text.french_names import FEMININE, MASCULINE, group_gender
from tui.text.name_matching import fold
from tui.text.separators import colon

FUNDING = "commit.funding"
# What a sentence says behind its one amount: « 2 500 $ à chaque halte », “$2,500 to each of the partners”.
_SAYS_EACH = re.compile(r"\$[\d.,]* (?:a cha[cq]|to (?:each|every) |(?:par|per) (?:organi|partenaire|partner|memb))")
IN_KIND = frozenset({"expertise", "staff", "space", "equipment", "network", "data", "promotion"})
# The fields of a row of money, column by column ("" where the cell has none), and the set phrases of the headings.
_SUM_FIELDS = ("source", "amount", "partners", "recipients", "due", "")
_SUM_HEADS = ("source", "amount", "paid_by", "to_whom", "due", "said_in")
_PAYERS = frozenset({2, 3})  # the columns, from 0, of those who pay and of those who are paid
_ALL = frozenset(range(len(_SUM_FIELDS)))
_ACQUIRED = "acquired"
# The headings and fields of a budget line.
_COST_HEADS = ("cost_item", "cost_year", "responsible", "amount")
_COST_FIELDS = ("item", "year", "partner", "amount")


def resources(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 10: the money, the trustee, other funding where it may be told, and what is given in kind."""
    told = tuple(_sums(phrasing))
    rows = [row for row in told if row.repeats != _ALL]
    agent = phrasing.answer(FUNDING)
    chosen = phrasing.shown(agent, "fiscal_agent")
    money = tabulated(phrasing, [phrasing.word(word) for word in _SUM_HEADS], rows, phrasing.word("source"))
    rest = phrasing.word("money_others" if rows else "money_line", section=phrasing.in_section("commitments"))
    return (
        *money,
        *((line(rest),) if len(rows) < len(told) else ()),
        *((line(phrasing.word("fiscal_agent", name=chosen), origin(agent, "fiscal_agent")),) if chosen else ()),
        *_sought(phrasing, agent),
        *_costs(phrasing),
        *_in_kind(phrasing),
    )


def _costs(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return who pays what of a budget line in a year: first the amount budgeted, then each partner's share."""
    if phrasing.void(FUNDING):
        return ()
    rows = [row for line in cost_lines(phrasing.view, phrasing.lang) for row in (*line.budget, *line.shares)]
    known = [KnownRow(_cost_cells(phrasing, row), origin(row, "item"), _COST_FIELDS, frozenset({2})) for row in rows]
    heads = [phrasing.word(word) for word in _COST_HEADS]
    table = tabulated(phrasing, heads, known, phrasing.word("costs"))
    return phrasing.titled(phrasing.word("costs"), table, Origin(question=FUNDING))


def _cost_cells(phrasing: Phrasing, row: Entry) -> tuple[str, ...]:
    """Return the cells of one budget line: item, year, who pays, amount."""
    amount = phrasing.shown(row, "amount")
    if row.get("in_kind"):
        amount = ", ".join(filter(None, (amount, phrasing.word("cost_in_kind").lower())))
    who = phrasing.shown(row, "partner") if row.get("partner") else phrasing.word("cost_budgeted")
    return phrasing.text(row, "item"), str(row.get("year") or ""), who, amount


def _sums(phrasing: Phrasing) -> Iterator[KnownRow]:
    """Yield one row a sum: what is acquired, then the money that commitments promise, unless a row told it already."""
    rows = (row for row in phrasing.rows(CONTRIBUTIONS) if promises_money(row) and phrasing.givers(row))
    promised = [_money_promised(phrasing, row) for row in rows]
    taken: set[str] = set()  # the ids of the commitments that a row of money tells already
    acquired = [row for row in phrasing.rows(FUNDING) if row.get("status") in (None, _ACQUIRED)]
    see = phrasing.word("in_section", number=phrasing.reference("commitments"))
    for row in _without_doubles(phrasing, acquired):
        left = (promise for promise in promised if promise.id not in taken)
        same = next((promise for promise in left if same_sum(phrasing.view, row, promise, phrasing.lang)), None)
        taken |= {same.id} if same is not None else set()
        payer = phrasing.given_by(same) if same is not None else ""
        source, payer = phrasing.text(row, "source"), phrasing.shown(row, "partners") or payer
        is_payer = payer in {phrasing.called(partner.id) for partner in find(phrasing.view, source)}
        texts = (
            source,
            _amount(phrasing, row),
            payer,
            _recipients(phrasing, row, same),
            phrasing.shown(row, "due") or phrasing.shown(same, "due"),
            see if same is not None else "",
        )
        names, repeats = (_PAYERS | {0}, frozenset({2})) if is_payer else (_PAYERS, frozenset[int]())
        yield KnownRow(texts, origin(row, "source"), _SUM_FIELDS, names, repeats)
    for row in promised:
        if row.id not in taken:
            texts = (
                phrasing.text(row, "text"),
                _amount(phrasing, row, "value") or phrasing.shown(row, "ceiling"),
                phrasing.given_by(row),
                _recipients(phrasing, row, None, "value"),
                phrasing.shown(row, "due"),
                see,
            )
            says_more = any(texts[at] for at in (1, 3, 4))  # than the commitment: the amount, to whom, by when
            yield KnownRow(texts, origin(row, "text"), names=_PAYERS, repeats=frozenset() if says_more else _ALL)


def _money_promised(phrasing: Phrasing, row: Entry) -> Entry:
    """Return a commitment of money with its amount and recipients in fields, even if only its sentence tells them."""
    said: dict[str, Value] = {
        "each": bool(_SAYS_EACH.search(fold(phrasing.text(row, "text")))),
        "value": promised_amount(row, phrasing.lang),
        "recipients": dict(paid_to(phrasing.view, row, phrasing.lang)) or None,
    }
    return replace(row, cells={**row.cells, **{name: Cell(value, 0) for name, value in said.items()}})


def _without_doubles(phrasing: Phrasing, rows: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the rows of money; two of the same source that contradict each other nowhere become one."""
    kept: list[Entry] = []
    for row in rows:
        at = next((at for at, other in enumerate(kept) if typed_twice(other, row, phrasing.lang)), None)
        if at is None:
            kept.append(row)
        else:  # each of the two rows may fill cells that the other leaves empty
            kept[at] = replace(kept[at], cells={**row.cells, **kept[at].cells})
    yield from kept


def _amount(phrasing: Phrasing, row: Entry, field: str = "amount") -> str:
    """Return « jusqu'à 6 500 $ », « 50 000 $ à chacun des organismes du milieu », « 2 500 $ à chacune des haltes »."""
    amount = phrasing.shown(row, field)
    if amount and row.get("ceiling"):
        amount = phrasing.word("up_to", amount=amount)
    if not amount or not _to_each(row):
        return amount
    whom = phrasing.shown(row, "recipients")
    if not whom:
        return phrasing.word("each", amount=amount)
    given = row.get("recipients")
    ids, group = (given.get("ids", ()), given.get("group", "")) if isinstance(given, dict) else ((), "")
    if phrasing.is_listed(ids, group) and not set(ids) <= set(phrasing.nameless):
        return phrasing.word("to_each_listed", amount=amount, members=whom)
    alike = phrasing.lang != "fr" or phrasing.is_listed(ids, group) or group == ALL
    gender = MASCULINE if alike else group_gender(whom)
    if not gender:  # « chacun » or « chacune » would be a guess
        return phrasing.word("to_each_member", amount=amount, group=whom)
    key = "to_each_of_them" if gender == FEMININE else "to_each_of"
    return phrasing.word(key, amount=amount, members=phrasing.of_each(ids, group))


def _to_each(row: Entry) -> bool:
    """Return whether each of several receives the sum: of one named alone, « chacun » says nothing."""
    given = row.get("recipients")
    alone = isinstance(given, dict) and not given.get("group") and len(given.get("ids", ())) == 1
    return bool(row.get("each")) and not alone


def _recipients(phrasing: Phrasing, row: Entry, promise: Entry | None, amount: str = "amount") -> str:
    """Return who receives the sum, by its row or by the commitment that promises it; "" where `_amount` names them."""
    told = phrasing.shown(row, "recipients")
    if told and _to_each(row) and phrasing.shown(row, amount):
        return ""
    return told or phrasing.shown(promise, "recipients")


def _sought(phrasing: Phrasing, answer: Entry | None) -> Iterator[Block]:
    """Yield « Un autre financement sera cherché. » if that may be told, and the sources that may be named."""
    if answer is not None and answer.get("say_sought"):
        yield line(phrasing.word("funding_sought"), origin(answer, "say_sought"))
    for row in phrasing.rows(FUNDING):
        if row.get("status") not in (None, _ACQUIRED) and row.get("told"):
            facts = ", ".join(filter(None, (phrasing.text(row, "source"), _amount(phrasing, row))))
            if facts:
                status = phrasing.capital(phrasing.shown(row, "status"))
                yield line(status + colon(phrasing.lang) + facts, origin(row, "source"))


def _is_in_kind(phrasing: Phrasing, row: Entry) -> bool:
    """Return whether a contribution is in kind: by its type, or by a value where its type is not money."""
    return row.get("type") in IN_KIND or (row.get("type") not in (None, "money") and bool(phrasing.shown(row, "value")))


def _in_kind(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return what is given in kind with its value where one is known; of the rest one line, for section 7 says it."""
    given = [row for row in phrasing.rows(CONTRIBUTIONS) if _is_in_kind(phrasing, row) and phrasing.givers(row)]
    valued = [row for row in given if phrasing.shown(row, "value")]
    words = ("partner", "what_is_given", "in_kind_value")
    rows = [
        KnownRow(
            (phrasing.given_by(row), phrasing.text(row, "text"), phrasing.shown(row, "value")),
            origin(row, "value"),
            names=frozenset({0}),
        )
        for row in valued
    ]
    table = tabulated(phrasing, [phrasing.word(word) for word in words], rows, phrasing.word("in_kind"))
    rest = phrasing.word("in_kind_others" if valued else "in_kind_line", section=phrasing.in_section("commitments"))
    told = (*table, *((line(rest),) if len(valued) < len(given) else ()))
    return phrasing.titled(phrasing.word("in_kind"), told, Origin(question=CONTRIBUTIONS))
