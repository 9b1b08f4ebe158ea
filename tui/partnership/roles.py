"""Finds the fields that name a partner or a person (its roles), and makes the change that names somebody else there.

`workspace.departures` uses it to hand the roles over when a partner or a person leaves.
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
# The lists (question, part) of past events: being named in them is not a role.
_PAST = frozenset({(HELD, PRESENCE), ("follow.signatures", "rows"), ("follow.annexes", "rows"), ("note.sent", "rows")})


@dataclass(frozen=True, slots=True)
class Role:
    """One field of an entry that names a partner or a person; the first four attributes are ids."""

    entry: str
    question: str
    part: str
    field: str
    shared: bool = False  # whether the field names others as well
    own: bool = False  # whether the entry is a commitment that one partner made alone, and `field` names that partner

    @property
    def key(self) -> str:
        """A text that identifies the role."""
        return f"{self.entry}/{self.field}"


def roles_of(guide: Guide, partnership: Partnership, member_id: str) -> tuple[Role, ...]:
    """Return the roles of a partner or a person (id), in the order of the guide, without those in past events.

    A partner's own answers and people are not among them: they belong to it (as `subject`), but no field names it.
    """
    roles = []
    for question in guide.by_id.values():
        for part in question.parts:
            for field in part.fields:
                if (question.id, part.id) not in _PAST and not field.hidden:
                    roles += list(_roles_in_field(partnership, question, part, field, member_id))
    return tuple(roles)


def _roles_in_field(
    partnership: Partnership, question: Question, part: Part, field: Field, member_id: str
) -> Iterator[Role]:
    for entry in partnership.by_part.get((question.id, part.id), ()):
        named = ids_in(field, entry.get(field.id))
        if member_id in named:
            yield Role(entry.id, question.id, part.id, field.id, shared=len(named) > 1)


def own_commitments(partnership: Partnership, partner_id: str) -> tuple[Role, ...]:
    """Return the commitments that a partner made alone, as roles, without those that are closed."""
    outcomes_by_entry = outcomes(partnership)
    alone = (partner_id,)
    rows = partnership.by_giver.get((COMMITMENTS, ROWS, partner_id), ())
    return tuple(
        Role(row.id, COMMITMENTS, ROWS, "partners", own=True)
        for row in rows
        if row.get("state") in GIVEN  # promised, not only wished for
        # Its own answer (`subject`), not given over to others since (`givers`).
        and row.subject == alone
        and row.givers == alone
        and not is_closed(outcomes_by_entry.get(row.id, ()))
    )


def ids_in(field: Field, value: Value) -> tuple[str, ...]:
    """Return the ids of partners and people that a value of a field names; () for a field that names nobody.

    By the kind of the field its value is: "partner" an id, "partners" {"ids": [ids], "group": the id of a group,
    "all" or ""}, "someone" {"partner": id} or {"person": id} or free text, "someones" a list of these.
    """
    if field.kind == "partner" and isinstance(value, str):
        return (value,)
    if field.kind == "partners" and isinstance(value, Mapping):
        return tuple(value.get("ids", ()))
    if field.kind == "someone" and isinstance(value, Mapping):
        return _someone_ids(value)
    if field.kind == "someones" and isinstance(value, list):
        return tuple(member_id for item in value if isinstance(item, Mapping) for member_id in _someone_ids(item))
    return ()


def _someone_ids(value: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the id in a value of the kind "someone", as a tuple of one; () if it names none."""
    return tuple(str(value[kind]) for kind in (PARTNER, PERSON) if isinstance(value.get(kind), str))


def role_change(guide: Guide, partnership: Partnership, role: Role, old: str, new: str) -> Change | None:
    """Return the change that names `new` (id, "" for nobody) instead of `old` (id) in a role.

    None if the role does not name `old` any more.
    """
    entry = partnership.entry(role.entry)
    part = guide.question(role.question).part(role.part)
    field = part.field(role.field) if part is not None else None
    if entry is not None and role.own and new and entry.givers == (old,):
        # The field may be empty here, since the subject of the entry then gives: it is set, not searched for `old`.
        return Change(entry.id, entry.question, role.field, {"ids": [new], "group": ""}, entry.part, entry.subject)
    if entry is None or field is None or old not in ids_in(field, entry.get(role.field)):
        return None
    return Change(entry.id, entry.question, role.field, _value_with(field, entry, old, new), entry.part, entry.subject)


def _value_with(field: Field, entry: Entry, old: str, new: str) -> Value:
    """Return the value of a field with `new` in place of `old`; None if it names nobody then."""
    value = entry.get(field.id)
    if field.kind == "partner":
        return new or None
    if field.kind == "partners":
        ids = list(dict.fromkeys(new if member_id == old else member_id for member_id in value["ids"]))
        remaining = [member_id for member_id in ids if member_id]
        return {**value, "ids": remaining, "group": ""} if remaining else None
    if field.kind == "someone":
        return _someone_with(value, old, new)
    changed = [_someone_with(item, old, new) if isinstance(item, Mapping) else item for item in value]
    return [item for item in changed if item] or None


def _someone_with(value: Mapping[str, Value], old: str, new: str) -> Value:
    """Return a value of the kind "someone" with `new` in place of `old`; None if it names nobody then."""
    kind = next((kind for kind in (PARTNER, PERSON) if value.get(kind) == old), "")
    if not kind:
        return dict(value)
    return {kind: new} if new else None
