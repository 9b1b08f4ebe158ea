"""Checks a guide once `guide_loading` has read it: every id that the data name exists, every list can be added to."""

from __future__ import annotations

from collections.abc import Iterator

from tui.guide.guide_types import LANGUAGES, NO_WORDS, Condition, Guide, GuideError, HoleRule, Part, Question
from tui.guide.placeholders import SECTION, placeholders

MILESTONES = frozenset({"", "meeting", "adoption"})
NO_SECTION = frozenset({"", "preamble"})  # what `feeds` may say besides the id of a section
PARTNER = "open.who"


def check(guide: Guide, folder: object) -> None:
    """Raise GuideError for the first thing that is wrong; `folder` begins its message."""
    for problem in (*_steps(guide), *_questions(guide), *_holes(guide), *_cells(guide)):
        raise GuideError(f"{folder}: {problem}")


# Each of the following functions yields what is wrong with a part of the guide, in words.


def _steps(guide: Guide) -> Iterator[str]:
    for step in guide.steps:
        if step.statement_before and step.statement_before not in {question.id for question in step.questions}:
            yield f"step {step.id}: statement_before names {step.statement_before!r}, which is no question of the step"
        for name in step.statement_sections:
            if guide.section(name) is None:
                yield f"step {step.id}: statement_sections names {name!r}, which is no section of the agreement"


def _questions(guide: Guide) -> Iterator[str]:
    steps, sections = {step.id for step in guide.steps}, {head.id for head in guide.sections} | NO_SECTION
    for question in guide.by_id.values():
        if question.step not in steps:
            yield f"question {question.id}: no step is called {question.step!r}"
        if question.milestone not in MILESTONES:
            yield f"question {question.id}: no milestone is called {question.milestone!r}"
        for feeds in (question.feeds, *(part.feeds for part in question.parts)):
            if feeds not in sections:
                yield f"question {question.id}: it feeds {feeds!r}, which is no section of the agreement"
        for part_id, field_id in (target for rule in question.complete for target in rule):
            if not _exists(guide, question, part_id, field_id):
                yield f"question {question.id}: complete names {part_id}:{field_id}, which does not exist"
        for part in question.parts:
            yield from (f"question {question.id}, part {part.id!r}: {problem}" for problem in _part(guide, part))
        yield from _placeholders(guide, question)


def _placeholders(guide: Guide, question: Question) -> Iterator[str]:
    for words in (question.help, question.example):
        for lang in LANGUAGES:
            for kind, name in placeholders(words.get(lang)):
                if kind == SECTION and guide.section(name) is None:
                    yield f"question {question.id}: {{section:{name}}} names no section of the agreement"


def _exists(guide: Guide, question: Question, part_id: str, field_id: str) -> bool:
    """Return whether a part has the field; « open.who/people » is a part of another question."""
    source, _, name = part_id.rpartition("/")
    part = guide.by_id[source].part(name) if source in guide.by_id else question.part(part_id)
    return part is not None and part.field(field_id) is not None


def _part(guide: Guide, part: Part) -> Iterator[str]:
    names = [field.id for field in part.fields]
    yield from (f"two fields are called {name!r}" for name in sorted({name for name in names if names.count(name) > 1}))
    if part.list and NO_WORDS in (part.title, part.add):
        yield "a list needs a title, and the label of the line that adds a row (add)"
    for name in part.defaults or {}:
        if name not in names:
            yield f"defaults names {name!r}, which is no field of it"
    for condition in part.public_when:
        yield from (f"public_when {problem}" for problem in _condition(guide, part, condition))
    for field in part.fields:
        for rule in field.default_when:
            if rule.condition.of != "partner":
                yield f"default_when of {field.id!r}: a new row has only its partner to look at (of = 'partner')"
            yield from (f"default_when {problem}" for problem in _condition(guide, part, rule.condition))


def _condition(guide: Guide, part: Part, condition: Condition) -> Iterator[str]:
    who = guide.by_id.get(PARTNER)
    part_of_partner = who.single if who is not None else None
    condition_part = part if condition.of == "entry" else part_of_partner
    field = condition_part.field(condition.field) if condition_part is not None else None
    if field is None:
        yield f"names {condition.field!r}, which is no field of the {condition.of}"
    elif field.kind == "choice" and any(value not in list(guide.choices[field.choices]) for value in condition.values):
        yield f"wants {list(condition.values)!r} of {field.id!r}, which are not all its choices"


def _holes(guide: Guide) -> Iterator[str]:
    for hole in guide.holes:
        question = guide.by_id.get(hole.question)
        if question is None:
            yield f"hole {hole.id}: no question is called {hole.question!r}"
        elif not _has_part_of(question, hole):
            yield f"hole {hole.id}: {hole.question} has no {hole.part}:{hole.field}"
        if guide.section(hole.section) is None:
            yield f"hole {hole.id}: no section is called {hole.section!r}"


def _has_part_of(question: Question, hole: HoleRule) -> bool:
    """Return whether the question has the part, and the field if any, that a hole names."""
    part = question.part(hole.part)
    return part is not None and (not hole.field or part.field(hole.field) is not None)


# Ends the name of a list of choices that has the codes of another one, in shorter words for the cells of a table.
CELL_SUFFIX = "_cell"


def _cells(guide: Guide) -> Iterator[str]:
    for name, codes in guide.choices.items():
        if name.endswith(CELL_SUFFIX) and list(codes) != list(guide.choices.get(name.removesuffix(CELL_SUFFIX), {})):
            yield f"choices {name}: it does not shorten the codes of {name.removesuffix(CELL_SUFFIX)!r}, in their order"
