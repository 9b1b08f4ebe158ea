"""What returned files are laid beside: our own Word file of an agreement, written and read once for all tests."""

from __future__ import annotations

from functools import cache

import pytest

from tui.agreement.blocks import Agreement
from tui.comparison import returned_match
from tui.comparison.returned_match import Returned
from tui.export.house_style import HouseStyle, current_house_style

_read = returned_match._read_own_word_file


@cache
def _read_once(agreement: Agreement, _style: HouseStyle) -> Returned:
    return _read(agreement)


@pytest.fixture(autouse=True)
def _own_word_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the Word file of an agreement once: hundreds of files come back of the same few texts."""
    monkeypatch.setattr(
        returned_match, "_read_own_word_file", lambda agreement: _read_once(agreement, current_house_style())
    )
