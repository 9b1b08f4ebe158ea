"""The commands of the working screen that open a list to choose from, a page or a dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import DOCUMENT, WORK, commands_at, key_names
from tui.i18n import _, ngettext
from tui.partnership.organisations import linked_organisation_ids
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
    """Ask for organisations, one a line, and add them as partners."""

    def take_choice(text: str | None) -> None:
        if text:
            screen.field_editor.finish()
            count, known_count = add_organisations(screen.workspace, text, directory)
            screen.paint()
            screen.say(_added_words(count, known_count))

    app = screen.app
    directory = read_directory(app)
    linked_ids = frozenset(linked_organisation_ids(screen.workspace.partnership))
    title = _("Organizations, one a line (Tab when done)")
    ask(
        app,
        OrganisationsDialog(title, directory, app.lang, begin_typing(app, "partners"), excluded_ids=linked_ids),
        take_choice,
    )


def _added_words(count: int, known_count: int) -> str:
    """Return how many partners were added, and how many of them the directory knew."""
    message = _("{n} added.").format(n=count)
    if not known_count:
        return message
    known_words = ngettext("{n} comes from the directory.", "{n} come from the directory.", known_count).format(
        n=known_count
    )
    return f"{message} {known_words}"


_IN_GUIDE = "?"  # begins the id of a choice that is a question or a field, not a command


async def show_palette(app: Host) -> None:
    """Show the commands, the most likely first, to be found by a few letters, and run the chosen one.

    On the pages of a partnership, questions and fields of the guide are found too.
    """
    where = app.page.where
    commands = [command for command in commands_at(where) if where and command.id != "palette"]
    choices = [
        Choice(command.id, command.name, key_names(command, where), command.explanation, command.search_words)
        for command in commands
    ]
    if app.workspace is not None and where in (WORK, DOCUMENT):
        choices += _guide_choices(app.workspace)

    first = commands_of_moment(where, app.workspace, app.page.likely_commands())
    choice_id = await answer_to(CommandPicker(_("What would you like to do?"), choices, first))
    if choice_id and choice_id.startswith(_IN_GUIDE):
        _go_to_found(app, choice_id.removeprefix(_IN_GUIDE))
    elif choice_id:
        app.call_later(app.run_command, choice_id)


def _guide_choices(workspace: Workspace) -> list[Choice]:
    """Return every question of the guide, found by its name and its words, and every field, found by its label."""
    choices = []
    for findable in findables(workspace.guide, workspace.lang):
        question, choice_id = workspace.guide.by_id[findable.question], _IN_GUIDE + findable.id
        if findable.part is None:
            text = question.text.get(workspace.lang)
            choices.append(
                Choice(
                    choice_id, findable.label, _("question"), text, findable.words, only_found=True, is_question=True
                )
            )
        else:
            question_name = question.short.get(workspace.lang)
            choices.append(Choice(choice_id, findable.label, question_name, also=findable.words, only_found=True))
    return choices


def _go_to_found(app: Host, found_id: str) -> None:
    """Go to a question or a field, by the id of a `Findable`, from any page of the partnership."""
    assert app.workspace is not None
    app.page.finish_typing()
    app.to_questions(place_found(app.workspace, found_id))
    app.save_and_keep_place()


def show_help(app: Host) -> None:
    """Show the help of the current page."""
    app.push_screen(HelpScreen(app.page))


def project(screen: WorkScreen) -> None:
    """Project the page of a sub-step, without what is private, if it is open; else the document."""
    app = screen.app
    if screen.steps.is_open:
        begin_projecting(app, StepProjection(screen.workspace, screen.steps.step, app.theme))
    else:
        project_document(app)


def show_document(screen: WorkScreen) -> None:
    """Show the whole document."""
    screen.field_editor.finish()
    screen.app.push_screen(DocumentScreen(screen.workspace, screen.workspace.question.feeds))


_LATER_STEP = "/"  # begins the id of a choice that is a later step: « / » and its command


async def ask_question(screen: WorkScreen) -> None:
    """Ask for a question or a later step, found by a few letters, and go there."""
    workspace = screen.workspace
    choices = []
    for guide_step in workspace.guide.walked_steps:
        for question in guide_step.questions:
            state = workspace.progress(question)
            label = f"{glyphs.glyph(state.state)} {question.short.get(workspace.lang)}"
            choices.append(Choice(question.id, label, glyphs.word(state), question.text.get(workspace.lang)))

    for later_step in later_steps(workspace):
        label = f"{glyphs.glyph(later_step.state)} {later_step.label}"
        choices.append(Choice(_LATER_STEP + later_step.command, label, later_step.words))

    choice_id = await answer_to(Picker(_("Go to a question"), choices))
    if choice_id and choice_id.startswith(_LATER_STEP):
        screen.app.call_later(screen.app.run_command, choice_id.removeprefix(_LATER_STEP))
    elif choice_id:
        screen.go(at_question(workspace.place, workspace.guide, choice_id), writing=True)


async def ask_partner(screen: WorkScreen) -> None:
    """Ask for a partner, found by a few letters, and go there."""
    workspace = screen.workspace
    choices = [
        Choice(
            partner.id, partner.name(workspace.lang), workspace.guide.choice("status", partner.status, workspace.lang)
        )
        for partner in with_those_who_left(workspace.partnership)
    ]

    partner_id = await answer_to(Picker(_("Go to a partner"), choices))
    if partner_id:
        screen.to_partner(replace(workspace.place, partner=partner_id, slot=""))


async def show_missing(screen: WorkScreen) -> None:
    """Show the answers that the next milestone lacks, and go to the chosen one."""
    workspace = screen.workspace
    missing_items = workspace.milestones.missing
    choices = [
        Choice(
            f"{item.question}/{item.partner}",
            missing_words(workspace, (item,))[0],
            _partner_name(workspace, item.partner),
        )
        for item in missing_items
    ]

    title = (
        _("For the meeting, still missing")
        if workspace.milestones.next == "meeting"
        else _("To be adopted, still missing")
    )
    choice_id = await answer_to(Picker(title, choices))
    if choice_id:
        question, _slash, partner = choice_id.partition("/")
        screen.go(
            replace(workspace.place, question=question, partner=partner or workspace.place.partner, slot=""),
            writing=True,
        )


def _partner_name(workspace: Workspace, partner_id: str) -> str:
    """Return the short name of a partner, "" for the id ""."""
    partner = find_partner(workspace.partnership, partner_id) if partner_id else None
    return partner.short(workspace.lang) if partner is not None else ""


def show_example(screen: WorkScreen) -> None:
    """Show a worked example of the current question."""
    screen.app.push_screen(ExampleScreen(screen.workspace))
