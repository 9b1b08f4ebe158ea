"""Reads the light Markdown that people type in prose fields into blocks and runs, and escapes text as Markdown.

The parser is markdown-it, restricted so that text typed without any thought of Markdown is shown as it was typed.
"""

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
    is_safe_link,
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


# Names of markdown-it's rules that are switched off, so that the text they would read is shown as it was typed. They
# read what `Block` cannot hold (images, HTML, quotes, horizontal lines), what people do not mean as markup (indented
# code, a heading made by a line of dashes), and what would vanish (link definitions, backslashes).
_DISABLED_RULES = [
    "autolink", "blockquote", "code", "entity", "escape", "fence", "hr", "html_block", "html_inline", "image",
    "lheading", "reference",
]  # fmt: skip
# CommonMark takes « 20*2*12 », « * à confirmer » and « # 3 » for markup, which people do not mean so. Here stars and
# tildes mark whole words only, a list has two items or more, a heading does not begin with a digit, and underscores
# are never markup.
# The text before a star that opens: the start of the line or a space, then signs such as « ( »; or « l' ».
_OPENS = re.compile(r"(?:^|\s)[^\w\s]{0,20}$|[-–—/'’]$")
# The text after a star that closes: signs such as « ), », then a space or the end of the line; or « -mot ».
_CLOSES = re.compile(r"[^\w\s]{0,20}(?:\s|$)|[-–—/'’]")
_NEAR_CHARACTERS = 20  # how many characters before a star are looked at; more signs in a row are no markup

_MAX_LIST_LEVELS = 50  # levels of lists within lists; deeper ones are shown as typed, since the parser is recursive
_MARKER = r"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)"  # « - », « 12. »: the mark of a list item
_LIST_LINE = rf"(?m)^[ \t]*{_MARKER}"  # a line that begins a list item
_CHUNK_END = r"\n[ \t]*\n(?=\S)"  # a blank line, unless the next line is indented: that may continue a list item
# Lines that cannot hold markup: no character that Markdown reads, and a letter first (no list, heading or indent).
_PLAIN_LINE = r"[^\W\d_][^\\`*_\[\]<>|~&\n]*"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*")
_NESTING = rf"[ \t]*(?:{_MARKER}[ \t]*)*"  # « - - 1. »: the indent and the markers that begin a line


@lru_cache(maxsize=16)  # At each key the text being typed is read twice: to be shown, and to be compared.
def prose(text: str, origin: Origin = NOWHERE) -> tuple[Block, ...]:
    """Return the blocks of a prose field, each with `origin`; never raises.

    Paragraphs, lists, tables and headings (level 4 and below) are read, and in them bold, emphasis, strike, code, and
    links to http, https and mailto. A line break typed in a paragraph is kept.
    """
    blocks: list[Block] = []
    for chunk in _chunks(clean(text)):
        blocks += _parsed(chunk, origin)
    return tuple(blocks)


def inline(text: str) -> Runs:
    """Return the runs of one line of light Markdown (bold, links …); lists and headings are not read."""
    return runs(_parser().parseInline(one_line(text))[0].children or [])


def plain(text: str) -> Runs:
    """Return a plain field as one run without reading markup; () if it is empty."""
    line = one_line(text)
    return (Run(line),) if line else ()


def _chunks(text: str) -> list[str]:
    """Return `text` cut at blank lines into chunks that are parsed apart; a list with blank lines is one chunk."""
    chunks: list[str] = []
    in_list = False  # whether the last chunk is known to be a list
    for piece in re.split(_CHUNK_END, text):
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
    env = {_LONELY_KEY: _lonely_items(chunk)}
    tokens = _parser().parse(chunk, env)
    if drops_cells(tokens, chunk):
        tokens = _parser(tables=False).parse(chunk, env)
    return blocks(tokens, origin)


def _unmarked(chunk: str, origin: Origin) -> Paragraph:
    """Return a chunk without markup as the same paragraph that the parser would make, in a hundredth of the time."""
    runs: list[Run] = []
    for line in chunk.split("\n"):
        runs += [Run("\n"), Run(line.strip(" \t"))]
    return Paragraph(tuple(runs[1:]), origin)


_LONELY_KEY = "lonely items"  # the key of the parser's `env` under which `_lonely_items` is passed to `_list_of_two`
# The mark of a list item with its indent, as in `_MARKER`; the kind of list is told by its bullet or its point.
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<bullet>[-+*])|\d{1,9}(?P<point>[.)]))(?=[ \t]|$)")


def _lonely_items(chunk: str) -> frozenset[int]:
    """Return the numbers (from 0) of the lines that begin like a list item, but are the only one of their list.

    « - 5 °C la nuit » and « * à confirmer » are sentences. An item indented below another is always an item.
    """
    lines = chunk.split("\n")
    items = {at: match for at, line in enumerate(lines) if (match := _ITEM.match(line))}
    # By line the width of the indent (a tab reaches to the next multiple of 4, as in CommonMark) and the kind of list.
    kinds = {at: (len(item["indent"].expandtabs(4)), item["bullet"] or item["point"]) for at, item in items.items()}
    lonely = set()
    for at, (indent, kind) in kinds.items():
        has_outer_item = any(other < at and kinds[other][0] < indent for other in kinds)
        has_sibling = any(other != at and kinds[other] == (indent, kind) for other in kinds)
        if not has_outer_item and not has_sibling:
            lonely.add(at)
    return frozenset(lonely)


@cache
def _parser(tables: bool = True) -> MarkdownIt:
    """Return the parser of light Markdown, with or without tables; imported here, since that takes some 30 ms."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import heading, list_block
    from markdown_it.rules_inline import emphasis, strikethrough

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 4 * _MAX_LIST_LEVELS})
    parser.enable(["strikethrough", "table"] if tables else ["strikethrough"]).disable(_DISABLED_RULES)
    parser.inline.ruler.at("emphasis", partial(_whole_words, emphasis.tokenize))
    parser.inline.ruler.at("strikethrough", partial(_whole_words, strikethrough.tokenize))
    # Where the rules may end a paragraph without a blank line, as in markdown-it itself.
    in_paragraphs: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("list", partial(_list_of_two, list_block), in_paragraphs)
    parser.block.ruler.at("heading", partial(_heading_of_letters, heading), in_paragraphs)
    # A link to another scheme is shown as typed, so that its address is not lost.
    parser.validateLink = is_safe_link  # type: ignore[method-assign]
    return parser


def _whole_words(tokenize: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:
    """Run the markdown-it rule `tokenize`, but let stars and tildes open only before a word and close only after one.

    Returns True if the rule has read something, as rules of markdown-it do. `silent` is markdown-it's: whether the
    rule only tries, and adds no token.
    """
    marker = state.src[state.pos]
    if marker == "_":
        return False
    delimiters_before, start = len(state.delimiters), state.pos
    if not tokenize(state, silent):
        return False
    line_start = state.src.rfind("\n", 0, start) + 1
    opens = _OPENS.search(state.src[max(line_start, start - _NEAR_CHARACTERS) : start]) is not None
    closes = _CLOSES.match(state.src, state.pos) is not None
    for delimiter in state.delimiters[delimiters_before:]:
        delimiter.open = delimiter.open and opens
        delimiter.close = delimiter.close and closes
    return True


def _list_of_two(parse: BlockRule, state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Run the markdown-it rule `parse` for lists, unless the line is a lonely item (`_lonely_items`)."""
    return line not in state.env.get(_LONELY_KEY, ()) and parse(state, line, end, silent)


def _heading_of_letters(parse: BlockRule, state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Run the markdown-it rule `parse` for headings, unless a number follows: « # 3 au classement » is a sentence."""
    # `bMarks` and `eMarks` are where each line begins and ends, `tShift` how far it is indented.
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].lstrip("# \t")
    return not text[:1].isdigit() and parse(state, line, end, silent)


def _is_too_deep(chunk: str) -> bool:
    """Return whether a line may be nested in more than `_MAX_LIST_LEVELS` lists, by its indent or by its markers."""
    if len(chunk) <= _MAX_LIST_LEVELS:
        return False
    openings = (match[0].expandtabs(4) for line in chunk.split("\n") if (match := re.match(_NESTING, line)))
    # Each level takes at least two characters: a marker and a space, or an indent.
    return any(len(opening) > 2 * _MAX_LIST_LEVELS for opening in openings)


def _as_typed(chunk: str, origin: Origin) -> tuple[Block, ...]:
    """Return a chunk as one paragraph with its line breaks, without reading markup."""
    line_runs: list[Run] = []
    for line in filter(None, map(str.strip, chunk.split("\n"))):
        line_runs += [Run("\n"), Run(line)]
    return (Paragraph(tuple(line_runs[1:]), origin),)


# What is markup within a line of plain text (CommonMark 0.31, sections 2.4, 2.5 and 6; strikethrough of GFM).
_INLINE_MARKUP = (
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # before punctuation; at the end it would break the line
    r"|`|~~+|\*+|_+"
    r"|\](?=\()"  # « ](»: a link
    r"|<(?=[A-Za-z/!?]|[^\s<>]*@)"  # « <b », « <a@b.ca »: HTML, an address
    r"|&(?=#?\w+;)"  # « &eacute; »
    r"|(?<=\s)#(?=#*$)"  # « ## » at the end, which would close a heading
)
# What starts a block, or continues that of the line above (sections 4 and 5; tables and task lists of GFM):
# « ## », « - », « > », « === », « [id]: », « [x] », « ---|--- », « 12. ».
_BLOCK_START = (
    r"(?:#{1,6}|[-+])(?=\s|$)|>|=(?==*$)|\[(?=.*?\]:|[ xX]\])|(?=[-:| ]*-)[-:|](?=[-:| ]*$)"
    r"|\d{1,9}(?P<point>[.)])(?=\s|$)"
)


def escape(text: str, cell: bool = False) -> str:
    """Return plain text as one line of Markdown that reads back as the same text, with as few backslashes as possible.

    The line is safe in a paragraph, an item or a heading, and with `cell` in a cell of a table as well.
    """
    line = one_line(text)
    escaped: set[int] = set()  # the positions of the characters to be escaped
    for match in filter(_is_markup, re.finditer(_INLINE_MARKUP, line)):
        escaped.update(range(*match.span()))
    if block_start := re.match(_BLOCK_START, line):
        escaped.add(block_start.start("point") if block_start["point"] else 0)
    if cell:
        escaped |= {match.start() for match in re.finditer(r"\|", line)}
    return "".join("\\" + char if at in escaped else char for at, char in enumerate(line)) if escaped else line


def _is_markup(match: re.Match[str]) -> bool:
    """Return whether a match of `_INLINE_MARKUP` is markup, unlike stars between spaces and underscores in a word."""
    if match[0][0] not in "*_":
        return True
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    if before.isspace() and after.isspace():
        return False
    return match[0][0] == "*" or not (before.isalnum() and after.isalnum())


_LINE_BREAK = Run("\n")
# « # » is a heading of level 4, below those of a section and an article (2 and 3), « ### » and deeper ones of level 6.
_FIRST_LEVEL, _LAST_LEVEL = 4, 6


def blocks(tokens: Sequence[Token], origin: Origin) -> tuple[Block, ...]:
    """Return the blocks that markdown-it's `tokens` stand for, each with `origin`."""
    return tuple(_Reader(iter(tokens), origin).blocks(""))


def runs(children: Sequence[Token]) -> Runs:
    """Return the runs of the children of an inline token; neighbouring texts of one style become one run."""
    joined: list[Run] = []
    style = _Style()
    for token in children:
        for run in style.read(token):
            last = joined[-1] if joined else _LINE_BREAK
            has_same_style = replace(last, text=run.text) == run
            if has_same_style and _LINE_BREAK not in (run, last):
                joined[-1] = replace(run, text=last.text + run.text)
            else:
                joined.append(run)
    return tuple(joined)


def drops_cells(tokens: Sequence[Token], source: str) -> bool:
    """Return whether a row of a table in `source` has more cells than the head; the parser would drop them."""
    lines = source.split("\n")
    for at, token in enumerate(tokens):
        if token.type == "table_open" and token.map is not None:
            end = next(later for later in range(at, len(tokens)) if tokens[later].type == "thead_close")
            columns = sum(inner.type == "th_open" for inner in tokens[at:end])
            table_start, table_end = token.map  # numbers of lines
            first_row = table_start + 2  # behind the head and the line of dashes
            if any(_cell_count(line) > columns for line in lines[first_row:table_end]):
                return True
    return False


def _cell_count(line: str) -> int:
    """Return how many cells a line of a table has."""
    content = line.strip().removeprefix("|")
    if not content.endswith("\\|"):
        content = content.removesuffix("|")
    separators = re.findall(r"(?<!\\)\|", content)  # bars without a backslash
    return len(separators) + 1


@dataclass(slots=True)
class _Style:
    """The marks that are open around the inline token being read."""

    open: list[str] = field(default_factory=list)  # tags ("strong", "em", "s"); a list, as bold may be within bold
    href: str = ""  # of the open link
    title: str = ""  # of the last link
    has_link_text: bool = True  # whether the open link has text; if not, its address is shown

    def read(self, token: Token) -> Iterator[Run]:
        """Yield the runs of one token, and note which mark it opens or closes."""
        match token.type:
            case "softbreak" | "hardbreak":
                yield _LINE_BREAK
            case "link_open":
                self.href, self.title = str(token.attrGet("href") or ""), str(token.attrGet("title") or "")
                self.has_link_text = False
            case "link_close":
                if not self.has_link_text:
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
        """Yield a text as a run in the open marks; nothing for ""."""
        if text:
            self.has_link_text = True
            styles = {"strong": "strong" in self.open, "emphasis": "em" in self.open, "strike": "s" in self.open}
            yield Run(text.replace("\n", " "), **styles, code=code, href=self.href)


@dataclass(slots=True)
class _Reader:
    """Reads tokens one after the other into blocks that all have `origin`."""

    tokens: Iterator[Token]
    origin: Origin

    def blocks(self, end: str, in_item: bool = False) -> Iterator[Block]:
        """Yield the blocks up to a token of the type `end` ("" for all); in an item, a heading becomes a paragraph."""
        for token in self.tokens:
            match token.type:
                case "paragraph_open" | "heading_open":
                    if text_runs := runs(next(self.tokens).children or []):
                        level = min(_FIRST_LEVEL - 1 + int(token.tag[1:] or 0), _LAST_LEVEL)  # the tag is h1 … h6, or p
                        is_heading = token.tag != "p" and not in_item
                        yield (
                            Subheading(text_runs, self.origin, level)
                            if is_heading
                            else Paragraph(text_runs, self.origin)
                        )
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
        """Yield the items of a list up to a token of the type `end`; each begins with a paragraph, possibly empty."""
        while next(self.tokens).type != end:
            blocks = tuple(self.blocks("list_item_close", in_item=True))
            starts_with_text = bool(blocks) and isinstance(blocks[0], Paragraph)
            yield Item(blocks if starts_with_text else (Paragraph((), self.origin), *blocks), self.origin)

    def _table(self) -> Table:
        """Return the table whose first token was just read; its first row is the head."""
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
