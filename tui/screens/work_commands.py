"""The commands of the working screen that go elsewhere in it, and those that change partners, rows and marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.partnership.completion import next_unanswered, waiting_partner
from tui.partnership.partners import WHO, find_partner
from tui.screens.work_screen import WorkScreen
from tui.ui.form_painter import FIRST_FIELD
from tui.workspace import writing
from tui.workspace.place import stepped, stepped_partner

if TYPE_CHECKING:
    from tui.ui.host import Host


Action = Callable[[WorkScreen], None]


def remove_partner(screen: WorkScreen) -> None:
    """Take the present partner out, after a question."""
    partner = find_partner(screen.workspace.partnership, screen.workspace.place.partner)
    if partner is None:
        return
    writing.remove(screen.workspace, partner.entry)
    screen.go(screen.workspace.place)
    screen.say(_("{name} was taken out; undo brings it back.").format(name=partner.name(screen.workspace.lang)))


def mark(state: str) -> Action:
    """Mark the present answer by hand, or take the mark off."""

    def run(screen: WorkScreen) -> None:
        writing.set_state(screen.workspace, state)
        screen.paint()

    return run


def remove_row(screen: WorkScreen) -> None:
    """Take the present row of a list out."""
    here = screen.form.current_field
    if here is None or not here.part.list or screen.workspace.partnership.entry(here.entry.id) is None:
        screen.say(_("Stand on a line of a list first."))
        return
    writing.remove(screen.workspace, here.entry)
    screen.stand(f"+{here.part.id}")
    screen.say(_("The line was removed; undo brings it back."))


def move_row(by: int) -> Action:
    """Move the present row of a list, or the present partner among the others."""

    def run(screen: WorkScreen) -> None:
        workspace, here = screen.workspace, screen.form.current_field
        partner = find_partner(workspace.partnership, workspace.place.partner) if workspace.question.id == WHO else None
        listed = here is not None and here.part.list
        entry = here.entry if here is not None and listed else partner.entry if partner is not None else None
        if entry is None or workspace.partnership.entry(entry.id) is None:
            screen.say(_("Stand on a line of a list first."))
            return
        if writing.move(workspace, entry, by):
            screen.paint()
        rows = [row.id for row in writing.in_list(workspace, entry)]
        at = rows.index(entry.id) + 1 if entry.id in rows else 0
        if listed or partner is None:
            screen.say(_("Line {n} of {total}.").format(n=at, total=len(rows)))
        else:
            name = partner.short(workspace.lang)
            screen.say(_("{name}: {n} of {total} in the list.").format(name=name, n=at, total=len(rows)))

    return run


def save(app: Host) -> None:
    """Save at once and say so: the reflex of other programs does no harm."""
    app.save()
    app.say(_("Everything is saved by itself, as you write."))


to_confirm, to_discuss, not_applicable = mark("to_confirm"), mark("to_discuss"), mark("not_applicable")
row_up, row_down = move_row(-1), move_row(1)


def name_article(screen: WorkScreen) -> None:
    """Confirm how the name of the partner one stands at is put in a sentence."""
    workspace = screen.workspace
    here = screen.form.current_field
    row = here.entry if here is not None else None
    at = row.id if row is not None and row.question == WHO and not row.part else workspace.place.partner
    nothing = _("Nothing is to be confirmed here: no name is guessed for this partner.")
    screen.say(writing.confirm_name(workspace, at) or nothing)
    screen.paint()


def step(by: int) -> Action:
    """To another question, the partner kept."""

    def run(screen: WorkScreen) -> None:
        if screen.steps.is_open:
            screen.steps.turn(by)
        else:
            there = stepped(screen.workspace.place, screen.workspace.guide, by)
            screen.go(replace(there, slot=FIRST_FIELD))

    return run


def open_step(at: int) -> Callable[[WorkScreen], None]:
    """Return the page of a sub-step, from 0."""

    def run(screen: WorkScreen) -> None:
        screen.steps.open(screen.workspace.guide.main_steps[at])

    return run


def step_partner(by: int) -> Action:
    """To another partner, the question kept."""

    def run(screen: WorkScreen) -> None:
        screen.to_partner(stepped_partner(screen.workspace.place, screen.workspace.partnership, by))

    return run


def gap(screen: WorkScreen) -> None:
    """To the next partner who has not answered this question, else to the next question."""
    workspace = screen.workspace
    waiting = waiting_partner(workspace.partnership, workspace.question, workspace.place.partner)
    if waiting and not workspace.question.private:
        screen.go(replace(workspace.place, partner=waiting, other="", slot=""), writing=True)
        return
    name = next_unanswered(workspace.guide, workspace.partnership, workspace.place.question)
    if not name:
        screen.say(_("Every question of the guide has an answer."))
        return
    first = waiting_partner(workspace.partnership, workspace.guide.question(name), "")
    screen.go(
        replace(workspace.place, question=name, partner=first or workspace.place.partner, other="", slot=""),
        writing=True,
    )


def to_list(app: Host) -> None:
    """Back to the partnerships."""
    app.to_list()


def leave(app: Host) -> None:
    """Quit; everything is saved."""
    app.leave()


first_step, second_step, third_step = open_step(0), open_step(1), open_step(2)
previous_question, next_question = step(-1), step(1)
previous_partner, next_partner = step_partner(-1), step_partner(1)
