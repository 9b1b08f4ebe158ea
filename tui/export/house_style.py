"""The house style: the files and the font that the settings name for the look of documents.

The house is the organisation that uses the program. The style in use is a value of the whole program, like the
language of the interface; the writers of Word and PDF read it with `current_house_style`.
"""

from __future__ import annotations

from pathlib import Path

from tui.fast_dataclass import dataclass
from tui.text.outside_paths import outside_path


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What the settings name; None or "" if they name nothing."""

    reference: Path | None = None  # a Word file with the styles, the paper and the letterhead
    logo: Path | None = None  # PNG or JPEG
    fonts: Path | None = None  # a folder of font files, for the PDF
    font: str = ""  # the family of the text


_in_use = [HouseStyle()]  # one style, in a list so that `set_house_style` can replace it


def house_style_from(reference: str, logo: str, fonts: str, font: str) -> HouseStyle:
    """Return the style for four values of the settings, "" for one not set. Raises WrongPath for a relative path."""
    paths = {"reference": reference, "logo": logo, "fonts": fonts}
    checked = {name: outside_path(path, name) for name, path in paths.items() if path}
    return HouseStyle(checked.get("reference"), checked.get("logo"), checked.get("fonts"), font.strip())


def set_house_style(style: HouseStyle) -> None:
    """Use this style for all documents written from now on."""
    _in_use[0] = style


def current_house_style() -> HouseStyle:
    """Return the style in use."""
    return _in_use[0]
