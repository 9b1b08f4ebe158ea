"""The amendment that today's text makes of the adopted one, read out line by line, and adopted."""

from __future__ import annotations

from dataclasses import replace

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.line_mode.line_reading import heard_changes
from tui.line_mode.line_sending import ask_adoption, write_files
from tui.store.store_errors import error_sentence
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace.adoption import read_day
from tui.workspace.amendments import (
    Amendment,
    adopt_amendment,
    amendment_files,
    amendment_text,
    amendment_to_make,
    consolidated_text,
    letter_of,
)
from tui.workspace.kept_versions import changes_between
from tui.workspace.sending_choices import sender_of
from tui.workspace.typed_values import partner_named

_ADOPTS = {"adopter", "adopt"}
_WRITES = {"ecrire", "write"}
_CONSOLIDATED = {"consolide", "consolidated"}
_COMPARES = {"changements", "changes"}
_LETTER = {"lettre", "letter"}
_WORDS = _LETTER | _ADOPTS | _WRITES | _CONSOLIDATED | _COMPARES


def amend(conversation: Conversation, argument: str) -> None:
    """Read the amendment out, or the joinder of a partner; a word before it says what else is wanted of it.

    « adopter » asks what is asked and keeps it, « écrire » makes files, « consolidé » reads the whole text,
    « changements » the text before and after, « lettre » the letter that goes with it. BadValue where there is none.
    """
    workspace = conversation.workspace
    workspace.flush()
    words = argument.split(None, 1)
    wanted = fold(words[0]) if words and fold(words[0]) in _WORDS else ""
    named = (words[1] if len(words) > 1 else "") if wanted else argument
    joiner = partner_named(workspace, named) if named else ""
    found = amendment_to_make(workspace, conversation.store, "", joiner)
    if wanted in _ADOPTS:
        _adopt(conversation, found)
    elif wanted in _LETTER:
        letter = letter_of(workspace, found, workspace.doc_lang, sender_of(conversation.settings))
        conversation.talk.say(letter.body.rstrip("\n") if letter is not None else "")
    elif wanted in _WRITES:
        write_files(conversation, amendment_files(workspace, found, sender_of(conversation.settings)))
    else:
        lang = workspace.doc_lang
        text = amendment_text(workspace, found, lang)
        if wanted in _CONSOLIDATED:
            text = consolidated_text(workspace, found, lang)
        elif wanted in _COMPARES:
            text = changes_between(workspace, found.before, None, lang)
            conversation.talk.say(heard_changes(workspace, text) if text is not None else "")
            return
        conversation.talk.say(to_text(text, None).rstrip("\n") if text is not None else "")


def _adopt(conversation: Conversation, found: Amendment) -> None:
    """Ask from which day it counts and what an adoption asks, then keep it."""
    workspace = conversation.workspace
    dialog, lang = LineDialog(conversation.talk), workspace.lang
    try:
        shown = _("when all have signed it")
        day = dialog.ask(
            _("From which day? Empty: when all have signed it"), lambda text: read_day(text, lang), "", shown
        )
        options = ask_adoption(dialog, workspace, conversation.store)
        adopt_amendment(workspace, conversation.store, replace(found, effect_on=day), options)
    except Dropped:
        conversation.talk.say(_("Given up: nothing was adopted."))
        return
    except OSError as error:
        conversation.talk.say(_("Nothing was adopted: {reason}").format(reason=error_sentence(error)))
        return
    said = _("The amendment is adopted: gather its signatures.")
    conversation.talk.say(f"{said} {format_date(day, lang)}" if day else said)
    conversation.refresh()
