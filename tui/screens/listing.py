"""Commands of the list: begin, open, rename, duplicate, archive, delete, search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.agreement.compose import title
from tui.desk.practice import mark_as_trial
from tui.project.answers import single_entry
from tui.project.ids import new_id, order_between
from tui.project.organisations import Known, called, joining, own
from tui.project.partners import WHO
from tui.project.values import ORDER, SETTINGS, Cell, Change, Entry, Project
from tui.samples import samples
from tui.screens.asking import ask, ask_text, begin_typing
from tui.screens.known import begun, known
from tui.screens.partnerships import PartnershipsScreen
from tui.screens.picker import Choice, Picker, yes_no
from tui.screens.roster import Roster
from tui.store.errors import StoreError
from tui.text.clean import lines as listed
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.store import Summary


def _list(app: EntenteApp) -> PartnershipsScreen:
    screen = app.screen
    assert isinstance(screen, PartnershipsScreen)  # the table says where a command is valid
    return screen


def guarded(app: EntenteApp, work: Callable[[], object]) -> bool:
    """Do something with the store; what it refuses is said on the screen. Returns whether it was done."""
    try:
        work()
    except (StoreError, ValueError) as error:
        app.say(str(error))
        return False
    return True


def first_changes(names: list[str], lang: str, known: Known = ()) -> list[Change]:
    """The changes that begin a partnership: the organisations, one's own first (it is in, so it is interested).

    Those the directory knows by their name come with their people.
    """
    changes = [Change(SETTINGS, SETTINGS, "lang", lang)]
    order = ""
    for at, name in enumerate(names):
        one, order = new_id(), order_between(order, "")
        cells = {ORDER: order, f"name@{lang}": name, "status": "interested" if at == 0 else "prospective"}
        changes += [Change(one, WHO, cell, value, "", (one,)) for cell, value in cells.items()]
        found = called(known, name)
        if found is not None:
            entry = Entry(one, WHO, "", (one,), {key: Cell(value, 0) for key, value in cells.items()})
            changes += joining(found, entry, Project(""))
    return changes


def new(app: EntenteApp) -> None:
    """Ask for the organisations and open the partnership."""

    everyone = known(app)

    def make(names: list[str]) -> None:
        app.open(app.store.create(first_changes(names, app.lang, everyone)).id)
        begun(app)

    def chosen(text: str | None) -> bool:
        names = list(dict.fromkeys(listed(text or "")))
        return bool(names) and guarded(app, lambda: make(names))

    mine = own(everyone)
    title = _("The organisations, one a line, yours first (Tab when done)")
    text = f"{mine.name(app.lang)}\n" if mine is not None else ""
    ask(app, Roster(title, everyone, app.lang, begin_typing(app, "new"), text=text), chosen)


def sample(app: EntenteApp) -> None:
    """Open a copy of an example."""
    choices = [Choice(str(one.number), title(app.guide, one.project, app.lang)) for one in samples()]

    def chosen(name: str | None) -> None:
        if name:
            open_sample(app, name)

    app.push_screen(Picker(_("Open an example"), choices), chosen)


def open_sample(app: EntenteApp, name: str) -> None:
    """Open a copy of an example, to be played with and thrown away."""
    one = next(one for one in samples() if str(one.number) == name)

    def work() -> None:
        made = app.store.import_document(one.document)
        mark_as_trial(app.store, made)
        app.open(made)

    guarded(app, work)


def open_file(app: EntenteApp) -> None:
    """Take in a partnership from a file."""

    def chosen(text: str | None) -> bool:
        path = Path((text or "").strip().strip("'\"")).expanduser()
        if not text or not text.strip():
            return False
        if not path.exists():
            app.say(_("There is no file {path}.").format(path=path))
            return False
        return guarded(app, lambda: app.open(app.store.import_document(path)))

    ask_text(app, "open_file", _("Path of the file you received"), chosen, hint="~/partenariat.json")


def rename(app: EntenteApp) -> None:
    """Change the partnership's name."""
    screen = app.screen
    current = screen.current if isinstance(screen, PartnershipsScreen) else None
    if app.desk is None and current is None:
        return

    def chosen(text: str | None) -> bool:
        if not text or not text.strip():
            return False
        if app.desk is not None:
            entry = single_entry(app.desk.project, "extra.name", ())
            app.desk.set(entry, f"name@{app.lang}", text.strip())
            app.repaint()
            app.edited()
            return True
        return current is not None and _rename(app, current.id, text.strip())

    text = app.desk.title if app.desk is not None else _title(current, app.lang)
    name = app.desk.project.id if app.desk is not None else current.id if current is not None else ""
    typing = begin_typing(app, "rename", partnership=name)
    ask(app, Picker(_("The partnership's name"), typing=typing, text=text), chosen)


def _rename(app: EntenteApp, name: str, text: str) -> bool:
    cell = f"name@{app.lang}"

    def work() -> None:
        entry = app.store.load(name).entry("extra.name")
        before = entry.get(cell) if entry is not None else None
        app.store.save(name, [Change("extra.name", "extra.name", cell, text)])
        back = Change("extra.name", "extra.name", cell, before)
        _list(app).steps.append(lambda: app.store.save(name, [back]))

    done = guarded(app, work)
    _list(app).refresh_list()
    return done


def take_back(app: EntenteApp) -> None:
    """Take back what was last done in the list: a copy, a name, archiving, the bin."""
    screen = _list(app)
    if not screen.steps:
        screen.say(_("Nothing left to undo."))
    elif guarded(app, screen.steps[-1]):
        screen.steps.pop()
        screen.refresh_list()
        screen.say(_("Undone."))


def _title(one: Summary | None, lang: str) -> str:
    return one.title(lang) if one is not None else ""


def _with_current(act: Callable[[EntenteApp, Summary], None]) -> Callable[[EntenteApp], None]:
    def run(app: EntenteApp) -> None:
        current = _list(app).current
        if current is None:
            app.say(_("Stand on a partnership first."))
        else:
            act(app, current)

    return run


def _duplicate(app: EntenteApp, one: Summary) -> None:
    made: list[str] = []
    if guarded(app, lambda: made.append(app.store.duplicate(one.id))):
        _list(app).steps.append(lambda: app.store.delete(made[0]))
        _list(app).refresh_list()
        app.say(_("A copy was made of “{title}”.").format(title=_title(one, app.lang)))


def _archive(app: EntenteApp, one: Summary) -> None:
    if guarded(app, lambda: app.store.archive(one.id, not one.archived)):
        _list(app).steps.append(lambda: app.store.archive(one.id, one.archived))
        _list(app).refresh_list()
        said = _("“{title}” is back in the list.") if one.archived else _("“{title}” is archived.")
        app.say(said.format(title=_title(one, app.lang)))


def _delete(app: EntenteApp, one: Summary) -> None:
    def chosen(answer: str | None) -> None:
        if answer == "yes" and guarded(app, lambda: app.store.delete(one.id)):
            _list(app).steps.append(lambda: app.store.restore_from_bin(one.id))
            _list(app).refresh_list()
            app.say(_("“{title}” is in the bin.").format(title=_title(one, app.lang)))

    app.push_screen(yes_no(_("Move “{title}” to the bin?").format(title=_title(one, app.lang))), chosen)


def archived(app: EntenteApp) -> None:
    """Show the archived partnerships, or the others again."""
    screen = _list(app)
    screen.archived = not screen.archived
    screen.refresh_list()


def search(app: EntenteApp) -> None:
    """Find partnerships by a few letters."""
    screen = _list(app)
    choices = [Choice(one.id, _title(one, app.lang)) for one in screen.summaries]

    def chosen(name: str | None) -> None:
        if name:
            app.open(name)

    app.push_screen(Picker(_("Search a partnership"), choices), chosen)


duplicate, archive, delete = _with_current(_duplicate), _with_current(_archive), _with_current(_delete)
