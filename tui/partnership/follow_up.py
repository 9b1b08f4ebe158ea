"""Words the follow-up letter to one partner: what is awaited of it and since when, in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.guide.guide_types import LANGUAGES, Guide
from tui.partnership.cover_letter import Letter
from tui.partnership.due import COMMITMENT, LATE, SIGNATURE, DueItem, group_of
from tui.partnership.milestones import AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION
from tui.partnership.partners import people
from tui.partnership.values import Partnership
from tui.text.dates import format_by, format_on, format_since
from tui.text.separators import semicolon


def language_of(partnership: Partnership, partner_id: str, otherwise: str) -> str:
    """Return the language of letters to a partner ("fr", "en"): that of its accountable person, else of another person.

    `otherwise` if no language was noted.
    """
    rows = sorted(people(partnership, partner_id), key=lambda row: not row.get("accountable"))
    noted = (str(row.get("language", "")) for row in rows)
    return next((lang for lang in noted if lang in LANGUAGES), otherwise)


def awaited_of(items: Iterable[DueItem], partner_id: str, day: str) -> tuple[DueItem, ...]:
    """Return the items that a letter to a partner lists: answers, ratifications, signatures, and late commitments."""
    return tuple(
        item
        for item in items
        if item.partner == partner_id
        and (
            item.kind in (AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION, SIGNATURE)
            or (item.kind == COMMITMENT and group_of(item.date, day) == LATE)
        )
    )


def follow_up_letter(
    guide: Guide, view: Partnership, items: Iterable[DueItem], lang: str, *, title: str, day: str
) -> Letter:
    """Return the letter in `lang` that lists the items of `awaited_of`; `view` is the public view.

    It quotes public commitments only, and says neither the partner's answer nor who has to ratify it.
    """
    lines = [f"– {line}" for item in items if (line := _line(guide, view, item, lang, day))]
    body = [
        guide.word("letter_hello", lang),
        guide.word("follow_about", lang, title=title),
        "\n".join(lines),
        guide.word("follow_bye", lang),
    ]
    return Letter(guide.word("follow_subject", lang, title=title), "\n\n".join(body) + "\n")


def _line(guide: Guide, view: Partnership, due_item: DueItem, lang: str, day: str) -> str:
    """Return the line of an item; "" for a commitment that may not be quoted."""
    entry = view.entry(due_item.about)
    text = " ".join(entry.text("text", lang).split()) if entry is not None and due_item.kind == COMMITMENT else ""
    if due_item.kind == COMMITMENT and (due_item.private or not text):
        return ""
    word = "follow_answer_to" if due_item.kind == AWAITED_ANSWER and due_item.number else f"follow_{due_item.kind}"
    line = guide.word(word, lang, number=due_item.number, text=text)
    return semicolon(lang).join((line, *_dates(guide, due_item, lang, day)))


def _dates(guide: Guide, due_item: DueItem, lang: str, day: str) -> Iterator[str]:
    """Yield when the draft was sent or the signature asked for, and by when it is due, unless that is private."""
    if due_item.since and due_item.kind == SIGNATURE:
        yield guide.word("follow_since", lang, date=format_since(due_item.since, lang))
    if due_item.since and due_item.kind == AWAITED_ANSWER:
        yield guide.word("follow_sent_on", lang, date=format_on(due_item.since, lang))
    if due_item.date and not due_item.private:
        late = group_of(due_item.date, day) == LATE
        date = format_since(due_item.date, lang) if late else format_by(due_item.date, lang)
        yield guide.word("follow_since" if late else "follow_by", lang, date=date)
