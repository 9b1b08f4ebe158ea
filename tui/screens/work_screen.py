"""The working screen: plan, question and document painted from the workspace, and the keys that act there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Size

from tui.commands import WORK, by_key, command
from tui.commands import key_name as command_key
from tui.form.form import FormField, key_for_partner
from tui.form.option_search import NOTHING_SOUGHT
from tui.form.question_walk import order
from tui.guide.guide_types import Field
from tui.i18n import _
from tui.partnership.values import Entry
from tui.screens import choice_keys
from tui.screens.field_editor import FieldEditor
from tui.screens.field_help import field_help, question_help
from tui.screens.header_footer import LOW, BarFacts, foot_lines, head_line
from tui.screens.plan_pane import (
    PLAN,
    PLAN_FROM,
    RAIL_FROM,
    TWO_PANES,
    Plan,
    excerpt,
    paint_plan,
    paint_rail,
    plan_width,
    row_written,
    section_written,
)
from tui.screens.same_place import location_of, moved, offset_of, same_row, stands_on
from tui.screens.step_pane import StepPane
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Lines
from tui.ui.agreement_painter import AgreementPainter, PaintedAgreement
from tui.ui.form_painter import FIRST_FIELD, FormPainter, PaintedForm
from tui.ui.host import TURNS, Page, key_name
from tui.workspace.place import Place, stepped, stepped_partner
from tui.workspace.workspace import Workspace

THREE_PANES = PLAN_FROM  # columns from which plan, question and document stand side by side


def _changes_text(event: events.Event) -> bool:
    """Return whether a key or a paste would change the text of an editor."""
    if isinstance(event, events.Key):
        return event.is_printable or event.key in ("backspace", "delete", "enter", "ctrl+w", "ctrl+u", "ctrl+k")
    return isinstance(event, events.Paste)


def pressed(screen: WorkScreen, event: events.Key) -> bool:
    """Act on a key; False when it means nothing here."""
    key = key_name(event)
    if event.key in ("escape", "tab", "shift+tab"):
        return _escape_or_tab(screen, event.key)
    if screen.writing:
        here = screen.form.current_field
        if here is not None and not here.typed and choice_keys.chosen(screen, here, event.key, key):
            return True
        if here is not None and here.typed and not event.key.startswith("alt+"):
            return False
    elif screen.steps.pressed(event.key) if screen.steps.is_open else _walk(screen, event.key):
        return True
    command = by_key(key, WORK, moving=not screen.writing)
    if command is not None:
        screen.app.run_command(command.id)
    return command is not None


def _escape_or_tab(screen: WorkScreen, key: str) -> bool:
    """Act on Escape or Tab, which mean the same everywhere: to the plan, and from place to place. Return True."""
    if key == "escape" and screen.writing and choice_keys.given_up(screen):
        return True
    if key == "escape":
        if screen.writing and screen.steps.left_for_a_field:
            screen.steps.open()
        elif screen.writing or screen.steps.is_open:
            to_plan(screen)
        elif screen.pane == "plan" and screen.panes < 3:
            screen.pane = "form"
            screen.paint()
        return True
    if not screen.writing:
        to_form(screen)
    elif key != "tab" or not choice_keys.tab_taken(screen, screen.form.current_field):
        screen.field_editor.tab(1 if key == "tab" else -1)
    return True


def to_plan(screen: WorkScreen) -> None:
    """Stop writing: from now on letters are commands, and the plan shows."""
    screen.field_editor.finish()
    screen.writing = screen.steps.left_for_a_field = False
    screen.pane = "plan" if screen.panes < 3 else "form"
    screen.paint()


def to_form(screen: WorkScreen) -> None:
    """Write again, at the place where writing stopped."""
    screen.writing = True
    screen.pane = "form"
    screen.message = ""
    screen.paint()


def _walk(screen: WorkScreen, key: str) -> bool:
    """Go by a key to another question (up, down) or partner (left, right), or write (Enter); return if it was one."""
    workspace = screen.workspace
    moves = {"up": -1, "down": 1}
    if key in moves:
        screen.go(stepped(workspace.place, workspace.guide, moves[key]))
    elif key in ("left", "right"):
        screen.to_partner(stepped_partner(workspace.place, workspace.partnership, 1 if key == "right" else -1))
    elif key.removeprefix("ctrl+") in ("home", "end"):
        walk = order(workspace.guide)
        screen.go(replace(workspace.place, question=walk[0 if key.endswith("home") else -1], slot=""))
    elif key in TURNS:
        pane = screen.lines("paper" if screen.panes > 1 else "plan")
        pane.scroll_relative(y=TURNS[key] * max(pane.size.height, 1), animate=False)
    elif key == "enter":
        to_form(screen)
    else:
        return False
    return True


class WorkScreen(Page[None]):
    """One partnership at work: `writing` while letters are no commands; `pane` ("form", "plan") on a narrow screen."""

    where = WORK

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.field_editor = FieldEditor(self)  # the editor over the field of the current place
        self.steps = StepPane(self)
        self.writing = True
        self.pane = "form"
        self._lines: dict[str, Lines] = {}  # the painted panes by their ids, as far as they were asked for
        self.foot_height = 0  # rows of the last lines once they needed more than usual; 0 before
        self.more = False  # whether the fields that are folded away are shown
        self.sought = NOTHING_SOUGHT  # what was typed at a choice, to find an option
        # Question, document and plan as they were painted last, and the size of the screen then.
        self.form = PaintedForm((), ())
        self.sheet = PaintedAgreement((), (), {})
        self.plan = Plan((), (), 0)
        self._painted = Size(0, 0)
        self._agreement_painter = AgreementPainter()
        self._shown_section: tuple[str, str, Size] = "", "", Size(0, 0)  # the question, its section, the screen's size
        self._awaited = ""  # the section that the question feeds, while nothing stands in it

    def compose(self) -> ComposeResult:
        """Yield the panes; what is in them comes from `paint`."""
        self._fit(self.app.size.width, self.app.size.height)
        yield Lines(id="head", classes="bar")
        with Horizontal(id="panes"):
            yield Lines(id="plan", owns_styles=False)
            with Container(id="form"):
                yield Lines(id="question", glyph="", owns_styles=False)
                yield Editor(id="editor")
            yield Lines(id="paper", owns_styles=False)
        yield Lines(id="excerpt", classes="bar", owns_styles=False)
        yield Lines(id="foot", classes="bar", owns_styles=False)

    def on_mount(self) -> None:
        """Tie the editor to the workspace; only plan and question ever take the keyboard."""
        self.field_editor.tie()
        for name in ("plan", "question", "paper", "head", "foot", "excerpt"):
            self.lines(name).can_focus = name in ("plan", "question")
        self.watch(self.lines("question"), "scroll_y", self.field_editor.place, init=False)

    # -- parts ---------------------------------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor:
        """The one real editor."""
        return self.query_one(Editor)

    def lines(self, name: str) -> Lines:
        """Return a painted pane by its id, the same object as long as the screen is there.

        Textual keeps what `query_one` finds anew whenever a pane is shown or hidden, so each is asked for once.
        """
        if name not in self._lines:
            self._lines[name] = self.query_one(f"#{name}", Lines)
        return self._lines[name]

    @property
    def panes(self) -> int:
        """Return how many panes stand side by side at this width."""
        width = self.size.width
        return 3 if width >= THREE_PANES else 2 if width >= TWO_PANES else 1

    @property
    def has_rail(self) -> bool:
        """Return whether the plan stands beside the others as a rail, which has only the glyph of each question."""
        return RAIL_FROM <= self.size.width < THREE_PANES

    @property
    def _beside_the_plan(self) -> int:
        """The width, in cells, of what stands beside the plan or its rail."""
        return self.size.width - plan_width(self.size.width)

    def _pane_width(self, name: str) -> int:
        """Return the width, in cells, that a pane will have once the layout is made."""
        total = self.size.width
        if name == "plan" and self.panes == 3:
            return PLAN - 1  # its border
        if self.panes == 1:
            return total if name == "plan" else self._beside_the_plan
        # The document keeps its half of two panes: it needs its columns more than the question does.
        half = (total - PLAN - 1 if self.panes == 3 else total) // 2
        return self._beside_the_plan - half if name == "form" and self.panes == 2 else half

    # -- painting ------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Paint anew for the new size."""
        if self.size != self._painted:  # at the start the same size comes twice
            self._fit(*self.size)
            self.paint()

    def _fit(self, width: int, height: int) -> None:
        """Set the classes that the style sheet needs of the size, before the first styling: each change styles all."""
        self.set_class(width < THREE_PANES, "narrow")
        self.set_class(RAIL_FROM <= width < THREE_PANES, "railed")
        self.set_class(TWO_PANES <= width < THREE_PANES, "paired")
        self.set_class(height < LOW, "low")

    def on_screen_resume(self) -> None:
        """Take the keyboard back after another screen."""
        self.paint()

    def paint(self) -> None:
        """Paint every pane from the workspace's value and give the keyboard to the right one."""
        if not self.is_mounted:
            return
        self._painted = self.size
        single, step = self.panes == 1, self.steps.is_open
        self.lines("plan").set_class(self.pane == "plan" and self.panes < 3, "planning")
        self.lines("plan").display = self.panes == 3 or self.pane == "plan" or self.has_rail
        self.query_one("#form").display = self.panes == 3 or self.pane != "plan"
        self.lines("paper").display = not single and not step
        self.lines("excerpt").display = single and self.pane == "form" and self.size.height >= LOW
        self.paint_form()
        if not step:
            self.paint_paper()
        self.paint_around()
        self.field_editor.place()

    def refresh_in_place(self) -> None:
        """Paint anew what others changed; the cursor stays between its words, the document at its line."""
        paper, editor, sheet = self.lines("paper"), self.editor, self.sheet
        top, place = paper.scroll_offset.y, editor.cursor_location
        text, here = editor.text, self.form.current_field
        self.paint()
        same_slot = here is not None and self.form.current_field is not None and here.key == self.form.current_field.key
        if same_slot and editor.display and editor.text != text:
            editor.move_cursor(location_of(editor.text, moved(text, editor.text, offset_of(text, place))))
        row = same_row(sheet, self.sheet, top)
        if row != top and paper.display:
            paper.scroll_to_row(row, top=True)

    def paint_form(self) -> None:
        """Paint the question."""
        painter = FormPainter(
            self.workspace,
            self._pane_width("form") - 1,
            open_more=self.more,
            room=max(self.size.height - 8, 3),
            adding=self.field_editor.adding,
            height=self.field_editor.needs,
            sought=self.sought,
        )
        painter.covered = self.writing
        self.form = painter.paint()
        if self.form.current_field is not None and self.form.current_field.key != self.workspace.place.slot:
            self.workspace.place = replace(self.workspace.place, slot=self.form.current_field.key)
        if self.steps.is_open:
            self.steps.paint(self._beside_the_plan - 2, low=self.size.height < LOW)
        else:
            self.lines("question").show(self.form.lines)

    def paint_paper(self) -> None:
        """Paint the document. At another section than before, or another size, scroll to the section written."""
        workspace, here = self.workspace, self.form.current_field
        self.sheet = self._agreement_painter.paint(workspace.shown_text, self._pane_width("paper") - 1)
        section, starts = section_written(workspace, here), self.sheet.starts
        shown = workspace.place.question, section, self.size
        keep = None
        if self._shown_section != shown:
            self._shown_section = shown
            keep = starts.get(section, 0)
            self._awaited = "" if section in starts else section
        elif self._awaited in starts:  # the first letter of the answer has just made the section
            keep, self._awaited = starts[self._awaited], ""
        if self.panes > 1:
            self.lines("paper").show(self.sheet.lines, keep=keep)
            self._reveal_written(section)
        elif self.lines("excerpt").display:
            self.lines("excerpt").show(excerpt(workspace, self.sheet, here, self.size.width))

    def _reveal_written(self, section: str) -> None:
        """Scroll the document to the line that is written, where it is out of sight."""
        pane, starts = self.lines("paper"), self.sheet.starts
        height = pane.scrollable_content_region.height
        if not self.writing or section not in starts or not height:
            return
        end = min((row for row in starts.values() if row > starts[section]), default=len(self.sheet.lines))
        row = row_written(self.workspace, self.sheet, self.form.current_field, range(starts[section], end))
        if not pane.scroll_offset.y <= row < pane.scroll_offset.y + height:
            pane.scroll_to_row(max(row - height // 2, starts[section]), top=True)

    def paint_around(self) -> None:
        """Paint the plan, the first line and the last lines."""
        plan = self.lines("plan")
        if self.has_rail and self.pane != "plan":
            plan.cursor = None
            plan.show(paint_rail(self.workspace, plan_width(self.size.width), self._rail_height()))
            plan.scroll_to_row(0, top=True)
        elif plan.display:
            # While the page of a step is open the arrows walk there: a mark in the plan is enough, and little to send.
            step = self.steps.is_open
            width = self._pane_width("plan") - 1
            self.plan = paint_plan(self.workspace, width, moving=not self.writing, bold=not step)
            plan.show(self.plan.lines)
            plan.cursor = None if self.writing or step else self.plan.current
            plan.scroll_to_row(self.plan.current)
        self.lines("head").show([head_line(self._bar_facts())])
        self._show_foot()

    def _rail_height(self) -> int:
        """Return the number of rows between the first line and the last ones."""
        below = 3 if self.lines("excerpt").display else 0
        return self.size.height - 1 - (1 if self.size.height < LOW else 2) - below

    def _bar_facts(self) -> BarFacts:
        """Return what the first line and the last lines are made from."""
        size = self.size
        facts = BarFacts(self.workspace, size.width, size.height, self.panes, self.writing, self.message)
        return replace(facts, step=True) if self.steps.is_open else facts

    def _show_foot(self) -> None:
        """Paint the last lines; there are more of them while a message needs them."""
        pane, lines = self.lines("foot"), foot_lines(self._bar_facts())
        usual = 1 if self.size.height < LOW else 2
        height = max(len(lines), usual)
        if height != (self.foot_height or usual):
            pane.styles.height = self.foot_height = height
            self.call_after_refresh(self.field_editor.place)  # keeps what is being written in sight
        pane.show(lines)

    def say(self, text: str) -> None:
        """Show a message in the last lines, until the next move."""
        self.message = text
        if self.is_mounted:
            self._show_foot()

    def finish_typing(self) -> None:
        """Leave the field that is being written."""
        self.field_editor.finish()

    def may_write_over(self, event: events.Event) -> bool:
        """Return whether `event` would write over what somebody else changed, at words that are gone in their text."""
        if not _changes_text(event) or not self.field_editor.overtaken:
            return False
        text = self.editor.text
        return not stands_on(text, self.field_editor.standing, offset_of(text, self.editor.cursor_location))

    # -- moving --------------------------------------------------------------------------------------------------------

    def stand(self, key: str) -> None:
        """Write at the place whose key is `key`."""
        self.field_editor.finish()
        self.writing = True
        self.pane = "form"
        self.workspace.go(replace(self.workspace.place, slot=key, cursor=None))
        self.paint()

    def write_at(self, place: Place | None) -> bool:
        """Write at `place`, None for the current one. Return True: this page can."""
        if place is not None:
            self.more = False
            choice_keys.letters_left(self)
            self.workspace.go(place)
        self.writing, self.pane = True, "form"
        self.field_editor.forget()
        self.paint()
        return True

    def take_field(self) -> tuple[Entry, Field] | None:
        """Leave the field that is being written, and return its (entry, field); None where there is none."""
        here = self.form.current_field
        self.field_editor.finish()
        self.field_editor.forget()
        if here is None or here.field is None or not here.cell or not self.workspace.partnership.entry(here.entry.id):
            return None
        return here.entry, here.field

    def help(self) -> Iterable[tuple[str, str]]:
        """Yield the help of the field that is written, then that of the question."""
        if self.writing:
            yield from field_help(self.workspace, self.form.current_field)
            yield "", "rule"
        yield from question_help(self.workspace, self.workspace.question)

    def selected_text(self) -> str:
        """Return the text selected in the field."""
        return self.editor.selected_text

    def forget_typing(self) -> None:
        """Fill the field again from the partnership at the next paint."""
        self.field_editor.forget()

    def run_own(self, command_id: str) -> bool:
        """Take back by "undo" what was typed at a choice. Return whether there was anything."""
        return command_id == "undo" and self.writing and choice_keys.given_up(self)

    def words_pasted(self, text: str) -> bool:
        """Search the options of a choice for pasted words. Return whether the page took them."""
        return choice_keys.words_pasted(self, text)

    def restored(self) -> None:
        """Show the field after an undo or redo, the cursor where something came back or went."""
        self.field_editor.restored()
        self.paint()

    def go(self, place: Place, *, writing: bool | None = None) -> None:
        """Go to another question or partner, and say again what was not understood at the one left."""
        left = self.form.current_field
        self.field_editor.finish()
        self.more = False
        told = choice_keys.letters_left(self) or (self._not_understood(left) if left is not None else "")
        self.workspace.go(place)
        if writing is not None:
            self.writing = writing
        if self.writing:
            self.pane = "form"
        self.paint()
        self.app.save_and_keep_place()
        if told:
            self.say(told)

    def _not_understood(self, left: FormField) -> str:
        """Return why the field left is not understood, behind its label: its question is out of sight; "" if it is."""
        entry = self.workspace.partnership.entry(left.entry.id)
        if entry is None or left.field is None:
            return ""
        why = self.workspace.form_context.parse_error(entry, left.field)
        return _("{label}: {text}").format(label=left.label, text=why) if why else ""

    def step(self, by: int) -> None:
        """Go to the next or the previous place; past either end, to the beginning of another question."""
        place = self.workspace.place
        if self.step_within(by):
            return
        there = stepped(place, self.workspace.guide, by)
        if there.question != place.question:  # else it is the first or the last question
            self.go(replace(there, slot=FIRST_FIELD))

    def step_within(self, by: int) -> bool:
        """Go to the next or the previous place of this question. Past either end say how to leave it, return False."""
        neighbour = self.form.neighbour(by)
        if neighbour is not None:
            self.stand(neighbour.key)
            return True
        name = "next" if by > 0 else "previous"
        words = _("This question ends here; {key} goes to the next one.") if by > 0 else (
            _("This question begins here; {key} goes to the one before."))  # fmt: skip
        self.say(words.format(key=command_key(command(name))))
        return False

    def to_partner(self, place: Place) -> None:
        """Go to the same field of another partner."""
        here, question, mine = self.form.current_field, self.workspace.question, self.workspace.place.partner
        key = key_for_partner(here, question, mine, place.partner, place.other) if here is not None else ""
        self.go(replace(place, slot=key))

    def unfold(self) -> None:
        """Show the fields that were folded away, and write at the first of them."""
        self.more = True
        at = self.form.current
        self.field_editor.finish()
        self.paint()
        self.stand(self.form.slots[min(at, len(self.form.slots) - 1)].field.key)

    def pressed(self, event: events.Key) -> bool:
        """Act on a key that no editor took: commands, choices, boxes, moves. Return whether it had a use."""
        return pressed(self, event)
