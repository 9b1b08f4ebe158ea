"""What the app wears on this terminal: a theme, no colours where none are wanted, plain signs where that is all."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

from tui.screens.marks import plain_marks
from tui.text.charset import charset
from tui.themes import THEMES, worn
from tui.widgets import letters
from tui.widgets.terminal import FrugalApp


def worn_by(app: FrugalApp[Any], chosen: str) -> str:
    """The theme to wear where `chosen` is wanted; "" where nothing was chosen."""
    return worn(chosen, app.colours, no_color=app.no_color)


def wear(app: FrugalApp[Any], chosen: str) -> None:
    """Put a theme on before the style sheet is read: later it would be read a second time."""
    for theme in THEMES:
        app.register_theme(theme)
    name = worn_by(app, chosen)
    app.set_reactive(App.theme, name)
    letters.install(charset(os.environ))
    if plain_marks():
        from tui.widgets.plain_letters import PlainLetters  # few terminals want it

        app.see_through(PlainLetters())
    dark = app.current_theme.dark
    app.update_classes({f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
    app.see_through()
    app.stylesheet.set_variables(app.get_css_variables())
