"""The golden record can fail, and its script serves any commit since it imports nothing of the program."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import parsed, python_files
from tools.golden.files import differences, read_tree, update_tree, write_tree


def test_record_is_kept_as_it_was_made(tmp_path: Path) -> None:
    made = {"a/one.txt": "é\r\n", "a/two.txt": "é\r\n", "three.txt": ""}
    write_tree(tmp_path, made)
    assert read_tree(tmp_path) == made


def test_recording_one_part_keeps_the_text_of_the_others(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.txt": "old", "b.txt": "old", "c.txt": "c"})
    update_tree(tmp_path, {"a.txt": "new"})
    assert read_tree(tmp_path) == {"a.txt": "new", "b.txt": "old", "c.txt": "c"}


def test_each_difference_is_told() -> None:
    before = {"gone": "x", "same": "x", "ends": "x\r\n", "text": "one\ntwo\n"}
    told = list(differences(before, {"same": "x", "ends": "x\n", "text": "one\n2\n", "new": "x"}))
    assert [text.split(":")[0].split("\n")[0] for text in told] == ["ends", "gone", "new", "--- recorded/text"]
    assert "-two\n+2\n" in told[-1]
    assert list(differences(before, before)) == []


def test_difference_of_long_lines_is_shown_where_they_part() -> None:
    before, now = ("x" * 500 + word + "y" * 500 for word in ("old", "new"))
    (told,) = differences({"text": f"{before}\n"}, {"text": f"{now}\n"})
    gone, come = told.splitlines()[-2:]
    assert (gone[:50], come[:50]) == (f"-…{'x' * 40}oldyyyyy", f"+…{'x' * 40}newyyyyy")
    assert max(map(len, told.splitlines())) < 200


def test_script_imports_nothing_of_the_program() -> None:
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for path in python_files("tools/golden")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {"tools.golden.files", "subprocess"} <= imported
    assert [name for name in imported if name.partition(".")[0] == "tui"] == []
