"""Reads what a person says of a sending before a draft is numbered: to whom it goes, by which means, by when."""

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

_NAMED_ADDRESS = re.compile(r"\s*([^<>@]*\S)\s*<([^<>]+@[^<>]+)>\s*")  # « La Ruche <info@ruche.example> »


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a draft goes to."""

    addresses: frozenset[str] = frozenset()  # all mail addresses that it is sent to
    typed: tuple[str, ...] = ()  # those of them that belong to no partner: they were typed for this sending
    otherwise: frozenset[str] = frozenset()  # ids of partners without address, to whom it is given in another way
    apart: frozenset[str] = (
        frozenset()
    )  # ids of partners that were not named, and only share an address with one that was


def usual_recipients(workspace: Workspace) -> Recipients:
    """Return whom a draft goes to by default: the first person of each partner that may be named.

    Nothing is sent to a partner that may not be named yet. Where nobody has an address, all of these partners are given
    the draft otherwise.
    """
    partner_ids = frozenset(partner.id for partner in active(workspace.partnership) if partner.may_appear)
    everyone = contacts(workspace.partnership, workspace.lang)
    addresses = frozenset(
        contact.address for partner_id in partner_ids for contact in first_person(everyone, partner_id)
    )
    return Recipients(addresses, (), frozenset() if everyone else partner_ids)


def recipients_named(workspace: Workspace, texts: Iterable[str]) -> Recipients:
    """Return whom some texts mean, each the name of a partner or e-mail addresses.

    A partner that is named is written to at its first person that has an address. Raises BadValue when a text is no
    address and names no active partner.
    """
    everyone = contacts(workspace.partnership, workspace.lang)
    active_ids = {partner.id for partner in active(workspace.partnership)}
    addresses: dict[str, None] = {}
    given_addresses: set[str] = set()
    named_ids: set[str] = set()
    otherwise: set[str] = set()
    for text in texts:
        if "@" in text:
            addresses |= dict.fromkeys(read_recipients(text))
            given_addresses.update(read_recipients(text))
            continue
        named_id = partner_id(workspace.partnership, text)
        if named_id not in active_ids:
            raise BadValue(_("“{name}” does not take part any more: nothing is sent there.").format(name=text))
        named_ids.add(named_id)
        first = first_person(everyone, named_id)
        addresses |= dict.fromkeys(contact.address for contact in first)
        if not first:
            otherwise.add(named_id)
    partners_addresses = {contact.address for contact in everyone}
    typed = tuple(address for address in addresses if address not in partners_addresses)
    with_address = {contact.partner for contact in everyone if contact.address in addresses}
    meant = named_ids | {contact.partner for contact in everyone if contact.address in given_addresses}
    return Recipients(frozenset(addresses), typed, frozenset(otherwise), frozenset(with_address - meant))


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
    all_contacts = contacts(workspace.partnership, workspace.lang)
    partners_addresses = dict.fromkeys(contact.address for contact in all_contacts)
    in_order = dict.fromkeys((*partners_addresses, *recipients.typed))
    addresses = tuple(address for address in in_order if address in recipients.addresses)
    by_mail = {contact.partner for contact in all_contacts if contact.address in recipients.addresses}
    sent_to = (by_mail - recipients.apart) | recipients.otherwise
    return replace(
        options,
        partners=tuple(partner.id for partner in active(workspace.partnership) if partner.id in sent_to),
        addresses=addresses,
        others=sum(address not in partners_addresses for address in addresses),
    )


def usual_options(workspace: Workspace, folder: Path) -> SendOptions:
    """Return a sending by default: one text in the document's language, to the usual recipients."""
    return with_recipients(workspace, SendOptions(folder, languages=(workspace.doc_lang,)), usual_recipients(workspace))


def unreadable_words(workspace: Workspace) -> list[str]:
    """Return a sentence for each partner that may be named and whose field of addresses holds what is no address."""
    texts = unreadable_addresses(workspace.partnership, workspace.doc_lang)
    concerned = [partner for partner in active(workspace.partnership) if partner.may_appear and partner.id in texts]
    colon = _(": ")
    return [partner.short(workspace.lang) + colon + address_error(texts[partner.id]) for partner in concerned]


def unaddressed(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the active partners without any e-mail address, in their order."""
    with_address = {contact.partner for contact in contacts(workspace.partnership, workspace.lang)}
    return tuple(partner.id for partner in active(workspace.partnership) if partner.id not in with_address)


def unaddressed_words(workspace: Workspace, partners: Collection[str] | None) -> str:
    """Return the sentence that these partners have no e-mail address; "" for none. Those not yet named are left out.

    `partners` are the ids that it is asked for, None for all partners.
    """
    by_id = {partner.id: partner for partner in active(workspace.partnership) if partner.may_appear}
    names = [
        by_id[partner_id].short(workspace.lang)
        for partner_id in unaddressed(workspace)
        if partner_id in by_id and (partners is None or partner_id in partners)
    ]
    if not names:
        return ""
    return _("No e-mail address is known of {names}: give them the text otherwise.").format(names=", ".join(names))


def keep_address(workspace: Workspace, partner_id: str, text: str) -> tuple[str, ...]:
    """Set the addresses in `text` as those of one of a partner's people, save them, and return them.

    It is the person who is accountable or signs, else the first, else a new one without a name. Raises BadValue when
    `text` is no address, StoreError when it cannot be saved.
    """
    addresses = read_recipients(text)
    rows = sorted(
        people(workspace.partnership, partner_id), key=lambda row: not (row.get("accountable") or row.get("signs"))
    )
    if rows:
        workspace.set(rows[0], "email", ", ".join(addresses))
    else:
        part = workspace.guide.question(WHO).part(PEOPLE)
        assert part is not None  # the guide's data always asks for people
        new_row(workspace, Entry("", WHO, PEOPLE, (partner_id,)), part, "", {"email": ", ".join(addresses)})
    workspace.edits.end_typing()
    workspace.flush()
    return addresses


def keep_named_addresses(workspace: Workspace, texts: Iterable[str]) -> list[str]:
    """Return the texts with each « La Ruche <info@ruche.example> » replaced by that partner's id, its address kept.

    This is done for partners without any address; other texts are returned as they are. Raises BadValue when the
    address is none, or when that partner has others: nobody would know that it was sent the draft. Raises StoreError
    when the address is not saved.
    """
    known_addresses = {
        (contact.partner, contact.address) for contact in contacts(workspace.partnership, workspace.lang)
    }
    result = []
    for text in texts:
        match = _NAMED_ADDRESS.fullmatch(text)
        partners = find(workspace.partnership, match[1]) if match is not None else []
        if match is not None and len(partners) == 1:
            partner = partners[0]
            if partner.id in unaddressed(workspace):
                keep_address(workspace, partner.id, match[2])
                text = partner.id
            elif not all((partner.id, address) in known_addresses for address in read_recipients(match[2])):
                words = _("{name} has another address. Give its name alone, or change that address first.")
                raise BadValue(words.format(name=partner.short(workspace.lang)))
        result.append(text)
    return result


def no_language_words(workspace: Workspace, options: SendOptions) -> str:
    """Return the sentence that no language is noted for some partners of a sending in two languages; "" for none."""
    unknown = [partner for partner in options.partners if not language_of(workspace.partnership, partner, "")]
    if len(options.languages) < 2 or not unknown:
        return ""
    names = ", ".join(_short_name(workspace, partner) for partner in unknown)
    return _("No language is noted for {names}: both texts go there.").format(names=names)


def sender_of(settings: Settings) -> str:
    """Return who signs letters by default: the sender in the settings, else the author of changes; "" for neither."""
    return settings.sender or settings.author


def remember_sender(environ: Mapping[str, str], sender: str) -> None:
    """Keep who signs letters in the person's settings. Raises OSError or SettingsError when it cannot be kept."""
    remember(settings_path(environ), sender=sender)


def recipient_words(workspace: Workspace, options: SendOptions) -> list[str]:
    """Return one line for each person written to, each other address, each partner given the draft otherwise."""
    everyone = contacts(workspace.partnership, workspace.lang)
    partners_contacts = [contact for contact in everyone if contact.partner in options.partners]
    lines, by_mail = [], set()  # of `by_mail`: ids of partners
    for address in options.addresses:
        owners = [contact for contact in partners_contacts if contact.address == address]
        by_mail |= {contact.partner for contact in owners}
        for contact in owners:
            lines.append(", ".join(filter(None, (contact.name, _short_name(workspace, contact.partner), address))))
        lines += [] if owners else [address]
    for partner in options.partners:
        if partner not in by_mail:
            lines.append(_short_name(workspace, partner) + ", " + _("no address; given otherwise"))
    return lines


def _short_name(workspace: Workspace, partner_id: str) -> str:
    partner = find_partner(workspace.partnership, partner_id)
    return partner.short(workspace.lang) if partner is not None else ""
