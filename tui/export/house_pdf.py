"""The look of a PDF for the organisation (« the house »): fonts, colour, paper, logo and lines of the letterhead."""

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

# Families in order of preference. The first, whose letters are as wide as Word's Calibri, and the third, for Cree and
# Inuktitut, are in our own folder; the others are inside typst.
FONTS = (
    "Entente Sans",
    "Libertinus Serif",
    "Noto Sans CanAborig",  # Noto Sans Canadian Aboriginal, as version 2.000 names itself
    "DejaVu Sans Mono",
    "New Computer Modern",
    "New Computer Modern Math",
)
ACCENT = "1F4E79"  # colour of titles and rules, as in the Word file
# A font of Word: the free font whose letters have the same widths, so that lines end at the same words.
METRIC_TWINS = {"Calibri": "Entente Sans"}
_EMU_A_POINT = 12_700  # English Metric Units
_TWENTIETHS = 20  # in one point: Word's unit of distances
_TEXT_SIZE = 11  # points, where the reference file does not say
_FONT_FOLDER = Path(__file__).resolve().parent / "fonts"


@dataclass(frozen=True, slots=True)
class PdfLook:
    """The look of one PDF; `reference` is what was read of the Word file that the settings name as the model."""

    reference: Reference | None
    logo: Picture | None  # the letterhead's picture, else the logo
    align: str  # of the logo: "left", "center" or "right"
    folders: tuple[Path, ...]  # of the organisation's fonts
    font: str  # family of the text; "" for ours
    warnings: tuple[str, ...]  # sentences on what could not be used

    @classmethod
    def of(cls, style: HouseStyle) -> PdfLook:
        """Return the look that `style` names, its files read. Raises CannotExport if a file cannot be used.

        A letterhead's picture takes the place of the logo.
        """
        reference, folders = read_house_reference(style), font_folders(style)
        logo = read_house_logo(style, reference)
        header = reference.first_header if reference is not None else None
        header_picture = header.picture if header is not None else None
        font = style.font or (reference.font if reference is not None else "")
        font = METRIC_TWINS.get(font, font)
        warnings = lost_picture_words(style, reference)
        if font and font not in _family_names(folders):
            sentence = _(
                "The font “{font}” is not there: the PDF has another."
                " Name the folder of its files as “fonts” in the settings."
            )
            font, warnings = "", (*warnings, sentence.format(font=font))
        align = header.align if header is not None else "left"
        return cls(reference, header_picture or logo, align, folders, font, warnings)

    def template_data(self) -> dict[str, Any]:
        """Return the part of the data of the typst template that depends on the look, by the names used there."""
        reference = self.reference
        return {
            "fonts": (self.font, *FONTS) if self.font else FONTS,
            "accent": f"#{(reference.accent if reference is not None else '') or ACCENT}",
            "points": (reference.size if reference is not None else 0) or _TEXT_SIZE,
            "title_align": reference.title_align if reference is not None else "left",
            "sheet": _sheet(reference),
            "logo": _picture_data(self.logo, self.align) if self.logo is not None else None,
            "head": _lines(reference.first_header) if reference is not None else (),
            "foot": _lines(reference.first_footer) if reference is not None else (),
        }

    @property
    def logo_bytes(self) -> str:
        """The picture as a JSON list of its bytes, which typst takes as data and never as a path; "[]" for none."""
        return json.dumps(list(self.logo.data)) if self.logo is not None else "[]"

    def raise_for_picture(self, error: RuntimeError) -> None:
        """Raise CannotExport where typst's `error` is about the logo, which `read_picture` checks only roughly."""
        if self.logo is not None and "image" in str(error):
            sentence = _(
                "The logo or letterhead picture is damaged. Save it again as PNG, or take it out of the settings."
            )
            raise CannotExport(sentence) from error


@lru_cache(maxsize=4)
def _family_names(folders: tuple[Path, ...]) -> frozenset[str]:
    """Return the families that typst finds in our fonts and in `folders`; empty where typst is not installed."""
    try:
        import typst
    except ImportError:
        return frozenset()
    return frozenset(typst.Fonts(include_system_fonts=False, font_paths=[_FONT_FOLDER, *folders]).families())


def _sheet(reference: Reference | None) -> dict[str, float] | None:
    """Return paper and margins in points, by name; None if the reference does not give them."""
    sheet = reference.page_setup if reference is not None else None
    if sheet is None:
        return None
    names = ("width", "height", "top", "right", "bottom", "left")
    return {name: getattr(sheet, name) / _TWENTIETHS for name in names}


def _picture_data(picture: Picture, align: str) -> dict[str, Any]:
    """Return the kind of a picture, its alignment, and its size in points."""
    return {"kind": {"jpeg": "jpg"}.get(picture.kind, picture.kind), "align": align,
            "width": picture.width / _EMU_A_POINT, "height": picture.height / _EMU_A_POINT}  # fmt: skip


def _lines(banner: Banner | None) -> tuple[str, ...]:
    """Return the lines of a header or footer; () if there is none."""
    return banner.lines if banner is not None else ()
