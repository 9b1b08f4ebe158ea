"""Runs as inline Markdown: least escaping for plain text, delimiters that hold around styled text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tui.agreement.blocks import Run, Runs
from tui.export.wording import shown

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!])")
# What opens a block at the start of a line: heading, quote, list, underline of a heading, rule (CommonMark § 4, 5).
_OPENING = re.compile(r"^([#>+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_UNSAFE_IN_HREF = re.compile(r"[\s<>\\|\x00-\x20]")
_ASCII_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def inline(runs: Runs, single_line: bool = False, cell: bool = False) -> str:
    """Return runs as Markdown that starts a line.

    `single_line` turns hard breaks into spaces (headings, cells); `cell` also escapes what would end a table's cell.
    """
    from tui.agreement.markdown import escape

    if not any(_styled(run) or run.text == "\n" for run in runs):
        return escape("".join(shown(run) for run in runs), cell=cell)
    lines = [_line(line, cell).strip() for line in _lines(runs)]
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


def _line(runs: Iterable[Run], cell: bool) -> str:
    """Return one line of runs; letters that touch a delimiter from outside become references (`&#233;`).

    By the flanking rules (CommonMark § 6.2) `**« a »**b` is not bold: a delimiter next to punctuation inside needs
    punctuation or space outside too, and the & and ; of a reference are punctuation.
    """
    text = ""
    touching = False  # the text ends with a delimiter
    for struck, group in groupby(runs, key=lambda run: run.strike):
        for before, core, after, run in _units(struck, group, cell):
            if not core:
                text += _referenced(before[:1]) + before[1:] if touching else before
                touching = touching and not before
                continue
            # Two delimiters of one letter would grow together: the other letter keeps them apart.
            letter = "_" if touching and text.endswith("*") and not before else "*"
            if not before and not touching and text:
                text = text[:-1] + _referenced(text[-1])
            text += before + (_delimited(run, core, letter) if run else f"~~{core}~~") + after
            touching = not after
    return text


def _units(struck: bool, runs: Iterable[Run], cell: bool) -> Iterator[tuple[str, str, str, Run | None]]:
    """Yield (space before, words inside delimiters, space after, their run); plain text is all before.

    Runs that are struck through are one unit, without a run: `~~a~~~~b~~` would not be read as two.
    """
    if struck:
        before, core, after = _edges(_line((replace(run, strike=False) for run in runs), cell))
        yield before, core, after, None
        return
    for run in runs:
        before, core, after = _edges(run.text)
        if core and _styled(run):
            yield before, _code(core, cell) if run.code else _SPECIAL.sub(r"\\\1", core), after, run
        else:
            yield _SPECIAL.sub(r"\\\1", run.text), "", "", None


def _edges(text: str) -> tuple[str, str, str]:
    core = text.strip()
    start = text.find(core) if core else len(text)
    return text[:start], core, text[start + len(core) :]


def _delimited(run: Run, core: str, letter: str) -> str:
    mark = letter * (2 * run.strong + run.emphasis)
    return f"[{mark}{core}{mark}](<{_href(run.href)}>)" if run.href else f"{mark}{core}{mark}"


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
