"""Earlier texts, the bin, private notes destroyed, damaged stores, and the name one signs with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.partnership.told import GUIDE
from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of, role, shown, workspace_of
from tui.app.app import EntenteApp
from tui.partnership.partners import WHO, partners
from tui.partnership.values import SETTINGS, Change, HistoryEntry
from tui.screens import list_commands
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.set_aside_screen import TakeOverScreen
from tui.screens.versions_screen import EarlierTextsScreen, values_over_time
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings, load_settings, settings_path
from tui.store import Author, Store
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText
from tui.terminal.line_pane import Lines
from tui.text.widths import width as cells
from tui.ui.dialog import Picker
from tui.workspace.unfinished_texts import UnfinishedTexts


async def test_an_earlier_text_comes_back_as_an_edit_that_undo_takes_away(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    for text in ("hôte de la salle bleue", "hôte de la grande salle", "prestataire"):
        store.save(name, [role(text)])
    async with opened(store) as (app, pilot):
        await pilot.press("alt+r")
        assert isinstance(app.screen, EarlierTextsScreen)
        listed = shown(app, "sheet")
        assert listed.index("grande salle") < listed.index("salle bleue") and "Marie" in listed
        assert "prestataire" not in listed
        assert "[-hôte de la grande salle-] {+prestataire+}" in shown(app, "differences")
        await pilot.press("down", "enter")
        assert isinstance(app.screen, WorkScreen)
        assert app.screen.editor.text == "hôte de la salle bleue"
        await pilot.press("ctrl+z")
        assert app.screen.editor.text == "prestataire"
        await pilot.press("alt+r", "escape")
        assert app.screen.editor.text == "prestataire"


async def test_a_field_without_a_past_says_so(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("alt+r")
        assert "pas de texte antérieur" in shown(app, "foot")


def test_versions_name_who_wrote_each_text() -> None:
    past = [
        HistoryEntry("e", "q", "text@fr", None, "un", 1, "Marie", "2026-11-22T10:00:00"),
        HistoryEntry("e", "q", "text@fr", "un", "deux", 2, "Paul", "2026-11-22T11:00:00"),
        HistoryEntry("e", "q", "text@fr", "deux", "trois", 3, "Zoé", "2026-11-22T12:00:00"),
    ]
    assert [(value, by) for value, by, _at in values_over_time(past)] == [
        ("trois", "Zoé"),
        ("deux", "Paul"),
        ("un", "Marie"),
    ]
    assert values_over_time([]) == []


async def to_list(app: EntenteApp, pilot: Pilot[None]) -> PartnershipsScreen:
    """Back to the list."""
    app.run_command("list")
    await pilot.pause()
    assert isinstance(app.screen, PartnershipsScreen)
    return app.screen


async def test_the_bin_gives_back_and_destroys(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    async with opened(store) as (app, pilot):
        await to_list(app, pilot)
        await pilot.press("b")
        assert "La corbeille est vide." in shown(app, "foot")
        store.delete(name)
        await pilot.press("b", "enter", "enter")
        assert [one.id for one in store.list()] == [name]
        store.delete(name)
        await pilot.press("b", "enter", "down", "down", "enter", "enter")
        assert [one.id for one in store.bin()] == [name], "no stands first"
        await pilot.press("b", "enter", "down", "down", "enter", "down", "enter")
        assert store.bin() == []
        assert not list((tmp_path / "s").rglob("project.json"))


async def test_private_notes_are_destroyed_after_the_backups_are_named(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    store.save(name, [Change(ORG, WHO, "reason@fr", "à ménager", "", (ORG,))])
    store.backup(tmp_path / "copie.zip")
    async with opened(store) as (app, pilot):
        app.run_command("destroy_private")
        await pilot.pause()
        assert isinstance(app.screen, Picker)
        assert "copie.zip" in "".join(shown(app, "picker-list").split())
        assert "Ne détruisez rien qui est demandé." in " ".join(shown(app, "picker-list").split())
        await pilot.press("enter")
        assert "à ménager" in _all_text(tmp_path / "s")
        app.run_command("destroy_private")
        await pilot.pause()
        await pilot.press("down", "enter")
        assert "à ménager" not in _all_text(tmp_path / "s")
        assert "copie.zip" in shown(app, "foot")
        assert not workspace_of(app).undo(), "undo remembers nothing private"
        await pilot.press(*"hôte")
    entry = partnership_of(store).entry(ORG)
    assert entry is not None and entry.get(ROLE) == "hôte"


async def test_a_copy_that_keeps_private_notes_is_named(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    store.save(name, [Change(ORG, WHO, "reason@fr", "à ménager", "", (ORG,))])
    copy = store.duplicate(name)
    store.save(copy, [Change("extra.name", "extra.name", "name@fr", "L'autre")])
    async with opened(store, name=name) as (app, pilot):
        app.run_command("destroy_private")
        await pilot.pause()
        assert f"« L'autre », {copy}" in " ".join(shown(app, "picker-list").split())
        await pilot.press("down", "enter")
        assert f"« L'autre », {copy}" in shown(app, "foot")
        assert any(copy in line for line in app.lines_at_end)


async def test_who_else_may_still_hold_private_notes_is_named(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    session = filled_store(tmp_path / "s", "Luc").session(name)  # he was here first
    async with opened(store, name=name) as (app, pilot):
        app.run_command("destroy_private")
        await pilot.pause()
        await pilot.press("down", "enter")
        said = shown(app, "foot").split("Luc")
        assert len(said) == 2 and "Marie" not in said[1], "the others, not oneself"
    session.close()


def _all_text(folder: Path) -> str:
    return "\n".join(
        path.read_bytes().decode("utf-8", errors="replace").encode().decode("unicode_escape", errors="replace")
        if path.suffix == ".jsonl"
        else path.read_text(encoding="utf-8", errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
    )


async def test_a_damaged_store_says_what_to_do_and_shows_the_rest(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    store.save(name, [Change(ORG, WHO, "reason@fr", "à ménager", "", (ORG,))])
    for path in (tmp_path / "s" / name).glob("private.json*"):
        path.write_bytes(b"\x00" * 10)
    app = EntenteApp(filled_store(tmp_path / "s"), Settings(), name)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert "Université" in shown(app, "paper")
        assert "private.json" in shown(app, "foot")
        await to_list(app, pilot)
        assert "Ce qui demande votre attention" in shown(app, "sheet")


async def test_a_partnership_that_cannot_be_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    other = store.duplicate(name)
    for path in (tmp_path / "s" / other).glob("project.json*"):
        path.write_bytes(b"\x00" * 10)
    fresh = filled_store(tmp_path / "s")
    app = EntenteApp(fresh, Settings())
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        listed = shown(app, "sheet")
        assert other in listed and "entente doctor" in listed and "Université" in listed


@pytest.mark.parametrize("settings", [Settings(group=True), Settings()], ids=["group", "twice"])
async def test_a_shared_account_is_asked_for_a_name_once(tmp_path: Path, settings: Settings) -> None:
    import os

    store = filled_store(tmp_path / "s")
    twin = filled_store(tmp_path / "s").session(partnership_of(store).id)
    app = EntenteApp(store, settings, partnership_of(store).id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Picker)
        await pilot.press(*"Paul", "enter")
        await pilot.pause()
        assert [one.author for one in twin.others()] == ["Paul"]
        assert isinstance(app.screen, WorkScreen)
        app.screen.go_to_field(f"{ORG}/role")
        await pilot.press(*"hôte")
    assert store.history(partnership_of(store).id, entry=ORG, cell=ROLE)[-1].by == "Paul"
    kept = load_settings(settings_path(os.environ))
    assert kept.author == "Paul"
    again = EntenteApp(store, kept, partnership_of(store).id)
    async with again.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert isinstance(again.screen, WorkScreen)
    twin.close()


async def test_an_account_of_one_person_is_not_asked(tmp_path: Path) -> None:
    paul = filled_store(tmp_path / "s", "Paul")
    session = paul.session(partnership_of(paul).id)
    async with opened(filled_store(tmp_path / "s")) as (app, _pilot):
        assert isinstance(app.screen, WorkScreen)
    session.close()


async def test_a_hand_edit_is_shown_at_the_opening_and_taken_over_by_a_key(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    path = tmp_path / "s" / name / "project.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Clinique", "Clinique du Nord"), encoding="utf-8")
    app = EntenteApp(filled_store(tmp_path / "s"), Settings(), name)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TakeOverScreen)
        assert "{+du Nord+}" in shown(app, "sheet").replace("{+ ", "{+")
        await pilot.press("escape")
        assert partnership_of(store).entries["bbbbbbbbbb"].get("name@fr") == "Clinique"
        app.run_command("kept")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert workspace_of(app).partnership.entries["bbbbbbbbbb"].get("name@fr") == "Clinique du Nord"
        assert "reprise" in shown(app, "foot")
        app.run_command("kept")
        assert not isinstance(app.screen, TakeOverScreen), "nothing is left to take over"
    assert partnership_of(store).entries["bbbbbbbbbb"].get("name@fr") == "Clinique du Nord"


async def test_of_a_ruined_partnership_what_reads_is_shown_and_one_goes_on_with_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    folder = tmp_path / "s" / name
    for path in (folder / "project.json", folder / "project.json.twin"):
        path.write_bytes(path.read_bytes()[:-5].replace(b"interested", b"inter\xff\xfe", 1))
    ruined = {path.read_bytes() for path in folder.glob("project.json*")}
    app = EntenteApp(filled_store(tmp_path / "s"), Settings(), name)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TakeOverScreen)
        assert "Clinique" in shown(app, "sheet")
        await pilot.press("escape")
        assert isinstance(app.screen, PartnershipsScreen)
        assert not (folder / "project.json").read_bytes().startswith(b'{"_seal": {"1": {"generation": 2')
        await pilot.press("enter")
        assert isinstance(app.screen, TakeOverScreen)
        await pilot.press("1")
        await pilot.pause()
        assert "Clinique" in str(workspace_of(app).partnership)
    assert ruined <= {path.read_bytes() for path in folder.iterdir()}


async def test_list_says_of_what_it_cannot_read_only_that(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    for end in ("", ".twin"):
        (tmp_path / "s" / name / f"project.json{end}").write_text("{", encoding="utf-8")
    store.create([])
    async with opened(store) as (app, pilot):
        await to_list(app, pilot)
        row = next(line for line in shown(app, "sheet").splitlines() if name in line)
        assert "illisible" in row and "en préparation" not in row


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_organisation_is_one_s_own_and_the_others_are_hoped_for(lang: str) -> None:
    changes = list_commands.first_changes(["Nous", "Collège", "Clinique"], lang, ())
    assert [change.value for change in changes if change.cell == f"name@{lang}"] == ["Nous", "Collège", "Clinique"]
    assert [each.value for each in changes if each.cell == "status"] == ["interested", "prospective", "prospective"]
    orders = [str(change.value) for change in changes if change.cell == "#order"]
    assert orders == sorted(set(orders)) and len(orders) == 3
    assert [change.value for change in changes if change.cell == "lang"] == [lang]


@pytest.mark.parametrize("trial", [True, False])
def test_only_a_trial_is_thrown_away_by_one_key(monkeypatch: pytest.MonkeyPatch, trial: bool) -> None:
    gone: list[Any] = []
    monkeypatch.setattr(list_commands, "_delete_trial", lambda app, name: gone.append(name))
    monkeypatch.setattr(list_commands, "is_trial", lambda workspace: trial)
    app: Any = SimpleNamespace(workspace=SimpleNamespace(partnership=SimpleNamespace(id="open")), say=lambda text: None)
    app.to_list = lambda: setattr(app, "workspace", None)
    page: Any = SimpleNamespace(app=app, current=SimpleNamespace(id="listed", trial=trial), say=lambda text: None)
    list_commands.throw_listed(page)
    list_commands.throw_away(app)
    assert gone == (["listed", "open"] if trial else [])


@pytest.mark.parametrize("answer", ["yes", "no", None])
async def test_only_a_yes_moves_a_partnership_to_the_bin_and_undo_brings_it_back(
    monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    done: list[Any] = []

    async def answer_to(_dialog: object) -> str | None:
        return answer

    monkeypatch.setattr(list_commands, "answer_to", answer_to)
    store = SimpleNamespace(
        delete=lambda name: done.append("bin"), restore_from_bin=lambda name: done.append("back"),
        archive=lambda name, on: done.append(on),
    )  # fmt: skip
    page: Any = SimpleNamespace(
        app=SimpleNamespace(lang="fr", store=store), list_changed=lambda message, undo, redo: (undo(), redo())
    )
    page.current = SimpleNamespace(id="listed", title=lambda lang: "Le soir", archived=False)
    asked: Any = list_commands.delete(page)
    await asked
    assert done == (["bin", "back", "bin"] if answer == "yes" else [])
    done.clear()
    list_commands.archive(page)
    assert done == [True, False, True]


def test_texts_outside_the_store_go_with_the_private_notes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A text whose folder could not be written is kept in the folder of the account."""
    store, home = filled_store(tmp_path / "s"), tmp_path / "home"
    name = partnership_of(store).id
    for partnership in (name, "another"):
        waits = UnfinishedText("decision", "", partnership, os.path.realpath(store.root), "", "", "à taire", "")
        file = UnfinishedFile((home,))
        file.write(waits)
        file.release()
    monkeypatch.setattr(list_commands, "start_over", lambda app: None)
    workspace = SimpleNamespace(partnership=partnership_of(store), flush=lambda: None, others=tuple)
    app = SimpleNamespace(store=store, workspace=workspace, unfinished=UnfinishedTexts(store.root, home), lang="fr")
    screen: Any = SimpleNamespace(app=app, workspace=workspace, field_editor=SimpleNamespace(finish=lambda: None))
    screen.say, app.lines_at_end = lambda text: None, []
    list_commands._destroy(screen)
    assert [json.loads(path.read_bytes())["partnership"] for path in home.iterdir()] == ["another"]


@pytest.mark.parametrize("before", ["Le soir", None])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_undo_in_the_list_gives_a_partnership_its_name_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, before: str | None
) -> None:
    store = Store(tmp_path / "s", author=Author("x" * 10, "Marie"))
    changes = [Change(SETTINGS, SETTINGS, "lang", lang)]
    changes += [Change("extra.name", "extra.name", f"name@{lang}", before)] if before else []
    summary = store.create(changes)
    monkeypatch.setattr(list_commands, "_ask_name", lambda app, name, text, answer: answer("  Le matin "))
    steps: list[Any] = []
    app: Any = SimpleNamespace(store=store, guide=GUIDE, lang=lang)
    page: Any = SimpleNamespace(app=app, current=store.list()[0], refresh_list=lambda: None)
    page.note_step = lambda *both: steps.extend(both)

    def names() -> set[object]:
        entry = store.load(summary.id).entry("extra.name")
        return {cell.value for cell in entry.cells.values() if cell.value} if entry is not None else set()

    list_commands.rename_listed(page)
    assert names() == {"Le matin"}
    undo, redo = steps
    undo()
    assert names() == ({before} if before else set())
    redo()
    assert names() == {"Le matin"}


def test_an_organisation_typed_twice_is_one_partner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = Store(tmp_path / "s", author=Author("x" * 10, "Marie"))
    typed = "Collège\n Clinique\nCollège \n\nClinique"
    monkeypatch.setattr(list_commands, "ask", lambda app, dialog, answer: answer(typed))
    monkeypatch.setattr(list_commands, "begin_typing", lambda app, window: None)
    monkeypatch.setattr(list_commands, "OrganisationsDialog", lambda *known, **more: None)
    monkeypatch.setattr(list_commands, "after_creation", lambda app: None)
    app: Any = SimpleNamespace(store=store, lang="fr", workspace=None, open=lambda name: None, say=lambda text: None)
    list_commands.new_partnership(app)
    assert [partner.name("fr") for partner in partners(partnership_of(store))] == ["Collège", "Clinique"]


async def test_no_word_of_a_title_is_cut_in_a_narrow_list(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    title = "Concertation intersectorielle pour l'accueil et l'intégration des familles de la Haute-Yamaska, phase 11"
    for room in range(4):  # so that the last word falls at each place of a line
        store.create([Change("extra.name", "extra.name", "name@fr", "a" * room + title)])
    async with opened(store, size=(40, 15)) as (app, pilot):
        await to_list(app, pilot)
        pane = app.screen.query_one("#sheet", Lines)
        assert max(cells("".join(piece.text for piece in line)) for line in pane.lines) <= pane.line_width
        listed = " ".join(shown(app, "sheet").split())
        for room in range(4):
            assert "a" * room + title.replace("'", "’") in listed.replace("'", "’")
