"""One question painted as a form, from the partnership's value, the place and the width alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.agreement.phrasing import Phrasing
from tui.guide.guide_types import Field, Part, Question
from tui.i18n import _
from tui.partnership.answers import cell_name
from tui.partnership.completion import filled
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.partners import WHO, active, givers, partner, partners, rows_of
from tui.partnership.positions import levels
from tui.partnership.privacy import POSITIONS
from tui.partnership.section_order import arranged
from tui.partnership.values import Entry, Value, answer_id, held
from tui.screens.facts import facts_for
from tui.screens.slots import ADD, MORE, PAIR, Form, Slot, place_of
from tui.terminal.line_pane import Line, Piece
from tui.text.result_cache import CachedByText
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.workspace.workspace import Workspace
from tui.workspace.writing import misread

MARGIN = 1


@CachedByText  # what a form says stays while one writes in it, and may be as long as a vision
def _said(text: str, style: str, indent: int, width: int) -> tuple[Line, ...]:
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class Canvas:
    """Lines and places of one form, `width` cells wide.

    `room` is how many rows a long text may take before it scrolls within itself; `height` how many the editor needs
    at the place one writes at (0: not known yet).
    """

    def __init__(self, width: int, room: int, height: int = 0) -> None:
        self.width = width
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

    def add(self, slot: Slot, here: bool) -> None:
        """The line that adds a row: its words, or the editor over it."""
        height = max(self.height, 1) if here else 1
        self.slots.append(replace(slot, row=len(self.lines), x=3, width=self.width - 3, height=height))
        style = "accent" if here else "muted"
        self.lines.append((Piece(f"{_mark(here)}+ ", style), Piece("" if here and self.covered else slot.hint, style)))
        self.lines += [()] * (height - 1)

    def folded(self, slot: Slot, names: list[str], here: bool, indent: int) -> None:
        """The line that shows the fields folded away."""
        self.slots.append(replace(slot, row=len(self.lines), x=indent))
        line = wrap(_("more: {names}").format(names=", ".join(names)), self.width - indent - 2)[0]
        self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}+ {line}", "accent" if here else "muted"),))

    def typed(self, slot: Slot, label: str, here: bool, indent: int, column: int) -> None:
        """A field that is written: label beside the text, or above it for prose and on narrow panes."""
        style = "accent" if here else "muted"
        shown = _("{label} (private)").format(label=label) if slot.private else label
        below = slot.kind == "prose" or column + indent > self.width // 2 or cells(shown) >= column
        x = indent + (2 if below else column)
        width = max(self.width - x, 8)
        under = here and self.covered
        rows, height = self._rows(slot, width, under)
        if below:
            self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}{shown}", style),))
        self.slots.append(replace(slot, row=len(self.lines), x=x, width=width, height=height))
        head = " " * x if below else f"{_mark(here)}{' ' * (indent - 1)}{_pad(shown, column)}"
        for at in range(height):
            lead = Piece(head, style) if at == 0 else Piece(" " * x)
            text = "" if under else rows[at] if slot.text else shorten(slot.hint, width - 1) or "—"
            self.lines.append((lead, Piece(text, "" if slot.text else "hint")))

    def _rows(self, slot: Slot, width: int, here: bool) -> tuple[list[str], int]:
        if here and self.height:
            return [""], min(self.height, self.room)
        seen = slot.text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(seen, width - 1) if seen else [""]
        return rows, min(len(rows), self.room)

    def choice(self, slot: Slot, label: str, here: bool, indent: int = MARGIN, column: int = 12) -> None:
        """A choice: its words, or all options with their numbers where one stands."""
        style = "accent" if here else "muted"
        head = Piece(f"{_mark(here)}{' ' * (indent - 1)}{_pad(label, column)}", style)
        x = indent + column
        self.slots.append(replace(slot, row=len(self.lines), x=x, width=self.width - x))
        if not here:
            words = dict(slot.options).get(slot.chosen, "")
            first, *rest = wrap(words, self.width - x) if words else ["—"]
            self.lines.append((head, Piece(first, "" if words else "hint")))
            self.lines += [(Piece(" " * x + line),) for line in rest]
            return
        line, used = [head], x
        for at, (code, words) in enumerate(slot.options, 1):
            chosen = code == slot.chosen
            text = f"{glyphs.radio(chosen)} {at} {words}"
            if used > x and used + cells(text) > self.width:
                self.lines.append(tuple(line))
                line, used = [Piece(" " * x)], x
            style = "strong accent" if chosen else ""
            for part in wrap(text, max(self.width - x, 8), "", "    "):
                if line[1:] and used + cells(part) > self.width:
                    self.lines.append(tuple(line))
                    line, used = [Piece(" " * x)], x
                line += [Piece(part, style), Piece("   ")]
                used += cells(part) + 3
        self.lines.append(tuple(line))

    def flag(self, slot: Slot, label: str, here: bool, indent: int) -> None:
        """A box to tick."""
        self.slots.append(replace(slot, row=len(self.lines), x=indent, width=self.width - indent))
        style = "accent" if here else "" if slot.chosen else "muted"
        self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}{glyphs.tick(bool(slot.chosen))} {label}", style),))


def _mark(here: bool) -> str:
    return "›" if here and not glyphs.plain_marks() else ">" if here else " "


def _pad(text: str, width: int) -> str:
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))


NEW = "new"  # the id of a row that is not there yet: its first letter makes it


def _begins(workspace: Workspace) -> str:
    """Where one begins: at a partner's position in a round, else ("") at the first place that is empty."""
    asked = workspace.question.id
    return f"{answer_id(asked, workspace.subject)}/level" if asked in POSITIONS and workspace.place.partner else ""


class FormPainter(Canvas):
    """Paints the question of a desk. `open_more` shows the fields that are folded away."""

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
    ) -> None:
        super().__init__(max(width - 1, 12), room, height)
        self._workspace = workspace
        self._adding = adding  # the row being written in the line that adds
        self._more = open_more
        self._calm = calm  # before others: no private word, no help, no state
        self._partnership = workspace.view if calm else workspace.partnership
        self._reading = ParseContext(workspace.guide, workspace.partnership, workspace.lang)
        self._voice = Phrasing(workspace.guide, self._partnership, workspace.lang)

    def paint(self) -> Form:
        """The form of the present question."""
        form = self._painted(self._workspace.place.slot or _begins(self._workspace))
        if form.slot is not None and form.slot.key != self._workspace.place.slot:
            form = self._painted(form.slot.key)  # no place was wanted: the first empty one is
        return form

    def read(self) -> list[Line]:
        """The answer to be read, without its question: one stands at no place of it."""
        self._painted("#")
        head = next((at for at, line in enumerate(self.lines) if not line), 0)
        return self.lines[head + 1 :]

    def _painted(self, wanted: str) -> Form:
        self.lines, self.slots = [], []
        question = self._workspace.question
        self._head(question, wanted)
        for part in question.parts:
            if part.list:
                self._list(question, part, wanted)
            elif part.fields:
                self._single(question, part, wanted)
        if question.id == WHO:
            self._add(question, question.parts[0], wanted, _("add organisations, one a line"), (NEW,))
        if not self._calm:
            self._foot(question)
        return Form(tuple(self.lines), tuple(self.slots), place_of(self.slots, wanted))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _head(self, question: Question, wanted: str) -> None:
        self.say(question.text.get(self._workspace.lang), "title")
        if question.private and not self._calm:
            self.say(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self.blank()
        if question.scope != "project":
            self._partner_bar()
        if question.scope in ("pair", "partner_or_pair"):
            self._pair(question, wanted)
        if not self._calm:
            found = facts_for(self._workspace, question)
            for text, style in found:
                self.say(text, style)
            if found:
                self.blank()

    def _partner_bar(self) -> None:
        workspace = self._workspace
        known = active(self._partnership)
        one = partner(self._partnership, workspace.place.partner)
        if one is None:
            self.say(_("No partner yet: write the organisations below, one a line."), "hint")
            self.blank()
            return
        at = next((at for at, other in enumerate(known, 1) if other.id == one.id), 0)
        count = _("{done} of {total}").format(done=at, total=len(known))
        status = workspace.guide.choice("status", one.status, workspace.lang)
        name = one.name(workspace.lang) or self._nameless
        lead = f" ‹ {count} ›  "
        pieces = [Piece(lead, "accent"), Piece(shorten(name, max(self.width - cells(lead), 8)), "strong")]
        if not self._calm and cells(lead) + cells(name) + cells(status) + 3 <= self.width:
            pieces.append(Piece(f"   {status}", "muted"))
        self.lines.append(tuple(pieces))
        self.blank()

    def _pair(self, question: Question, wanted: str) -> None:
        workspace = self._workspace
        others = [one for one in partners(self._partnership) if one.id != workspace.place.partner]
        if not others:
            return
        options = [("", _("alone"))] if question.scope == "partner_or_pair" else []
        options += [(one.id, one.short(workspace.lang) or self._nameless) for one in others]
        slot = Slot(PAIR, PAIR, question.parts[0], Entry(NEW, question.id), None, options=tuple(options),
                    chosen=workspace.place.other)  # fmt: skip
        self.choice(slot, _("With"), wanted == PAIR)
        self.blank()

    def _foot(self, question: Question) -> None:
        self.blank()
        workspace = self._workspace
        if not question.private:
            places = arranged(workspace.guide, workspace.partnership).appears(question, workspace.lang)
            said = _("Appears in {places}.").format(places=places) if places else _("Does not appear in the document.")
            self.say(said, "muted")
        self.say(question.help.get(workspace.lang), "muted")

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _single(self, question: Question, part: Part, wanted: str) -> None:
        workspace = self._workspace
        if question.scope == "pair" and not workspace.place.other:
            self.say(_("Choose a second partner to say something of the two."), "hint")
            return
        if question.scope != "project" and not workspace.place.partner:
            return
        subject = workspace.subject
        name = subject[0] if question.id == WHO else answer_id(question.id, subject)
        entry = self._partnership.entry(name) or Entry(name, question.id, "", subject)
        self._fields(part, entry, self._shown(part, entry, wanted), wanted, MARGIN)
        self.blank()

    def _shown(self, part: Part, entry: Entry, wanted: str) -> list[Field]:
        """The fields to paint: all but hidden ones; those folded away only when filled, asked for or stood at."""
        return [
            field
            for field in part.fields
            if not field.hidden
            and not (self._calm and (field.private or field.without_leave))
            and (
                not field.more
                or self._more
                or wanted == f"{entry.id}/{field.id}"
                or any(filled(cell.value) for key, cell in entry.cells.items() if key.partition("@")[0] == field.id)
            )
        ]

    def _fields(self, part: Part, entry: Entry, fields: list[Field], wanted: str, indent: int) -> None:
        names = [field.label.get(self._workspace.lang) for field in fields]
        column = min(max(map(cells, names), default=0), 24 if self.width > 56 else 14) + 2
        for field in fields:
            self._field(part, entry, field, wanted, indent, column)
        folded = [one for one in part.fields if one not in fields and not one.hidden]
        if folded and not self._calm:
            slot = Slot(f"{entry.id}/{MORE}", MORE, part, entry)
            self.folded(
                slot, [one.label.get(self._workspace.lang).lower() for one in folded], wanted == slot.key, indent
            )

    def _field(self, part: Part, entry: Entry, field: Field, wanted: str, indent: int, column: int) -> None:
        workspace = self._workspace
        key = f"{entry.id}/{field.id}"
        here = wanted == key
        label = field.label.get(workspace.lang)
        cell = cell_name(field, workspace.lang)
        value = entry.get(cell) if not field.translatable else entry.text(field.id, workspace.lang)
        slot = Slot(key, field.kind, part, entry, field, cell, private=field.private,
                    text="" if field.kind in ("choice", "flag") else self._written(field, entry, value),
                    hint=field.hint.get(workspace.lang))  # fmt: skip
        if held(entry, cell):
            label = _("{label} (two wordings)").format(label=label)
        if field.kind == "choice":
            known = workspace.guide.choices[field.choices]
            codes = (
                levels(workspace.guide, workspace.partnership, str(value))
                if field.choices == "position"
                else tuple(known)
            )
            options = tuple((code, known[code].get(workspace.lang)) for code in codes)
            chosen = str(
                value if value is not None else (field.default or ("prospective" if field.id == "status" else ""))
            )
            self.choice(replace(slot, options=options, chosen=chosen), label, here, indent, column)
        elif field.kind == "flag":
            self.flag(replace(slot, chosen="yes" if value else ""), label, here, indent)
        else:
            self.typed(slot, label, here, indent, column)
            if not (here and self.covered):
                self.trouble("" if self._calm else misread(workspace, entry, field), indent + 2)

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _list(self, question: Question, part: Part, wanted: str) -> None:
        workspace = self._workspace
        if question.scope != "project" and not workspace.place.partner:
            return
        self.lines.append((Piece(f" {part.title.get(workspace.lang)}", "heading"),))
        for number, row in enumerate(self._entries(question, part), 1):
            if wanted.startswith(f"{row.id}/"):
                self._open_row(part, row, wanted)
            else:
                self._closed_row(part, row, number)
        add = part.add.get(workspace.lang)
        self._add(question, part, wanted, add, workspace.subject)
        self.blank()

    def _entries(self, question: Question, part: Part) -> Iterable[Entry]:
        source, _slash, name = part.store.partition("/")
        home, part_id = (source, name) if source else (question.id, part.id)
        partnership = self._partnership
        if question.scope == "project":
            rows = partnership.rows(home, part_id)
        else:
            rows = rows_of(partnership, home, part_id, self._workspace.place.partner)
        return [row for row in rows if row.id != self._adding]

    def _open_row(self, part: Part, row: Entry, wanted: str) -> None:
        self._fields(part, row, self._shown(part, row, wanted), wanted, MARGIN + 2)

    def _closed_row(self, part: Part, row: Entry, number: int) -> None:
        workspace, main = self._workspace, part.main
        assert main is not None
        text = self._in_words(main, row) or "—"
        facts = [self._fact(field, row) for field in part.fields if field is not main and not field.hidden]
        facts = [fact for fact in facts if fact]
        if len(givers(row)) > 1:
            facts.append(_("shared by {n}").format(n=len(givers(row))))
        pad = f" {number:>2}  "
        shown = wrap(text, self.width, pad, " " * len(pad))
        key = f"{row.id}/{main.id}"
        self.slots.append(Slot(key, main.kind, part, row, main, cell_name(main, workspace.lang), text,
                                len(self.lines), len(pad), self.width - len(pad)))  # fmt: skip
        behind = " · ".join(facts) if not self._calm else ""
        fits = cells(shown[-1]) + cells(behind) + 3 <= self.width
        for at, line in enumerate(shown):
            last = at == len(shown) - 1 and behind and fits
            self.lines.append((Piece(line), Piece(f"   {behind}", "muted")) if last else (Piece(line),))
        if behind and not fits:
            for line in wrap(behind, self.width, " " * len(pad), " " * len(pad)):
                self.lines.append((Piece(line, "muted"),))
        for field in part.fields:
            self.trouble("" if self._calm else misread(workspace, row, field), len(pad))

    def _fact(self, field: Field, row: Entry) -> str:
        """A field in a closed row: a ticked box gives its label, and who shares the row is said by a count."""
        if field.kind == "flag":
            return field.label.get(self._workspace.lang).lower() if row.get(field.id) else ""
        return "" if field.kind == "partners" else self._in_words(field, row)

    def _in_words(self, field: Field, row: Entry) -> str:
        if field.translatable:
            return row.text(field.id, self._workspace.lang)
        value = row.get(field.id)
        return "" if value is None or value is False else self._written(field, row, value)

    def _written(self, field: Field, entry: Entry, value: Value) -> str:
        """A value as one would write it; before others as the document says it, where no name is one too many."""
        return self._voice.shown(entry, field.id) if self._calm else format_value(self._reading, field, value)

    @property
    def _nameless(self) -> str:
        return self._voice.word("an_organisation") if self._calm else _("unnamed organisation")

    def _add(self, question: Question, part: Part, wanted: str, words: str, subject: tuple[str, ...]) -> None:
        main = part.main
        assert main is not None
        source, _slash, name = part.store.partition("/")
        home = source or question.id, name if source else part.id
        entry = Entry(NEW, *home, subject)
        begun = self._workspace.partnership.entry(self._adding)
        if begun is not None and (begun.question, begun.part) == home:
            entry = begun
        text = entry.text(main.id, self._workspace.lang)
        slot = Slot(f"+{part.id}", ADD, part, entry, main, cell_name(main, self._workspace.lang), text, hint=words)
        self.add(slot, wanted == slot.key)
