"""The sub-steps of the open partnership as tables, and the table of levels and contributions as a document."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Runs, Subheading, Table
from tui.guide.guide_types import Step
from tui.partnership.step_table import StepTable, step_table
from tui.workspace.workspace import Workspace


def table_of(workspace: Workspace, step: Step, *, public: bool = False) -> StepTable:
    """Return the table of a sub-step of the guide from the present answers; with `public` only what a room may see."""
    return step_table(
        workspace.guide,
        workspace.partnership,
        step,
        workspace.lang,
        view=workspace.view,
        public=public,
        open_sections=sections_with_holes(workspace.agreement) if step.statement_sections else (),
    )


def sections_with_holes(agreement: Agreement) -> frozenset[str]:
    """Return the ids of the sections in which something is still « to be specified »."""
    return frozenset(
        section.id for section in agreement.sections if any(run.hole for runs in _runs(section.blocks) for run in runs)
    )


def _runs(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    """Yield the styled texts in some blocks, those in lists and tables too."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield block.runs
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _runs(item.blocks)
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
