"""The plan of the three sub-steps with the completion of each question, the excerpt below a question, trial lessons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.commands import key_meanwhile
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.completion import has, progress
from tui.partnership.milestones import Missing
from tui.partnership.partners import partner, partners
from tui.partnership.section_order import arranged
from tui.screens.slots import Slot
from tui.terminal.line_pane import Line, Piece
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.ui.agreement_painter import Sheet
from tui.workspace.note_sorting import SENT, note_of
from tui.workspace.other_editors import disputed
from tui.workspace.place import NOTE
from tui.workspace.workspace import Desk

ROWS = 2


def excerpt(desk: Desk, sheet: Sheet, slot: Slot | None, width: int) -> list[Line]:
    """A rule with the section's name, then up to two lines of it; the rule alone for what never arrives there."""
    feeds = (slot.part.feeds if slot is not None else "") or desk.question.feeds
    head = arranged(desk.guide, desk.project).section(feeds)
    name = f" {head.number} {head.heading.get(desk.doc_lang)} " if head else " "
    top: Line = (Piece(name + glyphs.rule(width - cells(name) - 1), "rule"),)
    start = sheet.starts.get(feeds)
    if start is None:
        return [top]
    end = min((row for row in sheet.starts.values() if row > start), default=len(sheet.lines))
    at = _row(desk, sheet, slot, range(start + 2, end))
    return [top, *[line for line in sheet.lines[at:end] if line][:ROWS]]


def _row(desk: Desk, sheet: Sheet, slot: Slot | None, rows: range) -> int:
    """The line of the section that comes from the field, else from the partner, else the first."""
    entry = slot.entry.id if slot is not None else ""
    partner = desk.place.partner if desk.question.scope == "partner" else ""
    for wanted, of in ((entry, "entry"), (partner, "partner")):
        if wanted:
            for row in rows:
                if getattr(sheet.origins[row], of) == wanted:
                    return row
    return rows.start


def lesson(desk: Desk) -> str:
    """The next thing to try, from what was done so far."""
    tried = [done(desk) for done, _said in _LESSONS]
    at = next((at for at, done in enumerate(tried) if not done), len(tried))
    if at == len(tried):
        return _("You have seen the essential. {key} throws this trial away.").format(key=key_meanwhile("throw_away"))
    said = _LESSONS[at][1](desk)
    return _("To try, {n} of {total}: {what}").format(n=at + 1, total=len(tried), what=said)


def _other(desk: Desk) -> str:
    return next((one.id for one in partners(desk.project)[1:2]), "")


def _sorted(desk: Desk) -> bool:
    return SENT in note_of(desk, _other(desk))


def _interested(desk: Desk) -> bool:
    one = desk.project.entry(_other(desk))
    return one is None or one.get("status") not in ("prospective", "contacted")


def _vision(desk: Desk) -> bool:
    return has(desk.project.entry("gather.vision"), "vision")


def _shared(desk: Desk) -> bool:
    return any(len(row.givers) > 1 for row in desk.project.rows("open.contributions", "rows"))


def _say_sort(desk: Desk) -> str:
    if desk.place.question != NOTE:
        going = key_meanwhile("call") if desk.place.partner == _other(desk) else key_meanwhile("partner")
        whose = _("opens the note of the call") if desk.place.partner == _other(desk) else _("goes to the youth centre")
        return f"{going} {whose}"
    return _("{key} then Shift+C: a confirmed contribution").format(key=key_meanwhile("sort_line"))


def _say_interested(desk: Desk) -> str:
    return _("“Who, and why”: choose “interested” for the youth centre, and watch the document")


def _say_vision(desk: Desk) -> str:
    return _("{key} lists the questions: write the shared vision").format(key=key_meanwhile("jump"))


def _say_shared(desk: Desk) -> str:
    return _("Contributions: {key} gives one to several partners").format(key=key_meanwhile("same"))


_LESSONS: tuple[tuple[Callable[[Desk], bool], Callable[[Desk], str]], ...] = (
    (_sorted, _say_sort),
    (_interested, _say_interested),
    (_vision, _say_vision),
    (_shared, _say_shared),
)


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
            count = _("2 texts") if twice else glyphs.word(state)
            name = shorten(question.short.get(desk.lang), max(width - 6 - cells(count) - 1, 4))
            gap = " " * max(width - 5 - cells(name) - cells(count) - 1, 1)
            lines.append(
                (
                    Piece("›  " if here else "   ", "accent"),
                    Piece("!", "error") if twice else Piece(glyphs.glyph(state.state), glyphs.style(state.state)),
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
