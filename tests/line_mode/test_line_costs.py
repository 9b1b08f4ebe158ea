"""Costs shared, line by line: a budget line and a share typed in one line each, and what does not add up said."""

from __future__ import annotations

from tests.line_mode.person import Person


def test_a_budget_and_its_shares_are_typed_in_one_line_each(pair: Person) -> None:
    said = pair.types(
        "/aller 17",
        "/plus",
        "",
        "Coordination 2027, 10 000 $",
        "Coordination 2027, ACSM Windsor-Essex, 4 000 $, en nature",
    )
    rows = pair.partnership.rows("commit.funding", "costs")
    assert [row.text("item", "fr") for row in rows] == ["Coordination", "Coordination"], said
    assert [row.get("year") for row in rows] == ["2027", "2027"]
    assert [row.get("partner") for row in rows] == [None, pair.partner(2)] and rows[1].get("in_kind") is True
    told = pair.types("/relire")
    assert "« Coordination 2027 » : 10 000 $ au budget, 4 000 $ répartis. Qui paie les 6 000 $ qui restent ?" in told
