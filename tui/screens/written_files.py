"""Writes files for the pages: to the folder of files, with a message that says where they are."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tui.export.formats import CannotExport
from tui.screens import copy_commands
from tui.settings import files_folder
from tui.store.store_errors import StoreError, error_sentence
from tui.ui.host import Host
from tui.workspace.large_print_files import large_print_files
from tui.workspace.output_files import OutputFile, write


def write_large_print(app: Host) -> None:
    """Write the document in large print, and as a page to project, as it is now."""
    if app.workspace is not None:
        app.save()
        write_files(app, large_print_files(app.workspace))


def write_files(app: Host, files: Sequence[OutputFile]) -> None:
    """Write the files, and say in the last line where they are, or why they could not be written."""
    try:
        written = write(files_folder(os.environ, app.settings), files)
    except (OSError, CannotExport, StoreError) as error:
        app.say(error_sentence(error))
        return
    copy_commands.report_written(app, written.files, written.warnings)
