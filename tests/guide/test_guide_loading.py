"""Tests that the parsed guide data equal the TOML files, and are used only for the files they were made from."""

from __future__ import annotations

import shutil
from pathlib import Path

from tui.guide.guide_loading import DATA, PARSED, load_guide, parsed_json


def test_it_says_what_the_files_say() -> None:
    assert (DATA / PARSED).read_text("utf-8") == parsed_json(DATA), "run `make guide` after a change of the guide data"


def test_a_file_that_was_changed_is_parsed_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    choices = folder / "choices.toml"
    before = load_guide(folder).choice("status", "declined", "en")
    choices.write_text(choices.read_text("utf-8").replace(f'en = "{before}"', 'en = "said no"'), "utf-8")
    load_guide.cache_clear()
    assert load_guide(folder).choice("status", "declined", "en") == "said no"


def test_it_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    for name, left in {"missing": None, "torn": b'{"choices.toml": ', "other": b"[]"}.items():
        folder = tmp_path / name
        shutil.copytree(DATA, folder)
        if left is None:
            (folder / PARSED).unlink()
        else:
            (folder / PARSED).write_bytes(left)
        assert load_guide(folder) == load_guide()
