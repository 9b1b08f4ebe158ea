"""Remove harmful characters from text that is typed, pasted, imported or loaded, once, before it is kept."""

from __future__ import annotations

import re

# Patterns stay strings until they are used (`re` keeps what it compiled), to cost nothing at start.

# Word pastes its manual line break as a vertical tab, and its page break as a form feed.
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"

# What text may not hold: C0 but tab and line feed, DEL, C1, line and paragraph separators, lone surrogates, the byte
# order mark, noncharacters (Unicode, section 23.7), and what sets the direction of writing: marks as well as
# embeddings, overrides and isolates, since Windows hides U+200E in the dates it copies. The joiners U+200C and U+200D
# stay: emoji and several scripts need them. Listed by code point, since this compiles seven times faster than a pattern
# of what is allowed.
_HARMFUL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# What shows nothing by itself: white space, characters that Unicode says to ignore (Default_Ignorable_Code_Point, among
# them the joiners), and three blanks that count as letters or signs. A cell of a web page often holds one alone.
_UNSEEN = (
    "[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]*"
)
_NOT_PRINTABLE = "\n\t\xa0\u202f"  # allowed characters that `str.isprintable` refuses
_SPACED_BREAK = r"\s*\n\s*"
# Bullets as Word (with its symbol fonts), web pages and mail programs copy them.
_SIGNS = "-–—*•◦▪▫‣·●○■□◆◇❖➢➤►▶▸→»✓✔☐☑☒\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\u2043\u204c\u204d"
# « 1. », « (2) », « a) », « 1.2.3. », or « iv. » before a tab.
_COUNTED = r"\(?\d{1,3}[.)]|\(?[a-z]\)|(?:\d{1,2}\.){2,3}|(?:[ivx]{1,5}|[a-z])\.(?=\t)"
_LIST_MARK = rf"^(?:[{_SIGNS}]|{_COUNTED}|[o§](?=\t))(?:\s+|$)"
_QUOTED = r"^(?:>\s?)+"  # « > » before the lines of a quoted mail
_FOREIGN_MARK = rf"^[ \t]*(?:[{_SIGNS[4:]}]|[o§](?=\t))[ \t]+"  # a bullet other than the dashes and * of our own lists


def clean(text: str, multiline: bool = True) -> str:
    """Return `text` without controls, direction marks, lone surrogates and noncharacters; idempotent.

    Every kind of line break becomes a line feed. With `multiline` false, each line break and tab becomes one space.
    All other code points are kept as they are: no Unicode normalisation.
    """
    if not _is_harmless(text) and re.search(_HARMFUL, text):
        text = re.sub(_HARMFUL, "", re.sub(_BREAKS, "\n", text))
    return text if multiline else text.replace("\n", " ").replace("\t", " ")


def escape_controls(text: str, multiline: bool = True) -> str:
    """Return `text` for a terminal: each character that `clean` would remove becomes its escape, such as « \\x1b ».

    So a path stays recognisable. The line break CR LF stays; with `multiline` false each line feed is escaped too, and
    each tab becomes a space. A byte of a file's name that is not UTF-8, a surrogate in Python, is shown as that byte.
    """
    if not multiline:
        text = text.replace("\n", "\\n").replace("\t", " ")
    if _is_harmless(text):
        return text
    return re.sub("\r\n|" + _HARMFUL if multiline else _HARMFUL, _escape, text)


def _escape(match: re.Match[str]) -> str:
    text = match[0]
    if text == "\r\n":
        return text
    if "\udc80" <= text <= "\udcff":  # a byte of a file's name (PEP 383)
        return f"\\x{ord(text) - 0xDC00:02x}"
    return text.encode("unicode_escape").decode("ascii")


def escape_json(document: str) -> str:
    """Return an equal JSON document with each character that `clean` would remove as a JSON escape (RFC 8259, 7)."""
    return document if _is_harmless(document) else re.sub(_HARMFUL, _json_escape, document)


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _is_harmless(text: str) -> bool:
    """Return True where a quick test tells that `clean` has nothing to remove, as for nearly all texts."""
    if text.isprintable():
        return True
    for sign in _NOT_PRINTABLE:
        text = text.replace(sign, "")
    return text.isprintable()


def is_unseen(text: str) -> bool:
    """Return whether nothing of `text` shows: it is empty, or made of white space and invisible characters alone."""
    return re.fullmatch(_UNSEEN, text) is not None


def one_line(text: str) -> str:
    """Return `text` cleaned, its lines joined by single spaces, without space at the ends; "" if nothing shows."""
    line = clean(re.sub(_SPACED_BREAK, " ", clean(text)), multiline=False).strip()
    return "" if is_unseen(line) else line


def pasted_lines(text: str) -> list[str]:
    """Return the lines of a pasted list: cleaned, without empty ones, each without quote marks, bullet or number."""
    unquoted = (re.sub(_QUOTED, "", line.strip()).strip() for line in clean(text).split("\n"))
    bare = (re.sub(_LIST_MARK, "", line, count=1) for line in unquoted)
    return [line for line in map(one_line, bare) if line]


def with_own_list_marks(text: str) -> str:
    """Return a pasted text with foreign bullets, such as « • », replaced by the « - » of our own lists."""
    return re.sub(_FOREIGN_MARK, "- ", text, flags=re.MULTILINE)


def without_list_mark(text: str) -> str:
    """Return a pasted line without its foreign bullet; a dash or a number stays, since it may be part of the text."""
    return re.sub(_FOREIGN_MARK, "", text, count=1)
