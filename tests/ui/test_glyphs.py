"""The marks of the pages: other ones where the terminal has no glyphs, and words that say what was set by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui import i18n
from tui.partnership.completion import ANSWERED, CONFIRM, DISCUSS, EMPTY, STARTED, VOID, Progress
from tui.ui import glyphs


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    """The answer is kept for the whole program: each test asks anew."""
    glyphs.plain_marks.cache_clear()
    yield
    glyphs.plain_marks.cache_clear()


@pytest.mark.parametrize(
    ("environ", "plain"),
    [
        ({"TERM": "xterm", "LC_ALL": "fr_CA.UTF-8"}, False), ({"TERM": "linux", "LC_ALL": "fr_CA.UTF-8"}, True),
        ({"TERM": "xterm", "LC_ALL": "fr_CA.ISO-8859-1"}, True),
        ({"TERM": "linux", "LC_ALL": "fr_CA.UTF-8", "ENTENTE_ASCII": "0"}, False),
        ({"TERM": "xterm", "LC_ALL": "fr_CA.UTF-8", "ENTENTE_ASCII": "1"}, True),
    ],
)  # fmt: skip
def test_marks_are_plain_where_the_terminal_has_no_others(
    environ: dict[str, str], plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "ENTENTE_ASCII"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    states = [glyphs.glyph(state) for state in (EMPTY, STARTED, ANSWERED, VOID, CONFIRM, DISCUSS)]
    radios, bar = (glyphs.radio(False), glyphs.radio(True)), glyphs.bar()
    assert [mark.isascii() for mark in (*states[:4], *radios, *bar, glyphs.rule(3), glyphs.wrong())] == [plain] * 10
    assert (len(set(states)), len(set(radios)), len(set(bar))) == (6, 2, 2), "no two look alike"
    assert (glyphs.tick(True), glyphs.tick(False)) == ("[x]", "[ ]") and len(glyphs.rule(3)) == 3


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(CONFIRM, 1, 2), "to confirm"), (Progress(DISCUSS, 0, 2), "to discuss"),
        (Progress(VOID, 0, 2), "not applicable"), (Progress(STARTED, 1, 2), "1 of 2"), (Progress(ANSWERED, 0, 0), ""),
    ],
)  # fmt: skip
def test_a_mark_set_by_hand_is_said_before_a_count(progress: Progress, words: str) -> None:
    i18n.use("en")
    assert glyphs.word(progress) == words
