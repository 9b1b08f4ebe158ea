"""Explains for `entente doctor` what the terminal, tmux, screen and mosh do with a copy, and which settings help."""

from __future__ import annotations

from typing import Literal

from tui.clipboard.routes import MOSH_LIMIT, Route, decide
from tui.clipboard.terminal_facts import Facts, tmux_version
from tui.fast_dataclass import dataclass
from tui.i18n import _

Level = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `entente doctor`."""

    level: Level  # "bad": no copy works here; "warn": it may not
    text: str


def explain(facts: Facts) -> tuple[Finding, ...]:
    """Return what happens to a copy here, in the order in which the text travels; at least one finding."""
    route = decide(facts)
    found = [_route_finding(route)]
    if facts.mux == "tmux":
        found += _tmux_findings(facts)
    if facts.mux == "screen":
        found += _screen_findings()
    if facts.mosh:
        found.append(Finding("warn", _mosh_text()))
    if facts.outer_mux:
        found.append(_outer_mux_finding(facts))
    if route.way not in ("local", "none"):
        found += _terminal_findings(facts)
        found.append(Finding("warn", _("No terminal confirms a copy: paste to check. A file always keeps the text.")))
    return tuple(found)


def _route_finding(route: Route) -> Finding:
    if route.way == "local":
        return Finding("ok", _("A copy goes to this machine's clipboard and is read back to prove it."))
    if route.way == "none":
        return Finding("bad", _("This terminal has no clipboard: a copy is a file, and its path is shown."))
    if route.way == "screen":
        return Finding("ok", _("A copy goes through GNU screen to your own terminal (OSC 52 in small pieces)."))
    if route.way == "tmux":
        return Finding("ok", _("A copy goes to tmux, which hands it to your own terminal; prefix ] pastes it too."))
    return Finding("ok", _("A copy goes to your own terminal (OSC 52)."))


def _tmux_findings(facts: Facts) -> list[Finding]:
    if facts.unsure:
        return [Finding("bad", _("tmux does not answer, so nothing is known of the terminal that shows it."))]
    found: list[Finding] = []
    answers = facts.tmux
    if facts.passthrough:
        found.append(Finding("ok", _("tmux opens its envelope (allow-passthrough): the text reaches your terminal.")))
        return found
    if tmux_version(answers.version) < (3, 2):
        text = _("tmux {version} cannot send a buffer to the terminal: version 3.2 or later can.")
        found.append(Finding("bad", text.format(version=answers.version)))
    if answers.client_term and "clipboard" not in answers.features:
        text = _("tmux may not know that your terminal has a clipboard. In ~/.tmux.conf: {setting}")
        setting = f"set -as terminal-features ',{answers.client_term}:clipboard'"
        found.append(Finding("warn", text.format(setting=setting)))
    text = _("Some terminals put what tmux sends in the mouse selection instead. In ~/.tmux.conf: {setting}")
    found.append(Finding("warn", text.format(setting="set -g allow-passthrough on")))
    return found


def _terminal_findings(facts: Facts) -> list[Finding]:
    """Return findings about terminals that ignore copies; over ssh the program cannot know which terminal it is."""
    if facts.environ.get("VTE_VERSION") and not facts.mux:
        return [
            Finding("bad", _("This terminal (GNOME Terminal or one of its family) takes no copy: see “Files” below."))
        ]
    text = _("xterm as it comes takes no copy. On your own computer, in ~/.Xresources: {setting}")
    xterm = Finding("warn", text.format(setting="XTerm*disallowedWindowOps: 20,21,SetXprop"))
    text = _(
        "Terminals of the GNOME family (VTE) take none at all, and iTerm2 asks in its settings; see “Files” below."
    )
    return [xterm, Finding("warn", text)]


def _screen_findings() -> list[Finding]:
    return [
        Finding("warn", _("screen does not tell which terminal shows it: a copy is never taken for verified here.")),
    ]


def _mosh_text() -> str:
    text = _("mosh cuts long texts: about {size} bytes at most are sent, a longer text stays in its file.")
    return text.format(size=MOSH_LIMIT * 3 // 4)


def _outer_mux_finding(facts: Facts) -> Finding:
    if facts.outer_mux == "tmux":
        text = _("Your terminal is itself in tmux. In ~/.tmux.conf on your own computer: {setting}")
        return Finding("warn", text.format(setting="set -s set-clipboard on"))
    return Finding("warn", _("Your terminal seems to be in screen on your own computer; a copy is sent in its form."))
