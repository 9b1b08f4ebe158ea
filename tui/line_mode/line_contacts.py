"""The contacts at the line prompts: read out by number, taken in from a file, written, and the annex."""

from __future__ import annotations

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import read_yes
from tui.line_mode.line_sending import write_files
from tui.partnership.contacts_table import NoOrganisation
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import ANNEXED
from tui.store.store_errors import error_sentence
from tui.text.name_matching import fold
from tui.text.outside_paths import typed_path
from tui.workspace.contacts import (
    annex_files,
    annex_text,
    contact_lines,
    contact_people,
    contacts_file,
    set_listed,
    take_in_contacts,
    taken_words,
)
from tui.workspace.typed_values import partner_named, row_number

_TAKES, _WRITES, _ANNEX = {"prendre", "take", "import"}, {"ecrire", "write"}, {"annexe", "annex"}


def contacts(conversation: Conversation, argument: str) -> None:
    """Tell the people by number; a word and what follows it takes some in, writes them, or is about the annex.

    Raises BadValue where it is not understood, or the file cannot be taken in.
    """
    word, _space, rest = argument.partition(" ")
    word, rest = fold(word), rest.strip()
    if not word:
        _tell(conversation)
    elif word in _TAKES and rest:
        _take_in(conversation, rest)
    elif word in _WRITES and not rest:
        conversation.talk.say(_("What follows holds private addresses and telephones: keep it to yourself."))
        write_files(conversation, [contacts_file(conversation.workspace)])
    elif word in _ANNEX:
        _annex(conversation, fold(rest))
    elif rest and (number := row_number(word, contact_people(conversation.workspace))):
        set_listed(conversation.workspace, contact_people(conversation.workspace)[number - 1], read_yes(rest))
        conversation.keep(_("Saved."))
    else:
        raise BadValue(_("Type /contacts alone, or behind it: take and a file, write, annex, or 2 yes."))


def _tell(conversation: Conversation) -> None:
    lines = list(contact_lines(conversation.workspace))
    for line in lines or [_("Nobody is noted yet.")]:
        conversation.talk.say(line)


def _take_in(conversation: Conversation, text: str) -> None:
    """Take a file in; « fichier.vcf ; 2 » says of which partner those are who name no organization."""
    workspace = conversation.workspace
    named, _mark, owner = text.partition(";")
    file = typed_path(named, _("the path of the file"))
    whose = partner_named(workspace, owner) if owner.strip() else ""
    try:
        changes = take_in_contacts(workspace, file, workspace.doc_lang, whose)
    except NoOrganisation as error:
        said = _("Say whose such people are: /contacts take {file}; 2")
        raise BadValue(f"{error} {said.format(file=named.strip())}") from error
    except OSError as error:
        conversation.talk.say(_("Nothing was taken in: {reason}").format(reason=error_sentence(error)))
        return
    conversation.keep(taken_words(changes))
    conversation.refresh()


def _annex(conversation: Conversation, wanted: str) -> None:
    workspace = conversation.workspace
    if not wanted:
        conversation.talk.say(to_text(annex_text(workspace, workspace.doc_lang), wrap=None).rstrip("\n"))
    elif wanted in _WRITES:
        write_files(conversation, annex_files(workspace))
    else:
        workspace.setting(ANNEXED, read_yes(wanted) or None)
        conversation.keep(_("Saved."))
