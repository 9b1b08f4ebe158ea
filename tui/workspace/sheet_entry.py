"""Asks for what was written by hand on a printed sheet, one thing after the other in the printed order, and stores it.

The prompts of a sheet of questions form a walk; a spot (`Spot`) is the place of one prompt in the walk. The page
`sheets_screen` and line mode (`line_sheets`) show the prompts and pass on what is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.form.form import FormField, Rows
from tui.form.question_sheet import OWN, SheetWalk
from tui.form.question_walk import END, PAIRS, Prompt, Spot
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.partnership.agendas import TEXT, agenda_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import DECISIONS, HELD, POINTS, TASKS
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.text.name_matching import fold
from tui.workspace import meeting_edits
from tui.workspace.question_sheets import AGENDA, sheet_choices, sheet_meeting
from tui.workspace.typed_values import NO, YES, partners_of, value_of
from tui.workspace.workspace import Workspace
from tui.workspace.writing import choose, finish_row, new_row, type_into

PROSE, CHOICE, LINE = "prose", "choice", "line"  # how an answer is typed: several lines, a choice, one line


@dataclass(frozen=True, slots=True)
class SheetPrompt:
    """One thing that is asked: a field of the sheet, or a list or table, which takes a row at a time."""

    heading: str  # the heading above it on the sheet
    label: str
    answers: tuple[str, ...] = ()  # the answers that are there already, in words
    choices: tuple[tuple[str, str], ...] = ()  # (code, words) of what may be chosen
    kind: str = LINE  # PROSE, CHOICE or LINE
    repeats: bool = False  # whether it is asked again until nothing more is typed


class SheetEntry:
    """A sheet while it is typed in: `prompt` is what is asked now, `take` and `skip` go on to the next prompt."""

    def __init__(self, workspace: Workspace, whose: str) -> None:
        """`whose` is the id of a partner, OWN ("", the facilitator's own sheet) or AGENDA (the sheet of a meeting).

        Raises BadValue for AGENDA if no meeting has an agenda.
        """
        self.workspace, self.whose = workspace, whose
        self._meeting = sheet_meeting(workspace) if whose == AGENDA else None
        if whose == AGENDA and self._meeting is None:
            raise BadValue(_("Put something on the agenda first."))
        # On the sheet of a meeting: the number of the prompt, from 0 (each item of the agenda has the prompts of
        # `_AGENDA_PROMPTS`), and what was typed at that prompt.
        self._prompt_number = 0
        self._typed_here: list[str] = []
        # On other sheets: which of the prompts of the interview is asked.
        self._spot = self._walk.start() if whose != AGENDA else END

    @property
    def _walk(self) -> SheetWalk:
        """The prompts of the sheet, made from the partnership as it is now."""
        return SheetWalk(self.workspace.form_context, self.whose)

    @property
    def prompt(self) -> SheetPrompt | None:
        """The prompt that is asked now; None at the end of the sheet."""
        return self._agenda_prompt() if self._meeting is not None else self._walk_prompt()

    def skip(self) -> None:
        """Go on to the next prompt, and change nothing."""
        if self._meeting is not None:
            self._prompt_number += 1
            self._typed_here = []
        elif self._spot.question:
            self._spot = self._walk.after(self._spot)

    def take(self, text: str) -> None:
        """Store what was typed (words, the number or words of a choice, two partners); a blank text skips the prompt.

        After an answer the next prompt is asked, unless this one repeats. Raises BadValue with what to type instead.
        """
        if not text.strip():
            self.skip()
        elif self._meeting is not None:
            self._note(self._meeting, text.strip())
        else:
            self._answer(self._walk.prompt(self._spot), text)

    # -- the questions of a partner, or one's own ----------------------------------------------------------------------

    def _walk_prompt(self) -> SheetPrompt | None:
        """Return what a sheet of questions asks now; None at its end."""
        if not self._spot.question:
            return None
        walk = self._walk
        prompt = walk.prompt(self._spot)
        heading = self._heading(walk)
        if prompt.kind == PAIRS:
            return SheetPrompt(heading, _("Which two? Type both names"), repeats=True)
        if prompt.rows is not None:
            answers = tuple(", ".join(filter(None, row.words)) for row in prompt.rows.rows)
            label = prompt.rows.title or prompt.rows.new.hint
            return SheetPrompt(heading, label, answers, repeats=True)
        field = prompt.field
        assert field is not None  # a sheet asks fields, rows and pairs
        choices = sheet_choices(field, self.workspace.lang)
        typed_kind = PROSE if field.kind == "prose" else LINE
        kind = CHOICE if choices else typed_kind
        label = f"{self._row_words()}{field.label}"
        return SheetPrompt(heading, label, (field.answer,) if field.answer else (), choices, kind)

    def _heading(self, walk: SheetWalk) -> str:
        """Return the printed heading: « 4. Vieilles histoires »; on the facilitator's own sheet, then the partners."""
        question = self.workspace.guide.question(self._spot.question)
        number = walk.questions.index(question.id) + 1
        heading = f"{number}. {question.short.get(self.workspace.lang)}"
        asked_of = self._spot.stop if self.whose == OWN and self._spot.stop != PAIRS else ""  # ids joined by "+", or ""
        partners = (find_partner(self.workspace.partnership, name) for name in asked_of.split("+") if name)
        return ", ".join(
            (heading, *(partner.short(self.workspace.lang) for partner in partners if partner is not None))
        )

    def _row_words(self) -> str:
        """Return « Prêter une salle – », the main words of the row whose other fields are asked now; "" for none."""
        row = self.workspace.partnership.entry(self._spot.row) if self._spot.row else None
        part_id = self._spot.key[1:]  # the key of a list is « +rows »: a sign, and the id of its part
        part = self.workspace.guide.question(self._spot.question).part(part_id)
        main = part.main if part is not None else None
        if row is None or main is None:
            return ""
        form = self._walk.form(replace(self._spot, row="", field=""))  # the form with all rows of the list
        rows = (row_form for group in form.groups if isinstance(group, Rows) for row_form in group.rows)
        words = next((row_form.main.answer for row_form in rows if row_form.entry.id == row.id), "")
        return f"{words} – " if words else ""

    def _answer(self, prompt: Prompt, text: str) -> None:
        """Store the answer to a prompt of a sheet of questions, and go on; two partners are asked about next."""
        if prompt.kind == PAIRS:
            pair = partners_of(self.workspace, text)
            if len(pair) != 2:
                raise BadValue(_("Type two names, with a comma between them."))
            self._spot = Spot(self._spot.question, "+".join(sorted(partner.id for partner in pair)))
        elif prompt.rows is not None:
            self._add_row(prompt, text)
        else:
            assert prompt.field is not None
            self._set_field(prompt.field, text)
            self._spot = self._walk.after(self._spot)

    def _add_row(self, prompt: Prompt, text: str) -> None:
        """Make a row of its first words; the other columns that are printed are asked next."""
        assert prompt.rows is not None
        first_field, part = prompt.rows.new, prompt.rows.part
        value = value_of(self.workspace, first_field, text)  # raises BadValue for what cannot be read
        names_partner = first_field.field is not None and first_field.field.kind == "partner"
        words = str(value) if names_partner else text  # a partner by its id, since a number may have been typed
        row = new_row(self.workspace, first_field.entry, part, words, field=first_field.field)
        finish_row(self.workspace, row.id)
        self.workspace.edits.end_typing()
        columns = self._walk.row_fields(self.workspace.guide.question(self._spot.question), part)
        others = [field for field in columns if first_field.field is None or field.id != first_field.field.id]
        if others:
            key = prompt.rows.new.key
            self._spot = replace(self._spot, key=key, row=row.id, field=others[0].id)

    def _set_field(self, form_field: FormField, text: str) -> None:
        """Set a field to the value of what was typed. Raises BadValue."""
        field = form_field.field
        assert field is not None
        if form_field.kind == "flag":
            self.workspace.set(form_field.entry, form_field.cell, _says_yes(text))
        elif field.kind == "choice":
            choose(self.workspace, form_field.entry, field, str(value_of(self.workspace, form_field, text)))
        elif field.kind in TEXT_KINDS:
            type_into(self.workspace, form_field.entry, field, str(value_of(self.workspace, form_field, text)))
        else:
            self.workspace.set(form_field.entry, form_field.cell, value_of(self.workspace, form_field, text))
        self.workspace.edits.end_typing()

    # -- the agenda ----------------------------------------------------------------------------------------------------

    def _items(self) -> tuple[Entry, ...]:
        """Return the items of the agenda, in their order."""
        assert self._meeting is not None
        return agenda_items(self.workspace.partnership, self._meeting.id)

    def _agenda_prompt(self) -> SheetPrompt | None:
        """Return what the sheet of a meeting asks now; None at its end."""
        items = self._items()
        number, prompt_of_item = divmod(self._prompt_number, len(_AGENDA_PROMPTS))
        if number >= len(items) or self._meeting is None:
            return None
        _question, _part, label = _AGENDA_PROMPTS[prompt_of_item]
        heading = f"{number + 1}. {items[number].text(TEXT, self.workspace.lang)}"
        return SheetPrompt(heading, label(), tuple(self._typed_here), repeats=True)

    def _note(self, meeting: Entry, text: str) -> None:
        """Note what was typed as a decision, a task or a point of the meeting."""
        question, part, _label = _AGENDA_PROMPTS[self._prompt_number % len(_AGENDA_PROMPTS)]
        meeting_edits.note_afterwards(self.workspace, meeting, question, part, text)
        self._typed_here.append(text)


def _says_yes(text: str) -> bool:
    """Return True for a word for yes, or the number 1; False for one for no, or 2. Raises BadValue for any other."""
    word = fold(text).rstrip(".")
    if word in (*YES, "1"):
        return True
    if word in (*NO, "2"):
        return False
    raise BadValue(_("Type yes or no."))


# What is printed below each item of an agenda, in order, as (question id, part id, label): where it is noted, and how
# it is asked.
_AGENDA_PROMPTS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    (HELD, DECISIONS, lambda: _("What is decided")),
    (HELD, TASKS, lambda: _("Who does what: what; who; when")),
    (POINTS, "rows", lambda: _("To be settled later: the point; who; when")),
)
