"""The page of a sub-step on the working screen: a table of partners and questions in which the arrows move.

Enter goes to the question of the current cell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tui.guide.guide_types import Step
from tui.ui.step_painter import PaintedStep, StepPainter, Target, target_reached
from tui.workspace.later_steps import later_steps
from tui.workspace.place import next_partner_place

if TYPE_CHECKING:
    from tui.screens.field_editor import FieldEditor
    from tui.terminal.line_pane import Lines
    from tui.ui.host import Host
    from tui.workspace.place import Place
    from tui.workspace.workspace import Workspace

STEP = "step"  # the value of `WorkScreen.pane` while the page is shown
_MOVES = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})


class StepScreen(Protocol):
    """The part of a screen that the page of a sub-step uses."""

    writing: bool  # whether letters are typed into a field; else they are commands
    pane: str  # which pane the screen shows
    message: str  # of the last line, "" for none
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
        """Go to another question or partner."""

    def to_partner(self, place: Place) -> None:
        """Go to the same field of another partner."""


class StepPane:
    """Shows a sub-step instead of question and document. The current cell is the user's place in the partnership.

    `outside_target` is the current row if it is no question of the sub-step: an item of the statement, or a later step.
    """

    def __init__(self, screen: StepScreen) -> None:
        self._screen = screen
        self.outside_target: Target | None = None
        self.returns_here = False  # whether Escape in a field comes back to this page
        self.painted = PaintedStep((), (), ())
        self._shown_step = ""  # the id of the sub-step shown last

    @property
    def is_open(self) -> bool:
        """Whether the screen shows this page."""
        return self._screen.pane == STEP and not self._screen.writing

    @property
    def step(self) -> Step:
        """The sub-step shown."""
        steps = self._screen.workspace.guide.main_steps
        by_id = {step.id: step for step in steps}
        return by_id.get(self._screen.workspace.question.step) or by_id.get(self._shown_step) or steps[0]

    @property
    def target(self) -> Target:
        """The current cell."""
        if self.outside_target is not None:
            return self.outside_target
        place, question = self._screen.workspace.place, self._screen.workspace.question
        return Target(question.id, place.partner if question.scope != "project" else "")

    def open(self, step: Step | None = None) -> None:
        """Show a sub-step, that of the present question by default."""
        screen = self._screen
        screen.field_editor.finish()
        step = step or self.step
        if step.id != screen.workspace.question.step:
            screen.workspace.go(replace(screen.workspace.place, question=step.questions[0].id, slot="", other=""))
        self._shown_step, self.outside_target = step.id, None
        screen.writing, screen.pane, screen.message = False, STEP, ""
        screen.paint()
        screen.lines("question").scroll_to_row(0, top=True)
        self._show_target()

    def turn(self, by: int) -> None:
        """Show the sub-step `by` places further, not past the first or the last."""
        steps = self._screen.workspace.guide.main_steps
        at = min(max(steps.index(self.step) + by, 0), len(steps) - 1)
        self.open(steps[at])

    def paint(self, width: int, *, low: bool) -> None:
        """Paint the page in `width` cells; `low` says that the screen has few rows."""
        from tui.workspace.step_pages import table_of  # imported here: the first screens show no table

        screen = self._screen
        workspace = screen.workspace
        self._shown_step = self.step.id
        table = table_of(workspace, self.step)
        later = later_steps(workspace)
        self.painted = StepPainter(
            workspace.guide, table, workspace.lang, width, self.target,
            partner=workspace.place.partner, few_rows=low, later=later,
        ).paint()  # fmt: skip
        screen.lines("question").show(self.painted.lines)
        self._show_target()

    def _show_target(self) -> None:
        """Scroll the page so that the current row is in sight."""
        row = next((number for number, line in enumerate(self.painted.grid) if self.target in line), -1)
        if row < 0:
            return
        pane = self._screen.lines("question")
        last_line = self.painted.rows[row + 1] - 1 if row + 1 < len(self.painted.rows) else len(self.painted.lines) - 1
        pane.scroll_to_row(last_line)
        pane.scroll_to_row(self.painted.rows[row] if row else 0)

    def pressed(self, key: str) -> bool:
        """Act on a key; return whether the key did something."""
        if key in _MOVES:
            self._move(key)
        elif key == "enter":
            self._enter()
        else:
            return False
        return True

    def _move(self, key: str) -> None:
        """Go to another cell by an arrow key; ← and → change the partner if the row has one cell only."""
        screen, target = self._screen, self.target
        is_alone_in_row = len(next((line for line in self.painted.grid if target in line), ())) == 1
        if key in ("left", "right") and is_alone_in_row and target.partner:
            screen.to_partner(
                next_partner_place(screen.workspace.place, screen.workspace.partnership, 1 if key == "right" else -1)
            )
            return
        new_target = target_reached(self.painted, target, key)
        is_outside = bool(new_target.item or new_target.later)
        self.outside_target = new_target if is_outside else None
        if not is_outside and new_target != target:
            place = screen.workspace.place
            partner = new_target.partner or place.partner
            screen.workspace.go(
                replace(place, question=new_target.question, partner=partner, slot="", other="", cursor=None)
            )
        screen.message = ""
        screen.paint()

    def _enter(self) -> None:
        """Go to the question of the current cell, or run the command of a later step."""
        screen, target = self._screen, self.target
        if target.later:
            screen.app.run_command(target.later)
            return
        self.returns_here, self.outside_target = True, None
        place = screen.workspace.place
        screen.go(
            replace(place, question=target.question, partner=target.partner or place.partner, slot=""), writing=True
        )
