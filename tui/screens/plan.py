"""The plan: the three sub-steps with their questions, where one is, what is left, and what the next milestone needs."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk.company import disputed
from tui.desk.desk import Desk
from tui.project.completion import progress
from tui.project.milestones import Missing
from tui.project.partners import partner
from tui.quick import dataclass
from tui.screens import marks
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Piece
from tui.words import _


@dataclass(frozen=True, slots=True)
class Plan:
    """The painted plan: its lines, the question each belongs to ("" for none), and the row of the current one."""

    lines: tuple[Line, ...]
    questions: tuple[str, ...]
    current: int


def paint_plan(desk: Desk, width: int) -> Plan:
    """The plan in `width` cells."""
    lines: list[Line] = []
    questions: list[str] = []
    current = 0
    disputes = {one.question for one in disputed(desk.project)}
    for number, step in enumerate(desk.guide.walked, 1):
        if lines:
            lines.append(())
            questions.append("")
        head = f" {number} {step.short.get(desk.lang)}" if step.id != "extra" else f"   {step.short.get(desk.lang)}"
        lines.append((Piece(shorten(head, width), "heading"),))
        questions.append("")
        for question in step.questions:
            here = question.id == desk.place.question
            if here:
                current = len(lines)
            state = progress(desk.project, question)
            twice = question.id in disputes
            count = _("2 texts") if twice else marks.word(state)
            name = shorten(question.short.get(desk.lang), max(width - 6 - cells(count) - 1, 4))
            gap = " " * max(width - 5 - cells(name) - cells(count) - 1, 1)
            lines.append(
                (
                    Piece("›  " if here else "   ", "accent"),
                    Piece("!", "error") if twice else Piece(marks.glyph(state.state), marks.style(state.state)),
                    Piece(f" {name}", "strong" if here else ""),
                    Piece(f"{gap}{count}", "muted"),
                )
            )
            questions.append(question.id)
    return Plan(tuple(lines), tuple(questions), current)


def missing_words(desk: Desk, missing: Sequence[Missing]) -> list[str]:
    """What is missing, each in a few words and once."""
    words: dict[str, None] = {}
    for one in missing:
        words.setdefault(_in_words(desk, one))
    return list(words)


def _in_words(desk: Desk, one: Missing) -> str:
    if one.reason == "partners":
        return _("at least two partners")
    if one.reason == "interested":
        return _("two interested partners")
    if one.hole:
        rule = next(rule for rule in desk.guide.holes if rule.id == one.hole)
        return rule.label.get(desk.lang)
    short = desk.guide.question(one.question).short.get(desk.lang)
    short = short[:1].lower() + short[1:]
    if one.reason == "discuss":
        return _("settle “{what}”").format(what=short)
    known = partner(desk.project, one.partner) if one.partner else None
    if one.reason == "position":
        return _("the yes of {name}").format(name=known.short(desk.lang) if known else "?")
    return short


def milestone_line(desk: Desk, width: int, rows: int = 1) -> list[Line]:
    """« Pour la rencontre, il manque : … » in at most `rows` lines."""
    found = desk.milestones
    if found.changed:
        said = _("Changed since adoption: the adopted text is kept; to adopt this one, record it.")
        return [(Piece(shorten(f" {said}", width - 1), "warn"),)]
    if found.next == "adopted":
        return [(Piece(" " + _("Adopted."), "done"),)]
    if not found.missing:
        return [(Piece(" " + _("Ready to be adopted: record the final text."), "done"),)]
    label = _("For the meeting, still missing: ") if found.next == "meeting" else _("To be adopted, still missing: ")
    text = label + ", ".join(missing_words(desk, found.missing))
    lines = wrap(text, width - 1, " ", " ")
    if len(lines) > rows:
        lines = [*lines[: rows - 1], shorten(" " + " ".join(line.strip() for line in lines[rows - 1 :]), width - 1)]
    return [(Piece(line, "muted"),) for line in lines]
