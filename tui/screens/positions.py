"""What the screen says of the partners' answers: never a yes on words a partner did not see."""

from __future__ import annotations

from collections.abc import Iterator

from tui.i18n import _, ngettext
from tui.partnership.partners import active, partner
from tui.partnership.positions import PositionStatus, count_words, points, position_statuses
from tui.ui import glyphs
from tui.workspace.workspace import Workspace


def short_name(workspace: Workspace, name: str) -> str:
    """A partner's short name for those who work on the partnership."""
    one = partner(workspace.partnership, name)
    return (one.short(workspace.lang) if one is not None else "") or _("unnamed organisation")


def position_facts(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The round so far: the count in words, each partner's answer, and what became of the one in hand."""
    answers = position_statuses(workspace.partnership, points(workspace.guide, workspace.view))
    question = workspace.question.id
    counts: dict[str, int] = {}
    lines: list[tuple[str, str]] = []
    for one in active(workspace.partnership):
        answer = answers.get((question, one.id))
        code = answer.code if answer is not None else "none"
        counts[code] = counts.get(code, 0) + 1
        here = glyphs.radio(one.id == workspace.place.partner)
        style = "muted" if answer is None else "warn" if answer.reopened or answer.stands_from_before else ""
        lines.append((f"{here} {short_name(workspace, one.id)} : {answer_words(workspace, answer)}", style))
    said = count_words(workspace.guide, counts, workspace.lang)
    if said:
        yield said, "strong"
    yield from lines
    mine = answers.get((question, workspace.place.partner))
    if mine is not None and (mine.reopened or mine.stands_from_before):
        yield reopened_words(workspace, mine), "warn"


def answer_words(workspace: Workspace, answer: PositionStatus | None) -> str:
    """A partner's answer as it may be shown: its level on the words it saw, else to be confirmed."""
    if answer is None:
        return workspace.guide.choice("position", "none", workspace.lang)
    if answer.reopened:
        return _("to confirm on the new text")
    if answer.stands_from_before:
        return workspace.guide.word(answer.code, workspace.lang)
    said = workspace.guide.choice("position", answer.level, workspace.lang)
    count = len(answer.exceptions)
    return workspace.guide.word("except_on", workspace.lang, position=said, n=count) if count else said


def reopened_words(workspace: Workspace, answer: PositionStatus) -> str:
    """« 2 phrases ont changé depuis la réponse d'ACSM »."""
    name = short_name(workspace, answer.partner)
    if answer.unseen:
        return _("Nothing says which text {name} answered on: say it with “Text answered on”.").format(name=name)
    count = len(answer.changed)
    said = ngettext(
        "{n} sentence has changed since the answer of {name}.",
        "{n} sentences have changed since the answer of {name}.",
        count,
    )
    return said.format(n=count, name=name)
