"""What was typed as a date, a period, an amount or a name, and could not be read as one: kept, but in no document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.guide.types import Field, Guide
from tui.project.values import Entry, Project, Value


def typed_as_it_is(value: Value) -> str:
    """The text that was typed, where a value could not be read; "" for a value that was."""
    return str(value["typed"]) if isinstance(value, Mapping) and "typed" in value else ""


def misread(guide: Guide, project: Project) -> Iterator[tuple[Entry, Field, str]]:
    """Each public field whose text could not be read, with its entry and that text."""
    for entry in project.entries.values():
        question = guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None and entry.stands else None
        for field in part.fields if part is not None else ():
            text = typed_as_it_is(entry.get(field.id))
            if text and not field.private:
                yield entry, field, text
