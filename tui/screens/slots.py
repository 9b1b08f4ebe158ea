"""The places of a form where one can stand: a field, a choice, a box, or the line that adds a row."""

from __future__ import annotations

from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Part
from tui.partnership.partners import WHO, rows_of
from tui.partnership.values import Entry, answer_id
from tui.terminal.line_pane import Line
from tui.workspace.place import Place, subject
from tui.workspace.workspace import Workspace

TYPED = frozenset(
    {"line", "prose", "effort", "number", "date", "period", "amount", "partner", "partners", "someone", "someones"}
)
REFERENCES = frozenset({"partner", "partners", "someone", "someones"})  # kinds that name partners or people
ADD, MORE, PAIR = "add", "more", "pair"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place. `row` and `x` say where its value is painted, `width` and `height` how much room it has.

    `options` are the (code, words) of a choice; `text` is what the editor holds for a typed one.
    """

    key: str
    kind: str
    part: Part
    entry: Entry
    field: Field | None = None
    cell: str = ""
    text: str = ""
    row: int = 0
    x: int = 0
    width: int = 0
    height: int = 1
    options: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    hint: str = ""
    private: bool = False

    @property
    def typed(self) -> bool:
        """Whether letters are written here."""
        return self.kind in TYPED or self.kind == ADD

    @property
    def empty(self) -> bool:
        """Whether something is still to be said here; « alone » is an answer too."""
        chosen = self.chosen or any(not code for code, _words in self.options)
        return not self.text and not chosen and self.kind != MORE

    @property
    def single_line(self) -> bool:
        """Whether Enter goes on instead of starting a new line."""
        return self.kind != "prose"


@dataclass(frozen=True, slots=True)
class Form:
    """A painted question: its lines and the places in it, in the order of Tab."""

    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    active: int = -1

    @property
    def slot(self) -> Slot | None:
        """The place one stands at."""
        return self.slots[self.active] if 0 <= self.active < len(self.slots) else None

    def neighbour(self, by: int) -> Slot | None:
        """The place `by` further on, None past either end."""
        at = self.active + by
        return self.slots[at] if 0 <= at < len(self.slots) else None


def same_field(workspace: Workspace, slot: Slot, place: Place) -> str:
    """The key of the field at `place`, of another partner, that is the one of `slot` here.

    A row that the other partner shares is the same row; else it is the one of the same number, else the line that adds.
    """
    question = workspace.question
    if question.scope == "project" or slot.kind in (ADD, PAIR):
        return slot.key
    whom = subject(place, question)
    name = slot.field.id if slot.field is not None else MORE
    if not slot.part.list:
        return f"{place.partner if question.id == WHO else answer_id(question.id, whom)}/{name}"
    entry, partnership = slot.entry, workspace.partnership
    mine, theirs = (
        [row.id for row in rows_of(partnership, entry.question, entry.part, one)]
        for one in (workspace.place.partner, place.partner)
    )
    at = mine.index(entry.id) if entry.id in mine else len(theirs)
    row = entry.id if entry.id in theirs else theirs[at] if at < len(theirs) else ""
    return f"{row}/{name}" if row else f"+{slot.part.id}"


def place_of(slots: Sequence[Slot], key: str) -> int:
    """Where the slot of that key is; else the first that is still empty; else the first; -1 when there is none."""
    for at, slot in enumerate(slots):
        if slot.key == key:
            return at
    for at, slot in enumerate(slots):
        if slot.empty:
            return at
    return 0 if slots else -1
