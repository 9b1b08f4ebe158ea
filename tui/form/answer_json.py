"""Answers given as JSON, by `entente answer`, turned into changes. Each line of input is one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tui.form import giving
from tui.form.form import FormContext
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.i18n import _
from tui.partnership.calls import NOTE
from tui.partnership.completion import is_filled, single_entry
from tui.partnership.field_kinds import BadValue, partner_id
from tui.partnership.ids import id_for_key, new_id
from tui.partnership.name_references import short
from tui.partnership.partners import WHO, WHOLE, find, givers
from tui.partnership.privacy import POSITIONS
from tui.partnership.values import REMOVED, Change, Entry, Partnership, Value, answer_id
from tui.partnership.versions import words_seen
from tui.text import moments
from tui.text.clean import is_unseen

OPS = ("set", "add", "remove")  # what a line does with its value
TEXTS = ("draft", "today")  # the text that a position was given on: the draft sent last, or today's
STATES = ("", "to_confirm", "to_discuss", "not_applicable")  # marks of an answer; "" for none


@dataclass
class AnswerChanges:
    """The changes that one line makes, while they are gathered."""

    context: FormContext
    base: int | None = None  # the revision that the author saw; None if the line does not say
    key: str = ""  # the author's own name for the row that the line adds, so that it is added only once; "" once used
    changes: list[Change] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # ids of the rows that were added, changed or removed

    @property
    def partnership(self) -> Partnership:
        """The partnership the answer is given on."""
        return self.context.partnership

    @property
    def guide(self) -> Guide:
        """The guide it follows."""
        return self.context.guide

    def add(self, *changes: Change) -> None:
        """Add changes, based on the revision that the author saw."""
        self.changes += [replace(change, base=self.base) for change in changes]


def answer(guide: Guide, partnership: Partnership, line: Mapping[str, Any]) -> AnswerChanges:
    """Return the changes that one line of `entente answer` asks for (contracts.md, « Commands »).

    Raises BadValue if it is wrong.
    """
    question_id = line.get("question")
    if question_id is None:
        raise BadValue(_("a line names its question; “entente questions” lists them"))
    question = guide.by_id.get(str(question_id))
    if question is None:
        raise BadValue(_("no question is called “{name}”").format(name=short(question_id)))
    op = line.get("op", "set")
    if op not in OPS:
        raise BadValue(_("op is set, add or remove, not “{op}”").format(op=short(op)))
    lang = line.get("lang", partnership.setting("lang", "fr"))
    if lang not in ("fr", "en"):
        raise BadValue(_("lang is fr or en, not “{lang}”").format(lang=short(lang)))
    base = line.get("base")
    if base is not None and (not isinstance(base, int) or isinstance(base, bool)):
        raise BadValue(_("base is the revision a former answer gave, a whole number"))
    if base is not None and not 0 <= base <= partnership.rev:
        sentence = _("no answer gave the revision {base} as base: this partnership is at {rev}")
        raise BadValue(sentence.format(base=short(base), rev=partnership.rev))
    draft = AnswerChanges(FormContext(guide, partnership, lang), base, _read_key(line, op))
    subject = _read_subject(draft, question, line, op)
    if op == "remove":
        _remove(draft, question, subject, line)
    elif line.get("row"):
        _set_row(draft, question, line)
    elif question.id == WHO and op == "add" and not subject:
        _add_partner(draft, question, line.get("value"))
    elif "value" in line:
        _set_value(draft, question, subject, line["value"], op)
    if draft.key:
        raise BadValue(_("key goes with a row that the line adds"))
    if "state" in line:
        _set_state(draft, question, subject or _named_subject(draft, question, line, op), line["state"])
    if "text" in line:
        row = draft.partnership.entry(str(line.get("row")))
        _set_text(draft, row or single_entry(draft.partnership, question.id, subject), line["text"])
    if not draft.changes:
        raise BadValue(_("the line says nothing to change: give a value or a state"))
    return draft


def _read_key(line: Mapping[str, Any], op: object) -> str:
    """Return the key of the row that a line adds; "" if it gives none. Raises BadValue."""
    key = line.get("key")
    if key is None:
        return ""
    if not isinstance(key, str) or not key.strip() or op != "add" or line.get("row"):
        raise BadValue(_("key is a text of your own, and goes with op add"))
    return key


def _row_of_key(draft: AnswerChanges, question: str, part: str, subject: tuple[str, ...]) -> tuple[str, Entry | None]:
    """Return the id of the row to add, and the row itself if a line with the same key has added it before."""
    if not draft.key:
        return new_id(), None
    row_id = id_for_key(question, part, *subject, draft.key)
    earlier_row = draft.partnership.entry(row_id)
    if earlier_row is not None and earlier_row.removed:
        words = _("the row with the key “{key}” was taken out since; another key adds it again")
        raise BadValue(words.format(key=short(draft.key)))
    draft.key = ""  # used up, since a line adds one row by its key
    return row_id, earlier_row


def _read_subject(draft: AnswerChanges, question: Question, line: Mapping[str, Any], op: str) -> tuple[str, ...]:
    """Return the ids of the partners that a line's answer is about: two for a pair, () for the partnership.

    () also for lines that name their partners otherwise, by a row for instance. Raises BadValue.
    """
    partnership = draft.partnership
    if "pair" in line and question.scope in ("pair", "partner_or_pair"):
        pair = line["pair"]
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(item, str) for item in pair):
            raise BadValue(_("pair is a list of two partners"))
        ids = sorted({partner_id(partnership, name) for name in pair})
        if len(ids) != 2:
            raise BadValue(_("a pair is made of two different partners"))
        return tuple(ids)
    if question.scope == "project":
        if line.get("partner"):
            raise BadValue(_("“{name}” is asked once for the partnership, not per partner").format(name=question.id))
        return ()
    partner = line.get("partner")
    if partner is not None:
        if not isinstance(partner, str):
            raise BadValue(_("partner is a partner's id or name, not {value}").format(value=short(partner)))
        return (partner_id(partnership, partner),)
    names_partners = isinstance(line.get("value"), Mapping) and "partners" in line["value"]
    only_state = "value" not in line and "state" in line
    if line.get("row") or names_partners or only_state or (question.id == WHO and op == "add"):
        return ()
    if question.scope == "pair":
        raise BadValue(_("“{name}” is asked of a pair: give pair").format(name=question.id))
    raise BadValue(_("“{name}” is asked per partner: give partner").format(name=question.id))


def _named_subject(draft: AnswerChanges, question: Question, line: Mapping[str, Any], op: str) -> tuple[str, ...]:
    """Return the id of the partner of a line that names none: one it has just added, or one that its row belongs to."""
    if question.scope == "project" or not draft.rows:
        return ()
    if question.id == WHO and op == "add":
        return (draft.rows[0],)
    entry = draft.partnership.entry(str(line.get("row")))
    return () if entry is None else givers(entry)[:1]


def _add_partner(draft: AnswerChanges, question: Question, value: Value) -> None:
    """Add the changes that make a new partner, given by its name or by an object with a name."""
    value = {"name": value} if isinstance(value, str) else value
    if not isinstance(value, Mapping) or is_unseen(str(value.get("name") or "")):
        raise BadValue(_("a new partner needs a name"))
    partner_id_added, earlier = _row_of_key(draft, WHO, "", ())
    if earlier is not None:
        draft.rows.append(earlier.id)
        _set_value(draft, question, earlier.subject, value, "add")
        return
    if find(draft.partnership, str(value["name"])):
        raise BadValue(_("“{name}” is already a partner").format(name=value["name"]))
    entry, changes = giving.new_row(draft.context, Entry(partner_id_added, WHO), question.parts[0], {}, draft.changes)
    draft.rows.append(entry.id)
    draft.add(*changes)
    _set_value(draft, question, entry.subject, value, "add")


def _set_value(draft: AnswerChanges, question: Question, subject: tuple[str, ...], value: Value, op: str) -> None:
    """Add the changes of a value that is given for a whole question.

    It holds fields of the single answer, one row of a list, or lists of rows by the id of their part.
    """
    single, lists = question.single, question.lists
    if not isinstance(value, Mapping):
        if op == "add" and lists:
            are_rows = isinstance(value, list) and len(lists) > 1
            value = {lists[0].id: value if are_rows else [value]}
        elif single is not None and single.main is not None:
            value = {single.main.id: value}
        elif len(lists) == 1:
            value = {lists[0].id: value if isinstance(value, list) else [value]}
        else:
            raise BadValue(_("“{name}” takes an object").format(name=question.id))
    value = dict(value)
    part_name = value.pop("part", None)
    if part_name is not None or _is_row(question, value, op):
        part = question.part(str(part_name)) if part_name is not None else lists[0]
        if part is None or not part.list:
            raise BadValue(_("“{name}” has no list called “{part}”").format(name=question.id, part=part_name))
        _add_row(draft, question, part, subject, value)
        return
    for part in lists:
        rows = value.pop(part.id, [])
        if rows is None:
            continue
        for row in rows if isinstance(rows, list) else [rows]:
            _add_row(draft, question, part, subject, row)
    if value:
        if single is None:
            raise BadValue(_unknown_field(question, value, lists))
        _set_single(draft, question, single, subject, value)


def _is_row(question: Question, value: Mapping[str, Any], op: str) -> bool:
    """Return whether an object without ids of parts is meant as one row of the question's first list."""
    if not question.lists or any(part.id in value for part in question.lists):
        return False
    first, single = question.lists[0], question.single
    if question.id == WHO:
        return False
    fits = [part for part in question.lists if all(part.field(name) is not None for name in value)]
    if single is not None and all(single.field(name) is not None for name in value):
        return op == "add" and first in fits
    return first in fits


def _unknown_field(question: Question, value: Mapping[str, Any], parts: tuple[Part, ...]) -> str:
    """Return the message that names a field the question does not have, and those that it has."""
    fields = (field.id for part in question.parts for field in part.fields)
    known_ids = sorted({*(part.id for part in parts if part.id), *fields})
    unknown = next((key for key in value if key not in known_ids), next(iter(value)))
    return _("“{question}” has no field “{field}”; it has: {known}").format(
        question=question.id, field=unknown, known=", ".join(known_ids)
    )


def _set_single(
    draft: AnswerChanges, question: Question, part: Part, subject: tuple[str, ...], value: Mapping[str, Any]
) -> None:
    """Add the changes that set fields of the single answer of a question, given by id."""
    if question.scope != "project" and not subject:
        raise BadValue(_("“{name}” is asked per partner: give partner").format(name=question.id))
    entry = single_entry(draft.partnership, question.id, subject)
    # The level comes first, because a new level clears the leave to publish; leave given with it is given for it.
    if question.id in POSITIONS:
        value = dict(sorted(value.items(), key=lambda item: item[0] != "level"))
    text = value.get("text")
    if question.id == NOTE and isinstance(text, str) and part.main is not None:
        draft.add(*giving.keep_earlier_call(draft.context, entry, part.main, text))
        entry = single_entry(draft.partnership, question.id, subject)
        if text.strip() and entry.get("on") is None:
            value = {"on": moments.now()[:10], **value}
    draft.add(*_fields(draft, question, part, entry, value))


def _fields(
    draft: AnswerChanges, question: Question, part: Part, entry: Entry, value: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield the changes that set fields, given by id; a text may be given in both languages: {"fr": …, "en": …}."""
    for field_id, raw in value.items():
        guide_field = part.field(field_id)
        if guide_field is None or (guide_field.hidden and guide_field.kind == "record"):
            raise BadValue(_unknown_field(question, {field_id: raw}, (part,)))
        _check_type(guide_field, raw)
        if guide_field.translatable and isinstance(raw, Mapping):
            own_language = draft.partnership.setting("lang", "fr")
            own_first = sorted(raw.items(), key=lambda item: item[0] != own_language)
            for lang, text in own_first:
                if lang not in ("fr", "en"):
                    raise BadValue(_("lang is fr or en, not “{lang}”").format(lang=short(lang)))
                yield from giving.give(FormContext(draft.guide, draft.partnership, lang), entry, guide_field, text)
        else:
            yield from giving.give(draft.context, entry, guide_field, raw)


def _check_type(guide_field: Field, raw: Value) -> None:
    """Raise BadValue if a flag is not given as true or false, or a number not as a whole number."""
    if guide_field.kind == "flag" and raw is not None and not isinstance(raw, bool):
        words = _("“{field}” takes true or false, not {value}")
        raise BadValue(words.format(field=guide_field.id, value=short(json.dumps(raw, ensure_ascii=False))))
    if guide_field.kind == "number" and raw is not None and (isinstance(raw, bool) or not isinstance(raw, int)):
        words = _("“{field}” takes a whole number, not {value}")
        raise BadValue(words.format(field=guide_field.id, value=short(json.dumps(raw, ensure_ascii=False))))


def _add_row(draft: AnswerChanges, question: Question, part: Part, subject: tuple[str, ...], value: Value) -> None:
    """Add the changes that add a row to a list, or change the one that a line with the same key has added."""
    value = {part.main.id: value} if isinstance(value, str) and part.main else value
    if not isinstance(value, Mapping):
        raise BadValue(_("a row of “{name}” is an object").format(name=question.id))
    row_id, earlier_row = _row_of_key(draft, *part.home(question.id), subject)
    if earlier_row is not None:
        draft.rows.append(earlier_row.id)
        draft.add(*_fields(draft, question, part, earlier_row, value))
        return
    empty_row = Entry(row_id, *part.home(question.id), subject)
    cells = {change.cell: change.value for change in _fields(draft, question, part, empty_row, value)}
    if not any(is_filled(cell) for cell in cells.values()):
        raise BadValue(_("a row of “{name}” holds nothing; give at least one of: {fields}").format(
            name=question.id, fields=", ".join(field.id for field in part.fields if not field.hidden)
        ))  # fmt: skip
    row, changes = giving.new_row(draft.context, empty_row, part, cells, draft.changes)
    draft.rows.append(row.id)
    draft.add(*changes)


def _set_row(draft: AnswerChanges, question: Question, line: Mapping[str, Any]) -> None:
    """Add the changes that set fields of the row that a line names by its id; a removed row comes back."""
    entry = _row(draft, question, str(line["row"]))
    part = draft.guide.question(entry.question).part(entry.part)
    draft.rows.append(entry.id)
    value = line.get("value")
    if isinstance(value, str) and part is not None and part.main is not None:
        value = {part.main.id: value}
    if part is not None and isinstance(value, Mapping):
        if entry.removed:
            draft.add(Change(entry.id, entry.question, REMOVED, None, entry.part, entry.subject))
        value = {key: item for key, item in value.items() if key != "part"}
        if part.list or question.id == WHO:
            draft.add(*_fields(draft, question, part, entry, value))
        else:
            _set_single(draft, question, part, entry.subject, value)


def _row(draft: AnswerChanges, question: Question, row_id: str) -> Entry:
    """Return the row of the question that has this id. Raises BadValue if there is none."""
    entry = draft.partnership.entry(row_id)
    homes = {(question.id, ""), *(part.home(question.id) for part in question.parts)}
    homes |= {(question.id, part.id) for part in question.parts}
    if entry is None or (entry.question, entry.part) not in homes:
        raise BadValue(_("“{name}” has no row {row}").format(name=question.id, row=row_id))
    return entry


def _remove(draft: AnswerChanges, question: Question, subject: tuple[str, ...], line: Mapping[str, Any]) -> None:
    """Add the changes that remove a row or a partner, or clear the single answer of a question."""
    if line.get("row") or question.id == WHO:
        entry = _row(draft, question, str(line.get("row") or (subject or ("",))[0]))
        draft.rows.append(entry.id)
        draft.add(giving.remove(entry))
        return
    entry = single_entry(draft.partnership, question.id, subject)
    draft.add(*(Change(entry.id, entry.question, key, None, "", subject) for key in entry.cells))


def _set_state(draft: AnswerChanges, question: Question, subject: tuple[str, ...], state: Value) -> None:
    """Add the change that sets the mark of an answer, one of STATES; None clears it."""
    if state is None:
        state = ""
    if state not in STATES:
        raise BadValue(
            _("state is one of {states}, not “{state}”").format(states=", ".join(STATES[1:]), state=short(state))
        )
    if question.scope != "project" and not subject and state not in ("", "not_applicable"):
        raise BadValue(_("“{name}” is asked per partner: give partner").format(name=question.id))
    if question.id == WHO and not subject:
        entry = Entry(answer_id(WHO), WHO, WHOLE)
    else:
        entry = single_entry(draft.partnership, question.id, subject)
    draft.add(giving.mark(entry, state))


def _set_text(draft: AnswerChanges, position: Entry, text: Value) -> None:
    """Note on which text a position was given: "draft", the one its partner was sent last, or "today".

    Without this a position counts as given on the draft.
    """
    if text not in TEXTS:
        raise BadValue(_("text is one of {texts}, not “{text}”").format(texts=", ".join(TEXTS), text=short(text)))
    gives_level = any(change.cell == "level" and change.value for change in draft.changes)
    has_level_already = not draft.changes and position.get("level")
    if position.question not in POSITIONS or not (gives_level or has_level_already):
        raise BadValue(_("text goes with a partner's position"))
    points_now = draft.context.public.points
    seen_points = points_now if text == "today" else words_seen(draft.partnership, points_now, position.subject[0])
    draft.changes = [change for change in draft.changes if change.cell != "seen"]
    draft.add(Change(position.id, position.question, "seen", dict(seen_points), subject=position.subject))
