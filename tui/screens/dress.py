"""What the app wears on this terminal: a theme, no colours where none are wanted, plain signs where that is all."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App
from textual.filter import Monochrome, NoColor

from tui.screens.marks import plain_marks
from tui.text.charset import charset
from tui.themes import THEMES, worn
from tui.widgets import letters


def worn_by(app: App[Any], chosen: str) -> str:
    """The theme to wear where `chosen` is wanted; "" where nothing was chosen."""
    return worn(chosen, app.console._color_system, no_color=app.no_color)


def wear(app: App[Any], chosen: str) -> None:
    """Put a theme on before the style sheet is read: later it would be read a second time."""
    for theme in THEMES:
        app.register_theme(theme)
    name = worn_by(app, chosen)
    app.set_reactive(App.theme, name)
    letters.install(charset(os.environ))
    if plain_marks():
        from tui.widgets.plain_letters import PlainLetters  # few terminals want it

        app._filters.append(PlainLetters())
    if app.no_color:  # not Textual's greys: they cover the terminal's own ground
        app._filters = [NoColor() if isinstance(one, Monochrome) else one for one in app._filters]
    dark = app.current_theme.dark
    app.update_classes({f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
    app._refresh_truecolor_filter(app.ansi_theme)
    app.stylesheet.set_variables(app.get_css_variables())
