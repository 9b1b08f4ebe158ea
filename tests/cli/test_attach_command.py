"""`attach` as a command: papers attached to the text, listed without what is private, replaced, taken out, written."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.cli import attach_command
from tui.workspace.workspace import Workspace


def test_attached_listed_replaced_written_and_taken_out(shell: Shell, tmp_path: Path) -> None:
    partnership = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    file = tmp_path / "chiffres tus.csv"
    file.write_text("un", encoding="utf-8")
    assert shell("attach", partnership).out == "Aucune pièce n’est jointe au texte.\n"
    done = shell("attach", partnership, "Budget 2027", "--file", file)
    assert done.code == 0 and done.out.startswith("1. Budget 2027, copie du") and "tus" not in done.out, done.err
    assert shell("attach", partnership, "Carte").code != 0
    assert shell("attach", partnership, "--replace", "1").code == 2, "with what is it replaced?"
    file.write_text("deux", encoding="utf-8")
    done = shell("attach", partnership, "--replace", "1", "--file", file, "--papers", tmp_path / "out", "--json")
    assert done.code == 0 and [one["text"] for one in done.data] == ["Budget 2027"], done.err
    assert (tmp_path / "out" / "annexe-1-budget-2027.csv").read_text(encoding="utf-8") == "deux"
    assert "Annexe 1" in shell("show", partnership).out
    done = shell("attach", partnership, "Budget 2028", "--replace", "1", "--file", file)
    assert done.code == 0 and done.out.startswith("1. Budget 2028, copie du"), done.err
    assert shell("attach", partnership, "--remove", "9").code != 0
    assert shell("attach", partnership, "--remove", "1").out == "Aucune pièce n’est jointe au texte.\n"


@pytest.mark.parametrize("kept", [(), (1,), (2,), (1, 2)])
def test_the_list_says_of_which_papers_a_copy_is_kept(monkeypatch: pytest.MonkeyPatch, kept: tuple[int, ...]) -> None:
    told = Told("Ruche")
    for number in (1, 2):
        facts = {"on": "2026-11-03", "file": "x.pdf", "file_hash": "f" * 64} if number in kept else {}
        told.say("follow.attachments", {"what": f"Pièce {number}", **facts}, op="add")
    store = Memory()
    store.partnership = told.partnership
    args = SimpleNamespace(file="", replace="", remove="", title="", papers="", json=True)
    call: Any = SimpleNamespace(args=args, workspace=lambda: Workspace(GUIDE, told.partnership, store))
    printed: list[Any] = []
    monkeypatch.setattr(attach_command, "print_json", printed.append)
    attach_command.attach(call)
    (rows,) = printed
    assert [row["text"] for row in rows] == ["Pièce 1", "Pièce 2"]
    assert [row["number"] for row in rows if row["copy_kept"]] == list(kept)
    assert [row["number"] for row in rows if row["on"]] == list(kept)
