"""The document in large print, as Word and PDF, and as a web page that a whole room reads."""

from __future__ import annotations

from tui.agreement.blocks import Agreement
from tui.agreement.large_print import FOR_A_ROOM, large_print
from tui.workspace.contacts import as_sent
from tui.workspace.output_files import OutputFile, bundles
from tui.workspace.workspace import Workspace

_PRINTED, _SHOWN = ("docx", "pdf"), ("html",)


def large_print_files(workspace: Workspace, *, printed: bool = True) -> tuple[OutputFile, ...]:
    """Return the page for a room, and before it the present text in large print where it is to be `printed`."""
    text: Agreement = as_sent(workspace.guide, workspace.partnership, workspace.agreement)
    found = bundles(workspace.guide, [large_print(text)], _PRINTED) if printed else []
    # What is projected is the text alone: an annex of people to reach is not for a wall.
    found += bundles(workspace.guide, [large_print(workspace.agreement, FOR_A_ROOM)], _SHOWN)
    return tuple(sheet for bundle in found for sheet in bundle.sheets)
