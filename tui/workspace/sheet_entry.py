"""Typing in what was written by hand on a printed sheet: it asks one thing after the other, in the printed order.

Each answer is saved like any other; typing nothing changes nothing. The page of the app and line mode ask the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.form.form import FormField, Rows
from tui.form.question_sheet import SheetWalk
from tui.form.question_walk import PAIRS, Prompt, Spot
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

PROSE, CHOICE, LINE = "prose", "choice", "line"


@dataclass(frozen=True, slots=True)
class SheetPrompt:
    """One thing asked."""

    heading: str  # the heading of the sheet that it stands under
    label: str
    present: tuple[str, ...] = ()  # the answers that are there already, in words
    choices: tuple[tuple[str, str], ...] = ()  # (code, words) of what may be chosen
    kind: str = LINE  # PROSE (several lines), CHOICE or LINE
    repeats: bool = False  # whether it is asked again until nothing more is typed


class SheetEntry:
    """A sheet being typed in: what is asked now, and what an answer does."""

    def __init__(self, workspace: Workspace, whose: str) -> None:
        """`whose` is a partner's id, OWN or AGENDA, as in `sheet_document`. Raises BadValue without an agenda."""
        self.workspace, self.whose = workspace, whose
        self._meeting = sheet_meeting(workspace) if whose == AGENDA else None
        if whose == AGENDA and self._meeting is None:
            raise BadValue(_("Put something on the agenda first."))
        self._at = 0  # of an agenda: the number of the thing asked; each item asks the three of `_ASKED`
        self._noted: list[str] = []  # of an agenda: what was typed for the present thing
        self._spot = self._walk.start() if whose != AGENDA else Spot("")  # of other sheets: where in the walk it is

    @property
    def _walk(self) -> SheetWalk:
        """The walk through what the sheet asks, made from the partnership as it is now."""
        return SheetWalk(self.workspace.form_context, self.whose)

    @property
    def prompt(self) -> SheetPrompt | None:
        """What is asked now; None at the end of the sheet."""
        return self._agenda_prompt() if self._meeting is not None else self._walk_prompt()

    def skip(self) -> None:
        """Go on to the next thing that was printed, and change nothing."""
        if self._meeting is not None:
            self._at += 1
            self._noted = []
        elif self._spot.question:
            self._spot = self._walk.after(self._spot)

    def take(self, text: str) -> None:
        """Store what was typed (words, the number or words of a choice, two partners), and go on to the next thing.

        Raises BadValue with what to type instead.
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
            present = tuple(", ".join(filter(None, row.words)) for row in prompt.rows.rows)
            label = prompt.rows.title or prompt.rows.new.hint
            return SheetPrompt(heading, label, present, repeats=True)
        place = prompt.field
        assert place is not None  # a sheet asks fields, rows and pairs
        choices = sheet_choices(place, self.workspace.lang)
        kind = CHOICE if choices else PROSE if place.kind == "prose" else LINE
        label = f"{self._row_words()}{place.label}"
        return SheetPrompt(heading, label, (place.answer,) if place.answer else (), choices, kind)

    def _heading(self, walk: SheetWalk) -> str:
        """Return the printed heading: « 4. Vieilles histoires »; on the facilitator's own sheet with the partner."""
        question = self.workspace.guide.question(self._spot.question)
        number = walk.questions.index(question.id) + 1
        heading = f"{number}. {question.short.get(self.workspace.lang)}"
        stop = self._spot.stop if not self.whose and self._spot.stop != PAIRS else ""
        partners = (find_partner(self.workspace.partnership, name) for name in stop.split("+") if name)
        return ", ".join(
            (heading, *(partner.short(self.workspace.lang) for partner in partners if partner is not None))
        )

    def _row_words(self) -> str:
        """Return the words of the row whose other fields are asked now, with a dash behind; "" for none."""
        row = self.workspace.partnership.entry(self._spot.row) if self._spot.row else None
        part = self.workspace.guide.question(self._spot.question).part(self._spot.key[1:])
        main = part.main if part is not None else None
        if row is None or main is None:
            return ""
        form = self._walk.form(replace(self._spot, row="", field=""))
        rows = (row_form for group in form.groups if isinstance(group, Rows) for row_form in group.rows)
        words = next((row_form.main.answer for row_form in rows if row_form.entry.id == row.id), "")
        return f"{words} – " if words else ""

    def _answer(self, prompt: Prompt, text: str) -> None:
        """Store the answer to a prompt of a sheet of questions, and go on."""
        if prompt.kind == PAIRS:
            two = partners_of(self.workspace, text)
            if len(two) != 2:
                raise BadValue(_("Type two names, with a comma between them."))
            self._spot = Spot(self._spot.question, "+".join(sorted(partner.id for partner in two)))
        elif prompt.rows is not None:
            self._add_row(prompt, text)
        else:
            assert prompt.field is not None
            self._set(prompt.field, text)
            self._spot = self._walk.after(self._spot)

    def _add_row(self, prompt: Prompt, text: str) -> None:
        """Make a row of its first words; the other columns that are printed are asked next."""
        assert prompt.rows is not None
        place, part = prompt.rows.new, prompt.rows.part
        value = value_of(self.workspace, place, text)
        typed = value if place.field is not None and place.field.kind == "partner" else text
        row = new_row(self.workspace, place.entry, part, str(typed), field=place.field)
        finish_row(self.workspace, row.id)
        self.workspace.edits.end_typing()
        columns = self._walk.row_fields(self.workspace.guide.question(self._spot.question), part)
        others = [field for field in columns if place.field is None or field.id != place.field.id]
        if others:
            key = prompt.rows.new.key
            self._spot = replace(self._spot, key=key, row=row.id, field=others[0].id)

    def _set(self, place: FormField, text: str) -> None:
        """Set a field from what was typed, as its kind is read."""
        field = place.field
        assert field is not None
        if place.kind == "flag":
            self.workspace.set(place.entry, place.cell, _says_yes(text))
        elif field.kind == "choice":
            choose(self.workspace, place.entry, field, str(value_of(self.workspace, place, text)))
        elif field.kind in TEXT_KINDS:
            type_into(self.workspace, place.entry, field, str(value_of(self.workspace, place, text)))
        else:
            self.workspace.set(place.entry, place.cell, value_of(self.workspace, place, text))
        self.workspace.edits.end_typing()

    # -- the agenda ----------------------------------------------------------------------------------------------------

    def _items(self) -> tuple[Entry, ...]:
        assert self._meeting is not None
        return agenda_items(self.workspace.partnership, self._meeting.id)

    def _agenda_prompt(self) -> SheetPrompt | None:
        """Return what the sheet of a meeting asks now; None at its end."""
        items = self._items()
        number, asked = divmod(self._at, len(_ASKED))
        if number >= len(items) or self._meeting is None:
            return None
        _question, _part, label = _ASKED[asked]
        heading = f"{number + 1}. {items[number].text(TEXT, self.workspace.lang)}"
        return SheetPrompt(heading, label(), tuple(self._noted), repeats=True)

    def _note(self, meeting: Entry, text: str) -> None:
        """Note what was typed as a decision, a task or a point of the meeting."""
        question, part, _label = _ASKED[self._at % len(_ASKED)]
        meeting_edits.note_afterwards(self.workspace, meeting, question, part, text)
        self._noted.append(text)


def _says_yes(text: str) -> bool:
    """Return whether a box was ticked. Raises BadValue for what is neither yes nor no."""
    word = fold(text).rstrip(".")
    if word in (*YES, "1"):
        return True
    if word in (*NO, "2"):
        return False
    raise BadValue(_("Type yes or no."))


# What is printed below each item of an agenda, in order: the question and the part it is noted in, and its label.
_ASKED: tuple[tuple[str, str, Callable[[], str]], ...] = (
    (HELD, DECISIONS, lambda: _("What is decided")),
    (HELD, TASKS, lambda: _("Who does what: what; who; when")),
    (POINTS, "rows", lambda: _("To be settled later: the point; who; when")),
)
