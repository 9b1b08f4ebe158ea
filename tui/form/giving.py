"""What an answer changes: values read as they are typed or given, rows made and moved, positions and their words.

Every way of answering goes through here, so that each rule stands once. Nothing is applied: the changes are returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.form.form import FormContext
from tui.form.name_guess import agreeing
from tui.guide.guide_types import TEXT_KINDS, Field, Guide, Part, Question
from tui.partnership.calls import CALLS, NOTE, row_of_note
from tui.partnership.completion import filled, single_entry
from tui.partnership.field_kinds import BadValue, read_value, typed_as_it_is
from tui.partnership.ids import new_id, order_between
from tui.partnership.partners import WHO
from tui.partnership.privacy import POSITIONS
from tui.partnership.row_defaults import possible_defaults, row_defaults
from tui.partnership.translation import translation_begun
from tui.partnership.values import ORDER, REMOVED, STATE, Change, Entry, Partnership, Value, order_behind
from tui.partnership.versions import words_seen


def is_own(question: str, field: str) -> bool:
    """Return whether a field is one partner's own, never given to another: of a position all but its level."""
    return question in POSITIONS and field != "level"


def give(context: FormContext, entry: Entry, field: Field, raw: Value) -> list[Change]:
    """Return the changes that answer a field with what was given; None or "" clears one that is no text.

    Raises BadValue if the field cannot hold it.
    """
    return set_value(context, entry, field, read_value(context.reading, field, raw))


def give_typed(context: FormContext, entry: Entry, field: Field, text: str, base: int | None = None) -> list[Change]:
    """Return the changes that leave in a field what was typed, understood or not; `base` is what its author saw."""
    return set_value(context, entry, field, read_typed(context, field, text), base)


def read_typed(context: FormContext, field: Field, text: str) -> Value:
    """Return the value of what was typed; {"typed": text} where it is not understood yet, so that nothing is lost."""
    if field.kind in TEXT_KINDS:
        return text
    if not text.strip():
        return None
    try:
        return read_value(context.reading, field, text)
    except BadValue:
        return {"typed": text}


def set_value(context: FormContext, entry: Entry, field: Field, value: Value, base: int | None = None) -> list[Change]:
    """Return the changes that store a value in a field; a position also keeps the exact words it was given on."""
    changes = [_set(entry, field.cell(context.typed_lang), value, base)]
    changes += translation_begun(entry, field, context.typed_lang)
    changes += [_set(entry, name, said) for name, said in agreeing(field, entry, value).items()]
    if entry.question in POSITIONS and not entry.part and field.id == "level":
        changes += _on_words(context, entry, value)
    return changes


def _set(entry: Entry, cell: str, value: Value, base: int | None = None) -> Change:
    return Change(entry.id, entry.question, cell, value, entry.part, entry.subject, base)


def _on_words(context: FormContext, entry: Entry, level: Value) -> list[Change]:
    """A level is given on words; leave to publish a reservation was given for the answer there was before."""
    partner = entry.subject[0] if entry.subject else ""
    changes = [_set(entry, "seen", words_seen(context.partnership, context.public.points, partner))]
    if entry.get("level", level) != level and entry.get("leave"):
        changes.append(_set(entry, "leave", None))
    return changes


# -- rows --------------------------------------------------------------------------------------------------------------


def new_row(
    context: FormContext, home: Entry, part: Part, cells: Mapping[str, Value], before: Iterable[Change] = ()
) -> tuple[Entry, list[Change]]:
    """Return a row to be, behind the others, and the changes that make it: its order, its defaults, the cells given.

    `home` tells its question, part and subject, and its id where it has one already; without a part it is a partner.
    `before` are changes not applied yet, which may make rows too.
    """
    row_id = home.id or new_id()
    subject = (row_id,) if home.question == WHO and not home.part else home.subject
    row = Entry(row_id, home.question, home.part, subject)
    begins = row_defaults(context.partnership, part, subject)
    made = {ORDER: last_order(context.partnership, home, before), **begins, **cells}
    return row, [_set(row, cell, value) for cell, value in made.items()]


def last_order(partnership: Partnership, home: Entry, before: Iterable[Change] = ()) -> str:
    """Return the order key behind all rows of a list, those that `before` makes included."""
    here = (home.question, home.part)
    made = [str(change.value) for change in before if change.cell == ORDER and (change.question, change.part) == here]
    return order_between(max(made), "") if made else order_behind(partnership, *here)


def is_blank_row(guide: Guide, entry: Entry) -> bool:
    """Return whether a row was begun and nothing was written in it."""
    question = guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    if part is None or entry.removed or not entry.order:
        return False
    defaults = possible_defaults(part)
    return not any(
        (filled(cell.value) or typed_as_it_is(cell.value)) and cell.value not in defaults.get(key, ())
        for key, cell in entry.cells.items()
        if not key.startswith("#")
    )


def remove(entry: Entry) -> Change:
    """Return the change that takes a row out; it stays as a tombstone."""
    return _set(entry, REMOVED, True)


def listed_with(partnership: Partnership, entry: Entry, partner: str) -> tuple[Entry, ...]:
    """Return the rows an entry is listed with: all partners, all rows of the partnership, or those of `partner`."""
    rows = partnership.rows(entry.question, entry.part)
    if not entry.subject or (entry.question == WHO and not entry.part):
        return rows
    return tuple(row for row in rows if partner in row.givers) if partner in entry.givers else (entry,)


def move(rows: Sequence[Entry], entry: Entry, by: int) -> Change | None:
    """Return the change that puts a row one place up (-1) or down (1) among `rows`; None where there is no place."""
    at = next((at for at, row in enumerate(rows) if row.id == entry.id), -1)
    to = at + by
    if at < 0 or not 0 <= to < len(rows):
        return None
    rest = [row for row in rows if row.id != entry.id]
    before = rest[to - 1].order if to else ""
    after = rest[to].order if to < len(rest) else ""
    return _set(entry, ORDER, order_between(before, after))


# -- answers as a whole ------------------------------------------------------------------------------------------------


def earlier_call(context: FormContext, entry: Entry, field: Field, raw: Value) -> list[Change]:
    """Return the changes that keep the note of the call before, with its date, where another note is given instead.

    A note that is given again, or only cleared, makes none: the history has it.
    """
    before = entry.text("text", context.lang).strip()
    if (entry.question, field.id) != (NOTE, "text") or not before or str(raw or "").strip() in ("", before):
        return []
    return keep_call(context, entry)


def keep_call(context: FormContext, note: Entry) -> list[Change]:
    """Return the changes that keep the words of a partner's call note among its calls, and take its date off.

    They go to the call of that day that was noted without words; where there is none, they make one.
    """
    cells = {key: cell.value for key, cell in note.cells.items() if key.partition("@")[0] in ("text", "on")}
    noted = row_of_note(context.partnership, note.subject[0], str(note.get("on", "")))
    if noted is not None:
        kept = [_set(noted, key, value) for key, value in cells.items() if key != "on"]
    else:
        part = context.guide.question(CALLS).parts[0]
        _row, kept = new_row(context, Entry("", CALLS, part.id, note.subject), part, cells)
    return [*kept, _set(note, "on", None)]


def mark(entry: Entry, state: str) -> Change:
    """Return the change that marks an answer by hand; "" takes the mark off."""
    return _set(entry, STATE, state or None)


def same_for(
    context: FormContext, question: Question, source: Entry, subjects: Iterable[tuple[str, ...]]
) -> list[Change]:
    """Return the changes that write a single answer for other subjects too, over what they had.

    What is a partner's own (`is_own`) is not given; a position is given on the words each was sent.
    """
    is_position = question.id in POSITIONS
    if question.single is None or question.id == WHO or (is_position and not source.get("level")):
        return []  # without a position there is none to give, and what the others saw stays what they saw
    given = {key: cell.value for key, cell in source.cells.items() if not key.startswith("#")}
    given = {key: value for key, value in given.items() if not is_own(question.id, key.partition("@")[0])}
    changes: list[Change] = []
    for subject in subjects:
        target = single_entry(context.partnership, question.id, subject)
        changes += [_set(target, key, value) for key, value in given.items()]
        if is_position:
            changes += _on_words(context, target, given["level"])
    return changes
