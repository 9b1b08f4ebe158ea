"""One question painted as a form, from the partnership's value, the place and the width alone."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.phrasing import Phrasing
from tui.commands import key_meanwhile
from tui.fast_dataclass import dataclass
from tui.form.form import PAIR, Fields, Form, FormContext, FormField, Row, Rows, fields_of, form_of
from tui.form.form_words import facts
from tui.form.option_search import NOTHING_SOUGHT, SoughtOption, found_options
from tui.guide.guide_types import Field, Part, Question
from tui.i18n import _
from tui.partnership.partners import active, find_partner
from tui.partnership.privacy import POSITIONS
from tui.partnership.section_order import arranged
from tui.partnership.values import Entry, answer_id
from tui.terminal.line_pane import Line, Piece
from tui.text.result_cache import CachedByText
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.workspace.guide_texts import help_of, private_notice
from tui.workspace.workspace import Workspace

MARGIN = 1  # cells at the left of a form
FIRST = "^"  # a key that no place has: the place to stand at is where the form begins to be read


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a place of the form is painted: its first row and column from 0, its width and height in cells.

    `closed` is the place of a row of which only the words are shown.
    """

    field: FormField
    row: int
    x: int
    width: int = 0
    height: int = 1
    closed: bool = False


@dataclass(frozen=True, slots=True)
class PaintedForm:
    """A painted question: its lines, its places in the order of Tab, and the number of the current one (-1: none)."""

    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    active: int = -1

    @property
    def slot(self) -> Slot | None:
        """Where the current place is painted."""
        return self.slots[self.active] if 0 <= self.active < len(self.slots) else None

    @property
    def here(self) -> FormField | None:
        """The current place."""
        slot = self.slot
        return slot.field if slot is not None else None

    def neighbour(self, by: int) -> FormField | None:
        """Return the place `by` further on, None past either end."""
        at = self.active + by
        return self.slots[at].field if 0 <= at < len(self.slots) else None


def _is_said_above(field: FormField) -> bool:
    """Return whether a place tells of whom the question is asked, as the form does above: a name, the other partner."""
    is_name = field.field is not None and field.field.main and field.kind == "line" and not field.part.list
    return field.kind == PAIR or (is_name and bool(field.text))


def _place_of(slots: Sequence[Slot], key: str) -> int:
    """Return the number of the place whose key is `key`; else of the first empty one; else 0; -1 when there is none."""
    for at, slot in enumerate(slots):
        if slot.field.key == key:
            return at
    if key == FIRST:
        begins = (at for at, slot in enumerate(slots) if not _is_said_above(slot.field))
        return next(begins, 0 if slots else -1)
    for at, slot in enumerate(slots):
        if slot.field.empty and not slot.closed:
            return at
    return 0 if slots else -1


@CachedByText  # the texts around a field stay while somebody writes in it, and may be long
def _text_lines(text: str, style: str, indent: int, width: int) -> tuple[Line, ...]:
    """Return a text wrapped to `width` cells behind `indent` blanks."""
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class FormLines:
    """The lines and places of one form, `width` cells wide, as they are painted one after the other.

    `room` is how many rows a long text may take before it scrolls within itself; `height` how many rows the editor
    needs at the current place (0: not known yet); `sought` what was typed to find an option.
    """

    def __init__(self, width: int, room: int, height: int = 0, sought: SoughtOption = NOTHING_SOUGHT) -> None:
        self.width = width
        self.sought = sought
        self.room = room
        self.height = height
        self.covered = True  # whether the editor stands over the current place, which is painted empty under it
        self.lines: list[Line] = []
        self.slots: list[Slot] = []

    def say(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        """Add a wrapped text."""
        self.lines += _text_lines(text, style, indent, self.width)

    def trouble(self, why: str, indent: int) -> None:
        """Add why what stands above is printed in no document; nothing where it is understood."""
        if why:
            self.say(f"{glyphs.wrong()} {why}", "warn", indent)

    def blank(self) -> None:
        """Add an empty line, unless there is one already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def add(self, field: FormField, here: bool) -> None:
        """Add the line in which a new row is begun: its words, or room for the editor over it."""
        height = max(self.height, 1) if here else 1
        self.slots.append(Slot(field, len(self.lines), 3, self.width - 3, height))
        style = "accent" if here else "muted"
        self.lines.append(
            (Piece(f"{_cursor_mark(here)}+ ", style), Piece("" if here and self.covered else field.hint, style))
        )
        self.lines += [()] * (height - 1)

    def folded(self, field: FormField, here: bool, indent: int) -> None:
        """Add the line that names the fields folded away."""
        self.slots.append(Slot(field, len(self.lines), indent))
        names = ", ".join(name.lower() for name in field.names)
        line = wrap(_("more: {names}").format(names=names), self.width - indent - 2)[0]
        self.lines.append((Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}+ {line}", "accent" if here else "muted"),))

    def typed(self, field: FormField, here: bool, indent: int, column: int) -> None:
        """Add a field that is written: its label beside the text, or above it for prose and on narrow panes."""
        style = "accent" if here else "muted"
        label = _("{label} (private)").format(label=field.label) if field.private else field.label
        text = field.text
        below = field.kind == "prose" or column + indent > self.width // 2 or cells(label) >= column
        x = indent + (2 if below else column)
        width = max(self.width - x, 8)
        under = here and self.covered
        rows, height = self._rows(text, width, under)
        if below:
            self.lines.append((Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}{label}", style),))
        self.slots.append(Slot(field, len(self.lines), x, width, height))
        head = " " * x if below else f"{_cursor_mark(here)}{' ' * (indent - 1)}{_padded(label, column)}"
        for at in range(height):
            lead = Piece(head, style) if at == 0 else Piece(" " * x)
            shown = "" if under else rows[at] if text else shorten(field.hint, width - 1) or "—"
            self.lines.append((lead, Piece(shown, "" if text else "hint")))

    def _rows(self, text: str, width: int, here: bool) -> tuple[list[str], int]:
        """Return (the rows of a text, how many rows it takes) in `width` cells; empty under the editor."""
        if here and self.height:
            return [""], min(self.height, self.room)
        seen = text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(seen, width - 1) if seen else [""]
        return rows, min(len(rows), self.room)

    def choice(
        self, field: FormField, here: bool, indent: int = MARGIN, column: int = 12, *, explained: bool = False
    ) -> None:
        """Add a choice: its words, or all options with their numbers at the current place, `explained` if asked for."""
        style = "accent" if here else "muted"
        head = Piece(f"{_cursor_mark(here)}{' ' * (indent - 1)}{_padded(field.label, column)}", style)
        x = indent + column
        options, chosen = field.options, field.chosen
        found = self._found(field, here)
        above = cells(field.label) >= column
        if above:  # a label too long for its column stands above its options, uncut
            x = indent + 2
            hang = " " * indent
            label, *more = wrap(field.label, self.width, hang, hang)
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
            self.lines.append((Piece(_cursor_mark(here) + label[1:], style),))
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
            self._explained(field, head, indent + 2)
            return
        line, used = [head], x
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

    def _found(self, field: FormField, here: bool) -> tuple[str, ...]:
        """Return the options that the letters typed there may mean."""
        if not here or self.sought.key != field.key:
            return ()
        return found_options(field.options, self.sought.letters)

    def _explained(self, field: FormField, head: Piece, indent: int) -> None:
        """Add the label, then one option a line with what it means."""
        if head.text.strip():  # else the label stands above already
            self.lines.append((Piece(head.text.rstrip(), head.style),))
        pad, meanings, found = " " * indent, field.meanings, self._found(field, here=True)
        for at, (code, words) in enumerate(field.options, 1):
            option = f"{pad}{glyphs.radio(code == field.chosen)} {at} {words}"
            said = option + (_(": ") + meanings[code] if code in meanings else "")
            first, *rest = wrap(said, self.width, "", pad + "    ")
            lead = first[: len(option)]
            style = "strong accent" if code == field.chosen else "accent" if code in found else ""
            self.lines.append((Piece(lead, style), Piece(first[len(lead) :], "muted")))
            self.lines += [(Piece(line, "muted"),) for line in rest]

    def flag(self, field: FormField, here: bool, indent: int) -> None:
        """Add a box to tick."""
        self.slots.append(Slot(field, len(self.lines), indent, self.width - indent))
        ticked = bool(field.chosen)
        style = "accent" if here else "" if ticked else "muted"
        box = f"{_cursor_mark(here)}{' ' * (indent - 1)}{glyphs.tick(ticked)} "
        self.lines += [(Piece(line, style),) for line in wrap(field.label, self.width, box, " " * cells(box))]


def _cursor_mark(here: bool) -> str:
    """Return the character at the left end of the current place, a blank elsewhere."""
    return "›" if here and not glyphs.plain_marks() else ">" if here else " "


def _padded(text: str, width: int) -> str:
    """Return the first line of `text` filled up to `width` cells."""
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))


def _first_place(workspace: Workspace) -> str:
    """Return the key of the place to begin at: a partner's position in a round, else "" (the first empty place)."""
    asked = workspace.question.id
    return f"{answer_id(asked, workspace.subject)}/level" if asked in POSITIONS and workspace.place.partner else ""


class PublicContext(FormContext):
    """What a form is made from that is shown to others: the public view, told as the document tells it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.guide, workspace.view, workspace.lang, typed_lang=workspace.typed_lang)
        self._phrasing = Phrasing(workspace.guide, workspace.view, workspace.lang)

    @property
    def nameless(self) -> str:
        """Return what a partner who may not be named is called."""
        return self._phrasing.word("an_organisation")

    def tells(self, field: Field) -> bool:
        """Return whether a field is public whatever is answered."""
        return super().tells(field) and not field.private and not field.without_leave

    def tells_part(self, question: Question, part: Part) -> bool:
        """Return whether a part's rows are kept under a public question: a part may be a view of another's."""
        return question.private or not self.guide.question(part.home(question.id)[0]).private

    def written(self, entry: Entry, field: Field) -> str:
        """Return the value as the document says it, which names nobody who may not be named."""
        return self._phrasing.shown(entry, field.id)

    def trouble(self, entry: Entry, field: Field) -> str:
        """Return "": what is not understood is not told to others."""
        return ""

    def other_wording(self, entry: Entry, field: Field) -> str:
        """Return "": what is kept in the other language may name somebody whom `written` does not."""
        return ""

    def language_note(self, entry: Entry, field: Field) -> str:
        """Return "": others type nothing here."""
        return ""


class FormPainter(FormLines):
    """Paints the question of a workspace. `open_more` shows the fields that are folded away."""

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
        sought: SoughtOption = NOTHING_SOUGHT,
    ) -> None:
        super().__init__(max(width - 1, 12), room, height, sought)
        self._workspace = workspace
        self._adding = adding  # the row being written in the line that adds
        self._more = open_more
        self._for_others = for_others  # whether it is shown to others: no private word, no help, no state
        self._context = PublicContext(workspace) if for_others else workspace.form_context

    def paint(self) -> PaintedForm:
        """Return the form of the present question."""
        form = self._painted(self._workspace.place.slot or _first_place(self._workspace))
        if form.here is not None and form.here.key != self._workspace.place.slot:
            form = self._painted(form.here.key)  # painted again with the first empty place as the current one
        return form

    def read(self) -> list[Line]:
        """Return the answer to be read, without its question: one stands at no place of it."""
        self._painted("#")
        head = next((at for at, line in enumerate(self.lines) if not line), 0)
        return self.lines[head + 1 :]

    def _painted(self, wanted: str) -> PaintedForm:
        """Paint the question with the place whose key is `wanted` as the current one."""
        self.lines, self.slots = [], []
        place = self._workspace.place
        form = form_of(
            self._context, self._workspace.question, place.partner, place.other,
            unfolded=self._more, at=wanted, adding=self._adding,
        )  # fmt: skip
        self._head(form, wanted)
        if form.question.scope == "pair" and not place.other:
            self.say(_("Choose a second partner to say something of the two."), "hint")
        for group in form.groups:
            if isinstance(group, Fields):
                self._fields(group, wanted, MARGIN)
                self.blank()
            elif group.part.list:
                self._list(group, wanted)
            else:  # partners are shown one by one by the bar above: here stands only the line that adds one
                self.add(group.new, wanted == group.new.key)
        if not self._for_others:
            self._foot(form.question)
        return PaintedForm(tuple(self.lines), tuple(self.slots), _place_of(self.slots, wanted))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _head(self, form: Form, wanted: str) -> None:
        """Add the question, whom it is asked of, and what is known already."""
        question = form.question
        self.say(question.text.get(self._workspace.lang), "title")
        if question.private and not self._for_others:
            self.say(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self.blank()
        if question.scope != "project":
            self._partner_bar()
        if form.other is not None:
            self.choice(form.other, wanted == form.other.key)
            self.blank()
        if not self._for_others:
            self._facts(form)

    def _facts(self, form: Form) -> None:
        """Add what is known already; in the list of all partners a dot marks the one asked."""
        found = facts(form)
        for fact in found:
            lead = f"{glyphs.radio(fact.here)} " if fact.here is not None else ""
            self.say(lead + fact.text, fact.tone)
        if found:
            self.blank()

    def _partner_bar(self) -> None:
        """Add the bar that shows one partner: its number among all, its name and its status."""
        workspace, context = self._workspace, self._context
        known = active(context.partnership)
        partner = find_partner(context.partnership, workspace.place.partner)
        if partner is None:
            self.say(_("No partner yet: write the organizations below, one a line."), "hint")
            self.blank()
            return
        at = next((at for at, other in enumerate(known, 1) if other.id == partner.id), 0)
        count = _("{done} of {total}").format(done=at, total=len(known))
        status = workspace.guide.choice("status", partner.status, workspace.lang)
        name = partner.name(workspace.lang) or context.nameless
        if not partner.active:  # it is in no count: its status stands in the place of its number
            count = status
        lead = f" ‹ {count} ›  "
        first, *more = wrap(name, max(self.width - cells(lead), 8))
        pieces = [Piece(lead, "accent"), Piece(first, "strong")]
        if partner.active and not self._for_others and cells(lead) + cells(name) + cells(status) + 3 <= self.width:
            pieces.append(Piece(f"   {status}", "muted"))
        self.lines.append(tuple(pieces))
        self.lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        self.blank()

    def _foot(self, question: Question) -> None:
        """Add where the answer appears, the help, and what stays private."""
        self.blank()
        workspace = self._workspace
        if not question.private:
            places = arranged(workspace.guide, workspace.partnership).appears(
                question, workspace.lang, workspace.section_numbers
            )
            said = _("Appears in {places}.").format(places=places) if places else _("Does not appear in the document.")
            self.say(said, "muted")
        self.say(help_of(workspace, question), "muted")
        notice = private_notice(workspace, question)
        if notice:
            self.blank()
            self.say(notice, "muted")

    # -- groups --------------------------------------------------------------------------------------------------------

    def _fields(self, group: Fields, wanted: str, indent: int) -> None:
        """Add the fields of a group, their texts in one column."""
        shown = [field for field in group.fields if not field.folded]
        lang = self._workspace.lang
        names = [form_field.field.label.get(lang) for form_field in shown if form_field.field is not None]
        column = min(max(map(cells, names), default=0), 24 if self.width > 56 else 14) + 2
        for form_field in shown:
            self._field(form_field, wanted == form_field.key, indent, column)
        more = group.more
        if more is not None and not self._for_others:
            self.folded(more, wanted == more.key, indent)

    def _field(self, field: FormField, here: bool, indent: int, column: int) -> None:
        """Add one field, by its kind, with what is said below it."""
        if field.kind == "choice":
            self.choice(field, here, indent, column, explained=not self._for_others)
        elif field.kind == "flag":
            self.flag(field, here, indent)
        else:
            self.typed(field, here, indent, column)
            if not (here and self.covered):
                self.trouble(field.trouble, indent + 2)
            self._other_language(field.other_wording or (field.language_note if here else ""), indent + 2, self.room)
            if field.guess:
                said = _("In a sentence: {forms} (guessed; {key} confirms).")
                self.say(said.format(forms=field.guess, key=key_meanwhile("name_article")), "muted", indent + 2)

    def _other_language(self, said: str, indent: int, room: int) -> None:
        """Add what a text says in the other language, or which of the two is typed, in at most `room` lines."""
        if said:
            pad = " " * indent
            lines = first_lines(said, self.width, room, pad, pad)
            self.lines += [(Piece(line, "muted"),) for line in lines]

    def _list(self, group: Rows, wanted: str) -> None:
        """Add a list: the current row with its fields, every other row in its words, then the line that adds."""
        self.lines.append((Piece(f" {group.title}", "heading"),))
        for number, row in enumerate(group.rows, 1):
            if wanted.startswith(f"{row.entry.id}/"):
                self._fields(fields_of(self._context, row.part, row.entry, unfolded=self._more, at=wanted), wanted,
                             MARGIN + 2)  # fmt: skip
            else:
                self._closed_row(row, number)
        self.add(group.new, wanted == group.new.key)
        self.blank()

    def _closed_row(self, row: Row, number: int) -> None:
        """Add a row in its words, with its details and troubles."""
        main = row.main
        pad = f" {number:>2}  "
        shown = wrap(main.answer or "—", self.width, pad, " " * len(pad))
        self.slots.append(Slot(main, len(self.lines), len(pad), self.width - len(pad), closed=True))
        behind = " · ".join(row.details) if not self._for_others else ""
        fits = cells(shown[-1]) + cells(behind) + 3 <= self.width
        for at, line in enumerate(shown):
            last = at == len(shown) - 1 and behind and fits
            self.lines.append((Piece(line), Piece(f"   {behind}", "muted")) if last else (Piece(line),))
        if behind and not fits:
            for line in wrap(behind, self.width, " " * len(pad), " " * len(pad)):
                self.lines.append((Piece(line, "muted"),))
        self._other_language(main.other_wording, len(pad), 1)
        for why in row.troubles:
            self.trouble(why, len(pad))
