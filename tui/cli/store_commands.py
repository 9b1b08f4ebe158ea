"""The subcommands `directory`, `backup` and `restore`, which work on the whole store.

The directory holds the organisations and people of all partnerships of the store (`KnownOrganisations`).
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.atomic_files import owner_of
from tui.cli.command_line import progress_line
from tui.cli.invocation import DONE, FAILED, NO, Invocation, UsageError, print_json, warn
from tui.cli.partnership_commands import print_columns, warn_of_sync_copies
from tui.console import flush, print_line
from tui.i18n import _, language, ngettext
from tui.text.outside_paths import outside_path

if TYPE_CHECKING:
    from tui.partnership.organisations import KnownOrganisations, Organisation


_PRIVATE_CELLS = frozenset({"email", "phone", "language"})  # cells of people that need --with-private


def directory(call: Invocation) -> int:
    """Print the organisations of the directory, the user's own first; with --merge, join one entry to another.

    Return the exit code. Raises UsageError for --with-private without --json.
    """
    from tui.partnership.organisations import read_organisations, sorted_organisations

    organisations = read_organisations(call.store.directory())
    if call.args.merge:
        _merge(call, organisations, *call.args.merge)
        return DONE
    listed_organisations = sorted_organisations(organisations, language())
    if call.args.json:
        if call.args.with_private:
            warn(_("What follows holds private addresses and telephones: keep it to yourself."))
        print_json([_as_data(organisation, private=call.args.with_private) for organisation in listed_organisations])
    elif call.args.with_private:
        raise UsageError(_("--with-private goes with --json."))
    elif listed_organisations:
        heads = (_("Id"), _("Organization"), _("People"))
        print_columns(
            [
                heads,
                *(
                    (organisation.id, _name(organisation), ", ".join(person.name for person in organisation.people))
                    for organisation in listed_organisations
                ),
            ]
        )
    else:
        warn(_("The directory is empty: the organizations of a partnership come there by themselves."))
    return DONE


def _name(organisation: Organisation) -> str:
    """Return the name of an organisation, with « (your own) » behind that of the user."""
    name = organisation.name(language())
    return _("{name} (your own)").format(name=name) if organisation.own else name


def _as_data(organisation: Organisation, *, private: bool) -> dict[str, Any]:
    """Return an organisation and its people as JSON data."""
    cells = {key: value for key, value in organisation.cells.items() if not key.startswith("person/")}
    people = [
        {key: value for key, value in person.cells.items() if private or key not in _PRIVATE_CELLS}
        for person in organisation.people
    ]
    return {"id": organisation.id, **cells, "people": people}


def _merge(call: Invocation, organisations: KnownOrganisations, first: str, second: str) -> None:
    """Make the entry `first` of the directory part of `second`, and print the id of `second`.

    Raises UsageError if there is no such entry, or if both are the same.
    """
    from tui.partnership.organisations import cells_to_merge

    merged, target = _organisation_named(organisations, first), _organisation_named(organisations, second)
    if merged.id == target.id:
        raise UsageError(_("“{first}” and “{second}” are one entry already.").format(first=first, second=second))
    call.store.change_directory(lambda _rows: cells_to_merge(target, merged))
    print_line(target.id)


def _organisation_named(organisations: KnownOrganisations, text: str) -> Organisation:
    """Return the organisation of an id or exact name. Raises UsageError if there is none."""
    from tui.partnership.organisations import find_by_id, find_by_name

    organisation = find_by_id(organisations, text) or find_by_name(organisations, text)
    if organisation is None:
        message = _("No organization of the directory is called “{name}”; “entente directory” lists them.")
        raise UsageError(message.format(name=text))
    return organisation


def backup(call: Invocation) -> int:
    """Save the whole store, private notes included, in one file that only this account can read.

    Return NO if something of the store is not in it, because this account may not read it.
    """
    file = _archive(call)
    with progress_line() as progress:
        result = call.store.backup(file, progress)
    for name in result.damaged:
        warn(_("{id}: it is damaged, and went into the backup as it is: entente doctor").format(id=name))
    for path in result.left_out:
        text = _("{place}: this account may not read it, so it is NOT in the backup. It belongs to {owner}.")
        warn(text.format(place=path, owner=owner_of(path)))
    for name in result.public_only:
        text = _("{id}: this account reads what is public alone, so the private notes are NOT in the backup.")
        warn(text.format(id=name))
    warn_of_sync_copies(call)
    message = ngettext(
        "Written and read again: {file}, {n} partnership. It holds the private notes too: keep it to yourself.",
        "Written and read again: {file}, {n} partnerships. It holds the private notes too: keep it to yourself.",
        result.count,
    )
    if 0 < result.count + result.binned == len(result.public_only):
        message = ngettext(
            "Written and read again: {file}, what is public of {n} partnership.",
            "Written and read again: {file}, what is public of {n} partnerships.",
            result.count,
        )
    print_line(message.format(file=file, n=result.count))
    print_line(
        _(
            "Also in it: the directory, the bin ({n}) and what was set aside. "
            "Not in it: what somebody is typing at this moment."
        ).format(n=result.binned)
    )
    return NO if result.left_out or result.public_only else DONE


def restore(call: Invocation) -> int:
    """Add the partnerships of a backup to the store and print their ids; nothing in the store is replaced.

    Return FAILED if something was damaged in the backup already.
    """
    with progress_line() as progress:
        count, binned = _print_each(call.store.restore(_archive(call), progress))
    if binned:
        warn(
            ngettext("{n} deleted one is in the bin again.", "{n} deleted ones are in the bin again.", binned).format(
                n=binned
            )
        )
    damaged = [problem for problem in call.store.take_problems() if problem.kind == "restored"]
    if not (count or binned or damaged):
        warn(_("All of it is here already: nothing was added."))
    for problem in damaged:
        message = _("{path}: it came back as it lies in the backup, where it is damaged; what reads of it: {command}")
        warn(message.format(path=problem.path, command="entente doctor"))
    return FAILED if damaged else DONE


def _archive(call: Invocation) -> Path:
    """Return the path of the backup file. Raises UsageError for « - »: a backup is read again, which no pipe allows."""
    if call.args.file == "-":
        raise UsageError(_("A backup is a file, which is read again once it is written: name one instead of “-”."))
    return outside_path(call.args.file, _("FILE"), relative=True)


def _print_each(lines: Generator[str, None, int]) -> tuple[int, int]:
    """Print each id as soon as it is yielded; return how many there were, and what the generator returns."""
    count = 0
    try:
        while True:
            print_line(next(lines))
            flush()
            count += 1
    except StopIteration as end:
        return count, int(end.value)
