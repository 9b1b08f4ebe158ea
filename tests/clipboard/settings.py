"""Situations for the clipboard's tests, as facts of a terminal, and texts that are hard to copy exactly."""

from __future__ import annotations

from tui.clipboard import Facts, TmuxAnswers

CONNECTION = "203.0.113.7 51515 198.51.100.4 22"
TMUX_ENV = {"TMUX": "/tmp/tmux-1000/default,1,0", "TERM": "tmux-256color"}

# Cree syllabics with a combining mark, emoji joined and toned, decomposed accents, quotes, no-break spaces
HARD = "« Québec » : ᓀᐦᐃᔭᐍᐏᐣ ᐊᐦ ᐃᑗᒋ 👩🏽‍🌾👨‍👩‍👧 e\u0301 \u202fœuvre\n- ligne\ttab 'q' \"d\" `b` $x \\n %s\n\n"


def text_of(size: int) -> str:
    """A text of at least `size` bytes in which each line differs, so that a lost or doubled piece shows."""
    lines: list[str] = []
    held = 0
    while held < size:
        lines.append(f"{len(lines):05d} {HARD}")
        held += len(lines[-1].encode())
    return "".join(lines)


def answers(**known: object) -> TmuxAnswers:
    """tmux 3.3a as it comes, attached from a local xterm; `known` changes what it says."""
    usual: dict[str, object] = {
        "session": {"SSH_CONNECTION": None, "DISPLAY": None},
        "passthrough": "off",
        "version": "3.3a",
        "client_parents": ("sh", "xterm", "systemd"),
        "client_term": "xterm-256color",
        "features": ("bpaste", "clipboard", "title"),
        "set_clipboard": "external",
    }
    return TmuxAnswers(**{**usual, **known})  # type: ignore[arg-type]


def facts(**known: object) -> Facts:
    """A plain xterm with nothing else known; `known` changes it."""
    return Facts(**{"term": "xterm-256color", **known})  # type: ignore[arg-type]
