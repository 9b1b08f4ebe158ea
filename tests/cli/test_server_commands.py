"""The commands and line mode on a PostgreSQL server: the same as on a folder, and what is not possible there said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tests.postgres import opened, shared

NOWHERE = "postgresql://ann:s3cret@/none?host=/nowhere"


@pytest.fixture
def address() -> str:
    return shared().url(shared().database(prepared=False))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_partnership_is_made_listed_changed_and_shown(shell: Shell, address: str) -> None:
    assert shell("list", ENTENTE_STORE=address).code == 0
    name = shell("new", "Une porte", ENTENTE_STORE=address).out.strip()
    assert "Une porte" in shell("list", ENTENTE_STORE=address).out
    answer = '{"question": "open.who", "op": "add", "value": {"name": "La Maison"}}\n'
    assert shell("answer", name, stdin=answer, ENTENTE_STORE=address).lines[0]["ok"]
    assert (
        "La Maison" in shell("show", name, "--store", address).out
        or "confirmer" in shell("show", name, "--store", address).out
    )
    assert shell("show", "Une porte", "--format", "json", ENTENTE_STORE=address).data["meta"]["1"]["id"] == name
    assert not list(shell.home.rglob("project.json"))


def test_line_mode_saves_on_the_server(shell: Shell, address: str) -> None:
    name = shell("new", "Une porte", ENTENTE_STORE=address).out.strip()
    done = shell("plain", name, stdin="La Maison\n\n/quit\n", ENTENTE_STORE=address)
    assert done.code == 0
    found = opened(address).load(name)
    assert [entry.get("name@fr") for entry in found.entries.values() if entry.question == "open.who"] == ["La Maison"]


def test_both_ways_between_a_folder_and_a_server(shell: Shell, address: str) -> None:
    sample = min(PARTNERSHIPS.glob("*.json"))
    name = shell("import", sample, ENTENTE_STORE=address).out.strip()
    shell("export", name, shell.home / "x.json", "--with-history", ENTENTE_STORE=address)
    assert shell("import", shell.home / "x.json").out.strip() == name
    for words in (("show", name), ("check", name), ("versions", name), ("due", name)):
        there, here = shell(*words, ENTENTE_STORE=address), shell(*words)
        assert (there.code, there.out) == (here.code, here.out)


def test_the_settings_may_name_the_server(shell: Shell, address: str) -> None:
    config = shell.home / "config.toml"
    config.write_text(f'store = "{address}"\n', encoding="utf-8")
    name = shell("new", "Une porte", ENTENTE_CONFIG=str(config)).out.strip()
    assert opened(address).load(name).id == name
    assert "Une porte" not in shell("list", ENTENTE_CONFIG=str(config), ENTENTE_STORE=str(shell.home / "folder")).out


def test_doctor_says_what_the_server_promises_and_what_nobody_can(shell: Shell, address: str) -> None:
    done = shell("--lang", "en", "doctor", ENTENTE_STORE=address)
    for words in ("PostgreSQL 1", "ann reads and writes everything, and grants levels", "backups and dumps", "standby"):
        assert words in done.out


@pytest.mark.parametrize("words", [("list",), ("new", "Une porte"), ("show", "aaaaaaaaaa"), ("plain", "aaaaaaaaaa")])
def test_a_server_that_does_not_answer_is_one_sentence_without_password(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words, ENTENTE_STORE=NOWHERE)
    assert done.code == 3 and done.err.count("\n") == 1 and "postgresql://ann@/none" in done.err
    assert "s3cret" not in done.out + done.err


def test_doctor_tells_of_a_server_that_does_not_answer(shell: Shell) -> None:
    done = shell("doctor", ENTENTE_STORE=NOWHERE)
    assert done.code == 1 and "postgresql://ann@/none" in done.out and "s3cret" not in done.out + done.err


def test_words_are_taken_out_for_good_and_what_is_beyond_reach_is_said(shell: Shell, address: str) -> None:
    name = shell("new", "Une porte", ENTENTE_STORE=address).out.strip()
    goal = '{"question": "gather.objectives", "op": "add", "lang": "fr", "value": {"text": "Offrir. Beta a peur"}}\n'
    shell("answer", name, stdin=goal, ENTENTE_STORE=address)
    looked = shell("--lang", "en", "erase", name, "Beta a peur", ENTENTE_STORE=address)
    assert looked.code == 0 and "--for-good" in looked.out and "log (WAL), its backups and standbys" in looked.out
    line = "/retirer pour de bon Beta a peur\n"
    done = shell("plain", name, stdin=f"{line}{line}/quit\n", ENTENTE_STORE=address)
    assert done.code == 0 and "journal du serveur (WAL)" in done.out
    assert "Beta" not in str(opened(address).public_document(name, private=True))
    assert shell("erase", name, "Beta a peur", "--for-good", ENTENTE_STORE=address).code == 1


def test_without_the_extra_a_folder_needs_nothing_of_it(shell: Shell) -> None:
    """Neither the start nor a command on a folder loads what speaks to a server."""
    code = "import sys; from tui.cli import main; main(['list']); print([m for m in sys.modules if 'psycopg' in m])"
    done = shell.run([__import__("sys").executable, "-c", code])
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_line_that_fetches_names_the_server_without_password(shell: Shell, address: str) -> None:
    from tui.workspace.output_files import Export

    told = opened(address.replace("ann@", "ann:s3cret@")).address
    words = Export("aaaaaaaaaa", told).words({"HOME": "/home/ann"})
    assert words[-2:] == ("--store", address) and "s3cret" not in str(words)


def test_a_backup_of_who_reads_what_is_public_alone_says_so(shell: Shell) -> None:
    database = shared().database()
    name = shell("new", "Une porte", "--store", shared().url(database)).out.strip()
    done = shell("backup", "x.zip", "--lang", "en", "--store", shared().url(database, "rita"))
    assert done.code == 1 and "what is public of 1 partnership" in done.out and "holds the private" not in done.out
    assert f"{name}: this account reads what is public alone" in done.err
    assert shell("backup", "y.zip", "--store", shared().url(database)).code == 0
