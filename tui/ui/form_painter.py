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

MARGIN = 1
FIRST = "^"  # the key of no place: one stands where the form begins to be read


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a place of the form is painted: its first row and column from 0, its width and height in cells.

    `closed` is the place of a row that shows its words alone.
    """

    field: FormField
    row: int
    x: int
    width: int = 0
    height: int = 1
    closed: bool = False


@dataclass(frozen=True, slots=True)
class PaintedForm:
    """A painted question: its lines and the places in it, in the order of Tab; `active` is the one one stands at."""

    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    active: int = -1

    @property
    def slot(self) -> Slot | None:
        """Where the place one stands at is painted."""
        return self.slots[self.active] if 0 <= self.active < len(self.slots) else None

    @property
    def here(self) -> FormField | None:
        """The place one stands at."""
        slot = self.slot
        return slot.field if slot is not None else None

    def neighbour(self, by: int) -> FormField | None:
        """Return the place `by` further on, None past either end."""
        at = self.active + by
        return self.slots[at].field if 0 <= at < len(self.slots) else None


def _is_said_above(field: FormField) -> bool:
    """Whether a place says of whom the question is asked, which one reads above: the other partner, a name."""
    is_name = field.field is not None and field.field.main and field.kind == "line" and not field.part.list
    return field.kind == PAIR or (is_name and bool(field.text))


def _place_of(slots: Sequence[Slot], key: str) -> int:
    """Return where the place of that key is; else the first that is still empty; else the first.

    -1 when there is none.
    """
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


@CachedByText  # what a form says stays while one writes in it, and may be as long as a vision
def _said(text: str, style: str, indent: int, width: int) -> tuple[Line, ...]:
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class Canvas:
    """Lines and places of one form, `width` cells wide.

    `room` is how many rows a long text may take before it scrolls within itself; `height` how many the editor needs
    at the place one writes at (0: not known yet).
    """

    def __init__(self, width: int, room: int, height: int = 0, sought: SoughtOption = NOTHING_SOUGHT) -> None:
        self.width = width
        self.sought = sought
        self.room = room
        self.height = height
        self.covered = True  # the editor stands over the place one is at, which is painted empty under it
        self.lines: list[Line] = []
        self.slots: list[Slot] = []

    def say(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        """A wrapped text."""
        self.lines += _said(text, style, indent, self.width)

    def trouble(self, why: str, indent: int) -> None:
        """Why what stands above is in no document; nothing where it is understood."""
        if why:
            self.say(f"{glyphs.wrong()} {why}", "warn", indent)

    def blank(self) -> None:
        """An empty line, unless there is one already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def add(self, field: FormField, here: bool) -> None:
        """The line that adds a row: its words, or the editor over it."""
        height = max(self.height, 1) if here else 1
        self.slots.append(Slot(field, len(self.lines), 3, self.width - 3, height))
        style = "accent" if here else "muted"
        self.lines.append((Piece(f"{_mark(here)}+ ", style), Piece("" if here and self.covered else field.hint, style)))
        self.lines += [()] * (height - 1)

    def folded(self, field: FormField, here: bool, indent: int) -> None:
        """The line that shows the fields folded away."""
        self.slots.append(Slot(field, len(self.lines), indent))
        names = ", ".join(name.lower() for name in field.names)
        line = wrap(_("more: {names}").format(names=names), self.width - indent - 2)[0]
        self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}+ {line}", "accent" if here else "muted"),))

    def typed(self, field: FormField, here: bool, indent: int, column: int) -> None:
        """A field that is written: label beside the text, or above it for prose and on narrow panes."""
        style = "accent" if here else "muted"
        label = _("{label} (private)").format(label=field.label) if field.private else field.label
        text = field.text
        below = field.kind == "prose" or column + indent > self.width // 2 or cells(label) >= column
        x = indent + (2 if below else column)
        width = max(self.width - x, 8)
        under = here and self.covered
        rows, height = self._rows(text, width, under)
        if below:
            self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}{label}", style),))
        self.slots.append(Slot(field, len(self.lines), x, width, height))
        head = " " * x if below else f"{_mark(here)}{' ' * (indent - 1)}{_pad(label, column)}"
        for at in range(height):
            lead = Piece(head, style) if at == 0 else Piece(" " * x)
            shown = "" if under else rows[at] if text else shorten(field.hint, width - 1) or "—"
            self.lines.append((lead, Piece(shown, "" if text else "hint")))

    def _rows(self, text: str, width: int, here: bool) -> tuple[list[str], int]:
        if here and self.height:
            return [""], min(self.height, self.room)
        seen = text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(seen, width - 1) if seen else [""]
        return rows, min(len(rows), self.room)

    def choice(
        self, field: FormField, here: bool, indent: int = MARGIN, column: int = 12, *, explained: bool = False
    ) -> None:
        """A choice: its words, or all options with their numbers where one stands, each `explained` if asked for."""
        style = "accent" if here else "muted"
        head = Piece(f"{_mark(here)}{' ' * (indent - 1)}{_pad(field.label, column)}", style)
        x = indent + column
        options, chosen = field.options, field.chosen
        found = self._found(field, here)
        above = cells(field.label) >= column
        if above:  # no word of a label is cut: it stands above its options
            x = indent + 2
            hang = " " * indent
            label, *more = wrap(field.label, self.width, hang, hang)
            self.slots.append(Slot(field, len(self.lines), x, self.width - x))
            self.lines.append((Piece(_mark(here) + label[1:], style),))
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
        """The options that the letters typed there may mean."""
        if not here or self.sought.key != field.key:
            return ()
        return found_options(field.options, self.sought.letters)

    def _explained(self, field: FormField, head: Piece, indent: int) -> None:
        """The label, then one option a line with what it means."""
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
        """A box to tick."""
        self.slots.append(Slot(field, len(self.lines), indent, self.width - indent))
        ticked = bool(field.chosen)
        style = "accent" if here else "" if ticked else "muted"
        box = f"{_mark(here)}{' ' * (indent - 1)}{glyphs.tick(ticked)} "
        self.lines += [(Piece(line, style),) for line in wrap(field.label, self.width, box, " " * cells(box))]


def _mark(here: bool) -> str:
    return "›" if here and not glyphs.plain_marks() else ">" if here else " "


def _pad(text: str, width: int) -> str:
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))


def _begins(workspace: Workspace) -> str:
    """Return where one begins: at a partner's position in a round, else ("") at the first place that is empty."""
    asked = workspace.question.id
    return f"{answer_id(asked, workspace.subject)}/level" if asked in POSITIONS and workspace.place.partner else ""


class PublicContext(FormContext):
    """What a form is made from that is shown to others: the public view, told as the document tells it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.guide, workspace.view, workspace.lang)
        self._voice = Phrasing(workspace.guide, workspace.view, workspace.lang)

    @property
    def nameless(self) -> str:
        """What a partner who may not be named is called."""
        return self._voice.word("an_organisation")

    def tells(self, field: Field) -> bool:
        """Return whether a field is public whatever is answered."""
        return super().tells(field) and not field.private and not field.without_leave

    def tells_part(self, question: Question, part: Part) -> bool:
        """Return whether a part's rows are kept under a public question: a part may be a view of another's."""
        return question.private or not self.guide.question(part.home(question.id)[0]).private

    def written(self, entry: Entry, field: Field) -> str:
        """Return the value as the document says it, where no name is one too many."""
        return self._voice.shown(entry, field.id)

    def trouble(self, entry: Entry, field: Field) -> str:
        """Nothing: what is not understood is not told to others."""
        return ""

    def other_wording(self, entry: Entry, field: Field) -> str:
        """Nothing: what is kept in the other language may name whom `written` does not."""
        return ""


class FormPainter(Canvas):
    """Paints the question of a workspace. `open_more` shows the fields that are folded away."""

    def __init__(
        self,
        workspace: Workspace,
        width: int,
        *,
        open_more: bool = False,
        room: int = 20,
        calm: bool = False,
        adding: str = "",
        height: int = 0,
        sought: SoughtOption = NOTHING_SOUGHT,
    ) -> None:
        super().__init__(max(width - 1, 12), room, height, sought)
        self._workspace = workspace
        self._adding = adding  # the row being written in the line that adds
        self._more = open_more
        self._calm = calm  # before others: no private word, no help, no state
        self._context = PublicContext(workspace) if calm else workspace.form_context

    def paint(self) -> PaintedForm:
        """Return the form of the present question."""
        form = self._painted(self._workspace.place.slot or _begins(self._workspace))
        if form.here is not None and form.here.key != self._workspace.place.slot:
            form = self._painted(form.here.key)  # no place was wanted: the first empty one is
        return form

    def read(self) -> list[Line]:
        """Return the answer to be read, without its question: one stands at no place of it."""
        self._painted("#")
        head = next((at for at, line in enumerate(self.lines) if not line), 0)
        return self.lines[head + 1 :]

    def _painted(self, wanted: str) -> PaintedForm:
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
            else:  # the partners, whom the bar above shows one by one
                self.add(group.new, wanted == group.new.key)
        if not self._calm:
            self._foot(form.question)
        return PaintedForm(tuple(self.lines), tuple(self.slots), _place_of(self.slots, wanted))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _head(self, form: Form, wanted: str) -> None:
        question = form.question
        self.say(question.text.get(self._workspace.lang), "title")
        if question.private and not self._calm:
            self.say(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self.blank()
        if question.scope != "project":
            self._partner_bar()
        if form.other is not None:
            self.choice(form.other, wanted == form.other.key)
            self.blank()
        if not self._calm:
            self._facts(form)

    def _facts(self, form: Form) -> None:
        """What is known already; in the list of all partners a dot marks the one asked."""
        found = facts(form)
        for fact in found:
            lead = f"{glyphs.radio(fact.here)} " if fact.here is not None else ""
            self.say(lead + fact.text, fact.tone)
        if found:
            self.blank()

    def _partner_bar(self) -> None:
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
        if not partner.active:  # it is in no count: what it is stands in the place of its number
            count = status
        lead = f" ‹ {count} ›  "
        first, *more = wrap(name, max(self.width - cells(lead), 8))
        pieces = [Piece(lead, "accent"), Piece(first, "strong")]
        if partner.active and not self._calm and cells(lead) + cells(name) + cells(status) + 3 <= self.width:
            pieces.append(Piece(f"   {status}", "muted"))
        self.lines.append(tuple(pieces))
        self.lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        self.blank()

    def _foot(self, question: Question) -> None:
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
        shown = [field for field in group.fields if not field.folded]
        lang = self._workspace.lang
        names = [form_field.field.label.get(lang) for form_field in shown if form_field.field is not None]
        column = min(max(map(cells, names), default=0), 24 if self.width > 56 else 14) + 2
        for form_field in shown:
            self._field(form_field, wanted == form_field.key, indent, column)
        more = group.more
        if more is not None and not self._calm:
            self.folded(more, wanted == more.key, indent)

    def _field(self, field: FormField, here: bool, indent: int, column: int) -> None:
        if field.kind == "choice":
            self.choice(field, here, indent, column, explained=not self._calm)
        elif field.kind == "flag":
            self.flag(field, here, indent)
        else:
            self.typed(field, here, indent, column)
            if not (here and self.covered):
                self.trouble(field.trouble, indent + 2)
            self._other_language(field, indent + 2, self.room)
            if field.guess:
                said = _("In a sentence: {forms} (guessed; {key} confirms).")
                self.say(said.format(forms=field.guess, key=key_meanwhile("name_article")), "muted", indent + 2)

    def _other_language(self, field: FormField, indent: int, room: int) -> None:
        """What a text of both languages says in the other one, in at most `room` lines."""
        if said := field.other_wording:
            pad = " " * indent
            lines = first_lines(said, self.width, room, pad, pad)
            self.lines += [(Piece(line, "muted"),) for line in lines]

    def _list(self, group: Rows, wanted: str) -> None:
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
        main = row.main
        pad = f" {number:>2}  "
        shown = wrap(main.answer or "—", self.width, pad, " " * len(pad))
        self.slots.append(Slot(main, len(self.lines), len(pad), self.width - len(pad), closed=True))
        behind = " · ".join(row.details) if not self._calm else ""
        fits = cells(shown[-1]) + cells(behind) + 3 <= self.width
        for at, line in enumerate(shown):
            last = at == len(shown) - 1 and behind and fits
            self.lines.append((Piece(line), Piece(f"   {behind}", "muted")) if last else (Piece(line),))
        if behind and not fits:
            for line in wrap(behind, self.width, " " * len(pad), " " * len(pad)):
                self.lines.append((Piece(line, "muted"),))
        self._other_language(main, len(pad), 1)
        for why in row.troubles:
            self.trouble(why, len(pad))
