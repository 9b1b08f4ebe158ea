"""What `doctor` says of the look of one's own: the reference file, the logo, the fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.clipboard import Finding
from tui.export.formats import CannotExport
from tui.export.house_style import HouseStyle
from tui.i18n import _


def house_findings(style: HouseStyle) -> Iterator[Finding]:
    """Say of each setting what documents take by it, or what is wrong with what it names; nothing where none is set."""
    if style == HouseStyle():
        return
    from tui.export.house_files import font_folders, read_house_logo, read_house_reference
    from tui.export.house_pdf import PdfLook

    named: tuple[tuple[object, Callable[[HouseStyle], object], str], ...] = (
        (style.reference, read_house_reference, _("Documents take styles, paper and letterhead from {path}.")),
        (style.logo, read_house_logo, _("Documents carry the logo {path}.")),
        (style.fonts, font_folders, _("The PDF takes fonts from {path}.")),
    )
    broken = False
    for path, read, said in named:
        if path is None:
            continue
        try:
            read(style)
        except CannotExport as error:
            broken = True
            yield Finding("bad", str(error))
        else:
            yield Finding("ok", said.format(path=path))
    if not broken:
        yield from (Finding("warn", said) for said in PdfLook.of(style).warnings)
