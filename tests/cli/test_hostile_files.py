"""Pipes, devices and links in the place of the files that commands are told to read and to write."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.warm_start import PROGRAM

SECONDS = 20
MOST_MEMORY = 1_000_000  # kB of address space: a program that reads a device ends here, and not after 23 GB
COLLEAGUE = 12345


@pytest.fixture
def name(shell: Shell) -> str:
    return shell.new("Chez nous")


def limited(shell: Shell, *words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command that may neither hang nor eat the memory of the machine."""
    line = f'ulimit -v {MOST_MEMORY}; exec "$@"'
    return subprocess.run(
        ["bash", "-c", line, "bash", *PROGRAM, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, cwd=shell.home, env=shell.environ(environ), timeout=SECONDS, start_new_session=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("what", ["pipe", "device", "link to a device", "huge"])
@pytest.mark.parametrize("command", ["restore", "import", "compare", "doctor --adopt", "settings"])
def test_only_plain_files_are_read(shell: Shell, name: str, command: str, what: str) -> None:
    path = shell.home / "given"
    if what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path = Path("/dev/zero")
    elif what == "link to a device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(5 * 1024**3)
    commands: dict[str, list[str | Path]] = {
        "restore": ["restore", path], "import": ["import", path], "compare": ["compare", name, path],
        "doctor --adopt": ["doctor", "--adopt", path], "settings": ["list"],
    }  # fmt: skip
    more = {"ENTENTE_CONFIG": str(path)} if command == "settings" else {}
    done = limited(shell, *commands[command], **more)
    assert done.returncode in (2, 3) and "Traceback" not in done.stderr
    assert path.name in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert command == "doctor --adopt" or any(unit in done.stderr for unit in ("\xa0Go", "\xa0Mo", "(30 Mo)"))


def test_standard_input_has_a_limit_too(shell: Shell) -> None:
    with Path("/dev/zero").open("rb") as endless:
        line = f'ulimit -v {MOST_MEMORY}; exec "$@"'
        done = subprocess.run(
            ["bash", "-c", line, "bash", *PROGRAM, "import", "-"], stdin=endless, capture_output=True, text=True,
            env=shell.environ(), timeout=SECONDS, start_new_session=True, check=False,
        )  # fmt: skip
    assert done.returncode in (2, 3) and "64\xa0Mo" in done.stderr


def test_a_backup_that_unpacks_to_too_much_says_how_much_is_read(shell: Shell) -> None:
    with zipfile.ZipFile(shell.home / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bbbbbbbbbb/project.json", b" " * (64 * 1024**2 + 1))
    done = limited(shell, "restore", shell.home / "b.zip")
    assert done.returncode == 2 and "64\xa0Mo" in done.stderr


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to a colleague")


def given_away(path: Path) -> None:
    """Make a file, a link or a pipe a colleague's."""
    os.chown(path, COLLEAGUE, COLLEAGUE, follow_symlinks=False)


@as_root
@pytest.mark.parametrize("planted", ["link", "link to a folder", "pipe"])
@pytest.mark.parametrize("command", ["export", "export into", "with private", "backup", "compare --output"])
def test_nothing_goes_where_a_colleague_leads_it(shell: Shell, name: str, command: str, planted: str) -> None:
    shared, own = shell.home / "shared", shell.home / "own"
    shared.mkdir()
    own.mkdir()
    (own / "x.md").write_text("mine")
    shown = shell("export", name, f"{shared}/t/", "--format", "md").out if command == "export into" else ""
    last = shown.split("/")[-1].strip() or "x.json"
    target = shared / "t" / last if command == "export into" else shared / last
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    if planted == "pipe":
        os.mkfifo(target)
    elif planted == "link":
        target.symlink_to(own / "x.md")
    else:
        os.rename(target.parent, shell.home / "aside")
        target.parent.symlink_to(own)
    given_away(target.parent if planted == "link to a folder" else target)
    commands: dict[str, list[str | Path]] = {
        "export": ["export", name, target], "with private": ["export", name, target, "--with-private"],
        "export into": ["export", name, f"{target.parent}/", "--format", "md"], "backup": ["backup", target],
        "compare --output": ["compare", name, "today", "--output", target],
    }  # fmt: skip
    done = limited(shell, *commands[command])
    assert done.returncode in (2, 3) and "Traceback" not in done.stderr, done
    assert {path.name: path.read_text() for path in own.iterdir()} == {"x.md": "mine"}


def test_a_settings_file_kept_as_a_dotfile_stays_a_link(shell: Shell) -> None:
    (shell.home / "dotfiles").mkdir()
    kept = shell.home / "dotfiles" / "entente.toml"
    kept.write_text("# mine\n")
    place = shell.home / ".config" / "entente" / "config.toml"
    place.parent.mkdir(parents=True)
    place.symlink_to(kept)
    code = "import sys, pathlib, tui.settings as s; s.remember(pathlib.Path(sys.argv[1]), theme='')"
    assert shell.run([sys.executable, "-c", code, str(place)]).returncode == 0
    assert place.is_symlink() and kept.read_text().startswith("# mine\n") and "theme" in kept.read_text()


def test_what_the_person_handed_over_is_written(shell: Shell, name: str) -> None:
    line = '"$@" export {n} /dev/stdout --format text | cat; "$@" export {n} >(cat >&2) --format text'
    done = shell.run(["bash", "-c", line.replace("{n}", name), "bash", *PROGRAM])
    assert "Chez nous" in done.stdout.decode() and "Chez nous" in done.stderr.decode()
    (shell.home / "own.md").write_text("old")
    (shell.home / "link.md").symlink_to("own.md")
    assert shell("export", name, shell.home / "link.md").code == 0
    assert (shell.home / "link.md").is_symlink() and "Chez nous" in (shell.home / "own.md").read_text()
    assert shell("export", name, "/dev/null", "--format", "md").code == 0


def test_a_killed_backup_leaves_nothing(shell: Shell, name: str) -> None:
    target = shell.home / "out"
    target.mkdir()
    code = (
        "import os, tui.store.backup as b; b._check_zip = lambda *a: os.kill(os.getpid(), 9);"
        "from tui.cli import main; main(['backup', 'out/b.zip'])"
    )
    done = shell.run([sys.executable, "-c", code])
    assert done.returncode == -9
    left = list(target.iterdir())
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in left)
    assert shell("backup", target / "c.zip").code == 0
    assert [path.name for path in target.iterdir()] == ["c.zip"]
    assert pwd.getpwuid(os.geteuid()).pw_uid == (target / "c.zip").stat().st_uid
