"""The dialogs for a person's mandate at a meeting: to decide, report or observe, and whom the person stands in for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.partnership.field_kinds import someone_name
from tui.partnership.meetings import MANDATES, Seat, seat_name
from tui.partnership.values import Entry
from tui.ui.dialog import OneKey, ask_text
from tui.workspace import table_mandates
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_LETTERS = dict(zip("dro", MANDATES, strict=True))  # d: décide, decides; r: rapporte, reports; o: observe(s)


def ask_mandate(
    app: Host, workspace: Workspace, begin: Callable[[], Entry], seat: Seat, on_noted: Callable[[], None]
) -> None:
    """Ask for the mandate of the person at `seat`, a line of the list of those present.

    `begin` begins the meeting, if needed, and returns it; `on_noted` is called after the mandate was noted.
    """
    words = workspace.guide.choices["mandate"]
    choices = [(letter, words[code].get(workspace.lang)) for letter, code in _LETTERS.items()]
    choices += [("s", _("stands in for somebody…")), ("0", _("no mandate"))]

    def take_choice(key: str | None) -> None:
        if key == "s":
            _ask_absent_person(app, workspace, begin, seat, on_noted)
        elif key in _LETTERS or (key is not None and seat.mandate):
            table_mandates.give_mandate(workspace, begin(), seat, _LETTERS.get(key, ""))
            on_noted()

    title = _("Mandate: {name}").format(name=seat_name(workspace.partnership, seat, workspace.lang))
    app.push_screen(OneKey(title, choices), take_choice)


def _ask_absent_person(
    app: Host, workspace: Workspace, begin: Callable[[], Entry], seat: Seat, on_noted: Callable[[], None]
) -> None:
    """Ask whom the person at `seat` stands in for; an empty answer means for nobody. See `ask_mandate`."""

    def take_text(text: str | None) -> None:
        if text is not None and (text.strip() or seat.stands_in):
            table_mandates.replace_person(workspace, begin(), seat, text)
            on_noted()

    text = someone_name(workspace.partnership, dict(seat.stands_in), workspace.lang)
    ask_text(app, "meeting.stands_in", _("Whom do they stand in for?"), take_text, row=seat.key, text=text)
