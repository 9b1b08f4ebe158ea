"""Keeps the blocks that the document prints about each partner, so that a key typed composes few of them again.

The *cast* is what a sentence may need to know of partners and people to name them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from tui.agreement.blocks import Block, Item, Signature
from tui.partnership.newest import Newest
from tui.partnership.values import Entry, Value
from tui.text.french_names import FrenchName

# By the id of each partner and person its cells as (name, value); the cell "" holds whether the entry is in force.
Cast = dict[str, list[tuple[str, object]]]
# The cells that change what a sentence calls somebody, or whether it names them at all.
GRAMMAR = frozenset({"article", "gender", "number", "elides"})  # of a French name; English sentences use none of it
_NAMING_CELLS = frozenset({"", "name", "short_name", *GRAMMAR, "status"})
_CAST_CELLS = _NAMING_CELLS | {"#order", "#removed"}  # and those that change which partners are printed, in which order
_TITLE_CELLS = frozenset({"title", "accountable"})  # the cells that only sections with titles print


def cast_of(entries: Iterable[Entry], lang: str) -> tuple[Cast, Cast]:
    """Return (cells that any sentence may depend on, cells that only sentences with titles depend on).

    The first hold names, status and order of partners and people, in French also their grammar, without address, role
    or date; the second titles and who is accountable. Removed entries are included, since a line may still refer to
    them.
    """
    cast_cells = _CAST_CELLS if lang == "fr" else _CAST_CELLS - GRAMMAR
    cast, titles = Cast(), Cast()
    for entry in entries:
        cast[entry.id], titles[entry.id] = [("", entry.is_in_use)], []
        for key, cell in entry.cells.items():
            field = key.partition("@")[0]
            if field in cast_cells:
                cast[entry.id].append((key, cell.value))
            elif field in _TITLE_CELLS:
                titles[entry.id].append((key, cell.value))
    return cast, titles


class PartnerBlocks:
    """Keeps the blocks about each partner while what they print is the same.

    The blocks of commitments depend on their rows, on the names of those whom the rows mention, and on what else the
    caller passes.
    """

    def __init__(self) -> None:
        # By id whether the partner is active, then its cells in `_NAMING_CELLS`.
        self._cast: dict[str, list[object]] = {}
        self._hidden: Mapping[str, str] = {}  # that of `set_cast`
        self._named = Newest[frozenset[str]]()  # by name the ids that the rows of the blocks mention
        self._kept = Newest[tuple[Block, ...]]()  # by name the blocks
        self._items = Newest[Item]()  # by the id of a row: its item in a list
        self._members: dict[str, list[object]] = {}  # those of the cast whom the rows of the present blocks mention
        # By the partner's id: its item in the list of partners, and its signature block.
        self.items, self.signatures = Newest[Item](), Newest[Signature]()
        self.french_names = Newest[FrenchName]()  # by the partner's id: `Phrasing.french`
        self.small_names = Newest[tuple[str, ...]]()  # `Phrasing.small_names`
        # By what they are grouped for: the rows of a question that are printed together.
        self.groups = Newest[tuple[tuple[Entry, ...], ...]]()

    def set_cast(self, cast: Cast, present: Collection[str], hidden: Mapping[str, str]) -> None:
        """Set what `of` compares: the cells of partners and people, the ids of active partners, hidden people.

        `cast` is the first value of `cast_of`; `hidden` maps the id of a person who may not be named to its partner's.
        """
        self._hidden = hidden
        self._cast = {
            member_id: [member_id in present, *(cell for cell in cells if cell[0].partition("@")[0] in _NAMING_CELLS)]
            for member_id, cells in cast.items()
        }

    def of(
        self,
        name: str,
        givers: Collection[str],
        rows: tuple[Entry, ...],
        made_from: tuple[object, ...],
        make: Callable[[], tuple[Block, ...]],
    ) -> tuple[Block, ...]:
        """Return the blocks kept under `name` while they print the same, else what `make` returns.

        They are about `givers` (ids) and `rows`; `made_from` is all else that `make` reads.
        """
        named = self._named.of(name, rows, lambda: frozenset({*givers, *texts_of(rows)}))
        if hidden := named & self._hidden.keys():
            named |= {self._hidden[person] for person in hidden}
        self._members = {member_id: self._cast[member_id] for member_id in named & self._cast.keys()}
        return self._kept.of(name, (made_from, self._members, *rows), make)

    def item(self, row: Entry, make: Callable[[], Item]) -> Item:
        """Return the item of a row within the blocks that `of` makes, while it prints the same.

        So a sentence is not composed again where only the words above the list change.
        """
        return self._items.of(row.id, (row, self._members), make)


def texts_of(rows: Iterable[Entry]) -> Iterator[str]:
    """Yield the texts in the values of some rows; ids that they refer to are among them, their subjects' too."""
    return _texts([[*row.subject, *(cell.value for cell in row.cells.values())] for row in rows])


def _texts(value: Value) -> Iterator[str]:
    """Yield all texts within a value; ids that it refers to are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)
