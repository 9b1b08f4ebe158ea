"""What `make untested` does to a file, and that its list of tests with other names is true."""

from __future__ import annotations

import ast

from tests.house.tree import ROOT
from tools.untested_files import functions, named_elsewhere, named_tests, with_empty_function


def test_what_is_tested_under_another_name_is_there() -> None:
    others = named_elsewhere()
    assert others
    assert [test for tests in others.values() for test in tests if not (ROOT / test).is_file()] == []
    assert [file for file in others if named_tests(file)] == [], "it has a test of its own name by now"


SOURCE = '''
class Kept:
    def one(self) -> int:
        """Say one."""
        made = 1
        return made

    @property
    def two(self): return 2


def nothing() -> None:
    """Do nothing."""


def three(
    first: int,
) -> int:
    return first + 3
'''


def test_one_function_is_emptied_and_no_other() -> None:
    found = functions(SOURCE)
    assert [node.name for node in found] == ["three", "one", "two"]
    for node in found[:2]:
        left = {
            one.name: one
            for one in ast.walk(ast.parse(with_empty_function(SOURCE, node)))
            if isinstance(one, ast.FunctionDef)
        }
        assert [ast.unparse(line) for line in left[node.name].body] == ["return None"]
        assert all(ast.dump(left[one.name]) == ast.dump(one) for one in found if one is not node)
    assert "two" not in with_empty_function(SOURCE, found[2])
