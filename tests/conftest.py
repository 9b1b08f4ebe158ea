"""What holds for every test: its own empty store and settings, French words, and repeatable examples in CI."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tui import words

# Times vary with the machine, so no example has a deadline; in CI the same examples come each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

XDG_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so that none ever reads or writes the store of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in XDG_FOLDERS:
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").removesuffix("_HOME").lower()))
    for name in [name for name in os.environ if name.startswith("ENTENTE_")]:
        monkeypatch.delenv(name)
    return home


@pytest.fixture(autouse=True)
def _french_first() -> None:
    """Start each test in the language the program starts in, whatever the test before it spoke."""
    words.use("fr")


@pytest.fixture(autouse=True)
def _still_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the app itself, where a test drives it, instead of for the machine to be idle."""
    if "textual.app" in sys.modules:
        from tests.stillness import still

        monkeypatch.setattr("textual.app.wait_for_idle", still)
        monkeypatch.setattr("textual.pilot.wait_for_idle", still)
