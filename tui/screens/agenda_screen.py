"""The page that prepares the next meeting: when and where, the agenda, suggestions for it, the invitations."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.error_words import reason_words
from tui.export.formats import plain_name
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _, ngettext
from tui.partnership.agendas import LENGTH, OUTCOME, TEXT, TOGETHER, agenda_items, unfinished_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import Entry
from tui.settings import files_folder
from tui.store.store_errors import StoreError
from tui.ui import glyphs
from tui.ui.dialog import OneKey, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import agenda_edits
from tui.workspace.agenda_edits import Suggestion
from tui.workspace.invitations import invitation_files
from tui.workspace.meeting_edits import who_words
from tui.workspace.output_files import write
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


@dataclass(frozen=True, slots=True)
class _RowSubject:
    """What a row is about: an item of the agenda, a suggestion for an item, or neither (both None)."""

    item: Entry | None = None
    suggestion: Suggestion | None = None


class AgendaScreen(RowsScreen):
    """The page of the next meeting, which is stored at the first change."""

    about = N_(
        "Enter takes what is suggested, or changes a line; n adds an item: the point; minutes; who. [ and ] change the "
        "order, t lets an item pass at once with the others, x takes it out, E writes the invitations."
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._meeting = agenda_edits.meeting_ahead(workspace)
        self._subjects: list[_RowSubject] = []  # one for each row that can be current, in their order

    @property
    def meeting(self) -> Entry:
        """The meeting as it is stored now; as it is proposed before the first change."""
        return self.workspace.partnership.entry(self._meeting.id) or self._meeting

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Prepare the meeting")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys for the current row."""
        subject = self._subject
        if subject.item is not None:
            order = [("[ ]", _("order")), ("t", _("passes at once")), ("x", _("take out"))]
            return [("n", _("new item")), *order, ("E", _("invitations")), (_("Esc"), _("back"))]
        enter = _("put on the agenda") if subject.suggestion is not None else _("change")
        return [(_("Enter"), enter), ("n", _("new item")), ("E", _("invitations")), (_("Esc"), _("back"))]

    @property
    def _subject(self) -> _RowSubject:
        """What the current row is about."""
        return self._subjects[self._at] if self._at < len(self._subjects) else _RowSubject()

    def rows(self) -> Sequence[PageRow]:
        """Return when and where, the agenda, and what is suggested for it."""
        workspace, meeting = self.workspace, self.meeting
        self._subjects = [_RowSubject()]  # the first row is the date, about neither an item nor a suggestion
        when = agenda_edits.when_words(workspace, meeting) or "—"
        rows = [PageRow(_("Date; hour; place or link: {when}").format(when=when), "", self._ask_when), PageRow()]
        items = agenda_items(workspace.partnership, meeting.id)
        total = sum(row.get(LENGTH) or 0 for row in items)
        length = _("{n} min").format(n=total) if total else ""
        rows.append(PageRow(workspace.guide.word("agenda", workspace.lang), "heading", behind=length))
        for number, row in enumerate(items, 1):
            self._subjects.append(_RowSubject(item=row))
            text = f"{number}. {row.text(TEXT, workspace.lang)}"
            style = "muted" if row.get(OUTCOME) else ""
            rows.append(PageRow(text, style, self._item_editor(row), item_facts(workspace, row), 3))
        if not items:
            rows.append(PageRow("—", "muted", indent=3))
        suggestions = agenda_edits.suggestions(workspace, meeting)
        if suggestions:
            rows += [PageRow(), PageRow(_("What could stand on it"), "heading")]
        for suggestion in suggestions:
            self._subjects.append(_RowSubject(suggestion=suggestion))
            # A past event has no text: what was noted of it is private.
            text = suggestion.text or _("A past event to be raised: in words typed for it, once both have said yes")
            rows.append(
                PageRow(f"{glyphs.radio(False)} {text}", "", self._suggestion_taker(suggestion), suggestion.kind, 3)
            )
        return rows

    # -- keys ----------------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """Act on a key of this page, or of every page. Return whether the key did something."""
        item = self._subject.item
        if key == "n":
            self._ask_item()
        elif key == "E":
            self._write_invitations()
        elif item is not None and key in ("[", "]"):
            step = -1 if key == "[" else 1
            if agenda_edits.move_item(self.workspace, item, step):
                self._at += step
                self.paint()
        elif item is not None and key == "t":
            agenda_edits.toggle_together(self.workspace, item)
            self.paint()
        elif item is not None and key == "x":
            agenda_edits.reword_item(self.workspace, item, "")  # without words it is taken out
            self.paint()
        else:
            return super().act(key)
        return True

    def _ask_when(self) -> None:
        """Ask for date, hour and place of the meeting."""

        def take_text(text: str | None) -> bool:
            """Set what was typed. Return whether it was stored; if not, the dialog offers it again."""
            if text is None:
                return False
            try:
                agenda_edits.set_meeting(self.workspace, self.meeting, text, replaces=True)
            except BadValue as error:
                self.say_to_room(str(error))
                return False
            self.paint()
            return True

        before = agenda_edits.when_words(self.workspace, self.meeting)
        hint = _("December 3; 6 p.m.; room 204")
        ask_text(self.app, "agenda.when", _("Date; hour; place or link"), take_text, text=before, hint=hint)

    def _ask_item(self, suggestion: Suggestion | None = None) -> None:
        """Ask for a new item in words; `suggestion` is the suggestion that it comes from, None for none."""

        def take_text(text: str | None) -> None:
            if text and text.strip():
                agenda_edits.add_item(
                    self.workspace, self.meeting, text, suggestion.about if suggestion is not None else ""
                )
                self.paint()

        hint = _("the budget; 10; Marie")
        ask_text(self.app, "agenda.item", _("The item; minutes; who brings it"), take_text, hint=hint)

    def _item_editor(self, row: Entry) -> Callable[[], None]:
        """Return what Enter does on an item: ask for its line; an empty line takes the item out."""

        def take_text(text: str | None) -> None:
            if text is not None:
                agenda_edits.reword_item(self.workspace, row, text)
                self.paint()

        def act() -> None:
            text = agenda_edits.item_words(self.workspace, row)
            ask_text(self.app, "agenda.item", _("The item; minutes; who brings it"), take_text, row=row.id, text=text)

        return act

    def _suggestion_taker(self, suggestion: Suggestion) -> Callable[[], None]:
        """Return what Enter does on a suggestion: put it on the agenda; a past event only after `_ask_story`."""

        def act() -> None:
            if suggestion.story:
                self._ask_story(suggestion)
                return
            text = suggestion.text.replace(";", ",")  # `add_item` reads a semicolon as the end of the words
            agenda_edits.add_item(self.workspace, self.meeting, text, suggestion.about)
            self.paint()

        return act

    def _ask_story(self, suggestion: Suggestion) -> None:
        """Ask whether both partners agree to raise a past event between them; if so, ask for an item about it."""

        def take_choice(key: str | None) -> None:
            if key == "1":
                self._ask_item(suggestion)

        choices = [("1", _("yes, both")), ("2", _("no, or not yet"))]
        self.app.push_screen(OneKey(_("Have both organizations said yes to raising it?"), choices), take_choice)

    def _write_invitations(self) -> None:
        """Write an invitation for each partner to files, and say where they are."""
        files = invitation_files(self.workspace, self.meeting)
        if not files or not unfinished_items(self.workspace.partnership, self.meeting.id):
            self.say_to_room(_("Put something on the agenda first."))
            return
        day = str(self.meeting.get("on") or "")
        folder = files_folder(os.environ, self.app.settings) / "-".join(
            filter(None, (plain_name(_("invitations")), day))
        )
        try:
            written = write(folder, files)
        except (OSError, StoreError) as error:
            self.say_to_room(reason_words(error))
            return
        message = ngettext("{n} file written: {folder}", "{n} files written: {folder}", len(files))
        self.say_to_room(" ".join((message.format(n=len(files), folder=folder), *written.warnings)))


def item_facts(workspace: Workspace, row: Entry) -> str:
    """Return the facts of an item of the agenda: « 10 min, Marie, passe d'un seul coup »."""
    length = row.get(LENGTH)
    facts = (
        _("{n} min").format(n=length) if length else "",
        who_words(workspace, row),
        _("passes at once") if row.get(TOGETHER) else "",
    )
    return ", ".join(filter(None, facts))


def show_agenda(app: Host) -> None:
    """Show the page that prepares the next meeting."""
    if app.workspace is not None:
        app.push_screen(AgendaScreen(app.workspace))
