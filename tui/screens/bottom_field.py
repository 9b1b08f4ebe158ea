"""The field that a line of the document comes from, opened at the bottom: a text, a choice, or a new line of a list.

An open field is the *target*. It is `typed` if an editor takes its text, else it is a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.agreement.blocks import Origin
from tui.form.form import ADD, REFERENCES, TYPED, FormContext, FormField, form_field
from tui.form.form_words import complete_last_name, is_complete_name, suggestions
from tui.form.option_search import matching_options
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import date_doubt
from tui.partnership.partners import WHO, find_partner
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry, Value
from tui.screens.same_place import changed_end, location_of
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import first_lines, wrap
from tui.ui import glyphs
from tui.workspace import writing
from tui.workspace.workspace import Workspace

_OTHER_LANGUAGE_LINES = 4  # lines of the other language's text that are shown at most
_SIGNATURES = "auth_body"  # the field that a block of signatures comes from, even while it is empty
_NEW_ROW_ID = ""  # the id of a row that does not exist yet: the first letter typed creates it
# Cells of the editor beside its text, and the least cells of the text; the least height in lines, and the height of an
# editor for a text of several lines. No editor takes more than a third of the screen.
_BESIDE_TEXT_WIDTH = 3
_MIN_TEXT_WIDTH = 8
_MIN_HEIGHT = 2
_MAX_PROSE_HEIGHT = 5


class BottomField(Vertical):
    """The editor of one field at the foot of the document, hidden while none is open. `paint` draws the document."""

    def __init__(self, workspace: Workspace, paint: Callable[[], None]) -> None:
        super().__init__(id="field")
        self._workspace = workspace
        self._paint = paint
        self.target: FormField | None = None  # the field that is open, None while none is
        self._shown: Value = None  # what the field held when it was opened, or last written in
        self.searched_letters = ""  # the letters typed at a choice
        self._new_line: FormField | None = None  # the field as it was opened, if its row did not exist yet; else None

    def compose(self) -> ComposeResult:
        """Yield the label, which says which field it is and shows its options, and the editor."""
        yield Lines(id="label", classes="bar", glyph="", owns_styles=False)
        yield Editor(id="line")

    def on_mount(self) -> None:
        """Hide until a field is opened."""
        self.query_one("#label").can_focus = False
        self.display = False
        self.editor.watcher = self.take_typing

    @property
    def editor(self) -> Editor:
        """The editor, in which the text of a field is typed."""
        return self.query_one(Editor)

    def open(self, target: FormField, cursor: tuple[int, int] | None = None) -> None:
        """Show a field at the bottom. A typed field gets the keyboard, with the cursor at `cursor`, else at the end."""
        self.target = target
        self._new_line = target if target.entry.id == _NEW_ROW_ID else None
        self._shown = writing.current_value(self._workspace, target.entry, guide_field(target))
        editor = self.editor
        self.searched_letters = ""
        self._show_label()
        editor.display = target.typed
        if target.typed:
            editor.single_line = target.single_line
            editor.placeholder = guide_field(target).hint.get(self._workspace.lang)
            editor.load(writing.text_to_edit(self._workspace, target), cursor)
            editor.styles.height = self._editor_height(target)
            editor.focus()
            if cursor is None:
                self.call_after_refresh(editor.show_beginning)
        self.display = True
        self.call_after_refresh(self._paint)  # the line stays in sight above the field

    def _editor_height(self, target: FormField) -> int:
        """Return how many lines the editor takes for a field whose text it holds."""
        most = max(self.screen.size.height // 3, _MIN_HEIGHT)
        if not target.single_line:
            return min(_MAX_PROSE_HEIGHT, most)
        width = max(self.screen.size.width - _BESIDE_TEXT_WIDTH, _MIN_TEXT_WIDTH)
        return min(max(len(wrap(self.editor.text, width)), _MIN_HEIGHT), most)

    def _show_label(self, suggested: Sequence[str] = ()) -> None:
        """Show the name of the field and its options, and what is `suggested`: names, or a doubt about a date."""
        assert self.target is not None
        workspace, field = self._workspace, guide_field(self.target)
        owner = find_partner(workspace.view, next(iter(self.target.entry.subject), ""))
        label = f"+ {self.target.hint}" if self.target.kind == ADD else field.label.get(workspace.lang)
        title = filter(None, (label, owner.name(workspace.lang) if owner is not None else ""))
        lines: list[Line] = [(Piece(f" {' · '.join(title)}", "accent"),)]
        if suggested:
            lines += [
                (Piece(text, "muted"),) for text in wrap("→ " + " · ".join(suggested), self.screen.size.width - 2)
            ]
        if field.kind == "choice":
            chosen = self.target.chosen
            matching_codes = matching_options(self.target.options, self.searched_letters)
            options = (f"{glyphs.radio(code == chosen)}\u00a0{at}\u00a0{words}".replace(" ", "\u00a0")
                       for at, (code, words) in enumerate(self.target.options, 1))  # fmt: skip
            lines += [(Piece(text),) for text in wrap("   ".join(options), self.screen.size.width - 2, " ", " ")]
            if self.searched_letters:
                may_mean = " · ".join(words for code, words in self.target.options if code in matching_codes)
                lines.append((Piece(f" {self.searched_letters} → {may_mean or '—'}", "accent"),))
        lines += self._other_language()
        pane = self.query_one("#label", Lines)
        pane.styles.height = len(lines)
        pane.show(lines)

    def _other_language(self) -> list[Line]:
        """Return lines with the text in the other language, else with the note on the language of the text."""
        assert self.target is not None
        words = self.target.other_wording or self.target.language_note
        lines = first_lines(words, self.screen.size.width - 2, _OTHER_LANGUAGE_LINES, " ", " ") if words else []
        return [(Piece(line, "muted"),) for line in lines]

    def take_typing(self, text: str) -> None:
        """Write the editor's text into the field and show it in the document at once.

        The first letter of a new line creates its row.
        """
        target, workspace = self.target, self._workspace
        if target is None:
            return
        field = guide_field(target)
        if target.entry.id != _NEW_ROW_ID:
            now = writing.current_value(workspace, target.entry, field)
            unseen = writing.is_changed_elsewhere(now, self._shown)
            writing.type_into(workspace, target.entry, field, text, unseen=unseen)
        elif text.strip():
            row = writing.new_row(workspace, target.entry, target.part, text, _cells_to_be_public(target.part), field)
            target = self.target = form_field(workspace.form_context, target.part, row, field)
        self._shown = writing.current_value(workspace, target.entry, field)
        if field.kind in REFERENCES | {"date", "period"}:
            doubt = date_doubt(workspace.form_context.reading, field, text)
            self._show_label(self._names(text) or ([doubt] if doubt else []))
        self._paint()

    def show_restored(self) -> None:
        """Show the open field after undo or redo, with the cursor where its text changed.

        If undo removed the row, the field becomes a new line again if it was opened as one; else it is closed.
        """
        target = self.target
        if target is None:
            return
        entry = self._workspace.partnership.entry(target.entry.id) or target.entry
        if entry.removed and self._new_line is None:
            self.close()
            return
        field = guide_field(target)
        context = self._workspace.form_context
        restored = self._new_line if entry.removed else form_field(context, target.part, entry, field)
        assert restored is not None
        self.target = restored
        self._shown = writing.current_value(self._workspace, restored.entry, field)
        self._show_label()
        if restored.typed:
            text = writing.text_to_edit(self._workspace, restored)
            self.editor.load(text, location_of(text, changed_end(self.editor.text, text)))

    def pressed(self, key: str, letter: str) -> bool:
        """Choose an option by its digit, or by Enter after letters that match only one; return whether that was done.

        `key` is Textual's name of the key, `letter` the character it types, "" for none.
        """
        target = self.target
        if target is None or target.kind != "choice":
            return False
        codes = [code for code, _words in target.options]
        chosen_codes: tuple[str, ...] = ()
        if letter.isdecimal() and not self.searched_letters and 0 < int(letter) <= len(codes):
            chosen_codes = (codes[int(letter) - 1],)
        elif key == "enter" and self.searched_letters:
            chosen_codes = matching_options(target.options, self.searched_letters)
        if len(chosen_codes) != 1:
            return False
        writing.choose(self._workspace, target.entry, guide_field(target), chosen_codes[0])
        return True

    def search_option(self, key: str, letter: str) -> bool:
        """Search an option by the letters of its words; return whether the key belongs to the search.

        `key` and `letter` are those of `pressed`. A letter begins the search; from then on every key belongs to it:
        Backspace takes a letter off, Escape ends the search.
        """
        target = self.target
        if target is None or target.kind != "choice" or not (self.searched_letters or letter.isalpha()):
            return False
        if key == "backspace":
            self.searched_letters = self.searched_letters[:-1]
        elif key == "escape":
            self.searched_letters = ""
        elif len(letter) == 1 or key == "space":
            self.searched_letters += " " if key == "space" else letter
        self._show_label()
        return True

    def take_name(self) -> None:
        """Complete the letters typed to the first name suggested for them, unless they are a whole name already."""
        target = self.target
        if target is None or not target.typed:
            return
        text = self.editor.text
        names = self._names(text)
        if names and not is_complete_name(_public_context(self._workspace), guide_field(target), text):
            self.editor.load(complete_last_name(guide_field(target), text, names[0]))
            self.take_typing(self.editor.text)

    def _names(self, text: str) -> list[str]:
        """Return the public names, or the whole date, that the letters typed may mean."""
        if self.target is None:
            return []
        return suggestions(_public_context(self._workspace), guide_field(self.target), text)

    def close(self) -> None:
        """Close the field and read into cells what was typed: a date without its year, facts typed in a row's text.

        A row left blank is removed.
        """
        target, self.target = self.target, None
        workspace = self._workspace
        if target is not None and target.entry.id != _NEW_ROW_ID:
            writing.take_meant_date(workspace, target)
            if target.part.list:
                writing.drop_if_blank(workspace, target.entry.id)
                if self._new_line is not None:
                    writing.finish_row(workspace, target.entry.id)
        workspace.edits.end_typing()
        self.display = False


def guide_field(target: FormField) -> Field:
    """Return the guide's field that `target` is for; each field that opens at the bottom has one."""
    assert target.field is not None
    return target.field


def target_of(workspace: Workspace, origin: Origin, section: str) -> FormField | None:
    """Return the public field that a line of the document comes from; for a hole in a list, a new line of the list.

    `section` is the id of the line's section. None if no field that opens at the bottom belongs to the line, as to the
    words about a party, which the program makes of several fields, or to a block of signatures that names no body.
    """
    question = workspace.guide.by_id.get(origin.question)
    if question is None:
        return None
    entry = workspace.partnership.entry(origin.entry) if origin.entry else None
    if entry is not None:
        names_no_body = origin.field == _SIGNATURES and not entry.text(_SIGNATURES, workspace.doc_lang)
        return None if names_no_body else _public_field(workspace, question, entry, origin.field)
    single = question.single
    if question.scope == "project" and single is not None and (origin.field or not question.lists):
        name = origin.field or (single.main.id if single.main is not None else "")
        if single.field(name) is not None:
            return _public_field(workspace, question, single_entry(workspace.partnership, question.id, ()), name)
    if question.id == WHO:
        return None
    return new_line(workspace, origin, section)


def new_line(workspace: Workspace, origin: Origin, section: str) -> FormField | None:
    """Return a line to be added to the list that a line of the document belongs to; `section` as in `target_of`.

    None if the question is private or has no list, if the list's main field is private or a choice, or if it is unknown
    to which partner the list belongs.
    """
    question = workspace.guide.by_id.get(origin.question)
    entry = workspace.partnership.entry(origin.entry) if origin.entry else None
    partner = origin.partner
    if question is not None and question.id == WHO and section not in question.sections:
        # The name of a partner over its commitments comes from the question about it, and adds a commitment.
        asked_of_each = (each for each in workspace.guide.by_id.values() if each.scope == "partner" and each.lists)
        question = next((each for each in asked_of_each if section in each.sections), question)
        if question.id != WHO:
            entry, partner = None, partner or origin.entry
    if question is None or question.private or not question.lists:
        return None
    part = question.part(entry.part) if entry is not None else _list_of_gap(workspace, question, origin, section)
    if part is None or not part.list or part.main is None:
        return None
    subject: tuple[str, ...] = ()
    if entry is not None:
        subject = entry.subject
    elif question.scope != "project":
        subject = (partner,)
    if question.scope != "project" and not any(subject):
        return None
    home = Entry(_NEW_ROW_ID, *part.home(question.id), subject)
    if part.main.kind not in TYPED or part.main.private:
        return None
    return FormField(workspace.form_context, f"+{part.id}", ADD, part, home, part.main)


def _list_of_gap(workspace: Workspace, question: Question, origin: Origin, section: str) -> Part | None:
    """Return the list that a line about a missing answer (a hole) belongs to.

    It is the list that the rule of this hole (`HoleRule`) names, else that which feeds the section, else the first.
    """
    rules = [rule for rule in workspace.guide.holes if rule.question == question.id and rule.part]
    named_parts = [rule.part for rule in rules if origin.field and rule.field == origin.field]
    feeding = [part.id for part in question.lists if part.feeds == section]
    return question.part((*named_parts, *feeding, question.lists[0].id)[0])


def _public_field(workspace: Workspace, question: Question, entry: Entry, name: str) -> FormField | None:
    """Return the field `name` of an entry; None if it is private or hidden, or neither typed nor a choice."""
    part = question.part(entry.part)
    field = part.field(name) if part is not None else None
    if part is None or field is None or field.hidden or field.kind not in {*TYPED, "choice"}:
        return None
    cell = field.cell(workspace.typed_lang)
    # For an empty entry the test is whether it will be public once something is written in this field.
    written = entry if entry.cells else replace(entry, cells={cell: Cell("", 0)})
    public = is_public(workspace.guide, workspace.partnership, written, cell)
    return form_field(workspace.form_context, part, entry, field) if public else None


def _public_context(workspace: Workspace) -> FormContext:
    """Return the public view as forms read it: it holds only names that a whole room may read."""
    return FormContext(workspace.guide, workspace.view, workspace.lang, typed_lang=workspace.typed_lang)


def _cells_to_be_public(part: Part) -> dict[str, Value]:
    """Return the cells that make a row public, such as « confirmé »: a row written in the document begins with them."""
    return {condition.field: condition.values[0] for condition in part.public_when if condition.of == "entry"}


def shows_hidden_name(workspace: Workspace, target: FormField) -> bool:
    """Return whether a field that refers to partners or people would show a name that the public view does not."""
    if target.kind not in REFERENCES or target.value is None:
        return False
    return _public_context(workspace).field_text(target.entry, guide_field(target)) != target.text
