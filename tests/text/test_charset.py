"""Tests of the terminal's character encoding by the variables of its locale."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.text.charset import locale_name, terminal_charset


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, ""),
        ({"LANG": "fr_CA.UTF-8"}, "fr_CA.UTF-8"),
        ({"LANG": "fr_CA.UTF-8", "LC_CTYPE": "fr_CA"}, "fr_CA"),
        ({"LANG": "fr_CA.UTF-8", "LC_CTYPE": "fr_CA", "LC_ALL": "C"}, "C"),
        ({"LANG": "fr_CA", "LC_CTYPE": " ", "LC_ALL": ""}, "fr_CA"),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, "C.UTF-8"),  # not what Python writes, which is to LC_CTYPE
        ({"LANG": "fr_CA", "LC_CTYPE": "C.UTF-8", "LC_ALL": "C.UTF-8"}, "C.UTF-8"),
    ],
)
def test_the_first_variable_that_says_something_counts(environ: dict[str, str], name: str) -> None:
    assert locale_name(environ) == name


@pytest.mark.parametrize(("first", "name"), [(b"LC_CTYPE=C.UTF-8\0LANG=fr_CA", "C.UTF-8"), (b"LANG=fr_CA", "fr_CA")])
def test_what_python_wrote_at_its_start_does_not_count(
    monkeypatch: pytest.MonkeyPatch, first: bytes, name: str
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _path: first)  # of the environment that the process was started with
    assert locale_name({"LANG": "fr_CA", "LC_CTYPE": "C.UTF-8"}) == name


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("", "utf-8"),
        ("fr_CA.UTF-8", "utf-8"),
        ("fr_CA.utf8", "utf-8"),
        ("C", "ascii"),
        ("POSIX", "ascii"),
        ("c", "ascii"),
        ("fr_CA", "iso8859-1"),
        ("fr_FR@euro", "iso8859-15"),
        ("ca_ES@valencia", "iso8859-1"),
        ("fr_FR.ISO-8859-15", "iso8859-15"),
        ("fr_FR.ISO-8859-1@euro", "iso8859-1"),
        ("ru_RU.KOI8-R", "koi8-r"),
        ("fr_CA.utf-9000", "utf-8"),
        ("fr_CA.nothing", "ascii"),
    ],
)
def test_each_locale_has_its_codec(name: str, codec: str) -> None:
    assert terminal_charset({"LANG": name}) == codec
