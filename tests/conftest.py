"""What holds for every test: its own empty store and settings, French words, and repeatable examples in CI."""

from __future__ import annotations

import gc
import inspect
import os
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from tui import i18n

if TYPE_CHECKING:
    from tui.store import Store
    from tui.workspace.workspace import Workspace

# Times vary with the machine, so no example has a deadline; in CI the same examples come each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("fast", deadline=None, max_examples=20)  # `make test-fast`
# `make mutants`: that a change is noticed is enough, and shrinking its example would take most of the time.
settings.register_profile("mutants", deadline=None, derandomize=True, max_examples=20,
                          phases=(Phase.explicit, Phase.generate), database=None)  # fmt: skip
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Driving the app leaves many small circles; to look for them at every step takes a sixth of the time.
gc.set_threshold(20_000, 20, 50)

XDG_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the places of the homes; numbered here, since a `mktemp` for each test lists all that came before it."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so that none ever reads or writes the store of the person who runs it."""
    home = next(_homes)
    home.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(home))
    for name in XDG_FOLDERS:
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").removesuffix("_HOME").lower()))
    for name in [name for name in os.environ if name.startswith("ENTENTE_")]:
        monkeypatch.delenv(name)
    return home


@pytest.fixture(autouse=True)
def _disk_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk: no test can cut its power, and that each file is synced in its turn is told by the calls.

    tests/store counts them, and lets each fail. Programs that tests start wait for theirs.
    """
    monkeypatch.setattr(os, "fsync", lambda _number: None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give a store that is still to be made."""
    from tui.store import open_store

    return open_store(tmp_path / "store")


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Give where a new store may lie, on either engine: a folder's path, or the address of an empty database."""
    if request.param == "folder":
        return tmp_path / "s"
    from tests.postgres import shared

    return shared().url(shared().database())


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """Give the first sample, open in `store`."""
    # Imported here: many tests need neither, and load faster without them.
    from tui.guide.guide_loading import load_guide
    from tui.workspace.samples import samples
    from tui.workspace.workspace import Workspace

    return Workspace(load_guide(), store.load(store.import_document(samples()[0].document)), store)


@pytest.hookimpl(tryfirst=True)  # before any fixture
def pytest_runtest_setup() -> None:
    """Start each test in the language the program starts in, whatever the test before it spoke.

    Where a test drives the app, it waits for the app itself instead of for the machine to be idle.
    """
    i18n.use("fr")
    if "textual.app" in sys.modules:
        from tests.stillness import wait_for_the_app

        wait_for_the_app()


def pytest_configure() -> None:
    """Let the programs that tests start obey a closing line and Ctrl+C, even where the tests were told to ignore them.

    What a process ignores (`nohup`, or a shell's background) every program it starts ignores, too; what it handles,
    they do not inherit. The tests themselves still go on.
    """
    for number in (signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda _number, _frame: None)


def pytest_sessionfinish() -> None:
    """End the PostgreSQL server and the processes that are forked, if a test started them."""
    if "tests.warm_start" in sys.modules:
        sys.modules["tests.warm_start"].close_servers()
    postgres = sys.modules.get("tests.postgres")
    if postgres is not None and postgres.shared.cache_info().currsize:
        postgres.shared().close()


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: it is not looked through again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow, in each file of `sampled` tests, all but the first that is not slow itself.

    A coroutine is sampled without a mark: it drives the app, which takes as long as a hundred tests of values. So
    `make test-fast` opens each page once, and tries each kind of what takes long.
    """
    seen = set[Path]()
    for item in items:
        driven = inspect.iscoroutinefunction(getattr(item, "function", None))
        if (driven or item.get_closest_marker("sampled")) and not item.get_closest_marker("slow"):
            if item.path in seen:
                item.add_marker(pytest.mark.slow)
            seen.add(item.path)
