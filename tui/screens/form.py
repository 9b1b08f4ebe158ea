"""One question painted as a form: pure layout from the project's value, the place and the width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.desk.desk import Desk
from tui.guide.types import Field, Part, Question
from tui.project.answers import cell_name
from tui.project.completion import filled
from tui.project.kinds import Reading, in_words
from tui.project.partners import WHO, active, givers, partner, partners, rows_of
from tui.project.values import Entry, answer_id
from tui.screens import marks
from tui.screens.facts import facts_for
from tui.screens.slots import ADD, MORE, PAIR, Form, Slot, place_of
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.widgets.lines import Line, Piece
from tui.words import _

MARGIN = 1
NEW = "new"  # the id of a row that is not there yet: its first letter makes it


class FormPainter:
    """Paints the question of a desk. `open_more` shows the fields that are folded away."""

    def __init__(
        self,
        desk: Desk,
        width: int,
        *,
        open_more: bool = False,
        room: int = 20,
        calm: bool = False,
        adding: str = "",
        height: int = 0,
    ) -> None:
        self._desk = desk
        self._adding = adding  # the row being written in the line that adds
        self._height = height  # rows the editor needs at the present place, 0: not known yet
        self._width = max(width - 1, 12)
        self._more = open_more
        self._room = room  # rows that a long text may take before it scrolls within itself
        self._calm = calm  # projected: no private word, no help, no state
        self._lines: list[Line] = []
        self._slots: list[Slot] = []
        self._reading = Reading(desk.guide, desk.project, desk.lang)

    def paint(self) -> Form:
        """The form of the present question."""
        form = self._painted(self._desk.place.slot)
        if form.slot is not None and form.slot.key != self._desk.place.slot:
            form = self._painted(form.slot.key)  # no place was wanted: the first empty one is
        return form

    def _painted(self, wanted: str) -> Form:
        self._lines, self._slots = [], []
        question = self._desk.question
        self._head(question)
        for part in question.parts:
            if part.list:
                self._list(question, part, wanted)
            elif part.fields:
                self._single(question, part, wanted)
        if question.id == WHO:
            self._add(question, question.parts[0], wanted, _("add organisations, one a line"), (NEW,))
        if not self._calm:
            self._foot(question)
        return Form(tuple(self._lines), tuple(self._slots), place_of(self._slots, wanted))

    # -- head and foot -------------------------------------------------------------------------------------------------

    def _say(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        pad = " " * indent
        for line in wrap(text, self._width, pad, pad):
            self._lines.append((Piece(line, style),))

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append(())

    def _head(self, question: Question) -> None:
        self._say(question.text.get(self._desk.lang), "title")
        if question.private:
            self._say(
                _("Private: never appears in the document; readable by those who have access to this folder."), "warn"
            )
        self._blank()
        if question.scope != "project":
            self._partner_bar()
        if question.scope in ("pair", "partner_or_pair"):
            self._pair(question)
        if not self._calm:
            found = facts_for(self._desk, question)
            for text, style in found:
                self._say(text, style)
            if found:
                self._blank()

    def _partner_bar(self) -> None:
        desk = self._desk
        known = active(desk.project)
        one = partner(desk.project, desk.place.partner)
        if one is None:
            self._say(_("No partner yet: write the organisations below, one a line."), "hint")
            self._blank()
            return
        at = next((at for at, other in enumerate(known, 1) if other.id == one.id), 0)
        count = _("{done} of {total}").format(done=at, total=len(known))
        status = desk.guide.choice("status", one.status, desk.lang)
        name = one.name(desk.lang) or _("unnamed organisation")
        pieces = [Piece(f" ‹ {count} ›  ", "accent"), Piece(name, "strong")]
        if not self._calm:
            pieces.append(Piece(f"   {status}", "muted"))
        self._lines.append(tuple(pieces))
        self._blank()

    def _pair(self, question: Question) -> None:
        desk = self._desk
        others = [one for one in partners(desk.project) if one.id != desk.place.partner]
        if not others:
            return
        options = [("", _("alone"))] if question.scope == "partner_or_pair" else []
        options += [(one.id, one.short(desk.lang) or _("unnamed organisation")) for one in others]
        slot = Slot(PAIR, PAIR, question.parts[0], Entry(NEW, question.id), None, options=tuple(options),
                    chosen=desk.place.other)  # fmt: skip
        self._choice(slot, _("With"), desk.place.slot == PAIR)
        self._blank()

    def _foot(self, question: Question) -> None:
        self._blank()
        desk = self._desk
        if not question.private:
            head = desk.guide.section(question.feeds)
            if head is not None:
                self._say(_("Appears in {number}, {heading}.").format(
                    number=head.number, heading=head.heading.get(desk.lang)), "muted")  # fmt: skip
            else:
                self._say(_("Does not appear in the document."), "muted")
        self._say(question.help.get(desk.lang), "muted")

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _single(self, question: Question, part: Part, wanted: str) -> None:
        desk = self._desk
        if question.scope == "pair" and not desk.place.other:
            self._say(_("Choose a second partner to say something of the two."), "hint")
            return
        if question.scope != "project" and not desk.place.partner:
            return
        subject = desk.subject
        name = subject[0] if question.id == WHO else answer_id(question.id, subject)
        entry = desk.project.entry(name) or Entry(name, question.id, "", subject)
        self._fields(part, entry, self._shown(part, entry, wanted), wanted, MARGIN)
        self._blank()

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
        names = [field.label.get(self._desk.lang) for field in fields]
        column = min(max(map(cells, names), default=0), 24 if self._width > 56 else 14) + 2
        for field in fields:
            self._field(part, entry, field, wanted, indent, column)
        if len(fields) < sum(not one.hidden for one in part.fields) and not self._calm:
            rest = [
                one.label.get(self._desk.lang).lower() for one in part.fields if one not in fields and not one.hidden
            ]
            slot = Slot(f"{entry.id}/{MORE}", MORE, part, entry, row=len(self._lines), x=indent)
            self._slots.append(slot)
            here = wanted == slot.key
            text = _("more: {names}").format(names=", ".join(rest))
            line = wrap(text, self._width - indent)[0]
            self._lines.append(
                (
                    Piece(
                        f"{'›' if here else ' '}{' ' * (indent - 1)}+ {line}"[: self._width],
                        "accent" if here else "muted",
                    ),
                )
            )

    def _field(self, part: Part, entry: Entry, field: Field, wanted: str, indent: int, column: int) -> None:
        desk = self._desk
        key = f"{entry.id}/{field.id}"
        here = wanted == key
        label = field.label.get(desk.lang)
        cell = cell_name(field, desk.lang)
        value = entry.get(cell) if not field.translatable else entry.text(field.id, desk.lang)
        slot = Slot(key, field.kind, part, entry, field, cell, private=field.private,
                    text="" if field.kind in ("choice", "flag") else in_words(self._reading, field, value),
                    hint=field.hint.get(desk.lang))  # fmt: skip
        if field.kind == "choice":
            codes = desk.guide.choices[field.choices]
            options = tuple((code, words.get(desk.lang)) for code, words in codes.items())
            chosen = str(
                value if value is not None else (field.default or ("prospective" if field.id == "status" else ""))
            )
            self._choice(_with(slot, options=options, chosen=chosen), label, here, indent, column)
        elif field.kind == "flag":
            self._flag(_with(slot, chosen="yes" if value else ""), label, here, indent)
        else:
            self._typed(slot, label, here, indent, column)

    def _typed(self, slot: Slot, label: str, here: bool, indent: int, column: int) -> None:
        below = slot.kind == "prose" or column + indent > self._width // 2
        style = "accent" if here else "muted"
        mark = "›" if here else " "
        shown = _("{label} (private)").format(label=label) if slot.private else label
        x = indent + (2 if below else column)
        width = max(self._width - x, 8)
        if here and self._height:
            rows, height = [""], min(self._height, self._room)
        else:
            seen = slot.text[: self._room * width]  # a long text is not wrapped beyond what is shown of it
            rows = wrap(seen, width - 1) if seen else [""]
            height = min(len(rows), self._room)
        if below:
            self._lines.append((Piece(f"{mark}{' ' * (indent - 1)}{shown}", style),))
        first = len(self._lines)
        self._slots.append(_with(slot, row=first, x=x, width=width, height=height))
        head = " " * x if below else f"{mark}{' ' * (indent - 1)}{_pad(shown, column)}"
        for at in range(height):
            lead = Piece(head, style) if at == 0 else Piece(" " * x)
            text = "" if here else rows[at] if slot.text else slot.hint or "—"
            self._lines.append((lead, Piece(text, "" if slot.text else "hint")))

    def _choice(self, slot: Slot, label: str, here: bool, indent: int = MARGIN, column: int = 12) -> None:
        first = len(self._lines)
        style = "accent" if here else "muted"
        mark = "›" if here else " "
        head = Piece(f"{mark}{' ' * (indent - 1)}{_pad(label, column)}", style)
        x = indent + column
        self._slots.append(_with(slot, row=first, x=x, width=self._width - x))
        if not here:
            words = dict(slot.options).get(slot.chosen, "")
            self._lines.append((head, Piece(words or "—", "" if words else "hint")))
            return
        line, used = [head], x
        for at, (code, words) in enumerate(slot.options, 1):
            chosen = code == slot.chosen
            text = f"{marks.radio(chosen)} {at} {words}"
            if used > x and used + cells(text) > self._width:
                self._lines.append(tuple(line))
                line, used = [Piece(" " * x)], x
            line.append(Piece(text, "strong accent" if chosen else ""))
            line.append(Piece("   "))
            used += cells(text) + 3
        self._lines.append(tuple(line))

    def _flag(self, slot: Slot, label: str, here: bool, indent: int) -> None:
        self._slots.append(_with(slot, row=len(self._lines), x=indent, width=self._width - indent))
        mark = "›" if here else " "
        style = "accent" if here else "" if slot.chosen else "muted"
        self._lines.append((Piece(f"{mark}{' ' * (indent - 1)}{marks.tick(bool(slot.chosen))} {label}", style),))

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _list(self, question: Question, part: Part, wanted: str) -> None:
        desk = self._desk
        if question.scope != "project" and not desk.place.partner:
            return
        self._lines.append((Piece(f" {part.title.get(desk.lang)}", "heading"),))
        for number, row in enumerate(self._rows(question, part), 1):
            if wanted.startswith(f"{row.id}/"):
                self._open_row(part, row, wanted)
            else:
                self._closed_row(part, row, number)
        add = part.add.get(desk.lang)
        self._add(question, part, wanted, add, desk.subject)
        self._blank()

    def _rows(self, question: Question, part: Part) -> Iterable[Entry]:
        source, _slash, name = part.store.partition("/")
        home, part_id = (source, name) if source else (question.id, part.id)
        project = self._desk.project
        if question.scope == "project":
            rows = project.rows(home, part_id)
        else:
            rows = rows_of(project, home, part_id, self._desk.place.partner)
        return [row for row in rows if row.id != self._adding]

    def _open_row(self, part: Part, row: Entry, wanted: str) -> None:
        self._fields(part, row, self._shown(part, row, wanted), wanted, MARGIN + 2)

    def _closed_row(self, part: Part, row: Entry, number: int) -> None:
        desk, main = self._desk, part.main
        assert main is not None
        text = self._in_words(main, row) or "—"
        facts = [self._in_words(field, row) for field in part.fields if field is not main and not field.hidden]
        facts = [fact for fact in facts if fact and fact != _("no")]
        if len(givers(row)) > 1:
            facts.append(_("shared by {n}").format(n=len(givers(row))))
        pad = f" {number:>2}  "
        shown = wrap(text, self._width, pad, " " * len(pad))
        key = f"{row.id}/{main.id}"
        self._slots.append(Slot(key, main.kind, part, row, main, cell_name(main, desk.lang), text,
                                len(self._lines), len(pad), self._width - len(pad)))  # fmt: skip
        behind = " · ".join(facts) if not self._calm else ""
        fits = cells(shown[-1]) + cells(behind) + 3 <= self._width
        for at, line in enumerate(shown):
            last = at == len(shown) - 1 and behind and fits
            self._lines.append((Piece(line), Piece(f"   {behind}", "muted")) if last else (Piece(line),))
        if behind and not fits:
            for line in wrap(behind, self._width, " " * len(pad), " " * len(pad)):
                self._lines.append((Piece(line, "muted"),))

    def _in_words(self, field: Field, row: Entry) -> str:
        if field.translatable:
            return row.text(field.id, self._desk.lang)
        value = row.get(field.id)
        return "" if value is None or value is False else in_words(self._reading, field, value)

    def _add(self, question: Question, part: Part, wanted: str, words: str, subject: tuple[str, ...]) -> None:
        main = part.main
        assert main is not None
        source, _slash, name = part.store.partition("/")
        home = source or question.id, name if source else part.id
        entry = Entry(NEW, *home, subject)
        begun = self._desk.project.entry(self._adding)
        if begun is not None and (begun.question, begun.part) == home:
            entry = begun
        key = f"+{part.id}"
        here = wanted == key
        text = entry.text(main.id, self._desk.lang)
        height = max(self._height, 1) if here else 1
        self._slots.append(Slot(key, ADD, part, entry, main, cell_name(main, self._desk.lang), text,
                                len(self._lines), 3, self._width - 3, height, hint=words))  # fmt: skip
        mark, style = ("›", "accent") if here else (" ", "muted")
        self._lines.append((Piece(f"{mark}+ ", style), Piece("" if here else words, style)))
        self._lines += [()] * (height - 1)


def _with(slot: Slot, **values: object) -> Slot:
    return replace(slot, **values)  # type: ignore[arg-type]


def _pad(text: str, width: int) -> str:
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))
