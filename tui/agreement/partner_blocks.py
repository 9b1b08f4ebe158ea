"""What a section says of each partner's own, kept from one letter to the next: a name typed words few of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tui.agreement.blocks import Block
from tui.partnership.newest import Newest
from tui.partnership.values import Entry, Value

Cast = dict[str, list[tuple[str, object]]]  # by id: (cell, value) of each partner and person, "" for whether it stands
_NAMES = frozenset({"name", "short_name", "article", "gender", "number", "elides"})
_CAST = _NAMES | frozenset(
    {
        "status",
        "left_as",
        "named",
        "title",
        "accountable",
        "signs",
        "from",
        "until",
        "#order",
        "#removed",
    }
)


def cast_of(entries: Iterable[Entry]) -> Cast:
    """Return what the other sections need of partners and people: names and standing, no address and no role.

    Those who were taken away count too: a line that names one still does.
    """
    return {
        entry.id: [
            ("", entry.stands),
            *((key, cell.value) for key, cell in entry.cells.items() if key.partition("@")[0] in _CAST),
        ]
        for entry in entries
    }


class PartnerBlocks:
    """The blocks of each partner's own in a section, kept while nothing changed that they are told from.

    That is its rows, what those who are named in them are called, and all else, in which no name stands.
    """

    def __init__(self) -> None:
        self._context: tuple[object, ...] = ()
        self._cast: Cast = {}
        self._named = Newest[tuple[set[str], bool]]()
        self._kept = Newest[tuple[Block, ...]]()
        self.groups = Newest[tuple[tuple[Entry, ...], ...]]()  # rows that are told together, by their question

    def tell(self, cast: Cast, context: tuple[object, ...]) -> None:
        """Say who takes part (`cast_of`), and what else all blocks are told from (`context`)."""
        standing = [[about for about in member if about[0].partition("@")[0] not in _NAMES] for member in cast.values()]
        context = (list(cast), standing, *context)
        if self._context != context:  # the same object as long as it is equal
            self._context = context
        self._cast = cast

    def of(self, partner_id: str, rows: tuple[Entry, ...], make: Callable[[], tuple[Block, ...]]) -> tuple[Block, ...]:
        """Return the blocks of a partner: those kept, or what `make` returns."""
        told, group = self._named.of(partner_id, rows, lambda: _named(partner_id, rows))
        called = [name for known, name in self._cast.items() if group or known in told]
        return self._kept.of(partner_id, (self._context, called, *rows), make)


def _named(partner_id: str, rows: tuple[Entry, ...]) -> tuple[set[str], bool]:
    """Whom a partner's rows may name: the ids among these texts, or anybody.

    A group may name those whom it leaves out: « tous les partenaires, sauf A ».
    """
    values = [cell.value for row in rows for cell in row.cells.values()]
    return {partner_id, *_texts(values)}, any(isinstance(value, Mapping) and value.get("group") for value in values)


def _texts(value: Value) -> Iterator[str]:
    """Yield the texts in a value, the ids that it names among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)
