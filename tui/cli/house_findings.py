"""What `doctor` reports on the user's own house style of documents: the reference file, the logo, the fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.clipboard import Finding
from tui.export.formats import CannotExport
from tui.export.house_style import HouseStyle
from tui.i18n import _


def house_findings(style: HouseStyle) -> Iterator[Finding]:
    """Yield for each setting of the house style what documents take from it, or what is wrong with its file."""
    if style == HouseStyle():
        return
    from tui.export.house_files import font_folders, read_house_logo, read_house_reference
    from tui.export.house_pdf import PdfLook

    # (the setting, the function that reads its file, the sentence if that succeeds)
    checks: tuple[tuple[object, Callable[[HouseStyle], object], str], ...] = (
        (style.reference, read_house_reference, _("Documents take styles, paper and letterhead from {path}.")),
        (style.logo, read_house_logo, _("Documents carry the logo {path}.")),
        (style.fonts, font_folders, _("The PDF takes fonts from {path}.")),
    )
    has_broken_file = False
    for path, read, ok_text in checks:
        if path is None:
            continue
        try:
            read(style)
        except CannotExport as error:
            has_broken_file = True
            yield Finding("bad", str(error))
        else:
            yield Finding("ok", ok_text.format(path=path))
    if not has_broken_file:
        yield from (Finding("warn", warning) for warning in PdfLook.of(style).warnings)
