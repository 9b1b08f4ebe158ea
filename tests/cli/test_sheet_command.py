"""`sheet` as a command: pages to fill in by hand in a folder, and what is refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.cli import sheet_command
from tui.form.question_sheet import OWN
from tui.settings import Settings
from tui.workspace.question_sheets import AGENDA
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize(("lang", "own"), [("fr", "feuille-de-l-animation"), ("en", "the-facilitator-s-own-sheet")])
def test_the_sheets_asked_for_are_written_as_word_and_pdf(shell: Shell, tmp_path: Path, lang: str, own: str) -> None:
    partnership = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    done = shell("sheet", partnership, "-o", tmp_path / "all", "--json", "--lang", lang)
    assert done.code == 0 and len(done.data["files"]) == 10, done.err
    done = shell("sheet", partnership, "--partner", "La Boussole", "--own", "-o", tmp_path / "two", "--lang", lang)
    names = sorted(path.name for path in (tmp_path / "two").iterdir())
    assert done.code == 0 and len(names) == 4, done.err
    assert sum("la-boussole" in name for name in names) == 2
    assert sum(own in name or "feuille-de-l-animation" in name for name in names) == 2
    refused = shell("sheet", partnership, "--agenda", "-o", tmp_path / "none", "--lang", lang)
    assert refused.code != 0 and refused.err and not (tmp_path / "none").exists()


def test_the_document_in_large_print_and_for_a_room(shell: Shell, tmp_path: Path) -> None:
    partnership = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    done = shell("export", partnership, f"{tmp_path / 'out'}/", "--large")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert done.code == 0 and len(names) == 2 and all("-gros-" in name for name in names), done.err
    done = shell("export", partnership, tmp_path / "salle.html", "--room")
    assert done.code == 0 and "vh)" in (tmp_path / "salle.html").read_text(encoding="utf-8"), done.err


@pytest.mark.parametrize("asked", [(), ("--own",), ("--agenda",), ("--own", "--agenda"), ("--partner",)])
def test_the_sheets_asked_for_are_written_and_all_for_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    told = Told("Collège", "Clinique")
    args = SimpleNamespace(own="--own" in asked, agenda="--agenda" in asked, partner=None, folder="", json=True)
    args.partner = ["Clinique"] if "--partner" in asked else None
    call: Any = SimpleNamespace(args=args, environ={"HOME": str(tmp_path)}, settings=Settings())
    call.workspace = lambda: Workspace(GUIDE, told.partnership, Memory())
    written: list[Any] = []
    monkeypatch.setattr(sheet_command, "sheet_files", lambda workspace, keys: written.append(keys))
    monkeypatch.setattr(sheet_command, "write", lambda folder, files: SimpleNamespace(files=(), warnings=()))
    sheet_command.sheet(call)
    names = {"--own": OWN, "--agenda": AGENDA, "--partner": told.ids["Clinique"]}
    assert written == [tuple(names[word] for word in asked) or tuple(told.ids.values())]


@pytest.mark.parametrize("command", ["sheet", "form"])
def test_files_that_are_replaced_are_told_beside_what_is_read(shell: Shell, tmp_path: Path, command: str) -> None:
    partnership = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    for form in ((), ("--json",)):
        done = shell(command, partnership, "--partner", "La Boussole", "-o", tmp_path / "out", *form)
        assert done.code == 0 and not done.err, done.err
        files = sorted((tmp_path / "out").iterdir())
        files[0].write_text("autre", encoding="utf-8")
        done = shell(command, partnership, "--partner", "La Boussole", "-o", tmp_path / "out", *form)
        assert done.code == 0 and files[0].name in done.err and "remplacé" in done.err
        assert "remplacé" not in done.out
        files[0].unlink()
