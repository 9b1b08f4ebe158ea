"""What came back, one thing at a time: letters decide, the arrows go to another, several are accepted once shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from tui.i18n import _, ngettext
from tui.ui.page import TextScreen

Item = TypeVar("Item")
ItemOut = TypeVar("ItemOut", covariant=True)


class Review(Protocol[ItemOut]):
    """What came back, at the open partnership."""

    @property
    def open(self) -> Sequence[ItemOut]: ...
    def undo(self) -> bool: ...


class DecisionScreen(TextScreen[None], Generic[Item]):
    """One thing beside what it would change; the letters decide, the arrows go to another, Escape is for later.

    Each such page says its `what_came`, what it is `called`, its `text`, the `letters` that decide, and what each does.
    """

    letters: ClassVar[frozenset[str]]  # that decide, but for U, which takes the last decision back

    def __init__(self, review: Review[Item]) -> None:
        super().__init__()
        self._review = review
        self.at = 0
        self.accepting = False  # whether what T would accept is shown, to be confirmed

    @property
    def here(self) -> Item | None:
        """What one stands at; None once all is decided."""
        left = self._review.open
        return left[self.at] if left else None

    @abstractmethod
    def what_came(self) -> str:
        """« Un texte est revenu »."""

    @abstractmethod
    def called(self) -> str:
        """Return the file or the partner that it came from; "" for nobody known."""

    @abstractmethod
    def decide(self, letter: str, item: Item) -> None:
        """Do what one of the `letters` says of what one stands at; T shows what would be accepted together."""

    @abstractmethod
    def accept_shown(self) -> int:
        """Accept what T showed; how many."""

    def paint(self) -> None:
        """Paint what one stands at; of those left, where that one is decided."""
        self.at = min(self.at, max(len(self._review.open) - 1, 0))
        super().paint()

    def heading(self) -> str:
        """Return what came back, and how far one is with it."""
        said = [self.what_came(), self.called()]
        if left := self._review.open:
            said.insert(1, _("{at} of {n}").format(at=self.at + 1, n=len(left)))
        return " · ".join(filter(None, said))

    def done_keys(self) -> Sequence[tuple[str, str]]:
        """The keys once all is decided."""
        return [("U", _("undo")), (_("Esc"), _("back"))]

    def accepting_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys while it is shown what would be accepted together."""
        return [("T", _("accept all of these")), (_("Esc"), _("back"))]

    def later_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that leave what one stands at for later."""
        another = [("←→", _("another"))] if len(self._review.open) > 1 else []
        return [(_("Esc"), _("later")), *another]

    def act(self, key: str) -> bool:
        """Letters decide, left and right go to another."""
        letter = key.lower()
        if self.accepting and letter == "t":
            self.accepting = False
            count = self.accept_shown()
            self.message = ngettext("{n} accepted.", "{n} accepted.", count).format(n=count)
        elif key in ("left", "right") and not self.accepting:
            self.at = (self.at + (1 if key == "right" else -1)) % max(len(self._review.open), 1)
        elif self.accepting or not self._decided(letter):
            return super().act(key)
        self.paint()
        return True

    def run_own(self, command_id: str) -> bool:
        """Undo takes the last decision back here too."""
        if command_id != "undo":
            return False
        self._decided("u")
        self.paint()
        return True

    def _decided(self, letter: str) -> bool:
        """Do what a letter says; whether it meant something here."""
        item = self.here
        if letter == "u":
            self.message = _("Taken back.") if self._review.undo() else _("There is nothing to undo.")
            return True
        if item is None or letter not in self.letters:
            return False
        self.message = ""
        self.decide(letter, item)
        return True

    def leave(self) -> None:
        """Leave the page; from what would be accepted together, go back to deciding one by one."""
        if not self.accepting:
            super().leave()
            return
        self.accepting = False
        self.paint()
