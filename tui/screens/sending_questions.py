"""Two questions that the pages of sending and of forms share: the day an answer is expected by, and who signs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.screens.export_screen import WritingScreen
from tui.settings import SettingsError
from tui.store.store_errors import error_sentence
from tui.text.clean import one_line
from tui.text.dates import format_date
from tui.ui.dialog import ask_text
from tui.workspace.sending_choices import read_answer_day, remember_sender

if TYPE_CHECKING:
    from tui.ui.window_names import Window


def ask_answer_day(
    screen: WritingScreen, window: Window, current: str, then: Callable[[str], None], typed_before: str = ""
) -> None:  # fmt: skip
    """Ask by which day an answer is expected, and call `then` with its ISO date, "" for none.

    `current` is the ISO date so far, "" for none. `window` is the name under which the typed text is kept until it is
    used; `typed_before` is the text typed before the question was asked.
    """
    lang = screen.app.lang

    def take_choice(text: str | None) -> bool:
        if text is None:
            return True
        try:
            day = read_answer_day(text, lang)
        except BadValue as error:
            screen.say(str(error))
            return False
        then(day)
        return True

    current_words, hint = format_date(current, lang), _("December 15, 2026")
    ask_text(
        screen.app, window, _("Answer expected by"), take_choice, text=current_words, begun=typed_before, hint=hint
    )


def ask_sender(screen: WritingScreen, current: str, then: Callable[[str], None]) -> None:
    """Ask who signs letters and reads answers, keep the answer in the settings, and call `then` with it."""
    app = screen.app

    def take_choice(text: str | None) -> None:
        if text is None:
            return
        sender = one_line(text).strip()
        app.settings = replace(app.settings, sender=sender)
        try:
            remember_sender(os.environ, sender)
        except (OSError, SettingsError) as error:
            screen.say(error_sentence(error))
        then(sender)

    title = _("Who signs the letter? Name, title, organization: asked once, kept in your settings")
    ask_text(app, "send.sender", title, take_choice, text=current)
