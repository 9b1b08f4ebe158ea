"""What lies at the top of a checkout: each name is listed here, so that no log or scratch file is ever kept."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch

import pytest

from tests.house.tree import ROOT

LISTED = {
    ".ci",
    ".git",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "LISEZMOI.md",
    "README.md",
    "docs",
    "pyproject.toml",
    "requirements",
    "sample_projects",
    "styles",
    "tests",
    "tools",
    "tui",
}


def unlisted(names: Iterable[str]) -> set[str]:
    """Return the names that are neither listed here nor made by our own tools (`.gitignore`)."""
    made = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line]
    return {name for name in names if name not in LISTED and not any(fnmatch(name, pattern) for pattern in made)}


def test_top_of_the_checkout_holds_only_what_is_listed() -> None:
    assert unlisted(path.name for path in ROOT.iterdir()) == set(), "remove it, or list it with a reason to be there"


@pytest.mark.parametrize("name", ["keys.log", "notes.txt", ".env", "screenshot.svg", "tmp"])
def test_stray_file_is_refused(name: str) -> None:
    assert unlisted([name, "README.md", ".venv", "entente.egg-info"]) == {name}
