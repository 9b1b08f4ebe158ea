"""The page of a person who leaves: each of their roles is given to somebody else, then the departure is noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.partners import active, find_partner, people
from tui.partnership.roles import Role
from tui.partnership.values import Entry
from tui.text.french_names import fill_sentence
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.departures import give_role, note_person_left, person_roles, role_words
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

# Choices in a list whose other choices are ids of people: nobody; go to the field; somebody who is not listed.
_NOBODY, _GO_TO_FIELD, _UNLISTED_PERSON = "-", "#field", "#other"


class PersonDepartureScreen(RowsScreen):
    """One page for a person who leaves a partner; past signatures keep their name."""

    about = N_("A person leaves: each of their roles is given to somebody else. Past signatures keep their name.")

    def __init__(self, workspace: Workspace, person_id: str) -> None:
        super().__init__(workspace)
        self.person_id = person_id

    def heading(self) -> str:
        """Return the title of the page."""
        return fill_sentence(_("Departure of {name}"), name=self._person.get("name", ""))

    @property
    def _person(self) -> Entry:
        """The entry of the person who leaves, which exists also after the departure was noted."""
        person = self.workspace.partnership.entries.get(self.person_id)
        assert person is not None  # a row that was taken out stays among the entries
        return person

    def rows(self) -> Sequence[PageRow]:
        """Return each role still to be given to somebody, then the line that notes the departure."""
        roles = person_roles(self.workspace, self._person)
        has_left = self._person.removed
        return [
            PageRow(_("Who does each of these from now on?") if roles else _("Nothing is left to settle."), "heading"),
            *(PageRow(role_words(self.workspace, role), "", self._successor_asker(role)) for role in roles),
            PageRow(),
            PageRow(
                _("Noted: they have left") if has_left else _("Note that they have left"),
                "strong",
                self._note_departure,
            ),
        ]

    def _successor_asker(self, role: Role) -> Callable[[], None]:
        """Return what Enter does on a role: it asks who does it from now on, or goes to its field."""

        def ask_successor() -> None:
            partner_id = self._person.subject[0]
            others = [
                person for person in people(self.workspace.partnership, partner_id) if person.id != self.person_id
            ]
            choices = [Choice(person.id, str(person.get("name", ""))) for person in others if person.get("name")]
            choices += [Choice(_UNLISTED_PERSON, _("Somebody who is not in the list")), Choice(_NOBODY, _("Nobody"))]
            if role.entry != self.person_id:
                choices.append(Choice(_GO_TO_FIELD, _("Go to where it is written")))
            names = {choice.id: choice.label for choice in choices}

            def take_choice(choice_id: str | None) -> None:
                if choice_id == _GO_TO_FIELD:
                    self.to_field(role.question, "", role.entry, role.field)
                elif choice_id == _UNLISTED_PERSON:
                    self._ask_name(role)
                elif choice_id:
                    self._give(role, "" if choice_id == _NOBODY else names[choice_id])

            self.app.push_screen(Picker(role_words(self.workspace, role), choices), take_choice)

        return ask_successor

    def _ask_name(self, role: Role) -> None:
        """Ask who takes a role."""

        def take_text(text: str | None) -> bool:
            if text and text.strip():
                self._give(role, text.strip())
            return True

        ask_text(self.app, "leave.person", _("Who does it from now on?"), take_text)

    def _give(self, role: Role, name: str) -> None:
        """Give a role to another person."""
        give_role(self.workspace, role, self._person, name)
        self.paint()
        self.say(_("Noted; undo takes it back."))

    def _note_departure(self) -> None:
        """Note that the person has left, unless that is noted already."""
        if not self._person.removed:
            note_person_left(self.workspace, self._person)
        self.paint()
        self.say(_("Noted; undo takes it back."))


def show_person_departure(app: Host) -> None:
    """Ask which person leaves, and show the page; in a question asked of each partner, of the current partner only."""
    workspace = app.workspace
    if workspace is None:
        return
    current_partner = find_partner(workspace.partnership, workspace.place.partner)
    partners = (
        [current_partner]
        if workspace.question.scope == "partner" and current_partner is not None
        else active(workspace.partnership)
    )
    choices = [
        Choice(person.id, str(person.get("name", "")), behind=partner.short(workspace.lang))
        for partner in partners
        for person in people(workspace.partnership, partner.id)
        if person.get("name")
    ]

    def take_choice(person_id: str | None) -> None:
        if person_id:
            app.push_screen(PersonDepartureScreen(workspace, person_id))

    if choices:
        app.push_screen(Picker(_("Which person leaves?"), choices), take_choice)
    else:
        app.say(_("Nobody is noted yet among the people of the partners."))
