"""Read the files that a `HouseStyle` names: the reference (a Word file as the model), the logo, the folder of fonts."""

from __future__ import annotations

from pathlib import Path

from tui.error_words import reason_words
from tui.export.formats import CannotExport
from tui.export.house_style import HouseStyle
from tui.export.picture_file import Picture, read_picture
from tui.export.reference_file import BrokenReference, Reference, read_reference
from tui.i18n import _
from tui.named_files import MEGABYTE, read_named

LARGEST_REFERENCE, LARGEST_LOGO = 20 * MEGABYTE, 2 * MEGABYTE  # bytes
LOGO_HEIGHT, MAX_LOGO_WIDTH = 648_000, 5_832_000  # English Metric Units: 1.8 cm, and 16.2 cm as our text on A4
_EMU_A_TWENTIETH = 635  # English Metric Units in a twentieth of a point
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def read_house_reference(style: HouseStyle) -> Reference | None:
    """Return the look of the reference file, None if none is named. Raises CannotExport if it cannot be used."""
    if style.reference is None:
        return None
    try:
        return read_reference(read_named(style.reference, LARGEST_REFERENCE))
    except BrokenReference as error:
        raise CannotExport(_unusable_words(style.reference, str(error), "reference")) from error
    except OSError as error:
        raise CannotExport(_unusable_words(style.reference, reason_words(error), "reference")) from error


def read_house_logo(style: HouseStyle, reference: Reference | None = None) -> Picture | None:
    """Return the logo, no wider than the text, None if none is named. Raises CannotExport if it cannot be used."""
    if style.logo is None:
        return None
    sheet = reference.page_setup if reference is not None else None
    width = (sheet.width - sheet.left - sheet.right) * _EMU_A_TWENTIETH if sheet is not None else MAX_LOGO_WIDTH
    try:
        picture = read_picture(read_named(style.logo, LARGEST_LOGO), LOGO_HEIGHT, width)
    except OSError as error:
        raise CannotExport(_unusable_words(style.logo, reason_words(error), "logo")) from error
    if picture is None:
        raise CannotExport(_unusable_words(style.logo, _("it is no whole PNG or JPEG picture"), "logo"))
    return picture


def lost_picture_words(style: HouseStyle, reference: Reference | None) -> tuple[str, ...]:
    """Return the warning that a picture of the letterhead is left out, in a tuple; () if none is."""
    if reference is None or style.reference is None or not reference.lost_picture:
        return ()
    warning = _(
        "A picture in the letterhead of {file} stays out: only a PNG or JPEG picture that is in the file by itself is "
        "taken. Save it as PNG and put it in again."
    )
    return (warning.format(file=style.reference),)


def font_folders(style: HouseStyle) -> tuple[Path, ...]:
    """Return the folder of fonts in a tuple, () if none is named. Raises CannotExport if it holds no font."""
    if style.fonts is None:
        return ()
    try:
        has_font = any(file.suffix.lower() in FONT_ENDINGS for file in style.fonts.iterdir())
    except OSError as error:
        raise CannotExport(_unusable_words(style.fonts, reason_words(error), "fonts")) from error
    if not has_font:
        raise CannotExport(_unusable_words(style.fonts, _("it holds no .ttf or .otf file"), "fonts"))
    return (style.fonts,)


def _unusable_words(file: Path, why: str, setting: str) -> str:
    """Return the sentence that a file named in a setting cannot be used; `why` is a clause."""
    text = _(
        "{file} cannot be used for the look of documents: {why}. Put it right, or take “{name}” out of the settings."
    )
    return text.format(file=file, why=why.rstrip("."), name=setting)
