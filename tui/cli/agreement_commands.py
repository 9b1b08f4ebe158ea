"""The subcommands `show`, `export`, `copy`, `sample` and `levels`: documents printed, written and copied."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui import console
from tui.agreement.large_print import FOR_A_ROOM, large_print
from tui.agreement.partner_copies import addressed, addressees
from tui.atomic_files import make_private_dir
from tui.cli.invocation import DONE, FAILED, NO, Invocation, UsageError, as_json, print_json, warn
from tui.cli.subcommands import COPIED
from tui.console import print_line
from tui.export.formats import Rendered, by_id, file_stem
from tui.i18n import _
from tui.partnership.name_references import partner_id
from tui.partnership.translation import untranslated_words
from tui.settings import short_path
from tui.store.store_errors import as_store_errors
from tui.text.outside_paths import outside_path
from tui.workspace.output_files import JSON, OutputFile, bundles, handed_over, without_history, write

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.agreement.blocks import Agreement
    from tui.partnership.values import Partnership


JSON_FORMAT = "json"


def show(call: Invocation) -> int:
    """Print the agreement, or with --format json the whole public partnership with its history and conflicts.

    Return the exit code. Raises UsageError for --with-private and another format.
    """
    partnership_id = call.partnership_id()
    if call.args.format == JSON_FORMAT:
        if call.args.with_private:
            warn(_("What follows holds private notes: keep it to yourself."))
        print_json(call.store.public_document(partnership_id, private=call.args.with_private))
        return DONE
    if call.args.with_private:
        raise UsageError(_("--with-private goes with --format json: no document ever holds private notes."))
    print_agreement(call.agreement(call.store.load(partnership_id)), call.args.format)
    return DONE


def _text(agreement: Agreement, name: str | None, *, wrap: int | None = 72) -> str:
    """Return the agreement in one of the formats that are text; plain text is wrapped at 72 columns, or not at all."""
    if name in (None, "text"):
        from tui.export.plain_text import to_text

        return to_text(agreement, wrap)
    from tui.export.formats import render

    return render(agreement, str(name)).data.decode("utf-8")


def print_agreement(agreement: Agreement, name: str | None) -> None:
    """A document on the standard output, in one of the formats that are text."""
    console.print_text(_text(agreement, name))


def export(call: Invocation) -> int:
    """Write the agreement to FILE in the format of its ending or of --format; « json » hands over the partnership.

    A FILE that ends with « / » is a folder: files are written in it under names of their own. Return the exit code.
    Raises UsageError for --with-private and another format than json.
    """
    target = str(call.args.file)
    if target.endswith(("/", os.sep)) or call.args.for_each:
        return export_into(call, _place(call, target))
    name = _format_of(target, call.args.format)
    if call.args.with_private and name != JSON_FORMAT:
        raise UsageError(_("--with-private goes with --format json: no document ever holds private notes."))
    partnership_id = call.partnership_id()
    data = (
        _handed_over(call, partnership_id)
        if name == JSON_FORMAT
        else _rendered(call, call.store.load(partnership_id), name)
    )
    if target == "-":
        if call.args.with_private:
            warn(_("What follows holds private notes: keep it to yourself."))
        _say_history(call, name, target)
        _write_out(data)
        return DONE
    file = _place(call, target)
    write_file(file, data, private=call.args.with_private)
    if call.args.with_private:
        call.store.holds_private(file)
        warn(_("{file} holds private notes: keep it to yourself.").format(file=file))
    _say_history(call, name, str(file))
    console.print_line(_("Written: {file}").format(file=file))
    _tell_the_way(call, file, partnership_id, name)
    return DONE


def _place(call: Invocation, target: str) -> Path:
    """Where a file goes: a bare name into the output folder where the settings choose one, else where one stands.

    The output folder is made where it is missing. Raises StoreError when it cannot be.
    """
    file = outside_path(target, _("FILE"), relative=True)
    if not call.settings.output or file.name != str(file):
        return file
    if not call.settings.folder.exists():
        with as_store_errors(call.settings.folder):
            make_private_dir(call.settings.folder)
    return call.settings.folder / file


def _tell_the_way(call: Invocation, file: Path, partnership_id: str, name: str) -> None:
    """The lines to type on one's own computer, for a person at a terminal: a script knows where its file is."""
    if not console.is_terminal(error=True):
        return
    from tui import clipboard
    from tui.workspace.output_files import Export, elsewhere, fetch_commands

    facts = clipboard.gather(call.environ)
    if elsewhere(facts) and file.is_file():
        export = Export(partnership_id, call.store.address, name, call.args.doc_lang or "")
        console.print_line(_("To fetch it, on your own computer:"), error=True)
        for line in fetch_commands(file, facts, export, call.settings.host):
            console.print_line(f"  {line}", error=True)


def _format_of(target: str, asked: str | None) -> str:
    from tui.export.formats import by_ending

    if asked is not None:
        return asked if asked == JSON_FORMAT else by_id(asked, JSON_FORMAT).id
    if target == "-":
        return "text"
    return JSON_FORMAT if target.lower().endswith(".json") else by_ending(target).id


def _rendered(call: Invocation, partnership: Partnership, name: str) -> bytes:
    from tui.export.formats import render

    agreement = board_of(call, partnership) if call.args.board else _to_export(call, partnership)
    one_language = len({part.lang for part in agreement.parts}) == 1
    if one_language and (said := untranslated_words(call.guide, partnership, (agreement.lang,))):
        warn(said)
    if call.args.for_:
        agreement = copy_for(call, partnership, agreement)
    _tell_length(call, agreement, (name,))
    rendered = render(agreement, name)
    for warning in rendered.warnings:
        warn(warning)
    return rendered.data


def _to_export(call: Invocation, partnership: Partnership) -> Agreement:
    """Return the agreement as it goes out: the annex of contacts behind it, where the partnership has chosen so."""
    from tui.workspace.contacts import as_sent

    text = call.agreement(partnership)
    if call.args.room:  # an annex of people to reach is not for a wall
        return large_print(text, FOR_A_ROOM)
    sent = text if call.args.statement else as_sent(call.guide, partnership, text)
    return large_print(sent) if call.args.large else sent


def _tell_length(call: Invocation, agreement: Agreement, formats: Sequence[str]) -> None:
    """Say how long the statement on one page is where it does not keep to one page in each language."""
    from tui.export.page_count import count_pages

    args = call.args
    if not args.statement or args.room or args.large or not {"docx", "pdf"} & set(formats):
        return
    length = count_pages(agreement)
    if length.pages > len(agreement.parts):
        warn(_("Length") + _(": ") + length.words)


def _handed_over(call: Invocation, partnership_id: str) -> bytes:
    """Return the partnership to hand over: its public tables, and what was asked for beside them."""
    history = call.args.with_history
    document = call.store.public_document(partnership_id, private=call.args.with_private, history=history)
    kept = document if history else without_history(document)
    return (as_json(kept) + "\n").encode()


def _say_history(call: Invocation, name: str, file: str) -> None:
    if name == JSON_FORMAT and call.args.with_history:
        warn(_("{file} holds earlier texts too, deleted words among them.").format(file=file))


def _write_out(data: bytes) -> None:
    """A document to the standard output; a Word file on a person's screen would be noise."""
    if console.is_terminal() and console.is_binary(data):
        raise UsageError(_("This format is not text: name a file, or send the output to one with >."))
    console.write_bytes(data)


def write_file(file: Path, data: bytes, *, private: bool = False) -> None:
    """All of it or nothing: a former file stands until the new one is whole, and that it was another one is said.

    With `private` only this account can read it. Raises StoreError, which says what went wrong.
    """
    from tui.named_files import write_named
    from tui.workspace.output_files import differs, replaced_words

    with as_store_errors(file):
        replaces = file.is_file() and differs(file, data)
        write_named(file, data, 0o600 if private else None)
    if replaces:
        warn(replaced_words(file))


def give_mail(data: bytes, target: str, option: str) -> int:
    """Write a mail to the file `target` that `option` names, for this account alone, or to the output for "-".

    Return the exit code. Raises WrongPath for a path that is none, StoreError where it cannot be written.
    """
    if target == "-":
        console.write_bytes(data)
        return DONE
    file = outside_path(target, option, relative=True)
    write_file(file, data, private=True)
    print_line(_("Written: {file}").format(file=file))
    return DONE


def copy(call: Invocation) -> int:
    """Bring the agreement to the person's own clipboard; 0 only when the copy was read back and found whole."""
    from tui import clipboard
    from tui.settings import copies_folder
    from tui.workspace.output_files import Export, fetch_commands

    partnership_id = call.partnership_id()
    agreement = call.agreement(call.store.load(partnership_id))
    text = _wanted(agreement, call.args)
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
    whole = Export(partnership_id, call.store.address, call.args.format or "", call.args.doc_lang or "")
    for line in fetch_commands(outcome.path, facts, None if call.args.section else whole, call.settings.host):
        console.print_line(f"  {line}")
    return NO


def _wanted(agreement: Agreement, args: Namespace) -> str:
    """Return the whole agreement, or with --section one section of it as plain text."""
    if not args.section:
        return _text(agreement, args.format, wrap=None)
    if args.format not in (None, "text"):
        raise UsageError(_("A section is copied as plain text: --section goes without --format."))
    from tui.export.plain_text import section_to_text
    from tui.workspace.output_files import section_named

    return section_to_text(section_named(agreement, args.section), agreement)


def sample(call: Invocation) -> int:
    """Print the agreement of a worked example, and return the exit code. Raises UsageError for a number of none."""
    from tui.workspace import samples

    listed = samples.samples()
    number = call.args.number
    if not 1 <= number <= len(listed):
        raise UsageError(_("There are {n} samples, numbered from 1.").format(n=len(listed)))
    chosen = listed[number - 1]
    if call.args.format == JSON_FORMAT:
        print_json(chosen.document)
        return DONE
    print_agreement(call.agreement(chosen.partnership), call.args.format)
    return DONE


_USUAL = ("docx", "pdf")


def copy_for(call: Invocation, partnership: Partnership, agreement: Agreement) -> Agreement:
    """Return the copy for the partner of --for.

    Raises BadValue if nobody is meant, UsageError if that partner may not be named yet.
    """
    name = partner_id(partnership, call.args.for_)
    if name not in {addressee.id for addressee in addressees(agreement)}:
        raise UsageError(_("“{name}” may not appear in the document yet: there is no copy for it.").format(
            name=call.args.for_
        ))  # fmt: skip
    return addressed(call.guide, agreement, name)


def board_of(call: Invocation, partnership: Partnership) -> Agreement:
    """The package for the board of the partner of --board. BadValue when nobody is meant, UsageError without a name."""
    from tui.workspace.board_packages import frozen_texts, package_of
    from tui.workspace.kept_versions import versions_of

    name = partner_id(partnership, call.args.board)
    workspace = call.workspace()
    texts = frozen_texts(workspace, versions_of(workspace, call.store))
    package = package_of(workspace, partnership, texts, name, str(call.args.doc_lang or "").partition("+")[0])
    if package is None:
        said = _("“{name}” may not appear in the document yet: there is no package for its board.")
        raise UsageError(said.format(name=call.args.board))
    return package


def export_into(call: Invocation, folder: Path) -> int:
    """Write the formats of --format, by default Word and PDF, and print each path once all are there.

    Return the exit code.
    """
    partnership_id = call.partnership_id()
    formats = tuple(dict.fromkeys(call.args.format.split(","))) if call.args.format else _USUAL
    papers = [by_id(item, JSON).id for item in formats if item != JSON]
    partnership = call.store.load(partnership_id)
    agreement = _to_export(call, partnership)
    partners = [addressee.id for addressee in addressees(agreement)] if call.args.for_each else []
    if call.args.for_:
        agreement = copy_for(call, partnership, agreement)
    if call.args.board:
        raise UsageError(_("--board goes with one file: name it, for instance {name}.").format(name="dossier.docx"))
    made = bundles(call.guide, [agreement], papers, common=not call.args.for_each, partners=partners)
    sheets = [sheet for bundle in made for sheet in bundle.sheets]
    _tell_length(call, agreement, papers)
    if JSON in formats:
        document = call.store.public_document(partnership_id, history=call.args.with_history)
        sheets.append(
            OutputFile(
                f"{file_stem(agreement)}.json",
                JSON,
                lambda: Rendered(handed_over(document, with_history=call.args.with_history)),
            )
        )
    if not sheets:
        raise UsageError(_("No partner can be named in the document yet: there is no copy to write."))
    written = write(folder, sheets)
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in written.warnings:
        warn(warning)
    return DONE


def print_levels(call: Invocation) -> int:
    """Print the table of levels and contributions, or write it to a file. Nothing private is in it.

    Return the exit code.
    """
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

    name, target = call.args.format, str(call.args.output or "-")
    if target == "-":
        if by_id(name or "text").id in COPIED:
            print_agreement(document, name)
        else:
            _write_out(render(document, name).data)
        return DONE
    file = _place(call, target)
    rendered = render(document, by_id(name) if name else by_ending(file))
    for warning in rendered.warnings:
        warn(warning)
    write_file(file, rendered.data, private=private)
    print_line(_("Written: {file}").format(file=short_path(file, call.environ)))
    return DONE
