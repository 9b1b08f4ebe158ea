"""The table of formats: found by name and ending, pure, and loaded only when needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.export.agreements import english, french, hostile
from tui.export.formats import FORMATS, UnknownFormat, by_ending, by_id, render


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.docx", "docx"), ("A.PDF", "pdf"), ("x/y.b.htm", "html"), ("é.txt", "text"), ("a.md", "md"), ("a.eml", "eml")],
)
def test_an_ending_names_its_format(name: str, format: str) -> None:
    assert by_ending(name).id == by_ending(Path(name)).id == format


@pytest.mark.parametrize("name", ["a.doc", "a", ".docx.zip", "dossier.d/a", ""])
def test_an_unknown_ending_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        by_ending(name)
    assert ".docx" in str(caught.value) and ".txt" in str(caught.value)


def test_an_unknown_name_names_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match=", ".join(known.id for known in FORMATS)):
        by_id("word")


def test_names_and_endings_are_unique() -> None:
    endings = [ending for format in FORMATS for ending in format.endings]
    assert len(set(endings)) == len(endings) and len({format.id for format in FORMATS}) == len(FORMATS)
    assert all(format.label for format in FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("format", [format.id for format in FORMATS])
@pytest.mark.parametrize("make", [french, english, hostile])
def test_equal_agreements_give_equal_bytes(format: str, make: object) -> None:
    first, second = render(make(), format), render(make(), format)  # type: ignore[operator]
    assert first == second and first.data


def test_the_table_loads_no_writer() -> None:
    heavy = ("docx", "typst", "email", "markdown_it", "textual")
    code = f"import sys, tui.export.formats; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
