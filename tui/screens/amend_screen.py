"""The page of an amendment: what it does to each article, its date of effect, its files, and its adoption.

An amendment by which a partner joins the agreement is a *joinder*.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.export.formats import CannotExport
from tui.i18n import N_, _
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.screens import copy_commands
from tui.screens.versions_screen import ReadOnlyScreen
from tui.settings import files_folder
from tui.store.store_errors import StoreError, error_sentence
from tui.text.dates import format_date
from tui.ui.dialog import Choice, Picker, ask_text, yes_no
from tui.ui.page import PageRow, PageScreen, RowsScreen
from tui.workspace.adoption import AdoptionOptions, CannotAdopt, read_day
from tui.workspace.amendments import (
    Amendment,
    adopt_amendment,
    adopted_words,
    amendment_text,
    amendment_to_make,
    change_words,
    changes_made,
    consolidated_text,
    joiners,
    letter_of,
    write_amendment,
)
from tui.workspace.cost_words import text_cost_lines
from tui.workspace.kept_versions import changes_between
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


_NO_JOINER = "#text"  # the choice, among ids of partners, for a change of the text


class AmendScreen(RowsScreen):
    """The amendment that turns the adopted text into today's; the last line records it after a confirmation."""

    about = N_("What the amendment does to the adopted text. Enter reads a text, changes a line, or adopts it.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.effect_on = ""  # an ISO date; "": once all have signed it
        self.resolution = ""  # the resolution or meeting that adopts it
        self.reason = ""  # why it is adopted although a partner disagrees or an answer is missing
        self.joiner = ""  # the id of the partner that joins by this amendment; "" if it changes the text
        self._typed: list[Typing] = []  # what was typed in dialogs, kept until the amendment is adopted

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Amendment")

    def rows(self) -> Sequence[PageRow]:
        """Return each article that changes, then what can be read, written and adopted; or why there is none."""
        workspace = self.workspace
        try:
            amendment = self._amendment()
        except BadValue as error:
            return [PageRow(str(error), "hint"), *self._joiner_rows()]
        empty = "—"
        effect = format_date(self.effect_on, workspace.lang) if self.effect_on else _("when all have signed it")
        title = _("Amendment no. {number}").format(number=amendment.number) if not amendment.joinder else _("Joinder")
        return [
            PageRow(title, "heading"),
            *(PageRow(change_words(workspace, change), "", indent=3) for change in changes_made(workspace, amendment)),
            *(PageRow(line, "muted", indent=3) for line in text_cost_lines(workspace, amendment.before)),
            PageRow(),
            *self._joiner_rows(),
            PageRow(_("Takes effect: {date}").format(date=effect), "", self._ask_effect),
            PageRow(_("Resolution or meeting: {text}").format(text=self.resolution or empty), "", self._ask_resolution),
            PageRow(_("Why all the same: {text}").format(text=self.reason or empty), "", self._ask_reason),
            PageRow(),
            PageRow(_("Read the amendment"), "", self._opener(lambda lang: amendment_text(workspace, amendment, lang))),
            PageRow(_("Read the consolidated text"), "",
                    self._opener(lambda lang: consolidated_text(workspace, amendment, lang))),
            PageRow(_("Read before and after"), "",
                    self._opener(lambda lang: changes_between(workspace, amendment.before, None, lang))),
            PageRow(_("Read the letter: each section before and after"), "", self._read_letter),
            PageRow(_("Write them as files"), "", self._write),
            PageRow(_("Record this amendment as adopted"), "strong", self._adopt),
        ]  # fmt: skip

    def _joiner_rows(self) -> list[PageRow]:
        """Return the row that asks which partner joins by this amendment; [] if none may join."""
        names = dict(joiners(self.workspace, self.app.store))
        if self.workspace.adoption != "changed" or not names:
            return []
        joiner_name = names.get(self.joiner, "") or _("a change of the text")
        return [PageRow(_("Who joins by it: {name}").format(name=joiner_name), "", self._ask_joiner)]

    def _amendment(self) -> Amendment:
        """Return the amendment with the facts typed here. Raises BadValue if there is none to make."""
        return amendment_to_make(self.workspace, self.app.store, self.effect_on, self.joiner)

    def _ask_joiner(self) -> None:
        """Ask which partner joins by the amendment."""
        choices = [Choice(_NO_JOINER, _("A change of the text"))]
        choices += [Choice(joiner_id, name) for joiner_id, name in joiners(self.workspace, self.app.store)]

        def take_choice(joiner_id: str | None) -> None:
            if joiner_id is not None:
                self.joiner = "" if joiner_id == _NO_JOINER else joiner_id
                self.paint()

        self.app.push_screen(Picker(_("Who joins by it?"), choices), take_choice)

    def _opener(self, compose: Callable[[str], Agreement | None]) -> Callable[[], None]:
        """Return an action that shows the document that `compose` returns for the document's language."""

        def act() -> None:
            agreement = compose(self.workspace.doc_lang)
            if agreement is None:
                self.say(_("This version cannot be read in this language."))
            else:
                self.app.push_screen(ReadOnlyScreen(agreement, _("amendment")))

        return act

    def _read_letter(self) -> None:
        """Show the letter that goes with the amendment."""
        letter = letter_of(self.workspace, self._amendment(), self.workspace.doc_lang, sender_of(self.app.settings))
        if letter is None:
            self.say(_("This version cannot be read in this language."))
        else:
            self.app.push_screen(LetterScreen(letter))

    def _ask_effect(self) -> None:
        """Ask from which day the amendment is in force."""

        def take_text(text: str | None) -> bool:
            try:
                self.effect_on = read_day(text, self.workspace.lang) if text and text.strip() else ""
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.paint()
            return True

        title = _("From which day? Empty: when all have signed it")
        ask_text(self.app, "amend.effect", title, take_text, text=format_date(self.effect_on, self.workspace.lang))

    def _ask_resolution(self) -> None:
        """Ask by which resolution or meeting the amendment is adopted."""

        def take_text(text: str | None) -> bool:
            self.resolution = text.strip() if text is not None else self.resolution
            self.paint()
            return False  # kept until the amendment is adopted

        title = _("By which resolution or meeting? (may stay empty)")
        self._typed.append(ask_text(self.app, "amend.resolution", title, take_text, text=self.resolution))

    def _ask_reason(self) -> None:
        """Ask why the amendment is adopted although obstacles are left."""

        def take_text(text: str | None) -> bool:
            self.reason = text.strip() if text is not None else self.reason
            self.paint()
            return False  # kept until the amendment is adopted

        title = _("Why is it adopted although something stands in the way?")
        self._typed.append(ask_text(self.app, "amend.reason", title, take_text, text=self.reason))

    def _write(self) -> None:
        """Write the amendment and its companion documents to files."""
        try:
            settings = self.app.settings
            folder = files_folder(os.environ, settings)
            written_files = write_amendment(self.workspace, self._amendment(), folder, sender_of(settings))
        except (OSError, CannotExport, StoreError) as error:
            self.say(error_sentence(error))
            return
        copy_commands.report_written(self.app, written_files.files, written_files.warnings)

    def _adopt(self) -> None:
        """Ask for a yes, then keep the amendment as adopted."""

        def take_answer(answer: str | None) -> None:
            if answer == "yes" and self._record():
                for typing in self._typed:
                    typing.done()

        self.app.push_screen(yes_no(_("Keep this amendment as the adopted one?")), take_answer)

    def _record(self) -> bool:
        """Record the amendment and leave the page; if it is refused, say why and return False."""
        options = AdoptionOptions(resolution=self.resolution, reason=self.reason)
        try:
            amendment = self._amendment()
            adopt_amendment(self.workspace, self.app.store, amendment, options)
        except (CannotAdopt, OSError, StoreError) as error:
            self.app.say(error_sentence(error))
            return False
        self.dismiss(None)
        self.app.repaint()
        self.app.say(adopted_words(amendment))
        return True


class LetterScreen(PageScreen):
    """The letter that goes with an amendment, to be read."""

    about = N_("The letter that goes with the amendment. It is written with the other files.")

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.letter = letter

    def heading(self) -> str:
        """Return what the letter is about."""
        return self.letter.subject

    def rows(self) -> Sequence[PageRow]:
        """Return the lines of the letter."""
        return [PageRow(line) for line in self.letter.body.split("\n")]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, with what they do."""
        return [("↑↓", _("line")), (_("Esc"), _("back"))]


def show_amendment(app: Host) -> None:
    """Show the amendment that today's text makes."""
    if app.workspace is not None:
        app.push_screen(AmendScreen(app.workspace))
