"""Versions of the agreement and earlier texts of one field: what changed, and the way back."""

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
from tui.text.dates import format_when
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.ui.agreement_painter import AgreementPainter
from tui.ui.dialog import Choice, Picker
from tui.ui.diff_painter import ADDED, REMOVED, paint_differences, paint_text
from tui.ui.page import WIDEST, FramedPage, PageRow, RowsScreen
from tui.workspace.awaited_answers import sent_words
from tui.workspace.cell_labels import value_words, where
from tui.workspace.kept_versions import changes_between, name_of, status_words, text_of, versions_of
from tui.workspace.output_files import OutputFile, write
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a cell held once: `by` and `at` of whoever wrote it, "" where that is not known."""

    value: Value
    said: str
    by: str = ""
    at: str = ""


def earlier_texts(past: Sequence[HistoryEntry]) -> list[tuple[Value, str, str]]:
    """The (value, author, moment) a cell held before its present one, the latest first; equal neighbours once."""
    held = (
        [
            (past[0].value, "", ""),
            *((history_entry.new, signed(history_entry), history_entry.at) for history_entry in past),
        ]
        if past
        else []
    )
    found: list[tuple[Value, str, str]] = []
    for before, item in zip([None, *held], held, strict=False):
        if item[0] is not None and (before is None or before[0] != item[0]):
            found.append(item)
    return found[::-1]


def signed(history_entry: HistoryEntry) -> str:
    """Who wrote it, and who had proposed it where that was another: « Marie, d'après Alice Roy, 20 novembre »."""
    if history_entry.reason != REASON or not history_entry.source:
        return history_entry.by
    return (
        _("{name}, after {source}").format(name=history_entry.by, source=history_entry.source)
        if history_entry.by
        else history_entry.source
    )


LEAST_TEXT = 8  # cells of an earlier text that its date and its author leave on a narrow page


class PastScreen(FramedPage[EarlierText | None]):
    """The earlier texts, one a line, and what the one under the cursor would change. Enter takes it, Escape leaves."""

    about = N_("What this field said before. Choose a text to see what it would change, and bring it back by Enter.")

    def __init__(self, title: str, present: str, found: Sequence[EarlierText]) -> None:
        super().__init__()
        self.title_text = title
        self.present = present
        self.found = tuple(found)
        self.at = 0

    def heading(self) -> str:
        """Return the field."""
        return self.title_text

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done with a text."""
        return [("↑↓", _("choose")), (_("Enter"), _("bring this text back")), (_("Esc"), _("leave all as it is"))]

    def body(self) -> ComposeResult:
        """Return the earlier texts, the differences."""
        yield Lines(id="sheet")
        yield Lines(id="differences", owns_styles=False)

    def on_mount(self) -> None:
        """What differs is scrolled from the list."""
        self.query_one("#differences").can_focus = False

    def paint_body(self, width: int) -> None:
        """Paint the texts, and what the chosen one would change."""
        pane = self.sheet_pane
        pane.show([self._line(earlier_text, self.size.width) for earlier_text in self.found])
        pane.cursor = self.at
        pane.scroll_to_row(self.at)
        self.query_one("#differences", Lines).show(self._differences(width), keep=0)

    def _line(self, earlier_text: EarlierText, width: int) -> Line:
        when = format_when(earlier_text.at, self.app.lang) or _("at the beginning")
        told = f"{when} · {earlier_text.by}" if earlier_text.by else when
        head = f"   {shorten(told, width - LEAST_TEXT - 8)}   "  # margins of three, three and two cells
        return (Piece(head, "accent"), Piece(shorten(earlier_text.said.replace("\n", " "), width - cells(head) - 2)))

    def _differences(self, width: int) -> list[Line]:
        earlier_text = self.found[self.at]
        legend = _("From this text to the present one: {removed} {added}").format(
            removed=_("taken out").join(REMOVED), added=_("put in").join(ADDED)
        )
        return [
            *paint_text(legend, width, "muted"),
            (),
            *paint_differences(earlier_text.said, self.present, width),
        ]

    def walk(self, by: int) -> bool:
        """Choose another text."""
        self.at = min(max(self.at + by, 0), len(self.found) - 1)
        self.paint()
        return True

    def turn(self, pages: int) -> bool:
        """Scroll what differs."""
        pane = self.query_one("#differences", Lines)
        pane.scroll_relative(y=pages * max(pane.size.height, 1), animate=False)
        return True

    def enter(self) -> bool:
        """Take the text back."""
        self.dismiss(self.found[self.at])
        return True


def show_history(screen: WorkScreen) -> None:
    """The earlier texts of the field one stands at."""
    here, workspace, app = screen.form.current_field, screen.workspace, screen.app
    if here is None or not here.cell or not here.entry.id:
        screen.say(_("Stand on a field first: its earlier texts are shown here."))
        return
    entry, cell = here.entry, here.cell
    try:
        workspace.flush()
        past = app.store.history(workspace.partnership.id, entry=entry.id, cell=cell)
        other = app.store.history(workspace.partnership.id, entry=entry.id, cell=second_wording_cell(cell))
    except StoreError as error:
        screen.say(str(error))
        return

    def said(value: Value) -> str:
        return value_words(workspace, entry.question, entry.part, cell, value)

    standing = workspace.partnership.entry(entry.id)
    present = standing.get(cell) if standing is not None else None
    earlier = [*earlier_texts(past), *earlier_texts(other)]
    known = sorted(earlier, key=lambda item: moments.order_key(item[2]), reverse=True)
    found = [EarlierText(value, said(value), by, at) for value, by, at in _once(known) if value != present]
    if not found:
        screen.say(_("This field has no earlier text."))
        return
    title = where(workspace, entry.question, entry.part, cell, entry.subject)
    app.push_screen(PastScreen(title, said(present), found), lambda item: _bring_back(screen, here, item))


def _once(known: Sequence[tuple[Value, str, str]]) -> list[tuple[Value, str, str]]:
    """Return each text once, where it stood last: a second wording that was chosen is in both histories."""
    found: list[tuple[Value, str, str]] = []
    for item in known:
        if all(item[0] != other[0] for other in found):
            found.append(item)
    return found


def _bring_back(screen: WorkScreen, here: FormField, earlier_text: EarlierText | None) -> None:
    """An ordinary edit: it is saved, and undone, as any other."""
    if earlier_text is None:
        return
    screen.workspace.edits.end_typing()
    screen.workspace.set(here.entry, here.cell, earlier_text.value)
    screen.field_editor.reload_later()
    screen.paint()
    screen.say(_("The earlier text is back; undo takes it away again."))


_TODAY = "today"


class VersionsScreen(RowsScreen):
    """The present text, then each version, the newest first."""

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
        """Return the present text with its standing, then the versions."""
        state = self.workspace.adoption
        today = _("Today's text")
        if state == "changed":
            found = [PageRow(today, "strong", behind=_("changed since adoption"))]
            found.append(PageRow(_("What was adopted is kept below, word for word."), "warn", indent=3))
        elif state:
            found = [PageRow(today, "strong", behind=_("as adopted"))]
        else:
            found = [PageRow(today, "strong", behind=self.workspace.version)]
        if not self.versions:
            found += [PageRow(), PageRow(_("No version yet: “Send the draft” makes the first one."), "hint")]
        for version in reversed(self.versions):
            found += [
                PageRow(),
                PageRow(
                    name_of(version, self.workspace.lang),
                    "",
                    self._opener(version),
                    status_words(self.versions, version),
                ),
            ]
            found += [PageRow(text, "muted", indent=5) for text in self._about(version)]
        return found

    def _about(self, version: Version) -> list[str]:
        found: list[str] = []
        sent = version.sent
        if sent is not None:
            found += sent_words(self.workspace, sent)
        found += [text for text in (version.reason, version.resolution) if text]
        if version.file:
            found.append(_("Adopted outside: {file}").format(file=version.file))
            paper = self.app.store.paper(self.workspace.partnership.id, version.id)
            found += [_("Kept as {path}").format(path=paper)] if paper is not None else []
        found += [_("Mark of the text: {mark}").format(mark=version.text[:8])] if version.text else []
        return found

    def _opener(self, version: Version) -> Callable[[], None]:
        def act() -> None:
            others = [Choice(_TODAY, _("Today's text"))]
            others += [
                Choice(known.id, name_of(known, self.workspace.lang))
                for known in reversed(self.versions)
                if known.id != version.id
            ]
            others.append(Choice("", _("Nothing: read it as it was")))

            def chosen(name: str | None) -> None:
                if name is not None:
                    self._open(version, name)

            title = _("Compare “{name}” with").format(name=name_of(version, self.workspace.lang))
            self.app.push_screen(Picker(title, others), chosen)

        return act

    def _open(self, version: Version, name: str) -> None:
        if not name:
            agreement = text_of(self.workspace, version, self.workspace.doc_lang)
        else:
            other = next((known for known in self.versions if known.id == name), None)
            older = other is not None and self.versions.index(other) < self.versions.index(version)
            old, new = (other, version) if older else (version, other)
            agreement = changes_between(self.workspace, old, new, self.workspace.doc_lang)
        if agreement is None:
            self.say(_("This version cannot be read in this language."))
        else:
            self.app.push_screen(PaperScreen(agreement))


class PaperScreen(FramedPage[None]):
    """A document to read that is not today's: a version, or what changed; E writes it to a file."""

    headed = False
    about = N_("A document to read: a version as it was, what changed between two, or minutes. E writes it to a file.")

    def __init__(self, agreement: Agreement, name: str = "") -> None:
        super().__init__()
        self.agreement = agreement
        self.name_end = name or _("changes")  # how the name of its file ends

    def heading(self) -> str:
        """Return the title of the document."""
        return self.agreement.title

    def paint_body(self, width: int) -> None:
        """Paint the document."""
        self.sheet_pane.show(AgreementPainter().paint(self.agreement, min(self.size.width - 1, WIDEST)).lines)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, with what they do."""
        return [("↑↓", _("line")), ("E", _("write a file")), (_("Esc"), _("back"))]

    def act(self, key: str) -> bool:
        """E writes a file; the letters of the table act where they are valid."""
        if key not in ("e", "E"):
            return super().act(key)
        self._choose()
        return True

    def _choose(self) -> None:
        def chosen(name: str | None) -> None:
            if name:
                self._write(name)

        choices = [Choice(file_format.id, file_format.label, file_format.ending) for file_format in FORMATS]
        self.app.push_screen(Picker(_("Write a file"), choices), chosen)

    def _write(self, name: str) -> None:
        form = next(file_format for file_format in FORMATS if file_format.id == name)
        folder = files_folder(os.environ, self.app.settings)
        file = "-".join((file_stem(self.agreement), plain_name(self.name_end) + form.ending))
        try:
            made = write(folder, [OutputFile(file, form.label, partial(render, self.agreement, form))])
        except (OSError, CannotExport, StoreError) as error:
            self.say(error_sentence(error))
            return
        copy_commands.written(self.app, made.files, made.warnings)


def versions(app: Host) -> None:
    """The versions of the open partnership."""
    if app.workspace is not None:
        app.push_screen(VersionsScreen(app.workspace, versions_of(app.workspace, app.store)))
