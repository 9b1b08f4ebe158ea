"""The working screen: plan, question and document, painted from the desk; one class for the three sub-steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import Screen

from tui.commands import WORK, by_key
from tui.desk import writing
from tui.desk.desk import Desk
from tui.desk.place import Place, stepped
from tui.project.partners import WHO
from tui.screens import marks
from tui.screens.bars import foot_lines, head_line
from tui.screens.form import FormPainter
from tui.screens.paper import Paper, Sheet
from tui.screens.plan import Plan, paint_plan
from tui.screens.slots import ADD, MORE, PAIR, Form, Slot
from tui.text.widths import width as cells
from tui.widgets.editor import Editor
from tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from tui.app import EntenteApp

THREE_PANES, TWO_PANES = 120, 90


class WorkScreen(Screen[None]):
    """One partnership at work. `writing` says whether letters write or act; `pane` which pane a narrow screen shows."""

    app: EntenteApp
    where = WORK

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.writing = True
        self.pane = "form"
        self.message = ""
        self.more = False
        self.adding = ""
        self.form = Form((), ())
        self.sheet = Sheet((), (), {})
        self.plan = Plan((), (), 0)
        self._paper = Paper()
        self._loaded = ""
        self._shown_question = ""
        self._needs: int = 0

    def compose(self) -> ComposeResult:
        """The panes; what is in them comes from `paint`."""
        yield Lines(id="head", classes="bar")
        with Horizontal(id="panes"):
            yield Lines(id="plan")
            with Container(id="form"):
                yield Lines(id="question", glyph="")
                yield Editor(id="editor")
            yield Lines(id="paper")
        yield Lines(id="excerpt", classes="bar")
        yield Lines(id="foot", classes="bar")

    def on_mount(self) -> None:
        """Tie the editor to the desk."""
        self.editor.watcher = self._typed
        self.editor.on_enter = self.advance
        self.editor.on_paste_lines = self._pasted
        self.editor.on_leave = self._left
        for name in ("#plan", "#question", "#paper", "#head", "#foot", "#excerpt"):
            self.query_one(name, Lines).can_focus = name in ("#plan", "#question")
        self.watch(self.query_one("#question"), "scroll_y", self._place_editor, init=False)

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

    # -- painting ------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Paint anew for the new size."""
        self.set_class(self.panes == 3, "three")
        self.set_class(self.panes < 3, "narrow")
        self.set_class(self.size.width < 60, "tiny")
        self.set_class(self.size.height < 18, "low")
        self.call_after_refresh(self.paint)
        self.paint()

    def paint(self) -> None:
        """Paint every pane from the desk's value and give the keyboard to the right one."""
        if not self.is_mounted:
            return
        self._arrange()
        self.paint_form()
        self.paint_paper()
        self.paint_around()
        self._place_editor()

    def _arrange(self) -> None:
        plan = self.panes == 3 or (self.pane == "plan")
        self.lines("plan").display = plan
        self.query_one("#form").display = self.panes == 3 or self.pane == "form"
        self.lines("paper").display = self.panes > 1
        self.lines("excerpt").display = self.panes == 1 and self.pane == "form" and self.size.height >= 18

    def _width(self, name: str) -> int:
        """The width of a pane, told by the layout to come rather than by the one before."""
        total = self.size.width
        if name == "plan":
            return 34 if self.panes == 3 else total
        if self.panes == 1:
            return total
        share = (total - 35) if self.panes == 3 else total
        return share // 2

    def paint_form(self) -> None:
        """Paint the question."""
        room = max(self.size.height - 8, 3)
        painter = FormPainter(self.desk, self._width("form") - 1, open_more=self.more, room=room,
                              adding=self.adding, height=self._needs)  # fmt: skip
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
        if self.panes > 1:
            self.lines("paper").show(self.sheet.lines, keep=keep)
        elif self.lines("excerpt").display:
            self.lines("excerpt").show(self._excerpt())

    def _excerpt(self) -> list[tuple[Piece, ...]]:
        """Two lines of the document, those the present field comes to."""
        width = self.size.width
        feeds = self.desk.question.feeds
        head = self.desk.guide.section(feeds)
        name = f" {head.number} {head.heading.get(self.desk.doc_lang)} " if head else " "
        top = (Piece(name + marks.rule(width - cells(name) - 1), "rule"),)
        if feeds not in self.sheet.starts:
            return [top]
        start = self.sheet.starts[feeds]
        end = min((row for row in self.sheet.starts.values() if row > start), default=len(self.sheet.lines))
        slot, partner = self.form.slot, self.desk.place.partner
        entry = slot.entry.id if slot is not None else ""
        rows = range(start + 2, end)
        at = next((row for row in rows if entry and self.sheet.origins[row].entry == entry), None)
        if at is None and self.desk.question.scope == "partner":
            at = next((row for row in rows if partner and self.sheet.origins[row].partner == partner), None)
        return [top, *[line for line in self.sheet.lines[start + 2 if at is None else at : end] if line][:2]]

    def paint_around(self) -> None:
        """Paint plan, head and foot."""
        if self.lines("plan").display:
            self.plan = paint_plan(self.desk, self._width("plan") - 1)
            plan = self.lines("plan")
            plan.show(self.plan.lines)
            plan.cursor = None if self.writing else self.plan.current
            plan.scroll_to_row(self.plan.current)
        self.lines("head").show([head_line(self)])
        self.lines("foot").show(foot_lines(self))

    # -- the editor ----------------------------------------------------------------------------------------------------

    def _place_editor(self) -> None:
        """Put the editor over the place one writes at, or take it away."""
        slot, editor, question = self.form.slot, self.editor, self.lines("question")
        if not self.writing or slot is None or self.app.screen is not self:
            editor.display = False
            if self.app.screen is self:
                self.set_focus(self.lines("plan") if self.lines("plan").display else question)
            return
        question.scroll_to_row(min(slot.row + slot.height, len(self.form.lines) - 1))
        question.scroll_to_row(max(slot.row - 1, 0) if slot.row < question.scroll_offset.y + 1 else slot.row)
        if not slot.typed:
            editor.display = False
            self.set_focus(question)
            return
        self._load(slot)
        editor.styles.offset = (slot.x, slot.row - question.scroll_offset.y)
        editor.styles.width, editor.styles.height = slot.width, slot.height
        editor.display = True
        self.set_focus(editor)

    def _load(self, slot: Slot) -> None:
        """Fill the editor with the field, unless it is in it already."""
        name = f"{slot.key}@{self.desk.lang}@{self.desk.place.partner}@{self.desk.place.question}"
        if self._loaded != name or self.editor.text != slot.text:
            self.editor.single_line = slot.single_line
            self.editor.placeholder = slot.hint
            self.editor.load(slot.text, self.desk.place.cursor if self._loaded == "" else None)
            self._loaded = name

    def _typed(self, text: str) -> None:
        """A letter was written: the value changes, and all that is painted from it, in this frame."""
        slot, desk = self.form.slot, self.desk
        if slot is None or slot.field is None:
            return
        if slot.kind == ADD and not self.adding:
            if not text.strip():
                return
            self.adding = writing.new_row(desk, slot.entry, slot.part, text).id
        else:
            writing.type_into(desk, slot.entry, slot.field, text)
        height = self.editor.wrapped_document.height
        if height != slot.height or slot.kind == ADD:
            self._needs = height
        self.paint_form()
        self.paint_paper()
        fresh = self.form.slot
        if fresh is not None and (fresh.height, fresh.row, fresh.x) != (slot.height, slot.row, slot.x):
            self._place_editor()
        self._hint(fresh, text)
        self.app.edited()

    def _hint(self, slot: Slot | None, text: str) -> None:
        """Names the letters may mean, in the last line."""
        found = writing.suggestions(self.desk, slot.field, text) if slot is not None and slot.field is not None else []
        said = "→ " + " · ".join(found) if found else ""
        if said != self.message:
            self.message = said
            self.lines("foot").show(foot_lines(self))

    def _pasted(self, texts: list[str]) -> None:
        """Several lines were pasted in a field of one line: in a list each becomes a row."""
        slot = self.form.slot
        if slot is None or slot.field is None:
            return
        if slot.kind == ADD:
            self.finish()
            writing.new_rows(self.desk, replace(slot.entry, id=""), slot.part, texts)
            self.stand(slot.key)
            self.app.edited()
        else:
            self.editor.insert(" ".join(texts))

    def _left(self, way: str) -> None:
        self.step(-1 if way == "up" else 1)

    def forget_editor(self) -> None:
        """The value changed under the editor: fill it again at the next paint."""
        self._loaded = "-"
        self._needs = 0

    def say(self, text: str) -> None:
        """Show a message in the last lines, until the next move."""
        self.message = text
        self.lines("foot").show(foot_lines(self))

    # -- moving --------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Leave the present place: a row left blank goes, what was typed becomes one step of undo."""
        slot = self.form.slot
        if self.adding:
            writing.drop_if_blank(self.desk, self.adding)
            self.adding = ""
        elif slot is not None and slot.kind != PAIR and slot.entry.id:
            writing.drop_if_blank(self.desk, slot.entry.id)
        self.desk.edits.end_stretch()
        self._needs = 0
        self._loaded = "" if self._loaded == "" else "-"
        self.message = ""

    def stand(self, key: str) -> None:
        """Write at the place of that key."""
        self.finish()
        self.writing = True
        self.pane = "form"
        self.desk.go(replace(self.desk.place, slot=key, cursor=None))
        self.paint()

    def go(self, place: Place, *, writing: bool | None = None) -> None:
        """Stand at another question or partner."""
        self.finish()
        self.more = False
        self.desk.go(place)
        if writing is not None:
            self.writing = writing
        if self.writing:
            self.pane = "form"
        self.paint()
        self.app.moved()

    def step(self, by: int) -> None:
        """The next or the previous place; past the end, the next question."""
        neighbour = self.form.neighbour(by)
        if neighbour is not None:
            self.stand(neighbour.key)
        elif by > 0:
            self.go(stepped(self.desk.place, self.desk.guide, 1))
        else:
            self.go(stepped(self.desk.place, self.desk.guide, -1))

    def open_added(self) -> None:
        """Tab in the line that adds: to the other fields of the row just begun."""
        slot = self.form.slot
        name, self.adding = self.adding, ""
        fields = [field.id for field in slot.part.fields if not field.hidden] if slot is not None else []
        if slot is not None and slot.entry.question == WHO and not slot.entry.part:
            self.desk.place = replace(self.desk.place, partner=name)
        self.stand(f"{name}/{fields[1]}" if len(fields) > 1 else "")

    def advance(self) -> None:
        """Enter: take the suggested name, then go on; a line that adds is ready for the next row."""
        slot = self.form.slot
        if slot is None:
            return
        if slot.typed and slot.field is not None:
            text = self.editor.text
            found = writing.suggestions(self.desk, slot.field, text)
            if found and slot.kind != ADD:
                writing.type_into(self.desk, slot.entry, slot.field, writing.completed(slot.field, text, found[0]))
        if slot.kind == ADD and self.adding:
            made = self.desk.project.entry(self.adding)
            if made is not None and made.question == WHO and not made.part:
                self.desk.place = replace(self.desk.place, partner=made.id)
            self.stand(slot.key)
            self.app.edited()
        elif slot.kind == MORE:
            self.more = True
            at = self.form.active
            self.stand("")
            self.stand(self.form.slots[min(at, len(self.form.slots) - 1)].key)
        else:
            self.step(1)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """What no editor took: letters that act, choices, boxes, moves."""
        from tui.screens.keys import pressed

        if pressed(self, event):
            event.stop()
            event.prevent_default()

    def command_for(self, key: str) -> str:
        """The id of the command a key means here; "" for none."""
        found = by_key(key, WORK, moving=not self.writing)
        return found.id if found is not None else ""
