"""Files are written in one way and read in one way: `tui/atomic_files.py` and `tui/named_files.py`.

Everything else that opens, makes or renames one stands in a list with its reason, function by function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import named, parsed, python_files

THE_ONE_WAY = {"tui/atomic_files.py", "tui/named_files.py"}
OWN_DATA, KERNEL, LOCK = "the program's own data", "what the kernel says", "a lock, taken and not written"
TERMINAL, NULL = "the person's own terminal", "the null device in the place of a closed stream"
OTHERWISE: dict[str, str] = {
    "tui/cli/command_line.py: _nothing": NULL,
    "tui/clipboard/delivery.py: terminal": TERMINAL,
    "tui/clipboard/terminal_facts.py: _parent": KERNEL,
    "tui/clipboard/terminal_facts.py: ancestors": KERNEL,
    "tui/export/word_document.py: pack_document": "a zip in memory",
    "tui/guide/guide_loading.py: _parsed_files": OWN_DATA,
    "tui/guide/guide_loading.py: _read": OWN_DATA,
    "tui/guide/guide_loading.py: jargon": OWN_DATA,
    "tui/guide/guide_loading.py: parsed_json": OWN_DATA,
    "tui/guide/health_statements.py: _data": OWN_DATA,
    "tui/guide/partner_form_words.py: _data": OWN_DATA,
    "tui/i18n.py: _catalogue": OWN_DATA,
    "tui/store/backup.py: _pack": "a zip in the open file that `new_named` made",
    "tui/store/disk_locks.py: _lines_of": KERNEL,
    "tui/store/disk_locks.py: _two_openings": LOCK,
    "tui/store/file_lock.py: _open": "a lock file is made exclusively and never replaced: two programs could hold two",
    "tui/store/folder_lifecycle.py: _lock_folder": LOCK,
    "tui/store/folder_lifecycle.py: _store_locked": LOCK,
    "tui/store/folder_lifecycle.py: move": "a whole folder goes elsewhere in the store",
    "tui/store/folder_lifecycle.py: put_in_place": "a whole folder takes its name",
    "tui/store/journal.py: _recreate_file": "a journal takes the name of the one that was deleted",
    "tui/store/journal.py: _is_held": LOCK,
    "tui/store/journal_recovery.py: _lock_orphan": LOCK,
    "tui/store/journal.py: open": "a journal is made exclusively, named once it is locked, and appended to key by key",
    "tui/store/sealed_storage.py: _stamp": "the first line alone: whether a file changed",
    "tui/store/sealed_storage.py: set_aside": "a second name for bytes that cannot be read, made exclusively",
    "tui/store/unfinished_files.py: _open_file": LOCK,
    "tui/text/charset.py: _before_python": KERNEL,
    "tui/workspace/hangup.py: drop_output": NULL,
    "tui/workspace/samples.py: document": OWN_DATA,
    "tui/workspace/sending_files.py: _zipped": "a zip in memory",
    "tui/workspace/shutdown.py: restore": TERMINAL,
}
MAKES = {"write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "rename", "link", "symlink", "mkfifo"}
MAKES |= {"mkdir", "makedirs"}
READS = {"read_text", "read_bytes"}
SAME_NAMES = {"console", "self"}  # what has methods of those names, and is no path


def touching(tree: ast.AST, function: str = "") -> Iterator[str]:
    """Yield the name of the function for each place of a syntax tree that reads or makes a file by itself."""
    for child in ast.iter_child_nodes(tree):
        inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
        if isinstance(child, ast.Call) and _touches(child):
            yield function
        yield from touching(child, inside)


def _touches(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in {"open", "ZipFile"} and (call.func.id == "open" or _writes(call, 1))
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, call.func.value.id if isinstance(call.func.value, ast.Name) else "?"
    if owner in ("shutil", "tempfile"):
        return name not in {"rmtree", "which", "disk_usage", "get_terminal_size"}
    if owner == "os":
        return name in {"open", "replace", *MAKES}
    if name == "ZipFile":
        return _writes(call, 1)
    if name == "open":
        return _writes(call, 0) or any(isinstance(one, ast.Constant) and one.value in ("r", "rb") for one in call.args)
    if name == "replace":
        return len(call.args) == 1 and not call.keywords
    return name in MAKES | READS and owner not in SAME_NAMES


def _writes(call: ast.Call, place: int) -> bool:
    modes = [*call.args[place : place + 1], *(one.value for one in call.keywords if one.arg == "mode")]
    return any(isinstance(one, ast.Constant) and set(str(one.value)) & set("wax+") for one in modes)


@pytest.mark.slow
def test_files_are_read_and_written_in_one_way() -> None:
    found = {
        f"{named(path)}: {function}"
        for path in python_files("tui")
        if named(path) not in THE_ONE_WAY
        for function in touching(parsed(path))
    }
    assert (sorted(found - OTHERWISE.keys()), sorted(OTHERWISE.keys() - found)) == ([], [])


@pytest.mark.parametrize("line", [
    "open(p)", "open(p, 'w')", "p.open('ab')", "p.open(mode='x')", "p.open('rb')", "p.write_text(t)", "p.touch()",
    "a.b.write_bytes(t)", "os.open(p, f)", "os.replace(a, b)", "p.replace(q)", "p.mkdir()", "shutil.copy(a, b)",
    "tempfile.mkstemp()", "zipfile.ZipFile(p, 'w')", "p.read_bytes()", "self.path.read_text()", "os.link(a, b)",
])  # fmt: skip
def test_each_other_way_is_seen(line: str) -> None:
    assert list(touching(ast.parse(f"def f():\n  {line}"))) == ["f"]


def test_what_touches_no_file_is_not_seen() -> None:
    code = "text.replace('a', 'b')\nreplace(one, a=1)\napp.open(name)\nconsole.write_bytes(b)\nzipfile.ZipFile(f)\n"
    assert list(touching(ast.parse(code))) == []
