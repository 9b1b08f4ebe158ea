"""`entente store`: a store copied to another place by a person, with what they are told; a database prepared."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell
from tests.postgres import shared


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_copied_and_pointed_to(shell: Shell, kind: str) -> None:
    name = shell.new("Une porte")
    source = shell.home / ".local" / "share" / "entente"
    place = shared().url(shared().database()) if kind == "server" else str(shell.home / "ailleurs")
    done = shell("store", "copy", place)  # the one in use
    assert done.code == 0 and place in done.out and "ENTENTE_STORE=" in done.out, done.err
    listed = shell("list")
    assert name in listed.out and place in listed.err
    refused = shell("new", "Deux")
    assert refused.code == 3 and place in refused.err and refused.err.count("\n") == 1
    assert shell("show", name).code == 0
    doctor = shell("doctor")
    assert place in doctor.out
    again = shell("store", "copy", source, shell.home / "encore")
    assert again.code == 3 and place in again.err and not (shell.home / "encore").exists()
    back = shell("store", "copy", place, source)
    assert back.code == 0 and shell("new", "Deux").code == 0, back.err


def test_wrong_uses(shell: Shell) -> None:
    for words in (["copy"], ["copy", "a", "b", "c"], ["init"], ["init", "dossier"], ["move", "a", "b"]):
        done = shell("store", *words)
        assert done.code == 2 and done.err, words
    assert shell("store", "copy", "nulle-part", "ici").code == 3
    assert not list(shell.home.iterdir())


def test_a_database_is_prepared_and_no_password_told(shell: Shell) -> None:
    name = shared().database(prepared=False)
    address = shared().url(name).replace("ann@", "ann:motsecret@")
    done = shell("store", "init", address)
    assert done.code == 0 and "postgresql://ann@" in done.out and "motsecret" not in done.out + done.err
    assert shell("store", "init", address).code == 0
    copied = shell("store", "copy", address, shell.home / "ici")
    assert copied.code == 0 and "motsecret" not in copied.out + copied.err


def test_the_sql_that_is_printed_prepares_one(shell: Shell) -> None:
    name = shared().database(prepared=False)
    done = shell("store", "init", "--sql")
    assert done.code == 0
    shared().as_role("ann", done.out, name)
    assert shell("store", "copy", shared().url(name), shell.home / "ici").code == 0
