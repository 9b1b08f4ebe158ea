"""The base of pages that review what came back, item by item: a difference of a text, an answer of a form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from tui.i18n import _, ngettext
from tui.ui.page import TextScreen

Item = TypeVar("Item")
ItemOut = TypeVar("ItemOut", covariant=True)


class Review(Protocol[ItemOut]):
    """The items of a text or form that came back: `open` are those still to be decided.

    `undo` takes the last decision back and returns whether there was one.
    """

    @property
    def open(self) -> Sequence[ItemOut]: ...
    def undo(self) -> bool: ...


class DecisionScreen(TextScreen[None], Generic[Item]):
    """One item with what it would change: letters decide it, ← and → go to another, Escape leaves it for later.

    A page defines `kind_words`, `origin_words`, `text`, `letters`, `decide` and `accept_shown`.
    """

    letters: ClassVar[frozenset[str]]  # the letters that decide, besides U (undo), which every such page has

    def __init__(self, review: Review[Item]) -> None:
        super().__init__()
        self._review = review
        self.at = 0
        self.confirms_all = False  # whether the page shows the items that T would accept, to be confirmed by T

    @property
    def current(self) -> Item | None:
        """The current item, None once all are decided."""
        open_items = self._review.open
        return open_items[self.at] if open_items else None

    @abstractmethod
    def kind_words(self) -> str:
        """Return what came back: « Un texte est revenu »."""

    @abstractmethod
    def origin_words(self) -> str:
        """Return the file or the partner it came from, "" if unknown."""

    @abstractmethod
    def decide(self, letter: str, item: Item) -> None:
        """Act on one of the `letters` for an item; T shows what would be accepted together."""

    @abstractmethod
    def accept_shown(self) -> int:
        """Accept what T showed; return how many items."""

    def paint(self) -> None:
        """Paint the current item; after it was decided, another open item."""
        self.at = min(self.at, max(len(self._review.open) - 1, 0))
        super().paint()

    def heading(self) -> str:
        """Return what came back, the number of the current item, and where it came from."""
        parts = [self.kind_words(), self.origin_words()]
        if open_items := self._review.open:
            parts.insert(1, _("{at} of {n}").format(at=self.at + 1, n=len(open_items)))
        return " · ".join(filter(None, parts))

    def done_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys once all is decided."""
        return [("U", _("undo")), (_("Esc"), _("back"))]

    def accepting_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys while the page shows what T would accept."""
        return [("T", _("accept all of these")), (_("Esc"), _("back"))]

    def later_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that leave the current item for later."""
        another = [("←→", _("another"))] if len(self._review.open) > 1 else []
        return [(_("Esc"), _("later")), *another]

    def act(self, key: str) -> bool:
        """Act on a key: a letter decides, ← and → go to another item. Return whether the key did something."""
        letter = key.lower()
        if self.confirms_all and letter == "t":
            self.confirms_all = False
            count = self.accept_shown()
            self.message = ngettext("{n} accepted.", "{n} accepted.", count).format(n=count)
        elif key in ("left", "right") and not self.confirms_all:
            self.at = (self.at + (1 if key == "right" else -1)) % max(len(self._review.open), 1)
        elif self.confirms_all or not self._act_on_letter(letter):
            return super().act(key)
        self.paint()
        return True

    def run_own_command(self, command_id: str) -> bool:
        """Take the last decision back for the command "undo". Return False for any other command."""
        if command_id != "undo":
            return False
        self._act_on_letter("u")
        self.paint()
        return True

    def _act_on_letter(self, letter: str) -> bool:
        """Act on a letter; return whether the key did something."""
        item = self.current
        if letter == "u":
            self.message = _("Taken back.") if self._review.undo() else _("There is nothing to undo.")
            return True
        if item is None or letter not in self.letters:
            return False
        self.message = ""
        self.decide(letter, item)
        return True

    def leave(self) -> None:
        """Leave the page; while it shows what T would accept, go back to deciding item by item."""
        if not self.confirms_all:
            super().leave()
            return
        self.confirms_all = False
        self.paint()
