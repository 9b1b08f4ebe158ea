"""Long work is counted on a terminal's standard error, and nowhere else."""

from __future__ import annotations

import io

import pytest

from tui import i18n
from tui.cli import command_line


class Terminal(io.StringIO):
    """A standard error that a person reads, or not."""

    def __init__(self, read: bool) -> None:
        super().__init__()
        self.read_by_one = read

    def isatty(self) -> bool:
        """Whether a person reads."""
        return self.read_by_one


@pytest.mark.parametrize("read", [True, False])
def test_work_is_counted_where_a_person_reads(monkeypatch: pytest.MonkeyPatch, read: bool) -> None:
    terminal = Terminal(read)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(command_line, "_PROGRESS_AFTER_SECONDS", 0.0)
    i18n.use("fr")
    with command_line.progress_line() as watch:
        assert watch(3, 12)
    said = terminal.getvalue()
    assert ("3 sur 12" in said) is read
    assert said.endswith("\r") is read, "the line is gone at the end"


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(True)
    monkeypatch.setattr("sys.stderr", terminal)
    with command_line.progress_line() as watch:
        assert watch(3, 12)
    assert terminal.getvalue() == ""
