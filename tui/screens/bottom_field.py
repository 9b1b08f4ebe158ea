"""The field that a line of the document comes from, opened at the bottom: a text, a choice, or a new line of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.agreement.blocks import Origin
from tui.fast_dataclass import dataclass
from tui.form.form import REFERENCES, TYPED
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.partners import partner
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry, Value
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import wrap
from tui.ui import glyphs
from tui.workspace import writing
from tui.workspace.workspace import Workspace

_NEW = ""  # the id of a row that is not there yet: its first letter makes it


@dataclass(frozen=True, slots=True)
class OpenField:
    """What is opened: a field of an entry; an entry without id is a row to be made."""

    entry: Entry
    part: Part
    field: Field


class BottomField(Vertical):
    """The open field of one document; at most one. `paint` paints the document anew."""

    def __init__(self, workspace: Workspace, paint: Callable[[], None]) -> None:
        super().__init__(id="field")
        self._workspace = workspace
        self._paint = paint
        self.target: OpenField | None = None
        self._shown: Value = None  # what the field said when it was opened, or last written in

    def compose(self) -> ComposeResult:
        """What field it is, or its options; the editor."""
        yield Lines(id="label", classes="bar", glyph="", inks=False)
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

    def open(self, target: OpenField, cursor: tuple[int, int] | None = None) -> None:
        """Show a field at the bottom and give it the keyboard."""
        self.target = target
        self._shown = writing.current_value(self._workspace, target.entry, target.field)
        editor, field = self.editor, target.field
        self._label()
        editor.display = field.kind != "choice"
        if field.kind != "choice":
            editor.single_line = field.kind != "prose"
            editor.placeholder = field.hint.get(self._workspace.lang)
            editor.load(text_of(self._workspace, target), cursor)
            editor.styles.height = 5 if field.kind == "prose" else 2
            editor.focus()
        self.display = True
        self.call_after_refresh(self._paint)  # the line stays in sight above the field

    def _label(self) -> None:
        assert self.target is not None
        workspace, field = self._workspace, self.target.field
        owner = partner(workspace.view, next(iter(self.target.entry.subject), ""))
        named = filter(None, (field.label.get(workspace.lang), owner.name(workspace.lang) if owner is not None else ""))
        lines: list[Line] = [(Piece(f" {' · '.join(named)}", "accent"),)]
        if field.kind == "choice":
            chosen = self.target.entry.get(field.id)
            words = workspace.guide.choices[field.choices].items()
            options = (f"{glyphs.radio(code == chosen)}\u00a0{at}\u00a0{one.get(workspace.lang)}".replace(" ", "\u00a0")
                       for at, (code, one) in enumerate(words, 1))  # fmt: skip
            lines += [(Piece(text),) for text in wrap("   ".join(options), self.screen.size.width - 2, " ", " ")]
        pane = self.query_one("#label", Lines)
        pane.styles.height = len(lines)
        pane.show(lines)

    def typed(self, text: str) -> None:
        """A letter was written: the document changes in this frame; the first letter of a new line makes it."""
        target, workspace = self.target, self._workspace
        if target is None:
            return
        if target.entry.id != _NEW:
            now = writing.current_value(workspace, target.entry, target.field)
            unseen = writing.changed_elsewhere(now, self._shown)
            writing.type_into(workspace, target.entry, target.field, text, unseen=unseen)
        elif text.strip():
            row = writing.new_row(workspace, target.entry, target.part, text)
            for name, value in _seen_at_once(target.part).items():
                workspace.set(row, name, value, stretch=f"{row.id}/{target.field.cell(workspace.lang)}")
            target = self.target = replace(target, entry=row)
        self._shown = writing.current_value(workspace, target.entry, target.field)
        self._paint()

    def pressed(self, key: str) -> bool:
        """A digit chooses among options; whether the key meant something."""
        target = self.target
        if target is None or target.field.kind != "choice" or not key.isdigit():
            return False
        codes = list(self._workspace.guide.choices[target.field.choices])
        if not 0 < int(key) <= len(codes):
            return False
        writing.choose(self._workspace, target.entry, target.field, codes[int(key) - 1])
        return True

    def close(self) -> None:
        """Put the field away; a row left blank goes."""
        target, self.target = self.target, None
        workspace = self._workspace
        if target is not None and target.entry.id != _NEW and target.part.list:
            writing.drop_if_blank(workspace, target.entry.id)
        workspace.edits.end_stretch()
        self.display = False


def target_of(workspace: Workspace, origin: Origin, section: str) -> OpenField | None:
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


def new_line(workspace: Workspace, origin: Origin, section: str) -> OpenField | None:
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
    return OpenField(home, part, part.main) if part.main.kind in TYPED and not part.main.private else None


def _part(workspace: Workspace, question: Question, origin: Origin, section: str) -> Part | None:
    """The list that a hole stands for: the one its rule names, the one that feeds the section, else the first."""
    rules = [rule for rule in workspace.guide.holes if rule.question == question.id and rule.part]
    named = [rule.part for rule in rules if origin.field and rule.field == origin.field]
    feeding = [part.id for part in question.lists if part.feeds == section]
    return question.part((*named, *feeding, question.lists[0].id)[0])


def _field(workspace: Workspace, question: Question, entry: Entry, name: str) -> OpenField | None:
    part = question.part(entry.part)
    field = part.field(name) if part is not None else None
    if part is None or field is None or field.hidden or field.kind not in {*TYPED, "choice"}:
        return None
    cell = field.cell(workspace.lang)
    empty = entry if entry.cells else replace(entry, cells={cell: Cell("", 0)})
    return OpenField(entry, part, field) if is_public(workspace.guide, workspace.partnership, empty, cell) else None


def _seen_at_once(part: Part) -> dict[str, Value]:
    """What a line written in the document itself must hold to stand in it: « confirmé », « acquis »."""
    return {one.field: one.values[0] for one in part.public_when if one.of == "entry"}


def text_of(workspace: Workspace, target: OpenField) -> str:
    """What the editor holds for a field."""
    entry, field = target.entry, target.field
    if field.translatable:
        return entry.text(field.id, workspace.lang)
    return format_value(
        ParseContext(workspace.guide, workspace.partnership, workspace.lang), field, entry.get(field.id)
    )


def names_the_unnamed(workspace: Workspace, target: OpenField) -> bool:
    """Whether a field would show the name of someone who may not be named before a room."""
    if target.field.kind not in REFERENCES or target.entry.id == _NEW:
        return False
    value = target.entry.get(target.field.id)
    return value is not None and format_value(
        ParseContext(workspace.guide, workspace.view, workspace.lang), target.field, value
    ) != text_of(workspace, target)
