"""No document that comes in, by whatever way, ends a command or touches another partnership.

`make fuzz` drives a thousand of them, here it is four by each way in; the number of a document is all that makes it.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.documents import whole_files
from tests.fuzz.driving import call, drive, examine, lay_by_hand, neighbour_store

COUNT = int(os.environ.get("FUZZ_DOCUMENTS", "28"))
EACH = 2  # documents a test


@pytest.fixture(scope="module")
def base() -> dict[str, Any]:
    return whole_files()


@pytest.mark.parametrize("first", range(0, COUNT, EACH))
def test_a_misshapen_document_harms_nothing(tmp_path: Path, base: dict[str, Any], first: int) -> None:
    sound = neighbour_store(tmp_path)
    for number in range(first, min(first + EACH, COUNT)):
        drive(tmp_path, sound, base, number)


@pytest.mark.parametrize("schema", [1, 0, -1, 10**30])
def test_one_entry_of_no_known_type_disables_nothing(tmp_path: Path, schema: int) -> None:
    store = neighbour_store(tmp_path)
    entry = {"id": "x", "question": [], "fields": {}}
    tables = {"meta": {"1": {"id": "bbbbbbbbbb", "schema": schema}}, "entries": {"1": entry}}
    (tmp_path / "received.json").write_text(json.dumps(tables), encoding="utf-8")
    assert (call("--store", store, "import", tmp_path / "received.json").code == 0) is (schema == 1)
    lay_by_hand(store / "bbbbbbbbbb", {"project.json": tables}, random.Random(1))
    listed = {one["id"]: one for one in json.loads(call("--store", store, "list", "--json").out)}
    assert listed["bbbbbbbbbb"]["damaged"]
    examine(store, "bbbbbbbbbb", 0)
