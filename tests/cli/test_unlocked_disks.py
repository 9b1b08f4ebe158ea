"""The command on a disk whose locks keep nobody out: refused with both ways out, until a yes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.store.unlocked import everything_in, site_folder


@pytest.fixture(params=["idle", "ENOLCK", "EOPNOTSUPP"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The folder for PYTHONPATH by which every lock of the program is answered wrongly."""
    return site_folder(tmp_path / "site", request.param)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A home with one partnership, made where locks work."""
    (tmp_path / "home").mkdir()
    made = Shell(tmp_path / "home")
    made.new("Une porte")
    return made


def test_refused_told_and_allowed(shell: Shell, site: str) -> None:
    store = shell.home / ".local" / "share" / "entente"
    before = everything_in(shell.home)
    refused = shell("new", "Deux", PYTHONPATH=site)
    assert refused.code == 3 and refused.err.count("\n") == 1 and everything_in(shell.home) == before
    assert "ENTENTE_STORE=/" in refused.err and "postgresql://" in refused.err and str(store) in refused.err
    assert shell("list", PYTHONPATH=site).code == 0
    assert shell("show", "Une porte", PYTHONPATH=site).code == 0
    doctor = shell("doctor", PYTHONPATH=site)
    line = next(line for line in doctor.out.splitlines() if "postgresql://" in line)
    assert doctor.code == 1 and line.startswith("  !  ") and "ENTENTE_STORE=/" in line
    assert doctor.out.count("postgresql://") == 1
    assert everything_in(shell.home) == before
    assert shell("new", "Deux", "--without-locks", PYTHONPATH=site).code == 0
    assert shell("new", "Trois", PYTHONPATH=site).code == 3  # the option was for that call alone


def test_the_settings_say_yes_to_one_folder(shell: Shell, site: str, tmp_path: Path) -> None:
    store = shell.home / ".local" / "share" / "entente"
    settings = shell.home / ".config" / "entente" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'without_locks = "{store}"\n', encoding="utf-8")
    assert shell("new", "Deux", PYTHONPATH=site).code == 0
    doctor = shell("doctor", PYTHONPATH=site)
    line = next(line for line in doctor.out.splitlines() if "postgresql://" in line)
    assert line.startswith("  ?  ") and "--without-locks" not in line
    assert shell("--store", tmp_path / "autre", "new", "Trois", PYTHONPATH=site).code == 3
    assert not (tmp_path / "autre").exists()


def test_line_mode_asks_first(shell: Shell, site: str) -> None:
    before = everything_in(shell.home)
    said = shell("plain", "Une porte", stdin="peut-être\nnon\n", PYTHONPATH=site)
    assert (
        said.code == 0
        and "postgresql://" in " ".join(said.out.split())
        and "Rien n'a été écrit" in said.out.replace("’", "'")
    )
    assert shell("plain", "Une porte", stdin="", PYTHONPATH=site).code == 0
    assert everything_in(shell.home) == before
    said = shell("plain", "Une porte", stdin="oui\n/quitter\n", PYTHONPATH=site)
    assert said.code == 0 and "Au revoir" in said.out
    again = shell("plain", "Une porte", stdin="/quitter\n", PYTHONPATH=site)
    assert "postgresql://" not in again.out  # it was remembered
    assert "without_locks" in (shell.home / ".config" / "entente" / "config.toml").read_text(encoding="utf-8")


def test_doctor_tells_before_there_is_a_store(shell: Shell, site: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "store"
    done = shell("--store", elsewhere, "--lang", "en", "doctor", PYTHONPATH=site)
    assert done.code == 1 and "postgresql://" in done.out and not elsewhere.parent.exists()


def test_where_locks_work_nothing_is_said(shell: Shell) -> None:
    assert "postgresql" not in replace(shell)("doctor").out
