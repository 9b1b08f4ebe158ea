"""`entente store levels` and `grant`: an owner says who may do what, and the server holds to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.postgres import opened, shared


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_an_owner_grants_and_takes_away(shell: Shell) -> None:
    database = shared().database()
    ann, eve = (shared().url(database, role) for role in ("ann", "eve"))
    name = shell("new", "Une porte", ENTENTE_STORE=ann).out.strip()
    assert shell("show", name, ENTENTE_STORE=eve).code == 2
    assert shell("store", "grant", "eve", "lecture", ENTENTE_STORE=ann).code == 0
    assert shell("show", name, ENTENTE_STORE=eve).code == 0
    refused = shell("new", "Deux", ENTENTE_STORE=eve)
    assert refused.code == 3 and refused.err.count("\n") == 1
    assert shell("store", "grant", "eve", "writer", name, ENTENTE_STORE=ann).code == 0
    assert opened(eve, "Eve").load(name).id == name
    assert shell("--lang", "en", "store", "levels", name, ENTENTE_STORE=ann).out == "owner  ann\nwriter  eve\n"
    assert "reader  eve" in shell("--lang", "en", "store", "levels", ENTENTE_STORE=ann).out
    assert shell("store", "grant", "eve", "none", name, ENTENTE_STORE=ann).code == 0
    assert shell("show", name, ENTENTE_STORE=eve).code == 2


def test_everybody_may_be_given_a_level(shell: Shell) -> None:
    database = shared().database()
    ann, eve = (shared().url(database, role) for role in ("ann", "eve"))
    shell("new", "Une porte", ENTENTE_STORE=ann)
    assert shell("store", "grant", "tous", "Lecture", ENTENTE_STORE=ann).code == 0
    assert "Une porte" in shell("list", ENTENTE_STORE=eve).out
    assert "tout le monde" in shell("store", "levels", ENTENTE_STORE=ann).out


def test_who_is_no_owner_grants_nothing(shell: Shell) -> None:
    database = shared().database()
    for role in ("bob", "rita", "eve"):
        done = shell("store", "grant", role, "owner", ENTENTE_STORE=shared().url(database, role))
        assert done.code == 3 and done.err.count("\n") == 1, done.err
    rows = shared().admin("SELECT grantee FROM entente.access WHERE level = 3", database)
    assert rows == [("ann",)]


def test_the_last_owner_stays_and_a_role_must_be_there(shell: Shell) -> None:
    address = shared().url(shared().database())
    for words in (("ann", "reader"), ("nobody_here", "reader")):
        done = shell("store", "grant", *words, ENTENTE_STORE=address)
        assert done.code == 3 and done.err.count("\n") == 1, done.err
    assert shell("new", "Une porte", ENTENTE_STORE=address).code == 0


@pytest.mark.parametrize(
    "words", [["grant", "ann"], ["grant", "ann", "king"], ["levels", "a", "b"], ["grant", "a", "b", "c", "d"]]
)
def test_wrong_uses(shell: Shell, words: list[str]) -> None:
    assert shell("store", *words, ENTENTE_STORE=shared().url(shared().database())).code == 2


def test_a_folder_has_no_levels(shell: Shell) -> None:
    for words in (["levels"], ["grant", "ann", "reader"]):
        done = shell("store", *words)
        assert done.code == 2 and "docs/server.md" in done.err
