"""The light Markdown that people type in a prose field, read to blocks and runs by markdown-it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from tui.agreement.blocks import (
    NOWHERE,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Runs,
    Subheading,
    Table,
    is_followed,
)
from tui.text.clean import clean, one_line
from tui.text.result_cache import CachedByText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    BlockRule = Callable[[StateBlock, int, int, bool], bool]


# Left out: what blocks cannot say (images, HTML, quotes, rules), what changes meaning unasked (indented code, a line
# of dashes that makes a heading) and what lets characters vanish (definitions, backslashes). It shows as it was typed.
_OFF = [
    "autolink", "blockquote", "code", "entity", "escape", "fence", "hr", "html_block", "html_inline", "image",
    "lheading", "reference",
]  # fmt: skip
# CommonMark reads more as marks than people mean: « 20*2*12 », « * à confirmer », « # 3 ». Here a pair of stars or
# tildes stands around whole words, a list has two items, a heading begins with letters, underscores are characters.
_OPENS = re.compile(r"(?:^|\s)[^\w\s]{0,20}$|[-–—/'’]$")  # what stands before a pair: no letter nor figure touches it
_NEAR = 20  # characters looked at on either side: more signs in a row are no marks
_CLOSES = re.compile(r"[^\w\s]{0,20}(?:\s|$)|[-–—/'’]")

_DEEPEST = 50  # lists in lists; deeper is shown as typed, since the parser recurses
_MARKER = r"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)"
_LIST_LINE = rf"(?m)^[ \t]*{_MARKER}"
_PARTING = r"\n[ \t]*\n(?=\S)"  # indented lines stay with what they may continue
# Lines in which nothing can be a mark: no sign that Markdown reads, and a letter first (no list, heading or indent).
_PLAIN_LINE = r"[^\W\d_][^\\`*_\[\]<>|~&\n]*"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*")
_NESTING = rf"[ \t]*(?:{_MARKER}[ \t]*)*"


@lru_cache(maxsize=16)  # the text that is typed is told twice at each key: to be shown, and to be compared
def prose(text: str, origin: Origin = NOWHERE) -> tuple[Block, ...]:
    """Return the blocks of a prose field, each with `origin`; never raises.

    Paragraphs, lists, tables and headings (level 4 and below), in them bold, emphasis, strike, code, and links to http,
    https and mailto. A line break typed in a paragraph is kept. Equal stretches between blank lines are parsed once.
    """
    blocks: list[Block] = []
    for chunk in _chunks(clean(text)):
        blocks += _parsed(chunk, origin)
    return tuple(blocks)


def inline(text: str) -> Runs:
    """Return the runs of one line of light Markdown (bold, links …) in which nothing starts a block."""

    return runs(_parser().parseInline(one_line(text))[0].children or [])


def plain(text: str) -> Runs:
    """Return a plain field as one run, nothing in it parsed; no run when it is empty."""
    line = one_line(text)
    return (Run(line),) if line else ()


def _chunks(text: str) -> list[str]:
    """Return `text` cut at the blank lines that no block can span: only a list goes on after one."""
    chunks: list[str] = []
    in_list = False  # the last chunk is known to be a list
    for piece in re.split(_PARTING, text):
        continues = bool(chunks) and re.match(_MARKER, piece) is not None
        in_list = continues and (in_list or re.search(_LIST_LINE, chunks[-1]) is not None)
        if in_list:
            chunks[-1] += "\n\n" + piece
        else:
            chunks.append(piece)
    return chunks


@CachedByText
def _parsed(chunk: str, origin: Origin) -> tuple[Block, ...]:
    """Return the blocks of one chunk."""
    if _PLAIN.fullmatch(chunk):
        return (_unmarked(chunk, origin),)
    if _is_too_deep(chunk):
        return _as_typed(chunk, origin)
    lonely = {_LONELY: _lonely_items(chunk)}
    tokens = _parser().parse(chunk, lonely)
    if drops_cells(tokens, chunk):
        tokens = _parser(tables=False).parse(chunk, lonely)
    return blocks(tokens, origin)


def _unmarked(chunk: str, origin: Origin) -> Paragraph:
    """Return a chunk without any mark as the paragraph that the parser would make of it, at a hundredth of the cost."""
    runs: list[Run] = []
    for line in chunk.split("\n"):
        runs += [Run("\n"), Run(line.strip(" \t"))] if runs else [Run(line.strip(" \t"))]
    return Paragraph(tuple(runs), origin)


_LONELY = "lonely items"  # in the parser's `env`: numbers of the lines that look like an item and are none
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<bullet>[-+*])|\d{1,9}(?P<point>[.)]))(?=[ \t]|$)")


def _lonely_items(chunk: str) -> frozenset[int]:
    """Return the numbers, from 0, of the lines that begin like a list item, with no second item beside them.

    « - 5 °C la nuit » and « * à confirmer » are sentences. An item indented below another one is always an item.
    """
    lines = chunk.split("\n")
    items = {at: match for at, line in enumerate(lines) if (match := _ITEM.match(line))}
    kinds = {at: (len(item["indent"].expandtabs(4)), item["bullet"] or item["point"]) for at, item in items.items()}
    found = set()
    for at, (indent, kind) in kinds.items():
        outer = any(other < at and kinds[other][0] < indent for other in kinds)
        beside = any(other != at and kinds[other] == (indent, kind) for other in kinds)
        if not outer and not beside:
            found.add(at)
    return frozenset(found)


@cache
def _parser(tables: bool = True) -> MarkdownIt:
    """Return the parser of light Markdown; its import costs some 30 ms, so it waits for the first text."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import heading, list_block
    from markdown_it.rules_inline import emphasis, strikethrough

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 4 * _DEEPEST})
    parser.enable(["strikethrough", "table"] if tables else ["strikethrough"]).disable(_OFF)
    parser.inline.ruler.at("emphasis", partial(_whole_words, emphasis.tokenize))
    parser.inline.ruler.at("strikethrough", partial(_whole_words, strikethrough.tokenize))
    in_paragraphs: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("list", partial(_list_of_two, list_block), in_paragraphs)
    parser.block.ruler.at("heading", partial(_heading_of_letters, heading), in_paragraphs)
    # A link elsewhere stays as typed, so that its address is not lost.
    parser.validateLink = is_followed  # type: ignore[method-assign]
    return parser


def _whole_words(tokenize: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:
    """Read a run of stars or tildes that opens before a word or closes behind one; elsewhere it is text."""
    marker = state.src[state.pos]
    if marker == "_":
        return False
    known, start = len(state.delimiters), state.pos
    if not tokenize(state, silent):
        return False
    line_start = state.src.rfind("\n", 0, start) + 1
    opens = _OPENS.search(state.src[max(line_start, start - _NEAR) : start]) is not None
    closes = _CLOSES.match(state.src, state.pos) is not None
    for delimiter in state.delimiters[known:]:
        delimiter.open = delimiter.open and opens
        delimiter.close = delimiter.close and closes
    return True


def _list_of_two(parse: BlockRule, state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a list, unless the line is the only one of its kind."""
    return line not in state.env.get(_LONELY, ()) and parse(state, line, end, silent)


def _heading_of_letters(parse: BlockRule, state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a heading, unless a number follows: « # 3 au classement » is a sentence."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].lstrip("# \t")
    return not text[:1].isdigit() and parse(state, line, end, silent)


def _is_too_deep(chunk: str) -> bool:
    """Return whether a line could stand in more than `_DEEPEST` lists: by its indent, or by markers in a row."""
    if len(chunk) <= _DEEPEST:
        return False
    openings = (match[0].expandtabs(4) for line in chunk.split("\n") if (match := re.match(_NESTING, line)))
    return any(len(opening) > 2 * _DEEPEST for opening in openings)


def _as_typed(chunk: str, origin: Origin) -> tuple[Block, ...]:
    """Return a chunk as one paragraph with its line breaks, nothing in it parsed."""
    found: list[Run] = []
    for line in filter(None, map(str.strip, chunk.split("\n"))):
        found += [Run("\n"), Run(line)]
    return (Paragraph(tuple(found[1:]), origin),)


# Where plain text would be read as markup (CommonMark 0.31, sections 2.4, 2.5 and 6; strikethrough of GFM).
_INLINE = (
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # before punctuation; at the end it would break the line
    r"|`|~~+|\*+|_+"
    r"|\](?=\()"
    r"|<(?=[A-Za-z/!?]|[^\s<>]*@)"
    r"|&(?=#?\w+;)"
    r"|(?<=\s)#(?=#*$)"  # would close a heading
)
# Where it would start a block or belong to the line above (sections 4 and 5; tables and task lists of GFM).
_START = (
    r"(?:#{1,6}|[-+])(?=\s|$)|>|=(?==*$)|\[(?=.*?\]:|[ xX]\])|(?=[-:| ]*-)[-:|](?=[-:| ]*$)"
    r"|\d{1,9}(?P<point>[.)])(?=\s|$)"
)


def escape(text: str, cell: bool = False) -> str:
    """Return plain text as Markdown that is read back as the same text: on one line, with no backslash it can spare.

    It may stand in a paragraph, an item or a heading; with `cell`, in a cell of a table as well.
    """
    line = one_line(text)
    spots = {at for match in re.finditer(_INLINE, line) if _marks(match) for at in range(*match.span())}
    if start := re.match(_START, line):
        spots.add(start.start("point") if start["point"] else 0)
    if cell:
        spots |= {match.start() for match in re.finditer(r"\|", line)}
    return "".join("\\" + char if at in spots else char for at, char in enumerate(line)) if spots else line


def _marks(match: re.Match[str]) -> bool:
    """Return whether a match is markup where it stands: stars and underscores are not, between spaces or letters."""
    if match[0][0] not in "*_":
        return True
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    if before.isspace() and after.isspace():
        return False
    return match[0][0] == "*" or not (before.isalnum() and after.isalnum())


_LINE_BREAK = Run("\n")
_FIRST_LEVEL, _LAST_LEVEL = 4, 6  # under the headings of a section, and of an article


def blocks(tokens: Sequence[Token], origin: Origin) -> tuple[Block, ...]:
    """Return the blocks that `tokens` of whole blocks stand for, each with `origin`."""
    return tuple(_Reader(iter(tokens), origin).blocks(""))


def runs(children: Sequence[Token]) -> Runs:
    """Return the runs of one inline token's children; neighbours of one style are one run."""
    found: list[Run] = []
    style = _Style()
    for token in children:
        for run in style.read(token):
            last = found[-1] if found else _LINE_BREAK
            if _LINE_BREAK not in (run, last) and replace(last, text=run.text) == run:
                found[-1] = replace(run, text=last.text + run.text)
            else:
                found.append(run)
    return tuple(found)


def drops_cells(tokens: Sequence[Token], source: str) -> bool:
    """Return whether a row of a table in `source` has more cells than the head: the parser would drop them."""
    lines = source.split("\n")
    for at, token in enumerate(tokens):
        if token.type == "table_open" and token.map is not None:
            end = next(later for later in range(at, len(tokens)) if tokens[later].type == "thead_close")
            columns = sum(inner.type == "th_open" for inner in tokens[at:end])
            if any(_cells(line) > columns for line in lines[token.map[0] + 2 : token.map[1]]):
                return True
    return False


def _cells(line: str) -> int:
    """Return how many cells a line of a table has."""
    bare = line.strip().removeprefix("|")
    return len(re.findall(r"(?<!\\)\|", bare.removesuffix("|") if not bare.endswith("\\|") else bare)) + 1


@dataclass(slots=True)
class _Style:
    """What is open around the inline token being read."""

    open: list[str] = field(default_factory=list)  # tags, as bold may stand in bold
    href: str = ""
    title: str = ""
    shown: bool = True  # something stands inside the open link

    def read(self, token: Token) -> Iterator[Run]:
        """Give the runs of one token, and take note of what it opens or closes."""
        match token.type:
            case "softbreak" | "hardbreak":
                yield _LINE_BREAK
            case "link_open":
                self.href, self.title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
                self.shown = False
            case "link_close":
                if not self.shown:
                    yield from self._text(self.href)
                self.href = ""
                if self.title:
                    yield from self._text(f" ({self.title})")
            case "strong_open" | "em_open" | "s_open":
                self.open.append(token.tag)
            case "strong_close" | "em_close" | "s_close":
                self.open.remove(token.tag)
            case _:
                yield from self._text(token.content, code=token.type == "code_inline")

    def _text(self, text: str, code: bool = False) -> Iterator[Run]:
        if text:
            self.shown = True
            styles = {"strong": "strong" in self.open, "emphasis": "em" in self.open, "strike": "s" in self.open}
            yield Run(text.replace("\n", " "), **styles, code=code, href=self.href)


@dataclass(slots=True)
class _Reader:
    """Tokens read one after the other into blocks."""

    tokens: Iterator[Token]
    origin: Origin

    def blocks(self, end: str, in_item: bool = False) -> Iterator[Block]:
        """Give the blocks up to the token `end`; inside an item, a heading is a paragraph."""
        for token in self.tokens:
            match token.type:
                case "paragraph_open" | "heading_open":
                    if found := runs(next(self.tokens).children or []):
                        level = min(_FIRST_LEVEL - 1 + int(token.tag[1:] or 0), _LAST_LEVEL)
                        heads = token.tag != "p" and not in_item
                        yield Subheading(found, self.origin, level) if heads else Paragraph(found, self.origin)
                case "bullet_list_open":
                    yield ListBlock(tuple(self._items("bullet_list_close")))
                case "ordered_list_open":
                    start = token.attrGet("start")
                    items = tuple(self._items("ordered_list_close"))
                    yield ListBlock(items, ordered=True, start=1 if start is None else int(start))
                case "table_open":
                    yield self._table()
                case closing if closing == end:
                    return
                case _:
                    continue

    def _items(self, end: str) -> Iterator[Item]:
        while next(self.tokens).type != end:
            found = tuple(self.blocks("list_item_close", in_item=True))
            opened = found if found and isinstance(found[0], Paragraph) else (Paragraph((), self.origin), *found)
            yield Item(opened, self.origin)

    def _table(self) -> Table:
        rows: list[list[Runs]] = []
        for token in self.tokens:
            match token.type:
                case "table_close":
                    break
                case "tr_open":
                    rows.append([])
                case "inline":
                    rows[-1].append(runs(token.children or []))
        return Table(tuple(rows[0]), tuple(Row(tuple(row), self.origin) for row in rows[1:]))
