"""Letters on their way from and to the terminal: in the codec of its locale, and never the end of the app."""

from __future__ import annotations

import codecs
import sys
from functools import partial
from io import TextIOWrapper

from textual.drivers import linux_driver

_LATIN = "entente-latin"


def install(codec: str) -> None:
    """Have the driver read, and its file write, the letters of `codec`; Textual knows UTF-8 alone (8.2.8).

    A byte that is no UTF-8, from a terminal set otherwise than its locale says, is read as Latin-1; Textual ends there.
    """
    codecs.register_error(_LATIN, _latin)
    read = "utf-8" if codec == "ascii" else codec
    decoder = partial(codecs.getincrementaldecoder(read), errors=_LATIN)
    vars(linux_driver)["getincrementaldecoder"] = lambda _name: decoder
    if read != "utf-8" and isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(encoding=read, errors="replace")


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end].decode("latin-1")
    return "".join(letter if letter >= "\xa0" else "\ufffd" for letter in wrong), error.end
