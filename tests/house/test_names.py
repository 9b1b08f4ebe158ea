"""The names of the code say what they hold."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import named, parsed, python_files

pytestmark = pytest.mark.sampled


@pytest.mark.slow
def test_no_variable_is_called_one() -> None:
    bound = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("tui")
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Name) and node.id == "one" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == "one")
    ]
    assert not bound, "name what it is: a partner, a row, a path"
