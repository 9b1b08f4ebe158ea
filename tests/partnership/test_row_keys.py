"""Tests that a script of answers with keys adds its rows once, even if it runs twice."""

from __future__ import annotations

import pytest

from tests.partnership.told import Told
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import is_id

OFFER = "open.contributions"


def script(told: Told, words: str = "prêter une salle") -> list[str]:
    """Three rows with keys; the ids they have."""
    return [
        *told.say(OFFER, {"text": words}, "A", op="add", key="salle"),
        *told.say(OFFER, {"text": words}, "B", op="add", key="salle"),
        *told.say("gather.objectives", words, op="add", key="salle"),
    ]


def test_told_twice_it_is_there_once() -> None:
    told = Told("A", "B")
    first, second = script(told), script(told, "prêter deux salles")
    assert first == second and len(set(first)) == 3 and all(map(is_id, first))
    rows = told.partnership.rows(OFFER, "rows")
    assert [(row.givers, row.text("text", "fr")) for row in rows] == [
        ((told.ids["A"],), "prêter deux salles"),
        ((told.ids["B"],), "prêter deux salles"),
    ]
    assert len(told.partnership.rows("gather.objectives", "rows")) == 1


def test_a_partner_too() -> None:
    told = Told()
    one = told.say("open.who", {"name": "Clinique"}, op="add", key="c")
    assert told.say("open.who", {"name": "Clinique du Méandre", "role": "hôte"}, op="add", key="c") == one
    assert [row.text("name", "fr") for row in told.partnership.rows("open.who")] == ["Clinique du Méandre"]


def test_without_a_key_or_with_another_each_line_adds() -> None:
    told = Told("A")
    for key in ({}, {}, {"key": "1"}, {"key": "2"}):
        told.say(OFFER, "prêter une salle", "A", op="add", **key)
    assert len(told.partnership.rows(OFFER, "rows")) == 4


def test_what_somebody_took_out_is_not_brought_back() -> None:
    told = Told("A")
    (row,) = told.say(OFFER, "prêter une salle", "A", op="add", key="salle")
    told.say(OFFER, row=row, op="remove")
    with pytest.raises(BadValue, match="salle"):
        told.say(OFFER, "prêter une salle", "A", op="add", key="salle")
    assert told.partnership.rows(OFFER, "rows") == ()


def test_what_a_person_changed_in_another_field_stays() -> None:
    told = Told("A")
    (row,) = told.say(OFFER, "prêter une salle", "A", op="add", key="salle")
    told.say(OFFER, {"state": "accepted"}, row=row)
    told.say(OFFER, "prêter une salle", "A", op="add", key="salle")
    assert told.partnership.entries[row].get("state") == "accepted"


@pytest.mark.parametrize("line", [{"key": ""}, {"key": 3}, {"key": "a", "op": "set"}, {"key": "a", "op": "remove"}])
def test_a_key_where_it_means_nothing_is_refused(line: dict[str, object]) -> None:
    told = Told("A")
    with pytest.raises(BadValue, match="key"):
        told.say(OFFER, "prêter", "A", **{"op": "add", **line})
    with pytest.raises(BadValue, match="key"):
        told.say("gather.vision", "Ensemble.", op="add", key="a")
