"""The themes, which of them a terminal is given, and the plain characters for one that shows no others."""

from __future__ import annotations

import os
from typing import Any

from rich.color import ColorSystem
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from tui.terminal.diff_app import DiffApp
from tui.text.charset import terminal_charset
from tui.ui.glyphs import plain_marks


def theme_of_app(app: DiffApp[Any], chosen: str) -> str:
    """Return the name of the theme to use in the terminal of `app`; `chosen` is the person's choice, "" for none."""
    return theme_for(chosen, app.colours, no_color=app.no_color)


def apply_theme(app: DiffApp[Any], chosen: str) -> None:
    """Register the themes with an app and set the one to use, with the charset and the filters of its terminal.

    `chosen` is as in `theme_of_app`. Call it before the style sheet is read, else Textual reads it a second time.
    """
    for theme in THEMES:
        app.register_theme(theme)
    name = theme_of_app(app, chosen)
    app.set_reactive(App.theme, name)
    app.codec = terminal_charset(os.environ)
    # Called even without a filter: it also fits Textual's own filters to the theme.
    app.add_filters(*([PlainLetters()] if plain_marks() else []))
    dark = app.current_theme.dark
    app.update_classes({f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
    app.stylesheet.set_variables(app.get_css_variables())


def _scrollbar_variables(thumb: str, ground: str) -> dict[str, str]:
    """Return Textual's variables for the colours of a scrollbar: the same with the mouse over it and without."""
    thumbs = ("scrollbar", "scrollbar-hover", "scrollbar-active")
    grounds = ("background", "background-hover", "background-active", "corner-color")
    return dict.fromkeys(thumbs, thumb) | {f"scrollbar-{name}": ground for name in grounds}


# The greys are hardly saturated: they stay grey with 256 colours, so that a dialog stands out from the page behind it.
DARK = Theme(
    name="entente-dark",
    primary="#7fb4d6",
    secondary="#b9c7d2",
    accent="#7fb4d6",
    warning="#e0b15c",
    error="#ff8f80",
    success="#8cc79a",
    foreground="#dde3e8",
    background="#15181b",
    surface="#1e2226",
    panel="#262a2e",
    dark=True,
    variables=_scrollbar_variables("#66717b", "#15181b"),
)
LIGHT = Theme(
    name="entente-light",
    primary="#1b5e86",
    secondary="#44545f",
    accent="#1b5e86",
    warning="#8a5300",
    error="#a8201a",
    success="#22682f",
    foreground="#1b2226",
    background="#fbfaf7",
    surface="#f0f0ee",
    panel="#e8e7e5",
    dark=False,
    variables=_scrollbar_variables("#8b8880", "#fbfaf7"),
)
CONTRAST = Theme(
    name="entente-contrast",
    primary="#ffe14d",
    secondary="#ffffff",
    accent="#ffe14d",
    warning="#ffc44d",
    error="#ffb0a8",
    success="#9dffa8",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_scrollbar_variables("#b0b0b0", "#000000"),
)
# Magenta and red can be read on dark and light backgrounds; blue, yellow, green and cyan only on one of the two.
TERMINAL = Theme(
    name="entente-terminal",
    primary="ansi_magenta",
    secondary="ansi_default",
    accent="ansi_magenta",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    dark=True,
    ansi=True,
    variables=_scrollbar_variables("ansi_default", "ansi_default")
    | dict.fromkeys(("surface", "panel", "ansi-background", "ansi-foreground"), "ansi_default"),
)
THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)


def theme_for(chosen: str, colours: ColorSystem | None, *, no_color: bool) -> str:
    """Return the name of the theme to use: the `chosen` one, or if that is "" the dark one.

    Without colours (`no_color`, from the variable NO_COLOR) the theme is always TERMINAL. With sixteen colours
    (STANDARD, WINDOWS) it is TERMINAL too, unless one was chosen: sixteen colours have no shades to make a theme of.
    """
    if no_color:
        return TERMINAL.name
    if chosen:
        return chosen
    return TERMINAL.name if colours in (ColorSystem.STANDARD, ColorSystem.WINDOWS) else DARK.name


_PLAIN_SIGNS = {  # by a character that the app draws: the ASCII character, as wide, that is drawn in its place
    **dict(zip("›‹→←↑↓", "><><^v", strict=True)),
    **dict(zip("’‘ʼ“”„", "'''\"\"\"", strict=True)),
    **dict(zip("●○◔✓✔✗✖…", "x.~xxxx~", strict=True)),
    **dict(zip("█░▏│", "#.||", strict=True)),
    **dict.fromkeys("–—‐‑−·─", "-"),
    **dict.fromkeys("•‣▪◦★", "*"),
    **dict.fromkeys("\u00a0\u202f\u2009▁▂▃▄▅▆▇▉▊▋▌▍▎▔▕", " "),
}
_PLAIN_SIGN_TABLE = str.maketrans(_PLAIN_SIGNS)


class PlainLetters(LineFilter):
    """A filter that draws ASCII for the characters in `_PLAIN_SIGNS`; all others, as letters with accents, stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with these characters replaced; `background` is not used."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(segment.text.translate(_PLAIN_SIGN_TABLE), segment.style)
            for segment in segments
        ]
