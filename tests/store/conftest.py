"""A store on the server that the tests share: an empty database, and Ann's account of it."""

from __future__ import annotations

import pytest

from tests.postgres import opened, shared
from tui.store import Store


@pytest.fixture
def database() -> str:
    """Give the name of an empty database of the server."""
    return shared().database()


@pytest.fixture
def ann(database: str) -> Store:
    """Give a store of Ann's on the server."""
    return opened(shared().url(database))
