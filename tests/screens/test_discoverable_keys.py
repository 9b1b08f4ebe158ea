"""Ways that must be found: keys that no other is taken for, the other language, words that are not cut."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui import i18n
from tui.agreement.blocks import Agreement, Section, Signatory, Signature
from tui.app.app import EntenteApp
from tui.commands import PLACES, PROJECTION, commands_at, key_meanwhile, key_names
from tui.guide.guide_loading import load_guide
from tui.screens.help_screen import HelpScreen
from tui.settings import Settings, load_settings, settings_path
from tui.store import Author, Store
from tui.terminal.editor import Editor
from tui.ui.agreement_painter import AgreementPainter
from tui.ui.dialog import Picker
from tui.ui.form_painter import FormPainter
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the screen has settled."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_key_is_written_as_another_one_of_the_same_place(lang: i18n.Language) -> None:
    i18n.use(lang)
    for place in PLACES:
        written = [
            (one.id, key_meanwhile(one.id), key_names(one)) for one in commands_at(place) if one.keys or one.letter
        ]
        for (one, meanwhile, names), (other, meanwhile_too, names_too) in combinations(written, 2):
            assert meanwhile.casefold() != meanwhile_too.casefold(), (one, other)
            assert names.casefold() != names_too.casefold(), (one, other)


async def test_the_language_chosen_is_that_of_the_next_start(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        await pressed(pilot, "escape", "l")
        assert (load_settings(settings_path(os.environ)).lang, str(app.lang)) == ("en", "en")
        await pressed(pilot, "l")
        assert (load_settings(settings_path(os.environ)).lang, str(app.lang)) == ("fr", "fr")


@pytest.mark.parametrize("empty", [True, False])
@pytest.mark.parametrize(("lang", "words"), [("fr", "English: l"), ("en", "Français : l")])
async def test_the_first_page_shows_the_way_to_the_other_language(
    tmp_path: Path, lang: i18n.Language, words: str, empty: bool
) -> None:
    i18n.use(lang)
    store = Store(tmp_path / "new", author=Author("m" * 10, "Marie")) if empty else filled_store(tmp_path / "store")
    app = EntenteApp(store, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words in shown(app, "head")
        await pressed(pilot, "l")
        assert app.lang != lang


@pytest.mark.parametrize(("lang", "colon"), [("fr", "Signature : _"), ("en", "Signature: _")])
def test_labels_stand_before_the_colon_of_their_language(lang: str, colon: str) -> None:
    block = Signature("La Boussole", (Signatory(),), origin=Signature("", ()).origin)
    agreement = Agreement(lang, "", "", "T", "", "", "", (), True, (Section("signatures", 16, "Signatures", (block,)),))
    lines = AgreementPainter().paint(agreement, 80).lines
    assert colon in "\n".join("".join(piece.text for piece in line) for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [38, 46, 58, 74])
def test_no_label_of_a_field_is_cut(tmp_path: Path, width: int, lang: str) -> None:
    store = filled_store(tmp_path / "store")
    workspace = Workspace(load_guide(), store.load(store.list()[0].id), store)
    workspace.lang = lang
    for question in workspace.guide.by_id.values():
        workspace.go(Place(question.id, ORG, "bbbbbbbbbb" if "pair" in question.scope else ""))
        slots = FormPainter(workspace, width, open_more=True).paint().slots
        for slot in slots:
            workspace.place = replace(workspace.place, slot=slot.field.key)
            lines = FormPainter(workspace, width, open_more=True).paint().lines
            text = " ".join(" ".join("".join(piece.text for piece in line) for line in lines).split())
            labels = [one.field.label for one in slots if one.field.label and not one.field.key.startswith("+")]
            assert [one for one in labels if one not in text] == [], (question.id, slot.field.key)


async def test_the_plan_shows_the_way_back_to_the_list_while_one_moves(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), size=(80, 24)) as (app, pilot):
        await pressed(pilot, "escape")
        assert "q tous les partenariats" in shown(app, "plan")
        await pressed(pilot, "q")
        assert app.workspace is None


async def test_a_start_on_a_shared_account_says_who_writes_and_how_to_change_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    app = EntenteApp(store, Settings(author="Lucie"), store.list()[0].id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Vous écrivez au nom de Lucie" in shown(app, "foot")
        await pressed(pilot, "escape", "f2", *"votre")
        await pressed(pilot, "enter", *"Marc", "enter")
        assert app.settings.author == app.store.author.name == "Marc"
        assert load_settings(settings_path(os.environ)).author == "Marc"


async def test_an_account_of_ones_own_says_nothing_of_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    app = EntenteApp(store, Settings(), store.list()[0].id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "au nom de" not in shown(app, "foot")


FOUND = {  # what one types in the list of commands, and the first line that it finds
    "fr": {
        "rôle": "Rôle",
        "role": "Rôle",
        "rapport": "Gouvernance",
        "qui": "Qui, et pourquoi",
        "contexte": "Contexte",
        "échéance": "Échéance",
        "courriel": "Courriel",
        "budget": "Ressources",
        "votre nom": "Votre nom",
        "envoyer": "Envoyer l’ébauche",
        "transm": "Envoyer l’ébauche",
    },
    "en": {
        "who": "Who, and why",
        "context": "Background",
        "role": "Role",
        "report": "Governance",
        "who reports": "Who reports",
        "budget": "Resources",
        "your name": "Your name",
        "send": "Send the draft",
    },
}


@pytest.mark.parametrize(("lang", "typed"), [(lang, typed) for lang, words in FOUND.items() for typed in words])
async def test_the_list_of_commands_finds_a_question_by_its_own_words_and_a_field_by_its_label(
    tmp_path: Path, lang: i18n.Language, typed: str
) -> None:
    i18n.use(lang)
    async with opened(filled_store(tmp_path / "store"), Settings(lang=lang)) as (app, pilot):
        await pressed(pilot, "f2", *typed)
        assert isinstance(app.screen, Picker) and app.screen.found
        assert app.screen.found[0].label.replace("'", "’") == FOUND[lang][typed]


async def test_a_field_that_was_found_is_written_in_at_once(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        await pressed(pilot, "f2", *"résolution du", "enter", *"2026-12-01", "f5", "f2", *"phrase visée", "enter")
        workspace = workspace_of(app)
        entry = workspace.partnership.entry(ORG)
        assert entry is not None and entry.get("auth_date") == "2026-12-01"
        assert (workspace.place.question, workspace.place.slot) == ("commit.consensus", "+exceptions")


async def test_the_list_of_commands_turns_pages(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), size=(80, 24)) as (app, pilot):
        await pressed(pilot, "f2")
        window = app.screen
        assert isinstance(window, Picker)
        await pressed(pilot, "pagedown")
        assert window.at > 5
        await pressed(pilot, "pagedown", "pageup", "pageup")
        assert window.at == 0


@pytest.mark.parametrize("before", [(), ("U",), ("M",)])
async def test_the_list_of_commands_and_the_help_are_there_while_projecting(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    """What the room then sees names commands alone: no question, no note, no file."""
    async with opened(filled_store(tmp_path / "store"), size=(100, 30)) as (app, pilot):
        await pressed(pilot, "f9", *before, "f2")
        page = app.screen
        assert isinstance(page, Picker)
        assert {one.id for one in page.choices} == {one.id for one in commands_at(PROJECTION)} - {"palette"}
        await pressed(pilot, *"confiance")
        assert page.found == []
        await pressed(pilot, "escape", "f1")
        assert isinstance(app.screen, HelpScreen) and app.projecting
        told = shown(app, "sheet")
        assert "Vieilles histoires" not in told and "rôle" not in told
        await pressed(pilot, "f12", "l", "escape")
        assert app.projecting and not isinstance(app.screen, HelpScreen) and app.lang == "fr"
        await pressed(pilot, "f2", *"décision", "enter")
        assert isinstance(app.screen, Picker), "a command that was chosen acts before the room too"


_EVERYDAY = {
    "fr": "réunion assemblée présence procès-verbal imprimer exporter courriel partager traduire adopter approuver "
    "signer voter objection désaccord réserve comparer différence historique commentaire modifier trouver raccourci "
    "résumé dépense budget membre résilier renouveler déplacer annuler supprimer échéance",
    "en": "assembly attendance agenda minutes print export email share translate adopt approve sign vote objection "
    "disagreement reservation compare difference history feedback comment search shortcut summary expense budget "
    "member terminate renew move undo delete deadline attachment",
}


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_everyday_words_find_something_among_all_commands(tmp_path: Path, lang: i18n.Language) -> None:
    i18n.use(lang)
    async with opened(filled_store(tmp_path / "store"), Settings(lang=lang)) as (app, pilot):
        await pressed(pilot, "f2")
        picker = app.screen
        assert isinstance(picker, Picker)
        for word in _EVERYDAY[lang].split():
            picker.query_one(Editor).text = word
            picker.on_resize()  # what is found is worked out as it is painted
            assert picker.found, f"« {word} » finds nothing"
            if word in ("adopter", "adopt"):
                assert picker.found[0].id == "adopt", "its own everyday word comes before what is said of others"
        picker.query_one(Editor).text = "xyzzy"
        picker.on_resize()
        assert not picker.found


async def test_a_name_given_in_a_second_window_does_not_become_that_of_the_first(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store", "Lucie")
    first = EntenteApp(store, Settings(author="Lucie"), store.list()[0].id)
    async with first.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        other = filled_store(tmp_path / "store", "Lucie")
        second = EntenteApp(other, Settings(author="Lucie"), other.list()[0].id)
        async with second.run_test(size=(100, 30)) as pilot_too:
            await pilot_too.pause()
            await pressed(pilot_too, "escape", "f2", *"votre nom", "enter", *"Marc", "enter")
            assert second.store.author.name == "Marc"
        assert first.store.author.name == first.settings.author == "Lucie"
        assert first.store.author.id != second.store.author.id, "nobody's typing prolongs somebody else's"
        await pressed(pilot, "l", "l")
        assert load_settings(settings_path(os.environ)).author == "Marc", "no other setting brings the name back"
    fresh = EntenteApp(filled_store(tmp_path / "store", "Marc"), load_settings(settings_path(os.environ)))
    async with fresh.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Vous écrivez au nom de Marc" in shown(fresh, "foot")
