"""Tests of paths given from outside: which are taken, and why others are refused before they are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.i18n import _
from tui.text.outside_paths import WrongPath, ignored_variables, outside_path, typed_path

SOURCE = "ENTENTE_STORE"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/tmp/a", "/tmp/a"),
        ("/tmp/l'été d'Anne", "/tmp/l'été d'Anne"),
        ("/tmp/a b\u00a0c", "/tmp/a b\u00a0c"),
        ("/tmp/prix$", "/tmp/prix$"),
        ("/tmp/100%", "/tmp/100%"),
        ("/tmp/a\udce9", "/tmp/a\udce9"),  # a name in an older encoding
    ],
)
def test_a_whole_path_is_taken_as_it_is(text: str, path: str) -> None:
    assert outside_path(text, SOURCE) == outside_path(text, SOURCE, relative=True) == Path(path)


def test_a_tilde_is_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/marie")
    assert outside_path("~/Entente", SOURCE) == typed_path(" « ~/Entente » ", SOURCE) == Path("/home/marie/Entente")


QUOTED = ("'/tmp/a'", '"/tmp/a"', "/tmp/a'", "/tmp/a”", "“/tmp/a", "`/tmp/a`", "«/tmp/a»")
UNFILLED = ("$HOME/a", "/tmp/$USER", "${X}/a", "$(pwd)/a", "%APPDATA%/a", "/tmp/%USER%/b")
HIDDEN = ("/tmp/a\n", "/tmp/\ta", "/tmp/a\u200b", "/tmp/\x1b[31m")


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("text", ["", " ", *QUOTED, *UNFILLED, *HIDDEN, "~no-such-account-here/a"])
def test_what_cannot_be_a_path_is_refused_with_its_source(text: str, relative: bool) -> None:
    with pytest.raises(WrongPath) as refused:
        outside_path(text, SOURCE, relative=relative)
    assert SOURCE in str(refused.value)
    assert str(refused.value).replace("\u00a0", " ").isprintable(), "no sign of a path reaches the terminal"


@pytest.mark.parametrize("text", ["a", "./a", "../a", "a/b"])
def test_a_relative_path_is_taken_only_where_it_may_be(text: str) -> None:
    assert outside_path(text, SOURCE, relative=True) == typed_path(f"'{text}'", SOURCE) == Path(text)
    with pytest.raises(WrongPath):
        outside_path(text, SOURCE)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "{source} is empty: give a path."),
        ("/tmp/\ta", "{source}: the path holds a character that cannot be seen."),
        ("'/tmp/a'", "{source}: {path} stands in quotes; write it without them."),
        ("/tmp/$USER", "{source}: nothing has filled in {variable} in {path}; write the whole path."),
        ("~no-such-account-here/a", "{source}: there is no account of the name in {path}."),
        ("a/b", "{source}: {path} does not begin with /; write the whole path."),
    ],
)
def test_each_reason_is_told_with_its_words(text: str, reason: str) -> None:
    with pytest.raises(WrongPath) as refused:
        outside_path(text, SOURCE)
    assert str(refused.value) == _(reason).format(source=SOURCE, path=text, variable="$USER")


def test_a_very_long_path_is_not_repeated() -> None:
    for length, shown in ((200, True), (201, False)):
        with pytest.raises(WrongPath) as refused:
            outside_path("a" * length, SOURCE)
        assert ("a" * 150 in str(refused.value)) is shown


def test_variables_that_name_no_whole_path_are_ignored() -> None:
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    for value, ignored in (("/a", False), ("", False), ("a", True), ("~/a", True), ("./a", True)):
        assert ignored_variables(dict.fromkeys(names, value)) == (list(names) if ignored else [])
    assert ignored_variables({}) == ignored_variables({"LANG": "fr"}) == []
