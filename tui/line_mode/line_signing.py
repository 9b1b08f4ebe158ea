"""The signatures of the adopted text, line by line: where they stand, and one noted by answering what the page asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.partnership.versions import Version
from tui.text.dates import format_date
from tui.text.outside_paths import typed_path
from tui.workspace.adoption import read_day, read_paper
from tui.workspace.signing import (
    SignatureOptions,
    party_named,
    record_signature,
    signing_status,
    status_lines,
    usual_signer,
    version_to_sign,
)
from tui.workspace.workspace import Workspace, current_moment


def sign(conversation: Conversation, argument: str) -> None:
    """Say who signed the adopted text; with a partner, ask what the page asks and note its signature.

    Raises BadValue where no text is adopted, or the partner signs none.
    """
    workspace = conversation.workspace
    workspace.flush()
    version = version_to_sign(workspace, conversation.store)
    if not argument:
        for line in status_lines(workspace, conversation.store, version):
            conversation.talk.say(line)
        return
    party = party_named(workspace.partnership, signing_status(workspace, version), argument)
    try:
        options = _ask(LineDialog(conversation.talk), workspace, version, party.partner, party.name)
        record_signature(workspace, conversation.store, version, options)
    except Dropped:
        conversation.talk.say(_("Given up: no signature was noted."))
        return
    except OSError as error:
        conversation.talk.say(_("No signature was noted: {reason}").format(reason=error))
        return
    conversation.talk.say(_("The signature is noted."))
    conversation.refresh()


def _ask(dialog: LineDialog, workspace: Workspace, version: Version, partner: str, called: str) -> SignatureOptions:
    """What the page asks of one signature. Raises Dropped when the person gives up."""
    name, title = usual_signer(workspace, version, partner)
    options = SignatureOptions(partner, name, title, current_moment()[:10])
    none = _("none")
    dialog.begin(_("Signature for {partner}").format(partner=called) + ".")
    options = replace(options, name=dialog.ask(_("Who signs"), str, options.name, options.name or none))
    shown = format_date(options.day, workspace.lang)
    day = dialog.ask(_("Signed on"), lambda text: read_day(text, workspace.lang), options.day, shown)
    means = [(code, words.get(workspace.lang)) for code, words in workspace.guide.choices["signing_means"].items()]
    options = replace(options, day=day, means=dialog.choose(_("Means"), means, options.means))
    options = replace(options, original=dialog.ask(_("Where is the original? (stays private)"), str, "", none))
    options = replace(options, file=dialog.ask(_("Path of a copy to keep beside the partnership"), _copy, None, none))
    if not dialog.agree(_("Note this signature?")):
        raise Dropped
    return options


def _copy(text: str) -> Path:
    return read_paper(typed_path(text, _("Path of a copy to keep beside the partnership")))
