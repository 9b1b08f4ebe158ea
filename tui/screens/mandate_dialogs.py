"""How somebody speaks for their organization at a meeting, and whom they stand in for: asked by one key each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.partnership.field_kinds import someone_name
from tui.partnership.meetings import MANDATES, Seat, named
from tui.partnership.values import Entry
from tui.ui.dialog import OneKey, ask_text
from tui.workspace import table_mandates
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_LETTERS = dict(zip("dro", MANDATES, strict=True))  # décide, rapporte, observe; decides, reports, observes


def ask_mandate(
    app: Host, workspace: Workspace, begun: Callable[[], Entry], seat: Seat, done: Callable[[], None]
) -> None:
    """Ask for the mandate of somebody; `begun` returns the meeting, begun now where it was only looked at."""
    words = workspace.guide.choices["mandate"]
    choices = [(letter, words[code].get(workspace.lang)) for letter, code in _LETTERS.items()]
    choices += [("s", _("stands in for somebody…")), ("0", _("no mandate"))]

    def chosen(key: str | None) -> None:
        if key == "s":
            _ask_replaced(app, workspace, begun, seat, done)
        elif key in _LETTERS or (key is not None and seat.mandate):
            table_mandates.give_mandate(workspace, begun(), seat, _LETTERS.get(key, ""))
            done()

    title = _("Mandate: {name}").format(name=named(workspace.partnership, seat, workspace.lang))
    app.push_screen(OneKey(title, choices), chosen)


def _ask_replaced(
    app: Host, workspace: Workspace, begun: Callable[[], Entry], seat: Seat, done: Callable[[], None]
) -> None:
    def typed(text: str | None) -> None:
        if text is not None and (text.strip() or seat.stands_in):
            table_mandates.replace_person(workspace, begun(), seat, text)
            done()

    text = someone_name(workspace.partnership, dict(seat.stands_in), workspace.lang)
    ask_text(app, "meeting.stands_in", _("Whom do they stand in for?"), typed, row=seat.key, text=text)
