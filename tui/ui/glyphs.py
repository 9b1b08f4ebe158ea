"""The glyphs and words that the pages draw for states, options and boxes; ASCII if the terminal has no others.

The states tell how far an answer is (`partnership.completion`).
"""

from __future__ import annotations

import os
from functools import cache

from tui.i18n import _
from tui.partnership.completion import ANSWERED, CONFIRM, DISCUSS, EMPTY, STARTED, VOID, Progress
from tui.text.charset import UTF_8, terminal_charset

_GLYPHS = {EMPTY: "○", STARTED: "◔", ANSWERED: "●", CONFIRM: "?", DISCUSS: "!", VOID: "–"}
_ASCII = {EMPTY: ".", STARTED: "~", ANSWERED: "x", CONFIRM: "?", DISCUSS: "!", VOID: "-"}
_STYLES = {EMPTY: "muted", STARTED: "accent", ANSWERED: "done", CONFIRM: "warn", DISCUSS: "warn", VOID: "muted"}


@cache
def plain_marks() -> bool:
    """Return whether glyphs must be ASCII: on the Linux console, or in a locale without UTF-8.

    The variable ENTENTE_ASCII decides otherwise: "1" always, "0" never.
    """
    wish = os.environ.get("ENTENTE_ASCII", "")
    if wish in ("0", "1"):
        return wish == "1"
    return os.environ.get("TERM") == "linux" or terminal_charset(os.environ) != UTF_8


def glyph(state: str) -> str:
    """Return the glyph of a state of completion, such as EMPTY."""
    return (_ASCII if plain_marks() else _GLYPHS)[state]


def style(state: str) -> str:
    """Return the name of the style that a state of completion is drawn in."""
    return _STYLES[state]


def word(progress: Progress) -> str:
    """Return the words beside the glyph: a state set by hand, else a count as « 2 sur 3 », else ""."""
    if progress.state == CONFIRM:
        return _("to confirm")
    if progress.state == DISCUSS:
        return _("to discuss")
    if progress.state == VOID:
        return _("not applicable")
    if progress.total:
        return _("{done} of {total}").format(done=progress.done, total=progress.total)
    return ""


def rule(width: int) -> str:
    """Return a thin line of `width` cells."""
    return ("-" if plain_marks() else "─") * max(width, 0)


def radio(chosen: bool) -> str:
    """Return the mark before an option of a choice."""
    chosen_mark, other_mark = ("(x)", "( )") if plain_marks() else ("●", "○")
    return chosen_mark if chosen else other_mark


def tick(ticked: bool) -> str:
    """Return the mark of a box that is ticked or not."""
    return "[x]" if ticked else "[ ]"


def wrong() -> str:
    """Return the mark before what was not understood."""
    return "x" if plain_marks() else "✗"


def bar() -> tuple[str, str]:
    """Return the characters of a progress bar: (of its done part, of the rest)."""
    return ("#", ".") if plain_marks() else ("█", "░")
