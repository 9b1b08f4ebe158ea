"""What a group shares and what stays one's own: stores and files written where `group = true` holds for a machine."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Shell, Path]:
    """A home, and a place of a group beside it, with a folder for partnerships and one for files (docs/server.md)."""
    (tmp_path / "home").mkdir()
    place = tmp_path / "srv"
    for name in ("partnerships", "files"):
        (place / name).mkdir(parents=True)
        (place / name).chmod(0o2770)
    (place / "config.toml").write_text(f'group = true\nlang = "fr"\noutput = "{place / "files"}"\nregion = "fr-CA"\n')
    return Shell(tmp_path / "home"), place


def mode(path: Path) -> int:
    """The permission bits of a file or a folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_sending_in_a_shared_folder_is_the_group_s(shared: tuple[Shell, Path]) -> None:
    shell, place = shared
    environ = {"ENTENTE_CONFIG": str(place / "config.toml"), "ENTENTE_STORE": str(place / "partnerships")}
    one = shell("new", "Un", **environ).out.strip()
    assert mode(place / "partnerships" / one) == 0o2770
    done = shell("send", one, "--to", "a@exemple.ca", "--yes", **environ)
    assert done.code == 0, done.err
    written = list((place / "files").rglob("*"))
    assert len(written) > 3
    assert {mode(path) for path in written if path.is_dir()} == {0o2770}
    assert {mode(path) & 0o660 for path in written if path.is_file()} == {0o660}


def test_what_is_for_oneself_alone_stays_so_in_a_shared_folder(shared: tuple[Shell, Path]) -> None:
    shell, place = shared
    environ = {"ENTENTE_CONFIG": str(place / "config.toml"), "ENTENTE_STORE": str(place / "partnerships")}
    one = shell("new", "Un", **environ).out.strip()
    for name in ("Alpha", "Beta"):
        people = [{"name": "N", "email": f"{name.lower()}@exemple.ca"}]
        value = {"name": name, "status": "interested", "people": people}
        line = json.dumps({"question": "open.who", "op": "add", "value": value})
        assert shell("answer", one, stdin=line, **environ).code == 0
    done = shell("send", one, "--to", "Alpha", "--to", "Beta", "--for-each", "--yes", **environ)
    assert done.code == 0, done.err
    alone = list((place / "files").rglob("*pour-moi-seul*"))
    assert {path.suffix for path in alone} == {"", ".zip"}
    assert {mode(path) & 0o077 for path in (*alone, *(one for path in alone for one in path.rglob("*")))} == {0}


def test_a_store_at_home_is_nobody_else_s(shared: tuple[Shell, Path]) -> None:
    shell, place = shared
    environ = {"ENTENTE_CONFIG": str(place / "config.toml")}
    shell("new", "Un", **environ)
    shell("new", "Deux", "--store", shell.home / "a-moi", **environ)
    for root in (shell.home / ".local" / "share" / "entente", shell.home / "a-moi"):
        assert {mode(path) & 0o077 for path in (root, *root.rglob("*"))} == {0}
    shell("new", "Trois", "--store", place / "new", **environ)
    assert mode(place / "new") == 0o2770, "beyond the home a new store is the group's"
