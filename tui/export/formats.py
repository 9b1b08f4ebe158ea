"""The one table of formats, what a writer gives back, and the name of an exported file."""

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
    endings: tuple[str, ...]  # the first is the one a new file gets
    module: str
    make_label: Callable[[], str]  # called each time, since the language may change

    @property
    def label(self) -> str:
        """The name a person chooses it by, in the interface's language of the moment."""
        return self.make_label()

    @property
    def ending(self) -> str:
        """The ending a new file gets, with its dot."""
        return self.endings[0]


class UnknownFormat(ValueError):
    """No format has that name or ending; the message names those there are."""


FORMATS = (
    Format("docx", (".docx",), "tui.export.word_document", lambda: _("Word document")),
    Format("pdf", (".pdf",), "tui.export.pdf_document", lambda: _("PDF document")),
    Format("html", (".html", ".htm"), "tui.export.html_text", lambda: _("Web page")),
    Format("text", (".txt",), "tui.export.plain_text", lambda: _("Plain text")),
    Format("md", (".md", ".markdown"), "tui.export.markdown_text", lambda: _("Markdown text")),
    Format("eml", (".eml",), "tui.export.mail_draft", lambda: _("E-mail draft")),
)


def format_id_of(word: str) -> str:
    """The id of the format that a word means, « txt » as well as « text »; the word itself where it means none."""
    wanted = word.lower().removeprefix(".")
    found = (format.id for format in FORMATS if wanted == format.id or f".{wanted}" in format.endings)
    return next(found, word)


def by_id(name: str, *more: str) -> Format:
    """Return the format called `name` (« docx ») or raise UnknownFormat, naming the formats there are, and `more`."""
    for format in FORMATS:
        if format.id == format_id_of(name):
            return format
    names = ", ".join((*(format.id for format in FORMATS), *more))
    raise UnknownFormat(_("There is no format “{name}”. Choose one of: {names}.").format(name=name, names=names))


def by_ending(path: str | PurePath) -> Format:
    """Return the format of a file by its ending, in either case, or raise UnknownFormat, naming the endings."""
    file = PurePath(path)
    for format in FORMATS:
        if file.suffix.lower() in format.endings:
            return format
    endings = ", ".join(ending for format in FORMATS for ending in format.endings)
    raise UnknownFormat(
        _("The name “{name}” does not say which format to write. End it with one of: {endings}.").format(
            name=file.name, endings=endings
        )
    )


def render(agreement: Agreement, format: str | Format) -> Rendered:
    """Return the finished file; equal agreements give equal bytes. Raises UnknownFormat or CannotExport."""
    chosen = by_id(format) if isinstance(format, str) else format
    rendered: Rendered = import_module(chosen.module).write(agreement)
    return rendered


_SHORT = 24  # letters before the ending, where number, language and partner leave the title enough of them
_TITLE = 8  # letters that the title keeps in any case
_PART = 18  # letters of what tells the version, and of a partner's name
_BYTES = 48  # of each part in a script of several bytes a letter; 143 in all is the limit of an encrypted home folder
# What Windows keeps for devices, with any ending. Source: Microsoft, « Naming Files, Paths, and Namespaces ».
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def plain_name(text: str, limit: int = 60) -> str:
    """`text` in small letters, digits and dashes, cut after a word at `limit` letters; "" when nothing of it is left.

    Letters of any script stay, Latin ones without their accents: partners named in another script share no file. No
    space, and nothing that Windows refuses.
    """
    name = _cut("-".join(_letters(text).split()), limit)
    return f"{name}-1" if name in _DEVICES else name


def _letters(text: str) -> str:
    """Letters and digits, else spaces: Latin letters bare, those of other scripts with the marks that make them."""
    kept: list[str] = []
    bare = True  # whether the letter before stands without its marks
    for char in unicodedata.normalize("NFC", text.casefold()):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Mc"):
            kept += [] if bare else [char]
        elif char.isalnum():
            bare = kind[0] != "L" or "LATIN" in unicodedata.name(char, "LATIN")
            kept.append(fold(char) if bare else char)
        elif kind != "Cf":  # what joins two letters is none
            bare = True
            kept.append(" ")
    return "".join(kept)


def _cut(name: str, limit: int) -> str:
    """The first words of a name that fit, none of them an article without its noun; of one long word its letters."""
    whole = name
    while len(name.encode()) > max(limit, _BYTES if not name.isascii() else 0) or len(name) > limit:
        words, _dash, _last = name.rpartition("-")
        name = words or name[: min(limit, len(name) - 1)]
        if not words and len(name.encode()) <= max(limit, _BYTES):
            break
    name = name.strip("-")
    return re.sub(r"(-[a-z])+$", "", name) if name != whole else name  # « cooperative-l »


def file_stem(agreement: Agreement, *, partner: str = "", languages: bool = True) -> str:
    """« une-porte-ebauche-3-fr », with the public name of the `partner` a copy is for behind it.

    Without `languages` it is the name of what holds the files of a sending: « une-porte-ebauche-3 ».

    Number, language and partner always stand there whole; the title gives way to them.
    """
    words = plain_name(agreement.version, _PART)
    if agreement.text_size:
        words = f"{_kind_of_print(agreement)}-{words}"
    if not agreement.draft and agreement.number:
        words = f"{words}-{agreement.number}"
    whom = plain_name(partner, _PART) or ("partenaire" if agreement.lang == "fr" else "partner") if partner else ""
    behind = "-".join(filter(None, (words, *dict.fromkeys(part.lang for part in agreement.parts if languages), whom)))
    return stem_from_title(agreement.title, behind)


def stem_from_title(title: str, *behind: str) -> str:
    """« une-porte-avenant-1-fr »: a title, and what tells the file, which stands whole; the title gives way to it."""
    told = "-".join(filter(None, behind))
    name = plain_name(title, max(_TITLE, _SHORT - len(told) - 1)) or "entente"
    return f"{name}-{told}" if told else name


def _kind_of_print(agreement: Agreement) -> str:
    """Return what a text of a size of its own is called in the name of its file."""
    french = agreement.lang == "fr"
    if is_for_a_room(agreement):
        return "salle" if french else "room"
    if is_large_print(agreement):
        return "gros" if french else "large"
    return "enonce" if french else "statement"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One finished file: its bytes, and what was changed on the way, in the interface's words."""

    data: bytes
    warnings: tuple[str, ...] = ()


class CannotExport(RuntimeError):
    """The file cannot be written here; the message says why and what to do, in the interface's language."""
