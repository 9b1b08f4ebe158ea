"""A text that came back, pasted or as a .txt or .md file: its lines, put together where they had been wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.agreement.returned import Line
from tui.text.clean import clean

_RULE = re.compile(r"[\s|:*_=#-]*")  # lines of dashes, equal signs or stars: they are drawn, not said
_BULLET = re.compile(r"(?:[-–—*+•◦▪‣·>]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_LONGEST_LINE = 100  # cells: text with longer lines is not wrapped


def read_text(text: str) -> tuple[Line, ...]:
    """The paragraphs and items of a plain text or of Markdown, without the signs that only draw."""
    return tuple(Line(one) for one in _paragraphs(clean(text).split("\n")))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines that had been wrapped are one again: a line ended there because the next word had no room."""
    longest = max(map(len, lines), default=0)
    width = longest if longest <= _LONGEST_LINE else 0
    held, last = "", ""
    for raw in (*lines, ""):
        line = raw.strip()
        if _RULE.fullmatch(line):
            if held:
                yield held
            held = last = ""
            continue
        first = line.split(maxsplit=1)[0]
        goes_on = held and width and not _BULLET.match(line) and len(last.rstrip()) + 1 + len(first) > width
        if not goes_on and held:
            yield held
            held = ""
        bare = line if goes_on else _bare(line)
        held, last = f"{held} {bare}" if goes_on else bare, raw


def _bare(line: str) -> str:
    """The words of a line: without bullet, marks of a heading or bars of a table."""
    line = _HEADING.sub("", _BULLET.sub("", line, count=1), count=1)
    if line.startswith("|") and line.endswith("|"):
        line = " ".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.strip()
