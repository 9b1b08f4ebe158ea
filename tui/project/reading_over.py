"""What makes a text hard to read: sentences and documents too long, words that only insiders know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.guide.jargon import jargon
from tui.guide.types import Guide
from tui.project.privacy import public_view
from tui.project.term import Where
from tui.project.values import Entry, Project
from tui.project.wording import points
from tui.words import _

LONG_SENTENCE = 40  # words: beyond it, plain-language guides ask to cut (Québec's « langage clair » asks for 15 to 20)
LONG_DOCUMENT = 2500  # words: about five pages, where domain.md asks for two to four
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")
Found = tuple[str, str, str, Where]  # kind, words, reason, where


def read_over(guide: Guide, project: Project, lang: str) -> Iterator[Found]:
    """What the public texts of the agreement in `lang` could say more simply."""
    view = public_view(guide, project)
    total = 0
    for name in points(guide, view):
        entry = view.entries[name]
        for key, cell in entry.cells.items():
            field, _at, language = key.partition("@")
            if language == lang and isinstance(cell.value, str):
                total += len(cell.value.split())
                yield from _text(entry, field, cell.value, lang)
    if total > LONG_DOCUMENT:
        words = _("The agreement has {n} words, some {pages} pages.").format(n=total, pages=round(total / 500))
        yield "too_long", words, _("Two to four pages are read; more are filed."), ("gather.vision", "", "", "")


def _text(entry: Entry, field: str, text: str, lang: str) -> Iterator[Found]:
    where = entry.question, (entry.givers or ("",))[0], entry.id, field
    for sentence in _SENTENCE.split(text):
        count = len(sentence.split())
        if count > LONG_SENTENCE:
            start = " ".join(sentence.split()[:6])
            words = _("“{start}…”: a sentence of {n} words.").format(start=start, n=count)
            yield "long_sentence", words, _("Cut in two, it is understood at the first reading."), where
    folded = text.casefold()
    for word, plain in jargon().get(lang, {}).items():
        if re.search(rf"\b{re.escape(word)}(s|es)?\b", folded):
            words = _("“{word}”: try “{plain}”.").format(word=word, plain=plain)
            yield "jargon", words, _("A reader from another circle may not know it."), where
