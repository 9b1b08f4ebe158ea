"""The commands of line mode that send a draft, adopt the text, or write documents.

The subcommands of the shell (`entente send`) use the functions that ask as well. To send is to number a draft and write
its files, which the person then sends by mail.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tui import clipboard
from tui.agreement.statement_page import statement_page
from tui.export.formats import CannotExport
from tui.export.page_count import count_pages
from tui.export.plain_text import to_text
from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog, read_words, read_yes
from tui.line_mode.prompt_text import copy_text
from tui.partnership.cover_letter import Letter
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active, find_partner
from tui.partnership.translation import untranslated_words
from tui.partnership.versions import Version, contacts
from tui.settings import SettingsError, files_folder, short_path
from tui.store.store_errors import error_sentence
from tui.text.clean import one_line
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.text.outside_paths import typed_path
from tui.workspace.adoption import AdoptionOptions, read_day, read_paper, record_adoption, version_number_words
from tui.workspace.adoption_obstacles import obstacles
from tui.workspace.board_packages import package_files, package_of, texts_for_board
from tui.workspace.draft_sending import SendingStore, SentDraft, send
from tui.workspace.kept_versions import (
    next_sending_numbers,
    present_text,
    ready_words,
    same_as_last_draft,
    sending_words,
    versions_of,
)
from tui.workspace.output_files import OutputFile, SendOptions, bundles, fetch_commands, is_far_from_person, write
from tui.workspace.sending_choices import (
    Recipients,
    keep_address,
    no_language_words,
    read_answer_day,
    recipient_words,
    recipients_named,
    remember_sender,
    sender_of,
    unaddressed,
    unreadable_words,
    usual_options,
    usual_recipients,
    with_recipients,
)
from tui.workspace.typed_values import EVERYONE, partner_of
from tui.workspace.workspace import Workspace, current_moment

# Words that a person may type behind /send, folded (without accents and capitals).
_FORMS = ("formulaires", "formulaire", "forms", "form")
_MOST_DIGITS = 3  # of the number of a listed line


def send_draft(conversation: Conversation, argument: str) -> None:
    """Ask how to send, then number the draft, write its files and say where they are.

    With « forms » behind the command a form for each partner goes with it. Raises BadValue for any other word.
    """
    if fold(argument) not in ("", *_FORMS):
        raise BadValue(_("Type /send alone, or /send forms: a form for each partner goes with it."))
    workspace, dialog = conversation.workspace, LineDialog(conversation.talk)
    workspace.flush()
    try:
        usual = replace(usual_options(workspace, _folder(conversation)), sender=sender_of(conversation.settings))
        usual = replace(usual, forms=bool(argument))
        options = ask_sending(dialog, workspace, conversation.store, usual)
        conversation.settings = replace(conversation.settings, sender=options.sender)
        sent = send(workspace, conversation.store, options)
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was sent."))
        return
    except (OSError, CannotExport, SettingsError) as error:
        conversation.talk.say(_("Nothing was sent: {reason}").format(reason=error_sentence(error)))
        return
    for line in sent_lines(workspace, sent, conversation.settings.host):
        conversation.talk.say(line)
    conversation.refresh()


def _folder(conversation: Conversation) -> Path:
    """Return the output folder."""
    return files_folder(os.environ, conversation.settings)


def ask_sending(
    dialog: LineDialog, workspace: Workspace, store: SendingStore, options: SendOptions, given: Collection[str] = ()
) -> SendOptions:
    """Return `options` with what the person answers; the fields of SendOptions in `given` are not asked.

    Raises BadValue if an answer that the draft needs cannot be read, GivenUp if the person gives up.
    """
    if unread := unreadable_words(workspace):
        raise BadValue(unread[0])
    number, adopted_number = next_sending_numbers(workspace, store)
    dialog.begin(sending_words(number, adopted_number)[0] + ".")
    if same_as_last_draft(workspace):
        dialog.talk.say(_("Word for word draft {number}, which was sent already.").format(number=number - 1))
    if "partners" not in given:
        options = _ask_addresses(dialog, workspace, options)
        options = _ask_recipients(dialog, workspace, options)
    elif "eml" in options.formats:
        options = _ask_recipient_addresses(dialog, workspace, options)
    lang = workspace.lang
    if "means" not in given:
        means = [(code, words.get(lang)) for code, words in workspace.guide.choices["means"].items()]
        options = replace(options, means=dialog.choose(_("Means"), means, options.means))
    if "answer_by" not in given:
        default_words = format_date(options.answer_by, lang) if options.answer_by else _("no date")
        label = _("Answer expected by")
        day = dialog.ask(label, lambda text: read_answer_day(text, lang), options.answer_by, default_words)
        options = replace(options, answer_by=day)
    if "reason" not in given:
        reason = dialog.ask(
            _("Why this draft, in a few words"), read_words, options.reason, options.reason or _("none")
        )
        options = replace(options, reason=reason)
    if "sender" not in given and not options.sender:
        label = _("Who signs the letter? Name, title, organization: asked once, kept in your settings")
        options = replace(options, sender=dialog.ask(label, one_line, "", _("nobody yet")))
        if options.sender:
            remember_sender(os.environ, options.sender)
    if "statement" not in given:
        label = _("The statement on one page, in the place of the whole document: yes or no")
        options = replace(options, statement=dialog.ask(label, read_yes, options.statement, _("no")))
    if "packages" not in given:
        label = _("A package for each partner's board (one page, a resolution, the text): yes or no")
        options = replace(options, packages=dialog.ask(label, read_yes, options.packages, _("no")))
    if "languages" not in given:
        code = dialog.choose(_("Language"), _language_choices(), " ".join(options.languages))
        options = replace(options, languages=tuple(code.split()))
    if message := no_language_words(workspace, options):
        dialog.talk.say(message)
    for code in options.languages:
        dialog.talk.say(_("Length") + _(": ") + count_pages(present_text(workspace, code)).words)
    if message := untranslated_words(workspace.guide, workspace.partnership, options.languages):
        dialog.talk.say(message)
    for line in (_("Nothing private goes. It goes to:"), *(recipient_words(workspace, options) or [_("nobody")])):
        dialog.talk.say(line)
    label = _("Number it draft {number} and write the files?")
    if adopted_number:
        label = _("Write the files of version {number}?")
    if not dialog.agree(label.format(number=adopted_number or number)):
        raise GivenUp
    return options


def _language_choices() -> list[tuple[str, str]]:
    """Return the choices of languages, each as codes ("fr+en": one document, "fr en": two) and in words."""
    french, english = _("French"), _("English")
    text = _("{first} then {second}: one document")
    return [
        ("fr", french),
        ("en", english),
        ("fr+en", text.format(first=french, second=english)),
        ("en+fr", text.format(first=english, second=french)),
        ("fr en", _("French, English: two documents")),
    ]


def _ask_addresses(dialog: LineDialog, workspace: Workspace, options: SendOptions) -> SendOptions:
    """Ask for the address of each partner that may be named and has none; those given are kept and used."""
    nameable = [partner.id for partner in active(workspace.partnership) if partner.may_appear]
    new_addresses = _ask_new_addresses(dialog, workspace, nameable)
    return with_recipients(workspace, options, usual_recipients(workspace)) if new_addresses else options


def _ask_recipient_addresses(dialog: LineDialog, workspace: Workspace, options: SendOptions) -> SendOptions:
    """Ask for the address of each recipient that has none; those given are kept, and receive the draft."""
    new_addresses = _ask_new_addresses(dialog, workspace, options.partners)
    return replace(options, addresses=(*options.addresses, *new_addresses))


def _ask_new_addresses(dialog: LineDialog, workspace: Workspace, partners: Collection[str]) -> tuple[str, ...]:
    """Ask for the address of each of these partners that has none, keep those given, and return them."""
    addresses: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    for partner in [addressee for addressee in active(workspace.partnership) if addressee.id in partners]:
        if partner.id in unaddressed(workspace):
            label = _("E-mail address of {name}, to be kept").format(name=partner.short(workspace.lang))
            addresses += dialog.ask(label, partial(keep_address, workspace, partner.id), nothing, _("none"))
    return addresses


def _ask_recipients(dialog: LineDialog, workspace: Workspace, options: SendOptions) -> SendOptions:
    """Ask who receives the draft, by numbers of a list, names and addresses."""
    possible = _possible_recipients(workspace)
    for number, (words, key) in enumerate(possible, 1):
        receives = key in options.addresses or key in options.partners
        dialog.talk.say(f"{number}. {words}" + (", " + _("receives it") if receives else ""))

    def read(text: str) -> Recipients:
        """Return the recipients in a typed line. Raises BadValue for a line number or a name that is not there."""
        if fold(text) in EVERYONE:
            return recipients_named(workspace, [key for _words, key in possible])
        keys = []
        for piece in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
            is_number = piece.isascii() and piece.isdigit() and len(piece) <= _MOST_DIGITS
            number = int(piece) if is_number else 0
            if number > len(possible):
                raise BadValue(_("There is no line {number} here.").format(number=number))
            if number:
                keys.append(possible[number - 1][1])
            elif "@" in piece:
                keys.append(piece)
            else:
                keys.append(partner_of(workspace, piece, active(workspace.partnership)).id)
        return recipients_named(workspace, keys)

    label = _("To whom: numbers, names or addresses, with commas between them")
    chosen: Recipients | None = dialog.ask(label, read, None, _("those who receive it"))
    return options if chosen is None else with_recipients(workspace, options, chosen)


def _possible_recipients(workspace: Workspace) -> list[tuple[str, str]]:
    """Return who can receive a draft, as (words, key); the key is an address, or the id of a partner without one."""
    lang = workspace.lang
    recipients = []
    for contact in contacts(workspace.partnership, lang):
        partner = find_partner(workspace.partnership, contact.partner)
        words = (contact.name, partner.short(lang) if partner is not None else "", contact.address)
        recipients.append((", ".join(filter(None, words)), contact.address))
    without_address = unaddressed(workspace)
    for partner in active(workspace.partnership):
        if partner.id in without_address:
            recipients.append((partner.short(lang) + ", " + _("no address; given otherwise"), partner.id))
    return recipients


def sent_lines(workspace: Workspace, sent: SentDraft, host: str) -> Iterator[str]:
    """Yield the files of a sending, the command that fetches them, and the letters to paste into a mail program."""
    yield ready_words(sent.version) + "."
    for path in sent.files:
        yield _("Written: {file}").format(file=short_path(path, os.environ))
    yield from sent.warnings
    if sent.archive is not None:
        yield _("All the files in one") + _(": ") + short_path(sent.archive, os.environ)
        facts = clipboard.gather(os.environ)
        if is_far_from_person(facts):
            yield _("To fetch them, on your own computer:")
            yield fetch_commands(sent.archive, facts, None, host)[0]
    if len(sent.letters) < 2:
        yield _("The message:")
        yield from _letter_lines(sent.letter, sent.addresses)
    for partner_letter in sent.letters if len(sent.letters) > 1 else ():
        partner = find_partner(workspace.partnership, partner_letter.partner)
        name = partner.short(workspace.lang) if partner is not None else partner_letter.partner
        yield _("The message to {name}:").format(name=name)
        yield from _letter_lines(partner_letter.letter, partner_letter.addresses)
    yield _("Nothing leaves by itself: you send the files with your own mail.")


def _letter_lines(letter: Letter, addresses: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a letter: its addresses, its subject, its body."""
    if addresses:
        yield _("To") + _(": ") + ", ".join(addresses)
    yield letter.subject
    yield from filter(None, letter.body.split("\n"))


def statement(conversation: Conversation, argument: str) -> None:
    """Print the statement on one page, copy it, or write it as Word and PDF. Raises BadValue for any other word."""
    workspace = conversation.workspace
    page = statement_page(workspace.guide, workspace.agreement)
    wanted = fold(argument)
    if not wanted:
        conversation.talk.say(to_text(page, wrap=None).rstrip("\n"))
    elif wanted in ("copier", "copy"):
        for line in copy_text(workspace, to_text(page, wrap=None), conversation.settings):
            conversation.talk.say(line)
    elif wanted in ("ecrire", "fichiers", "write", "files"):
        write_files(conversation, bundles(workspace.guide, [page], ("docx", "pdf"))[0].sheets)
    else:
        raise BadValue(_("Type /statement alone, /statement copy or /statement write."))


def write_files(conversation: Conversation, files: Sequence[OutputFile]) -> None:
    """Write files to the output folder, and say where each is, or why they cannot be written."""
    try:
        written = write(_folder(conversation), files)
    except (OSError, CannotExport) as error:
        conversation.talk.say(_("Nothing was written: {reason}").format(reason=error_sentence(error)))
        return
    for path in written.files:
        conversation.talk.say(_("Written: {file}").format(file=short_path(path, os.environ)))
    for warning in written.warnings:
        conversation.talk.say(warning)


def board_package(conversation: Conversation, argument: str) -> None:
    """Print the package for the board of the partner named, and write it as Word and PDF.

    Raises BadValue if no partner is named, or if the partner may not appear in the document yet.
    """
    workspace = conversation.workspace
    if not argument:
        raise BadValue(_("Whose board? Type a number or a name behind the command: /board 2."))
    partner = partner_of(workspace, argument, active(workspace.partnership))
    texts = texts_for_board(workspace, versions_of(workspace, conversation.store))
    text = package_of(workspace, workspace.partnership, texts, partner.id)
    if text is None:
        message = _("“{name}” may not appear in the document yet: there is no package for its board.")
        raise BadValue(message.format(name=partner.short(workspace.lang)))
    conversation.talk.say(to_text(replace(text, also=None), wrap=None).rstrip("\n"))
    files = package_files(workspace, workspace.partnership, texts, [partner.id], ("docx", "pdf"))
    write_files(conversation, files[partner.id])


# -- adopting ----------------------------------------------------------------------------------------------------------


def adopt_text(conversation: Conversation, argument: str) -> None:
    """Ask how the text was adopted, then keep it as the adopted one."""
    workspace, dialog = conversation.workspace, LineDialog(conversation.talk)
    workspace.flush()
    try:
        options = ask_adoption(dialog, workspace, conversation.store)
        version = record_adoption(workspace, conversation.store, options)
    except GivenUp:
        conversation.talk.say(_("Given up: nothing was adopted."))
        return
    except OSError as error:
        conversation.talk.say(_("Nothing was adopted: {reason}").format(reason=error_sentence(error)))
        return
    conversation.talk.say(adopted_words(workspace, version))
    conversation.refresh()


def ask_adoption(
    dialog: LineDialog, workspace: Workspace, store: SendingStore, options: AdoptionOptions | None = None,
    given: Collection[str] = (),
) -> AdoptionOptions:  # fmt: skip
    """Return `options` with what the person answers; the fields of AdoptionOptions in `given` are not asked.

    Raises GivenUp if the person gives up.
    """
    options = options or AdoptionOptions()
    options = replace(options, day=options.day or current_moment()[:10])
    lang, open_obstacles = workspace.lang, obstacles(workspace)
    dialog.begin(_("Record the adopted text") + ". " + version_number_words(workspace, store))
    count = len(open_obstacles)
    message = _("Nothing stands in the way.")
    if count:
        message = ngettext("{n} thing stands in the way:", "{n} things stand in the way:", count).format(n=count)
    dialog.talk.say(message)
    for number, obstacle in enumerate(open_obstacles, 1):
        dialog.talk.say(f"{number}. {obstacle.words}")
    if "day" not in given:
        day_words, label = format_date(options.day, lang), _("On which day was it adopted?")
        day = dialog.ask(label, lambda text: read_day(text, lang), options.day, day_words)
        options = replace(options, day=day)
    if "resolution" not in given:
        label = _("By which resolution or meeting? (may stay empty)")
        options = replace(options, resolution=dialog.ask(label, read_words, options.resolution, _("none")))
    if "file" not in given:
        label = _("Path of the adopted file; empty for today's text")
        default_words = _("today's text, as it stands here")
        options = replace(options, file=dialog.ask_path(label, _read_path, options.file, default_words))
    if open_obstacles and not options.reason:
        label = _("Why is it adopted although something stands in the way?")
        options = replace(options, reason=_ask_reason(dialog, label))
    if not dialog.agree(_("Keep today's text as the adopted one?")):
        raise GivenUp
    return options


def _read_path(text: str) -> Path:
    """Return the path typed. Raises BadValue or WrongPath if no file can be kept from there."""
    return read_paper(typed_path(text, _("Path of the adopted file; empty for today's text")))


def _ask_reason(dialog: LineDialog, label: str) -> str:
    """Ask until a reason is given, and return it."""
    while not (reason := dialog.ask(label, read_words, "", _("none"))):
        dialog.talk.say(_("Something stands in the way: say first why it is adopted all the same."))
    return reason


def adopted_words(workspace: Workspace, version: Version) -> str:
    """Return the message that a text was adopted: « Adopté le 3 décembre 2026 : … »."""
    date = format_date(version.date, workspace.lang)
    return _("Adopted, {date}: this text is kept, and any later change will show.").format(date=date)
