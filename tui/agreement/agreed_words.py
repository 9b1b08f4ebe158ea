"""The words of an agreement as they are compared: all that it prints, but what is only said of its signing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Runs, Section, Signature, Subheading, Table
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.partners import WHO
from tui.partnership.positions import POSITIONS, canonical, digest, digest_of_items
from tui.partnership.values import SETTINGS, Cell, Entry, Partnership, indexed_as
from tui.partnership.versions import ADOPTED_MARK, DRAFT_TEXT, DRAFT_WORDS, SAID_OF_SIGNING, WholeText, is_later_point

Compose = Callable[[Partnership, str, bool], Agreement]  # a partnership, a language, whether it is the adopted text
# The same text part by part, each under its name, None where it is not printed; the last argument names the first one.
Parts = Callable[[Partnership, str, bool, str], Iterator[tuple[str, "Agreement | Section | None"]]]
FRONT = ""  # the name of what stands before the sections, beside their ids
PARTS = "parts"  # beside the digests of the words by language: those of their parts, by language and name
_PART_DIGITS = 8  # of the digest of a part: it only tells that a part differs, and that all is the same the whole does
LANGUAGES = ("fr", "en")
_OF_VERSIONS = frozenset({ADOPTED_MARK, "drafts", DRAFT_TEXT, DRAFT_WORDS, "region_fr", "region_en"})
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _KeptSection:
    heading: str
    source: tuple[Block, ...]  # the blocks of the section, whatever its number
    digest: str  # of `section_words`
    blocks: Mapping[
        int, tuple[Block, list[str]]
    ]  # by the id of the object: each block with its lines as canonical JSON


def _kept_section(section: Section, before: Mapping[int, tuple[Block, list[str]]]) -> _KeptSection:
    """The section with its digest; of the blocks in `before` the words are not read again."""
    blocks = {
        id(block): before.get(id(block)) or (block, list(map(canonical, _of_blocks((block,)))))
        for block in section.blocks
    }
    head = canonical(_split(section.id, section.heading))
    lines = (line for block in section.blocks for line in blocks[id(block)][1])
    return _KeptSection(section.heading, section.blocks, digest_of_items((head, *lines)), blocks)


class AgreedWords:
    """Digests of what a changing public view prints; entries that did not change keep their identity from call to call.

    Two texts are the same where their words are: answers that the document does not print, typography, and what may
    follow an adoption without changing it (who signs, answers, dates of joining and leaving) do not count.
    """

    def __init__(self, guide: Guide, compose: Compose, parts: Parts | None = None) -> None:
        """`compose` puts a text together from a view as any other; `parts` yields the same one part after the other.

        `parts` gives the agreement without its sections as FRONT, and each section whose words hold no number of
        another; the one that is named first.
        """
        self._compose = compose
        self._parts = parts
        # Both by language and whether it is the adopted text, for the text that was sent or adopted:
        self._same_views: dict[tuple[str, bool], Partnership] = {}  # a view with its answers, whose words nobody read
        self._known: dict[tuple[str, bool], tuple[object, Mapping[str, str]]] = {}  # its digest, those of its parts
        self._differing: dict[tuple[str, bool], str] = {}  # the part that was seen to differ last
        self._answers = WholeText(guide)
        self._answers_with_marks = WholeText(guide, with_marks=True)
        self._kept: dict[str, tuple[Entry, Entry | None]] = {}
        self._sections: dict[tuple[str, str, bool], _KeptSection] = {}  # by id, language, whether it is adopted text
        self._told: Partnership | None = None  # the view that was compared last

    def of(self, view: Partnership, *, final: bool) -> dict[str, object]:
        """The digest of the words in each language, as a draft prints them or as the adopted text does (`final`).

        Under PARTS, those of each part by language: what a later text is compared with first.
        """
        told = self._without_signing(view)
        said = {lang: self._words(told, lang, final) for lang in LANGUAGES}
        parts = {lang: _parts_of(words) for lang, words in said.items()}
        return {lang: digest(list(words.values())) for lang, words in said.items()} | {PARTS: parts}

    def _words(self, told: Partnership, lang: str, final: bool) -> dict[str, object]:
        """What the whole text says, part by part: its front, then the digest of each section by its id."""
        agreement = self._compose(told, lang, final)
        return {FRONT: _of_front(agreement)} | {
            section.id: self._of_section(section, lang, final) for section in agreement.sections
        }

    def _of_section(self, section: Section, lang: str, final: bool) -> str:
        key = section.id, lang, final
        kept = self._sections.get(key)
        if kept is None or kept.source is not section.blocks or kept.heading != section.heading:
            kept = self._sections[key] = _kept_section(section, kept.blocks if kept is not None else {})
        return kept.digest

    def adoption(self, view: Partnership) -> str:
        """ "" when nothing was adopted, "adopted" while the words are the adopted ones, "changed" since one differs."""
        mark = view.setting(ADOPTED_MARK)
        if not mark:
            return ""
        text, words = (mark.get("text"), mark.get("words")) if isinstance(mark, Mapping) else ("", None)
        if not text:
            return "adopted"
        known = view.worked_out.get("adoption")
        if known is None or known[0] != text:  # asked for several times at each key
            same = self._same(view, str(text), words, final=True)
            known = view.worked_out["adoption"] = text, "adopted" if same else "changed"
        return str(known[1])

    def is_last_draft(self, view: Partnership) -> bool:
        """Whether the words are those of the draft that was sent last."""
        text, words = view.setting(DRAFT_TEXT), view.setting(DRAFT_WORDS)
        known = view.worked_out.get("draft")
        if known is None or known[0] != text:
            same = bool(text) and self._same(view, str(text), words, final=False)
            known = view.worked_out["draft"] = text, same
        return bool(known[1])

    def _same(self, view: Partnership, text: str, words: object, *, final: bool) -> bool:
        """Where the answers are the same the words are; where they differ, the words are looked at.

        What was kept by an earlier version has the digest of its answers alone, and 0.1 took marks for words.
        """
        if self._answers.is_text(view, text):
            self._same_views.update({(lang, final): view for lang in LANGUAGES})
            return True
        if not isinstance(words, Mapping) or not words:
            return self._answers_with_marks.is_text(view, text)
        told = self._without_signing(view)
        first = str(view.setting("lang", LANGUAGES[0]))  # what is typed is most often in the document's language
        order = sorted(LANGUAGES, key=lambda lang: lang != first)
        parts = words.get(PARTS)
        for lang in LANGUAGES:
            if isinstance(parts, Mapping) and isinstance(known := parts.get(lang), Mapping):
                self._known[lang, final] = words.get(lang), known
        return all(self._is_text(told, lang, final, words.get(lang)) for lang in order)

    def _is_text(self, told: Partnership, lang: str, final: bool, text: object) -> bool:
        """Whether the words are those of the text with this digest.

        Where the parts of that text are known, a part that differs tells: no other is put together.
        """
        key = lang, final
        same = self._same_views.pop(key, None)
        if same is not None and self._known.get(key, ("",))[0] != text:
            self._learn(self._without_signing(same), lang, final, text)
        known = self._known.get(key)
        if known is not None and known[0] == text and self._differs(told, lang, final, known[1]):
            return False
        return self._learn(told, lang, final, text)

    def _learn(self, told: Partnership, lang: str, final: bool, text: object) -> bool:
        """Whether the words, all put together, are those of the text with this digest; its parts are known then."""
        words = self._words(told, lang, final)
        same = digest(list(words.values())) == text
        if same:
            self._known[lang, final] = text, _parts_of(words)
        return same

    def _differs(self, told: Partnership, lang: str, final: bool, known: Mapping[str, str]) -> bool:
        """Whether a part is known to differ; the one that differed last comes first: most often it still does."""
        first = self._differing.get((lang, final), FRONT)
        for name, part in self._parts(told, lang, final, first) if self._parts is not None else ():
            if known.get(name) != self._of_part(part, lang, final):
                self._differing[lang, final] = name
                return True
        return False

    def _of_part(self, part: Agreement | Section | None, lang: str, final: bool) -> str | None:
        if part is None:
            return None
        found = self._of_section(part, lang, final) if isinstance(part, Section) else digest(_of_front(part))
        return found[:_PART_DIGITS]

    def _without_signing(self, view: Partnership) -> Partnership:
        entries: dict[str, Entry] = {}
        swapped: list[tuple[Entry, Entry]] = []
        for entry in view.entries.values():
            known = self._kept.get(entry.id)
            if known is None or known[0] is not entry:
                before = known[1] if known is not None else None
                known = self._kept[entry.id] = entry, _told(entry)
                if before is not None and known[1] is not None:
                    swapped.append((before, known[1]))
            if known[1] is not None:
                entries[entry.id] = known[1]
        told = replace(view, entries=entries, conflicts=(), tallies=_NONE)
        if self._told is not None and self._told.entries.keys() == entries.keys():
            indexed_as(self._told, told, swapped)
        self._told = told
        return told


def _parts_of(words: Mapping[str, object]) -> dict[str, str]:
    """Return the digest of each part of what `_words` returned."""
    return {name: (said if isinstance(said, str) else digest(said))[:_PART_DIGITS] for name, said in words.items()}


def sent_since_adoption(view: Partnership) -> bool:
    """Return whether a draft was sent after the adoption: of two settings the later one has the higher revision."""
    settings = view.entry(SETTINGS)
    drafts, adopted = (settings.cells.get(name) if settings is not None else None for name in ("drafts", ADOPTED_MARK))
    return drafts is not None and adopted is not None and drafts.rev > adopted.rev


def _told(entry: Entry) -> Entry | None:
    """The entry without what is only said of signing; None where nothing is left of it."""
    if entry.question in POSITIONS or is_later_point(entry):
        return None
    if entry.question == WHO and not entry.part:
        cells = {key: cell for key, cell in entry.cells.items() if key not in SAID_OF_SIGNING}
        return replace(entry, cells={**cells, "status": Cell("signatory", 0)})
    if entry.question == SETTINGS:
        return replace(entry, cells={key: cell for key, cell in entry.cells.items() if key not in _OF_VERSIONS})
    return entry


def _of_front(agreement: Agreement) -> list[list[str]]:
    """The words before the first section."""
    return [_split(agreement.kind, agreement.title, *agreement.partners), *_of_blocks(agreement.preamble)]


def _of_blocks(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """The words line by line, with a word for the kind of each: spaces and the numbers of sections do not count."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield _split(type(block).__name__, _text(block.runs))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield ["item", str(block.ordered)]
                yield from _of_blocks(item.blocks)
        elif isinstance(block, Table):
            for cells in (block.head, *(row.cells for row in block.rows)):
                yield _split("row", *map(_text, cells))
        elif isinstance(block, Signature):
            who = (part for signatory in block.signatories for part in (signatory.name, signatory.title))
            yield _split("signature", block.partner, *who)


def _split(*texts: str) -> list[str]:
    """The texts with one plain space between words, whatever stood there."""
    return [" ".join(text.split()) for text in texts]


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def section_words(section: Section) -> list[list[str]]:
    """Return the words of a section line by line, as they are compared: two sections with the same say the same."""
    return [_split(section.id, section.heading), *_of_blocks(section.blocks)]
