"""The commands of line mode by which a partner or a person leaves: when and why, who takes each role, the letter."""

from __future__ import annotations

from dataclasses import replace

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog, read_words, read_yes
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find_partner
from tui.text.dates import format_date
from tui.text.french_names import fill_sentence
from tui.workspace.adoption import read_day
from tui.workspace.departures import (
    Departure,
    departure_letter_file,
    give_role,
    leaving_partner,
    note_departure,
    note_person_left,
    open_roles,
    person_of_any_partner,
    person_roles,
    publish_reason,
    role_words,
    settle_role,
)
from tui.workspace.sending_choices import sender_of
from tui.workspace.typed_values import partner_named
from tui.workspace.workspace import Workspace, current_moment

_NOBODY = "-"  # what is typed if nobody takes a role


def leave(conversation: Conversation, argument: str) -> None:
    """Ask when and why a partner leaves, then who takes each of its roles. Raises BadValue if no partner is named."""
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Which partner leaves? For example /departure 2, or its name."))
    partner_id = leaving_partner(workspace.partnership, partner_named(workspace, argument))
    dialog, lang = LineDialog(conversation.talk), workspace.lang
    partner = find_partner(workspace.partnership, partner_id)
    name = partner.in_sentence(lang) if partner is not None else ""
    today, none = current_moment()[:10], _("none")
    dialog.begin(fill_sentence(_("Departure of {name}"), name=name) + ".")

    def read_typed_day(text: str) -> str:
        return read_day(text, lang)

    try:
        last_day = dialog.ask(_("On which day does it leave?"), read_typed_day, today, format_date(today, lang))
        notice_day = dialog.ask(_("On which day did it give notice?"), read_typed_day, "", none)
        was_honoured = (
            dialog.ask(_("Was the notice honoured? (yes or no)"), read_yes, None, none) if notice_day else None
        )
        reason = dialog.ask(_("Why does it leave? (private unless you publish it)"), read_words, "", none)
        if not dialog.agree(_("Note this departure?")):
            raise GivenUp
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was noted."))
        return
    departure = Departure(partner_id, last_day, notice_day, was_honoured, reason)
    note_departure(workspace, departure)
    try:
        _hand_over(conversation, dialog, workspace, partner_id)
        if reason and dialog.ask(_("May the reason be told? (yes or no)"), read_yes, False, _("no")):
            departure = replace(departure, is_reason_public=True)
            publish_reason(workspace, departure)
        money = dialog.ask(_("What becomes of the money? (told in the letter)"), str, "", none)
        data = dialog.ask(_("What becomes of the data? (told in the letter)"), str, "", none)
        if money or data:
            departure = replace(departure, money=money, data=data)
            note_departure(workspace, departure)
        if dialog.ask(_("Write the letter that confirms it? (yes or no)"), read_yes, False, _("no")):
            write_files(conversation, [departure_letter_file(workspace, departure, sender_of(conversation.settings))])
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def person_leaves(conversation: Conversation, argument: str) -> None:
    """Ask who takes each role of a person, then whether the person has left. Raises BadValue if nobody is named."""
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Which person leaves? For example /person Ida Roy."))
    person = person_of_any_partner(workspace.partnership, argument)
    dialog = LineDialog(conversation.talk)
    dialog.begin(fill_sentence(_("Departure of {name}"), name=person.get("name", "")) + ".")
    conversation.talk.say(_("Who does each of these from now on? A name, “-” for nobody; an empty line leaves it."))
    try:
        for role in person_roles(workspace, person):
            successor = dialog.ask(role_words(workspace, role), str, "", _("unchanged"))
            if successor:
                give_role(workspace, role, person, "" if successor == _NOBODY else successor)
        if dialog.agree(_("Note that they have left?")):
            note_person_left(workspace, person)
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def _hand_over(conversation: Conversation, dialog: LineDialog, workspace: Workspace, partner_id: str) -> None:
    """Ask who takes each role of a partner; an empty line leaves it as it is."""
    conversation.talk.say(_("What becomes of each of these? A partner, “-” for nobody; an empty line leaves it."))
    for role in open_roles(workspace, partner_id):

        def read_successor(text: str) -> str:
            return text if text == _NOBODY else partner_named(workspace, text)

        successor = dialog.ask(role_words(workspace, role), read_successor, "", _("unchanged"))
        if successor:
            settle_role(workspace, role, partner_id, "" if successor == _NOBODY else successor)
