"""The page that writes the agreement to files, and what every page that writes files does while it writes."""

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
from tui.workspace.board_packages import package_files, texts_for_board
from tui.workspace.kept_versions import present_text, versions_of
from tui.workspace.output_files import (
    JSON,
    OutputFile,
    WrittenFiles,
    bundles,
    fetch_commands,
    files_to_fetch,
    handover_json,
    is_far_from_person,
    write,
)
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


_BAR_CELLS = 24  # the width of the bar of progress


class WritingScreen(RowsScreen):
    """A page that writes files; while it writes, it shows the progress instead of its rows and takes no key."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        # (files written, files in all, label of the one being written); None while nothing is being written.
        self._progress: tuple[int, int, str] | None = None
        self.fetch_lines: tuple[str, ...] = ()  # commands to type on one's own computer to fetch the files

    def page(self) -> Sequence[PageRow]:
        """Return the rows that the page has while nothing is being written."""
        return ()

    def rows(self) -> Sequence[PageRow]:
        """Return the rows of the page, or the progress."""
        return self.page() if self._progress is None else _progress_rows(*self._progress)

    def begin(self, folder: Path, sheets: Sequence[OutputFile], on_written: Callable[[WrittenFiles], None]) -> None:
        """Write the files in a thread, then call `on_written` with them; if writing fails, say why instead."""
        self._show_progress(0, len(sheets), sheets[0].label if sheets else "")

        def write_in_thread() -> None:
            def report(done: int, total: int, label: str) -> None:
                self.app.call_from_thread(self._show_progress, done, total, label)

            facts = clipboard.gather(os.environ)
            try:
                written_files = write(folder, sheets, report)
            except (OSError, CannotExport, StoreError, ValueError) as error:
                self.app.call_from_thread(self._finish, None, on_written, error_sentence(error))
                return
            if is_far_from_person(facts):
                host = self.app.settings.host
                self.fetch_lines = tuple(
                    fetch_commands(path, facts, None, host)[0] for path in files_to_fetch(written_files.files)
                )
            self.app.call_from_thread(self._finish, written_files, on_written, "")

        self.run_worker(write_in_thread, thread=True)

    def _show_progress(self, done: int, total: int, label: str) -> None:
        self._progress = done, total, label
        self.paint()

    def _finish(
        self, written_files: WrittenFiles | None, on_written: Callable[[WrittenFiles], None], error: str
    ) -> None:
        """Show the page again after the writing: call `on_written` with the files, or say `error` for None."""
        self._progress = None
        if written_files is None:
            self.paint()
            self.say(error)
            return
        paths = [short_path(path, os.environ) for path in written_files.files]
        self.app.lines_at_end = [*paths, *self.fetch_lines]
        main_file = [short_path(path, os.environ) for path in files_to_fetch(written_files.files)[:1]]
        self.app.last_written, self.app.advice = [*main_file, *self.fetch_lines[:1]], ""
        on_written(written_files)
        if self.is_current:
            self.paint()

    def pressed(self, event: events.Key) -> bool:
        """Take every key while files are being written; else act as any page."""
        return self._progress is not None or super().pressed(event)

    def copier(self, text: str) -> Callable[[], None]:
        """Return an action that copies `text`."""
        return lambda: copy_commands.copy_text(self.app, text, "message.txt", private=True)

    def written_rows(self, written_files: WrittenFiles) -> list[PageRow]:
        """Return a row for each file, on which Enter copies its path, then the warnings (a file replaced …)."""
        text = ngettext("{n} file written", "{n} files written", len(written_files.files)).format(
            n=len(written_files.files)
        )
        rows = [PageRow(text, "done")]
        folder = written_files.files[0].parent if written_files.files else Path()
        for path in written_files.files:
            name = str(path.relative_to(folder)) if folder in path.parents else path.name
            rows.append(PageRow(name, "", self.copier(str(path)), _("copy the path")))
        if written_files.files:
            rows.append(PageRow(_("in {folder}").format(folder=short_path(folder, os.environ)), "muted", indent=3))
        rows += [PageRow(f"{glyphs.radio(True)} {text}", "warn") for text in written_files.warnings]
        return rows

    def fetch_rows(self) -> list[PageRow]:
        """Return the commands that fetch the files; [] if they are on the user's own computer."""
        if not self.fetch_lines:
            return []
        head = PageRow(_("To fetch them, on your own computer:"), "heading")
        return [PageRow(), head, *(PageRow(line, "", self.copier(line)) for line in self.fetch_lines)]


def _progress_rows(done: int, total: int, label: str) -> list[PageRow]:
    """Return the rows of the progress: files written of `total`, a bar, the label of the file being written."""
    filled_cells = _BAR_CELLS * done // max(total, 1)
    filled, empty = glyphs.bar()
    return [
        PageRow(_("{done} of {of} written").format(done=done, of=total), "heading"),
        PageRow(),
        PageRow(filled * filled_cells + empty * (_BAR_CELLS - filled_cells), "accent"),
        PageRow(label, "muted"),
    ]


# The two French typographies: of Canada and of France.
FRENCH_REGIONS = ("fr-CA", "fr-FR")
# What Enter on the language goes through; « fr+en » is one document in both languages.
LANGUAGE_CHOICES = (("fr",), ("en",), ("fr+en",), ("en+fr",), ("fr", "en"))


class FilesScreen(WritingScreen):
    """What will be written: Enter changes a line, the last line writes the files. No draft is numbered by it."""

    about = N_("Writes the agreement to files. Enter changes a line; the last line writes, and numbers no draft.")

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        super().__init__(workspace)
        self.folder = folder
        self.languages: tuple[str, ...] = (workspace.doc_lang,)
        self.ticked_formats = {"docx", "pdf"}  # their ids
        self.writes_common_copy = True  # whether a document with no partner's name on it is written
        self.writes_statement = False  # whether the statement on one page is written too
        self.writes_board_packages = False  # whether each partner's board gets its package
        self.chosen_partner_ids: set[str] = set()  # ids of the partners that get a copy of their own
        self.written_files: WrittenFiles | None = None  # the files, once they are written
        self._typed: Typing | None = None  # keeps the folder typed, until files are written there

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Write files")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        keys = [("↑↓", _("line")), (_("Enter"), _("change, copy")), ("e", _("write")), (_("Esc"), _("back"))]
        return keys if self.written_files is None else [key for key in keys if key[0] != "e"]

    def act(self, key: str) -> bool:
        """Act on a key: « e », which opens this page, also writes the files at once.

        Return whether the key did something.
        """
        if key != "e" or self.written_files is not None or not self._output_files():
            return super().act(key)
        self._write()
        return True

    def page(self) -> Sequence[PageRow]:
        """Return what will be written, or the files that were."""
        if self.written_files is not None:
            return [
                *self.written_rows(self.written_files),
                *self.fetch_rows(),
                PageRow(),
                PageRow(_("Write other files"), "accent", self._start_again),
            ]
        count = len(self._output_files())
        write_words = ngettext("Write {n} file", "Write {n} files", count).format(n=count)
        return [
            PageRow(_("Formats"), "heading"),
            *(
                _tick_row(file_format.id in self.ticked_formats, file_format.label, self._toggle_format(file_format.id))
                for file_format in FORMATS
            ),
            _tick_row(
                JSON in self.ticked_formats,
                _("Partnership to hand over (JSON), without earlier texts"),
                self._toggle_format(JSON),
            ),
            PageRow(),
            *self._setting_rows(),
            PageRow(),
            *self._copy_rows(),
            PageRow(),
            PageRow(f"{glyphs.radio(True)} {write_words}", "strong accent", self._write)
            if count
            else PageRow(_("Nothing is chosen yet."), "hint"),
        ]

    def _setting_rows(self) -> list[PageRow]:
        """Return the rows of language, typography and folder."""
        rows = [PageRow(_("Language"), "", self._next_language, language_words(self.languages))]
        if self.languages != ("en",):
            words = {"fr-CA": _("of Canada: mot?"), "fr-FR": _("of France: mot ?")}
            rows.append(PageRow(_("French typography"), "", self._next_typography, words[self._text("fr").region]))
        return [*rows, PageRow(_("Folder"), "", self._ask_folder, short_path(self.folder, os.environ))]

    def _copy_rows(self) -> list[PageRow]:
        """Return the rows of the copies: one for all, one for each partner, packages, the statement."""
        all_addressees = self._addressees()
        rows = [
            PageRow(_("Copies"), "heading"),
            _tick_row(self.writes_common_copy, _("one for all"), self._toggle_common),
        ]
        if all_addressees:
            all_chosen = {addressee.id for addressee in all_addressees} <= self.chosen_partner_ids
            rows.append(_tick_row(all_chosen, _("one for each partner, its name on it"), self._toggle_all))
        rows += [
            PageRow(
                f"{glyphs.tick(addressee.id in self.chosen_partner_ids)} {addressee.name}",
                "",
                self._toggle_partner(addressee.id),
                indent=4,
            )
            for addressee in all_addressees
        ]
        if all_addressees:
            boards = _("a package for each partner's board: one page, a resolution, the text")
            rows.append(_tick_row(self.writes_board_packages, boards, self._toggle_boards))
        statement = _("the statement on one page too")
        return [*rows, _tick_row(self.writes_statement, statement, self._toggle_statement)]

    # -- what is chosen ------------------------------------------------------------------------------------------------

    def _text(self, code: str) -> Agreement:
        """Return today's text by the code of its languages: fr, en, fr+en, en+fr."""
        return present_text(self.workspace, code)

    def _addressees(self) -> tuple[Addressee, ...]:
        """Return the partners that a copy can be made for."""
        return addressees(self._text(self.languages[0]))

    def _output_files(self) -> list[OutputFile]:
        """Return the files that would be written with the present choices."""
        texts = [self._text(lang) for lang in self.languages]
        formats = [file_format.id for file_format in FORMATS if file_format.id in self.ticked_formats]
        partners = [addressee.id for addressee in self._addressees() if addressee.id in self.chosen_partner_ids]
        bundled = bundles(self.workspace.guide, texts, formats, common=self.writes_common_copy, partners=partners)
        files = [sheet for bundle in bundled for sheet in bundle.sheets]
        if self.writes_statement:
            pages = [statement_page(self.workspace.guide, text) for text in texts]
            files += [sheet for bundle in bundles(self.workspace.guide, pages, formats) for sheet in bundle.sheets]
        if self.writes_board_packages:
            workspace = self.workspace
            texts_by_language = texts_for_board(workspace, versions_of(workspace, self.app.store))
            partner_ids = [addressee.id for addressee in self._addressees()]
            packages = package_files(workspace, workspace.partnership, texts_by_language, partner_ids, formats)
            for package in packages.values():
                files += package
        return [*files, self._hand_over_file(texts[0])] if JSON in self.ticked_formats else files

    def _hand_over_file(self, text: Agreement) -> OutputFile:
        """Return the file of the partnership itself, without earlier texts, for the person who takes it over."""
        store, partnership_id = self.app.store, self.workspace.partnership.id
        label = _("Partnership to hand over (JSON), without earlier texts")

        def make() -> Rendered:
            return Rendered(handover_json(store.public_document(partnership_id, history=False)))

        return OutputFile(f"{file_stem(text)}.json", label, make)

    # -- changing it ---------------------------------------------------------------------------------------------------

    def _toggle_format(self, format_id: str) -> Callable[[], None]:
        """Return an action that chooses a format, or leaves it out."""

        def toggle() -> None:
            self.ticked_formats ^= {format_id}
            self.paint()

        return toggle

    def _toggle_partner(self, partner_id: str) -> Callable[[], None]:
        """Return an action that chooses a partner, or leaves it out."""

        def toggle() -> None:
            self.chosen_partner_ids ^= {partner_id}
            self.paint()

        return toggle

    def _toggle_common(self) -> None:
        self.writes_common_copy = not self.writes_common_copy
        self.paint()

    def _toggle_statement(self) -> None:
        self.writes_statement = not self.writes_statement
        self.paint()

    def _toggle_boards(self) -> None:
        self.writes_board_packages = not self.writes_board_packages
        self.paint()

    def _toggle_all(self) -> None:
        """Choose or leave out the copies of all partners."""
        everyone = {addressee.id for addressee in self._addressees()}
        self.chosen_partner_ids = set() if everyone <= self.chosen_partner_ids else everyone
        self.paint()

    def _next_language(self) -> None:
        self.languages = next_languages(self.languages)
        self.paint()

    def _next_typography(self) -> None:
        """Go on to the other French typography, which the partnership keeps for all its documents."""
        at = FRENCH_REGIONS.index(self._text("fr").region)
        self.workspace.set_setting("region_fr", FRENCH_REGIONS[(at + 1) % 2])
        self.paint()

    def _ask_folder(self) -> None:
        """Ask in which folder to write."""

        def take_choice(text: str | None) -> bool:
            if text and text.strip():
                try:
                    self.folder = typed_path(text, _("Folder to write in")).absolute()
                except WrongPath as error:
                    self.say(str(error))
                    return False
                self.paint()
            return False  # kept until files are written there

        self._typed = ask_text(self.app, "folder", _("Folder to write in"), take_choice, text=str(self.folder))

    def _start_again(self) -> None:
        self.written_files = None
        self.paint()

    def _write(self) -> None:
        """Write the chosen files in a thread, and show where they are."""

        def show_files(written_files: WrittenFiles) -> None:
            self.written_files = written_files
            if self._typed is not None:
                self._typed.done()

        self.app.save()
        self.begin(self.folder, self._output_files(), show_files)


def next_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choice of languages that comes after `languages`."""
    return LANGUAGE_CHOICES[(LANGUAGE_CHOICES.index(languages) + 1) % len(LANGUAGE_CHOICES)]


def language_words(languages: tuple[str, ...]) -> str:
    """Return « français », « français puis anglais : un seul document », « français, anglais : deux documents »."""
    names = {"fr": _("French"), "en": _("English")}
    if len(languages) > 1:
        return _("French, English: two documents")
    if "+" not in languages[0]:
        return names[languages[0]]
    first, second = (names[part] for part in languages[0].split("+"))
    return _("{first} then {second}: one document").format(first=first, second=second)


def _tick_row(on: bool, words: str, act: Callable[[], None]) -> PageRow:
    """Return a row with a box, ticked if `on`."""
    return PageRow(f"{glyphs.tick(on)} {words}", "", act)


def open_files(app: Host) -> None:
    """Show the page that writes files."""
    if app.workspace is not None:
        app.push_screen(FilesScreen(app.workspace, files_folder(os.environ, app.settings)))
