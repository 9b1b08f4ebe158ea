"""What a sending asks before a draft is numbered: to whom it goes, by which means, by when, and what refuses it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.field_kinds import BadValue, address_error, read_near_day
from tui.partnership.follow_up import language_of
from tui.partnership.name_references import partner_id
from tui.partnership.partners import PEOPLE, WHO, active, find, find_partner, people
from tui.partnership.values import Entry
from tui.partnership.versions import contacts, first_person, unreadable_addresses
from tui.settings import Settings, remember, settings_path
from tui.text.date_reading import NO_DATE, read_date
from tui.text.mail_addresses import read_addresses
from tui.text.name_matching import fold
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row

_NAMED_ADDRESS = re.compile(r"\s*([^<>@]*\S)\s*<([^<>]+@[^<>]+)>\s*")


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a draft goes to: the addresses ticked, those typed for this sending, the partners given it otherwise."""

    addresses: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    otherwise: frozenset[str] = frozenset()  # ids of partners
    apart: frozenset[str] = frozenset()  # ids of partners that only share the address of one that was named


def usual_recipients(workspace: Workspace) -> Recipients:
    """Return whom a draft goes to unless something else is said: the first person of each partner that may be named.

    One that may not be named yet was given nothing so far, and nothing goes there unless it is asked for. Where nobody
    has an address, each of those partners is given the draft otherwise.
    """
    joined = frozenset(partner.id for partner in active(workspace.partnership) if partner.may_appear)
    known = contacts(workspace.partnership, workspace.lang)
    addresses = frozenset(contact.address for name in joined for contact in first_person(known, name))
    return Recipients(addresses, (), frozenset() if known else joined)


def recipients_named(workspace: Workspace, texts: Iterable[str]) -> Recipients:
    """Return whom some names and e-mail addresses mean; a partner's first person that has one is written to.

    Raises BadValue when a text is no address and names no partner that takes part.
    """
    known = contacts(workspace.partnership, workspace.lang)
    takes_part = {partner.id for partner in active(workspace.partnership)}
    addresses: dict[str, None] = {}
    direct: set[str] = set()
    named: set[str] = set()
    otherwise: set[str] = set()
    for text in texts:
        if "@" in text:
            addresses |= dict.fromkeys(read_recipients(text))
            direct.update(read_recipients(text))
            continue
        whom = partner_id(workspace.partnership, text)
        if whom not in takes_part:
            raise BadValue(_("“{name}” does not take part any more: nothing is sent there.").format(name=text))
        named.add(whom)
        first = first_person(known, whom) if whom is not None else ()
        addresses |= dict.fromkeys(contact.address for contact in first)
        if not first:
            otherwise.add(whom)
    ours = {contact.address for contact in known}
    typed = tuple(address for address in addresses if address not in ours)
    reached = {contact.partner for contact in known if contact.address in addresses}
    meant = named | {contact.partner for contact in known if contact.address in direct}
    return Recipients(frozenset(addresses), typed, frozenset(otherwise), frozenset(reached - meant))


def read_recipients(text: str) -> tuple[str, ...]:
    """Return the addresses that `text` holds. Raises BadValue, naming what is wrong, when it is no address."""
    if error := address_error(text):
        raise BadValue(error)
    return read_addresses(text).found


def read_answer_day(text: str, lang: str) -> str:
    """Return the date by which answers are expected, "" for none. Raises BadValue when `text` is no date."""
    if not text.strip():
        return ""
    if read_date(text, lang) == NO_DATE:
        raise BadValue(_("“{text}” is not a date; write for instance December 15, 2026.").format(text=text))
    return read_near_day(text, lang)


def read_means(workspace: Workspace, text: str) -> str:
    """Return the code of the means that `text` names. Raises BadValue, naming all of them, when it names none."""
    guide = workspace.guide
    for code in guide.choices["means"]:
        if fold(text) in (code, *map(fold, guide.words_of("means", code))):
            return code
    names = ", ".join(words.get(workspace.lang) for words in guide.choices["means"].values())
    raise BadValue(_("“{text}” is no means of sending. Choose one of: {names}.").format(text=text, names=names))


def with_recipients(workspace: Workspace, options: SendOptions, recipients: Recipients) -> SendOptions:
    """Return `options` with the partners and addresses of `recipients`, in the order of the list of partners."""
    listed = contacts(workspace.partnership, workspace.lang)
    known = dict.fromkeys(contact.address for contact in listed)
    everyone = dict.fromkeys((*known, *recipients.typed))
    addresses = tuple(text for text in everyone if text in recipients.addresses)
    by_mail = {contact.partner for contact in listed if contact.address in recipients.addresses}
    to = (by_mail - recipients.apart) | recipients.otherwise
    return replace(
        options,
        partners=tuple(partner.id for partner in active(workspace.partnership) if partner.id in to),
        addresses=addresses,
        others=sum(address not in known for address in addresses),
    )


def usual_options(workspace: Workspace, folder: Path) -> SendOptions:
    """Return what a sending is unless something else is said: one text in the document's language, to whom is usual."""
    return with_recipients(workspace, SendOptions(folder, languages=(workspace.doc_lang,)), usual_recipients(workspace))


def unreadable_words(workspace: Workspace) -> list[str]:
    """Return a sentence for each partner that takes part and has a text that is no e-mail address: none is left out."""
    texts = unreadable_addresses(workspace.partnership, workspace.doc_lang)
    named = [partner for partner in active(workspace.partnership) if partner.may_appear and partner.id in texts]
    colon = _(": ")
    return [partner.short(workspace.lang) + colon + address_error(texts[partner.id]) for partner in named]


def unaddressed(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the active partners that no e-mail address is known of, in their order."""
    written = {contact.partner for contact in contacts(workspace.partnership, workspace.lang)}
    return tuple(partner.id for partner in active(workspace.partnership) if partner.id not in written)


def unaddressed_words(workspace: Workspace, partners: Collection[str] | None) -> str:
    """Say of which partners that may be named, all or those given by id, no address is known; "" for none."""
    known = {partner.id: partner for partner in active(workspace.partnership) if partner.may_appear}
    names = [
        known[name].short(workspace.lang)
        for name in unaddressed(workspace)
        if name in known and (partners is None or name in partners)
    ]
    if not names:
        return ""
    return _("No e-mail address is known of {names}: give them the text otherwise.").format(names=", ".join(names))


def keep_address(workspace: Workspace, partner_id: str, text: str) -> tuple[str, ...]:
    """Keep the addresses that `text` holds with a partner's people, save them, and return them.

    They go to whoever is accountable or signs, else to the first person, else to a new one without a name. Raises
    BadValue when `text` is no address, StoreError when it cannot be saved.
    """
    found = read_recipients(text)
    rows = sorted(
        people(workspace.partnership, partner_id), key=lambda row: not (row.get("accountable") or row.get("signs"))
    )
    if rows:
        workspace.set(rows[0], "email", ", ".join(found))
    else:
        part = workspace.guide.question(WHO).part(PEOPLE)
        assert part is not None  # the guide's data always asks for people
        new_row(workspace, Entry("", WHO, PEOPLE, (partner_id,)), part, "", {"email": ", ".join(found)})
    workspace.edits.end_typing()
    workspace.flush()
    return found


def keep_named_addresses(workspace: Workspace, texts: Iterable[str]) -> list[str]:
    """Keep the address of « La Ruche <info@ruche.example> » with that partner where it has none; return whom is meant.

    Any other text is returned as it is. Raises BadValue when the address is none, StoreError when it is not saved.
    """
    kept = []
    for text in texts:
        found = _NAMED_ADDRESS.fullmatch(text)
        known = find(workspace.partnership, found[1]) if found is not None else []
        if found is not None and len(known) == 1 and known[0].id in unaddressed(workspace):
            keep_address(workspace, known[0].id, found[2])
            text = known[0].id
        kept.append(text)
    return kept


def no_language_words(workspace: Workspace, options: SendOptions) -> str:
    """Say of which partners no language is noted, where a sending has a text in each; "" for none."""
    whom = [name for name in options.partners if not language_of(workspace.partnership, name, "")]
    if len(options.languages) < 2 or not whom:
        return ""
    names = ", ".join(_short(workspace, name) for name in whom)
    return _("No language is noted for {names}: both texts go there.").format(names=names)


def sender_of(settings: Settings) -> str:
    """Return who signs letters unless something else is said: as once answered, else the name that changes bear."""
    return settings.sender or settings.author


def remember_sender(environ: Mapping[str, str], sender: str) -> None:
    """Keep who signs letters in the person's settings. Raises OSError or SettingsError when it cannot be kept."""
    remember(settings_path(environ), sender=sender)


def recipient_words(workspace: Workspace, options: SendOptions) -> list[str]:
    """Return one line for each person written to, each other address, each partner given the draft otherwise."""
    known = [item for item in contacts(workspace.partnership, workspace.lang) if item.partner in options.partners]
    lines, by_mail = [], set()
    for address in options.addresses:
        here = [contact for contact in known if contact.address == address]
        by_mail |= {contact.partner for contact in here}
        for contact in here:
            lines.append(", ".join(filter(None, (contact.name, _short(workspace, contact.partner), address))))
        lines += [] if here else [address]
    for name in options.partners:
        if name not in by_mail:
            lines.append(_short(workspace, name) + ", " + _("no address; given otherwise"))
    return lines


def _short(workspace: Workspace, partner_id: str) -> str:
    known = find_partner(workspace.partnership, partner_id)
    return known.short(workspace.lang) if known is not None else ""
