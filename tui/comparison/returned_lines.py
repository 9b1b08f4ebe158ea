"""The lines of a returned text and of ours, whatever file they come from: what readers give and matching compares."""

from __future__ import annotations

from tui.agreement.blocks import NOWHERE, Origin
from tui.fast_dataclass import dataclass

LARGEST = 30_000_000  # bytes of a file, and of each part of it once unpacked
# Where a line stands that is not of our running text: between the lines of a mail, in what another program put in.
ANSWER, CHUNK = "answer", "chunk"


class CannotRead(ValueError):
    """What came back cannot be read; the message says why and what to ask for."""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change: who added the letters `start` to `end` of a line, or took `removed` out at `start`."""

    start: int
    end: int
    author: str = ""
    date: str = ""  # ISO date
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin, and the words it is about."""

    text: str
    author: str = ""
    date: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One paragraph, item or cell of what came back. One that was taken out with its marks kept is `gone`."""

    text: str
    marks: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    gone: bool = False
    anchors: tuple[str, ...] = ()  # those of our export whose words it holds
    row: int = 0  # counts the rows of tables: cells of one row have one number; 0 outside of tables
    item: bool | None = None  # whether it bears the mark of a list; None where the file does not say
    heading: bool = False
    whole: str = ""  # the text with the words that were struck by formatting, "" where none were
    place: str = ""  # "" in the running text, else ANSWER or CHUNK


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """One line of our text: the field it comes from, the section it stands in, and whether it changes as a whole."""

    text: str
    origin: Origin = NOWHERE
    section: str = ""
    heading: str = ""
    lang: str = "fr"
    whole: bool = False
    cell: bool = False  # of a table
    drawn: bool = False  # written by the program (version and date): a change of it says nothing
    anchor: str = ""
    row: int = 0  # counts the rows of tables, as in ReturnedLine
    item: bool | None = None
    owner: str = ""  # the id of the partner in whose item or below whose heading it stands
    label: str = ""  # the words « Montant : » before the value of a cell that the text form prints as a line
    again: bool = False  # whether its entry is told of in an earlier section, which this one repeats
    struck: bool = False  # whether words of it are struck by formatting in our own text
    hole: str = ""  # the words that stand in it for an answer that is missing, as they are printed: « [à préciser] »

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its section."""
        return bool(self.heading) and self.text == self.heading


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: its lines, who saved it last ("" when it does not say), and whether it is a Word file.

    `raw` holds the lines of a plain text as they are broken there, quote signs and marks included; () for files that
    know their paragraphs. `page` says that it is an HTML page, `edges` are the lines at the heads and feet of pages.
    """

    lines: tuple[ReturnedLine, ...]
    author: str = ""
    word: bool = False
    page: bool = False
    raw: tuple[str, ...] = ()
    edges: tuple[ReturnedLine, ...] = ()
