"""The terminal sequences of each route, byte by byte."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clipboard.settings import HARD
from tui.clipboard.routes import SCREEN_PIECE_BYTES, encoded_size, in_screen, in_tmux, osc52

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=2000)


def test_osc52_names_the_clipboard_and_ends_with_bel():
    assert osc52("né") == b"\x1b]52;c;bsOp\x07"


@given(TEXTS)
def test_osc52_carries_every_text_whole(text):
    found = re.fullmatch(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", osc52(text))
    assert found is not None
    assert base64.b64decode(found[1], validate=True).decode() == text
    assert encoded_size(text) == len(found[1])


def test_the_envelope_of_tmux_doubles_each_escape():
    assert in_tmux(osc52("a")) == b"\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"


@pytest.mark.parametrize("count", [1, 180, 181, 2000])
def test_the_pieces_for_screen_are_small_and_join_to_the_same(count):
    sequence = osc52(HARD[:1] * count)
    pieces = re.findall(rb"\x1bP(.*?)\x1b\\", in_screen(sequence), re.DOTALL)
    assert b"".join(pieces) == sequence
    assert max(map(len, pieces)) <= SCREEN_PIECE_BYTES
    assert sum(map(len, pieces)) + 4 * len(pieces) == len(in_screen(sequence))


def test_a_lone_surrogate_is_refused_and_not_altered():
    with pytest.raises(UnicodeEncodeError):
        osc52("a\ud800b")
