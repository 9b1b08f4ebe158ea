"""`minutes`: the last meeting or the one that is named, as text or Markdown, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.warm_start import PROGRAM
from tui.guide.guide_loading import load_guide
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners


@pytest.fixture
def held(shell: Shell) -> str:
    """A partnership with one meeting of today."""
    root = shell.home / "store"
    store = Store(root, author=Author("x" * 10, "Marie"))
    store.create([])
    workspace = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(workspace, "Université\nClinique")
    meeting_edits.note_decision(workspace, "on commence en janvier")
    meeting_edits.close_meeting(workspace, meeting_edits.open_meeting(workspace))
    workspace.flush()
    return workspace.partnership.id


def test_minutes_are_printed_in_both_languages_and_forms(shell: Shell, held: str) -> None:
    store = shell.home / "store"
    french = shell("minutes", held, "--store", store)
    assert french.code == 0 and french.out.startswith("COMPTE RENDU DE LA RENCONTRE DU")
    assert "1. on commence en janvier" in french.out
    english = shell("minutes", held, "--store", store, "--doc-lang", "en", "--format", "md")
    assert "## 2\\. Decisions" in english.out and "1. on commence en janvier" in english.out


def test_minutes_are_written_where_other_files_go_with_a_short_path(shell: Shell, held: str) -> None:
    store = shell.home / "store"
    settings = shell.home / ".config" / "entente"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text('output = "~/Papiers"\n', encoding="utf-8")
    chosen = shell("minutes", held, "--store", store, "--output", "rencontre.docx")
    assert (chosen.code, chosen.err) == (0, "") and chosen.out.replace(
        "\xa0", " "
    ) == "Écrit : ~/Papiers/rencontre.docx\n"
    assert (shell.home / "Papiers" / "rencontre.docx").read_bytes()[:2] == b"PK"
    words = ("minutes", held, "--store", str(store), "--format", "docx", "--output", "-")
    assert shell.run([*PROGRAM, *words]).stdout[:2] == b"PK"
    text = shell("minutes", held, "--store", store, "--output", "-")
    assert text.out.startswith("COMPTE RENDU")


def test_a_meeting_is_named_by_its_date_or_refused_with_the_dates_there_are(shell: Shell, held: str) -> None:
    store = shell.home / "store"
    wrong = shell("minutes", held, "--store", store, "--meeting", "1999-01-01")
    assert wrong.code == 2 and "1999-01-01" in wrong.err
    day = wrong.err.rstrip(". \n").rpartition(" ")[2]
    assert shell("minutes", held, "--store", store, "--meeting", day).code == 0


def test_without_a_meeting_the_way_to_one_is_told(shell: Shell, tmp_path: Path) -> None:
    made = shell.new("Sans rencontre")
    done = shell("minutes", made)
    assert done.code == 2 and "Rencontre" in done.err and done.out == ""


def test_levels_are_printed_and_written_as_a_table(shell: Shell, held: str) -> None:
    store = shell.home / "store"
    printed = shell("levels", held, "--store", store, "--doc-lang", "en")
    assert printed.code == 0
    assert "LEVELS OF INVOLVEMENT AND CONTRIBUTIONS" in printed.out
    target = shell.home / "levels.docx"
    written = shell("levels", held, "--store", store, "--output", str(target))
    assert written.code == 0
    assert target.read_bytes()[:2] == b"PK"
    wrong = shell("levels", held, "--store", store, "--output", str(shell.home / "levels.xyz"))
    assert wrong.code == 2
    assert "xyz" in wrong.err


def test_the_register_of_decisions_is_printed_in_both_languages(shell: Shell, held: str) -> None:
    store = shell.home / "store"
    french = shell("minutes", held, "--store", store, "--register")
    assert french.code == 0 and "REGISTRE DES DÉCISIONS" in french.out and "en vigueur" in french.out
    english = shell("minutes", held, "--store", store, "--register", "--doc-lang", "en", "--format", "md")
    assert "| No. | Date | Decision | State |" in english.out and "in force" in english.out
