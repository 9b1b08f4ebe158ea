"""The driver of the terminal: our own parser reads what it sends, and writing to it never blocks the app."""

from __future__ import annotations

import codecs
import os
import selectors
from collections.abc import Iterable
from functools import partial
from io import TextIOWrapper
from typing import Any, Protocol, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal.key_parser import KeyParser
from tui.terminal.output_thread import OutputThread

_LATIN_HANDLER = "entente-latin"  # name of our error handler for bytes that the codec does not know
_READ_BYTES = 4096  # at most, in one read
_TICK_SECONDS = 0.05  # between two calls of `KeyParser.tick`


class TerminalApp(Protocol):
    """What the driver needs of the app, besides what Textual's own driver needs."""

    codec: str  # name of the codec of the terminal's text, both ways

    def fail(self, error: Exception) -> None:
        """End the app because of an error of the program."""


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, with our own reading (`KeyParser`) and writing (`OutputThread`)."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        host = cast(TerminalApp, app)
        self._report_failure = partial(app.call_later, host.fail)
        self._codec = "utf-8" if host.codec == "ascii" else host.codec  # UTF-8 includes ASCII
        if self._codec != "utf-8" and isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(encoding=self._codec, errors="replace")
        self.output_thread: OutputThread | None = None  # None before the terminal is taken
        # File descriptors of a pipe that ends the reading thread: the thread waits for the terminal and for the pipe,
        # and closing the pipe's writer wakes it. -1 while there is no pipe.
        self._pipe_writer = -1
        self._pipe_reader = -1

    # -- out -----------------------------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal; called again when the program comes back to the foreground."""
        self.output_thread = OutputThread(self._file)  # type: ignore[arg-type]  # None only without a terminal
        self.output_thread.start()
        self._pipe_reader, self._pipe_writer = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Pass `data` to the writing thread, without waiting; drop it before the terminal is taken."""
        if self.output_thread is not None:
            self.output_thread.write(data)

    def close(self) -> None:
        """Wait until the terminal has taken all that was written, and end the writing thread."""
        if self.output_thread is not None:
            self.output_thread.stop()
        super().close()

    # -- in ------------------------------------------------------------------------------------------------------------

    def disable_input(self) -> None:
        """Read no more: tell the reading thread to end, and wait until it has."""
        self.end_input()
        super().disable_input()

    def end_input(self) -> None:
        """Tell the reading thread to end, without waiting for it."""
        if self._pipe_writer >= 0:
            os.close(self._pipe_writer)
            self._pipe_writer = -1

    def run_input_thread(self) -> None:
        """Read what the terminal sends, in a thread of its own, until the app ends; an error ends the app."""
        try:
            self._read_all()
        except Exception as error:
            self._report_failure(error)
            raise

    def _read_all(self) -> None:
        """Read until the terminal is gone or `end_input` was called; then close the pipe's reader."""
        parser, text_decoder = KeyParser(), byte_decoder(self._codec)
        with selectors.SelectSelector() as selector, os.fdopen(self._pipe_reader) as pipe_reader:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(pipe_reader, selectors.EVENT_READ)
            is_open, is_ended = True, False
            while is_open and not is_ended:
                ready = [key.fileobj for key, _events in selector.select(_TICK_SECONDS if parser.waiting else None)]
                is_ended = pipe_reader in ready
                if self.fileno in ready:
                    is_open = self._read(parser, text_decoder)
                self._process(parser.tick())

    def _read(self, parser: KeyParser, text_decoder: codecs.IncrementalDecoder) -> bool:
        """Read once and post the events. Return False when the terminal is gone."""
        try:
            data = os.read(self.fileno, _READ_BYTES)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._process(parser.feed(text_decoder.decode(data)))
        return bool(data)

    def _process(self, messages: Iterable[Message]) -> None:
        """Post the messages of keys, pastes and mouse to the app."""
        for message in messages:
            self.process_message(message)


def byte_decoder(codec: str) -> codecs.IncrementalDecoder:
    """Return an incremental decoder of the codec of that name. Raises LookupError for an unknown one.

    A byte that the codec does not know (the terminal does not follow its locale) is read as Latin-1; it would end
    Textual 8.2.8.
    """
    codecs.register_error(_LATIN_HANDLER, _decode_as_latin)
    return codecs.getincrementaldecoder(codec)(errors=_LATIN_HANDLER)


def _decode_as_latin(error: UnicodeError) -> tuple[str, int]:
    """Return (the wrong bytes as Latin-1, the offset to go on at). Raises `error` if it is not about decoding."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end
