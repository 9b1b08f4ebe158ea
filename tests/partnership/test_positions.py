"""Tests of what positions are worth: on changed words, as stored counts, in the short and the long form."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import AT, GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership import positions, privacy
from tui.partnership.changes import apply
from tui.partnership.positions import (
    BEFORE_PREFIX,
    DISSENT,
    LONG_FORM_LEVELS,
    POSITIONS,
    UNSAID,
    PositionStatus,
    canonical,
    count_words,
    counted_codes,
    digest,
    digest_of_items,
    excepted_point,
    fingerprint,
    levels_to_choose,
    points,
    position_statuses,
)
from tui.partnership.privacy import PublicView, public_entry, public_view, stored_tallies
from tui.partnership.values import Cell, Entry, Partnership
from tui.partnership.values import Change as CellChange
from tui.ui.form_painter import FormPainter
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

Change = Callable[[Told], object]
ANSWERS = {"A": "agree", "B": "agree", "C": "reservation", "D": "absent"}
# Changes of the words that partners have answered on; and of what they have not: a partner keeps its id.
REWORDED: dict[str, Change] = {
    "a sentence": lambda told: told.say("gather.vision", {"vision": "Une autre"}),
    "a choice": lambda told: told.say("gather.level", {"level": "services"}),
    "a line more": lambda told: told.say("gather.objectives", ["offrir", "former"]),
    "a partner more": lambda told: told.join("E", status="interested"),
}
SAME_WORDS: dict[str, Change] = {
    "what no document says": lambda told: told.say("open.how_many", {"min": 3}),
    "a name": lambda told: told.say("open.who", {"name": "A et fils"}, "A"),
    "a role": lambda told: told.say("open.who", {"role": "hôte"}, "A"),
}


def handed_over() -> Told:
    """What one gets who is handed a partnership over: the counts of four answers, and no position."""
    told = Told(*ANSWERS)
    told.say("gather.vision", {"vision": "Une oreille"})
    told.say("gather.level", {"level": "networking"})
    told.say("gather.objectives", ["offrir"])
    for name, level in ANSWERS.items():
        told.say("commit.consensus", level, name)
    stored = stored_tallies(PublicView(GUIDE), told.partnership)
    told.partnership = replace(public_view(GUIDE, told.partnership), tallies=stored)
    return told


def counts(partnership: Partnership) -> dict[str, int]:
    """The answers on the whole text as the document counts them."""
    return dict(public_view(GUIDE, partnership).tallies["commit.consensus"])


def test_an_answer_to_the_procedures_is_reopened_by_their_words_alone() -> None:
    told = Told("A")
    told.say("gather.vision", {"vision": "Une oreille"})
    for question in POSITIONS:
        told.say(question, "agree", "A")
    reopened = set()
    for question, part, cell in (
        ("gather.vision", "", "vision@fr"), ("gather.objectives", "rows", "text@fr"), ("gather.level", "", "level"),
        ("gather.governance", "bodies", "name@fr"), ("gather.lead", "rows", "mandate@fr"),
        ("extra.decision_rule", "", "rule@fr"), ("commit.time", "rows", "effort@fr"),
    ):  # fmt: skip
        said = apply(told.partnership, [CellChange(f"{question}{part}", question, cell, "networking", part)],
                     by="Ann", at=AT).partnership  # fmt: skip
        answers = position_statuses(said, points(GUIDE, public_view(GUIDE, said)))
        assert answers["commit.consensus", told.ids["A"]].reopened, question
        reopened |= {question} if answers["gather.procedures", told.ids["A"]].reopened else set()
    assert reopened == {"gather.level", "gather.governance", "gather.lead", "extra.decision_rule"}


@pytest.mark.parametrize(("status", "may_appear"), [("contacted", False), ("interested", True)])
def test_who_takes_part_has_the_fingerprint_of_its_id_and_of_whether_it_is_named(status: str, may_appear: bool) -> None:
    """Positions on disk keep it: any other would reopen them all."""
    told = Told()
    partner_id = told.join("A", status=status)
    assert points(GUIDE, told.partnership)[partner_id] == digest(["open.who", partner_id, may_appear])


@pytest.mark.parametrize("change", SAME_WORDS)
def test_counts_handed_over_stand_on_the_words_they_were_made_on(change: str) -> None:
    told = handed_over()
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}
    SAME_WORDS[change](told)
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}


@pytest.mark.parametrize("change", REWORDED)
def test_counts_handed_over_are_to_be_confirmed_on_other_words(change: str) -> None:
    told = handed_over()
    before = told.partnership
    REWORDED[change](told)
    assert counts(told.partnership) == {"reopened": 3, "absent": 1}, "who was absent is none the less so"
    told.partnership = before
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}, "the former words again"


def test_counts_of_an_older_file_that_names_no_words_stand() -> None:
    told = handed_over()
    stored = {name: found for name, found in told.partnership.tallies.items() if name != "text"}
    assert stored != told.partnership.tallies
    told.partnership = replace(told.partnership, tallies=stored)
    REWORDED["a sentence"](told)
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}


@pytest.mark.parametrize("stands", ["", *GUIDE.choices["position"]])
@pytest.mark.parametrize("long", [False, True])
def test_a_level_that_stands_is_offered_whatever_the_form(stands: str, long: bool) -> None:
    told = Told("A")
    told.setting("positions", "long" if long else None)
    wanted = [one for one in GUIDE.choices["position"] if long or one not in LONG_FORM_LEVELS or one == stands]
    assert list(levels_to_choose(GUIDE, told.partnership, stands)) == wanted
    name = f"commit.consensus:{told.ids['A']}"
    told.take(CellChange(name, "commit.consensus", "level", stands or None, "", (told.ids["A"],)))
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place("commit.consensus", told.ids["A"])
    (slot,) = [one for one in FormPainter(workspace, 80).paint().slots if one.field.key == f"{name}/level"]
    assert ([code for code, _words in slot.field.options], slot.field.chosen) == (wanted, stands)


LEVELS = GUIDE.choices["position"]
NAMES, SAYS, NOTHING = "names a sentence", "says something", "says nothing"


def with_answer(level: str, exceptions: tuple[tuple[str, str | None], ...]) -> tuple[Told, dict[str, str], list[str]]:
    """Return three sentences and A's answer on them; the sentences' points, and the rows « sauf » that count."""
    told = Told("A", "B")
    lines = [told.say("gather.objectives", one, op="add")[0] for one in ("offrir", "former", "veiller")]
    seen = points(GUIDE, public_view(GUIDE, told.partnership))
    mine = (told.ids["A"],)
    name = f"commit.consensus:{mine[0]}"
    told.take(
        CellChange(name, "commit.consensus", "level", level, "", mine),
        CellChange(name, "commit.consensus", "seen", seen, "", mine),
    )
    counting = []
    for number, (kind, leave) in enumerate(exceptions):
        row = f"sauf{number}aaaaa"
        cells = {"leave": leave, "#order": f"a{number}"}
        cells |= {NAMES: {"point": lines[0]}, SAYS: {"text@fr": "pas ceci"}, NOTHING: {}}[kind]
        told.take(
            *(CellChange(row, "commit.consensus", cell, value, "exceptions", mine) for cell, value in cells.items())
        )
        counting += [row] if kind != NOTHING else []
    told.ids |= dict(zip(("first", "second", "third"), lines, strict=True))
    return told, seen, counting


def worth(told: Told) -> PositionStatus:
    """Return what A's answer on the whole text is worth now."""
    now = points(GUIDE, public_view(GUIDE, told.partnership))
    return position_statuses(told.partnership, now)["commit.consensus", told.ids["A"]]


EXCEPTIONS = [(kind, leave) for kind in (NAMES, SAYS, NOTHING) for leave in (None, "no", "yes")]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("exceptions", [(), *((one,) for one in EXCEPTIONS), *itertools.combinations(EXCEPTIONS, 2)])
def test_what_an_answer_with_exceptions_is_worth(level: str, exceptions: tuple[tuple[str, str | None], ...]) -> None:
    told, _seen, counting = with_answer(level, exceptions)
    counted = [(kind, leave) for kind, leave in exceptions if kind != NOTHING]
    wanted = PositionStatus(
        "commit.consensus",
        told.ids["A"],
        level,
        (),
        tuple(counting),
        unseen=False,
        silent=any(leave != "yes" for _kind, leave in counted),
        left_out=(told.ids["first"],) if any(kind == NAMES for kind, _leave in counted) else (),
    )
    assert worth(told) == wanted
    assert (worth(told).unseen, worth(told).silent) == (False, wanted.silent)
    assert worth(told).code == ("except" if counting and level in ("agree", "rallies") else level)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("leaves_out", [True, False])
@pytest.mark.parametrize("reworded", ["first", "second"])
def test_a_sentence_left_out_may_change_and_no_other(level: str, leaves_out: bool, reworded: str) -> None:
    told, _seen, _rows = with_answer(level, ((NAMES, "yes"),) if leaves_out else ())
    row = told.ids[reworded]
    told.take(CellChange(row, "gather.objectives", "text@fr", "autre chose", "rows"))
    changed = () if leaves_out and reworded == "first" else (row,)
    assert worth(told).changed == changed
    given_anew = "except" if leaves_out and level in ("agree", "rallies") else level
    on_other_words = level if level in UNSAID else BEFORE_PREFIX + level if level in DISSENT else "reopened"
    assert worth(told).code == (on_other_words if changed else given_anew)


def test_an_answer_of_which_nobody_knows_the_words_is_unseen() -> None:
    told, _seen, _rows = with_answer("agree", ())
    mine = (told.ids["A"],)
    told.take(CellChange(f"commit.consensus:{mine[0]}", "commit.consensus", "seen", None, "", mine))
    assert (worth(told).unseen, worth(told).changed, worth(told).code) == (True, (), "reopened")


@pytest.mark.parametrize("code", counted_codes(GUIDE))
@pytest.mark.parametrize("question", POSITIONS)
def test_each_count_handed_over_on_other_words(code: str, question: str) -> None:
    """Who was absent or said nothing is none the less so; a disagreement stands; the rest is asked again."""
    told = Told("A", "B", "C")
    told.partnership = replace(told.partnership, tallies={question: {code: 3}, "text": {"other words": 1}})
    kept = code in UNSAID or code.startswith(BEFORE_PREFIX)
    wanted = code if kept else BEFORE_PREFIX + code if code in DISSENT else "reopened"
    assert public_view(GUIDE, told.partnership).tallies[question] == {wanted: 3}


def test_counts_handed_over_without_the_partners_they_were_made_of_stand() -> None:
    """Who may not be named is not handed over; who left is taken off where all that were counted are known."""
    told = Told("A", "B", "C")
    counted = {"agree": 4, "reservation": 1}
    told.partnership = replace(told.partnership, tallies={"commit.consensus": counted})
    assert counts(told.partnership) == counted
    told.partnership = replace(told.partnership, tallies={"commit.consensus": {"agree": 2, "reservation": 1}})
    told.say("open.who", {"status": "withdrawn"}, "C")
    assert counts(told.partnership) == {"agree": 1, "reservation": 1}
    told.partnership = replace(told.partnership, tallies={"commit.consensus": {"agree": 3}})
    assert counts(told.partnership) == {"agree": 2}
    told.partnership = replace(told.partnership, tallies={"commit.consensus": {"agree": 3, "discuss": 0}})
    assert counts(told.partnership) == {"agree": 2}
    told.say("commit.consensus", "agree", "A")
    told.partnership = replace(told.partnership, tallies={"commit.consensus": {"disagree": 1}})
    assert counts(told.partnership) == {"agree": 1}, "as many positions as were counted are known themselves"


def test_counts_are_stored_with_one_mark_of_their_words_or_not_at_all() -> None:
    told = handed_over()
    assert list(told.partnership.tallies["text"].values()) == [1]
    assert stored_tallies(PublicView(GUIDE), Told("A").partnership) == {}


SAID_ALOUD = {
    "fr": (
        "2 accords, 2 réserves, 2 à discuter, 2 désaccords, 2 absents, 2 sans réponse, 2 ralliements,"
        " 2 désaccords sans opposition, 2 oppositions, 2 désaccords donnés sur l'ancien texte,"
        " 2 désaccords sans opposition donnés sur l'ancien texte, 2 oppositions données sur l'ancien texte,"
        " 2 accords, sauf sur des phrases nommées, 2 à confirmer sur le nouveau texte"
    ),
    "en": (
        "1 agreement, 1 reservation, 1 to be discussed, 1 disagreement, 1 absent, 1 without an answer, 1 goes along,"
        " 1 stands aside, 1 opposes, 1 disagreement given on the earlier text, 1 stands aside, on the earlier text,"
        " 1 opposes, on the earlier text, 1 agreement, except on named sentences, 1 to be confirmed on the new text"
    ),
}


@pytest.mark.parametrize(("lang", "each"), [("fr", 2), ("en", 1)])
def test_a_count_said_aloud_names_each_answer_there_is(lang: str, each: int) -> None:
    order = sorted(counted_codes(GUIDE), key=lambda code: SAID_ALOUD[lang].find(aloud(code, lang, each)))
    assert list(counted_codes(GUIDE)) == order
    assert count_words(GUIDE, dict.fromkeys(counted_codes(GUIDE), each), lang) == SAID_ALOUD[lang]
    assert count_words(GUIDE, dict.fromkeys(counted_codes(GUIDE), 0), lang) == ""


def aloud(code: str, lang: str, n: int) -> str:
    """Return one count as it is said alone."""
    return count_words(GUIDE, {code: n}, lang)


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ({"b": ["\u0065\u0301", 1], "a": None}, "30046fdcc7e5208c2f87c10236e0b015"),
        ({"a": None, "b": ["é", 1]}, "30046fdcc7e5208c2f87c10236e0b015"),
        ("une moitié de lettre : \ud83d", "6a7ccca59e6579d7ccc203c15617e2a7"),
    ],
    ids=["letter and accent", "accented letter", "half a letter"],
)
def test_a_fingerprint_is_what_older_programs_stored(value: object, known: str) -> None:
    assert digest(value) == known


def test_a_box_unticked_and_a_text_emptied_say_nothing() -> None:
    told = Told("A")
    (row,) = told.say("gather.objectives", "offrir", op="add")
    assert row in points(GUIDE, public_view(GUIDE, told.partnership))
    for nothing in ("", False, None):
        told.take(CellChange(row, "gather.objectives", "text@fr", nothing, "rows"))
        assert row not in points(GUIDE, public_view(GUIDE, told.partnership))
    told.take(CellChange(row, "gather.objectives", "text@fr", True, "rows"))
    assert row in points(GUIDE, public_view(GUIDE, told.partnership)), "what says something is a point"


@pytest.mark.parametrize(
    ("quoted", "named"),
    [("L'ACSM offre la salle", True), ("the hall", True), ("la salle", False), ("une", False)],
)
def test_a_sentence_quoted_in_full_is_left_out_where_it_stands_once(quoted: str, named: bool) -> None:
    told, _seen, _rows = with_answer("agree", ())
    texts = ("L'ACSM offre la salle", "une", "une")
    rows = [told.say("open.contributions", text, "B", op="add")[0] for text in texts]
    told.take(CellChange(rows[0], "open.contributions", "text@en", "The hall", "rows"))
    cells = {"text@fr": quoted, "#order": "5"}
    mine = (told.ids["A"],)
    told.take(*(CellChange("sauf", "commit.consensus", key, one, "exceptions", mine) for key, one in cells.items()))
    assert worth(told).left_out == ((rows[0],) if named else ())


def test_who_comes_to_be_named_is_a_change_of_the_text() -> None:
    told = Told("A")
    told.join("E", status="contacted")
    before = points(GUIDE, public_view(GUIDE, told.partnership))
    told.say("open.who", {"status": "interested"}, "E")
    after = points(GUIDE, public_view(GUIDE, told.partnership))
    assert before[told.ids["E"]] != after[told.ids["E"]]
    assert before[told.ids["A"]] == after[told.ids["A"]]


def test_a_sentence_of_two_is_another_one_without_one_of_them_and_none_without_both() -> None:
    told, kept = Told("A", "B"), PublicView(GUIDE)
    first, second = told.ids.values()
    given = {"text": "un local", "state": "accepted", "partners": [first, second]}
    (row,) = told.say("open.contributions", given, "A", op="add")
    found = []
    for name in ("", "B", "A"):
        if name:
            told.say("open.who", {"status": "withdrawn"}, name)
        found.append(kept.of(told.partnership).points.get(row))
        assert found[-1] == points(GUIDE, public_view(GUIDE, told.partnership)).get(row)
    entry = told.partnership.entries[row]
    assert found == [fingerprint(entry), fingerprint(entry, (second,)), None] and found[0] != found[1]


def test_a_row_without_words_is_no_point_whatever_is_marked_on_it() -> None:
    told = Told("A")

    def is_point(cells: dict[str, object]) -> bool:
        held = {name: Cell(value, 1) for name, value in cells.items()}
        row = Entry("r", "open.contributions", "rows", (told.ids["A"],), held)
        return "r" in points(GUIDE, replace(told.partnership, entries={**told.partnership.entries, "r": row}))

    marks: dict[str, object] = {"state": "accepted", "#order": "a", "#state": "to_discuss", "text@fr~2": "un lieu"}
    assert not is_point(marks)
    for cell, value in (("text@fr", "un local"), ("ceiling@fr", "20"), ("due", "2027"), ("#state", "not_applicable")):
        assert is_point({**marks, cell: value}), cell


def test_a_part_that_no_guide_knows_is_no_point() -> None:
    told = Told("A")
    entry = Entry("x" * 10, "open.how_many", "of a later program", (), {"text@fr": Cell("venir", 1)})
    view = replace(told.partnership, entries={**told.partnership.entries, entry.id: entry})
    assert entry.id not in points(GUIDE, view)


def test_words_keep_the_fingerprint_that_answers_were_stored_with() -> None:
    """An answer kept by an earlier program is on the same words for this one."""
    words = {"text@fr": "Prêter une salle", "due": "2027-03", "#state": "to_confirm", "#order": "5", "text@fr~2": "x"}
    entry = Entry("e", "open.contributions", "rows", ("p",), {key: Cell(one, 1) for key, one in words.items()})
    void = Entry("e", "gather.lead", "", (), {"#state": Cell("not_applicable", 1)})
    assert fingerprint(entry) == "9d575fe393c70a4204d7219f00838c94"
    assert fingerprint(entry, ("p",)) == "b5b68e6d8a409578539ccaec7a80ea19"
    assert fingerprint(void) == "be537ae65a1fe0b8bdb78f8adf5d00bc"


def test_what_nobody_touched_is_read_no_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprinted: list[str] = []
    looked_at: list[str] = []
    digested: list[object] = []

    def noting(calls: list, said: Callable, function: Callable) -> Callable:
        def noted(*given: object) -> object:
            calls.append(said(given))
            return function(*given)

        return noted

    monkeypatch.setattr(positions, "fingerprint", noting(fingerprinted, lambda given: given[0].id, fingerprint))
    monkeypatch.setattr(positions, "digest", noting(digested, lambda given: given[0], digest))
    monkeypatch.setattr(privacy, "public_entry", noting(looked_at, lambda given: given[-1].id, public_entry))
    told = Told("A", "B")
    rows = [told.say("gather.objectives", one, op="add")[0] for one in ("offrir", "former")]
    (shared,) = told.say("open.contributions", {"text": "la salle", "state": "confirmed"}, "B", op="add")
    views = PublicView(GUIDE)

    def read_for(*changes: CellChange) -> tuple[set[str], set[str]]:
        for calls in (fingerprinted, looked_at, digested):
            calls.clear()
        told.take(*changes)
        views.of(told.partnership)
        assert len(fingerprinted) == len(set(fingerprinted)) and len(looked_at) == len(set(looked_at))
        return set(fingerprinted), set(looked_at)

    assert read_for()[1] == set(told.partnership.entries)
    before = views.of(told.partnership).view
    assert {*rows, shared} <= before.entries.keys()
    digested.clear()
    assert read_for() == (set(), set()) and digested == []
    assert views.of(told.partnership).view is before
    word = CellChange(rows[0], "gather.objectives", "text@fr", "autre chose", "rows")
    assert read_for(word) == ({rows[0]}, {rows[0]})
    assert [value for value in digested if isinstance(value, list) and value[0] == "open.who"] == []
    vision = CellChange("gather.vision", "gather.vision", "vision@fr", "une oreille")
    assert read_for(vision) == ({"gather.vision"}, {"gather.vision"})
    who = told.ids["B"]
    shown = views.of(told.partnership).view.entries[who]
    hidden = CellChange(who, "open.who", "status_reason", "un mot pour nous", "", (who,))
    assert read_for(hidden) == (set(), {who})
    assert views.of(told.partnership).view.entries[who] is shown, "a private word changes nothing that is seen"
    assert read_for(replace(vision, value="deux oreilles")) == ({"gather.vision"}, {"gather.vision"})
    joined = CellChange("c" * 10, "open.who", "name@fr", "C", "", ("c" * 10,))
    assert read_for(joined)[0] == set(), "who takes part changes no word of a row"
    left = CellChange(who, "open.who", "status", "withdrawn", "", (who,))
    assert read_for(left)[0] <= {shared}
    for name, entry in views.of(told.partnership).view.entries.items():
        if name not in (rows[0], who, shared, "gather.vision"):
            assert before.entries.get(name, entry) is entry


@pytest.mark.slow
@given(st.lists(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)))
def test_a_list_whose_items_are_kept_has_the_digest_it_has_written_at_once(items: list[object]) -> None:
    assert digest_of_items(map(canonical, items)) == digest(items)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_exception_is_about_the_commitment_that_either_of_its_texts_quotes(lang: str) -> None:
    def row(entry_id: str, question: str, part: str, **cells: str) -> list[CellChange]:
        return [
            CellChange(entry_id, question, cell.replace("_", "@"), text, part, ("a",)) for cell, text in cells.items()
        ]

    texts = {"text_fr": "offrir un local", "text_en": "lend a room"}
    quoting = {"text_fr": "ce que nous verrons", "text_en": "what we shall see", f"text_{lang}": texts[f"text_{lang}"]}
    changes = [
        *row("given", "open.contributions", "rows", **texts),
        *row("left out", "commit.consensus", "exceptions", **quoting),
    ]
    partnership = apply(Partnership(id="p"), changes, by="", at=AT).partnership
    assert excepted_point(partnership, partnership.entries["left out"]) == "given"
