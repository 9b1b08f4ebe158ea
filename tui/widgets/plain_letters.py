"""Signs drawn as plain letters, cell for cell, for a terminal that has no others: its accents are left as they are."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    **dict(zip("›‹→←↑↓", "><><^v", strict=True)),
    **dict(zip("’‘ʼ“”„", "'''\"\"\"", strict=True)),
    **dict(zip("●○◔✓✔✗✖…", "x.~xxxx~", strict=True)),
    **dict(zip("█░▏│", "#.||", strict=True)),
    **dict.fromkeys("–—‐‑−·─", "-"),
    **dict.fromkeys("•‣▪◦★", "*"),
    **dict.fromkeys("\u00a0\u202f\u2009▁▂▃▄▅▆▇▉▊▋▌▍▎▔▕", " "),
}
_TABLE = str.maketrans(_SIGNS)


class PlainLetters(LineFilter):
    """Draws no sign beyond Latin letters; whatever else a person wrote stays."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in plain signs."""
        return [
            one if one.control or one.text.isascii() else Segment(one.text.translate(_TABLE), one.style)
            for one in segments
        ]
