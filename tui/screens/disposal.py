"""What is thrown away: the bin of deleted partnerships, and private notes destroyed for good."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.edits import Edits
from tui.desk.rescue import rescued
from tui.screens.listing import guarded
from tui.screens.partnerships import PartnershipsScreen
from tui.screens.picker import Choice, Picker
from tui.screens.work import WorkScreen
from tui.store import Session
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.store import Destroyed, Summary


def show_bin(app: EntenteApp) -> None:
    """The deleted partnerships; one chosen comes back or is destroyed."""
    found: dict[str, Summary] = {}
    if not guarded(app, lambda: found.update({one.id: one for one in app.store.bin()})):
        return
    if not found:
        app.say(_("The bin is empty."))
        return
    choices = [
        Choice(one.id, one.title(app.lang) or one.id, format_date(one.changed[:10], app.lang), one.damaged)
        for one in found.values()
    ]

    def chosen(name: str | None) -> None:
        if name:
            _what_to_do(app, found[name])

    app.push_screen(Picker(_("The bin"), choices), chosen)


def _what_to_do(app: EntenteApp, one: Summary) -> None:
    title = one.title(app.lang) or one.id
    choices = [
        Choice("restore", _("Bring it back")),
        Choice("leave", _("Leave it in the bin")),
        Choice("destroy", _("Destroy it for good…"), about=_("Answers, notes and history: nothing brings them back.")),
    ]

    def chosen(answer: str | None) -> None:
        if answer == "restore" and guarded(app, lambda: app.store.restore_from_bin(one.id)):
            _said(app, _("“{title}” is back in the list.").format(title=title))
        elif answer == "destroy":
            app.push_screen(_sure(_("Destroy “{title}” for good?").format(title=title)), destroyed)

    def destroyed(answer: str | None) -> None:
        done: list[Destroyed] = []
        if answer == "yes" and guarded(app, lambda: done.append(app.store.purge(one.id))):
            elsewhere = [
                *_named(app, done[0].copies),
                *map(str, done[0].backups),
                *map(str, rescued(one.id, os.environ)),
            ]
            app.said_at_end += elsewhere
            _said(app, " ".join([_("“{title}” was destroyed.").format(title=title), *_still_in(elsewhere)]))

    app.push_screen(Picker(title, choices), chosen)


def _said(app: EntenteApp, text: str) -> None:
    if isinstance(app.screen, PartnershipsScreen):
        app.screen.refresh_list()
    app.say(text)


def _sure(question: str, about: str = "") -> Picker:
    """Asks before something that nothing brings back; « no » stands first."""
    return Picker(question, [Choice("no", _("No"), about=about), Choice("yes", _("Yes, destroy"), about=about)])


def destroy_private(app: EntenteApp) -> None:
    """Destroy the private notes of the open partnership, after naming the backups that keep theirs."""
    from tui.store.backup import known_backups

    screen = app.screen
    if not isinstance(screen, WorkScreen):
        return
    about = _(
        "Call notes, reasons, old stories, trust and whatever is not public yet go, with their history and the "
        "copies set aside. Nothing brings them back."
    )
    about += " " + _("The directory keeps its own entries: names, people, e-mails and telephones.")
    backups = _elsewhere(app, known_backups(app.store.root))
    if backups:
        about += " " + _("These files keep theirs, delete them yourself: {files}.").format(files=", ".join(backups))
    copies: list[Summary] = []
    if not guarded(app, lambda: copies.extend(app.store.copies(screen.desk.project.id))):
        return
    if copies:
        names = " ; ".join(_named(app, copies))
        about += " " + _("Copies keep theirs, destroy them there too: {names}.").format(names=names)

    def chosen(answer: str | None) -> None:
        if answer == "yes":
            _destroy(app, screen)

    app.push_screen(_sure(_("Destroy the private notes of this partnership?"), about), chosen)


def _destroy(app: EntenteApp, screen: WorkScreen) -> None:
    desk, store = screen.desk, app.store
    screen.pen.finish()
    try:
        desk.flush()
        others = [one.author for one in desk.journal.others()] if isinstance(desk.journal, Session) else []
        done = store.destroy_private(desk.project.id)
        app.unfinished.forget(desk.project.id)  # those in the store are gone; some may lie elsewhere
        desk.edits = Edits(store.load(desk.project.id))  # what undo remembered goes too
    except StoreError as error:
        screen.say(str(error))
        return
    app.autosave.opened(desk)  # the journal went with the rest: another one begins
    desk.go(desk.place)
    screen.pen.forget()
    screen.paint()
    elsewhere = [*_named(app, done.copies), *_elsewhere(app, done.backups)]
    screen.say(_destroyed_words(done, elsewhere, others))
    app.said_at_end += elsewhere


def _elsewhere(app: EntenteApp, backups: Iterable[Path]) -> list[str]:
    """The files beyond the store that hold private notes of the open partnership: nobody deletes them but a person."""
    files = [*backups, *(rescued(app.desk.project.id, os.environ) if app.desk is not None else ())]
    return [str(file) for file in files]


def _named(app: EntenteApp, copies: Iterable[Summary]) -> list[str]:
    return [_("“{title}”, {id}").format(title=one.title(app.lang) or one.id, id=one.id) for one in copies]


def _still_in(places: Sequence[str]) -> list[str]:
    return [_("Still in: {files}.").format(files=" ; ".join(places))] if places else []


def _destroyed_words(done: Destroyed, elsewhere: Sequence[str], others: Sequence[str]) -> str:
    count = len(done.files)
    said = [ngettext("Destroyed: {n} file.", "Destroyed: {n} files.", count).format(n=count), *_still_in(elsewhere)]
    if others:
        said.append(_("Open elsewhere, by: {names}.").format(names=", ".join(others)))
    return " ".join(said)
