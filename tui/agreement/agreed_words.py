"""Compares the words of an agreement with those that were adopted or sent, by digests.

The words are all that the document prints, except what may change after an adoption: who signs, each partner's answer,
dates of joining and leaving. They are compared at each keystroke, so most of this module avoids composing again what
did not change. A *part* of the text is a section, or the front: what precedes the sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import is_
from types import MappingProxyType
from typing import Any

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Runs, Section, Signature, Subheading, Table
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.field_kinds import unparsed_text
from tui.partnership.partners import WHO
from tui.partnership.positions import POSITIONS, canonical, digest, digest_of_items
from tui.partnership.values import SETTINGS, Cell, Entry, Partnership, index_again
from tui.partnership.versions import ADOPTED_MARK, DRAFT_TEXT, DRAFT_WORDS, SIGNING_FIELDS, WholeText, is_later_point

Compose = Callable[[Partnership, str, bool], Agreement]  # takes a view, a language, whether it is the adopted text
# Takes the same and the name of the part to begin with; yields (name, part). The part is None for a section that is
# not printed.
ComposeParts = Callable[[Partnership, str, bool, str], Iterator[tuple[str, "Agreement | Section | None"]]]
FRONT = ""  # the name of the part before the sections; that of a section is its id
PARTS = "parts"  # a key of what `AgreedWords.of` returns: the digests of the parts, by language and name
# Digits of a part's digest: it is short, since it only has to show that a part differs. That two texts are the same is
# shown by the digest of the whole text.
_PART_DIGITS = 8
LANGUAGES = ("fr", "en")
# The settings that record versions or typography: a change of them changes no word.
_SETTINGS_WITHOUT_WORDS = frozenset({ADOPTED_MARK, "drafts", DRAFT_TEXT, DRAFT_WORDS, "region_fr", "region_en"})
_NOT_UNDERSTOOD = Cell({"typed": "?"}, 0)
_NO_TALLIES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _KeptSection:
    """A section whose words were read, with what they were read from."""

    heading: str
    source: tuple[Block, ...]  # the blocks of the section
    digest: str  # of `section_words`
    # By the `id()` of each block: the block, and its lines as canonical JSON.
    blocks: Mapping[int, tuple[Block, list[str]]]


def _kept_section(section: Section, before: Mapping[int, tuple[Block, list[str]]]) -> _KeptSection:
    """Return the section with its digest; blocks that are in `before` are not read again."""
    blocks = {
        id(block): before.get(id(block)) or (block, list(map(canonical, _block_lines((block,)))))
        for block in section.blocks
    }
    head = canonical(_words_in(section.id, section.heading))
    lines = (line for block in section.blocks for line in blocks[id(block)][1])
    return _KeptSection(section.heading, section.blocks, digest_of_items((head, *lines)), blocks)


class AgreedWords:
    """Tells whether the words of a public view, which changes at each keystroke, were adopted or sent last.

    Unchanged entries must be the same objects from call to call. Typography, answers that the document does not print,
    and what may change after an adoption do not count as words.
    """

    def __init__(self, guide: Guide, compose: Compose, parts: ComposeParts | None = None) -> None:
        """`compose` composes the text of a view; `parts` composes it part by part, so that a caller may stop early.

        `parts` yields the agreement without its sections as FRONT, and the sections that refer to no other by number.
        """
        self._compose = compose
        self._parts = parts
        # These three are about the recorded text: the adopted one (key (language, True)), or the one that was sent last
        # (key (language, False)).
        self._same_views: dict[tuple[str, bool], Partnership] = {}  # a view with the same answers, not yet composed
        self._recorded: dict[tuple[str, bool], tuple[object, Mapping[str, str]]] = {}  # (digest, digests of its parts)
        self._differing: dict[tuple[str, bool], str] = {}  # the name of the part that was found to differ last
        self._answers = WholeText(guide)
        self._answers_with_marks = WholeText(guide, with_marks=True)
        # By entry id: an entry, and what `_without_signing` left of it (None for nothing).
        self._compared_entries: dict[str, tuple[Entry, Entry | None]] = {}
        self._sections: dict[tuple[str, str, bool], _KeptSection] = {}  # by id, language, whether it is adopted text
        self._last_view: Partnership | None = None  # what `_without_signing` returned last

    def of(self, view: Partnership, *, final: bool) -> dict[str, object]:
        """Return by language the digest of the words, as a draft prints them or as the adopted text does (`final`).

        Under PARTS are the digests of the parts, by language and name; a later text is compared with those first.
        """
        compared = self._without_signing(view)  # only the entries that count as words
        words_by_lang = {lang: self._words(compared, lang, final) for lang in LANGUAGES}
        parts = {lang: _part_digests(words) for lang, words in words_by_lang.items()}
        return {lang: digest(list(words.values())) for lang, words in words_by_lang.items()} | {PARTS: parts}

    def _words(self, view: Partnership, lang: str, final: bool) -> dict[str, object]:
        """Return the words of the front under FRONT, and by section id the digest of each section."""
        agreement = self._compose(view, lang, final)
        return {FRONT: _front_lines(agreement)} | {
            section.id: self._of_section(section, lang, final) for section in agreement.sections
        }

    def _of_section(self, section: Section, lang: str, final: bool) -> str:
        """Return the digest of a section; only blocks that changed are read again."""
        key = section.id, lang, final
        kept = self._sections.get(key)
        if kept is None or kept.source is not section.blocks or kept.heading != section.heading:
            kept = self._sections[key] = _kept_section(section, kept.blocks if kept is not None else {})
        return kept.digest

    def adoption(self, view: Partnership) -> str:
        """Return "adopted" while the words are the adopted ones, "changed" if one differs, "" if none was adopted."""
        mark = view.setting(ADOPTED_MARK)
        if not mark:
            return ""
        text, words = (mark.get("text"), mark.get("words")) if isinstance(mark, Mapping) else ("", None)
        if not text:
            return "adopted"
        # The result is kept with the view, since several callers ask for it at each keystroke.
        result = view.derived.get("adoption")  # (digest of the adopted text, what is returned)
        if result is None or result[0] != text:
            same = self._same(view, str(text), words, final=True)
            result = view.derived["adoption"] = text, "adopted" if same else "changed"
        return str(result[1])

    def is_last_draft(self, view: Partnership) -> bool:
        """Return whether the words are those of the draft that was sent last."""
        text, words = view.setting(DRAFT_TEXT), view.setting(DRAFT_WORDS)
        result = view.derived.get("draft")  # (digest of the sent text, what is returned)
        if result is None or result[0] != text:
            same = bool(text) and self._same(view, str(text), words, final=False)
            result = view.derived["draft"] = text, same
        return bool(result[1])

    def _same(self, view: Partnership, text: str, words: object, *, final: bool) -> bool:
        """Return whether the words are those of the recorded text, which was adopted (`final`) or sent.

        `text` is the digest of its answers; equal answers mean equal words. `words` is what `of` returned for it, empty
        if an early release recorded it; release 0.1 counted marks in `text` as well.
        """
        if self._answers.is_text(view, text):
            self._same_views.update({(lang, final): view for lang in LANGUAGES})
            return True
        if not isinstance(words, Mapping) or not words:
            return self._answers_with_marks.is_text(view, text)
        compared = self._without_signing(view)
        # Where nothing that counts as words has changed since they were compared last, the answer is the same.
        memo_key = "same as adopted" if final else "same as sent"
        earlier = compared.derived.get(memo_key)
        if earlier is not None and earlier[0] is words:
            return bool(earlier[1])
        # The language of the document comes first: most typing is in it, so it differs sooner.
        first = str(view.setting("lang", LANGUAGES[0]))
        order = sorted(LANGUAGES, key=lambda lang: lang != first)
        parts = words.get(PARTS)
        for lang in LANGUAGES:
            if isinstance(parts, Mapping) and isinstance(part_digests := parts.get(lang), Mapping):
                self._recorded[lang, final] = words.get(lang), part_digests
        same = all(self._is_text(compared, lang, final, words.get(lang)) for lang in order)
        compared.derived[memo_key] = words, same
        return same

    def _is_text(self, view: Partnership, lang: str, final: bool, words_digest: object) -> bool:
        """Return whether the words in `lang` have the digest `words_digest`.

        If the digests of that text's parts are known, the first part that differs settles it.
        """
        key = lang, final
        same_view = self._same_views.pop(key, None)
        if same_view is not None and self._recorded.get(key, ("",))[0] != words_digest:
            # The record has no digests of parts: a view with the same words is composed once to learn them.
            self._is_whole_text(self._without_signing(same_view), lang, final, words_digest)
        recorded = self._recorded.get(key)
        if recorded is not None:
            recorded_digest, part_digests = recorded
            if recorded_digest == words_digest and self._has_differing_part(view, lang, final, part_digests):
                return False
        return self._is_whole_text(view, lang, final, words_digest)

    def _is_whole_text(self, view: Partnership, lang: str, final: bool, words_digest: object) -> bool:
        """Return whether the composed text has the digest `words_digest`; if so, keep the digests of its parts."""
        words = self._words(view, lang, final)
        same = digest(list(words.values())) == words_digest
        if same:
            self._recorded[lang, final] = words_digest, _part_digests(words)
        return same

    def _has_differing_part(self, view: Partnership, lang: str, final: bool, digests: Mapping[str, str]) -> bool:
        """Return whether a part differs from its digest in `digests` (by name of the part).

        The part that differed last time is composed first, since most often it still differs.
        """
        first = self._differing.get((lang, final), FRONT)
        parts = self._parts(view, lang, final, first) if self._parts is not None else ()
        for name, part in parts:
            if digests.get(name) != self._of_part(part, lang, final):
                self._differing[lang, final] = name
                return True
        return False

    def _of_part(self, part: Agreement | Section | None, lang: str, final: bool) -> str | None:
        """Return the short digest of a part; None for a section that is not printed."""
        if part is None:
            return None
        words = self._of_section(part, lang, final) if isinstance(part, Section) else digest(_front_lines(part))
        return words[:_PART_DIGITS]

    def _without_signing(self, view: Partnership) -> Partnership:
        """Return the view without what does not count as words; unchanged entries are the same objects as before."""
        entries: dict[str, Entry] = {}
        for entry in view.entries.values():
            pair = self._compared_entries.get(entry.id)
            if pair is None or pair[0] is not entry:
                before, now = pair[1] if pair is not None else None, _without_marks(entry)
                pair = self._compared_entries[entry.id] = entry, before if before == now else now
            if pair[1] is not None:
                entries[entry.id] = pair[1]
        compared = replace(view, entries=entries, conflicts=(), tallies=_NO_TALLIES, on=view.day)
        last = self._last_view
        if last is not None and _is_same(last, compared):
            return last
        if last is not None:
            # The indexes of the last view are carried over, since making them anew costs more than all the rest.
            index_again(last, compared)
        self._last_view = compared
        return compared


def _is_same(view: Partnership, other: Partnership) -> bool:
    """Return whether two views have the same entries, as the same objects, on the same day."""
    return (
        len(view.entries) == len(other.entries)
        and all(map(is_, map(view.entries.get, other.entries), other.entries.values()))
        and view.on == other.on
        and (view.counts, view.hidden_people) == (other.counts, other.hidden_people)
    )


def _part_digests(words: Mapping[str, object]) -> dict[str, str]:
    """Return by name the short digest of each part of what `AgreedWords._words` returned."""
    return {name: (part if isinstance(part, str) else digest(part))[:_PART_DIGITS] for name, part in words.items()}


def sent_since_adoption(view: Partnership) -> bool:
    """Return whether a draft was sent after the adoption: the setting that was set later has the higher revision."""
    settings = view.entry(SETTINGS)
    if settings is None:
        return False
    drafts, adopted = settings.cells.get("drafts"), settings.cells.get(ADOPTED_MARK)
    return drafts is not None and adopted is not None and drafts.rev > adopted.rev


def _without_marks(entry: Entry) -> Entry | None:
    """Return the entry without what does not count as words; None if nothing is left of it."""
    if entry.question in POSITIONS or is_later_point(entry):
        return None
    if entry.question == WHO and not entry.part:
        cells = {key: cell for key, cell in entry.cells.items() if key not in SIGNING_FIELDS}
        # All partners get the same status, so that a change of it, as by signing, is no change of the words.
        return replace(entry, cells={**cells, "status": Cell("signatory", 0)})
    if entry.question == SETTINGS:
        return replace(
            entry, cells={key: cell for key, cell in entry.cells.items() if key not in _SETTINGS_WITHOUT_WORDS}
        )
    if any(map(unparsed_text, (cell.value for cell in entry.cells.values()))):
        # What was not understood prints nothing, whatever it is: while a date is typed, the words stay the same.
        cells = {key: _NOT_UNDERSTOOD if unparsed_text(cell.value) else cell for key, cell in entry.cells.items()}
        return replace(entry, cells=cells)
    return entry


def _front_lines(agreement: Agreement) -> list[list[str]]:
    """Return the words before the first section, line by line."""
    return [_words_in(agreement.kind, agreement.title, *agreement.partners), *_block_lines(agreement.preamble)]


def _block_lines(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Yield the words line by line, each line with the kind of its block; kinds of spaces do not count."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield _words_in(type(block).__name__, _text(block.runs))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield ["item", str(block.ordered)]
                yield from _block_lines(item.blocks)
        elif isinstance(block, Table):
            for cells in (block.head, *(row.cells for row in block.rows)):
                yield _words_in("row", *map(_text, cells))
        elif isinstance(block, Signature):
            who = (part for signatory in block.signatories for part in (signatory.name, signatory.title))
            yield _words_in("signature", block.partner, *who)


def _words_in(*texts: str) -> list[str]:
    """Return the texts with one plain space between words, whatever spaces they had."""
    return [" ".join(text.split()) for text in texts]


def _text(runs: Runs) -> str:
    """Return the text of runs without their styles."""
    return "".join(run.text for run in runs)


def section_words(section: Section) -> list[list[str]]:
    """Return the words of a section line by line, as they are compared; its number is not among them."""
    return [_words_in(section.id, section.heading), *_block_lines(section.blocks)]
