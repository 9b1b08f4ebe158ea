"""Keys that are not typed into the editor: choices and boxes of the form, moves in the plan, letters that act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events

from tui.commands import WORK, by_key
from tui.desk import writing
from tui.desk.place import order, stepped, stepped_partner
from tui.project.partners import active
from tui.project.positions import RESERVATION
from tui.project.privacy import POSITIONS
from tui.screens.slots import MORE, PAIR, Slot
from tui.screens.struck import struck
from tui.words import _

if TYPE_CHECKING:
    from tui.screens.work import WorkScreen


def pressed(screen: WorkScreen, event: events.Key) -> bool:
    """Act on a key; False when it means nothing here."""
    key = struck(event)
    if event.key in ("escape", "tab", "shift+tab"):
        return _frame(screen, event.key)
    if screen.writing:
        slot = screen.form.slot
        if slot is not None and not slot.typed and _chosen(screen, slot, event.key, key):
            return True
        if slot is not None and slot.typed and not event.key.startswith("alt+"):
            return False
    elif _moved(screen, event.key):
        return True
    command = by_key(key, WORK, moving=not screen.writing)
    if command is not None:
        screen.app.run_command(command.id)
    return command is not None


def _frame(screen: WorkScreen, key: str) -> bool:
    """Escape and Tab mean the same everywhere: to the plan, and from place to place."""
    if key == "escape":
        if screen.writing:
            to_plan(screen)
        elif screen.pane == "plan" and screen.panes < 3:
            screen.pane = "form"
            screen.paint()
        return True
    if not screen.writing:
        to_form(screen)
    elif key == "tab" and screen.pen.adding:
        screen.pen.open_added()
    else:
        screen.step(1 if key == "tab" else -1)
    return True


def to_plan(screen: WorkScreen) -> None:
    """Stop writing: letters act, the plan shows."""
    screen.pen.finish()
    screen.writing = False
    screen.pane = "plan" if screen.panes < 3 else "form"
    screen.paint()


def to_form(screen: WorkScreen) -> None:
    """Write again, where one was."""
    screen.writing = True
    screen.pane = "form"
    screen.message = ""
    screen.paint()


def _moved(screen: WorkScreen, key: str) -> bool:
    """Arrows while moving: questions up and down, partners left and right, Enter to write."""
    desk = screen.desk
    moves = {"up": -1, "down": 1}
    if key in moves:
        screen.go(stepped(desk.place, desk.guide, moves[key]))
    elif key in ("left", "right"):
        screen.go(stepped_partner(desk.place, desk.project, 1 if key == "right" else -1))
    elif key in ("home", "end"):
        walk = order(desk.guide)
        screen.go(replace(desk.place, question=walk[0 if key == "home" else -1], slot=""))
    elif key in ("pageup", "pagedown"):
        screen.lines("paper" if screen.panes > 1 else "plan").scroll_relative(y=10 if key == "pagedown" else -10)
    elif key == "enter":
        to_form(screen)
    else:
        return False
    return True


def _chosen(screen: WorkScreen, slot: Slot, key: str, letter: str) -> bool:
    """Keys at a choice, a box or a folded line."""
    if key == "enter":
        screen.pen.advance()
    elif key in ("up", "down"):
        screen.step(-1 if key == "up" else 1)
    elif slot.kind == "flag" and (key in ("space", "left", "right") or letter == "x"):
        assert slot.field is not None
        writing.tick(screen.desk, slot.entry, slot.field)
        _changed(screen)
    elif slot.kind == MORE and key == "space":
        screen.pen.advance()
    elif slot.kind in ("choice", PAIR):
        return _option(screen, slot, key, letter)
    else:
        return False
    return True


def _option(screen: WorkScreen, slot: Slot, key: str, letter: str) -> bool:
    codes = [code for code, _words in slot.options]
    at = codes.index(slot.chosen) if slot.chosen in codes else -1
    if key in ("right", "space"):
        choose(screen, slot, codes[(at + 1) % len(codes)])
    elif key == "left":
        choose(screen, slot, codes[(at - 1) % len(codes)] if at >= 0 else codes[-1])
    elif letter.isdigit() and 0 < int(letter) <= len(codes):
        choose(screen, slot, codes[int(letter) - 1])
        _round(screen, slot, codes[int(letter) - 1])
    elif key in ("backspace", "delete"):
        choose(screen, slot, "")
    elif len(letter) == 1 and letter.isalpha():
        screen.say(_("Here one chooses: a digit, or ← and →. Letters write nothing."))
    else:
        return False
    return True


def choose(screen: WorkScreen, slot: Slot, code: str) -> None:
    """Take an option of a choice."""
    if slot.kind == PAIR:
        screen.desk.go(replace(screen.desk.place, other=code, slot=PAIR))
        screen.paint()
        return
    assert slot.field is not None
    writing.choose(screen.desk, slot.entry, slot.field, code)
    _changed(screen)


def _round(screen: WorkScreen, slot: Slot, code: str) -> None:
    """In a round of positions one key answers for a partner and goes on: to the reservation, else to the next one."""
    desk = screen.desk
    if desk.place.question not in POSITIONS or slot.field is None or slot.chosen or slot.part.list:
        return
    if slot.field.id == "level" and code == RESERVATION:
        screen.stand(f"{slot.entry.id}/reservation")
    elif slot.field.id in ("level", "leave") and desk.place.partner != active(desk.project)[-1].id:
        screen.go(replace(stepped_partner(desk.place, desk.project, 1), slot=""))


def _changed(screen: WorkScreen) -> None:
    screen.desk.edits.end_stretch()
    screen.paint()
    screen.app.edited()
