"""Text stands out from its ground in each fixed theme: 4.5 to 1, and 7 to 1 at high contrast (WCAG 1.4.3, 1.4.6)."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color

from tui.resources import styles_dir
from tui.terminal.editor import Editor
from tui.terminal.line_pane import STYLES, Lines
from tui.ui.themes import CONTRAST, DARK, LIGHT, THEMES

NO_TEXT = {"rule"}  # a line between two things; what it parts stands apart by space as well


class Inks(App[None]):
    CSS_PATH = sorted(styles_dir().glob("**/*.tcss"))

    def compose(self) -> ComposeResult:
        yield Lines()
        yield Editor("", placeholder="ex. : le pilote")


def luminance(color: Color) -> float:
    parts = [one / 255 for one in color.rgb]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
async def test_text_stands_out_from_its_ground(theme) -> None:
    app = Inks()
    for one in THEMES:
        app.register_theme(one)
    app.theme = theme.name
    async with app.run_test() as pilot:
        await pilot.pause()
        pane = app.query_one(Lines)
        variables = app.get_css_variables()
        grounds = [Color.parse(variables[name]) for name in ("background", "surface")]
        least = 7.0 if theme is CONTRAST else 4.5
        for name in ("", *(style for style in STYLES if style not in NO_TEXT)):
            styles = pane.get_component_styles(f"lines--{name}") if name else pane.styles
            for ground in grounds:
                ink = styles.color if styles.has_rule("color") else Color.parse(variables["foreground"])
                found = contrast(ground + ink, ground)
                assert found >= least, f"{theme.name}: {name or 'text'} has {found:.2f} on {ground.hex}"
        hint = app.query_one(Editor).get_component_styles("text-area--placeholder")
        for ground in grounds:
            assert contrast(ground + hint.color, ground) >= least, f"{theme.name}: a hint in an empty field"


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_a_scrollbar_stands_out_from_its_ground(theme) -> None:
    """3 to 1 for what is no text (WCAG 1.4.11)."""
    thumb, ground = (Color.parse(theme.variables[name]) for name in ("scrollbar", "scrollbar-background"))
    assert contrast(thumb, ground) >= 3


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_a_window_stands_out_from_its_ground_at_256_colours(theme) -> None:
    grounds = [RichColor.parse(one).downgrade(ColorSystem.EIGHT_BIT) for one in (theme.background, theme.surface)]
    assert len(set(grounds)) == 2
