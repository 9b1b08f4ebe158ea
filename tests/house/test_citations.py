"""What a file says of another stands: each path named in the code and in docs/ is there."""

from __future__ import annotations

import re

from tests.house.tree import ROOT, named, tracked_files

PATH = re.compile(r"\b(?:docs|requirements|sample_projects|styles|tests|tools|tui)/[A-Za-z0-9_/.-]+\.[a-z]+\b")
READ = {".cfg", ".css", ".in", ".md", ".py", ".tcss", ".toml", ""}
PLACEHOLDERS = {"tui/screens/MODULE.py"}


def cited(text: str) -> set[str]:
    """The paths of this checkout that a text names."""
    return set(PATH.findall(text)) - PLACEHOLDERS


def test_each_file_that_is_named_is_there() -> None:
    paths = [path for path in tracked_files() if path.suffix in READ]
    found = {named(path): cited(path.read_text(encoding="utf-8")) for path in paths}
    missing = {path: {one for one in names if not (ROOT / one).exists()} for path, names in found.items()}
    assert {path: names for path, names in missing.items() if names} == {}


def test_a_file_that_is_gone_is_found() -> None:
    gone = {"tests/house/test_gone" + ".py", "docs/gone" + ".md"}  # in two halves, since this file is read as well
    assert cited("; ".join(f"see `{path}`" for path in gone)) == gone
