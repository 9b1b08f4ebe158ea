"""An adoption as page, command and line mode ask for it: its options, what stands in its way, how it is done."""

from __future__ import annotations

from pathlib import Path

from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.field_kinds import BadValue, read_near_day
from tui.partnership.versions import ADOPTED, Version
from tui.text.date_reading import NO_DATE, is_whole_day, read_date
from tui.text.dates import format_date
from tui.workspace.adoption_obstacles import Obstacle, obstacles
from tui.workspace.draft_sending import SendingStore, adopt
from tui.workspace.kept_versions import VersionStore, versions_of
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AdoptionOptions:
    """The options of an adoption."""

    day: str = ""  # the ISO day of the adoption, "" for today
    resolution: str = ""  # its number, or the meeting that adopted the text, in words
    reason: str = ""  # why the text is adopted although something stands in the way
    file: Path | None = None  # the paper that was adopted outside of the program, None for today's text


class CannotAdopt(ValueError):
    """There are `obstacles` to the adoption, and no reason was given to adopt the text all the same."""

    def __init__(self, all_obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(_("Something stands in the way: say first why it is adopted all the same."))
        self.obstacles = all_obstacles


def read_day(text: str, lang: str) -> str:
    """Return the ISO day that `text` names. Raises BadValue when it names none, or only a month or a year."""
    day = "" if read_date(text, lang) == NO_DATE else read_near_day(text, lang)
    if not is_whole_day(day):
        raise BadValue(_("“{value}” is no day; write 2026-11-22 or 22 November 2026").format(value=text))
    return day


def read_paper(path: Path) -> Path:
    """Return `path` if it is a file. Raises BadValue if it is none."""
    if not path.is_file():
        raise BadValue(_("There is no file {path}.").format(path=path))
    return path


def version_number_words(workspace: Workspace, store: VersionStore) -> str:
    """Return what an adoption will number: « Ce sera la version 2. Elle remplace la version 1, 3 décembre 2026. »."""
    before = [version for version in versions_of(workspace, store) if version.status == ADOPTED]
    words = _("It will be version {number}.").format(number=len(before) + 1)
    if before:
        date = format_date(before[-1].date, workspace.lang)
        words += " " + _("It replaces version {number}, {date}.").format(number=len(before), date=date)
    return words


def record_adoption(workspace: Workspace, store: SendingStore, options: AdoptionOptions) -> Version:
    """Keep the present text as the adopted one, and return its version.

    Raises CannotAdopt when something stands in the way and no reason is given, OSError when the paper cannot be read,
    StoreError when something cannot be kept: nothing is adopted then.
    """
    in_the_way = obstacles(workspace)
    if in_the_way and not options.reason.strip():
        raise CannotAdopt(in_the_way)
    return adopt(
        workspace, store, resolution=options.resolution, file=options.file, reason=options.reason, day=options.day
    )
