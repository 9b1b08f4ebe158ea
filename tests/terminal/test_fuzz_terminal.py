"""Some thousand characters of noise, and that the noise is heard: a parser that types it, or swallows keys, fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tests.terminal.fuzz_terminal import fuzz
from tui.terminal.key_parser import KeyParser


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_typed_that_nobody_typed_and_keys_act(seed: int) -> None:
    assert fuzz(seed, 1000)


def test_the_fuzz_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    stock = XTermParser()
    monkeypatch.setattr(KeyParser, "feed", lambda _parser, data: stock.feed(data))
    with pytest.raises(AssertionError):
        fuzz(0, 1000)

    def deaf(_parser: KeyParser, _data: str) -> Iterator[Message]:
        return iter([events.AppFocus()])

    monkeypatch.setattr(KeyParser, "feed", deaf)
    with pytest.raises(AssertionError):
        fuzz(0, 1000)
