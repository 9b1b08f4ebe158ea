"""The language of the screen, and who writes on a shared account: at once, at the next start, and for the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, partnership_of, workspace_of
from tui import i18n
from tui.screens.display_commands import sign_changes_as, switch_language
from tui.settings import load_settings
from tui.store import Author, Store


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file, not there yet."""
    file = tmp_path / "config.toml"
    monkeypatch.setenv("ENTENTE_CONFIG", str(file))
    i18n.use("fr")
    return file


async def test_who_signs_from_now_on_is_alone_there_under_that_name(tmp_path: Path, own: Path) -> None:
    store = filled_store(tmp_path / "s")
    beside = Store(tmp_path / "s", author=Author("z" * 10, "Voisine"))
    async with opened(store) as (app, pilot):
        watching = beside.session(store.list()[0].id)
        assert [one.author for one in watching.others()] == ["Marie"]
        await pilot.press(*"hôte")
        sign_changes_as(app, "Zoé Lis")
        await pilot.pause()
        assert [one.author for one in watching.others()] == ["Zoé Lis"], "and no more under the other name"
        await pilot.press(*" du kiosque")
        workspace_of(app).flush()
        assert app.settings.author == "Zoé Lis"
        watching.close()
    assert load_settings(own).author == "Zoé Lis"
    by = {one.by for one in beside.history(store.list()[0].id)}
    assert "hôte du kiosque" in repr(partnership_of(store)) and by <= {"Marie", "Zoé Lis"} and "Zoé Lis" in by


async def test_the_screen_speaks_the_other_language_now_and_at_the_next_start(tmp_path: Path, own: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        before = workspace_of(app).doc_lang
        for lang in ("en", "fr") if app.lang == "fr" else ("fr", "en"):
            switch_language(app)
            await pilot.pause()
            assert (app.lang, workspace_of(app).lang, i18n.language()) == (lang, lang, lang)
            assert load_settings(own).lang == lang and workspace_of(app).doc_lang == before
    i18n.use("fr")
