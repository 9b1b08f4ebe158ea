"""Two tables projected on a wall: of a sub-step of the guide, and of levels and contributions."""

from __future__ import annotations

from tui.agreement.blocks import NOWHERE, Agreement
from tui.agreement.levels_table import levels_document
from tui.form.form import FormField
from tui.guide.guide_types import Step
from tui.screens.agreement_screen import PROJECTED_CELLS, ProjectionScreen
from tui.ui.agreement_painter import AgreementPainter, PaintedAgreement
from tui.ui.step_painter import StepPainter
from tui.workspace.step_pages import table_of
from tui.workspace.workspace import Workspace


class StepProjection(ProjectionScreen):
    """A projected sub-step, from the public view: without private questions, unconfirmed names or counts."""

    def __init__(self, workspace: Workspace, step: Step, theme: str) -> None:
        super().__init__(workspace, "", theme)
        self._step = step

    def paint_agreement(self, painter: AgreementPainter) -> PaintedAgreement:
        """Return the table from the public view."""
        workspace, width = self.workspace, min(self.size.width - 2, PROJECTED_CELLS)
        table = table_of(workspace, self._step, public=True)
        lines = StepPainter(workspace.guide, table, workspace.lang, width, None).paint().lines
        return PaintedAgreement(lines, (NOWHERE,) * len(lines), {})

    def target_here(self, *, adding: bool = False) -> FormField | None:
        """Return None: no field of the table can be opened."""
        return None


class LevelsProjection(ProjectionScreen):
    """The projected table of levels and contributions."""

    def paint_agreement(self, painter: AgreementPainter) -> PaintedAgreement:
        """Return the table from the public view."""
        return painter.paint(levels_of(self.workspace), min(self.size.width - 1, PROJECTED_CELLS))


def levels_of(workspace: Workspace) -> Agreement:
    """Return the table of the partnership now, in the document's language."""
    return levels_document(workspace.guide, workspace.view, workspace.doc_lang, workspace.region)
