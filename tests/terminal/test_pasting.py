"""A paste is text to its end, in whatever pieces it comes; letters that wait together are written as one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult

from tui.terminal.editor import Editor
from tui.terminal.input_queue import InputQueue
from tui.terminal.key_parser import Pasted, PasteParser

START, END = "\x1b[200~", "\x1b[201~"
INSIDE = st.text(st.sampled_from("aé\n\r\t\x1b[]O52;cQ~\x9b201"), max_size=40).filter(lambda text: END not in text)


def pieces(text: str, cuts: list[int]) -> list[str]:
    """The text cut at these places."""
    at = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(at)]


@given(text=INSIDE, cuts=st.lists(st.integers(0, 60), max_size=8))
def test_one_paste_and_no_key_whatever_is_in_it_and_wherever_the_line_cuts_it(text: str, cuts: list[int]) -> None:
    parser = PasteParser()
    read = [event for piece in pieces(f"{START}{text}{END}x", cuts) for event in parser.feed(piece)]
    pasted = [event.text for event in read if isinstance(event, events.Paste)]
    keys = [event.key for event in read if isinstance(event, events.Key)]
    assert "".join(pasted) == text.replace("\x1b", "").replace("\x00", "")
    assert keys == ["x"]


@given(text=st.text(st.sampled_from("a\x1b[20~1"), max_size=30), cuts=st.lists(st.integers(0, 30), max_size=5))
def test_outside_of_a_paste_nothing_is_held_back_or_changed(text: str, cuts: list[int]) -> None:
    if START in text:
        return
    pasted = Pasted()
    assert [pasted.take(piece) for piece in pieces(text, cuts)] == pieces(text, cuts)


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
    app.turns = InputQueue(app, app.hand_on, lambda: astray.append("told"))
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
