"""The health check: which statements are asked, whose forms are made, and what becomes of a statement."""

from __future__ import annotations

from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.field_kinds import BadValue
from tui.partnership.health import HEALTH, ROWS, health_answers
from tui.partnership.meetings import POINTS
from tui.partnership.partners import WHO
from tui.workspace.health_check import (
    asked_statements,
    discuss_statement,
    form_files,
    note_health,
    share_health,
    statement_lines,
    statement_named,
)
from tui.workspace.workspace import Workspace

NAMED = ("interested", "committed", "signatory")


def opened(status: str = "committed") -> tuple[Workspace, Told]:
    """Two partners, the second of this status and written to in English, open in memory."""
    told = Told("Ruche", status="committed")
    told.join("Hive", status=status, people=[{"name": "Joan", "accountable": True, "language": "en"}])
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store), told


def test_few_statements_are_asked_in_little_time_and_the_optional_ones_only_on_demand() -> None:
    for short, more in product((False, True), repeat=2):
        found = asked_statements(short=short, more=more)
        assert len(found) > 5 and all(statement.short for statement in found) is short
        assert any(statement.more for statement in found) is (more and not short)
    known = asked_statements(more=True)
    assert (statement_named("1"), statement_named(str(len(known)))) == (known[0], known[-1])
    assert statement_named(known[3].id) == known[3]
    for text in ("0", str(len(known) + 1), "nothing"):
        with pytest.raises(BadValue):
            statement_named(text)


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_each_partner_that_may_be_named_has_a_form_in_its_language(status: str) -> None:
    workspace, told = opened(status)
    names = [file.name for file in form_files(workspace)]
    own = [name for name in names if "-hive-" in name]
    assert bool(own) is (status in NAMED)
    assert len(names) == 4 + len(own), "one more without a name, for a meeting"
    if status not in NAMED:
        with pytest.raises(BadValue):
            form_files(workspace, told.ids["Hive"])
        return
    alone = form_files(workspace, told.ids["Hive"])
    assert [file.name for file in alone] == own and all("-en" in name for name in own)


@pytest.mark.parametrize("shared", [False, True])
def test_answers_are_shared_and_taken_back(shared: bool) -> None:
    workspace, told = opened()
    hive = told.ids["Hive"]
    note_health(workspace, hive, [("ops.goals", "yes"), ("lead.time", "partly")], shared=not shared)
    share_health(workspace, hive, shared=shared)
    found = health_answers(workspace.partnership, hive)
    assert {name: (row.get("answer"), bool(row.get("shared"))) for name, row in found.items()} == {
        "ops.goals": ("yes", shared), "lead.time": ("partly", shared),
    }  # fmt: skip
    assert not any(entry.question == HEALTH for entry in workspace.view.entries.values()), "private"
    assert len(workspace.partnership.rows(HEALTH, ROWS)) == 2


@pytest.mark.parametrize("adopted", [False, True])
def test_a_statement_becomes_a_point_that_no_adopted_text_prints(adopted: bool) -> None:
    workspace, told = opened()
    if adopted:
        workspace.set_setting("adopted", {"version": "v" * 10, "on": "2026-03-03", "text": "x"})
    statement = statement_named("ops.goals")
    discuss_statement(workspace, statement, told.ids["Hive"], "2027-03-01")
    (point,) = workspace.partnership.rows(POINTS, "rows")
    assert point.text("text", "fr") == statement.words.get("fr")
    assert (point.get("who"), point.get("due")) == ({"partner": told.ids["Hive"]}, "2027-03-01")
    assert bool(point.get("version")) is adopted and point.question != WHO


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("whose", ["", "Ruche", "Hive"])
def test_each_statement_is_listed_once_with_its_number_and_answer(lang: str, short: bool, whose: str) -> None:
    workspace, told = opened()
    workspace.lang = "fr" if lang == "fr" else "en"
    asked = asked_statements(short=short)
    answered = asked[1]
    note_health(workspace, told.ids["Hive"], [(answered.id, "partly")], shared=False)
    lines = list(statement_lines(workspace, told.ids.get(whose, ""), short=short))
    numbered = {int(line.partition(".")[0]): line for line in lines if line[0].isdigit()}
    assert {statement_named(str(number)) for number in numbered} == set(asked)
    words = GUIDE.choice("health_answer", "partly", lang)
    given = [number for number, line in numbered.items() if f"({words}" in line]
    assert [statement_named(str(number)) for number in given] == ([answered] if whose == "Hive" else [])
