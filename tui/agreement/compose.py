"""From the public view of a partnership to the Agreement: sections put together, polished, and kept while unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import is_

from tui.agreement import partner_sections, topic_sections
from tui.agreement.block_typography import PolishedBlocks, polished, polished_anew, reused
from tui.agreement.blocks import Agreement, Block, Hole, Run, Section, Subheading
from tui.agreement.phrasing import Phrasing, answers_to, bullets, line, origin
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Part, Question, SectionHead
from tui.partnership.completion import VOID, answer_entry, progress
from tui.partnership.partners import WHO, join, partners
from tui.partnership.privacy import PublicView, Published
from tui.partnership.section_order import ORDERED, arranged
from tui.partnership.values import Entry, Partnership
from tui.partnership.versions import adoption
from tui.text.dates import format_date

Compose = Callable[[Phrasing], tuple[Block, ...]]

REGIONS = {"fr": "fr-CA", "en": "en-CA"}
_ALWAYS = frozenset({"extra.groups"})
_ABOUT_PARTNERS = frozenset({"partners", "signatures"})  # the sections that say all there is of a partner
_CAST = frozenset(
    {"name", "short_name", "status", "left_as", "named", "title", "accountable", "signs", "#order", "#removed"}
)
_ARTICLES = "extra.articles"
_EVERYTHING = frozenset({"*"})
# Each section: how it is put together, and the questions it reads (it is made anew only when one of them changed).
_SECTIONS: Mapping[str, tuple[Compose, frozenset[str]]] = {
    "partners": (partner_sections.partners, frozenset({"open.involvement"})),
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
        frozenset({"open.contributions", "commit.win_win", "commit.consensus"}),
    ),
    "responsibilities": (
        partner_sections.responsibilities,
        frozenset(
            {"gather.lead", "gather.objectives", "open.contributions", "gather.governance", "extra.responsibilities"}
        ),
    ),
    "accountability": (topic_sections.accountability, frozenset({"gather.governance"})),
    "resources": (topic_sections.resources, frozenset({"commit.funding", "open.contributions"})),
    "term": (topic_sections.term, frozenset({"extra.dates", "extra.review", "commit.time", "open.contributions"})),
    "communication": (topic_sections.communication, frozenset({"extra.communication"})),
    "disputes": (topic_sections.disputes, frozenset({"extra.disputes"})),
    "open_points": (topic_sections.open_points, _EVERYTHING),
    "nature": (topic_sections.nature, frozenset({"extra.legal", "extra.inclusive"})),
    "signatures": (partner_sections.signatures, frozenset({"commit.consensus"})),
}
_TOLD = (
    frozenset().union(*(reads for _compose, reads in _SECTIONS.values()))
    | _ALWAYS
    | {WHO, _ARTICLES, "extra.preamble", "extra.points", ORDERED}
)
# The question whose « sans objet » removes a section.
_VOID_BY = {
    "vision": "gather.vision", "objectives": "gather.objectives", "structure": "gather.level", "lead": "gather.lead",
    "accountability": "gather.governance", "resources": "commit.funding", "term": "extra.dates",
    "commitments": "open.contributions", "responsibilities": "extra.responsibilities", "background": "extra.context",
    "communication": "extra.communication", "disputes": "extra.disputes", "nature": "extra.legal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    rows: tuple[tuple[Entry, ...], ...]
    known: object  # heading and number, answers, names: what else the section was made from
    section: Section | None


class Composer:
    """Makes the Agreement of a changing project; a section that nothing changed stays the same object."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the headings, holes and set phrases."""
        self._guide = guide
        self._public = PublicView(guide)
        self._fed: dict[str, tuple[tuple[Question, Part], ...]] = {}
        self._kept: dict[tuple[str, str, str], _Kept] = {}
        self._polished: dict[tuple[str, str, str], PolishedBlocks] = {}  # what the sections were last made of

    def agreement(self, partnership: Partnership, lang: str, region: str = "") -> Agreement:
        """The agreement in `lang` ("fr" or "en"), with the typography the partnership has chosen for it.

        Where it has chosen none it is that of `region` ("fr-FR", a person's setting), else Canada's. Built from the
        public view alone: nothing private can be in it.
        """
        region = str(partnership.setting(f"region_{lang}", "")) or (
            region if region.startswith(lang) else REGIONS[lang]
        )
        public = self._public.of(partnership)
        view = public.view
        voice = Phrasing(arranged(self._guide, view), view, lang, public)
        sections = tuple(section for section in self._sections(voice, region) if section is not None)
        return Agreement(
            lang=lang,
            region=region,
            kind=polished(_kind(voice), region),
            title=polished(title(self._guide, view, lang), region),
            version=_version(voice),
            date=format_date(partnership.changed[:10], lang) if partnership.changed else "",
            iso_date=partnership.changed[:10],
            partners=tuple(polished(voice.name(one.id), region) for one in voice.partners()),
            draft=adoption(self._guide, view) != "adopted",
            sections=sections,
            holes=_holes(voice),
            preamble=polished(topic_sections.preamble(voice), region),
            mark="" if adoption(self._guide, view) == "adopted" else voice.word("draft_mark"),
            page_label=(voice.word("page"), voice.word("of_pages")),
        )

    def public(self, partnership: Partnership) -> Published:
        """The public view that the agreement is made from, with what is known of it."""
        return self._public.of(partnership)

    def _sections(self, voice: Phrasing, region: str) -> Iterator[Section | None]:
        by_question: dict[str, list[tuple[Entry, ...]]] = {}
        for (question, _part), standing in voice.view.by_part.items():
            by_question.setdefault(question, []).append(standing)
        articles: dict[str, list[Entry]] = {}
        for row in voice.view.rows(_ARTICLES, "rows"):
            articles.setdefault(_place(row), []).append(row)
        cast = _cast(entry for entry in voice.view.entries.values() if entry.question == WHO)
        for head in voice.guide.sections:
            compose, reads = _SECTIONS.get(head.id, (_nothing, frozenset[str]()))
            asked = reads | _ALWAYS | frozenset(question.id for question, _part in self._added(head.id))
            if head.id in _ABOUT_PARTNERS:
                asked |= {WHO}
            rows = (*_read(by_question, asked), tuple(articles.get(head.id, ())))
            tallies = answers_to(voice, asked)
            key = head.id, voice.lang, region
            kept = self._kept.get(key)
            known = head, tallies, cast
            if kept is None or not _same(kept.rows, rows) or kept.known != known:
                section = self._section(voice, head, compose, region)
                before = kept.section if kept is not None else None
                kept = _Kept(rows, known, reused(before, section))
                self._kept[key] = kept
            yield kept.section

    def _added(self, section: str) -> tuple[tuple[Question, Part], ...]:
        """Parts that feed a section by the guide data alone, without a composer of their own."""
        found = self._fed.get(section)
        if found is None:
            found = self._fed[section] = tuple(
                (question, part)
                for question in self._guide.by_id.values()
                if question.id not in _TOLD and not question.private
                for part in question.parts
                if (part.feeds or question.feeds) == section
            )
        return found

    def _section(self, voice: Phrasing, head: SectionHead, compose: Compose, region: str) -> Section | None:
        name = head.id
        void = _VOID_BY.get(name)
        if void and progress(voice.view, self._guide.question(void)).state == VOID:
            return None
        blocks = compose(voice)
        for question, part in self._added(name):
            blocks += _plainly(voice, question, part)
        blocks += _articles(voice, name)
        if not blocks and not head.stands:
            return None
        key = name, voice.lang, region
        known = self._polished[key] = polished_anew(blocks, region, self._polished.get(key, {}))
        blocks = tuple(known[id(block)][1] for block in blocks)
        return Section(name, head.number, polished(head.heading.get(voice.lang), region), blocks)


def _cast(entries: Iterable[Entry]) -> tuple[object, ...]:
    """What the other sections need of partners and people: names and standing, no address and no role.

    Those who were taken away count too: a line that names one still does.
    """
    return tuple(
        (one.id, one.stands, *((key, cell.value) for key, cell in one.cells.items() if key.partition("@")[0] in _CAST))
        for one in entries
    )


def _nothing(voice: Phrasing) -> tuple[Block, ...]:
    return ()


def _read(by_question: Mapping[str, list[tuple[Entry, ...]]], asked: frozenset[str]) -> Iterator[tuple[Entry, ...]]:
    for name in by_question if "*" in asked else sorted(asked):
        yield from by_question.get(name, ())


def _same(one: tuple[tuple[Entry, ...], ...], other: tuple[tuple[Entry, ...], ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (len(a) == len(b) and all(map(is_, a, b))) for a, b in zip(one, other, strict=True)
    )


def _plainly(voice: Phrasing, question: Question, part: Part) -> tuple[Block, ...]:
    """A question known by its data alone: its fields under its short name, or its rows as a list.

    Each partner's answer stands under its name; one that is without object is left out.
    """
    if progress(voice.view, question).state == VOID:
        return ()
    rows = voice.view.rows(question.id, part.id)
    shared = question.scope == "project"
    if not shared:
        places = {one.id: at for at, one in enumerate(voice.partners())}
        rows = tuple(sorted(filter(voice.givers, rows), key=lambda row: places[voice.givers(row)[0]]))
    if part.list:
        apart = " : " if voice.lang == "fr" else ": "
        whose = [("" if shared else voice.given_by(row) + apart) for row in rows]
        listed = bullets(
            (name + ", ".join(_fields(voice, part, row)), origin(row, part.fields[0].id))
            for name, row in zip(whose, rows, strict=True)
        )
        return voice.titled(part.title.get(voice.lang) or question.short.get(voice.lang), listed)
    blocks: list[Block] = []
    for row in rows:
        if not shared:
            blocks.append(line(voice.given_by(row), origin(row)))
        for field in part.fields:
            if field.kind == "prose":
                blocks += voice.prose(row, field.id)
            elif voice.shown(row, field.id):
                blocks.append(line(voice.shown(row, field.id), origin(row, field.id)))
    return voice.titled(question.short.get(voice.lang), blocks)


def _fields(voice: Phrasing, part: Part, row: Entry) -> Iterator[str]:
    return (text for field in part.fields if (text := voice.shown(row, field.id)))


def _place(row: Entry) -> str:
    return str(row.get("place", "communication"))


def _articles(voice: Phrasing, section: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for row in voice.view.rows(_ARTICLES, "rows"):
        if _place(row) == section:
            if voice.text(row, "title"):
                blocks.append(Subheading((Run(voice.text(row, "title")),), origin(row, "title")))
            blocks += voice.prose(row, "text")
    return tuple(blocks)


def title(guide: Guide, partnership: Partnership, lang: str) -> str:
    """The partnership's own name; without one, its partners' names; « sans titre » while they may not all be seen.

    Give the public view for the document, the whole project for the interface.
    """
    own = answer_entry(partnership, "extra.name", ())
    if own is not None and own.text("name", lang):
        return own.text("name", lang)
    everyone = [one.short(lang) for one in partners(partnership) if one.active]
    names = [name for name in everyone if name]
    if names and len(names) == len(everyone) <= 3:
        return join(names, guide.word("and", lang))
    if names:
        return ", ".join((*names[:2], "…"))
    return guide.word("untitled", lang)


def _kind(voice: Phrasing) -> str:
    answer = answer_entry(voice.view, "extra.title", ())
    default = voice.guide.choice("document_kind", "statement", voice.lang)
    return voice.text(answer, "own") or voice.shown(answer, "kind") or default


def _version(voice: Phrasing) -> str:
    adopted = adoption(voice.guide, voice.view)
    if adopted:
        return voice.word("adopted" if adopted == "adopted" else "changed_since_adoption")
    number = voice.view.setting("drafts", 0)
    return voice.word("draft", number=number) if number else voice.word("first_draft")


def holes(guide: Guide, view: Partnership, lang: str) -> tuple[Hole, ...]:
    """The open named holes of a public view, in words."""
    return _holes(Phrasing(guide, view, lang))


def _holes(voice: Phrasing) -> tuple[Hole, ...]:
    found = []
    for rule, partner_id in voice.holes:
        label = rule.label.get(voice.lang)
        if partner_id:
            label = voice.word("hole_of", hole=label, name=voice.name(partner_id))
        found.append(Hole(rule.id, label, rule.section, rule.question, partner_id))
    return tuple(found)
