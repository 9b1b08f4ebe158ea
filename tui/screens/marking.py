"""Commands that change what is there: partners, rows, marks by hand, undo, save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.desk import writing
from tui.desk.directory import add_organisations
from tui.desk.said import undone
from tui.project.organisations import linked
from tui.project.partners import WHO, partner
from tui.screens.asking import ask, begin_typing
from tui.screens.known import known
from tui.screens.listing import take_back
from tui.screens.moves import work_of
from tui.screens.partnerships import PartnershipsScreen
from tui.screens.roster import Roster
from tui.screens.work import WorkScreen
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp

Action = Callable[["EntenteApp"], None]


def add_partners(app: EntenteApp) -> None:
    """Partners from a list, one a line."""
    screen = work_of(app)

    def chosen(text: str | None) -> None:
        if text:
            screen.pen.finish()
            count, taken = add_organisations(screen.desk, text, everyone)
            screen.paint()
            screen.say(_added(count, taken))
            app.edited()

    everyone = known(app)
    besides = frozenset(linked(screen.desk.project))
    title = _("Organisations, one a line (Tab when done)")
    ask(app, Roster(title, everyone, app.lang, begin_typing(app, "partners"), besides=besides), chosen)


def _added(count: int, taken: int) -> str:
    said = _("{n} added.").format(n=count)
    if not taken:
        return said
    came = ngettext("{n} comes from the directory.", "{n} come from the directory.", taken).format(n=taken)
    return f"{said} {came}"


def remove_partner(app: EntenteApp) -> None:
    """Take the present partner out, after a question."""
    screen = work_of(app)
    one = partner(screen.desk.project, screen.desk.place.partner)
    if one is None:
        return
    writing.remove(screen.desk, one.entry)
    screen.go(screen.desk.place)
    screen.say(_("{name} was taken out; undo brings it back.").format(name=one.name(screen.desk.lang)))
    app.edited()


def mark(state: str) -> Action:
    """Mark the present answer by hand, or take the mark off."""

    def run(app: EntenteApp) -> None:
        screen = work_of(app)
        writing.set_state(screen.desk, state)
        screen.paint()
        app.edited()

    return run


def remove_row(app: EntenteApp) -> None:
    """Take the present row of a list out."""
    screen = work_of(app)
    slot = screen.form.slot
    if slot is None or not slot.part.list or screen.desk.project.entry(slot.entry.id) is None:
        screen.say(_("Stand on a line of a list first."))
        return
    writing.remove(screen.desk, slot.entry)
    screen.stand(f"+{slot.part.id}")
    screen.say(_("The line was removed; undo brings it back."))
    app.edited()


def move_row(by: int) -> Action:
    """Move the present row of a list, or the present partner among the others."""

    def run(app: EntenteApp) -> None:
        screen = work_of(app)
        desk, slot = screen.desk, screen.form.slot
        one = partner(desk.project, desk.place.partner) if desk.question.id == WHO else None
        listed = slot is not None and slot.part.list
        entry = slot.entry if slot is not None and listed else one.entry if one is not None else None
        if entry is None or desk.project.entry(entry.id) is None:
            screen.say(_("Stand on a line of a list first."))
            return
        if writing.move(desk, entry, by):
            screen.paint()
            app.edited()
        rows = [row.id for row in writing.in_list(desk, entry)]
        at = rows.index(entry.id) + 1 if entry.id in rows else 0
        if listed or one is None:
            screen.say(_("Line {n} of {total}.").format(n=at, total=len(rows)))
        else:
            name = one.short(desk.lang)
            screen.say(_("{name}: {n} of {total} in the list.").format(name=name, n=at, total=len(rows)))

    return run


def undo(app: EntenteApp) -> None:
    """Take back the last step."""
    desk, screen = app.desk, app.screen
    if isinstance(screen, PartnershipsScreen):
        take_back(app)
        return
    if desk is None:
        return
    if isinstance(screen, WorkScreen):
        screen.pen.adding = ""
        screen.pen.forget()
    done = desk.undo()
    app.repaint()
    app.say(undone(desk, done) if done else _("Nothing left to undo."))
    app.edited()


def save(app: EntenteApp) -> None:
    """Save at once and say so: the reflex of other programs does no harm."""
    app.save()
    app.say(_("Everything is saved by itself, as you write."))


to_confirm, to_discuss, not_applicable = mark("to_confirm"), mark("to_discuss"), mark("not_applicable")
row_up, row_down = move_row(-1), move_row(1)
