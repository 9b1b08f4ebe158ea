"""Levels on a server, as values: what an owner gives is what the server holds, and two who change them wait."""

from __future__ import annotations

import pytest

from tests.postgres import shared
from tui.store.server_connections import Connections
from tui.store.server_errors import NotAllowed
from tui.store.server_levels import EVERYBODY, LEVELS, Grant, LastOwner, NoRole, grant, grants

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("role", ["eve", EVERYBODY])
def test_what_is_given_is_told_and_held(database: str, role: str, level: str) -> None:
    ann = Connections(shared().url(database))
    grant(ann, Grant("", role, level))
    assert Grant("", role, level) in grants(ann)
    held = shared().as_role("eve", "SELECT entente.level('', current_user)", database)
    assert held == [(LEVELS.index(level),)]


def test_a_level_through_a_role_one_is_a_member_of(database: str) -> None:
    ann = Connections(shared().url(database))
    shared().admin("DROP ROLE IF EXISTS team")
    shared().admin("CREATE ROLE team")
    shared().admin("GRANT team TO eve")
    try:
        grant(ann, Grant("", "team", "writer"))
        assert shared().as_role("eve", "SELECT entente.level('', current_user)", database) == [(2,)]
        assert len(shared().as_role("eve", "SELECT * FROM entente.listed(false)", database)) == 0
    finally:
        shared().admin("DROP ROLE team")
    assert shared().as_role("eve", "SELECT entente.level('', current_user)", database) == [(0,)]


def test_what_is_refused_changes_nothing(database: str) -> None:
    ann, bob = (Connections(shared().url(database, role)) for role in ("ann", "bob"))
    before = grants(ann)
    with pytest.raises(NotAllowed):
        grant(bob, Grant("", "bob", "owner"))
    with pytest.raises(NoRole):
        grant(ann, Grant("", "nobody_here", "owner"))
    with pytest.raises(LastOwner):
        grant(ann, Grant("", "ann", "none"))
    assert grants(ann) == before
