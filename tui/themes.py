"""The colours: one accent on a calm ground, dark, light and at high contrast, and one that takes the terminal's own."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="entente-dark",
    primary="#7fb4d6",
    secondary="#b9c7d2",
    accent="#7fb4d6",
    warning="#e0b15c",
    error="#ff8f80",
    success="#8cc79a",
    foreground="#dde3e8",
    background="#14181c",
    surface="#1d2328",
    panel="#232a30",
    dark=True,
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
    surface="#f1efe9",
    panel="#e8e5dd",
    dark=False,
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
)
TERMINAL = Theme(
    name="entente-terminal",
    primary="ansi_blue",
    secondary="ansi_default",
    accent="ansi_blue",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)
