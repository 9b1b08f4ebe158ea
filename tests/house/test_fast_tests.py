"""Which tests `make test-fast` leaves out: of those that take long, the first of each file stays."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import pytest_collection_modifyitems


async def _driven() -> None:
    """Stand for a test that drives the app."""


def _of_values() -> None:
    """Stand for a test of values."""


class _Item(SimpleNamespace):
    """A test as pytest collects it, with the names of its marks."""

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.append(mark.name)


def _left_out(*told: tuple[str, object, str]) -> list[bool]:
    """Tell of each test, a file with a function and its marks in one text, whether it is left out."""
    items = [_Item(path=Path(file), function=function, marks=marks.split()) for file, function, marks in told]
    pytest_collection_modifyitems(items)  # type: ignore[arg-type]
    return ["slow" in item.marks for item in items]


def test_the_first_of_a_file_that_is_not_slow_stays() -> None:
    dear = [("a", _of_values, "sampled slow"), ("a", _of_values, "sampled"), ("a", _of_values, "sampled")]
    assert _left_out(*dear, ("b", _of_values, "sampled")) == [True, False, True, False]


def test_what_drives_the_app_is_sampled_and_values_are_all_tried() -> None:
    found = [("a", _of_values, ""), ("a", _driven, ""), ("a", _of_values, ""), ("a", _driven, ""), ("b", _driven, "")]
    assert _left_out(*found) == [False, False, False, True, False]
