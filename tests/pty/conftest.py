"""What the tests on a real terminal open: a store with one partnership."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.store import Author, Store

ORG = "aaaaaaaaaa"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one partnership of one interested partner, which the program opens."""
    monkeypatch.setenv("ENTENTE_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    cells = {"name@fr": "Université", "status": "interested", "#order": "a"}
    store.create([Change(ORG, WHO, cell, value, "", (ORG,)) for cell, value in cells.items()])
    return store
