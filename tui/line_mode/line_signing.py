"""The command `/sign` of line mode: it says who signed the adopted text, notes a signature, sends the text.

Signatures are given on paper or by another program; here they are noted, and a copy of the paper can be kept.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tui.export.formats import CannotExport
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog, read_words
from tui.line_mode.line_sending import write_files
from tui.partnership.partners import find
from tui.partnership.versions import Version
from tui.settings import files_folder, short_path
from tui.store.store_errors import error_sentence
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.outside_paths import typed_path
from tui.workspace.adoption import read_day, read_paper
from tui.workspace.signing import (
    SignatureOptions,
    kept_papers,
    note_annex,
    party_named,
    record_signature,
    send_for_signature,
    signing_status,
    status_lines,
    usual_signer,
    version_to_sign,
)
from tui.workspace.typed_values import partner_named
from tui.workspace.workspace import Workspace, current_moment

# Words that a person may type behind the command, folded (without accents and capitals).
_SENDS, _COPIES = {"envoyer", "send"}, {"copies"}
_PAPERS = {"annexe": "annex", "annex": "annex", "resolution": "resolution"}  # the kind of annex that a word means


def sign(conversation: Conversation, argument: str) -> None:
    """Say who signed the adopted text; with a partner's name, ask about its signature and note it.

    « envoyer » sends the text for signature, « annexe … » and « résolution … » note an annex, « copies » writes the
    kept copies. Raises BadValue if no text is adopted, or for a partner that does not sign it.
    """
    workspace = conversation.workspace
    workspace.flush()
    version = version_to_sign(workspace, conversation.store)
    word, _space, words = argument.partition(" ")
    if not argument:
        for line in status_lines(workspace, conversation.store, version):
            conversation.talk.say(line)
        return
    names_partner = bool(find(workspace.partnership, argument))  # which may be called « Copies »
    if fold(argument) in _SENDS and not names_partner:
        _send(conversation, version)
        return
    if fold(argument) in _COPIES and not names_partner:
        write_files(conversation, kept_papers(workspace, conversation.store, version))
        return
    if fold(word) in _PAPERS and words.strip() and not names_partner:
        _note_annex(conversation, version, _PAPERS[fold(word)], words.strip())
        return
    status = signing_status(workspace, version)
    party = party_named(workspace.partnership, status, partner_named(workspace, argument))
    try:
        options = _ask_signature(LineDialog(conversation.talk), workspace, version, party.partner, party.name)
        record_signature(workspace, conversation.store, version, options)
    except GivenUp:
        conversation.talk.say(_("Given up: no signature was noted."))
        return
    except OSError as error:
        conversation.talk.say(_("No signature was noted: {reason}").format(reason=error_sentence(error)))
        return
    conversation.talk.say(_("The signature is noted."))
    conversation.refresh()


def _send(conversation: Conversation, version: Version) -> None:
    """Write the text and its signature pages to the output folder, and note that they were sent."""
    folder = files_folder(os.environ, conversation.settings)
    try:
        written = send_for_signature(conversation.workspace, conversation.store, version, folder)
    except (OSError, CannotExport) as error:
        conversation.talk.say(_("Nothing was written: {reason}").format(reason=error_sentence(error)))
        return
    for path in written.files:
        conversation.talk.say(_("Written: {file}").format(file=short_path(path, os.environ)))
    for warning in written.warnings:
        conversation.talk.say(warning)


def _note_annex(conversation: Conversation, version: Version, kind: str, words: str) -> None:
    """Ask for a file of which a copy is kept, then note an annex, or an extract of a resolution (`kind`)."""
    workspace = conversation.workspace
    try:
        file = LineDialog(conversation.talk).ask_path(
            _("Path of a copy to keep beside the partnership"), _read_path, None, _("none")
        )
        note_annex(workspace, conversation.store, version, {f"what@{workspace.doc_lang}": words, "kind": kind}, file)
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was noted."))
        return
    except OSError as error:
        conversation.talk.say(_("Nothing was noted: {reason}").format(reason=error_sentence(error)))
        return
    conversation.keep(_("Saved."))


def _ask_signature(
    dialog: LineDialog, workspace: Workspace, version: Version, partner: str, partner_name: str
) -> SignatureOptions:
    """Ask about the signature of a partner, given by id and name. Raises GivenUp if the person gives up."""
    name, title = usual_signer(workspace, version, partner)
    options = SignatureOptions(partner, name, title, current_moment()[:10])
    none = _("none")
    dialog.begin(_("Signature for {partner}").format(partner=partner_name) + ".")
    options = replace(options, name=dialog.ask(_("Who signs"), read_words, options.name, options.name or none))
    day_words = format_date(options.day, workspace.lang)
    day = dialog.ask(_("Signed on"), lambda text: read_day(text, workspace.lang), options.day, day_words)
    means = [(code, words.get(workspace.lang)) for code, words in workspace.guide.choices["signing_means"].items()]
    options = replace(options, day=day, means=dialog.choose(_("Means"), means, options.means))
    options = replace(options, original=dialog.ask(_("Where is the original? (stays private)"), read_words, "", none))
    options = replace(
        options, file=dialog.ask_path(_("Path of a copy to keep beside the partnership"), _read_path, None, none)
    )
    if not dialog.agree(_("Note this signature?")):
        raise GivenUp
    return options


def _read_path(text: str) -> Path:
    """Return the path typed. Raises BadValue or WrongPath if no file can be kept from there."""
    return read_paper(typed_path(text, _("Path of a copy to keep beside the partnership")))
