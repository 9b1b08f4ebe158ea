"""The commands of the working screen that go to another place, and those that change partners, rows of lists and marks.

A mark is a state of an answer that is set by hand, such as « to confirm ».
"""

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
from tui.workspace.place import next_partner_place, place_further

if TYPE_CHECKING:
    from tui.ui.host import Host


Action = Callable[[WorkScreen], None]


def remove_partner(screen: WorkScreen) -> None:
    """Take the current partner out of the partnership; undo brings it back."""
    partner = find_partner(screen.workspace.partnership, screen.workspace.place.partner)
    if partner is None:
        return
    writing.remove(screen.workspace, partner.entry)
    screen.go(screen.workspace.place)
    screen.say(_("{name} was taken out; undo brings it back.").format(name=partner.name(screen.workspace.lang)))


def marking_command(state: str) -> Action:
    """Return the command that marks the current answer with `state`, or takes that mark off."""

    def run(screen: WorkScreen) -> None:
        writing.set_state(screen.workspace, state)
        screen.paint()

    return run


def remove_row(screen: WorkScreen) -> None:
    """Remove the current row of a list."""
    current = screen.form.current_field
    if current is None or not current.part.list or screen.workspace.partnership.entry(current.entry.id) is None:
        screen.say(_("Stand on a line of a list first."))
        return
    writing.remove(screen.workspace, current.entry)
    screen.go_to_field(f"+{current.part.id}")  # the line that adds a row to this list
    screen.say(_("The line was removed; undo brings it back."))


def row_moving_command(by: int) -> Action:
    """Return the command that moves the current row of its list, or the current partner, `by` places."""

    def run(screen: WorkScreen) -> None:
        workspace, current = screen.workspace, screen.form.current_field
        partner = find_partner(workspace.partnership, workspace.place.partner) if workspace.question.id == WHO else None
        is_in_list = current is not None and current.part.list
        entry = partner.entry if partner is not None else None
        if current is not None and is_in_list:  # a row, such as a person of the partner, comes before the partner
            entry = current.entry
        if entry is None or workspace.partnership.entry(entry.id) is None:
            screen.say(_("Stand on a line of a list first."))
            return
        if writing.move(workspace, entry, by):
            screen.paint()
        rows = [row.id for row in writing.rows_beside(workspace, entry)]
        number = rows.index(entry.id) + 1 if entry.id in rows else 0
        if is_in_list or partner is None:
            screen.say(_("Line {n} of {total}.").format(n=number, total=len(rows)))
        else:
            name = partner.short(workspace.lang)
            screen.say(_("{name}: {n} of {total} in the list.").format(name=name, n=number, total=len(rows)))

    return run


def save(app: Host) -> None:
    """Save at once, and say that everything is saved by itself."""
    app.save()
    app.say(_("Everything is saved by itself, as you write."))


# The commands that the table of actions names.
to_confirm = marking_command("to_confirm")
to_discuss = marking_command("to_discuss")
not_applicable = marking_command("not_applicable")
row_up, row_down = row_moving_command(-1), row_moving_command(1)


def name_article(screen: WorkScreen) -> None:
    """Confirm the guess of how the current partner's name is put in a sentence (« de la Clinique »)."""
    workspace = screen.workspace
    current = screen.form.current_field
    row = current.entry if current is not None else None
    partner_id = row.id if row is not None and row.question == WHO and not row.part else workspace.place.partner
    if workspace.question.scope == "project":  # no partner is in sight
        screen.say(_("This question is asked once, for everyone."))
        return
    no_guess = _("Nothing is to be confirmed here: no name is guessed for this partner.")
    screen.say(writing.confirm_name(workspace, partner_id) or no_guess)
    screen.paint()


def step_command(by: int) -> Action:
    """Return the command that goes `by` questions further, or sub-steps if the page of a sub-step is open."""

    def run(screen: WorkScreen) -> None:
        if screen.steps.is_open:
            screen.steps.turn(by)
        else:
            place = place_further(screen.workspace.place, screen.workspace.guide, by)
            screen.go(replace(place, slot=FIRST_FIELD))

    return run


def step_opening_command(at: int) -> Callable[[WorkScreen], None]:
    """Return the command that opens the page of sub-step number `at`, from 0."""

    def run(screen: WorkScreen) -> None:
        screen.steps.open(screen.workspace.guide.main_steps[at])

    return run


def partner_command(by: int) -> Action:
    """Return the command that goes `by` partners further, at the same question."""

    def run(screen: WorkScreen) -> None:
        screen.to_partner(next_partner_place(screen.workspace.place, screen.workspace.partnership, by))

    return run


def go_to_unanswered(screen: WorkScreen) -> None:
    """Go to the next partner that has not answered this question, else to the next unanswered question."""
    workspace = screen.workspace
    waiting_id = waiting_partner(workspace.partnership, workspace.question, workspace.place.partner)
    if waiting_id and not workspace.question.private:
        screen.go(replace(workspace.place, partner=waiting_id, other="", slot=""), writing=True)
        return
    question_id = next_unanswered(workspace.guide, workspace.partnership, workspace.place.question)
    if not question_id:
        screen.say(_("Every question of the guide has an answer."))
        return
    partner_id = waiting_partner(workspace.partnership, workspace.guide.question(question_id), "")
    screen.go(
        replace(
            workspace.place, question=question_id, partner=partner_id or workspace.place.partner, other="", slot=""
        ),
        writing=True,
    )


def to_list(app: Host) -> None:
    """Go back to the list of partnerships."""
    app.to_list()


def leave(app: Host) -> None:
    """Quit; everything is saved."""
    app.leave()


first_step, second_step, third_step = step_opening_command(0), step_opening_command(1), step_opening_command(2)
previous_question, next_question = step_command(-1), step_command(1)
previous_partner, next_partner = partner_command(-1), partner_command(1)
