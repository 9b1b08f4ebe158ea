"""The files an agreement becomes: languages, formats, copies, how they are written, and how to fetch them."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from tui.agreement.blocks import Agreement, Section
from tui.agreement.partner_copies import addressed, addressees
from tui.atomic_files import PRIVATE, Modes, make_private_dir, modes_of
from tui.clipboard import Facts, fetch_lines
from tui.export.formats import Rendered, by_id, file_stem, plain_name, render, stem_from_title
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.named_files import read_named, write_named
from tui.partnership.field_kinds import BadValue
from tui.store import default_place
from tui.text.name_matching import matches

_OWN_PLACES = ("ENTENTE_STORE", "XDG_DATA_HOME")  # what a command run by ssh may not be told


@dataclass(frozen=True, slots=True)
class Export:
    """The words of the command that makes a document anew: the partnership, its store, a format, a language.

    `command` is what prints another document than the agreement: its name, then its options.
    """

    partnership: str
    root: Path | str  # a folder, or the address of a server without its password
    format: str = ""  # "" is text
    lang: str = ""  # "" is the language that the settings or the partnership say
    command: tuple[str, ...] = ()

    def words(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """« export abcdefghij - --format docx », with --store where the store lies in another place than usual."""
        usual = default_place({name: value for name, value in environ.items() if name not in _OWN_PLACES})
        root = self.root.absolute() if isinstance(self.root, Path) else self.root
        store = ("--store", str(root)) if str(root) != str(Path(usual).absolute()) else ()
        form = ("--format", self.format) if self.format not in ("", "text") else ()
        lang = ("--doc-lang", self.lang) if self.lang else ()
        if not self.command:
            return ("export", self.partnership, "-", *form, *lang, *store)
        name, *options = self.command
        return (name, self.partnership, *options, *form, *lang, *store)


def fetch_commands(path: Path, facts: Facts, export: Export | None, host: str) -> tuple[str, ...]:
    """The lines to type on one's own computer: they fetch the file, or have it made anew where `export` says how."""
    words = export.words(facts.environ) if export is not None else ()
    return fetch_lines(path, facts.environ, words, host)


def section_named(agreement: Agreement, wanted: str) -> Section:
    """Return the one section meant by its number or by letters of its heading. BadValue names those there are."""
    by_number = [section for section in agreement.sections if section.label == wanted]
    found = by_number or [section for section in agreement.sections if matches(wanted, section.heading)]
    if len(found) == 1:
        return found[0]
    there = "; ".join(f"{section.label} {section.heading}" for section in agreement.sections)
    raise BadValue(_("Which section is meant? There are: {sections}").format(sections=there))


def to_fetch(files: Sequence[Path]) -> tuple[Path, ...]:
    """Return what brings `files` home: the zip that holds them where there is one, else each of them."""
    return tuple(file for file in files if file.suffix == ".zip")[-1:] or tuple(files)


def elsewhere(facts: Facts) -> bool:
    """Return whether the person's own computer is likely another one than this."""
    return facts.remote or not facts.desktop


def hand_over(path: Path, data: bytes) -> None:
    """Write a file, its folder made when missing: all of it or nothing, readable for whom its folder is open.

    A new folder is open to the group that shares the one it lies in, else to this account alone; so is whatever is
    called « pour moi seul » in a shared one. Raises OSError when it cannot be written.
    """
    if not path.parent.exists():
        make_private_dir(path.parent, PRIVATE if _is_for_me_alone(path.parent) else _modes_around(path.parent))
    open_to = 0 if _is_for_me_alone(path) else stat.S_IMODE(path.parent.stat().st_mode) & 0o066
    write_named(path, data, 0o600 | open_to)


def _is_for_me_alone(path: Path) -> bool:
    return any(alone(lang) in path.name for lang in ("fr", "en"))


def _modes_around(folder: Path) -> Modes:
    """Return the modes that the nearest folder around `folder` asks for."""
    return modes_of(next(parent for parent in folder.parents if parent.exists()))


MAIL = "eml"


@dataclass(frozen=True, slots=True)
class SendOptions:
    """What is to be sent: in which languages ("fr", "en"), as which files ("docx", "pdf", "eml"), to whom, how."""

    folder: Path
    languages: tuple[str, ...] = ("fr",)  # "fr+en" is one document in both
    formats: tuple[str, ...] = ("docx", "pdf", "eml")
    partners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    others: int = 0  # how many of the addresses belong to no partner
    means: str = "email"
    answer_by: str = ""  # ISO date
    reason: str = ""
    sender: str = ""  # who signs the letters: a name, and what else is to stand there
    statement: bool = False  # whether the statement on one page goes, in the place of the whole document
    packages: bool = False  # whether a package for each partner's board goes too
    forms: bool = False  # whether a form for each partner goes too, to be answered in the mail or in a Word file
    copies: bool = False  # one copy for each of the partners, with its own mail draft


HISTORY, PRIVATE_TABLES = "history", "private"  # names in a document that is handed over
ENTRIES, CONFLICTS = "entries", "conflicts"
JSON = "json"  # the partnership to hand over: no document, so no row of the table of formats
Told = Callable[[int, int, str], None]  # how many files are done, of how many, and what the next one is


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file to be made: its name, what it is in a few words, and how."""

    name: str
    label: str
    make: Callable[[], Rendered]


@dataclass(frozen=True, slots=True)
class Written:
    """The files there are now, and what was replaced on the way, each said once."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one copy in one language: its text, the id of the partner it is for ("" for all), its files."""

    text: Agreement
    partner: str
    base: str  # their name, without an ending
    sheets: tuple[OutputFile, ...]


def bundles(
    guide: Guide, texts: Iterable[Agreement], formats: Sequence[str], *, common: bool = True,
    partners: Sequence[str] = (),
) -> list[Bundle]:  # fmt: skip
    """Return the files of some texts and formats: one common copy, and one for each of the `partners` (their ids).

    A partner who may not be named yet gets none. Two whose names give one file name are told apart by a number.
    """
    made: list[Bundle] = []
    taken: set[str] = set()
    for text in texts:
        known = {addressee.id: addressee.name for addressee in addressees(text)}
        copies = [("", "", text)] if common else []
        copies += [
            (partner, known[partner], addressed(guide, text, partner)) for partner in partners if partner in known
        ]
        for partner, name, copy in copies:
            base = free_name(file_stem(copy, partner=name), taken)
            files = tuple(_sheet(copy, form, base, name) for form in formats)
            made.append(Bundle(copy, partner, base, files))
    return made


def alone(lang: str) -> str:
    """Return how the name of a folder or zip ends that is for whoever sends alone: it holds addresses of several."""
    return "pour-moi-seul" if lang == "fr" else "for-me-alone"


def free_name(name: str, taken: set[str]) -> str:
    """Return `name`, with the first number behind it that is free among `taken`; it is taken from then on."""
    found, n = name, 2
    while found in taken:
        found, n = f"{name}-{n}", n + 1
    taken.add(found)
    return found


def _sheet(text: Agreement, form: str, base: str, partner: str) -> OutputFile:
    kind = by_id(form)
    language = " + ".join(_("French") if part.lang == "fr" else _("English") for part in text.parts)
    label = " · ".join(filter(None, (kind.label, language, partner)))
    return OutputFile(base + kind.ending, label, made_once(lambda: render(text, kind)))


def document_files(text: Agreement, whose: str = "") -> tuple[OutputFile, ...]:
    """Return a document beside the agreement as Word and PDF, named after what it is: « le-soir-annexe-fr.docx ».

    `whose` is the name of the partner it is for, "" for all.
    """
    base = stem_from_title(text.title, plain_name(text.kind, 30), plain_name(whose, 18), text.lang)
    kinds = map(by_id, ("docx", "pdf"))
    return tuple(OutputFile(base + kind.ending, kind.label, partial(render, text, kind)) for kind in kinds)


def made_once(make: Callable[[], Rendered]) -> Callable[[], Rendered]:
    """Return what gives the file that `make` gives, made once: a mail draft and a zip carry the same one."""
    return cache(make)


def without_history(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a document without what nobody sees any more: a word typed by mistake may stand there.

    That is the table of earlier texts, the fields of rows and partners that were removed (the row itself stays, for
    whoever has it still), and the conflicts that were settled. The private tables under "private", where there are any,
    lose theirs too.
    """
    private = document.get(PRIVATE_TABLES)
    halves = [document, *([private] if isinstance(private, Mapping) else [])]
    gone = {
        str(record.get("id"))
        for half in halves
        for record in half.get(ENTRIES, {}).values()
        if isinstance(mark := record.get("removed"), Mapping) and mark.get("value")
    }
    kept = {name: _standing(name, table, gone) for name, table in document.items()}
    if isinstance(private, Mapping):
        kept[PRIVATE_TABLES] = {name: _standing(name, table, gone) for name, table in private.items()}
    return kept


def _standing(name: str, table: Any, gone: Set[str]) -> Any:
    """Return a table of a document without what is no longer seen; `gone` are the ids of removed rows and partners."""
    if name == HISTORY:
        return {}
    if name == ENTRIES:
        emptied = {
            number: {**record, "fields": {}}
            for number, record in table.items()
            if gone & {record.get("id"), *record.get("subject", ())}
        }
        return {**table, **emptied}
    if name == CONFLICTS:
        return {number: record for number, record in table.items() if not record.get("settled")}
    return table


def handed_over(document: Mapping[str, Any], *, with_history: bool = False) -> bytes:
    """Return the tables of a partnership as the file that `entente import` takes in, earlier texts left out."""
    handed = document if with_history else without_history(document)
    return (json.dumps(handed, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def differs(path: Path, data: bytes) -> bool:
    """Return whether a file that is there holds something else; one that cannot be read, or is longer, does."""
    try:
        return read_named(path, len(data)) != data
    except OSError:
        return True


def replaced_words(path: Path) -> str:
    """Say that a file was replaced by one that differs: nothing is replaced in silence."""
    return _("{file} was there with another text, and was replaced.").format(file=path.name)


def _remove_empty(folder: Path, files: Iterable[Path]) -> None:
    """Remove the folders below `folder` that were made for `files`; one that holds something else stays."""
    inner = {parent for path in files for parent in path.parents if folder in parent.parents}
    for place in sorted(inner, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            place.rmdir()


def write(folder: Path, listed: Sequence[OutputFile], told: Told = lambda done, of, label: None) -> Written:
    """Make every file, then write them all, telling how far it is.

    OSError, ValueError or CannotExport at the first that cannot be made or written; the folder then holds none of
    those that were not there before.
    """
    made = []
    for done, sheet in enumerate(listed):
        told(done, len(listed), sheet.label)
        made.append((folder / sheet.name, sheet.make()))
    files: list[Path] = []
    new: list[Path] = []
    replaced: list[str] = []
    try:
        for path, rendered in made:
            fresh = not path.exists()
            if not fresh and differs(path, rendered.data):
                replaced.append(replaced_words(path))
            hand_over(path, rendered.data)
            files.append(path)
            new += [path] if fresh else []
    except OSError:
        for path in new:
            path.unlink(missing_ok=True)
        _remove_empty(folder, new)
        raise
    warnings = dict.fromkeys(warning for _path, rendered in made for warning in rendered.warnings)
    return Written(tuple(files), (*warnings, *replaced))
