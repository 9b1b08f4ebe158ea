"""A text that came back, on the screen: one difference at a time, decided by a letter, taken back by another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.returns import edited
from tests.screens.opened import desk_of, shown
from tui.app import EntenteApp
from tui.export.formats import render
from tui.samples import samples
from tui.screens.returned import ReturnedScreen
from tui.settings import Settings
from tui.store import open_store


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_differences_are_decided_one_by_one(tmp_path: Path, size: tuple[int, int]) -> None:
    store = open_store(tmp_path / "store")
    name = store.import_document(samples()[0].document)
    app = EntenteApp(store, Settings(), name)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        desk = desk_of(app)

        def change(text: str) -> str:
            text = text.replace("Soutenir les", "Soutenir tous les")
            return text.replace("16. Accord des", "16. Oui des")

        came = tmp_path / "retour.docx"
        came.write_bytes(edited(render(desk.agreement, "docx").data, change, "Marie Tremblay"))
        await pilot.press("escape", "ampersand")
        await pilot.pause()
        for letter in str(came):
            await pilot.press("full_stop" if letter == "." else letter)
        await pilot.press("tab")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReturnedScreen)
        assert "1 sur 2" in shown(app, "head") and "retour.docx" in shown(app, "head")
        assert "{+ tous+}" in shown(app, "sheet") and "Marie Tremblay" in shown(app, "sheet")
        assert "Vision" in shown(app, "sheet") and "A accepter" in shown(app, "foot")
        await pilot.resize_terminal(size[0], 8)
        await pilot.press("down", "x")
        assert app.screen.query_one("#sheet").scroll_offset.y == 1, "a long difference is read to its end"
        await pilot.resize_terminal(*size)
        await pilot.press("a")
        assert "Soutenir tous les" in str(desk.project.entries["gather.vision"].cells["goal@fr"].value)
        assert "Elle ne vient d'aucun champ" in shown(app, "sheet") and "A accepter" not in shown(app, "foot")
        await pilot.press("p")
        assert "Tout est décidé." in shown(app, "sheet") and "1 acceptée" in shown(app, "sheet")
        points = [row.text("text", "fr") for row in desk.project.rows("extra.points", "rows")]
        assert any("Oui des partenaires" in text for text in points)
        await pilot.press("u", "u")
        assert "Soutenir tous" not in str(desk.project.entries["gather.vision"].cells["goal@fr"].value)
        assert "1 sur 2" in shown(app, "head")
        await pilot.press("escape")
        assert not isinstance(app.screen, ReturnedScreen)
