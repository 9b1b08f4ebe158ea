"""Tests of roles: every kind of field that names somebody, and no past event."""

from __future__ import annotations

from tests.partnership.told import GUIDE, Told
from tui.partnership.roles import role_change, roles_of


def test_every_kind_of_field_is_found_and_replaced() -> None:
    told = Told("Université", "Clinique", "Refuge")
    old, new = told.ids["Clinique"], told.ids["Refuge"]
    told.say("gather.lead", {"partner": "Clinique"}, op="add")
    told.say("gather.objectives", {"text": "un guide", "owner": "Clinique"}, op="add")
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["Université", "Clinique"]}]})
    told.say("open.contributions", {"text": "prêter", "partners": ["Université", "Clinique"]}, "Université", op="add")
    roles = roles_of(GUIDE, told.partnership, old)
    assert {(one.question, one.field, one.shared) for one in roles} == {
        ("gather.lead", "partner", False), ("gather.objectives", "owner", False),
        ("gather.governance", "members", True), ("open.contributions", "partners", True),
    }  # fmt: skip
    for role in roles:
        change = role_change(GUIDE, told.partnership, role, old, new)
        assert change is not None
        told.take(change)
        assert role_change(GUIDE, told.partnership, role, old, new) is None
    assert roles_of(GUIDE, told.partnership, old) == ()
    assert len(roles_of(GUIDE, told.partnership, new)) == 4


def test_nobody_takes_a_role_out_of_a_list_or_empties_it() -> None:
    told = Told("Université", "Clinique")
    one = told.ids["Clinique"]
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["Université", "Clinique"]}]})
    told.say("gather.lead", {"partner": "Clinique"}, op="add")
    values = {}
    for role in roles_of(GUIDE, told.partnership, one):
        change = role_change(GUIDE, told.partnership, role, one, "")
        assert change is not None
        values[role.field] = change.value
    assert values == {"members": [{"partner": told.ids["Université"]}], "partner": None}


def test_meetings_held_and_signatures_are_no_roles() -> None:
    told = Told("Université", "Clinique")
    told.say("meeting.held", {"presence": [{"who": "Clinique"}]})
    assert roles_of(GUIDE, told.partnership, told.ids["Clinique"]) == ()
