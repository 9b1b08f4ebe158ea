"""Deciding item by item: which item is current, what the letters do, and what T shows before it accepts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tui.screens.decision_screen import DecisionScreen
from tui.ui.page import TextScreen


class Page(DecisionScreen[str]):
    """A page of words that are taken with « a »."""

    letters = frozenset("at")
    taken: list[str]
    left: bool

    def kind_words(self) -> str:
        """Return what came back."""
        return "Revenu"

    def origin_words(self) -> str:
        """Return nothing: it is unknown."""
        return ""

    def decide(self, letter: str, item: str) -> None:
        """Take an item, or show what would be taken together."""
        if letter == "t":
            self.confirms_all = True
        else:
            self.taken.append(item)

    def accept_shown(self) -> int:
        """Take all."""
        self.taken += self._review.open
        return len(self._review.open)


def shown(monkeypatch: pytest.MonkeyPatch, *items: str, undoes: bool = True) -> Page:
    """The page of these items, seen by nobody."""
    review: Any = SimpleNamespace(open=list(items), undo=lambda: undoes)
    page = Page(review)
    page.taken, page.left = [], False
    monkeypatch.setattr(TextScreen, "paint", lambda page: None)
    monkeypatch.setattr(TextScreen, "act", lambda page, key: False)
    monkeypatch.setattr(TextScreen, "leave", lambda page: setattr(page, "left", True))
    return page


@pytest.mark.parametrize("count", [0, 1, 2, 3])
@pytest.mark.parametrize("confirms", [False, True])
@pytest.mark.parametrize("key", ["left", "right"])
def test_arrows_go_round_the_items_but_not_while_all_are_shown(
    monkeypatch: pytest.MonkeyPatch, count: int, confirms: bool, key: str
) -> None:
    page = shown(monkeypatch, *map(str, range(count)))
    page.confirms_all = confirms
    seen = []
    for _press in range(count + 1):
        seen.append(page.current)
        assert page.act(key) is not confirms
    way = range(count) if key == "right" else [0, *range(count - 1, 0, -1)]
    round_once = [str(number) for number in way] if count else [None]
    expected = [round_once[at % len(round_once)] for at in range(count + 1)]
    assert seen == ([round_once[0]] * (count + 1) if confirms else expected)
    assert ("1 sur" in page.heading().replace("\u00a0", " ")) is (count > 0 and (confirms or page.at == 0))


@pytest.mark.parametrize("confirms", [False, True])
@pytest.mark.parametrize(
    ("key", "acts", "taken"), [("a", True, ["un"]), ("A", True, ["un"]), ("t", True, []), ("x", False, [])]
)
def test_a_letter_decides_the_current_item_or_all_that_is_shown(
    monkeypatch: pytest.MonkeyPatch, confirms: bool, key: str, acts: bool, taken: list[str]
) -> None:
    page = shown(monkeypatch, "un", "deux")
    page.confirms_all = confirms
    assert page.act(key) is (key == "t" if confirms else acts)
    assert page.taken == ((["un", "deux"] if key == "t" else []) if confirms else taken)
    assert page.confirms_all is ((key != "t") if confirms else (key == "t"))
    assert bool(page.message) is (confirms and key == "t")


@pytest.mark.parametrize("confirms", [False, True])
def test_escape_leaves_what_is_shown_before_the_page(monkeypatch: pytest.MonkeyPatch, confirms: bool) -> None:
    page = shown(monkeypatch, "un", "deux")
    page.confirms_all = confirms
    page.leave()
    assert page.left is not confirms and not page.confirms_all


@pytest.mark.parametrize("undoes", [True, False])
@pytest.mark.parametrize("items", [(), ("un",)])
def test_undo_says_whether_there_was_anything(
    monkeypatch: pytest.MonkeyPatch, undoes: bool, items: tuple[str, ...]
) -> None:
    page = shown(monkeypatch, *items, undoes=undoes)
    assert page.act("u") and ("Repris" in page.message or "annul" in page.message.lower())
    by_letter = page.message
    page.message = ""
    assert page.run_own_command("undo") and page.message == by_letter
    assert not page.run_own_command("help")
    other = shown(monkeypatch, *items, undoes=not undoes)
    other.act("u")
    assert other.message != by_letter


@pytest.mark.parametrize("at", [0, 1, 2])
def test_behind_a_decided_item_stands_another_open_one(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    page = shown(monkeypatch, "un", "deux", "trois")
    page.at = at
    left = ["un", "deux", "trois"]
    while left:
        assert page.current == left[min(at, len(left) - 1)]
        left.remove(page.current)
        page._review.open.remove(page.current)  # type: ignore[attr-defined]
        page.paint()
    assert page.current is None and "sur" not in page.heading()
