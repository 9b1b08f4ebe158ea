"""Composes « Où nous en sommes », the page for a yearly meeting: what came of each promise, and the dates ahead."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import DASH, Phrasing, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.due import DueItem, due_words
from tui.partnership.outcomes import last_outcome, promises
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date
from tui.text.separators import colon


def standing_document(guide: Guide, view: Partnership, items: Sequence[DueItem], day: str, lang: str) -> Agreement:
    """Return the page for the yearly meeting in `lang` ("fr" or "en") as of an ISO `day`.

    `view` is the public view, `items` the due items that are not private: nothing private is in the page.
    """
    region = region_of(view, lang)
    phrasing = Phrasing(guide, view, lang)
    parts = (  # (name of the part, blocks)
        ("objectives", _objectives(phrasing)),
        ("commitments", _commitments(phrasing)),
        ("dates", _dates(phrasing, items)),
    )
    filled = [(name, blocks) for name, blocks in parts if blocks]
    sections = tuple(
        Section(name, number, polished(phrasing.word(f"standing_{name}"), region), polished(blocks, region))
        for number, (name, blocks) in enumerate(filled, 1)
    )
    empty = Section("none", 1, polished(phrasing.word("standing"), region), (line(phrasing.word("standing_none")),))
    kind = phrasing.word("standing")
    sections = sections or (empty,)
    return companion_document(guide, view, kind, sections, lang=lang, region=region, day=day, dated=True)


def _objectives(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the table of objectives with what came of each."""
    rows = tuple(
        _row(
            phrasing, row, (phrasing.text(row, "text"), phrasing.text(row, "indicator"), phrasing.in_words(row, "due"))
        )
        for row in promises(phrasing.view)
        if row.question == "gather.objectives" and phrasing.text(row, "text")
    )
    return _table(phrasing, ("objective", "indicator", "due", "standing_outcome"), rows, "standing_objectives")


def _commitments(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the table of commitments with what came of each."""
    rows = tuple(
        _row(phrasing, row, (phrasing.given_by(row), phrasing.text(row, "text"), phrasing.in_words(row, "due")))
        for row in promises(phrasing.view)
        if row.question != "gather.objectives" and phrasing.text(row, "text") and phrasing.givers(row)
    )
    return _table(phrasing, ("partner", "standing_commitment", "due", "standing_outcome"), rows, "standing_commitments")


def _dates(phrasing: Phrasing, items: Sequence[DueItem]) -> tuple[Block, ...]:
    """Return the table of the dates ahead and what is due on each."""
    rows = tuple(
        Row(
            (
                _cell(format_date(item.date, phrasing.lang)),
                _cell(due_words(phrasing.guide, phrasing.view, item, phrasing.lang)),
            )
        )
        for item in items
        if item.date
    )
    return _table(phrasing, ("date", "standing_what"), rows, "standing_dates")


def _row(phrasing: Phrasing, row: Entry, texts: tuple[str, ...]) -> Row:
    """Return a table row of `texts` with the outcome of the entry `row` in a last cell."""
    return Row(tuple(map(_cell, (*texts, outcome_words(phrasing, row.id)))), origin(row, "text"))


def outcome_words(phrasing: Phrasing, entry_id: str) -> str:
    """Return what came of a promise: « tenu, depuis octobre 2026, par un mot de Solange Viau : deux soirs ».

    `entry_id` is that of the objective or commitment; "" if nothing was noted about it.
    """
    row = last_outcome(phrasing.view, entry_id)
    if row is None:
        return ""
    since, by, text = phrasing.in_words(row, "on"), phrasing.in_words(row, "by"), phrasing.text(row, "text")
    facts = [phrasing.in_words(row, "state")]
    facts += [phrasing.word("outcome_since", date=since)] if since else []
    facts += [phrasing.word("outcome_by", name=by)] if by else []
    return ", ".join(facts) + (colon(phrasing.lang) + text if text else "")


def _cell(text: str) -> tuple[Run, ...]:
    return (Run(text or DASH),)


def _table(phrasing: Phrasing, heads: tuple[str, ...], rows: tuple[Row, ...], caption: str) -> tuple[Block, ...]:
    """Return a table, () without rows; `heads` and `caption` are keys of set phrases."""
    head = tuple((Run(phrasing.word(name)),) for name in heads)
    return (Table(head, rows, phrasing.word(caption)),) if rows else ()
