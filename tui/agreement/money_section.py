"""Composes section 10: a table of the sums (who pays what to whom), the budget, and what is given in kind.

Sums come from two questions: rows of money (FUNDING) and commitments that promise money (CONTRIBUTIONS). A sum that is
in both is printed once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.agreement import numbering
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
# Matches, after the amount, « 2 500 $ à chaque halte », “$2,500 to each of the partners” (folded: no accents).
_SAYS_EACH = re.compile(r"\$[\d.,]* (?:a cha[cq]|to (?:each|every) |(?:par|per) (?:organi|partenaire|partner|memb))")
# The types of contribution that are in kind.
IN_KIND = frozenset({"expertise", "staff", "space", "equipment", "network", "data", "promotion"})
# The fields that the columns of the table of sums show ("" for none), and the set phrases of their headings.
_SUM_FIELDS = ("source", "amount", "partners", "recipients", "due", "")
_SUM_HEADS = ("source", "amount", "paid_by", "to_whom", "due", "said_in")
_NAME_COLUMNS = frozenset({2, 3})  # the columns, from 0, that hold names: who pays, and who is paid
# As `KnownRow.repeats` (the columns that repeat other words): the whole row only repeats, so the table leaves it out.
_ALL_COLUMNS = frozenset(range(len(_SUM_FIELDS)))
_ACQUIRED = "acquired"  # the status of money that is sure
# The headings and fields of a budget line.
_COST_HEADS = ("cost_item", "cost_year", "responsible", "amount")
_COST_FIELDS = ("item", "year", "partner", "amount")


def resources(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 10: the sums, the fiscal agent, funding that is sought, the budget, and what is given in kind."""
    sums = tuple(_sums(phrasing))
    rows = [row for row in sums if row.repeats != _ALL_COLUMNS]  # without those that only repeat a commitment
    answer = phrasing.answer(FUNDING)
    agent = phrasing.in_words(answer, "fiscal_agent")
    money = tabulated(phrasing, [phrasing.word(word) for word in _SUM_HEADS], rows, phrasing.word("source"))
    # « Les autres contributions en argent sont celles que disent les engagements (section 7). »
    key = "money_others" if rows else "money_line"
    line_on_commitments = line(phrasing.word(key, section=phrasing.in_section("commitments")))
    return (
        *money,
        *((line_on_commitments,) if len(rows) < len(sums) else ()),
        *((line(phrasing.word("fiscal_agent", name=agent), origin(answer, "fiscal_agent")),) if agent else ()),
        *_funding_sought(phrasing, answer),
        *_costs(phrasing),
        *_in_kind(phrasing),
    )


def _costs(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the table of the budget: for each line and year the amount budgeted, then each partner's share."""
    if phrasing.is_void(FUNDING):
        return ()
    names = frozenset({_COST_FIELDS.index("partner")})
    costs = cost_lines(phrasing.view, phrasing.lang)
    rows = [row for cost in costs for row in (*cost.budget, *cost.shares)]
    rows_of_costs = [KnownRow(_cost_cells(phrasing, row), origin(row, "item"), _COST_FIELDS, names) for row in rows]
    heads = [phrasing.word(word) for word in _COST_HEADS]
    table = tabulated(phrasing, heads, rows_of_costs, phrasing.word("costs"))
    return phrasing.with_title(phrasing.word("costs"), table, Origin(question=FUNDING))


def _cost_cells(phrasing: Phrasing, row: Entry) -> tuple[str, ...]:
    """Return the cells of one row of the budget: item, year, the partner that pays or « Montant prévu », amount."""
    amount = phrasing.in_words(row, "amount")
    if row.get("in_kind"):
        amount = ", ".join(filter(None, (amount, phrasing.word("cost_in_kind").lower())))
    who = phrasing.in_words(row, "partner") if row.get("partner") else phrasing.word("cost_budgeted")
    return phrasing.text(row, "item"), str(row.get("year") or ""), who, amount


def _sums(phrasing: Phrasing) -> Iterator[KnownRow]:
    """Yield one row for each sum: acquired money, then money that commitments promise and no acquired row repeats.

    A row that only repeats its commitment has `repeats` _ALL_COLUMNS.
    """
    promising, _in_kind_rows = _money_and_kind(phrasing)
    promises = [_money_promised(phrasing, row) for row in promising if phrasing.givers(row)]
    printed: set[str] = set()  # the ids of the commitments whose sum a row of acquired money prints
    acquired = [row for row in phrasing.rows(FUNDING) if row.get("status") in (None, _ACQUIRED)]
    see_commitments = phrasing.word("in_section", number=numbering.reference("commitments"))
    for row in _without_doubles(phrasing, acquired):
        not_printed = (promise for promise in promises if promise.id not in printed)
        same = next((promise for promise in not_printed if same_sum(phrasing.view, row, promise, phrasing.lang)), None)
        payer = phrasing.in_words(row, "partners")
        if same is not None:
            printed.add(same.id)
            payer = payer or phrasing.given_by(same)
        source = phrasing.text(row, "source")
        source_is_payer = payer in {phrasing.sentence_name(partner.id) for partner in find(phrasing.view, source)}
        texts = (
            source,
            _amount(phrasing, row),
            payer,
            _recipients(phrasing, row, same),
            phrasing.in_words(row, "due") or phrasing.in_words(same, "due"),
            see_commitments if same is not None else "",
        )
        # A source that is the payer is a name too, and the column of the payer then repeats it.
        names, repeats = (_NAME_COLUMNS | {0}, frozenset({2})) if source_is_payer else (_NAME_COLUMNS, frozenset[int]())
        yield KnownRow(texts, origin(row, "source"), _SUM_FIELDS, names, repeats)
    for row in promises:
        if row.id not in printed:
            texts = (
                phrasing.text(row, "text"),
                _amount(phrasing, row, "value") or phrasing.in_words(row, "ceiling"),
                phrasing.given_by(row),
                _recipients(phrasing, row, None, "value"),
                phrasing.in_words(row, "due"),
                see_commitments,
            )
            says_more = any(texts[at] for at in (1, 3, 4))  # amount, to whom, by when
            yield KnownRow(
                texts, origin(row, "text"), names=_NAME_COLUMNS, repeats=frozenset() if says_more else _ALL_COLUMNS
            )


def _money_promised(phrasing: Phrasing, row: Entry) -> Entry:
    """Return a commitment of money with amount and recipients in its fields, read from its sentence if not typed."""
    values: dict[str, Value] = {
        "each": bool(_SAYS_EACH.search(fold(phrasing.text(row, "text")))),
        "value": promised_amount(row, phrasing.lang),
        "recipients": dict(paid_to(phrasing.view, row, phrasing.lang)) or None,
    }
    read_cells = {name: Cell(value, 0) for name, value in values.items()}  # revision 0: nobody typed them
    return replace(row, cells={**row.cells, **read_cells})


def _without_doubles(phrasing: Phrasing, rows: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the rows of money; two that were typed twice (same source, no contradiction) become one."""
    entries: list[Entry] = []
    for row in rows:
        at = next((at for at, other in enumerate(entries) if typed_twice(other, row, phrasing.lang)), None)
        if at is None:
            entries.append(row)
        else:  # each of the two rows may fill cells that the other leaves empty
            entries[at] = replace(entries[at], cells={**row.cells, **entries[at].cells})
    yield from entries


def _amount(phrasing: Phrasing, row: Entry, field: str = "amount") -> str:
    """Return an amount in words, with its recipients if each of several gets it; "" if `field` is empty.

    « jusqu'à 6 500 $ », « 50 000 $ à chacun des organismes du milieu », « 2 500 $ à chacune des haltes ».
    """
    amount = phrasing.in_words(row, field)
    if amount and row.get("ceiling"):
        amount = phrasing.word("up_to", amount=amount)
    if not amount or not _is_for_each(row):
        return amount
    names = phrasing.in_words(row, "recipients")
    if not names:
        return phrasing.word("each", amount=amount)
    value = row.get("recipients")  # {"ids": partner ids, "group": a group's id or ""}
    recipients = value if isinstance(value, dict) else {}
    ids, group = recipients.get("ids", ()), recipients.get("group", "")
    is_listed = phrasing.is_listed(ids, group)
    some_have_names = not set(ids) <= set(phrasing.nameless_ids)
    if is_listed and some_have_names:
        return phrasing.word("to_each_listed", amount=amount, members=names)
    # Only « chacun(e) des haltes », said of a group by its French name, takes the gender of that name.
    needs_no_gender = phrasing.lang != "fr" or is_listed or group == ALL
    gender = MASCULINE if needs_no_gender else group_gender(names)
    if not gender:
        # « chacun » or « chacune » would be a guess.
        return phrasing.word("to_each_member", amount=amount, group=names)
    key = "to_each_of_them" if gender == FEMININE else "to_each_of"
    return phrasing.word(key, amount=amount, members=phrasing.of_each_name(ids, group))


def _is_for_each(row: Entry) -> bool:
    """Return whether each of several receives the sum; for a single recipient « chacun » would say nothing."""
    recipients = row.get("recipients")
    is_one = isinstance(recipients, dict) and not recipients.get("group") and len(recipients.get("ids", ())) == 1
    return bool(row.get("each")) and not is_one


def _recipients(phrasing: Phrasing, row: Entry, promise: Entry | None, amount: str = "amount") -> str:
    """Return who receives the sum, by its row or by the commitment that promises it; "" if `_amount` names them.

    `amount` is the field of `row` that holds the amount.
    """
    names = phrasing.in_words(row, "recipients")
    named_by_amount = names and _is_for_each(row) and phrasing.in_words(row, amount)
    return "" if named_by_amount else names or phrasing.in_words(promise, "recipients")


def _funding_sought(phrasing: Phrasing, answer: Entry | None) -> Iterator[Block]:
    """Yield « Un autre financement sera cherché. » if the partnership wants it said, and the sources it may name."""
    if answer is not None and answer.get("say_sought"):
        yield line(phrasing.word("funding_sought"), origin(answer, "say_sought"))
    for row in phrasing.rows(FUNDING):
        may_be_named = row.get("told")  # a box that is ticked
        if row.get("status") not in (None, _ACQUIRED) and may_be_named:
            facts = ", ".join(filter(None, (phrasing.text(row, "source"), _amount(phrasing, row))))
            if facts:
                status = phrasing.capital(phrasing.in_words(row, "status"))
                yield line(status + colon(phrasing.lang) + facts, origin(row, "source"))


def _money_and_kind(phrasing: Phrasing) -> tuple[tuple[Entry, ...], ...]:
    """Return (the contributions that promise money, those in kind); kept while no contribution changes."""
    rows = phrasing.rows(CONTRIBUTIONS)

    def group() -> tuple[tuple[Entry, ...], ...]:
        return tuple(filter(promises_money, rows)), tuple(row for row in rows if _is_in_kind(phrasing, row))

    return phrasing.own_blocks.groups.of("money", rows, group) if phrasing.own_blocks is not None else group()


def _is_in_kind(phrasing: Phrasing, row: Entry) -> bool:
    """Return whether a contribution is in kind: by its type, or since it has a value and its type is not money."""
    kind = row.get("type")
    return kind in IN_KIND or (kind not in (None, "money") and bool(phrasing.in_words(row, "value")))


def _in_kind(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return a table of what is given in kind and has a value, and one line that refers to section 7 for the rest."""
    contributions = [row for row in _money_and_kind(phrasing)[1] if phrasing.givers(row)]
    valued = [row for row in contributions if phrasing.in_words(row, "value")]
    words = ("partner", "what_is_given", "in_kind_value")
    rows = [
        KnownRow(
            (phrasing.given_by(row), phrasing.text(row, "text"), phrasing.in_words(row, "value")),
            origin(row, "value"),
            names=frozenset({0}),
        )
        for row in valued
    ]
    table = tabulated(phrasing, [phrasing.word(word) for word in words], rows, phrasing.word("in_kind"))
    rest = phrasing.word("in_kind_others" if valued else "in_kind_line", section=phrasing.in_section("commitments"))
    blocks = (*table, *((line(rest),) if len(valued) < len(contributions) else ()))
    return phrasing.with_title(phrasing.word("in_kind"), blocks, Origin(question=CONTRIBUTIONS))
