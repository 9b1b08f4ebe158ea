"""The lines of a returned text and of our own: the readers of each kind of file make them, `line_matching` pairs them.

A returned text is a draft of the agreement that a partner changed and sent back.
"""

from __future__ import annotations

from tui.agreement.blocks import NOWHERE, Origin
from tui.fast_dataclass import dataclass

LARGEST = 30_000_000  # bytes of a file, and of each part of it once unpacked
# `ReturnedLine.place` of a line outside of our running text: written between the quoted lines of a mail, or in a file
# (an altChunk) that another program embedded in a Word file.
ANSWER, CHUNK = "answer", "chunk"


class CannotRead(ValueError):
    """Raised when a returned file cannot be read; the message tells the user why, and what to ask the partner for."""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change of a line: characters `start` to `end` (not included) were added, or `removed` taken out."""

    start: int
    end: int
    author: str = ""
    date: str = ""  # ISO date
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin or a note, and the words it is about."""

    text: str
    author: str = ""
    date: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One paragraph, item or cell of a returned text, its tracked changes accepted."""

    text: str
    marks: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    gone: bool = False  # whether all of it was removed as a tracked change or struck: then `text` is what was removed
    anchors: tuple[str, ...] = ()  # the bookmarks or ids of our export that stand on its words
    row: int = 0  # counts the rows of tables: cells of one row have one number; 0 outside of tables
    item: bool | None = None  # whether it is an item of a list; None if the file does not say
    heading: bool = False
    whole: str = ""  # the text together with the words that are struck by formatting, "" if none are
    place: str = ""  # "" in the running text, else ANSWER or CHUNK


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """One line of our text, and the field it comes from."""

    text: str
    origin: Origin = NOWHERE
    section: str = ""  # the id of its section
    heading: str = ""  # of its section, with the number
    lang: str = "fr"
    whole: bool = False  # whether it is one value, such as a date, which changes as a whole and not word by word
    cell: bool = False  # whether it is a cell of a table
    drawn: bool = False  # whether the program writes it (version and date), so that a change of it is ignored
    anchor: str = ""  # the bookmark or id that the export puts on it
    row: int = 0  # as in ReturnedLine
    item: bool | None = None  # as in ReturnedLine
    owner: str = ""  # the id of the partner in whose item or below whose heading it stands
    label: str = ""  # the words before the value of a cell that is printed as a line: « Montant : »
    again: bool = False  # whether it repeats an entry that an earlier section prints
    struck: bool = False  # whether words of it are struck by formatting in our own text
    hole: str = ""  # the words printed in it for a missing answer: « [à préciser] »

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its section."""
        return bool(self.heading) and self.text == self.heading


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned text as it was read from its file: its lines, and who sent it."""

    lines: tuple[ReturnedLine, ...]
    author: str = ""  # who saved or sent it last, "" if it does not say
    word: bool = False  # whether it is a Word file
    page: bool = False  # whether it is an HTML page
    raw: tuple[str, ...] = ()  # the lines of a plain text as they came, with quote signs; () for other files
    edges: tuple[ReturnedLine, ...] = ()  # the headers and footers of a Word file
    name: str = ""  # of the attached file that it was read from, "" for none
    others: tuple[Returned, ...] = ()  # the other texts of the same mail, to be tried if this one is not of ours
    letter: str = ""  # what the sender of a mail wrote in it, beside the text that it quotes or brings
    refused: tuple[str, ...] = ()  # why files attached to a mail cannot be read, and what to do
