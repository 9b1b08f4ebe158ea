"""Which field a heading of the painted document stands for: one of its own section or part, never a neighbour's."""

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


def origin_at(guide: Guide, sheet: PaintedAgreement, row: int) -> Origin:
    """Return the field that Enter opens at `row`: the line's own; of a heading the first under it that belongs there.

    The heading of a section where nothing of its own stands yet leads to the question that feeds it. NOWHERE where a
    line is made by the program.
    """
    if row >= len(sheet.origins):
        return NOWHERE
    if sheet.origins[row] != NOWHERE or not is_heading(sheet.lines[row]):
        return sheet.origins[row]
    section = next((name for name, start in sheet.starts.items() if start <= row < start + _TITLE_ROWS), "")
    under = list(_under(sheet, row, whole=bool(section)))
    if not section:
        return under[0] if under else NOWHERE
    feeding = [question.id for question in guide.by_id.values() if section in question.sections]
    own = next((origin for origin in under if origin.question in feeding), None)
    if own is not None:
        return own
    return Origin(question=feeding[0]) if feeding else next(iter(under), NOWHERE)


def _under(sheet: PaintedAgreement, row: int, *, whole: bool) -> Iterator[Origin]:
    """Yield the fields of the lines under a heading, up to the next section; without `whole` up to the next heading."""
    ends = [start for start in sheet.starts.values() if start > row]
    begun = False
    for below in range(row + 1, min(ends, default=len(sheet.origins))):
        heading = is_heading(sheet.lines[below])
        if heading and begun and not whole:
            return
        begun = begun or bool(sheet.lines[below])
        if sheet.origins[below] != NOWHERE:
            if heading and not whole:
                return
            yield sheet.origins[below]
