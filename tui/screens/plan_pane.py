"""What the working screen shows beside the form: the plan of all questions, an excerpt of the document, trial lessons.

The plan lists the questions of the guide by sub-step, each with how far it is answered; on a narrow screen it is a
rail, a column of glyphs. A lesson says what to try next in an invented partnership.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.commands import command, key_meanwhile, key_name
from tui.fast_dataclass import dataclass
from tui.form.form import FormField
from tui.i18n import _, ngettext
from tui.partnership.completion import answered_count, has_field
from tui.partnership.milestones import Missing, dissent_count
from tui.partnership.partners import find_partner, partners
from tui.partnership.section_order import arranged
from tui.partnership.values import PRACTICE, TRIAL
from tui.terminal.line_pane import Line, Piece
from tui.text.french_names import fill_sentence
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs
from tui.ui.agreement_painter import PaintedAgreement
from tui.workspace.later_steps import is_quiet, later_steps, next_step, step_words
from tui.workspace.other_editors import open_conflicts
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace

EXCERPT_LINES = 2  # lines of the document shown below a question, at most


def excerpt(workspace: Workspace, painted: PaintedAgreement, field: FormField | None, width: int) -> list[Line]:
    """Return a rule with the name of the section that `field` feeds, then up to EXCERPT_LINES lines of the section.

    If the document has no such section, return the rule alone.
    """
    section_id = current_section(workspace, field)
    section = arranged(workspace.guide, workspace.partnership).section(section_id)
    number = workspace.section_numbers.get(section_id, "")  # as it is printed; "" for an empty section
    name = f" {f'{number} {section.heading.get(workspace.doc_lang)}'.lstrip()} " if section else " "
    top: Line = (Piece(name + glyphs.rule(width - cells(name) - 1), "rule"),)
    if section_id not in painted.starts:
        return [top]
    start, end = _rows_of_section(painted, section_id)
    at = current_row_of(workspace, painted, field, range(start + 2, end))  # without the heading and its rule
    return [top, *[line for line in painted.lines[at:end] if line][:EXCERPT_LINES]]


def current_section(workspace: Workspace, field: FormField | None) -> str:
    """Return the id of the section that prints `field`, else of that which prints the current question; "" for none."""
    return (field.part.feeds if field is not None else "") or workspace.question.feeds


def _rows_of_section(painted: PaintedAgreement, section_id: str) -> tuple[int, int]:
    """Return (first row, row behind the last) of a section. Raises KeyError if the document does not have it."""
    start = painted.starts[section_id]
    return start, min((row for row in painted.starts.values() if row > start), default=len(painted.lines))


def row_being_written(workspace: Workspace, painted: PaintedAgreement, field: FormField | None, section_id: str) -> int:
    """Return the row of `field` within a section, as `current_row_of`. Raises KeyError as `_rows_of_section`."""
    return current_row_of(workspace, painted, field, range(*_rows_of_section(painted, section_id)))


def current_row_of(workspace: Workspace, painted: PaintedAgreement, field: FormField | None, rows: range) -> int:
    """Return the first of `rows` that comes from the entry of `field`, else from the partner; else the first row."""
    entry = field.entry.id if field is not None else ""
    partner = workspace.place.partner if workspace.question.scope == "partner" else ""
    for wanted_id, attribute in ((entry, "entry"), (partner, "partner")):
        if wanted_id:
            for row in rows:
                if getattr(painted.origins[row], attribute) == wanted_id:
                    return row
    return rows.start


def trial_lesson(workspace: Workspace) -> str:
    """Return what to try next in a trial, from what was done so far; "" in the copy of an example.

    The lessons speak of the partners and the call note that a trial to practise on begins with.
    """
    if workspace.partnership.setting(TRIAL) != PRACTICE:
        return ""
    tried = [is_done(workspace) for is_done, _words in _LESSONS]
    at = next((at for at, was_done in enumerate(tried) if not was_done), len(tried))
    if at == len(tried):
        return _("You have seen the essential. {key} throws this trial away.").format(key=key_meanwhile("throw_away"))
    sentence = _LESSONS[at][1](workspace)
    return _("To try, {n} of {total}: {what}").format(n=at + 1, total=len(tried), what=sentence)


def _second_partner_id(workspace: Workspace) -> str:
    """Return the id of the partner that the lessons are about, "" for none."""
    return next((partner.id for partner in partners(workspace.partnership)[1:2]), "")


def _call_note(workspace: Workspace) -> str:
    """Return the call note about the partner of the lessons."""
    # Imported here, for trials only: note_sorting is slow to load.
    from tui.workspace.note_sorting import note_of

    return note_of(workspace, _second_partner_id(workspace))


def _has_sorted_line(workspace: Workspace) -> bool:
    """Return whether a line of that call note was sent to a question."""
    from tui.workspace.note_sorting import SENT  # imported here as in `_call_note`

    return SENT in _call_note(workspace)


def _has_changed_interest(workspace: Workspace) -> bool:
    entry = workspace.partnership.entry(_second_partner_id(workspace))
    return entry is None or entry.get("status") not in ("prospective", "contacted")


def _has_vision(workspace: Workspace) -> bool:
    return has_field(workspace.partnership.entry("gather.vision"), "vision")


def _has_shared_row(workspace: Workspace) -> bool:
    return any(len(row.givers) > 1 for row in workspace.partnership.rows("open.contributions", "rows"))


def _sort_words(workspace: Workspace) -> str:
    """Return which key to press next, so that a line of the call note is sorted."""
    if workspace.place.question != NOTE:
        if workspace.place.partner == _second_partner_id(workspace):
            return key_meanwhile("call") + " " + _("opens the note of the call")
        return key_meanwhile("partner") + " " + _("goes to the youth centre")
    return _("{key} then Shift+C, then Enter: a confirmed contribution").format(key=key_meanwhile("sort_line"))


def _interest_words(workspace: Workspace) -> str:
    return _("“Who, and why”: choose “interested” for the youth centre, and watch the document")


def _vision_words(workspace: Workspace) -> str:
    return _("{key} lists the questions: write the shared vision").format(key=key_meanwhile("jump"))


def _share_words(workspace: Workspace) -> str:
    return _("Contributions: {key} gives one to several partners").format(key=key_meanwhile("same"))


# Each lesson: whether it was done, and the words that say what to do.
_LESSONS: tuple[tuple[Callable[[Workspace], bool], Callable[[Workspace], str]], ...] = (
    (_has_sorted_line, _sort_words),
    (_has_changed_interest, _interest_words),
    (_has_vision, _vision_words),
    (_has_shared_row, _share_words),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The painted plan."""

    lines: tuple[Line, ...]
    questions: tuple[str, ...]  # for each line the id of its question, "" for none
    current: int  # the line of the current question, from 0


def paint_plan(workspace: Workspace, width: int, *, moving: bool = False, bold: bool = True) -> Plan:
    """Return the plan in `width` cells.

    `moving` (letters are commands) adds the keys; `bold` marks the current question.
    """
    lines: list[Line] = []
    questions: list[str] = []
    if moving and (back := key_name(command("list"))):
        lines.append((Piece(f" {back} ", "strong"), Piece(_("all the partnerships"), "muted")))
        questions.append("")
    current = 0
    disputes = {conflict.question for conflict in open_conflicts(workspace.partnership)}
    calling = workspace.place.question == NOTE  # no count is shown while the user is on the telephone
    for number, step in enumerate(workspace.guide.walked_steps, 1):
        if lines and number > 1:
            lines.append(())
            questions.append("")
        head = (
            f" {number} {step.short.get(workspace.lang)}"
            if step.id != "extra"
            else f"   {step.short.get(workspace.lang)}"
        )
        key = key_name(command(f"step_{number}")) if moving and step.id != "extra" else ""
        key_words = _("page: {key}").format(key=key) if key else ""
        room = width - cells(head) - cells(key_words)
        key_pieces = (Piece(" " * max(room - 1, 1)), Piece(key_words, "muted")) if key_words and room > 0 else ()
        lines.append((Piece(shorten(head, width), "heading"), *key_pieces))
        questions.append("")
        if step.id == "extra":
            later = _later_step_lines(workspace, width)
            lines[-1:-1] = later
            questions[-1:-1] = [""] * len(later)
        for question in step.questions:
            is_current = question.id == workspace.place.question
            if is_current:
                current = len(lines)
            state = workspace.progress(question)
            has_two_texts = question.id in disputes
            count = _("2 texts") if has_two_texts else glyphs.word(state)
            if calling:
                count = ""
            own_mark = Piece(glyphs.glyph(state.state), glyphs.style(state.state))
            mark = Piece("!", "error") if has_two_texts else own_mark
            lead = (Piece("›  " if is_current else "   ", "accent"), mark)
            style = "strong" if is_current and bold else ""
            question_lines = _plan_lines(lead, question.short.get(workspace.lang), style, count, width)
            lines += question_lines
            questions += [question.id] * len(question_lines)
    return Plan(tuple(lines), tuple(questions), current)


def _plan_lines(lead: tuple[Piece, ...], name: str, style: str, words: str, width: int) -> list[Line]:
    """Return a line of the plan: `lead` of four cells, a name, and at its end the words of its state, "" for none.

    Words that have no room beside the name stand in a second line: neither is cut.
    """
    used = 5 + cells(name) + 1 + cells(words)
    first = (*lead, Piece(f" {shorten(name, width - 5)}", style))
    if used <= width:
        return [(*first, Piece(" " * max(width - used, 1) + words, "muted"))]
    words = shorten(words, width - 6)
    return [first, (Piece(" " * (width - 1 - cells(words)) + words, "muted"),)]


def _later_step_lines(workspace: Workspace, width: int) -> list[Line]:
    """Return the steps after the questions (sending, signing …) with the key of each; [] before any makes sense."""
    if is_quiet(workspace):
        return []
    lines: list[Line] = [(Piece(shorten("   " + _("And then"), width), "heading"),)]
    for step in later_steps(workspace):
        key = key_name(command(step.command))
        glyph = Piece(glyphs.glyph(step.state), glyphs.style(step.state))
        lines += _plan_lines((Piece("   "), glyph), step.label, "", step.words or key, width)
    return [*lines, ()]


# Widths of a screen, in columns, from which it shows the rail at the left; question and document side by side;
# the whole plan instead of the rail.
RAIL_FROM_WIDTH, TWO_PANES_FROM_WIDTH, PLAN_FROM_WIDTH = 60, 90, 120
RAIL_WIDTH, SLIM_RAIL_WIDTH, PLAN_WIDTH = 5, 3, 34  # of the rail, of the rail beside two panes, of the plan


def plan_width(width: int) -> int:
    """Return the columns that the plan, or its rail, takes on a screen of `width` columns; 0 if there is neither."""
    if width >= PLAN_FROM_WIDTH:
        return PLAN_WIDTH
    if width >= TWO_PANES_FROM_WIDTH:
        return SLIM_RAIL_WIDTH
    return RAIL_WIDTH if width >= RAIL_FROM_WIDTH else 0


def paint_rail(workspace: Workspace, width: int, height: int) -> list[Line]:
    """Return the rail: each question's glyph, the current one marked, and below how many questions are answered.

    If `height` rows are too few, those around the current question are shown. A count wider than `width` cells takes
    two rows.
    """
    rows: list[Line] = []
    current_row = 0
    disputes = {conflict.question for conflict in open_conflicts(workspace.partnership)}
    question_here = workspace.question
    for number, step in enumerate(workspace.guide.main_steps, 1):
        for question in step.questions:
            state = workspace.progress(question).state
            if question is question_here:
                current_row = len(rows)
            step_number = str(number) if question is step.questions[0] else ""
            has_two_texts = question.id in disputes
            rows.append(_rail_line(step_number, state, question is question_here, has_two_texts=has_two_texts))
    if question_here.step not in {step.id for step in workspace.guide.main_steps}:  # a complement, or a call note
        current_row = len(rows)
        rows.append(
            _rail_line("+", workspace.progress(question_here).state, True, has_two_texts=question_here.id in disputes)
        )
    answered, total = answered_count(workspace.guide, workspace.progress)
    count = [f"{answered}/{total}"] if cells(f"{answered}/{total}") <= width else [f"{answered}", f"/{total}"]
    count = [] if question_here.id == NOTE else count  # no count is shown while the user is on the telephone
    room = max(height - len(count), 1)
    top = min(max(current_row - room // 2, 0), max(len(rows) - room, 0))
    visible_rows = rows[top : top + room]
    visible_rows += [()] * (room - len(visible_rows))
    return [*visible_rows, *((Piece(line, "muted"),) for line in count)]


def _rail_line(number: str, state: str, is_current: bool, *, has_two_texts: bool) -> Line:
    """Return the row of a question: the number of its step ("" for none), its glyph, the mark of the current one."""
    current_mark = ">" if glyphs.plain_marks() else "›"
    mark = current_mark if is_current else " "
    glyph = Piece("!", "error") if has_two_texts else Piece(glyphs.glyph(state), glyphs.style(state))
    return (Piece(number or " ", "muted"), glyph, Piece(mark, "accent"))


def missing_words(workspace: Workspace, missing: Sequence[Missing]) -> list[str]:
    """Return what is missing, each in a few words and once."""
    words: dict[str, None] = {}
    for item in missing:
        words.setdefault(_missing_item_words(workspace, item))
    return list(words)


def _missing_item_words(workspace: Workspace, missing: Missing) -> str:
    """Return what a milestone lacks, in a few words: « le oui de la Clinique », « la vision commune »."""
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
    partner = find_partner(workspace.partnership, missing.partner) if missing.partner else None
    if missing.reason == "position":
        return fill_sentence(_("the yes of {name}"), name=partner.in_sentence(workspace.lang) if partner else "?")
    return short


def _wrapped_lines(text: str, style: str, width: int) -> list[Line]:
    """Return a sentence wrapped into lines of `width` cells."""
    return [(Piece(line, style),) for line in wrap(text, width - 1, " ", " ")]


def milestone_line(workspace: Workspace, width: int) -> list[Line]:
    """Return what the next milestone lacks: « Pour la rencontre, il manque : … », in one line of at most `width` cells.

    If nothing is lacking, return what comes next, in as many lines as that takes.
    """
    milestones = workspace.milestones
    count = dissent_count(workspace.guide, milestones, workspace.lang)
    dissents = f"{count} · " if count else ""
    if milestones.changed:
        text = dissents + _("Changed since adoption: the adopted text is kept; to adopt this one, record it.")
        return _wrapped_lines(text, "warn", width)
    if milestones.next == "adopted":
        later_step = next_step(workspace)
        text = dissents + (
            _("Adopted. Next: {step}.").format(step=step_words(later_step)) if later_step else _("Adopted.")
        )
        return _wrapped_lines(text, "done", width)
    if not milestones.missing:
        text = dissents + _("Ready to be adopted: record the final text.")
        return _wrapped_lines(text, "warn" if count else "done", width)
    lead = (
        _("For the meeting, still missing: ") if milestones.next == "meeting" else _("To be adopted, still missing: ")
    )
    words = missing_words(workspace, milestones.missing)
    lines = wrap(dissents + lead + ", ".join(words), width - 1, " ", " ")
    shown_count = len(words)
    while len(lines) > 1 and shown_count > 1:  # items that have no room are counted
        shown_count -= 1
        hidden_count = len(words) - shown_count
        more = ngettext("and {n} more", "and {n} more", hidden_count).format(n=hidden_count)
        lines = wrap(f"{dissents}{lead}{', '.join(words[:shown_count])} {more}", width - 1, " ", " ")
    if len(lines) > 1:
        lines = first_lines(" ".join(lines), width - 1, 1, " ", " ")
    return [(Piece(line, "muted"),) for line in lines]
