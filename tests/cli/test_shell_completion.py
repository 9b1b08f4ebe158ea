"""Completion as a shell asks for it: subcommands, options, choices, and the titles of the store as they are now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tui.store import Author, Store

Ask = Callable[[str], list[str]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """What the program tells a shell where this line is typed so far."""
    store = Store(tmp_path / "store", author=Author("m" * 10, "Marie"))
    for title in ("Une porte ouverte", "L'été d'Ève", "Une salle", "Une salle"):
        named(store, title)

    def asked(line: str) -> list[str]:
        answer = tmp_path / "answer"
        environ = {
            "_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": "fish", "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
            "_ARGCOMPLETE_IFS": "\013", "COMP_LINE": line, "COMP_POINT": str(len(line)), "COMP_TYPE": "9",
            "ENTENTE_STORE": str(store.root), "LANG": "fr_CA.UTF-8", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path),
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "tui"], env=environ, cwd=tmp_path, check=True, capture_output=True)
        told = answer.read_text(encoding="utf-8").split("\013") if answer.exists() else []
        return [one.partition("\t")[0].strip() for one in told if one]

    return asked


def named(store: Store, title: str) -> None:
    """Make a partnership of that name."""
    from tui.partnership.values import Change

    store.create([Change("extra.name", "extra.name", "name@fr", title)])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("entente compa", ["compare"]),
        ("entente show --for", ["--format"]),
        ("entente show --format=m", ["--format=md"]),
        ("entente completion ", ["bash", "fish", "zsh"]),
        ("entente show Une\\ p", ["Une porte ouverte"]),
        ("entente Une\\ p", ["Une porte ouverte"]),
    ],
)
def test_the_shell_is_told_what_a_word_may_become(ask: Ask, line: str, told: list[str]) -> None:
    assert [one.replace("\\", "") for one in sorted(ask(line))] == told


def test_a_partner_and_a_format_are_completed_and_no_file_where_none_can_be_meant(ask: Ask, tmp_path: Path) -> None:
    from tui.partnership.values import Change

    store = Store(tmp_path / "store", author=Author("m" * 10, "Marie"))
    rows = [("pppppppppp", "La Ruche", "committed"), ("qqqqqqqqqq", "Le Secret", "prospective")]
    changes = [Change("extra.name", "extra.name", "name@fr", "Le soir")]
    for row, name, status in rows:
        changes += [Change(row, "open.who", "name@fr", name), Change(row, "open.who", "status", status)]
    store.create(changes)
    (tmp_path / "Lettre.docx").write_text("")
    for line in ("entente sign Le\\ soir L", "entente send Le\\ soir --to L", "entente call Le\\ soir L"):
        assert [one.replace("\\", "") for one in ask(line)] == ["La Ruche"], "and no name that is held back"
    assert ask("entente export Le\\ soir x --format do") == ["docx"]
    assert ask("entente sign Le\\ soir La\\ Ruche --by L") == []
    assert ask("entente answers Le\\ soir --received L") == ["Lettre.docx"]
    assert ask("entente sign Perdu L") == []


def test_titles_that_two_have_are_told_by_their_ids(ask: Ask) -> None:
    told = [one.replace("\\", "") for one in ask("entente check ")]
    assert "Une porte ouverte" in told and "L'été d'Ève" in told
    assert "Une salle" not in told and len([one for one in told if len(one) == 10 and one.isalnum()]) == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_what_it_runs_once(shell: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tui", "completion", shell],
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "entente" in ran.stdout and "_ARGCOMPLETE" in ran.stdout
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=ran.stdout, text=True, check=True)


def test_a_store_that_cannot_be_read_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    line = "entente show U"
    environ = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "answer"), "COMP_LINE": line,
               "COMP_POINT": str(len(line)), "ENTENTE_STORE": "relative/store", "HOME": str(tmp_path),
               "PYTHONPATH": str(ROOT)}  # fmt: skip
    ran = subprocess.run([sys.executable, "-m", "tui"], env=environ, cwd=tmp_path, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("", "")
    assert not (tmp_path / "relative").exists(), "no store is made where one only asks"
