"""A copy from start to end, without a terminal program: the file is kept, the text sent whole or not at all."""

from __future__ import annotations

import base64
import errno
import os
import re
from pathlib import Path

import pytest

from tests.clipboard.settings import facts, text_of
from tui import i18n
from tui.clipboard import MOSH_LIMIT, Outcome, copy, message
from tui.clipboard.routes import encoded_size, in_screen, in_tmux, osc52

TEXT = text_of(5_000)
PATH = Path("/home/ana/.local/state/entente/copies/entente.txt")


class Terminal:
    """What was written to the terminal, and whether the file was there by then."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.written: list[bytes] = []
        self.file_came_first: list[bool] = []

    def __call__(self, data: bytes) -> None:
        self.file_came_first.append(self.kept.is_file())
        self.written.append(data)


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path / "copies" / "a.txt")


def deliver(tmp_path, write, text=TEXT, route="auto", **known) -> Outcome:
    return copy(text, facts=facts(**known), folder=tmp_path / "copies", name="a.txt", write=write, route=route)


@pytest.mark.parametrize(
    ("known", "route", "way", "sequence"),
    [
        ({"ssh": True}, "auto", "osc52", osc52(TEXT)),
        ({}, "auto", "osc52", osc52(TEXT)),
        ({"mux": "screen"}, "auto", "screen", in_screen(osc52(TEXT))),
        ({"ssh": True, "outer_mux": "tmux"}, "auto", "osc52", osc52(TEXT) + in_tmux(osc52(TEXT))),
        ({"term": "dumb"}, "osc52", "osc52", osc52(TEXT)),
        ({"mux": "screen"}, "osc52", "osc52", osc52(TEXT)),
        ({"mux": "tmux", "passthrough": True}, "osc52", "osc52", osc52(TEXT)),
    ],
)
def test_the_bytes_of_each_route(tmp_path, terminal, known, route, way, sequence):
    outcome = deliver(tmp_path, terminal, route=route, **known)
    assert (outcome.kind, outcome.route, outcome.reason) == ("sent", way, "")
    assert terminal.written == [sequence]
    assert terminal.file_came_first == [True]
    assert (outcome.path, outcome.size) == (terminal.kept, len(TEXT.encode()))
    assert terminal.kept.read_bytes() == TEXT.encode()


@pytest.mark.parametrize(
    ("known", "route"), [({"term": "linux"}, "auto"), ({"ssh": True}, "none"), ({"desktop": True}, "none")]
)
def test_without_a_route_nothing_is_sent_and_the_file_is_there(tmp_path, terminal, known, route):
    outcome = deliver(tmp_path, terminal, route=route, **known)
    assert (outcome.kind, outcome.route, terminal.written) == ("none", "none", [])
    assert terminal.kept.read_bytes() == TEXT.encode()


@pytest.mark.parametrize(("size", "kind"), [(MOSH_LIMIT // 4 * 3, "sent"), (MOSH_LIMIT // 4 * 3 + 1, "none")])
@pytest.mark.parametrize("route", ["auto", "osc52"])
def test_mosh_gets_the_whole_text_or_nothing(tmp_path, terminal, size, kind, route):
    text = "é" * (size // 2) + "a" * (size % 2)
    outcome = deliver(tmp_path, terminal, text=text, mosh=True, route=route)
    assert (outcome.kind, outcome.size) == (kind, size)
    assert terminal.written == ([osc52(text)] if kind == "sent" else [])
    assert encoded_size(text) <= MOSH_LIMIT if kind == "sent" else "mosh" in outcome.reason


def test_the_limit_of_mosh_is_none_of_the_own_desktop(tmp_path, terminal):
    environ = {"PATH": str(tmp_path), "DISPLAY": ":99"}
    outcome = deliver(tmp_path, terminal, text="a" * MOSH_LIMIT, mosh=True, route="local", environ=environ)
    assert (outcome.kind, outcome.route) == ("none", "local")
    assert "mosh" not in outcome.reason, "what failed is the clipboard program"


def test_without_a_terminal_nothing_is_said_to_be_sent(tmp_path):
    assert deliver(tmp_path, None, ssh=True).kind == "none"


def test_a_terminal_that_is_gone_is_no_crash_and_no_success(tmp_path):
    def write(_data: bytes) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    outcome = deliver(tmp_path, write, ssh=True)
    assert (outcome.kind, outcome.path) == ("none", tmp_path / "copies" / "a.txt")
    assert "le disque ou la ligne ne répond pas" in outcome.reason


def test_a_file_that_cannot_be_written_is_told_and_the_copy_goes_on(tmp_path, terminal):
    (tmp_path / "copies").write_text("a file where the folder should be")
    outcome = deliver(tmp_path, terminal, ssh=True)
    assert (outcome.kind, outcome.path, terminal.written) == ("sent", None, [osc52(TEXT)])
    assert outcome.reason in message(outcome)
    assert "un fichier est là où il faut un dossier" in outcome.reason


def test_neither_file_nor_clipboard_is_told_with_both_reasons(tmp_path):
    (tmp_path / "copies").write_text("a file where the folder should be")
    i18n.use("en")
    outcome = deliver(tmp_path, None, ssh=True)
    assert message(outcome) == f"No clipboard here. {outcome.reason}"
    assert "could not be written" in outcome.reason
    assert "no terminal" in outcome.reason


def test_a_desktop_without_clipboard_program_falls_back_on_its_terminal(tmp_path, terminal):
    outcome = deliver(tmp_path, terminal, desktop=True, environ={"PATH": str(tmp_path), "DISPLAY": ":99"})
    assert (outcome.kind, outcome.route, terminal.written) == ("sent", "osc52", [osc52(TEXT)])
    assert outcome.reason


def test_a_chosen_desktop_does_not_fall_back(tmp_path, terminal):
    outcome = deliver(tmp_path, terminal, ssh=True, route="local", environ={"PATH": str(tmp_path), "DISPLAY": ":99"})
    assert (outcome.kind, outcome.route, terminal.written) == ("none", "local", [])


def tmux_in(folder: Path, *, takes: bool = True) -> dict[str, object]:
    """Put a program in place of tmux, which notes its words in « asked »; what is known then of the terminal."""
    program = folder / "tmux"
    program.write_text(
        '#!/bin/sh\necho "$*" > ' + str(folder / "asked") + f"\ncat > /dev/null\nexit {int(not takes)}\n"
    )
    program.chmod(0o755)
    environ = {"PATH": f"{folder}:{os.environ['PATH']}"}
    return {"mux": "tmux", "ssh": True, "passthrough": True, "environ": environ}


@pytest.mark.parametrize(
    ("takes", "has_terminal", "kind"),
    [(True, True, "sent"), (False, True, "sent"), (True, False, "sent"), (False, False, "none")],
)
def test_tmux_keeps_the_text_when_its_terminal_is_gone(tmp_path, takes, has_terminal, kind):
    def write(_data: bytes) -> None:
        if not has_terminal:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    outcome = deliver(tmp_path, write, text="un mot", **tmux_in(tmp_path, takes=takes))
    assert (outcome.kind, outcome.route) == (kind, "tmux")
    assert ("le disque ou la ligne ne répond pas" in outcome.reason) == (kind == "none")
    assert (tmp_path / "asked").read_text().split() == ["load-buffer", "-"], "the program sends it itself"


@pytest.mark.parametrize(("size", "asked"), [(750_000, "load-buffer -"), (750_001, "load-buffer -w -")])
def test_a_text_too_long_for_the_envelope_is_sent_by_tmux(tmp_path, terminal, size, asked):
    text = "é" * (size // 2) + "a" * (size % 2)
    assert deliver(tmp_path, terminal, text=text, **tmux_in(tmp_path)).kind == "sent"
    assert (tmp_path / "asked").read_text().strip() == asked
    assert terminal.written == ([in_tmux(osc52(text))] if "-w" not in asked else []), "sent once, and whole"


def test_a_desktop_in_tmux_falls_back_on_the_envelope(tmp_path, terminal):
    environ = {"PATH": str(tmp_path), "DISPLAY": ":99"}
    outcome = deliver(tmp_path, terminal, desktop=True, mux="tmux", passthrough=True, environ=environ)
    assert (outcome.kind, outcome.route, terminal.written) == ("sent", "tmux", [in_tmux(osc52(TEXT))])


def test_no_sequence_ever_asks_to_read_a_clipboard(tmp_path, terminal):
    for route in ("osc52", "screen"):
        deliver(tmp_path, terminal, text="?", route=route)
    payloads = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", b"".join(terminal.written))
    assert payloads == [base64.b64encode(b"?")] * 2


def test_an_empty_text_is_a_fault_of_the_caller(tmp_path, terminal):
    with pytest.raises(ValueError, match="no text"):
        deliver(tmp_path, terminal, text="")
    assert not (tmp_path / "copies").exists()


@pytest.mark.parametrize(
    ("kind", "lang", "said"),
    [
        ("verified", "fr", "Copié et vérifié\u00a0: le presse-papiers contient tout le texte."),
        ("verified", "en", "Copied and verified: the clipboard holds the whole text."),
        (
            "sent",
            "fr",
            f"Envoyé vers votre ordinateur\u00a0: collez pour vérifier. Sinon, le texte est ici\u00a0: {PATH}",
        ),
        ("sent", "en", f"Sent to your computer: paste to check. Otherwise, the text is here: {PATH}"),
        ("none", "fr", f"Pas de presse-papiers ici. Le texte est ici\u00a0: {PATH}"),
        ("none", "en", f"No clipboard here. The text is here: {PATH}"),
    ],
)
def test_the_three_messages(kind, lang, said):
    i18n.use(lang)
    assert message(Outcome(kind, "osc52", PATH, 5)) == said
