"""A yes to a disk without locks holds at once, and is remembered by the store's whole path."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings import SettingsError
from tui.workspace.unlocked_disks import save_all_the_same


class Unlocked:
    """A store that notes whether writing was allowed."""

    allowed = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def allow_unlocked(self) -> None:
        self.allowed = True


def test_yes_is_remembered_by_the_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Unlocked(Path("disk"))
    save_all_the_same(store, tmp_path / "settings.toml")  # type: ignore[arg-type]
    assert store.allowed and str(tmp_path / "disk") in (tmp_path / "settings.toml").read_text(encoding="utf-8")


def test_yes_that_cannot_be_remembered_holds_this_time(tmp_path: Path) -> None:
    store = Unlocked(tmp_path)
    with pytest.raises((OSError, SettingsError)):
        save_all_the_same(store, tmp_path)  # type: ignore[arg-type]
    assert store.allowed
