"""The questions, lists and fields of the guide that the list of commands finds, and the place that each leads to.

A question is found by its short name, its text (which the list shows beside it) and the everyday words of the guide
data (`words`), a list by its title and the words that add a row, a field by its label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import NO_WORDS, Field, Guide, Part, Question
from tui.partnership.completion import single_entry
from tui.partnership.partners import rows_of
from tui.workspace.place import Place, at_question, subject
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Findable:
    """A question, a list or a field of the guide that can be found."""

    question: str  # its id
    part: str | None = None  # the id of the list, or of the field's part; None for a question
    field: str = ""  # the id of the field, "" for a list or a question
    label: str = ""  # what it is called
    words: str = ""  # other words that it is found by

    @property
    def id(self) -> str:
        """The ids joined by "/"."""
        return "/".join((self.question, *(() if self.part is None else (self.part, self.field))))


def findables(guide: Guide, lang: str) -> Iterator[Findable]:
    """Yield every question of the walk, then all lists and main fields, then other fields, in the words of `lang`."""
    questions = [question for step in guide.walked_steps for question in step.questions]
    for question in questions:
        yield Findable(question.id, None, "", question.short.get(lang), question.words.get(lang))
    walked = {question.id for question in questions}
    within = [
        (field, findable) for question in questions for field, findable in _lists_and_fields(question, walked, lang)
    ]
    for main in (True, False):
        yield from (findable for field, findable in within if (field is None or field.main) == main)


def _lists_and_fields(question: Question, walked: set[str], lang: str) -> Iterator[tuple[Field | None, Findable]]:
    """Yield the lists (with None) and the fields of a question.

    One that has the label of the question, or of one before it, is left out. `walked` are the ids of the questions of
    the walk.
    """
    labels = {question.short.get(lang)}
    for part in question.parts:
        for field in (*((None,) if part.list else ()), *_found_fields(question, part, walked)):
            label, words = (field.label, NO_WORDS) if field is not None else (part.title, part.add)
            if label.get(lang) not in labels:
                labels.add(label.get(lang))
                findable = Findable(question.id, part.id, field.id if field else "", label.get(lang), words.get(lang))
                yield field, findable


def _found_fields(question: Question, part: Part, walked: set[str]) -> tuple[Field, ...]:
    """Return the fields of a part that can be found; () where its rows belong to another question of the walk."""
    kept_in = part.home(question.id)[0]
    if kept_in != question.id and kept_in in walked:
        return ()
    return tuple(field for field in part.fields if not field.hidden)


def place_found(workspace: Workspace, found_id: str) -> Place:
    """Return the place where `found_id` (of a `Findable`) is written, for the present partner.

    For a list it is the line that adds a row; for a field of a list the first row, if there is one. Raises KeyError for
    an unknown question.
    """
    question_id, *ids = found_id.split("/")
    place = at_question(workspace.place, workspace.guide, question_id)
    question = workspace.guide.by_id[question_id]
    part = question.part(ids[0]) if ids else None
    if part is None:
        return place
    asked_of, partnership, field_id = subject(place, question), workspace.partnership, ids[1]
    if not part.list:
        return replace(place, slot=f"{single_entry(partnership, question_id, asked_of).id}/{field_id}")
    home = part.home(question_id)
    rows = rows_of(partnership, *home, asked_of[0]) if asked_of else partnership.rows(*home)
    return replace(place, slot=f"{rows[0].id}/{field_id}" if rows and field_id else f"+{part.id}")
