"""The page of contacts: the people of all partners, who agrees to be listed in the annex, files of contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.contacts_table import NoOrganisation
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, active, find_partner
from tui.partnership.values import ANNEXED, Entry
from tui.screens.person_departure import PersonDepartureScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.screens.written_files import write_files
from tui.store.store_errors import error_sentence
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.contacts import (
    annex_files,
    annex_text,
    contact_people,
    contact_words,
    contacts_file,
    set_listed,
    take_in_contacts,
    taken_in_words,
)
from tui.workspace.output_files import OutputFile

if TYPE_CHECKING:
    from tui.ui.host import Host

_GO_TO_FIELD, _PERSON_LEAVES = "#field", "#leaves"  # choices: go to the field; the person leaves


class ContactsScreen(RowsScreen):
    """What can be done with all contacts, then the people of each partner with their private addresses."""

    about = N_("The people of all partners. Their addresses are private, but for who agrees to stand in the annex.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Contacts")

    def rows(self) -> Sequence[PageRow]:
        """Return the actions on all contacts, then the people partner by partner."""
        annexed = _("yes") if self.workspace.partnership.setting(ANNEXED) else _("no")
        rows = [
            PageRow(_("Take people in from a file (CSV or vCard)"), "", self._ask_file),
            PageRow(_("Write all contacts as CSV (private)"), "", lambda: self._write([contacts_file(self.workspace)])),
            PageRow(_("Read the annex of those who agree"), "", self._read_annex),
            PageRow(_("Write the annex as files"), "", lambda: self._write(annex_files(self.workspace))),
            PageRow(_("The annex goes with the document: {answer}").format(answer=annexed), "", self._toggle_annexed),
        ]
        owner = ""
        for person in contact_people(self.workspace):
            if person.subject[0] != owner:
                owner = person.subject[0]
                partner = find_partner(self.workspace.partnership, owner)
                rows += [
                    PageRow(),
                    PageRow(partner.name(self.workspace.lang) if partner is not None else "", "heading"),
                ]
            note = _("in the annex") if person.get("listed") else ""
            rows.append(PageRow(contact_words(self.workspace, person), "", self._action_asker(person), note))
        return rows if owner else [*rows, PageRow(), PageRow(_("Nobody is noted yet."), "hint")]

    def _action_asker(self, person: Entry) -> Callable[[], None]:
        """Return what Enter does on a person: it asks what to do, and does it."""

        def act() -> None:
            choices = [
                Choice("no", _("Does not stand in the annex"))
                if person.get("listed")
                else Choice("yes", _("Agrees to stand in the annex")),
                Choice(_GO_TO_FIELD, _("Go to where it is written")),
                Choice(_PERSON_LEAVES, _("Leaves: hand each role over")),
            ]

            def take_choice(choice_id: str | None) -> None:
                if choice_id == _GO_TO_FIELD:
                    self.to_field(WHO, person.subject[0], person.id, "name")
                elif choice_id == _PERSON_LEAVES:
                    self.app.push_screen(PersonDepartureScreen(self.workspace, person.id))
                elif choice_id:
                    set_listed(self.workspace, person, choice_id == "yes")
                    self.paint()
                    self.say(_("Noted; undo takes it back."))

            self.app.push_screen(Picker(contact_words(self.workspace, person), choices), take_choice)

        return act

    def _ask_file(self) -> None:
        """Ask for a file of contacts, and take its people in."""
        title = _("Path of the file: CSV with its heads, or vCard")

        def take_text(text: str | None) -> bool:
            if not text or not text.strip():
                return True
            try:
                file = typed_path(text, title)
                self._take_in(file)
            except NoOrganisation as error:
                self._ask_owner(file, str(error))
            except (BadValue, WrongPath, OSError) as error:
                self.app.say(error_sentence(error))
                return False
            return True

        ask_text(self.app, "contacts.file", title, take_text)

    def _take_in(self, file: Path, owner: str = "") -> None:
        """Take in the people of a file; `owner` is the partner (id) of those whose organisation the file lacks.

        Raises NoOrganisation if there are such people and `owner` is "".
        """
        changes = take_in_contacts(self.workspace, file, self.workspace.doc_lang, owner)
        self.paint()
        self.say(" ".join([taken_in_words(changes), *([_("Undo takes it back.")] if changes else [])]))

    def _ask_owner(self, file: Path, why: str) -> None:
        """Ask to which partner the people without an organisation in a file belong; `why` begins the question."""
        choices = [
            Choice(partner.id, partner.short(self.workspace.lang)) for partner in active(self.workspace.partnership)
        ]

        def take_choice(owner: str | None) -> None:
            try:
                if owner:
                    self._take_in(file, owner)
            except (BadValue, OSError) as error:
                self.app.say(error_sentence(error))

        self.app.push_screen(Picker(why + " " + _("Whose are such people?"), choices), take_choice)

    def _write(self, files: Sequence[OutputFile]) -> None:
        write_files(self.app, files)

    def _read_annex(self) -> None:
        text = annex_text(self.workspace, self.workspace.doc_lang)
        self.app.push_screen(ReadOnlyScreen(text, text.kind))

    def _toggle_annexed(self) -> None:
        self.workspace.set_setting(ANNEXED, None if self.workspace.partnership.setting(ANNEXED) else True)
        self.paint()


def show_contacts(app: Host) -> None:
    """Show the contacts of the open partnership."""
    if app.workspace is not None:
        app.push_screen(ContactsScreen(app.workspace))
