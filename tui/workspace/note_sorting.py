"""Sorting the note of a call: a line is copied to the question that it answers, and stays in the note with a mark.

Addresses and amounts in the line are recognised. A line marked « entre nous » (between us) is private and goes nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.form import giving
from tui.form.money_line import FUNDING, read_money_line
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import Change, Entry, Value
from tui.text.clean import pasted_lines
from tui.text.name_matching import fold
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row, person_cells, type_into

SENT = "✓ "  # begins a line that was sent
# Begins a line that no key copies anywhere, as « Entre nous : … »: only the two who speak may read it.
_BETWEEN_US = r"(?i)\W*(entre nous|between us)\b"
OTHER = "x"  # the letter that opens the list of all other places
TextPosition = tuple[int, int]  # line and column, from 0
# The kinds of field that a line of words can land in.
_TYPED_KINDS = frozenset({"line", "prose", "effort", "number", "date", "period", "amount"})


def words_and_cells(workspace: Workspace, question: Question, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the words, the other cells by their keys) of the new row that a line of a note makes.

    The line itself stays in the note.
    """
    if (question.id, part.id) == (WHO, "people"):
        return _name_and_cells(workspace, text)
    if question.id == FUNDING:
        return read_money_line(workspace.form_context, part, text)
    return text, {}


def _name_and_cells(workspace: Workspace, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the name, the other cells by their keys) of a person that a line names.

    Remarks of the line stay in the note alone, which is private.
    """
    cells = person_cells(text, workspace.typed_lang)
    return str(cells.pop("name")), cells


@dataclass(frozen=True, slots=True)
class Destination:
    """A place where a line may go."""

    letter: str  # the key that sends a line there, "" for a place of the list of all others
    question: str  # its id
    part: str = ""  # the id of a list, "" for the answer itself
    field: str = ""  # the id of a field of the answer; "" for a list: words go into the main field of its rows
    state: str = ""  # the code in the row's field "state", where it is not the guide's default

    @property
    def id(self) -> str:
        """Where a line goes, "question/part/field"; two destinations that differ in their `state` alone share it."""
        return f"{self.question}/{self.part}/{self.field}"


# The questions whose destination with a letter is called by the question's name, not by the field's.
_CALLED_BY_QUESTION = frozenset({"open.history", "open.how_many"})
DESTINATIONS = (
    Destination("c", "open.contributions", "rows"),
    Destination("C", "open.contributions", "rows", state="confirmed"),
    Destination("p", WHO, "people"),
    Destination("h", "open.history", "", "note"),
    Destination("t", "commit.time", "rows"),
    Destination("r", WHO, "", "reason"),
    Destination("n", "open.how_many", "", "reason"),
    Destination("b", "commit.win_win", "receives"),
    Destination("o", "gather.objectives", "rows"),
    Destination("v", "gather.vision", "", "vision"),
    Destination("f", "commit.funding", "rows"),
    Destination("m", "extra.points", "rows"),
)


def destination_label(workspace: Workspace, destination: Destination) -> str:
    """Return what a destination is called: as its field, else as its list, else as its question."""
    if destination.state:  # the only destination with a state
        return _("Confirmed contributions")
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = part.field(destination.field) if part is not None and destination.field else None
    if destination.letter and destination.question in _CALLED_BY_QUESTION:
        words = question.short
    elif field is not None:
        words = field.label
    elif part is not None and part.title.fr:
        words = part.title
    else:
        words = question.short
    return words.get(workspace.lang)


def _field_of(part: Part | None, destination: Destination) -> Field | None:
    """Return the field that words sent to `destination` go into, in its part; None where the guide has none."""
    if part is None:
        return None
    return part.field(destination.field) if destination.field else part.main


def is_printed_at_once(workspace: Workspace, destination: Destination) -> bool:
    """Return whether a line of the present partner's note, sent to `destination`, is printed in the document at once.

    Where a part is public under conditions, one that holds is enough.
    """
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = _field_of(part, destination)
    if question.private or part is None or field is None or field.private:
        return False
    if field.without_leave:
        answer = single_entry(workspace.partnership, question.id, (workspace.place.partner,))
        return bool(answer.get("leave") == "yes")
    if not part.public_when or field.always_public:
        return True
    owner = workspace.partnership.entry(workspace.place.partner)
    defaults = row_defaults(workspace.partnership, part, (workspace.place.partner,))
    for condition in part.public_when:
        if condition.of == "entry":
            value = destination.state or defaults.get(condition.field)
        else:
            value = owner.get(condition.field) if owner is not None else None
        if value in condition.values:
            return True
    return False


def other_destinations(guide: Guide) -> Iterator[Destination]:
    """Yield every place of the guide that a line of words can land in: its lists, and the typed fields of its answers.

    Questions about two partners have none, nor have lists that show another question's rows or are folded away.
    """
    for step in guide.walked_steps:
        for question in step.questions:
            if question.scope == "pair":
                continue
            for part in question.parts:
                if part.list and not part.store and not part.more:
                    yield Destination("", question.id, part.id)
                elif not part.list:
                    for field in part.fields:
                        if field.kind in _TYPED_KINDS and not field.hidden:
                            yield Destination("", question.id, part.id, field.id)


def send(
    workspace: Workspace, note: str, start: TextPosition, end: TextPosition, destination: Destination
) -> tuple[str, TextPosition]:
    """Send what is selected of the present partner's note to `destination`: the whole line where nothing is.

    `start` and `end` are the ends of the selection, in any order, and equal where nothing is selected. Return (the note
    with what was sent marked, the position of the next line to sort). A line marked « entre nous » goes nowhere, nor
    does what is selected with it. What is sent of a line stands on a line of its own from then on; blank lines stay. A
    line that was sent goes again only where words of it are selected. All of it is one step of undo.
    """
    if holds_between_us(note, start, end):
        return note, next_line(note, max(start, end)[0])
    lines = note.split("\n")
    first, last, lines = _split_at_selection(lines, start, end)
    with workspace.edits.as_one():
        for line_number in range(first, last + 1):
            was_sent = lines[line_number].startswith(SENT)
            words = pasted_lines(
                _selected_part(lines[line_number], line_number, start, end) if was_sent else lines[line_number]
            )
            if not words:
                continue
            deliver(workspace, destination, " ".join(words))
            if not was_sent:
                lines[line_number] = SENT + lines[line_number]
        marked = "\n".join(lines)
        _rewrite(workspace, marked)
    return marked, next_line(marked, last)


def _split_at_selection(lines: list[str], start: TextPosition, end: TextPosition) -> tuple[int, int, list[str]]:
    """Return (the selection's first line, its last line, all lines) once the selection stands on lines of its own.

    No line is split where nothing is selected, or where the first or the last line of the selection was sent before. A
    selection that ends before the first letter of a line ends with the line before.
    """
    (first, left), (last, right) = sorted((start, end))
    if start == end:
        return first, first, lines
    if right == 0 and last > first:
        last, right = last - 1, len(lines[last - 1])
    head, tail = lines[first][:left], lines[last][right:]
    body = lines[first : last + 1]
    if body[0].startswith(SENT) or body[-1].startswith(SENT):
        return first, last, lines
    body[-1] = body[-1][:right].rstrip() if tail.strip() else body[-1]
    if pasted_lines(head):  # more than the bullet of a list
        body[0] = body[0][left:].lstrip()
    before = [head.rstrip()] if pasted_lines(head) else []
    behind = [tail.lstrip()] if tail.strip() else []
    split = [*lines[:first], *before, *body, *behind, *lines[last + 1 :]]
    return first + len(before), last + len(before), split


def _selected_part(line: str, line_number: int, start: TextPosition, end: TextPosition) -> str:
    """Return what is selected of `line`, which is line number `line_number` of the note."""
    (first, left), (last, right) = sorted((start, end))
    right = right if line_number == last else len(line)
    left = left if line_number == first else 0
    return line[left:right]


def next_line(note: str, after: int = -1) -> TextPosition:
    """Return the position of the first line behind number `after` (-1: of all) that is still to be sorted.

    Where there is none it is in the last line: at its beginning if that is to be sorted itself, else at its end.
    """
    lines = note.split("\n")
    open_lines = (line_number for line_number in range(after + 1, len(lines)) if is_open(lines[line_number]))
    line_number = next(open_lines, len(lines) - 1)
    return line_number, 0 if is_open(lines[line_number]) else len(lines[line_number])


def position_to_sort(note: str, line: int) -> TextPosition:
    """Return the position of line number `line` if it is still to be sorted, else of the next one that is.

    Where no such line follows it is the first that is to be sorted; where there is none at all, the end of the note.
    """
    lines = note.split("\n")
    position = next_line(note, line - 1)
    return position if is_open(lines[position[0]]) else next_line(note)


def is_open(line: str) -> bool:
    """Return whether a line of a note is still to be sorted: not blank, not sent, not « entre nous »."""
    return bool(line.strip()) and not line.startswith(SENT) and not is_between_us(line)


def is_between_us(line: str) -> bool:
    """Return whether a line of a note is marked « entre nous »: no key sorts it."""
    return re.match(_BETWEEN_US, line) is not None


def holds_between_us(note: str, start: TextPosition, end: TextPosition) -> bool:
    """Return whether one of the lines from one position of a note to another is marked « entre nous »."""
    (first, _left), (last, _right) = sorted((start, end))
    return any(map(is_between_us, note.split("\n")[first : last + 1]))


def mark_between_us(workspace: Workspace, note: str, start: TextPosition, end: TextPosition) -> TextPosition:
    """Mark the lines from one position to another « entre nous »; blank, sent and marked lines stay as they are.

    The note is that of the present partner. Return the position of the next line to sort.
    """
    (first, _left), (last, _right) = sorted((start, end))
    lines = note.split("\n")
    for line_number in range(first, min(last + 1, len(lines))):
        if is_open(lines[line_number]):
            lines[line_number] = _("between us: {line}").format(line=lines[line_number].strip())
    marked = "\n".join(lines)
    with workspace.edits.as_one():
        _rewrite(workspace, marked)
    return next_line(marked, last)


def _rewrite(workspace: Workspace, note: str) -> None:
    """Set the text of the present partner's note."""
    part = workspace.guide.question(NOTE).parts[0]
    assert part.main is not None
    type_into(workspace, single_entry(workspace.partnership, NOTE, (workspace.place.partner,)), part.main, note)


def deliver(workspace: Workspace, destination: Destination, text: str, replaced: str = "") -> str:
    """Write words at `destination` and return where they stand now, "entry id/field id".

    In a list they make a new row, or replace the words of the row whose id is `replaced`. In a field of text they are
    put after what it holds, or replace it where `replaced` is not ""; a date, a number or an amount is always replaced.
    Words for `open.how_many` fill its number fields too.
    """
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    assert part is not None
    subject = () if question.scope == "project" else (workspace.place.partner,)
    if part.list:
        main = part.main
        assert main is not None
        row = workspace.partnership.entry(replaced) if replaced else None
        if row is not None:
            type_into(workspace, row, main, text)
        else:
            words, cells = words_and_cells(workspace, question, part, text)
            if destination.state:
                cells["state"] = destination.state
            row = new_row(workspace, Entry("", question.id, part.id, subject), part, words, cells)
        return f"{row.id}/{main.id}"
    field = part.field(destination.field)
    assert field is not None
    entry = single_entry(workspace.partnership, question.id, subject)
    slot = f"{entry.id}/{field.id}"
    if field.kind not in ("line", "prose", "effort"):
        workspace.edit(giving.give_typed(workspace.form_context, entry, field, text))
        return slot
    before = "" if replaced else entry.text(field.id, workspace.typed_lang)
    separator = "\n" if field.kind == "prose" else " ; "
    type_into(workspace, entry, field, f"{before}{separator}{text}" if before else text)
    if destination.question == "open.how_many":
        _fill_counts(workspace, entry, text)
    return slot


def texts_at(workspace: Workspace, destination: Destination) -> list[tuple[str, str]]:
    """Return the (entry id, words) of each text at `destination` that words sent there could replace; not blank ones.

    Of a question that each partner is asked they are those of the present partner.
    """
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = _field_of(part, destination)
    if part is None or field is None or field.kind not in _TYPED_KINDS:
        return []
    rows = workspace.partnership.rows(question.id, part.id)
    if question.scope != "project":
        rows = tuple(row for row in rows if workspace.place.partner in row.givers)
    texts = ((row.id, workspace.form_context.field_text(row, field)) for row in rows)
    return [(entry_id, words) for entry_id, words in texts if words.strip()]


def _fill_counts(workspace: Workspace, entry: Entry, text: str) -> None:
    """Fill the numbers of « 2 à 4 organismes » or « 8 personnes » into their cells, where both of these are empty.

    One number is the least, two are the least and the most; more than two, or none, fill nothing.
    """
    words = fold(text)
    prefix = "people_" if re.search(r"\b(personnes?|people|persons?)\b", words) and "organi" not in words else ""
    numbers = [int(digits) for digits in re.findall(r"(?<!\d)\d{1,3}(?!\d)", text)]  # four digits are a year
    is_empty = entry.get(f"{prefix}min") is None and entry.get(f"{prefix}max") is None
    if is_empty and 1 <= len(numbers) <= 2:
        low, high = min(numbers), max(numbers)
        changes = [Change(entry.id, entry.question, f"{prefix}min", low)]
        if len(numbers) == 2:
            changes.append(Change(entry.id, entry.question, f"{prefix}max", high))
        workspace.edit(changes)


def note_of(workspace: Workspace, partner: str) -> str:
    """Return the text of a partner's call note, in the language in which it is typed; "" for none."""
    return single_entry(workspace.partnership, NOTE, (partner,)).text("text", workspace.typed_lang)


def unsorted_lines(workspace: Workspace, partner: str) -> int:
    """Return how many lines of a partner's note are still to be sorted."""
    return sum(map(is_open, note_of(workspace, partner).split("\n")))
