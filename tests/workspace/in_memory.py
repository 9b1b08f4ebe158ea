"""A store that keeps one partnership and its versions in memory: hundreds of sendings a second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.partnership.told import AT
from tui.partnership.changes import apply
from tui.partnership.values import Change, Partnership


class Saved:
    """What a save gives back."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership


class Memory:
    """A store that keeps everything in memory: hundreds of sendings a second."""

    def __init__(self) -> None:
        self.partnership = Partnership("aaaaaaaaaa")
        self.kept: list[dict[str, Any]] = []

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> Saved:
        self.partnership = apply(self.partnership, changes, by="Marie", at=AT).partnership
        return Saved(self.partnership)

    def load(self, partnership_id: str, /) -> Partnership:
        return self.partnership

    def versions(self, partnership_id: str, /) -> list[dict[str, Any]]:
        return json.loads(json.dumps(self.kept))

    def keep_paper(self, partnership_id: str, version_id: str, name: str, data: bytes, /) -> Path:
        raise AssertionError("no paper is adopted here")

    def paper(self, partnership_id: str, version_id: str, /) -> Path | None:
        return None

    def add_version(self, partnership_id: str, version: dict[str, Any], /) -> None:
        self.kept.append(version)
