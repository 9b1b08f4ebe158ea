"""The working screen: plan, question and document, painted from the desk; one class for the three sub-steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Size

from tui.commands import WORK
from tui.desk.desk import Desk
from tui.desk.place import Place, stepped
from tui.screens.bars import LOW, head_line, show_foot
from tui.screens.excerpt import excerpt
from tui.screens.form import FormPainter
from tui.screens.keys import pressed
from tui.screens.paper import Paper, Sheet
from tui.screens.pen import Pen
from tui.screens.plan import Plan, paint_plan
from tui.screens.slots import Form
from tui.widgets.editor import Editor
from tui.widgets.lines import Lines
from tui.widgets.terminal import FrugalScreen

if TYPE_CHECKING:
    from tui.app import EntenteApp

THREE_PANES, TWO_PANES = 120, 90  # columns
PLAN = 34  # columns of the plan beside the others
FIRST_LOOK = 0.03  # seconds from the first frame to plan, head and foot


class WorkScreen(FrugalScreen[None]):
    """One partnership at work. `writing` says whether letters write or act; `pane` which pane a narrow screen shows."""

    app: EntenteApp
    where = WORK

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pen = Pen(self)
        self.writing = True
        self.pane = "form"
        self.message = ""
        self.foot_height = 0  # rows, once the foot has needed more than it has
        self.more = False
        self.form = Form((), ())
        self.sheet = Sheet((), (), {})
        self.plan = Plan((), (), 0)
        self._begun = False
        self._painted = Size(0, 0)  # the screen's, when it was painted last
        self._paper = Paper()
        self._shown_question = ""
        self._awaited = ""  # the section that the question feeds, while nothing stands in it

    def compose(self) -> ComposeResult:
        """The panes; what is in them comes from `paint`."""
        self._fit(self.app.size.width, self.app.size.height)
        yield Lines(id="head", classes="bar")
        with Horizontal(id="panes"):
            yield Lines(id="plan", inks=False)
            with Container(id="form"):
                yield Lines(id="question", glyph="", inks=False)
                yield Editor(id="editor")
            yield Lines(id="paper", inks=False)
        yield Lines(id="excerpt", classes="bar", inks=False)
        yield Lines(id="foot", classes="bar", inks=False)

    def on_mount(self) -> None:
        """Tie the editor to the desk; only plan and question ever take the keyboard."""
        self.pen.tie()
        for name in ("plan", "question", "paper", "head", "foot", "excerpt"):
            self.lines(name).can_focus = name in ("plan", "question")
        self.watch(self.lines("question"), "scroll_y", self.pen.place, init=False)
        self.call_after_refresh(lambda: self.set_timer(FIRST_LOOK, self.paint_around))

    # -- parts ---------------------------------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor:
        """The one real editor."""
        return self.query_one(Editor)

    def lines(self, name: str) -> Lines:
        """A painted pane by its id."""
        return self.query_one(f"#{name}", Lines)

    @property
    def panes(self) -> int:
        """How many panes stand side by side at this width."""
        width = self.size.width
        return 3 if width >= THREE_PANES else 2 if width >= TWO_PANES else 1

    def _width(self, name: str) -> int:
        """The width a pane will have, told before the layout is made."""
        total = self.size.width
        if name == "plan" and self.panes == 3:
            return PLAN - 1  # its border
        if self.panes == 1:
            return total
        return (total - PLAN - 1 if self.panes == 3 else total) // 2

    # -- painting ------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Paint anew for the new size."""
        if self.size != self._painted:  # it comes twice at the start
            self._fit(*self.size)
            self.paint()

    def _fit(self, width: int, height: int) -> None:
        """What the style sheet must know of the size; set before the first styling, since each change styles all."""
        self.set_class(width < THREE_PANES, "narrow")
        self.set_class(height < LOW, "low")

    def on_screen_resume(self) -> None:
        """Take the keyboard back after another screen."""
        self.paint()

    def paint(self) -> None:
        """Paint every pane from the desk's value and give the keyboard to the right one."""
        if not self.is_mounted:
            return
        self._painted = self.size
        one, three = self.panes == 1, self.panes == 3
        self.lines("plan").display = three or self.pane == "plan"
        self.query_one("#form").display = three or self.pane == "form"
        self.lines("paper").display = not one
        self.lines("excerpt").display = one and self.pane == "form" and self.size.height >= LOW
        self.paint_form()
        self.paint_paper()
        if self._begun:
            self.paint_around()
        self.pen.place()

    def paint_form(self) -> None:
        """Paint the question."""
        painter = FormPainter(
            self.desk,
            self._width("form") - 1,
            open_more=self.more,
            room=max(self.size.height - 8, 3),
            adding=self.pen.adding,
            height=self.pen.needs,
        )
        painter.covered = self.writing
        self.form = painter.paint()
        if self.form.slot is not None and self.form.slot.key != self.desk.place.slot:
            self.desk.place = replace(self.desk.place, slot=self.form.slot.key)
        self.lines("question").show(self.form.lines)

    def paint_paper(self) -> None:
        """Paint the document; it scrolls by itself only when the question changes."""
        self.sheet = self._paper.paint(self.desk.agreement, self._width("paper") - 1)
        keep = None
        if self._shown_question != self.desk.place.question:
            self._shown_question = self.desk.place.question
            keep = self.sheet.starts.get(self.desk.question.feeds, 0)
            self._awaited = "" if self.desk.question.feeds in self.sheet.starts else self.desk.question.feeds
        elif self._awaited in self.sheet.starts:  # its first letter has just made the section
            keep, self._awaited = self.sheet.starts[self._awaited], ""
        if self.panes > 1:
            self.lines("paper").show(self.sheet.lines, keep=keep)
        elif self.lines("excerpt").display:
            self.lines("excerpt").show(excerpt(self.desk, self.sheet, self.form.slot, self.size.width))

    def paint_around(self) -> None:
        """Paint plan, head and foot: what is left to do is worked out once question and document are seen."""
        self._begun = True
        plan = self.lines("plan")
        if plan.display:
            self.plan = paint_plan(self.desk, self._width("plan") - 1)
            plan.show(self.plan.lines)
            plan.cursor = None if self.writing else self.plan.current
            plan.scroll_to_row(self.plan.current)
        self.lines("head").show([head_line(self)])
        show_foot(self)

    def say(self, text: str) -> None:
        """Show a message in the last lines, until the next move."""
        self.message = text
        if self.is_mounted:
            show_foot(self)

    # -- moving --------------------------------------------------------------------------------------------------------

    def stand(self, key: str) -> None:
        """Write at the place of that key."""
        self.pen.finish()
        self.writing = True
        self.pane = "form"
        self.desk.go(replace(self.desk.place, slot=key, cursor=None))
        self.paint()

    def go(self, place: Place, *, writing: bool | None = None) -> None:
        """Stand at another question or partner."""
        self.pen.finish()
        self.more = False
        self.desk.go(place)
        if writing is not None:
            self.writing = writing
        if self.writing:
            self.pane = "form"
        self.paint()
        self.app.moved()

    def step(self, by: int) -> None:
        """The next or the previous place; past either end, another question."""
        neighbour = self.form.neighbour(by)
        if neighbour is not None:
            self.stand(neighbour.key)
        else:
            self.go(stepped(self.desk.place, self.desk.guide, by))

    def unfold(self) -> None:
        """Show the fields that were folded away, and stand at the first of them."""
        self.more = True
        at = self.form.active
        self.pen.finish()
        self.paint()
        self.stand(self.form.slots[min(at, len(self.form.slots) - 1)].key)

    def on_key(self, event: events.Key) -> None:
        """What no editor took: letters that act, choices, boxes, moves."""
        if pressed(self, event):
            event.stop()
            event.prevent_default()
