"""What the PDF takes of one's own house: fonts, colour, paper, the logo and the lines of the letterhead."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from tui.export.formats import CannotExport
from tui.export.house_files import font_folders, lost_picture_words, read_house_logo, read_house_reference
from tui.export.house_style import HouseStyle
from tui.export.picture_file import Picture
from tui.export.reference_file import Banner, Reference
from tui.fast_dataclass import dataclass
from tui.i18n import _

# Entente Sans, which is as wide as Word's Calibri, and the syllabics of Cree and Inuktitut come from our own folder;
# the rest travels inside typst.
FONTS = (
    "Entente Sans",
    "Libertinus Serif",
    "Noto Sans CanAborig",  # Noto Sans Canadian Aboriginal, as version 2.000 names itself
    "DejaVu Sans Mono",
    "New Computer Modern",
    "New Computer Modern Math",
)
ACCENT = "1F4E79"  # as in the Word file
# Free fonts as wide as those that Word comes with, so that lines end at the same words.
METRIC_TWINS = {"Calibri": "Entente Sans"}
_EMU_A_POINT = 12_700
_POINTS = 11  # of the text where the house does not say
_ROOM = Path(__file__).resolve().parent / "fonts"


@dataclass(frozen=True, slots=True)
class PdfLook:
    """The look of one PDF; `warnings` say what of it could not be had."""

    reference: Reference | None
    logo: Picture | None
    align: str
    folders: tuple[Path, ...]
    font: str  # "" for ours
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, style: HouseStyle) -> PdfLook:
        """Read what the settings name. CannotExport says what is wrong with it."""
        reference, folders = read_house_reference(style), font_folders(style)
        logo = read_house_logo(style, reference)
        head = reference.first_header if reference is not None else None
        shown = head.picture if head is not None else None
        font = style.font or (reference.font if reference is not None else "")
        font = METRIC_TWINS.get(font, font)
        warnings = lost_picture_words(style, reference)
        if font and font not in _families(folders):
            said = _(
                "The font “{font}” is not there: the PDF has another."
                " Name the folder of its files as “fonts” in the settings."
            )
            font, warnings = "", (*warnings, said.format(font=font))
        return cls(reference, shown or logo, head.align if head is not None else "left", folders, font, warnings)

    def content(self) -> dict[str, Any]:
        """Return the part of the template's data that the house decides."""
        reference = self.reference
        return {
            "fonts": (self.font, *FONTS) if self.font else FONTS,
            "accent": f"#{(reference.accent if reference is not None else '') or ACCENT}",
            "points": (reference.size if reference is not None else 0) or _POINTS,
            "title_align": reference.title_align if reference is not None else "left",
            "sheet": _sheet(reference),
            "logo": _shape(self.logo, self.align) if self.logo is not None else None,
            "head": _lines(reference.first_header) if reference is not None else (),
            "foot": _lines(reference.first_footer) if reference is not None else (),
        }

    @property
    def logo_bytes(self) -> str:
        """The picture as a JSON list of its bytes, which typst takes as data and never as a path; "[]" for none."""
        return json.dumps(list(self.logo.data)) if self.logo is not None else "[]"

    def raise_for_picture(self, error: RuntimeError) -> None:
        """Raise CannotExport where typst could not draw the picture: its first and last bytes alone were whole."""
        if self.logo is not None and "image" in str(error):
            said = _("The logo or letterhead picture is damaged. Save it again as PNG, or take it out of the settings.")
            raise CannotExport(said) from error


@lru_cache(maxsize=4)
def _families(folders: tuple[Path, ...]) -> frozenset[str]:
    """Return the families that typst finds; () where it is not installed, which the writer tells."""
    try:
        import typst
    except ImportError:
        return frozenset()
    return frozenset(typst.Fonts(include_system_fonts=False, font_paths=[_ROOM, *folders]).families())


def _sheet(reference: Reference | None) -> dict[str, float] | None:
    """Paper and margins in points."""
    sheet = reference.sheet if reference is not None else None
    if sheet is None:
        return None
    names = ("width", "height", "top", "right", "bottom", "left")
    return {name: getattr(sheet, name) / 20 for name in names}


def _shape(picture: Picture, align: str) -> dict[str, Any]:
    return {"kind": {"jpeg": "jpg"}.get(picture.kind, picture.kind), "align": align,
            "width": picture.width / _EMU_A_POINT, "height": picture.height / _EMU_A_POINT}  # fmt: skip


def _lines(banner: Banner | None) -> tuple[str, ...]:
    return banner.lines if banner is not None else ()
