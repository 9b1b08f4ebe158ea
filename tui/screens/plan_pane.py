"""The plan of the three sub-steps with the completion of each question, the excerpt below a question, trial lessons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.commands import command, key_meanwhile, key_name
from tui.fast_dataclass import dataclass
from tui.form.form import FormField
from tui.i18n import _, ngettext
from tui.partnership.completion import answered_count, has
from tui.partnership.milestones import Missing, dissent_count
from tui.partnership.partners import find_partner, partners
from tui.partnership.section_order import arranged
from tui.terminal.line_pane import Line, Piece
from tui.text.french_names import filled
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.ui.agreement_painter import PaintedAgreement
from tui.workspace.later_steps import is_quiet, later_steps, next_step, step_words
from tui.workspace.other_editors import open_conflicts
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace

ROWS = 2


def excerpt(workspace: Workspace, sheet: PaintedAgreement, field: FormField | None, width: int) -> list[Line]:
    """A rule with the section's name, then up to two lines of it; the rule alone for what never arrives there."""
    feeds = section_written(workspace, field)
    head = arranged(workspace.guide, workspace.partnership).section(feeds)
    number = workspace.section_numbers.get(feeds, "")  # as it is printed: a section where nothing stands has none
    name = f" {f'{number} {head.heading.get(workspace.doc_lang)}'.lstrip()} " if head else " "
    top: Line = (Piece(name + glyphs.rule(width - cells(name) - 1), "rule"),)
    start = sheet.starts.get(feeds)
    if start is None:
        return [top]
    end = min((row for row in sheet.starts.values() if row > start), default=len(sheet.lines))
    at = row_written(workspace, sheet, field, range(start + 2, end))
    return [top, *[line for line in sheet.lines[at:end] if line][:ROWS]]


def section_written(workspace: Workspace, field: FormField | None) -> str:
    """The id of the section that what is written at a place stands in; "" where it never reaches the document."""
    return (field.part.feeds if field is not None else "") or workspace.question.feeds


def row_written(workspace: Workspace, sheet: PaintedAgreement, field: FormField | None, rows: range) -> int:
    """Return the line of the section that comes from the field, else from the partner, else the first."""
    entry = field.entry.id if field is not None else ""
    partner = workspace.place.partner if workspace.question.scope == "partner" else ""
    for wanted, of in ((entry, "entry"), (partner, "partner")):
        if wanted:
            for row in rows:
                if getattr(sheet.origins[row], of) == wanted:
                    return row
    return rows.start


def lesson(workspace: Workspace) -> str:
    """The next thing to try, from what was done so far; "" in the copy of an example, where no call was just noted."""
    if not _note(workspace):
        return ""
    tried = [done(workspace) for done, _said in _LESSONS]
    at = next((at for at, done in enumerate(tried) if not done), len(tried))
    if at == len(tried):
        return _("You have seen the essential. {key} throws this trial away.").format(key=key_meanwhile("throw_away"))
    said = _LESSONS[at][1](workspace)
    return _("To try, {n} of {total}: {what}").format(n=at + 1, total=len(tried), what=said)


def _other(workspace: Workspace) -> str:
    return next((partner.id for partner in partners(workspace.partnership)[1:2]), "")


def _note(workspace: Workspace) -> str:
    from tui.workspace.note_sorting import note_of  # only a trial has lessons: no other start loads what sorts notes

    return note_of(workspace, _other(workspace))


def _sorted(workspace: Workspace) -> bool:
    from tui.workspace.note_sorting import SENT  # as in `_note`

    return SENT in _note(workspace)


def _interested(workspace: Workspace) -> bool:
    entry = workspace.partnership.entry(_other(workspace))
    return entry is None or entry.get("status") not in ("prospective", "contacted")


def _vision(workspace: Workspace) -> bool:
    return has(workspace.partnership.entry("gather.vision"), "vision")


def _shared(workspace: Workspace) -> bool:
    return any(len(row.givers) > 1 for row in workspace.partnership.rows("open.contributions", "rows"))


def _say_sort(workspace: Workspace) -> str:
    if workspace.place.question != NOTE:
        going = key_meanwhile("call") if workspace.place.partner == _other(workspace) else key_meanwhile("partner")
        whose = (
            _("opens the note of the call")
            if workspace.place.partner == _other(workspace)
            else _("goes to the youth centre")
        )
        return f"{going} {whose}"
    return _("{key} then Shift+C, then Enter: a confirmed contribution").format(key=key_meanwhile("sort_line"))


def _say_interested(workspace: Workspace) -> str:
    return _("“Who, and why”: choose “interested” for the youth centre, and watch the document")


def _say_vision(workspace: Workspace) -> str:
    return _("{key} lists the questions: write the shared vision").format(key=key_meanwhile("jump"))


def _say_shared(workspace: Workspace) -> str:
    return _("Contributions: {key} gives one to several partners").format(key=key_meanwhile("same"))


_LESSONS: tuple[tuple[Callable[[Workspace], bool], Callable[[Workspace], str]], ...] = (
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


def paint_plan(workspace: Workspace, width: int, *, moving: bool = False, bold: bool = True) -> Plan:
    """Return the plan in `width` cells; `moving`: letters act, so each sub-step says the key of its page."""
    lines: list[Line] = []
    questions: list[str] = []
    if moving and (back := key_name(command("list"))):
        lines.append((Piece(f" {back} ", "strong"), Piece(_("all the partnerships"), "muted")))
        questions.append("")
    current = 0
    disputes = {conflict.question for conflict in open_conflicts(workspace.partnership)}
    calling = workspace.place.question == NOTE  # no count while one is on the telephone
    for number, step in enumerate(workspace.guide.walked, 1):
        if lines and number > 1:
            lines.append(())
            questions.append("")
        head = (
            f" {number} {step.short.get(workspace.lang)}"
            if step.id != "extra"
            else f"   {step.short.get(workspace.lang)}"
        )
        key = key_name(command(f"step_{number}")) if moving and step.id != "extra" else ""
        said = _("page: {key}").format(key=key) if key else ""
        gap = " " * (width - cells(head) - cells(said) - 1)
        shown = (Piece(gap), Piece(said, "muted")) if said and len(gap) > 1 else ()
        lines.append((Piece(shorten(head, width), "heading"), *shown))
        questions.append("")
        if step.id == "extra":
            later = _later_lines(workspace, width)
            lines[-1:-1] = later
            questions[-1:-1] = [""] * len(later)
        for question in step.questions:
            here = question.id == workspace.place.question
            if here:
                current = len(lines)
            state = workspace.progress(question)
            twice = question.id in disputes
            count = "" if calling else _("2 texts") if twice else glyphs.word(state)
            name = shorten(question.short.get(workspace.lang), max(width - 6 - cells(count) - 1, 4))
            gap = " " * max(width - 5 - cells(name) - cells(count) - 1, 1)
            lines.append(
                (
                    Piece("›  " if here else "   ", "accent"),
                    Piece("!", "error") if twice else Piece(glyphs.glyph(state.state), glyphs.style(state.state)),
                    Piece(f" {name}", "strong" if here and bold else ""),
                    Piece(f"{gap}{count}", "muted"),
                )
            )
            questions.append(question.id)
    return Plan(tuple(lines), tuple(questions), current)


def _later_lines(workspace: Workspace, width: int) -> list[Line]:
    """Return the steps behind the questions with the letter that opens each; [] while none concerns anyone yet."""
    if is_quiet(workspace):
        return []
    found: list[Line] = [(Piece(shorten("   " + _("And then"), width), "heading"),)]
    for step in later_steps(workspace):
        key = key_name(command(step.command))
        behind = step.words or key
        name = shorten(step.label, max(width - 6 - cells(behind) - 1, 4))
        gap = " " * max(width - 5 - cells(name) - cells(behind) - 1, 1)
        glyph = Piece(glyphs.glyph(step.state), glyphs.style(step.state))
        found.append((Piece("   "), glyph, Piece(f" {name}"), Piece(f"{gap}{behind}", "muted")))
    return [*found, ()]


RAIL_FROM = 60  # columns from which the rail stands at the left, up to those of the whole plan
RAIL, SLIM_RAIL = 5, 3  # columns of the rail, and beside two panes, where the question needs every one it can have
TWO_PANES = 90  # columns from which question and document stand side by side
PLAN_FROM, PLAN = 120, 34  # columns from which the whole plan stands there, and its own


def plan_width(width: int) -> int:
    """Return the columns of the plan on a screen of `width` columns: whole, as a rail, or 0."""
    rail = RAIL if width < TWO_PANES else SLIM_RAIL
    return PLAN if width >= PLAN_FROM else rail if width >= RAIL_FROM else 0


def paint_rail(workspace: Workspace, width: int, height: int) -> list[Line]:
    """Return each question's glyph, by sub-step, the present one marked, and how many are answered at the foot.

    Where `height` rows are too few, those around the present question are shown; a count that is wider than `width`
    cells takes two rows.
    """
    rows: list[Line] = []
    at = 0
    disputes = {conflict.question for conflict in open_conflicts(workspace.partnership)}
    here = workspace.question
    for number, step in enumerate(workspace.guide.main_steps, 1):
        for question in step.questions:
            state = workspace.progress(question).state
            if question is here:
                at = len(rows)
            rows.append(_on_rail(str(number) if question is step.questions[0] else "", state, question is here,
                                 twice=question.id in disputes))  # fmt: skip
    if here.step not in {step.id for step in workspace.guide.main_steps}:  # a complement, or a call note
        at = len(rows)
        rows.append(_on_rail("+", workspace.progress(here).state, True, twice=here.id in disputes))
    done, total = answered_count(workspace.guide, workspace.progress)
    count = [f"{done}/{total}"] if cells(f"{done}/{total}") <= width else [f"{done}", f"/{total}"]
    count = [] if here.id == NOTE else count  # none while one is on the telephone
    room = max(height - len(count), 1)
    top = min(max(at - room // 2, 0), max(len(rows) - room, 0))
    shown = rows[top : top + room]
    shown += [()] * (room - len(shown))
    return [*shown, *((Piece(line, "muted"),) for line in count)]


def _on_rail(number: str, state: str, here: bool, *, twice: bool) -> Line:
    mark = (">" if glyphs.plain_marks() else "›") if here else " "
    glyph = Piece("!", "error") if twice else Piece(glyphs.glyph(state), glyphs.style(state))
    return (Piece(number or " ", "muted"), glyph, Piece(mark, "accent"))


def missing_words(workspace: Workspace, missing: Sequence[Missing]) -> list[str]:
    """Return what is missing, each in a few words and once."""
    words: dict[str, None] = {}
    for item in missing:
        words.setdefault(_in_words(workspace, item))
    return list(words)


def _in_words(workspace: Workspace, missing: Missing) -> str:
    if missing.reason == "partners":
        return _("at least two partners")
    if missing.reason == "interested":
        return _("two interested partners")
    if missing.hole:
        rule = next(rule for rule in workspace.guide.holes if rule.id == missing.hole)
        return rule.label.get(workspace.lang)
    short = workspace.guide.question(missing.question).short.get(workspace.lang)
    short = short[:1].lower() + short[1:]
    if missing.reason == "discuss":
        return _("settle “{what}”").format(what=short)
    known = find_partner(workspace.partnership, missing.partner) if missing.partner else None
    if missing.reason == "position":
        return filled(_("the yes of {name}"), name=known.short(workspace.lang) if known else "?")
    return short


def _said(text: str, style: str, width: int) -> list[Line]:
    """Return a sentence in as many lines as it takes: no word of it is cut."""
    return [(Piece(line, style),) for line in wrap(text, width - 1, " ", " ")]


def milestone_line(workspace: Workspace, width: int) -> list[Line]:
    """Return « Pour la rencontre, il manque : … » in one line of at most `width` cells; what it tells else may wrap."""
    found = workspace.milestones
    count = dissent_count(workspace.guide, found, workspace.lang)
    standing = f"{count} · " if count else ""
    if found.changed:
        said = standing + _("Changed since adoption: the adopted text is kept; to adopt this one, record it.")
        return _said(said, "warn", width)
    if found.next == "adopted":
        following = next_step(workspace)
        said = standing + (
            _("Adopted. Next: {step}.").format(step=step_words(following)) if following else _("Adopted.")
        )
        return _said(said, "done", width)
    if not found.missing:
        said = standing + _("Ready to be adopted: record the final text.")
        return _said(said, "warn" if count else "done", width)
    lacks = _("For the meeting, still missing: ") if found.next == "meeting" else _("To be adopted, still missing: ")
    words = missing_words(workspace, found.missing)
    lines = wrap(standing + lacks + ", ".join(words), width - 1, " ", " ")
    told = len(words)
    while len(lines) > 1 and told > 1:  # what has no room is counted
        told -= 1
        more = ngettext("and {n} more", "and {n} more", len(words) - told).format(n=len(words) - told)
        lines = wrap(f"{standing}{lacks}{', '.join(words[:told])} {more}", width - 1, " ", " ")
    if len(lines) > 1:
        lines = first_lines(" ".join(lines), width - 1, 1, " ", " ")
    return [(Piece(line, "muted"),) for line in lines]
