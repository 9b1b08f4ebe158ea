"""Commands of the call and of many partners: the note, sorting it, the same answer for others, a point set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import key_meanwhile
from tui.desk import sorting
from tui.desk.desk import Desk
from tui.desk.place import NOTE, from_note, to_note
from tui.desk.sharing import NAMES, give_rows, new_group, same_answer, same_field
from tui.project.named import EVERYONE
from tui.project.partners import ALL, WHO, active, givers, group_members, partners
from tui.project.values import Entry
from tui.screens.chooser import Group, Several, Ticked
from tui.screens.keys import to_plan
from tui.screens.picker import Choice, Picker
from tui.screens.reading import DocumentScreen
from tui.screens.sorter import SortScreen
from tui.screens.work import WorkScreen
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp


def _work(app: EntenteApp) -> WorkScreen:
    screen = app.screen
    assert isinstance(screen, WorkScreen)  # the table says where a command is valid
    return screen


def call(app: EntenteApp) -> None:
    """To the private note of this partner from wherever one is, or back to the same cursor."""
    desk = app.desk
    if desk is None:
        return
    if not partners(desk.project):
        app.say(_("There is no partner yet to note a call with."))
    elif not isinstance(app.screen, WorkScreen):
        _from_document(app, desk)
    elif desk.place.question == NOTE:
        _back(app, app.screen)
    elif desk.question.scope == "project" and not desk.in_hand and len(active(desk.project)) > 1:
        _whose(app, app.screen)
    else:
        screen = app.screen
        cursor = screen.editor.cursor_location if screen.editor.display else None
        screen.go(to_note(desk.place, cursor, "writing" if screen.writing else "moving"), writing=True)


def _whose(app: EntenteApp, screen: WorkScreen) -> None:
    """Ask whose note, where no partner is in hand."""
    desk = screen.desk
    choices = [Choice(one.id, one.name(desk.lang) or _("unnamed organisation")) for one in active(desk.project)]
    cursor = screen.editor.cursor_location if screen.editor.display else None

    def chosen(name: str | None) -> None:
        if name:
            came = "writing" if screen.writing else "moving"
            screen.go(to_note(replace(desk.place, partner=name), cursor, came), writing=True)

    app.push_screen(Picker(_("Whose call note?"), choices), chosen)


def _from_document(app: EntenteApp, desk: Desk) -> None:
    """From a line of the document to the note of its partner; from another page to that of the present one."""
    screen, place, came, row = app.screen, desk.place, "writing", 0
    cursor = None
    if isinstance(screen, DocumentScreen):
        came, row, cursor = screen.standing()
        screen.close_field()
        named = screen.partner_here()
        place = replace(place, partner=named) if named else place
    while not isinstance(app.screen, WorkScreen):
        app.pop_screen()
    note = place if place.question == NOTE else to_note(place, cursor, came, row)
    app.screen.go(note, writing=True)


def _back(app: EntenteApp, screen: WorkScreen) -> None:
    back = from_note(screen.desk.place)
    if back.came in ("document", "field"):
        cursor = back.place.cursor
        screen.go(replace(back.place, cursor=None))
        app.push_screen(DocumentScreen(screen.desk, row=back.row, opened=back.came == "field", cursor=cursor))
    elif back.came == "moving":
        screen.go(back.place, writing=False)
        to_plan(screen)
    else:
        screen.go(back.place, writing=True)


def sort_line(app: EntenteApp) -> None:
    """Send the line, or what is selected, to a question by one letter."""
    _sort(app, once=True)


def sort_note(app: EntenteApp) -> None:
    """Sort the whole note: a letter a line, from the first that is not sorted yet."""
    _sort(app, once=False)


def _sort(app: EntenteApp, *, once: bool) -> None:
    screen = _work(app)
    desk = screen.desk
    if desk.place.question != NOTE:
        screen.say(_("Sorting is done in a call note ({key}).").format(key=key_meanwhile("call")))
        return
    if not sorting.unsent(desk, desk.place.partner) and not (once and screen.editor.selected_text):
        screen.say(_("Every line of this note is sorted."))
        return
    start, end = screen.editor.selection
    if not once or start == end:
        start = end = sorting.to_sort(sorting.note_of(desk, desk.place.partner), start[0] if once else 0)
    desk.edits.end_stretch()
    window = SortScreen(desk, start, end, once=once)

    def sorted_(_nothing: None) -> None:
        desk.place = replace(desk.place, cursor=window.start)
        screen.pen.forget()
        screen.paint()
        screen.say(window.said)

    app.push_screen(window, sorted_)


def same(app: EntenteApp) -> None:
    """Give the row one stands on, the whole answer, or a field of an organisation, to other partners as well."""
    screen = _work(app)
    desk, slot = screen.desk, screen.form.slot
    row = _row(screen)
    if desk.question.scope == "project" and row is None:
        screen.say(_("This question is asked once, for everyone."))
        return
    if desk.question.id == WHO and not _shared_field(screen):
        screen.say(_("What an organisation is called is its own; stand on where things stand, on its role…"))
        return
    known = givers(row) if row is not None else (desk.place.partner,)
    choices = [(one.id, one.name(desk.lang) or _("unnamed organisation")) for one in active(desk.project)]
    if desk.question.scope == "pair":
        choices = [one for one in choices if one[0] != desk.place.other]

    def chosen(ticked: Ticked | None) -> None:
        if ticked is None:
            return
        screen.pen.finish()
        if row is not None:
            count = give_rows(desk, row, ticked.ids, ticked.group)
            if ticked.ids and desk.question.scope != "project" and desk.place.partner not in ticked.ids:
                desk.go(replace(desk.place, partner=ticked.ids[0]))  # or the line would be out of sight
        elif desk.question.id == WHO and slot is not None and slot.field is not None:
            count = same_field(desk, slot.field, ticked.ids)
        else:
            count = same_answer(desk, ticked.ids)
        screen.pen.forget()
        screen.paint()
        screen.say(ngettext("The same for {n} partner.", "The same for {n} partners.", count).format(n=count))
        app.edited()

    title = _("Who gives this?") if row is not None else _("The same answer for…")
    app.push_screen(_window(screen, title, choices, known, row), chosen)


def _window(
    screen: WorkScreen, title: str, choices: list[tuple[str, str]], known: tuple[str, ...], row: Entry | None
) -> Several:
    """The partners to tick, with « tous » and the named groups above them."""
    desk = screen.desk

    def name_group(name: str, ids: tuple[str, ...]) -> Group:
        return Group(new_group(desk, name, ids).id, name, ids)

    given = row.get("partners") if row is not None else None
    group = str(given.get("group", "")) if isinstance(given, dict) else ""
    everyone = Group(ALL, EVERYONE[desk.lang], group_members(desk.project, ALL))
    named = [Group(one.id, one.text("name", desk.lang), group_members(desk.project, one.id))
             for one in desk.project.rows("extra.groups", "rows")]  # fmt: skip
    return Several(title, choices, known, groups=(everyone, *named), group=group, name_group=name_group)


def _shared_field(screen: WorkScreen) -> bool:
    slot = screen.form.slot
    return slot is not None and slot.field is not None and not slot.part.list and slot.field.id not in NAMES


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
