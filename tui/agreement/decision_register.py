"""Composes the register of decisions: what was decided, whether it is in force, and its earlier wordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.entered_lines import facts_of, sections_of
from tui.agreement.phrasing import DASH, Phrasing, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.decisions import REASON, all_decisions, decided_on, in_force
from tui.partnership.privacy import public_view
from tui.partnership.values import Entry, HistoryEntry, Partnership
from tui.text.dates import format_date
from tui.text.separators import colon, semicolon

_HEADS = ("decision_number", "decided_on", "decision_text", "decision_state")


def decision_register(
    guide: Guide, partnership: Partnership, past: Iterable[HistoryEntry], day: str, lang: str, region: str = ""
) -> Agreement:
    """Return the register in `lang` ("fr" or "en"), dated with an ISO day; `past` is the history, oldest first.

    Nothing private is in it: neither who proposed a decision nor a wording that was private.
    """
    region = region or region_of(partnership, lang)
    view = public_view(guide, partnership)
    phrasing = Phrasing(guide, view, lang)
    rows = all_decisions(partnership)
    sections = sections_of(guide, partnership, rows)
    earlier = earlier_wordings(past, rows, lang)
    table = tuple(
        Row(
            tuple((Run(text or DASH),) for text in _cells(phrasing, partnership, row, number, sections, earlier)),
            origin(row),
        )
        for number, row in enumerate(rows, 1)
        if phrasing.text(view.entry(row.id), "text")
    )
    head = tuple((Run(phrasing.word(name)),) for name in _HEADS)
    blocks: tuple[Block, ...] = (
        (Table(head, table, phrasing.word("register")),) if table else (line(phrasing.word("no_decision")),)
    )
    section = Section("register", 1, polished(phrasing.word("decisions"), region), polished(blocks, region))
    kind = phrasing.word("register")
    return companion_document(guide, view, kind, (section,), lang=lang, region=region, day=day, dated=True)


def _cells(
    phrasing: Phrasing,
    partnership: Partnership,
    row: Entry,
    number: int,
    sections: Mapping[str, str],
    earlier: Mapping[str, tuple[str, ...]],
) -> Iterator[str]:
    """Yield the cells of one decision: number, date, text with its earlier wordings, state.

    `sections` are the numbers of sections by entry id, `earlier` the wordings by the decision's id.
    """
    yield str(number)
    yield format_date(decided_on(partnership, row), phrasing.lang)
    texts = [phrasing.text(row, "text")]
    if wordings := earlier.get(row.id):
        quoted = ", ".join(phrasing.word("quoted", text=text) for text in wordings)
        texts.append(phrasing.word("words_set_aside", texts=quoted))
    yield semicolon(phrasing.lang).join(texts)
    facts = list(facts_of(phrasing, partnership, row, sections))
    state = [phrasing.word("in_force"), *facts] if in_force(row) else facts
    reason = phrasing.text(row, REASON)
    yield ", ".join(state) + (f"{colon(phrasing.lang)}{reason}" if reason else "")


def earlier_wordings(past: Iterable[HistoryEntry], rows: Iterable[Entry], lang: str) -> dict[str, tuple[str, ...]]:
    """Return by row id the wordings that the row had and no longer has, oldest first, without private ones."""
    current = {row.id: {row.text("text", lang), row.text("text", "en" if lang == "fr" else "fr")} for row in rows}
    wordings_by_row: dict[str, dict[str, None]] = {}  # the keys are the wordings; a dict keeps their order
    for history_entry in past:
        texts = current.get(history_entry.entry)
        if texts is None or history_entry.private or history_entry.cell.partition("@")[0] != "text":
            continue
        for value in (history_entry.value, history_entry.new):
            if isinstance(value, str) and value.strip() and value not in texts:
                wordings_by_row.setdefault(history_entry.entry, {})[value] = None
    return {row_id: tuple(wordings) for row_id, wordings in wordings_by_row.items()}
