"""The one editor over the field that is written, and what its letters do to the partnership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tui.commands import command, key_name
from tui.form.form import ADD, MORE, PAIR, REFERENCES, FormField
from tui.form.form_words import complete_last_name, is_complete_name, suggestions
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _, ngettext
from tui.partnership.field_kinds import date_doubt
from tui.partnership.name_references import unknown_names
from tui.partnership.partners import WHO
from tui.screens.same_place import changed_end, location_of
from tui.text.typography import typographic
from tui.workspace import writing
from tui.workspace.cell_labels import left_bare

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.form.option_search import SoughtOption
    from tui.guide.guide_types import Field
    from tui.partnership.organisations import Known
    from tui.terminal.editor import Editor
    from tui.terminal.line_pane import Lines
    from tui.ui.form_painter import PaintedForm, Slot
    from tui.ui.host import Host
    from tui.workspace.directory_edits import Found
    from tui.workspace.workspace import Workspace

# Values of `_loaded`: the editor holds no field; it holds a field whose value has changed since.
_NOTHING, _STALE = "", "-"


class FormScreen(Protocol):
    """What the editor asks of the screen that it writes for."""

    message: str  # what the last line says now

    @property
    def app(self) -> Host:
        """The app of the screen."""

    @property
    def workspace(self) -> Workspace:
        """The open partnership."""

    @property
    def editor(self) -> Editor:
        """The one real editor."""

    @property
    def form(self) -> PaintedForm:
        """The question as it was painted last."""

    sought: SoughtOption  # what was typed at a choice, to find an option

    @property
    def field_editor(self) -> FieldEditor:
        """The field editor of the screen."""

    @property
    def writing(self) -> bool:
        """Whether letters write; else they are commands."""

    @property
    def is_current(self) -> bool:
        """Return whether nothing lies over the screen."""

    def lines(self, name: str) -> Lines:
        """Return the pane whose id is `name`."""

    def set_focus(self, widget: Widget | None) -> None:
        """Give the keyboard to `widget`."""

    def stand(self, key: str) -> None:
        """Write at the place whose key is `key`."""

    def step(self, by: int) -> None:
        """Go `by` places down the form, past its end to another question."""

    def step_within(self, by: int) -> bool:
        """Go `by` places down the form, within the question; return whether there was one."""

    def say(self, text: str) -> None:
        """Show `text` in the last line."""

    def paint(self) -> None:
        """Paint everything."""

    def paint_form(self) -> None:
        """Paint the question."""

    def paint_paper(self) -> None:
        """Paint the document."""

    def unfold(self) -> None:
        """Show the fields that were folded away, and stand at the first of them."""


def _makes_row(field: Field, text: str) -> bool:
    """Return whether a text begins a row: a full stop or a digit alone was meant for the line above or a choice."""
    return any(map(str.isalpha if field.kind in TEXT_KINDS else str.isalnum, text))


class FieldEditor:
    """Writes for one screen."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._loaded = _NOTHING  # which field the editor holds: its key, language, partner and question
        self._shown: object = None  # the value of the field when the editor was filled, or last written in
        self._came_with = "", ""  # the name of the field that was entered last, as in `_loaded`, and its text then
        self.adding = ""  # the id of the row begun in the line that adds, "" for none
        self.needs = 0  # the rows that the text takes; 0: not known yet
        self._known: Known | None = None  # the directory, read once a place

    @property
    def editor(self) -> Editor:
        """The one real editor."""
        return self._screen.editor

    def tie(self) -> None:
        """Let the editor tell of each letter, of Enter, of pasted lines, and of leaving by an arrow."""
        self.editor.watcher = self.typed
        self.editor.on_enter = self.advance
        self.editor.on_paste_lines = self._pasted
        self.editor.on_paste_table = self._pasted_table
        self.editor.on_complete = self._complete
        self.editor.on_leave = self._left

    def place(self) -> None:
        """Put the editor over the current place, or take it away; give the keyboard to the right pane."""
        screen = self._screen
        slot, editor, question = screen.form.slot, self.editor, screen.lines("question")
        if not screen.is_current:
            editor.display = False
        elif not screen.writing or slot is None:
            editor.display = False
            screen.set_focus(screen.lines("plan") if screen.lines("plan").display else question)
        else:
            self._reveal(slot)
            typed = editor.display = slot.field.typed
            if typed:
                self._load(slot.field)
                editor.styles.offset = (slot.x, slot.row - question.scroll_offset.y)
                editor.styles.width, editor.styles.height = slot.width, slot.height
            screen.set_focus(editor if typed else question)

    def _reveal(self, slot: Slot) -> None:
        """Scroll the question, once, to show the place with the line above it; its top where it is too tall."""
        question = self._screen.lines("question")
        last = min(slot.row + slot.height, len(self._screen.form.lines) - 1)
        height = question.scrollable_content_region.height
        if not height:
            question.scroll_to_row(last)
            return
        offset = question.scroll_offset.y
        wanted = min(max(offset, last - height + 1), max(slot.row - 1, 0))
        question.scroll_to_row(wanted, top=True)

    def _load(self, here: FormField) -> None:
        """Fill the editor with the field, unless it is in it already."""
        place = self._screen.workspace.place
        name = f"{here.key}@{self._screen.workspace.typed_lang}@{place.partner}@{place.question}"
        text = writing.text_to_edit(self._screen.workspace, here)
        if self._loaded != name or self.editor.text != text:
            self.editor.single_line = here.single_line
            self.editor.placeholder = typographic(here.hint)
            if self._came_with[0] != name:
                self._came_with = name, text
            self.editor.load(text, place.cursor)
            if here.single_line and place.cursor is None:
                self.editor.call_after_refresh(self.editor.show_beginning)
            self._screen.workspace.place = replace(place, cursor=None)
            self._loaded = name
        if here.field is not None:
            self._shown = here.value

    @property
    def standing(self) -> str:
        """The text of the field now, whoever wrote it; "" where it holds no text."""
        here = self._screen.form.current_field
        now = (
            None
            if here is None or here.field is None
            else writing.current_value(self._screen.workspace, here.entry, here.field)
        )
        return now if isinstance(now, str) else ""

    @property
    def overtaken(self) -> bool:
        """Return whether somebody else changed the text of the field, and the editor has not shown it yet."""
        here = self._screen.form.current_field
        if not self._screen.writing or here is None or here.field is None or self.adding or here.kind == ADD:
            return False
        return writing.changed_elsewhere(
            writing.current_value(self._screen.workspace, here.entry, here.field), self._shown
        )

    def forget(self) -> None:
        """Fill the editor again at the next paint: the value changed under it."""
        self._loaded = _STALE
        self.needs = 0

    def restored(self) -> None:
        """Fill the editor again after an undo or redo, with the cursor where the text changed."""
        screen, before, was = self._screen, self.editor.text, self._screen.form.current_field
        row = screen.workspace.partnership.entry(self.adding)
        if row is None or row.removed:
            self.adding = ""
        self.forget()
        screen.paint_form()
        here = screen.form.current_field
        if was is not None and here is not None and here.key == was.key and here.typed:
            text = writing.text_to_edit(screen.workspace, here)
            cursor = location_of(text, changed_end(before, text))
            screen.workspace.place = replace(screen.workspace.place, cursor=cursor)

    # -- writing -------------------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Take in an edit: the value changes, and all that is painted from it, in this frame."""
        screen = self._screen
        slot, workspace = screen.form.slot, screen.workspace
        if slot is None or slot.field.field is None:
            return
        here, field = slot.field, slot.field.field
        if here.kind == ADD and not self.adding:
            if not _makes_row(field, text):
                return
            self.adding = writing.new_row(workspace, here.entry, here.part, text, field=field).id
        else:
            writing.type_into(workspace, here.entry, field, text, unseen=self.overtaken)
            self._shown = writing.current_value(workspace, here.entry, field)
        height = self.editor.wrapped_document.height
        if height != slot.height or here.kind == ADD:
            self.needs = height
        screen.paint_form()
        screen.paint_paper()
        fresh = screen.form.slot
        if fresh is not None and (fresh.height, fresh.row, fresh.x) != (slot.height, slot.row, slot.x):
            self.place()
        self._hint(screen.form.current_field, text)

    def _hint(self, here: FormField | None, text: str) -> None:
        """Show in the last lines the names that the letters may mean, or which date is meant."""
        found = [name for name, _cells in self._meant(here, text)] if here is not None else []
        said = "→ " + " · ".join(found) if found else ""
        if here is not None and here.field is not None and not found:
            said = date_doubt(self._screen.workspace.form_context.reading, here.field, text)
        if said != self._screen.message:
            self._screen.say(said)

    def _meant(self, here: FormField, text: str) -> Sequence[Found]:
        """Return (name, what the directory knows of it) of whatever the letters may mean.

        That is partners and people of the partnership; in the line that adds partners, those of the directory.
        """
        if here.field is None:
            return []
        if here.kind != ADD or here.entry.question != WHO:
            return [(name, None) for name in suggestions(self._screen.workspace.form_context, here.field, text)]
        # Imported here: only the question about partners needs the directory.
        from tui.workspace.directory_edits import found_before

        if self._known is None:
            self._known = self._read()
        return found_before(self._screen.workspace, here.entry.part, text, self._known) if self._known else []

    def _left(self, way: str) -> None:
        """Leave the field by an arrow: from the last row first to the end of the text, then to the next place."""
        editor = self.editor
        if way == "down" and editor.cursor_location != editor.document.end:
            editor.move_cursor(editor.document.end)
        else:
            self._screen.step_within(-1 if way == "up" else 1)

    def _complete(self) -> bool:
        """Complete the text at its end by the first name that it may mean. Return whether there was one."""
        screen, here = self._screen, self._screen.form.current_field
        found = self._meant(here, self.editor.text) if here is not None else []
        if here is None or here.field is None or not found or (here.kind == ADD and not self.adding):
            return False
        name, what = found[0]
        writing.type_into(
            screen.workspace, here.entry, here.field, complete_last_name(here.field, self.editor.text, name)
        )
        if what is not None:
            from tui.workspace.directory_edits import taken_over

            screen.workspace.edits.end_typing()
            taken_over(screen.workspace, self.adding, what)
        self.forget()
        screen.paint()
        return True

    def _pasted(self, texts: list[str]) -> None:
        """Take several pasted lines in a field of one line: in a list each becomes a row, elsewhere they are joined."""
        screen, here = self._screen, self._screen.form.current_field
        if here is not None and here.kind == ADD:
            self.finish()
            made = writing.new_rows(screen.workspace, here.entry, here.part, texts)
            self._recognised(*(row.id for row in made))
            screen.stand(here.key)
        else:
            self.editor.insert(" ".join(texts))

    def _pasted_table(self, text: str) -> bool:
        """Take cells of a spreadsheet in the line that adds organisations or people. Return whether it is that line."""
        from tui.workspace.pasted_rows import paste_partners, paste_people

        screen, here = self._screen, self._screen.form.current_field
        if here is None or here.kind != ADD or here.entry.question != WHO:
            return False
        self.finish()
        workspace = screen.workspace
        if here.part.list:
            made = paste_people(workspace, workspace.place.partner, text)
        else:
            made = paste_partners(workspace, text)
            self._recognised(*(row.id for row in made))
        screen.stand(here.key)
        screen.say(
            ngettext("{n} line added, with its cells.", "{n} lines added, with their cells.", len(made)).format(
                n=len(made)
            )
        )
        return True

    # -- leaving -------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Leave the place: a row left blank goes, and what was typed becomes one step of undo."""
        workspace, here = self._screen.workspace, self._screen.form.current_field
        if here is not None and here.kind in ("date", "period", ADD):
            writing.take_meant_date(workspace, here)
        if self.adding:
            if not writing.drop_if_blank(workspace, self.adding) and here is not None and here.entry.question == WHO:
                self._recognised(self.adding)
            writing.finish_row(workspace, self.adding)
            self.adding = ""
        elif here is not None and here.kind != PAIR and here.entry.id:
            gone = writing.drop_if_blank(workspace, here.entry.id)
            if here.cell == "name" and not gone:
                writing.finish_row(workspace, here.entry.id)
        workspace.edits.end_typing()
        emptied = here is not None and here.typed and bool(self._came_with[1].strip()) and not self.editor.text.strip()
        self._came_with = "", ""
        # A message was about the place that is left; only that something is bare now is still worth saying.
        self._screen.message = left_bare(workspace, here.entry.id) if emptied and here is not None else ""
        self.needs = 0
        if self._loaded != _NOTHING:
            self._loaded = _STALE

    def _recognised(self, *partners: str) -> None:
        """Add the people of partners (ids) whose whole name the directory knows."""
        from tui.workspace.directory_edits import adopt

        everyone = self._known if self._known is not None else self._read()
        for partner in partners:
            adopt(self._screen.workspace, partner, everyone)
        self._known = None

    def _read(self) -> Known:
        """Return the directory of the app."""
        from tui.screens.directory_screen import known

        return known(self._screen.app)

    def take_name(self, then: Callable[[], None]) -> None:
        """Take the name suggested for the letters typed, ask about one that nobody has, and go on with `then`."""
        screen, here = self._screen, self._screen.form.current_field
        if here is None or not here.typed or here.field is None or (here.kind == ADD and not self.adding):
            then()
            return
        text, context = self.editor.text, screen.workspace.form_context
        found = suggestions(context, here.field, text)
        if found and not is_complete_name(context, here.field, text):
            text = complete_last_name(here.field, text, found[0])
            writing.type_into(screen.workspace, here.entry, here.field, text)
        unknown = unknown_names(screen.workspace.partnership, here.field.kind, text)
        if unknown:
            self._ask_about(here, here.field, text, unknown[0], then)
        else:
            then()

    def _ask_about(self, here: FormField, field: Field, text: str, name: str, then: Callable[[], None]) -> None:
        """Ask what a name stands for that no partner has: one more partner, or a slip. Escape leaves it as it is."""
        from tui.ui.dialog import OneKey  # imported here: it is seldom needed

        screen = self._screen

        def chosen(key: str | None) -> None:
            if key == "1":
                workspace = screen.workspace
                workspace.edits.end_typing()
                with workspace.edits.as_one():
                    writing.add_partners(workspace, name)
                    writing.type_into(workspace, here.entry, field, text)
                self.forget()
            if key == "2":
                screen.paint()
            else:
                then()

        choices = [("1", _("one more organization: add it to the partners")), ("2", _("a slip: correct it"))]
        screen.app.push_screen(OneKey(_("No partner is called “{name}”.").format(name=name), choices), chosen)

    def open_added(self) -> None:
        """Go from the line that adds to the other fields of the row just begun (Tab)."""
        screen, here = self._screen, self._screen.form.current_field
        name, self.adding = self.adding, ""
        writing.finish_row(screen.workspace, name)
        fields = [field.id for field in here.part.fields if not field.hidden] if here is not None else []
        if here is not None and here.entry.question == WHO and not here.entry.part:
            screen.workspace.place = replace(screen.workspace.place, partner=name)
        screen.stand(f"{name}/{fields[1]}" if len(fields) > 1 else "")

    def advance(self) -> None:
        """Take the suggested name and go on (Enter); a line that adds is then ready for the next row."""
        here = self._screen.form.current_field
        if here is not None and here.kind == ADD and not self.adding and any(map(str.isalnum, self.editor.text)):
            text = self.editor.text
            self.adding = writing.new_row(self._screen.workspace, here.entry, here.part, text, field=here.field).id
        self.take_name(self._go_on)

    def tab(self, by: int) -> None:
        """Go to the next place or the one before; forward, the suggested name is taken as by Enter."""
        screen = self._screen
        if by < 0:
            screen.step(by)
        else:
            self.take_name(lambda: self.open_added() if self.adding else screen.step(by))

    def _go_on(self) -> None:
        """Go where Enter leads from the current place."""
        screen, here = self._screen, self._screen.form.current_field
        if here is None:
            return
        if here.kind == ADD and self.adding and here.field is not None and here.field.kind in REFERENCES:
            self.open_added()
        elif here.kind == ADD and self.adding:
            made = screen.workspace.partnership.entry(self.adding)
            if made is not None and made.question == WHO:
                self._recognised(made.id)
            if made is not None and made.question == WHO and not made.part:
                screen.workspace.place = replace(screen.workspace.place, partner=made.id)
            screen.stand(here.key)
        elif here.kind == MORE:
            screen.unfold()
        elif here.kind == ADD and screen.form.neighbour(1) is None:
            key = key_name(command("next"))
            screen.say(_("Write it here, then Enter. {key} goes to the next question.").format(key=key))
        elif here.kind == ADD:
            screen.say(_("Write it here, then Enter. Tab goes on to what stands below."))
        else:
            screen.step(1)
