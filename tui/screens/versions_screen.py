"""The pages of the past: earlier texts of a field, versions of the agreement, and a document to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from tui.agreement.blocks import Agreement
from tui.comparison.difference_changes import REASON
from tui.export.formats import FORMATS, CannotExport, file_stem, plain_name, render
from tui.fast_dataclass import dataclass
from tui.form.form import FormField
from tui.i18n import N_, _
from tui.partnership.values import HistoryEntry, Value, second_wording_cell
from tui.partnership.versions import Version
from tui.screens import copy_commands
from tui.screens.work_screen import WorkScreen
from tui.settings import files_folder
from tui.store.store_errors import StoreError, error_sentence
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text import moments
from tui.text.dates import format_day_and_time
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.ui.agreement_painter import AgreementPainter
from tui.ui.dialog import Choice, Picker
from tui.ui.diff_painter import ADDED, REMOVED, paint_differences, paint_text
from tui.ui.page import MAX_WIDTH, FramedPage, PageRow, RowsScreen
from tui.workspace.awaited_answers import sent_words
from tui.workspace.cell_labels import cell_place, value_words
from tui.workspace.kept_versions import changes_between, name_of, status_words, text_of, versions_of
from tui.workspace.output_files import OutputFile, write
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A value that a field held before."""

    value: Value
    words: str  # the value in words
    by: str = ""  # who wrote it, "" if unknown
    at: str = ""  # when it was written, an ISO moment; "" if unknown


def values_over_time(history: Sequence[HistoryEntry]) -> list[tuple[Value, str, str]]:
    """Return the (value, author, moment) of each value a cell has held, the latest first; equal neighbours once.

    The first value of all has no author and no moment (""); a cell left empty (None) is left out.
    """
    if not history:
        return []
    written = ((history_entry.new, writer_words(history_entry), history_entry.at) for history_entry in history)
    values: list[tuple[Value, str, str]] = []
    previous: Value = None
    for value, author, moment in ((history[0].value, "", ""), *written):
        if value is not None and value != previous:
            values.append((value, author, moment))
        previous = value
    return values[::-1]


def writer_words(history_entry: HistoryEntry) -> str:
    """Return who wrote a value, and after whose proposal: « Marie, d'après Alice Roy, 20 novembre »."""
    if history_entry.reason != REASON or not history_entry.source:
        return history_entry.by
    return (
        _("{name}, after {source}").format(name=history_entry.by, source=history_entry.source)
        if history_entry.by
        else history_entry.source
    )


MIN_TEXT_CELLS = 8  # cells of the text on a line, at least, beside date and author


class EarlierTextsScreen(FramedPage[EarlierText | None]):
    """The earlier texts of a field, one a line, and below how the current one differs from the present text.

    Enter brings the current one back. The screen is dismissed with the text chosen, or with None.
    """

    about = N_("What this field said before. Choose a text to see what it would change, and bring it back by Enter.")

    def __init__(self, title: str, current_text: str, earlier_texts: Sequence[EarlierText]) -> None:
        super().__init__()
        self.field_title = title
        self.current_text = current_text
        self.earlier_texts = tuple(earlier_texts)
        self.at = 0

    def heading(self) -> str:
        """Return the name of the field."""
        return self.field_title

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [("↑↓", _("choose")), (_("Enter"), _("bring this text back")), (_("Esc"), _("leave all as it is"))]

    def body(self) -> ComposeResult:
        """Yield the list of texts and the pane of differences."""
        yield Lines(id="sheet")
        yield Lines(id="differences", owns_styles=False)

    def on_mount(self) -> None:
        """Keep the keyboard in the list: PgUp and PgDn scroll the differences from there."""
        self.query_one("#differences").can_focus = False

    def paint_body(self, width: int) -> None:
        """Paint the texts, and how the current one differs from the present text."""
        pane = self.sheet_pane
        pane.show([self._line(earlier_text, self.size.width) for earlier_text in self.earlier_texts])
        pane.cursor = self.at
        pane.scroll_to_row(self.at)
        self.query_one("#differences", Lines).show(self._differences(width), keep=0)

    def _line(self, earlier_text: EarlierText, width: int) -> Line:
        """Return the line of a text: when it was written, by whom, its beginning."""
        when = format_day_and_time(earlier_text.at, self.app.lang) or _("at the beginning")
        when_and_who = f"{when} · {earlier_text.by}" if earlier_text.by else when
        head = f"   {shorten(when_and_who, width - MIN_TEXT_CELLS - 8)}   "  # margins of three, three and two cells
        return (Piece(head, "accent"), Piece(shorten(earlier_text.words.replace("\n", " "), width - cells(head) - 2)))

    def _differences(self, width: int) -> list[Line]:
        """Return the legend, then the differences between the current earlier text and the present one."""
        earlier_text = self.earlier_texts[self.at]
        legend = _("From this text to the present one: {removed} {added}").format(
            removed=_("taken out").join(REMOVED), added=_("put in").join(ADDED)
        )
        return [
            *paint_text(legend, width, "muted"),
            (),
            *paint_differences(earlier_text.words, self.current_text, width),
        ]

    def walk(self, by: int) -> bool:
        """Make a text `by` lines further the current one. Return True."""
        self.at = min(max(self.at + by, 0), len(self.earlier_texts) - 1)
        self.paint()
        return True

    def turn(self, pages: int) -> bool:
        """Scroll the differences. Return True."""
        pane = self.query_one("#differences", Lines)
        pane.scroll_relative(y=pages * max(pane.size.height, 1), animate=False)
        return True

    def enter(self) -> bool:
        """Answer with the current text. Return True."""
        self.dismiss(self.earlier_texts[self.at])
        return True


def show_history(screen: WorkScreen) -> None:
    """Show the earlier texts of the current field; if there is none, say why."""
    current, workspace, app = screen.form.current_field, screen.workspace, screen.app
    if current is None or not current.cell or not current.entry.id:
        screen.say(_("Stand on a field first: its earlier texts are shown here."))
        return
    entry, cell = current.entry, current.cell
    try:
        workspace.flush()
        history = app.store.history(workspace.partnership.id, entry=entry.id, cell=cell)
        other_wording = app.store.history(workspace.partnership.id, entry=entry.id, cell=second_wording_cell(cell))
    except StoreError as error:
        screen.say(str(error))
        return

    def words(value: Value) -> str:
        return value_words(workspace, entry.question, entry.part, cell, value)

    entry_now = workspace.partnership.entry(entry.id)
    current_text = entry_now.get(cell) if entry_now is not None else None
    earlier = [*values_over_time(history), *values_over_time(other_wording)]
    newest_first = sorted(earlier, key=lambda text: moments.moment_sort_key(text[2]), reverse=True)
    texts = [
        EarlierText(value, words(value), by, at)
        for value, by, at in _without_repeats(newest_first)
        if value != current_text
    ]
    if not texts:
        screen.say(_("This field has no earlier text."))
        return
    title = cell_place(workspace, entry.question, entry.part, cell, entry.subject)
    app.push_screen(
        EarlierTextsScreen(title, words(current_text), texts), lambda text: _bring_back(screen, current, text)
    )


def _without_repeats(values: Sequence[tuple[Value, str, str]]) -> list[tuple[Value, str, str]]:
    """Return each value once, at its first place.

    A second wording (of two that were typed at the same time) that was chosen is in both histories.
    """
    texts: list[tuple[Value, str, str]] = []
    for item in values:
        if all(item[0] != other[0] for other in texts):
            texts.append(item)
    return texts


def _bring_back(screen: WorkScreen, field: FormField, earlier_text: EarlierText | None) -> None:
    """Set the field to an earlier text, as an edit like any other; do nothing for None."""
    if earlier_text is None:
        return
    screen.workspace.edits.end_typing()
    screen.workspace.set(field.entry, field.cell, earlier_text.value)
    screen.field_editor.reload_later()
    screen.paint()
    screen.say(_("The earlier text is back; undo takes it away again."))


_TODAYS_TEXT = "today"  # the id of the choice for the text as it is now


class VersionsScreen(RowsScreen):
    """Today's text, then each version of the agreement (a text sent or adopted), the newest first."""

    about = N_("Each text that was sent or adopted, kept word for word. Enter compares one with another, or shows it.")

    def __init__(self, workspace: Workspace, versions: Sequence[Version]) -> None:
        super().__init__(workspace)
        self.versions = tuple(versions)

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Versions")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done with a version."""
        return [("↑↓", _("line")), (_("Enter"), _("what changed")), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[PageRow]:
        """Return today's text with whether it is the adopted one, then the versions."""
        state = self.workspace.adoption
        today = _("Today's text")
        if state == "changed":
            rows = [PageRow(today, "strong", behind=_("changed since adoption"))]
            rows.append(PageRow(_("What was adopted is kept below, word for word."), "warn", indent=3))
        elif state:
            rows = [PageRow(today, "strong", behind=_("as adopted"))]
        else:
            rows = [PageRow(today, "strong", behind=self.workspace.version)]
        if not self.versions:
            rows += [PageRow(), PageRow(_("No version yet: “Send the draft” makes the first one."), "hint")]
        for version in reversed(self.versions):
            rows += [
                PageRow(),
                PageRow(
                    name_of(version, self.workspace.lang),
                    "",
                    self._compare_asker(version),
                    status_words(self.versions, version),
                ),
            ]
            rows += [PageRow(text, "muted", indent=5) for text in self._about(version)]
        return rows

    def _about(self, version: Version) -> list[str]:
        """Return what is known of a version, a line each: sending, reason, resolution, file, mark of the text."""
        lines: list[str] = []
        sending = version.sent
        if sending is not None:
            lines += sent_words(self.workspace, sending)
        lines += [text for text in (version.reason, version.resolution) if text]
        if version.file:
            lines.append(_("Adopted outside: {file}").format(file=version.file))
            copy = self.app.store.paper(self.workspace.partnership.id, version.id)
            lines += [_("Kept as {path}").format(path=copy)] if copy is not None else []
        lines += [_("Mark of the text: {mark}").format(mark=version.text[:8])] if version.text else []
        return lines

    def _compare_asker(self, version: Version) -> Callable[[], None]:
        """Return what Enter does on a version: ask what to compare it with, today's text, a version or nothing."""

        def act() -> None:
            others = [Choice(_TODAYS_TEXT, _("Today's text"))]
            others += [
                Choice(other.id, name_of(other, self.workspace.lang))
                for other in reversed(self.versions)
                if other.id != version.id
            ]
            others.append(Choice("", _("Nothing: read it as it was")))

            def take_choice(other_id: str | None) -> None:
                if other_id is not None:
                    self._open(version, other_id)

            title = _("Compare “{name}” with").format(name=name_of(version, self.workspace.lang))
            self.app.push_screen(Picker(title, others), take_choice)

        return act

    def _open(self, version: Version, other_id: str) -> None:
        """Show the changes between `version` and another (its id, or _TODAY); with "" the version itself."""
        if not other_id:
            agreement = text_of(self.workspace, version, self.workspace.doc_lang)
        else:
            other = next((known_version for known_version in self.versions if known_version.id == other_id), None)
            is_other_older = other is not None and self.versions.index(other) < self.versions.index(version)
            # None stands for today's text.
            old, new = (other, version) if is_other_older else (version, other)
            agreement = changes_between(self.workspace, old, new, self.workspace.doc_lang)
        if agreement is None:
            self.say(_("This version cannot be read in this language."))
        else:
            self.app.push_screen(ReadOnlyScreen(agreement))


class ReadOnlyScreen(FramedPage[None]):
    """A document to read only: a version, what changed between two, minutes …; E writes it to a file."""

    headed = False
    about = N_("A document to read: a version as it was, what changed between two, or minutes. E writes it to a file.")

    def __init__(self, agreement: Agreement, name: str = "") -> None:
        super().__init__()
        self.agreement = agreement
        self.file_name_end = name or _("changes")  # how the name of its file ends

    def heading(self) -> str:
        """Return the title of the document."""
        return self.agreement.title

    def paint_body(self, width: int) -> None:
        """Paint the document."""
        self.sheet_pane.show(AgreementPainter().paint(self.agreement, min(self.size.width - 1, MAX_WIDTH)).lines)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, with what they do."""
        return [("↑↓", _("line")), ("E", _("write a file")), (_("Esc"), _("back"))]

    def act(self, key: str) -> bool:
        """Act on a key: E writes a file, other letters are commands. Return whether the key did something."""
        if key not in ("e", "E"):
            return super().act(key)
        self._ask_format()
        return True

    def _ask_format(self) -> None:
        """Ask for a format, and write the document in it."""

        def take_choice(format_id: str | None) -> None:
            if format_id:
                self._write(format_id)

        choices = [Choice(file_format.id, file_format.label, file_format.ending) for file_format in FORMATS]
        self.app.push_screen(Picker(_("Write a file"), choices), take_choice)

    def _write(self, format_id: str) -> None:
        """Write the document to a file in the user's folder of files, and say where."""
        file_format = next(file_format for file_format in FORMATS if file_format.id == format_id)
        folder = files_folder(os.environ, self.app.settings)
        file_name = "-".join((file_stem(self.agreement), plain_name(self.file_name_end) + file_format.ending))
        try:
            written = write(
                folder, [OutputFile(file_name, file_format.label, partial(render, self.agreement, file_format))]
            )
        except (OSError, CannotExport, StoreError) as error:
            self.say(error_sentence(error))
            return
        copy_commands.report_written(self.app, written.files, written.warnings)


def show_versions(app: Host) -> None:
    """Show the versions of the open partnership."""
    if app.workspace is not None:
        app.push_screen(VersionsScreen(app.workspace, versions_of(app.workspace, app.store)))
