"""Somebody at the line prompts, before a new partnership or one that has two organisations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import TWO, Person


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody before a new partnership in an empty store."""
    return Person(tmp_path / "store", monkeypatch)


@pytest.fixture
def pair(person: Person) -> Person:
    """The same, with two organisations entered."""
    person.types(*TWO)
    return person
