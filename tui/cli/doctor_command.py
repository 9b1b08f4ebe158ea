"""The subcommand `doctor`: it checks this machine, terminal and store, and takes over files that were set aside.

The store sets a file aside, instead of deleting it, when it is damaged or was changed outside of the program.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from tui import __version__, commands, keymap
from tui.atomic_files import is_there
from tui.cli.command_line import progress_line
from tui.cli.house_findings import house_findings
from tui.cli.invocation import DONE, NO, Invocation
from tui.cli.store_findings import access_findings, bin_findings, closed_file_findings, disk_findings, folder_findings
from tui.clipboard import Finding, explain, gather
from tui.clipboard.terminal_facts import terminal_size
from tui.commands import key_meanwhile, key_words
from tui.console import is_terminal, print_line
from tui.export import house_style
from tui.i18n import N_, _, language, ngettext
from tui.resources import own_folder
from tui.settings import SettingsError, files_folder, load_settings, settings_files, short_path
from tui.store import Problem, Summary
from tui.store.set_aside_files import is_set_aside
from tui.store.store_errors import Damaged, StoreError, as_store_errors, reading_of
from tui.store.sync_copies import copied_file, copied_folder
from tui.text import moments
from tui.text.charset import UTF_8, locale_name, terminal_charset
from tui.text.dates import format_day_and_time
from tui.text.outside_paths import ignored_variables, outside_path
from tui.workspace.output_files import fetch_commands, is_far_from_person


def set_aside_findings(call: Invocation, partnership_id: str) -> Iterator[Finding]:
    """Yield the files set aside beside a partnership, with the command that takes over what the partnership lacks."""
    for file in call.store.set_aside_files(partnership_id):
        count = len(file.changes)
        if copied_file(file.path.name):
            copy_words = _problem_words(Problem("synced", file.path))
            yield Finding("warn", copy_words if count else copy_words + " " + _("What it says is in the partnership."))
        elif not count:
            text = _("{file}: set aside; all that can be read of it is in the partnership.")
            yield Finding("ok", text.format(file=file.path))
        if not count:
            continue
        message = ngettext(
            "{file}: it says {n} thing that the partnership does not. To take it over: {command}",
            "{file}: it says {n} things that the partnership does not. To take them over: {command}",
            count,
        )
        yield Finding("warn", message.format(file=file.path, n=count, command=_adopt_command(file.path)))


def _adopt_command(path: Path) -> str:
    """Return the command that takes over a set-aside file, or goes on with a damaged folder."""
    return f"entente doctor --adopt {shlex.quote(str(path))}"


def damage_findings(call: Invocation, partnership_id: str) -> Iterator[Finding]:
    """Yield how much of a damaged partnership can be read, with the command that goes on with it."""
    try:
        call.store.load(partnership_id)
    except Damaged:
        count = len(call.store.readable(partnership_id).partnership.entries)
        message = ngettext(
            "{id}: {n} answer can still be read. To go on with it, the damaged files kept: {command}",
            "{id}: {n} answers can still be read. To go on with them, the damaged files kept: {command}",
            count,
        )
        folder = call.root / partnership_id
        yield Finding("warn", message.format(id=partnership_id, n=count, command=_adopt_command(folder)))
    except StoreError:
        return  # nothing can be read; another finding says so


def take_over_file(call: Invocation, file: Path) -> int:
    """Take over what a set-aside file says, or go on with what can be read in a partnership's damaged folder.

    Return the exit code. Raises StoreError.
    """
    from tui.store.set_aside_files import partnership_of_set_aside

    if file.is_dir():
        call.store.restart_from_readable(file.absolute().name)
        print_line(_("{place}: what could be read goes on; the damaged files are kept beside it.").format(place=file))
        return DONE
    partnership_id = partnership_of_set_aside(call.root, file)
    saved = call.store.take_over(partnership_id, file)
    count = len(saved.past)
    print_line(ngettext("{n} change was taken over.", "{n} changes were taken over.", count).format(n=count))
    if saved.conflicts:
        print_line(_("Answers that somebody had changed since have two texts now."))
    return DONE


MARKS = {"ok": "  ok ", "warn": "  ?  ", "bad": "  !  "}  # before a finding, by its level
TOPICS = (N_("Program"), N_("Terminal"), N_("Clipboard"), N_("Files"), N_("Keys"), N_("Store"))
# By `Problem.kind`, what the store found. The *twin* of a file is its second copy, its *seal* a checksum. {why} is
# `Problem.why`, which is a whole sentence if nothing is printed around it.
PROBLEM_TEXTS = {
    "damaged": N_("{path} could not be read: its second copy was used."),
    "edited": N_("{path} was changed outside Entente: its second copy was used."),
    "missing": N_("{path} was gone: its second copy was used."),
    "unsealed": N_("{path} carries no good seal: the copy that can be read was used."),
    "twin": N_("{path}: the second copy was not good; the file itself is."),
    "single": N_("{path}: saved, but its second copy could not be written."),
    "unread": N_("{path} cannot be read: the rest of the partnership is shown."),
    "journal": N_("{path}: what a session that ended badly had typed is saved now ({why})."),
    "misfit": "{why}",
    "room": "{why}",
    "restored": N_("{path}: it came back as it lies in the backup, where it is damaged."),
    "synced": N_("{path}: a second copy that a program synchronizing folders left; it is not read."),
    "waiting": N_("{path}: something waits to be saved: {why}"),
}
_ESCAPE_WAIT_MS = 100  # a shorter wait after Escape is not noticeable
_LEAST_COLUMNS, _LEAST_LINES = 80, 24  # a smaller terminal shows one pane at a time
STANDARD_OUTPUT = 1  # the file descriptor


def doctor(call: Invocation) -> int:
    """Print the findings by topic and return NO if something will not work, else DONE.

    With --keys it only lists the keys, with --adopt it only takes over what was set aside.
    """
    if call.args.keys:
        return _list_keys(call)
    if call.args.adopt:
        return take_over_file(call, outside_path(call.args.adopt, "--adopt", relative=True))
    checks = (_program, _terminal, _clipboard, _files, _keys, _store)  # one for each of TOPICS
    has_bad_finding = False
    with suppress(SettingsError):  # `_keys` reports it
        commands.use_keys_of(keymap.with_chosen_keys(call.settings.keys))
    for topic, check in zip(TOPICS, checks, strict=True):
        print_line(_(topic))
        for finding in check(call):
            has_bad_finding = has_bad_finding or finding.level == "bad"
            print_line(MARKS[finding.level] + finding.text)
    return NO if has_bad_finding else DONE


def _program(call: Invocation) -> Iterator[Finding]:
    """Yield the findings on versions, settings, time zone, author and libraries."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("ok", _("Entente {version}, Python {python}.").format(version=__version__, python=python))
    yield from _settings(call)
    yield _time_zone(call)
    author = call.author.name
    if call.settings.author:
        yield Finding("ok", _("Changes are signed “{name}”.").format(name=author))
    else:
        text = _("Changes are signed “{name}”, the name of the account; set “author” in the settings to sign yours.")
        yield Finding("warn", text.format(name=author))
    for module, text in (("textual", _("The screens cannot open: Textual is missing.")),
                         ("docx", _("Word documents cannot be written: python-docx is missing."))):  # fmt: skip
        if find_spec(module) is None:
            yield Finding("bad", text)
    if find_spec("typst") is None:
        yield Finding("warn", _("PDF documents cannot be written: install entente[pdf]."))


def _settings(call: Invocation) -> Iterator[Finding]:
    """Yield which settings files are used, and what is wrong with them or with variables that name folders."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        yield from closed_file_findings(own_folder(call.environ, variable))
    try:
        *machine_files, own_file = settings_files(call.environ)
        load_settings(*machine_files, own_file)
    except SettingsError as error:
        yield Finding("bad", str(error))
        return
    for name in ignored_variables(call.environ):
        message = _("{name} does not begin with /, and is ignored: {value}.")
        yield Finding("warn", message.format(name=name, value=call.environ[name]))
    for path in machine_files:
        if path.exists():
            yield Finding("ok", _("Settings of the whole machine: {file}.").format(file=path))
    text = _("Settings: {file}.") if own_file.exists() else _("Settings: the defaults; they can be set in {file}.")
    yield Finding("ok", text.format(file=own_file))


def _time_zone(call: Invocation) -> Finding:
    """Return in which time zone dates are shown, and its time; a server's zone is seldom that of its users."""
    when = format_day_and_time(moments.now(), language())
    if zone := call.settings.timezone:
        return Finding("ok", _("Dates are told in {zone}, where it is {when}.").format(zone=zone, when=when))
    message = _("Dates are told in the time of this machine, {zone}, where it is {when}.")
    message += " " + _("To choose another, in the settings: {line}").format(line='timezone = "America/Toronto"')
    return Finding("ok", message.format(zone=datetime.now().astimezone().tzname() or "?", when=when))


def _keys(call: Invocation) -> Iterator[Finding]:
    """Yield the keys that the settings change, and those that a terminal may never send."""
    choices = call.settings.keys
    if not choices:
        text = _("They are the usual ones: “entente doctor --keys” lists them, a table [keys] in {file} changes them.")
        yield Finding("ok", text.format(file=settings_files(call.environ)[-1]))
        return
    try:
        table = keymap.with_chosen_keys(choices)
    except SettingsError as error:
        yield Finding("bad", str(error))
        return
    for command in keymap.with_changed_keys(table):
        keys = ", ".join(map(key_words, (*command.keys, *command.letter)))
        yield Finding("ok", command.name + _(": ") + (keys or _("no key")))
    for text in (*keymap.given_up_words(choices), *keymap.warnings(choices)):
        yield Finding("warn", text)


def _list_keys(call: Invocation) -> int:
    """Print each command by its name in [keys], with the keys in use; return DONE. Raises SettingsError."""
    table = keymap.with_chosen_keys(call.settings.keys)
    widest = max(len(command.id) for command in table)
    keys_by_id = {command.id: ", ".join(map(key_words, (*command.keys, *command.letter))) for command in table}
    column = max(map(len, keys_by_id.values()))
    for command in table:
        print_line(f"{command.id:{widest}}  {keys_by_id[command.id]:{column}}  {command.name}")
    return DONE


def _terminal(call: Invocation) -> Iterator[Finding]:
    """Yield whether the screens can open, the size, the wait after Escape, the characters and the colours."""
    term = call.environ.get("TERM", "")
    if not is_terminal():
        yield Finding("warn", _("The output is not a terminal here: the screens would not open."))
    elif term in ("", "dumb"):
        yield Finding("bad", _("TERM is “{term}”: the screens need a capable terminal.").format(term=term))
    else:
        size = terminal_size(STANDARD_OUTPUT)
        text = _("TERM is {term}, {columns} columns by {lines} lines.")
        yield Finding("ok", text.format(term=term, columns=size.columns, lines=size.lines))
        if size.columns < _LEAST_COLUMNS or size.lines < _LEAST_LINES:
            yield Finding("warn", _("Less than 80 by 24: everything works, but one pane at a time."))
    escape_wait = gather(call.environ).tmux.escape_time  # milliseconds
    if escape_wait > _ESCAPE_WAIT_MS:
        text = _("tmux holds Escape back for {n} ms; Alt and a letter does not wait. In ~/.tmux.conf: {setting}")
        yield Finding("warn", text.format(n=escape_wait, setting="set -sg escape-time 20"))
    yield _characters(call)
    if call.environ.get("NO_COLOR"):
        yield Finding("ok", _("NO_COLOR is set: no colours are used."))


def _characters(call: Invocation) -> Finding:
    """Return which characters the screens send, and by which locale."""
    name, charset = locale_name(call.environ), terminal_charset(call.environ)
    if not name:
        return Finding("ok", _("No locale is set: the terminal is taken to show UTF-8, accents and signs."))
    if charset == UTF_8:
        return Finding("ok", _("The locale is {name}: accents are safe.").format(name=name))
    if charset == "ascii":
        text = _(
            "The locale is “{name}”: the screens draw plain signs, and send accents as UTF-8."
            " If accents look right, set LANG=C.UTF-8 or fr_CA.UTF-8 for the other signs."
        )
    else:
        text = _(
            "The locale is “{name}”: the screens draw plain signs, and send accents in its own letters ({letters})."
            " If accents look wrong, set LANG=fr_CA.UTF-8 or C.UTF-8."
        )
    return Finding("warn", text.format(name=name, letters=charset))


def _clipboard(call: Invocation) -> Iterator[Finding]:
    """Yield by which way a copy reaches the clipboard."""
    yield from explain(gather(call.environ))
    if call.settings.clipboard != "auto":
        text = _("The settings choose the route “{route}” for copies, whatever stands above.")
        yield Finding("warn", text.format(route=call.settings.clipboard))


def _files(call: Invocation) -> Iterator[Finding]:
    """Yield where files are written, and the command that fetches one to the user's own computer."""
    folder = files_folder(call.environ, call.settings)
    place = short_path(folder, call.environ)
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    if not os.access(existing, os.W_OK | os.X_OK):
        text = _("{place}: files are written there, and this account may not write there.")
        yield Finding("bad", text.format(place=place))
    elif call.settings.output:
        yield Finding("ok", _("Files are written to {place}, as “output” in the settings says.").format(place=place))
    else:
        text = _("Files are written to {place}; “output” in the settings names another folder, such as a shared drive.")
        yield Finding("ok", text.format(place=place))
    yield from house_findings(house_style.current_house_style())
    facts = gather(call.environ)
    if not is_far_from_person(facts):
        return
    yield Finding("ok", _("A file comes to your own computer by a line such as this:"))
    fetch_lines = fetch_commands(folder / "entente.docx", facts, export=None, host=call.settings.host)
    yield Finding("ok", fetch_lines[0])
    if not call.settings.host and not facts.environ.get("SSH_CONNECTION"):
        yield Finding("warn", _("If your computer knows this machine by another name, set “host” in the settings."))
    bare, fetch = key_meanwhile("bare"), key_meanwhile("fetch")  # keys that work also while the user types
    text = _(
        "In the screens {fetch} shows these lines, and {bare} the bare text, which the terminal's own mouse selects."
    )
    yield Finding("ok", text.format(fetch=fetch, bare=bare))


def _store(call: Invocation) -> Iterator[Finding]:
    """Yield the findings on the store's folder or server, and on each of its partnerships."""
    if isinstance(call.place, str):
        from tui.cli.server_findings import server_findings

        yield from server_findings(call)
        return
    root = call.root
    call.allow_unlocked()  # before the disk is checked below, which may be before the store is opened
    try:
        with as_store_errors(root):
            if not is_there(root):
                text = _("{place}: not there yet; it is made with the first partnership.")
                yield Finding("ok", text.format(place=root))
                yield from disk_findings(root)
                return
        if moved := call.store.moved_error():
            yield Finding("warn", str(moved))
        yield from folder_findings(root)
        with progress_line() as progress:
            summaries = [*call.store.list(progress=progress), *call.store.list(archived=True)]
            for at, summary in enumerate(summaries):
                progress(at, len(summaries))
                yield from _partnership(call, summary)
        yield from bin_findings(root)
        yield Finding("ok", _("Partnerships: {n}.").format(n=len(summaries)))
        yield from _sync_copies(call)
        reported = {summary.damaged for summary in summaries if summary.damaged}
        for problem in call.store.take_problems():
            has_finding = problem.why in reported or problem.kind == "synced"
            if not has_finding:
                yield Finding("warn", _problem_words(problem))
    except StoreError as error:
        yield Finding("bad", str(error))


def _sync_copies(call: Invocation) -> Iterator[Finding]:
    """Yield copies left by a program that synchronizes folders, except those that `set_aside_findings` reports."""
    message = _("To see what it holds, bring it in beside the others: {command}")
    for path in call.store.sync_copies():
        copy_words = _problem_words(Problem("synced", path))
        if copied_folder(path.name):
            yield Finding("warn", copy_words + " " + message.format(command=f"entente import {shlex.quote(str(path))}"))
        elif not is_set_aside(path.name):
            yield Finding("warn", copy_words)


def _partnership(call: Invocation, summary: Summary) -> Iterator[Finding]:
    """Yield why this account cannot read or save a partnership, and what is set aside beside it.

    Errors become findings, so that the next partnership is still checked.
    """
    access_problems = list(access_findings(call.root / summary.id))
    yield from access_problems
    if summary.damaged and not access_problems:
        yield Finding("bad", summary.id + _(": ") + summary.damaged)
    try:
        with reading_of(call.root / summary.id):
            if summary.damaged and not access_problems:
                yield from damage_findings(call, summary.id)
            call.store.load(summary.id)
            if any((call.root / summary.id).glob("*.closed-*")):
                call.store.history(summary.id)  # closed files, which nothing else reads here, are checked too
                call.store.versions(summary.id)
            yield from set_aside_findings(call, summary.id)
    except StoreError as error:
        if not access_problems and str(error) != summary.damaged:
            yield Finding("bad", str(error))


def _problem_words(problem: Problem) -> str:
    """Return in words a problem that the store got around."""
    message = _(PROBLEM_TEXTS.get(problem.kind, "{path}: {why}")).format(path=problem.path, why=problem.why)
    return message + (" " + _("What stood there is kept in {file}.").format(file=problem.kept) if problem.kept else "")
