"""Windows that were opened and closed, pages walked to and letters typed leave nothing behind: objects are counted."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.screen import Screen
from textual.widget import Widget

from tests.screens.opened import filled_store, opened

pytestmark = pytest.mark.slow

ROUNDS = 5
LEFT = 40  # objects a round: one widget has hundreds, a screen thousands
WAYS = {
    "commands": ("f2", "escape"),
    "help": ("f1", "escape"),
    "the document": ("f5", "f5"),
    "a call note": ("f7", "f7"),
    "go to a question": ("alt+g", "escape"),
    "go to a partner": ("alt+G", "escape"),
    "find": ("alt+f", "escape"),
    "write files": ("alt+e", "escape"),
    "review": ("alt+i", "escape"),
    "send": ("alt+E", "escape"),
    "answers awaited": ("alt+A", "escape"),
    "versions": ("alt+V", "escape"),
    "both languages": ("alt+*", "escape"),
    "a text came back": ("alt+&", "escape"),
    "a round": ("alt+U", "escape"),
    "an example": ("alt+w", "escape"),
    "what is missing": ("alt+z", "escape"),
    "add partners": ("alt+a", "escape"),
    "the directory": ("alt+@", "escape"),
    "questions": ("f4", "f3"),
    "partners": ("f6", "f6"),
}


@pytest.fixture(autouse=True)
def _only_what_is_new() -> None:
    """Count only what a test makes: to look at all that the tests before it left takes ten times as long."""
    gc.collect()
    gc.freeze()


def living(*kinds: type) -> Counter[str]:
    """Count the living objects of these kinds, by their names; of all kinds where none is given."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if not kinds or isinstance(one, kinds))


@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
async def test_what_was_opened_and_closed_is_gone(tmp_path: Path, keys: Sequence[str]) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(100, 30)) as (app, pilot):
        await pilot.press(keys[0])
        away = (app.screen, app.workspace and app.workspace.place)
        await pilot.press(*keys[1:], *keys, *keys)
        here = (app.screen, app.workspace and app.workspace.place)
        assert here != away, "the first key leads elsewhere"
        grown, left = [], []
        # What is made once (a cache, a save) or is still in somebody's hands at an end falls into one of the two
        # stretches; what stays of each round falls into both.
        for _stretch in range(2):
            before, objects = living(Screen, Widget, Compositor), sum(living().values())
            for _round in range(ROUNDS):
                await pilot.press(*keys)
            assert (app.screen, app.workspace and app.workspace.place) == here, "the last one leads back"
            grown.append(living(Screen, Widget, Compositor) - before)
            left.append((sum(living().values()) - objects) / ROUNDS)
        in_both_languages = grown[0] & grown[1]
        assert max(in_both_languages.values(), default=0) < ROUNDS / 2, in_both_languages
        assert min(left) < LEFT, f"{left} objects a round stay"


async def test_of_letters_typed_only_what_is_shown_stays(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(100, 30)) as (_app, pilot):
        counts = []
        for letters in (300, 300):
            await pilot.press(*("abcdefg "[at % 8].replace(" ", "space") for at in range(letters)))
            counts.append(living())
        grown = counts[1] - counts[0]
        assert sum(grown.values()) < 300 * LEFT, grown.most_common(8)
        assert grown["HistoryEntry"] < 30, "what is shown keeps one entry, not one a letter"
