"""Commands that go somewhere: palette, help, questions, partners, document, what is missing, the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import DOCUMENT, WORK, key_names, present
from tui.desk.desk import Desk
from tui.desk.place import at_question, stepped, stepped_partner
from tui.project.completion import next_gap, progress, waiting_partner
from tui.project.partners import active, partner
from tui.screens import marks
from tui.screens.help import HelpScreen
from tui.screens.picker import Choice, Picker
from tui.screens.plan import missing_words
from tui.screens.reading import DocumentScreen
from tui.screens.work import WorkScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

_QUESTION = "?"  # before the id of a question among the commands

Action = Callable[["EntenteApp"], None]


def work_of(app: EntenteApp) -> WorkScreen:
    """The working screen, where the table says a command is valid."""
    screen = app.screen
    assert isinstance(screen, WorkScreen)  # the table says where a command is valid
    return screen


def palette(app: EntenteApp) -> None:
    """All commands of this place, found by a few letters."""
    where = getattr(app.screen, "where", "")
    found = [one for one in present(where) if where and one.id != "palette"]
    choices = [Choice(one.id, one.name, key_names(one), one.explanation, one.search_words) for one in found]
    if app.desk is not None and where in (WORK, DOCUMENT):
        choices += _questions(app.desk)

    def chosen(name: str | None) -> None:
        if name and name.startswith(_QUESTION):
            _to_question(app, name.removeprefix(_QUESTION))
        elif name:
            app.call_later(app.run_command, name)

    app.push_screen(Picker(_("What would you like to do?"), choices), chosen)


def _questions(desk: Desk) -> list[Choice]:
    """Every question of the guide, found by its name, its words and those of its fields."""
    return [
        Choice(
            _QUESTION + question.id,
            question.short.get(desk.lang),
            _("question"),
            question.text.get(desk.lang),
            " ".join(part.main.label.get(desk.lang) for part in question.parts if part.main),
            sought=True,
        )
        for step in desk.guide.walked
        for question in step.questions
    ]


def _to_question(app: EntenteApp, name: str) -> None:
    """To a question, from wherever in the partnership one is."""
    while not isinstance(app.screen, WorkScreen):
        app.pop_screen()
    screen = app.screen
    screen.go(at_question(screen.desk.place, screen.desk.guide, name), writing=True)


def show_help(app: EntenteApp) -> None:
    """The field, the question and the keys explained."""
    app.push_screen(HelpScreen())


def step(by: int) -> Action:
    """To another question, the partner kept."""

    def run(app: EntenteApp) -> None:
        screen = work_of(app)
        screen.go(stepped(screen.desk.place, screen.desk.guide, by))

    return run


def step_partner(by: int) -> Action:
    """To another partner, the question kept."""

    def run(app: EntenteApp) -> None:
        screen = work_of(app)
        screen.go(stepped_partner(screen.desk.place, screen.desk.project, by))

    return run


def document(app: EntenteApp) -> None:
    """The whole document, and back."""
    if isinstance(app.screen, DocumentScreen):
        app.pop_screen()
    else:
        screen = work_of(app)
        screen.pen.finish()
        app.push_screen(DocumentScreen(screen.desk, screen.desk.question.feeds))


def gap(app: EntenteApp) -> None:
    """To the next partner who has not answered this question, else to the next question; in the document, its hole."""
    screen = app.screen
    if isinstance(screen, DocumentScreen):
        screen.next_gap()
    if not isinstance(screen, WorkScreen):
        return
    desk = screen.desk
    waiting = waiting_partner(desk.project, desk.question, desk.place.partner)
    if waiting and not desk.question.private:
        screen.go(replace(desk.place, partner=waiting, other="", slot=""), writing=True)
        return
    name = next_gap(desk.guide, desk.project, desk.place.question)
    if not name:
        screen.say(_("Every question of the guide has an answer."))
        return
    first = waiting_partner(desk.project, desk.guide.question(name), "")
    screen.go(replace(desk.place, question=name, partner=first or desk.place.partner, other="", slot=""), writing=True)


def jump(app: EntenteApp) -> None:
    """To a question found by a few letters."""
    screen = work_of(app)
    desk = screen.desk
    choices = []
    for guide_step in desk.guide.walked:
        for question in guide_step.questions:
            state = progress(desk.project, question)
            label = f"{marks.glyph(state.state)} {question.short.get(desk.lang)}"
            choices.append(Choice(question.id, label, marks.word(state), question.text.get(desk.lang)))

    def chosen(name: str | None) -> None:
        if name:
            screen.go(at_question(desk.place, desk.guide, name), writing=True)

    app.push_screen(Picker(_("Go to a question"), choices), chosen)


def jump_partner(app: EntenteApp) -> None:
    """To a partner found by a few letters."""
    screen = work_of(app)
    desk = screen.desk
    choices = [
        Choice(one.id, one.name(desk.lang), desk.guide.choice("status", one.status, desk.lang))
        for one in active(desk.project)
    ]

    def chosen(name: str | None) -> None:
        if name:
            screen.go(replace(desk.place, partner=name, slot=""))

    app.push_screen(Picker(_("Go to a partner"), choices), chosen)


def missing(app: EntenteApp) -> None:
    """What the next milestone needs, as a list to go through."""
    screen = work_of(app)
    desk = screen.desk
    found = desk.milestones.missing
    choices = [
        Choice(f"{one.question}/{one.partner}", missing_words(desk, (one,))[0], _whose(app, one.partner))
        for one in found
    ]

    def chosen(name: str | None) -> None:
        if name:
            question, _slash, one = name.partition("/")
            screen.go(replace(desk.place, question=question, partner=one or desk.place.partner, slot=""), writing=True)

    title = (
        _("For the meeting, still missing") if desk.milestones.next == "meeting" else _("To be adopted, still missing")
    )
    app.push_screen(Picker(title, choices), chosen)


def _whose(app: EntenteApp, name: str) -> str:
    assert app.desk is not None
    one = partner(app.desk.project, name) if name else None
    return one.short(app.desk.lang) if one is not None else ""


def example(app: EntenteApp) -> None:
    """A worked example of this answer."""
    from tui.screens.example import ExampleScreen  # it is seldom asked for

    app.push_screen(ExampleScreen(work_of(app).desk))


def to_list(app: EntenteApp) -> None:
    """Back to the partnerships."""
    app.to_list()


def leave(app: EntenteApp) -> None:
    """Quit; everything is saved."""
    app.leave()


previous_question, next_question = step(-1), step(1)
previous_partner, next_partner = step_partner(-1), step_partner(1)
