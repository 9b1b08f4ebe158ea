"""The document in large print, as Word and PDF, and as a web page that a whole room reads."""

from __future__ import annotations

from tui.agreement.blocks import Agreement
from tui.agreement.large_print import FOR_A_ROOM, large_print
from tui.workspace.contacts import text_as_sent
from tui.workspace.output_files import OutputFile, bundles
from tui.workspace.workspace import Workspace

_PAPER_FORMATS = ("docx", "pdf")
_WALL_FORMATS = ("html",)  # for the wall of a room


def large_print_files(workspace: Workspace, *, printed: bool = True) -> tuple[OutputFile, ...]:
    """Return, with `printed`, the present text in large print on paper, then the page for the wall of a room."""
    text: Agreement = text_as_sent(workspace.guide, workspace.partnership, workspace.agreement)
    file_bundles = bundles(workspace.guide, [large_print(text)], _PAPER_FORMATS) if printed else []
    # The annex of contacts is left out of what is projected.
    file_bundles += bundles(workspace.guide, [large_print(workspace.agreement, FOR_A_ROOM)], _WALL_FORMATS)
    return tuple(file for bundle in file_bundles for file in bundle.sheets)
