"""The changes that an answer makes, besides the value itself: rows and their order, the words a position was given on.

Screens, line mode and commands all answer through these functions. They return changes; the caller applies them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.form.form import FormContext
from tui.form.name_guess import agreeing_values
from tui.guide.guide_types import TEXT_KINDS, Field, Guide, Part, Question
from tui.partnership.calls import CALLS, NOTE, row_of_note
from tui.partnership.completion import is_filled, single_entry
from tui.partnership.field_kinds import BadValue, read_value, unparsed_text
from tui.partnership.ids import new_id, order_between
from tui.partnership.partners import WHO
from tui.partnership.privacy import POSITIONS
from tui.partnership.row_defaults import possible_defaults, row_defaults
from tui.partnership.translation import translation_begun
from tui.partnership.values import ORDER, REMOVED, STATE, Change, Entry, Partnership, Value, order_behind
from tui.partnership.versions import words_seen


def is_own(question: str, field: str) -> bool:
    """Return whether a field belongs to one partner alone and is never copied to another.

    Of a position, that is every field but its level.
    """
    return question in POSITIONS and field != "level"


def give(context: FormContext, entry: Entry, field: Field, raw: Value) -> list[Change]:
    """Return the changes that set a field to the value read from `raw`; None or "" clears a field that is no text.

    Raises BadValue if the field cannot hold it.
    """
    return set_value(context, entry, field, read_value(context.reading, field, raw))


def give_typed(context: FormContext, entry: Entry, field: Field, text: str, base: int | None = None) -> list[Change]:
    """Return the changes that store a typed text in a field, understood or not.

    `base` is the revision that its author saw.
    """
    return set_value(context, entry, field, read_typed(context, field, text), base)


def read_typed(context: FormContext, field: Field, text: str) -> Value:
    """Return the value of a typed text; {"typed": text} if it is not understood, so that nothing is lost."""
    if field.kind in TEXT_KINDS:
        return text
    if not text.strip():
        return None
    try:
        return read_value(context.reading, field, text)
    except BadValue:
        return {"typed": text}


def set_value(context: FormContext, entry: Entry, field: Field, value: Value, base: int | None = None) -> list[Change]:
    """Return the changes that store a value in a field; with a position, also the words it was given on."""
    changes = [_set_cell(entry, field.cell(context.typed_lang), value, base)]
    changes += translation_begun(entry, field, context.typed_lang)
    changes += [_set_cell(entry, cell, guess) for cell, guess in agreeing_values(field, entry, value).items()]
    if entry.question in POSITIONS and not entry.part and field.id == "level":
        changes += _words_seen_changes(context, entry, value)
    return changes


def _set_cell(entry: Entry, cell: str, value: Value, base: int | None = None) -> Change:
    return Change(entry.id, entry.question, cell, value, entry.part, entry.subject, base)


def _words_seen_changes(context: FormContext, entry: Entry, level: Value) -> list[Change]:
    """Return the changes that go with a new level of a position.

    They store the words that the partner has seen. Leave to publish a reservation is cleared if the level changes,
    because it was given for the earlier level.
    """
    partner = entry.subject[0] if entry.subject else ""
    changes = [_set_cell(entry, "seen", words_seen(context.partnership, context.public.points, partner))]
    if entry.get("level", level) != level and entry.get("leave"):
        changes.append(_set_cell(entry, "leave", None))
    return changes


# -- rows --------------------------------------------------------------------------------------------------------------


def new_row(
    context: FormContext, empty_row: Entry, part: Part, cells: Mapping[str, Value], before: Iterable[Change] = ()
) -> tuple[Entry, list[Change]]:
    """Return a new row at the end of its list, and the changes that make it: order, defaults, and the given `cells`.

    `empty_row` gives the row's question, part and subject, and its id, "" for a new one. Without a part the row is a
    partner. `before` are changes that are not applied yet, and may add rows to the list too.
    """
    row_id = empty_row.id or new_id()
    subject = (row_id,) if empty_row.question == WHO and not empty_row.part else empty_row.subject
    row = Entry(row_id, empty_row.question, empty_row.part, subject)
    defaults = row_defaults(context.partnership, part, subject)
    all_cells = {ORDER: last_order(context.partnership, empty_row, before), **defaults, **cells}
    return row, [_set_cell(row, cell, value) for cell, value in all_cells.items()]


def last_order(partnership: Partnership, empty_row: Entry, before: Iterable[Change] = ()) -> str:
    """Return an order key after all rows of the list of `empty_row`, those that the changes `before` add included."""
    list_place = (empty_row.question, empty_row.part)
    orders = [
        str(change.value) for change in before if change.cell == ORDER and (change.question, change.part) == list_place
    ]
    return order_between(max(orders), "") if orders else order_behind(partnership, *list_place)


def is_blank_row(guide: Guide, entry: Entry) -> bool:
    """Return whether a row was added and nothing was written in it: it holds only defaults."""
    question = guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    if part is None or entry.removed or not entry.order:
        return False
    defaults = possible_defaults(part)
    return not any(
        (is_filled(cell.value) or unparsed_text(cell.value)) and cell.value not in defaults.get(key, ())
        for key, cell in entry.cells.items()
        if not key.startswith("#")  # keys of order, state and removal
    )


def remove(entry: Entry) -> Change:
    """Return the change that marks a row as removed; its values stay stored."""
    return _set_cell(entry, REMOVED, True)


def listed_with(partnership: Partnership, entry: Entry, partner: str) -> tuple[Entry, ...]:
    """Return the rows among which an entry is listed: all of its list, or those that `partner` shares."""
    rows = partnership.rows(entry.question, entry.part)
    if not entry.subject or (entry.question == WHO and not entry.part):
        return rows
    return tuple(row for row in rows if partner in row.givers) if partner in entry.givers else (entry,)


def move(rows: Sequence[Entry], entry: Entry, by: int) -> Change | None:
    """Return the change that moves a row by `by` places among `rows` (-1 is up); None if it cannot move so far."""
    index = next((index for index, row in enumerate(rows) if row.id == entry.id), -1)
    new_index = index + by
    if index < 0 or not 0 <= new_index < len(rows):
        return None
    others = [row for row in rows if row.id != entry.id]
    before = others[new_index - 1].order if new_index else ""
    after = others[new_index].order if new_index < len(others) else ""
    return _set_cell(entry, ORDER, order_between(before, after))


# -- answers as a whole ------------------------------------------------------------------------------------------------


def keep_earlier_call(context: FormContext, entry: Entry, field: Field, raw: Value) -> list[Change]:
    """Return the changes that keep a partner's earlier call note, with its date, before another note replaces it.

    [] if there was none, or if the same note is given again or cleared.
    """
    before = entry.text("text", context.lang).strip()
    if (entry.question, field.id) != (NOTE, "text") or not before or str(raw or "").strip() in ("", before):
        return []
    return keep_call(context, entry)


def keep_call(context: FormContext, note: Entry) -> list[Change]:
    """Return the changes that copy a partner's call note to the list of its calls, and clear the date of the note.

    The words go to the call of that day that has no words yet; if there is none, a call is added.
    """
    cells = {key: cell.value for key, cell in note.cells.items() if key.partition("@")[0] in ("text", "on")}
    call = row_of_note(context.partnership, note.subject[0], str(note.get("on", "")))
    if call is not None:
        changes = [_set_cell(call, key, value) for key, value in cells.items() if key != "on"]
    else:
        part = context.guide.question(CALLS).parts[0]
        _row, changes = new_row(context, Entry("", CALLS, part.id, note.subject), part, cells)
    return [*changes, _set_cell(note, "on", None)]


def mark(entry: Entry, state: str) -> Change:
    """Return the change that sets the mark of an answer, such as "to_discuss"; "" clears it."""
    return _set_cell(entry, STATE, state or None)


def copy_to_subjects(
    context: FormContext, question: Question, source: Entry, subjects: Iterable[tuple[str, ...]]
) -> list[Change]:
    """Return the changes that copy a single answer to other subjects (ids of partners), in place of theirs.

    Fields that are a partner's own (`is_own`) are not copied. A position counts on the words each partner was sent.
    """
    is_position = question.id in POSITIONS
    if question.single is None or question.id == WHO or (is_position and not source.get("level")):
        return []  # Without a level there is no position to copy.
    values = {key: cell.value for key, cell in source.cells.items() if not key.startswith("#")}
    copied = {key: value for key, value in values.items() if not is_own(question.id, key.partition("@")[0])}
    fields = {key.partition("@")[0] for key in copied}
    changes: list[Change] = []
    for subject in subjects:
        target = single_entry(context.partnership, question.id, subject)
        in_other_language = [key for key in target.cells if key not in copied and key.partition("@")[0] in fields]
        changes += [_set_cell(target, key, value) for key, value in copied.items()]
        changes += [_set_cell(target, key, None) for key in in_other_language]
        if is_position:
            changes += _words_seen_changes(context, target, copied["level"])
    return changes
