"""Asking for a text in a window: what is typed is kept from the first letter until it has found its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from tui.screens.picker import Picker
from tui.text.clean import one_line
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.desk.unfinished_texts import Typing

# The windows one types in. Text typed where none of these asks is a field of the partnership, saved at each key.
Window = Literal[
    "adopt.file",
    "adopt.resolution",
    "aside",
    "author",
    "decision",
    "directory.field",
    "directory.person",
    "folder",
    "group",
    "meeting.arrive",
    "meeting.line",
    "meeting.place",
    "new",
    "open_file",
    "partners",
    "rename",
    "returned.author",
    "returned.text",
    "round.reservation",
    "send.address",
    "send.answer_by",
    "send.page",
    "send.reason",
    "task",
]
_NAMED = 3  # windows whose text waits that are told by name
Given = Callable[[str | None], object]


def waiting_words(app: EntenteApp, partnership: str) -> str:
    """That texts wait, and where; "" when none does. It is no line for a room."""
    titles = app.unfinished.titles(partnership)
    if not titles:
        return ""
    short = [one_line(title).partition(" (")[0] for title in titles[:_NAMED]]
    named = ", ".join(_("“{title}”").format(title=title) for title in short)
    said = _("Begun and not noted yet: {titles}. Ask for it again, and the text is there.")
    return said.format(titles=named + (" …" if len(titles) > _NAMED else ""))


def ask(app: EntenteApp, window: Picker, given: Given) -> None:
    """Ask by a window that keeps what is typed. `given` gets the text, None after Escape, and puts it where it belongs.

    Where it is not there yet, `given` returns False: the text is offered when the same is asked again, until its
    `typing` is done.
    """
    typing = window.typing
    assert typing is not None

    def answered(text: str | None) -> None:
        placed = given(text)
        if text is None or placed is False:
            typing.leave()
        else:
            typing.done()

    app.push_screen(window, answered)


def ask_text(app: EntenteApp, window: Window, title: str, given: Given, *, row: str = "",
             text: str = "", begun: str = "", prose: bool = False, hint: str = "") -> Typing:  # fmt: skip
    """Ask for a text about the open partnership; `window` and `row` say where it is typed. `given` as in `ask`."""
    typing = begin_typing(app, window, row)
    ask(app, Picker(title, typing=typing, text=text, begun=begun, prose=prose, hint=hint), given)
    return typing


def begin_typing(app: EntenteApp, window: Window, row: str = "", *, partnership: str | None = None) -> Typing:
    """A text about to be typed; `partnership` says of which one it is, "" of none, None of the open one.

    Before a room it is always a new one: what was typed before was not for the room.
    """
    from tui.screens.table import projected  # it asks by this

    if partnership is None:
        partnership = app.desk.project.id if app.desk is not None else ""
    return app.unfinished.begin(window, row, partnership, hidden=projected(app))
