"""One line of the list, read from a partnership's own files."""

from __future__ import annotations

from pathlib import Path

from tui.agreement.compose import title
from tui.guide.guide_types import Guide
from tui.partnership.milestones import meeting_questions, next_milestone
from tui.partnership.partners import active
from tui.partnership.privacy import public_entries
from tui.partnership.values import SETTINGS, Project
from tui.store.glance import glance
from tui.store.partnership_folder import Folder
from tui.store.store_errors import Problem, StoreError, Summary


def summary_of(path: Path, guide: Guide, problems: list[Problem]) -> Summary:
    """The line of the partnership in `path`; one that cannot be read whole says so. What was met goes to `problems`."""
    project = glance(path, {SETTINGS, "extra.name", *meeting_questions(guide)})
    if project is not None:
        return _line(path.name, guide, project)
    try:
        folder = Folder(path)
        project = folder.state().project
    except StoreError as err:
        return Summary(path.name, "", "", "", "meeting", 0, archived=False, damaged=str(err))
    met = folder.take_problems()
    problems += [one for one in met if one not in problems]
    return _line(path.name, guide, project, next((one.why for one in met if one.kind == "unread"), ""))


def _line(name: str, guide: Guide, project: Project, damaged: str = "") -> Summary:
    """Titles come from the public view alone: the list lies in a file that holds nothing private."""
    view = public_entries(guide, project)
    return Summary(
        id=name,
        title_fr=title(guide, view, "fr"),
        title_en=title(guide, view, "en"),
        changed=project.changed,
        milestone=next_milestone(guide, project, view),
        partners=len(active(project)),
        archived=bool(project.setting("archived")),
        trial=bool(project.setting("trial")),
        damaged=damaged,
    )
