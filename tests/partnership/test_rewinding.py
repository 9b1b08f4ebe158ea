"""Tests of rewinding: a partnership as it was at a revision, without what has become private since."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.partnership.told import GUIDE
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.rewinding import rewound
from tui.partnership.values import Cell, Entry, HistoryEntry, Partnership, Value

OBJECTIVES, CONTRIBUTIONS = "gather.objectives", "open.contributions"
# The words of one objective over time: (revision, before, after, source).
WORDS: list[tuple[int, Value, Value, str]] = [
    (1, None, "un guide", ""),
    (2, "un guide", "deux guides", ""),
    (3, "deux guides", "trois guides", "meeting:m"),
    (4, "trois guides", None, ""),
]


def past() -> list[HistoryEntry]:
    """The history of the words of the objective."""
    return [
        HistoryEntry("o", OBJECTIVES, "text@fr", before, after, rev, "Marie", "", "rows", (), source)
        for rev, before, after, source in WORDS
    ]


def now(*entries: Entry) -> Partnership:
    """A partnership of these entries, at the last revision."""
    return Partnership("a" * 10, 4, {entry.id: entry for entry in entries})


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
@pytest.mark.parametrize(("rev", "words"), [(0, None), *((rev, after) for rev, _before, after, _source in WORDS)])
def test_each_revision_has_its_words_in_whatever_order_the_past_comes(
    rev: int, words: Value, order: tuple[int, ...]
) -> None:
    lines = [past()[at] for at in order]
    emptied = Entry("o", OBJECTIVES, "rows", (), {"#order": Cell("a", 1)})
    found = rewound(GUIDE, now(emptied), lines, rev, kept_source="")
    assert found.entries["o"].get("text@fr") == words
    assert found.entries["o"].get("#order") == "a"


@pytest.mark.parametrize(
    ("kept_source", "words"), [("", "deux guides"), ("meeting:m", None), ("meeting:n", "deux guides")]
)
def test_what_was_decided_there_and_entered_afterwards_is_kept(kept_source: str, words: Value) -> None:
    lines = [line for line in past() if line.rev < 4]
    third = Entry("o", OBJECTIVES, "rows", (), {"text@fr": Cell("trois guides", 3)})
    found = rewound(GUIDE, now(third), lines, 2, kept_source=kept_source)
    assert found.entries["o"].get("text@fr") == (words or "trois guides")


def test_a_row_made_later_is_not_there_yet() -> None:
    entry = Entry("o", OBJECTIVES, "rows", (), {"text@fr": Cell("un guide", 1)})
    found = rewound(GUIDE, now(entry), past()[:1], 0, kept_source="")
    assert not found.entries["o"].is_in_use and not found.rows(OBJECTIVES, "rows")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("accepted", "accepted", True),
        ("accepted", "wished", False),  # it is private now
        ("wished", "wished", True),  # private then and now: the text prints neither
        ("wished", "accepted", True),
    ],
)
@pytest.mark.parametrize("removed", [False, True])
def test_what_became_private_since_is_left_out_and_what_was_removed_is_not(
    before: str, after: str, shown: bool, removed: bool
) -> None:
    partner = Entry("p", "open.who", "", ("p",), {"name@fr": Cell("Ruche", 1), "status": Cell("interested", 1)})
    cells = {"text@fr": Cell("une salle", 1), "state": Cell(after, 2)}
    row = Entry("c", CONTRIBUTIONS, "rows", ("p",), {**cells, **({"#removed": Cell(True, 3)} if removed else {})})
    lines = [HistoryEntry("c", CONTRIBUTIONS, "state", before, after, 2, "Marie", "", "rows", ("p",))]
    if removed:
        lines.append(HistoryEntry("c", CONTRIBUTIONS, "#removed", None, True, 3, "Marie", "", "rows", ("p",)))
    then = rewound(GUIDE, now(partner, row), lines, 1, kept_source="")
    assert (then.entries["c"].get("text@fr") == "une salle") is shown
    assert then.entries["p"] == partner


@pytest.mark.parametrize(("before", "since", "seen"), [
    ("interested", "interested", True), ("interested", "contacted", False), ("contacted", "contacted", True),
])  # fmt: skip
def test_people_of_a_partner_that_may_not_be_named_any_more_are_left_out(before: str, since: str, seen: bool) -> None:
    partner = Entry("a", WHO, "", ("a",), {"name@fr": Cell("Nid", 1), "status": Cell(since, 3)})
    person = Entry("p", WHO, PEOPLE, ("a",), {"name": Cell("Zanzibar", 2)})
    lines = [HistoryEntry("a", WHO, "status", before, since, 3, "Marie", "", "", ("a",))]
    then = rewound(GUIDE, now(partner, person), lines if before != since else [], 2, kept_source="")
    assert then.entries["a"].get("status") == before
    assert ("Zanzibar" in repr(then)) is seen and ("Nid" in repr(then)) is seen
