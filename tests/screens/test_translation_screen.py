"""Both languages side by side, by keyboard: the second text typed, the same in both, still right, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import ORG, ROLE, filled_store, opened, shown, workspace_of
from tui.app.app import EntenteApp
from tui.form.form import form_field
from tui.guide.guide_types import Part
from tui.i18n import use
from tui.partnership.partners import WHO
from tui.partnership.translation import DONE, MISSING, STALE, negotiated_language, pairs, untranslated_words
from tui.partnership.values import Change
from tui.screens.agreement_screen import ProjectionScreen
from tui.screens.translation_screen import TranslationScreen
from tui.settings import Settings
from tui.store import open_store
from tui.terminal.editor import Editor
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_second_text_is_typed_beside_the_first(tmp_path: Path, size: tuple[int, int]) -> None:
    store = open_store(tmp_path / "store")
    app = EntenteApp(store, Settings(), store.import_document(samples()[0].document))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        workspace = workspace_of(app)
        count = sum(one.state == MISSING for one in pairs(workspace.guide, workspace.partnership))
        await pilot.press("escape", "asterisk")
        await pilot.pause()
        assert isinstance(app.screen, TranslationScreen)
        assert f"{count} textes à traduire" in shown(app, "head"), "names count for none"
        await pilot.press("up")
        assert "Université de Windsor" in shown(app, "source") and "English" in shown(app, "source")
        await pilot.press(*"Windsor")
        await pilot.press("tab")
        assert f"{count} textes à traduire" in shown(app, "head") and "demandeur" in shown(app, "source")
        await pilot.press("f8")
        found = pairs(workspace.guide, workspace.partnership)
        assert [one.texts for one in found[:2]] == [("Université de Windsor", "Windsor"), ("demandeur", "demandeur")]
        assert [one.state for one in found[:2]] == [DONE, DONE]
        assert sum(one.state == MISSING for one in found) == count - 1
        first = found[0].entry
        workspace.set(first, "name@fr", "Université de Windsor, campus central")
        app.screen.paint()
        assert (
            pairs(workspace.guide, workspace.partnership)[0].state == STALE
            and "!" in shown(app, "sheet").splitlines()[0]
        )
        await pilot.press(*["up"] * 6)
        assert "a changé depuis la traduction" in shown(app, "source")
        await pilot.press("ctrl+s")
        assert pairs(workspace.guide, workspace.partnership)[0].state == DONE
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, TranslationScreen)


async def test_with_nothing_to_translate_no_letter_is_taken_only_to_be_lost(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    app = EntenteApp(store, Settings(), store.create([]).id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape", "asterisk", *"Windsor")
        assert isinstance(app.screen, TranslationScreen)
        assert app.screen.query_one(Editor).text == ""


async def test_a_text_of_both_languages_says_which_was_negotiated_where_it_is_translated_and_discussed(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path / "store")
    app = EntenteApp(store, Settings(), store.import_document(samples()[0].document))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        workspace = workspace_of(app)
        await pilot.press("escape", "asterisk")
        await pilot.pause()
        assert isinstance(app.screen, TranslationScreen)
        found = pairs(workspace.guide, workspace.partnership)
        app.screen._go_to(next(at for at, one in enumerate(found) if one.entry.question == "gather.vision"))
        pair = app.screen.pairs[app.screen.at]
        assert negotiated_language(pair.entry, pair.field) == ""
        await pilot.press(*"One door")
        entry = workspace.partnership.entries[pair.entry.id]
        assert negotiated_language(entry, pair.field) == "fr"
        workspace.set(entry, f"{pair.field.id}@fr", "Une seule porte")
        entry = workspace.partnership.entries[pair.entry.id]
        assert negotiated_language(entry, pair.field) == "fr", "a later word in it makes it no translation"
        app.screen.paint()
        assert "négocié : français" in shown(app, "source")
        await pilot.press("escape", "o")
        await pilot.pause()
        assert isinstance(app.screen, ProjectionScreen)
        app.screen.bottom.open(form_field(workspace.form_context, part_of(workspace), entry, pair.field))
        assert "English (traduction) : One door" in shown(app, "label")


def part_of(workspace: Workspace) -> Part:
    """The only part of the vision."""
    return workspace.guide.question("gather.vision").parts[0]


async def test_one_translation_serves_the_same_words_in_all_their_places(tmp_path: Path) -> None:
    told = Told("A", "B", "C")
    for one, role in (("A", "hôte"), ("B", "hôte"), ("C", "invité")):
        told.say("open.who", {"role": role}, one)
    store = open_store(tmp_path / "store")
    changes = [
        Change(entry.id, entry.question, name, cell.value, entry.part, entry.subject)
        for entry in told.partnership.entries.values()
        for name, cell in entry.cells.items()
    ]
    app = EntenteApp(store, Settings(), store.create(changes).id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace = workspace_of(app)
        await pilot.press("escape", "asterisk")
        await pilot.pause()
        assert "3 textes à traduire" in shown(app, "head")
        await pilot.press(*"host", "tab")
        assert "1 texte à traduire" in shown(app, "head") and "invité" in shown(app, "source")
        roles = [one.texts for one in pairs(workspace.guide, workspace.partnership) if one.field.id == "role"]
        assert roles == [("hôte", "host"), ("hôte", "host"), ("invité", "")]
        await pilot.press("ctrl+z")
        roles = [one.texts for one in pairs(workspace.guide, workspace.partnership) if one.field.id == "role"]
        assert roles == [("hôte", "host"), ("hôte", ""), ("invité", "")]


def test_names_addresses_and_numbers_are_not_untranslated() -> None:
    told = Told()
    known = {"short_name": "la Maison", "address": "12, rue du Quai", "auth_number": "CA-2026-14", "role": "hôte"}
    told.join("Maison Clairlac", status="interested", **known)
    states = {one.field.id: one.state for one in pairs(GUIDE, told.partnership)}
    assert states == {"name": DONE, "short_name": DONE, "address": DONE, "auth_number": DONE, "role": MISSING}
    assert "1 texte " in untranslated_words(GUIDE, told.partnership, ("en",))


async def test_words_typed_go_to_the_one_language_of_the_document_until_it_is_set_to_the_other(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    store.save(store.list()[0].id, [Change(ORG, WHO, ROLE, "prestataire", "", (ORG,))])
    use("en")
    async with opened(store, Settings(lang="en")) as (app, pilot):

        def texts() -> list[object]:
            entry = workspace_of(app).partnership.entries[ORG]
            return [entry.get("role@fr"), entry.get("role@en")]

        foot = shown(app, "foot")
        assert "You are writing in French · Université" in foot and "document in English" in foot
        await pilot.press("end", "s")
        assert texts() == ["prestataires", None]
        await pilot.press("alt+L")
        assert "in French" not in shown(app, "foot")
        assert "In French so far: what you type here is the English text" in " ".join(shown(app, "question").split())
        await pilot.press("ctrl+u", *"host")
        assert texts() == ["prestataires", "host"]
