"""The follow-up letter to one partner: what is awaited of it, and since when, in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.guide.guide_types import LANGUAGES, Guide
from tui.partnership.cover_letter import Letter
from tui.partnership.due import COMMITMENT, LATE, SIGNATURE, DueItem, group_of
from tui.partnership.milestones import ANSWER, CONFIRM, RATIFY
from tui.partnership.partners import people
from tui.partnership.values import Partnership
from tui.text.dates import format_by, format_on, format_since


def language_of(partnership: Partnership, partner_id: str, otherwise: str) -> str:
    """Return the language in which a partner is written to ("fr", "en"): that of its accountable person, else another.

    `otherwise` where nobody's language was noted.
    """
    rows = sorted(people(partnership, partner_id), key=lambda row: not row.get("accountable"))
    noted = (str(row.get("language", "")) for row in rows)
    return next((lang for lang in noted if lang in LANGUAGES), otherwise)


def awaited_of(items: Iterable[DueItem], partner_id: str, day: str) -> tuple[DueItem, ...]:
    """Return what a letter to a partner names: its answers and ratifications, and its commitments that are late."""
    return tuple(
        one
        for one in items
        if one.partner == partner_id
        and (
            one.kind in (ANSWER, CONFIRM, RATIFY, SIGNATURE)
            or (one.kind == COMMITMENT and group_of(one.date, day) == LATE)
        )
    )


def follow_up_letter(
    guide: Guide, view: Partnership, items: Iterable[DueItem], lang: str, *, title: str, day: str
) -> Letter:
    """Return the letter in `lang` that names the items of `awaited_of`; `view` is the public view.

    It quotes commitments that are public, and says neither the answer of the partner nor who has to ratify it.
    """
    lines = [f"– {line}" for one in items if (line := _line(guide, view, one, lang, day))]
    body = [
        guide.word("letter_hello", lang),
        guide.word("follow_about", lang, title=title),
        "\n".join(lines),
        guide.word("follow_bye", lang),
    ]
    return Letter(guide.word("follow_subject", lang, title=title), "\n\n".join(body) + "\n")


def _line(guide: Guide, view: Partnership, one: DueItem, lang: str, day: str) -> str:
    entry = view.entry(one.about)
    text = " ".join(entry.text("text", lang).split()) if entry is not None and one.kind == COMMITMENT else ""
    if one.kind == COMMITMENT and (one.private or not text):
        return ""
    word = "follow_answer_to" if one.kind == ANSWER and one.number else f"follow_{one.kind}"
    said = guide.word(word, lang, number=one.number, text=text)
    apart = " ; " if lang == "fr" else "; "
    return apart.join((said, *_when(guide, one, lang, day)))


def _when(guide: Guide, one: DueItem, lang: str, day: str) -> Iterator[str]:
    """When the draft was sent, and by when an answer was or is expected; of a ratification no date without leave."""
    if one.since and one.kind == SIGNATURE:
        yield guide.word("follow_since", lang, date=format_since(one.since, lang))
    if one.since and one.kind == ANSWER:
        yield guide.word("follow_sent_on", lang, date=format_on(one.since, lang))
    if one.date and not one.private:
        late = group_of(one.date, day) == LATE
        date = format_since(one.date, lang) if late else format_by(one.date, lang)
        yield guide.word("follow_since" if late else "follow_by", lang, date=date)
