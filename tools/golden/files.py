"""Turn what is recorded into files of text, write and read them, and compare two records line by line."""

from __future__ import annotations

import difflib
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from pypdf import PdfReader

MOST_LINES = 60  # shown of the differences of one file
SHORT_PART = 4000  # bytes of a part of a Word file
_BASE64 = re.compile(r"[A-Za-z0-9+/]{70,}={0,2}\s*")  # a line of an attachment
WIDTH = 160  # characters shown of a line
BEFORE_DIFFERENCE = 40  # characters shown before the place where two lines differ
SAME_AS = "The same text as "


def digest(data: bytes) -> str:
    """Return the line recorded for bytes that are no text: their number and their SHA-256."""
    return f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}\n"


def word_text(data: bytes, *, spelt_out: bool) -> str:
    """Return a Word file as text: the digests of the whole and of its parts.

    With `spelt_out` also the XML of the document and of short parts, each tag on a line.
    """
    lines = [digest(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for info in parts.infolist():
            part = parts.read(info)
            lines.append(f"\n== {info.filename}: {digest(part)}")
            # The styles and the theme are long and the same in each file; their digest says whether they changed.
            if spelt_out and (len(part) < SHORT_PART or info.filename == "word/document.xml"):
                lines.append(part.decode().replace("><", ">\n<").rstrip("\n") + "\n")
    return "".join(lines)


def pdf_text(data: bytes) -> str:
    """Return a PDF as text: the digest of the whole, then the words of each page, as a reader program finds them."""
    pages = PdfReader(io.BytesIO(data)).pages
    return digest(data) + "".join(
        f"\n== page {number}\n{page.extract_text()}\n" for number, page in enumerate(pages, 1)
    )


def mail_text(data: bytes) -> str:
    """Return a mail draft as text: the digest of the whole, and the message without the lines of base64."""
    lines = data.decode().splitlines(keepends=True)
    return digest(data) + "".join(line for line in lines if not _BASE64.fullmatch(line))


def write_tree(folder: Path, texts: dict[str, str]) -> None:
    """Write each of the texts, which are by name, to the file of that name; a text written already as a reference."""
    first_names: dict[str, str] = {}  # by text, the name of the first file that has it
    for name, text in sorted(texts.items()):
        path, first_name = folder / name, first_names.setdefault(text, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = text if first_name == name else f"{SAME_AS}{first_name}\n"
        path.write_text(content, encoding="utf-8", newline="")


def update_tree(folder: Path, texts: dict[str, str]) -> None:
    """Write the texts as `write_tree` does, and keep every other text of the record in `folder` as it is."""
    write_tree(folder, read_tree(folder) | texts)


def read_tree(folder: Path) -> dict[str, str]:
    """Return the texts that `write_tree` wrote to `folder`, by file name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in files}
    return {
        name: contents[text.removeprefix(SAME_AS).rstrip("\n")] if text.startswith(SAME_AS) else text
        for name, text in contents.items()
    }


def differences(recorded: dict[str, str], present: dict[str, str]) -> Iterator[str]:
    """Yield a readable text for each file that differs, is missing or is new; both are texts by file name."""
    for name in sorted(recorded.keys() | present.keys()):
        if name not in present:
            yield f"{name}: recorded, and no longer made\n"
        elif name not in recorded:
            yield f"{name}: made, and not recorded\n"
        elif recorded[name] != present[name]:
            yield _difference(name, recorded[name], present[name])


def _difference(name: str, before: str, now: str) -> str:
    """Return the diff of two texts of a file, at most `MOST_LINES` long."""
    lines = list(
        difflib.unified_diff(before.splitlines(), now.splitlines(), f"recorded/{name}", f"now/{name}", n=2, lineterm="")
    )
    if not lines:  # line ends alone differ, which no line shows
        return f"{name}: the same lines, with other line ends\n"
    lines = shorten_lines(lines)
    rest = len(lines) - MOST_LINES
    first_lines = lines[:MOST_LINES] + ([f"… and {rest} lines more"] if rest > 0 else [])
    return "\n".join(first_lines) + "\n"


def shorten_lines(lines: list[str]) -> list[str]:
    """Return the lines of a diff, long ones cut to `WIDTH` characters around the first difference."""
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line[:1])]
    for removed, added in pairwise(runs):
        if removed[0][:1] == "-" and added[0][:1] == "+":
            for index, (old, new) in enumerate(zip(removed, added, strict=False)):
                left_out = max(_common_start(old[1:], new[1:]) - BEFORE_DIFFERENCE, 0)
                if left_out and max(len(old), len(new)) > WIDTH:
                    removed[index], added[index] = f"-…{old[1 + left_out :]}", f"+…{new[1 + left_out :]}"
    return [line if len(line) <= WIDTH else f"{line[:WIDTH]}…" for run in runs for line in run]


def _common_start(old: str, new: str) -> int:
    """Return how many characters at the start of two texts are the same."""
    length = min(len(old), len(new))
    return next((place for place in range(length) if old[place] != new[place]), length)
