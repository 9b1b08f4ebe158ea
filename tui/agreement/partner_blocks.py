"""What a section says of each partner's own, kept from one letter to the next: a name typed words few of them anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from tui.agreement.blocks import Block, Item, Signature
from tui.partnership.newest import Newest
from tui.partnership.values import Entry, Value

Cast = dict[str, list[tuple[str, object]]]  # by id: (cell, value) of each partner and person, "" for whether it stands
# What a sentence calls somebody, and whether it names them at all ("" is whether they stand).
_NAMES = frozenset({"", "name", "short_name", "article", "gender", "number", "elides", "status"})
_CAST = _NAMES | {"#order", "#removed"}
_ANSWERABLE = frozenset({"title", "accountable"})


def cast_of(entries: Iterable[Entry]) -> tuple[Cast, Cast]:
    """Return what the other sections need of partners and people, and what those need besides that name people.

    The first are names and standing, no address, role or date; the second who is accountable, and titles. Those who
    were taken away count too: a line that names one still does.
    """
    cast, answerable = Cast(), Cast()
    for entry in entries:
        cast[entry.id], answerable[entry.id] = [("", entry.stands)], []
        for key, cell in entry.cells.items():
            field = key.partition("@")[0]
            if field in _CAST:
                cast[entry.id].append((key, cell.value))
            elif field in _ANSWERABLE:
                answerable[entry.id].append((key, cell.value))
    return cast, answerable


class PartnerBlocks:
    """What the document says of each partner apart from the others, kept while all that it tells is the same.

    Of the commitments of a partner, or of several together, that is their rows, what those who are named in them are
    called, and what else the caller names.
    """

    def __init__(self) -> None:
        self._cast: dict[str, list[object]] = {}
        self._hidden: Mapping[str, str] = {}
        self._named = Newest[frozenset[str]]()
        self._kept = Newest[tuple[Block, ...]]()
        # What the list of partners says of each, and where each signs, by the partner's id:
        self.items, self.signatures = Newest[Item](), Newest[Signature]()
        self.groups = Newest[tuple[tuple[Entry, ...], ...]]()  # rows that are told together, by their question

    def tell(self, cast: Cast, present: Collection[str], hidden: Mapping[str, str]) -> None:
        """Say who takes part (`cast_of`), which partners count (ids), and whose each hidden person is (ids).

        Of titles and dates nothing is told here.
        """
        self._hidden = hidden
        self._cast = {
            name: [name in present, *(about for about in member if about[0].partition("@")[0] in _NAMES)]
            for name, member in cast.items()
        }

    def of(
        self,
        name: str,
        givers: Collection[str],
        rows: tuple[Entry, ...],
        told: tuple[object, ...],
        make: Callable[[], tuple[Block, ...]],
    ) -> tuple[Block, ...]:
        """Return the blocks kept under `name`, or what `make` returns.

        They tell of `givers` (ids) and `rows`; `told` is all else that `make` reads.
        """
        named = self._named.of(name, rows, lambda: frozenset({*givers, *_texts([_values(row) for row in rows])}))
        if hidden := named & self._hidden.keys():
            named |= {self._hidden[person] for person in hidden}
        called = [(known, member) for known, member in self._cast.items() if known in named]
        return self._kept.of(name, (told, called, *rows), make)


def _values(row: Entry) -> list[Value]:
    return [*row.subject, *(cell.value for cell in row.cells.values())]


def _texts(value: Value) -> Iterator[str]:
    """Yield the texts in a value, the ids that it names among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)
