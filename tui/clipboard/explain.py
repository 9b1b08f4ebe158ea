"""Explains for `entente doctor` what the terminal, tmux, screen and mosh do with a copy, and which settings help."""

from __future__ import annotations

from typing import Literal

from tui.clipboard.routes import MOSH_LIMIT, Route, decide
from tui.clipboard.terminal_facts import Facts, tmux_version
from tui.fast_dataclass import dataclass
from tui.i18n import _

Level = Literal["ok", "warn", "bad"]
_SENDING_VERSION = (3, 2)  # of tmux, from which it can send a buffer to the terminal


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `entente doctor`."""

    level: Level  # "bad": no copy works here; "warn": it may not
    text: str


def explain(facts: Facts) -> tuple[Finding, ...]:
    """Return what happens to a copy here, in the order in which the text travels; at least one finding."""
    route = decide(facts)
    findings = [_route_finding(route)]
    if facts.mux == "tmux":
        findings += _tmux_findings(facts)
    if facts.mux == "screen":
        findings += _screen_findings()
    if facts.mosh:
        findings.append(Finding("warn", _mosh_text()))
    if facts.outer_mux:
        findings.append(_outer_mux_finding(facts))
    if route.way not in ("local", "none"):
        findings += _terminal_findings(facts)
        text = _("No terminal confirms a copy: paste to check. A file always keeps the text.")
        findings.append(Finding("warn", text))
    return tuple(findings)


def _route_finding(route: Route) -> Finding:
    """Return by which way a copy goes."""
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
    """Return what tmux does with a copy, and the settings of tmux that help."""
    if facts.unsure:
        return [Finding("bad", _("tmux does not answer, so nothing is known of the terminal that shows it."))]
    if facts.passthrough:
        return [Finding("ok", _("tmux opens its envelope (allow-passthrough): the text reaches your terminal."))]
    findings: list[Finding] = []
    answers = facts.tmux
    if tmux_version(answers.version) < _SENDING_VERSION:
        text = _("tmux {version} cannot send a buffer to the terminal: version 3.2 or later can.")
        findings.append(Finding("bad", text.format(version=answers.version)))
    if answers.client_term and "clipboard" not in answers.features:
        text = _("tmux may not know that your terminal has a clipboard. In ~/.tmux.conf: {setting}")
        setting = f"set -as terminal-features ',{answers.client_term}:clipboard'"
        findings.append(Finding("warn", text.format(setting=setting)))
    text = _("Some terminals put what tmux sends in the mouse selection instead. In ~/.tmux.conf: {setting}")
    findings.append(Finding("warn", text.format(setting="set -g allow-passthrough on")))
    return findings


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
    """Return what GNU screen does with a copy."""
    return [
        Finding("warn", _("screen does not tell which terminal shows it: a copy is never taken for verified here.")),
    ]


def _mosh_text() -> str:
    """Return what mosh does with a copy; base64 makes four bytes of three."""
    text = _("mosh cuts long texts: about {size} bytes at most are sent, a longer text stays in its file.")
    return text.format(size=MOSH_LIMIT * 3 // 4)


def _outer_mux_finding(facts: Facts) -> Finding:
    """Return what a multiplexer on the user's own machine does with a copy."""
    if facts.outer_mux == "tmux":
        text = _("Your terminal is itself in tmux. In ~/.tmux.conf on your own computer: {setting}")
        return Finding("warn", text.format(setting="set -s set-clipboard on"))
    return Finding("warn", _("Your terminal seems to be in screen on your own computer; a copy is sent in its form."))
