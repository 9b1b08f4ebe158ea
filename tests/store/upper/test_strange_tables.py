"""Tables as they may lie on a disk: half read, written twice, by a newer program, or by nobody in their right mind.

What can be read of them is read the same however it is reached, and a save loses and moves nothing else.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE
from tui.partnership.changes import Applied, apply
from tui.partnership.privacy import is_public
from tui.partnership.value_types import value_types
from tui.partnership.values import Cell, Change, Conflict, Entry, HistoryEntry, Partnership
from tui.store.closed_history import HISTORY
from tui.store.public_private import (
    CONFLICTS,
    ENTRIES,
    Half,
    JoinedHalves,
    Plan,
    PrivacySplit,
    State,
    join_halves,
    plan,
    read_half,
)
from tui.store.records import (
    MARK_NAMES,
    cells_of,
    document_of,
    document_with_cells,
    document_without_cells,
    entry_of,
    is_entry,
    record_of,
)
from tui.store.sealed_bytes import Document, Tables

TYPES = value_types(GUIDE)
AT, LATER = "2026-11-22T10:00:00-05:00", "2026-11-22T11:00:00-05:00"
ANN: Final = "annannanna"
# By question and part: the subject, and what its cells may hold. Some are public, some private, some as a state says.
SHAPES: Final[Mapping[tuple[str, str], tuple[tuple[str, ...], Mapping[str, tuple[Any, ...]]]]] = {
    ("gather.vision", ""): ((), {"vision@fr": ("une porte", "un mur", None), "goal@en": ("a door", "a wall")}),
    ("gather.vision", "later"): ((), {"vision@fr": ("d'une autre page", "encore")}),
    ("open.how_many", ""): ((), {"reason@fr": ("le lieu", "le coût"), "#state": ("to_discuss", "")}),
    ("open.contributions", "rows"): ((ANN,), {
        "text@fr": ("une salle", "deux salles"), "state": ("wished", "accepted"), "#removed": (True, False, None)
    }),
    ("open.trust", ""): ((ANN, "bobbobbobb"), {"note@fr": ("se voir", "s'écrire", "")}),
    ("open.who", ""): ((ANN,), {"name": ("Anne", "Anna"), "status": ("signatory", "declined"), "note@fr": ("tard",)}),
    ("future.question", ""): ((), {"x": (1, [2], {"y": 3}), "text@fr": ("un", "deux")}),
}  # fmt: skip
VISION: Final = "visionaaaa"
IDS = st.sampled_from([VISION, ANN, "nobodynobo"])
REVISIONS = st.integers(1, 6)
JUNK: st.SearchStrategy[Any] = st.sampled_from([None, 7, "x", [], ["x"], {}, {"rev": 2}, {"rev": -1, "text": "y"}]).map(
    copy.deepcopy
)
EXTRA = st.dictionaries(st.sampled_from(["colour", "newer"]), JUNK, max_size=1)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry of one of the shapes, with some of its cells or none."""
    at, ((question, part), (subject, may)) = draw(st.sampled_from(list(enumerate(SHAPES.items()))))
    keys = draw(st.lists(st.sampled_from(list(may)), unique=True))
    cells = {key: Cell(draw(st.sampled_from(may[key])), draw(REVISIONS)) for key in keys}
    own = f"{question.partition('.')[2]}{'abcdefg'[at]}aaaaaaaaaa"[:10]
    return Entry(draw(st.sampled_from([own, own, own, ANN])), question, part, subject, cells)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """The document of an entry, as it should be or with something in it that no program of today reads."""
    entry = draw(entries())
    document = {**document_with_cells({}, entry, entry.cells, TYPES), **draw(EXTRA)}
    if draw(st.integers(0, 3)) == 0:
        document[draw(st.sampled_from(["id", "question", "part", "subject", "fields", "state"]))] = draw(JUNK)
    if draw(st.integers(0, 3)) == 0:
        fields = document.setdefault("fields", {})
        if isinstance(fields, dict):
            fields[draw(st.sampled_from(["vision", "text", "later"]))] = {"fr": draw(JUNK), **draw(EXTRA)}
    return document


ELSEWHERE: list[dict[str, Any]] = [
    {},
    {},
    {"theirs": 5},
    {"question": "gather.level", "cell": "level"},
    {"question": "commit.funding", "part": "rows", "cell": "amount"},
]
CONFLICT = Conflict("c", VISION, "gather.vision", "vision@fr", "à moi", "à elle", "Bob", "Ann", AT, 3, 1)


@st.composite
def conflicts(draw: st.DrawFn) -> Document:
    """The document of a conflict, or what looks like one."""
    name, settled = draw(st.sampled_from("cde")), draw(st.sampled_from(["", "mine"]))
    known = replace(
        CONFLICT,
        id=name,
        entry=draw(IDS),
        settled=settled,
        rev=draw(REVISIONS),
        **draw(st.sampled_from(ELSEWHERE)),
    )
    document = {**document_of(known), **draw(EXTRA)}
    if draw(st.integers(0, 3)) == 0:
        document[draw(st.sampled_from(["id", "entry", "rev", "mine", "subject"]))] = draw(JUNK)
    return document


@st.composite
def lines(draw: st.DrawFn) -> Document:
    """A line of the history, or what looks like one."""
    past = HistoryEntry(draw(IDS), "gather.vision", draw(st.sampled_from(["vision@fr", "reason@fr"])), "avant", "après",
                        draw(REVISIONS), "Ann", AT)  # fmt: skip
    document = {**document_of(past), "author": "id-Ann", **draw(EXTRA)}
    if draw(st.integers(0, 3)) == 0:
        document[draw(st.sampled_from(["entry", "rev", "cell", "new"]))] = draw(JUNK)
    return document


def numbered(inner: st.SearchStrategy[Document]) -> st.SearchStrategy[dict[str, Document]]:
    """A table of such documents: their numbers have holes, and come in any order."""
    return st.dictionaries(st.integers(1, 9).map(str), inner, max_size=4)


METAS = st.fixed_dictionaries({}, optional={
    "rev": st.integers(0, 9), "changed": st.sampled_from([AT, 5]), "created": st.sampled_from([AT, None]),
    "later": JUNK, "partial": st.booleans(),
})  # fmt: skip
FILES = st.fixed_dictionaries({}, optional={
    ENTRIES: numbered(documents()), CONFLICTS: numbered(conflicts()), "meta": METAS.map(lambda meta: {"1": meta}),
    "later": st.just({"1": {"of": "a newer program"}}),
})  # fmt: skip
PASTS = st.fixed_dictionaries({}, optional={HISTORY: numbered(lines())})
PRIVATES = st.none() | st.builds(lambda file, past: {**file, **past}, FILES, PASTS)


def read_both(public: Tables, private: Tables | None) -> tuple[Half, Half | None, JoinedHalves]:
    """Both files read, and put together."""
    half = read_half(public, TYPES)
    other = None if private is None else read_half(private, TYPES, other=half)
    return half, other, join_halves("p" * 10, half, other)


@given(FILES, FILES, st.data())
def test_a_file_read_on_is_as_one_read_anew(first: Tables, second: Tables, data: st.DataObject) -> None:
    taken = {number: document for number, document in first.get(ENTRIES, {}).items() if data.draw(st.booleans())}
    second = {**second, ENTRIES: {**second.get(ENTRIES, {}), **taken}}
    before, here = copy.deepcopy((first, second)), read_half(second, TYPES)
    assert read_half(second, TYPES, read_half(first, TYPES)) == read_half(second, TYPES, here) == here
    assert read_half(first, TYPES, here) == read_half(first, TYPES), "nor does it matter which way"
    assert (first, second) == before, "reading changes nothing"


@given(FILES, st.none() | FILES)
def test_what_cannot_be_read_is_counted(public: Tables, private: Tables | None) -> None:
    half, other, _joined = read_both(public, private)
    seen: dict[str, Entry] = {}
    for found, tables in ((half, public), (other, private)):
        if found is None or tables is None:
            continue
        there, misfits, many = dict(seen), 0, Counter[str]()
        for document in tables.get(ENTRIES, {}).values():
            cells, wrong = cells_of(document, TYPES)
            entry = entry_of(document, cells)
            same = entry and there.setdefault(entry.id, entry)
            if entry is None or same is None or (same.question, same.part) != (entry.question, entry.part):
                misfits += 1
                continue
            misfits += wrong
            many[entry.id] += 1
        misfits += sum(record_of(Conflict, document) is None for document in tables.get(CONFLICTS, {}).values())
        assert (found.misfits, found.entries.keys()) == (misfits, many.keys())
        assert found.doubled == {name for name, count in many.items() if count > 1}
        assert found.rev == max([tables.get("meta", {}).get("1", {}).get("rev", 0),
                                 *(entry.rev for entry in found.entries.values())])  # fmt: skip
        seen = there


@given(FILES, PRIVATES)
def test_what_two_files_say_together(public: Tables, private: Tables | None) -> None:
    """Cell by cell, conflict by conflict: the later one of two counts, and what only one file has is there."""
    half, other, joined = read_both(public, private)
    files, known = [half, *([other] if other else [])], joined.partnership
    metas = [one.tables.get("meta", {}).get("1", {}) for one in files]
    assert (known.id, known.rev) == ("p" * 10, max(one.rev for one in files))
    assert known.changed == (metas[0].get("changed") if isinstance(metas[0].get("changed"), str) else "")
    assert known.created == (metas[0].get("created") or "")
    found: dict[tuple[str, str], list[Cell]] = {}
    for one in files:
        for name, entry in one.entries.items():
            for key, cell in entry.cells.items():
                found.setdefault((name, key), []).append(cell)
    assert cells(known) == {place: max(both, key=lambda cell: cell.rev) for place, both in found.items()}
    assert known.entries.keys() == {name for one in files for name in one.entries}
    twice = {place: both for place, both in found.items() if len(both) > 1}
    assert joined.move_interrupted is bool(twice)
    gone = {place for place, (first, second) in twice.items() if first.value != second.value}
    assert {(one.entry.id, one.key) for one in joined.overridden} == gone
    assert all((one.winner, one.cell) in ((first, second), (second, first)) for one in joined.overridden
               for first, second in [twice[one.entry.id, one.key]])  # fmt: skip
    read = [(record_of(Conflict, document), one is other) for one in reversed(files)
            for document in one.tables.get(CONFLICTS, {}).values()]  # fmt: skip
    fitting = [(one, hidden) for one, hidden in read if one is not None and both_fit(known, one)]
    ids = {one.id for one, _hidden in fitting}
    assert list(known.conflicts) == sorted(known.conflicts, key=lambda one: (one.rev, one.id))
    for conflict in known.conflicts:
        alike = [(one, hidden) for one, hidden in read if one is not None and one.id == conflict.id]
        assert replace(conflict, private=False) in [one for one, _hidden in alike] and conflict.id in ids
        assert conflict.private is any(hidden for _one, hidden in alike) or len(alike) > 1
        assert bool(conflict.settled) is any(one.settled for one, _hidden in alike)
        assert both_fit(known, conflict)
    assert {one.id for one, _hidden in fitting if sum(other is not None and other.id == one.id for other, _ in read) < 2
            } <= {one.id for one in known.conflicts}  # fmt: skip


def both_fit(known: Partnership, conflict: Conflict) -> bool:
    """Whether the texts of a conflict may stand in its cell."""
    entry = known.entries.get(conflict.entry, conflict)
    return all(TYPES.fits(entry.question, entry.part, conflict.cell, one) for one in (conflict.mine, conflict.theirs))


TALLIES: dict[str, Any] = {"none": None, "number": 3, "list": [], "text": "x", "empty": {},
           "no counts": {"q": 3, "r": None},
           "odd": {"q": {"agree": True, "discuss": "2", "reservation": 2, "x": 0}, "r": {}}}  # fmt: skip


@pytest.mark.parametrize("stored", TALLIES.values(), ids=TALLIES)
def test_of_counts_whatever_is_none_is_left_out(stored: Any) -> None:
    half = read_half({"meta": {"1": {"tallies": stored}}}, TYPES)
    wanted = {"q": {"reservation": 2, "x": 0}, "r": {}} if stored == TALLIES["odd"] else {}
    assert join_halves("p" * 10, half, None).partnership.tallies == wanted


@st.composite
def steps(draw: st.DrawFn, before: Partnership) -> Applied:
    """Some cells of a partnership set anew, entries put in, whatever is public or private of them."""
    changes = []
    for entry in draw(st.lists(entries(), max_size=3)):
        stands = before.entries.get(entry.id, entry)
        may = SHAPES.get((stands.question, stands.part), ((), {}))[1]
        for key in draw(st.lists(st.sampled_from(list(may)), max_size=3)) if may else ():
            value = draw(st.sampled_from(may[key]))
            changes.append(Change(stands.id, stands.question, key, value, stands.part, stands.subject))
    return apply(before, changes, by="Ann", at=LATER)


def told(*files: Tables | None) -> Counter[str]:
    """Each line of the history of some files, whatever it is."""
    return Counter(repr(document) for file in files if file for document in file.get(HISTORY, {}).values())


def standing(partnership: Partnership) -> dict[str, Entry]:
    """The entries that hold anything: of another one a document may stay, for the strange things in it."""
    return {name: entry for name, entry in partnership.entries.items() if entry.cells}


def cells(partnership: Partnership) -> dict[tuple[str, str], Cell]:
    return {(entry.id, key): cell for entry in partnership.entries.values() for key, cell in entry.cells.items()}


@given(FILES, PRIVATES, PASTS, st.data())
def test_a_save_of_any_tables_is_read_back_whole(
    public: Tables, private: Tables | None, past: Tables, data: st.DataObject
) -> None:
    half, other, joined = read_both(public, private)
    assume(not two_answers(half, public) and (other is None or not two_answers(other, private or {})))
    known = joined.partnership
    done = data.draw(steps(known))
    state = State(known, half, other, past, joined.overridden, joined.move_interrupted)
    before = copy.deepcopy((public, private, past))
    made = plan(PrivacySplit(GUIDE), state, done.partnership, done.past, "id-Ann")
    assert (public, private, past) == before, "what was read is not touched"
    back_public, back_private, back = read_both(made.public, made.private)
    assert standing(back.partnership) == standing(made.partnership)
    assert not back.overridden and not back.move_interrupted
    assert (back.partnership.rev, back.partnership.created) == (done.partnership.rev, known.created)
    assert back.partnership.changed == done.partnership.changed
    # Whether one is private may be known by its file alone, where no entry is left to say it.
    # One that answers another question than its entry fits or not as that entry comes and goes: it is left aside.
    odd = [repr(one.get("id")) for file in (public, private or {}) for one in file.get(CONFLICTS, {}).values()
           if one.get("question") != "gather.vision"]  # fmt: skip
    conflicts_of = [[one for one in known.conflicts if repr(one.id) not in odd]
                    for known in (back.partnership, made.partnership)]  # fmt: skip
    assert conflicts_of[0] == conflicts_of[1]
    for at_private, found in ((False, back_public), (True, back_private)):
        for entry in found.entries.values() if found else ():
            whole = made.partnership.entries[entry.id]
            assert {is_public(GUIDE, made.partnership, whole, key) for key in entry.cells} <= {not at_private}
    strange_stays(half, public, made.public)
    if other is not None and private is not None:
        strange_stays(other, private, made.private)
    cut_short(half, done.partnership, known, made)
    for before_it, after_it in ((past, made.past), (private or {}, made.private)):
        assert after_it is before_it or after_it == before_it or (
            after_it["meta"]["1"]["rev"] == done.partnership.rev
        )  # fmt: skip
    history_stays(state, done, made)


def two_answers(half: Half, tables: Tables) -> bool:
    """Whether an entry of a file was left out since its id is that of an answer to another question."""
    return any(
        number not in half.numbers and is_entry(document) for number, document in tables.get(ENTRIES, {}).items()
    )


def strange_stays(half: Half, before: Tables, after: Tables) -> None:
    """What no program of today reads is where it was; what stands in its place is the same object."""
    assert {name: table for name, table in before.items() if name == "later"}.items() <= after.items()
    meta = before.get("meta", {}).get("1", {})
    assert after.get("meta", {}).get("1", {}).get("later") == meta.get("later")
    left: list[Document] = []
    for number, document in before.get(ENTRIES, {}).items():
        if number not in half.numbers:
            assert after[ENTRIES][number] is document
        elif rest := document_without_cells(document, TYPES):
            left.append(rest)
            written = after[ENTRIES][number]
            assert apart(document_without_cells(written, TYPES), written) == apart(rest, written)
    for number, document in after.get(ENTRIES, {}).items():
        found, _misfits = cells_of(document, TYPES)
        name = half.numbers.get(number)
        if name and name not in half.doubled and found == half.cells[name] and found:
            assert document is before[ENTRIES][number], "it needed no change"
    for number, document in before.get(CONFLICTS, {}).items():
        if record_of(Conflict, document) is None:
            assert after[CONFLICTS][number] is document


def apart(rest: Document, written: Document) -> Document:
    """What is not read of a document, but for the places where its cells stand now."""
    taken = cells_of(written, TYPES)[0]
    names, marks = {key.partition("@")[0] for key in taken}, {MARK_NAMES.get(key) for key in taken}
    fields = {name: found for name, found in rest.get("fields", {}).items() if name not in names}
    return {**{key: found for key, found in rest.items() if key not in marks}, "fields": fields}


def cut_short(half: Half, wanted: Partnership, known: Partnership, made: Plan) -> None:
    """A save that ends between two files has all that stands, as it was before or as it was to be."""
    first = read_half(made.private_first, TYPES, other=half)
    between = cells(join_halves(known.id, half, first).partnership)
    old, new = cells(known), cells(wanted)
    for key in {*old, *new}:
        may = [one[key].value for one in (old, new) if key in one]
        assert key not in old or between[key].value in may
    assert cells(read_both(made.public, made.private_first)[2].partnership) == new


def history_stays(state: State, done: Applied, made: Plan) -> None:
    """All of before is told still, each step and each cell that gave way once; none of a private cell in public."""
    private = state.private.tables if state.private else None
    fresh = [{"entry": one.entry, "cell": one.cell, "value": one.value, "new": one.new, "rev": one.rev, "by": "Ann",
              "at": LATER} for one in done.past]  # fmt: skip
    gone = [{"entry": one.entry.id, "question": one.entry.question, "part": one.entry.part, "value": one.cell.value,
             "subject": list(one.entry.subject), "cell": one.key, "new": one.winner.value, "rev": one.winner.rev,
             "by": "", "at": done.partnership.changed, "reason": "two files"} for one in state.overridden]  # fmt: skip
    after = [*made.past.get(HISTORY, {}).values(), *made.private.get(HISTORY, {}).values()]
    for line in (*fresh, *gone):
        found = [document for document in after if line.items() <= {"part": "", "subject": [], **document}.items()]
        assert len(found) == 1, line
    assert all(one.get("author") == "id-Ann" for one in after if (one.get("at"), one.get("by")) == (LATER, "Ann"))
    assert set(told(state.past, private)) <= set(told(made.past, made.private)), "nothing is forgotten"
    assert sum(told(made.past, made.private).values()) <= sum(told(state.past, private).values()) + len(fresh) + len(
        gone
    )
    for document in made.past.get(HISTORY, {}).values():
        assert document["cell"] in made.public_cells[document["entry"]]


COUNTS = {"commit.consensus": {"agree": 3}}


@pytest.mark.parametrize("mark", [None, {}, {"partial": True}])
@pytest.mark.parametrize("counts", [COUNTS, {}])
@pytest.mark.parametrize("writes", [True, False])
def test_counts_are_trusted_as_long_as_no_whole_private_file(
    mark: Document | None, counts: dict[str, Any], writes: bool
) -> None:
    """A copy of the public file has counts without positions; who has the private file has the positions."""
    public = {"meta": {"1": {"tallies": counts}}}
    private = None if mark is None else {"meta": {"1": {"rev": 1, **mark}}}
    half, other, joined = read_both(public, private)
    known = joined.partnership
    assert known.tallies == (counts if mark != {} else {})
    note = Change("n", "open.trust", "note@fr", "se voir", "", (ANN, "bobbobbobb"))
    done = apply(known, [note] if writes else [], by="Ann", at=AT)
    made = plan(PrivacySplit(GUIDE), State(known, half, other), done.partnership, done.past, "id-Ann")
    assert bool(made.private) is (writes or mark is not None)
    trusted = (bool(counts) and writes and mark is None) or mark == {"partial": True}
    assert made.private.get("meta", {}).get("1", {}).get("partial", False) is trusted
    assert (made.private is (other.tables if other else made.private)) or writes


def test_of_two_cells_of_one_revision_the_first_stands() -> None:
    """However often an entry is written in one file: no later document of the same save replaces what was read."""
    entry = Entry(VISION, "gather.vision")
    texts = ("une porte", "un mur", "un toit")
    found = [document_with_cells({}, entry, {"vision@fr": Cell(text, 3)}, TYPES) for text in texts]
    half = read_half({ENTRIES: {str(number): document for number, document in enumerate(found, 1)}}, TYPES)
    assert half.entries[VISION].get("vision@fr") == "une porte"
