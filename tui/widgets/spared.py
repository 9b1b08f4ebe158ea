"""What Textual loads at every start and Entente never shows is left out: its own palette and nine widgets."""

from __future__ import annotations

import sys
from types import ModuleType

_PALETTE = "textual.command"
_NAMES = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider")


def spare() -> None:
    """Put empty classes in the place of Textual's command palette; called before Textual is loaded.

    Our own palette is painted like all else. Textual's costs a tenth of the start; tests/widgets/test_spared.py runs
    the app without it.
    """
    if _PALETTE not in sys.modules:
        empty = ModuleType(_PALETTE)
        for name in _NAMES:
            setattr(empty, name, type(name, (), {}))
        sys.modules[_PALETTE] = empty
