"""An hour as people write it of a meeting."""

from __future__ import annotations

import pytest

from tui.text.hours import read_hour


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18 h 30", (18, 30)), ("18h", (18, 0)), ("18 h", (18, 0)), ("18:05", (18, 5)), ("6:30 p.m.", (18, 30)),
        ("6 pm", (18, 0)), ("12 am", (0, 0)), ("12 p.m.", (12, 0)), ("midi", (12, 0)), ("noon", (12, 0)),
        ("18 h 30 à 20 h", (18, 30)), ("", None), ("salle 204", None), ("le soir", None), ("25 h", None),
        ("18 h 75", None), ("13 pm", None), ("0 pm", None), ("24 h", None), ("0 h 30", (0, 30)),
    ],
)  # fmt: skip
def test_hours_are_read_as_written_or_not_at_all(text: str, hour: tuple[int, int] | None) -> None:
    assert read_hour(text) == hour
