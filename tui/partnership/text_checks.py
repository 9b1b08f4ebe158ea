"""What the review finds in the words themselves: long sentences, long documents, words of the trade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tui.guide.guide_loading import jargon
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.clause_checks import Check
from tui.partnership.privacy import Published
from tui.partnership.values import Entry

LONG_SENTENCE = 40  # words: beyond it, plain-language guides ask to cut (Québec's « langage clair » asks for 15 to 20)
LONG_DOCUMENT = 2000  # words: about four pages, beyond which an agreement is filed rather than read
_WORDS_A_PAGE = 500
_CARRYING = 3  # sections that are named as those which carry a long document
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")


def read_over(guide: Guide, public: Published, lang: str) -> Iterator[Check]:
    """What the public texts of the agreement in `lang` could say more simply."""
    by_section: Counter[str] = Counter()
    for name in public.points:
        entry = public.view.entries[name]
        for key, cell in entry.cells.items():
            field, _at, language = key.partition("@")
            if language == lang and isinstance(cell.value, str):
                by_section[_section(guide, entry)] += len(cell.value.split())
                yield from _text(entry, field, cell.value, lang)
    total = sum(by_section.values())
    if total > LONG_DOCUMENT:
        heads = {head.id: head.heading.get(lang) for head in guide.sections}
        longest = [heads[name] for name, _count in by_section.most_common(_CARRYING) if name in heads]
        named = ", ".join(_("“{title}”").format(title=title) for title in longest)
        words = _("{n} words, some {pages} pages, most of them in {sections}: what could be left out?")
        words = words.format(n=total, pages=round(total / _WORDS_A_PAGE), sections=named)
        yield "too_long", words, _("Two to four pages are read; more are filed."), ("gather.vision", "", "", "")


def _section(guide: Guide, entry: Entry) -> str:
    """The id of the section that an answer feeds; "" for none."""
    question = guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    return (part.feeds if part is not None else "") or (question.feeds if question is not None else "")


def _text(entry: Entry, field: str, text: str, lang: str) -> Iterator[Check]:
    where = entry.question, (entry.givers or ("",))[0], entry.id, field
    for sentence in _SENTENCE.split(text):
        count = len(sentence.split())
        if count > LONG_SENTENCE:
            start = " ".join(sentence.split()[:6])
            words = _("“{start}…”, {n} words: can it be cut in two?").format(start=start, n=count)
            yield "long_sentence", words, _("A short sentence is understood at the first reading."), where
    folded = text.casefold()
    for word, plain in jargon().get(lang, {}).items():
        if re.search(rf"\b{re.escape(word)}(s|es)?\b", folded):
            words = _("“{word}”: say “{plain}” instead?").format(word=word, plain=plain)
            yield "jargon", words, _("A reader from another circle may not know it."), where
