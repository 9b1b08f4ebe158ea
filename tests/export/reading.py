"""What a reader finds: the texts of an agreement, block by block, and the same read back from Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Runs, Signature, Subheading, Table
from tui.text.right_to_left import LEFT_TO_RIGHT_MARK


def words(runs: Runs) -> str:
    """Return the words of runs: spaces collapsed, a hole in brackets."""
    return squeeze("".join(f"[{run.text}]" if run.hole else run.text for run in runs))


def squeeze(text: str) -> str:
    """Return a text with each stretch of white space as one space, without the marks of right-to-left words."""
    return " ".join(text.replace(LEFT_TO_RIGHT_MARK, "").split())


def block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of each paragraph, heading and cell, in reading order; signatures left out."""
    for block in blocks:
        match block:
            case Paragraph() | Subheading():
                yield words(block.runs)
            case ListBlock():
                for item in block.items:
                    yield from block_texts(item.blocks)
            case Table():
                yield from map(words, block.head)
                for row in block.rows:
                    yield from map(words, row.cells)
            case Signature():
                pass


def agreement_texts(agreement: Agreement) -> list[str]:
    """Return the texts of all sections that are not empty."""
    return [text for section in agreement.sections for text in block_texts(section.blocks) if text]


def parse_markdown(source: str) -> list[Token]:
    """Return the tokens that a reader of Markdown with tables and strike sees."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source)


def markdown_texts(source: str) -> list[str]:
    """Return the text of each inline stretch of a Markdown source."""
    return [squeeze(inline_text(token)) for token in parse_markdown(source) if token.type == "inline"]


def inline_text(token: Token) -> str:
    """Return the text a reader sees in an inline token; raw HTML shows as a mark that no text holds."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"html_inline", "image"}:
            parts.append(f"\x00{child.type}")
    return "".join(parts)


class Page(HTMLParser):
    """An HTML file as a reader's program sees it: elements, attributes, and the text outside style and title."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.style = ""
        self.title = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element and its attributes."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in {"meta", "br", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that elements close in order."""
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the text where it belongs."""
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "title":
            self.title += data
        elif data.strip():
            self.texts.append(data)
