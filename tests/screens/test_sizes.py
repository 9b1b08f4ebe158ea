"""At every size each screen opens; pages are wrapped to it, and what is cut elsewhere is cut with a sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened
from tui.screens.work import WorkScreen
from tui.text.widths import width
from tui.widgets.lines import Lines

SIZES = ((40, 15), (80, 24), (200, 50))
OPENING = (  # the commands that open a screen or a list
    "palette help document export review send awaited versions returned project jump jump_partner find add_partners"
    " same meeting minutes directory history conflicts kept example missing theme rename translate candidates"
)
LONG = "Coopérative de solidarité des services à domicile de la Montérégie-Est et des environs"


PAGES = {"page", "paper", "question", "plan", "excerpt"}  # where all can be read


def cut(app) -> list[str]:
    """The painted lines whose end is missing: any in a page, elsewhere those that do not end with a sign."""
    return [
        f"{pane.id} ({pane.line_width}): {text!r}"
        for pane in app.screen.query(Lines)
        if pane.display and pane.line_width
        for line in pane.lines
        if width(text := "".join(piece.text for piece in line).rstrip()) > pane.line_width
        and (pane.id in PAGES or not pane._draw(line, False, pane.line_width).text.endswith("…"))
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_each_screen_at_each_size(size: tuple[int, int], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    other = SIZES[(SIZES.index(size) + 1) % len(SIZES)]
    faults: list[str] = []
    async with opened(filled_store(tmp_path / "store"), size=size) as (app, pilot):
        assert isinstance(app.screen, WorkScreen)
        app.screen.stand("aaaaaaaaaa/name")
        await pilot.press("end", *LONG)
        for name in OPENING.split():
            home = len(app.screen_stack)
            app.run_command(name)
            await pilot.pause()
            faults += [f"{name}: {one}" for one in cut(app)]
            if name in ("send", "palette", "help", "versions"):
                await pilot.resize_terminal(*other)
                await pilot.pause()
                await pilot.resize_terminal(*size)
                await pilot.pause()
                faults += [f"{name} after a resize: {one}" for one in cut(app)]
            while len(app.screen_stack) > home:
                app.pop_screen()
                await pilot.pause()
    assert not faults, "\n".join(faults)
