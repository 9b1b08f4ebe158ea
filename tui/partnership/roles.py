"""The roles of a partner or a person: each field that names it, and the change that names somebody else there.

They are handed over when a partner or a person leaves (workspace.departures).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.meetings import HELD, PRESENCE
from tui.partnership.outcomes import GIVEN, ROWS, is_closed, outcomes
from tui.partnership.values import Change, Entry, Partnership, Value

COMMITMENTS = "open.contributions"
PARTNER, PERSON = "partner", "person"
# The lists (question, part) of past events: whom they name is no role to hand over.
_PAST = frozenset({(HELD, PRESENCE), ("follow.signatures", "rows"), ("follow.annexes", "rows"), ("note.sent", "rows")})


@dataclass(frozen=True, slots=True)
class Role:
    """One field of an entry that names somebody."""

    entry: str
    question: str
    part: str
    field: str
    shared: bool = False  # whether it names others as well
    own: bool = False  # whether it is instead a commitment of one partner, which another may take over

    @property
    def key(self) -> str:
        """A text that identifies the role."""
        return f"{self.entry}/{self.field}"


def roles_of(guide: Guide, partnership: Partnership, member_id: str) -> tuple[Role, ...]:
    """Return the roles of a partner or a person, in the order of the guide.

    Past events are not roles, nor are a partner's own answers and people, which leave with it.
    """
    found = []
    for question in guide.by_id.values():
        for part in question.parts:
            for field in part.fields:
                if (question.id, part.id) not in _PAST and not field.hidden:
                    found += list(_in_field(partnership, question, part, field, member_id))
    return tuple(found)


def _in_field(partnership: Partnership, question: Question, part: Part, field: Field, member_id: str) -> Iterator[Role]:
    for entry in partnership.by_part.get((question.id, part.id), ()):
        named = ids_in(field, entry.get(field.id))
        if member_id in named:
            yield Role(entry.id, question.id, part.id, field.id, len(named) > 1)


def own_commitments(partnership: Partnership, partner_id: str) -> tuple[Role, ...]:
    """Return the commitments that a partner made alone, as roles, without those that are closed."""
    noted = outcomes(partnership)
    rows = partnership.by_giver.get((COMMITMENTS, ROWS, partner_id), ())
    return tuple(
        Role(row.id, COMMITMENTS, ROWS, "partners", own=True)
        for row in rows
        if row.get("state") in GIVEN
        and row.givers == row.subject == (partner_id,)
        and not is_closed(noted.get(row.id, ()))
    )


def ids_in(field: Field, value: Value) -> tuple[str, ...]:
    """Return the ids of partners and people that a value of a field names."""
    if field.kind == "partner" and isinstance(value, str):
        return (value,)
    if field.kind == "partners" and isinstance(value, Mapping):
        return tuple(value.get("ids", ()))
    if field.kind == "someone" and isinstance(value, Mapping):
        return _of_someone(value)
    if field.kind == "someones" and isinstance(value, list):
        return tuple(member_id for item in value if isinstance(item, Mapping) for member_id in _of_someone(item))
    return ()


def _of_someone(value: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(str(value[kind]) for kind in (PARTNER, PERSON) if isinstance(value.get(kind), str))


def replaced(guide: Guide, partnership: Partnership, role: Role, old: str, new: str) -> Change | None:
    """Return the change that names `new` (id, "" for nobody) instead of `old` in a role; None if `old` is not there."""
    entry = partnership.entry(role.entry)
    part = guide.question(role.question).part(role.part)
    field = part.field(role.field) if part is not None else None
    if entry is not None and role.own and new and entry.givers == (old,):
        return Change(entry.id, entry.question, role.field, {"ids": [new], "group": ""}, entry.part, entry.subject)
    if entry is None or field is None or old not in ids_in(field, entry.get(role.field)):
        return None
    return Change(entry.id, entry.question, role.field, _value(field, entry, old, new), entry.part, entry.subject)


def _value(field: Field, entry: Entry, old: str, new: str) -> Value:
    """Return the value of a field with `new` in place of `old`; None if it names nobody then."""
    value = entry.get(field.id)
    if field.kind == "partner":
        return new or None
    if field.kind == "partners":
        ids = list(dict.fromkeys(new if member_id == old else member_id for member_id in value["ids"]))
        kept = [item for item in ids if item]
        return {**value, "ids": kept, "group": ""} if kept else None
    if field.kind == "someone":
        return _someone(value, old, new)
    changed = [_someone(item, old, new) if isinstance(item, Mapping) else item for item in value]
    return [item for item in changed if item] or None


def _someone(value: Mapping[str, Value], old: str, new: str) -> Value:
    kind = next((kind for kind in (PARTNER, PERSON) if value.get(kind) == old), "")
    if not kind:
        return dict(value)
    return {kind: new} if new else None
