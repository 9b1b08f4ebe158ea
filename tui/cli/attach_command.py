"""The subcommand `attach`: it lists the numbered annexes of the text, attaches, replaces, removes and writes them."""

from __future__ import annotations

from tui.cli.invocation import DONE, Invocation, UsageError, print_json, warn
from tui.console import print_line
from tui.i18n import _
from tui.partnership.attachments import attachments
from tui.text.outside_paths import outside_path
from tui.workspace import attaching as annexes
from tui.workspace.adoption import read_paper
from tui.workspace.output_files import write


def attach(call: Invocation) -> int:
    """Attach, replace or remove an annex, or write the copies, then list the annexes; return the exit code.

    Raises UsageError for a title without a file, BadValue for a number that no annex has.
    """
    workspace, args = call.workspace(), call.args
    file = read_paper(outside_path(args.file, "--file", relative=True)) if args.file else None
    if args.replace:
        row = annexes.annex_numbered(workspace, args.replace)
        if file is None and not args.title:
            raise UsageError(_("Say with what it is replaced: --file, or its new title."))
        if file is not None:
            annexes.replace_copy(workspace, call.store, row, file)
        if args.title:
            annexes.reword(workspace, workspace.partnership.entries[row.id], args.title)
    elif args.remove:
        annexes.reword(workspace, annexes.annex_numbered(workspace, args.remove), "")  # an empty title removes it
    elif args.title:
        if file is None:
            raise UsageError(_("Which file is attached? Name it with --file."))
        annexes.attach(workspace, call.store, args.title, file)
    workspace.flush()
    if args.papers:
        written = write(
            outside_path(args.papers, "--papers", relative=True), annexes.attachment_files(workspace, call.store)
        )
        for path in written.files:
            print_line(_("Written: {file}").format(file=path), error=args.json)
        for warning in written.warnings:
            warn(warning)
    if args.json:
        rows = attachments(workspace.partnership)
        print_json([{"number": at, "text": row.text("what", workspace.doc_lang), "on": str(row.get("on") or ""),
                     "copy_kept": bool(row.get("file_hash"))} for at, row in enumerate(rows, 1)])  # fmt: skip
        return DONE
    lines = list(annexes.annex_lines(workspace, private=False))
    for line in lines or [_("No paper is attached to the text.")]:
        print_line(line)
    return DONE
