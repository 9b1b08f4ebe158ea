"""The page of a departure: its day, notice and reason, then what becomes of each role, and the letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WITHDRAWN, active, find_partner
from tui.partnership.roles import Role
from tui.screens.written_files import write_files
from tui.text.dates import format_date
from tui.text.french_names import filled
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.ui.window_names import Window
from tui.workspace.adoption import read_day
from tui.workspace.departures import (
    Departure,
    departure_letter_file,
    departure_of,
    note_departure,
    open_roles,
    role_words,
    settle_role,
)
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host

_NOBODY, _FIELD = "-", "#field"


class DepartureScreen(RowsScreen):
    """One page for a partner that leaves."""

    about = N_("A partner leaves: the day, the notice, the reason, then what becomes of each of its roles.")

    def __init__(self, workspace: Workspace, partner_id: str) -> None:
        super().__init__(workspace)
        noted = departure_of(workspace.partnership, partner_id)
        self.leaving = replace(noted, day=noted.day or current_moment()[:10])

    def heading(self) -> str:
        """Return the title of the page."""
        partner = find_partner(self.workspace.partnership, self.leaving.partner)
        return filled(
            _("Departure of {name}"), name=partner.in_sentence(self.workspace.lang) if partner is not None else ""
        )

    def rows(self) -> Sequence[PageRow]:
        """Return what is said of the departure, then each role still to be settled."""
        leaving, lang, empty = self.leaving, self.workspace.lang, "—"
        partner = find_partner(self.workspace.partnership, leaving.partner)
        gone = partner is not None and partner.status == WITHDRAWN
        honoured = {True: _("yes"), False: _("no"), None: empty}[leaving.honoured]
        notice = format_date(leaving.notice, lang) if leaving.notice else empty
        told = _("published") if leaving.told else _("private")
        return [
            PageRow(_("Leaves on: {date}").format(date=format_date(leaving.day, lang)), "", self._ask_day),
            PageRow(_("Notice given on: {date}").format(date=notice), "", self._ask_notice),
            PageRow(_("Notice honoured: {answer}").format(answer=honoured), "", self._turn_honoured),
            PageRow(_("Reason ({told}): {text}").format(told=told, text=leaving.reason or empty), "", self._ask_reason),
            PageRow(_("Publish the reason, or keep it private"), "", self._turn_told),
            PageRow(_("What becomes of the money: {text}").format(text=leaving.money or empty), "", self._ask_money),
            PageRow(_("What becomes of the data: {text}").format(text=leaving.data or empty), "", self._ask_data),
            PageRow(_("Noted: it has left") if gone else _("Note the departure"), "strong", self._note),
            PageRow(_("Write the letter"), "", self._letter),
            PageRow(),
            *self._roles(),
        ]

    def _roles(self) -> list[PageRow]:
        roles = open_roles(self.workspace, self.leaving.partner)
        if not roles:
            return [PageRow(_("Nothing is left to settle."), "done")]
        title = _("What becomes of each of these?")
        return [
            PageRow(title, "heading"),
            *(PageRow(role_words(self.workspace, r), "", self._settler(r)) for r in roles),
        ]

    def _settler(self, role: Role) -> Callable[[], None]:
        def act() -> None:
            others = [partner for partner in active(self.workspace.partnership) if partner.id != self.leaving.partner]
            choices = [Choice(partner.id, partner.short(self.workspace.lang)) for partner in others]
            choices += [Choice(_NOBODY, _("Nobody")), Choice(_FIELD, _("Go to where it is written"))]

            def chosen(name: str | None) -> None:
                if name == _FIELD:
                    self.to_field(role.question, "", role.entry, role.field)
                elif name:
                    settle_role(self.workspace, role, self.leaving.partner, "" if name == _NOBODY else name)
                    self.paint()

            self.app.push_screen(Picker(role_words(self.workspace, role), choices), chosen)

        return act

    def _ask(self, window: Window, title: str, text: str, keep: Callable[[str], Departure]) -> None:
        def given(typed: str | None) -> bool:
            try:
                self.leaving = keep(typed.strip()) if typed is not None else self.leaving
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.paint()
            return True

        ask_text(self.app, window, title, given, text=text)

    def _day(self, text: str) -> str:
        return read_day(text, self.workspace.lang) if text else ""

    def _ask_day(self) -> None:
        shown = format_date(self.leaving.day, self.workspace.lang)
        self._ask("leave.day", _("On which day does it leave?"), shown,
                  lambda text: replace(self.leaving, day=self._day(text) or self.leaving.day))  # fmt: skip

    def _ask_notice(self) -> None:
        shown = format_date(self.leaving.notice, self.workspace.lang)
        self._ask("leave.notice", _("On which day did it give notice?"), shown,
                  lambda text: replace(self.leaving, notice=self._day(text)))  # fmt: skip

    def _ask_reason(self) -> None:
        self._ask("leave.reason", _("Why does it leave? (private unless you publish it)"), self.leaving.reason,
                  lambda text: replace(self.leaving, reason=text))  # fmt: skip

    def _ask_money(self) -> None:
        self._ask("leave.money", _("What becomes of the money? (told in the letter)"), self.leaving.money,
                  lambda text: replace(self.leaving, money=text))  # fmt: skip

    def _ask_data(self) -> None:
        self._ask("leave.data", _("What becomes of the data? (told in the letter)"), self.leaving.data,
                  lambda text: replace(self.leaving, data=text))  # fmt: skip

    def _turn_honoured(self) -> None:
        following = {None: True, True: False, False: None}
        self.leaving = replace(self.leaving, honoured=following[self.leaving.honoured])
        self.paint()

    def _turn_told(self) -> None:
        self.leaving = replace(self.leaving, told=not self.leaving.told)
        self.paint()

    def _note(self) -> None:
        note_departure(self.workspace, self.leaving)
        self.paint()
        self.say(_("Noted; undo takes it back."))

    def _letter(self) -> None:
        write_files(self.app, [departure_letter_file(self.workspace, self.leaving, sender_of(self.app.settings))])


def show_departure(app: Host) -> None:
    """Show the page of the departure of the partner one stands at, else of the one chosen."""
    workspace = app.workspace
    if workspace is None:
        return
    here = find_partner(workspace.partnership, workspace.place.partner)
    if workspace.question.scope == "partner" and here is not None:
        app.push_screen(DepartureScreen(workspace, here.id))
        return
    choices = [Choice(partner.id, partner.short(workspace.lang)) for partner in active(workspace.partnership)]

    def chosen(name: str | None) -> None:
        if name:
            app.push_screen(DepartureScreen(workspace, name))

    if choices:
        app.push_screen(Picker(_("Which partner leaves?"), choices), chosen)
