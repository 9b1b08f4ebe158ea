"""Cells of a terminal: how many a text takes, and plain text wrapped, cut and padded by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.graphemes import characters
from tui.text.typography import held_together

ELLIPSIS = "…"
_LOOSE = " ,;:·–"  # marks that say that something follows
# a gap and a word; « guillemets » and the marks that French sets apart never open or end a line
_TOGETHER = re.compile("( *)((?:« (?=[^ ]))?[^ ]+(?: [»:;?!](?=[ .,)»]|$)[^ ]*)*)")
_BOUND = re.compile("(?<=[^ ]) (?=[»:;?!](?: |$))|(?:(?<= «)|(?<=^«)) (?=[^ ])")  # the gaps inside such a word
_ODD = re.compile(" [»:;?!][.,)»]|« «")  # rare, and left to the slower way
# Text whose characters are one cell each without further measuring: most of what is written in English and French.
one_cell_each = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u25fc\u2800-\u28ff]*").fullmatch


def width(text: str) -> int:
    """Return the number of terminal cells that `text` takes."""
    if one_cell_each(text):
        return len(text)
    from rich.cells import cell_len  # its tables cost some ms: loaded on the first text that needs them

    return cell_len(text)


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return `text` in lines of at most `width` cells, the first opened by `first`, the others by `rest`.

    Line feeds break; otherwise a line breaks at spaces, which are dropped there, and inside a word only where the word
    alone is longer than a line. No-break spaces hold, and so does the space inside « », before « : » or « ? » and in
    what `held_together` knows (« 10 décembre », « 1 500 $ »); nothing else is lost. A tab counts as a
    space. What is wider than a whole line (an emoji in one cell) stands alone on it.
    """
    wrapped: list[str] = []
    for line in text.split("\n"):
        wrapped += _wrap_line(line.replace("\t", " "), width, rest if wrapped else first, rest)
    return wrapped


def shorten(text: str, width: int) -> str:
    """Return `text` cut to at most `width` cells, ending in « … » when something was cut: after a whole word.

    A word is parted only where it alone would take the second half of the room.
    """
    if _cells(text) <= width:
        return text
    if width < 1:
        return ""
    head = _broken(text, width - 1, width)[0]
    if text[len(head) : len(head) + 1] not in ("", " "):
        words = head[: head.rfind(" ") + 1].rstrip(_LOOSE)
        head = words if 2 * _cells(words) >= width else head
    return (head.rstrip(_LOOSE) if _cells(head) < width else "") + ELLIPSIS


def first_lines(text: str, width: int, rows: int, first: str = "", rest: str = "") -> list[str]:
    """Return `text` as one paragraph in at most `rows` lines of `width` cells, opened as `wrap` opens them.

    The last one ends in « … » where more follows.
    """
    lines = wrap(" ".join(text.split("\n")), width, first, rest)
    if len(lines) <= rows:
        return lines
    left = " ".join(line.strip(" ") for line in lines[rows - 1 :])
    return [
        *lines[: rows - 1],
        (rest if rows > 1 else first) + shorten(left, width - _cells(rest if rows > 1 else first)),
    ]


def pad(text: str, width: int) -> str:
    """Return `text` followed by the spaces that bring it to `width` cells; longer text comes back as is."""
    return text + " " * (width - _cells(text))


_cells = width  # where a parameter takes the name


def _wrap_line(line: str, width: int, first: str, rest: str) -> list[str]:
    """Return one line of text as the lines it takes."""
    following = max(1, width - _cells(rest))
    room = max(1, width - _cells(first))  # what the line being filled can still take
    wrapped = _wrap_letters(line, room, following) or _wrap_words(line, room, following)
    return [(rest if at else first) + part for at, part in enumerate(wrapped)]


def _wrap_letters(line: str, room: int, following: int) -> list[str]:
    """Return the parts of a line whose letters are one cell each; [] where it is not so, or a word must be broken."""
    if not one_cell_each(line) or _ODD.search(line):
        return []
    wrapped: list[str] = []
    line = line.rstrip(" ")
    bound = _BOUND.sub("_", held_together(line) if len(line) > room else line)
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
    """Return the parts of a line, word by word."""
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
                gap = gap[: max(0, room - least)]  # an indent wider than the line leaves room for a character
            *full, word = _broken(word, room - len(gap), following)
            if full:
                full[0], gap, room = gap + full[0], "", following
            wrapped += full
        current, room = current + gap + word, room - len(gap) - _cells(word)
    wrapped.append(current)
    return wrapped


def _held_words(line: str, room: int) -> Iterator[tuple[str, str]]:
    """Yield each word after its gap; what is held together is one word unless it is longer than a line of `room`."""
    held = held_together(line)
    for match in re.finditer(_TOGETHER, held):
        gap, word = match.groups()
        typed = line[match.start(2) : match.end(2)]
        if word == typed:
            yield gap, word
        elif _cells(word) <= room:
            yield gap, typed
        else:
            for parted in re.finditer(_TOGETHER, typed):
                yield gap or parted[1], parted[2]
                gap = ""


_JOINTS = frozenset("/:@")  # behind which a path or an address is broken rather than inside a name


def _broken(word: str, room: int, following: int) -> list[str]:
    """Return `word` in pieces, the first of at most `room` cells and the others of `following`; a text is one too.

    It is broken behind the last joint of a path or an address that fits, else behind the last character that does.
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
        joint = at if cluster in _JOINTS else 0 if cluster == " " else joint  # one of an earlier word parts nothing
    return [*pieces, word[start:]]
