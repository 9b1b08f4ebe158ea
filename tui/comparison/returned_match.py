"""Compares a returned text, pasted or in a file, to the version and the language of our text that it answers.

Our lines are broken as in the format that the text was sent in. The version, language and format are those that share
the most word pairs (each word with the next) with the text, since a mail program may have broken its lines elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePath

from tui.agreement.bilingual import joined_texts, unmarked
from tui.agreement.blocks import Agreement, NotASnapshot, from_json
from tui.agreement.compose import Composer
from tui.agreement.contacts_annex import annex_heading
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.comparison.original_lines import agreement_lines, with_origins
from tui.comparison.returned_diff import (
    Difference,
    edge_differences,
    in_excerpt,
    match_lines,
    page_edge_words,
    remark_beside,
)
from tui.comparison.returned_lines import (
    LARGEST,
    CannotRead,
    OriginalLine,
    Returned,
    ReturnedLine,
)
from tui.comparison.returned_mail import is_mail, read_mail
from tui.comparison.returned_page import page_lines
from tui.comparison.returned_text import decode, is_quoted, lost_accents, raw_words, read_text, regrouped, text_lines
from tui.comparison.returned_word_file import read_word, too_large
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.named_files import RefusedFile, read_named
from tui.partnership.partners import WHO
from tui.partnership.values import Partnership
from tui.partnership.versions import Version
from tui.text.word_diff import word_keys

__all__ = [
    "CannotRead", "MatchedText", "Returned", "agreement_lines", "match_returned_text", "parse_returned",
    "read_returned", "with_origins",
]  # fmt: skip

_TRIED_VERSIONS = 6  # versions compared: a text that comes back answers one of the last
_SECOND_LANGUAGE_SHARE = 0.3  # of the word pairs only one language has: with more, a text is in that language too
# How PDF files, Word files before 2007 or with a password, and rich text begin.
_UNREADABLE_STARTS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
# A text is of this agreement if it has this share of our lines with words of partners, or so many of them.
_OWN_LINES_SHARE, _ENOUGH_OWN_LINES = 0.08, 4
_WHOLE_TEXT_SHARE = 0.6  # of the word pairs of our text: with fewer, only a part of it came back
_LAYOUT_SHARE = 0.1  # of the lines of a page: with fewer cells its tables are no text of ours
_EDGE_LINES = 2  # at the top and at the bottom of a page, at most
_SIMILAR_SHARE = 0.7  # of its words: a line that shares more with one of ours is a version of it

WordPairs = Counter[tuple[str, str]]  # each word with the next, counted


@dataclass(frozen=True, slots=True)
class MatchedText:
    """A returned text compared to the text of ours that it answers."""

    differences: tuple[Difference, ...]
    agreement: Agreement  # our text
    version: Version | None  # whose text `agreement` is; None for today's text, or one that was given
    author: str = ""  # the name of who sent the text back, "" if it does not say

    @property
    def languages(self) -> tuple[str, ...]:
        """The language or languages of the text."""
        return tuple(part.lang for part in self.agreement.parts)


def read_returned(path: Path) -> bytes:
    """Return the bytes of a file that came back.

    Raises CannotRead for a folder, a pipe or a device, OSError if there is no such file.
    """
    if path.is_dir():
        raise CannotRead(_("“{name}” is a folder: name the file that came back.").format(name=path.name or path))
    try:
        return read_named(path, LARGEST)
    except RefusedFile as error:
        raise CannotRead(str(error)) from error


def parse_returned(data: bytes, name: str = "") -> Returned:
    """Return the lines of a Word file, an HTML page, a mail or a plain text, given as bytes.

    `name` is the name of the file, "" for none. Raises CannotRead if it is none of these.
    """
    ending = PurePath(name).suffix.lower()
    called = PurePath(name).name or _("This file")
    if ending == ".odt" or data[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text":
        message = _("“{name}” is a LibreOffice file. Open it, save it as Word (.docx), and give that one.")
        raise CannotRead(message.format(name=called))
    if data[:4] == b"PK\x03\x04" or ending == ".docx":
        return read_word(data)
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if data.startswith(_UNREADABLE_STARTS) or (b"\0" in data[:4096] and not utf16):
        raise CannotRead(
            _("“{name}” cannot be read. Ask for a .docx file without a password, or paste its text.").format(
                name=called
            )
        )
    if len(data) > LARGEST:
        raise CannotRead(too_large(len(data)))
    if is_mail(data, name):
        return read_mail(data, parse_returned)
    text = decode(data)
    if ending in _PAGE_ENDINGS or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return Returned(page_lines(text), page=True)
    return Returned(read_text(text), raw=tuple(text_lines(text)))


def match_returned_text(
    guide: Guide,
    partnership: Partnership,
    versions: Sequence[Version],
    returned: Returned,
    base: Agreement | None = None,
    *,
    is_ours: bool = False,
) -> MatchedText:
    """Compare a returned text to `base`, or without one to the nearest of today's text and the latest versions.

    Of equally near ones the latest version is taken, before today's text. `is_ours` says that the text is known to be
    of this agreement, for instance by its title. Of several texts of one mail it is the first of ours in which
    something differs, and what the mail says beside is listed. Raises CannotRead if nothing of the agreement is in it.
    """
    matches: list[tuple[Returned, MatchedText]] = []
    refused: list[CannotRead] = []
    for text in (returned, *returned.others):
        try:
            matches.append((text, _match_text(guide, partnership, versions, text, base, is_ours=is_ours)))
        except CannotRead as error:
            refused.append(error)
        if matches and matches[-1][1].differences:
            break
    if not matches:
        raise CannotRead(returned.refused[0]) if returned.refused else refused[0]
    text, matched = next((pair for pair in matches if pair[1].differences), matches[0])
    return replace(matched, differences=(*matched.differences, *_beside(returned, text)))


def _beside(returned: Returned, text: Returned) -> Iterator[Difference]:
    """Yield a remark for the letter of a mail whose attached file `text` is, and for each other file attached to it."""
    texts = (returned, *returned.others)
    also = [
        _("Also attached, to be given by itself: {name}").format(name=other.name)
        for other in texts
        if other is not text and other.name
    ]
    letter = [returned.letter] if text.name and returned.letter else []
    for remark in (*letter, *also, *returned.refused):
        yield remark_beside(remark, texts[-1].author)  # the text of the mail is the last


def _match_text(
    guide: Guide,
    partnership: Partnership,
    versions: Sequence[Version],
    returned: Returned,
    base: Agreement | None,
    *,
    is_ours: bool,
) -> MatchedText:
    """Compare one text, as `match_returned_text` does."""
    if not any(line.text.strip() for line in returned.lines):
        raise CannotRead(_("There are no words in this file. Ask for the Word file, or for the text of the answer."))
    if returned.page and not returned.word and _is_pasted(returned.lines):
        returned = _as_text(returned)
    lines = tuple(replace(line, text=unmarked(guide, line.text)) for line in returned.lines)
    raw = tuple(unmarked(guide, line) for line in returned.raw)
    returned = replace(returned, lines=_before_annex(guide, lines), raw=_raw_before_annex(guide, raw))
    version: Version | None = None
    agreement = base
    if agreement is None:
        version, agreement = _nearest(guide, partnership, versions, returned)
        agreement = _partner_copy(guide, agreement, returned)
    written = _read_own_word_file(agreement)
    ours = _likest_lines(guide, agreement, returned, written.lines)
    edges = page_edge_words(ours, written.edges)
    lines = returned.lines
    if returned.raw:
        if lost_accents(ours, returned.raw):
            message = _(
                "This text lost its accents on the way. Ask for the Word file, or for the text with its accents."
            )
            raise CannotRead(message)
        lines = tuple(regrouped(returned.raw, ours, edges))
    if returned.page:
        lines = tuple(_without_page_edges(lines, ours, edges))
    if not is_ours and not _has_our_words(partnership, ours, lines):
        raise CannotRead(
            _("Nothing of this agreement is in this text: it may be another document. Ask for the draft that was sent.")
        )
    differences = (*in_excerpt(match_lines(ours, lines), ours), *edge_differences(returned.edges, edges))
    with_authors = tuple(
        difference if difference.author else replace(difference, author=returned.author) for difference in differences
    )
    return MatchedText(with_authors, agreement, version, returned.author)


def _is_pasted(lines: Sequence[ReturnedLine]) -> bool:
    """Return whether a page has neither our anchors nor headings nor, but for a signature laid out in one, tables."""
    cells = sum(bool(line.row) for line in lines)
    count = sum(line.text.count("\n") + 1 for line in lines)
    return cells < _LAYOUT_SHARE * count and not any(line.anchors or line.heading for line in lines)


def _as_text(returned: Returned) -> Returned:
    """Return a page as the plain text that somebody pasted into it: a mail in HTML holds each line as a paragraph."""
    shown = (f"– {line.text}" if line.item else line.text for line in returned.lines if not line.gone)
    text = "\n".join(shown)
    return replace(returned, lines=read_text(text), raw=tuple(text_lines(text)), page=False)


def _without_page_edges(
    lines: Sequence[ReturnedLine], ours: Sequence[OriginalLine], edges: frozenset[str]
) -> Iterator[ReturnedLine]:
    """Yield the lines without a header above them or a footer below: Word and LibreOffice print these on a page once.

    `edges` are the words of our headers and footers.
    """
    our_texts = {word_keys(line.text) for line in ours}
    for at, line in enumerate(lines):
        words = {word.casefold() for word in word_keys(line.text) if not word.isdigit()}
        is_outer = at < _EDGE_LINES or at >= len(lines) - _EDGE_LINES
        if not (is_outer and words <= edges and not line.anchors and word_keys(line.text) not in our_texts):
            yield line


def _partner_copy(guide: Guide, agreement: Agreement, returned: Returned) -> Agreement:
    """Return the copy made for the partner whom the returned text names at its front; `agreement` if it names none."""
    returned_keys = {word_keys(line.text) for line in returned.lines}
    for addressee in addressees(agreement):
        copy = addressed_copy(guide, agreement, addressee.id)
        if word_keys(copy.copy) in returned_keys:  # the line « Copy for … »
            return copy
    return agreement


def _has_our_words(partnership: Partnership, ours: Sequence[OriginalLine], lines: Sequence[ReturnedLine]) -> bool:
    """Return whether enough of our lines with words of partners are among the lines that came back.

    Words that the program prints are in every agreement, so that they prove nothing.
    """
    own = [line for line in ours if not line.whole and _has_partner_words(partnership, line)]
    # An anchor proves it only if it is that of a row (a bookmark named by the row's id): the anchor of an answer, whose
    # entry id contains a dot, is the same in every partnership.
    anchors = {line.anchor for line in own if line.anchor and "." not in line.origin.entry}
    if sum(any(name in anchors for name in line.anchors) for line in lines) > 1:
        return True
    wanted = [word_keys(line.text) for line in own if len(word_keys(line.text)) > 1]
    if not wanted:
        return True
    returned_keys = {word_keys(text) for line in lines for text in (line.text, line.whole) if text}
    counts = [Counter(key) for key in returned_keys]
    came_back = sum(key in returned_keys or any(_similar(Counter(key), count) for count in counts) for key in wanted)
    return came_back >= max(1, min(_ENOUGH_OWN_LINES, _OWN_LINES_SHARE * len(wanted)))


def _has_partner_words(partnership: Partnership, line: OriginalLine) -> bool:
    """Return whether a line has a text that people wrote: no name of a partner, and no words of the program."""
    entry, field = partnership.entry(line.origin.entry), line.origin.field
    return entry is not None and (entry.question, field) != (WHO, "name") and bool(entry.text(field, line.lang))


def _similar(counter: Counter[str], other: Counter[str]) -> bool:
    """Return whether two lines, given as counts of their words, share enough of them; False for short ones."""
    total = counter.total() + other.total()
    return counter.total() > 3 and 2 * (counter & other).total() > _SIMILAR_SHARE * total


def _word_pairs(texts: Iterator[str]) -> WordPairs:
    """Return the word pairs of the texts; the last word of a text makes a pair with the first of the next."""
    return Counter(pairwise(word for text in texts for word in word_keys(text)))


def _returned_texts(returned: Returned) -> Iterator[str]:
    """Yield the texts that came back: the raw lines of a plain text, else those of its lines."""
    if returned.raw:
        yield from (line for line in returned.raw)
    else:
        yield from (line.text for line in returned.lines)


def _before_annex(guide: Guide, lines: tuple[ReturnedLine, ...]) -> tuple[ReturnedLine, ...]:
    """Return the lines before an annex of contacts, which is sent with the agreement but is no part of it."""
    return lines[: _annex_start(guide, [line.text for line in lines])]


def _raw_before_annex(guide: Guide, raw: tuple[str, ...]) -> tuple[str, ...]:
    """Return the raw lines without the annex. Below an annex that a mail quotes, the lines not quoted are kept."""
    start = _annex_start(guide, [raw_words(line) for line in raw])
    if start == len(raw) or not is_quoted(raw[start]):
        return raw[:start]
    return (*raw[:start], *(line for line in raw[start:] if not is_quoted(line)))


def _annex_start(guide: Guide, texts: Sequence[str]) -> int:
    """Return the index of the heading of the annex of contacts, the number of texts if there is none."""
    heads = {" ".join(annex_heading(guide, lang).split()) for lang in ("fr", "en")}
    return next((at for at, text in enumerate(texts) if " ".join(text.split()) in heads), len(texts))


def _nearest(
    guide: Guide, partnership: Partnership, versions: Sequence[Version], returned: Returned
) -> tuple[Version | None, Agreement]:
    """Return the nearest version (None for today's text), and its text in the language or languages that came back."""
    theirs = _word_pairs(_returned_texts(returned))
    places = {pair: at for at, pair in reversed(list(enumerate(theirs)))}
    best: tuple[int, Version | None, Agreement] | None = None
    for version in (None, *reversed(versions[-_TRIED_VERSIONS:])):
        texts = dict(_texts(guide, partnership, version))
        pairs = {lang: _word_pairs(line.text for line in agreement_lines(guide, text)) for lang, text in texts.items()}
        for lang, text in texts.items():
            score = (pairs[lang] & theirs).total()
            other = next((name for name in texts if name != lang), lang)
            # Word pairs that only one of the two languages has; then the places in the returned text where they first
            # stand. A text in both languages has many of either, those of its first language before the others.
            only_lang, only_other = pairs[lang].keys() - pairs[other].keys(), pairs[other].keys() - pairs[lang].keys()
            lang_places = [places[pair] for pair in only_lang if pair in places]
            other_places = [places[pair] for pair in only_other if pair in places]
            if (
                only_lang
                and only_other
                and min(len(lang_places) / len(only_lang), len(other_places) / len(only_other)) > _SECOND_LANGUAGE_SHARE
                and _median(lang_places) < _median(other_places)
            ):
                score += len(other_places)
                text = _likest_bilingual(guide, text, texts[other], theirs)
            if best is None or score > best[0] or (score == best[0] and best[1] is None and version is not None):
                best = score, version, text
    assert best is not None
    return best[1], best[2]


def _likest_bilingual(guide: Guide, first: Agreement, second: Agreement, theirs: WordPairs) -> Agreement:
    """Return the bilingual document likest to the returned text: signed once, or in each language, as 0.1 wrote it."""
    once = joined_texts(guide, first, second)
    assert once.also is not None
    twice = replace(once, sections=first.sections, also=replace(once.also, sections=second.sections))

    def likeness(agreement: Agreement) -> float:
        mine = _word_pairs(line.text for line in agreement_lines(guide, agreement))
        return (mine & theirs).total() / max(mine.total() + theirs.total(), 1)

    return max((once, twice), key=likeness)


def _median(places: Sequence[int]) -> int:
    """Return the middle of the places, the upper of two; there is at least one."""
    return sorted(places)[len(places) // 2]


def _texts(guide: Guide, partnership: Partnership, version: Version | None) -> Iterator[tuple[str, Agreement]]:
    """Yield (language, text) for each language of a version; None is today's text, its main language first."""
    if version is None:
        composer = Composer(guide)
        first = "en" if partnership.setting("lang", "fr") == "en" else "fr"
        for lang in (first, "fr" if first == "en" else "en"):
            yield lang, composer.agreement(partnership, lang)
        return
    for lang in ("fr", "en"):
        try:
            yield lang, from_json(version.snapshots.get(lang))
        except NotASnapshot:
            continue


def _read_own_word_file(agreement: Agreement) -> Returned:
    """Return what is read from the Word file that we write of an agreement."""
    from tui.export import word_document

    return read_word(word_document.write(agreement).data)


def _likest_lines(
    guide: Guide, agreement: Agreement, returned: Returned, written: Sequence[ReturnedLine]
) -> list[OriginalLine]:
    """Return our lines as the format likest to the returned text has them: Word, HTML, text, Markdown or pasted Word.

    `written` are the lines of our own Word file.
    """
    from tui.export import html_text, markdown_text, plain_text

    cells = agreement_lines(guide, agreement)
    if returned.page:
        page = with_origins(cells, page_lines(html_text.write(agreement).data.decode()))
        # Word and LibreOffice save a Word file as a page too: then its lines are those of our Word file. The page in a
        # Word file is another program's, of ours.
        return page if returned.word else _likest_form([page, with_origins(cells, written)], returned)
    if returned.word:
        return with_origins(cells, written)
    rows = agreement_lines(guide, agreement, by_row=True)
    records = agreement_lines(guide, agreement, records=True)
    pasted = read_text("\n\n".join(line.text for line in written))
    forms = [with_origins(cells, pasted, without_numbers=True)]
    for text in (
        plain_text.to_text(agreement),
        plain_text.to_text(agreement, None),
        markdown_text.to_markdown(agreement),
    ):
        lines = read_text(text)
        candidates = (with_origins(ours, lines, without_numbers=True) for ours in (rows, records, cells))
        forms.append(max(candidates, key=_known_lines))
    return _likest_form(forms, returned)


def _likest_form(forms: Sequence[list[OriginalLine]], returned: Returned) -> list[OriginalLine]:
    """Return the form that the returned text was made from, as far as the word pairs that came back tell."""
    theirs = _word_pairs(_returned_texts(returned))
    counts, shares = [], []  # of the word pairs of each form that came back
    for form in forms:
        mine = _word_pairs(line.text for line in form)
        counts.append((mine & theirs).total())
        shares.append(counts[-1] / max(mine.total(), 1))
    # If only a part came back, the form with most of its word pairs in it wins; else the one with the greatest share.
    is_part = max(shares) < _WHOLE_TEXT_SHARE
    return forms[max(range(len(forms)), key=lambda at: counts[at] if is_part else shares[at])]


def _known_lines(form: Sequence[OriginalLine]) -> int:
    """Return how many lines are known to come from an entry."""
    return sum(bool(line.origin.entry) for line in form)
