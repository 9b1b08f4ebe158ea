"""The command `/contacts` of line mode: it says the people of partners, takes some in from a file, writes them.

The annex of contacts is a list of people that can be printed with the agreement.
"""

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
    taken_in_words,
)
from tui.workspace.typed_values import partner_named, row_number

# Words that a person may type behind the command, folded (without accents and capitals).
_TAKES, _WRITES, _ANNEX = {"prendre", "take", "import"}, {"ecrire", "write"}, {"annexe", "annex"}


def contacts(conversation: Conversation, argument: str) -> None:
    """Read out the people by number; or take some in (« prendre »), write them (« écrire »), or do with the annex.

    « 2 oui » puts person 2 into the annex of contacts. Raises BadValue for anything else, or a wrong file.
    """
    word, _space, rest = argument.partition(" ")
    word, rest = fold(word), rest.strip()
    if not word:
        _say_people(conversation)
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


def _say_people(conversation: Conversation) -> None:
    """Say the people by number."""
    lines = list(contact_lines(conversation.workspace))
    for line in lines or [_("Nobody is noted yet.")]:
        conversation.talk.say(line)


def _take_in(conversation: Conversation, text: str) -> None:
    """Take in the people of a file; with « fichier.vcf ; 2 » those without an organisation are of partner 2.

    Raises BadValue if there are such people and no partner is given.
    """
    workspace = conversation.workspace
    path, _semicolon, owner = text.partition(";")
    file = typed_path(path, _("the path of the file"))
    owner_id = partner_named(workspace, owner) if owner.strip() else ""
    try:
        changes = take_in_contacts(workspace, file, workspace.doc_lang, owner_id)
    except NoOrganisation as error:
        message = _("Say whose such people are: /contacts take {file}; 2")
        raise BadValue(f"{error} {message.format(file=path.strip())}") from error
    except OSError as error:
        conversation.talk.say(_("Nothing was taken in: {reason}").format(reason=error_sentence(error)))
        return
    conversation.keep(taken_in_words(changes))
    conversation.refresh()


def _annex(conversation: Conversation, wanted: str) -> None:
    """Say the annex of contacts, write it, or note whether it is printed with the document (« oui », « non »).

    Raises BadValue for any other word.
    """
    workspace = conversation.workspace
    if not wanted:
        conversation.talk.say(to_text(annex_text(workspace, workspace.doc_lang), wrap=None).rstrip("\n"))
    elif wanted in _WRITES:
        write_files(conversation, annex_files(workspace))
    else:
        workspace.set_setting(ANNEXED, read_yes(wanted) or None)
        conversation.keep(_("Saved."))
