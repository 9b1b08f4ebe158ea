"""Typing while a save is under way, fails or meets another person's change: the last text stays, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tui.partnership.changes import Applied, apply
from tui.partnership.values import Change, Partnership
from tui.workspace.pending_edits import Batch, Edits

AT = "2026-11-22T14:02:00-05:00"
CELLS = ("vision@fr", "goal@fr", "vision@en")


class FakeStore:
    """What the disk holds, and all it ever refused or replaced."""

    def __init__(self) -> None:
        self.partnership = Partnership("p")
        self.kept: list[object] = []

    def save(self, changes: Sequence[Change], by: str) -> Partnership:
        """Apply changes, as the store does."""
        done: Applied = apply(self.partnership, changes, by=by, at=AT)
        self.partnership = done.partnership
        self.kept += [one.mine for one in done.conflicts] + [one.value for one in done.past]
        return self.partnership

    def value(self, cell: str) -> object:
        """What a cell holds on disk."""
        return value(self.partnership, cell)


def value(partnership: Partnership, cell: str) -> object:
    """What a cell of the vision holds."""
    entry = partnership.entry("gather.vision")
    return None if entry is None else entry.get(cell)


def change(cell: str, text: str, base: int | None = None) -> Change:
    """A cell of the vision set to a text."""
    return Change("gather.vision", "gather.vision", cell, text, base=base)


class Typing(RuleBasedStateMachine):
    """One who types and saves in another thread, with or without another person at the same partnership."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeStore()
        self.edits = Edits(self.store.partnership)
        self.flying: Batch | None = None
        self.answer: Partnership | None = None
        self.typed: dict[str, str] = {}
        self.others = 0
        self.count = 0

    @rule(cell=st.sampled_from(CELLS), typed_cell=st.sampled_from(["", "a"]))
    def type(self, cell: str, typed_cell: str) -> None:
        self.count += 1
        self.typed[cell] = f"mine {self.count}"
        self.edits.edit([change(cell, self.typed[cell])], at=AT, typed_cell=typed_cell)

    @precondition(lambda self: self.flying is None and self.edits.unsaved)
    @rule()
    def take(self) -> None:
        self.flying = self.edits.take_batch()

    @precondition(lambda self: self.flying is not None and self.answer is None)
    @rule()
    def write(self) -> None:
        assert self.flying is not None
        self.answer = self.store.save(self.flying.changes, "me")

    @precondition(lambda self: self.answer is not None)
    @rule()
    def saved(self) -> None:
        assert self.answer is not None
        self.edits.batch_saved(self.answer, at=AT)
        self.flying = self.answer = None

    @precondition(lambda self: self.flying is not None and self.answer is None)
    @rule()
    def failed(self) -> None:
        self.edits.batch_failed()
        self.flying = None

    @precondition(lambda self: self.flying is None or self.answer is not None)
    @rule()
    def flush(self) -> None:
        """Leave the partnership while a save may be done but not heard of yet; its answer comes late."""
        batch = self.edits.take_batch()
        self.edits.batch_saved(self.store.save(batch.changes, "me"), at=AT)
        if self.answer is not None:
            self.edits.batch_saved(self.answer, at=AT)
        self.flying = self.answer = None

    @precondition(lambda self: self.flying is None)
    @rule()
    def reread(self) -> None:
        self.edits.refresh(self.store.partnership, at=AT)

    @invariant()
    def what_was_typed_last_is_on_the_screen(self) -> None:
        if not self.others:
            assert {cell: value(self.edits.partnership, cell) for cell in self.typed} == self.typed

    @invariant()
    def what_is_not_at_risk_is_on_disk(self) -> None:
        if not self.others and not self.edits.at_risk and self.answer is None:
            assert {cell: self.store.value(cell) for cell in self.typed} == self.typed

    @invariant()
    def alone_one_has_no_conflict(self) -> None:
        if not self.others:
            assert self.store.partnership.conflicts == ()

    def teardown(self) -> None:
        """Save what is left: each text typed last stands, or was kept beside another person's."""
        if self.answer is not None:
            self.saved()
        elif self.flying is not None:
            self.failed()
        self.store.save(self.edits.take_batch().changes, "me")
        for cell, text in self.typed.items():
            assert text == self.store.value(cell) or text in self.store.kept


class Company(Typing):
    """The same, with another person who types in the same fields."""

    @rule(cell=st.sampled_from(CELLS))
    def another(self, cell: str) -> None:
        self.others += 1
        self.store.save([change(cell, f"theirs {self.others}")], "Paul")

    def teardown(self) -> None:
        super().teardown()
        for number in range(1, self.others + 1):
            text = f"theirs {number}"
            standing = {self.store.value(cell) for cell in CELLS}
            assert text in standing or text in self.store.kept


Typing.TestCase.settings = settings(max_examples=150, stateful_step_count=30)
Company.TestCase.settings = settings(max_examples=150, stateful_step_count=30)
TestTyping = pytest.mark.slow(Typing.TestCase)
TestCompany = pytest.mark.slow(Company.TestCase)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def test_typing_on_while_a_save_is_under_way_makes_no_conflict(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    for text in ("u", "un", "une"):
        edits.edit([change("vision@fr", text)], at=AT)
        batch = edits.take_batch()
        edits.edit([change("vision@fr", text + "…")], at=AT)
        edits.batch_saved(store.save(batch.changes, "me"), at=AT)
        assert value(edits.partnership, "vision@fr") == text + "…"
    store.save(edits.take_batch().changes, "me")
    assert store.value("vision@fr") == "une…"
    assert store.partnership.conflicts == ()


def test_what_another_wrote_between_two_saves_of_one_text_is_not_replaced_unseen(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    batch = edits.take_batch()
    edits.edit([change("vision@fr", "une")], at=AT)  # typed while the first is being saved
    edits.batch_saved(store.save(batch.changes, "me"), at=AT)
    store.save([change("vision@fr", "autre")], "Paul")
    store.save(edits.take_batch().changes, "me")
    assert [(one.theirs, one.mine) for one in store.partnership.conflicts] == [("autre", "une")]


def test_a_failed_save_keeps_its_base(store: FakeStore) -> None:
    """Another person's text is not replaced unseen because our save failed in between."""
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    edits.take_batch()
    edits.edit([change("vision@fr", "une")], at=AT)
    edits.batch_failed()
    store.save([change("vision@fr", "autre")], "Paul")
    store.save(edits.take_batch().changes, "me")
    assert [(one.theirs, one.mine) for one in store.partnership.conflicts] == [("autre", "une")]


def test_a_refused_text_typed_on_is_refused_too(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    store.save([change("vision@fr", "autre")], "Paul")
    edits.edit([change("vision@fr", "un")], at=AT)
    batch = edits.take_batch()
    edits.edit([change("vision@fr", "une")], at=AT)
    edits.batch_saved(store.save(batch.changes, "me"), at=AT)
    store.save(edits.take_batch().changes, "me")
    assert store.value("vision@fr") == "autre"
    assert [one.mine for one in store.partnership.conflicts] == ["une"]  # one answer, one conflict


def test_of_two_refused_texts_neither_is_dropped(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    store.save([change("vision@fr", "autre")], "Paul")
    for text in ("un", "deux"):
        edits.edit([replace(change("vision@fr", text), base=0)], at=AT)
        edits.batch_saved(store.save(edits.take_batch().changes, "me"), at=AT)
    assert store.value("vision@fr") == "autre"
    assert [one.mine for one in store.partnership.conflicts] == ["un", "deux"]


def test_an_edit_that_changes_nothing_is_not_saved(store: FakeStore) -> None:
    store.save([change("vision@fr", "un"), change("goal@fr", "but")], "Paul")
    edits = Edits(store.partnership)
    assert not edits.edit([change("vision@fr", "un")], at=AT)
    assert edits.edit([change("vision@fr", "un"), change("goal@fr", "buts")], at=AT)
    assert [one.cell for one in edits.take_batch().changes] == ["goal@fr"]


def test_others_changes_come_in_under_the_typing(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    store.save([change("goal@fr", "leur but")], "Paul")
    edits.refresh(store.partnership, at=AT)
    assert (value(edits.partnership, "vision@fr"), value(edits.partnership, "goal@fr")) == ("un", "leur but")


def test_undo_takes_back_a_stretch_at_a_time(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    for text in ("u", "un"):
        edits.edit([change("vision@fr", text)], at=AT, typed_cell="vision")
    edits.end_typing()
    for text in ("un d", "un deux"):
        edits.edit([change("vision@fr", text)], at=AT, typed_cell="vision")
    edits.edit([change("goal@fr", "but")], at=AT)
    seen = []
    while edits.undo(at=AT, source=""):
        seen.append((value(edits.partnership, "vision@fr"), value(edits.partnership, "goal@fr")))
    assert seen == [("un deux", None), ("un", None), (None, None)]


def test_undo_reaches_the_disk(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    edits.batch_saved(store.save(edits.take_batch().changes, "me"), at=AT)
    edits.undo(at=AT, source="")
    edits.batch_saved(store.save(edits.take_batch().changes, "me"), at=AT)
    assert store.value("vision@fr") is None
    assert store.partnership.conflicts == ()
    assert not edits.at_risk


def test_what_is_taken_back_and_done_again_says_so_and_at_which_meeting(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    for turn, reason in ((edits.undo, "undo"), (edits.redo, "redo"), (edits.undo, "undo")):
        (turned,) = turn(at=AT, source="meeting:m")
        assert (turned.reason, turned.source, turned.base) == (reason, "meeting:m", None)
        pending = edits.take_batch().changes[-1]
        assert (pending.reason, pending.source) == (reason, "meeting:m")


def test_undo_of_nothing(store: FakeStore) -> None:
    assert Edits(store.partnership).undo(at=AT, source="") == ()


def test_every_turn_back_and_every_refresh_has_its_moment(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    for text in ("u", "un"):
        edits.edit([change("vision@fr", text)], at="2026-11-21")  # without a typed cell: a step each
    for turn in (edits.undo, edits.redo):
        turn(at=AT, source="")
        assert [one.at for one in edits.last_reversed] == [AT]
    edits.undo(at=AT, source="")
    assert value(edits.partnership, "vision@fr") == "u"
    edits.refresh(store.save([change("goal@fr", "but")], "Paul"), at="2026-11-23")
    assert edits.partnership.changed == edits.synced.on == "2026-11-23"
    edits.refresh(store.partnership, at="2026-11-23T18:00")
    assert edits.synced.on == "2026-11-23"
    edits.take_batch()
    edits.batch_saved(store.partnership, at="2026-11-24T08:00")
    assert edits.synced.on == "2026-11-24"
    edits.edit([change("goal@fr", "buts")], at=AT)
    edits.batch_saved(store.partnership, at="2026-11-25T08:00")
    assert edits.partnership.changed == "2026-11-25T08:00"
    assert edits.synced.on == "2026-11-25", "the same again, a day later"


def test_a_change_takes_the_base_its_cell_is_pending_on(store: FakeStore) -> None:
    store.save([change("vision@fr", "une")], "Paul")
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    assert edits.with_base(change("vision@fr", "deux")).base == store.partnership.rev == 1
    assert edits.with_base(change("goal@fr", "but", base=7)).base == 7
    edits.edit([change("vision@fr", "deux", base=0)], at=AT)
    assert [(one.value, one.base) for one in edits.take_batch().changes] == [("deux", 1)]


def test_each_of_two_saves_under_way_knows_the_text_that_the_other_wrote(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    batches = []
    for text in ("un", "une"):
        edits.edit([change("vision@fr", text)], at=AT)
        batches.append(edits.take_batch())
    edits.edit([change("vision@fr", "une porte")], at=AT)
    for batch in batches:
        edits.batch_saved(store.save(batch.changes[-1:], "me"), at=AT)
    store.save(edits.take_batch().changes, "me")
    assert (store.value("vision@fr"), store.partnership.conflicts) == ("une porte", ())


def test_an_answer_is_taken_where_one_is_awaited_or_it_is_newer(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    answer = store.save(edits.take_batch().changes, "me")
    newer = store.save([change("goal@fr", "but")], "Paul")
    edits.refresh(newer, at=AT)
    edits.batch_saved(answer, at=AT)
    assert not edits.at_risk, "the answer to our own save, though another came before it"
    edits.batch_saved(newer, at=AT)
    assert value(edits.partnership, "goal@fr") == "but"
    edits.batch_saved(answer, at=AT)
    assert value(edits.partnership, "goal@fr") == "but", "an older one changes nothing"


@pytest.mark.parametrize("more", [{}, {"source": "meeting:m"}, {"reason": "text"}, {"source": "s", "reason": "r"}])
@pytest.mark.parametrize("status", ["withdrawn", "interested"])
def test_what_a_change_brings_along_is_saved_like_it(store: FakeStore, status: str, more: dict[str, str]) -> None:
    """A status brings another cell of its partner along, of whatever partner, source and reason."""
    before = "signatory" if status == "withdrawn" else "withdrawn"
    store.save([Change("p", "open.who", "status", "signatory", "", ("p",))], "Paul")
    store.save([Change("p", "open.who", "status", before, "", ("p",))], "Paul")
    edits = Edits(store.partnership)
    given = Change("p", "open.who", "status", status, "", ("p",), **more)  # type: ignore[arg-type]
    edits.edit([given], at=AT)
    asked, brought = edits.take_batch().changes
    assert replace(asked, base=None) == given
    assert replace(brought, cell="status", value=status, base=asked.base) == asked and brought.cell != "status"
    assert store.save([asked, brought], "me").entries == edits.partnership.entries


WAYS = st.sampled_from(["edit", "edit", "as one", "undo", "undo", "redo", "save", "others"])
TAKEN = st.lists(st.tuples(WAYS, st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=3)))


@given(TAKEN)
def test_undo_and_redo_walk_over_what_stood_here(ways: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """Whatever was edited together, saved or refreshed between: what is left to save brings the disk to it."""
    store = FakeStore()
    edits, stood, at = Edits(store.partnership), [dict[str, object]()], 0
    for way, cells in ways:
        changes = [Change(f"row-{name}", "open.contributions", "text@fr", text, "rows", (f"partner-{name}",))
                   for name, text in cells]  # fmt: skip
        here = {**stood[at], **{one.entry: one.value for one in changes}}
        if way == "edit":
            assert edits.edit(changes, at=AT) is moves(cells, stood[at])
        elif way == "as one":
            with edits.as_one():
                for one in changes:
                    edits.edit([one], at=AT)
        elif way in ("undo", "redo"):
            here, wanted = stood[at], at + (1 if way == "redo" else -1)
            turned = getattr(edits, way)(at=AT, source="")
            assert bool(turned) is (0 <= wanted < len(stood))
            if turned:
                here, at = stood[wanted], wanted
                assert {(one.entry, one.new) for one in edits.last_reversed} <= {
                    (one.entry, one.value) for one in turned
                }
        elif way == "save":
            here = stood[at]
            edits.batch_saved(store.save(edits.take_batch().changes, "me"), at=AT)
            assert not edits.at_risk and told(store.partnership) == here
        else:
            here = stood[at]
            edits.refresh(store.save([change("goal@fr", f"{len(store.kept)}")], "Paul"), at=AT)
        if way in ("edit", "as one") and moves(cells, stood[at]):
            stood, at = ([*stood[: at + 1], here], at + 1) if here != stood[at] else (stood[: at + 1], at)
        assert told(edits.partnership) == here
        assert {one.entry: (one.question, one.part, one.subject) for one in edits.at_risk_changes}.items() <= {
            f"row-{name}": ("open.contributions", "rows", (f"partner-{name}",)) for name in "abc"
        }.items()  # fmt: skip
    edits.batch_saved(store.save(edits.take_batch().changes, "me"), at=AT)
    assert told(store.partnership) == told(edits.partnership) == stood[at] and store.partnership.conflicts == ()


def moves(cells: list[tuple[str, str]], before: dict[str, object]) -> bool:
    """Whether any of these cells says something else on the way, though it may come back to what it said."""
    return any(before.get(f"row-{name}") != text for name, text in cells)


def told(partnership: Partnership) -> dict[str, object]:
    """What the rows say that say anything."""
    return {name: entry.get("text@fr") for name, entry in partnership.entries.items() if entry.get("text@fr")}


def test_what_is_edited_as_one_is_one_step_that_typing_goes_on_neither_from_nor_into(store: FakeStore) -> None:
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "u")], at=AT, typed_cell="vision")
    with edits.as_one():
        edits.edit([change("vision@fr", "un")], at=AT, typed_cell="vision")
        with edits.as_one():
            edits.edit([change("goal@fr", "but")], at=AT)
        edits.edit([change("vision@fr", "une")], at=AT)
    with pytest.raises(KeyError), edits.as_one():
        edits.edit([change("vision@en", "a")], at=AT, typed_cell="vision")
        raise KeyError
    edits.edit([change("vision@en", "an")], at=AT, typed_cell="vision")
    seen = []
    while edits.undo(at=AT, source=""):
        seen.append([value(edits.partnership, cell) for cell in CELLS])
    assert seen == [["une", "but", "a"], ["une", "but", None], ["u", None, None], [None, None, None]]
    edits.redo(at=AT, source="")
    edits.forget()
    assert edits.undo(at=AT, source="") == edits.redo(at=AT, source="") == ()
    for text in ("un", "une"):
        edits.edit([change("vision@fr", text)], at=AT, typed_cell="vision")
    assert edits.undo(at=AT, source="") and value(edits.partnership, "vision@fr") == "u", "typing after it is a step"


@pytest.mark.parametrize("before", ["", "un mur"])
@pytest.mark.parametrize("way", ["nothing", "refreshed", "an answer", "failed", "saved beside"])
def test_what_another_wrote_first_is_not_replaced_unseen(store: FakeStore, before: str, way: str) -> None:
    """On a page that was empty or not, whatever was heard from the disk since; what was typed stays on the screen."""
    if before:
        store.save([change("vision@fr", before)], "Ann")
    edits = Edits(store.partnership)
    assert edits.last_reversed == ()
    edits.edit([change("vision@fr", "un")], at=AT)
    if way == "an answer":
        edits.batch_saved(store.partnership, at=AT)
    elif way == "failed":
        edits.take_batch()
        edits.batch_failed()
    elif way == "saved beside":
        edits.edit([change("goal@fr", "but")], at=AT)
        edits.batch_saved(store.save([one for one in edits.take_batch().changes if one.cell == "goal@fr"], "me"), at=AT)
        edits.edit([change("vision@fr", "un"), change("goal@fr", "buts")], at=AT)
    store.save([change("vision@fr", "autre")], "Paul")
    if way == "refreshed":
        edits.refresh(store.partnership, at=AT)
    assert value(edits.partnership, "vision@fr") == "un"
    store.save(edits.take_batch().changes, "me")
    assert (store.value("vision@fr"), [one.mine for one in store.partnership.conflicts]) == ("autre", ["un"])


@pytest.mark.parametrize("taken", [True, False])
def test_a_change_made_on_an_older_text_keeps_that_base(store: FakeStore, taken: bool) -> None:
    """Whether the text typed before is on its way meanwhile or not, taken by the store or refused."""
    store.save([change("vision@fr", "un mur")], "Ann")
    edits = Edits(store.partnership)
    edits.edit([change("vision@fr", "un")], at=AT)
    batch = edits.take_batch()
    edits.edit([change("vision@fr", "une", base=0)], at=AT)
    if not taken:
        store.save([change("vision@fr", "autre")], "Paul")
    edits.batch_saved(store.save(batch.changes, "me"), at=AT)
    assert [one.base for one in edits.take_batch().changes] == [2 if taken else 0]
