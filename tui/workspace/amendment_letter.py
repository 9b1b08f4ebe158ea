"""The letter that goes with an amendment or a joinder: what it is, and of each article the words before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui.agreement.amendment import ArticleChange, article_changes, effect_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Section
from tui.export.plain_text import section_to_text
from tui.guide.guide_types import Guide
from tui.partnership.cover_letter import Letter

SHORT = 16  # lines of an article before and after, up to which both are quoted whole


def amendment_letter(
    guide: Guide, document: Agreement, before: Agreement, now: Agreement, *, effect_on: str = "", joinder: bool = False
) -> Letter:
    """Return the letter that goes with `document`, which makes of the text `before` the text `now`.

    `effect_on` is the ISO day from which it counts, "" for when it is signed; `joinder` whether a partner joins by it.
    It is told from public texts alone.
    """
    lang, word = now.lang, guide.word
    named = _opening(document) or document.kind
    parts = [
        word("letter_hello", lang),
        word("amendment_letter_about", lang, named=named),
        effect_words(guide, lang, effect_on, joinder=joinder),
        *(_article(guide, change, before, now) for change in article_changes(before, now)),
        word("others_unchanged", lang),
        word("letter_bye", lang),
    ]
    return Letter(named, polished("\n\n".join(parts), now.region) + "\n")


def _opening(document: Agreement) -> str:
    """« Avenant n° 1 à l'entente de partenariat « Le soir » du 3 mars 2026 », as the document opens."""
    runs = (run.text for block in document.preamble[:1] for run in getattr(block, "runs", ()))
    return "".join(runs)


def _article(guide: Guide, article_change: ArticleChange, before: Agreement, now: Agreement) -> str:
    """Return an article as it was and as it will be; of a long one only the lines that go and those that come."""
    word, lang = guide.word, now.lang
    section = article_change.after or article_change.before
    old, new = _lines(article_change.before, before), _lines(article_change.after, now)
    if (
        article_change.before is not None
        and article_change.after is not None
        and article_change.before.heading != article_change.after.heading
    ):
        old, new = [article_change.before.heading, *old], [article_change.after.heading, *new]
    said = [
        word(
            "amendment_article",
            lang,
            number=article_change.label,
            heading=section.heading if section is not None else "",
        )
    ]
    if len(old) + len(new) > SHORT:
        old, new = _without(old, new), _without(new, old)
    for name, lines in (("amendment_before", old), ("amendment_after", new)):
        said += [word(name, lang), *(lines or [word("amendment_nothing", lang)])]
    return "\n".join(said)


def _lines(section: Section | None, agreement: Agreement) -> list[str]:
    """Return the lines of a section as plain text, without its heading; [] for none."""
    if section is None or not section.blocks:
        return []
    return [line.strip() for line in section_to_text(section, agreement).split("\n") if line.strip()][1:]


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the lines that do not stand among the others; one that stands twice is there once more."""
    left = Counter(others)
    found = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            found.append(line)
    return found
