"""A store that keeps one partnership and its versions in memory: hundreds of sendings a second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.partnership.told import AT
from tui.partnership.changes import apply
from tui.partnership.values import Change, Project


class Saved:
    """What a save gives back."""

    def __init__(self, project: Project) -> None:
        self.project = project


class Memory:
    """A store that keeps everything in memory: hundreds of sendings a second."""

    def __init__(self) -> None:
        self.project = Project("aaaaaaaaaa")
        self.kept: list[dict[str, Any]] = []

    def save(self, project_id: str, changes: Sequence[Change], /) -> Saved:
        self.project = apply(self.project, changes, by="Marie", at=AT).project
        return Saved(self.project)

    def load(self, project_id: str, /) -> Project:
        return self.project

    def versions(self, project_id: str, /) -> list[dict[str, Any]]:
        return json.loads(json.dumps(self.kept))

    def keep_paper(self, project_id: str, version_id: str, name: str, data: bytes, /) -> Path:
        raise AssertionError("no paper is adopted here")

    def add_version(self, project_id: str, version: dict[str, Any], /) -> None:
        self.kept.append(version)
