"""The changes that put one accepted difference into the field it came from; None where no field is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tui.agreement.blocks import Origin
from tui.comparison.returned_diff import ADDED, CHANGED, MOVED, REMOVED, Difference, OriginalLine
from tui.form.form import FormContext
from tui.form.giving import new_row
from tui.guide.guide_types import Field, Guide, Part
from tui.partnership.changes import apply
from tui.partnership.field_kinds import BadValue, ParseContext, format_value, read_value
from tui.partnership.ids import order_between
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.privacy import is_public, public_view
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import ORDER, Change, Entry, Partnership
from tui.partnership.values import REMOVED as GONE
from tui.text.clean import clean, one_line
from tui.text.word_diff import (
    Edit,
    carried,
    edits,
    end_of_line,
    keys,
    likeness,
    plain_spaces,
    says,
    with_edit,
    within,
    words,
)

REASON = "returned"
_TEXTS = frozenset({"line", "prose", "effort"})
_GONE = 0.3  # a text that shares less with a line does not hold it any more
_STAYS = frozenset({WHO, "extra.title", "extra.name", "extra.groups"})  # too much hangs on these to go with a line
# A row of these with its main field alone would stand nowhere: a person who has no part in it, an article or a task of
# which only half is said.
_SAID_BY_MORE = frozenset({WHO, "extra.articles", "extra.responsibilities"})
# Organisations and persons are references: other words in the place of a name mean another one, never a new name.
_NAMES = frozenset({(WHO, "", "name"), (WHO, "", "short_name"), (WHO, PEOPLE, "name")})
_NOTHING = frozenset({"", "—", "–", "-"})  # what a cell says that holds nothing
_APART = frozenset(",;()")
_REFERENCES = frozenset({"partner", "partners", "someone", "someones"})
_KEPT = ("state", "partners")  # what a new row has in common with the one it is put beside
# The word above the first column, by question and list: drafts of before printed it above a column alone, too.
_HEADS = {
    ("extra.points", "rows"): "open_point",
    ("gather.governance", "bodies"): "body",
    ("gather.governance", "reports"): "report_what",
}
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+")
Changes = tuple[Change, ...]


def taken(
    guide: Guide, partnership: Partnership, difference: Difference, source: str = "", view: Partnership | None = None
) -> Changes | None:
    """The changes that accept a difference: () when the text says it already, None when no field can take it.

    `source` names who proposed it; it stands in the history with the change. `view` is the public view, if at hand.
    """
    if difference.uncertain:
        return None
    known = guide, partnership, view or public_view(guide, partnership), difference
    words, lines = _Words(*known), _Lines(*known)
    made = {CHANGED: words.changed, ADDED: lines.added, REMOVED: lines.removed, MOVED: lines.moved}.get(difference.kind)
    changes = made() if made is not None else None
    if changes is None or not words.may_be_seen(changes):
        return None
    return tuple(replace(change, source=source, reason=REASON) for change in changes)


class _Taker:
    """What taking a difference in needs: the entry and the field of a line, and the changes that set them."""

    def __init__(self, guide: Guide, partnership: Partnership, view: Partnership, difference: Difference) -> None:
        self._guide, self._partnership, self._view, self._one = guide, partnership, view, difference
        self._lang = difference.ours.lang

    def may_be_seen(self, changes: Changes) -> bool:
        """Whether all that the changes set is what anyone may see."""
        after = apply(self._partnership, changes, by="", at="").partnership
        entries = after.entries
        return all(
            is_public(self._guide, after, entries[change.entry], change.cell)
            for change in changes
            if change.entry in entries
        )

    def _part(self, entry: Entry | None) -> Part | None:
        question = self._guide.by_id.get(entry.question) if entry is not None else None
        return question.part(entry.part) if question is not None and entry is not None else None

    def _entry(self, origin: Origin) -> Entry | None:
        """The entry a line comes from; a single answer that was never given is empty."""
        known = self._view.entry(origin.entry)
        if known is not None or not origin.entry:
            return known
        question = self._guide.by_id.get(origin.question)
        single = question is not None and question.scope == "project" and question.single is not None
        return Entry(origin.entry, origin.question) if single and origin.entry == origin.question else None

    def _is_name(self, entry: Entry, field: Field) -> bool:
        return (entry.question, entry.part, field.id) in _NAMES

    def _field(self, origin: Origin) -> Field | None:
        entry = self._entry(origin)
        part = self._part(entry)
        return part.field(origin.field) if part is not None else None

    def _set(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """The text of a field; None where it cannot be emptied: the document shows that of the other language."""
        read = clean(plain_spaces(text)) if field.kind == "prose" else one_line(plain_spaces(text))
        if not read and entry.get(field.cell(self._lang)) is None:
            return None
        return (self._change(entry, field.cell(self._lang), read or None),)

    def _read(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """What is typed in a field that is no text, where it can be understood."""
        try:
            value = read_value(ParseContext(self._guide, self._view, self._lang), field, one_line(plain_spaces(text)))
        except BadValue:
            return None
        if entry.get(field.id) == value or _is_of(entry, field, value):
            return ()
        if field.kind in _REFERENCES and _strangers(value) - _strangers(entry.get(field.id)):
            return None  # a name that nobody here bears: who is meant has to be asked
        return (self._change(entry, field.id, value),)

    def _row(self, home: Entry, part: Part, text: str, order: str, known: dict[str, object]) -> Changes | None:
        if part.main is None or part.main.kind not in _TEXTS or home.question in _SAID_BY_MORE:
            return None
        begins = row_defaults(self._view, part, home.subject) | known
        cells = {ORDER: order, **begins, part.main.cell(self._lang): text}
        home = replace(home, id="", subject=() if "partners" in known else home.subject)
        return tuple(new_row(FormContext(self._guide, self._view, self._lang), home, part, cells)[1])

    def _change(self, entry: Entry, cell: str, value: object) -> Change:
        return Change(entry.id, entry.question, cell, value, entry.part, entry.subject)


def _is_of(entry: Entry, field: Field, value: object) -> bool:
    """Whether partners read from a cell are those whose row it is, though no field of it names them."""
    return field.kind == "partners" and isinstance(value, Mapping) and tuple(value.get("ids", ())) == entry.givers


def _strangers(value: object) -> set[str]:
    """The names in a value that are of no partner and of no person here."""
    found = value if isinstance(value, list) else [value]
    return {str(item["name"]) for item in found if isinstance(item, Mapping) and "name" in item}


class _Words(_Taker):
    """Words put in the place of others."""

    def changed(self) -> Changes | None:
        """Words put in the place of others, in the field that says them."""
        ours = self._one.ours
        if self._one.joined:
            return self._rearranged()
        field = self._field(ours.origin)
        if ours.whole:
            return self._answered(field)
        entry, edit = self._entry(ours.origin), self._one.edit
        typed = field is not None and field.kind in _TEXTS
        if field is None and not ours.origin.entry and ours.owner:
            return self._told_of_owner()
        if field is not None and entry is not None and typed and not entry.text(field.id, self._lang):
            alone = entry.question != WHO and not entry.part  # our words stood there for an answer never given
            return self._set(entry, field, self._one.after) if alone else None
        assert edit is not None
        source = entry.text(field.id, self._lang) if field is not None and entry is not None and typed else ""
        if source and within(keys(self._one.theirs), keys(source)) >= 0 > within(keys(ours.text), keys(source)):
            return ()  # the field reads so already; the same words in another field are not touched
        for found, candidate in self._candidates(source):
            made = self._carried(found, candidate, edit)
            if made is not None:
                return made
        return None if field is None or entry is None or typed else self._valued(entry, field, edit)

    def _rearranged(self) -> Changes | None:
        """Paragraphs of one text that were split or joined; a line of a list holds no two."""
        joined = self._one.joined
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
        new = [keys(part) for part in self._one.theirs.split("\n\n")]
        return any(said[at : at + len(new)] == new for at in range(len(said)))

    def _reworded(self, text: str) -> str | None:
        """A text of ours with their words, in paragraphs as theirs; what did not change is written as ours."""
        pieces = self._one.theirs.split("\n\n")
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
        ours, theirs = self._one.ours, self._one.theirs
        label, colon, value = ours.text.partition(":")
        new_label, _colon, new = theirs.partition(":")
        if not colon or not new.strip() or keys(label) != keys(new_label):
            return None
        known = ParseContext(self._guide, self._view, self._lang)
        found = []
        for entry in self._view.entries.values():
            part = self._part(entry)
            if part is None or part.list or entry.subject != (ours.owner,):
                continue
            for field in part.fields:
                said = entry.get(field.id)
                if field.kind == "choice" and said is not None and (
                    keys(self._guide.choice(field.choices, said, self._lang)) == keys(value)
                    or keys(format_value(known, field, said)) == keys(value)
                ):  # fmt: skip
                    found.append((entry, field))
        return self._read(*found[0], new) if len(found) == 1 else None

    def _carried(self, entry: Entry, field: Field, edit: Edit) -> Changes | None:
        source, ours, theirs = entry.text(field.id, self._lang), self._one.ours, self._one.theirs
        if field.kind != "prose" and theirs.count("\n") > ours.text.count("\n"):
            return None  # a line typed below the item in the same paragraph may be another item
        own = (entry.id, field.id) == (ours.origin.entry, ours.origin.field)
        at = within(keys(source), keys(ours.text))
        if at >= 0 and not at <= edit.start <= edit.end <= at + len(keys(source)):
            return None  # what changed stands beside this field's words
        if not own and edit.start == edit.end and edit.start in (at, at + len(keys(source))) and (
            self._one.now[:1] in _APART or self._one.now[-1:] in _APART
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
        line, origin = self._one.ours, self._one.ours.origin
        if origin.question == WHO and not origin.entry:
            return  # a party's clause, or a name in a form the program makes: composed of several fields, text of none
        said, shown = keys(source), keys(line.text)
        reworded = bool(said) and not line.cell and within(said, shown) < 0 and within(shown, said) < 0
        own = self._view.entry(origin.entry)
        near = [row for row in self._view.entries.values() if row.part and origin.entry in row.subject]
        related = (*((own,) if own is not None else ()), *near)
        yield from self._fields_of(related, origin)
        if not reworded and not (said and within(said, shown) >= 0):
            # Nothing of the line's own is in it: it tells of another entry, where only one says these words.
            others = list(self._fields_of(self._view.entries.values(), origin))
            told = [pair for pair in others if within(keys(pair[0].text(pair[1].id, self._lang)), shown) >= 0]
            yield from told if len(told) == 1 else ()

    def _fields_of(self, entries: Iterable[Entry], origin: Origin) -> Iterator[tuple[Entry, Field]]:
        """The texts of some entries that words of a line may be of, the line's own field first in its entry."""
        for entry in entries:
            part = self._part(entry)
            fields = [field for field in part.fields if field.kind in _TEXTS] if part is not None else []
            for field in sorted(fields, key=lambda item: item.id != origin.field):
                if self._is_name(entry, field):
                    continue
                if entry.stands and entry.text(field.id, self._lang):
                    yield entry, field

    def _answered(self, field: Field | None) -> Changes | None:
        """A hole that was filled, or a value (a date, an amount, a choice) that was written anew."""
        text, shown = self._value(self._one.theirs), self._value(self._one.ours.text)
        entry = self._entry(self._one.ours.origin)
        if field is None or entry is None:
            return self._new_rows(text)
        if field.kind in _TEXTS:
            return () if keys(entry.text(field.id, self._lang)) == keys(text) else self._set(entry, field, text)
        said = self._said(entry, field)
        if not said and text in _NOTHING and shown not in _NOTHING and not self._one.ours.text.startswith("["):
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
        label = keys(self._one.ours.label)
        found = words(text)
        if label and tuple(word.key for word in found[: len(label)]) == label:
            text = text[found[len(label) - 1].end :]
        return one_line(plain_spaces(text)).strip()

    def _said(self, entry: Entry, field: Field) -> str:
        """The value of a field in words; "" where it has none."""
        value = entry.get(field.id)
        return "" if value is None else format_value(ParseContext(self._guide, self._view, self._lang), field, value)

    def _valued(self, entry: Entry, field: Field, edit: Edit) -> Changes | None:
        """A date, an amount or a choice that changed within a line."""
        if field.kind in _REFERENCES:
            return self._referred(entry, field)
        said = self._said(entry, field)
        text = carried(said, self._one.ours.text, self._one.theirs, edit) if said else self._one.now.strip("[] ")
        return None if not text else self._read(entry, field, text)

    def _referred(self, entry: Entry, field: Field) -> Changes | None:
        """« Organisme fiduciaire : X. »: another name behind the label is another partner for the field."""
        shown, told = self._one.ours.text.partition(":"), self._one.theirs.partition(":")
        if not shown[2] or keys(shown[0]) != keys(told[0]):
            return None
        before, after = (one_line(plain_spaces(text)).rstrip(".").strip("[] ") for text in (shown[2], told[2]))
        if self._said(entry, field) and self._read(entry, field, before) != ():
            return None  # the line says more than the field, or something else since
        return self._read(entry, field, after) if after else None

    def _new_rows(self, text: str) -> Changes | None:
        """The first row of a list that had none, for the partner whose list it is: the list that feeds the section."""
        origin = self._one.ours.origin
        question = self._guide.by_id.get(origin.question)
        lists = question.lists if question is not None else ()
        part = next((one for one in lists if one.feeds == self._one.ours.section), lists[0] if lists else None)
        if part is None or part.store or (question is not None and question.scope != "project" and not origin.partner):
            return None
        subject = (origin.partner,) if origin.partner else ()
        rows = self._view.rows(origin.question, part.id, subject)
        if any(keys(row.text(part.main.id, self._lang)) == keys(text) for row in rows if part.main is not None):
            return ()
        home = Entry("", origin.question, part.id, subject)
        known: dict[str, object] = {"state": "confirmed"} if part.field("state") is not None else {}
        return self._row(home, part, text, order_between(max((row.order for row in rows), default=""), ""), known)


class _Lines(_Taker):
    """Lines that came, went or moved."""

    def added(self) -> Changes | None:
        """A line put beside ours: one more row of its list, or one more paragraph of its text."""
        previous, following = self._one.previous, self._one.following
        if self._one.cells and previous is not None:
            return self._table_row(previous)
        for beside, after in ((previous, True), (following, False)):
            if beside is None or beside.section != self._one.ours.section or beside.whole or beside.cell:
                continue
            entry = self._view.entry(beside.origin.entry)
            part = self._part(entry) if entry is not None else None
            field = self._field(beside.origin)
            if entry is None or part is None or field is None:
                continue
            if part.list and field == part.main and entry.question not in _SAID_BY_MORE and entry.stands:
                return self._beside(entry, part, after)
            if field.kind == "prose" and after:
                return self._paragraph(entry, field, beside)
        return None

    def _table_row(self, previous: OriginalLine) -> Changes | None:
        """A row more of a table, each cell read as its field is; None where one of them is not understood."""
        entry = self._view.entry(previous.origin.entry)
        part = self._part(entry)
        if entry is None or part is None or not part.list or part.main is None:
            return None
        texts = {field: one_line(plain_spaces(text)) for field, text in self._one.cells}
        if texts.get(part.main.id, "") in _NOTHING:
            return None
        if self._told_by_one_entry(part, texts):
            return ()
        made = self._beside(entry, part, after=True, text=texts.pop(part.main.id, ""))
        if not made:
            return made
        if entry.subject and not entry.get("partners") and "partners" not in texts:
            return None  # whose row it is cannot be told
        row = self._view.entry(made[0].entry) or Entry(made[0].entry, entry.question, entry.part, entry.subject)
        for name, text in texts.items():
            field = part.field(name)
            if text in _NOTHING:
                continue
            told = None if field is None else (
                self._set(row, field, text) if field.kind in _TEXTS else self._read(row, field, text)
            )  # fmt: skip
            if told is None:
                return None  # half a row would say something else
            made += told
        return made

    def _told_by_one_entry(self, part: Part, texts: Mapping[str, str]) -> bool:
        """Whether one entry holds all the words of a row already, as a contribution holds its time."""
        fields = {field.id for field in part.fields if field.kind in _TEXTS}
        wanted = {keys(text) for name, text in texts.items() if name in fields and text not in _NOTHING}
        return len(wanted) > 1 and any(
            wanted <= {keys(entry.text(name, self._lang)) for name in {cell.partition("@")[0] for cell in entry.cells}}
            for entry in self._view.entries.values()
            if entry.stands
        )

    def _beside(self, entry: Entry, part: Part, after: bool, text: str | None = None) -> Changes | None:
        text = one_line(plain_spaces(self._one.after)) if text is None else text
        rows = [row for row in self._partnership.rows(entry.question, entry.part) if row.subject == entry.subject]
        head = _HEADS.get((entry.question, entry.part))
        if not text or (head is not None and keys(text) == keys(self._guide.word(head, self._lang))):
            return None
        if part.main is None or any(keys(row.text(part.main.id, self._lang)) == keys(text) for row in rows):
            return None if part.main is None else ()
        at = next((at for at, row in enumerate(rows) if row.id == entry.id), len(rows) - 1)
        first, last = (at, at + 1) if after else (at - 1, at)
        order = order_between(rows[first].order if first >= 0 else "", rows[last].order if last < len(rows) else "")
        return self._row(entry, part, text, order, {key: entry.get(key) for key in _KEPT if entry.get(key) is not None})

    def _paragraph(self, entry: Entry, field: Field, beside: OriginalLine) -> Changes | None:
        source, text = entry.text(field.id, self._lang), clean(plain_spaces(self._one.after)).strip()
        if within(keys(text), keys(source)) >= 0:
            return ()
        end = end_of_line(source, beside.text)
        if end < 0:
            return None
        marker = _MARKER.match(source[source.rfind("\n", 0, end) + 1 : end])
        said = f"\n{marker[0]}{one_line(text)}" if marker else f"\n\n{text}"
        return self._set(entry, field, source[:end] + said + source[end:])

    def removed(self) -> Changes | None:
        """A line taken out: its row, or its paragraph."""
        ours = self._one.ours
        entry = self._partnership.entry(ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        field = self._field(ours.origin)
        if entry is None or part is None or entry.question in _STAYS or (part.list and ours.again):
            return None
        if entry.removed:
            return ()
        if part.list and part.main is not None and entry.id in self._view.entries:
            said = keys(entry.text(part.main.id, self._lang))
            whole = said and within(said, keys(ours.text)) >= 0
            return (self._change(entry, GONE, True),) if whole else None
        if field is None or field.kind not in _TEXTS:
            return None
        source = entry.text(field.id, self._lang)
        if within(keys(ours.text), keys(source)) < 0:
            return () if likeness(ours.text, source) < _GONE else None
        text = carried(source, ours.text, "", Edit(0, len(keys(ours.text)), 0, 0))
        if text is None:
            return None
        kept = [line for line in text.split("\n") if not _MARKER.fullmatch(f"{line} ")]  # the mark of the item goes too
        return self._set(entry, field, re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n"))

    def moved(self) -> Changes | None:
        """A row of a list that goes to another place of it."""
        difference = self._one
        entry = self._view.entry(difference.ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        if entry is None or part is None or not part.list or not entry.stands:
            return None
        beside = [
            self._view.entry(line.origin.entry) if line else None
            for line in (difference.previous, difference.following)
        ]
        siblings = self._partnership.rows(entry.question, entry.part)
        rows = [row for row in siblings if row.id != entry.id and row.givers == entry.givers]
        first = next((at for at, row in enumerate(rows) if beside[0] is not None and row.id == beside[0].id), None)
        last = next((at for at, row in enumerate(rows) if beside[1] is not None and row.id == beside[1].id), None)
        if first is None and last is None:
            return None
        at = first + 1 if first is not None else last or 0
        before, behind = rows[at - 1].order if at else "", rows[at].order if at < len(rows) else ""
        if before < entry.order and (not behind or entry.order < behind):
            return ()
        return (self._change(entry, ORDER, order_between(before, behind)),)
