"""`new`, `list`, `import`, `backup`, `restore`, and how a partnership is named."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.cli.shell import Shell
from tui import i18n
from tui.cli.partnership_commands import list_partnerships
from tui.cli.store_commands import restore
from tui.store import Problem, Summary

if TYPE_CHECKING:
    from tui.cli.invocation import Invocation


def test_new_prints_an_id_that_list_and_show_know(shell: Shell) -> None:
    partnership_id = shell.new("Le soir, l’été")
    assert len(partnership_id) == 10 and partnership_id.isalnum()
    row = shell("list").out.splitlines()[1]
    assert row.startswith(f"{partnership_id}  Le soir, l’été  en préparation") and row.endswith("  0")
    assert "Le soir, l’été" in shell("show", partnership_id).out


def test_list_aligns_wide_and_combining_letters(shell: Shell) -> None:
    for title in ("日本の会", "e\u0301te\u0301", "plain"):
        shell.new(title)
    head, *rows = shell("list", "--lang", "en").out.splitlines()
    at = head.index("Where it stands")
    stages = {row.split("in preparation")[0] for row in rows}
    from tui.text.widths import width

    assert {width(start) for start in stages} == {at}


def test_list_json_is_the_whole_line(shell: Shell) -> None:
    partnership_id = shell.new("Un", "--doc-lang", "en")
    [row] = shell("list", "--json").data
    assert row["id"] == partnership_id and row["title"] == {"fr": "Un", "en": "Un"}
    assert (row["milestone"], row["partners"], row["archived"]) == ("meeting", 0, False)
    assert shell("list", "--archived", "--json").data == []


def test_an_empty_store_says_what_to_do(shell: Shell) -> None:
    done = shell("list")
    assert (done.code, done.out) == (0, "") and "entente new" in done.err


@pytest.mark.parametrize("title", ["", "   "])
def test_new_wants_a_title(shell: Shell, title: str) -> None:
    assert shell("new", title).code == 2


def test_a_partnership_is_named_by_id_prefix_or_title(shell: Shell) -> None:
    partnership_id = shell.new("Été commun")
    for name in (partnership_id, partnership_id[:4], "été commun", "ETE COMMUN"):
        assert shell("show", name).code == 0, name
    done = shell("show", partnership_id[:3])
    assert done.code == 2 and "entente list" in done.err and done.out == ""


def test_an_ambiguous_title_is_refused_with_the_list(shell: Shell) -> None:
    ids = {shell.new("Jumeaux"), shell.new("Jumeaux")}
    done = shell("show", "Jumeaux")
    assert done.code == 2 and all(one in done.err for one in ids)


def test_a_subcommand_wins_over_a_title(shell: Shell) -> None:
    shell.new("doctor")
    assert "Python" in shell("doctor").out


def test_a_mistyped_subcommand_is_guessed(shell: Shell) -> None:
    done = shell("exprot", "--lang", "en")
    assert done.code == 2 and "entente export" in done.err


@pytest.mark.parametrize("before", [True, False])
def test_store_and_languages_stand_before_or_after(shell: Shell, before: bool, tmp_path: Path) -> None:
    options = ["--store", str(tmp_path / "ailleurs"), "--lang=en", "--doc-lang", "en"]
    words = [*options, "new", "Here"] if before else ["new", "Here", *options]
    partnership_id = shell(*words).out.strip()
    assert (tmp_path / "ailleurs" / partnership_id / "project.json").is_file()
    shown = [*options, "show", partnership_id] if before else ["show", partnership_id, *options]
    assert "STATEMENT OF PARTNERSHIP" in shell(*shown).out


def test_import_adds_a_copy_or_merges(shell: Shell, tmp_path: Path) -> None:
    partnership_id = shell.new("À partager")
    file = tmp_path / "x.json"
    assert shell("export", partnership_id, file).code == 0
    copy = shell("import", file)
    assert copy.code == 0 and copy.out.strip() != partnership_id
    assert shell("import", file, "--merge").out.strip() == partnership_id
    assert len(shell("list", "--json").data) == 2
    by_stdin = shell("import", "-", stdin=file.read_bytes(), ENTENTE_STORE=str(tmp_path / "autre"))
    assert by_stdin.out.strip() == partnership_id


def test_import_of_nonsense_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(b'{"meta": [1, 2')
    done = shell("import", file)
    assert done.code == 2 and "x.json" in done.err
    assert shell("import", tmp_path / "absent.json").code == 3
    assert shell("list", "--json").data == []


def test_backup_and_restore(shell: Shell, tmp_path: Path) -> None:
    partnership_id = shell.new("À garder")
    file = tmp_path / "sauvegarde.zip"
    assert shell("backup", file).code == 0
    assert file.stat().st_mode & 0o077 == 0
    done = shell("restore", file, "--store", tmp_path / "neuf")
    assert (done.code, done.out.split()) == (0, [partnership_id])
    assert "À garder" in shell("list", "--store", tmp_path / "neuf").out
    assert shell("backup", file).code == 3  # a backup never replaces another file


def test_the_list_tells_when_in_the_zone_of_the_settings(shell: Shell) -> None:
    shell.new("Un")
    told = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # 25 hours apart
        (shell.home / "config.toml").write_text(f'timezone = "{zone}"\n')
        told[zone] = shell("list", ENTENTE_CONFIG=str(shell.home / "config.toml")).out
    assert told["Pacific/Kiritimati"] != told["Pacific/Niue"]


SUMMARY = Summary(
    "a" * 10, "Le soir", "The evening", "2026-11-22T14:02:00+00:00", "adoption", 3, archived=False,
    dissents=1, late=2, month=5,
)  # fmt: skip


def listed(*found: Summary, as_json: bool = False) -> int:
    """List these partnerships as if a store held them."""
    store = SimpleNamespace(list=lambda archived, progress: found, moved_error=lambda: None, sync_copies=lambda: [])
    args = SimpleNamespace(archived=False, json=as_json)
    return list_partnerships(cast("Invocation", SimpleNamespace(store=store, args=args)))


def test_each_number_of_the_list_stands_under_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(SUMMARY, as_json=True) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert row["title"] == {"fr": "Le soir", "en": "The evening"} and row["milestone"] == "adoption"
    numbers = ("partners", "disagreements", "late", "due_this_month")
    assert [row[name] for name in numbers] == [3, 1, 2, 5]


@pytest.mark.parametrize(("changed", "words"), [("2026-11-22", "read in part"), ("", "cannot be read")])
def test_a_damaged_one_says_how_much_of_it_is_left(
    capsys: pytest.CaptureFixture[str], changed: str, words: str
) -> None:
    i18n.use("en")
    damaged = Summary("b" * 10, "", "", changed, "meeting", 0, archived=False, damaged="half a file")
    assert listed(SUMMARY, damaged) == 0
    whole, part = capsys.readouterr().out.splitlines()[1:]
    assert words in part and "untitled" in part and "The evening" in whole and "2 late" in whole


@pytest.mark.parametrize(("kind", "code"), [("restored", 3), ("room", 0)])
def test_a_backup_that_was_damaged_comes_back_and_is_no_success(
    capsys: pytest.CaptureFixture[str], kind: str, code: int
) -> None:
    def brought_back(_file: Path, _progress: object) -> Generator[str, None, int]:
        yield "a" * 10
        return 0

    store = SimpleNamespace(restore=brought_back, take_problems=lambda: [Problem(kind, Path("/srv/a/project.json"))])
    call = SimpleNamespace(store=store, args=SimpleNamespace(file="/tmp/sauvegarde.zip"))
    assert restore(cast("Invocation", call)) == code
    said = capsys.readouterr()
    assert said.out == "a" * 10 + "\n" and ("project.json" in said.err) == bool(code)
