"""Each journey ends as it is kept in ends/: the whole document, and every cell as it lies in the files of the store.

`make journeys` writes them anew; what differs is then read line by line before it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.ends import ended

ENDS = Path(__file__).parent / "ends"
WRITE_ANEW = os.environ.get("JOURNEYS") == "write"


@pytest.fixture(autouse=True)
def _end_as_kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Compare the end of each journey that had a store; at any size it is the same, in another language its own."""
    yield
    store = tmp_path / "store"
    if not store.exists():
        return
    lang = request.node.callspec.params.get("lang", "") if hasattr(request.node, "callspec") else ""
    file = ENDS / f"{request.node.originalname}{'.' if lang else ''}{lang}.txt"
    end = ended(store)
    if WRITE_ANEW:
        file.write_text(end, encoding="utf-8")
    assert file.exists(), f"{file.name} is not there: `make journeys` writes it"
    assert end == file.read_text(encoding="utf-8")
