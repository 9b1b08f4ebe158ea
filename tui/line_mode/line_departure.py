"""A partner leaves, line by line: the day and notice are asked, then what becomes of each of its roles."""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.partnership.field_kinds import BadValue
from tui.partnership.name_references import partner_id
from tui.partnership.partners import partner
from tui.text.dates import format_date
from tui.workspace.adoption import read_day
from tui.workspace.departures import Departure, leaving_partner, note_departure, open_roles, role_words, settle_role
from tui.workspace.workspace import Workspace, current_moment


def leave(conversation: Conversation, argument: str) -> None:
    """Ask when and why a partner leaves, then role by role what becomes of it. BadValue where no partner is meant."""
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Which partner leaves? For example /departure 2, or its name."))
    name = leaving_partner(workspace.partnership, argument)
    dialog, lang = LineDialog(conversation.talk), workspace.lang
    one = partner(workspace.partnership, name)
    called = one.name(lang) if one is not None else ""
    today, none = current_moment()[:10], _("none")
    dialog.begin(_("Departure of {name}").format(name=called) + ".")

    def day(text: str) -> str:
        return read_day(text, lang)

    try:
        until = dialog.ask(_("On which day does it leave?"), day, today, format_date(today, lang))
        notice = dialog.ask(_("On which day did it give notice?"), day, "", none)
        reason = dialog.ask(_("Why does it leave? (private unless you publish it)"), str, "", none)
        if not dialog.agree(_("Note this departure?")):
            raise Dropped
    except Dropped:
        conversation.talk.say(_("Given up: nothing was noted."))
        return
    note_departure(workspace, Departure(name, until, notice, None, reason))
    try:
        _settle(conversation, dialog, workspace, name)
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def _settle(conversation: Conversation, dialog: LineDialog, workspace: Workspace, name: str) -> None:
    """Ask of each role who has it from now on; an empty line leaves it as it is."""
    conversation.talk.say(_("What becomes of each of these? A partner, “-” for nobody; an empty line leaves it."))
    for role in open_roles(workspace, name):

        def read(text: str) -> str:
            return text if text == "-" else partner_id(workspace.partnership, text)

        to = dialog.ask(role_words(workspace, role), read, "", _("unchanged"))
        if to:
            settle_role(workspace, role, name, "" if to == "-" else to)
