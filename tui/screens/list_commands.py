"""The commands of the list: begin, open, rename, duplicate, archive, delete, bin, trials, private notes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.agreement.compose import title
from tui.i18n import N_, _, ngettext
from tui.partnership.completion import single_entry
from tui.partnership.ids import new_id, order_between
from tui.partnership.organisations import Known, find_by_name, joining, own
from tui.partnership.partners import WHO
from tui.partnership.translation import typed_language
from tui.partnership.values import ORDER, SETTINGS, TRIAL, Cell, Change, Entry, Partnership
from tui.screens.directory_screen import begun, known
from tui.screens.list_screen import PartnershipsScreen, guarded, open_sample
from tui.screens.organisations_dialog import OrganisationsDialog
from tui.screens.work_screen import WorkScreen
from tui.store.store_errors import StoreError
from tui.text.clean import lines as listed
from tui.text.dates import format_date
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import Choice, OnAnswer, Picker, ask, ask_text, begin_typing, yes_no
from tui.ui.host import Asking, answer_to
from tui.workspace.pending_edits import Edits
from tui.workspace.samples import practice, samples
from tui.workspace.shutdown import rescued
from tui.workspace.workspace import current_moment, is_trial

if TYPE_CHECKING:
    from tui.store import Destroyed, Summary
    from tui.ui.host import Host


async def show_bin(app: Host) -> None:
    """The deleted partnerships; one chosen comes back or is destroyed."""
    found: dict[str, Summary] = {}
    if not guarded(app, lambda: found.update({summary.id: summary for summary in app.store.bin()})):
        return
    if not found:
        app.say(_("The bin is empty."))
        return
    choices = [
        Choice(
            summary.id,
            summary.title(app.lang) or summary.id,
            format_date(summary.changed[:10], app.lang),
            summary.damaged,
        )
        for summary in found.values()
    ]

    name = await answer_to(Picker(_("The bin"), choices))
    if name:
        await _what_to_do(app, found[name])


async def _what_to_do(app: Host, summary: Summary) -> None:
    title = summary.title(app.lang) or summary.id
    choices = [
        Choice("restore", _("Bring it back")),
        Choice("leave", _("Leave it in the bin")),
        Choice("destroy", _("Destroy it for good…"), about=_("Answers, notes and history: nothing brings them back.")),
    ]

    answer = await answer_to(Picker(title, choices))
    if answer == "restore" and guarded(app, lambda: app.store.restore_from_bin(summary.id)):
        app.page.list_changed(_("“{title}” is back in the list.").format(title=title))
    if answer != "destroy" or await answer_to(_sure(_("Destroy “{title}” for good?").format(title=title))) != "yes":
        return
    done: list[Destroyed] = []
    if guarded(app, lambda: done.append(app.store.purge(summary.id))):
        elsewhere = [
            *_named(app, done[0].copies),
            *map(str, done[0].backups),
            *map(str, rescued(summary.id, os.environ)),
        ]
        app.lines_at_end += elsewhere
        app.page.list_changed(" ".join([_("“{title}” was destroyed.").format(title=title), *_still_in(elsewhere)]))


def _sure(question: str, about: str = "") -> Picker:
    return confirmed(question, about, _("Yes, destroy"))


def confirmed(question: str, about: str, yes: str) -> Picker:
    """Asks before something that nothing brings back; « no » stands first."""
    return Picker(question, [Choice("no", _("No"), about=about), Choice("yes", yes, about=about)])


async def destroy_private(screen: WorkScreen) -> None:
    """Destroy the private notes of the open partnership, after naming the backups that keep theirs."""
    from tui.store.backup import known_backups
    from tui.store.sync_copies import folder_copies

    app = screen.app
    about = _(
        "Call notes, reasons, past events, trust and whatever is not public yet go, with their history and the "
        "copies set aside. Nothing brings them back."
    )
    about += " " + _("Destroy nothing that has been asked for.")
    about += " " + _("The directory keeps its own entries: names, people, e-mails and telephones.")
    if app.store.engine.is_server:
        about += " " + _("Destroying private notes reaches neither the server's log nor its backups.")
    copied = folder_copies(app.store.root, screen.workspace.partnership.id)
    backups = _elsewhere(app, [*known_backups(app.store.root), *copied])
    if backups:
        about += " " + _("These files keep theirs, delete them yourself: {files}.").format(files=", ".join(backups))
    copies: list[Summary] = []
    if not guarded(app, lambda: copies.extend(app.store.copies(screen.workspace.partnership.id))):
        return
    if copies:
        names = _("; ").join(_named(app, copies))
        about += " " + _("Copies keep theirs, destroy them there too: {names}.").format(names=names)

    answer = await answer_to(_sure(_("Destroy the private notes of this partnership?"), about))
    if answer == "yes":
        _destroy(screen)


def _destroy(screen: WorkScreen) -> None:
    app, workspace, store = screen.app, screen.workspace, screen.app.store
    screen.field_editor.finish()
    try:
        workspace.flush()
        others = [presence.author for presence in workspace.others()]
        done = store.destroy_private(workspace.partnership.id)
        app.unfinished.forget(workspace.partnership.id)  # those in the store are gone; some may lie elsewhere
        start_over(app)
    except StoreError as error:
        screen.say(str(error))
        return
    elsewhere = [*_named(app, done.copies), *_elsewhere(app, done.backups)]
    screen.say(_destroyed_words(done, elsewhere, others))
    app.lines_at_end += elsewhere


def start_over(app: Host) -> None:
    """Go on with what is on disk, without anything that undo or the editor remembered. Raises `StoreError`."""
    workspace = app.workspace
    if workspace is None:
        return
    workspace.edits = Edits(app.store.load(workspace.partnership.id))
    if workspace.journal is not None:
        workspace.journal.close()
    app.begin_journal()
    workspace.go(workspace.place)
    for page in app.pages:
        page.forget_typing()
    app.repaint()


def _elsewhere(app: Host, backups: Iterable[Path]) -> list[str]:
    """The files beyond the store that hold private notes of the open partnership: nobody deletes them but a person."""
    files = [*backups, *(rescued(app.workspace.partnership.id, os.environ) if app.workspace is not None else ())]
    return [str(file) for file in files]


def _named(app: Host, copies: Iterable[Summary]) -> list[str]:
    return [_("“{title}”, {id}").format(title=copy.title(app.lang) or copy.id, id=copy.id) for copy in copies]


def _still_in(places: Sequence[str]) -> list[str]:
    return [_("Still in: {files}.").format(files=_("; ").join(places))] if places else []


def _destroyed_words(done: Destroyed, elsewhere: Sequence[str], others: Sequence[str]) -> str:
    count = len(done.files)
    said = [ngettext("Destroyed: {n} file.", "Destroyed: {n} files.", count).format(n=count), *_still_in(elsewhere)]
    if others:
        said.append(_("Open elsewhere, by: {names}.").format(names=", ".join(others)))
    return " ".join(said)


def first_changes(names: list[str], lang: str, known: Known) -> list[Change]:
    """Return the changes that begin a partnership: the organisations, one's own first (it is in, so it is interested).

    Those the directory knows by their name come with their people.
    """
    changes = [Change(SETTINGS, SETTINGS, "lang", lang)]
    order = ""
    for at, name in enumerate(names):
        partner_id, order = new_id(), order_between(order, "")
        cells = {ORDER: order, f"name@{lang}": name, "status": "interested" if at == 0 else "prospective"}
        changes += [Change(partner_id, WHO, cell, value, "", (partner_id,)) for cell, value in cells.items()]
        found = find_by_name(known, name)
        if found is not None:
            entry = Entry(partner_id, WHO, "", (partner_id,), {key: Cell(value, 0) for key, value in cells.items()})
            changes += joining(found, entry, Partnership(""))
    return changes


def new(app: Host) -> None:
    """Ask for the organisations and open the partnership."""

    everyone = known(app)

    def make(names: list[str]) -> None:
        app.open(app.store.create(first_changes(names, app.lang, everyone)).id)
        begun(app)

    def chosen(text: str | None) -> bool:
        names = list(dict.fromkeys(listed(text or "")))
        return bool(names) and guarded(app, lambda: make(names))

    mine = own(everyone)
    title = _("The organizations, one a line, yours first (Tab when done)")
    text = f"{mine.name(app.lang)}\n" if mine is not None else ""
    ask(app, OrganisationsDialog(title, everyone, app.lang, begin_typing(app, "new"), text=text), chosen)


async def sample(app: Host) -> None:
    """Open a copy of an example."""
    choices = [Choice(str(sample.number), title(app.guide, sample.partnership, app.lang)) for sample in samples()]

    name = await answer_to(Picker(_("Open an example"), choices))
    if name:
        open_sample(app, name)


def open_file(app: Host) -> None:
    """Take in a partnership from a file."""

    def chosen(text: str | None) -> bool:
        if not text or not text.strip():
            return False
        try:
            path = typed_path(text, _("Path of the file you received"))
        except WrongPath as error:
            app.say(str(error))
            return False
        if not path.exists():
            app.say(_("There is no file {path}.").format(path=path))
            return False
        return guarded(app, lambda: app.open(app.store.import_document(path)))

    ask_text(app, "open_file", _("Path of the file you received"), chosen, hint="~/partenariat.json")


def rename(app: Host) -> None:
    """Change the name of the open partnership."""
    workspace = app.workspace
    if workspace is None:
        return

    def chosen(text: str | None) -> bool:
        if text and text.strip():
            workspace.set(
                single_entry(workspace.partnership, "extra.name", ()), f"name@{workspace.typed_lang}", text.strip()
            )
            app.repaint()
        return bool(text and text.strip())

    _ask_name(app, workspace.partnership.id, workspace.title, chosen)


def _ask_name(app: Host, partnership_id: str, text: str, given: OnAnswer) -> None:
    typing = begin_typing(app, "rename", partnership=partnership_id)
    ask(app, Picker(_("The partnership's name"), typing=typing, text=text), given)


def _rename(screen: PartnershipsScreen, summary: Summary) -> None:
    app = screen.app

    def work(text: str) -> None:
        partnership = app.store.load(summary.id)
        entry, cell = partnership.entry("extra.name"), f"name@{typed_language(app.guide, partnership, app.lang)}"
        before = entry.get(cell) if entry is not None else None
        app.store.save(summary.id, [Change("extra.name", "extra.name", cell, text)])
        names = (Change("extra.name", "extra.name", cell, before), Change("extra.name", "extra.name", cell, text))
        screen.note_step(lambda: app.store.save(summary.id, names[:1]), lambda: app.store.save(summary.id, names[1:]))

    def chosen(text: str | None) -> bool:
        if not text or not text.strip():
            return False
        done = guarded(app, lambda: work(text.strip()))
        screen.refresh_list()
        return done

    _ask_name(app, summary.id, summary.title(app.lang), chosen)


def _title(summary: Summary, lang: str) -> str:
    return summary.title(lang) or summary.id


OnList = Callable[[PartnershipsScreen], Asking | None]


def _with_current(act: Callable[[PartnershipsScreen, Summary], Asking | None], *, said: str = "") -> OnList:
    """Return the command that does `act` with the partnership one stands on; where there is none, it says `said`."""

    def run(screen: PartnershipsScreen) -> Asking | None:
        if screen.current is not None:
            return act(screen, screen.current)
        if said:
            screen.say(_(said))
        return None

    return run


def _duplicate(screen: PartnershipsScreen, summary: Summary) -> None:
    app = screen.app
    made: list[str] = []
    if guarded(app, lambda: made.append(app.store.duplicate(summary.id))):
        said = _("A copy was made of “{title}”.").format(title=_title(summary, app.lang))
        screen.list_changed(said, lambda: app.store.delete(made[0]), lambda: app.store.restore_from_bin(made[0]))


def _archive(screen: PartnershipsScreen, summary: Summary) -> None:
    app = screen.app
    if guarded(app, lambda: app.store.archive(summary.id, not summary.archived)):
        said = _("“{title}” is back in the list.") if summary.archived else _("“{title}” is archived.")
        screen.list_changed(
            said.format(title=_title(summary, app.lang)),
            lambda: app.store.archive(summary.id, summary.archived),
            lambda: app.store.archive(summary.id, not summary.archived),
        )


async def _delete(screen: PartnershipsScreen, summary: Summary) -> None:
    app, title = screen.app, _title(summary, screen.app.lang)

    answer = await answer_to(yes_no(_("Move “{title}” to the bin?").format(title=title)))
    if answer == "yes" and guarded(app, lambda: app.store.delete(summary.id)):
        said = _("“{title}” is in the bin.").format(title=title)
        screen.list_changed(said, lambda: app.store.restore_from_bin(summary.id), lambda: app.store.delete(summary.id))


def archived(screen: PartnershipsScreen) -> None:
    """Show the archived partnerships, or the others again."""
    screen.archived = not screen.archived
    screen.refresh_list()


async def search(screen: PartnershipsScreen) -> None:
    """Find partnerships by a few letters."""
    app = screen.app
    choices = [Choice(summary.id, _title(summary, app.lang)) for summary in screen.summaries]

    name = await answer_to(Picker(_("Search a partnership"), choices))
    if name:
        app.open(name)


_FIRST = N_("Stand on a partnership first.")
duplicate, archive, delete = (_with_current(act, said=_FIRST) for act in (_duplicate, _archive, _delete))
rename_listed = _with_current(_rename)


def begin(app: Host) -> None:
    """Make the partnership to practise on, and open it."""
    changes = practice(app.lang, current_moment()[:10])
    guarded(app, lambda: app.open(app.store.create(changes).id))


def throw_away(app: Host) -> None:
    """Put the open trial in the bin at once."""
    workspace = app.workspace
    if workspace is None or not is_trial(workspace):
        app.say(_("This is not a trial: it is not thrown away by one key."))
        return
    name = workspace.partnership.id
    app.to_list()
    if app.workspace is None:
        _throw(app, name)


def throw_listed(screen: PartnershipsScreen) -> None:
    """Put the trial one stands on in the bin at once."""
    found = screen.current
    if found is None or not found.trial:
        screen.say(_("Only a trial is thrown away by this key."))
    else:
        _throw(screen.app, found.id)


def _throw(app: Host, name: str) -> None:
    if guarded(app, lambda: app.store.delete(name)):
        said = _("The trial is thrown away; nothing of it was kept in the directory.")
        app.page.list_changed(said, lambda: app.store.restore_from_bin(name), lambda: app.store.delete(name))


def keep(app: Host) -> None:
    """Make a true partnership of a trial."""
    workspace = app.workspace
    if workspace is not None and is_trial(workspace):
        workspace.setting(TRIAL, None)
        app.repaint()
        app.say(_("It is a partnership like the others now."))
    else:
        app.say(_("This is not a trial."))
