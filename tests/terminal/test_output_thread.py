"""The thread that writes to the terminal: it never holds the app up, and says when the terminal has taken all."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from tui.terminal import output_thread
from tui.terminal.output_thread import OutputThread


class Slow:
    """A terminal that takes a text whenever `taking` is released; one that is gone raises."""

    def __init__(self, *, gone: bool = False) -> None:
        self.taking = threading.Semaphore(0)
        self.gone = gone
        self.taken: list[str] = []

    def write(self, text: str) -> None:
        """Take a text, or fail."""
        assert self.taking.acquire(timeout=10)
        self.taken.append(text)
        if self.gone:
            raise OSError(5, "Input/output error")

    def flush(self) -> None:
        """Do nothing."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The seconds that the thread reads from its clock, as `now`."""
    told = SimpleNamespace(now=0.0)
    monkeypatch.setattr(output_thread, "time", SimpleNamespace(monotonic=lambda: told.now))
    return told


def started(terminal: Any) -> OutputThread:
    """A thread that writes to this terminal."""
    thread = OutputThread(terminal)
    thread.start()
    return thread


def test_it_is_behind_from_the_first_text_that_waits_and_calls_once_all_is_taken(clock: SimpleNamespace) -> None:
    terminal, calls, called = Slow(), list[str](), threading.Event()
    thread = started(terminal)

    def caught_up() -> None:
        calls.append(" ".join(terminal.taken))
        called.set()

    assert not thread.behind(caught_up)
    thread.write("un")
    clock.now = 0.03
    thread.write("deux")
    assert not thread.behind(caught_up)
    clock.now = 0.06
    assert thread.behind(caught_up), "the first one has waited for too long"
    terminal.taking.release()
    terminal.taking.release()
    assert called.wait(10)
    assert calls == ["un deux"] and not thread.behind(caught_up)
    clock.now = 9.0
    thread.write("trois")
    assert not thread.behind(caught_up), "what waited before is no more"
    terminal.taking.release()
    thread.stop()
    assert calls == ["un deux"]


def test_a_terminal_that_is_gone_is_written_to_no_more_and_holds_nobody_up(clock: SimpleNamespace) -> None:
    terminal, called = Slow(gone=True), threading.Event()
    terminal.taking.release()
    thread = started(terminal)
    for text in ("un", "deux", "trois"):
        thread.write(text)
    thread.stop()
    assert terminal.taken == ["un"]
    clock.now = 9.0
    assert not thread.behind(called.set)
