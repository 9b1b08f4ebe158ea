"""What a partner or a person does in a partnership, role by role: where each is named, and somebody else put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.meetings import HELD, PRESENCE
from tui.partnership.outcomes import GIVEN, ROWS, is_closed, outcomes
from tui.partnership.values import Change, Entry, Partnership, Value

COMMITMENTS = "open.contributions"
PARTNER, PERSON = "partner", "person"
_PAST = frozenset({(HELD, PRESENCE), ("follow.signatures", "rows"), ("follow.annexes", "rows"), ("note.sent", "rows")})


@dataclass(frozen=True, slots=True)
class Role:
    """One field that names somebody: its entry, its question and part, and the field; `shared` beside others.

    An `own` one names nobody: it is what a partner alone undertook, which another may take over.
    """

    entry: str
    question: str
    part: str
    field: str
    shared: bool = False
    own: bool = False

    @property
    def key(self) -> str:
        """What tells it from the other roles."""
        return f"{self.entry}/{self.field}"


def roles_of(guide: Guide, partnership: Partnership, name: str) -> tuple[Role, ...]:
    """Return the roles of a partner or a person (its id), in the order of the guide; what is past is none.

    What belongs to a partner alone (its own answers, its people) is none either: it leaves with the partner.
    """
    found = []
    for question in guide.by_id.values():
        for part in question.parts:
            for field in part.fields:
                if (question.id, part.id) not in _PAST and not field.hidden:
                    found += list(_in_field(partnership, question, part, field, name))
    return tuple(found)


def _in_field(partnership: Partnership, question: Question, part: Part, field: Field, name: str) -> Iterator[Role]:
    for entry in partnership.by_part.get((question.id, part.id), ()):
        named = ids_in(field, entry.get(field.id))
        if name in named:
            yield Role(entry.id, question.id, part.id, field.id, len(named) > 1)


def own_commitments(partnership: Partnership, name: str) -> tuple[Role, ...]:
    """Return what a partner alone undertook, as roles: until another takes it over, or it is said to have ended."""
    noted = outcomes(partnership)
    rows = partnership.by_giver.get((COMMITMENTS, ROWS, name), ())
    return tuple(
        Role(row.id, COMMITMENTS, ROWS, "partners", own=True)
        for row in rows
        if row.get("state") in GIVEN and row.givers == row.subject == (name,) and not is_closed(noted.get(row.id, ()))
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
        return tuple(text for each in value if isinstance(each, Mapping) for text in _of_someone(each))
    return ()


def _of_someone(value: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(str(value[kind]) for kind in (PARTNER, PERSON) if isinstance(value.get(kind), str))


def replaced(guide: Guide, partnership: Partnership, role: Role, old: str, new: str) -> Change | None:
    """Return the change that puts `new` (an id, "" for nobody) where a role names `old`; None if it no longer does."""
    entry = partnership.entry(role.entry)
    part = guide.question(role.question).part(role.part)
    field = part.field(role.field) if part is not None else None
    if entry is not None and role.own and new and entry.givers == (old,):
        return Change(entry.id, entry.question, role.field, {"ids": [new], "group": ""}, entry.part, entry.subject)
    if entry is None or field is None or old not in ids_in(field, entry.get(role.field)):
        return None
    return Change(entry.id, entry.question, role.field, _value(field, entry, old, new), entry.part, entry.subject)


def _value(field: Field, entry: Entry, old: str, new: str) -> Value:
    value = entry.get(field.id)
    if field.kind == "partner":
        return new or None
    if field.kind == "partners":
        ids = list(dict.fromkeys(new if name == old else name for name in value["ids"]))
        kept = [item for item in ids if item]
        return {**value, "ids": kept, "group": ""} if kept else None
    if field.kind == "someone":
        return _someone(value, old, new)
    changed = [_someone(each, old, new) if isinstance(each, Mapping) else each for each in value]
    return [item for item in changed if item] or None


def _someone(value: Mapping[str, Value], old: str, new: str) -> Value:
    kind = next((kind for kind in (PARTNER, PERSON) if value.get(kind) == old), "")
    if not kind:
        return dict(value)
    return {kind: new} if new else None
