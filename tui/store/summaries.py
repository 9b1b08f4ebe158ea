"""One line of the list, read from a partnership's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tui.agreement.compose import adoption, title
from tui.guide.guide_types import Guide
from tui.partnership.milestones import meeting_questions, next_milestone
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, dissents, position_statuses
from tui.partnership.privacy import public_entries
from tui.partnership.value_types import value_types
from tui.partnership.values import SETTINGS, Partnership
from tui.store.glance import glance
from tui.store.partnership_folder import Folder
from tui.store.store_errors import Problem, StoreError, Summary, as_store_errors, reading_of

NOT_WHOLE: Final = ("unread", "misfit")  # the problems of a partnership that is not shown whole


def summary_of(path: Path, guide: Guide, problems: list[Problem]) -> Summary:
    """The line of the partnership in `path`; one that cannot be read whole says so. What was met goes to `problems`."""
    try:
        with reading_of(path), as_store_errors(path):
            return _read(path, guide, problems)
    except StoreError as err:
        return Summary(path.name, "", "", "", "meeting", 0, archived=False, damaged=str(err))


def _read(path: Path, guide: Guide, problems: list[Problem]) -> Summary:
    partnership = glance(path, value_types(guide), {SETTINGS, "extra.name", CONSENSUS, *meeting_questions(guide)})
    if partnership is not None:
        return _line(path.name, guide, partnership)
    folder = Folder(path, guide)
    partnership = folder.state().partnership
    met = folder.take_problems()
    problems += [one for one in met if one not in problems]
    return _line(path.name, guide, partnership, next((one.why for one in met if one.kind in NOT_WHOLE), ""))


def _line(name: str, guide: Guide, partnership: Partnership, damaged: str = "") -> Summary:
    """Titles come from the public view alone: the list lies in a file that holds nothing private.

    Of the disagreements it holds their number, as the public file does too; whether a level is one depends on no text.
    """
    view = public_entries(guide, partnership)
    return Summary(
        id=name,
        title_fr=title(guide, view, "fr"),
        title_en=title(guide, view, "en"),
        changed=partnership.changed,
        milestone=next_milestone(guide, partnership, adoption(guide, view)),
        partners=len(active(partnership)),
        archived=bool(partnership.setting("archived")),
        trial=bool(partnership.setting("trial")),
        damaged=damaged,
        dissents=len(dissents(position_statuses(partnership, {}))),
    )
