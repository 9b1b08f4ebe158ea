"""The subcommands `list`, `new` and `import`: they list partnerships, create one, and take in a file with one."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli.command_line import progress_line
from tui.cli.invocation import DONE, Invocation, UsageError, of_interface, print_json, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.text import moments
from tui.text.clean import escape_controls, is_unseen
from tui.text.outside_paths import outside_path
from tui.workspace.hangup import refuse_cut_input

_UNUSUAL_WIDTH = re.compile("[\u0300-\U0010ffff]")  # characters that may take no column, or two

if TYPE_CHECKING:
    from tui.store import Summary


def list_partnerships(call: Invocation) -> int:
    """Print the partnerships in aligned columns, or as JSON, the newest change first. Return the exit code."""
    with progress_line() as progress:
        summaries = call.store.list(archived=call.args.archived, progress=progress)
    warn_of_sync_copies(call)
    if moved := call.store.moved_error():  # an error, but not raised: a store that was moved can still be listed
        warn(str(moved))
    if call.args.json:
        print_json([_as_data(summary) for summary in summaries])
    elif summaries:
        print_columns([_column_heads(), *(_as_row(summary) for summary in summaries)])
    else:
        print_line(_("No partnership yet. Begin one: entente new TITLE"), error=True)
    return DONE


def warn_of_sync_copies(call: Invocation) -> None:
    """Warn of copies left in the store by a program that synchronizes folders: they are not read or backed up."""
    if copies := [str(path.relative_to(call.root)) for path in call.store.sync_copies()]:
        message = _(
            "A program that synchronizes folders left second copies, neither read nor backed up: {names}. "
            "“entente doctor” says what only they hold."
        )
        warn(message.format(names=", ".join(copies)))


def _column_heads() -> tuple[str, ...]:
    """Return the heads of the columns of the list."""
    return _("Id"), _("Title"), _("Where it stands"), _("Changed"), _("Partners")


def _as_row(summary: Summary) -> tuple[str, ...]:
    """Return a partnership as a row of the list, in the order of `_column_heads`."""
    title = of_interface(summary.title_fr, summary.title_en) or _("untitled")
    return summary.id, title, _state_words(summary), _local_moment(summary.changed), str(summary.partners)


def _state_words(summary: Summary) -> str:
    """Return the state of a partnership in words: damaged, or its milestone, who disagrees, what is late and due."""
    if summary.damaged:
        return _("read in part") if summary.changed else _("cannot be read")
    from tui.partnership.due import count_words
    from tui.partnership.milestones import dissent_words, milestone_words

    disagrees = dissent_words(summary.dissents) if summary.dissents else ""
    return " · ".join(
        filter(None, (milestone_words(summary.milestone), disagrees, count_words(summary.late, summary.month)))
    )


def _local_moment(iso: str) -> str:
    """Return an ISO moment as day and time in the zone of the settings: « 2026-11-22 14:02 »; any other text as is.

    This form has the same width in both languages.
    """
    try:
        return str(moments.to_local(datetime.fromisoformat(iso)))[:16]
    except (ValueError, OverflowError, OSError):
        return iso


def _as_data(summary: Summary) -> dict[str, object]:
    """Return a partnership of the list as JSON data."""
    return {
        "id": summary.id,
        "title": {"fr": summary.title_fr, "en": summary.title_en},
        "milestone": summary.milestone,
        "changed": summary.changed,
        "partners": summary.partners,
        "disagreements": summary.dissents,
        "late": summary.late,
        "due_this_month": summary.month,
        "archived": summary.archived,
        "damaged": summary.damaged,
    }


def print_columns(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows of texts in aligned columns, each on one line."""
    rows = [tuple(escape_controls(text, multiline=False) for text in row) for row in rows]
    cell_widths = [[len(text) if text.isascii() else _cells(text) for text in row] for row in rows]
    widths = list(map(max, zip(*cell_widths, strict=True)))
    for row, cells in zip(rows, cell_widths, strict=True):
        padded = [text + " " * (width - own) for text, width, own in zip(row, widths, cells, strict=True)]
        print_line("  ".join(padded).rstrip())


def _cells(text: str) -> int:
    """Return how many columns of the terminal a text takes."""
    if not _UNUSUAL_WIDTH.search(text):
        return len(text)
    from tui.text.widths import width  # imported here, for wide or combining letters only: it loads rich

    return width(text)


def new(call: Invocation) -> int:
    """Make a partnership with the title given, print its id and return DONE. Raises UsageError without a title."""
    from tui.form.answer_json import answer
    from tui.partnership.values import SETTINGS, Change, Partnership

    title = str(call.args.title).strip()
    if is_unseen(title):
        raise UsageError(_("A partnership needs a title."))
    lang = call.args.doc_lang or call.settings.doc_lang or language()
    line = {"question": "extra.name", "value": title, "lang": lang}
    changes = list(answer(call.guide, Partnership(""), line).changes)
    if lang != "fr":
        changes.append(Change(SETTINGS, SETTINGS, "lang", lang))
    print_line(call.store.create(changes).id)
    return DONE


def import_partnership(call: Invocation) -> int:
    """Take in a partnership from a JSON document (a file or standard input) or a store folder, and print its id."""
    from pathlib import Path

    from tui.atomic_files import SIZE_LIMIT
    from tui.named_files import read_limited

    name = str(call.args.file)
    source: bytes | Path
    if name == "-":
        source = read_limited(sys.stdin.buffer, SIZE_LIMIT, Path("-"))
        refuse_cut_input()
    else:
        source = outside_path(name, _("FILE"), relative=True)
    print_line(call.store.import_document(source, merge=call.args.merge))
    return DONE
