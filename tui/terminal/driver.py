"""The terminal at both ends: what it sends is read by our own parser, what is written to it never waits."""

from __future__ import annotations

import codecs
import os
import selectors
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from io import TextIOWrapper
from typing import Any, Protocol, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal.key_parser import KeyParser
from tui.terminal.output_thread import OutputThread

_LATIN = "entente-latin"  # how bytes that are no UTF-8 are read
_ONE_READ = 4096  # bytes
_TICK = 0.05  # seconds between two looks at what time ends, while something waits for that


class TerminalApp(Protocol):
    """What the driver asks of the app beside all that Textual's does."""

    codec: str  # of the letters that the terminal sends and takes

    def fail(self, error: Exception) -> None:
        """End because of an error of our own."""


class TerminalDriver(LinuxDriver):
    """Textual's driver of a terminal (Linux and macOS), with its own way in and its own way out."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        host = cast(TerminalApp, app)
        self._fails = partial(app.call_later, host.fail)
        self._codec = "utf-8" if host.codec == "ascii" else host.codec
        if self._codec != "utf-8" and isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(encoding=self._codec, errors="replace")
        self.outlet: OutputThread | None = None
        self._end_of_input = -1  # a pipe's writing end: closing it ends the thread that reads
        self._input_ended = -1  # its reading end

    # -- out -----------------------------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal; again after the program was stopped."""
        self.outlet = OutputThread(self._file)  # type: ignore[arg-type]  # only a program without terminal has none
        self.outlet.start()
        self._input_ended, self._end_of_input = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Write soon, in turn, without waiting for the terminal."""
        if self.outlet is not None:
            self.outlet.write(data)

    def close(self) -> None:
        """End, once the terminal has taken all that was written."""
        if self.outlet is not None:
            self.outlet.stop()
        super().close()

    # -- in ------------------------------------------------------------------------------------------------------------

    def disable_input(self) -> None:
        """Read no more: the thread that reads is woken and ends."""
        self.end_input()
        super().disable_input()

    def end_input(self) -> None:
        """Let the thread that reads end, without waiting for it."""
        if self._end_of_input >= 0:
            os.close(self._end_of_input)
            self._end_of_input = -1

    def run_input_thread(self) -> None:
        """Read what the terminal sends, in a thread of its own, until the app ends; an error ends the app."""
        with ExitStack() as ending:
            ending.push(self._end_app)
            self._read_all()

    def _end_app(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, Exception):
            self._fails(error)

    def _read_all(self) -> None:
        parser, letters = KeyParser(), decoder(self._codec)
        with selectors.SelectSelector() as selector, os.fdopen(self._input_ended) as end:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(end, selectors.EVENT_READ)
            there, ended = True, False
            while there and not ended:
                ready = [key.fileobj for key, _events in selector.select(_TICK if parser.waiting else None)]
                ended = end in ready
                if self.fileno in ready:
                    there = self._read(parser, letters)
                self._process(parser.tick())

    def _read(self, parser: KeyParser, letters: codecs.IncrementalDecoder) -> bool:
        """Read once; False when the terminal is gone, which is noticed elsewhere."""
        try:
            data = os.read(self.fileno, _ONE_READ)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._process(parser.feed(letters.decode(data)))
        return bool(data)

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def decoder(codec: str) -> codecs.IncrementalDecoder:
    """Return what reads the letters of `codec`, in any pieces; Textual ends at a byte that is no UTF-8 (8.2.8).

    A byte that is no UTF-8, from a terminal set otherwise than its locale says, is read as Latin-1.
    """
    codecs.register_error(_LATIN, _latin)
    return codecs.getincrementaldecoder(codec)(errors=_LATIN)


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end
