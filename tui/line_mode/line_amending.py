"""The command `/amend` of line mode: it says, writes or adopts the amendment that today's text makes.

An amendment is the document that changes an adopted text: it lists the differences between that text and today's. The
consolidated text is the adopted text with its amendments in it.
"""

from __future__ import annotations

from dataclasses import replace

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_reading import spoken_changes
from tui.line_mode.line_sending import ask_adoption, write_files
from tui.partnership.partners import find
from tui.store.store_errors import error_sentence
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace.adoption import read_day
from tui.workspace.amendments import (
    Amendment,
    adopt_amendment,
    adopted_words,
    amendment_files,
    amendment_text,
    amendment_to_make,
    consolidated_text,
    letter_of,
)
from tui.workspace.kept_versions import changes_between
from tui.workspace.sending_choices import sender_of
from tui.workspace.typed_values import partner_named

# Words that a person may type behind the command, folded (without accents and capitals).
_ADOPTS = {"adopter", "adopt"}
_WRITES = {"ecrire", "write"}
_CONSOLIDATED = {"consolide", "consolidated"}
_COMPARES = {"changements", "changes"}
_LETTER = {"lettre", "letter"}
_WORDS = _LETTER | _ADOPTS | _WRITES | _CONSOLIDATED | _COMPARES


def amend(conversation: Conversation, argument: str) -> None:
    """Say the amendment, or with a partner's name the amendment by which that partner joins.

    A word before says what else to do: « adopter » adopts it, « écrire » writes files, « consolidé » reads the whole
    text, « changements » the text before and after, « lettre » the letter. Raises BadValue if there is no amendment.
    """
    workspace = conversation.workspace
    workspace.flush()
    words = argument.split(None, 1)
    is_name = bool(find(workspace.partnership, argument))  # a partner may be called « La Lettre »
    wanted = fold(words[0]) if words and fold(words[0]) in _WORDS and not is_name else ""
    name = " ".join(words[1:]) if wanted else argument
    joiner = partner_named(workspace, name) if name else ""
    amendment = amendment_to_make(workspace, conversation.store, "", joiner)
    if wanted in _ADOPTS:
        _adopt(conversation, amendment)
    elif wanted in _LETTER:
        letter = letter_of(workspace, amendment, workspace.doc_lang, sender_of(conversation.settings))
        conversation.talk.say(letter.body.rstrip("\n") if letter is not None else "")
    elif wanted in _WRITES:
        write_files(conversation, amendment_files(workspace, amendment, sender_of(conversation.settings)))
    else:
        lang = workspace.doc_lang
        text = amendment_text(workspace, amendment, lang)
        if wanted in _CONSOLIDATED:
            text = consolidated_text(workspace, amendment, lang)
        elif wanted in _COMPARES:
            text = changes_between(workspace, amendment.before, None, lang)
            conversation.talk.say(spoken_changes(workspace, text) if text is not None else "")
            return
        conversation.talk.say(to_text(text, None).rstrip("\n") if text is not None else "")


def _adopt(conversation: Conversation, amendment: Amendment) -> None:
    """Ask from which day the amendment counts and how it was adopted, then keep it as adopted."""
    workspace = conversation.workspace
    dialog, lang = LineDialog(conversation.talk), workspace.lang
    try:
        label, default_words = _("From which day? Empty: when all have signed it"), _("when all have signed it")
        day = dialog.ask(label, lambda text: read_day(text, lang), "", default_words)
        options = ask_adoption(dialog, workspace, conversation.store)
        adopt_amendment(workspace, conversation.store, replace(amendment, effect_on=day), options)
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was adopted."))
        return
    except OSError as error:
        conversation.talk.say(_("Nothing was adopted: {reason}").format(reason=error_sentence(error)))
        return
    message = adopted_words(amendment)
    conversation.talk.say(f"{message} {format_date(day, lang)}" if day else message)
    conversation.refresh()
