"""The check of health at the line prompts: a partner's answers one by one, or what is shown of all."""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.line_mode.typed_values import partner_named
from tui.partnership.partners import partner
from tui.workspace.health_check import answer_code, asked_statements, note_health, result_lines


def health(conversation: Conversation, argument: str) -> None:
    """Tell what may be shown of the answers; with a partner, ask it each statement. BadValue where nobody is meant."""
    workspace = conversation.workspace
    if not argument:
        for line in result_lines(workspace):
            conversation.talk.say(line)
        return
    name = partner_named(workspace, argument)
    one = partner(workspace.partnership, name)
    dialog = LineDialog(conversation.talk)
    dialog.begin(_("Check of health: {name}").format(name=one.name(workspace.lang) if one is not None else "") + ".")
    told: list[tuple[str, str]] = []
    try:
        for statement in asked_statements():
            words = statement.words.get(workspace.lang)
            code = dialog.ask(
                words, lambda text: answer_code(workspace, text), "", _("yes, in part, not yet, don't know")
            )
            told += [(statement.id, code)] if code else []
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    note_health(workspace, name, told)
    conversation.keep(_("Saved."))
    conversation.refresh()
