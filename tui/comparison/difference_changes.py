"""Turns an accepted difference of a returned text into changes of the fields it comes from.

A function returns None if no field can take the difference with certainty, () if the fields say it already. The keys
of a text (`word_diff.keys`) are its words as they are compared, whatever its spaces, quotes and dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from tui.agreement.blocks import Origin
from tui.comparison.field_changes import EMPTY_VALUES, REFERENCE_KINDS, Changes, FieldChanges
from tui.comparison.line_changes import LineChanges
from tui.comparison.returned_diff import ADDED, CHANGED, MOVED, REMOVED, Difference
from tui.guide.guide_types import TEXT_KINDS, Field, Guide
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.ids import order_between
from tui.partnership.partners import WHO
from tui.partnership.privacy import public_view
from tui.partnership.values import Entry, Partnership
from tui.text.clean import one_line
from tui.text.word_diff import (
    apply_edit,
    carry_edit,
    find_words,
    holds_new_words,
    plain_spaces,
    split_words,
    word_edits,
    word_keys,
)

REASON = "returned"  # `Change.reason` of what was taken from a returned text
_SEPARATORS = frozenset(",;()")  # at the edge of added words they show that the words stand by themselves


def changes_accepting(
    guide: Guide, partnership: Partnership, difference: Difference, source: str, view: Partnership | None = None
) -> Changes | None:
    """Return the changes that accept a difference: () if the text says it already, None if no field can take it.

    `source` names who proposed it, for the history. `view` is the public view, which is made if it is not given.
    """
    if difference.uncertain:
        return None
    arguments = guide, partnership, view or public_view(guide, partnership), difference
    words, lines = _WordChanges(*arguments), LineChanges(*arguments)
    makers = {CHANGED: words.changed, ADDED: lines.added, REMOVED: lines.removed, MOVED: lines.moved}
    make = makers.get(difference.kind)
    changes = make() if make is not None else None
    if changes is None or not words.are_public(changes):
        return None
    return tuple(replace(change, source=source, reason=REASON) for change in changes)


class _WordChanges(FieldChanges):
    """Makes the changes that accept words changed within a line.

    A method returns None if no field can take them, () if nothing is to be changed any more.
    """

    def changed(self) -> Changes | None:
        """Return the changes of the field that the line shows: a whole value, a choice, or words of a text."""
        ours = self._difference.ours
        value = word_keys(self._value(self._difference.theirs))
        if ours.label and value in ((), word_keys(self._value(ours.text))):
            # Only the label differs, or the value was emptied. A row of a table comes back without labels: nothing
            # changed. Elsewhere the label is a word of the program, and an emptied cell is no change of the text.
            return () if ours.row and value else None
        if self._difference.joined:
            return self._rearranged()
        field = self._field(ours.origin)
        if ours.whole:
            return self._whole_value(field)
        entry = self._entry(ours.origin)
        if field is None and not ours.origin.entry and ours.owner:
            return self._choice_of_owner()
        if field is None or entry is None:
            return self._in_texts("")
        if field.kind not in TEXT_KINDS:
            changes = self._in_texts("")
            return self._value_within_line(entry, field) if changes is None else changes
        source = entry.text(field.id, self._lang)
        if not source:
            # A single answer that was never given: the line showed words of the program in its place.
            is_single_answer = entry.question != WHO and not entry.part
            return self._set_text(entry, field, self._difference.after) if is_single_answer else None
        has_their_words = find_words(word_keys(self._difference.theirs), word_keys(source)) >= 0
        has_our_words = find_words(word_keys(ours.text), word_keys(source)) >= 0
        if has_their_words and not has_our_words:
            return ()  # the field reads so already; the same words in another field are not touched
        return self._in_texts(source)

    def _in_texts(self, source: str) -> Changes | None:
        """Return the changes of the first text field that takes the words.

        `source` is the text of the line's own field, "" if that is no text field.
        """
        for entry, field in self._candidates(source):
            changes = self._edit_in_field(entry, field)
            if changes is not None:
                return changes
        return None

    def _rearranged(self) -> Changes | None:
        """Return the changes for paragraphs of one text that were split or joined; a field of one line holds no two."""
        joined = self._difference.joined
        entry, field = self._entry(joined[0].origin), self._field(joined[0].origin)
        if entry is None or field is None or field.kind != "prose":
            return None
        paragraphs = re.split(r"\n{2,}", entry.text(field.id, self._lang))
        our_keys = [word_keys(line.text) for line in joined]
        text_keys = [word_keys(paragraph) for paragraph in paragraphs]
        starts = range(len(text_keys))
        places = [start for start in starts if text_keys[start : start + len(our_keys)] == our_keys]
        if len(places) != 1:
            return () if self._is_divided_so(text_keys) else None
        first, last = places[0], places[0] + len(our_keys)
        new = self._reworded(" ".join(paragraphs[first:last]))
        return None if new is None else self._set_text(
            entry, field, "\n\n".join([*paragraphs[:first], new, *paragraphs[last:]])
        )  # fmt: skip

    def _is_divided_so(self, text_keys: list[tuple[str, ...]]) -> bool:
        """Return whether the paragraphs of a text, given by their keys, are divided already as in the returned text."""
        new = [word_keys(part) for part in self._difference.theirs.split("\n\n")]
        return any(text_keys[at : at + len(new)] == new for at in range(len(text_keys)))

    def _reworded(self, text: str) -> str | None:
        """Return our text with their words and their paragraphs; unchanged words keep our typography.

        None if the words that result are not theirs.
        """
        pieces = self._difference.theirs.split("\n\n")
        theirs = " ".join(pieces)
        for edit in reversed(word_edits(text, theirs)):
            text = apply_edit(text, theirs, edit)
        if word_keys(text) != word_keys(theirs):
            return None
        words, end = split_words(text), 0
        for piece in pieces[:-1]:
            end += len(word_keys(piece))
            before, after = words[end - 1].end, words[end].start
            text = text[:before] + "\n" * (after - before) + text[after:]  # as long as the spaces: places stay
        return re.sub(r"\n+", "\n\n", text)

    def _choice_of_owner(self) -> Changes | None:
        """Return the changes for a line that prints a partner's choice: « Niveau d'implication : consulté »."""
        values = self._behind_label()
        if values is None:
            return None
        value, new = values
        choices = []  # (entry, field) of each that the line may print
        for entry in self._view.entries.values():
            part = self._part(entry)
            if part is None or part.list or entry.subject != (self._difference.ours.owner,):
                continue
            for field in part.fields:
                printed = self._printed(entry, field) if field.kind == "choice" else ""
                if printed and word_keys(printed) == word_keys(value):
                    choices.append((entry, field))
        return self._set_value(*choices[0], new) if len(choices) == 1 else None

    def _behind_label(self) -> tuple[str, str] | None:
        """Return what stands behind « label : » in our line and in theirs; None if the labels differ."""
        (label, colon, our_value), (new_label, _colon, their_value) = (
            text.partition(":") for text in (self._difference.ours.text, self._difference.theirs)
        )
        return (our_value, their_value) if colon and word_keys(label) == word_keys(new_label) else None

    def _edit_in_field(self, entry: Entry, field: Field) -> Changes | None:
        """Return the changes that make the edit of the line in the text of a field; None if it is not in that text."""
        source, ours, theirs = entry.text(field.id, self._lang), self._difference.ours, self._difference.theirs
        edit = self._difference.edit
        assert edit is not None
        if field.kind != "prose" and theirs.count("\n") > ours.text.count("\n"):
            return None  # a line typed below the item in the same paragraph may be another item
        is_own = (entry.id, field.id) == (ours.origin.entry, ours.origin.field)
        start = find_words(word_keys(source), word_keys(ours.text))  # where the field's words stand in our line
        end = start + len(word_keys(source))
        if start >= 0 and not start <= edit.start <= edit.end <= end:
            return None  # what changed stands beside this field's words
        is_added_at_edge = edit.start == edit.end and edit.start in (start, end)
        new_words = self._difference.now
        is_set_apart = new_words[:1] in _SEPARATORS or new_words[-1:] in _SEPARATORS
        if not is_own and is_added_at_edge and is_set_apart:
            return None  # added between the words of two fields, set apart by a sign: it belongs to neither
        if start < 0 and not is_own:
            is_in_theirs = find_words(word_keys(source), word_keys(theirs)) >= 0
            return () if is_in_theirs and holds_new_words(source, theirs, edit) else None
        if holds_new_words(source, theirs, edit):
            return ()
        text = carry_edit(source, ours.text, theirs, edit)
        return None if text is None else self._set_text(entry, field, text)

    def _candidates(self, source: str) -> Iterator[tuple[Entry, Field]]:
        """Yield the text fields that the line may show, the likeliest first: its own field, its entry, another entry.

        `source` is the text of its own field, "" if that is no text field. Only without it another entry is tried.
        """
        line, origin = self._difference.ours, self._difference.ours.origin
        if origin.question == WHO and not origin.entry:
            return  # the clause of a party or a composed name: the program makes it of several fields
        shown = word_keys(line.text)
        own = self._view.entry(origin.entry)
        near = [row for row in self._view.entries.values() if row.part and origin.entry in row.givers]
        related = (*((own,) if own is not None else ()), *near)
        yield from self._fields_of(related, origin)
        if not word_keys(source):
            # The line shows the text of another entry, if only one has these words. A text equal to a name proves
            # nothing: « Lundi » in a rhythm is not the partner « Lundi » of the line.
            others = list(self._fields_of(self._view.entries.values(), origin))
            with_keys = ((pair, word_keys(pair[0].text(pair[1].id, self._lang))) for pair in others)
            matching = [pair for pair, words in with_keys if words not in self._names and find_words(words, shown) >= 0]
            yield from matching if len(matching) == 1 else ()

    @cached_property
    def _names(self) -> frozenset[tuple[str, ...]]:
        """The names of partners and of their people, as keys to compare."""
        rows = (entry for entry in self._view.entries.values() if entry.question == WHO)
        return frozenset(
            word_keys(entry.text(cell, self._lang))
            for entry in rows for cell in ("name", "short_name") if entry.text(cell, self._lang)
        )  # fmt: skip

    def _fields_of(self, entries: Iterable[Entry], origin: Origin) -> Iterator[tuple[Entry, Field]]:
        """Yield the text fields of entries that have a text and are no name; the line's own field before the others."""
        for entry in entries:
            part = self._part(entry)
            fields = [field for field in part.fields if field.kind in TEXT_KINDS] if part is not None else []
            for field in sorted(fields, key=lambda item: item.id != origin.field):
                if self._is_name(entry, field):
                    continue
                if entry.is_in_use and entry.text(field.id, self._lang):
                    yield entry, field

    def _whole_value(self, field: Field | None) -> Changes | None:
        """Return the changes for a line that is one value (a date, an amount), or the words for a missing one."""
        text, shown = self._value(self._difference.theirs), self._value(self._difference.ours.text)
        entry = self._entry(self._difference.ours.origin)
        if field is None or entry is None:
            return self._new_rows(text)
        if field.kind in TEXT_KINDS:
            return (
                ()
                if word_keys(entry.text(field.id, self._lang)) == word_keys(text)
                else self._set_text(entry, field, text)
            )
        printed = self._printed(entry, field)
        if not printed and text in EMPTY_VALUES and shown not in EMPTY_VALUES:
            return None  # the cell showed the partner whose row it is, which is not the value of the field
        if not printed or word_keys(printed) == word_keys(shown):
            return self._set_value(entry, field, text)
        # The line may show more than the field (« Marie Roy, directrice »): then it is not taken. It may also show the
        # value in other words (« le Collège » for « Collège »), which are read as the same value.
        shows_value = self._set_value(entry, field, shown) == ()
        changes = self._set_value(entry, field, text) if shows_value else None
        return changes or None  # () means that only the article before the same partners changed: nothing can take that

    def _value(self, text: str) -> str:
        """Return the value in a line, on one line and without the label that text files print before it."""
        label = word_keys(self._difference.ours.label)
        words = split_words(text)
        if label and tuple(word.key for word in words[: len(label)]) == label:
            text = text[words[len(label) - 1].end :]
        return one_line(plain_spaces(text)).strip()

    def _printed(self, entry: Entry, field: Field) -> str:
        """Return the value of a field in words; "" for none."""
        value = entry.get(field.id)
        return "" if value is None else format_value(ParseContext(self._guide, self._view, self._lang), field, value)

    def _value_within_line(self, entry: Entry, field: Field) -> Changes | None:
        """Return the changes for a date, an amount, a choice or a reference that is only a part of its line."""
        if field.kind in REFERENCE_KINDS:
            return self._reference(entry, field)
        printed, edit = self._printed(entry, field), self._difference.edit
        assert edit is not None
        text: str | None = self._difference.now.strip("[] ")
        if printed:
            text = carry_edit(printed, self._difference.ours.text, self._difference.theirs, edit)
        return self._set_value(entry, field, text) if text else None

    def _reference(self, entry: Entry, field: Field) -> Changes | None:
        """Return the changes for a line such as « Organisme fiduciaire : X. » that names another partner."""
        values = self._behind_label()
        if values is None:
            return None
        before, after = (one_line(plain_spaces(text)).rstrip(".").strip("[] ") for text in values)
        if self._printed(entry, field) and self._set_value(entry, field, before) != ():
            return None  # our line shows more than the field, or the field has changed since
        return self._set_value(entry, field, after)

    def _new_rows(self, text: str) -> Changes | None:
        """Return the changes that add `text` as a row to the list printed here, which was empty."""
        origin = self._difference.ours.origin
        question = self._guide.by_id.get(origin.question)
        lists = question.lists if question is not None else ()
        part = next(
            (part for part in lists if part.feeds == self._difference.ours.section), lists[0] if lists else None
        )
        lacks_owner = question is not None and question.scope != "project" and not origin.partner
        if part is None or part.store or lacks_owner:
            return None
        subject = (origin.partner,) if origin.partner else ()
        rows = self._list_of(origin.question, part.id, subject)
        if any(
            word_keys(row.text(part.main.id, self._lang)) == word_keys(text) for row in rows if part.main is not None
        ):
            return ()
        empty_row = Entry("", origin.question, part.id, subject)
        cells: dict[str, object] = {"state": "confirmed"} if part.field("state") is not None else {}
        order = order_between(max((row.order for row in rows), default=""), "")
        return self._add_row(empty_row, part, text, order, cells)
