"""From the tokens of the Markdown parser to blocks and runs; nothing but markup is left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.agreement.blocks import Block, Item, ListBlock, Origin, Paragraph, Row, Run, Runs, Subheading, Table

if TYPE_CHECKING:
    from markdown_it.token import Token

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
