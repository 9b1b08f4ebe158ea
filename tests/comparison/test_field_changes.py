"""Tests of a returned list of names: a known name may stay or go, and nobody unknown is added without being asked."""

from __future__ import annotations

import pytest

from tests.comparison.test_difference_changes import near, taking
from tests.comparison.test_difference_changes import told as lines_of
from tests.partnership.told import Told


@pytest.mark.parametrize(
    ("members", "taken"),
    [
        ("Paul Lebrun, Ruche, Nid", ["Paul Lebrun", "Ruche", "Nid"]),
        ("Ruche", ["Ruche"]),
        ("Paul Lebrun", ["Paul Lebrun"]),
        ("Paul Lebrun, Ruche, Xavier Untel", None),
        ("Xavier Untel", None),
    ],
)
def test_a_list_of_names_takes_in_those_that_are_known(members: str, taken: list[str] | None) -> None:
    told = Told("Ruche", "Nid")
    told.say("gather.governance", {"bodies": [{"name": "Comité", "members": ["Paul Lebrun", "Ruche"]}]})
    ours = lines_of(told.partnership)
    at = next(at for at, line in enumerate(ours) if line.origin.field == "members")
    (difference,) = near(ours, at, f"Membres\u00a0: {members}")
    changes = taking(told.partnership, difference)
    if taken is None:
        assert changes is None
        return
    assert changes is not None and [change.cell for change in changes] == ["members"]
    names = {partner: name for name, partner in told.ids.items()}
    value = changes[0].value
    assert isinstance(value, list)
    assert [item.get("name") or names[item["partner"]] for item in value] == taken
