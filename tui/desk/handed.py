"""What leaves the store: files written as open as their folder, and the lines that bring them to one's own computer."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from tui.agreement.blocks import Agreement, Section
from tui.clipboard import Facts, fetch_lines
from tui.project.kinds import BadValue
from tui.quick import dataclass
from tui.store import default_root
from tui.store.files import Modes, write_atomic
from tui.text.names import matches
from tui.words import _

_OWN_PLACES = ("ENTENTE_STORE", "XDG_DATA_HOME")  # what a command run by ssh may not be told


@dataclass(frozen=True, slots=True)
class Export:
    """The words of the command that makes a document anew: the partnership, its store, a format, a language."""

    project: str
    root: Path
    format: str = ""  # "" is text
    lang: str = ""  # "" is the language that the settings or the partnership say

    def words(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """« export abcdefghij - --format docx », with --store where the store lies in another place than usual."""
        usual = default_root({name: value for name, value in environ.items() if name not in _OWN_PLACES})
        store = ("--store", str(self.root.absolute())) if self.root.absolute() != usual.absolute() else ()
        form = ("--format", self.format) if self.format not in ("", "text") else ()
        lang = ("--doc-lang", self.lang) if self.lang else ()
        return ("export", self.project, "-", *form, *lang, *store)


def ways_home(path: Path, facts: Facts, export: Export | None, host: str = "") -> tuple[str, ...]:
    """The lines to type on one's own computer: they fetch the file, or have it made anew where `export` says how."""
    words = export.words(facts.environ) if export is not None else ()
    return fetch_lines(path, facts.environ, words, host)


def section_named(agreement: Agreement, wanted: str) -> Section:
    """The one section meant by its number or by letters of its heading. BadValue names those there are."""
    by_number = [one for one in agreement.sections if str(one.number) == wanted]
    found = by_number or [one for one in agreement.sections if matches(wanted, one.heading)]
    if len(found) == 1:
        return found[0]
    there = "; ".join(f"{one.number} {one.heading}" for one in agreement.sections)
    raise BadValue(_("Which section is meant? There are: {sections}").format(sections=there))


def elsewhere(facts: Facts) -> bool:
    """Whether the person's own computer is likely another one than this."""
    return facts.remote or not facts.desktop


def hand_over(path: Path, data: bytes) -> None:
    """Write a file, its folder made when missing (0700): all of it or nothing, readable for whom its folder is open.

    OSError when it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    open_to = stat.S_IMODE(path.parent.stat().st_mode) & 0o066
    write_atomic(path, data, Modes(file=0o600 | open_to))
