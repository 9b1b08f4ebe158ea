"""Commands on a whole store: what is told once a backup is restored."""

from __future__ import annotations

from collections.abc import Generator
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from tui.cli import store_commands
from tui.cli.invocation import DONE, FAILED


@pytest.mark.parametrize(("count", "binned", "damaged"), list(product((0, 2), (0, 1), (0, 1))))
def test_all_is_here_already_where_nothing_came(
    monkeypatch: pytest.MonkeyPatch, count: int, binned: int, damaged: int
) -> None:
    def restored(_file: object, _progress: object) -> Generator[str, None, int]:
        yield from (f"partnership{number}" for number in range(count))
        return binned

    problems = [SimpleNamespace(kind=kind, path=f"/x/{kind}") for kind in ("restored", "edited")[: 2 * damaged]]
    problems = problems or [SimpleNamespace(kind="edited", path="/x/edited")]
    store = SimpleNamespace(restore=restored, take_problems=lambda: problems)
    printed: list[str] = []
    warned: list[str] = []
    monkeypatch.setattr(store_commands, "print_line", printed.append)
    monkeypatch.setattr(store_commands, "warn", warned.append)
    call: Any = SimpleNamespace(store=store, args=SimpleNamespace(file="/x/backup.tar.gz"))
    assert store_commands.restore(call) == (FAILED if damaged else DONE)
    assert printed == [f"partnership{number}" for number in range(count)]
    assert any("corbeille" in line for line in warned) is bool(binned)
    assert any("/x/restored" in line for line in warned) is bool(damaged)
    assert len(warned) == binned + damaged + (not (count or binned or damaged))
