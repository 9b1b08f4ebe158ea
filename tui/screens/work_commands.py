"""The commands of the working screen: those that go somewhere, and those that change partners, rows and marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import DOCUMENT, WORK, key_names, present
from tui.i18n import _, ngettext
from tui.partnership.completion import next_unanswered, waiting_partner
from tui.partnership.organisations import linked
from tui.partnership.partners import WHO, find_partner, with_those_who_left
from tui.screens.agreement_screen import DocumentScreen, begin_projecting
from tui.screens.agreement_screen import project as project_document
from tui.screens.command_picker import CommandPicker
from tui.screens.directory_screen import known
from tui.screens.help_screen import HelpScreen
from tui.screens.organisations_dialog import OrganisationsDialog
from tui.screens.plan_pane import missing_words
from tui.screens.table_projection import StepProjection
from tui.screens.work_screen import WorkScreen
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask, begin_typing
from tui.ui.form_painter import FIRST
from tui.ui.host import answer_to
from tui.workspace import writing
from tui.workspace.directory_edits import add_organisations
from tui.workspace.field_search import findables, place_found
from tui.workspace.later_steps import later_steps
from tui.workspace.moment_commands import commands_of_moment
from tui.workspace.place import at_question, stepped, stepped_partner
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


Action = Callable[[WorkScreen], None]


def add_partners(screen: WorkScreen) -> None:
    """Partners from a list, one a line."""

    def chosen(text: str | None) -> None:
        if text:
            screen.pen.finish()
            count, taken = add_organisations(screen.workspace, text, everyone)
            screen.paint()
            screen.say(_added(count, taken))

    app = screen.app
    everyone = known(app)
    besides = frozenset(linked(screen.workspace.partnership))
    title = _("Organizations, one a line (Tab when done)")
    ask(app, OrganisationsDialog(title, everyone, app.lang, begin_typing(app, "partners"), besides=besides), chosen)


def _added(count: int, taken: int) -> str:
    said = _("{n} added.").format(n=count)
    if not taken:
        return said
    came = ngettext("{n} comes from the directory.", "{n} come from the directory.", taken).format(n=taken)
    return f"{said} {came}"


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
    here = screen.form.here
    if here is None or not here.part.list or screen.workspace.partnership.entry(here.entry.id) is None:
        screen.say(_("Stand on a line of a list first."))
        return
    writing.remove(screen.workspace, here.entry)
    screen.stand(f"+{here.part.id}")
    screen.say(_("The line was removed; undo brings it back."))


def move_row(by: int) -> Action:
    """Move the present row of a list, or the present partner among the others."""

    def run(screen: WorkScreen) -> None:
        workspace, here = screen.workspace, screen.form.here
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
    here = screen.form.here
    row = here.entry if here is not None else None
    at = row.id if row is not None and row.question == WHO and not row.part else workspace.place.partner
    nothing = _("Nothing is to be confirmed here: no name is guessed for this partner.")
    screen.say(writing.confirm_name(workspace, at) or nothing)
    screen.paint()


_FOUND = "?"  # before the id of a question or a field among the commands


async def palette(app: Host) -> None:
    """The commands of the moment, and all those of this place, found by a few letters."""
    where = app.page.where
    found = [command for command in present(where) if where and command.id != "palette"]
    choices = [
        Choice(command.id, command.name, key_names(command, where), command.explanation, command.search_words)
        for command in found
    ]
    if app.workspace is not None and where in (WORK, DOCUMENT):
        choices += _of_the_guide(app.workspace)

    first = commands_of_moment(where, app.workspace, app.page.likely_commands())
    name = await answer_to(CommandPicker(_("What would you like to do?"), choices, first))
    if name and name.startswith(_FOUND):
        _to_found(app, name.removeprefix(_FOUND))
    elif name:
        app.call_later(app.run_command, name)


def _of_the_guide(workspace: Workspace) -> list[Choice]:
    """Every question of the guide, found by its name and its words, and every field, found by its label."""
    choices = []
    for findable in findables(workspace.guide, workspace.lang):
        question, name = workspace.guide.by_id[findable.question], _FOUND + findable.id
        if findable.part is None:
            text = question.text.get(workspace.lang)
            choices.append(Choice(name, findable.label, _("question"), text, findable.words, sought=True, first=True))
        else:
            behind = question.short.get(workspace.lang)
            choices.append(Choice(name, findable.label, behind, also=findable.words, sought=True))
    return choices


def _to_found(app: Host, found_id: str) -> None:
    """To a question or a field of it, from wherever in the partnership one is."""
    assert app.workspace is not None
    app.page.finish_typing()
    app.to_questions(place_found(app.workspace, found_id))
    app.moved()


def show_help(app: Host) -> None:
    """Explain the page one is at, and its keys."""
    app.push_screen(HelpScreen(app.page))


def step(by: int) -> Action:
    """To another question, the partner kept."""

    def run(screen: WorkScreen) -> None:
        if screen.steps.is_open:
            screen.steps.turn(by)
        else:
            there = stepped(screen.workspace.place, screen.workspace.guide, by)
            screen.go(replace(there, slot=FIRST))

    return run


def open_step(at: int) -> Callable[[WorkScreen], None]:
    """The page of a sub-step, from 0."""

    def run(screen: WorkScreen) -> None:
        screen.steps.open(screen.workspace.guide.main_steps[at])

    return run


def project(screen: WorkScreen) -> None:
    """Project what one looks at: the page of a sub-step without what is private, else the document."""
    app = screen.app
    if screen.steps.is_open:
        begin_projecting(app, StepProjection(screen.workspace, screen.steps.step, app.theme))
    else:
        project_document(app)


def step_partner(by: int) -> Action:
    """To another partner, the question kept."""

    def run(screen: WorkScreen) -> None:
        screen.to_partner(stepped_partner(screen.workspace.place, screen.workspace.partnership, by))

    return run


def document(screen: WorkScreen) -> None:
    """Show the whole document."""
    screen.pen.finish()
    screen.app.push_screen(DocumentScreen(screen.workspace, screen.workspace.question.feeds))


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


_LATER = "/"  # before the command of a step behind the questions


async def jump(screen: WorkScreen) -> None:
    """To a question found by a few letters."""
    workspace = screen.workspace
    choices = []
    for guide_step in workspace.guide.walked:
        for question in guide_step.questions:
            state = workspace.progress(question)
            label = f"{glyphs.glyph(state.state)} {question.short.get(workspace.lang)}"
            choices.append(Choice(question.id, label, glyphs.word(state), question.text.get(workspace.lang)))

    for later_step in later_steps(workspace):
        label = f"{glyphs.glyph(later_step.state)} {later_step.label}"
        choices.append(Choice(_LATER + later_step.command, label, later_step.words))

    name = await answer_to(Picker(_("Go to a question"), choices))
    if name and name.startswith(_LATER):
        screen.app.call_later(screen.app.run_command, name.removeprefix(_LATER))
    elif name:
        screen.go(at_question(workspace.place, workspace.guide, name), writing=True)


async def jump_partner(screen: WorkScreen) -> None:
    """To a partner found by a few letters."""
    workspace = screen.workspace
    choices = [
        Choice(
            partner.id, partner.name(workspace.lang), workspace.guide.choice("status", partner.status, workspace.lang)
        )
        for partner in with_those_who_left(workspace.partnership)
    ]

    name = await answer_to(Picker(_("Go to a partner"), choices))
    if name:
        screen.to_partner(replace(workspace.place, partner=name, slot=""))


async def missing(screen: WorkScreen) -> None:
    """What the next milestone needs, as a list to go through."""
    workspace = screen.workspace
    found = workspace.milestones.missing
    choices = [
        Choice(f"{item.question}/{item.partner}", missing_words(workspace, (item,))[0], _whose(workspace, item.partner))
        for item in found
    ]

    title = (
        _("For the meeting, still missing")
        if workspace.milestones.next == "meeting"
        else _("To be adopted, still missing")
    )
    name = await answer_to(Picker(title, choices))
    if name:
        question, _slash, partner = name.partition("/")
        screen.go(
            replace(workspace.place, question=question, partner=partner or workspace.place.partner, slot=""),
            writing=True,
        )


def _whose(workspace: Workspace, name: str) -> str:
    partner = find_partner(workspace.partnership, name) if name else None
    return partner.short(workspace.lang) if partner is not None else ""


def example(screen: WorkScreen) -> None:
    """A worked example of this answer."""
    from tui.screens.help_screen import ExampleScreen  # it is seldom asked for

    screen.app.push_screen(ExampleScreen(screen.workspace))


def to_list(app: Host) -> None:
    """Back to the partnerships."""
    app.to_list()


def leave(app: Host) -> None:
    """Quit; everything is saved."""
    app.leave()


first_step, second_step, third_step = open_step(0), open_step(1), open_step(2)
previous_question, next_question = step(-1), step(1)
previous_partner, next_partner = step_partner(-1), step_partner(1)
