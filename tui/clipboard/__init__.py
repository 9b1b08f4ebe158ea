"""Copies a text to the user's clipboard, by ssh and tmux too, and says no more of the outcome than is known."""

from tui.clipboard.delivery import Kind, Outcome, Write, copy, message, terminal
from tui.clipboard.explain import Finding, Level, explain
from tui.clipboard.fetch_lines import fetch_lines
from tui.clipboard.routes import CHOICES, MOSH_LIMIT, TABLE, Choice, Route, Way, decide
from tui.clipboard.terminal_facts import Facts, Probes, TmuxAnswers, gather, judge, probe

__all__ = [
    "CHOICES",
    "MOSH_LIMIT",
    "TABLE",
    "Choice",
    "Facts",
    "Finding",
    "Kind",
    "Level",
    "Outcome",
    "Probes",
    "Route",
    "TmuxAnswers",
    "Way",
    "Write",
    "copy",
    "decide",
    "explain",
    "fetch_lines",
    "gather",
    "judge",
    "message",
    "probe",
    "terminal",
]
