"""Letters that wait together are written as one text; what is pasted where nothing is written commands nothing."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from tui.terminal.editor import Editor
from tui.terminal.input_queue import InputQueue


class Written(App[None]):
    """One editor, and its keys by turns."""

    def __init__(self, single_line: bool) -> None:
        super().__init__()
        self.single_line = single_line
        self.given: list[str] = []
        self.turns = InputQueue(self, self.hand_on)

    def compose(self) -> ComposeResult:
        """The editor."""
        yield Editor(single_line=self.single_line)

    async def hand_on(self, event: events.Event) -> None:
        """Note what is handed on."""
        self.given.append(event.text if isinstance(event, events.Paste) else getattr(event, "key", "?"))


async def test_letters_that_wait_are_one_text_and_other_keys_stay_keys() -> None:
    for single_line, expected in ((False, ["x", "abcd\nef", "f4", "g", "h"]), (True, ["x", "abcd", "enter", "e", "f"])):
        app = Written(single_line)
        async with app.run_test() as pilot:
            app.query_one(Editor).focus()
            await pilot.pause()
            app.given.clear()
            keys = [*"xabcd", "enter", *"ef", "f4", *"gh"]
            for key in keys:
                await app.turns.take(events.Key(key, "\r" if key == "enter" else key if len(key) == 1 else None))
            for _time in range(20):
                await pilot.pause()
            assert app.given[: len(expected)] == expected


async def test_letters_that_wait_where_nothing_is_written_stay_keys_and_a_paste_is_told() -> None:
    """Who sorts forty lines by forty letters on a slow line types ahead; a paste is known by its brackets alone."""
    astray: list[str] = []
    app = Written(False)
    app.turns = InputQueue(app, app.hand_on, lambda _text: astray.append("told"))
    async with app.run_test() as pilot:
        app.set_focus(None)
        await pilot.pause()
        app.given.clear()
        letters = list("cmrchtpfbcmoa")
        for key in letters:
            await app.turns.take(events.Key(key, key))
        await app.turns.take(events.Paste("x! Q"))
        await app.turns.take(events.Key("z", "z"))
        for _time in range(80):
            await pilot.pause()
        assert (app.given, astray) == ([*letters, "z"], ["told"])


@pytest.mark.parametrize(
    ("keys", "is_text"),
    [
        ("un deux trois quatre cinq mots ici", True),  # a page
        ("un deux\ntrois quatre\ncinq mots ici", True),
        ("abcdefghijklmnopqrstuvwxyzabcdefghij", False),  # letters alone, however many
        ("a b c d e f g h i j k l m n", False),
        ("on y va", True),  # a line: seven letters, two words that are no letters
        ("on y v", False),
        ("commande x", False),
        ("on va\ny", False),  # of two lines neither is long enough
        ("deux mots", True),
    ],
)
async def test_words_that_arrive_together_are_no_commands(keys: str, is_text: bool) -> None:
    bursts: list[str] = []
    app = Written(False)
    app.turns = InputQueue(app, app.hand_on, None, lambda: True, bursts.append)
    async with app.run_test() as pilot:
        app.set_focus(None)
        await pilot.pause()
        app.given.clear()
        typed = ["enter" if key == "\n" else key for key in keys]
        for key in ("f3", *typed, "f4"):  # while the first one is handled the others wait
            await app.turns.take(events.Key(key, "\r" if key == "enter" else key if len(key) == 1 else None))
        for _time in range(80):
            await pilot.pause()
        assert bursts == ([keys] if is_text else [])
        assert app.given == ["f3", *(typed if not is_text else []), "f4"]


async def test_a_paste_goes_to_the_field_that_is_written_in() -> None:
    astray: list[str] = []
    app = Written(False)
    app.turns = InputQueue(app, app.hand_on, astray.append)
    async with app.run_test() as pilot:
        app.query_one(Editor).focus()
        await pilot.pause()
        app.given.clear()
        await app.turns.take(events.Paste("collé"))
        await pilot.pause()
        assert (app.given, astray) == (["collé"], [])
