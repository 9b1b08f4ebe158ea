"""Reads a plain text that came back: its charset, its quote signs and list marks, its wrapped lines joined again.

`read_text` joins lines by the width of the text, `regrouped` by our own lines, which are known later.
"""

from __future__ import annotations

import quopri
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from tui.comparison.returned_lines import ANSWER, OriginalLine, ReturnedLine
from tui.fast_dataclass import dataclass
from tui.text.clean import clean
from tui.text.typography import hold_together
from tui.text.word_diff import word_keys

_RULE = re.compile(r"[\s|:*_=#-]*")  # a blank line, or one drawn with signs: « ---- », « |---|---| », « **** »
# The mark before an item: « - », « • », « 3. », « b) », « (b) »; « o » only before two spaces, since it may be a word.
_BULLET = re.compile(r"(?:[-–—*+•◦▪‣·§]|o(?=\s{2,}|\t)|\d{1,3}[.)]|[a-z]\)|\((?:[a-z]|\d{1,2})\))\s+")
# As _BULLET, with the marks of other programs: « > », « A. », « iv) ».
_LIST_MARK = re.compile(
    r"(?:[-–—*+•◦▪‣·>§]|o(?=\s)|\d{1,3}[.)]|[a-zA-Z][.)]|[ivxIVX]{2,4}[.)]|\((?:[a-z]|\d{1,2})\))\s+"
)
_HEADING = re.compile(r"#{1,6}\s+")  # of Markdown: « ## »
_NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.\s+\S")  # « 3. Rôles », « 3.2. Rôles »
_ALL_STRUCK = re.compile(r"~~((?:(?!~~).)+)~~[.;,]?")
_STRUCK_WORDS = re.compile(r"\s*~~(?:(?!~~).)+~~\s*")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]*[^\s*_])\1(?![\w*_])")  # « *cinq* », « __cinq__ »
_LONGEST_LINE = 100  # characters: a text with longer lines is not wrapped
_QUOTE = re.compile(r"\s{0,3}(?:(?:[A-Z]{1,3}(?=>))?[>|»]\s?)+")  # « > », « >> », « | », « NC> » with initials
_ENDS = frozenset(".!?;")
_WRAPPED_LENGTH = 50  # characters: a longer line is taken for a wrapped one
_PAGE_DIGITS = 3  # of the number of a page: a longer number is a year or an amount
_SIGNS_BEFORE = re.compile(r"[\s>»]*")  # quote signs before the bar that begins a row
_BAR = re.compile(r"(?<!\\)\|")  # between two cells of a Markdown table, unless it is escaped
_QUOTED_SHARE = 0.3  # a text with more quoted lines than this share is an answer that quotes ours
_CERTAIN = 0.9  # a line with this share of its words from one line of ours is a part of that line
_DOUBLED_SHARE = 0.8  # if more lines than this share follow a blank one, a program added a blank line after each
# Lines that a mail program writes above and below an answer: « Le 3 mai, X a écrit : », « -- », « Objet : … ».
ATTRIBUTION = re.compile(
    r"(?i)(?:le|on)\b.{6,200}(?:a écrit|wrote)\s*:?|"
    r"-+ ?(?:message d['’]origine|original message|forwarded message) ?-+|"
    r"(?:de|from|envoyé|sent|à|to|cc|objet|subject|date)\s?:.*|--"
)
_QUOTED_PRINTABLE = re.compile(r"=[0-9A-F]{2}|=$", re.MULTILINE)  # the encoding of mails: « =C3=A9 » is « é »
# UTF-8 that was read as the Windows code page: « Ã© » for « é », « â€™ » for « ’ ».
_MIXED_UP = re.compile("[ÃÂâ][\u0080-\u00bf€™œ“”–—•…‰Š‹ŒŽš›ž˜\u00a0¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿‚ƒ„†‡ˆ]")


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 if it says so, else the Windows code page; it is `mended`."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for code in ("utf-8-sig", "cp1252"):
        try:
            return mended(data.decode(code))
        except UnicodeDecodeError:
            continue
    return mended(data.decode("latin-1"))


def mended(text: str) -> str:
    """Return the text with characters repaired that a program misread: « Ã© » or « =C3=A9 » for « é »."""
    if len(_QUOTED_PRINTABLE.findall(text)) > max(3, len(text) // 400) and text.isascii():
        return quopri.decodestring(text.encode()).decode("utf-8", "replace")
    if len(_MIXED_UP.findall(text)) < 2:
        return text
    repaired = [_repaired(line) for line in text.split("\n")]
    return "\n".join(repaired)


def _repaired(line: str) -> str:
    """Return a line of UTF-8 that was read as the Windows code page as it was; any other line unchanged."""
    raw = bytearray()
    for character in line:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return line
            raw.append(ord(character))  # one of the five bytes that the code page does not define
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return line


def lost_accents(ours: Sequence[OriginalLine], raw: Sequence[str]) -> bool:
    """Return whether a text (its lines are `raw`) has no accent, and over half of our accented words without theirs."""
    text = "\n".join(raw)
    accented = {word for line in ours for word in word_keys(line.text) if not word.isascii() and word.isalpha()}
    if len(accented) < 5 or any(not char.isascii() and char.isalpha() for char in text):
        return False
    words = set(word_keys(text))
    return sum(_without_accents(word) in words for word in accented) > len(accented) / 2


def _without_accents(word: str) -> str:
    """Return a word without its accents: « ete » for « été »."""
    return "".join(
        character for character in unicodedata.normalize("NFD", word) if not unicodedata.combining(character)
    )


def read_text(text: str) -> tuple[ReturnedLine, ...]:
    """Return the paragraphs and items of a plain text or of Markdown, without the signs that only draw."""
    return tuple(_paragraphs(text_lines(text)))


def text_lines(text: str) -> list[str]:
    """Return the lines of a plain text as they are broken there; each cell between bars or tabs is a line."""
    return [cell for line in clean(text).split("\n") for cell in _cells(line)]


def _cells(line: str) -> list[str]:
    """Return the cells of a row of a table, quote signs before each; [line] for any other line."""
    signs = _SIGNS_BEFORE.match(line)
    lead = signs[0] if signs is not None else ""
    row = line[len(lead) :].strip()
    if len(row) > 2 and row[0] == row[-1] == "|" and not _RULE.fullmatch(row):
        return [f"{lead}{cell.strip()}" for cell in _BAR.split(row[1:-1])]
    pieces = line.split("\t")
    if len(pieces) < 2 or _LIST_MARK.fullmatch(f"{pieces[0].strip()} ") or not pieces[0].strip():
        return [line]  # the tab stands behind the mark of an item, or indents the line
    cells = [piece for piece in pieces if piece.strip()]
    return cells if len(cells) > 1 else [line]


def _paragraphs(lines: list[str]) -> Iterator[ReturnedLine]:
    """Yield the paragraphs: a line goes on in the next one if the first word of that one had no room left in it."""
    longest = max(map(len, lines), default=0)
    width = longest if longest <= _LONGEST_LINE else 0  # 0 for a text that is not wrapped
    paragraph, last, item = "", "", False  # the paragraph so far, its last line as it came, whether it is an item
    for raw in (*lines, ""):
        line = raw.strip()
        if _RULE.fullmatch(line):
            if paragraph:
                yield ReturnedLine(paragraph, item=item)
            paragraph = last = ""
            continue
        first = hold_together(line).split(" ", 1)[0]  # « 4 novembre » is not broken: our typography holds it together
        goes_on = paragraph and width and not _BULLET.match(line) and len(last.rstrip()) + 1 + len(first) > width
        if not goes_on and paragraph:
            yield ReturnedLine(paragraph, item=item)
            paragraph = ""
        if not goes_on:
            item = _is_item(line)
        bare = line if goes_on else bare_line(line)
        paragraph, last = f"{paragraph} {bare}" if goes_on else bare, raw


def _is_item(line: str) -> bool:
    """Return whether a line begins with the mark of an item; « 3. Rôles » is a heading."""
    return bool(_BULLET.match(line)) and not _NUMBERED_HEADING.match(line)


def bare_line(line: str) -> str:
    """Return a line without its bullet, the « # » of a heading and the bars of a table."""
    for mark in (_BULLET, _HEADING):
        match = mark.match(line)
        line = line[match.end() :] if match is not None else line
    if line.startswith("|") and line.endswith("|"):
        line = " ".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.strip()


def without_mark(text: str, ours: str = "") -> str:
    """Return the text without a list mark that another program wrote as characters; `ours` is our line, without one."""
    if not ours or _LIST_MARK.match(ours):
        return text
    return _LIST_MARK.sub("", text, count=1) if _LIST_MARK.match(text) else text


@dataclass(frozen=True, slots=True)
class _RawLine:
    """One line as it is broken in the text."""

    text: str  # without quote signs and list marks
    quoted: bool
    item: bool
    after_blank: bool  # whether a blank line or a rule stands above it
    indented: bool
    goes_on: bool = False  # whether the sentence of the line above goes on in it, by the length and end of that one
    ours: int = -1  # the index of our line that at least half its words come from, -1 for none
    share: float = 0.0  # how much of its words come from that line, from 0 to 1


def regrouped(raw: Sequence[str], ours: Sequence[OriginalLine], edges: frozenset[str]) -> list[ReturnedLine]:
    """Return the paragraphs of a text: its lines (`raw`) with words of the same line of ours are joined.

    `edges` are the words of our headers and footers; lines that have no others were copied with a page and are dropped.
    No width is guessed, so that a text that was wrapped again, quoted or copied from a PDF is read all the same.
    """
    lines = [line for line in _with_owners(list(_raw_lines(raw)), ours) if line.ours >= 0 or not _at_edge(line, edges)]
    quoting = sum(line.quoted for line in lines) > _QUOTED_SHARE * max(len(lines), 1)
    doubled = sum(line.after_blank for line in lines) > _DOUBLED_SHARE * len(lines)
    ours_at = [at for at, line in enumerate(lines) if line.ours >= 0]
    first, last = (ours_at[0], ours_at[-1]) if ours_at else (0, -1)
    paragraphs: list[ReturnedLine] = []
    paragraph: list[_RawLine] = []  # the lines of the paragraph so far
    places: dict[int, int] = {}  # by index of our line, the index in `paragraphs` of the paragraph that it became

    def close() -> None:
        """Keep the paragraph that ends; it may go on with one that was interrupted."""
        if not paragraph:
            return
        owner, text = paragraph[0].ours, " ".join(line.text for line in paragraph)
        at = places.get(owner, -1) if owner >= 0 else -1
        if at >= 0 and _goes_on(paragraphs[at].text, ours[owner].text):
            paragraphs[at] = ReturnedLine(f"{paragraphs[at].text} {text}", item=paragraphs[at].item)
        else:
            # Without our words, it is an answer if it is not quoted among quotes, or stands before or behind our text.
            answer = owner < 0 and (
                (quoting and not paragraph[0].quoted) or not first <= lines.index(paragraph[0]) <= last
            )
            places[owner] = len(paragraphs)
            heading = bool(_NUMBERED_HEADING.match(text)) and owner < 0 and not answer
            paragraphs.append(
                ReturnedLine(text, item=paragraph[0].item, place=ANSWER if answer else "", heading=heading)
            )
        paragraph.clear()

    for at, line in enumerate(lines):
        if paragraph and not _continues(paragraph, line, lines[at + 1 : at + 2], doubled, ours):
            close()
        paragraph.append(line)
    close()
    struck = any("~~" in line.text for line in ours)  # words of our own text are
    return [
        line if struck else _gone_if_struck(line)
        for line in paragraphs
        if not (line.place == ANSWER and ATTRIBUTION.fullmatch(line.text))
    ]


def _gone_if_struck(line: ReturnedLine) -> ReturnedLine:
    """Return a line as gone if all its words are between « ~~ », by which plain text and Markdown strike words."""
    match = _ALL_STRUCK.fullmatch(line.text.strip())
    return replace(line, text=match[1], gone=True) if match is not None else line


def without_signs(text: str, ours: str) -> str:
    """Return a text without the signs by which plain text shows how words look, unless our line has such signs.

    Words between « ~~ » are struck and left out; those between « * » or « _ » are bold, italic or underlined.
    """
    if "~~" not in ours:
        text = _STRUCK_WORDS.sub(" ", text).strip()
    if "*" not in ours and "_" not in ours:
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _at_edge(line: _RawLine, edges: frozenset[str]) -> bool:
    """Return whether a line has only words of headers and footers, and numbers of pages."""
    return {
        word.casefold() for word in word_keys(line.text) if not (word.isdigit() and len(word) <= _PAGE_DIGITS)
    } <= edges


def _goes_on(text: str, ours: str) -> bool:
    """Return whether a paragraph lacks over a tenth of the words of our line: then the next may go on."""
    words, our_words = Counter(word_keys(text)), Counter(word_keys(ours))
    return (our_words - words).total() > 0.1 * our_words.total()


def _continues(
    paragraph: Sequence[_RawLine],
    line: _RawLine,
    following: Sequence[_RawLine],
    doubled: bool,
    ours: Sequence[OriginalLine],
) -> bool:
    """Return whether a line goes on with `paragraph`, its lines so far; `following` is the next line, if any."""
    before = paragraph[-1]
    # The wrapped rest of a line of ours may be indented, and look like another of our lines by chance.
    wraps = before.ours >= 0 and line.indented and line.share < _CERTAIN and not line.item and not line.after_blank
    text = " ".join(raw_line.text for raw_line in paragraph)
    if wraps and _goes_on(text, ours[before.ours].text):
        return True
    if line.ours >= 0:
        return line.ours == before.ours
    if line.item or line.quoted != before.quoted or (line.after_blank and not doubled):
        return False
    if before.ours >= 0:
        if following and following[0].ours == before.ours:
            return True  # new words in the middle of a paragraph
        if line.goes_on and ours[before.ours].text[-1:] in _ENDS:
            return True  # the sentence that ended there has new words at its end
        return not doubled and _goes_on(text, ours[before.ours].text)
    return not doubled and len(before.text) > _WRAPPED_LENGTH  # without our words


def is_quoted(raw: str) -> bool:
    """Return whether a line of an answer begins with a quote sign, « > » or « » »; bars may begin a row of a table."""
    return raw.lstrip().startswith((">", "»"))


def raw_words(raw: str) -> str:
    """Return the words of one line as it came, without quote signs and without the marks of a heading or an item."""
    return bare_line(_QUOTE.sub("", raw, count=1).strip())


def _raw_lines(raw: Sequence[str]) -> Iterator[_RawLine]:
    """Yield the lines that have words."""
    after_blank = in_item = False
    before = ""  # the line above, "" behind a blank one
    for text in raw:
        sign = _QUOTE.match(text)
        quoted = sign is not None and not text.strip().endswith("|")  # a bar at both ends is a row of a table
        rest = text[sign.end() :] if sign is not None and quoted else text
        line = rest.strip()
        if _RULE.fullmatch(line):
            after_blank, in_item, before = True, False, ""
            continue
        goes_on = not in_item and _is_unfinished(before)
        # « … du lundi au jeudi, dès / 20. Il … »: there the mark of an item is a word of the sentence.
        bare, item = (line, False) if goes_on else (bare_line(line) or line, _is_item(line))
        yield _RawLine(bare, quoted, item, after_blank, rest[:1].isspace(), goes_on)
        after_blank, in_item, before = False, in_item or item, line


def _is_unfinished(line: str) -> bool:
    """Return whether a line is so long that it was wrapped, and its sentence goes on below."""
    return len(line) > _WRAPPED_LENGTH and (line[-1].isalnum() or line[-1] == ",")


def _with_owners(lines: list[_RawLine], ours: Sequence[OriginalLine]) -> list[_RawLine]:
    """Return the lines, each with the line of ours that most of its words come from; both keep their order."""
    our_words = [(word.casefold(), at) for at, line in enumerate(ours) for word in word_keys(line.text)]
    their_words = [(word.casefold(), at) for at, line in enumerate(lines) for word in word_keys(line.text)]
    votes: list[Counter[int]] = [Counter() for _line in lines]
    sizes = Counter(at for _word, at in their_words)
    matcher = SequenceMatcher(
        None, [text for text, _at in our_words], [text for text, _at in their_words], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            votes[their_words[block.b + step][1]][our_words[block.a + step][1]] += 1
    with_owners = []
    for at, line in enumerate(lines):
        owner, count = max(votes[at].items(), key=lambda item: item[1], default=(-1, 0))
        share = count / max(sizes[at], 1)
        is_ours = owner >= 0 and share >= 0.5
        with_owners.append(replace(line, ours=owner, share=share) if is_ours else line)
    for at, (line, below) in enumerate(pairwise(with_owners)):
        # « planifier et (dès mars, à nos frais) / en œuvre la formation »: new words fill the first line of ours.
        goes_on = below.ours >= 0 and votes[at][below.ours] and not _begins(below, ours[below.ours])
        is_wrapped = line.quoted == below.quoted and not below.item and not below.after_blank
        if line.ours < 0 and goes_on and is_wrapped:
            with_owners[at] = replace(line, ours=below.ours)
    return with_owners


def _begins(line: _RawLine, ours: OriginalLine) -> bool:
    """Return whether a line begins with the first word of one of ours."""
    return word_keys(line.text)[:1] == word_keys(ours.text)[:1]
