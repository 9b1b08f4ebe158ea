"""Measure text in cells of a terminal; wrap, cut and pad plain text by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.graphemes import characters
from tui.text.typography import hold_together

ELLIPSIS = "…"
_DANGLING = " ,;:·–"  # not left at the end of a cut text
# (spaces, word): « « a » » and « mot ! » are one word each, so that no line ends with an opening guillemet, or begins
# with a sign that French sets apart.
_SPACES_AND_WORD = re.compile("( *)((?:« (?=[^ ]))?[^ ]+(?: [»:;?!](?=[ .,)»]|$)[^ ]*)*)")
_BOUND_SPACE = re.compile("(?<=[^ ]) (?=[»:;?!](?: |$))|(?:(?<= «)|(?<=^«)) (?=[^ ])")  # the spaces inside such a word
_ODD = re.compile(" [»:;?!][.,)»]|« «")  # rare cases, which `_wrap_words` handles
# Matches text of which each character is known to take one cell: most English and French text.
one_cell_each = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u25fc\u2800-\u28ff]*").fullmatch


def width(text: str) -> int:
    """Return the number of terminal cells that `text` takes."""
    if one_cell_each(text):
        return len(text)
    from rich.cells import cell_len  # its tables cost some ms: loaded on the first text that needs them

    return cell_len(text)


_cells = width  # for functions with a parameter called `width`


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return `text` in lines of at most `width` cells, the first begun by `first`, the others by `rest`.

    A line breaks at line feeds and at spaces, which are dropped there; inside a word only where the word is longer than
    a line. It does not break at no-break spaces, at the spaces inside « » and before « : » or « ? », or where
    `hold_together` puts one (« 10 décembre », « 1 500 $ »). A tab counts as a space. A character wider than a line has
    a line of its own.
    """
    wrapped: list[str] = []
    for line in text.split("\n"):
        wrapped += _wrap_line(line.replace("\t", " "), width, rest if wrapped else first, rest)
    return wrapped


def shorten(text: str, width: int) -> str:
    """Return `text` cut to at most `width` cells, with « … » at the end when something was cut.

    The cut is after a whole word, but inside a word that would take more than half of the width.
    """
    if _cells(text) <= width:
        return text
    if width < 1:
        return ""
    head = _broken(text, width - 1, width)[0]
    if text[len(head) : len(head) + 1] not in ("", " "):
        words = head[: head.rfind(" ") + 1].rstrip(_DANGLING)
        head = words if 2 * _cells(words) >= width else head
    return (head.rstrip(_DANGLING) if _cells(head) < width else "") + ELLIPSIS


def first_lines(text: str, width: int, rows: int, first: str = "", rest: str = "") -> list[str]:
    """Return `text` as one paragraph in at most `rows` lines of `width` cells, begun as `wrap` begins them.

    The last line ends in « … » where something is cut.
    """
    lines = wrap(" ".join(text.split("\n")), width, first, rest)
    if len(lines) <= rows:
        return lines
    opening = rest if rows > 1 else first
    cut, *others = lines[rows - 1 :]
    remaining = " ".join(line.strip(" ") for line in (cut.removeprefix(opening), *others))
    return [*lines[: rows - 1], opening + shorten(remaining, width - _cells(opening))]


def pad(text: str, width: int) -> str:
    """Return `text` padded with spaces to `width` cells; longer text is returned unchanged."""
    return text + " " * (width - _cells(text))


def _wrap_line(line: str, width: int, first: str, rest: str) -> list[str]:
    """Return a text without line feeds, wrapped as `wrap` does."""
    following = max(1, width - _cells(rest))
    room = max(1, width - _cells(first))  # what the line being filled can still take
    wrapped = _wrap_letters(line, room, following) or _wrap_words(line, room, following)
    return [(rest if at else first) + part for at, part in enumerate(wrapped)]


def _wrap_letters(line: str, room: int, following: int) -> list[str]:
    """Return the parts of a line; [] where a character may be wider than a cell, or a word must be broken.

    This is the fast way for most texts. `room` are the cells of the first part, `following` those of the others.
    """
    if not one_cell_each(line) or _ODD.search(line):
        return []
    wrapped: list[str] = []
    line = line.rstrip(" ")
    bound = _BOUND_SPACE.sub("_", hold_together(line) if len(line) > room else line)
    start = 0
    while len(line) - start > room:
        space = bound.rfind(" ", start, start + room + 1)
        part = line[start:space].rstrip(" ") if space > start else ""
        if not part:
            return []
        wrapped.append(part)
        while bound[space] == " ":
            space += 1
        start, room = space, following
    return [*wrapped, line[start:]]


def _wrap_words(line: str, room: int, following: int) -> list[str]:
    """Return the parts of any line, word by word; `room` and `following` as for `_wrap_letters`."""
    wrapped: list[str] = []
    current = ""
    for gap, word in _held_words(line, following):
        size = _cells(word)
        if len(gap) + size > room:
            if current:
                wrapped.append(current)
                current, gap, room = "", "", following
            else:
                least = _cells(next(characters(word)))
                gap = gap[: max(0, room - least)]  # a very wide indent is cut, to leave room for one character
            *full, word = _broken(word, room - len(gap), following)
            if full:
                full[0], gap, room = gap + full[0], "", following
            wrapped += full
        current, room = current + gap + word, room - len(gap) - _cells(word)
    wrapped.append(current)
    return wrapped


def _held_words(line: str, room: int) -> Iterator[tuple[str, str]]:
    """Yield (spaces before, word); what is held together is one word unless it is longer than `room`."""
    held = hold_together(line)
    for match in re.finditer(_SPACES_AND_WORD, held):
        gap, word = match.groups()
        typed = line[match.start(2) : match.end(2)]
        if word == typed:
            yield gap, word
        elif _cells(word) <= room:
            yield gap, typed
        else:
            for parted in re.finditer(_SPACES_AND_WORD, typed):
                yield gap or parted[1], parted[2]
                gap = ""


_JOINTS = frozenset("/:@")  # after these a long path or address is broken, rather than inside a name


def _broken(word: str, room: int, following: int) -> list[str]:
    """Return a word, or any text, in pieces, the first of at most `room` cells and the others of `following`.

    It is broken after the last of `_JOINTS` that fits, else after the last character that fits.
    """
    if _cells(word) <= room:
        return [word]
    pieces, start, used, at, joint = [], 0, 0, 0, 0
    for cluster in characters(word):
        size = _cells(cluster)
        if used and used + size > room:
            end = joint if joint > start else at
            pieces.append(word[start:end])
            start, used, room = end, _cells(word[end:at]), following
        used, at = used + size, at + len(cluster)
        # A joint before a space belongs to an earlier word, and does not count.
        joint = at if cluster in _JOINTS else 0 if cluster == " " else joint
    return [*pieces, word[start:]]
