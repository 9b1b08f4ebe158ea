"""The page that writes files: formats, languages, copies and folder, then progress and each path."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from tui import clipboard
from tui.agreement.blocks import Agreement
from tui.agreement.partner_copies import Addressee, addressees
from tui.agreement.statement_page import statement_page
from tui.export.formats import FORMATS, CannotExport, Rendered, file_stem
from tui.i18n import N_, _, ngettext
from tui.screens import copy_commands
from tui.settings import files_folder, short_path
from tui.store.store_errors import StoreError, error_sentence
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui import glyphs
from tui.ui.dialog import ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.board_packages import frozen_texts, package_files
from tui.workspace.kept_versions import present_text, versions_of
from tui.workspace.output_files import (
    JSON,
    OutputFile,
    Written,
    bundles,
    elsewhere,
    fetch_commands,
    handed_over,
    to_fetch,
    write,
)
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


_BAR_CELLS = 24


class WritingScreen(RowsScreen):
    """Its page gives way to the progress while files are written; no key does anything then."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._progress: tuple[int, int, str] | None = None
        self.ways: tuple[str, ...] = ()  # the lines that bring the files to the person's own computer

    def page(self) -> Sequence[PageRow]:
        """Return the rows while nothing is being written."""
        return ()

    def rows(self) -> Sequence[PageRow]:
        """Return the page, or how far the writing is."""
        return self.page() if self._progress is None else _progress_rows(*self._progress)

    def begin(self, folder: Path, sheets: Sequence[OutputFile], then: Callable[[Written], None]) -> None:
        """Write the files; `then` is called with them once all are there. What fails is said on the last line."""
        self._told(0, len(sheets), sheets[0].label if sheets else "")

        def work() -> None:
            def told(done: int, of: int, label: str) -> None:
                self.app.call_from_thread(self._told, done, of, label)

            facts = clipboard.gather(os.environ)
            try:
                made = write(folder, sheets, told)
            except (OSError, CannotExport, StoreError, ValueError) as error:
                self.app.call_from_thread(self._ended, None, then, error_sentence(error))
                return
            if elsewhere(facts):
                host = self.app.settings.host
                self.ways = tuple(fetch_commands(path, facts, None, host)[0] for path in to_fetch(made.files))
            self.app.call_from_thread(self._ended, made, then, "")

        self.run_worker(work, thread=True)

    def _told(self, done: int, of: int, label: str) -> None:
        self._progress = done, of, label
        self.paint()

    def _ended(self, made: Written | None, then: Callable[[Written], None], trouble: str) -> None:
        self._progress = None
        if made is None:
            self.paint()
            self.say(trouble)
            return
        paths = [short_path(path, os.environ) for path in made.files]
        self.app.lines_at_end = [*paths, *self.ways]
        handed = [short_path(path, os.environ) for path in to_fetch(made.files)[:1]]
        self.app.last_written, self.app.advice = [*handed, *self.ways[:1]], ""
        then(made)
        if self.is_current:
            self.paint()

    def pressed(self, event: events.Key) -> bool:
        """Nothing is changed or left while files are being written."""
        return self._progress is not None or super().pressed(event)

    def copier(self, text: str) -> Callable[[], None]:
        """Return what copies one text by itself."""
        return lambda: copy_commands.copy_text(self.app, text, "message.txt", private=True)

    def written_rows(self, made: Written) -> list[PageRow]:
        """Return each file with its path, Enter copies it; what was replaced."""
        said = ngettext("{n} file written", "{n} files written", len(made.files)).format(n=len(made.files))
        found = [PageRow(said, "done")]
        folder = made.files[0].parent if made.files else Path()
        for path in made.files:
            name = str(path.relative_to(folder)) if folder in path.parents else path.name
            found.append(PageRow(name, "", self.copier(str(path)), _("copy the path")))
        if made.files:
            found.append(PageRow(_("in {folder}").format(folder=short_path(folder, os.environ)), "muted", indent=3))
        found += [PageRow(f"{glyphs.radio(True)} {text}", "warn") for text in made.warnings]
        return found

    def fetch_rows(self) -> list[PageRow]:
        """Return the lines that bring the files to a computer elsewhere; nothing when this is the person's own."""
        if not self.ways:
            return []
        head = PageRow(_("To fetch them, on your own computer:"), "heading")
        return [PageRow(), head, *(PageRow(line, "", self.copier(line)) for line in self.ways)]


def _progress_rows(done: int, of: int, label: str) -> list[PageRow]:
    full = _BAR_CELLS * done // max(of, 1)
    filled, empty = glyphs.bar()
    return [
        PageRow(_("{done} of {of} written").format(done=done, of=of), "heading"),
        PageRow(),
        PageRow(filled * full + empty * (_BAR_CELLS - full), "accent"),
        PageRow(label, "muted"),
    ]


FRENCH = ("fr-CA", "fr-FR")
LANGUAGES = (("fr",), ("en",), ("fr+en",), ("en+fr",), ("fr", "en"))


class FilesScreen(WritingScreen):
    """Each line is changed by Enter; the last one writes. Nothing of it numbers the draft."""

    about = N_("Writes the agreement to files. Enter changes a line; the last line writes, and numbers no draft.")

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        super().__init__(workspace)
        self.folder = folder
        self.languages: tuple[str, ...] = (workspace.doc_lang,)
        self.formats = {"docx", "pdf"}
        self.common = True
        self.statement = False  # whether the statement on one page is written too
        self.boards = False  # whether each partner's board gets its package
        self.chosen: set[str] = set()  # ids of the partners that get a copy of their own
        self.made: Written | None = None
        self._typed: Typing | None = None  # the folder, while nothing is written there

    def heading(self) -> str:
        """« Écrire des fichiers »."""
        return _("Write files")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        keys = [("↑↓", _("line")), (_("Enter"), _("change, copy")), ("e", _("write")), (_("Esc"), _("back"))]
        return keys if self.made is None else [key for key in keys if key[0] != "e"]

    def act(self, key: str) -> bool:
        """The key that came here writes, without going down to the last line."""
        if key != "e" or self.made is not None or not self._sheets():
            return super().act(key)
        self._write()
        return True

    def page(self) -> Sequence[PageRow]:
        """Return what to write, or what was written."""
        if self.made is not None:
            return [
                *self.written_rows(self.made),
                *self.fetch_rows(),
                PageRow(),
                PageRow(_("Write other files"), "accent", self._again),
            ]
        count = len(self._sheets())
        write = ngettext("Write {n} file", "Write {n} files", count).format(n=count)
        return [
            PageRow(_("Formats"), "heading"),
            *(
                _ticked(file_format.id in self.formats, file_format.label, self._toggle_format(file_format.id))
                for file_format in FORMATS
            ),
            _ticked(
                JSON in self.formats,
                _("Partnership to hand over (JSON), without earlier texts"),
                self._toggle_format(JSON),
            ),
            PageRow(),
            *self._setting_rows(),
            PageRow(),
            *self._copy_rows(),
            PageRow(),
            PageRow(f"{glyphs.radio(True)} {write}", "strong accent", self._write)
            if count
            else PageRow(_("Nothing is chosen yet."), "hint"),
        ]

    def _setting_rows(self) -> list[PageRow]:
        found = [PageRow(_("Language"), "", self._next_language, language_words(self.languages))]
        if self.languages != ("en",):
            words = {"fr-CA": _("of Canada: mot?"), "fr-FR": _("of France: mot ?")}
            found.append(PageRow(_("French typography"), "", self._next_typography, words[self._text("fr").region]))
        return [*found, PageRow(_("Folder"), "", self._ask_folder, short_path(self.folder, os.environ))]

    def _copy_rows(self) -> list[PageRow]:
        everyone = self._addressees()
        found = [
            PageRow(_("Copies"), "heading"),
            _ticked(self.common, _("one for all"), self._toggle_common),
        ]
        if everyone:
            every = {addressee.id for addressee in everyone} <= self.chosen
            found.append(_ticked(every, _("one for each partner, its name on it"), self._toggle_all))
        found += [
            PageRow(
                f"{glyphs.tick(addressee.id in self.chosen)} {addressee.name}",
                "",
                self._toggle_partner(addressee.id),
                indent=4,
            )
            for addressee in everyone
        ]
        if everyone:
            boards = _("a package for each partner's board: one page, a resolution, the text")
            found.append(_ticked(self.boards, boards, self._toggle_boards))
        page = _("the statement on one page too")
        return [*found, _ticked(self.statement, page, self._toggle_statement)]

    # -- what is chosen ------------------------------------------------------------------------------------------------

    def _text(self, code: str) -> Agreement:
        return present_text(self.workspace, code)

    def _addressees(self) -> tuple[Addressee, ...]:
        return addressees(self._text(self.languages[0]))

    def _sheets(self) -> list[OutputFile]:
        texts = [self._text(lang) for lang in self.languages]
        formats = [file_format.id for file_format in FORMATS if file_format.id in self.formats]
        partners = [addressee.id for addressee in self._addressees() if addressee.id in self.chosen]
        made = bundles(self.workspace.guide, texts, formats, common=self.common, partners=partners)
        found = [sheet for bundle in made for sheet in bundle.sheets]
        if self.statement:
            pages = [statement_page(self.workspace.guide, text) for text in texts]
            found += [sheet for bundle in bundles(self.workspace.guide, pages, formats) for sheet in bundle.sheets]
        if self.boards:
            workspace = self.workspace
            frozen = frozen_texts(workspace, versions_of(workspace, self.app.store))
            whom = [addressee.id for addressee in self._addressees()]
            for files in package_files(workspace, workspace.partnership, frozen, whom, formats).values():
                found += files
        return [*found, self._to_hand_over(texts[0])] if JSON in self.formats else found

    def _to_hand_over(self, text: Agreement) -> OutputFile:
        store, name = self.app.store, self.workspace.partnership.id
        label = _("Partnership to hand over (JSON), without earlier texts")

        def make() -> Rendered:
            return Rendered(handed_over(store.public_document(name, history=False)))

        return OutputFile(f"{file_stem(text)}.json", label, make)

    # -- changing it ---------------------------------------------------------------------------------------------------

    def _toggle_format(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.formats ^= {name}
            self.paint()

        return act

    def _toggle_partner(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.chosen ^= {name}
            self.paint()

        return act

    def _toggle_common(self) -> None:
        self.common = not self.common
        self.paint()

    def _toggle_statement(self) -> None:
        self.statement = not self.statement
        self.paint()

    def _toggle_boards(self) -> None:
        self.boards = not self.boards
        self.paint()

    def _toggle_all(self) -> None:
        everyone = {addressee.id for addressee in self._addressees()}
        self.chosen = set() if everyone <= self.chosen else everyone
        self.paint()

    def _next_language(self) -> None:
        self.languages = next_languages(self.languages)
        self.paint()

    def _next_typography(self) -> None:
        """Go on to the other French typography, which the partnership keeps for all its documents."""
        now = FRENCH.index(self._text("fr").region)
        self.workspace.setting("region_fr", FRENCH[(now + 1) % 2])
        self.paint()

    def _ask_folder(self) -> None:
        def chosen(text: str | None) -> bool:
            if text and text.strip():
                try:
                    self.folder = typed_path(text, _("Folder to write in")).absolute()
                except WrongPath as error:
                    self.say(str(error))
                    return False
                self.paint()
            return False  # kept until files are written there

        self._typed = ask_text(self.app, "folder", _("Folder to write in"), chosen, text=str(self.folder))

    def _again(self) -> None:
        self.made = None
        self.paint()

    def _write(self) -> None:
        def written(made: Written) -> None:
            self.made = made
            if self._typed is not None:
                self._typed.done()

        self.app.save()
        self.begin(self.folder, self._sheets(), written)


def next_languages(now: tuple[str, ...]) -> tuple[str, ...]:
    """Return what comes after a choice of languages."""
    return LANGUAGES[(LANGUAGES.index(now) + 1) % len(LANGUAGES)]


def language_words(chosen: tuple[str, ...]) -> str:
    """« français », « français et anglais, un seul document »."""
    names = {"fr": _("French"), "en": _("English")}
    if len(chosen) > 1:
        return _("French, English: two documents")
    if "+" not in chosen[0]:
        return names[chosen[0]]
    first, second = (names[part] for part in chosen[0].split("+"))
    return _("{first} then {second}: one document").format(first=first, second=second)


def _ticked(on: bool, words: str, act: Callable[[], None]) -> PageRow:
    return PageRow(f"{glyphs.tick(on)} {words}", "", act)


def open_files(app: Host) -> None:
    """Choose what to write."""
    if app.workspace is not None:
        app.push_screen(FilesScreen(app.workspace, files_folder(os.environ, app.settings)))
