"""The changes that put one accepted difference into the field it came from; None where no field is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from tui.agreement.blocks import Origin
from tui.comparison.field_changes import NOTHING, REFERENCES, TEXTS, Changes, FieldChanges
from tui.comparison.line_changes import LineChanges
from tui.comparison.returned_diff import ADDED, CHANGED, MOVED, REMOVED, Difference
from tui.guide.guide_types import Field, Guide
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.ids import order_between
from tui.partnership.partners import WHO
from tui.partnership.privacy import public_view
from tui.partnership.values import Entry, Partnership
from tui.text.clean import one_line
from tui.text.word_diff import (
    carried,
    edits,
    keys,
    plain_spaces,
    says,
    with_edit,
    within,
    words,
)

REASON = "returned"
_APART = frozenset(",;()")


def taken(
    guide: Guide, partnership: Partnership, difference: Difference, source: str = "", view: Partnership | None = None
) -> Changes | None:
    """The changes that accept a difference: () when the text says it already, None when no field can take it.

    `source` names who proposed it; it stands in the history with the change. `view` is the public view, if at hand.
    """
    if difference.uncertain:
        return None
    known = guide, partnership, view or public_view(guide, partnership), difference
    words, lines = _Words(*known), LineChanges(*known)
    made = {CHANGED: words.changed, ADDED: lines.added, REMOVED: lines.removed, MOVED: lines.moved}.get(difference.kind)
    changes = made() if made is not None else None
    if changes is None or not words.may_be_seen(changes):
        return None
    return tuple(replace(change, source=source, reason=REASON) for change in changes)


class _Words(FieldChanges):
    """Words put in the place of others."""

    def changed(self) -> Changes | None:
        """Words put in the place of others, in the field that says them."""
        ours = self._difference.ours
        value = keys(self._value(self._difference.theirs))
        if ours.label and value in ((), keys(self._value(ours.text))):
            # A row of a table comes back without its labels. Elsewhere a label is a word of the program, which is
            # listed, and so is a value that was emptied, as an emptied cell is.
            return () if ours.row and value else None
        if self._difference.joined:
            return self._rearranged()
        field = self._field(ours.origin)
        if ours.whole:
            return self._answered(field)
        entry = self._entry(ours.origin)
        if field is None and not ours.origin.entry and ours.owner:
            return self._told_of_owner()
        if field is None or entry is None:
            return self._in_texts("")
        if field.kind not in TEXTS:
            made = self._in_texts("")
            return self._valued(entry, field) if made is None else made
        source = entry.text(field.id, self._lang)
        if not source:
            alone = entry.question != WHO and not entry.part  # our words stood there for an answer never given
            return self._set(entry, field, self._difference.after) if alone else None
        if within(keys(self._difference.theirs), keys(source)) >= 0 > within(keys(ours.text), keys(source)):
            return ()  # the field reads so already; the same words in another field are not touched
        return self._in_texts(source)

    def _in_texts(self, source: str) -> Changes | None:
        """Words put into the first of the texts that take them; the line's own is `source`, "" where it is no text."""
        for found, candidate in self._candidates(source):
            made = self._carried(found, candidate)
            if made is not None:
                return made
        return None

    def _rearranged(self) -> Changes | None:
        """Paragraphs of one text that were split or joined; a line of a list holds no two."""
        joined = self._difference.joined
        entry, field = self._entry(joined[0].origin), self._field(joined[0].origin)
        if entry is None or field is None or field.kind != "prose":
            return None
        paragraphs = re.split(r"\n{2,}", entry.text(field.id, self._lang))
        wanted, said = [keys(line.text) for line in joined], [keys(paragraph) for paragraph in paragraphs]
        places = [at for at in range(len(said)) if said[at : at + len(wanted)] == wanted]
        if len(places) != 1:
            return () if self._stands_already(said) else None
        first, last = places[0], places[0] + len(wanted)
        new = self._reworded(" ".join(paragraphs[first:last]))
        return None if new is None else self._set(
            entry, field, "\n\n".join([*paragraphs[:first], new, *paragraphs[last:]])
        )  # fmt: skip

    def _stands_already(self, said: list[tuple[str, ...]]) -> bool:
        """Whether the paragraphs of a text are divided as theirs already."""
        new = [keys(part) for part in self._difference.theirs.split("\n\n")]
        return any(said[at : at + len(new)] == new for at in range(len(said)))

    def _reworded(self, text: str) -> str | None:
        """A text of ours with their words, in paragraphs as theirs; what did not change is written as ours."""
        pieces = self._difference.theirs.split("\n\n")
        theirs = " ".join(pieces)
        for edit in reversed(edits(text, theirs)):
            text = with_edit(text, theirs, edit)
        if keys(text) != keys(theirs):
            return None
        found, end = words(text), 0
        for piece in pieces[:-1]:
            end += len(keys(piece))
            before, after = found[end - 1].end, found[end].start
            text = text[:before] + "\n" * (after - before) + text[after:]  # as long as the spaces: places stay
        return re.sub(r"\n+", "\n\n", text)

    def _told_of_owner(self) -> Changes | None:
        """« Niveau d'implication : consulté »: a value that the program says of a partner, in a line of its own."""
        told = self._behind_label()
        if told is None:
            return None
        value, new = told
        found = []
        for entry in self._view.entries.values():
            part = self._part(entry)
            if part is None or part.list or entry.subject != (self._difference.ours.owner,):
                continue
            for field in part.fields:
                if field.kind == "choice" and (said := self._said(entry, field)) and keys(said) == keys(value):
                    found.append((entry, field))
        return self._read(*found[0], new) if len(found) == 1 else None

    def _behind_label(self) -> tuple[str, str] | None:
        """What stands behind the label of a line, in ours and in theirs; None where theirs has another label."""
        (label, colon, shown), (new_label, _colon, told) = (
            text.partition(":") for text in (self._difference.ours.text, self._difference.theirs)
        )
        return (shown, told) if colon and keys(label) == keys(new_label) else None

    def _carried(self, entry: Entry, field: Field) -> Changes | None:
        source, ours, theirs = entry.text(field.id, self._lang), self._difference.ours, self._difference.theirs
        edit = self._difference.edit
        assert edit is not None
        if field.kind != "prose" and theirs.count("\n") > ours.text.count("\n"):
            return None  # a line typed below the item in the same paragraph may be another item
        own = (entry.id, field.id) == (ours.origin.entry, ours.origin.field)
        at = within(keys(source), keys(ours.text))
        if at >= 0 and not at <= edit.start <= edit.end <= at + len(keys(source)):
            return None  # what changed stands beside this field's words
        if not own and edit.start == edit.end and edit.start in (at, at + len(keys(source))) and (
            self._difference.now[:1] in _APART or self._difference.now[-1:] in _APART
        ):  # fmt: skip
            return None  # put in beside the words of one field in a line of several: it says something by itself
        if at < 0 and not own:
            there = within(keys(source), keys(theirs)) >= 0
            return () if there and says(source, theirs, edit) else None
        if says(source, theirs, edit):
            return ()
        text = carried(source, ours.text, theirs, edit)
        return None if text is None else self._set(entry, field, text)

    def _candidates(self, source: str) -> Iterator[tuple[Entry, Field]]:
        """The texts that may stand in the line, the likeliest first: its own field, its entry, then one of others.

        A line whose own field (`source`, "" where it is no text) was reworded since is no line of others.
        """
        line, origin = self._difference.ours, self._difference.ours.origin
        if origin.question == WHO and not origin.entry:
            return  # a party's clause, or a name in a form the program makes: composed of several fields, text of none
        said, shown = keys(source), keys(line.text)
        own = self._view.entry(origin.entry)
        near = [row for row in self._view.entries.values() if row.part and origin.entry in row.givers]
        related = (*((own,) if own is not None else ()), *near)
        yield from self._fields_of(related, origin)
        if not said:
            # Nothing of the line's own is in it: it tells of another entry, where only one says these words. What is
            # a name says nothing of that: « Lundi » in a rhythm is not the partner « Lundi » of the line.
            others = list(self._fields_of(self._view.entries.values(), origin))
            found = ((pair, keys(pair[0].text(pair[1].id, self._lang))) for pair in others)
            told = [pair for pair, words in found if words not in self._names and within(words, shown) >= 0]
            yield from told if len(told) == 1 else ()

    @cached_property
    def _names(self) -> frozenset[tuple[str, ...]]:
        """The names of partners and of their people, as words to compare."""
        rows = (entry for entry in self._view.entries.values() if entry.question == WHO)
        return frozenset(
            keys(entry.text(cell, self._lang))
            for entry in rows for cell in ("name", "short_name") if entry.text(cell, self._lang)
        )  # fmt: skip

    def _fields_of(self, entries: Iterable[Entry], origin: Origin) -> Iterator[tuple[Entry, Field]]:
        """The texts of some entries that words of a line may be of, the line's own field first in its entry."""
        for entry in entries:
            part = self._part(entry)
            fields = [field for field in part.fields if field.kind in TEXTS] if part is not None else []
            for field in sorted(fields, key=lambda item: item.id != origin.field):
                if self._is_name(entry, field):
                    continue
                if entry.stands and entry.text(field.id, self._lang):
                    yield entry, field

    def _answered(self, field: Field | None) -> Changes | None:
        """A hole that was filled, or a value (a date, an amount, a choice) that was written anew."""
        text, shown = self._value(self._difference.theirs), self._value(self._difference.ours.text)
        entry = self._entry(self._difference.ours.origin)
        if field is None or entry is None:
            return self._new_rows(text)
        if field.kind in TEXTS:
            return () if keys(entry.text(field.id, self._lang)) == keys(text) else self._set(entry, field, text)
        said = self._said(entry, field)
        if not said and text in NOTHING and shown not in NOTHING and not self._difference.ours.text.startswith("["):
            return None  # what stood there is of the row itself (whose row it is): the field cannot be emptied of it
        # A line that says more than the field (« Marie Roy, directrice ») would go into it with what is not its own.
        ours = shown
        # The document calls partners by their articles (« le Collège »), the field does not: what reads as it is it.
        if not said or keys(said) == keys(ours):
            return self._read(entry, field, text)
        made = self._read(entry, field, text) if self._read(entry, field, ours) == () else None
        return made or None  # another article for the same partners is no other value, and the text goes on without it

    def _value(self, text: str) -> str:
        """The value of a line, without the label that the text form prints before it."""
        label = keys(self._difference.ours.label)
        found = words(text)
        if label and tuple(word.key for word in found[: len(label)]) == label:
            text = text[found[len(label) - 1].end :]
        return one_line(plain_spaces(text)).strip()

    def _said(self, entry: Entry, field: Field) -> str:
        """The value of a field in words; "" where it has none."""
        value = entry.get(field.id)
        return "" if value is None else format_value(ParseContext(self._guide, self._view, self._lang), field, value)

    def _valued(self, entry: Entry, field: Field) -> Changes | None:
        """A date, an amount or a choice that changed within a line."""
        if field.kind in REFERENCES:
            return self._referred(entry, field)
        said, edit = self._said(entry, field), self._difference.edit
        assert edit is not None
        text = (
            carried(said, self._difference.ours.text, self._difference.theirs, edit)
            if said
            else self._difference.now.strip("[] ")
        )
        return None if not text else self._read(entry, field, text)

    def _referred(self, entry: Entry, field: Field) -> Changes | None:
        """« Organisme fiduciaire : X. »: another name behind the label is another partner for the field."""
        told = self._behind_label()
        if told is None:
            return None
        before, after = (one_line(plain_spaces(text)).rstrip(".").strip("[] ") for text in told)
        if self._said(entry, field) and self._read(entry, field, before) != ():
            return None  # the line says more than the field, or something else since
        return self._read(entry, field, after)

    def _new_rows(self, text: str) -> Changes | None:
        """The first row of a list that had none, for the partner whose list it is: the list that feeds the section."""
        origin = self._difference.ours.origin
        question = self._guide.by_id.get(origin.question)
        lists = question.lists if question is not None else ()
        part = next(
            (part for part in lists if part.feeds == self._difference.ours.section), lists[0] if lists else None
        )
        if part is None or part.store or (question is not None and question.scope != "project" and not origin.partner):
            return None
        subject = (origin.partner,) if origin.partner else ()
        rows = self._list_of(origin.question, part.id, subject)
        if any(keys(row.text(part.main.id, self._lang)) == keys(text) for row in rows if part.main is not None):
            return ()
        home = Entry("", origin.question, part.id, subject)
        known: dict[str, object] = {"state": "confirmed"} if part.field("state") is not None else {}
        return self._row(home, part, text, order_between(max((row.order for row in rows), default=""), ""), known)
