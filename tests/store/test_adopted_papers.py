"""The paper of an adopted version: kept as it is under a plain name, and found again by the version alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.atomic_files import Modes
from tui.store.adopted_papers import PAPER, keep_paper, paper_of

VERSION = "abcdefghij"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("Entente signée.PDF", "pdf"),
        ("a.docx", "docx"),
        ("sans-fin", "bin"),
        ("a.../..b", "b"),
        ("x.très-long-nom", "trslongn"),
    ],
)
def test_a_paper_keeps_its_bytes_and_of_its_name_the_ending_alone(tmp_path: Path, name: str, ending: str) -> None:
    path = keep_paper(tmp_path, VERSION, name, b"%PDF", Modes())
    assert path.name == f"adopted-{VERSION}.{ending}" and PAPER.fullmatch(path.name)
    assert paper_of(tmp_path, VERSION) == path and path.read_bytes() == b"%PDF"
    assert paper_of(tmp_path, "jihgfedcba") is None


@pytest.mark.parametrize("version", ["", "../etc", "*"])
def test_no_paper_is_sought_by_what_is_no_id(tmp_path: Path, version: str) -> None:
    keep_paper(tmp_path, VERSION, "a.pdf", b"%PDF", Modes())
    assert paper_of(tmp_path, version) is None


def test_a_link_in_the_place_of_a_paper_is_none(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"%PDF")
    (tmp_path / f"adopted-{VERSION}.pdf").symlink_to(outside)
    assert paper_of(tmp_path, VERSION) is None
