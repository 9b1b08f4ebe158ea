"""The table of export formats, what a writer returns (`Rendered`), and the names of exported files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from tui.agreement.blocks import Agreement
from tui.agreement.large_print import is_for_a_room, is_large_print
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.text.name_matching import fold

__all__ = ["FORMATS", "CannotExport", "Format", "Rendered", "UnknownFormat", "by_ending", "by_id", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `module` holds `write(agreement) -> Rendered` and is imported only when something is written."""

    id: str
    endings: tuple[str, ...]  # a new file gets the first
    module: str
    make_label: Callable[[], str]  # called each time, since the language may change

    @property
    def label(self) -> str:
        """The name by which the user chooses it, in the present language of the interface."""
        return self.make_label()

    @property
    def ending(self) -> str:
        """The ending a new file gets, with its dot."""
        return self.endings[0]


class UnknownFormat(ValueError):
    """No format has that name or ending; the message lists those that exist."""


FORMATS = (
    Format("docx", (".docx",), "tui.export.word_document", lambda: _("Word document")),
    Format("pdf", (".pdf",), "tui.export.pdf_document", lambda: _("PDF document")),
    Format("html", (".html", ".htm"), "tui.export.html_text", lambda: _("Web page")),
    Format("text", (".txt",), "tui.export.plain_text", lambda: _("Plain text")),
    Format("md", (".md", ".markdown"), "tui.export.markdown_text", lambda: _("Markdown text")),
    Format("eml", (".eml",), "tui.export.mail_draft", lambda: _("E-mail draft")),
)


def format_id_of(word: str) -> str:
    """Return the id of the format with that id or ending: « txt » gives "text"; `word` itself if there is none."""
    folded_word = word.lower().removeprefix(".")
    ids = (format.id for format in FORMATS if folded_word == format.id or f".{folded_word}" in format.endings)
    return next(ids, word)


def by_id(name: str, *more: str) -> Format:
    """Return the format called `name` (« docx ») or raise UnknownFormat, whose message lists the ids and `more`."""
    for format in FORMATS:
        if format.id == format_id_of(name):
            return format
    names = ", ".join((*(format.id for format in FORMATS), *more))
    raise UnknownFormat(_("There is no format “{name}”. Choose one of: {names}.").format(name=name, names=names))


def by_ending(path: str | PurePath) -> Format:
    """Return the format of a file by its ending, upper or lower case, or raise UnknownFormat."""
    file = PurePath(path)
    for format in FORMATS:
        if file.suffix.lower() in format.endings:
            return format
    endings = ", ".join(ending for format in FORMATS for ending in format.endings)
    raise UnknownFormat(
        _("The name “{name}” does not say which format to write. End it with one of: {endings}.").format(
            name=file.name or file, endings=endings
        )
    )


def render(agreement: Agreement, format: str | Format) -> Rendered:
    """Return the finished file; equal agreements give equal bytes. Raises UnknownFormat or CannotExport."""
    chosen = by_id(format) if isinstance(format, str) else format
    rendered: Rendered = import_module(chosen.module).write(agreement)
    return rendered


_MAX_STEM = 24  # letters of a file's name before its ending; more if the title needs them for `_MIN_TITLE`
_MIN_TITLE = 8  # letters
_MAX_PART = 18  # letters of the version, and of a partner's name
_MAX_PART_BYTES = 48  # of each part in UTF-8; a whole name has at most 143 bytes in an encrypted home folder
# Names that Windows reserves for devices, with any ending (Microsoft, « Naming Files, Paths, and Namespaces »).
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def plain_name(text: str, limit: int = 60) -> str:
    """Return `text` as part of a file's name: « L'École A » gives « l-ecole-a »; "" when no letter or digit is left.

    It is in lower case, letters, digits and dashes only, cut after a word at `limit` letters. Latin letters lose their
    accents; letters of other scripts stay, so that two names in such a script give two files. A name that Windows
    reserves (« con ») gets « -1 ».
    """
    name = _cut("-".join(_letters(text).split()), limit)
    return f"{name}-1" if name in _DEVICES else name


def _letters(text: str) -> str:
    """Return `text` with a space for each character that is no letter or digit, in lower case.

    Latin letters lose their marks; in other scripts a mark (a vowel sign) is part of the letter, and stays.
    """
    characters: list[str] = []
    drops_marks = True  # whether marks after the last letter are dropped
    for char in unicodedata.normalize("NFC", text.casefold()):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Mc"):
            characters += [] if drops_marks else [char]
        elif char.isalnum():
            drops_marks = kind[0] != "L" or "LATIN" in unicodedata.name(char, "LATIN")
            characters.append(fold(char) if drops_marks else char)
        elif kind != "Cf":  # an invisible joiner is dropped, and separates nothing
            drops_marks = True
            characters.append(" ")
    return "".join(characters)


def _cut(name: str, limit: int) -> str:
    """Return the first words of a name within `limit` letters and `_MAX_PART_BYTES`, or the start of a long word.

    An elided article at the end of a cut name is dropped: « cooperative-l » gives « cooperative ».
    """
    whole = name
    most_bytes = limit if name.isascii() else max(limit, _MAX_PART_BYTES)
    while len(name) > limit or len(name.encode()) > most_bytes:
        words, _dash, _last = name.rpartition("-")
        name = words or name[: min(limit, len(name) - 1)]
        if not words and len(name.encode()) <= max(limit, _MAX_PART_BYTES):
            break
    name = name.strip("-")
    return re.sub(r"(-[a-z])+$", "", name) if name != whole else name


def file_stem(agreement: Agreement, *, partner: str = "", languages: bool = True) -> str:
    """Return the name of an agreement's file without its ending: « une-porte-ebauche-3-fr ».

    `partner` is the public name of the partner whose copy it is, added at the end. Without `languages` it names the
    archive of several files: « une-porte-ebauche-3 ». Only the title is cut when the name is too long.
    """
    words = plain_name(agreement.version, _MAX_PART)
    if agreement.text_size:
        words = f"{_kind_of_print(agreement)}-{words}"
    if not agreement.draft and agreement.number:
        words = f"{words}-{agreement.number}"
    recipient = ""
    if partner:
        recipient = plain_name(partner, _MAX_PART) or ("partenaire" if agreement.lang == "fr" else "partner")
    codes = dict.fromkeys(part.lang for part in agreement.parts) if languages else ()
    return stem_from_title(agreement.title, words, *codes, recipient)


def stem_from_title(title: str, *parts: str) -> str:
    """Return a title and the parts that tell the file apart: « une-porte-avenant-1-fr »; only the title may be cut."""
    ending = "-".join(filter(None, parts))
    name = plain_name(title, max(_MIN_TITLE, _MAX_STEM - len(ending) - 1)) or "entente"
    return f"{name}-{ending}" if ending else name


def _kind_of_print(agreement: Agreement) -> str:
    """Return the word in a file's name for a text in another size: for a room, in large print, or on one page."""
    french = agreement.lang == "fr"
    if is_for_a_room(agreement):
        return "salle" if french else "room"
    if is_large_print(agreement):
        return "gros" if french else "large"
    return "enonce" if french else "statement"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One finished file: its bytes, and sentences in the interface's language on what was changed or left out."""

    data: bytes
    warnings: tuple[str, ...] = ()


class CannotExport(RuntimeError):
    """The file cannot be written here; the message says why and what to do, in the interface's language."""
