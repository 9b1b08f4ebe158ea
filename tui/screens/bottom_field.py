"""The field that a line of the document comes from, opened at the bottom: a text, a choice, or a new line of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.agreement.blocks import Origin
from tui.form.form import ADD, REFERENCES, TYPED, FormContext, FormField, form_field
from tui.form.form_words import completed, is_whole, suggestions
from tui.form.option_search import found_options
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import date_doubt
from tui.partnership.partners import find_partner
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry, Value
from tui.screens.same_place import changed_end, location_of
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import first_lines, wrap
from tui.ui import glyphs
from tui.workspace import writing
from tui.workspace.workspace import Workspace

_OTHER_ROWS = 4  # lines of the other language's text that are shown
_NEW = ""  # the id of a row that is not there yet: its first letter makes it


class BottomField(Vertical):
    """The open field of one document; at most one. `paint` paints the document anew."""

    def __init__(self, workspace: Workspace, paint: Callable[[], None]) -> None:
        super().__init__(id="field")
        self._workspace = workspace
        self._paint = paint
        self.target: FormField | None = None
        self._shown: Value = None  # what the field said when it was opened, or last written in
        self.sought = ""  # the letters typed at a choice
        self._new_line: FormField | None = None  # what was opened where it was a line that is not there yet

    def compose(self) -> ComposeResult:
        """Return what field it is, or its options; the editor."""
        yield Lines(id="label", classes="bar", glyph="", owns_styles=False)
        yield Editor(id="line")

    def on_mount(self) -> None:
        """Hidden until a field is opened."""
        self.query_one("#label").can_focus = False
        self.display = False
        self.editor.watcher = self.typed

    @property
    def editor(self) -> Editor:
        """The editor of the field that is open."""
        return self.query_one(Editor)

    def open(self, target: FormField, cursor: tuple[int, int] | None = None) -> None:
        """Show a field at the bottom and give it the keyboard."""
        self.target = target
        self._new_line = target if target.entry.id == _NEW else None
        self._shown = writing.current_value(self._workspace, target.entry, asked(target))
        editor = self.editor
        self.sought = ""
        self._label()
        editor.display = target.typed
        if target.typed:
            editor.single_line = target.single_line
            editor.placeholder = asked(target).hint.get(self._workspace.lang)
            editor.load(writing.text_to_edit(self._workspace, target), cursor)
            rows = len(wrap(editor.text, max(self.screen.size.width - 3, 8))) if editor.text else 1
            tallest = max(self.screen.size.height // 3, 2)
            editor.styles.height = min(max(rows, 2), tallest) if target.single_line else min(5, tallest)
            editor.focus()
            if cursor is None:
                self.call_after_refresh(editor.show_beginning)
        self.display = True
        self.call_after_refresh(self._paint)  # the line stays in sight above the field

    def _label(self, found: Sequence[str] = ()) -> None:
        """Say which field it is, with its options, or with the names (`found`) that the letters typed may mean."""
        assert self.target is not None
        workspace, field = self._workspace, asked(self.target)
        owner = find_partner(workspace.view, next(iter(self.target.entry.subject), ""))
        named = filter(None, (field.label.get(workspace.lang), owner.name(workspace.lang) if owner is not None else ""))
        lines: list[Line] = [(Piece(f" {' · '.join(named)}", "accent"),)]
        if found:
            lines += [(Piece(text, "muted"),) for text in wrap("→ " + " · ".join(found), self.screen.size.width - 2)]
        if field.kind == "choice":
            chosen = self.target.chosen
            sought = found_options(self.target.options, self.sought)
            options = (f"{glyphs.radio(code == chosen)}\u00a0{at}\u00a0{words}".replace(" ", "\u00a0")
                       for at, (code, words) in enumerate(self.target.options, 1))  # fmt: skip
            lines += [(Piece(text),) for text in wrap("   ".join(options), self.screen.size.width - 2, " ", " ")]
            if self.sought:
                may_mean = " · ".join(words for code, words in self.target.options if code in sought)
                lines.append((Piece(f" {self.sought} → {may_mean or '—'}", "accent"),))
        lines += self._other_language()
        pane = self.query_one("#label", Lines)
        pane.styles.height = len(lines)
        pane.show(lines)

    def _other_language(self) -> list[Line]:
        """Return what a text of both languages says in the other one, and which of the two is the translation."""
        assert self.target is not None
        said = self.target.other_wording or self.target.language_note
        rows = first_lines(said, self.screen.size.width - 2, _OTHER_ROWS, " ", " ") if said else []
        return [(Piece(row, "muted"),) for row in rows]

    def typed(self, text: str) -> None:
        """A letter was written: the document changes in this frame; the first letter of a new line makes it."""
        target, workspace = self.target, self._workspace
        if target is None:
            return
        field = asked(target)
        if target.entry.id != _NEW:
            now = writing.current_value(workspace, target.entry, field)
            unseen = writing.changed_elsewhere(now, self._shown)
            writing.type_into(workspace, target.entry, field, text, unseen=unseen)
        elif text.strip():
            row = writing.new_row(workspace, target.entry, target.part, text, _seen_at_once(target.part), field)
            target = self.target = form_field(workspace.form_context, target.part, row, field)
        self._shown = writing.current_value(workspace, target.entry, field)
        if field.kind in REFERENCES | {"date", "period"}:
            doubt = date_doubt(workspace.form_context.reading, field, text)
            self._label(self._names(text) or ([doubt] if doubt else []))
        self._paint()

    def restored(self) -> None:
        """Undo or redo changed what is written: show it, with the cursor where it changed; a line that went is new."""
        target = self.target
        if target is None:
            return
        entry = self._workspace.partnership.entry(target.entry.id) or target.entry
        if entry.removed and self._new_line is None:
            self.close()
            return
        field = asked(target)
        context = self._workspace.form_context
        there = self._new_line if entry.removed else form_field(context, target.part, entry, field)
        assert there is not None
        self.target = there
        self._shown = writing.current_value(self._workspace, there.entry, field)
        self._label()
        if there.typed:
            text = writing.text_to_edit(self._workspace, there)
            self.editor.load(text, location_of(text, changed_end(self.editor.text, text)))

    def pressed(self, key: str, letter: str) -> bool:
        """A digit, or Enter behind letters that mean one option alone, chooses; return whether an option was chosen."""
        target = self.target
        if target is None or target.kind != "choice":
            return False
        codes = [code for code, _words in target.options]
        found: tuple[str, ...] = ()
        if letter.isdigit() and not self.sought and 0 < int(letter) <= len(codes):
            found = (codes[int(letter) - 1],)
        elif key == "enter" and self.sought:
            found = found_options(target.options, self.sought)
        if len(found) != 1:
            return False
        writing.choose(self._workspace, target.entry, asked(target), found[0])
        return True

    def seeks(self, key: str, letter: str) -> bool:
        """Let letters find an option by its words; return whether a key belongs to them. Escape drops them."""
        target = self.target
        if target is None or target.kind != "choice" or not (self.sought or letter.isalpha()):
            return False
        if key == "backspace":
            self.sought = self.sought[:-1]
        elif key == "escape":
            self.sought = ""
        elif len(letter) == 1 or key == "space":
            self.sought += " " if key == "space" else letter
        self._label()
        return True

    def take_name(self) -> None:
        """Take the name that is suggested for the letters typed."""
        target = self.target
        if target is None or not target.typed:
            return
        text = self.editor.text
        found = self._names(text)
        if found and not is_whole(self._names_from, asked(target), text):
            self.editor.load(completed(asked(target), text, found[0]))
            self.typed(self.editor.text)

    @property
    def _names_from(self) -> FormContext:
        """What names are found in: the public view, since a room may be looking."""
        workspace = self._workspace
        return FormContext(workspace.guide, workspace.view, workspace.lang, typed_lang=workspace.typed_lang)

    def _names(self, text: str) -> list[str]:
        return suggestions(self._names_from, asked(self.target), text) if self.target is not None else []

    def close(self) -> None:
        """Put the field away; a row left blank goes."""
        target, self.target = self.target, None
        workspace = self._workspace
        if target is not None and target.entry.id != _NEW:
            writing.take_meant_date(workspace, target)
        if target is not None and target.entry.id != _NEW and target.part.list:
            writing.drop_if_blank(workspace, target.entry.id)
            if self._new_line is not None:
                writing.finish_row(workspace, target.entry.id)
        workspace.edits.end_typing()
        self.display = False


def asked(target: FormField) -> Field:
    """Return the field that is open; each place that opens at the bottom has one."""
    assert target.field is not None
    return target.field


def target_of(workspace: Workspace, origin: Origin, section: str) -> FormField | None:
    """The public field a line of that section comes from, or the line its list lacks; None for what opens elsewhere."""
    question = workspace.guide.by_id.get(origin.question)
    if question is None:
        return None
    entry = workspace.partnership.entry(origin.entry) if origin.entry else None
    if entry is not None:
        return _field(workspace, question, entry, origin.field)
    single = question.single
    if question.scope == "project" and single is not None and (origin.field or not question.lists):
        name = origin.field or (single.main.id if single.main is not None else "")
        if single.field(name) is not None:
            return _field(workspace, question, single_entry(workspace.partnership, question.id, ()), name)
    return new_line(workspace, origin, section)


def new_line(workspace: Workspace, origin: Origin, section: str) -> FormField | None:
    """A line to be added to the list that a line of the document belongs to; None where there is no public list."""
    question = workspace.guide.by_id.get(origin.question)
    entry = workspace.partnership.entry(origin.entry) if origin.entry else None
    if question is None or question.private or not question.lists:
        return None
    part = question.part(entry.part) if entry is not None else _part(workspace, question, origin, section)
    if part is None or not part.list or part.main is None:
        return None
    subject = entry.subject if entry is not None else (origin.partner,) if question.scope != "project" else ()
    if question.scope != "project" and not any(subject):
        return None
    home = Entry(_NEW, *part.home(question.id), subject)
    if part.main.kind not in TYPED or part.main.private:
        return None
    return FormField(workspace.form_context, f"+{part.id}", ADD, part, home, part.main)


def _part(workspace: Workspace, question: Question, origin: Origin, section: str) -> Part | None:
    """The list that a hole stands for: the one its rule names, the one that feeds the section, else the first."""
    rules = [rule for rule in workspace.guide.holes if rule.question == question.id and rule.part]
    named = [rule.part for rule in rules if origin.field and rule.field == origin.field]
    feeding = [part.id for part in question.lists if part.feeds == section]
    return question.part((*named, *feeding, question.lists[0].id)[0])


def _field(workspace: Workspace, question: Question, entry: Entry, name: str) -> FormField | None:
    part = question.part(entry.part)
    field = part.field(name) if part is not None else None
    if part is None or field is None or field.hidden or field.kind not in {*TYPED, "choice"}:
        return None
    cell = field.cell(workspace.typed_lang)
    empty = entry if entry.cells else replace(entry, cells={cell: Cell("", 0)})
    public = is_public(workspace.guide, workspace.partnership, empty, cell)
    return form_field(workspace.form_context, part, entry, field) if public else None


def _seen_at_once(part: Part) -> dict[str, Value]:
    """Return what a line written in the document itself must hold to stand in it: « confirmé », « acquis »."""
    return {condition.field: condition.values[0] for condition in part.public_when if condition.of == "entry"}


def names_the_unnamed(workspace: Workspace, target: FormField) -> bool:
    """Return whether a field would show the name of someone who may not be named before a room."""
    if target.kind not in REFERENCES or target.value is None:
        return False
    before_others = FormContext(workspace.guide, workspace.view, workspace.lang, typed_lang=workspace.typed_lang)
    return before_others.written(target.entry, asked(target)) != target.text
