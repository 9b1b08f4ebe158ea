"""Paints one question as a form: its words, its fields with what is answered, its help; the work screen shows it.

A form is made anew from the partnership, the place where the user is and the width: it remembers nothing.
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
from tui.text.result_cache import CachedByText
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.ui.public_form_context import PublicContext
from tui.workspace.guide_texts import help_of, private_notice
from tui.workspace.workspace import Workspace

MARGIN = 1  # cells at the left of a form
# Asked for as the key of the current field, it means the first field of the form. No field has this key.
FIRST_FIELD = "^"
# Asked for as the key of the current field, it means that no field is current. No field has this key.
_NO_FIELD = "#"
_NO_POSITION = -1  # the number of the current field in a form that has no fields


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field of the form is painted."""

    field: FormField
    row: int  # the first line of its text, from 0
    x: int  # the first column of its text, from 0
    width: int = 0  # cells
    height: int = 1  # lines
    closed: bool = False  # whether it stands for a whole row of a list, shown in its words and not field by field


@dataclass(frozen=True, slots=True)
class PaintedForm:
    """A painted question: its lines, its fields in the order of Tab, and the number of the current one (-1: none)."""

    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    current: int = -1

    @property
    def slot(self) -> Slot | None:
        """Where the current field is painted; None where no field is current."""
        return self.slots[self.current] if 0 <= self.current < len(self.slots) else None

    @property
    def current_field(self) -> FormField | None:
        """The field that the cursor is at; None where no field is current."""
        slot = self.slot
        return slot.field if slot is not None else None

    def neighbour(self, by: int) -> FormField | None:
        """Return the field `by` places after the current one (before it if negative), None past either end."""
        number = self.current + by
        return self.slots[number].field if 0 <= number < len(self.slots) else None


def _is_shown_above(field: FormField) -> bool:
    """Return whether the form's head shows a field's answer already.

    It shows the partner's name once it is known, and in a question on two partners the choice of the second one.
    """
    is_name = field.field is not None and field.field.main and field.kind == "line" and not field.part.list
    return field.kind == PAIR or (is_name and bool(field.text))


def _slot_number(slots: Sequence[Slot], key: str) -> int:
    """Return the number, from 0, of the slot whose field has `key`, -1 for a form without fields.

    FIRST_FIELD means the first field that the head does not show. Where no field has `key` it is the first empty field,
    else field 0.
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
    """Return a text wrapped to `width` cells, each line behind `indent` blanks."""
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class FormLines:
    """The lines and slots of one form, `width` cells wide; each `add_` method paints one thing below the others.

    Their argument `here` says whether the field is the current one, `indent` how many blanks stand before its text.

    `room` is how many lines a long text may take before it scrolls within itself. `height` is how many lines the editor
    needs at the current field (0: not known yet). `sought_option` holds the letters typed to find an option. In the
    methods `here` says whether the field is the current one, and `indent` is its left edge in cells.
    """

    def __init__(self, width: int, room: int, height: int = 0, sought_option: SoughtOption = NOTHING_SOUGHT) -> None:
        self.width = width
        self.sought_option = sought_option
        self.room = room
        self.height = height
        self.covered = True  # whether the editor stands over the current field, which is painted empty under it
        self.lines: list[Line] = []
        self.slots: list[Slot] = []

    def add_text(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        """Add a wrapped text."""
        self.lines += _text_lines(text, style, indent, self.width)

    def add_trouble(self, why: str, indent: int) -> None:
        """Add `why` the value above was not understood, and so is in no document; "" adds nothing."""
        if why:
            self.add_text(f"{glyphs.wrong()} {why}", "warn", indent)

    def add_blank_line(self) -> None:
        """Add an empty line, unless the last line is empty already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def add_new_row_line(self, field: FormField, here: bool) -> None:
        """Add the line in which a new row is begun: its hint, or room for the editor if it is the current one."""
        height = max(self.height, 1) if here else 1
        self.slots.append(Slot(field, len(self.lines), 3, self.width - 3, height))
        style = "accent" if here else "muted"
        self.lines.append(
            (Piece(f"{_cursor_mark(here)}+ ", style), Piece("" if here and self.covered else field.hint, style))
        )
        self.lines += [()] * (height - 1)

    def add_folded_fields(self, field: FormField, here: bool, indent: int) -> None:
        """Add the line that names the fields folded away."""
        self.slots.append(Slot(field, len(self.lines), indent))
        names = ", ".join(name.lower() for name in field.names)
        line = wrap(_("more: {names}").format(names=names), self.width - indent - 2)[0]
        self.lines.append((Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}+ {line}", "accent" if here else "muted"),))

    def add_typed_field(self, field: FormField, here: bool, indent: int, column: int) -> None:
        """Add a field that is typed: its label in `column` cells before the text, or above it where that is too narrow.

        Prose always has its label above.
        """
        style = "accent" if here else "muted"
        label = _("{label} (private)").format(label=field.label) if field.private else field.label
        text = field.text
        column_is_too_narrow = column + indent > self.width // 2 or cells(label) >= column
        label_above = field.kind == "prose" or column_is_too_narrow
        x = indent + (2 if label_above else column)
        width = max(self.width - x, 8)
        under_editor = here and self.covered
        rows, height = self._text_rows(text, width, under_editor)
        if label_above:
            self.lines.append((Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}{label}", style),))
        self.slots.append(Slot(field, len(self.lines), x, width, height))
        head = " " * x if label_above else f"{_cursor_mark(here)}{' ' * (indent - 1)}{_padded(label, column)}"
        for number in range(height):
            lead = Piece(head, style) if number == 0 else Piece(" " * x)
            if under_editor:
                shown = ""
            elif text:
                shown = rows[number]
            else:
                shown = shorten(field.hint, width - 1) or "—"
            self.lines.append((lead, Piece(shown, "" if text else "hint")))

    def _text_rows(self, text: str, width: int, under_editor: bool) -> tuple[list[str], int]:
        """Return (a text wrapped to `width` cells, how many lines it is given).

        Under an editor whose height is known the text is [""]: the editor shows it.
        """
        if under_editor and self.height:
            return [""], min(self.height, self.room)
        seen = text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(seen, width - 1) if seen else [""]
        return rows, min(len(rows), self.room)

    def add_choice(
        self, field: FormField, here: bool, indent: int = MARGIN, column: int = 12, *, explained: bool = False
    ) -> None:
        """Add a choice: the words of the chosen option; `here`, where it is current, all options with their numbers.

        `explained` gives each option a line of its own with its meaning, where the guide has meanings.
        """
        style = "accent" if here else "muted"
        head = Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}{_padded(field.label, column)}", style)
        x = indent + column
        options, chosen = field.options, field.chosen
        found = self._found_options(field, here)
        if cells(field.label) >= column:  # a label too long for its column stands above its options, uncut
            x = indent + 2
            hang = " " * indent
            label, *more = wrap(field.label, self.width, hang, hang)
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
            self.lines.append((Piece(_cursor_mark(here) + label[1:], style),))  # the mark replaces the first blank
            self.lines += [(Piece(line, style),) for line in more]
            head = Piece(" " * x)
        else:
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
        if not here:
            words = dict(options).get(chosen, "")
            first, *rest = wrap(words, self.width - x) if words else ["—"]
            self.lines.append((head, Piece(first, "" if words else "hint")))
            self.lines += [(Piece(" " * x + line),) for line in rest]
            if field.guessed:
                self.lines[-1] = (*self.lines[-1], Piece("  " + _("(guessed)"), "muted"))
            return
        if explained and field.meanings:
            self._add_explained_options(field, head, indent + 2)
            return
        line, used = [head], x  # the line being filled with options, and how many cells of it are used
        for at, (code, words) in enumerate(options, 1):
            text = f"{glyphs.radio(code == chosen)} {at} {words}"
            if used > x and used + cells(text) > self.width:
                self.lines.append(tuple(line))
                line, used = [Piece(" " * x)], x
            style = "strong accent" if code == chosen else "accent" if code in found else ""
            for part in wrap(text, max(self.width - x, 8), "", "    "):
                if line[1:] and used + cells(part) > self.width:
                    self.lines.append(tuple(line))
                    line, used = [Piece(" " * x)], x
                line += [Piece(part, style), Piece("   ")]
                used += cells(part) + 3
        self.lines.append(tuple(line))

    def _found_options(self, field: FormField, here: bool) -> tuple[str, ...]:
        """Return the codes of the options that the typed letters may mean; () where none are typed at this field."""
        if not here or self.sought_option.key != field.key:
            return ()
        return matching_options(field.options, self.sought_option.letters)

    def _add_explained_options(self, field: FormField, head: Piece, indent: int) -> None:
        """Add the label, then each option with its meaning on a line of its own."""
        if head.text.strip():  # a blank head means that the label was too long and stands above already
            self.lines.append((Piece(head.text.rstrip(), head.style),))
        pad, meanings, found = " " * indent, field.meanings, self._found_options(field, here=True)
        for at, (code, words) in enumerate(field.options, 1):
            option = f"{pad}{glyphs.radio(code == field.chosen)} {at} {words}"
            text = option + (_(": ") + meanings[code] if code in meanings else "")
            first, *rest = wrap(text, self.width, "", pad + "    ")
            lead = first[: len(option)]
            style = "strong accent" if code == field.chosen else "accent" if code in found else ""
            self.lines.append((Piece(lead, style), Piece(first[len(lead) :], "muted")))
            self.lines += [(Piece(line, "muted"),) for line in rest]

    def add_tick_box(self, field: FormField, here: bool, indent: int) -> None:
        """Add a box to tick."""
        self.slots.append(Slot(field, len(self.lines), indent, self.width - indent))
        ticked = bool(field.chosen)
        unfocused_style = "" if ticked else "muted"
        style = "accent" if here else unfocused_style
        box = f"{_cursor_mark(here)}{' ' * (indent - 1)}{glyphs.tick(ticked)} "
        self.lines += [(Piece(line, style),) for line in wrap(field.label, self.width, box, " " * cells(box))]


def _cursor_mark(here: bool) -> str:
    """Return the character at the left end of the current field's line; a blank for any other field."""
    if not here:
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
    """Paints the question that a workspace is at. `open_more` shows the fields that are folded away."""

    def __init__(
        self,
        workspace: Workspace,
        width: int,
        *,
        open_more: bool = False,
        room: int = 20,
        for_others: bool = False,
        adding: str = "",
        height: int = 0,
        sought_option: SoughtOption = NOTHING_SOUGHT,
    ) -> None:
        super().__init__(max(width - 1, 12), room, height, sought_option)
        self._workspace = workspace
        self._adding = adding  # the id of the new row that is being typed in the line that adds one, "" for none
        self._more = open_more
        self._for_others = for_others  # whether other people see it: then without private words, help and states
        self._context = PublicContext(workspace) if for_others else workspace.form_context

    def paint(self) -> PaintedForm:
        """Return the form of the present question."""
        form = self._painted(self._workspace.place.slot or _first_key(self._workspace))
        if form.current_field is not None and form.current_field.key != self._workspace.place.slot:
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
        self._head(form, current_key)
        if form.question.scope == "pair" and not place.other:
            self.add_text(_("Choose a second partner to say something of the two."), "hint")
        for group in form.groups:
            if isinstance(group, Fields):
                self._fields(group, current_key, MARGIN)
                self.add_blank_line()
            elif group.part.list:
                self._list(group, current_key)
            else:  # partners are shown one by one by the bar above: here stands only the line that adds one
                self.add_new_row_line(group.new, current_key == group.new.key)
        if not self._for_others:
            self._foot(form.question)
        return PaintedForm(tuple(self.lines), tuple(self.slots), _slot_number(self.slots, current_key))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _head(self, form: Form, current_key: str) -> None:
        """Add the question, the partner it is asked of, and what is known already."""
        question = form.question
        self.add_text(question.text.get(self._workspace.lang), "title")
        if question.private and not self._for_others:
            self.add_text(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self.add_blank_line()
        if question.scope != "project":
            self._partner_bar()
        if form.other is not None:
            self.add_choice(form.other, current_key == form.other.key)
            self.add_blank_line()
        if not self._for_others:
            self._facts(form)

    def _facts(self, form: Form) -> None:
        """Add what is known already; in a list of all partners a dot marks the one that is asked."""
        known = facts(form)
        for fact in known:
            lead = f"{glyphs.radio(fact.is_asked)} " if fact.is_asked is not None else ""
            self.add_text(lead + fact.text, fact.tone)
        if known:
            self.add_blank_line()

    def _partner_bar(self) -> None:
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
        if not partner.active:  # it is not counted: its status stands in the place of its number
            count = status
        lead = f" ‹ {count} ›  "
        first, *more = wrap(name, max(self.width - cells(lead), 8))
        pieces = [Piece(lead, "accent"), Piece(first, "strong")]
        if partner.active and not self._for_others and cells(lead) + cells(name) + cells(status) + 3 <= self.width:
            pieces.append(Piece(f"   {status}", "muted"))
        self.lines.append(tuple(pieces))
        self.lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        self.add_blank_line()

    def _foot(self, question: Question) -> None:
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

    def _fields(self, group: Fields, current_key: str, indent: int) -> None:
        """Add the fields of a group that are not folded away, their texts in one column."""
        shown = [field for field in group.fields if not field.folded]
        lang = self._workspace.lang
        names = [form_field.field.label.get(lang) for form_field in shown if form_field.field is not None]
        column = min(max(map(cells, names), default=0), 24 if self.width > 56 else 14) + 2
        for form_field in shown:
            self._field(form_field, current_key == form_field.key, indent, column)
        more = group.more
        if more is not None and not self._for_others:
            self.add_folded_fields(more, current_key == more.key, indent)

    def _field(self, field: FormField, here: bool, indent: int, column: int) -> None:
        """Add one field as its kind is painted, then the notes below it: not understood, other language, guess."""
        if field.kind == "choice":
            self.add_choice(field, here, indent, column, explained=not self._for_others)
        elif field.kind == "flag":
            self.add_tick_box(field, here, indent)
        else:
            self.add_typed_field(field, here, indent, column)
            if not (here and self.covered):
                self.add_trouble(field.parse_error, indent + 2)
            self._other_language(field.other_wording or (field.language_note if here else ""), indent + 2, self.room)
            if field.guess:
                note = _("In a sentence: {forms} (guessed; {key} confirms).")
                self.add_text(note.format(forms=field.guess, key=key_meanwhile("name_article")), "muted", indent + 2)

    def _other_language(self, note: str, indent: int, room: int) -> None:
        """Add a note on the other language (its wording, or which language is typed) in at most `room` lines."""
        if note:
            pad = " " * indent
            lines = first_lines(note, self.width, room, pad, pad)
            self.lines += [(Piece(line, "muted"),) for line in lines]

    def _list(self, group: Rows, current_key: str) -> None:
        """Add a list: the current row with its fields, every other row in its words, then the line that adds a row."""
        self.lines.append((Piece(f" {group.title}", "heading"),))
        for number, row in enumerate(group.rows, 1):
            if current_key.startswith(f"{row.entry.id}/"):
                fields = fields_of(self._context, row.part, row.entry, unfolded=self._more, at=current_key)
                self._fields(fields, current_key, MARGIN + 2)
            else:
                self._closed_row(row, number)
        self.add_new_row_line(group.new, current_key == group.new.key)
        self.add_blank_line()

    def _closed_row(self, row: Row, number: int) -> None:
        """Add a row in its words, with its details and troubles."""
        main = row.main
        pad = f" {number:>2}  "
        shown = wrap(main.answer or "—", self.width, pad, " " * len(pad))
        self.slots.append(Slot(main, len(self.lines), len(pad), self.width - len(pad), closed=True))
        self.lines += [(Piece(line),) for line in shown]
        details = " · ".join(row.details) if not self._for_others else ""
        if details and cells(shown[-1]) + cells(details) + 3 <= self.width:
            self.lines[-1] = (*self.lines[-1], Piece(f"   {details}", "muted"))
        elif details:
            for line in wrap(details, self.width, " " * len(pad), " " * len(pad)):
                self.lines.append((Piece(line, "muted"),))
        self._other_language(main.other_wording, len(pad), 1)
        for why in row.parse_errors:
            self.add_trouble(why, len(pad))
