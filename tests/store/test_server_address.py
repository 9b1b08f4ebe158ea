"""The folder on this machine for files that never go to a server."""

from __future__ import annotations

from tui.store.server_address import local_folder


def test_a_new_password_finds_the_journals_of_the_old_one() -> None:
    environ = {"XDG_STATE_HOME": "/state"}
    places = {local_folder(f"postgresql://ann:{word}@h/d", environ) for word in ("old", "new")}
    assert len(places) == 1 and "/state/entente/servers/" in str(places)
    assert local_folder("postgresql://bob@h/d", environ) not in places
