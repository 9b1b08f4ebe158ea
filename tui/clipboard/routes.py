"""The decision: which way leads from this setting to the person's own clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from tui.clipboard.facts import Facts
from tui.quick import dataclass

Way = Literal["local", "osc52", "tmux", "screen", "none"]
Choice = Literal["auto", "local", "osc52", "tmux", "screen", "none"]
CHOICES: tuple[str, ...] = get_args(Choice)

# mosh 1.4 cuts a longer OSC 52 and hands on a corrupt text (measured), so nothing longer is sent.
MOSH_LIMIT = 12_000

# Terminals without a clipboard: the Linux console, and what calls itself incapable.
_MUTE = frozenset({"", "dumb", "linux", "unknown"})


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the clipboard. `limit` is in bytes of base64; `wrapped` means that tmux may open its envelope."""

    setting: str  # the row of the table, in English, for doctor and tests
    way: Way
    fallback: Way = "none"
    limit: int | None = None
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    applies: Callable[[Facts], bool]
    route: Route


# The first row that applies wins; the ways were measured on a real terminal, since a wrong one fails in silence.
TABLE: tuple[_Row, ...] = (
    _Row(lambda f: f.mux == "screen", Route("screen", "screen")),
    _Row(lambda f: f.mux == "tmux" and _at_hand(f), Route("tmux on this desktop", "local", fallback="tmux")),
    _Row(lambda f: f.mux == "tmux" and _mute(f), Route("tmux in a console", "none")),
    _Row(lambda f: f.mux == "tmux" and f.mosh, Route("tmux in mosh", "tmux", limit=MOSH_LIMIT)),
    _Row(lambda f: f.mux == "tmux" and f.passthrough, Route("tmux with passthrough", "tmux")),
    _Row(lambda f: f.mux == "tmux", Route("tmux", "tmux")),
    _Row(lambda f: _at_hand(f) and _mute(f), Route("desktop, mute terminal", "local")),
    _Row(lambda f: _at_hand(f), Route("desktop", "local", fallback="osc52")),
    _Row(lambda f: _mute(f), Route("mute terminal", "none")),
    _Row(lambda f: f.mosh, Route("mosh", "osc52", limit=MOSH_LIMIT)),
    _Row(lambda f: f.outer_mux == "screen", Route("screen on the person's side", "screen")),
    _Row(lambda f: f.outer_mux == "tmux", Route("tmux on the person's side", "osc52")),
    _Row(lambda f: f.ssh, Route("ssh", "osc52")),
    _Row(lambda f: True, Route("unknown terminal", "osc52")),
)


def decide(facts: Facts, choice: str = "auto") -> Route:
    """The route for `facts`; any `choice` but "auto" is a person's setting and is followed without a fallback.

    Raises ValueError for a choice that is not in CHOICES. mosh's limit holds whatever is chosen.
    """
    if choice not in CHOICES:
        raise ValueError(f"no such route: {choice!r} (one of {', '.join(CHOICES)})")
    route = next(row.route for row in TABLE if row.applies(facts))
    if choice != "auto":
        way: Way = next(way for way in get_args(Way) if way == choice)
        route = Route("chosen", way, limit=MOSH_LIMIT if facts.mosh else None)
    return replace(route, wrapped=facts.passthrough or (not facts.mux and facts.outer_mux == "tmux"))


def _at_hand(facts: Facts) -> bool:
    """Whether the clipboard of this very machine is the person's own; a doubt counts as no."""
    return facts.desktop and not facts.remote and not facts.unsure


def _mute(facts: Facts) -> bool:
    return facts.term in _MUTE
