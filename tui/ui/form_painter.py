"""Paints one question as a form: its words, its fields with what is answered, its help; the work screen shows it.

A form is painted anew from the partnership, the place where the user is and the width: nothing is remembered from the
painting before. Widths and columns are counted in cells of the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.commands import key_meanwhile
from tui.fast_dataclass import dataclass
from tui.form.form import PAIR, Fields, Form, FormField, Row, Rows, fields_of, form_of
from tui.form.form_words import facts
from tui.form.option_search import NOTHING_SOUGHT, SoughtOption, matching_options
from tui.guide.guide_types import Question
from tui.i18n import _
from tui.partnership.partners import active, find_partner
from tui.partnership.privacy import POSITIONS
from tui.partnership.section_order import arranged
from tui.partnership.values import answer_id
from tui.terminal.line_pane import Line, Piece
from tui.text.french_names import label_in_sentence
from tui.text.result_cache import CachedByText
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.ui.public_form_context import PublicContext
from tui.workspace.guide_texts import help_of, private_notice
from tui.workspace.workspace import Workspace

MARGIN = 1  # cells at the left of a form
# Two keys that no field has, to be given as the key of the current field: for the first field of the form, for none.
FIRST_FIELD, _NO_FIELD = "^", "#"
_NO_POSITION = -1  # the number of the current field in a form that has no fields
_LEAST_TEXT = 8  # cells: words are never wrapped to fewer
_GAP = 3  # cells: blanks between two options, or before muted words at the end of a line
_ROW_INDENT = 3  # cells before the text of a new row: the mark of the current field, « + »
# The most cells that the labels of fields take, on a page wider than `_WIDE_PAGE` and on a narrower one.
_WIDE_PAGE, _MOST_LABEL, _MOST_LABEL_NARROW = 56, 24, 14


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field of the form is painted."""

    field: FormField
    row: int  # the first line of its text, from 0
    x: int  # the first column of its text, from 0
    width: int = 0  # cells
    height: int = 1  # lines
    closed: bool = False  # whether it is a whole row of a list, shown in its words and not field by field


@dataclass(frozen=True, slots=True)
class PaintedForm:
    """A painted question."""

    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]  # the fields, in the order of Tab
    current: int = _NO_POSITION  # the number of the current slot

    @property
    def slot(self) -> Slot | None:
        """Where the current field is painted; None if no field is current."""
        return self.slots[self.current] if 0 <= self.current < len(self.slots) else None

    @property
    def current_field(self) -> FormField | None:
        """The field that the cursor is at; None if no field is current."""
        slot = self.slot
        return slot.field if slot is not None else None

    def neighbour(self, by: int) -> FormField | None:
        """Return the field `by` places after the current one (before it if negative), None past either end."""
        number = self.current + by
        return self.slots[number].field if 0 <= number < len(self.slots) else None


def _is_shown_above(field: FormField) -> bool:
    """Return whether the form's head shows a field's answer already.

    The head shows the partner's name once it is known, and in a question on two partners the choice of the second one.
    """
    is_name = field.field is not None and field.field.main and field.kind == "line" and not field.part.list
    return field.kind == PAIR or (is_name and bool(field.text))


def _slot_number(slots: Sequence[Slot], key: str) -> int:
    """Return the number, from 0, of the slot whose field has `key`, -1 for a form without fields.

    FIRST_FIELD means the first field that the head does not show. If no field has `key`, the number is that of the
    first empty field, else 0.
    """
    for number, slot in enumerate(slots):
        if slot.field.key == key:
            return number
    fallback = 0 if slots else _NO_POSITION
    if key == FIRST_FIELD:
        return next((number for number, slot in enumerate(slots) if not _is_shown_above(slot.field)), fallback)
    return next((number for number, slot in enumerate(slots) if slot.field.empty and not slot.closed), fallback)


@CachedByText  # the texts around a field stay the same while somebody writes in it, and may be long
def _text_lines(text: str, style: str, indent: int, width: int) -> tuple[Line, ...]:
    """Return a text wrapped to `width` cells, each line indented by `indent` blanks."""
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class FormLines:
    """The lines and slots of one form, `width` cells wide; each `add_` method paints one thing below the others.

    `room` is how many lines a long text may take before it scrolls within itself. `height` is how many lines the editor
    needs at the current field (0: not known yet). `sought_option` holds the letters typed to find an option. In the
    methods `is_current` says whether the field is the current one, and `indent` is its left edge in cells.
    """

    def __init__(self, width: int, room: int, height: int = 0, sought_option: SoughtOption = NOTHING_SOUGHT) -> None:
        self.width = width
        self.sought_option = sought_option
        self.room = room
        self.height = height
        self.editor_covers = True  # whether the editor lies over the current field, which is painted empty under it
        self.lines: list[Line] = []
        self.slots: list[Slot] = []

    def add_text(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        """Add a wrapped text."""
        self.lines += _text_lines(text, style, indent, self.width)

    def add_trouble(self, why: str, indent: int) -> None:
        """Add the reason `why` the value above was not understood, and so is in no document; "" adds nothing."""
        if why:
            self.add_text(f"{glyphs.wrong()} {why}", "warn", indent)

    def add_blank_line(self) -> None:
        """Add an empty line, unless the last line is empty already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def add_new_row_line(self, field: FormField, is_current: bool) -> None:
        """Add the line in which a new row is begun: its hint, or room for the editor if it is the current one."""
        height = max(self.height, 1) if is_current else 1
        self.slots.append(Slot(field, len(self.lines), _ROW_INDENT, self.width - _ROW_INDENT, height))
        style = "accent" if is_current else "muted"
        hint = "" if is_current and self.editor_covers else field.hint
        self.lines.append((Piece(f"{_cursor_mark(is_current)}+ ", style), Piece(hint, style)))
        self.lines += [()] * (height - 1)

    def add_folded_fields(self, field: FormField, is_current: bool, indent: int) -> None:
        """Add the line that names the fields folded away."""
        self.slots.append(Slot(field, len(self.lines), indent))
        names = ", ".join(label_in_sentence(name) for name in field.names)
        line = wrap(_("more: {names}").format(names=names), self.width - indent - 2)[0]
        lead = f"{_cursor_mark(is_current)}{' ' * (indent - 1)}+ "
        self.lines.append((Piece(lead + line, "accent" if is_current else "muted"),))

    def add_typed_field(self, field: FormField, is_current: bool, indent: int, column: int) -> None:
        """Add a field that is typed: its label in `column` cells before the text, or above it if these are too few.

        A text of several lines (`prose`) always has its label above.
        """
        style = "accent" if is_current else "muted"
        label = _("{label} (private)").format(label=field.label) if field.private else field.label
        text = field.text
        column_is_too_narrow = column + indent > self.width // 2 or cells(label) >= column
        label_above = field.kind == "prose" or column_is_too_narrow
        x = indent + (2 if label_above else column)
        width = max(self.width - x, _LEAST_TEXT)
        under_editor = is_current and self.editor_covers
        rows, height = self._text_rows(text, width, under_editor)
        if label_above:
            self.lines.append((Piece(f"{_cursor_mark(is_current)}{' ' * (indent - 1)}{label}", style),))
        self.slots.append(Slot(field, len(self.lines), x, width, height))
        head = " " * x if label_above else f"{_cursor_mark(is_current)}{' ' * (indent - 1)}{_padded(label, column)}"
        for number in range(height):
            lead = Piece(head, style) if number == 0 else Piece(" " * x)
            if under_editor:
                words = ""
            elif text:
                words = rows[number]
            else:
                words = shorten(field.hint, width - 1) or "—"
            self.lines.append((lead, Piece(words, "" if text else "hint")))

    def _text_rows(self, text: str, width: int, under_editor: bool) -> tuple[list[str], int]:
        """Return (the lines of a text in `width` cells, how many lines the form gives it).

        Under an editor whose height is known the lines are [""]: the editor shows the text.
        """
        if under_editor and self.height:
            return [""], min(self.height, self.room)
        beginning = text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(beginning, width - 1) if beginning else [""]
        return rows, min(len(rows), self.room)

    def add_choice(
        self, field: FormField, is_current: bool, indent: int = MARGIN, column: int = 12, *, explained: bool = False
    ) -> None:
        """Add a choice: the words of the chosen option or, if it is current, all options with their numbers.

        `explained` gives each option a line of its own with its meaning, if the guide has meanings.
        """
        style = "accent" if is_current else "muted"
        head = Piece(f"{_cursor_mark(is_current)}{' ' * (indent - 1)}{_padded(field.label, column)}", style)
        x = indent + column
        if cells(field.label) >= column:  # a label too long for its column is above its options, uncut
            x = indent + 2
            hang = " " * indent
            label, *more = wrap(field.label, self.width, hang, hang)
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
            mark = _cursor_mark(is_current)  # it replaces the first blank
            self.lines.append((Piece(mark + label[1:], style),))
            self.lines += [(Piece(line, style),) for line in more]
            head = Piece(" " * x)
        else:
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
        if not is_current:
            self._add_chosen_words(field, head, x)
        elif explained and field.meanings:
            self._add_explained_options(field, head, indent + 2)
        else:
            self._add_options(field, head, x)

    def _add_chosen_words(self, field: FormField, head: Piece, x: int) -> None:
        """Add `head` and, from column `x` on, the words of the chosen option."""
        words = dict(field.options).get(field.chosen, "")
        first, *rest = wrap(words, self.width - x) if words else ["—"]
        self.lines.append((head, Piece(first, "" if words else "hint")))
        self.lines += [(Piece(" " * x + line),) for line in rest]
        if field.guessed:
            self.lines[-1] = (*self.lines[-1], Piece("  " + _("(guessed)"), "muted"))

    def _add_options(self, field: FormField, head: Piece, x: int) -> None:
        """Add `head` and, from column `x` on, the options with their numbers, as many on a line as fit."""
        line, used = [head], x  # the line being filled with options, and how many cells of it are used
        for number, (code, words) in enumerate(field.options, 1):
            text = f"{glyphs.radio(code == field.chosen)} {number} {words}"
            if used > x and used + cells(text) > self.width:
                self.lines.append(tuple(line))
                line, used = [Piece(" " * x)], x
            style = self._option_style(field, code)
            for part in wrap(text, max(self.width - x, _LEAST_TEXT), "", "    "):
                if line[1:] and used + cells(part) > self.width:
                    self.lines.append(tuple(line))
                    line, used = [Piece(" " * x)], x
                line += [Piece(part, style), Piece(" " * _GAP)]
                used += cells(part) + _GAP
        self.lines.append(tuple(line))

    def _option_style(self, field: FormField, code: str) -> str:
        """Return the style of an option of the current field: the chosen one and those that typed letters may mean."""
        if code == field.chosen:
            return "strong accent"
        letters = self.sought_option.letters if self.sought_option.key == field.key else ""
        return "accent" if letters and code in matching_options(field.options, letters) else ""

    def _add_explained_options(self, field: FormField, head: Piece, indent: int) -> None:
        """Add the label, then each option with its meaning on a line of its own."""
        if head.text.strip():  # a blank head means that the label was too long and is above already
            self.lines.append((Piece(head.text.rstrip(), head.style),))
        pad, meanings = " " * indent, field.meanings
        for number, (code, words) in enumerate(field.options, 1):
            option = f"{pad}{glyphs.radio(code == field.chosen)} {number} {words}"
            text = option + (_(": ") + meanings[code] if code in meanings else "")
            first, *rest = wrap(text, self.width, "", pad + "    ")
            lead = first[: len(option)]
            self.lines.append((Piece(lead, self._option_style(field, code)), Piece(first[len(lead) :], "muted")))
            self.lines += [(Piece(line, "muted"),) for line in rest]

    def add_tick_box(self, field: FormField, is_current: bool, indent: int) -> None:
        """Add a box to tick."""
        self.slots.append(Slot(field, len(self.lines), indent, self.width - indent))
        ticked = bool(field.chosen)
        unfocused_style = "" if ticked else "muted"
        style = "accent" if is_current else unfocused_style
        box = f"{_cursor_mark(is_current)}{' ' * (indent - 1)}{glyphs.tick(ticked)} "
        self.lines += [(Piece(line, style),) for line in wrap(field.label, self.width, box, " " * cells(box))]


def _cursor_mark(is_current: bool) -> str:
    """Return the character at the left end of the current field's line; a blank for any other field."""
    if not is_current:
        return " "
    return ">" if glyphs.plain_marks() else "›"


def _padded(text: str, width: int) -> str:
    """Return the first line of `text` filled up to `width` cells."""
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))


def _first_key(workspace: Workspace) -> str:
    """Return the key of the field to begin at; "" means the first empty one.

    In a question that asks each partner for its position it is the level of that position.
    """
    question_id = workspace.question.id
    if question_id in POSITIONS and workspace.place.partner:
        return f"{answer_id(question_id, workspace.subject)}/level"
    return ""


class FormPainter(FormLines):
    """Paints the question that a workspace is at.

    `open_more` shows the fields that are folded away, `for_others` leaves out what only the user may see.
    """

    def __init__(
        self, workspace: Workspace, width: int, *, open_more: bool = False, room: int = 20, for_others: bool = False,
        adding: str = "", height: int = 0, sought_option: SoughtOption = NOTHING_SOUGHT,
    ) -> None:  # fmt: skip
        super().__init__(max(width - 1, 12), room, height, sought_option)
        self._workspace = workspace
        self._adding = adding  # the id of the new row that is being typed in the line that adds one, "" for none
        self._more = open_more
        self._for_others = for_others  # whether other people see it: then without private words, help and states
        self._context = PublicContext(workspace) if for_others else workspace.form_context

    def paint(self) -> PaintedForm:
        """Return the form of the present question."""
        wanted_key = self._workspace.place.slot
        form = self._painted(wanted_key or _first_key(self._workspace))
        if form.current_field is not None and form.current_field.key != wanted_key:
            form = self._painted(form.current_field.key)  # painted again with the first empty field as the current one
        return form

    def answer_lines(self) -> list[Line]:
        """Return the answer as lines to read, without the question's text and with no current field."""
        self._painted(_NO_FIELD)
        # The question's text is the first paragraph; with it goes the notice that a private question has.
        first_blank = next((number for number, line in enumerate(self.lines) if not line), 0)
        return self.lines[first_blank + 1 :]

    def _painted(self, current_key: str) -> PaintedForm:
        """Return the question painted with the field whose key is `current_key` as the current one."""
        self.lines, self.slots = [], []
        place = self._workspace.place
        form = form_of(
            self._context, self._workspace.question, place.partner, place.other,
            unfolded=self._more, at=current_key, adding=self._adding,
        )  # fmt: skip
        self._add_head(form, current_key)
        if form.question.scope == "pair" and not place.other:
            self.add_text(_("Choose a second partner to say something of the two."), "hint")
        for group in form.groups:
            if isinstance(group, Fields):
                self._add_fields(group, current_key, MARGIN)
                self.add_blank_line()
            elif group.part.list:
                self._add_list(group, current_key)
            else:  # the bar above shows the partners one at a time: only the line that adds a partner follows
                self.add_new_row_line(group.new, current_key == group.new.key)
        if not self._for_others:
            self._add_foot(form.question)
        return PaintedForm(tuple(self.lines), tuple(self.slots), _slot_number(self.slots, current_key))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _add_head(self, form: Form, current_key: str) -> None:
        """Add the question, the partner it is asked of, and what is known already."""
        question = form.question
        self.add_text(question.text.get(self._workspace.lang), "title")
        if question.private and not self._for_others:
            self.add_text(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self.add_blank_line()
        if question.scope != "project":
            self._add_partner_bar()
        if form.other is not None:
            self.add_choice(form.other, current_key == form.other.key)
            self.add_blank_line()
        if not self._for_others:
            self._add_facts(form)

    def _add_facts(self, form: Form) -> None:
        """Add what is known already; in a list of all partners a dot marks the partner that is asked."""
        known_facts = facts(form)
        for fact in known_facts:
            lead = f"{glyphs.radio(fact.is_asked)} " if fact.is_asked is not None else ""
            self.add_text(lead + fact.text, fact.tone)
        if known_facts:
            self.add_blank_line()

    def _add_partner_bar(self) -> None:
        """Add the bar that shows one partner: its number among the active ones, its name and its status."""
        workspace, context = self._workspace, self._context
        partners = active(context.partnership)
        partner = find_partner(context.partnership, workspace.place.partner)
        if partner is None:
            self.add_text(_("No partner yet: write the organizations below, one a line."), "hint")
            self.add_blank_line()
            return
        number = next((number for number, other in enumerate(partners, 1) if other.id == partner.id), 0)
        count = _("{done} of {total}").format(done=number, total=len(partners))
        status = workspace.guide.choice("status", partner.status, workspace.lang)
        name = partner.name(workspace.lang) or context.nameless
        if not partner.active:  # it is not counted: its status takes the place of its number
            count = status
        lead = f" ‹ {count} ›  "
        first, *more = wrap(name, max(self.width - cells(lead), _LEAST_TEXT))
        pieces = [Piece(lead, "accent"), Piece(first, "strong")]
        status_fits = cells(lead) + cells(name) + _GAP + cells(status) <= self.width
        if partner.active and not self._for_others and status_fits:
            pieces.append(Piece(" " * _GAP + status, "muted"))
        self.lines.append(tuple(pieces))
        self.lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        self.add_blank_line()

    def _add_foot(self, question: Question) -> None:
        """Add where the answer appears, the help, and what stays private."""
        self.add_blank_line()
        workspace = self._workspace
        if not question.private:
            places = arranged(workspace.guide, workspace.partnership).appears(
                question, workspace.lang, workspace.section_numbers
            )
            text = _("Appears in {places}.").format(places=places) if places else _("Does not appear in the document.")
            self.add_text(text, "muted")
        self.add_text(help_of(workspace, question), "muted")
        notice = private_notice(workspace, question)
        if notice:
            self.add_blank_line()
            self.add_text(notice, "muted")

    # -- groups --------------------------------------------------------------------------------------------------------

    def _add_fields(self, group: Fields, current_key: str, indent: int) -> None:
        """Add the fields of a group that are not folded away, their texts in one column."""
        visible_fields = [field for field in group.fields if not field.folded]
        lang = self._workspace.lang
        labels = [form_field.field.label.get(lang) for form_field in visible_fields if form_field.field is not None]
        most = _MOST_LABEL if self.width > _WIDE_PAGE else _MOST_LABEL_NARROW
        column = min(max(map(cells, labels), default=0), most) + 2
        for form_field in visible_fields:
            self._add_field(form_field, current_key == form_field.key, indent, column)
        more = group.more
        if more is not None and not self._for_others:
            self.add_folded_fields(more, current_key == more.key, indent)

    def _add_field(self, field: FormField, is_current: bool, indent: int, column: int) -> None:
        """Add one field as its kind is painted, then the notes below it.

        The notes are that it was not understood, its wording in the other language, and a guessed form to confirm.
        """
        if field.kind == "choice":
            self.add_choice(field, is_current, indent, column, explained=not self._for_others)
        elif field.kind == "flag":
            self.add_tick_box(field, is_current, indent)
        else:
            self.add_typed_field(field, is_current, indent, column)
            if not (is_current and self.editor_covers):
                self.add_trouble(field.parse_error, indent + 2)
            note = field.other_wording or (field.language_note if is_current else "")
            self._add_language_note(note, indent + 2, self.room)
            if field.guess:
                note = _("In a sentence: {forms} (guessed; {key} confirms).")
                self.add_text(note.format(forms=field.guess, key=key_meanwhile("name_article")), "muted", indent + 2)

    def _add_language_note(self, note: str, indent: int, room: int) -> None:
        """Add a note on the other language (its wording, or which language is typed) in at most `room` lines."""
        if note:
            pad = " " * indent
            lines = first_lines(note, self.width, room, pad, pad)
            self.lines += [(Piece(line, "muted"),) for line in lines]

    def _add_list(self, group: Rows, current_key: str) -> None:
        """Add a list: the current row with its fields, every other row in its words, then the line that adds a row."""
        self.lines.append((Piece(f" {group.title}", "heading"),))
        for number, row in enumerate(group.rows, 1):
            if current_key.startswith(f"{row.entry.id}/"):
                fields = fields_of(self._context, row.part, row.entry, unfolded=self._more, at=current_key)
                self._add_fields(fields, current_key, MARGIN + 2)
            else:
                self._add_closed_row(row, number)
        self.add_new_row_line(group.new, current_key == group.new.key)
        self.add_blank_line()

    def _add_closed_row(self, row: Row, number: int) -> None:
        """Add a row in its words, with its details and troubles."""
        main = row.main
        pad = f" {number:>2}  "
        lines = wrap(main.answer or "—", self.width, pad, " " * len(pad))
        self.slots.append(Slot(main, len(self.lines), len(pad), self.width - len(pad), closed=True))
        self.lines += [(Piece(line),) for line in lines]
        details = " · ".join(row.details) if not self._for_others else ""
        if details and cells(lines[-1]) + _GAP + cells(details) <= self.width:
            self.lines[-1] = (*self.lines[-1], Piece(" " * _GAP + details, "muted"))
        elif details:
            for line in wrap(details, self.width, " " * len(pad), " " * len(pad)):
                self.lines.append((Piece(line, "muted"),))
        self._add_language_note(main.other_wording, len(pad), 1)
        for why in row.parse_errors:
            self.add_trouble(why, len(pad))
