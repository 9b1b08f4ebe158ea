"""After a copy or an export: the very line that brings the file home, run by a real shell with an ssh of our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.shell import ROOT, Shell
from tests.warm_start import PROGRAM
from tui.cli import main

REMOTE = {"SSH_CONNECTION": "203.0.113.7 51515 198.51.100.4 2222"}
TITLE = 'L\'été « à deux » : "$HOME" & co.'
# a server runs the words behind the host through a shell of its own (ssh(1)), in the person's home and bare environment
SSH = '#!/bin/sh\nprintf "%s\\n" "$@" > "$LOG"\nfor last; do :; done\ncd / && exec sh -c "$last"\n'
ENTENTE = f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n'
FORMATS = ("docx", "pdf", "html", "txt", "md", "eml", "json")


@pytest.fixture
def home(shell: Shell, tmp_path: Path):
    """Run a line as a person would on their own computer, and tell the words that ssh was given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "ssh").write_text(SSH)
    (folder / "ssh").chmod(0o755)
    (tmp_path / "desk").mkdir()

    def run(line: str) -> list[str]:
        environ = {"PATH": f"{folder}:{os.environ['PATH']}", "LOG": str(tmp_path / "log"), "PYTHONPATH": str(ROOT)}
        done = shell.run(["sh", "-c", f"cd desk && {line}"], environ=environ)
        assert done.returncode == 0, done.stderr
        return (tmp_path / "log").read_text().splitlines()

    return run


def entente(tmp_path: Path) -> str:
    """A folder with the command `entente`, whose name has a space."""
    folder = tmp_path / "my tools"
    folder.mkdir()
    (folder / "entente").write_text(ENTENTE)
    (folder / "entente").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.mark.parametrize("ending", ["docx", "md", "json"])
def test_the_line_makes_the_same_file_at_home(shell: Shell, home, tmp_path: Path, ending: str) -> None:
    store = tmp_path / "the group's store"
    partnership = shell("new", TITLE, ENTENTE_STORE=str(store)).out.strip()
    environ = {**REMOTE, "ENTENTE_STORE": str(store), "PATH": entente(tmp_path)}
    name = f"l'été.{ending}"
    done = shell.on_terminal("export", partnership, name, **environ)
    written = done.out.replace("\xa0", " ").replace("’", "'")  # a terminal shows the apostrophe of print
    assert (done.code, written) == (0, f"Écrit : {name}\n"), done
    line = done.err.splitlines()[-1].strip()
    words = home(line)
    assert words[:2] == ["-p", "2222"] and words[2].endswith("@198.51.100.4")
    assert (tmp_path / "desk" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_a_machine_may_say_its_name_and_where_files_go(shell: Shell, tmp_path: Path) -> None:
    wide = tmp_path / "etc"
    (wide / "entente").mkdir(parents=True)
    (wide / "entente" / "config.toml").write_text(f'host = "ententes.example.ca"\noutput = "{tmp_path}/partage"\n')
    (tmp_path / "partage").mkdir(mode=0o775)
    partnership = shell.new(TITLE)
    environ = {**REMOTE, "XDG_CONFIG_DIRS": str(wide)}
    done = shell.on_terminal("export", partnership, "a.txt", **environ)
    assert "@ententes.example.ca:" in done.err
    assert (tmp_path / "partage" / "a.txt").is_file()
    done = shell.on_terminal("copy", partnership, **environ)
    assert "@ententes.example.ca" in done.out and f"{tmp_path}/partage" in done.out
    shell("export", partnership, tmp_path / "b.txt", **environ)
    assert (tmp_path / "b.txt").is_file()


def test_at_a_desktop_no_line_is_needed(shell: Shell) -> None:
    done = shell.on_terminal("export", shell.new(TITLE), "a.txt", DISPLAY=":97")
    assert (done.code, done.err) == (0, "")


def test_a_script_gets_no_line_to_fetch(shell: Shell) -> None:
    one = shell.new(TITLE)
    done = shell("export", one, "a.txt", **REMOTE)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("columns", ["20", "500"])
def test_a_line_to_fetch_is_whole_however_narrow_the_terminal(shell: Shell, columns: str) -> None:
    done = shell.on_terminal("export", shell.new(TITLE), "a long name of a file.txt", COLUMNS=columns, **REMOTE)
    lines = done.err.splitlines()[1:]
    assert lines and all("a long name of a file.txt" in line.replace("\\", "") for line in lines), done.err


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_goes_to_the_standard_output(tmp_path: Path, capfdbinary, ending: str) -> None:
    main(["new", TITLE])
    partnership = capfdbinary.readouterr().out.decode().strip()
    name = {"txt": "text"}.get(ending, ending)
    assert main(["export", partnership, str(tmp_path / f"a.{ending}")]) == 0
    capfdbinary.readouterr()
    assert main(["export", partnership, "-", "--format", name]) == 0
    out, err = capfdbinary.readouterr()
    assert (out, err) == ((tmp_path / f"a.{ending}").read_bytes(), b"")


def test_one_section_is_copied_by_its_number_or_its_heading(shell: Shell, tmp_path: Path) -> None:
    partnership = shell.new(TITLE)
    kept = tmp_path / ".local" / "state" / "entente" / "copies"
    by_number = shell("copy", partnership, "--section", "3")
    text = next(kept.iterdir()).read_text("utf-8")
    assert text.startswith("3. Objectifs principaux") and "4." not in text
    assert "export" not in by_number.out  # no command makes a section alone
    shell("copy", partnership, "--section", "objectifs")
    assert next(kept.iterdir()).read_text("utf-8") == text
    wrong = shell("copy", partnership, "--section", "99")
    assert wrong.code == 2 and "3 Objectifs" in wrong.err
