"""Finds the field that Enter opens on a heading of the painted document: a field of the heading's own part."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import NOWHERE, Origin
from tui.guide.guide_types import Guide
from tui.terminal.line_pane import Line
from tui.ui.agreement_painter import PaintedAgreement

_TITLE_ROWS = 2  # the heading of a section and its rule


def is_heading(line: Line) -> bool:
    """Return whether a line is a heading of a section or its rule, or a heading within one."""
    return any(piece.style in ("heading", "rule", "strong") for piece in line)


def origin_at(guide: Guide, painted: PaintedAgreement, row: int) -> Origin:
    """Return the field that Enter opens at `row`: that of the line; for a heading, the first field below it.

    The heading of a section that prints no answer yet leads to the question that feeds the section. NOWHERE for a line
    that the program words.
    """
    if row >= len(painted.origins):
        return NOWHERE
    here = painted.origins[row]
    if not is_heading(painted.lines[row]) or here.entry or here.field:
        return here
    if here != NOWHERE:  # it knows its question, such as that of a budget, and not yet a field of it
        return next((below for below in _under(painted, row, whole=False) if below.question == here.question), here)
    # The section whose own heading is at `row`, "" for a heading within a section.
    own_section_id = next(
        (section_id for section_id, start in painted.starts.items() if start <= row < start + _TITLE_ROWS), ""
    )
    origins_below = list(_under(painted, row, whole=bool(own_section_id)))
    if not own_section_id:
        return origins_below[0] if origins_below else NOWHERE
    question_ids = [question.id for question in guide.by_id.values() if own_section_id in question.sections]
    fed_by_question = next((origin for origin in origins_below if origin.question in question_ids), None)
    if fed_by_question is not None:
        return fed_by_question
    return Origin(question=question_ids[0]) if question_ids else next(iter(origins_below), NOWHERE)


def _under(painted: PaintedAgreement, row: int, *, whole: bool) -> Iterator[Origin]:
    """Yield the fields of the lines under a heading, up to the next section; without `whole` up to the next heading."""
    later_starts = [start for start in painted.starts.values() if start > row]
    has_words_above = False  # whether a line between the heading and `row_below` is not blank
    for row_below in range(row + 1, min(later_starts, default=len(painted.origins))):
        is_next_heading = is_heading(painted.lines[row_below]) and not whole
        if is_next_heading and has_words_above:
            return
        has_words_above = has_words_above or bool(painted.lines[row_below])
        if painted.origins[row_below] != NOWHERE:
            if is_next_heading:
                return
            yield painted.origins[row_below]
