"""The question on which text a yes was given: on the draft that was sent, or on today's text, read together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.guide.guide_types import Field
from tui.i18n import _
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Entry
from tui.workspace.text_answered import TODAY, answered_on_other_words, note_given_on_today, text_choices
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


def ask_which_text(
    app: Host,
    workspace: Workspace,
    question_id: str,
    partner_ids: Sequence[str],
    on_done: Callable[[], None] = lambda: None,
) -> None:
    """Ask on which text these partners just answered, if the draft that they were sent has changed since.

    One key means the draft, another today's text, read together; Escape leaves the answer on the draft. Then call
    `on_done`, also if there is nothing to ask.
    """
    partners_to_ask = answered_on_other_words(workspace, question_id, partner_ids)
    if not partners_to_ask:
        on_done()
        return

    def take_choice(key: str | None) -> None:
        if key == TODAY:
            note_given_on_today(workspace, question_id, partners_to_ask)
            app.repaint()
        on_done()

    from tui.ui.dialog import OneKey  # imported here: dialogs are loaded when the first one opens

    app.push_screen(OneKey(_("On which text?"), text_choices(workspace, partners_to_ask)), take_choice)


def ask_after_choice(app: Host, workspace: Workspace, entry: Entry, field: Field | None) -> None:
    """If the choice just made is the level of a partner's position, ask on which text it was given."""
    if entry.question in POSITIONS and not entry.part and field is not None and field.id == "level":
        ask_which_text(app, workspace, entry.question, entry.subject)
