"""The page of a partner's departure: day, notice and reason, who takes over each of its roles, and the letter."""

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
from tui.text.french_names import fill_sentence
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

_NOBODY, _GO_TO_FIELD = "-", "#field"  # choices among ids of partners: nobody; go to the field


class DepartureScreen(RowsScreen):
    """One page for a partner that leaves."""

    about = N_("A partner leaves: the day, the notice, the reason, then what becomes of each of its roles.")

    def __init__(self, workspace: Workspace, partner_id: str) -> None:
        super().__init__(workspace)
        noted = departure_of(workspace.partnership, partner_id)
        self.departure = replace(noted, day=noted.day or current_moment()[:10])

    def heading(self) -> str:
        """Return the title of the page."""
        partner = find_partner(self.workspace.partnership, self.departure.partner)
        return fill_sentence(
            _("Departure of {name}"), name=partner.in_sentence(self.workspace.lang) if partner is not None else ""
        )

    def rows(self) -> Sequence[PageRow]:
        """Return what is noted of the departure, then each role of the partner still to be given to another."""
        departure, lang, empty = self.departure, self.workspace.lang, "—"
        partner = find_partner(self.workspace.partnership, departure.partner)
        has_left = partner is not None and partner.status == WITHDRAWN
        honoured = {True: _("yes"), False: _("no"), None: empty}[departure.honoured]  # None: not known
        notice = format_date(departure.notice, lang) if departure.notice else empty
        published = _("published") if departure.is_reason_public else _("private")
        return [
            PageRow(_("Leaves on: {date}").format(date=format_date(departure.day, lang)), "", self._ask_day),
            PageRow(_("Notice given on: {date}").format(date=notice), "", self._ask_notice),
            PageRow(_("Notice honoured: {answer}").format(answer=honoured), "", self._next_honoured),
            PageRow(
                _("Reason ({told}): {text}").format(told=published, text=departure.reason or empty),
                "",
                self._ask_reason,
            ),
            PageRow(_("Publish the reason, or keep it private"), "", self._toggle_published),
            PageRow(_("What becomes of the money: {text}").format(text=departure.money or empty), "", self._ask_money),
            PageRow(_("What becomes of the data: {text}").format(text=departure.data or empty), "", self._ask_data),
            PageRow(_("Noted: it has left") if has_left else _("Note the departure"), "strong", self._note),
            PageRow(_("Write the letter"), "", self._write_letter),
            PageRow(),
            *self._role_rows(),
        ]

    def _role_rows(self) -> list[PageRow]:
        """Return a row for each role of the partner that is still to be given to another partner."""
        roles = open_roles(self.workspace, self.departure.partner)
        if not roles:
            return [PageRow(_("Nothing is left to settle."), "done")]
        title = _("What becomes of each of these?")
        return [
            PageRow(title, "heading"),
            *(PageRow(role_words(self.workspace, role), "", self._role_asker(role)) for role in roles),
        ]

    def _role_asker(self, role: Role) -> Callable[[], None]:
        """Return what Enter does on a role: ask which partner takes it, if any, or go to its field."""

        def act() -> None:
            others = [partner for partner in active(self.workspace.partnership) if partner.id != self.departure.partner]
            choices = [Choice(partner.id, partner.short(self.workspace.lang)) for partner in others]
            choices += [Choice(_NOBODY, _("Nobody")), Choice(_GO_TO_FIELD, _("Go to where it is written"))]

            def take_choice(choice_id: str | None) -> None:
                if choice_id == _GO_TO_FIELD:
                    self.to_field(role.question, "", role.entry, role.field)
                elif choice_id:
                    settle_role(self.workspace, role, self.departure.partner, "" if choice_id == _NOBODY else choice_id)
                    self.paint()

            self.app.push_screen(Picker(role_words(self.workspace, role), choices), take_choice)

        return act

    def _ask(self, window: Window, title: str, text: str, keep: Callable[[str], Departure]) -> None:
        """Ask for words; `keep` returns the departure with what was typed, or raises BadValue."""

        def take_text(typed: str | None) -> bool:
            try:
                self.departure = keep(typed.strip()) if typed is not None else self.departure
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.paint()
            return True

        ask_text(self.app, window, title, take_text, text=text)

    def _read_day(self, text: str) -> str:
        """Return a typed day as an ISO date, "" for "". Raises BadValue if it is no day."""
        return read_day(text, self.workspace.lang) if text else ""

    def _ask_day(self) -> None:
        """Ask on which day the partner leaves."""
        day_words = format_date(self.departure.day, self.workspace.lang)
        self._ask("leave.day", _("On which day does it leave?"), day_words,
                  lambda text: replace(self.departure, day=self._read_day(text) or self.departure.day))  # fmt: skip

    def _ask_notice(self) -> None:
        """Ask on which day the partner gave notice."""
        day_words = format_date(self.departure.notice, self.workspace.lang)
        self._ask("leave.notice", _("On which day did it give notice?"), day_words,
                  lambda text: replace(self.departure, notice=self._read_day(text)))  # fmt: skip

    def _ask_reason(self) -> None:
        self._ask("leave.reason", _("Why does it leave? (private unless you publish it)"), self.departure.reason,
                  lambda text: replace(self.departure, reason=text))  # fmt: skip

    def _ask_money(self) -> None:
        self._ask("leave.money", _("What becomes of the money? (told in the letter)"), self.departure.money,
                  lambda text: replace(self.departure, money=text))  # fmt: skip

    def _ask_data(self) -> None:
        self._ask("leave.data", _("What becomes of the data? (told in the letter)"), self.departure.data,
                  lambda text: replace(self.departure, data=text))  # fmt: skip

    def _next_honoured(self) -> None:
        """Go on from « not known » to yes, to no, and back."""
        next_answer = {None: True, True: False, False: None}
        self.departure = replace(self.departure, honoured=next_answer[self.departure.honoured])
        self.paint()

    def _toggle_published(self) -> None:
        self.departure = replace(self.departure, is_reason_public=not self.departure.is_reason_public)
        self.paint()

    def _note(self) -> None:
        """Store the departure, and paint it."""
        note_departure(self.workspace, self.departure)
        self.paint()
        self.say(_("Noted; undo takes it back."))

    def _write_letter(self) -> None:
        write_files(self.app, [departure_letter_file(self.workspace, self.departure, sender_of(self.app.settings))])


def show_departure(app: Host) -> None:
    """Show the page of a departure: of the current partner in a question asked of each, else ask of which partner."""
    workspace = app.workspace
    if workspace is None:
        return
    current_partner = find_partner(workspace.partnership, workspace.place.partner)
    if workspace.question.scope == "partner" and current_partner is not None:
        app.push_screen(DepartureScreen(workspace, current_partner.id))
        return
    choices = [Choice(partner.id, partner.short(workspace.lang)) for partner in active(workspace.partnership)]

    def take_choice(partner_id: str | None) -> None:
        if partner_id:
            app.push_screen(DepartureScreen(workspace, partner_id))

    if choices:
        app.push_screen(Picker(_("Which partner leaves?"), choices), take_choice)
