"""The amendment that today's text makes of the adopted one, read out line by line, and adopted."""

from __future__ import annotations

from dataclasses import replace

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.line_mode.line_sending import ask_adoption
from tui.partnership.name_references import partner_id
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace.adoption import read_day
from tui.workspace.amendments import adopt_amendment, amendment_text, amendment_to_make

_ADOPTS = {"adopter", "adopt"}


def amend(conversation: Conversation, argument: str) -> None:
    """Read the amendment out, or the joinder of a partner; with « adopter » before it, ask what is asked and keep it.

    BadValue where there is none.
    """
    workspace = conversation.workspace
    workspace.flush()
    words = argument.split(None, 1)
    adopts = bool(words) and fold(words[0]) in _ADOPTS
    named = words[-1] if len(words) > adopts else ""
    joiner = partner_id(workspace.partnership, argument if not adopts else named) if named else ""
    found = amendment_to_make(workspace, conversation.store, "", joiner)
    if not adopts:
        text = amendment_text(workspace, found, workspace.doc_lang)
        conversation.talk.say(to_text(text, None).rstrip("\n") if text is not None else "")
        return
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
        conversation.talk.say(_("Nothing was adopted: {reason}").format(reason=error))
        return
    said = _("The amendment is adopted: gather its signatures.")
    conversation.talk.say(f"{said} {format_date(day, lang)}" if day else said)
    conversation.refresh()
