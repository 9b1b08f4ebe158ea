"""A plain text that came back: decoded, its quote signs and list marks set apart, its wrapped lines put together."""

from __future__ import annotations

import quopri
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tui.comparison.returned_lines import ANSWER, OriginalLine, ReturnedLine
from tui.fast_dataclass import dataclass
from tui.text.clean import clean
from tui.text.typography import held_together
from tui.text.word_diff import keys

_RULE = re.compile(r"[\s|:*_=#-]*")  # lines of dashes, equal signs or stars: they are drawn, not said
_BULLET = re.compile(r"(?:[-–—*+•◦▪‣·§]|o(?=\s{2,}|\t)|\d{1,3}[.)]|[a-z]\)|\((?:[a-z]|\d{1,2})\))\s+")
_LIST_MARK = re.compile(
    r"(?:[-–—*+•◦▪‣·>§]|o(?=\s)|\d{1,3}[.)]|[a-zA-Z][.)]|[ivxIVX]{2,4}[.)]|\((?:[a-z]|\d{1,2})\))\s+"
)
_HEADING = re.compile(r"#{1,6}\s+")
_NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.\s+\S")
_LONGEST_LINE = 100  # cells: text with longer lines is not wrapped
_QUOTE = re.compile(r"\s{0,3}(?:(?:[A-Z]{1,3}(?=>))?[>|»]\s?)+")  # « NC> » too: whose words they are
_PAGE_DIGITS = 3  # of the number of a page: a longer one is a year or an amount, and said by whoever wrote it
_SIGNS_BEFORE = re.compile(r"[\s>»]*")  # of a quotation, before the bar that begins a row
_BAR = re.compile(r"(?<!\\)\|")  # between two cells of Markdown
_QUOTED_SHARE = 0.3  # of the lines must bear a sign for the text to be a quote
_CERTAIN = 0.9  # of the words of a line are of one of ours
_DOUBLED_SHARE = 0.8  # of the lines followed by a blank one: some programs double them all
# What a mail program writes above and below an answer; the words of one language or both.
ATTRIBUTION = re.compile(
    r"(?i)(?:le|on)\b.{6,200}(?:a écrit|wrote)\s*:?|"
    r"-+ ?(?:message d['’]origine|original message|forwarded message) ?-+|"
    r"(?:de|from|envoyé|sent|à|to|cc|objet|subject|date)\s?:.*|--"
)
_QUOTED_PRINTABLE = re.compile(r"=[0-9A-F]{2}|=$", re.MULTILINE)
_MIXED_UP = re.compile("[ÃÂâ][\u0080-\u00bf€™œ“”–—•…‰Š‹ŒŽš›ž˜\u00a0¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿‚ƒ„†‡ˆ]")


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 by its mark, else the Windows code page; what a program mixed up is mended."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for code in ("utf-8-sig", "cp1252"):
        try:
            return mended(data.decode(code))
        except UnicodeDecodeError:
            continue
    return mended(data.decode("latin-1"))


def mended(text: str) -> str:
    """Return the text without the traces of a program that took it for another: « Ã© » for « é », « =C3=A9 »."""
    if len(_QUOTED_PRINTABLE.findall(text)) > max(3, len(text) // 400) and text.isascii():
        return quopri.decodestring(text.encode()).decode("utf-8", "replace")
    if len(_MIXED_UP.findall(text)) < 2:
        return text
    repaired = [_repaired(line) for line in text.split("\n")]
    return "\n".join(repaired)


def _repaired(line: str) -> str:
    """Return a line that was UTF-8 and was read as the Windows code page; as it is where it was not."""
    raw = bytearray()
    for character in line:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return line
            raw.append(ord(character))  # the five bytes that the code page leaves open
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return line


def lost_accents(ours: Sequence[OriginalLine], raw: Sequence[str]) -> bool:
    """Return whether a text is ours with all its accents lost on the way."""
    text = "\n".join(raw)
    accented = {word for line in ours for word in keys(line.text) if not word.isascii() and word.isalpha()}
    if len(accented) < 5 or any(not char.isascii() and char.isalpha() for char in text):
        return False
    words = set(keys(text))
    return sum(_without_accents(word) in words for word in accented) > len(accented) / 2


def _without_accents(word: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFD", word) if not unicodedata.combining(character)
    )


def read_text(text: str) -> tuple[ReturnedLine, ...]:
    """Return the paragraphs and items of a plain text or of Markdown, without the signs that only draw."""
    return tuple(_paragraphs(text_lines(text)))


def text_lines(text: str) -> list[str]:
    """The lines of a plain text as they are broken there; the cells of a row, between bars or tabs, are one each."""
    return [cell for line in clean(text).split("\n") for cell in _cells(line)]


def _cells(line: str) -> list[str]:
    quoted = _SIGNS_BEFORE.match(line)
    lead = quoted[0] if quoted is not None else ""
    row = line[len(lead) :].strip()
    if len(row) > 2 and row[0] == row[-1] == "|" and not _RULE.fullmatch(row):
        return [f"{lead}{cell.strip()}" for cell in _BAR.split(row[1:-1])]
    pieces = line.split("\t")
    if len(pieces) < 2 or _LIST_MARK.fullmatch(f"{pieces[0].strip()} ") or not pieces[0].strip():
        return [line]  # a tab behind the mark of an item, or one that sets a line in
    cells = [piece for piece in pieces if piece.strip()]
    return cells if len(cells) > 1 else [line]


def _paragraphs(lines: list[str]) -> Iterator[ReturnedLine]:
    """Lines that had been wrapped are one again: a line ended there because the next word had no room."""
    longest = max(map(len, lines), default=0)
    width = longest if longest <= _LONGEST_LINE else 0
    held, last, item = "", "", False
    for raw in (*lines, ""):
        line = raw.strip()
        if _RULE.fullmatch(line):
            if held:
                yield ReturnedLine(held, item=item)
            held = last = ""
            continue
        first = held_together(line).split(" ", 1)[0]  # « 4 novembre » begins a line whole, as a no-break space has it
        goes_on = held and width and not _BULLET.match(line) and len(last.rstrip()) + 1 + len(first) > width
        if not goes_on and held:
            yield ReturnedLine(held, item=item)
            held = ""
        if not goes_on:
            item = _is_item(line)
        bare = line if goes_on else bare_line(line)
        held, last = f"{held} {bare}" if goes_on else bare, raw


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line)) and not _NUMBERED_HEADING.match(line)


def bare_line(line: str) -> str:
    """Return the words of a line: without bullet, marks of a heading or bars of a table."""
    line = _HEADING.sub("", _BULLET.sub("", line, count=1), count=1)
    if line.startswith("|") and line.endswith("|"):
        line = " ".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.strip()


def without_mark(text: str, ours: str = "") -> str:
    """Return the text without the mark of a list that another program made letters of it; ours bears none."""
    if not ours or _LIST_MARK.match(ours):
        return text
    return _LIST_MARK.sub("", text, count=1) if _LIST_MARK.match(text) else text


@dataclass(frozen=True, slots=True)
class _RawLine:
    """One line as it is broken in the text: its words, whether they are quoted, and what stands around it."""

    text: str
    quoted: bool
    item: bool
    after_blank: bool
    indented: bool
    ours: int = -1  # the line of ours that most of its words are of, -1 for none
    share: float = 0.0  # of its words that are of that line


def regrouped(raw: Sequence[str], ours: Sequence[OriginalLine], edges: frozenset[str]) -> list[ReturnedLine]:
    """The paragraphs of a text, put together from its lines by ours: those whose words are of one of our lines are one.

    `edges` are the words at the heads and feet of our pages: lines of them alone, copied with a page, say nothing.
    No width is guessed, so that a text that was wrapped again, quoted or copied from a PDF is read all the same.
    """
    lines = [line for line in _with_owners(list(_raw_lines(raw)), ours) if line.ours >= 0 or not _at_edge(line, edges)]
    quoting = sum(line.quoted for line in lines) > _QUOTED_SHARE * max(len(lines), 1)
    doubled = sum(line.after_blank for line in lines) > _DOUBLED_SHARE * len(lines)
    known = [at for at, line in enumerate(lines) if line.ours >= 0]
    first, last = (known[0], known[-1]) if known else (0, -1)
    found: list[ReturnedLine] = []
    held: list[_RawLine] = []
    places: dict[int, int] = {}  # where in `found` the paragraph of a line of ours stands

    def close() -> None:
        if not held:
            return
        owner, text = held[0].ours, " ".join(line.text for line in held)
        at = places.get(owner, -1) if owner >= 0 else -1
        if at >= 0 and _goes_on(found[at].text, ours[owner].text):
            found[at] = ReturnedLine(f"{found[at].text} {text}", item=found[at].item)
        else:
            answer = owner < 0 and ((quoting and not held[0].quoted) or not first <= lines.index(held[0]) <= last)
            places[owner] = len(found)
            heading = bool(_NUMBERED_HEADING.match(text)) and owner < 0 and not answer
            found.append(ReturnedLine(text, item=held[0].item, place=ANSWER if answer else "", heading=heading))
        held.clear()

    for at, line in enumerate(lines):
        if held and not _continues(held, line, lines[at + 1 : at + 2], doubled, ours):
            close()
        held.append(line)
    close()
    return [line for line in found if not (line.place == ANSWER and ATTRIBUTION.fullmatch(line.text))]


def _at_edge(line: _RawLine, edges: frozenset[str]) -> bool:
    return {word.casefold() for word in keys(line.text) if not (word.isdigit() and len(word) <= _PAGE_DIGITS)} <= edges


def _goes_on(text: str, ours: str) -> bool:
    """Return whether a paragraph that was interrupted (by the end of a page, an answer) lacks the rest of our line."""
    said, wanted = Counter(keys(text)), Counter(keys(ours))
    return (wanted - said).total() > 0.1 * wanted.total()


def _continues(
    held: Sequence[_RawLine],
    line: _RawLine,
    following: Sequence[_RawLine],
    doubled: bool,
    ours: Sequence[OriginalLine],
) -> bool:
    """Return whether a line goes on with the paragraph before it."""
    before = held[-1]
    wraps = before.ours >= 0 and line.indented and line.share < _CERTAIN and not line.item and not line.after_blank
    if wraps and _goes_on(" ".join(raw_line.text for raw_line in held), ours[before.ours].text):
        return True
    if line.ours >= 0:
        return line.ours == before.ours
    if line.item or line.quoted != before.quoted or (line.after_blank and not doubled):
        return False
    if before.ours >= 0:
        if following and following[0].ours == before.ours:
            return True  # new words in the middle of a paragraph
        return not doubled and _goes_on(" ".join(raw_line.text for raw_line in held), ours[before.ours].text)
    return not doubled and len(before.text) > 50  # a paragraph that is wrapped, none of whose words are ours


def is_quoted(raw: str) -> bool:
    """Return whether a line of an answer bears the sign of what it answers, a row of a table too: « > », « » »."""
    return raw.lstrip().startswith((">", "»"))


def raw_words(raw: str) -> str:
    """Return the words of one line as it came, without the signs of a quotation, of a heading or of an item."""
    return bare_line(_QUOTE.sub("", raw, count=1).strip())


def _raw_lines(raw: Sequence[str]) -> Iterator[_RawLine]:
    after_blank = False
    for text in raw:
        sign = _QUOTE.match(text)
        quoted = sign is not None and not text.strip().endswith("|")
        line = (text[sign.end() :] if sign is not None and quoted else text).strip()
        if _RULE.fullmatch(line):
            after_blank = True
            continue
        rest = text[sign.end() :] if sign is not None and quoted else text
        yield _RawLine(bare_line(line) or line, quoted, _is_item(line), after_blank, rest[:1].isspace())
        after_blank = False


def _with_owners(lines: list[_RawLine], ours: Sequence[OriginalLine]) -> list[_RawLine]:
    """The lines, each with the line of ours that most of its words are of, by an alignment that keeps the order."""
    our_words = [(word.casefold(), at) for at, line in enumerate(ours) for word in keys(line.text)]
    their_words = [(word.casefold(), at) for at, line in enumerate(lines) for word in keys(line.text)]
    votes: list[Counter[int]] = [Counter() for _line in lines]
    sizes = Counter(at for _word, at in their_words)
    matcher = SequenceMatcher(
        None, [text for text, _at in our_words], [text for text, _at in their_words], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            votes[their_words[block.b + step][1]][our_words[block.a + step][1]] += 1
    found = []
    for at, line in enumerate(lines):
        owner, count = max(votes[at].items(), key=lambda item: item[1], default=(-1, 0))
        share = count / max(sizes[at], 1)
        mine = owner >= 0 and share >= 0.5
        found.append(
            _RawLine(
                line.text,
                line.quoted,
                line.item,
                line.after_blank,
                line.indented,
                owner if mine else -1,
                share if mine else 0.0,
            )
        )
    return found
