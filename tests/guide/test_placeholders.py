"""Placeholders of the guide's texts: named in their order, each filled from its own kind."""

from __future__ import annotations

import pytest

from tui.guide.placeholders import COMMAND, SECTION, fill, placeholders

TEXT = "Avec {command:send_draft}, la section {section:open_points}, puis {command:send}."


def test_placeholders_are_told_in_their_order() -> None:
    assert placeholders(TEXT) == [(COMMAND, "send_draft"), (SECTION, "open_points"), (COMMAND, "send")]


@pytest.mark.parametrize("text", ["", "{name}", "{command}", "{page:send}", "{command:Send}", "{{command: send}"])
def test_other_braces_are_none(text: str) -> None:
    assert placeholders(text) == []
    assert fill(text, command=str.upper, section=str.title) == text


def test_each_is_filled_from_its_own_kind() -> None:
    filled = fill(TEXT, command=str.upper, section=lambda name: f"14 ({name})")
    assert filled == "Avec SEND_DRAFT, la section 14 (open_points), puis SEND."
