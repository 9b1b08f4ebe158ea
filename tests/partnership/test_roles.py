"""Tests of roles: every kind of field that names somebody, and no past event."""

from __future__ import annotations

from tests.partnership.told import GUIDE, Told
from tui.partnership.roles import own_commitments, role_change, roles_of
from tui.partnership.values import Change


def test_every_kind_of_field_is_found_and_replaced() -> None:
    told = Told("Université", "Clinique", "Refuge")
    old, new = told.ids["Clinique"], told.ids["Refuge"]
    told.say("gather.lead", {"partner": "Clinique"}, op="add")
    told.say("gather.objectives", {"text": "un guide", "owner": "Clinique"}, op="add")
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["Université", "Clinique"]}]})
    told.say("open.contributions", {"text": "prêter", "partners": ["Université", "Clinique"]}, "Université", op="add")
    roles = roles_of(GUIDE, told.partnership, old)
    assert {(role_found.question, role_found.field, role_found.shared) for role_found in roles} == {
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
    clinic_id = told.ids["Clinique"]
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["Université", "Clinique"]}]})
    told.say("gather.lead", {"partner": "Clinique"}, op="add")
    values = {}
    for role in roles_of(GUIDE, told.partnership, clinic_id):
        change = role_change(GUIDE, told.partnership, role, clinic_id, "")
        assert change is not None
        values[role.field] = change.value
    assert values == {"members": [{"partner": told.ids["Université"]}], "partner": None}


def test_meetings_held_and_signatures_are_no_roles() -> None:
    told = Told("Université", "Clinique")
    told.say("meeting.held", {"presence": [{"who": "Clinique"}]})
    assert roles_of(GUIDE, told.partnership, told.ids["Clinique"]) == ()


def test_a_commitment_is_ones_own_until_it_is_given_over_shared_or_closed() -> None:
    told = Told("Université", "Clinique")
    university, clinic = told.ids.values()
    ids = {}
    for text, more in (("a", {}), ("b", {"partners": ["Clinique"]}), ("c", {"partners": list(told.ids)}),
                       ("d", {"state": "wished"}), ("e", {"partners": ["Université"]})):  # fmt: skip
        row = {"text": text, "state": "accepted", **more}
        (ids[text],) = told.say("open.contributions", row, "Université", op="add")
    own = own_commitments(told.partnership, university)
    assert [role.entry for role in own] == [ids["a"], ids["e"]] and own_commitments(told.partnership, clinic) == ()
    change = role_change(GUIDE, told.partnership, own[0], university, clinic)
    assert change is not None and change.value == {"ids": [clinic], "group": ""}
    told.take(change)
    assert [role.entry for role in own_commitments(told.partnership, university)] == [ids["e"]]
    assert role_change(GUIDE, told.partnership, own[0], university, clinic) is None, "it was given over already"


def test_a_person_is_followed_by_a_person_and_no_hidden_field_is_a_role() -> None:
    told = Told("Université")
    owner = (told.ids["Université"],)
    for row, name in (("person0001", "Ida"), ("person0002", "Luc")):
        told.take(Change(row, "open.who", "name", name, "people", owner))
    told.say("gather.objectives", {"text": "un guide"}, op="add")
    (objective,) = told.partnership.rows("gather.objectives", "rows")
    told.take(Change(objective.id, "gather.objectives", "owner", {"person": "person0001"}, "rows"))
    told.take(
        Change(f"commit.consensus:{owner[0]}", "commit.consensus", "given_by", {"person": "person0001"}, "", owner)
    )
    (role,) = roles_of(GUIDE, told.partnership, "person0001")
    change = role_change(GUIDE, told.partnership, role, "person0001", "person0002")
    assert change is not None and change.value == {"person": "person0002"}
