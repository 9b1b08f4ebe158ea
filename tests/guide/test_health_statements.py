"""The statements of the check of health are those of its data, in both languages."""

from __future__ import annotations

import tomllib

from tui.guide.guide_loading import DATA
from tui.guide.guide_types import Words
from tui.guide.health_statements import health_lists, statements

RAW = tomllib.loads((DATA / "health.toml").read_text("utf-8"))


def test_the_lists_and_statements_are_what_the_data_say() -> None:
    assert health_lists() == tuple((raw["id"], Words(raw["fr"], raw["en"])) for raw in RAW["list"])
    for statement, raw in zip(statements(), RAW["statement"], strict=True):
        assert (statement.id, statement.list, statement.words) == (raw["id"], raw["list"], Words(raw["fr"], raw["en"]))
        marks = [bool(raw.get(name)) for name in ("personal", "short", "more")]
        assert [statement.personal, statement.short, statement.more] == marks
        assert statement.section == raw.get("section", "")
    for mark in ("personal", "short", "more"):
        marked = [getattr(statement, mark) for statement in statements()]
        assert any(marked) and not all(marked)
