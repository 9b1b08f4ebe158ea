"""What each command of the table does, by its id; one function each, all given the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import COMMANDS, key_name
from tui.desk import writing
from tui.desk.place import stepped, stepped_partner
from tui.project.completion import next_gap, progress
from tui.project.partners import active, partner
from tui.screens import calls, listing, marks, output
from tui.screens.help import HelpScreen
from tui.screens.picker import Choice, Picker
from tui.screens.plan import missing_words
from tui.screens.projection import project
from tui.screens.reading import DocumentScreen
from tui.screens.work import WorkScreen
from tui.words import _, use

if TYPE_CHECKING:
    from tui.app import EntenteApp

Action = Callable[["EntenteApp"], None]


def _work(app: EntenteApp) -> WorkScreen:
    screen = app.screen
    assert isinstance(screen, WorkScreen)  # the table says where a command is valid
    return screen


def palette(app: EntenteApp) -> None:
    """All commands of this place, found by a few letters."""
    where = getattr(app.screen, "where", "")
    found = [one for one in COMMANDS if where in one.where and one.id != "palette"]
    choices = [Choice(one.id, one.name, key_name(one), one.explanation) for one in found]

    def chosen(name: str | None) -> None:
        if name:
            app.call_later(app.run_command, name)

    app.push_screen(Picker(_("What would you like to do?"), choices), chosen)


def show_help(app: EntenteApp) -> None:
    """The field, the question and the keys explained."""
    app.push_screen(HelpScreen())


def step(by: int) -> Action:
    """To another question, the partner kept."""

    def run(app: EntenteApp) -> None:
        screen = _work(app)
        screen.go(stepped(screen.desk.place, screen.desk.guide, by))

    return run


def step_partner(by: int) -> Action:
    """To another partner, the question kept."""

    def run(app: EntenteApp) -> None:
        screen = _work(app)
        screen.go(stepped_partner(screen.desk.place, screen.desk.project, by))

    return run


def document(app: EntenteApp) -> None:
    """The whole document, and back."""
    if isinstance(app.screen, DocumentScreen):
        app.pop_screen()
    else:
        screen = _work(app)
        screen.pen.finish()
        app.push_screen(DocumentScreen(screen.desk, screen.desk.question.feeds))


def gap(app: EntenteApp) -> None:
    """To the next question that is not answered, and to its partner."""
    screen = _work(app)
    desk = screen.desk
    name = next_gap(desk.guide, desk.project, desk.place.question)
    if not name:
        screen.say(_("Every question of the guide has an answer."))
        return
    screen.go(replace(desk.place, question=name, slot=""), writing=True)


def jump(app: EntenteApp) -> None:
    """To a question found by a few letters."""
    screen = _work(app)
    desk = screen.desk
    choices = []
    for guide_step in desk.guide.walked:
        for question in guide_step.questions:
            state = progress(desk.project, question)
            label = f"{marks.glyph(state.state)} {question.short.get(desk.lang)}"
            choices.append(Choice(question.id, label, marks.word(state), question.text.get(desk.lang)))

    def chosen(name: str | None) -> None:
        if name:
            screen.go(replace(desk.place, question=name, slot=""), writing=True)

    app.push_screen(Picker(_("Go to a question"), choices), chosen)


def jump_partner(app: EntenteApp) -> None:
    """To a partner found by a few letters."""
    screen = _work(app)
    desk = screen.desk
    choices = [
        Choice(one.id, one.name(desk.lang), desk.guide.choice("status", one.status, desk.lang))
        for one in active(desk.project)
    ]

    def chosen(name: str | None) -> None:
        if name:
            screen.go(replace(desk.place, partner=name, slot=""))

    app.push_screen(Picker(_("Go to a partner"), choices), chosen)


def add_partners(app: EntenteApp) -> None:
    """Partners from a list, one a line."""
    screen = _work(app)

    def chosen(text: str | None) -> None:
        if text:
            screen.pen.finish()
            count = writing.add_partners(screen.desk, text)
            screen.paint()
            screen.say(_("{n} added.").format(n=count))
            app.edited()

    app.push_screen(Picker(_("Organisations, one a line (Tab when done)"), free=True, prose=True), chosen)


def remove_partner(app: EntenteApp) -> None:
    """Take the present partner out, after a question."""
    screen = _work(app)
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
        screen = _work(app)
        writing.set_state(screen.desk, state)
        screen.paint()
        app.edited()

    return run


def remove_row(app: EntenteApp) -> None:
    """Take the present row of a list out."""
    screen = _work(app)
    slot = screen.form.slot
    if slot is None or not slot.part.list or screen.desk.project.entry(slot.entry.id) is None:
        screen.say(_("Stand on a line of a list first."))
        return
    writing.remove(screen.desk, slot.entry)
    screen.stand(f"+{slot.part.id}")
    screen.say(_("The line was removed; undo brings it back."))
    app.edited()


def move_row(by: int) -> Action:
    """Move the present row of a list."""

    def run(app: EntenteApp) -> None:
        screen = _work(app)
        slot = screen.form.slot
        if slot is not None and slot.part.list and writing.move(screen.desk, slot.entry, by):
            screen.paint()
            app.edited()

    return run


def undo(app: EntenteApp) -> None:
    """Take back the last step."""
    desk, screen = app.desk, app.screen
    if desk is None:
        return
    if isinstance(screen, WorkScreen):
        screen.pen.adding = ""
        screen.pen.forget()
    done = desk.undo()
    app.repaint()
    app.say(_("Undone.") if done else _("Nothing left to undo."))
    app.edited()


def save(app: EntenteApp) -> None:
    """Save at once and say so: the reflex of other programs does no harm."""
    app.save()
    app.say(_("Everything is saved by itself, as you write."))


def example(app: EntenteApp) -> None:
    """A worked example of this answer."""
    screen = _work(app)
    screen.say(_("Example: {text}").format(text=screen.desk.question.example.get(screen.desk.lang)))


def missing(app: EntenteApp) -> None:
    """What the next milestone needs, as a list to go through."""
    screen = _work(app)
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


def language(app: EntenteApp) -> None:
    """The other language of the interface, at once."""
    app.lang = "en" if app.lang == "fr" else "fr"
    use(app.lang)
    if app.desk is not None:
        app.desk.lang = app.lang
    app.repaint()


def document_language(app: EntenteApp) -> None:
    """The other language of the document, at once."""
    if app.desk is not None:
        app.desk.doc_lang = "en" if app.desk.doc_lang == "fr" else "fr"
        app.desk.setting("lang", app.desk.doc_lang)
        app.repaint()
        app.edited()


def theme(app: EntenteApp) -> None:
    """Choose the colours."""
    choices = [
        Choice("entente-dark", _("Dark")),
        Choice("entente-light", _("Light")),
        Choice("entente-contrast", _("High contrast")),
        Choice("entente-terminal", _("The terminal's own colours")),
    ]

    def chosen(name: str | None) -> None:
        if name:
            app.choose_theme(name)

    app.push_screen(Picker(_("Colours"), choices), chosen)


def to_list(app: EntenteApp) -> None:
    """Back to the partnerships."""
    app.to_list()


def repaint(app: EntenteApp) -> None:
    """Draw everything anew."""
    app.forget()


def leave(app: EntenteApp) -> None:
    """Quit; everything is saved."""
    app.leave()


ACTIONS: dict[str, Action] = {
    "palette": palette,
    "help": show_help,
    "previous": step(-1),
    "next": step(1),
    "partner": step_partner(1),
    "partner_back": step_partner(-1),
    "document": document,
    "project": project,
    "gap": gap,
    "jump": jump,
    "jump_partner": jump_partner,
    "add_partners": add_partners,
    "remove_partner": remove_partner,
    "confirm": mark("to_confirm"),
    "discuss": mark("to_discuss"),
    "void": mark("not_applicable"),
    "remove_row": remove_row,
    "row_up": move_row(-1),
    "row_down": move_row(1),
    "undo": undo,
    "save": save,
    "example": example,
    "missing": missing,
    "language": language,
    "document_language": document_language,
    "theme": theme,
    "list": to_list,
    "repaint": repaint,
    "quit": leave,
    **calls.ACTIONS,
    **output.ACTIONS,
    **listing.ACTIONS,
}
