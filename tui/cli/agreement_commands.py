"""The subcommands `show`, `export`, `copy`, `sample` and `levels`: they print, write or copy documents.

Other subcommands print and write their documents and mails by the functions of this file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui import console
from tui.agreement.large_print import FOR_A_ROOM, large_print
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.atomic_files import make_private_dir
from tui.cli.invocation import DONE, FAILED, NO, Invocation, UsageError, as_json, print_json, warn
from tui.cli.subcommands import TEXT_FORMATS
from tui.console import print_line
from tui.export.formats import Rendered, by_id, file_stem
from tui.i18n import _
from tui.partnership.name_references import partner_id
from tui.partnership.translation import untranslated_words
from tui.settings import short_path
from tui.store.store_errors import as_store_errors
from tui.text.outside_paths import outside_path
from tui.workspace.output_files import JSON, OutputFile, bundles, handover_json, without_history, write

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.agreement.blocks import Agreement
    from tui.partnership.values import Partnership


def show(call: Invocation) -> int:
    """Print the agreement, or with --format json the whole public partnership with its history and conflicts.

    Return the exit code. Raises UsageError for --with-private and another format.
    """
    partnership_id = call.partnership_id()
    if call.args.format == JSON:
        if call.args.with_private:
            warn(_("What follows holds private notes: keep it to yourself."))
        print_json(call.store.public_document(partnership_id, private=call.args.with_private))
        return DONE
    if call.args.with_private:
        raise UsageError(_("--with-private goes with --format json: no document ever holds private notes."))
    print_agreement(call.agreement(call.store.load(partnership_id)), call.args.format)
    return DONE


def _document_text(agreement: Agreement, format_id: str | None, *, wrap: int | None = 72) -> str:
    """Return a document in a format that is text (None: plain text), which is wrapped at `wrap` columns if not None."""
    if format_id in (None, "text"):
        from tui.export.plain_text import to_text

        return to_text(agreement, wrap)
    from tui.export.formats import render

    return render(agreement, str(format_id)).data.decode("utf-8")


def print_agreement(agreement: Agreement, format_id: str | None) -> None:
    """Print a document in a format that is text; None is plain text."""
    console.print_text(_document_text(agreement, format_id))


def export(call: Invocation) -> int:
    """Write the agreement to FILE in the format of its ending or of --format; in the format « json », the partnership.

    A FILE that ends with « / » is a folder, in which the files get names of their own. Return the exit code.
    Raises UsageError for --with-private and another format than json.
    """
    target = str(call.args.file)
    if target.endswith(("/", os.sep)) or call.args.for_each:
        return export_into(call, _output_path(call, target))
    format_id = _chosen_format_id(target, call.args.format)
    if call.args.with_private and format_id != JSON:
        raise UsageError(_("--with-private goes with --format json: no document ever holds private notes."))
    if call.args.with_history and format_id != JSON:
        raise UsageError(_("--with-history goes with --format json: no document holds earlier texts."))
    partnership_id = call.partnership_id()
    data = (
        _json_document(call, partnership_id)
        if format_id == JSON
        else _rendered_bytes(call, call.store.load(partnership_id), format_id)
    )
    if target == "-":
        if call.args.with_private:
            warn(_("What follows holds private notes: keep it to yourself."))
        _warn_of_history(call, format_id, target)
        _print_bytes(data)
        return DONE
    file = _output_path(call, target)
    write_file(file, data, private=call.args.with_private)
    if call.args.with_private:
        call.store.note_private_file(file)
        warn(_("{file} holds private notes: keep it to yourself.").format(file=file))
    _warn_of_history(call, format_id, str(file))
    console.print_line(_("Written: {file}").format(file=file))
    _print_fetch_commands(call, file, partnership_id, format_id)
    return DONE


def _output_path(call: Invocation, target: str) -> Path:
    """Return the path of an output file: a bare name goes into the output folder if the settings name one.

    The output folder is made if it is missing. Raises StoreError if it cannot be.
    """
    file = outside_path(target, _("FILE"), relative=True)
    if not call.settings.output or file.name != str(file):
        return file
    if not call.settings.folder.exists():
        with as_store_errors(call.settings.folder):
            make_private_dir(call.settings.folder)
    return call.settings.folder / file


def _print_fetch_commands(call: Invocation, file: Path, partnership_id: str, format_id: str) -> None:
    """Print the commands that fetch a file to the user's own computer, if the terminal is on another computer."""
    if not console.is_terminal(error=True):
        return
    from tui import clipboard
    from tui.workspace.output_files import Export, fetch_commands, is_far_from_person

    facts = clipboard.gather(call.environ)
    if is_far_from_person(facts) and file.is_file():
        export = Export(partnership_id, call.store.address, format_id, call.args.doc_lang or "")
        console.print_line(_("To fetch it, on your own computer:"), error=True)
        for line in fetch_commands(file, facts, export, call.settings.host):
            console.print_line(f"  {line}", error=True)


def _chosen_format_id(target: str, given_format: str | None) -> str:
    """Return the format id for `given_format` (the value of --format), else for the ending of the file `target`."""
    from tui.export.formats import by_ending

    if given_format is not None:
        return given_format if given_format == JSON else by_id(given_format, JSON).id
    if target == "-":
        return "text"
    return JSON if target.lower().endswith(".json") else by_ending(target).id


def _rendered_bytes(call: Invocation, partnership: Partnership, format_id: str) -> bytes:
    """Return the file of the document that the options ask for; warnings are printed."""
    from tui.export.formats import render

    agreement = board_package(call, partnership) if call.args.board else _agreement_to_export(call, partnership)
    one_language = len({part.lang for part in agreement.parts}) == 1
    if one_language and (message := untranslated_words(call.guide, partnership, (agreement.lang,))):
        warn(message)
    if call.args.for_:
        agreement = copy_for(call, partnership, agreement)
    _warn_of_length(call, agreement, (format_id,))
    rendered = render(agreement, format_id)
    for warning in rendered.warnings:
        warn(warning)
    return rendered.data


def _agreement_to_export(call: Invocation, partnership: Partnership) -> Agreement:
    """Return the agreement to export, with the annex of contacts if it is joined, in the print size of the options."""
    from tui.workspace.contacts import text_as_sent

    text = call.agreement(partnership)
    if call.args.room:  # what is projected in a room has no annex of contacts
        return large_print(text, FOR_A_ROOM)
    sent = text if call.args.statement else text_as_sent(call.guide, partnership, text)
    return large_print(sent) if call.args.large else sent


def _warn_of_length(call: Invocation, agreement: Agreement, formats: Sequence[str]) -> None:
    """Warn if the statement on one page is longer than one page in each language."""
    from tui.export.page_count import count_pages

    args = call.args
    is_on_pages = bool({"docx", "pdf"} & set(formats))
    if not args.statement or args.room or args.large or not is_on_pages:
        return
    length = count_pages(agreement)
    if length.pages > len(agreement.parts):
        warn(_("Length") + _(": ") + length.words)


def _json_document(call: Invocation, partnership_id: str) -> bytes:
    """Return the partnership as JSON: its public tables, and private notes and history if the options ask for them."""
    history = call.args.with_history
    document = call.store.public_document(partnership_id, private=call.args.with_private, history=history)
    return (as_json(document if history else without_history(document)) + "\n").encode()


def _warn_of_history(call: Invocation, format_id: str, file: str) -> None:
    """Warn that the file holds earlier texts, if it does."""
    if format_id == JSON and call.args.with_history:
        warn(_("{file} holds earlier texts too, deleted words among them.").format(file=file))


def _print_bytes(data: bytes) -> None:
    """Print a document to standard output. Raises UsageError for a file that is no text on a terminal."""
    if console.is_terminal() and console.is_binary(data):
        raise UsageError(_("This format is not text: name a file, or send the output to one with >."))
    console.write_bytes(data)


def write_file(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file completely or not at all; warn if it replaces a different file.

    With `private` only this account can read it. Raises StoreError if it cannot be written.
    """
    from tui.named_files import write_named
    from tui.workspace.output_files import holds_other_bytes, replaced_words

    with as_store_errors(file):
        replaces = file.is_file() and holds_other_bytes(file, data)
        write_named(file, data, 0o600 if private else None)
    if replaces:
        warn(replaced_words(file))


def give_mail(data: bytes, target: str, option: str) -> int:
    """Write a mail to the file `target`, readable by this account alone, or print it for "-"; return the exit code.

    `option` is the option that gave the path, for errors. Raises WrongPath or StoreError.
    """
    if target == "-":
        console.write_bytes(data)
        return DONE
    file = outside_path(target, option, relative=True)
    write_file(file, data, private=True)
    print_line(_("Written: {file}").format(file=file))
    return DONE


def copy(call: Invocation) -> int:
    """Copy the agreement to the clipboard of the person's own computer.

    Return DONE only if the copy was read back and is complete, NO if it may have failed, FAILED if it did.
    """
    from tui import clipboard
    from tui.settings import copies_folder
    from tui.workspace.output_files import Export, fetch_commands

    partnership_id = call.partnership_id()
    agreement = call.agreement(call.store.load(partnership_id))
    text = _text_to_copy(agreement, call.args)
    facts = clipboard.gather(call.environ)
    with clipboard.terminal() as write:
        outcome = clipboard.copy(
            text,
            facts=facts,
            folder=copies_folder(call.environ, call.settings),
            name=file_stem(agreement) + by_id(call.args.format or "text").ending,
            write=write,
            route=call.settings.clipboard,
        )
    console.print_line(clipboard.message(outcome))
    if outcome.kind == "verified":
        return DONE
    if outcome.path is None:
        return FAILED if outcome.kind == "none" else NO
    if outcome.reason:
        console.print_line(outcome.reason)
    console.print_line(_("To fetch it, on your own computer:"))
    export = Export(partnership_id, call.store.address, call.args.format or "", call.args.doc_lang or "")
    for line in fetch_commands(outcome.path, facts, None if call.args.section else export, call.settings.host):
        console.print_line(f"  {line}")
    return NO


def _text_to_copy(agreement: Agreement, args: Namespace) -> str:
    """Return the whole agreement, or with --section one section of it as plain text."""
    if not args.section:
        return _document_text(agreement, args.format, wrap=None)
    if args.format not in (None, "text"):
        raise UsageError(_("A section is copied as plain text: --section goes without --format."))
    from tui.export.plain_text import section_to_text
    from tui.workspace.output_files import section_named

    return section_to_text(section_named(agreement, args.section), agreement)


def sample(call: Invocation) -> int:
    """Print the agreement of a worked example, and return the exit code. Raises UsageError for an unknown number."""
    from tui.workspace import samples

    all_samples = samples.samples()
    number = call.args.number
    if not 1 <= number <= len(all_samples):
        raise UsageError(_("There are {n} samples, numbered from 1.").format(n=len(all_samples)))
    chosen_sample = all_samples[number - 1]
    if call.args.format == JSON:
        print_json(chosen_sample.document)
        return DONE
    print_agreement(call.agreement(chosen_sample.partnership), call.args.format)
    return DONE


_FOLDER_FORMATS = ("docx", "pdf")  # the formats written into a folder without --format


def copy_for(call: Invocation, partnership: Partnership, agreement: Agreement) -> Agreement:
    """Return the copy for the partner of --for.

    Raises BadValue for an unknown name, UsageError if that partner may not be named in the document yet.
    """
    partner = partner_id(partnership, call.args.for_)
    if partner not in {addressee.id for addressee in addressees(agreement)}:
        raise UsageError(_("“{name}” may not appear in the document yet: there is no copy for it.").format(
            name=call.args.for_
        ))  # fmt: skip
    return addressed_copy(call.guide, agreement, partner)


def board_package(call: Invocation, partnership: Partnership) -> Agreement:
    """Return the package for the board of the partner of --board.

    Raises BadValue for an unknown name, UsageError if that partner may not be named in the document yet.
    """
    from tui.workspace.board_packages import package_of, texts_for_board
    from tui.workspace.kept_versions import versions_of

    partner = partner_id(partnership, call.args.board)
    workspace = call.workspace()
    texts = texts_for_board(workspace, versions_of(workspace, call.store))
    package = package_of(workspace, partnership, texts, partner, str(call.args.doc_lang or "").partition("+")[0])
    if package is None:
        message = _("“{name}” may not appear in the document yet: there is no package for its board.")
        raise UsageError(message.format(name=call.args.board))
    return package


def export_into(call: Invocation, folder: Path) -> int:
    """Write the formats of --format (by default Word and PDF) into a folder, print the paths, return the exit code.

    Raises UsageError for options that go with one file only, or if no partner that may be named is left to write for.
    """
    partnership_id = call.partnership_id()
    formats = tuple(dict.fromkeys(call.args.format.split(","))) if call.args.format else _FOLDER_FORMATS
    document_formats = [by_id(item, JSON).id for item in formats if item != JSON]
    if call.args.with_private:
        raise UsageError(_("--with-private goes with one file: name it, for instance {name}.").format(name="p.json"))
    if call.args.with_history and JSON not in formats:
        raise UsageError(_("--with-history goes with --format json: no document holds earlier texts."))
    partnership = call.store.load(partnership_id)
    agreement = _agreement_to_export(call, partnership)
    partners = [addressee.id for addressee in addressees(agreement)] if call.args.for_each else []
    if call.args.for_:
        agreement = copy_for(call, partnership, agreement)
    if call.args.board:
        raise UsageError(_("--board goes with one file: name it, for instance {name}.").format(name="dossier.docx"))
    file_bundles = bundles(call.guide, [agreement], document_formats, common=not call.args.for_each, partners=partners)
    files = [file for bundle in file_bundles for file in bundle.sheets]
    _warn_of_length(call, agreement, document_formats)
    if JSON in formats:
        document = call.store.public_document(partnership_id, history=call.args.with_history)
        files.append(
            OutputFile(
                f"{file_stem(agreement)}.json",
                JSON,
                lambda: Rendered(handover_json(document, with_history=call.args.with_history)),
            )
        )
    if not files:
        raise UsageError(_("No partner can be named in the document yet: there is no copy to write."))
    written = write(folder, files)
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in written.warnings:
        warn(warning)
    return DONE


def print_levels(call: Invocation) -> int:
    """Print the table of levels and contributions, which is public, or write it to a file; return the exit code."""
    from tui.agreement.levels_table import levels_document
    from tui.partnership.privacy import public_view

    partnership = call.store.load(call.partnership_id())
    lang = call.document_language(partnership)
    region = call.settings.region if call.settings.region.startswith(lang) else ""
    return give_document(call, levels_document(call.guide, public_view(call.guide, partnership), lang, region))


def give_document(call: Invocation, document: Agreement, *, private: bool = False) -> int:
    """Print a document that is not the agreement, or write it to the file of --output. Return the exit code.

    With `private` only this account can read the file.
    """
    from tui.export.formats import by_ending, render

    format_id, target = call.args.format, str(call.args.output or "-")
    if target == "-":
        if by_id(format_id or "text").id in TEXT_FORMATS:
            print_agreement(document, format_id)
        else:
            _print_bytes(render(document, format_id).data)
        return DONE
    file = _output_path(call, target)
    rendered = render(document, by_id(format_id) if format_id else by_ending(file))
    for warning in rendered.warnings:
        warn(warning)
    write_file(file, rendered.data, private=private)
    print_line(_("Written: {file}").format(file=short_path(file, call.environ)))
    return DONE
