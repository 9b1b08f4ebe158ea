"""The subcommand `due`: what is late, due this month and later, as text, JSON, calendar file or follow-up letters."""

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

    Titled = list[tuple[str, DueList]]  # each with the partnership's title in the interface's language


def due(call: Invocation) -> int:
    """Print what is due in one partnership or in all; with --ics or --letters write files of it.

    Nothing private is told without --with-private: of an answer no date that nothing public tells, of money that is
    still sought nothing. How much is left out is said on the standard error.
    """
    titled = _lists(call)
    told = [(name, listed if call.args.with_private else listed.public) for name, listed in titled]
    if call.args.ics:
        _write_calendar(call, told)
    if call.args.letters:
        _write_letters(call, titled)
    if call.args.json:
        print_json([_as_data(name, listed, item) for name, listed in told for item in listed.items])
    elif not (call.args.ics or call.args.letters):
        _print(told)
    withheld = sum(listed.withheld for _name, listed in titled)
    if withheld and not call.args.with_private and not call.args.letters:
        said = ngettext("{n} date is private and not told: --with-private tells it.",
                        "{n} dates are private and not told: --with-private tells them.", withheld)  # fmt: skip
        warn(said.format(n=withheld))
    return DONE


def _lists(call: Invocation) -> Titled:
    """Return the list of the partnership that was named, else of all but trials, the earliest date first."""
    day = call.day()
    if call.args.project is not None:
        return [_titled(call, call.partnership_id(), day)]
    found: Titled = []
    for summary in call.store.list():
        try:
            if not summary.trial:
                found.append(_titled(call, summary.id, day))
        except StoreError as error:
            warn(str(error))
    return sorted(found, key=lambda each: each[1].items[0].date or "9999" if each[1].items else "9999")


def _titled(call: Invocation, name: str, day: str) -> tuple[str, DueList]:
    listed = due_list(call.guide, call.store.load(name), day, read_versions(call.store.versions(name)))
    return title(call.guide, listed.view, language()), listed


def _print(told: Titled) -> None:
    """The list under each title; nothing at all where nothing is due, so that cron sends no mail."""
    lines: list[str] = []
    for name, listed in told:
        if listed.items:
            lines += ["", name] if lines else [name]
            lines += due_lines(listed, language())
    if lines:
        console.print_text("\n".join(lines))
    elif console.is_terminal():
        print_line(_("Nothing is due."))


def _as_data(name: str, listed: DueList, item: Any) -> dict[str, Any]:
    return {
        "partnership": listed.partnership.id,
        "title": name,
        "id": item.id,
        "kind": item.kind,
        "date": item.date,
        "when": group_of(item.date, listed.day),
        "partner": item.partner,
        "text": listed.words(item, language()),
        "question": item.question,
        "entry": item.about,
        "field": item.field,
    }


def _write_calendar(call: Invocation, told: Titled) -> None:
    data = calendar((listed for _name, listed in told), _language(call, told))
    if call.args.ics == "-":
        console.write_bytes(data)
        return
    file = outside_path(call.args.ics, "--ics", relative=True)
    write_file(file, data, private=call.args.with_private)
    warn(_("Written: {file}").format(file=file))


def _write_letters(call: Invocation, titled: Titled) -> None:
    if call.args.project is None:
        raise UsageError(_("--letters goes with one partnership: name it."))
    listed = titled[0][1]
    folder: Path = outside_path(call.args.letters, "--letters", relative=True)
    sheets = follow_up_letters(listed, call.document_language(listed.partnership))
    if not sheets:
        warn(_("No partner keeps us waiting: there is no letter to write."))
    made = write(folder, sheets)
    for path in made.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in made.warnings:
        warn(warning)


def _language(call: Invocation, told: Titled) -> str:
    """The language of the calendar: that of the document where one partnership is meant, else of the interface."""
    return call.document_language(told[0][1].partnership) if len(told) == 1 else language()
