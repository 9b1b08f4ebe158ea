"""Runs as inline Markdown: least escaping for plain text, delimiters that hold around styled text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from tui.agreement.blocks import Run, Runs
from tui.export.wording import shown

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!])")
# What opens a block at the start of a line: heading, quote, list, underline of a heading, rule (CommonMark § 4, 5).
_OPENING = re.compile(r"^([#>+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_UNSAFE_IN_HREF = re.compile(r"[\s<>\\|\x00-\x20]")
_ASCII_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def inline(runs: Runs, single_line: bool = False, cell: bool = False) -> str:
    """Return runs as Markdown that starts a line.

    `single_line` turns hard breaks into spaces (headings, cells); `cell` also escapes what would end a table's cell.
    """
    from tui.agreement.markdown import escape

    if not any(_styled(run) or run.text == "\n" for run in runs):
        text: str = escape("".join(shown(run) for run in runs))
        return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", text) if cell else text
    lines = [_line(line, cell) for line in _lines(runs)]
    joined = (" " if single_line else "\\\n").join(lines)
    return _OPENING.sub(_escaped, joined)


def _styled(run: Run) -> bool:
    return run.strong or run.emphasis or run.strike or run.code or bool(run.href)


def _lines(runs: Runs) -> list[list[Run]]:
    """Return runs line by line, neighbours of one style joined (no `**a****b**`), no empty line first or last."""
    lines: list[list[Run]] = [[]]
    for style, group in groupby(runs, key=lambda run: "\n" if run.text == "\n" else replace(run, text="", hole=False)):
        members = list(group)
        if isinstance(style, Run):
            lines[-1].append(replace(style, text="".join(map(shown, members))))
        else:
            lines += [[] for _break in members]
    filled = [any(run.text.strip() for run in line) for line in lines]
    if True not in filled:
        return []
    return lines[filled.index(True) : len(filled) - filled[::-1].index(True)]


def _line(runs: list[Run], cell: bool) -> str:
    """Return one line of runs; letters that touch a delimiter from outside become references (`&#233;`).

    By the flanking rules (CommonMark § 6.2) `**« a »**b` is not bold: a delimiter next to punctuation inside needs
    punctuation or space outside too, and the & and ; of a reference are punctuation.
    """
    text = ""
    touching = False  # the text ends with a delimiter
    for run in runs:
        found = _EDGES.fullmatch(run.text)
        before, core, after = found.groups() if found else ("", run.text, "")
        if not core or not _styled(run):
            plain = _SPECIAL.sub(r"\\\1", run.text)
            text += _referenced(plain[:1]) + plain[1:] if touching else plain
            touching = touching and not plain
            continue
        # Two delimiters of one letter would grow together: the other letter keeps them apart.
        piece = _delimited(run, core, "_" if touching and text.endswith("*") and not before else "*", cell)
        if not before and not touching and text:
            text = text[:-1] + _referenced(text[-1])
        text += before + piece + after
        touching = not after
    return text.strip()


def _delimited(run: Run, core: str, letter: str, cell: bool) -> str:
    text = _code(core, cell) if run.code else _SPECIAL.sub(r"\\\1", core)
    mark = letter * (2 * run.strong + run.emphasis)
    text = f"{mark}~~{text}~~{mark}" if run.strike else f"{mark}{text}{mark}"
    return f"[{text}](<{_href(run.href)}>)" if run.href else text


def _referenced(letter: str) -> str:
    if not letter or letter.isspace() or _ASCII_PUNCTUATION.match(letter):
        return letter
    return f"&#{ord(letter)};"


def _code(text: str, cell: bool) -> str:
    fence = "`"
    while fence in text:
        fence += "`"
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text.replace('|', chr(92) + '|') if cell else text}{edge}{fence}"


def _href(href: str) -> str:
    return _UNSAFE_IN_HREF.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), href)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"
