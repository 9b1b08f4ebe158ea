"""The page of a sub-step on the working screen: partners and questions, walked by the arrows; Enter goes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tui.guide.guide_types import Step
from tui.ui.step_painter import PaintedStep, StepPainter, Target, target_reached
from tui.workspace.later_steps import later_steps
from tui.workspace.place import stepped_partner

if TYPE_CHECKING:
    from tui.screens.field_editor import FieldEditor
    from tui.terminal.line_pane import Lines
    from tui.ui.host import Host
    from tui.workspace.place import Place
    from tui.workspace.workspace import Workspace

STEP = "step"  # the pane of the working screen that shows it
_MOVES = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})


class StepScreen(Protocol):
    """What the page asks of the screen that shows it."""

    writing: bool  # whether letters write
    pane: str
    message: str  # of the moment, in the last line
    field_editor: FieldEditor

    @property
    def app(self) -> Host:
        """The app of the screen."""

    @property
    def workspace(self) -> Workspace:
        """The open partnership."""

    def lines(self, name: str) -> Lines:
        """Return the pane whose id is `name`."""

    def paint(self) -> None:
        """Paint everything."""

    def go(self, place: Place, *, writing: bool | None = None) -> None:
        """Stand at another question or partner."""

    def to_partner(self, place: Place) -> None:
        """Stand at the same field of another partner."""


class StepPane:
    """Shows a sub-step in place of question and document. Where one stands in it is the place in the partnership.

    `below` is a line that is no question of the sub-step: one of the statement's, or what follows it.
    """

    def __init__(self, screen: StepScreen) -> None:
        self._screen = screen
        self.below: Target | None = None
        self.left_for_a_field = False  # Escape comes back here
        self.painted = PaintedStep((), (), ())
        self._shown = ""

    @property
    def is_open(self) -> bool:
        """Whether the page is what the screen shows."""
        return self._screen.pane == STEP and not self._screen.writing

    @property
    def step(self) -> Step:
        """The sub-step shown."""
        steps = self._screen.workspace.guide.main_steps
        known = {step.id: step for step in steps}
        return known.get(self._screen.workspace.question.step) or known.get(self._shown) or steps[0]

    @property
    def at(self) -> Target:
        """Where one stands."""
        if self.below is not None:
            return self.below
        place, question = self._screen.workspace.place, self._screen.workspace.question
        return Target(question.id, place.partner if question.scope != "project" else "")

    def open(self, step: Step | None = None) -> None:
        """Show a sub-step, that of the present question by default."""
        screen = self._screen
        screen.field_editor.finish()
        step = step or self.step
        if step.id != screen.workspace.question.step:
            screen.workspace.go(replace(screen.workspace.place, question=step.questions[0].id, slot="", other=""))
        self._shown, self.below = step.id, None
        screen.writing, screen.pane, screen.message = False, STEP, ""
        screen.paint()
        screen.lines("question").scroll_to_row(0, top=True)
        self._show_place()

    def turn(self, by: int) -> None:
        """The sub-step `by` further on; the first and the last stay."""
        steps = self._screen.workspace.guide.main_steps
        at = min(max(steps.index(self.step) + by, 0), len(steps) - 1)
        self.open(steps[at])

    def paint(self, width: int, *, low: bool) -> None:
        """Paint the page in `width` cells; `low`: there are few rows."""
        from tui.workspace.step_pages import table_of  # no first screen shows a table

        screen = self._screen
        workspace = screen.workspace
        self._shown = self.step.id
        table = table_of(workspace, self.step)
        later = later_steps(workspace)
        painter = StepPainter(workspace.guide, table, workspace.lang, width, self.at, low=low, later=later)
        self.painted = painter.paint()
        screen.lines("question").show(self.painted.lines)
        self._show_place()

    def _show_place(self) -> None:
        at = next((y for y, line in enumerate(self.painted.grid) if self.at in line), -1)
        if at < 0:
            return
        pane = self._screen.lines("question")
        last = self.painted.rows[at + 1] - 1 if at + 1 < len(self.painted.rows) else len(self.painted.lines) - 1
        pane.scroll_to_row(last)
        pane.scroll_to_row(self.painted.rows[at] if at else 0)

    def pressed(self, key: str) -> bool:
        """Act on a key of the page; False when it is none of its own."""
        if key in _MOVES:
            self._move(key)
        elif key == "enter":
            self._enter()
        else:
            return False
        return True

    def _move(self, key: str) -> None:
        screen, at = self._screen, self.at
        alone = len(next((line for line in self.painted.grid if at in line), ())) == 1
        if key in ("left", "right") and alone and at.partner:
            screen.to_partner(
                stepped_partner(screen.workspace.place, screen.workspace.partnership, 1 if key == "right" else -1)
            )
            return
        there = target_reached(self.painted, at, key)
        self.below = there if there.item or there.later else None
        if self.below is None and there != at:
            place = screen.workspace.place
            partner = there.partner or place.partner
            screen.workspace.go(
                replace(place, question=there.question, partner=partner, slot="", other="", cursor=None)
            )
        screen.message = ""
        screen.paint()

    def _enter(self) -> None:
        screen, at = self._screen, self.at
        if at.later:
            screen.app.run_command(at.later)
            return
        self.left_for_a_field, self.below = True, None
        place = screen.workspace.place
        screen.go(replace(place, question=at.question, partner=at.partner or place.partner, slot=""), writing=True)
