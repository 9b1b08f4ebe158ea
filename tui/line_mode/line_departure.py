"""A partner or a person leaves, line by line: when and why, what becomes of each role, and the letter."""

from __future__ import annotations

from dataclasses import replace

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog, read_words, read_yes
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find_partner
from tui.text.dates import format_date
from tui.text.french_names import filled
from tui.workspace.adoption import read_day
from tui.workspace.departures import (
    Departure,
    departure_letter_file,
    give_role,
    leaving_partner,
    note_departure,
    note_person_left,
    open_roles,
    person_roles,
    publish_reason,
    role_words,
    settle_role,
    somebody_named,
)
from tui.workspace.sending_choices import sender_of
from tui.workspace.typed_values import partner_named
from tui.workspace.workspace import Workspace, current_moment


def leave(conversation: Conversation, argument: str) -> None:
    """Ask when and why a partner leaves, then role by role what becomes of it. BadValue where no partner is meant."""
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Which partner leaves? For example /departure 2, or its name."))
    name = leaving_partner(workspace.partnership, partner_named(workspace, argument))
    dialog, lang = LineDialog(conversation.talk), workspace.lang
    partner = find_partner(workspace.partnership, name)
    called = partner.in_sentence(lang) if partner is not None else ""
    today, none = current_moment()[:10], _("none")
    dialog.begin(filled(_("Departure of {name}"), name=called) + ".")

    def day(text: str) -> str:
        return read_day(text, lang)

    try:
        until = dialog.ask(_("On which day does it leave?"), day, today, format_date(today, lang))
        notice = dialog.ask(_("On which day did it give notice?"), day, "", none)
        honoured = dialog.ask(_("Was the notice honoured? (yes or no)"), read_yes, None, none) if notice else None
        reason = dialog.ask(_("Why does it leave? (private unless you publish it)"), read_words, "", none)
        if not dialog.agree(_("Note this departure?")):
            raise Dropped
    except Dropped:
        conversation.talk.say(_("Given up: nothing was noted."))
        return
    leaving = Departure(name, until, notice, honoured, reason)
    note_departure(workspace, leaving)
    try:
        _settle(conversation, dialog, workspace, name)
        if reason and dialog.ask(_("May the reason be told? (yes or no)"), read_yes, False, _("no")):
            leaving = replace(leaving, told=True)
            publish_reason(workspace, leaving)
        money = dialog.ask(_("What becomes of the money? (told in the letter)"), str, "", none)
        data = dialog.ask(_("What becomes of the data? (told in the letter)"), str, "", none)
        if money or data:
            leaving = replace(leaving, money=money, data=data)
            note_departure(workspace, leaving)
        if dialog.ask(_("Write the letter that confirms it? (yes or no)"), read_yes, False, _("no")):
            write_files(conversation, [departure_letter_file(workspace, leaving, sender_of(conversation.settings))])
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def person_leaves(conversation: Conversation, argument: str) -> None:
    """Ask role by role who has it from now on, then whether the person has left. BadValue where nobody is meant."""
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Which person leaves? For example /person Ida Roy."))
    old = somebody_named(workspace.partnership, argument)
    dialog = LineDialog(conversation.talk)
    dialog.begin(filled(_("Departure of {name}"), name=old.get("name", "")) + ".")
    conversation.talk.say(_("Who does each of these from now on? A name, “-” for nobody; an empty line leaves it."))
    try:
        for role in person_roles(workspace, old):
            to = dialog.ask(role_words(workspace, role), str, "", _("unchanged"))
            if to:
                give_role(workspace, role, old, "" if to == "-" else to)
        if dialog.agree(_("Note that they have left?")):
            note_person_left(workspace, old)
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def _settle(conversation: Conversation, dialog: LineDialog, workspace: Workspace, name: str) -> None:
    """Ask of each role who has it from now on; an empty line leaves it as it is."""
    conversation.talk.say(_("What becomes of each of these? A partner, “-” for nobody; an empty line leaves it."))
    for role in open_roles(workspace, name):

        def read(text: str) -> str:
            return text if text == "-" else partner_named(workspace, text)

        to = dialog.ask(role_words(workspace, role), read, "", _("unchanged"))
        if to:
            settle_role(workspace, role, name, "" if to == "-" else to)
