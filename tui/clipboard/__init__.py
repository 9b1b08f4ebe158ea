"""The routes to a person's own clipboard, and the honest outcome."""

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
