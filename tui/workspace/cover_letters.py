"""Writes the letters of one sending: to each partner, in its language, on what changed since the text it last got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.agreement.blocks import Agreement, NotASnapshot, from_json
from tui.agreement.compose import Composer
from tui.agreement.front_matter import consolidated_words
from tui.agreement.phrasing import Phrasing
from tui.comparison.compare import ADDED, REMOVED, compare, texts_differ
from tui.fast_dataclass import dataclass
from tui.partnership.cover_letter import ANSWER, SEEN, Letter, LetterFacts, letter
from tui.partnership.follow_up import language_of
from tui.partnership.road import own_part
from tui.partnership.values import Partnership
from tui.partnership.versions import ADOPTED_MARK, Contact, Version, contacts, last_sent_to, names_to_greet
from tui.workspace.output_files import SendOptions
from tui.workspace.partner_forms import PartnerForms, form_body
from tui.workspace.road_words import RoadMap, road_map
from tui.workspace.workspace import Workspace, current_moment


def kept_text(version: Version, lang: str) -> Agreement | None:
    """Return the agreement of a version as it was kept in `lang`; None when it was not kept in that language."""
    snapshot = version.snapshots.get(lang)
    if snapshot is None:
        return None
    try:
        return from_json(snapshot)
    except NotASnapshot:
        return None


@dataclass(frozen=True, slots=True)
class PartnerLetter:
    """The letter to one partner."""

    partner: str  # its id
    addresses: tuple[str, ...]  # () where it is given in another way than by mail
    letter: Letter


class CoverLetters:
    """Writes the letters of one sending; `partnership` is as it will be once this draft is numbered."""

    def __init__(
        self, workspace: Workspace, partnership: Partnership, versions: tuple[Version, ...], options: SendOptions
    ) -> None:
        self._workspace = workspace
        self._partnership = partnership
        self._versions: Mapping[str, Version] = {version.id: version for version in versions}
        self._options = options
        self._texts: dict[str, Agreement] = {}
        self._roads: dict[str, RoadMap] = {}
        self._forms = PartnerForms(workspace, partnership, options.answer_by, options.sender) if options.forms else None

    def language_of(self, partner: str) -> str:
        """Return the language that a partner is written to in, "" where none is noted."""
        return language_of(self._partnership, partner, "")

    def common(self, text: Agreement) -> Letter:
        """Return the letter to those who get `text` and are no partner, in the language or languages of it."""
        return _joined([letter(self._workspace.guide, part.lang, self._facts(part)) for part in text.parts])

    def to_partner(self, partner: str, text: Agreement) -> Letter:
        """Return the letter to a partner: in its language where it is known, else in that of `text`."""
        own = self.language_of(partner)
        parts = [self._text(own)] if own else list(text.parts)
        joined = _joined([letter(self._workspace.guide, part.lang, self._facts(part, partner)) for part in parts])
        if self._forms is None:
            return joined
        return Letter(joined.subject, joined.body + form_body(self._forms.form(partner)))

    def to_each(self, text: Agreement) -> tuple[PartnerLetter, ...]:
        """Return the letters to the partners of this sending, in their order."""
        addresses_by_partner = {
            partner_id: [contact.address for contact in self._contacts_reached(partner_id)]
            for partner_id in self._options.partners
        }
        return tuple(
            PartnerLetter(partner_id, tuple(dict.fromkeys(addresses)), self.to_partner(partner_id, text))
            for partner_id, addresses in addresses_by_partner.items()
        )

    def _contacts_reached(self, partner: str) -> list[Contact]:
        """Return the people of a partner whose addresses this sending goes to."""
        all_contacts = contacts(self._partnership, self._workspace.lang)
        return [
            contact
            for contact in all_contacts
            if contact.partner == partner and contact.address in self._options.addresses
        ]

    def _text(self, lang: str) -> Agreement:
        """Return the text of this sending in `lang`."""
        if lang not in self._texts:
            composer = Composer(self._workspace.guide)
            self._texts[lang] = composer.agreement(self._partnership, lang, self._workspace.region)
        return self._texts[lang]

    def _facts(self, text: Agreement, partner: str = "") -> LetterFacts:
        """Return what a letter says; `partner` is the id of who it goes to, "" for no partner."""
        version_seen, headings = self._since(text, partner)
        adopted = self._partnership.setting(ADOPTED_MARK)
        reached = tuple(dict.fromkeys(contact.name for contact in self._contacts_reached(partner) if contact.name))
        amendment = adopted.get("amendment") if isinstance(adopted, Mapping) else None
        phrasing = Phrasing(self._workspace.guide, self._workspace.view, text.lang)
        names = reached or (names_to_greet(self._partnership, partner, text.lang) if partner else ())
        return LetterFacts(
            kind=self._workspace.guide.word("statement_page", text.lang) if self._options.statement else text.kind,
            title=text.title,
            version=text.version,
            draft=text.draft,
            people=names,
            reason=self._options.reason,
            seen=version_seen,
            changed=headings,
            holes=bool(text.holes),
            adopted_on=str(adopted.get("on", "")) if isinstance(adopted, Mapping) else "",
            consolidated=consolidated_words(phrasing, amendment) if isinstance(amendment, Mapping) else "",
            answer_by=self._options.answer_by,
            sender=self._options.sender,
            asked=SEEN if self._options.statement else ANSWER,
            part=tuple(self._part(partner, text.lang)) if partner and not self._options.statement else (),
        )

    def _part(self, partner: str, lang: str) -> Iterator[str]:
        """Yield what the way to the signatures asks of a partner besides its answer, and nothing of other partners."""
        if lang not in self._roads:
            self._roads[lang] = road_map(self._workspace.guide, self._partnership, current_moment()[:10], lang)
        road = self._roads[lang]
        for step in own_part(road.road, partner):
            if words := road.asked_of_partner(step):
                yield words

    def _since(self, text: Agreement, partner: str) -> tuple[str, tuple[str, ...] | None]:
        """Return (the name of the version that a partner was sent last, the headings of the sections changed since).

        ("", None) where it was sent none, or where that is not kept in the language of `text`.
        """
        row = last_sent_to(self._partnership, partner) if partner else None
        version = self._versions.get(str(row.get("version", ""))) if row is not None else None
        before = kept_text(version, text.lang) if version is not None else None
        if before is None:
            return "", None
        text = self._as_kept(text, before)
        if not texts_differ(before, text):
            return before.version, ()
        guide = self._workspace.guide
        sections = compare(guide, before, text).sections
        changed_headings = tuple(self._heading(section.heading, text.lang) for section in sections if section.heading)
        return before.version, changed_headings or (guide.word("letter_opening", text.lang),)

    def _heading(self, heading: str, lang: str) -> str:
        """Return the heading of a section that changed; for an added or removed section in a phrase that says so."""
        mark, _space, bare = heading.partition(" ")
        keys = {ADDED: "letter_section_added", REMOVED: "letter_section_removed"}
        return self._workspace.guide.word(keys[mark], lang, heading=bare) if mark in keys else heading

    def _as_kept(self, text: Agreement, before: Agreement) -> Agreement:
        """Return `text` composed as `before` was, as a draft or as adopted: else gaps that stay would differ."""
        if text.draft == before.draft:
            return text
        composer = Composer(self._workspace.guide)
        return composer.agreement(self._partnership, text.lang, self._workspace.region, final=not before.draft)


def _joined(letters: list[Letter]) -> Letter:
    """Return the letters of a document in two languages as one."""
    return Letter(
        " / ".join(letter.subject for letter in letters), "\n* * *\n\n".join(letter.body for letter in letters)
    )
