"""Tests of changes that are applied, refused as conflicts or undone; no text is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import AT, Told
from tui.partnership.changes import Applied, Applier, apply, inverse, settle
from tui.partnership.partners import LEFT_AS, MAY_APPEAR, WHO
from tui.partnership.values import Change, Conflict, Partnership

ENTRIES, CELLS = ("gather.vision", "rowaaaaaaa", "rowbbbbbbb"), ("vision@fr", "vision@en", "goal@fr", "#order")
changes = st.builds(
    Change,
    entry=st.sampled_from(ENTRIES),
    question=st.just("gather.vision"),
    cell=st.sampled_from(CELLS),
    value=st.none() | st.sampled_from(["a", "b", "c", "é", ""]),
)
several = st.lists(changes, max_size=12)


def given_to(partnership: Partnership, changed: Sequence[Change], by: str = "Marie") -> Applied:
    """Apply changes as one author."""
    return apply(partnership, changed, by=by, at=AT)


def values(partnership: Partnership) -> Mapping[tuple[str, str], Any]:
    """Return what every cell holds; an empty cell is as good as none."""
    return {
        (entry.id, key): cell.value
        for entry in partnership.entries.values()
        for key, cell in entry.cells.items()
        if cell.value is not None
    }


def seen(partnership: Partnership, change: Change) -> Change:
    """The change of someone who saw the cell as it is in `project`."""
    entry = partnership.entry(change.entry)
    cell = None if entry is None else entry.cells.get(change.cell)
    return Change(change.entry, change.question, change.cell, change.value, base=0 if cell is None else cell.rev)


@given(several, several)
def test_turning_back_restores_every_value(before: list[Change], after: list[Change]) -> None:
    start = given_to(Partnership("p"), before).partnership
    done = given_to(start, after)
    back = given_to(done.partnership, inverse(done.past))
    assert values(back.partnership) == values(start)
    assert back.conflicts == ()


@given(several, st.lists(several, max_size=6), st.booleans())
def test_changes_in_many_steps_do_what_they_do_one_by_one(
    before: list[Change], steps: list[list[Change]], indexed: bool
) -> None:
    start = given_to(Partnership("p"), before).partnership
    rows = start.by_part if indexed else {}
    stood = dict(start.entries), dict(rows), indexed and start.by_giver
    step = alone = start
    applier = Applier(by="Marie", at=AT)
    for changed in steps:
        done, expected = applier.apply(step, changed), given_to(alone, changed)
        assert (done.partnership, done.past) == (expected.partnership, expected.past)
        step, alone = done.partnership, expected.partnership
    assert {key: tuple(rows) for key, rows in step.by_part.items()} == replace(alone).by_part
    assert {key: tuple(rows) for key, rows in step.by_giver.items()} == replace(alone).by_giver
    assert (start.entries, dict(rows), indexed and start.by_giver) == stood, "what the first step was given stays"


def test_many_steps_copy_the_entries_and_rows_once() -> None:
    start = Partnership("p")
    assert not start.by_part
    applier = Applier(by="Marie", at=AT)
    found = []
    for number in range(4):
        row = [Change(f"row{number}", "gather.objectives", cell, str(number), "rows") for cell in ("#order", "text@fr")]
        start = applier.apply(start, row).partnership
        found.append((id(start.entries), id(start.by_part), id(start.by_part["gather.objectives", "rows"])))
    assert len({entries for entries, _parts, _rows in found}) == 1
    assert len({parts for _entries, parts, _rows in found}) == 1
    assert len({rows for _entries, _parts, rows in found[1:]}) == 1


@given(several)
def test_turning_back_twice_restores_what_was_done(after: list[Change]) -> None:
    done = given_to(Partnership("p"), after)
    back = given_to(done.partnership, inverse(done.past))
    again = given_to(back.partnership, inverse(back.past))
    assert values(again.partnership) == values(done.partnership)


@given(several)
def test_revisions_only_grow_and_each_line_of_history_has_its_own(after: list[Change]) -> None:
    done = given_to(Partnership("p"), after)
    revs = [one.rev for one in done.past]
    assert revs == sorted(set(revs))
    assert done.partnership.rev == len(revs)


@given(several)
def test_the_same_once_more_changes_nothing(after: list[Change]) -> None:
    last = {(one.entry, one.cell): one for one in after}
    done = given_to(Partnership("p"), list(last.values())).partnership
    assert given_to(done, list(last.values())).partnership is done


@given(several, several, several)
def test_two_people_at_once_lose_nothing(common: list[Change], one: list[Change], other: list[Change]) -> None:
    """Both start from the same text; of the second, each cell stands, or is kept in a conflict."""
    start = given_to(Partnership("p"), common).partnership
    first = given_to(
        start, [seen(start, change) for change in {(c.entry, c.cell): c for c in one}.values()]
    ).partnership
    second = {(c.entry, c.cell): seen(start, c) for c in other}
    done = given_to(first, list(second.values()), by="Paul")
    standing = values(done.partnership)
    refused = {(conflict.entry, conflict.cell): conflict for conflict in done.conflicts}
    for key, change in second.items():
        if key in refused:
            assert refused[key].mine == change.value
            assert refused[key].theirs == values(first).get(key) == standing.get(key)
            assert values(first).get(key) != values(start).get(key), "a conflict needs two people who changed the cell"
        else:
            assert standing.get(key) == change.value
    replaced = {(line.entry, line.cell): line.value for line in done.past}
    for key, text in values(first).items():
        assert text in (standing.get(key), replaced.get(key)), "the former text stands or is history"


VISION = Change("gather.vision", "gather.vision", "vision@fr", "un", base=0)


def in_conflict() -> Applied:
    """Return a project where Paul wrote « deux » without having seen Marie's « un »."""
    start = given_to(Partnership("p"), [VISION]).partnership
    return given_to(start, [Change("gather.vision", "gather.vision", "vision@fr", "deux", base=0)], by="Paul")


def test_a_stale_base_keeps_both() -> None:
    done = in_conflict()
    (conflict,) = done.conflicts
    assert (conflict.theirs, conflict.mine, conflict.by) == ("un", "deux", "Paul")
    assert values(done.partnership) == {("gather.vision", "vision@fr"): "un"}


@pytest.mark.parametrize(("choice", "stands"), [("mine", "deux"), ("theirs", "un"), ("both", "un\ndeux")])
def test_settling_keeps_the_choice_and_both_texts(choice: str, stands: str) -> None:
    done = in_conflict()
    settled = settle(done.partnership, done.conflicts[0].id, choice, by="Marie", at=AT)
    (conflict,) = settled.partnership.conflicts
    assert values(settled.partnership) == {("gather.vision", "vision@fr"): stands}
    assert (conflict.settled, conflict.mine, conflict.theirs) == (choice, "deux", "un")
    assert settled.partnership.rev > done.partnership.rev, "a store that waits for a new revision sees the choice"


@pytest.mark.parametrize(("choice", "stands"), [("mine", "declined"), ("theirs", "interested"), ("both", "interested")])
def test_two_choices_are_never_made_into_a_third(choice: str, stands: str) -> None:
    status = Change("a", "open.who", "status", "interested", base=0)
    start = given_to(Partnership("p"), [status]).partnership
    done = given_to(start, [Change("a", "open.who", "status", "declined", base=0)], by="Paul")
    assert not done.conflicts[0].joinable
    settled = settle(done.partnership, done.conflicts[0].id, choice, by="Marie", at=AT)
    assert values(settled.partnership) == {("a", "status"): stands}
    assert settled.partnership.conflicts[0].settled == choice


def test_a_conflict_is_settled_once() -> None:
    done = in_conflict()
    settled = settle(done.partnership, done.conflicts[0].id, "mine", by="Marie", at=AT).partnership
    for name in (done.conflicts[0].id, "nowhere"):
        with pytest.raises(KeyError):
            settle(settled, name, "theirs", by="Marie", at=AT)


@pytest.mark.parametrize("values_of", [("un", "deux"), ("interested", "declined"), (3, 5), (True, False), ("un", None)])
@pytest.mark.parametrize("choice", ["", "theirs", "both"])
def test_a_refused_change_that_comes_again_is_the_same_conflict(values_of: tuple[Any, Any], choice: str) -> None:
    """A save of unknown outcome is sent again, by the program or from its journal, maybe once somebody has decided."""
    stands, refused = values_of
    start = given_to(Partnership("p"), [Change("a", "open.who", "x", "avant", base=0)]).partnership
    start = given_to(start, [Change("a", "open.who", "x", stands, base=1)]).partnership
    again = Change("a", "open.who", "x", refused, base=1)
    first = given_to(start, [again], by="Paul")
    known = settle(first.partnership, first.conflicts[0].id, choice, by="Marie", at=AT) if choice else first
    second = given_to(known.partnership, [again], by="Paul")
    assert [one.id for one in second.partnership.conflicts] == [first.conflicts[0].id]
    assert [one.settled for one in second.partnership.conflicts] == [choice]
    assert len(given_to(known.partnership, [again], by="Zoé").partnership.conflicts) == 2, "somebody else's is another"


def test_undo_of_what_someone_changed_since_is_a_conflict() -> None:
    done = given_to(Partnership("p"), [VISION])
    later = given_to(done.partnership, [Change("gather.vision", "gather.vision", "vision@fr", "trois")], by="Paul")
    back = given_to(later.partnership, inverse(done.past))
    assert values(back.partnership) == {("gather.vision", "vision@fr"): "trois"}
    assert [one.theirs for one in back.conflicts] == ["trois"]


def test_a_change_without_base_replaces_and_the_former_text_is_history() -> None:
    start = given_to(Partnership("p"), [VISION]).partnership
    done = given_to(start, [Change("gather.vision", "gather.vision", "vision@fr", "deux")], by="Paul")
    assert done.conflicts == ()
    assert [(one.value, one.new, one.by) for one in done.past] == [("un", "deux", "Paul")]


def status_now(before: str, change: Change) -> tuple[Any, Any]:
    """The status of a partner after a change, and the one it left as."""
    told = Told()
    told.join("Nid", status=before)
    who = (told.ids["Nid"],)
    told.take(replace(change, entry=who[0], subject=who))
    entry = told.partnership.entries[who[0]]
    return entry.get("status"), entry.get(LEFT_AS)


@pytest.mark.parametrize("before", ["prospective", "contacted", "interested", "committed", "signatory", "declined"])
@pytest.mark.parametrize(
    ("after", "reason"), [("withdrawn", ""), ("declined", ""), ("withdrawn", "undo"), ("withdrawn", "redo")]
)
def test_what_a_partner_leaves_as_is_kept_where_its_name_might_appear(before: str, after: str, reason: str) -> None:
    kept = before if before in MAY_APPEAR and (after, reason) == ("withdrawn", "") else None
    assert status_now(before, Change("", WHO, "status", after, reason=reason)) == (after, kept)
    of_a_list = Change("", WHO, "status", after, "people", reason=reason)
    assert status_now(before, of_a_list) == (after, None), "the row of a list has no status to leave as"


def test_a_status_that_is_told_to_have_been_left_stands() -> None:
    told = Told()
    told.join("Nid", status="contacted")
    who = (told.ids["Nid"],)
    told.take(*(Change(who[0], WHO, cell, value, "", who)
                for cell, value in (("status", "withdrawn"), (LEFT_AS, "interested"))))  # fmt: skip
    assert told.partnership.entries[who[0]].get(LEFT_AS) == "interested"


def test_a_settled_conflict_is_not_prolonged_by_the_next_one() -> None:
    first = apply(Partnership("aaaaaaaaaa"), [Change("e", "gather.vision", "vision@fr", "un")], at=AT).partnership
    late = Change("e", "gather.vision", "vision@fr", "deux", base=0)
    (conflict,) = apply(first, [late], by="Marie", at=AT).conflicts
    settled = replace(first, conflicts=(replace(conflict, settled="theirs"),))
    again = apply(settled, [replace(late, value="deux encore")], by="Marie", at=AT)
    assert [one.mine for one in again.partnership.conflicts] == ["deux", "deux encore"]
    assert again.conflicts[0].id != conflict.id


@pytest.mark.parametrize(
    ("cell", "can"), [("text@fr", True), ("text@en", True), ("status", False), ("#read:x", False), ("x@de", False)]
)
def test_only_texts_in_a_language_can_be_joined(cell: str, can: bool) -> None:
    assert Conflict("c", "e", "q", cell, "a", "b", "Ann", "Bob", AT, 2, 1).joinable is can


@pytest.mark.parametrize(("on", "changed", "day"), [("2027-01-02", AT, "2027-01-02"), ("", AT, AT[:10]), ("", "", "")])
def test_a_partnership_is_looked_at_on_its_day_else_on_that_of_the_last_change(on: str, changed: str, day: str) -> None:
    assert Partnership("aaaaaaaaaa", changed=changed, on=on).day == day
