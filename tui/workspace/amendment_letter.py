"""The letter that goes with an amendment: what it is, and of each changed article the words before and after.

A joinder is an amendment by which a partner joins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui.agreement.amendment import UNNUMBERED, ArticleChange, article_changes, effect_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Section
from tui.export.plain_text import section_to_text
from tui.guide.guide_types import Guide
from tui.partnership.cover_letter import Letter

QUOTED_WHOLE_LINES = 16  # an article of at most so many lines, before and after taken together, is quoted whole


def amendment_letter(
    guide: Guide, document: Agreement, before: Agreement, now: Agreement, *, effect_on: str = "", joinder: bool = False
) -> Letter:
    """Return the letter that goes with the amendment `document`, which changes the text `before` to the text `now`.

    `effect_on` is the ISO day from which it counts, "" for when it is signed; `joinder` is True where a partner joins
    by it. The letter is made from public texts alone.
    """
    lang, word = now.lang, guide.word
    name = _opening(document) or document.kind
    parts = [
        word("letter_hello", lang),
        word("amendment_letter_about", lang, named=name),
        effect_words(guide, lang, effect_on, joinder=joinder),
        *(_article_change_text(guide, change, before, now) for change in article_changes(before, now)),
        word("others_unchanged", lang),
        word("letter_bye", lang),
    ]
    return Letter(name, polished("\n\n".join(parts), now.region) + "\n")


def _opening(document: Agreement) -> str:
    """Return how a document opens: « Avenant n° 1 à l'entente de partenariat « Le soir » du 3 mars 2026 »."""
    runs = (run.text for block in document.preamble[:1] for run in getattr(block, "runs", ()))
    return "".join(runs)


def _article_change_text(guide: Guide, article_change: ArticleChange, before: Agreement, now: Agreement) -> str:
    """Return an article before and after; of a long one only the lines removed and the lines added."""
    word, lang = guide.word, now.lang
    old_section, new_section = article_change.before, article_change.after
    old, new = _lines(old_section, before), _lines(new_section, now)
    if old_section is not None and new_section is not None and old_section.heading != new_section.heading:
        old, new = [old_section.heading, *old], [new_section.heading, *new]
    section = new_section or old_section
    heading = section.heading if section is not None else ""
    if article_change.section_id in UNNUMBERED:
        quoted = [word(f"amendment_{article_change.section_id}", lang)]
    else:
        quoted = [word("amendment_article", lang, number=article_change.label, heading=heading)]
    if len(old) + len(new) > QUOTED_WHOLE_LINES:
        old, new = _without(old, new), _without(new, old)
    for name, lines in (("amendment_before", old), ("amendment_after", new)):
        quoted += [word(name, lang), *(lines or [word("amendment_nothing", lang)])]
    return "\n".join(quoted)


def _lines(section: Section | None, agreement: Agreement) -> list[str]:
    """Return the lines of a section as plain text, without its heading; [] for none."""
    if section is None or not section.blocks:
        return []
    return [line.strip() for line in section_to_text(section, agreement).split("\n") if line.strip()][1:]


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the lines that are not among `others`; each of the others cancels one equal line."""
    remaining = Counter(others)
    differing = []
    for line in lines:
        if remaining[line] > 0:
            remaining[line] -= 1
        else:
            differing.append(line)
    return differing
