"""The subcommand `due`: it lists what is late, due this month and later, or writes a calendar or follow-up letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import console
from tui.agreement.compose import title
from tui.cli.agreement_commands import write_file
from tui.cli.invocation import DONE, Invocation, UsageError, print_json, warn
from tui.console import print_line
from tui.i18n import _, language, ngettext
from tui.partnership.due import group_of
from tui.partnership.versions import read_versions
from tui.store.store_errors import StoreError
from tui.text.outside_paths import outside_path
from tui.workspace.due_dates import calendar, due_lines, due_list, follow_up_letters
from tui.workspace.output_files import write

if TYPE_CHECKING:
    from tui.workspace.due_dates import DueList

    TitledLists = list[tuple[str, DueList]]  # (title of the partnership in the interface's language, its list)


_AFTER_ALL = "9999"  # sorts behind each ISO date: lists without a date come last


def due(call: Invocation) -> int:
    """Print what is due in one partnership or in all; with --ics or --letters write files of it. Return the exit code.

    Nothing private is printed without --with-private: no date of an answer that is not public, nothing on money that is
    still sought. A warning says how much was left out.
    """
    titled_lists = _titled_lists(call)
    printed_lists = [(name, due_now if call.args.with_private else due_now.public) for name, due_now in titled_lists]
    if call.args.ics:
        _write_calendar(call, printed_lists)
    if call.args.letters:
        _write_letters(call, titled_lists)
    if call.args.json:
        print_json([_as_data(name, due_now, item) for name, due_now in printed_lists for item in due_now.items])
    elif not (call.args.ics or call.args.letters):
        _print(printed_lists)
    withheld = sum(due_now.withheld for _name, due_now in titled_lists)
    if withheld and not call.args.with_private and not call.args.letters:
        message = ngettext("{n} date is private and not told: --with-private tells it.",
                        "{n} dates are private and not told: --with-private tells them.", withheld)  # fmt: skip
        warn(message.format(n=withheld))
    return DONE


def _titled_lists(call: Invocation) -> TitledLists:
    """Return the list of the partnership that was named, else those of all except trials, by their earliest date."""
    day = call.day()
    if call.args.project is not None:
        return [_titled_list(call, call.partnership_id(), day)]
    lists: TitledLists = []
    for summary in call.store.list():
        try:
            if not summary.trial:
                lists.append(_titled_list(call, summary.id, day))
        except StoreError as error:
            warn(str(error))

    def first_date(titled_list: tuple[str, DueList]) -> str:
        items = titled_list[1].items
        return (items[0].date if items else "") or _AFTER_ALL

    return sorted(lists, key=first_date)


def _titled_list(call: Invocation, partnership_id: str, day: str) -> tuple[str, DueList]:
    """Return the title of a partnership, and what is due in it on a day."""
    versions = read_versions(call.store.versions(partnership_id))
    due_now = due_list(call.guide, call.store.load(partnership_id), day, versions)
    return title(call.guide, due_now.view, language()), due_now


def _print(lists: TitledLists) -> None:
    """Print each list below its title; without a terminal print nothing if nothing is due, so cron sends no mail."""
    lines: list[str] = []
    for name, due_now in lists:
        if due_now.items:
            lines += ["", name] if lines else [name]
            lines += due_lines(due_now, language())
    if lines:
        console.print_text("\n".join(lines))
    elif console.is_terminal():
        print_line(_("Nothing is due."))


def _as_data(name: str, due_now: DueList, item: Any) -> dict[str, Any]:
    """Return an item of a list as JSON data, with the title of its partnership."""
    return {
        "partnership": due_now.partnership.id,
        "title": name,
        "id": item.id,
        "kind": item.kind,
        "date": item.date,
        "when": group_of(item.date, due_now.day),
        "partner": item.partner,
        "text": due_now.words(item, language()),
        "question": item.question,
        "entry": item.about,
        "field": item.field,
    }


def _write_calendar(call: Invocation, lists: TitledLists) -> None:
    """Write the calendar file of --ics, or print it for "-"."""
    data = calendar((due_now for _name, due_now in lists), _calendar_language(call, lists))
    if call.args.ics == "-":
        console.write_bytes(data)
        return
    file = outside_path(call.args.ics, "--ics", relative=True)
    write_file(file, data, private=call.args.with_private)
    warn(_("Written: {file}").format(file=file))


def _write_letters(call: Invocation, titled_lists: TitledLists) -> None:
    """Write a letter for each partner that the others wait for."""
    if call.args.project is None:
        raise UsageError(_("--letters goes with one partnership: name it."))
    due_now = titled_lists[0][1]
    folder: Path = outside_path(call.args.letters, "--letters", relative=True)
    letters = follow_up_letters(due_now, call.document_language(due_now.partnership))
    if not letters:
        warn(_("No partner keeps us waiting: there is no letter to write."))
    written = write(folder, letters)
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in written.warnings:
        warn(warning)


def _calendar_language(call: Invocation, lists: TitledLists) -> str:
    """Return the language of the calendar: the document's for one partnership, the interface's for several."""
    return call.document_language(lists[0][1].partnership) if len(lists) == 1 else language()
