"""A call note sorted: each line goes to a question, its addresses and amounts recognised, and stays marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.form import giving
from tui.form.money_line import FUNDING, read_money_line
from tui.guide.guide_types import Guide, Part, Question
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import Change, Entry, Value
from tui.text.clean import lines as listed
from tui.text.name_matching import fold
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row, person_cells, type_into

SENT = "✓ "  # begins a line that was sent
# What begins a line that no key sorts, typed as it is said on the telephone.
_BETWEEN_US = r"(?i)\W*(entre nous|between us)\b"
OTHER = "x"  # the letter that opens the list of all other places
TextPosition = tuple[int, int]  # line and column, from 0
# The kinds of field that a line of words can land in.
_TEXTS = frozenset({"line", "prose", "effort", "number", "date", "period", "amount"})


def words_and_cells(workspace: Workspace, question: Question, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the words, the other cells by their keys) of the new row that a line of a note makes.

    The line itself stays in the note.
    """
    if (question.id, part.id) == (WHO, "people"):
        return _person(workspace, text)
    if question.id == FUNDING:
        return read_money_line(workspace.form_context, part, text)
    return text, {}


def _person(workspace: Workspace, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the name, the other cells) of a person that a line names.

    Remarks of the line stay in the note alone, which is private.
    """
    cells = person_cells(text, workspace.typed_lang)
    return str(cells.pop("name")), cells


@dataclass(frozen=True, slots=True)
class Destination:
    """A place where a line may go."""

    letter: str  # the key that sends a line there, "" for a place of the list of all others
    question: str
    part: str = ""
    field: str = ""  # "" for a list, whose rows have a main field
    state: str = ""  # what the row begins with, where it is not the guide's default

    @property
    def id(self) -> str:
        """The name of the place among all places, "question/part/field"."""
        return f"{self.question}/{self.part}/{self.field}"


_BY_QUESTION = frozenset({"open.history", "open.how_many"})  # places called by their question's name, not the field's
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
    """Return a place in words: its field, else its list, else its question."""
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = part.field(destination.field) if part is not None and destination.field else None
    named = field.label if field is not None else part.title if part is not None and part.title.fr else question.short
    words = named.get(workspace.lang)
    if destination.state:
        return _("Confirmed contributions")
    if destination.letter and destination.question in _BY_QUESTION:
        return question.short.get(workspace.lang)
    return words


def is_printed_at_once(workspace: Workspace, destination: Destination) -> bool:
    """Return whether a line sent to `destination` is printed in the document at once."""
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = (
        part.field(destination.field)
        if part is not None and destination.field
        else part.main
        if part is not None
        else None
    )
    if question.private or part is None or field is None or field.private or field.without_leave:
        return False
    if not part.public_when or field.always_public:
        return True
    owner = workspace.partnership.entry(workspace.place.partner)
    begun = row_defaults(workspace.partnership, part, (workspace.place.partner,))
    for condition in part.public_when:
        begins = destination.state or begun.get(condition.field)
        value = begins if condition.of == "entry" else owner.get(condition.field) if owner is not None else None
        if value in condition.values:
            return True
    return False


def other_destinations(guide: Guide) -> Iterator[Destination]:
    """Yield every place of the guide that a line of words can land in; questions about two partners have none."""
    for step in guide.walked:
        for question in step.questions:
            for part in question.parts if question.scope != "pair" else ():
                if part.list and not part.store and not part.more:
                    yield Destination("", question.id, part.id)
                elif not part.list:
                    for field in part.fields:
                        if field.kind in _TEXTS and not field.hidden:
                            yield Destination("", question.id, part.id, field.id)


def send(
    workspace: Workspace, note: str, start: TextPosition, end: TextPosition, destination: Destination
) -> tuple[str, TextPosition]:
    """Send what stands between two positions of a note to `destination`: the whole line where they are one.

    Return (the note with it marked, the position of the next line to sort). A line marked « entre nous » goes nowhere,
    nor does what is selected with it. What is sent of a line stands on a line of its own from then on; blank lines
    stay. A line that was sent goes again only where words of it are selected.
    """
    if holds_between_us(note, start, end):
        return note, next_line(note, max(start, end)[0])
    lines = note.split("\n")
    first, last, lines = _apart(lines, start, end)
    again = start != end
    with workspace.edits.as_one():
        for at in range(first, last + 1):
            sent = lines[at].startswith(SENT)
            words = lines[at].removeprefix(SENT) if not sent else _within(lines[at], at, start, end)
            found = listed(words)
            if not found or (sent and not again):
                continue
            deliver(workspace, destination, " ".join(found))
            if not sent:
                lines[at] = SENT + lines[at]
        after = "\n".join(lines)
        _rewrite(workspace, after)
    return after, next_line(after, last)


def _apart(lines: list[str], start: TextPosition, end: TextPosition) -> tuple[int, int, list[str]]:
    """Return (first line, last line, all lines) once the selection stands on lines of its own."""
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
    if listed(head):
        body[0] = body[0][left:].lstrip()
    before = [head.rstrip()] if listed(head) else []
    behind = [tail.lstrip()] if tail.strip() else []
    made = [*lines[:first], *before, *body, *behind, *lines[last + 1 :]]
    return first + len(before), last + len(before), made


def _within(line: str, at: int, start: TextPosition, end: TextPosition) -> str:
    """Return what is selected of `line`, the line number `at`, which was sent before."""
    (first, left), (last, right) = sorted((start, end))
    right = right if at == last else len(line)
    left = left if at == first else 0
    return line[max(left, len(SENT)) : right]


def next_line(note: str, after: int = -1) -> TextPosition:
    """Return the position of the first line after `after` that is still to be sorted, else the end of the note."""
    lines = note.split("\n")
    found = (at for at in range(after + 1, len(lines)) if is_open(lines[at]))
    at = next(found, len(lines) - 1)
    return at, 0 if is_open(lines[at]) else len(lines[at])


def position_to_sort(note: str, line: int) -> TextPosition:
    """Return the position of `line` where it is still to be sorted, else of the next one that is, else of the first."""
    lines = note.split("\n")
    place = next_line(note, line - 1)
    return place if is_open(lines[place[0]]) else next_line(note)


def is_open(line: str) -> bool:
    """Return whether a line of a note is still to be sorted: not blank, not sent, not « entre nous »."""
    return bool(line.strip()) and not line.startswith(SENT) and not is_between_us(line)


def is_between_us(line: str) -> bool:
    """Return whether a line of a note is marked « entre nous »: no key sorts it."""
    return re.match(_BETWEEN_US, line) is not None


def holds_between_us(note: str, start: TextPosition, end: TextPosition) -> bool:
    """Return whether a line marked « entre nous » stands between two places of a note."""
    (first, _left), (last, _right) = sorted((start, end))
    return any(map(is_between_us, note.split("\n")[first : last + 1]))


def mark_between_us(workspace: Workspace, note: str, start: TextPosition, end: TextPosition) -> TextPosition:
    """Mark the lines between two positions « entre nous ». Return the position of the next line to sort."""
    (first, _left), (last, _right) = sorted((start, end))
    lines = note.split("\n")
    for at in range(first, min(last + 1, len(lines))):
        if is_open(lines[at]):
            lines[at] = _("between us: {line}").format(line=lines[at].strip())
    with workspace.edits.as_one():
        _rewrite(workspace, "\n".join(lines))
    return next_line("\n".join(lines), last)


def _rewrite(workspace: Workspace, note: str) -> None:
    """Set the text of the present partner's note."""
    part = workspace.guide.question(NOTE).parts[0]
    assert part.main is not None
    type_into(workspace, single_entry(workspace.partnership, NOTE, (workspace.place.partner,)), part.main, note)


def deliver(workspace: Workspace, destination: Destination, text: str, instead: str = "") -> str:
    """Write words at a place: as new text, or instead of the row (its id) or field (any word) that `instead` names.

    Return where they stand now, "entry id/field".
    """
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    assert part is not None
    subject = () if question.scope == "project" else (workspace.place.partner,)
    if part.list:
        main = part.main
        assert main is not None
        row = workspace.partnership.entry(instead) if instead else None
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
    before = "" if instead else entry.text(field.id, workspace.typed_lang)
    between = "\n" if field.kind == "prose" else " ; "
    type_into(workspace, entry, field, f"{before}{between}{text}" if before else text)
    if destination.question == "open.how_many":
        _counted(workspace, entry, text)
    return slot


def texts_at(workspace: Workspace, destination: Destination) -> list[tuple[str, str]]:
    """Return the (entry id, words) of each text at a place, which words sent there could replace."""
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    field = (
        part.field(destination.field)
        if part is not None and destination.field
        else part.main
        if part is not None
        else None
    )
    if part is None or field is None or field.kind not in _TEXTS:
        return []
    subject = None if question.scope == "project" else workspace.place.partner
    rows = workspace.partnership.rows(question.id, part.id)
    rows = tuple(row for row in rows if subject is None or subject in row.givers)
    found = ((row.id, workspace.form_context.written(row, field)) for row in rows)
    return [(name, words) for name, words in found if words.strip()]


def _counted(workspace: Workspace, entry: Entry, text: str) -> None:
    """Fill the numbers of « 2 à 4 organismes » or « 8 personnes » into their cells, where these are empty."""
    words = fold(text)
    of = "people_" if re.search(r"\b(personnes?|people|persons?)\b", words) and "organi" not in words else ""
    found = [int(item) for item in re.findall(r"(?<!\d)\d{1,3}(?!\d)", text)]
    if 1 <= len(found) <= 2 and entry.get(f"{of}min") is None and entry.get(f"{of}max") is None:
        low, high = min(found), max(found)
        changes = [Change(entry.id, entry.question, f"{of}min", low)]
        if len(found) == 2:
            changes.append(Change(entry.id, entry.question, f"{of}max", high))
        workspace.edit(changes)


def note_of(workspace: Workspace, partner: str) -> str:
    """Return the text of a partner's note."""
    entry = workspace.partnership.entry(f"{NOTE}:{partner}")
    return entry.text("text", workspace.typed_lang) if entry is not None else ""


def unsorted_lines(workspace: Workspace, partner: str) -> int:
    """Return how many lines of a partner's note are still to be sorted."""
    return sum(map(is_open, note_of(workspace, partner).split("\n")))
