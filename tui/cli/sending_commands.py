"""The subcommands `send` and `adopt`: they send a draft and adopt the text, by options or by questions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from tui.cli.invocation import DONE, NO, Invocation, UsageError, print_json, warn
from tui.console import is_terminal, print_line
from tui.export.formats import format_id_of
from tui.i18n import _, language
from tui.line_mode.interview import standard_streams
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_sending import adopted_words, ask_adoption, ask_sending, sent_lines
from tui.line_mode.line_streams import InputEnded
from tui.partnership.translation import untranslated_words
from tui.settings import files_folder
from tui.text.outside_paths import outside_path
from tui.workspace.adoption import AdoptionOptions, CannotAdopt, read_day, read_paper, record_adoption
from tui.workspace.draft_sending import SentDraft, page_counts, send
from tui.workspace.kept_versions import same_as_last_draft
from tui.workspace.output_files import SendOptions
from tui.workspace.sending_choices import (
    keep_named_addresses,
    read_answer_day,
    read_means,
    recipients_named,
    sender_of,
    unaddressed_words,
    unreadable_words,
    usual_options,
    with_recipients,
)
from tui.workspace.workspace import Workspace

_DRAFT_FORMATS = ("docx", "pdf", "eml")  # the formats in which a draft is sent


def send_draft(call: Invocation) -> int:
    """Number the draft, write its files and note who receives it. Return the exit code, NO if the user gave up.

    Raises UsageError if an answer that the draft needs cannot be read.
    """
    workspace = call.workspace()
    options = _send_options(call, workspace)
    if unread := unreadable_words(workspace):
        raise UsageError(unread[0])
    dialog = dialog_of(call)
    if dialog is not None:
        try:
            options = ask_sending(dialog, workspace, call.store, options, _given_fields(call))
        except (GivenUp, InputEnded):
            print_line(_("Given up: nothing was sent."))
            return NO
    else:
        for text in _sending_warnings(workspace, options, all_partners=not call.args.to):
            warn(text)
    lengths = {} if dialog is not None else page_counts(workspace, options)
    sent = send(workspace, call.store, options)
    if call.args.json:
        pages = {code: {"pages": page_count.pages, "exact": page_count.exact} for code, page_count in lengths.items()}
        print_json({**_sent_data(sent, options), "length": pages})
        return DONE
    if lengths:
        print_line(_("Length") + _(": ") + ", ".join(length.words for length in lengths.values()))
    for line in sent_lines(workspace, sent, call.settings.host):
        for piece in line.split("\n"):
            print_line(piece)
    return DONE


def _sending_warnings(workspace: Workspace, options: SendOptions, *, all_partners: bool) -> Iterator[str]:
    """Yield the warnings that the dialog of a sending would have shown."""
    if same_as_last_draft(workspace):
        number = workspace.partnership.setting("drafts")
        yield _("Word for word draft {number}, which was sent already.").format(number=number)
    message = unaddressed_words(workspace, None if all_partners else options.partners)
    if message and "eml" in options.formats:
        yield message
        yield _("To write to one and keep the address: --to “{name} <name@example.ca>”").format(name=_("PARTNER"))
    if message := untranslated_words(workspace.guide, workspace.partnership, options.languages):
        yield message


def _send_options(call: Invocation, workspace: Workspace) -> SendOptions:
    """Return how to send, as the options of the command say. Raises BadValue, UsageError or WrongPath."""
    args, lang = call.args, language()
    folder = files_folder(call.environ, call.settings)
    if args.folder:
        folder = outside_path(args.folder, "--folder", relative=True)
    options = usual_options(workspace, folder)
    if args.to:
        options = with_recipients(
            workspace, options, recipients_named(workspace, keep_named_addresses(workspace, args.to))
        )
    if args.doc_lang:
        first = workspace.doc_lang
        other = "en" if first == "fr" else "fr"
        code = f"{first}+{other}" if args.doc_lang == "both" else args.doc_lang
        options = replace(options, languages=(code,))
    return replace(
        options,
        formats=_formats(args.format),
        means=read_means(workspace, args.means) if args.means else options.means,
        answer_by=read_answer_day(args.by, lang) if args.by else "",
        reason=(args.reason or "").strip(),
        sender=(args.sender or "").strip() or sender_of(call.settings),
        copies=args.for_each,
        packages=args.boards,
        forms=args.forms,
        statement=args.statement,
    )


def _formats(value: str | None) -> tuple[str, ...]:
    """Return the format ids in the value of --format (None: all). Raises UsageError for a format of no draft."""
    names = [format_id_of(part.strip()) for part in value.split(",")] if value else list(_DRAFT_FORMATS)
    for name in names:
        if name not in _DRAFT_FORMATS:
            message = _("A draft is sent as {names}, not as “{name}”.")
            raise UsageError(message.format(names=", ".join(_DRAFT_FORMATS), name=name))
    return tuple(text for text in _DRAFT_FORMATS if text in names)


def _given_fields(call: Invocation) -> set[str]:
    """Return the fields of SendOptions that options of the command gave, so that they are not asked."""
    options_given = {
        "partners": call.args.to, "means": call.args.means, "answer_by": call.args.by, "reason": call.args.reason,
        "sender": call.args.sender,
        "packages": call.args.boards,
        "forms": call.args.forms,
        "statement": call.args.statement,
        "languages": call.args.doc_lang,
    }  # fmt: skip
    return {name for name, value in options_given.items() if value}


def dialog_of(call: Invocation) -> LineDialog | None:
    """Return the dialog that asks on this terminal; None without a terminal, or with --yes or --json."""
    if call.args.yes or call.args.json or not (sys.stdin.isatty() and is_terminal()):
        return None
    return LineDialog(standard_streams())


def _sent_data(sent: SentDraft, options: SendOptions) -> dict[str, object]:
    """Return a sending as JSON data: the version, the files, the letters."""
    return {
        "id": sent.version.id, "number": sent.version.number, "status": sent.version.status, "date": sent.version.date,
        "reason": sent.version.reason, "answer_by": options.answer_by, "partners": list(options.partners),
        "files": [str(path) for path in sent.files], "zip": str(sent.archive or ""),
        "subject": sent.letter.subject, "message": sent.letter.body,
        "letters": [
            {
                "partner": letter.partner,
                "to": list(letter.addresses),
                "subject": letter.letter.subject,
                "message": letter.letter.body,
            }
            for letter in sent.letters
        ],
        "warnings": list(sent.warnings),
    }  # fmt: skip


# -- adopting ----------------------------------------------------------------------------------------------------------


def adopt_text(call: Invocation) -> int:
    """Keep the present text as the adopted one; return NO if there are obstacles and no reason is given."""
    workspace = call.workspace()
    options = _adoption_options(call)
    dialog = dialog_of(call)
    try:
        if dialog is not None:
            options_given = {name for name in ("resolution", "file") if getattr(call.args, name)}
            options_given |= {"day"} if call.args.date else set()
            options = ask_adoption(dialog, workspace, call.store, options, options_given)
        version = record_adoption(workspace, call.store, options)
    except CannotAdopt as error:
        for obstacle in error.obstacles:
            print_line(f"– {obstacle.words}")
        warn(f"{error} (--reason)")
        return NO
    except (GivenUp, InputEnded):
        print_line(_("Given up: nothing was adopted."))
        return NO
    if call.args.json:
        print_json({"id": version.id, "date": version.date, "resolution": version.resolution, "reason": version.reason})
    else:
        print_line(adopted_words(workspace, version))
    return DONE


def _adoption_options(call: Invocation) -> AdoptionOptions:
    """Return how to adopt, as the options of the command say. Raises BadValue or WrongPath."""
    args = call.args
    return AdoptionOptions(
        day=read_day(args.date, language()) if args.date else "",
        resolution=(args.resolution or "").strip(),
        reason=(args.reason or "").strip(),
        file=read_paper(outside_path(args.file, "--file", relative=True)) if args.file else None,
    )
