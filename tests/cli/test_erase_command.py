"""`entente erase`, and its line and its window: a private word typed in a public field leaves every output and file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.cli.shell import Shell
from tests.line_mode.person import Person
from tests.screens.opened import ORG, filled_store, opened, partnership_of, role, shown, workspace_of
from tests.store.test_erasure import CANARY, holding
from tui.app.app import EntenteApp
from tui.screens.work_screen import WorkScreen
from tui.ui.dialog import Picker

GOAL = {"question": "gather.objectives", "op": "add", "lang": "fr"}
OUTPUTS: tuple[tuple[str, ...], ...] = (
    ("show", "ID"), ("show", "ID", "--format", "html"), ("show", "ID", "--format", "md"), ("check", "ID"),
    ("show", "ID", "--format", "json", "--with-private"), ("versions", "ID"), ("list",), ("list", "--json"),
    ("export", "ID", "-", "--format", "json", "--with-private", "--with-history"),
)  # fmt: skip


def asked(shell: Shell) -> str:
    """A partnership in whose goal a private word was typed, and taken out again by hand."""
    one = shell.new("Porte ouverte")
    (row,) = shell.answer(one, {**GOAL, "value": {"text": f"Offrir un lieu. {CANARY}."}}).lines
    shell.answer(one, {**GOAL, "op": "set", "row": row["row"], "value": {"text": "Offrir un lieu."}})
    return one


def outputs(shell: Shell, one: str) -> str:
    """All that the commands print of a partnership, and all they write."""
    printed = [shell(*(one if word == "ID" else word for word in words)) for words in OUTPUTS]
    return "".join(done.out + done.err for done in printed)


def test_the_word_leaves_every_output_and_file_of_the_store(shell: Shell) -> None:
    one = asked(shell)
    assert CANARY in outputs(shell, one), "deleted by hand, it is still handed over with the history"
    looked = shell("erase", one, CANARY)
    assert (looked.code, CANARY in outputs(shell, one)) == (0, True)
    assert "2 textes antérieurs" in looked.out.replace("\xa0", " ") and "--for-good" in looked.out
    done = shell("erase", one, "-", "--for-good", stdin=f"{CANARY}\n")
    assert (done.code, done.err) == (0, "")
    assert CANARY not in outputs(shell, one)
    assert holding(shell.home) == []
    assert "Offrir un lieu." in shell("show", one).out.replace("\xa0", " ")
    assert shell("erase", one, CANARY, "--for-good").code == 1


def test_in_english_and_what_is_too_short(shell: Shell) -> None:
    one = asked(shell)
    assert "stands in" in shell("erase", one, CANARY, "--lang", "en").out
    assert shell("erase", one, "a").code == 2


def test_what_was_sent_is_said_and_stays(shell: Shell, tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    from tui.partnership.versions import DRAFT, Sent, Version, version_document

    sent = Sent("2026-11-22", "mail", (ORG,), others=1)
    text: dict[str, Any] = {"fr": {"kind": "Agreement", "title": CANARY}}
    store.add_version(name, version_document(Version("vvvvvvvvva", 1, DRAFT, "2026-11-22", snapshots=text, sent=sent)))
    store.save(name, [role(CANARY)])
    done = shell("erase", name, CANARY, "--for-good", "--store", str(tmp_path / "s"))
    said = done.out.replace("\xa0", " ")
    assert "1, 22 novembre 2026 : ce texte y est et elle est déjà partie, à Université, 1 autre adresse." in said
    assert holding(tmp_path) == ["versions.json", "versions.json.twin"]


def test_line_mode_shows_it_and_takes_it_out_at_the_second_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(tmp_path, monkeypatch)
    person.types("Alpha", "Beta", "", "/aller vision", f"Un lieu. {CANARY}.", "")
    said = person.types(f"/retirer pour de bon {CANARY}")
    assert "se trouve dans :" in said and CANARY in str(person.partnership)
    said = person.types(f"/erase for good {CANARY}", "/document", f"/erase for good {CANARY}", "/undo", lang="en")
    assert "Taken out for good: 1 field" in said and "Nothing left to undo" in said
    assert holding(tmp_path) == []


async def typed(pilot: Pilot[None], app: EntenteApp, words: str) -> None:
    app.run_command("erase")
    await pilot.pause()
    for letter in words:
        await pilot.press("space" if letter == " " else letter)
    await pilot.press("enter")
    await pilot.pause()


async def test_the_window_shows_where_and_takes_out_after_a_yes(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    name = partnership_of(store).id
    store.save(name, [role(f"hôte. {CANARY}")])
    store.backup(tmp_path / "copie.zip")
    async with opened(store) as (app, pilot):
        await typed(pilot, app, CANARY)
        assert isinstance(app.screen, Picker)
        asked_for = " ".join(shown(app, "picker-list").split())
        assert "Université" in asked_for and "copie.zip" in asked_for
        await pilot.press("enter")
        assert holding(tmp_path / "s"), "no stands first"
        await typed(pilot, app, CANARY)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert holding(tmp_path / "s") == []
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text == "hôte."
        assert not workspace_of(app).undo(), "undo remembers nothing of it"
        assert any("copie.zip" in line for line in app.lines_at_end)
        assert len(list((tmp_path / "s" / name).glob("journal-*"))) == 1, "to others it is one session"


async def test_words_typed_in_the_window_and_left_wait_nowhere(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        app.run_command("erase")
        await pilot.pause()
        await pilot.press(*"secret", "escape")
        await pilot.pause()
        app.unfinished.save_now()
        assert holding(tmp_path, "secret") == []
        assert "Rien n'a été retiré" in shown(app, "foot")
