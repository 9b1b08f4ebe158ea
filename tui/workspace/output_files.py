"""The files that an agreement is written to: in which languages, formats and copies, and how to fetch them."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from tui.agreement.blocks import Agreement, Section
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.atomic_files import PRIVATE, Modes, make_private_dir, modes_of
from tui.clipboard import Facts, fetch_lines
from tui.export.formats import Rendered, by_id, file_stem, plain_name, render, stem_from_title
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.named_files import read_named, write_named
from tui.partnership.field_kinds import BadValue
from tui.store import default_place
from tui.text.name_matching import fold, matches

_PLACE_VARIABLES = ("ENTENTE_STORE", "XDG_DATA_HOME")  # environment variables that a command run by ssh may not have


@dataclass(frozen=True, slots=True)
class Export:
    """What the command must be told that prints a document again, on a computer reached by ssh."""

    partnership: str  # its id
    root: Path | str  # the store: a folder, or the address of a server without its password
    format: str = ""  # "" is text
    lang: str = ""  # "" is the language that the settings or the partnership say
    command: tuple[str, ...] = ()  # the name and options of a command for another document, () for the agreement

    def words(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """Return the command's words, as « export abcdefghij - --format docx »; --store only for an unusual place."""
        usual_root = default_place({name: value for name, value in environ.items() if name not in _PLACE_VARIABLES})
        root = self.root.absolute() if isinstance(self.root, Path) else self.root
        store = ("--store", str(root)) if str(root) != str(Path(usual_root).absolute()) else ()
        form = ("--format", self.format) if self.format not in ("", "text") else ()
        lang = ("--doc-lang", self.lang) if self.lang else ()
        if not self.command:
            return ("export", self.partnership, "-", *form, *lang, *store)
        name, *options = self.command
        return (name, self.partnership, *options, *form, *lang, *store)


def fetch_commands(path: Path, facts: Facts, export: Export | None, host: str) -> tuple[str, ...]:
    """Return the lines to type on the person's own computer to fetch a file, or to print it anew as `export` says.

    `host` is the name that computer knows this one by.
    """
    words = export.words(facts.environ) if export is not None else ()
    return fetch_lines(path, facts.environ, words, host)


def section_named(agreement: Agreement, wanted: str) -> Section:
    """Return the section that `wanted` means: its number, its heading, or letters of the heading.

    Raises BadValue, with all sections, where it means none or several.
    """
    found = (
        [section for section in agreement.sections if section.label == wanted],
        [section for section in agreement.sections if fold(section.heading) == fold(wanted)],
        [section for section in agreement.sections if matches(wanted, section.heading)],
    )
    candidates = next(filter(None, found), [])
    if len(candidates) == 1:
        return candidates[0]
    sections = "; ".join(f"{section.label} {section.heading}" for section in agreement.sections)
    raise BadValue(_("Which section is meant? There are: {sections}").format(sections=sections))


def files_to_fetch(files: Sequence[Path]) -> tuple[Path, ...]:
    """Return which of `files` to fetch: the zip that holds the others, where there is one, else all of them."""
    archives = tuple(file for file in files if file.suffix == ".zip")
    return archives[-1:] or tuple(files)


def is_far_from_person(facts: Facts) -> bool:
    """Return whether the person likely sits at another computer than the one the program runs on."""
    return facts.remote or not facts.desktop


def write_output(path: Path, data: bytes) -> None:
    """Write a file, all of it or nothing, and make its folder if it is missing. Raises OSError if that fails.

    The file may be read by all who may read its folder, and a new folder by the group that shares the folder around it.
    What is called « pour moi seul » (`alone_suffix`) may be read by this account alone.
    """
    if not path.parent.exists():
        make_private_dir(path.parent, PRIVATE if _is_for_me_alone(path.parent) else _modes_around(path.parent))
    folder_mode = stat.S_IMODE(path.parent.stat().st_mode)
    for_others = 0 if _is_for_me_alone(path) else folder_mode & 0o066  # reading and writing by the group and by all
    write_named(path, data, 0o600 | for_others)


def _is_for_me_alone(path: Path) -> bool:
    """Return whether the name of a file or folder says that it is for the account alone."""
    return any(alone_suffix(lang) in path.name for lang in ("fr", "en"))


def _modes_around(folder: Path) -> Modes:
    """Return the modes that the nearest folder around `folder` asks for."""
    return modes_of(next(parent for parent in folder.parents if parent.exists()))


MAIL = "eml"  # the format of mail drafts
_KIND_LETTERS, _PARTNER_LETTERS = 30, 18  # at most, in the name of a file


@dataclass(frozen=True, slots=True)
class SendOptions:
    """What is to be sent, to whom and how."""

    folder: Path  # where the files are written
    languages: tuple[str, ...] = ("fr",)  # "fr", "en", or "fr+en" for one document in both
    formats: tuple[str, ...] = ("docx", "pdf", MAIL)
    partners: tuple[str, ...] = ()  # ids of the partners that it is sent to
    addresses: tuple[str, ...] = ()  # mail addresses
    others: int = 0  # how many of the addresses belong to no partner
    means: str = "email"  # how it is sent, a code of the guide
    answer_by: str = ""  # the ISO date by which an answer is expected, "" for none
    reason: str = ""  # what the version is kept for, in words
    sender: str = ""  # who signs the letters: a name, and what else is to stand there
    statement: bool = False  # whether the statement on one page goes, in the place of the whole document
    packages: bool = False  # whether a package for each partner's board goes too
    forms: bool = False  # whether a form for each partner goes too, to be answered in the mail or in a Word file
    copies: bool = False  # whether each partner gets a copy of its own, with its own mail draft


# Tables of a stored partnership, by their names in the JSON file that hands it over to another store.
HISTORY, PRIVATE_TABLES = "history", "private"
ENTRIES, CONFLICTS = "entries", "conflicts"
JSON = "json"  # the format of that file; it is no document, so it has no row in the table of formats
OnProgress = Callable[[int, int, str], None]  # called with (files done, files in all, the label of the next one)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file to be written."""

    name: str  # below the folder that it is written into; may begin with a folder of its own
    label: str  # what it is, in a few words
    make: Callable[[], Rendered]  # returns its bytes, with warnings


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The files that `write` has written, with its warnings."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()  # sentences: what a format left out, and which files were replaced


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one copy of a text in one language."""

    text: Agreement
    partner: str  # the id of the partner that the copy is for, "" for the common one
    base: str  # the files' name, without an ending
    sheets: tuple[OutputFile, ...]  # one for each format


def bundles(
    guide: Guide, texts: Iterable[Agreement], formats: Sequence[str], *, common: bool = True,
    partners: Sequence[str] = (),
) -> list[Bundle]:  # fmt: skip
    """Return the files of each text in each format: with `common` one copy for all, and one for each of `partners`.

    `partners` are ids; a partner who may not be named yet gets no copy. A number tells equal file names apart.
    """
    all_bundles: list[Bundle] = []
    used_names: set[str] = set()
    for text in texts:
        names = {addressee.id: addressee.name for addressee in addressees(text)}
        copies = [("", "", text)] if common else []  # (id of the partner, its name, its copy)
        copies += [
            (partner, names[partner], addressed_copy(guide, text, partner)) for partner in partners if partner in names
        ]
        for partner, name, copy in copies:
            base = free_name(file_stem(copy, partner=name), used_names)
            files = tuple(_output_file(copy, format_id, base, name) for format_id in formats)
            all_bundles.append(Bundle(copy, partner, base, files))
    return all_bundles


def alone_suffix(lang: str) -> str:
    """Return the end of the name of a folder or zip that is for the sender alone, since it holds others' addresses."""
    return "pour-moi-seul" if lang == "fr" else "for-me-alone"


def free_name(name: str, used_names: set[str]) -> str:
    """Return `name`, or where it is used `name-2`, `name-3` and so on, and add the result to `used_names`."""
    free, number = name, 2
    while free in used_names:
        free, number = f"{name}-{number}", number + 1
    used_names.add(free)
    return free


def _output_file(text: Agreement, format_id: str, base: str, partner_name: str) -> OutputFile:
    """Return a text as a file in a format; `partner_name` is the name of the partner that it is for, "" for all."""
    kind = by_id(format_id)
    language = " + ".join(_("French") if part.lang == "fr" else _("English") for part in text.parts)
    label = " · ".join(filter(None, (kind.label, language, partner_name)))
    return OutputFile(base + kind.ending, label, rendered_once(lambda: render(text, kind)))


def document_files(text: Agreement, whose: str = "") -> tuple[OutputFile, ...]:
    """Return a document other than the agreement as Word and PDF files, named as « le-soir-annexe-fr.docx ».

    `whose` is the name of the partner it is for, "" for all.
    """
    base = stem_from_title(
        text.title, plain_name(text.kind, _KIND_LETTERS), plain_name(whose, _PARTNER_LETTERS), text.lang
    )
    kinds = map(by_id, ("docx", "pdf"))
    return tuple(OutputFile(base + kind.ending, kind.label, partial(render, text, kind)) for kind in kinds)


def rendered_once(make: Callable[[], Rendered]) -> Callable[[], Rendered]:
    """Return a function that calls `make` once and returns its file each time: mail drafts and the zip carry it too."""
    return cache(make)


def without_history(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a stored partnership without what no page shows any more: it may be unwanted.

    That is the history, the fields of removed rows and partners (the rows stay, so that they stay removed elsewhere
    too), and settled conflicts. The same is done to the private tables under "private", where there are any.
    """
    private = document.get(PRIVATE_TABLES)
    halves = [document, *([private] if isinstance(private, Mapping) else [])]
    removed = {
        str(record.get("id"))
        for half in halves
        for record in half.get(ENTRIES, {}).values()
        if isinstance(mark := record.get("removed"), Mapping) and mark.get("value")
    }
    tables = {name: _present_records(name, table, removed) for name, table in document.items()}
    if isinstance(private, Mapping):
        tables[PRIVATE_TABLES] = {name: _present_records(name, table, removed) for name, table in private.items()}
    return tables


def _present_records(name: str, table: Any, removed: Set[str]) -> Any:
    """Return the table `name` without what no page shows; `removed` are the ids of removed rows and partners."""
    if name == HISTORY:
        return {}
    if name == ENTRIES:
        emptied = {
            number: {**record, "fields": {}}
            for number, record in table.items()
            if removed & {record.get("id"), *record.get("subject", ())}
        }
        return {**table, **emptied}
    if name == CONFLICTS:
        return {number: record for number, record in table.items() if not record.get("settled")}
    return table


def handover_json(document: Mapping[str, Any], *, with_history: bool = False) -> bytes:
    """Return the tables of a partnership as the bytes of the file that `entente import` takes in."""
    tables = document if with_history else without_history(document)
    return (json.dumps(tables, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def holds_other_bytes(path: Path, data: bytes) -> bool:
    """Return whether an existing file holds other bytes than `data`; True where it is longer or cannot be read."""
    try:
        return read_named(path, len(data)) != data
    except OSError:
        return True


def replaced_words(path: Path) -> str:
    """Return the sentence that a file with other contents was replaced."""
    return _("{file} was there with another text, and was replaced.").format(file=path.name)


def _remove_empty(folder: Path, files: Iterable[Path]) -> None:
    """Remove the folders below `folder` that `files` lay in; one that still holds something stays."""
    inner = {parent for path in files for parent in path.parents if folder in parent.parents}
    for place in sorted(inner, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            place.rmdir()


def write(
    folder: Path, output_files: Sequence[OutputFile], on_progress: OnProgress = lambda done, of, label: None
) -> WrittenFiles:
    """Make every file, then write them all into `folder`; `on_progress` is called before each file is made.

    Raises OSError, ValueError or CannotExport at the first file that cannot be made or written; new files that were
    written before it are removed then.
    """
    rendered_files = []  # (its path, its bytes with warnings)
    for done, file in enumerate(output_files):
        on_progress(done, len(output_files), file.label)
        rendered_files.append((folder / file.name, file.make()))
    files: list[Path] = []
    new: list[Path] = []
    replaced: list[str] = []
    try:
        for path, rendered in rendered_files:
            is_new = not path.exists()
            if not is_new and holds_other_bytes(path, rendered.data):
                replaced.append(replaced_words(path))
            write_output(path, rendered.data)
            files.append(path)
            new += [path] if is_new else []
    except OSError:
        for path in new:
            path.unlink(missing_ok=True)
        _remove_empty(folder, new)
        raise
    warnings = dict.fromkeys(warning for _path, rendered in rendered_files for warning in rendered.warnings)
    return WrittenFiles(tuple(files), (*warnings, *replaced))
