"""The subcommand `form`: it writes a form for each partner to answer, as mail drafts, Word files or HTML pages."""

from __future__ import annotations

from dataclasses import replace

from tui.cli.invocation import DONE, Invocation, UsageError, print_json, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.settings import files_folder
from tui.text.outside_paths import outside_path
from tui.workspace.output_files import write
from tui.workspace.partner_forms import (
    FORM_FORMATS,
    MAIL,
    FormOrder,
    asking_changes,
    form_files,
    partners_named,
    usual_order,
)
from tui.workspace.sending_choices import read_answer_day, sender_of
from tui.workspace.workspace import Workspace, current_moment

_OTHER_WORDS = {"eml": MAIL, "word": "docx", "htm": "html"}  # that a person may type for a format


def form(call: Invocation) -> int:
    """Write the form of each partner and print the paths; with --by, note that the partners were asked.

    Return the exit code. Raises UsageError for a format that forms do not have, BadValue for no active partner.
    """
    workspace = call.workspace()
    order = _order(call, workspace)
    if not order.partners:
        raise UsageError(_("No partner may be named yet: say whose form with --partner."))
    written = write(order.folder, form_files(workspace, order))
    changes = asking_changes(workspace, order, current_moment()[:10])
    if changes:
        call.store.save(workspace.partnership.id, changes)
    for warning in written.warnings:
        warn(warning)
    if call.args.json:
        files = [str(path) for path in written.files]
        print_json({"files": files, "partners": list(order.partners), "answer_by": order.answer_by})
        return DONE
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    return DONE


def _order(call: Invocation, workspace: Workspace) -> FormOrder:
    """Return which forms are to be written, and where, as the options say.

    Raises BadValue, UsageError or WrongPath for a wrong option.
    """
    args = call.args
    folder = files_folder(call.environ, call.settings)
    if args.folder:
        folder = outside_path(args.folder, "--folder", relative=True)
    order = usual_order(workspace, folder, (args.sender or "").strip() or sender_of(call.settings))
    return replace(
        order,
        partners=partners_named(workspace, args.partner) if args.partner else order.partners,
        formats=_formats(args.format),
        answer_by=read_answer_day(args.by, language()) if args.by else "",
    )


def _formats(text: str | None) -> tuple[str, ...]:
    """Return the formats of --format (None: mail) in the order of FORM_FORMATS. Raises UsageError for any other."""
    names = [part.strip().lower() for part in text.split(",")] if text else [MAIL]
    names = [_OTHER_WORDS.get(name, name) for name in names]
    for name in names:
        if name not in FORM_FORMATS:
            message = _("A form is made as {names}, not as “{name}”.")
            raise UsageError(message.format(names=", ".join(FORM_FORMATS), name=name))
    return tuple(name for name in FORM_FORMATS if name in names)
