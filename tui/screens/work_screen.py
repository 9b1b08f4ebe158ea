"""The working screen: plan, current question and document, side by side where there is room.

A *rail* is the plan as a narrow column of glyphs; a *place* is the question, partner and field where the user is.
"""

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
from tui.form.question_walk import question_order
from tui.guide.guide_types import Field
from tui.i18n import _
from tui.partnership.values import Entry
from tui.screens import choice_keys, plan_pane
from tui.screens.field_editor import FieldEditor
from tui.screens.field_help import field_help, question_help
from tui.screens.header_footer import LOW_SCREEN_ROWS, BarFacts, foot_lines, head_line
from tui.screens.same_place import is_context_kept, location_of, moved_offset, offset_of, same_row
from tui.screens.step_pane import StepPane
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Lines
from tui.ui.agreement_painter import AgreementPainter, PaintedAgreement
from tui.ui.form_painter import FIRST_FIELD, FormPainter, PaintedForm
from tui.ui.host import TURNS, Page, key_name
from tui.workspace.place import Place, next_partner_place, place_further
from tui.workspace.workspace import Workspace

THREE_PANES = plan_pane.PLAN_FROM_WIDTH  # columns from which plan, question and document are side by side


def _changes_text(event: events.Event) -> bool:
    """Return whether a key or a paste would change the text of an editor."""
    if isinstance(event, events.Key):
        return event.is_printable or event.key in ("backspace", "delete", "enter", "ctrl+w", "ctrl+u", "ctrl+k")
    return isinstance(event, events.Paste)


def _act_on_key(screen: WorkScreen, event: events.Key) -> bool:
    """Act on a key; return whether the key did something."""
    key = key_name(event)
    if event.key in ("escape", "tab", "shift+tab"):
        return _escape_or_tab(screen, event.key)
    if screen.writing:
        current = screen.form.current_field
        # A field is `typed` if an editor takes its text, else it is a choice.
        if current is not None and not current.typed and choice_keys.act_on_key(screen, current, event.key, key):
            return True
        if current is not None and current.typed and not event.key.startswith("alt+"):
            return False  # the editor takes the key
    else:
        had_use = screen.steps.pressed(event.key) if screen.steps.is_open else _move(screen, event.key)
        if had_use:
            return True
    command = by_key(key, WORK, moving=not screen.writing)
    if command is not None:
        screen.app.run_command(command.id)
    return command is not None


def _escape_or_tab(screen: WorkScreen, key: str) -> bool:
    """Act on Escape (stop writing, go to the plan) or Tab (go to the next field, Shift+Tab back). Return True."""
    if key == "escape" and screen.writing and choice_keys.drop_letters(screen):
        return True
    if key == "escape":
        if screen.writing and screen.steps.returns_here:
            screen.steps.open()
        elif screen.writing or screen.steps.is_open:
            to_plan(screen)
        elif screen.pane == "plan" and screen.panes < 3:
            screen.pane = "form"
            screen.paint()
        return True
    if not screen.writing:
        to_form(screen)
    elif key != "tab" or not choice_keys.take_by_tab(screen, screen.form.current_field):
        screen.field_editor.tab(1 if key == "tab" else -1)
    return True


def to_plan(screen: WorkScreen) -> None:
    """Stop writing, so that letters are commands, and show the plan."""
    screen.field_editor.finish()
    screen.writing = screen.steps.returns_here = False
    screen.pane = "plan" if screen.panes < 3 else "form"
    screen.paint()


def to_form(screen: WorkScreen) -> None:
    """Write again, in the field where writing stopped."""
    screen.writing = True
    screen.pane = "form"
    screen.message = ""
    screen.paint()


def _move(screen: WorkScreen, key: str) -> bool:
    """Act on a key that moves: ↑ ↓ change the question, ← → the partner, Enter writes. Return False for other keys."""
    workspace = screen.workspace
    moves = {"up": -1, "down": 1}
    if key in moves:
        screen.go(place_further(workspace.place, workspace.guide, moves[key]))
    elif key in ("left", "right"):
        screen.to_partner(next_partner_place(workspace.place, workspace.partnership, 1 if key == "right" else -1))
    elif key.removeprefix("ctrl+") in ("home", "end"):
        walk = question_order(workspace.guide)
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
    """The working screen of the open partnership.

    While `writing`, letters go into the current field; else they are commands. `pane` ("form" or "plan") says which
    pane a screen shows that is too narrow for the plan beside the form.
    """

    where = WORK

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.field_editor = FieldEditor(self)  # writes what is typed into the current field
        self.steps = StepPane(self)  # the page of a sub-step of the guide, in the place of the form
        self.writing = True
        self.pane = "form"
        self._lines: dict[str, Lines] = {}  # panes by their ids, filled by `lines`
        self._foot_height = 0  # rows given to the last lines; 0 while the style sheet says how many
        self.shows_folded = False  # whether the fields are shown that are usually hidden behind « more »
        self.sought_option = NOTHING_SOUGHT  # the letters or digits typed at a choice, to find an option
        # Question, document and plan as they were painted last, and the size of the screen then.
        self.form = PaintedForm((), ())
        self.painted = PaintedAgreement((), (), {})
        self.plan = plan_pane.Plan((), (), 0)
        self._painted_size = Size(0, 0)
        self._agreement_painter = AgreementPainter()
        # The question, its section and the size of the screen when the document was last scrolled to a section.
        self._scrolled_for = "", "", Size(0, 0)
        self._awaited_section = ""  # the section of the question's answers while the document lacks it, else ""

    def compose(self) -> ComposeResult:
        """Yield the panes, empty: `paint` fills them."""
        self._fit(self.app.size.width, self.app.size.height)  # before the first styling: a change of class styles all
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
        """Connect the editor; of the panes, only plan and question may take the keyboard."""
        self.field_editor.connect()
        for name in ("plan", "question", "paper", "head", "foot", "excerpt"):
            self.lines(name).can_focus = name in ("plan", "question")
        self.watch(self.lines("question"), "scroll_y", self.field_editor.lay_over_field, init=False)

    # -- parts ---------------------------------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor:
        """The widget that text is typed in; there is one for all fields."""
        return self.query_one(Editor)

    def lines(self, name: str) -> Lines:
        """Return a painted pane by its id; each is queried once, since Textual's cache ends when a pane is hidden."""
        if name not in self._lines:
            self._lines[name] = self.query_one(f"#{name}", Lines)
        return self._lines[name]

    @property
    def panes(self) -> int:
        """How many panes are side by side at this width: 1, 2 (form and document) or 3 (with the whole plan)."""
        return 1 + (self.size.width >= plan_pane.TWO_PANES_FROM_WIDTH) + (self.size.width >= THREE_PANES)

    @property
    def has_rail(self) -> bool:
        """Whether the plan is a rail at the left: a narrow column with only the glyph of each question."""
        return plan_pane.RAIL_FROM_WIDTH <= self.size.width < THREE_PANES

    @property
    def _width_beside_plan(self) -> int:
        """The width, in cells, of what is beside the plan or its rail."""
        return self.size.width - plan_pane.plan_width(self.size.width)

    def _pane_width(self, name: str) -> int:
        """Return the width, in cells, that a pane will have once the layout is made."""
        total = self.size.width
        if name == "plan" and self.panes == 3:
            return plan_pane.PLAN_WIDTH - 1  # its border
        if self.panes == 1:
            return total if name == "plan" else self._width_beside_plan
        # The document keeps its half of two panes: it needs its columns more than the question does.
        half = (total - plan_pane.PLAN_WIDTH - 1 if self.panes == 3 else total) // 2
        return self._width_beside_plan - half if name == "form" and self.panes == 2 else half

    # -- painting ------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Paint anew for the new size."""
        if self.size != self._painted_size:  # at the start the same size comes twice
            self._fit(*self.size)
            self.paint()

    def _fit(self, width: int, height: int) -> None:
        """Set the classes that the style sheet has for sizes."""
        self.set_class(width < THREE_PANES, "narrow")
        self.set_class(plan_pane.RAIL_FROM_WIDTH <= width < THREE_PANES, "railed")
        self.set_class(plan_pane.TWO_PANES_FROM_WIDTH <= width < THREE_PANES, "paired")
        self.set_class(height < LOW_SCREEN_ROWS, "low")

    def on_screen_resume(self) -> None:
        """Paint anew, and take the keyboard back, after another page was left."""
        self.paint()

    def paint(self) -> None:
        """Paint every pane from the workspace's value and give the keyboard to the right one."""
        if not self.is_mounted:
            return
        self._painted_size = self.size
        single, step = self.panes == 1, self.steps.is_open
        self.lines("plan").set_class(self.pane == "plan" and self.panes < 3, "planning")
        self.lines("plan").display = self.panes == 3 or self.pane == "plan" or self.has_rail
        self.query_one("#form").display = self.panes == 3 or self.pane != "plan"
        self.lines("paper").display = not single and not step
        self.lines("excerpt").display = single and self.pane == "form" and self.size.height >= LOW_SCREEN_ROWS
        self.paint_form()
        if not step:
            self.paint_document()
        self.paint_around()
        self.field_editor.lay_over_field()

    def refresh_in_place(self) -> None:
        """Paint what others changed; the cursor stays between the same words, the document at the same line."""
        pane, editor = self.lines("paper"), self.editor
        painted_before, old_top = self.painted, pane.scroll_offset.y
        old_text, old_cursor, old_field = editor.text, editor.cursor_location, self.form.current_field
        self.paint()
        field = self.form.current_field
        is_same_field = old_field is not None and field is not None and old_field.key == field.key
        if is_same_field and editor.display and editor.text != old_text:
            offset = moved_offset(old_text, editor.text, offset_of(old_text, old_cursor))
            editor.move_cursor(location_of(editor.text, offset))
        top = same_row(painted_before, self.painted, old_top)
        if top != old_top and pane.display:
            pane.scroll_to_row(top, top=True)

    def paint_form(self) -> None:
        """Paint the question."""
        painter = FormPainter(
            self.workspace,
            self._pane_width("form") - 1,
            open_more=self.shows_folded,
            room=max(self.size.height - 8, 3),  # rows for a field, without the lines around it
            adding=self.field_editor.begun_row_id,
            height=self.field_editor.rows_needed,
            sought_option=self.sought_option,
        )
        painter.editor_covers = self.writing
        self.form = painter.paint()
        if self.form.current_field is not None and self.form.current_field.key != self.workspace.place.slot:
            self.workspace.place = replace(self.workspace.place, slot=self.form.current_field.key)
        if self.steps.is_open:
            self.steps.paint(self._width_beside_plan - 2, low=self.size.height < LOW_SCREEN_ROWS)
        else:
            self.lines("question").show(self.form.lines)

    def paint_document(self) -> None:
        """Paint the document. After a change of question, section or size, scroll to the section being written."""
        workspace, current = self.workspace, self.form.current_field
        self.painted = self._agreement_painter.paint(workspace.shown_text, self._pane_width("paper") - 1)
        section, starts = plan_pane.current_section(workspace, current), self.painted.starts
        scrolled_for = workspace.place.question, section, self.size
        keep = None  # the line of the document to scroll to, None to stay
        if self._scrolled_for != scrolled_for:
            self._scrolled_for, keep = scrolled_for, starts.get(section, 0)
            self._awaited_section = "" if section in starts else section
        elif self._awaited_section in starts:  # the first letter of the answer has just created the section
            keep, self._awaited_section = starts[self._awaited_section], ""
        if self.panes > 1:
            self.lines("paper").show(self.painted.lines, keep=keep)
            self._reveal_written(section)
        elif self.lines("excerpt").display:
            self.lines("excerpt").show(plan_pane.excerpt(workspace, self.painted, current, self.size.width))

    def _reveal_written(self, section: str) -> None:
        """Scroll the document, where needed, so that the line being written is in sight."""
        pane, starts = self.lines("paper"), self.painted.starts
        height = pane.scrollable_content_region.height
        if not self.writing or section not in starts or not height:
            return
        row = plan_pane.row_being_written(self.workspace, self.painted, self.form.current_field, section)
        if not pane.scroll_offset.y <= row < pane.scroll_offset.y + height:
            pane.scroll_to_row(max(row - height // 2, starts[section]), top=True)

    def paint_around(self) -> None:
        """Paint the plan, the first line and the last lines."""
        plan = self.lines("plan")
        if self.has_rail and self.pane != "plan":
            plan.cursor = None
            plan.show(plan_pane.paint_rail(self.workspace, plan_pane.plan_width(self.size.width), self._rail_height()))
            plan.scroll_to_row(0, top=True)
        elif plan.display:
            # While the page of a step is open the arrows move there, so the plan needs no cursor, only its mark « › ».
            width, step = self._pane_width("plan") - 1, self.steps.is_open
            self.plan = plan_pane.paint_plan(self.workspace, width, moving=not self.writing, bold=not step)
            plan.show(self.plan.lines)
            plan.cursor = None if self.writing or step else self.plan.current
            plan.scroll_to_row(self.plan.current)
        self.lines("head").show([head_line(self._bar_facts())])
        self._show_foot()

    def _rail_height(self) -> int:
        """Return the number of rows between the first line and the last ones."""
        rows_below = (1 if self.size.height < LOW_SCREEN_ROWS else 2) + (3 if self.lines("excerpt").display else 0)
        return self.size.height - 1 - rows_below

    def _bar_facts(self) -> BarFacts:
        """Return what the first line and the last lines are made from."""
        return BarFacts(self.workspace, *self.size, self.panes, self.writing, self.message, self.steps.is_open)

    def _show_foot(self) -> None:
        """Paint the last lines; there are more of them while a message needs them."""
        pane, lines = self.lines("foot"), foot_lines(self._bar_facts())
        usual = 1 if self.size.height < LOW_SCREEN_ROWS else 2
        height = max(len(lines), usual)
        if height != (self._foot_height or usual):
            pane.styles.height = self._foot_height = height
            self.call_after_refresh(self._keep_field_in_sight)
        pane.show(lines)

    def _keep_field_in_sight(self) -> None:
        """Lay the editor over its field again, after the panes changed their heights."""
        if self in self.app.screen_stack:  # else a command has left the page meanwhile
            self.field_editor.lay_over_field()

    def say(self, text: str) -> None:
        """Show a message in the last lines, until the next move."""
        self.message = text
        if self.is_mounted:
            self._show_foot()

    def finish_typing(self) -> None:
        """Leave the field that is being written."""
        self.field_editor.finish()

    def may_write_over(self, event: events.Event) -> bool:
        """Return whether `event` would change words that another user has changed meanwhile in the stored text."""
        if not _changes_text(event) or not self.field_editor.is_outdated:
            return False
        text = self.editor.text
        return not is_context_kept(text, self.field_editor.stored_text, offset_of(text, self.editor.cursor_location))

    # -- moving --------------------------------------------------------------------------------------------------------

    def go_to_field(self, key: str) -> None:
        """Go to the field whose key is `key`, and write there."""
        self.field_editor.finish()
        self.writing = True
        self.pane = "form"
        self.workspace.go(replace(self.workspace.place, slot=key, cursor=None))
        self.paint()

    def write_at(self, place: Place | None) -> bool:
        """Write at `place`, None for the current place. Return True, since this page can be written in."""
        if place is not None:
            self.shows_folded = False
            choice_keys.forget_letters(self)
            self.workspace.go(place)
        self.writing, self.pane = True, "form"
        self.field_editor.reload_later()
        self.paint()
        return True

    def take_field(self) -> tuple[Entry, Field] | None:
        """Leave the field that is being written, and return its (entry, field); None if there is none."""
        current = self.form.current_field
        self.field_editor.finish()
        self.field_editor.reload_later()
        if current is None or current.field is None or not current.cell:
            return None
        is_stored = self.workspace.partnership.entry(current.entry.id) is not None
        return (current.entry, current.field) if is_stored else None

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
        self.field_editor.reload_later()

    def run_own_command(self, command_id: str) -> bool:
        """Take back by "undo" what was typed at a choice. Return whether there was anything."""
        return command_id == "undo" and self.writing and choice_keys.drop_letters(self)

    def take_pasted_text(self, text: str) -> bool:
        """Search the options of a choice for pasted words. Return whether the page took them."""
        return choice_keys.search_pasted_words(self, text)

    def show_restored(self) -> None:
        """Show the field after an undo or redo, with the cursor at the text that changed."""
        self.field_editor.show_restored()
        self.paint()

    def go(self, place: Place, *, writing: bool | None = None) -> None:
        """Go to another question or partner; `writing` None: write, or not, as before.

        If the value of the field that was left is not understood, say why: that field is out of sight now.
        """
        field_left = self.form.current_field
        self.field_editor.finish()
        self.shows_folded = False
        message = choice_keys.forget_letters(self)
        if not message and field_left is not None:
            message = self._not_understood(field_left)
        self.workspace.go(place)
        if writing is not None:
            self.writing = writing
        if self.writing:
            self.pane = "form"
        self.paint()
        self.app.save_and_keep_place()
        if message:
            self.say(message)

    def _not_understood(self, field_left: FormField) -> str:
        """Return « label: why » where the value of `field_left` is not understood, "" if it is."""
        entry = self.workspace.partnership.entry(field_left.entry.id)
        if entry is None or field_left.field is None:
            return ""
        why = self.workspace.form_context.parse_error(entry, field_left.field)
        return _("{label}: {text}").format(label=field_left.label, text=why) if why else ""

    def step(self, by: int) -> None:
        """Go to the next field (`by` 1) or the previous one (-1); past either end, to the start of another question."""
        place = self.workspace.place
        if self.step_within(by):
            return
        new_place = place_further(place, self.workspace.guide, by)
        if new_place.question != place.question:  # else it is the first or the last question
            self.go(replace(new_place, slot=FIRST_FIELD))

    def step_within(self, by: int) -> bool:
        """Go to the next or previous field of this question; past either end say how to leave it and return False."""
        neighbour = self.form.neighbour(by)
        if neighbour is not None:
            self.go_to_field(neighbour.key)
            return True
        key = command_key(command("next" if by > 0 else "previous"))
        words = _("This question ends here; {key} goes to the next one.") if by > 0 else (
            _("This question begins here; {key} goes to the one before."))  # fmt: skip
        self.say(words.format(key=key))
        return False

    def to_partner(self, place: Place) -> None:
        """Go to the same field of another partner."""
        field, question, old_partner = self.form.current_field, self.workspace.question, self.workspace.place.partner
        key = key_for_partner(field, question, old_partner, place.partner, place.other) if field is not None else ""
        self.go(replace(place, slot=key))

    def unfold(self) -> None:
        """Show the fields that were folded away, and write at the first of them."""
        self.shows_folded = True
        at = self.form.current
        self.field_editor.finish()
        self.paint()
        self.go_to_field(self.form.slots[min(at, len(self.form.slots) - 1)].field.key)

    def pressed(self, event: events.Key) -> bool:
        """Act on a key that no editor took: commands, choices, boxes, moves. Return False if it did nothing."""
        return _act_on_key(self, event)
