"""The commands that open a list, a window or a page: each is imported when it is first called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import DOCUMENT, WORK, key_names, present
from tui.i18n import _, ngettext
from tui.partnership.organisations import linked
from tui.partnership.partners import find_partner, with_those_who_left
from tui.screens.agreement_screen import DocumentScreen, begin_projecting
from tui.screens.agreement_screen import project as project_document
from tui.screens.command_picker import CommandPicker
from tui.screens.directory_screen import read_directory
from tui.screens.help_screen import ExampleScreen, HelpScreen
from tui.screens.organisations_dialog import OrganisationsDialog
from tui.screens.plan_pane import missing_words
from tui.screens.table_projection import StepProjection
from tui.screens.work_screen import WorkScreen
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask, begin_typing
from tui.ui.host import answer_to
from tui.workspace.directory_edits import add_organisations
from tui.workspace.field_search import findables, place_found
from tui.workspace.later_steps import later_steps
from tui.workspace.moment_commands import commands_of_moment
from tui.workspace.place import at_question
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


def add_partners(screen: WorkScreen) -> None:
    """Partners from a list, one a line."""

    def chosen(text: str | None) -> None:
        if text:
            screen.field_editor.finish()
            count, taken = add_organisations(screen.workspace, text, everyone)
            screen.paint()
            screen.say(_added(count, taken))

    app = screen.app
    everyone = read_directory(app)
    besides = frozenset(linked(screen.workspace.partnership))
    title = _("Organizations, one a line (Tab when done)")
    ask(app, OrganisationsDialog(title, everyone, app.lang, begin_typing(app, "partners"), besides=besides), chosen)


def _added(count: int, taken: int) -> str:
    said = _("{n} added.").format(n=count)
    if not taken:
        return said
    came = ngettext("{n} comes from the directory.", "{n} come from the directory.", taken).format(n=taken)
    return f"{said} {came}"


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
    """Return every question of the guide, found by its name and its words, and every field, found by its label."""
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
    app.save_and_keep_place()


def show_help(app: Host) -> None:
    """Explain the page one is at, and its keys."""
    app.push_screen(HelpScreen(app.page))


def project(screen: WorkScreen) -> None:
    """Project what one looks at: the page of a sub-step without what is private, else the document."""
    app = screen.app
    if screen.steps.is_open:
        begin_projecting(app, StepProjection(screen.workspace, screen.steps.step, app.theme))
    else:
        project_document(app)


def document(screen: WorkScreen) -> None:
    """Show the whole document."""
    screen.field_editor.finish()
    screen.app.push_screen(DocumentScreen(screen.workspace, screen.workspace.question.feeds))


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
    screen.app.push_screen(ExampleScreen(screen.workspace))
