"""The page of the forms: what is ticked is made, each form is read there, a date notes who was asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_export_screen import done
from tests.workspace.in_memory import Memory
from tests.workspace.unpacked import unpacked
from tui import i18n
from tui.i18n import Language
from tui.partnership.form_codes import find_codes
from tui.partnership.values import Change
from tui.partnership.versions import sendings
from tui.screens import forms_screen
from tui.screens.forms_screen import FormsScreen, PartnerFormScreen
from tui.screens.send_screen import SendScreen
from tui.settings import Settings
from tui.workspace.partner_forms import MAIL, WORD, FormOrder
from tui.workspace.workspace import Workspace

SECRET = "vieille rancune"
SMALL = (80, 24)
WORDS = {"fr": ("formulaires aux", "Écrire les formulaires"), "en": ("forms for", "Write the forms")}


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_by_keyboard_from_the_list_of_commands_to_the_files(lang: Language, tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    partnership = store.load(store.list()[0].id)
    first, second = partnership.rows("open.who")
    store.save(
        partnership.id,
        [
            Change("p", "open.who", "name@fr", "Zoé Roy", "people", (first.id,)),
            Change("p", "open.who", "email", "zoe@exemple.ca", "people", (first.id,)),
            Change("h", "open.history", "note@fr", SECRET, "", (first.id,)),
        ],
    )
    i18n.use(lang)
    settings = Settings(output=str(tmp_path / "out"), lang=lang)
    async with opened(store, settings, SMALL) as (app, pilot):
        command, write = WORDS[lang]
        await pilot.press("escape", "f2", *command, "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormsScreen)
        page = shown(app, "sheet")
        assert "zoe@exemple.ca" in page and "Clinique" in page and write in page and SECRET not in page
        await pilot.press(*["down"] * 6, "enter")
        await pilot.pause()
        assert isinstance(app.screen, PartnerFormScreen)
        text = shown(app, "sheet")
        assert {code.partner for code in find_codes(text)} == {first.id}
        assert SECRET not in text and "zoe@exemple.ca" in text.split("\n")[0]
        await pilot.press("escape", "end", "enter")
        await done(pilot, app)
        await pilot.pause()
        said = shown(app, "sheet")
        assert "-universite.eml" in said and "-clinique.eml" in said and SECRET not in said
        files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
        assert len(files) == 2 and all(SECRET not in unpacked(path.read_bytes()) for path in files)
        assert sendings(workspace_of(app).partnership) == ()
        assert second.id in {code.partner for path in files for code in find_codes(unpacked(path.read_bytes()))}


async def test_a_date_notes_who_was_asked_and_other_formats_are_ticked(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "f2", *WORDS["fr"][0], "enter")
        await pilot.pause()
        await pilot.press("enter", "down", "enter", "down", "down", "enter")
        await pilot.pause()
        await pilot.press(*"15 mars 2027", "enter")
        await pilot.pause()
        assert "15 mars 2027" in shown(app, "sheet")
        await pilot.press("end", "enter")
        await done(pilot, app)
        await pilot.pause()
        assert [path.suffix for path in (tmp_path / "out").rglob("*") if path.is_file()] == [".docx"] * 2
        (row,) = sendings(workspace_of(app).partnership)
        assert row.get("answer_by") == "2027-03-15" and len(row.givers) == 2


async def test_who_reads_the_answers_is_asked_once_and_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "f2", *WORDS["fr"][0], "enter")
        await pilot.pause()
        await pilot.press(*["down"] * 4, "enter")
        await pilot.pause()
        await pilot.press(*"Marie Roy, CDC", "enter")
        await pilot.pause()
        assert "Marie Roy, CDC" in shown(app, "sheet") and app.settings.sender == "Marie Roy, CDC"
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PartnerFormScreen)
        assert "lues par Marie Roy, CDC." in " ".join(shown(app, "sheet").split())


async def test_nothing_ticked_is_said_and_nothing_written(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "f2", *WORDS["fr"][0], "enter")
        await pilot.pause()
        await pilot.press("enter", "end", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormsScreen)
        assert "Choisissez" in shown(app, "foot") and not (tmp_path / "out").exists()


async def test_the_sending_page_takes_forms_along_once_ticked(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SendScreen)
        assert not screen._options().forms
        await pilot.press(*["down"] * 11, "enter")
        assert screen._options().forms


@pytest.mark.parametrize("chosen", [(), ("Collège",), ("Gîte", "Collège"), ("Collège", "Clinique", "Gîte")])
@pytest.mark.parametrize("formats", [(), (WORD,), (WORD, MAIL)])
def test_forms_are_made_of_those_that_are_ticked_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, formats: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    told = Told("Collège", "Clinique", "Gîte", status="committed")
    monkeypatch.setattr(FormsScreen, "app", SimpleNamespace(settings=Settings(output=str(tmp_path))))
    screen = FormsScreen(Workspace(GUIDE, told.partnership, Memory()))
    assert screen.chosen == set(told.ids.values()) and screen.formats == {MAIL}, "what is usual is ticked at first"
    screen.chosen, screen.formats = {told.ids[name] for name in chosen}, set(formats)
    orders: list[FormOrder] = []
    said: list[str] = []
    monkeypatch.setattr(forms_screen, "form_files", lambda workspace, order: orders.append(order))
    monkeypatch.setattr(screen, "begin", lambda folder, files, then: None)
    monkeypatch.setattr(screen, "say", said.append)
    screen._write()
    if not chosen or not formats:
        assert (orders, len(said)) == ([], 1)
    else:
        (order,) = orders
        assert order.partners == tuple(told.ids[name] for name in told.ids if name in chosen) and said == []
        assert set(order.formats) == set(formats) and order.formats[:1] == ((MAIL,) if MAIL in formats else (WORD,))
