"""The one table of formats: what each is called, how its files end, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from tui.agreement.blocks import Agreement
from tui.export.rendered import CannotExport, Rendered
from tui.quick import dataclass
from tui.words import _

__all__ = ["FORMATS", "CannotExport", "Format", "Rendered", "UnknownFormat", "by_ending", "by_id", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `module` holds `write(agreement) -> Rendered` and is imported only when something is written."""

    id: str
    endings: tuple[str, ...]  # the first is the one a new file gets
    module: str
    words: Callable[[], str]

    @property
    def label(self) -> str:
        """The name a person chooses it by, in the interface's language of the moment."""
        return self.words()

    @property
    def ending(self) -> str:
        """The ending a new file gets, with its dot."""
        return self.endings[0]


class UnknownFormat(ValueError):
    """No format has that name or ending; the message names those there are."""


FORMATS = (
    Format("docx", (".docx",), "tui.export.docx", lambda: _("Word document")),
    Format("pdf", (".pdf",), "tui.export.pdf", lambda: _("PDF document")),
    Format("html", (".html", ".htm"), "tui.export.html", lambda: _("Web page")),
    Format("text", (".txt",), "tui.export.plain", lambda: _("Plain text")),
    Format("md", (".md", ".markdown"), "tui.export.markdown", lambda: _("Markdown text")),
    Format("eml", (".eml",), "tui.export.mail", lambda: _("E-mail draft")),
)


def by_id(name: str) -> Format:
    """Return the format called `name` (« docx ») or raise UnknownFormat, naming the formats there are."""
    for format in FORMATS:
        if format.id == name:
            return format
    names = ", ".join(format.id for format in FORMATS)
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
