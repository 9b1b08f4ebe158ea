"""What the screen says of the partners' answers: never a yes on words a partner did not see."""

from __future__ import annotations

from collections.abc import Iterator

from tui.i18n import _, ngettext
from tui.partnership.partners import active, partner
from tui.partnership.positions import Standing, count_words, heard, points
from tui.ui import glyphs
from tui.workspace.workspace import Desk


def short_name(desk: Desk, name: str) -> str:
    """A partner's short name for those who work on the partnership."""
    one = partner(desk.project, name)
    return (one.short(desk.lang) if one is not None else "") or _("unnamed organisation")


def position_facts(desk: Desk) -> Iterator[tuple[str, str]]:
    """The round so far: the count in words, each partner's answer, and what became of the one in hand."""
    answers = heard(desk.project, points(desk.guide, desk.view))
    question = desk.question.id
    counts: dict[str, int] = {}
    lines: list[tuple[str, str]] = []
    for one in active(desk.project):
        answer = answers.get((question, one.id))
        code = answer.code if answer is not None else "none"
        counts[code] = counts.get(code, 0) + 1
        here = glyphs.radio(one.id == desk.place.partner)
        style = "muted" if answer is None else "warn" if answer.reopened else ""
        lines.append((f"{here} {short_name(desk, one.id)} : {answer_words(desk, answer)}", style))
    said = count_words(desk.guide, counts, desk.lang)
    if said:
        yield said, "strong"
    yield from lines
    mine = answers.get((question, desk.place.partner))
    if mine is not None and mine.reopened:
        yield reopened_words(desk, mine), "warn"


def answer_words(desk: Desk, answer: Standing | None) -> str:
    """A partner's answer as it may be shown: its level on the words it saw, else to be confirmed."""
    if answer is None:
        return desk.guide.choice("position", "none", desk.lang)
    if answer.reopened:
        return _("to confirm on the new text")
    said = desk.guide.choice("position", answer.level, desk.lang)
    count = len(answer.exceptions)
    return desk.guide.word("except_on", desk.lang, position=said, n=count) if count else said


def reopened_words(desk: Desk, answer: Standing) -> str:
    """« 2 phrases ont changé depuis la réponse d'ACSM »."""
    name = short_name(desk, answer.partner)
    if answer.unseen:
        return _("Nothing says which text {name} answered on: say it with “Text answered on”.").format(name=name)
    count = len(answer.changed)
    said = ngettext(
        "{n} sentence has changed since the answer of {name}.",
        "{n} sentences have changed since the answer of {name}.",
        count,
    )
    return said.format(n=count, name=name)
