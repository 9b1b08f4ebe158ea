"""The commands of the list of partnerships, and those that begin, rename or destroy the open partnership."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.agreement.compose import title
from tui.i18n import N_, _, ngettext
from tui.partnership.completion import single_entry
from tui.partnership.ids import new_id, order_between
from tui.partnership.organisations import KnownOrganisations, changes_to_join, find_by_name, own_organisation
from tui.partnership.partners import WHO
from tui.partnership.translation import typed_language
from tui.partnership.values import ORDER, SETTINGS, TRIAL, Cell, Change, Entry, Partnership
from tui.screens.directory_screen import after_creation, read_directory
from tui.screens.list_screen import PartnershipsScreen, open_sample, run_reporting_errors
from tui.screens.organisations_dialog import OrganisationsDialog
from tui.screens.work_screen import WorkScreen
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.outside_paths import WrongPath, typed_path
from tui.text.pasted_tables import PastedRow, read_organisations
from tui.ui.dialog import Choice, OnAnswer, Picker, ask, ask_text, begin_typing, yes_no
from tui.ui.host import Asking, answer_to
from tui.workspace.pasted_rows import add_organisation_rows
from tui.workspace.pending_edits import Edits
from tui.workspace.samples import practice, samples
from tui.workspace.shutdown import rescued
from tui.workspace.workspace import current_moment, is_trial

if TYPE_CHECKING:
    from tui.store import Destroyed, Summary
    from tui.ui.host import Host


async def show_bin(app: Host) -> None:
    """Show the deleted partnerships, and bring back or destroy the one that the user chooses."""
    summaries: dict[str, Summary] = {}
    if not run_reporting_errors(app, lambda: summaries.update({summary.id: summary for summary in app.store.bin()})):
        return
    if not summaries:
        app.say(_("The bin is empty."))
        return
    choices = [
        Choice(
            summary.id,
            summary.title(app.lang) or summary.id,
            format_date(summary.changed[:10], app.lang),
            summary.damaged,
        )
        for summary in summaries.values()
    ]

    partnership_id = await answer_to(Picker(_("The bin"), choices))
    if partnership_id:
        await _ask_bin_action(app, summaries[partnership_id])


async def _ask_bin_action(app: Host, summary: Summary) -> None:
    """Ask what to do with a partnership in the bin: bring it back, leave it, or destroy it for good."""
    title = summary.title(app.lang) or summary.id
    choices = [
        Choice("restore", _("Bring it back")),
        Choice("leave", _("Leave it in the bin")),
        Choice("destroy", _("Destroy it for good…"), about=_("Answers, notes and history: nothing brings them back.")),
    ]

    answer = await answer_to(Picker(title, choices))
    if answer == "restore" and run_reporting_errors(app, lambda: app.store.restore_from_bin(summary.id)):
        app.page.list_changed(_("“{title}” is back in the list.").format(title=title))
    if answer != "destroy":
        return
    if await answer_to(_destroy_dialog(_("Destroy “{title}” for good?").format(title=title))) != "yes":
        return
    destroyed: list[Destroyed] = []
    if run_reporting_errors(app, lambda: destroyed.append(app.store.purge(summary.id))):
        elsewhere = [
            *_copy_names(app, destroyed[0].copies),
            *map(str, destroyed[0].backups),
            *map(str, rescued(summary.id, os.environ)),
        ]
        app.lines_at_end += elsewhere
        app.page.list_changed(
            " ".join([_("“{title}” was destroyed.").format(title=title), *_still_in_words(elsewhere)])
        )


def _destroy_dialog(question: str, about: str = "") -> Picker:
    """Return the dialog that asks before destroying; `about` explains what goes."""
    return confirm_dialog(question, about, _("Yes, destroy"))


def confirm_dialog(question: str, about: str, yes: str) -> Picker:
    """Return the dialog that asks before something final: « no » comes first, then `yes`; `about` explains both."""
    return Picker(question, [Choice("no", _("No"), about=about), Choice("yes", yes, about=about)])


async def destroy_private(screen: WorkScreen) -> None:
    """Destroy the private notes of the open partnership, after naming the backups that still hold them."""
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
    synced_copies = folder_copies(app.store.root, screen.workspace.partnership.id)
    backups = _private_files_outside(app, [*known_backups(app.store.root), *synced_copies])
    if backups:
        about += " " + _("These files keep theirs, delete them yourself: {files}.").format(files=", ".join(backups))
    copies: list[Summary] = []
    if not run_reporting_errors(app, lambda: copies.extend(app.store.copies(screen.workspace.partnership.id))):
        return
    if copies:
        names = _("; ").join(_copy_names(app, copies))
        about += " " + _("Copies keep theirs, destroy them there too: {names}.").format(names=names)

    answer = await answer_to(_destroy_dialog(_("Destroy the private notes of this partnership?"), about))
    if answer == "yes":
        _destroy(screen)


def _destroy(screen: WorkScreen) -> None:
    """Destroy the private notes of the open partnership, and say what is left elsewhere."""
    app, workspace, store = screen.app, screen.workspace, screen.app.store
    screen.field_editor.finish()
    try:
        workspace.flush()
        other_authors = [presence.author for presence in workspace.others()]
        destroyed = store.destroy_private(workspace.partnership.id)
        app.unfinished.forget(workspace.partnership.id)  # unfinished texts may lie outside the store
        start_over(app)
    except StoreError as error:
        screen.say(str(error))
        return
    elsewhere = [*_copy_names(app, destroyed.copies), *_private_files_outside(app, destroyed.backups)]
    screen.say(_destroyed_words(destroyed, elsewhere, other_authors))
    app.lines_at_end += elsewhere


def start_over(app: Host) -> None:
    """Load the open partnership again from disk; undo and the editors start anew. Raises StoreError."""
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


def _private_files_outside(app: Host, backups: Iterable[Path]) -> list[str]:
    """Return the paths of files outside the store that may hold private notes of the open partnership.

    The program does not delete them; it names them, so that the user can.
    """
    files = [*backups, *(rescued(app.workspace.partnership.id, os.environ) if app.workspace is not None else ())]
    return [str(file) for file in files]


def _copy_names(app: Host, copies: Iterable[Summary]) -> list[str]:
    """Return the title and id of each copy of a partnership."""
    return [_("“{title}”, {id}").format(title=copy.title(app.lang) or copy.id, id=copy.id) for copy in copies]


def _still_in_words(places: Sequence[str]) -> list[str]:
    """Return « Still in: … » with the files and copies that still hold what was destroyed; [] without any."""
    return [_("Still in: {files}.").format(files=_("; ").join(places))] if places else []


def _destroyed_words(destroyed: Destroyed, elsewhere: Sequence[str], other_authors: Sequence[str]) -> str:
    """Return how many files were destroyed, what is left elsewhere, and who has the partnership open."""
    count = len(destroyed.files)
    parts = [
        ngettext("Destroyed: {n} file.", "Destroyed: {n} files.", count).format(n=count),
        *_still_in_words(elsewhere),
    ]
    if other_authors:
        parts.append(_("Open elsewhere, by: {names}.").format(names=", ".join(other_authors)))
    return " ".join(parts)


def first_changes(names: list[str], lang: str, directory: KnownOrganisations) -> list[Change]:
    """Return the changes that begin a partnership between organisations.

    The first of `names` is the user's own organisation, so it is interested already. Organisations that `directory`
    lists by name come with their people.
    """
    changes = [Change(SETTINGS, SETTINGS, "lang", lang)]
    order = ""
    for number, name in enumerate(names):
        partner_id, order = new_id(), order_between(order, "")
        cells = {ORDER: order, f"name@{lang}": name, "status": "interested" if number == 0 else "prospective"}
        changes += [Change(partner_id, WHO, cell, value, "", (partner_id,)) for cell, value in cells.items()]
        organisation = find_by_name(directory, name)
        if organisation is not None:
            entry = Entry(partner_id, WHO, "", (partner_id,), {key: Cell(value, 0) for key, value in cells.items()})
            changes += changes_to_join(organisation, entry, Partnership(""))
    return changes


def new_partnership(app: Host) -> None:
    """Ask for the organisations, make a partnership between them, and open it."""

    directory = read_directory(app)

    def create(rows: list[PastedRow]) -> None:
        names: dict[str, str] = {}  # as first typed, by the name without accents and capitals
        for row in rows:
            if name := row.cells.get("name"):
                names.setdefault(fold(name), name)
        app.open(app.store.create(first_changes([*names.values()], app.lang, directory)).id)
        if app.workspace is not None:
            add_organisation_rows(app.workspace, rows)  # what a pasted table says of them beside their names
        after_creation(app)

    def take_choice(text: str | None) -> bool:
        rows = read_organisations(text or "")
        return bool(rows) and run_reporting_errors(app, lambda: create(rows))

    users_own = own_organisation(directory)
    title = _("The organizations, one a line, yours first (Tab when done)")
    text = f"{users_own.name(app.lang)}\n" if users_own is not None else ""
    ask(app, OrganisationsDialog(title, directory, app.lang, begin_typing(app, "new"), text=text), take_choice)


async def ask_example(app: Host) -> None:
    """Ask which example to open, and open a copy of it."""
    choices = [Choice(str(sample.number), title(app.guide, sample.partnership, app.lang)) for sample in samples()]

    number = await answer_to(Picker(_("Open an example"), choices))
    if number:
        open_sample(app, number)


def open_file(app: Host) -> None:
    """Ask for the path of a file, and open the partnership that it holds."""

    def take_choice(text: str | None) -> bool:
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
        return run_reporting_errors(app, lambda: app.open(app.store.import_document(path)))

    ask_text(app, "open_file", _("Path of the file you received"), take_choice, hint="~/partenariat.json")


def rename(app: Host) -> None:
    """Change the name of the open partnership."""
    workspace = app.workspace
    if workspace is None:
        return

    def take_choice(text: str | None) -> bool:
        if text and text.strip():
            workspace.set(
                single_entry(workspace.partnership, "extra.name", ()), f"name@{workspace.typed_lang}", text.strip()
            )
            app.repaint()
        return bool(text and text.strip())

    _ask_name(app, workspace.partnership.id, workspace.title, take_choice)


def _ask_name(app: Host, partnership_id: str, text: str, on_answer: OnAnswer) -> None:
    """Ask for the name of a partnership, which is `text` so far; `on_answer` is called with the answer."""
    typing = begin_typing(app, "rename", partnership=partnership_id)
    ask(app, Picker(_("The partnership's name"), typing=typing, text=text), on_answer)


def _rename(screen: PartnershipsScreen, summary: Summary) -> None:
    """Ask for the name of a partnership of the list; undo in the list restores the old name."""
    app = screen.app

    def work(text: str) -> None:
        partnership = app.store.load(summary.id)
        entry, cell = partnership.entry("extra.name"), f"name@{typed_language(app.guide, partnership, app.lang)}"
        before = entry.get(cell) if entry is not None else None
        app.store.save(summary.id, [Change("extra.name", "extra.name", cell, text)])
        names = (Change("extra.name", "extra.name", cell, before), Change("extra.name", "extra.name", cell, text))
        screen.note_step(lambda: app.store.save(summary.id, names[:1]), lambda: app.store.save(summary.id, names[1:]))

    def take_choice(text: str | None) -> bool:
        if not text or not text.strip():
            return False
        succeeded = run_reporting_errors(app, lambda: work(text.strip()))
        screen.refresh_list()
        return succeeded

    _ask_name(app, summary.id, summary.title(app.lang), take_choice)


def _title(summary: Summary, lang: str) -> str:
    """Return the title of a partnership, its id if it has none."""
    return summary.title(lang) or summary.id


OnList = Callable[[PartnershipsScreen], Asking | None]


def _on_current(act: Callable[[PartnershipsScreen, Summary], Asking | None], *, otherwise: str = "") -> OnList:
    """Return a command that calls `act` with the current partnership of the list, or says `otherwise` without one."""

    def run(screen: PartnershipsScreen) -> Asking | None:
        if screen.current is not None:
            return act(screen, screen.current)
        if otherwise:
            screen.say(_(otherwise))
        return None

    return run


def _duplicate(screen: PartnershipsScreen, summary: Summary) -> None:
    """Make a copy of a partnership."""
    app = screen.app
    copy_ids: list[str] = []
    if run_reporting_errors(app, lambda: copy_ids.append(app.store.duplicate(summary.id))):
        message = _("A copy was made of “{title}”.").format(title=_title(summary, app.lang))
        screen.list_changed(
            message, lambda: app.store.delete(copy_ids[0]), lambda: app.store.restore_from_bin(copy_ids[0])
        )


def _archive(screen: PartnershipsScreen, summary: Summary) -> None:
    """Archive a partnership, or bring an archived one back."""
    app = screen.app
    if run_reporting_errors(app, lambda: app.store.archive(summary.id, not summary.archived)):
        message = _("“{title}” is back in the list.") if summary.archived else _("“{title}” is archived.")
        screen.list_changed(
            message.format(title=_title(summary, app.lang)),
            lambda: app.store.archive(summary.id, summary.archived),
            lambda: app.store.archive(summary.id, not summary.archived),
        )


async def _delete(screen: PartnershipsScreen, summary: Summary) -> None:
    """Ask, then move a partnership to the bin."""
    app, title = screen.app, _title(summary, screen.app.lang)

    answer = await answer_to(yes_no(_("Move “{title}” to the bin?").format(title=title)))
    if answer == "yes" and run_reporting_errors(app, lambda: app.store.delete(summary.id)):
        message = _("“{title}” is in the bin.").format(title=title)
        screen.list_changed(
            message, lambda: app.store.restore_from_bin(summary.id), lambda: app.store.delete(summary.id)
        )


def toggle_archived(screen: PartnershipsScreen) -> None:
    """Show the archived partnerships, or the others again."""
    screen.archived = not screen.archived
    screen.refresh_list()


async def search_partnership(screen: PartnershipsScreen) -> None:
    """Ask for a partnership, found by a few letters, and open it."""
    app = screen.app
    choices = [Choice(summary.id, _title(summary, app.lang)) for summary in screen.summaries]

    partnership_id = await answer_to(Picker(_("Search a partnership"), choices))
    if partnership_id:
        app.open(partnership_id)


_NO_CURRENT = N_("Stand on a partnership first.")
duplicate, archive, delete = (_on_current(act, otherwise=_NO_CURRENT) for act in (_duplicate, _archive, _delete))
rename_listed = _on_current(_rename)


def begin_practice(app: Host) -> None:
    """Make the partnership to practise on, and open it."""
    changes = practice(app.lang, current_moment()[:10])
    run_reporting_errors(app, lambda: app.open(app.store.create(changes).id))


def throw_away(app: Host) -> None:
    """Put the open trial in the bin at once."""
    workspace = app.workspace
    if workspace is None or not is_trial(workspace):
        app.say(_("This is not a trial: it is not thrown away by one key."))
        return
    partnership_id = workspace.partnership.id
    app.to_list()
    if app.workspace is None:
        _delete_trial(app, partnership_id)


def throw_listed(screen: PartnershipsScreen) -> None:
    """Put the current trial of the list in the bin at once."""
    summary = screen.current
    if summary is None or not summary.trial:
        screen.say(_("Only a trial is thrown away by this key."))
    else:
        _delete_trial(screen.app, summary.id)


def _delete_trial(app: Host, partnership_id: str) -> None:
    """Move a trial to the bin without a question; undo in the list brings it back."""
    if run_reporting_errors(app, lambda: app.store.delete(partnership_id)):
        message = _("The trial is thrown away; nothing of it was kept in the directory.")
        app.page.list_changed(
            message, lambda: app.store.restore_from_bin(partnership_id), lambda: app.store.delete(partnership_id)
        )


def keep_trial(app: Host) -> None:
    """Make a true partnership of a trial."""
    workspace = app.workspace
    if workspace is not None and is_trial(workspace):
        workspace.set_setting(TRIAL, None)
        app.repaint()
        app.say(_("It is a partnership like the others now."))
    else:
        app.say(_("This is not a trial."))
