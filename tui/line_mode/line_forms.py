"""The command `/form` of line mode: it reads out and writes the form of one partner, or writes the mails of all."""

from __future__ import annotations

import os
from dataclasses import replace

from tui.export.partner_form_text import form_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.settings import files_folder
from tui.workspace.partner_forms import FORM_FORMATS, PartnerForms, form_files, usual_order
from tui.workspace.sending_choices import sender_of
from tui.workspace.typed_values import partner_of


def forms(conversation: Conversation, argument: str) -> None:
    """Read out the form of the partner named and write it in its three formats; without a name write the mails of all.

    Raises BadValue for an unknown partner, or if none may be named in the document yet.
    """
    workspace = conversation.workspace
    workspace.flush()
    sender = sender_of(conversation.settings)
    order = usual_order(workspace, files_folder(os.environ, conversation.settings), sender)
    if argument:
        partner = partner_of(workspace, argument, active(workspace.partnership))
        form = PartnerForms(workspace, workspace.partnership, sender=sender).form(partner.id)
        conversation.talk.say(form_text(form).rstrip("\n"))
        order = replace(order, partners=(partner.id,), formats=FORM_FORMATS)
    elif not order.partners:
        raise BadValue(_("No partner may be named yet: say whose form, by a number or a name: /form 2."))
    write_files(conversation, form_files(workspace, order))
