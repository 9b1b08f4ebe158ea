"""The subcommand `amend`: it prints, writes or adopts the amendment that turns the adopted text into today's."""

from __future__ import annotations

from tui import console
from tui.cli.agreement_commands import print_agreement
from tui.cli.invocation import DONE, NO, Invocation, UsageError, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.name_references import partner_id
from tui.text.outside_paths import outside_path
from tui.workspace.adoption import AdoptionOptions, CannotAdopt, read_day
from tui.workspace.amendments import (
    adopt_amendment,
    adopted_words,
    amendment_text,
    amendment_to_make,
    change_words,
    changes_made,
    consolidated_text,
    letter_of,
    write_amendment,
)
from tui.workspace.sending_choices import sender_of


def amend(call: Invocation) -> int:
    """Print the amendment or the consolidated text, write files, or adopt it; return the exit code.

    The exit code is NO if there are obstacles to the adoption. Raises UsageError if no amendment can be made.
    """
    args, workspace, sender = call.args, call.workspace(), sender_of(call.settings)
    effect_day = read_day(args.effect, language()) if args.effect else ""
    joiner = partner_id(workspace.partnership, args.join) if args.join else ""
    amendment = amendment_to_make(workspace, call.store, effect_day, joiner)
    if args.folder:
        folder = outside_path(args.folder, "--folder", relative=True)
        written = write_amendment(workspace, amendment, folder, sender)
        for path in written.files:
            print_line(_("Written: {file}").format(file=path))
        for warning in written.warnings:
            warn(warning)
    if args.adopt:
        day = read_day(args.date, language()) if args.date else ""
        options = AdoptionOptions(day=day, resolution=args.resolution or "", reason=args.reason or "")
        try:
            adopt_amendment(workspace, call.store, amendment, options)
        except CannotAdopt as error:
            warn(str(error))
            console.print_text("\n".join(f"  – {obstacle.words}" for obstacle in error.obstacles), error=True)
            return NO
        print_line(adopted_words(amendment))
        return DONE
    if args.folder:
        return DONE
    lang = call.document_language(workspace.partnership)
    make_text = consolidated_text if args.consolidated else amendment_text
    text = make_text(workspace, amendment, lang)
    if text is None:
        raise UsageError(_("The adopted text is not kept in this language, so that no amendment can be made of it."))
    if args.letter:
        letter = letter_of(workspace, amendment, lang, sender)
        console.print_text(f"{letter.subject}\n\n{letter.body}".rstrip("\n") if letter is not None else "")
    elif args.changes:
        console.print_text(
            "\n".join(change_words(workspace, article_change) for article_change in changes_made(workspace, amendment))
        )
    else:
        print_agreement(text, args.format)
    return DONE
