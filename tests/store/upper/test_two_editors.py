"""Two people edit one partnership and their programs die at any moment: no text is lost, and none is made up."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.postgres import shared
from tests.store.upper.acts import Clock, confirmed, everything, offer, reason, store, text_of, told, vision
from tui.atomic_files import PRIVATE, Modes, write_atomic
from tui.partnership.changes import Applied, Applier, inverse
from tui.partnership.values import Change, HistoryEntry, Partnership
from tui.store import Saved, public_private, sealed_storage, server_partnership
from tui.store.partnership_folder import Folder
from tui.store.sealed_bytes import Tables
from tui.store.server_connections import TimedConnection
from tui.store.server_rows import differences, with_rows
from tui.store.store_errors import StoreError

pytestmark = pytest.mark.slow

WHO = st.sampled_from(["Ann", "Bob"])
CELLS = {
    "vision": (vision, "gather.vision", "vision@fr"),
    "reason": (reason, "open.how_many", "reason@fr"),
    "offer": (offer, "offer", "text@fr"),
}


class Died(BaseException):
    """The program was killed."""


def standing(partnership: Partnership) -> dict[tuple[str, str], object]:
    """The value of each cell."""
    return {(one.id, key): cell.value for one in partnership.entries.values() for key, cell in one.cells.items()}


class TwoEditors(RuleBasedStateMachine):
    """The model: every text that a save acknowledged is found again, and no other text but those tried.

    `texts` are all texts ever tried in a cell; `stood` those of the offer that stood, or were disputed, while it was
    confirmed: only they may lie in a file that may be handed over, and only while it is confirmed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.new_place()
        self.clock = Clock()
        self.stores = {name: store(self.root, name, self.clock) for name in ("Ann", "Bob")}
        self.id = self.stores["Ann"].create([confirmed(False)]).id
        self.seen: dict[str, Partnership] = {name: one.load(self.id) for name, one in self.stores.items()}
        self.past: dict[str, tuple[HistoryEntry, ...]] = {"Ann": (), "Bob": ()}
        self.away: dict[str, Any] | None = None  # the whole partnership as it was handed over
        self.texts: dict[str, set[str]] = {what: set() for what in CELLS}
        self.kept: set[str] = set()
        self.stood: set[str] = set()
        self.met: set[str] = set()  # conflicts
        self.count = 0
        self.whole = True  # no save was cut short since the last one that was not

    def new_place(self) -> Path | str:
        """Return where the store of this run lies."""
        return self.folder / "store"

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def dies(self, patch: pytest.MonkeyPatch, after: int) -> None:
        """From now on the program dies at the write behind so many."""
        left = [after]

        def dying(path: Path, data: bytes, modes: Modes = PRIVATE) -> None:
            if not left[0]:
                raise Died
            left[0] -= 1
            write_atomic(path, data, modes)

        patch.setattr(sealed_storage, "write_atomic", dying)

    def _saved(self, who: str, saved: Saved, *texts: object) -> None:
        self.seen[who], self.past[who] = saved.partnership, saved.past
        self.kept |= {text for text in texts if isinstance(text, str)}
        self.whole = True

    def _text(self, what: str, before: object, on: bool) -> str:
        self.count += 1
        text = f"{before} {self.count}" if on and isinstance(before, str) else f"{self.count:03}" * 4
        self.texts[what].add(text)
        return text

    def _change(self, who: str, what: str, on: bool) -> Change:
        make, entry, cell = CELLS[what]
        found = self.seen[who].entry(entry)
        known = found.cells.get(cell) if found else None
        return make(self._text(what, known.value if known else None, on), known.rev if known else 0)

    @rule(who=WHO, what=st.sampled_from(sorted(CELLS)), on=st.booleans())
    def type(self, who: str, what: str, on: bool) -> None:
        """Somebody writes a new text, or goes on with the one they see."""
        change = self._change(who, what, on)
        before = store(self.root, "reader").load(self.id)
        stands = before.entries[change.entry].cells.get(change.cell) if change.entry in before.entries else None
        stale = stands is not None and stands.rev > (change.base or 0)
        saved = self.stores[who].save(self.id, [change])
        self._saved(who, saved, change.value)
        text = text_of(saved.partnership, change.entry, change.cell)
        assert text == (stands.value if stale and stands else change.value)  # nobody's words replace another's
        assert [(one.mine, one.theirs) for one in saved.conflicts] == ([(change.value, text)] if stale else [])

    @rule(who=WHO, on=st.booleans())
    def confirm(self, who: str, on: bool) -> None:
        """The contribution moves between the two files."""
        self._saved(who, self.stores[who].save(self.id, [confirmed(on)]))

    @rule(who=WHO)
    def look(self, who: str) -> None:
        """Somebody sees what the other did."""
        self.seen[who] = self.stores[who].load(self.id)

    @rule(minutes=st.integers(1, 5))
    def wait(self, minutes: int) -> None:
        """Time passes: the next key begins a new stretch."""
        self.clock.minutes += minutes

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        """Somebody takes their last save back."""
        self._saved(who, self.stores[who].save(self.id, inverse(self.past[who])))

    @rule(who=WHO, choice=st.sampled_from(["mine", "theirs", "both"]), data=st.data())
    def settle(self, who: str, choice: str, data: st.DataObject) -> None:
        """Somebody ends a conflict."""
        partnership = self.stores[who].load(self.id)
        if partnership.conflicts:
            one = data.draw(st.sampled_from(partnership.conflicts))
            what = next((name for name, cell in CELLS.items() if cell[1:] == (one.entry, one.cell)), None)
            if what is not None:
                self.texts[what].add(f"{text_of(partnership, one.entry, one.cell)}\n{one.mine}")
            self._saved(who, self.stores[who].settle(self.id, one.id, choice))

    @rule(who=WHO)
    def hand_over(self, who: str) -> None:
        """Somebody gives the whole partnership away as one file."""
        self.away = self.stores[who].public_document(self.id, private=True)

    @precondition(lambda self: self.away is not None)
    @rule(what=st.sampled_from(sorted(CELLS)), on=st.booleans())
    def come_back(self, what: str, on: bool) -> None:
        """It was changed in another store, and is merged into ours."""
        assert self.away is not None
        other = store(self.folder / f"other{self.count}", "Cleo", self.clock)
        assert other.import_document(self.away) == self.id
        make, entry, cell = CELLS[what]
        text = self._text(what, text_of(other.load(self.id), entry, cell), on)
        other.save(self.id, [make(text)])
        self.stores["Ann"].import_document(other.public_document(self.id, private=True), merge=True)
        self.kept.add(text)
        self.away, self.whole, self.past["Ann"] = None, True, ()

    @rule(who=WHO, what=st.sampled_from([*CELLS, "confirm", "withdraw"]), after=st.integers(0, 7))
    def die(self, who: str, what: str, after: int) -> None:
        """The program is killed at one of its writes; a new one starts."""
        change = confirmed(what == "confirm") if what not in CELLS else self._change(who, what, False)
        before = store(self.root, "reader").load(self.id)
        if what == "offer" and text_of(before, "offer", "state") == "confirmed":
            self.stood.add(str(change.value))  # the history may have it, even where the file does not any more
        with pytest.MonkeyPatch.context() as patch:
            self.dies(patch, after)
            try:
                self._saved(who, self.stores[who].save(self.id, [change]), change.value)
            except Died:
                self.whole = False
        now, done = standing(store(self.root, "reader").load(self.id)), standing(before)
        assert now in (done, done | {(change.entry, change.cell): change.value})  # all of the save, or none of it
        self.stores[who] = store(self.root, who, self.clock)
        self.past[who] = ()

    @invariant()
    def nothing_is_lost_and_nothing_made_up(self) -> None:
        """What was acknowledged is there (or was only typed on), and all that is there was written by somebody."""
        reader = store(self.root, "reader")
        held = everything(reader, self.id)
        assert held <= set[object]().union(*self.texts.values(), {"wished", "confirmed"})
        texts = [text for text in held if isinstance(text, str)]
        lost = {text for text in self.kept if not any(one.startswith(text) for one in texts)}
        assert not lost
        self._note_what_is_public(reader.load(self.id))

    def _note_what_is_public(self, partnership: Partnership) -> None:
        disputed = [one for one in partnership.conflicts if one.id not in self.met and one.cell == "text@fr"]
        self.met |= {one.id for one in partnership.conflicts}
        if text_of(partnership, "offer", "state") == "confirmed":
            now = [
                text_of(partnership, "offer", "text@fr"),
                *(text for one in disputed for text in (one.mine, one.theirs)),
            ]
            self.stood |= {text for text in now if isinstance(text, str)}

    @invariant()
    def what_a_program_remembers_is_what_the_files_say(self) -> None:
        """A program that has saved and read before shows what one that starts now does."""
        fresh = store(self.root, "reader").load(self.id)
        assert [one.load(self.id) for one in self.stores.values()] == [fresh, fresh]

    @precondition(lambda self: self.whole)
    @invariant()
    def nothing_private_is_told(self) -> None:
        """What is private stands in no file that may be handed over: not now, not as history, not as a conflict."""
        public, partnership = told(self.root), self.stores["Ann"].load(self.id)
        may = "\0".join(self.stood) if text_of(partnership, "offer", "state") == "confirmed" else ""
        hidden = {text for text in self.texts["offer"] if text not in may} | self.texts["reason"]
        assert not [text for text in hidden if text.replace("\n", "\\n") in public]


class TwoEditorsOnServer(TwoEditors):
    """The same model on a PostgreSQL server; the program dies at one of its statements, or while it commits."""

    def new_place(self) -> str:
        """Return the address of a new database."""
        return shared().url(shared().database())

    def dies(self, patch: pytest.MonkeyPatch, after: int) -> None:
        """From now on the program dies at the statement behind so many, an even number of them once it was done."""
        left, execute = [after], TimedConnection.execute

        def dying(connection: TimedConnection, query: Any, *given: Any, **how: Any) -> Any:
            left[0] -= 1
            done = execute(connection, query, *given, **how) if left[0] >= 0 or after % 2 == 0 else None
            if left[0] < 0:
                raise Died
            return done

        patch.setattr(TimedConnection, "execute", dying)


TestTwoEditors = TwoEditors.TestCase
TestTwoEditors.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestTwoEditorsOnServer = TwoEditorsOnServer.TestCase
TestTwoEditorsOnServer.settings = settings(max_examples=4, stateful_step_count=15, deadline=None)

Fault = tuple[object, str, Callable[..., Any]]
_apply = Applier.apply


def _last_wins(applier: Applier, partnership: Partnership, changes: Iterable[Change]) -> Applied:
    return _apply(applier, partnership, [replace(one, base=None) for one in changes])


def _drops_conflicts(applier: Applier, partnership: Partnership, changes: Iterable[Change]) -> Applied:
    done = _apply(applier, partnership, changes)
    return replace(done, partnership=replace(done.partnership, conflicts=()), conflicts=())


def _as_at_first(
    folder: Folder, name: str, tables: Tables, _beside: public_private.Half | None = None
) -> public_private.Half:
    return folder._halves.setdefault(name, public_private.read_half(tables, folder.types))


FAULTS: dict[str, Fault] = {
    "the last one to save wins": (Applier, "apply", _last_wins),
    "conflicts are dropped": (Applier, "apply", _drops_conflicts),
    "history forgets": (public_private, "with_history_entries", lambda table, _news, _author, **_how: table),
    "what became private is still told": (public_private, "split_history", lambda table, _seen: (table, [])),
    "a text leaves its old file first": (public_private, "merge_cells", lambda _leaving, hidden: hidden),
    "what the other saved is not seen": (Folder, "_half", _as_at_first),
    "drafts are told": (public_private, "is_public", lambda *_args: True),
}


def _a_morning(machine: TwoEditors) -> None:
    """Ann and Bob write over each other, confirm and withdraw; Ann's program dies at each of its writes."""
    steps: list[Callable[[], None]] = [
        *(partial(machine.type, who, what, False) for what in sorted(CELLS) for who in ("Ann", "Bob", "Bob")),
        *(partial(machine.die, "Ann", "confirm", after) for after in range(8)),
        partial(machine.type, "Bob", "offer", False),
        partial(machine.confirm, "Bob", False),
        partial(machine.look, "Ann"),
        *(partial(machine.type, "Ann", "vision", False) for _time in range(2)),
    ]
    try:
        for step in steps:
            step()
            machine.nothing_is_lost_and_nothing_made_up()
            machine.what_a_program_remembers_is_what_the_files_say()
            if machine.whole:
                machine.nothing_private_is_told()
    finally:
        machine.teardown()


@pytest.mark.parametrize("model", [TwoEditors, TwoEditorsOnServer])
def test_the_model_holds_for_a_morning(model: type[TwoEditors]) -> None:
    _a_morning(model())


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_model_notices(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these faults, put into the store, makes the model fail: what it proves is not nothing."""
    monkeypatch.setattr(*fault)
    with pytest.raises(AssertionError):
        _a_morning(TwoEditors())


SERVER_FAULTS: dict[str, Fault] = {
    name: fault for name, fault in FAULTS.items() if name not in ("a text leaves its old file first",)
} | {
    "what the other saved is not seen": (
        server_partnership,
        "with_rows",
        lambda known, rows, _old: known or _all(rows),
    ),
    "rows that go stay": (server_partnership, "differences", lambda *halves: _nothing_goes(*halves)),
}


def _all(rows: Iterable[Any]) -> dict[str, Tables]:
    return with_rows({}, rows, {})


def _nothing_goes(*halves: Any) -> tuple[Any, ...]:
    put, _gone, kept = differences(*halves)
    return put, [], kept


@pytest.mark.parametrize("fault", SERVER_FAULTS.values(), ids=SERVER_FAULTS)
def test_the_model_notices_on_a_server(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what a server keeps."""
    monkeypatch.setattr(*fault)
    with pytest.raises((AssertionError, StoreError)):
        _a_morning(TwoEditorsOnServer())
