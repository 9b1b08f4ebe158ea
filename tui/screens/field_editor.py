"""The editor of the working screen: it lies over the current field, and what is typed in it goes to the partnership.

A list ends in the line « + … » (ADD), in which a row is added to it; typing there begins a row. A `Slot` is the place
at which a field is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tui.commands import command, key_name
from tui.form.form import ADD, MORE, PAIR, REFERENCES, FormField
from tui.form.form_words import complete_last_name, is_complete_name, suggestions
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.partnership.field_kinds import date_doubt
from tui.partnership.name_references import unknown_names
from tui.partnership.partners import WHO
from tui.screens.same_place import changed_end, location_of
from tui.text.typography import curl_apostrophes
from tui.workspace import writing
from tui.workspace.cell_labels import bare_heading_words

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.form.option_search import SoughtOption
    from tui.guide.guide_types import Field
    from tui.partnership.organisations import KnownOrganisations
    from tui.terminal.editor import Editor
    from tui.terminal.line_pane import Lines
    from tui.ui.form_painter import PaintedForm, Slot
    from tui.ui.host import Host
    from tui.workspace.directory_edits import SuggestedName
    from tui.workspace.workspace import Workspace

# Two values of `_loaded`: the editor holds no field; or the value of its field has changed since it was filled.
_NO_FIELD, _VALUE_CHANGED = "", "-"


class FormScreen(Protocol):
    """The part of a screen that its field editor uses."""

    message: str  # the message of the last line, "" for none

    @property
    def app(self) -> Host:
        """The app of the screen."""

    @property
    def workspace(self) -> Workspace:
        """The open partnership."""

    @property
    def editor(self) -> Editor:
        """The widget that text is typed in; there is one for all fields."""

    @property
    def form(self) -> PaintedForm:
        """The question as it was painted last."""

    sought_option: SoughtOption  # the letters or digits typed at a choice, to find an option

    @property
    def field_editor(self) -> FieldEditor:
        """The field editor of the screen."""

    @property
    def writing(self) -> bool:
        """Whether letters write; else they are commands."""

    @property
    def is_current(self) -> bool:
        """Whether no page or dialog lies over the screen."""

    def lines(self, name: str) -> Lines:
        """Return the pane whose id is `name`."""

    def set_focus(self, widget: Widget | None) -> None:
        """Give the keyboard to `widget`."""

    def go_to_field(self, key: str) -> None:
        """Go to the field whose key is `key`, and write there."""

    def step(self, by: int) -> None:
        """Go `by` fields down the form (up if negative), past its end to another question."""

    def step_within(self, by: int) -> bool:
        """Go `by` fields down the form, within the question; return whether there is such a field."""

    def say(self, text: str) -> None:
        """Show `text` in the last line."""

    def paint(self) -> None:
        """Paint everything."""

    def paint_form(self) -> None:
        """Paint the question."""

    def paint_document(self) -> None:
        """Paint the document."""

    def unfold(self) -> None:
        """Show the fields that were folded away, and go to the first of them."""


def _makes_row(field: Field, text: str) -> bool:
    """Return whether `text`, typed in the line « + … » that adds a row, begins a row: it must hold a letter.

    A full stop alone was meant for the line above, a digit alone for a choice. In a field that is no text (a date, an
    amount) a digit is enough.
    """
    is_enough = str.isalpha if field.kind in TEXT_KINDS else str.isalnum
    return any(map(is_enough, text))


class FieldEditor:
    """Writes what is typed in the editor of a screen into the current field."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._loaded = _NO_FIELD  # the field the editor holds, « key@language@partner@question »
        self._value_shown: object = None  # the value of the field when the editor was filled, or last written in
        self._text_on_entry = "", ""  # (the field entered last, as in `_loaded`; the text that it held then)
        self.begun_row_id = ""  # the id of the row that typing in the line « + … » has begun, "" for none
        self.rows_needed = 0  # the screen rows that the text takes, 0 while unknown
        self._directory: KnownOrganisations | None = None  # None until it is needed

    @property
    def editor(self) -> Editor:
        """The widget that text is typed in."""
        return self._screen.editor

    def connect(self) -> None:
        """Have the editor call this object at each edit, at Enter, at a paste, and if an arrow leaves it."""
        self.editor.watcher = self.take_text
        self.editor.on_enter = self.advance
        self.editor.on_paste_lines = self._take_pasted_lines
        self.editor.on_paste_table = self._take_pasted_table
        self.editor.on_complete = self._complete_name
        self.editor.on_leave = self._leave_by_arrow

    def lay_over_field(self) -> None:
        """Lay the editor over the current field, or hide it; give the keyboard to the right pane."""
        screen = self._screen
        slot, editor, question = screen.form.slot, self.editor, screen.lines("question")
        if not screen.is_current:
            editor.display = False
        elif not screen.writing or slot is None:
            editor.display = False
            screen.set_focus(screen.lines("plan") if screen.lines("plan").display else question)
        else:
            self._reveal(slot)
            is_typed = editor.display = slot.field.typed  # whether text is typed in it, rather than an option chosen
            if is_typed:
                self._load(slot.field)
                editor.styles.offset = (slot.x, slot.row - question.scroll_offset.y)
                editor.styles.width, editor.styles.height = slot.width, slot.height
            screen.set_focus(editor if is_typed else question)

    def _reveal(self, slot: Slot) -> None:
        """Scroll the question to show the field with the line above; if the field is too tall, to show its top."""
        question = self._screen.lines("question")
        last_row = min(slot.row + slot.height, len(self._screen.form.lines) - 1)
        height = question.scrollable_content_region.height
        if not height:
            question.scroll_to_row(last_row)
            return
        offset = question.scroll_offset.y
        top = min(max(offset, last_row - height + 1), max(slot.row - 1, 0))
        question.scroll_to_row(top, top=True)

    def _load(self, current: FormField) -> None:
        """Fill the editor with the text of the field, unless it holds that text already."""
        place = self._screen.workspace.place
        field_name = f"{current.key}@{self._screen.workspace.typed_lang}@{place.partner}@{place.question}"
        text = writing.text_to_edit(self._screen.workspace, current)
        if self._loaded != field_name or self.editor.text != text:
            self.editor.single_line = current.single_line
            self.editor.placeholder = curl_apostrophes(current.hint)
            if self._text_on_entry[0] != field_name:
                self._text_on_entry = field_name, text
            self.editor.load(text, place.cursor)
            if current.single_line and place.cursor is None:
                self.editor.call_after_refresh(self.editor.show_beginning)
            self._screen.workspace.place = replace(place, cursor=None)
            self._loaded = field_name
        if current.field is not None:
            self._value_shown = current.value

    @property
    def stored_text(self) -> str:
        """The text that the partnership stores in the current field; "" if it stores none."""
        current = self._screen.form.current_field
        if current is None or current.field is None:
            return ""
        value = writing.current_value(self._screen.workspace, current.entry, current.field)
        return value if isinstance(value, str) else ""

    @property
    def is_outdated(self) -> bool:
        """Whether somebody else changed the value of the field since the editor was filled."""
        current = self._screen.form.current_field
        if not self._screen.writing or current is None or current.field is None:
            return False
        if self.begun_row_id or current.kind == ADD:  # the row is being begun here
            return False
        value = writing.current_value(self._screen.workspace, current.entry, current.field)
        return writing.is_changed_elsewhere(value, self._value_shown)

    def reload_later(self) -> None:
        """Fill the editor again at the next paint, since the value of its field changed."""
        self._loaded = _VALUE_CHANGED
        self.rows_needed = 0

    def show_restored(self) -> None:
        """Fill the editor again after an undo or redo, with the cursor where the text changed."""
        screen, text_before, field_before = self._screen, self.editor.text, self._screen.form.current_field
        row = screen.workspace.partnership.entry(self.begun_row_id)
        if row is None or row.removed:
            self.begun_row_id = ""
        self.reload_later()
        screen.paint_form()
        current = screen.form.current_field
        if field_before is not None and current is not None and current.key == field_before.key and current.typed:
            text = writing.text_to_edit(screen.workspace, current)
            cursor = location_of(text, changed_end(text_before, text))
            screen.workspace.place = replace(screen.workspace.place, cursor=cursor)

    # -- writing -------------------------------------------------------------------------------------------------------

    def take_text(self, text: str) -> None:
        """Write the editor's text into the field, and paint question and document anew in the same frame."""
        screen = self._screen
        slot, workspace = screen.form.slot, screen.workspace
        if slot is None or slot.field.field is None:
            return
        current, field = slot.field, slot.field.field
        if current.kind == ADD and not self.begun_row_id:
            if not _makes_row(field, text):
                return
            self.begun_row_id = writing.new_row(workspace, current.entry, current.part, text, field=field).id
        else:
            writing.type_into(workspace, current.entry, field, text, unseen=self.is_outdated)
            self._value_shown = writing.current_value(workspace, current.entry, field)
        height = self.editor.wrapped_document.height
        if height != slot.height or current.kind == ADD:
            self.rows_needed = height
        screen.paint_form()
        screen.paint_document()
        new_slot = screen.form.slot
        if new_slot is not None and (new_slot.height, new_slot.row, new_slot.x) != (slot.height, slot.row, slot.x):
            self.lay_over_field()
        self._show_hint(screen.form.current_field, text)

    def _show_hint(self, current: FormField | None, text: str) -> None:
        """Show in the last line the names that the text may mean, or how a doubtful date is read."""
        names = [name for name, _entry in self._suggestions(current, text)] if current is not None else []
        message = "→ " + " · ".join(names) if names else ""
        if current is not None and current.field is not None and not names:
            message = date_doubt(self._screen.workspace.form_context.reading, current.field, text)
        if message != self._screen.message:
            self._screen.say(message)

    def _suggestions(self, current: FormField, text: str) -> Sequence[SuggestedName]:
        """Return the (name, directory entry) pairs that the text may mean.

        These are partners and people of the partnership, without a directory entry (None); in the line that adds
        partners, organisations of the directory.
        """
        if current.field is None:
            return []
        if current.kind != ADD or current.entry.question != WHO:
            return [(name, None) for name in suggestions(self._screen.workspace.form_context, current.field, text)]
        # Imported here: only the question about partners needs the directory.
        from tui.workspace.directory_edits import suggested_names

        if self._directory is None:
            self._directory = self._read_directory()
        workspace, directory = self._screen.workspace, self._directory
        return suggested_names(workspace, current.entry.part, text, directory) if directory else []

    def _leave_by_arrow(self, way: str) -> None:
        """Leave the field by an arrow (`way`: "up" or "down"); "down" first goes to the end of the text."""
        editor = self.editor
        if way == "down" and editor.cursor_location != editor.document.end:
            editor.move_cursor(editor.document.end)
        else:
            self._screen.step_within(-1 if way == "up" else 1)

    def _complete_name(self) -> bool:
        """Complete the text by the first name that it may mean. Return False if there is no such name."""
        screen, current = self._screen, self._screen.form.current_field
        suggestions_found = self._suggestions(current, self.editor.text) if current is not None else []
        if current is None or current.field is None or not suggestions_found:
            return False
        has_no_row = current.kind == ADD and not self.begun_row_id
        if has_no_row:
            return False
        suggested, found_entry = suggestions_found[0]
        text = complete_last_name(current.field, self.editor.text, suggested)
        writing.type_into(screen.workspace, current.entry, current.field, text)
        if found_entry is not None:
            from tui.workspace.directory_edits import fill_from_directory

            screen.workspace.edits.end_typing()
            fill_from_directory(screen.workspace, self.begun_row_id, found_entry)
        self.reload_later()
        screen.paint()
        return True

    def _take_pasted_lines(self, texts: list[str]) -> None:
        """Take lines pasted in a field of one line: in the line that adds each makes a row, else they are joined."""
        screen, current = self._screen, self._screen.form.current_field
        if current is not None and current.kind == ADD:
            self.finish()
            if current.entry.question == WHO and not current.part.list:
                from tui.workspace.pasted_rows import paste_partners

                rows_added, _people = paste_partners(screen.workspace, "\n".join(texts))
            else:
                rows_added = writing.new_rows(screen.workspace, current.entry, current.part, texts)
            self._add_known_people(*(row.id for row in rows_added))
            screen.go_to_field(current.key)
        else:
            self.editor.insert(" ".join(texts))

    def _take_pasted_table(self, text: str) -> bool:
        """Take pasted cells of a spreadsheet in the line that adds partners or people.

        Return False in any other field.
        """
        from tui.workspace.pasted_rows import paste_partners, paste_people, pasted_words

        screen, current = self._screen, self._screen.form.current_field
        if current is None or current.kind != ADD or current.entry.question != WHO:
            return False
        self.finish()
        workspace = screen.workspace
        people_added = 0
        if current.part.list:
            rows_added = paste_people(workspace, workspace.place.partner, text)
        else:
            rows_added, people_added = paste_partners(workspace, text)
            self._add_known_people(*(row.id for row in rows_added))
        screen.go_to_field(current.key)
        screen.say(pasted_words(len(rows_added), people_added))
        return True

    # -- leaving -------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Leave the field: a row left blank is removed, and what was typed becomes one step of undo."""
        workspace, current = self._screen.workspace, self._screen.form.current_field
        if current is not None and current.kind in ("date", "period", ADD):
            writing.take_meant_date(workspace, current)
        if self.begun_row_id:
            was_dropped = writing.drop_if_blank(workspace, self.begun_row_id)
            if not was_dropped and current is not None and current.entry.question == WHO:
                self._add_known_people(self.begun_row_id)
            writing.finish_row(workspace, self.begun_row_id)  # reads values such as a date out of its words
            self.begun_row_id = ""
        elif current is not None and current.kind != PAIR and current.entry.id:
            was_dropped = writing.drop_if_blank(workspace, current.entry.id)
            if current.cell == "name" and not was_dropped:
                writing.finish_row(workspace, current.entry.id)
        workspace.edits.end_typing()
        had_text = bool(self._text_on_entry[1].strip())
        # If the field was empty the editor is not asked: a command may come before the page has an editor.
        was_emptied = current is not None and current.typed and had_text and not self.editor.text.strip()
        self._text_on_entry = "", ""
        # The old message was about this field; a heading that has lost its text is still worth a message.
        self._screen.message = (
            bare_heading_words(workspace, current.entry.id) if was_emptied and current is not None else ""
        )
        self.rows_needed = 0
        if self._loaded != _NO_FIELD:
            self._loaded = _VALUE_CHANGED

    def _add_known_people(self, *partners: str) -> None:
        """Add the people that the directory lists for `partners` (ids), if it lists them by the same whole name."""
        from tui.workspace.directory_edits import link_by_name

        everyone = self._directory if self._directory is not None else self._read_directory()
        for partner in partners:
            link_by_name(self._screen.workspace, partner, everyone)
        self._directory = None

    def _read_directory(self) -> KnownOrganisations:
        """Return the directory of the app."""
        from tui.screens.directory_screen import read_directory

        return read_directory(self._screen.app)

    def take_name(self, then: Callable[[], None]) -> None:
        """Complete the text to the suggested name, ask about a name that no partner has, then call `then`."""
        screen, current = self._screen, self._screen.form.current_field
        begins_no_row = current is not None and current.kind == ADD and not self.begun_row_id
        if current is None or not current.typed or current.field is None or begins_no_row:
            then()
            return
        text, context = self.editor.text, screen.workspace.form_context
        names = suggestions(context, current.field, text)
        if names and not is_complete_name(context, current.field, text):
            text = complete_last_name(current.field, text, names[0])
            writing.type_into(screen.workspace, current.entry, current.field, text)
        unknown = unknown_names(screen.workspace.partnership, current.field.kind, text)
        if unknown:
            self._ask_about(current, current.field, text, unknown[0], then)
        else:
            then()

    def _ask_about(self, current: FormField, field: Field, text: str, name: str, then: Callable[[], None]) -> None:
        """Ask whether `name`, which no partner has, is a new partner or a mistake; Escape leaves it as it is."""
        from tui.ui.dialog import OneKey  # imported here: it is seldom needed

        screen = self._screen

        def take_choice(key: str | None) -> None:
            if key == "1":
                workspace = screen.workspace
                workspace.edits.end_typing()
                with workspace.edits.as_one():
                    writing.add_partners(workspace, name)
                    writing.type_into(workspace, current.entry, field, text)
                self.reload_later()
            if key == "2":
                screen.paint()
            else:
                then()

        choices = [("1", _("one more organization: add it to the partners")), ("2", _("a slip: correct it"))]
        screen.app.push_screen(OneKey(_("No partner is called “{name}”.").format(name=name), choices), take_choice)

    def open_begun_row(self) -> None:
        """Go from the line that adds to the other fields of the row just begun (Tab)."""
        screen, current = self._screen, self._screen.form.current_field
        row_id, self.begun_row_id = self.begun_row_id, ""
        writing.finish_row(screen.workspace, row_id)
        fields = [field.id for field in current.part.fields if not field.hidden] if current is not None else []
        if current is not None and current.entry.question == WHO and not current.entry.part:
            screen.workspace.place = replace(screen.workspace.place, partner=row_id)
        screen.go_to_field(f"{row_id}/{fields[1]}" if len(fields) > 1 else "")

    def advance(self) -> None:
        """Act on Enter: complete to the suggested name and go on; the line that adds is then ready for another row."""
        current = self._screen.form.current_field
        text, workspace = self.editor.text, self._screen.workspace
        is_worth_a_row = any(map(str.isalnum, text))  # unlike `_makes_row`: whoever types Enter means a digit alone
        if current is not None and current.kind == ADD and not self.begun_row_id and is_worth_a_row:
            self.begun_row_id = writing.new_row(workspace, current.entry, current.part, text, field=current.field).id
        self.take_name(self._go_on)

    def tab(self, by: int) -> None:
        """Act on Tab: go to the next field (`by` 1), completing the name as Enter does, or to the one before (-1)."""
        screen = self._screen
        if by < 0:
            screen.step(by)
        else:
            self.take_name(lambda: self.open_begun_row() if self.begun_row_id else screen.step(by))

    def _go_on(self) -> None:
        """Go where Enter leads from the current field."""
        screen, current = self._screen, self._screen.form.current_field
        if current is None:
            return
        has_begun_row = current.kind == ADD and bool(self.begun_row_id)
        is_reference = current.field is not None and current.field.kind in REFERENCES
        if has_begun_row and is_reference:
            self.open_begun_row()
        elif has_begun_row:
            row_added = screen.workspace.partnership.entry(self.begun_row_id)
            if row_added is not None and row_added.question == WHO:
                self._add_known_people(row_added.id)
            if row_added is not None and row_added.question == WHO and not row_added.part:
                screen.workspace.place = replace(screen.workspace.place, partner=row_added.id)
            screen.go_to_field(current.key)
        elif current.kind == MORE:
            screen.unfold()
        elif current.kind == ADD and screen.form.neighbour(1) is None:
            key = key_name(command("next"))
            screen.say(_("Write it here, then Enter. {key} goes to the next question.").format(key=key))
        elif current.kind == ADD:
            screen.say(_("Write it here, then Enter. Tab goes on to what stands below."))
        else:
            screen.step(1)
