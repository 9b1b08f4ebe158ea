"""Commands of the call and of many partners: the note, sorting it, the same answer for others, a point set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import key_meanwhile
from tui.desk import sorting, writing
from tui.desk.meetings import set_aside
from tui.desk.place import NOTE, to_note
from tui.desk.sharing import give_rows, same_answer
from tui.project.partners import WHO, active, givers, partner
from tui.project.values import Entry
from tui.screens.chooser import Letters, Several
from tui.screens.picker import Picker
from tui.screens.work import WorkScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def _work(app: EntenteApp) -> WorkScreen:
    screen = app.screen
    assert isinstance(screen, WorkScreen)  # the table says where a command is valid
    return screen


def call(app: EntenteApp) -> None:
    """To the private note of this partner, or back to where one came from."""
    screen = _work(app)
    if partner(screen.desk.project, screen.desk.place.partner) is None:
        screen.say(_("There is no partner yet to note a call with."))
        return
    cursor = screen.editor.cursor_location if screen.editor.display else None
    screen.go(to_note(screen.desk.place, cursor), writing=True)


def sort_note(app: EntenteApp) -> None:
    """Send the line (or the lines selected) of the note to a question, by one letter."""
    screen = _work(app)
    desk = screen.desk
    if desk.place.question != NOTE:
        screen.say(_("Sorting is done in a call note ({key}).").format(key=key_meanwhile("call")))
        return
    slot = screen.form.slot
    first, last = sorted((screen.editor.selection.start[0], screen.editor.selection.end[0]))

    def chosen(letter: str | None) -> None:
        home = next((one for one in sorting.HOMES if one.letter == letter), None)
        if home is None or slot is None or slot.field is None:
            return
        desk.edits.end_stretch()
        note = sorting.send(desk, screen.editor.text, first, last, home)
        writing.type_into(desk, slot.entry, slot.field, note)
        desk.edits.end_stretch()
        desk.place = replace(desk.place, cursor=(last + 1, 0))
        screen.pen.forget()
        screen.paint()
        left = sorting.unsent(desk, desk.place.partner)
        screen.say(_("Sent to “{question}”. Lines left: {n}.").format(question=_home_words(app, home), n=left))
        app.edited()

    choices = [(one.letter, _home_words(app, one)) for one in sorting.HOMES]
    app.push_screen(Letters(_("Where does this line belong?"), choices), chosen)


def _home_words(app: EntenteApp, home: sorting.Home) -> str:
    assert app.desk is not None
    question = app.desk.guide.question(home.question)
    part = question.part(home.part)
    field = part.field(home.field) if part is not None and home.field else None
    if field is not None and question.id != WHO:
        field = None
        part = None
    words = field.label if field is not None else part.title if part is not None and part.title.fr else question.short
    return words.get(app.desk.lang)


def same(app: EntenteApp) -> None:
    """Give the row one stands on, or the whole answer, to other partners as well."""
    screen = _work(app)
    desk, slot = screen.desk, screen.form.slot
    if desk.question.scope == "project" and (slot is None or slot.part.field("partners") is None):
        screen.say(_("This question is asked once, for everyone."))
        return
    row = _row(screen)
    known = givers(row) if row is not None else (desk.place.partner,)
    choices = [(one.id, one.name(desk.lang) or _("unnamed organisation")) for one in active(desk.project)]

    def chosen(ids: tuple[str, ...] | None) -> None:
        if ids is None:
            return
        count = give_rows(desk, row, ids) if row is not None else same_answer(desk, ids)
        screen.pen.forget()
        screen.paint()
        screen.say(_("The same for {n} partners.").format(n=count))
        app.edited()

    title = _("Who gives this?") if row is not None else _("The same answer for…")
    app.push_screen(Several(title, choices, known), chosen)


def _row(screen: WorkScreen) -> Entry | None:
    """The row of a list one stands on, or the last one added, if it can be given by several."""
    slot = screen.form.slot
    if slot is None or not slot.part.list or slot.part.field("partners") is None:
        return None
    entry = screen.desk.project.entry(screen.pen.adding or slot.entry.id)
    if entry is not None:
        return entry
    rows = [row for row in screen.desk.project.rows(slot.entry.question, slot.entry.part)
            if screen.desk.place.partner in givers(row)]  # fmt: skip
    return rows[-1] if rows else None


def aside(app: EntenteApp) -> None:
    """Note a point to settle later: text, then who and when with « ; » between."""
    desk = app.desk
    if desk is None:
        return

    def chosen(text: str | None) -> None:
        if text and text.strip():
            set_aside(desk, text)
            app.repaint()
            app.say(_("Set aside; it stands in section 14."))
            app.edited()

    app.push_screen(
        Picker(_("The point; who; when"), free=True, hint=_("who pays the guard; Marie; January 15")), chosen
    )
