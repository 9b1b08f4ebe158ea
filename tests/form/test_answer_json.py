"""Answers given as lines of JSON: short forms, rows, pairs, states, and the messages for wrong lines."""

from __future__ import annotations

from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.answer_json import answer
from tui.form.form import FormContext
from tui.partnership.changes import apply
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import people
from tui.partnership.values import Entry
from tui.partnership.versions import sending_changes


@pytest.fixture
def told() -> Told:
    return Told("UW", "ACSM", "MJ")


def cells(entry: Entry) -> dict[str, Any]:
    """Return the values of an entry by cell key, without its order key."""
    return {key: cell.value for key, cell in entry.cells.items() if key != "#order"}


def rows(told: Told, question: str, part: str = "rows") -> list[dict[str, Any]]:
    """Return the values of each row of a part, as `cells` does."""
    return [cells(row) for row in told.partnership.rows(question, part)]


def test_a_bare_text_answers_the_main_field(told: Told) -> None:
    told.say("gather.vision", "Que chacun ait une oreille le soir.")
    told.say("extra.name", "After hours", lang="en")
    assert cells(told.partnership.entries["gather.vision"]) == {"vision@fr": "Que chacun ait une oreille le soir."}
    assert cells(told.partnership.entries["extra.name"]) == {"name@en": "After hours"}


def test_a_bare_text_adds_a_row_and_a_list_adds_several(told: Told) -> None:
    told.say("gather.objectives", "offrir du counseling", op="add")
    told.say("gather.objectives", ["former le personnel", {"text": "évaluer", "due": "juin 2027"}])
    assert rows(told, "gather.objectives") == [
        {"text@fr": "offrir du counseling"},
        {"text@fr": "former le personnel"},
        {"text@fr": "évaluer", "due": "2027-06"},
    ]


def test_both_languages_at_once(told: Told) -> None:
    told.say("gather.vision", {"vision": {"fr": "Une oreille", "en": "An ear"}})
    assert cells(told.partnership.entries["gather.vision"]) == {"vision@fr": "Une oreille", "vision@en": "An ear"}


def test_a_partner_with_its_people_in_one_line(told: Told) -> None:
    partner_id = told.join("Centre", status="contacted", people=[{"name": "Marie", "signs": True}, "Paul"])
    assert cells(told.partnership.entries[partner_id])["status"] == "contacted"
    assert [row.get("name") for row in people(told.partnership, partner_id)] == ["Marie", "Paul"]


def test_lists_by_name_and_rows_by_part(told: Told) -> None:
    told.say("gather.governance", {"bodies": ["comité"], "reports": [{"what": "fréquentation", "who": "ACSM"}]})
    told.say("gather.governance", {"part": "reports", "what": "budget"}, op="add")
    assert rows(told, "gather.governance", "bodies") == [{"name@fr": "comité"}]
    reports = [{"what@fr": "fréquentation", "who": {"partner": told.ids["ACSM"]}}, {"what@fr": "budget"}]
    assert rows(told, "gather.governance", "reports") == reports


def test_a_contribution_starts_wished_and_a_commitment_accepted(told: Told) -> None:
    told.say("open.contributions", "prêter une salle", "UW", op="add")
    told.say("commit.consensus", {"part": "commitments", "text": "former"}, "ACSM", op="add")
    assert [row["state"] for row in rows(told, "open.contributions")] == ["wished", "accepted"]


def test_a_row_is_changed_and_taken_out_and_comes_back(told: Told) -> None:
    (row,) = told.say("gather.objectives", "offrir", op="add")
    told.say("gather.objectives", {"indicator": "40 rendez-vous"}, row=row)
    assert rows(told, "gather.objectives") == [{"text@fr": "offrir", "indicator@fr": "40 rendez-vous"}]
    told.say("gather.objectives", row=row, op="remove")
    assert rows(told, "gather.objectives") == []
    told.say("gather.objectives", "offrir le soir", row=row)
    assert [values["text@fr"] for values in rows(told, "gather.objectives")] == ["offrir le soir"]


def test_a_view_changes_the_row_it_shows(told: Told) -> None:
    (row,) = told.say("open.contributions", "prêter une salle", "UW", op="add")
    told.say("commit.consensus", {"state": "engagement"}, row=row)
    assert [values["state"] for values in rows(told, "open.contributions")] == ["accepted"]


def test_null_clears_a_field(told: Told) -> None:
    told.say("gather.vision", {"vision": "a", "goal": "b"})
    told.say("gather.vision", {"goal": None})
    entry = told.partnership.entries["gather.vision"]
    assert (entry.text("vision", "fr"), entry.text("goal", "fr")) == ("a", "")


def test_a_pair_is_the_same_from_both_sides(told: Told) -> None:
    told.say("open.trust", "good", pair=["UW", "ACSM"])
    told.say("open.trust", {"note": "vingt ans"}, pair=[told.ids["ACSM"], "uw"])
    (entry,) = told.partnership.rows("open.trust")
    assert cells(entry) == {"scale": "good", "note@fr": "vingt ans"}
    assert entry.subject == tuple(sorted((told.ids["UW"], told.ids["ACSM"])))


def test_states_by_hand(told: Told) -> None:
    told.state("gather.lead", "not_applicable")
    told.state("open.involvement", "to_confirm", "UW")
    told.say("gather.vision", "x", state="to_discuss")
    entries = told.partnership.entries
    assert entries["gather.lead"].state == "not_applicable"
    assert entries[f"open.involvement:{told.ids['UW']}"].state == "to_confirm"
    assert entries["gather.vision"].state == "to_discuss"
    told.state("gather.vision", "")
    assert told.partnership.entries["gather.vision"].state == ""
    told.state("open.involvement", "not_applicable")  # of no partner at all
    assert told.partnership.entries["open.involvement"].state == "not_applicable"


def test_the_list_of_partners_has_a_state_of_its_own(told: Told) -> None:
    told.state("open.who", "not_applicable")
    entry = told.partnership.entries["open.who"]
    assert (entry.state, entry.subject, entry.part != "") == ("not_applicable", (), True)
    assert [partner.state for partner in told.partnership.rows("open.who")] == ["", "", ""]


def test_a_row_with_a_key_is_added_once(told: Told) -> None:
    (row,) = told.say("gather.objectives", "ouvrir", op="add", key="mine")
    assert told.say("gather.objectives", "ouvrir le soir", op="add", key="mine") == [row]
    assert rows(told, "gather.objectives") == [{"text@fr": "ouvrir le soir"}]
    (other,) = told.say("gather.objectives", "fermer", op="add", key="yours")
    assert other != row
    told.say("gather.objectives", row=row, op="remove")
    with pytest.raises(BadValue, match="mine"):
        told.say("gather.objectives", "ouvrir", op="add", key="mine")


def test_the_state_of_a_new_partner_is_its_own(told: Told) -> None:
    (partner_id,) = told.say("open.who", "Centre", op="add", state="to_confirm")
    assert told.partnership.entries[partner_id].state == "to_confirm"


def test_the_state_given_with_a_row_is_the_one_of_its_partner(told: Told) -> None:
    (row,) = told.say("open.contributions", "prêter une salle", "UW", op="add")
    told.say("open.contributions", {"effort": "3 h"}, row=row, state="to_discuss")
    assert told.partnership.entries[f"open.contributions:{told.ids['UW']}"].state == "to_discuss"
    assert "open.contributions" not in told.partnership.entries


def test_a_position_keeps_the_words_it_was_given_on(told: Told) -> None:
    told.say("gather.vision", "Une oreille")
    told.say("commit.consensus", "agree", "UW")
    (position,) = told.partnership.rows("commit.consensus")
    assert "gather.vision" in position.get("seen")
    told.say("extra.preamble", "Nous")
    told.say("commit.consensus", {"level": "reservation"}, row=position.id)
    (position,) = told.partnership.rows("commit.consensus")
    assert "extra.preamble" in position.get("seen"), "also when the line names the row instead of the partner"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_position_is_given_on_the_draft_sent_or_on_todays_text(told: Told, at_once: bool) -> None:
    told.say("gather.vision", "Une oreille")
    partner, context = told.ids["UW"], FormContext(GUIDE, told.partnership, "fr")
    sent = {"partners": {"ids": [partner]}, "number": 1, "seen": dict(context.public.points)}
    told.take(*sending_changes(told.partnership, "a" * 10, sent))
    told.say("gather.vision", "Une oreille attentive")
    now = FormContext(GUIDE, told.partnership, "fr").public.points

    told.say("commit.consensus", "agree", "MJ", text="today")
    (position,) = told.partnership.rows("commit.consensus")
    assert (position.get("level"), position.get("seen")) == ("agree", now), "the level and its text in one line"
    told.say("commit.consensus", partner="MJ", op="remove")
    told.say("commit.consensus", "agree", "UW")
    (position,) = told.partnership.rows("commit.consensus")
    assert position.get("seen") == sent["seen"] != now
    if at_once:
        told.say("commit.consensus", "agree", "UW", text="today")
    else:
        told.say("commit.consensus", partner="UW", text="today")
    (position,) = told.partnership.rows("commit.consensus")
    assert (position.get("level"), position.get("seen")) == ("agree", now)
    told.say("commit.consensus", partner="UW", text="draft")
    (position,) = told.partnership.rows("commit.consensus")
    assert position.get("seen") == sent["seen"]


def test_a_stale_base_gives_a_conflict_and_none_replaces(told: Told) -> None:
    told.say("gather.vision", "un")
    base = told.partnership.rev
    told.say("gather.vision", "deux")
    draft = answer(GUIDE, told.partnership, {"question": "gather.vision", "value": "trois", "base": base})
    done = apply(told.partnership, draft.changes, by="Paul", at="")
    assert [(conflict.theirs, conflict.mine) for conflict in done.conflicts] == [("deux", "trois")]
    told.say("gather.vision", "quatre")
    assert told.partnership.conflicts == ()
    now = {"question": "gather.vision", "value": "cinq", "base": told.partnership.rev}
    assert not apply(told.partnership, answer(GUIDE, told.partnership, now).changes, by="Paul", at="").conflicts


def test_the_language_of_the_partnership_is_the_one_typed_in(told: Told) -> None:
    told.setting("lang", "en")
    told.say("gather.vision", "An ear")
    assert cells(told.partnership.entries["gather.vision"]) == {"vision@en": "An ear"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"question": "open.whom", "value": "x"}, "open.whom"),
        ({"value": "x"}, "entente questions"),
        ({"question": None, "value": "x"}, "entente questions"),
        ({"question": "gather.vision", "op": ["set"], "value": "x"}, r'\["set"\]'),
        ({"question": "gather.vision", "state": True}, "true"),
        ({"question": "gather.vision", "value": {"goal": [None]}}, r"\[null\]"),
        ({"question": "open.involvement", "partner": 5, "value": "leads"}, "partner .* 5"),
        ({"question": "gather.objectives", "op": "add", "value": {"text": "  "}}, "au moins un de ces champs"),
        ({"question": "gather.governance", "value": {"bodies": [{"name": {"fr": ""}}]}}, "au moins un de ces champs"),
        ({"question": "gather.vision"}, "value"),
        ({"question": "gather.vision", "op": "replace", "value": "x"}, "replace"),
        ({"question": "gather.vision", "lang": "de", "value": "x"}, "de"),
        ({"question": "gather.vision", "base": "3", "value": "x"}, "base"),
        ({"question": "gather.vision", "base": True, "value": "x"}, "base"),
        ({"question": "gather.vision", "base": -1, "value": "x"}, "-1"),
        ({"question": "gather.vision", "base": 10**9, "value": "x"}, "1000000000"),
        ({"question": "gather.vision", "partner": "UW", "value": "x"}, "gather.vision"),
        ({"question": "gather.vision", "value": 7}, "7"),
        ({"question": "gather.vision", "value": {"vison": "x"}}, "vison"),
        ({"question": "gather.vision", "value": {"vision": {"de": "x"}}}, "de"),
        ({"question": "gather.vision", "state": "maybe"}, "maybe"),
        ({"question": "open.how_many", "value": {"min": True}}, "true"),
        ({"question": "open.how_many", "value": {"min": 2.5}}, "2.5"),
        ({"question": "open.involvement", "partner": "UW", "value": {"agreed": "yes"}}, "yes"),
        ({"question": "gather.vision", "op": "remove"}, "value"),
        ({"question": "gather.governance", "value": "comité"}, "gather.governance"),
        ({"question": "gather.governance", "value": {"part": "people", "name": "x"}}, "people"),
        ({"question": "gather.objectives", "row": "nowhere", "value": "x"}, "nowhere"),
        ({"question": "gather.objectives", "value": [7]}, "gather.objectives"),
        ({"question": "open.involvement", "value": "leads"}, "open.involvement"),
        ({"question": "open.involvement", "state": "to_discuss"}, "open.involvement"),
        ({"question": "open.involvement", "partner": "Nobody", "value": "leads"}, "Nobody"),
        ({"question": "open.involvement", "partner": "UW", "value": "boss"}, "boss"),
        ({"question": "open.involvement", "partner": "UW", "value": {"seen": {}}}, "seen"),
        ({"question": "commit.consensus", "partner": "UW", "value": {"seen": {}}}, "seen"),
        ({"question": "open.trust", "value": "good"}, "open.trust"),
        ({"question": "open.trust", "pair": ["UW", "UW"], "value": "good"}, "pair|paire"),
        ({"question": "open.trust", "pair": "UW", "value": "good"}, "pair"),
        ({"question": "open.who", "op": "add", "value": {"role": "x"}}, "name|nom"),
        ({"question": "open.who", "op": "add", "value": "uw"}, "uw"),
        ({"question": "open.who", "op": "remove", "row": "nowhere"}, "nowhere"),
        ({"question": "commit.consensus", "partner": "UW", "value": "agree", "text": "tomorrow"}, "tomorrow"),
        ({"question": "commit.consensus", "partner": "UW", "text": "today"}, "text"),
        ({"question": "gather.vision", "value": "x", "text": "today"}, "text"),
    ],
)  # fmt: skip
def test_a_wrong_line_says_what_is_wrong(told: Told, line: dict[str, Any], said: str) -> None:
    with pytest.raises(BadValue, match=said):
        answer(GUIDE, told.partnership, line)


def test_a_row_of_another_question_is_refused(told: Told) -> None:
    (row,) = told.say("gather.objectives", "offrir", op="add")
    with pytest.raises(BadValue, match=row):
        told.say("gather.lead", {"mandate": "x"}, row=row)


def test_a_second_call_note_keeps_the_first_with_its_date() -> None:
    """One note an answer: the note of the last call stands in its place, those before it among the earlier calls."""
    told = Told("Clinique")
    told.say("note.call", {"text": "offre une salle", "on": "2026-11-12"}, "Clinique")
    told.say("note.call", "Solange signe", "Clinique")
    told.say("note.call", "Solange signe", "Clinique")
    (row,) = told.partnership.rows("note.calls", "rows")
    assert (row.text("text", "fr"), row.get("on")) == ("offre une salle", "2026-11-12")
    call = told.partnership.entries[f"note.call:{told.ids['Clinique']}"]
    assert call.text("text", "fr") == "Solange signe" and call.get("on") not in (None, "2026-11-12")
    told.say("note.call", {"text": "rappellera", "on": "2026-12-01"}, "Clinique")
    assert [row.text("text", "fr") for row in told.partnership.rows("note.calls", "rows")] == [
        "offre une salle",
        "Solange signe",
    ]
    told.say("note.call", "rappellera", "Clinique")
    assert told.partnership.entries[f"note.call:{told.ids['Clinique']}"].get("on") == "2026-12-01", (
        "it is the same note"
    )
    told.say("note.call", "", "Clinique")
    assert len(told.partnership.rows("note.calls", "rows")) == 2, "what is cleared is in the history"
