"""A round: a question is answered by each partner, counted and in the minutes; earlier wordings are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import Told
from tests.workspace.test_meeting_edits import minutes
from tests.workspace.unpacked import unpacked
from tui.agreement.blocks import Origin
from tui.agreement.entered_lines import sentences
from tui.export.formats import FORMATS, Format, render
from tui.guide.guide_loading import load_guide
from tui.partnership.changes import apply
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD, meetings
from tui.partnership.partners import active
from tui.partnership.privacy import public_view
from tui.partnership.rounds import ANSWERS, TEXT, answers_to, choices_of, count_of, rounds_of
from tui.partnership.values import ORDER, Change, Entry
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.kept_versions import present_text
from tui.workspace.round_edits import (
    count_at_end,
    count_words,
    earlier_wordings,
    give_answer,
    minutes_words,
    read_question,
    sentence_question,
    stored_round,
    toggle_leave,
)
from tui.workspace.sentence_words import SentenceLife, life_lines, sentence_field
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners

CANARY = "zanzibar00006z"
FOUR = ("Collège", "Clinique", "Refuge", "Ville")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Four interested partners, open, on a real store."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "\n".join(FOUR))
    for row in found.partnership.rows("open.who"):
        found.set(row, "status", "interested")
    return found


def ids(workspace: Workspace) -> list[str]:
    """The ids of the four partners."""
    return [partner.id for partner in active(workspace.partnership)]


def put(workspace: Workspace, text: str = "Quel soir ?; mardi; jeudi") -> Entry:
    """A question put to each."""
    return stored_round(workspace, read_question(workspace, text))


def sentence(workspace: Workspace) -> Origin:
    """Where the one objective stands in the document."""
    found = (origin for section in workspace.agreement.sections for _words, origin in sentences(section))
    return next(origin for origin in found if origin.question == "gather.objectives" and origin.field == "text")


def word(workspace: Workspace, text: str) -> None:
    """Give the objective these words."""
    workspace.edit([Change("objective0", "gather.objectives", "text@fr", text, "rows")])
    workspace.flush()


def test_choices_are_counted_and_other_words_stand_behind_them(workspace: Workspace) -> None:
    row = put(workspace)
    assert choices_of(row, "fr") == ("mardi", "jeudi")
    for name, text in zip(ids(workspace), ("jeudi", "mardi", "jeudi", "le midi"), strict=True):
        give_answer(workspace, row, name, text)
    assert count_of(workspace.partnership, row, "fr") == {"mardi": 1, "jeudi": 2, "le midi": 1}
    said = minutes(workspace)
    assert "Quel soir? — mardi : 1, jeudi : 2, le midi : 1" in said
    give_answer(workspace, row, ids(workspace)[3], "")
    assert len(answers_to(workspace.partnership, row)) == 3
    workspace.undo()
    assert len(answers_to(workspace.partnership, row)) == 4


def test_free_answers_are_counted_as_answers(workspace: Workspace) -> None:
    row = put(workspace, "De quoi avez-vous besoin ?")
    for name in ids(workspace)[:3]:
        give_answer(workspace, row, name, f"de temps {CANARY}")
    assert count_words(workspace, row) == "3 réponses"
    said = minutes(workspace)
    assert "De quoi avez-vous besoin? — 3 réponses" in said and CANARY not in said


def test_below_three_answers_no_count_and_no_name_without_leave(workspace: Workspace) -> None:
    row = put(workspace)
    first, second = ids(workspace)[:2]
    give_answer(workspace, row, first, "mardi")
    give_answer(workspace, row, second, "jeudi")
    assert "Quel soir?" in minutes(workspace) and "mardi" not in minutes(workspace)
    assert toggle_leave(workspace, row, first) is True
    said = minutes(workspace)
    assert "Collège : mardi" in said and "jeudi" not in said
    give_answer(workspace, row, first, "jeudi")
    assert "Collège" not in minutes(workspace).split("Quel soir?")[1], "other words need another leave"
    assert toggle_leave(workspace, row, ids(workspace)[3]) is None


def test_an_answer_of_a_partner_held_back_says_that_its_name_does_not_stand_there(workspace: Workspace) -> None:
    row = put(workspace)
    held, named = active(workspace.partnership)[:2]
    workspace.set(held.entry, "status", "contacted")
    for partner in (held, named):
        give_answer(workspace, row, partner.id, "mardi")
        assert toggle_leave(workspace, row, partner.id)
    held, named = active(workspace.partnership)[:2]
    assert minutes_words(workspace, row, named) == "au compte rendu"
    assert minutes_words(workspace, row, held) == "au compte rendu, sans son nom"
    assert "Collège" not in minutes(workspace) and "un organisme à confirmer : mardi" in minutes(workspace)
    meeting_edits.note_arrival(workspace, meetings(workspace.partnership)[-1], "Ann Roy", held.id)
    assert minutes_words(workspace, row, held) == "au compte rendu" and "Collège : mardi" in minutes(workspace)


def test_an_answer_that_may_not_be_told_is_in_no_public_file(workspace: Workspace) -> None:
    row = put(workspace)
    name = ids(workspace)[0]
    give_answer(workspace, row, name, CANARY)
    view = public_view(workspace.guide, workspace.partnership)
    assert CANARY not in repr(view) and not view.rows(HELD, ANSWERS)
    toggle_leave(workspace, row, name)
    assert CANARY in repr(public_view(workspace.guide, workspace.partnership))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_nothing_of_a_round_is_in_the_document(workspace: Workspace, form: Format) -> None:
    row = put(workspace, f"{CANARY} ?; {CANARY} 1; {CANARY} 2")
    for name in ids(workspace):
        give_answer(workspace, row, name, f"{CANARY} 1")
        toggle_leave(workspace, row, name)
    for lang in ("fr", "en"):
        assert CANARY not in unpacked(render(present_text(workspace, lang), form).data)


def test_a_sentence_keeps_each_wording_with_what_was_said_to_it(workspace: Workspace) -> None:
    meeting_edits.open_meeting(workspace)
    word(workspace, "offrir un guide")
    first = sentence_question(workspace, sentence(workspace))
    assert first is not None and not rounds_of(workspace.partnership, meetings(workspace.partnership)[0].id)
    for name, at in zip(ids(workspace), (0, 1, 1, 2), strict=True):
        first = give_answer(workspace, first, name, choices_of(first, "fr")[at])
    again = sentence_question(workspace, sentence(workspace))
    assert again is not None and again.id == first.id, "the same words are one question"
    word(workspace, "offrir deux guides")
    second = sentence_question(workspace, sentence(workspace))
    assert second is not None and second.id != first.id
    assert [row.text(TEXT, "fr").lower() for row in earlier_wordings(workspace, second)] == ["offrir un guide"]
    for name in ids(workspace):
        second = give_answer(workspace, second, name, choices_of(second, "fr")[0])
    assert [row.id for row in earlier_wordings(workspace, second)] == [first.id], "it is none of its own"
    said = minutes(workspace).lower()
    assert "« offrir un guide » — d'accord : 1, réserve : 2, pas d'accord : 1" in said.replace("’", "'")
    assert "« offrir deux guides » — d'accord : 4" in said.replace("’", "'")


def test_the_life_of_a_sentence_tells_what_was_said_to_each_wording_to_the_facilitator(workspace: Workspace) -> None:
    word(workspace, "offrir un guide")
    row = sentence_question(workspace, sentence(workspace))
    assert row is not None
    give_answer(workspace, row, ids(workspace)[0], "réserve")
    workspace.flush()
    entry = workspace.partnership.entries["objective0"]
    field = sentence_field(workspace.guide, entry)
    assert field is not None
    life = SentenceLife(workspace, workspace.store, entry, field)  # type: ignore[arg-type]
    said = "\n".join(life_lines(life, for_all=False)).replace("\u00a0", " ")
    assert "Demandé à la table" in said and "Collège : réserve" in said
    assert all(step.private for step in life.sentence_and_steps(for_all=False)[1] if step.kind == "asked")


def test_no_count_is_told_before_each_has_answered_and_no_answer_without_leave(workspace: Workspace) -> None:
    row = put(workspace)
    for at, partner in enumerate(active(workspace.partnership), 1):
        assert count_at_end(workspace, row) == ""
        row = give_answer(workspace, row, partner.id, "mardi" if at % 2 else "jeudi")
        assert minutes_words(workspace, row, partner) == ""
        assert toggle_leave(workspace, row, partner.id) is True
        assert minutes_words(workspace, row, partner) != ""
        assert toggle_leave(workspace, row, partner.id) is False
        assert minutes_words(workspace, row, partner) == ""
    assert count_at_end(workspace, row) == count_words(workspace, row) != ""


def test_one_choice_is_no_choice(workspace: Workspace) -> None:
    for text in ("Quel soir ?; mardi", ";", " ; a; b"):
        with pytest.raises(BadValue):
            read_question(workspace, text)


def test_who_left_is_counted_no_more(workspace: Workspace) -> None:
    row = put(workspace)
    for name in ids(workspace):
        give_answer(workspace, row, name, "mardi")
    gone = ids(workspace)[0]
    left = apply(
        workspace.partnership, [Change(gone, "open.who", "status", "withdrawn")], by="Marie", at="2026-11-25"
    ).partnership
    assert count_of(left, row, "fr") == {"mardi": 3}


def test_the_same_comes_by_lines_of_answer(workspace: Workspace) -> None:
    told = Told("Collège", "Clinique", "Refuge")
    (meeting,) = told.say(HELD, {"rows": [{"on": "2026-11-25"}]})
    question = {"text": "Quel soir ?", "choices": "mardi; jeudi", "meeting": meeting}
    (row,) = told.say(HELD, {"rounds": [question]})
    for name in told.ids:
        told.say(HELD, {"round_answers": [{"round": row, "partner": name, "text": "jeudi"}]}, op="add")
    put_row = told.partnership.entries[row]
    assert count_of(told.partnership, put_row, "fr") == {"jeudi": 3}


def test_two_sentences_of_the_same_words_are_two_questions(workspace: Workspace) -> None:
    meeting_edits.open_meeting(workspace)
    for row in ("objective0", "objective1"):
        cells = {"text@fr": "offrir un guide", ORDER: row}
        workspace.edit([Change(row, "gather.objectives", cell, value, "rows") for cell, value in cells.items()])
    places = [Origin(row, "text", "gather.objectives") for row in ("objective0", "objective1")]
    first = sentence_question(workspace, places[0])
    assert first is not None
    give_answer(workspace, first, ids(workspace)[0], "d'accord")
    again, other = (sentence_question(workspace, place) for place in places)
    assert again is not None and other is not None and again.id == first.id != other.id
    assert other.get("about") == "objective1/text"
