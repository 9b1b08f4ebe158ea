"""Whatever stands in files, paths, settings and variables: nothing that a command prints can steer a terminal."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.shell import Done, Shell
from tui import console
from tui.cli.invocation import as_json
from tui.text.clean import clean, escape_controls, escape_json

EVIL = "\x1b]0;pwned\x07\x9b31m\u202e\u2028\x85\x7f\rX"
ANY = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t\x0b\x85\u2028\u202e\ufeff\ud800\udce9\x1b\x9b a\\")))
NO_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]))


def steers(text: str) -> set[str]:
    """What in `text` is no plain character: `clean` would take it away. A break CR LF, as in a mail, is none."""
    text = text.replace("\r\n", "\n")
    return set(text) - set(clean(text))


# -- every text ----------------------------------------------------------------------------------------------------


@given(ANY, st.booleans())
def test_nothing_that_steers_is_left_and_nothing_else_changes(text: str, multiline: bool) -> None:
    shown = escape_controls(text, multiline)
    assert not steers(shown)
    shown.encode()
    assert escape_controls(shown, multiline) == shown
    if multiline and not steers(text):
        assert shown == text
    if not multiline:
        assert len(shown.splitlines()) <= 1


@given(ANY)
def test_all_that_is_printed_passes_there(text: str) -> None:
    out = io.StringIO(newline="")
    console.write(text, stream=out)
    assert out.getvalue() == escape_controls(text)


@given(
    st.recursive(NO_SURROGATES | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(NO_SURROGATES, inner))
)
def test_json_says_the_same_without_what_steers(data: object) -> None:
    for document in (as_json(data), escape_json(json.dumps(data, ensure_ascii=False))):
        assert not steers(document)
        assert json.loads(document) == data


def test_path_stays_recognisable() -> None:
    assert escape_controls("/tmp/é\x1b[31m\nb\udce9.docx", multiline=False) == "/tmp/é\\x1b[31m\\nb\\xe9.docx"


# -- every command -------------------------------------------------------------------------------------------------


def laid_in(shell: Shell, name: str = "evilevil22") -> str:
    """A partnership whose folder somebody else laid in the store, hostile wherever a text may stand."""
    store = shell.home / ".local" / "share" / "entente"
    shell.new("La première")

    def entry(number: str, question: str, cells: dict[str, object]) -> dict[str, object]:
        kept = {key: {"value": value, "rev": 1, "by": EVIL, "at": EVIL} for key, value in cells.items()}
        return {"id": number, "question": question, "part": "", "subject": [], "cells": kept, "fields": kept}

    entries = {
        "1": entry("extra.name", "extra.name", {"name@fr": "Un" + EVIL}),
        "2": entry("gather.vision", "gather.vision", {"text@fr": "Vision" + EVIL, EVIL: EVIL}),
    }
    meta = {"id": name, "schema": 1, "changed": EVIL, "created": EVIL, "rev": 3, "author": EVIL}
    folder = store / name
    folder.mkdir(mode=0o700)
    (folder / "project.json").write_text(json.dumps({"meta": {"1": meta}, "entries": entries}), encoding="utf-8")
    return name


SAID = [
    ("list",),
    ("list", "--json"),
    ("list", "--archived"),
    ("doctor",),
    ("doctor", "--adopt", EVIL),
    ("show", "evilevil22"),
    ("show", "evilevil22", "--format", "json", "--with-private"),
    ("show", "evilevil22", "--format", "md"),
    ("show", "evilevil22", "--format", "html"),
    ("show", EVIL),
    ("export", "evilevil22", "-"),
    ("export", "evilevil22", "-", "--format", "eml"),
    ("export", "evilevil22", "-", "--format", "json"),
    ("export", "evilevil22", f"{EVIL}.docx"),
    ("export", "evilevil22", f"{EVIL}\n.md"),
    ("export", "evilevil22", f"{EVIL}.{EVIL}"),
    ("export", "evilevil22", f"{EVIL}/"),
    ("check", "evilevil22"),
    ("check", "evilevil22", "--json"),
    ("versions", "evilevil22"),
    ("versions", "evilevil22", "--json"),
    ("compare", "evilevil22", EVIL),
    ("minutes", "evilevil22"),
    ("copy", "evilevil22"),
    ("answer", "evilevil22"),
    ("plain", "evilevil22"),
    ("directory",),
    ("directory", "--merge", EVIL, EVIL),
    ("import", f"{EVIL}.json"),
    ("backup", f"{EVIL}.zip"),
    ("restore", f"{EVIL}.zip"),
    ("sample", EVIL),
    (EVIL,),
    ("--store", EVIL, "list"),
    ("--lang", EVIL),
    (f"--{EVIL}",),
    ("show", "--help", EVIL),
]
EVIL_ENVIRON = {
    "USER": EVIL,
    "LOGNAME": EVIL,
    "LANG": f"fr_CA.{EVIL}",
    "TERM": f"xterm{EVIL}",
    "ENTENTE_LANG": "",
    "NO_COLOR": EVIL,
    "SSH_CONNECTION": f"{EVIL} 1 {EVIL} 22",
    "XDG_CONFIG_DIRS": f"/{EVIL}",
    "TMUX": EVIL,
    "DISPLAY": EVIL,
}


def harmless(done: Done) -> bool:
    """Whether neither stream of a call holds anything that steers."""
    return not steers(done.out) and not steers(done.err)


@pytest.fixture
def evil(shell: Shell) -> Shell:
    """A home with a hostile partnership, and settings that are."""
    laid_in(shell)
    file = shell.home / ".config" / "entente" / "config.toml"
    file.parent.mkdir(parents=True)
    text = EVIL.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    file.write_text(f'author = "Ann{text}"\nhost = "h{text}"\n', encoding="utf-8")
    return shell


@pytest.mark.parametrize("words", SAID, ids=lambda words: re.sub(r"[^\w.-]+", "_", "-".join(words)))
def test_no_command_prints_what_steers(evil: Shell, words: tuple[str, ...]) -> None:
    line = json.dumps({"question": EVIL, "value": EVIL}) + "\n"
    done = evil(*words, stdin=line if words[0] == "answer" else f"Un{EVIL}\n/{EVIL}\n", **EVIL_ENVIRON)
    assert harmless(done), sorted(steers(done.out) | steers(done.err))
    assert "Traceback" not in done.err


def test_no_error_in_the_settings_prints_what_steers(evil: Shell) -> None:
    file = evil.home / ".config" / "entente" / "config.toml"
    text = EVIL.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    for line in (
        f'"a{text}" = 1',
        f'theme = "{text}"',
        f'lang = "{text}"',
        f'[keys]\n"{text}" = "{text}"',
        f"a = {EVIL}",
    ):
        file.write_text(line + "\n", encoding="utf-8")
        for words in (("doctor",), ("list",), ("show", "x")):
            assert harmless(evil(*words, **EVIL_ENVIRON)), (line, words)


def test_list_gives_a_hostile_partnership_one_row(evil: Shell) -> None:
    done = evil("list")
    assert len(done.out.splitlines()) == 3 and "evilevil22" in done.out


def test_written_path_can_be_found_again(evil: Shell) -> None:
    done = evil("export", "evilevil22", "a\udce9b.md")
    assert done.out == "Écrit\xa0: a\\xe9b.md\n"
    assert (evil.home / "a\udce9b.md").exists()


@pytest.mark.parametrize("name", ["a\x1b[2Jb.md", "a\nb.md", "a\x9b31mb.md", "a\u202eb.md"])
def test_a_path_that_steers_is_refused_and_not_printed(evil: Shell, name: str) -> None:
    before = {path.name for path in evil.home.iterdir()}
    done = evil("export", "evilevil22", name)
    assert done.code == 2 and harmless(done) and done.out == ""
    assert done.err == "entente\xa0: FICHIER\xa0: le chemin contient un caractère invisible.\n"
    assert {path.name for path in evil.home.iterdir()} == before


@pytest.mark.parametrize("words", [("--help",), ("show", "--help"), ("show", "--nope")])
def test_help_is_plain_text_wherever_it_is_shown(shell: Shell, words: tuple[str, ...]) -> None:
    """Python 3.14 colours what argparse prints."""
    done = shell(*words, FORCE_COLOR="1")
    assert harmless(done) and "x1b" not in done.out + done.err


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"un mot", False),
        ("é 日 \x1b[2J".encode(), False),
        (b"", False),
        (b"PK\0\1", True),
        (b"%PDF-1.7", True),
        (b"\xff", True),
    ],
)
def test_a_file_that_is_no_text_is_printed_byte_for_byte(data: bytes, binary: bool) -> None:
    assert console.is_binary(data) is binary
