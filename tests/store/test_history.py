"""The history of a cell: what makes one stretch of typing, and what enters and leaves the history, once each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from tui.guide.guide_loading import load_guide
from tui.partnership.value_types import value_types
from tui.partnership.values import Conflict, HistoryEntry
from tui.store.history import (
    STRETCH_DELETED_CHARACTERS,
    STRETCH_SECONDS,
    deleted_length,
    last_writer,
    merge_histories,
    read_history,
    split_history,
    with_history_entries,
    with_missing_lines,
)
from tui.store.history_lines import line_length, near_and_far
from tui.store.records import Table, document_of

TYPES = value_types(load_guide())
BEGIN = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
TEXT = (
    "Une porte ouverte tous les soirs de la semaine, pour qui a besoin de parler, et un repas chaud le dimanche midi."
)


@dataclass(frozen=True)
class Save:
    """One save of a text; `later` is how many seconds after the one before."""

    text: object
    later: float = 1.0
    by: str = "Ann"
    author: str = "id-Ann"
    source: str = ""
    reason: str = ""
    entry: str = "gather.vision"
    cell: str = "vision@fr"
    typing: bool = True


def steps(*saves: Save, first: object = None) -> list[tuple[object, object]]:
    """Return the (earlier, later) value of each line of the history after some saves."""
    kept: Table = {}
    stands: dict[tuple[str, str], object] = {}
    at = BEGIN
    for rev, one in enumerate(saves, 1):
        at += timedelta(seconds=one.later)
        before = stands.get((one.entry, one.cell), first)
        past = HistoryEntry(one.entry, "gather.vision", one.cell, before, one.text, rev, one.by, at.isoformat(),
                            source=one.source, reason=one.reason)  # fmt: skip
        kept = with_history_entries(kept, [past], one.author, typing=one.typing)
        stands[one.entry, one.cell] = one.text
    return [(past.value, past.new) for past in read_history(kept, TYPES, private=False)]


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    ("question", "part", "cell", "held", "misfit"),
    [("gather.vision", "", "vision@fr", "Une porte", 3), ("extra.review", "", "date", "2026-11-22", ["x"]),
     ("commit.funding", "rows", "amount", {"amount": "5", "currency": "CAD"}, "beaucoup")],
)  # fmt: skip
def test_a_line_of_another_type_than_its_cell_is_none(
    question: str, part: str, cell: str, held: object, misfit: object, private: bool
) -> None:
    told = [HistoryEntry("e", question, cell, *pair, rev, "Ann", BEGIN.isoformat(), part=part)
            for rev, pair in enumerate([(None, held), (held, misfit), (misfit, held), (held, None)], 1)]  # fmt: skip
    found = read_history(with_history_entries({}, told, "id-Ann", typing=False), TYPES, private=private)
    assert [(past.rev, past.private) for past in found] == [(1, private), (4, private)]


def without(count: int, text: str = TEXT) -> str:
    """Return the text without its last `count` characters."""
    return text[: len(text) - count]


HALF = STRETCH_DELETED_CHARACTERS // 2
GOES_ON = {
    "letters after letters": [Save("Une"), Save("Une porte"), Save("Une porte ouverte")],
    "a slip put right": [Save("Une porte ouvrete"), Save("Une porte ouv"), Save("Une porte ouverte")],
    "as many fall as may, over two saves": [Save(TEXT), Save(without(HALF)), Save(without(2 * HALF))],
    "the last second of a stretch": [Save("Une"), Save("Une porte", later=STRETCH_SECONDS)],
    "long typing, each save soon after the last": [Save("Une" + "!" * n, later=50) for n in range(9)],
    "in the middle of the text": [Save("Une ouverte"), Save("Une porte ouverte")],
    "at the same moment": [Save("Une"), Save("Une porte", later=0)],
}  # fmt: skip
STOPS = {
    "a second too late": [Save("Une"), Save("Une porte", later=STRETCH_SECONDS + 1)],
    "a clock set back": [Save("Une"), Save("Une porte", later=-1)],
    "a clock set back by a day": [Save("Une"), Save("Une porte", later=-86400)],
    "somebody else": [Save("Une"), Save("Une porte", by="Bob", author="id-Bob")],
    "somebody else of the same name": [Save("Une"), Save("Une porte", author="id-Ann-2")],
    "the same account under another name": [Save("Une"), Save("Une porte", by="Anne")],
    "in a meeting": [Save("Une"), Save("Une porte", source="meeting:m")],
    "after a meeting": [Save("Une", source="meeting:m"), Save("Une porte")],
    "for a reason": [Save("Une"), Save("Une porte", reason="undo")],
    "after what had a reason": [Save("Une", reason="undo"), Save("Une porte")],
    "told by a program": [Save("Une"), Save("Une porte", typing=False)],
    "after what a program told": [Save("Une", typing=False), Save("Une porte")],
    "another text": [Save("Une porte"), Save("Un lieu")],
    "more falls at once than may": [Save(TEXT), Save(without(STRETCH_DELETED_CHARACTERS + 1))],
    "the text emptied": [Save("Une porte"), Save("")],
    "no text at all": [Save("Une porte"), Save(None)],
    "a choice": [Save(3, cell="choice"), Save(4, cell="choice")],
}


@pytest.mark.parametrize("name", GOES_ON)
def test_a_stretch_of_typing_is_one_step(name: str) -> None:
    saves = GOES_ON[name]
    assert steps(*saves) == [(None, saves[-1].text)]


@pytest.mark.parametrize("name", STOPS)
def test_what_ends_a_stretch_is_a_step_of_its_own(name: str) -> None:
    one, other = STOPS[name]
    assert steps(one, other) == [(None, one.text), (one.text, other.text)]


def test_what_falls_is_added_up_over_a_stretch() -> None:
    """Ten saves that each let a few characters fall would else eat a text away."""
    fallen = [Save(without(count)) for count in (HALF, 2 * HALF, 2 * HALF + 1, 3 * HALF, 4 * HALF)]
    assert steps(Save(TEXT), *fallen) == [
        (None, without(2 * HALF)),
        (without(2 * HALF), without(4 * HALF)),
    ]
    typed = [Save(TEXT), Save(without(HALF)), Save(TEXT), Save(without(HALF)), Save(TEXT), Save(without(HALF))]
    assert len(steps(*typed)) == 2, "what is typed again in between makes it no less"


def test_a_stretch_tells_its_last_save_and_how_much_fell_where_anything_did() -> None:
    kept: Table = {}
    before = None
    for rev, (text, fell) in enumerate(
        (("Une", None), ("Une porte", None), ("Une port", 1), ("Une port ouvert", 1)), 1
    ):
        at = (BEGIN + timedelta(seconds=rev)).isoformat()
        past = HistoryEntry("e", "gather.vision", "vision@fr", before, text, rev, "Ann", at)
        kept = with_history_entries(kept, [past], "id", typing=True)
        told = [
            (document["new"], document["rev"], document["at"], document.get("deleted")) for document in kept.values()
        ]
        assert told == [(text, rev, at, fell)]
        before = text


def test_another_cell_or_entry_in_between_ends_no_stretch_and_is_none() -> None:
    saves = [Save("Une"), Save("Un but", cell="goal@fr"), Save("Un", entry="other"), Save("Une porte")]
    assert steps(*saves) == [(None, "Une porte"), (None, "Un but"), (None, "Un")]


def test_a_stretch_goes_on_only_from_what_it_left() -> None:
    first = HistoryEntry("e", "q", "c", None, "Une", 1, "Ann", BEGIN.isoformat())
    other = HistoryEntry("e", "q", "c", "Deux", "Deux portes", 2, "Ann", BEGIN.isoformat())
    kept = with_history_entries(with_history_entries({}, [first], "id", typing=True), [other], "id", typing=True)
    assert [(past.value, past.new) for past in read_history(kept, TYPES, private=False)] == [
        (None, "Une"),
        ("Deux", "Deux portes"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("", "a", 0), ("abcd", "abcd", 0), ("abcdefgh", "abcdefg", 1), ("abcdefgh", "abcXgh", None),
        ("abcdefgh", "abXefgh", 2), ("abcdefgh", "Xbcdefgh", 1), ("abcd", "ab", None), ("abcdefgh", "X", None),
        (None, "a", None), ("a", None, None), (["a"], ["b"], None),
    ],
)  # fmt: skip
def test_how_much_of_a_text_is_gone(before: object, after: object, gone: int | None) -> None:
    """All at one place, and at most a quarter of what stood; else it is another text."""
    assert deleted_length(before, after) == gone


def entry(rev: int, cell: str = "c", new: str = "n", by: str = "Ann") -> HistoryEntry:
    return HistoryEntry("e", "q", cell, None, new, rev, by, BEGIN.isoformat())


def test_what_became_private_leaves_the_public_history_and_enters_the_other_once() -> None:
    documents = [
        document_of(entry(rev, cell)) for rev, cell in ((1, "seen"), (2, "hidden"), (3, "seen"), (4, "hidden"))
    ]
    public = {str(number): one for number, one in enumerate(documents, 1)}
    stays, goes = split_history(public, {"e": {"seen"}, "other": {"hidden"}})
    assert (list(stays), goes) == (["1", "3"], [documents[1], documents[3]])
    assert split_history(public, {}) == ({}, documents)
    entered = with_missing_lines({"7": documents[1]}, goes)
    assert entered == {"7": documents[1], "8": documents[3]} and with_missing_lines(entered, goes) == entered


def test_both_histories_are_one_in_the_order_of_their_revisions() -> None:
    public, private = [entry(1), entry(4, "d"), entry(5)], [entry(2), entry(4, "d"), entry(3, "d")]
    secret = [replace(one, private=True) for one in private]
    found = merge_histories(public, secret, "", "")
    assert [(one.rev, one.private) for one in found] == [(1, False), (2, True), (3, True), (4, True), (5, False)]
    assert [one.rev for one in merge_histories(public, secret, "e", "d")] == [3, 4]
    assert merge_histories(public, secret, "other", "") == merge_histories(public, secret, "", "other") == []
    assert len(merge_histories(public, [replace(public[0], new="another")])) == 4, "two texts of one revision are two"


def test_the_writer_of_what_stands_is_the_last_who_set_it_so() -> None:
    conflict = Conflict("i", "e", "q", "c", "mine", "theirs", "Bob", "", BEGIN.isoformat(), 9, 1)
    known = [entry(1, new="theirs", by="Zoé"), entry(2, new="else"), entry(3, new="theirs", by="Léa"),
             entry(4, "d", new="theirs", by="Max")]  # fmt: skip
    assert last_writer(known, conflict) == "Léa" and last_writer([entry(1)], conflict) == ""


def test_what_is_no_history_is_passed_over_and_kept() -> None:
    """Documents changed by hand, or of a newer program, make nothing fail."""
    odd: Table = {"1": {"entry": "e"}, "2": {**document_of(entry(1, new="Une")), "author": "id", "deleted": "many"}}
    kept = with_history_entries(
        odd, [HistoryEntry("e", "q", "c", "Une", "Une porte", 2, "Ann", BEGIN.isoformat())], "id", typing=True
    )
    assert {key: kept[key] for key in odd} == odd
    assert [(past.value, past.new) for past in read_history(kept, TYPES, private=False)] == [
        (None, "Une"),
        ("Une", "Une porte"),
    ]


def test_each_change_of_one_save_is_kept_whatever_goes_on_beside_it() -> None:
    def save(rev: int, *texts: tuple[str, str, str]) -> list[HistoryEntry]:
        at = (BEGIN + timedelta(seconds=rev)).isoformat()
        return [HistoryEntry(name, "gather.vision", "vision@fr", old, new, rev, "Ann", at) for name, old, new in texts]

    table = with_history_entries({}, save(1, ("e1", "", "Une"), ("e2", "", "Deux")), "id-Ann", typing=True)
    news = save(2, ("e1", "Une", "Une porte"), ("e2", "Deux", "Deux portes"), ("e3", "", "Trois"))
    kept = read_history(with_history_entries(table, news, "id-Ann", typing=True), TYPES, private=False)
    assert [(past.entry, past.new) for past in kept] == [("e1", "Une porte"), ("e2", "Deux portes"), ("e3", "Trois")]


def test_the_tenth_step_stands_behind_the_ninth() -> None:
    saves = [Save(f"texte {number}", later=STRETCH_SECONDS + 1) for number in range(1, 13)]
    assert [new for _old, new in steps(*saves)] == [save.text for save in saves]


def test_what_saves_write_stays_short_however_long_the_history_is() -> None:
    table = {
        str(number): {"rev": number, "entry": "vision", "cell": "text", "new": "mot " * 250} for number in range(300)
    }
    near, far = near_and_far(table)
    assert [*far, *near.values()] == list(table.values())
    assert sum(map(line_length, near.values())) < 150_000 < sum(map(line_length, far))
