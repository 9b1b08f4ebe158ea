"""What went wrong is told in the interface's language, whatever raised it."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import struct
import subprocess
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tui import i18n
from tui.error_words import reason_words
from tui.partnership.field_kinds import BadValue
from tui.store.store_errors import error_sentence

_NUMBER = "1" * 5000


def raised(work: Callable[[], object]) -> Exception:
    """Return what `work` raises."""
    with pytest.raises(Exception) as found:
        work()
    assert isinstance(found.value, Exception)
    return found.value


def endless() -> object:
    """Nest beyond what Python takes."""
    return json.loads("[" * 200_000)


def field_too_long() -> object:
    """Read a cell that is longer than the module takes."""
    return list(csv.reader(io.StringIO("x" * (csv.field_size_limit() + 1))))


FOREIGN: dict[str, Callable[[], object]] = {
    "csv": field_too_long,
    "csv-quotes": lambda: list(csv.reader(io.StringIO('a,"b'), strict=True)),
    "json": lambda: json.loads('{"a": }'),
    "json-number": lambda: json.loads(_NUMBER),
    "nesting": endless,
    "toml": lambda: tomllib.loads("a = = 2"),
    "toml-end": lambda: tomllib.loads("a = "),
    "zip": lambda: zipfile.ZipFile(io.BytesIO(b"no zip")),
    "zlib": lambda: zlib.decompress(b"no"),
    "struct": lambda: struct.unpack("i", b""),
    "xml": lambda: ElementTree.fromstring("<a>"),
    "utf-8": lambda: b"\xff".decode("utf-8"),
    "surrogate": lambda: "\udc80".encode(),
    "time": lambda: subprocess.run(["sleep", "9"], timeout=0.01, check=True),
    "key": lambda: os.environ["NO_SUCH_NAME_HERE"],
    "value": lambda: int("a"),
    "missing": lambda: Path("/nowhere/at/all").read_bytes(),
    "folder": lambda: Path("/").write_bytes(b""),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_words_of_python_and_of_libraries_are_told_in_the_language_in_use(name: str) -> None:
    error = raised(FOREIGN[name])
    i18n.use("en")
    english, its_sentence = reason_words(error), error_sentence(error)
    i18n.use("fr")
    french = reason_words(error)
    assert french != english and str(error) not in (french, english)
    assert type(error).__name__ not in french and french == french.rstrip(".")
    assert its_sentence.endswith(".") and its_sentence[0] in f"{its_sentence[0].upper()}“"
    assert error_sentence(error) != its_sentence


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_no_error_of_the_system_keeps_its_english_words(code: int) -> None:
    i18n.use("fr")
    words = reason_words(OSError(code, os.strerror(code)))
    assert os.strerror(code) not in words
    assert "Errno" not in words and words


def test_a_sentence_names_the_file_and_ours_are_left_as_they_are() -> None:
    i18n.use("fr")
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/home/ana/Entente/texte.docx")
    said = error_sentence(refused)
    assert "texte.docx" in said and "/home/ana/Entente" in said and "Permission" not in said
    assert error_sentence(BadValue("Notre phrase.")) == "Notre phrase."


def test_the_reason_is_a_clause_without_a_full_stop() -> None:
    i18n.use("en")
    assert reason_words(BadValue("This is no date.")) == "This is no date"
    assert reason_words(raised(lambda: b"\xff".decode())) == "it is not UTF-8 text"
    assert reason_words(OSError(errno.EPROTO, "Protocol error")) == "EPROTO"
