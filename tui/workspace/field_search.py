"""What the list of commands finds of the guide: its questions, their lists and their fields, each with its place.

A question is found by its short name, its text and the everyday words of the guide data (`words`), a list by its title
and the words that add a row, a field by its label.
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
    """One thing of the guide by its ids: a question (`part` is None), a list (`field` is "") or a field of a part."""

    question: str
    part: str | None = None
    field: str = ""
    label: str = ""
    words: str = ""  # others by which it is found

    @property
    def id(self) -> str:
        """The ids joined by "/", which none of them holds."""
        return "/".join((self.question, *(() if self.part is None else (self.part, self.field))))


def findables(guide: Guide, lang: str) -> Iterator[Findable]:
    """Yield every question that is walked through, then their lists and fields, in the words of `lang`.

    Of fields with one label, those that a question is mainly about come first.
    """
    questions = [question for step in guide.walked for question in step.questions]
    for question in questions:
        yield Findable(question.id, None, "", question.short.get(lang), question.words.get(lang))
    walked = {question.id for question in questions}
    within = [(field, findable) for question in questions for field, findable in _within(question, walked, lang)]
    for main in (True, False):
        yield from (findable for field, findable in within if (field is None or field.main) == main)


def _within(question: Question, walked: set[str], lang: str) -> Iterator[tuple[Field | None, Findable]]:
    """Yield the lists (no field) and the fields of a question that are not called as the question or one before.

    `walked` holds the ids of the questions that are walked through.
    """
    known = {question.short.get(lang)}
    for part in question.parts:
        for field in (*((None,) if part.list else ()), *_fields(question, part, walked)):
            label, words = (field.label, NO_WORDS) if field is not None else (part.title, part.add)
            if label.get(lang) not in known:
                known.add(label.get(lang))
                found = Findable(question.id, part.id, field.id if field else "", label.get(lang), words.get(lang))
                yield field, found


def _fields(question: Question, part: Part, walked: set[str]) -> tuple[Field, ...]:
    """The fields that are found; those of a view of other rows where these are kept, if one walks through there."""
    kept_in = part.home(question.id)[0]
    if kept_in != question.id and kept_in in walked:
        return ()
    return tuple(field for field in part.fields if not field.hidden)


def place_found(workspace: Workspace, found_id: str) -> Place:
    """Return where `found_id` (of a `Findable`) is written, for the partner in hand; KeyError for an unknown question.

    Of a list it is the place that adds a row, of a field in a list that of the first row, where there is one.
    """
    name, *within = found_id.split("/")
    place = at_question(workspace.place, workspace.guide, name)
    question = workspace.guide.by_id[name]
    part = question.part(within[0]) if within else None
    if part is None:
        return place
    asked_of, partnership = subject(place, question), workspace.partnership
    if not part.list:
        return replace(place, slot=f"{single_entry(partnership, name, asked_of).id}/{within[1]}")
    home = part.home(name)
    rows = rows_of(partnership, *home, asked_of[0]) if asked_of else partnership.rows(*home)
    return replace(place, slot=f"{rows[0].id}/{within[1]}" if rows and within[1] else f"+{part.id}")
