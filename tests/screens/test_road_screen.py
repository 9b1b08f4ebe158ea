"""The page of what holds the signatures: its sentence, its lines, and where Enter goes."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import filled_store, opened
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, answer_id
from tui.screens.road_screen import RoadScreen, show_road


async def test_page_lists_what_is_awaited_and_goes_to_its_field(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    partnership = store.load(store.list()[0].id)
    partner = active(partnership)[0].id
    cells = {"level": "agree", "ratify_by@fr": "conseil", "ratify_on": "2099-02-03"}
    place = answer_id(CONSENSUS, (partner,))
    store.save(partnership.id, [Change(place, CONSENSUS, name, value, "", (partner,)) for name, value in cells.items()])
    async with opened(store) as (app, pilot):
        show_road(app)
        await press(pilot, "home")
        assert isinstance(app.screen, RoadScreen)
        rows = [(row.text, row.behind) for row in app.screen.rows()]
        assert "pas avant le 3 février 2099" in rows[0][0].replace("\u00a0", " ")
        assert any("le conseil siège" in text and date == "3 février 2099" for text, date in rows)
        await press(pilot, "enter")
        workspace = app.workspace
        assert workspace is not None and not isinstance(app.screen, RoadScreen)
        assert (workspace.place.question, workspace.place.partner) == (CONSENSUS, partner)
