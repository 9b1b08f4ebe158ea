"""Composes the Agreement (the document) from the public view of a partnership; unchanged sections are reused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.agreement import money_section, numbering, partner_sections, signature_section, topic_sections
from tui.agreement.agreed_words import FRONT, AgreedWords, sent_since_adoption
from tui.agreement.block_typography import PolishedBlocks, polished, polished_anew, reused
from tui.agreement.blocks import Agreement, Block, Hole, Paragraph, Section, Subheading
from tui.agreement.front_matter import document_kind, front_blocks, names_under_title, text_day, version_number
from tui.agreement.partner_blocks import PartnerBlocks
from tui.agreement.phrasing import Phrasing
from tui.agreement.section_rows import GROUPS, AnswerTexts, SectionSources, same_rows
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Part, Question, SectionHead
from tui.partnership.attachments import ATTACHMENTS
from tui.partnership.completion import answer_entry
from tui.partnership.holes import OpenHoles, settled_holes
from tui.partnership.newest import Newest
from tui.partnership.partners import WHO, join, partners
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import PublicView, Published
from tui.partnership.section_order import ARTICLES, ORDERED, arranged
from tui.partnership.values import SETTINGS, Entry, Partnership
from tui.partnership.versions import DRAFT_TEXT
from tui.text.dates import format_date
from tui.text.french_names import capitalize, split_article, strip_quotes

Compose = Callable[[Phrasing], tuple[Block, ...]]
_TextKey = tuple[str, str, bool]  # which text: language, region, whether it is worded as the adopted text

REGIONS = {"fr": "fr-CA", "en": "en-CA"}
# They print more than the answers that they read: holes, quoted sentences, and which days have come.
_READING_MORE = frozenset({"open_points", "signatures", "partners"})
# The sections that word a sentence by the kind of document, or print something for a contract alone.
_WORDED_BY_KIND = frozenset({"partners", "term", "nature", "signatures"})
_REFERRING = frozenset({"open_points", "resources", "responsibilities"})  # the sections that refer to others by number
# By section id: the function that composes it, and the questions it reads; only a change of them counts.
_SECTIONS: Mapping[str, tuple[Compose, frozenset[str]]] = {
    "partners": (partner_sections.partners, frozenset({WHO, "open.involvement"})),
    "background": (topic_sections.background, frozenset({"extra.context", "extra.definitions"})),
    "vision": (topic_sections.vision, frozenset({"gather.vision"})),
    "objectives": (topic_sections.objectives, frozenset({"gather.objectives"})),
    "structure": (
        topic_sections.structure,
        frozenset({"gather.level", "gather.governance", "extra.decision_rule", "gather.procedures"}),
    ),
    "lead": (partner_sections.lead, frozenset({"gather.lead"})),
    "commitments": (
        partner_sections.commitments,
        frozenset({"open.contributions", "commit.win_win", "commit.consensus", "extra.legal"}),
    ),
    "responsibilities": (
        partner_sections.responsibilities,
        frozenset({"gather.lead", "gather.objectives", "open.contributions", "extra.responsibilities"}),
    ),
    "accountability": (topic_sections.accountability, frozenset({"gather.governance"})),
    "resources": (money_section.resources, frozenset({"commit.funding", "open.contributions"})),
    "term": (topic_sections.term, frozenset({"extra.dates", "extra.review", "commit.time", "extra.legal"})),
    "communication": (topic_sections.communication, frozenset({"extra.communication"})),
    "disputes": (topic_sections.disputes, frozenset({"extra.disputes"})),
    "open_points": (topic_sections.open_points, frozenset({"extra.points", "extra.needed", SETTINGS})),
    "nature": (topic_sections.nature, frozenset({"extra.legal", "extra.inclusive", ATTACHMENTS})),
    "signatures": (signature_section.signatures, frozenset({WHO, "commit.consensus", "extra.legal"})),
}
# The questions that have a function of their own here; the others are printed from the guide data (`plain_blocks`).
_COMPOSED = frozenset[str]().union(
    *(reads for _compose, reads in _SECTIONS.values()),
    {GROUPS, ARTICLES, "extra.preamble", "extra.points", "extra.needed", ORDERED},
)
# By section id the question that leaves the section out, unless something else fills it, if marked « sans objet ».
_VOID_BY = {
    "vision": "gather.vision", "objectives": "gather.objectives", "structure": "gather.level", "lead": "gather.lead",
    "accountability": "gather.governance", "resources": "commit.funding", "term": "extra.dates",
    "commitments": "open.contributions", "responsibilities": "extra.responsibilities", "background": "extra.context",
    "communication": "extra.communication", "disputes": "extra.disputes", "nature": "extra.legal",
}  # fmt: skip

# The only questions whose answers the blocks before the first section print; of the title they read the kind alone.
_FRONT_QUESTIONS = (WHO, "extra.preamble", CONSENSUS)


@dataclass(frozen=True, slots=True)
class _KeptSection:
    """A section as it was composed last, and what it was composed from: while that is equal, the section is reused."""

    rows: tuple[Sequence[Entry], ...]  # the entries it was composed from, question by question
    # What else it was composed from: heading, printable answers, kind of document, names.
    other_sources: tuple[object, ...]
    section: Section | None  # None if it is not printed
    sources: SectionSources  # those with which it was looked at last


@dataclass(frozen=True, slots=True)
class _NumberedSection:
    """A section as it was numbered last, and what it was made from: while that is equal, it is reused."""

    unnumbered: Section
    number: numbering.Number
    labels: Mapping[str, str] | None  # the printed numbers by section id if the section refers to others, else None
    section: Section


class Composer:
    """Makes the Agreement of a changing partnership; a section that nothing changed stays the same object."""

    def __init__(self, guide: Guide, *, marked: bool = False) -> None:
        """`guide` holds the headings, holes and set phrases; `marked` marks each text written in the other language."""
        self._guide = guide
        self._marked = marked
        self._public = PublicView(guide)
        self._fronts = Newest[tuple[Block, ...]]()
        self._names_by_text = Newest[tuple[str, ...]]()  # by language and region
        front_questions = (
            guide.question(question_id) for question_id in _FRONT_QUESTIONS if question_id in guide.by_id
        )
        self._front_parts = [  # (question id, part id); the part "" holds the single answers
            (question.id, part_id)
            for question in front_questions
            for part_id in ("", *(part.id for part in question.parts))
        ]
        self._plain_parts: dict[str, tuple[tuple[Question, Part], ...]] = {}  # what `_plain_parts_of` found, by section
        # These caches have the text in their keys: after an adoption one keystroke may turn the adopted text into a
        # draft, and the next one turn it back, so the results of both are kept.
        self._kept: dict[tuple[str, _TextKey], _KeptSection] = {}  # by section id and text
        self._numbered_sections: dict[tuple[str, _TextKey], _NumberedSection] = {}
        self._polished: dict[tuple[str, _TextKey], PolishedBlocks] = {}  # the blocks with their typography
        self._own_blocks: dict[_TextKey, PartnerBlocks] = {}  # each partner's commitments
        self._answer_texts = AnswerTexts()
        self._texts: dict[_TextKey, tuple[Phrasing, SectionSources]] = {}  # what `_begun` returned last
        self._comparers: dict[bool, Composer] = {}  # by `final`: the composers of texts that are only compared
        self._compared_holes = OpenHoles(guide)
        self._words = AgreedWords(guide, self._compared, self._compared_parts)

    def agreement(
        self, partnership: Partnership, lang: str, region: str = "", *, final: bool | None = None
    ) -> Agreement:
        """Return the agreement in `lang` ("fr" or "en"), with the typography the partnership has chosen for it.

        Where it has chosen none, the typography is that of `region` ("fr-FR", a person's setting), else Canada's. The
        agreement is composed from the public view alone, so nothing private is in it. `final` True composes it as the
        adopted text, False as a draft; None as the adopted text until one of its words is changed.
        """
        usual = region if region.startswith(lang) else REGIONS[lang]
        region = partnership.setting(f"region_{lang}") or usual
        return self._of_public(self._public.of(partnership), lang, region, final)

    def _of_public(self, public: Published, lang: str, region: str, final: bool | None) -> Agreement:
        """Return the agreement of a public view; `final` is that of `agreement`."""
        phrasing, sources = self._begun(public, lang, region, final)
        front = self._without_sections(phrasing, region, sources)
        sections = tuple(filter(None, self._sections(phrasing, region, sources)))
        return replace(front, sections=self._numbered(phrasing, sections, region))

    def _begun(self, public: Published, lang: str, region: str, final: bool | None) -> tuple[Phrasing, SectionSources]:
        """Return the Phrasing that words the text, and what its sections are composed from.

        They are the same objects where this view was begun already, as when its parts were compared before the whole.
        """
        view = public.view
        final = self._words.adoption(view) == "adopted" if final is None else final
        key = lang, region, final
        begun = self._texts.get(key)
        if begun is None or begun[0].view is not view:
            own_blocks = self._own_blocks.setdefault(key, PartnerBlocks())
            guide = arranged(self._guide, view)
            phrasing = Phrasing(guide, view, lang, public, final, own_blocks, marked=self._marked)
            begun = self._texts[key] = phrasing, SectionSources(phrasing, self._answer_texts)
        return begun

    def _without_sections(self, phrasing: Phrasing, region: str, sources: SectionSources) -> Agreement:
        """Return the agreement without its sections."""
        view, lang, final = phrasing.view, phrasing.lang, phrasing.final
        state = self._words.adoption(view)
        day, number = text_day(phrasing, view.changed), version_number(phrasing)
        return Agreement(
            lang=lang,
            region=region,
            kind=polished(document_kind(phrasing), region),
            title=polished(title(self._guide, view, lang), region),
            version=self._version(view, lang, state),
            date=format_date(day, lang),
            iso_date=day,
            partners=self._names(phrasing, region, sources),
            draft=not final,
            sections=(),
            holes=_holes(phrasing),
            preamble=self._before_sections(phrasing, region),
            number=number,
            edition=phrasing.word("edition", number=number) if final and number and state == "adopted" else "",
            parties=phrasing.is_contract,
            mark="" if final else phrasing.word("draft_mark"),
            page_label=(phrasing.word("page"), phrasing.word("of_pages")),
        )

    def _names(self, phrasing: Phrasing, region: str, sources: SectionSources) -> tuple[str, ...]:
        """Return `names_under_title` with their typography; the same object while no partner changes."""
        text = f"{phrasing.lang} {region}"
        return self._names_by_text.of(
            text,
            (sources.cast, phrasing.partners_counted),
            lambda: tuple(polished(name, region) for name in names_under_title(phrasing)),
        )

    def adoption(self, partnership: Partnership) -> str:
        """Return "adopted" if the text is word for word the adopted one, "changed" if not, "" if none was adopted."""
        return self._words.adoption(self._public.of(partnership).view)

    def version(self, partnership: Partnership, lang: str) -> str:
        """Return in `lang` ("fr" or "en") the words that say which text this is: « ébauche 2, modifiée depuis »."""
        view = self._public.of(partnership).view
        return self._version(view, lang, self._words.adoption(view))

    def _version(self, view: Partnership, lang: str, state: str) -> str:
        """Return the words of `version`; `state` is what `adoption` returns."""
        if state == "adopted":
            return self._guide.word("adopted", lang)
        if state == "changed" and not sent_since_adoption(view):
            return self._guide.word("changed_since_adoption", lang)
        number = view.setting("drafts")
        if not number:
            return self._guide.word("first_draft", lang)
        changed = bool(view.setting(DRAFT_TEXT)) and not self._words.is_last_draft(view)
        return self._guide.word("draft_changed" if changed else "draft", lang, number=number)

    def is_last_draft(self, partnership: Partnership) -> bool:
        """Return whether the text is, word for word, the draft that was sent last."""
        return self._words.is_last_draft(self._public.of(partnership).view)

    def words(self, partnership: Partnership, *, final: bool) -> dict[str, object]:
        """Return `AgreedWords.of`: digests of the words of the text, as the adopted one (`final`) or as a draft."""
        return self._words.of(self._public.of(partnership).view, final=final)

    def _compared(self, view: Partnership, lang: str, final: bool) -> Agreement:
        """Return the text of a public view for a comparison: the typography is always Canada's."""
        composer, public = self._comparer(view, final)
        return composer._of_public(public, lang, REGIONS[lang], final)

    def _compared_parts(
        self, view: Partnership, lang: str, final: bool, first: str
    ) -> Iterator[tuple[str, Agreement | Section | None]]:
        """Yield the parts of `_compared` as (section id or FRONT, part), each composed only when it is asked for.

        The part `first` comes first, then the agreement without sections as FRONT, then the sections except those that
        refer to others by number. The part is None for a section that is not printed.
        """
        composer, public = self._comparer(view, final)
        region = REGIONS[lang]
        phrasing, sources = composer._begun(public, lang, region, final)
        compared = (head for head in phrasing.guide.sections if head.id not in _REFERRING)
        heads = sorted(compared, key=lambda head: head.id != first)
        sections = composer._sections(phrasing, region, sources, heads)
        parts = zip((head.id for head in heads), sections, strict=True)
        if first != FRONT:
            yield next(parts)
        yield FRONT, composer._without_sections(phrasing, region, sources)
        yield from parts

    def _comparer(self, view: Partnership, final: bool) -> tuple[Composer, Published]:
        """Return the composer of texts that are only compared (one for each `final`), and what it composes from."""
        if final not in self._comparers:
            self._comparers[final] = Composer(self._guide)
        # The view is public already and holds no position: nothing is left to hide or to count in it.
        return self._comparers[final], Published(view, {}, {}, self._compared_holes, settled_holes(view))

    def _before_sections(self, phrasing: Phrasing, region: str) -> tuple[Block, ...]:
        """Return the blocks before the first section; the same objects while nothing that they print has changed."""
        view = phrasing.view
        made_from = phrasing.kind, view.entry(SETTINGS), *map(view.by_part.get, self._front_parts)
        text = f"{phrasing.lang} {region} {phrasing.final} {phrasing.is_contract}"
        return self._fronts.of(text, made_from, lambda: polished(front_blocks(phrasing), region))

    def _numbered(self, phrasing: Phrasing, sections: tuple[Section, ...], region: str) -> tuple[Section, ...]:
        """Return the sections with their numbers; one that had a frozen number and is now empty reads « Supprimé »."""
        order = [head.id for head in phrasing.guide.sections]
        frozen = numbering.frozen_numbers(phrasing.view)
        numbers = numbering.numbered(order, [section.id for section in sections], frozen)
        sections_by_id = {section.id: section for section in sections}
        labels = {section_id: numbering.label(numbers[section_id]) for section_id in sections_by_id}
        numbered_sections = []
        for section_id in (head.id for head in phrasing.guide.sections if head.id in numbers):
            deleted = Section(section_id, 0, polished(phrasing.word("deleted"), region), ())
            section = sections_by_id.get(section_id) or deleted
            text = phrasing.lang, region, phrasing.final
            numbered_sections.append(self._with_number(section, numbers[section_id], labels, text))
        return tuple(numbered_sections)

    def _with_number(
        self, section: Section, number: numbering.Number, labels: Mapping[str, str], text: _TextKey
    ) -> Section:
        """Return the section numbered, the same object while nothing changed.

        `labels` are the printed numbers by section id.
        """
        labels_read = dict(labels) if section.id in _REFERRING else None
        kept = self._numbered_sections.get((section.id, text))
        is_same = (
            kept is not None and kept.unnumbered is section and (kept.number, kept.labels) == (number, labels_read)
        )
        if kept is None or not is_same:
            numbered = replace(section, number=number[0], inserted=number[1])
            if labels_read is not None:
                numbered = numbering.resolved(numbered, labels_read)
            kept = _NumberedSection(section, number, labels_read, numbered)
            self._numbered_sections[section.id, text] = kept
        return kept.section

    def public(self, partnership: Partnership) -> Published:
        """Return the public view that the agreement is composed from, with what is derived from it."""
        return self._public.of(partnership)

    def _sections(
        self,
        phrasing: Phrasing,
        region: str,
        sources: SectionSources,
        heads: Sequence[SectionHead] | None = None,
    ) -> Iterator[Section | None]:
        """Yield each section of the guide (or of `heads`) in its order, None for one that is not printed."""
        for head in phrasing.guide.sections if heads is None else heads:
            key = head.id, (phrasing.lang, region, phrasing.final)
            kept = self._kept.get(key)
            if kept is None or not self._is_current(kept, head, sources):
                kept = self._kept[key] = self._checked(phrasing, head, region, sources, kept)
            yield kept.section

    def _questions_of(self, section: str) -> frozenset[str]:
        """Return the ids of the questions whose answers a section reads."""
        reads = _SECTIONS[section][1] if section in _SECTIONS else frozenset[str]()
        return reads | frozenset(question.id for question, _part in self._plain_parts_of(section))

    def _is_current(self, kept: _KeptSection, head: SectionHead, sources: SectionSources) -> bool:
        """Return whether a section prints the same as when it was looked at last, as far as this shows at once."""
        if kept.sources is sources:
            return True
        if head.id in _READING_MORE or kept.other_sources[:2] != (head.heading, head.is_always_printed):
            return False
        changed = sources.changed_since(kept.sources)
        return changed is not None and changed.isdisjoint(self._questions_of(head.id))

    def _checked(
        self, phrasing: Phrasing, head: SectionHead, region: str, sources: SectionSources, kept: _KeptSection | None
    ) -> _KeptSection:
        """Return a section as it is now: that of `kept` if it would print the same, else composed anew."""
        questions = self._questions_of(head.id)
        rows = sources.rows(head.id, questions)
        if head.id == "signatures":
            rows = (*rows, signature_section.quoted_entries(phrasing))
        tallies = signature_section.printable_answers(phrasing, questions)
        counted = phrasing.partners_counted, phrasing.settled
        people = sources.people(head.id, questions)
        holes = phrasing.holes if head.id == "open_points" else ()
        day = phrasing.view.day if head.id == "partners" else ""  # who has left by then is no partner any more
        kind = phrasing.kind if head.id in _WORDED_BY_KIND else ""
        other_sources = head.heading, head.is_always_printed, tallies, kind, counted, people, holes, day
        if (
            kept is not None
            and kept.other_sources == other_sources
            and same_rows(head.id, phrasing.lang, kept.rows, rows)
        ):
            return _KeptSection(kept.rows, kept.other_sources, kept.section, sources)
        if head.id == "commitments" and phrasing.own_blocks is not None:
            phrasing.own_blocks.set_cast(sources.cast, phrasing.active_ids, phrasing.view.hidden_people)
        compose = _SECTIONS[head.id][0] if head.id in _SECTIONS else _no_blocks
        section = self._section(phrasing, head, compose, region)
        # The draft and the adopted text have most blocks in common: equal ones stay one object, painted once.
        before = kept or self._kept.get((head.id, (phrasing.lang, region, not phrasing.final)))
        section = reused(before.section if before is not None else None, section)
        return _KeptSection(rows, other_sources, section, sources)

    def _plain_parts_of(self, section: str) -> tuple[tuple[Question, Part], ...]:
        """Return the (question, part) pairs printed in a section that no function of `_SECTIONS` composes."""
        plain_parts = self._plain_parts.get(section)
        if plain_parts is None:
            plain_parts = self._plain_parts[section] = tuple(
                (question, part)
                for question in self._guide.by_id.values()
                if question.id not in _COMPOSED and not question.private
                for part in question.parts
                if (part.feeds or question.feeds) == section
            )
        return plain_parts

    def _section(self, phrasing: Phrasing, head: SectionHead, compose: Compose, region: str) -> Section | None:
        """Return a section made from its composer, its plain parts and its articles; None if it is not printed."""
        blocks = compose(phrasing)
        for question, part in self._plain_parts_of(head.id):
            blocks += topic_sections.plain_blocks(phrasing, question, part)
        blocks += topic_sections.articles(phrasing, head.id)
        # A section whose question does not apply is printed only if something else than a heading fills it.
        is_void = head.id in _VOID_BY and phrasing.is_void(_VOID_BY[head.id])
        is_filled = any(map(_says_something, blocks)) if is_void else bool(blocks)
        may_be_empty = head.is_always_printed and not is_void
        if not is_filled and not may_be_empty:
            return None
        key = head.id, (phrasing.lang, region, phrasing.final)
        # By the id of each block: (the block, the block with its typography).
        pairs = self._polished[key] = polished_anew(blocks, region, self._polished.get(key, {}))
        blocks = tuple(pairs[id(block)][1] for block in blocks)
        heading = head.heading.get(phrasing.lang)
        has_usual_heading = heading == _usual_heading(self._guide, head, phrasing.lang)
        if head.id == "open_points" and phrasing.final and has_usual_heading:
            heading = phrasing.word("open_at_adoption")
        return Section(head.id, 0, polished(heading, region), blocks)


def _usual_heading(guide: Guide, head: SectionHead, lang: str) -> str:
    """Return the heading that the guide gives a section; `head` may hold another one that the partnership chose."""
    usual = guide.section(head.id)
    return usual.heading.get(lang) if usual is not None else ""


def _says_something(block: Block) -> bool:
    """Return whether a block holds more than a heading or an answer still missing."""
    if isinstance(block, Paragraph):
        return not all(run.hole for run in block.runs)
    return not isinstance(block, Subheading)


def _no_blocks(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return no block: a section that only plain parts and articles fill."""
    return ()


def adoption(guide: Guide, view: Partnership) -> str:
    """Return what `Composer.adoption` returns, for a public view."""

    def compose(view: Partnership, lang: str, final: bool) -> Agreement:
        return Composer(guide).agreement(view, lang, final=final)

    return AgreedWords(guide, compose).adoption(view)


def title(guide: Guide, partnership: Partnership, lang: str) -> str:
    """Return the partnership's own name, else its partners' names (« A, B, … »), else « sans titre ».

    Pass the public view for the document, the whole partnership for the interface.
    """
    own = answer_entry(partnership, "extra.name", ())
    if own is not None and own.text("name", lang):
        return own.text("name", lang)
    everyone = [strip_quotes(partner.short(lang)) for partner in partners(partnership) if partner.active]
    names = [name for name in everyone if name]
    if names and split_article(names[0])[0]:
        names[0] = capitalize(names[0])
    if names and len(names) == len(everyone) <= 3:
        return join(names, guide.word("and", lang))
    if names:
        return ", ".join((*names[:2], "…"))
    return guide.word("untitled", lang)


def holes(guide: Guide, view: Partnership, lang: str) -> tuple[Hole, ...]:
    """Return the open named holes of a public view, in words."""
    return _holes(Phrasing(guide, view, lang))


def _holes(phrasing: Phrasing) -> tuple[Hole, ...]:
    """Return the open named holes (answers the agreement lacks) in words."""
    open_holes = []
    for rule, partner_id in phrasing.holes:
        label = rule.label.get(phrasing.lang)
        if partner_id:
            label = phrasing.word("hole_of", hole=label, name=phrasing.name(partner_id))
        open_holes.append(Hole(rule.id, label, rule.section, rule.question, partner_id))
    return tuple(open_holes)
