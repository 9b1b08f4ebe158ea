"""The look of one's own house: a Word file as reference, a logo and fonts, as the settings name them.

What is chosen holds for the whole program, as the language of the interface does: the writers of Word and PDF ask for
it.
"""

from __future__ import annotations

from pathlib import Path

from tui.fast_dataclass import dataclass
from tui.text.outside_paths import outside_path


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What the settings name; None and "" for what they do not."""

    reference: Path | None = None  # a Word file with the styles, the paper and the letterhead
    logo: Path | None = None  # PNG or JPEG
    fonts: Path | None = None  # a folder of font files, for the PDF
    font: str = ""  # the family that the text is set in


_chosen = [HouseStyle()]


def house_style_from(reference: str, logo: str, fonts: str, font: str) -> HouseStyle:
    """Return the look that the settings of these names choose, "" where nothing was. WrongPath for no whole path."""
    paths = {"reference": reference, "logo": logo, "fonts": fonts}
    found = {name: outside_path(path, name) for name, path in paths.items() if path}
    return HouseStyle(found.get("reference"), found.get("logo"), found.get("fonts"), font.strip())


def set_house_style(style: HouseStyle) -> None:
    """Take this look for all that is written from now on."""
    _chosen[0] = style


def current_house_style() -> HouseStyle:
    """Return the look in use."""
    return _chosen[0]
