"""The summary of a partnership for the list, computed from its files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tui.agreement.compose import adoption, title
from tui.guide.guide_types import Guide
from tui.partnership.due import counts, due
from tui.partnership.milestones import meeting_questions, next_milestone
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, dissents, points, position_statuses
from tui.partnership.privacy import public_entries
from tui.partnership.value_types import value_types
from tui.partnership.values import SETTINGS, Partnership, as_of
from tui.store.glance import glance
from tui.store.partnership_folder import Folder
from tui.store.store_errors import Problem, StoreError, Summary, as_store_errors, reading_of
from tui.text.moments import now

NOT_WHOLE: Final = ("unread", "misfit")  # kinds of problems with which a partnership is not shown in full


def summary_of(path: Path, guide: Guide, problems: list[Problem]) -> Summary:
    """Return the summary of the partnership in the folder `path`, as of today; never raises `StoreError`.

    If it cannot be read, or not in full, its `damaged` says why. Problems met are added to `problems`.
    """
    day = now()[:10]
    try:
        with reading_of(path), as_store_errors(path):
            return _read_summary(path, guide, problems, day)
    except StoreError as err:
        return Summary(path.name, "", "", "", "meeting", 0, archived=False, damaged=str(err))


def _read_summary(path: Path, guide: Guide, problems: list[Problem], day: str) -> Summary:
    """Return the summary by a quick reading (`glance`) if the files allow it, else by a full one."""
    partnership = glance(path, value_types(guide), {SETTINGS, "extra.name", CONSENSUS, *meeting_questions(guide)})
    if partnership is not None:
        return summary_on_day(path.name, guide, partnership, day)
    folder = Folder(path, guide)
    partnership = folder.state().partnership
    found_problems = folder.take_problems()
    problems += [problem for problem in found_problems if problem not in problems]
    damaged = next((problem.why for problem in found_problems if problem.kind in NOT_WHOLE), "")
    return summary_on_day(path.name, guide, partnership, day, damaged)


def summary_on_day(partnership_id: str, guide: Guide, partnership: Partnership, day: str, damaged: str = "") -> Summary:
    """Return the summary of a partnership on the day `day` (ISO); `damaged` says why it cannot be shown in full.

    Since summaries are cached in a file, its titles come from the public view. Of disagreements and overdue things it
    holds only the number: their dates may be private.
    """
    partnership = as_of(partnership, day)
    view = public_entries(guide, partnership)
    since = adoption(guide, view)
    answers = position_statuses(partnership, points(guide, view) if partnership.setting("drafts") else {})
    dated = [due_item for due_item in due(partnership, view, answers, day, since) if due_item.date]
    late, month = counts(dated, day)
    return Summary(
        id=partnership_id,
        title_fr=title(guide, view, "fr"),
        title_en=title(guide, view, "en"),
        changed=partnership.changed,
        milestone=next_milestone(guide, partnership, since),
        partners=len(active(partnership)),
        archived=bool(partnership.setting("archived")),
        trial=bool(partnership.setting("trial")),
        damaged=damaged,
        dissents=len(dissents(answers)),
        late=late,
        month=month,
        counted_on=day if dated else "",
    )
