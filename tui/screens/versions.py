"""The versions kept and what changed between two of them, or since the last: read on the screen, written to a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.agreement.blocks import Agreement
from tui.desk.desk import Desk
from tui.desk.handed import hand_over
from tui.desk.versions import changes_between, name_of, status_words, text_of, versions_of
from tui.export.formats import FORMATS, CannotExport, render
from tui.export.naming import stem
from tui.project.versions import Version, adoption
from tui.screens.foot import keys_line
from tui.screens.paper import Paper
from tui.screens.picker import Choice, Picker
from tui.screens.positions import short_name
from tui.screens.rows import WIDEST, Row, RowsScreen
from tui.screens.struck import walked
from tui.settings import copies_folder
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.widgets.lines import Lines
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp

_TODAY = "today"


class VersionsScreen(RowsScreen):
    """The present text, then each version, the newest first."""

    def __init__(self, desk: Desk, versions: Sequence[Version]) -> None:
        super().__init__(desk)
        self.versions = tuple(versions)

    def heading(self) -> str:
        """The title of the page."""
        return _("Versions")

    def keys(self) -> list[tuple[str, str]]:
        """What can be done with a version."""
        return [("↑↓", _("line")), (_("Enter"), _("what changed")), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[Row]:
        """The present text with its standing, then the versions."""
        state = adoption(self.desk.guide, self.desk.view)
        today = _("Today's text")
        if state == "changed":
            found = [Row(today, "strong", behind=_("changed since adoption"))]
            found.append(Row(_("What was adopted is kept below, word for word."), "warn", indent=3))
        elif state:
            found = [Row(today, "strong", behind=_("as adopted"))]
        else:
            found = [Row(today, "strong", behind=self.desk.agreement.version)]
        if not self.versions:
            found += [Row(), Row(_("No version yet: “Send the draft” makes the first one."), "hint")]
        for version in reversed(self.versions):
            found += [
                Row(),
                Row(name_of(version, self.desk.lang), "", self._opener(version), status_words(self.versions, version)),
            ]
            found += [Row(text, "muted", indent=5) for text in self._about(version)]
        return found

    def _about(self, version: Version) -> list[str]:
        lang = self.desk.lang
        found = []
        sent = version.sent
        if sent is not None:
            names = [short_name(self.desk, one) for one in sent.partners]
            if sent.others:
                names.append(ngettext("{n} other address", "{n} other addresses", sent.others).format(n=sent.others))
            means = self.desk.guide.choice("means", sent.means, lang)
            to = ", ".join(names) or _("nobody in particular")
            found.append(_("Sent to {names} ({means})").format(names=to, means=means))
            if sent.answer_by:
                day = len(sent.answer_by) > len("2026-12")
                said = _("Answer expected by {date}") if day else _("Answer expected by {month}")
                by = format_date(sent.answer_by, lang)
                found.append(said.format(date=by, month=by))
        found += [text for text in (version.reason, version.resolution) if text]
        if version.file:
            found.append(_("Adopted outside: {file}").format(file=version.file))
            paper = self.app.store.paper(self.desk.project.id, version.id)
            found += [_("Kept as {path}").format(path=paper)] if paper is not None else []
        found += [_("Mark of the text: {mark}").format(mark=version.text[:8])] if version.text else []
        return found

    def _opener(self, version: Version) -> Callable[[], None]:
        def act() -> None:
            others = [Choice(_TODAY, _("Today's text"))]
            others += [
                Choice(one.id, name_of(one, self.desk.lang)) for one in reversed(self.versions) if one.id != version.id
            ]
            others.append(Choice("", _("Nothing: read it as it was")))

            def chosen(name: str | None) -> None:
                if name is not None:
                    self._open(version, name)

            title = _("Compare “{name}” with").format(name=name_of(version, self.desk.lang))
            self.app.push_screen(Picker(title, others), chosen)

        return act

    def _open(self, version: Version, name: str) -> None:
        if not name:
            agreement = text_of(self.desk, version, self.desk.doc_lang)
        else:
            other = next((one for one in self.versions if one.id == name), None)
            older = other is not None and self.versions.index(other) < self.versions.index(version)
            old, new = (other, version) if older else (version, other)
            agreement = changes_between(self.desk, old, new, self.desk.doc_lang)
        if agreement is None:
            self.say(_("This version cannot be read in this language."))
        else:
            self.app.push_screen(PaperScreen(agreement))


class PaperScreen(Screen[None]):
    """A document to read that is not today's: a version, or what changed; E writes it to a file."""

    app: EntenteApp

    def __init__(self, agreement: Agreement, name: str = "") -> None:
        super().__init__()
        self.agreement = agreement
        self.name_end = name or _("changes")  # how the name of its file ends
        self.message = ""

    def compose(self) -> ComposeResult:
        """The paper and a last line."""
        yield Lines(id="sheet", glyph="")
        yield Lines(id="foot", classes="bar", glyph="")

    def on_mount(self) -> None:
        """The keyboard goes to the paper."""
        self.query_one("#foot").can_focus = False
        self.query_one("#sheet").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        sheet = Paper().paint(self.agreement, min(self.size.width - 1, WIDEST))
        self.query_one("#sheet", Lines).show(sheet.lines)
        self.say("")

    def say(self, text: str) -> None:
        """Show a message, or the keys."""
        self.message = text
        self.query_one("#foot", Lines).show([keys_line(self.keys(), self.size.width, text)])

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the last line, with what they do."""
        return [("↑↓", _("line")), ("E", _("write a file")), (_("Esc"), _("back"))]

    def on_key(self, event: events.Key) -> None:
        """Arrows scroll, E writes a file, Escape goes back."""
        pane = self.query_one("#sheet", Lines)
        if by := walked(event.key, pane.size.height):
            pane.scroll_relative(y=by, animate=False)
        elif event.key == "escape":
            self.app.pop_screen()
        elif event.key in ("e", "E"):
            self._choose()
        else:
            return
        event.stop()
        event.prevent_default()

    def _choose(self) -> None:
        def chosen(name: str | None) -> None:
            if name:
                self._write(name)

        choices = [Choice(one.id, one.label, one.ending) for one in FORMATS]
        self.app.push_screen(Picker(_("Write a file"), choices), chosen)

    def _write(self, name: str) -> None:
        form = next(one for one in FORMATS if one.id == name)
        folder = copies_folder(os.environ, self.app.settings)
        path = folder / "-".join((stem(self.agreement), self.name_end + form.ending))
        try:
            rendered = render(self.agreement, form)
            hand_over(path, rendered.data)
        except (OSError, CannotExport, StoreError) as error:
            self.say(str(error))
            return
        self.say(_("Written: {path}").format(path=path))


def versions(app: EntenteApp) -> None:
    """The versions of the open partnership."""
    if app.desk is not None:
        app.push_screen(VersionsScreen(app.desk, versions_of(app.desk, app.store)))
