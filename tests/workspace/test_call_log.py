"""A noted call moves the earlier note to its own call, settles the steps that are done, and makes the next one due."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.guide.guide_loading import load_guide
from tui.partnership.call_sheet import open_steps
from tui.partnership.calls import MESSAGE, NO_ANSWER, NOTE, OUTCOMES, SPOKE, WRONG, calls_of
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.store import Author, Store
from tui.workspace.call_log import CallFacts, add_to_note, log_call, read_outcome, set_next_step, settle_step
from tui.workspace.note_sorting import note_of
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One partner that is only thought of."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Clinique")
    return found


def clinic(workspace: Workspace) -> str:
    """The id of the one partner."""
    return workspace.partnership.rows("open.who")[0].id


def test_second_call_begins_with_an_empty_note_and_keeps_the_first(workspace: Workspace) -> None:
    name = clinic(workspace)
    log_call(workspace, name, CallFacts("2027-01-05", SPOKE, "Marie", "Solange"))
    add_to_note(workspace, name, "offre une salle", "2027-01-05")
    log_call(workspace, name, CallFacts("2027-02-03", SPOKE, "Solange", "Marie"))
    assert note_of(workspace, name) == ""
    add_to_note(workspace, name, "signe", "2027-02-03")
    add_to_note(workspace, name, "veut un bilan", "2027-02-03")
    found = calls_of(workspace.partnership, name, "fr")
    assert [(call.on, call.caller, call.called, call.text) for call in found] == [
        ("2027-02-03", "Solange", "Marie", "signe\nveut un bilan"),
        ("2027-01-05", "Marie", "Solange", "offre une salle"),
    ]
    assert note_of(workspace, name) == "signe\nveut un bilan"


def test_note_of_the_day_stays_where_the_call_is_noted_after_it(workspace: Workspace) -> None:
    name = clinic(workspace)
    add_to_note(workspace, name, "offre une salle", "2027-01-05")
    log_call(workspace, name, CallFacts("2027-01-05"))
    assert note_of(workspace, name) == "offre une salle"
    (call,) = calls_of(workspace.partnership, name, "fr")
    assert (call.outcome, call.text) == (SPOKE, "offre une salle")


def test_whoever_is_spoken_to_is_contacted_and_one_undo_takes_all_back(workspace: Workspace) -> None:
    name = clinic(workspace)
    log_call(workspace, name, CallFacts("2027-01-05", MESSAGE))
    assert workspace.partnership.entries[name].get("status") != "contacted"
    add_to_note(workspace, name, "offre une salle", "2027-01-05")
    before = workspace.partnership.entries
    log_call(workspace, name, CallFacts("2027-01-06", SPOKE))
    assert workspace.partnership.entries[name].get("status") == "contacted"
    workspace.undo()
    assert len(calls_of(workspace.partnership, name, "fr")) == 1
    assert note_of(workspace, name) == "offre une salle"
    assert workspace.partnership.entries[name].get("status") == before[name].get("status")


def test_note_of_two_languages_is_read_and_written_on_in_the_one_typed(workspace: Workspace) -> None:
    """Read in the screen's language and written in the document's, a note would lose the words of the latter."""
    name = clinic(workspace)
    workspace.set_setting("lang", "fr")
    workspace.lang, workspace.typing = "en", True
    for cell, text in (("text@en", "a room"), ("text@fr", "une salle"), ("on", "2027-01-05")):
        workspace.set(single_entry(workspace.partnership, NOTE, (name,)), cell, text)
    assert workspace.typed_lang == "fr"
    assert note_of(workspace, name) == "une salle"
    add_to_note(workspace, name, "deux soirs", "2027-01-05")
    assert note_of(workspace, name) == "une salle\ndeux soirs"


def test_next_step_is_open_until_the_call_that_it_was(workspace: Workspace) -> None:
    name = clinic(workspace)
    row = log_call(workspace, name, CallFacts("2027-01-05", MESSAGE))
    set_next_step(workspace, row, "rappeler Solange; 2027-01-08")
    (step,) = open_steps(workspace.partnership, name)
    assert (step.text("next", "fr"), step.get("next_on")) == ("rappeler Solange", "2027-01-08")
    log_call(workspace, name, CallFacts("2027-01-08"), [step])
    assert open_steps(workspace.partnership, name) == ()
    again = log_call(workspace, name, CallFacts("2027-01-09"))
    set_next_step(workspace, again, "envoyer le bilan")
    settle_step(workspace, again)
    assert open_steps(workspace.partnership, name) == ()


def test_date_that_is_none_is_refused_and_nothing_is_noted(workspace: Workspace) -> None:
    row = log_call(workspace, clinic(workspace), CallFacts("2027-01-05"))
    with pytest.raises(BadValue, match="jamais"):
        set_next_step(workspace, row, "rappeler; jamais")
    assert open_steps(workspace.partnership, clinic(workspace)) == ()


@pytest.mark.parametrize(
    ("word", "code", "they"),
    [
        ("joint", SPOKE, False), ("spoke", SPOKE, False), ("on s'est parlé", SPOKE, False), ("message", MESSAGE, False),
        ("message left", MESSAGE, False), ("mauvaise", WRONG, False), ("no_answer", NO_ANSWER, False),
        ("pas de réponse", NO_ANSWER, False), ("reçu", SPOKE, True), ("they called us", SPOKE, True),
    ],
)  # fmt: skip
def test_words_for_what_came_of_a_call(word: str, code: str, they: bool) -> None:
    assert read_outcome(load_guide(), word, "fr") == (code, they)


@pytest.mark.parametrize("word", ["", "peut-être", "o"])
def test_word_that_means_nothing_is_refused_with_those_that_do(word: str) -> None:
    with pytest.raises(BadValue, match="message laissé"):
        read_outcome(load_guide(), word, "fr")


def test_message_left_leaves_the_note_of_the_call_before(workspace: Workspace) -> None:
    name = clinic(workspace)
    log_call(workspace, name, CallFacts("2027-01-05", SPOKE, "Marie", "Solange"))
    add_to_note(workspace, name, "offre une salle", "2027-01-05")
    for day in ("2027-01-05", "2027-01-09"):
        log_call(workspace, name, CallFacts(day, MESSAGE))
    found = calls_of(workspace.partnership, name, "fr")
    assert [(call.outcome, call.text) for call in found] == [
        (MESSAGE, ""), (MESSAGE, ""), (SPOKE, "offre une salle"),
    ]  # fmt: skip
    assert note_of(workspace, name) == "offre une salle", "it can still be sorted"


def test_two_calls_of_one_day_each_keep_their_words(workspace: Workspace) -> None:
    name = clinic(workspace)
    for words in ("offre une salle", "signe"):
        log_call(workspace, name, CallFacts("2027-01-05"))
        add_to_note(workspace, name, words, "2027-01-05")
    assert [call.text for call in calls_of(workspace.partnership, name, "fr")] == ["signe", "offre une salle"]
    assert note_of(workspace, name) == "signe"


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_note_of_today_is_of_a_call_before_if_somebody_spoke(workspace: Workspace, outcome: str) -> None:
    name = clinic(workspace)
    log_call(workspace, name, CallFacts("2027-01-05", outcome))
    assert (workspace.partnership.entries[name].get("status") == "contacted") == (outcome == SPOKE)
    add_to_note(workspace, name, "offre une salle", "2027-01-05")
    log_call(workspace, name, CallFacts("2027-01-05"))
    assert note_of(workspace, name) == ("" if outcome == SPOKE else "offre une salle")


def test_another_next_step_is_open_after_the_first_was_done(workspace: Workspace) -> None:
    row = log_call(workspace, clinic(workspace), CallFacts("2027-01-05"))
    for text, words, day in (("rappeler; 2027-01-08", "rappeler", "2027-01-08"), ("écrire", "écrire", None)):
        set_next_step(workspace, row, text)
        (step,) = open_steps(workspace.partnership, clinic(workspace))
        assert (step.text("next", "fr"), step.get("next_on")) == (words, day)
        settle_step(workspace, step)
        assert open_steps(workspace.partnership, clinic(workspace)) == ()


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "declined"])
def test_a_call_makes_a_contact_of_who_was_only_thought_of(workspace: Workspace, status: str, outcome: str) -> None:
    name = clinic(workspace)
    workspace.set(workspace.partnership.entries[name], "status", status)
    log_call(workspace, name, CallFacts("2027-01-05", outcome))
    reached = status == "prospective" and outcome == SPOKE
    assert workspace.partnership.entries[name].get("status") == ("contacted" if reached else status)


@pytest.mark.parametrize("langs", [("fr",), ("en",), ("fr", "en")])
def test_the_note_of_a_call_leaves_nothing_in_any_language(workspace: Workspace, langs: tuple[str, ...]) -> None:
    name = clinic(workspace)
    log_call(workspace, name, CallFacts("2027-01-05"))
    for lang in langs:
        workspace.set(single_entry(workspace.partnership, NOTE, (name,)), f"text@{lang}", f"dit en {lang}")
    workspace.set(single_entry(workspace.partnership, NOTE, (name,)), "on", "2027-01-05")
    log_call(workspace, name, CallFacts("2027-02-03"))
    note = single_entry(workspace.partnership, NOTE, (name,))
    assert [note.text("text", lang) for lang in ("fr", "en")] == ["", ""]
    second, first = calls_of(workspace.partnership, name, langs[0])
    assert (first.text, second.text) == (f"dit en {langs[0]}", "")
