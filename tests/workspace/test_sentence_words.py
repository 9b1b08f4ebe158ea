"""The life of a sentence in words: what a room may see of it, its languages and authors, days and hours."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.partnership.told import AT, GUIDE, Told
from tests.workspace.in_memory import Memory, Saved
from tui.guide.guide_types import Field
from tui.partnership.changes import apply
from tui.partnership.completion import single_entry
from tui.partnership.received_answers import noted_changes
from tui.partnership.sentence_life import (
    OUTCOME,
    RECEIVED_AS,
    REWORDED,
    SET_ASIDE,
    TRANSLATED,
    WRITTEN,
    LifeStep,
)
from tui.partnership.values import Change, Entry, HistoryEntry
from tui.workspace.sentence_words import SentenceLife, life_data, life_lines, sentence_field, sentences_of
from tui.workspace.workspace import Workspace


class Remembering(Memory):
    """A store in memory that remembers what was changed."""

    def __init__(self) -> None:
        super().__init__()
        self.past: list[HistoryEntry] = []

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> Saved:
        done = apply(self.partnership, changes, by="Marie", at=AT)
        self.past += done.past
        self.partnership = done.partnership
        return Saved(self.partnership)

    def history(self, partnership_id: str, *, entry: str = "") -> list[HistoryEntry]:
        return [line for line in self.past if not entry or line.entry == entry]


def opened(told: Told) -> tuple[Workspace, Remembering]:
    """The told partnership, open on a store that remembers."""
    store = Remembering()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store), store


def field_of(entry: Entry) -> Field:
    """The field that holds its words."""
    found = sentence_field(GUIDE, entry)
    assert found is not None
    return found


def life_of(told: Told, entry_id: str, *wordings: tuple[str, str], lang: str = "fr") -> SentenceLife:
    """The life of a sentence into which these words are written, by cell, one after the other."""
    workspace, store = opened(told)
    workspace.lang = lang
    entry = workspace.partnership.entries[entry_id]
    for cell, text in wordings:
        workspace.edit([Change(entry.id, entry.question, cell, text, entry.part, entry.subject)])
        workspace.flush()
    return SentenceLife(workspace, store, entry, field_of(entry))


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def clauses(told: Told) -> dict[str, str]:
    """An objective, and contributions wished for and confirmed: their ids by what they are."""
    return {
        "objective": told.say("gather.objectives", {"text": "ouvrir"}, op="add")[0],
        "wished": told.say("open.contributions", {"text": "SECRET", "state": "wished"}, "Ruche", op="add")[0],
        "confirmed": told.say("open.contributions", {"text": "salle", "state": "confirmed"}, "Ruche", op="add")[0],
    }


@pytest.mark.parametrize("kind", ["objective", "wished", "confirmed"])
def test_room_is_told_no_private_sentence_and_no_author(kind: str) -> None:
    told = Told("Ruche")
    life = life_of(told, clauses(told)[kind], ("text@fr", "TUE"))
    own, room = plain("\n".join(life_lines(life, for_all=False))), plain("\n".join(life_lines(life, for_all=True)))
    assert "TUE" in own.split("\n")[0] and "Marie" in own
    assert ("TUE" in room) == (kind != "wished")
    assert "Marie" not in room and "Ruche" not in room
    shown = life_data(life, for_all=True)
    assert (shown["text"] == "TUE") == (kind != "wished") and not any(step["private"] for step in shown["steps"])
    steps = life_data(life, for_all=False)["steps"]
    assert {step["private"] for step in steps if step["kind"] == REWORDED} == {kind == "wished"}


@pytest.mark.parametrize("screen", ["fr", "en"])
def test_wordings_of_both_languages_are_told(screen: str) -> None:
    told = Told("Ruche")
    words = [("text@fr", "ouvrir le soir"), ("text@en", "open at night"), ("text@fr", "ouvrir la nuit")]
    life = life_of(told, clauses(told)["objective"], *words, lang=screen)
    said = plain("\n".join(life_lines(life, for_all=False)))
    assert all(text in said for _cell, text in words)


@pytest.mark.parametrize("kind", [WRITTEN, REWORDED, TRANSLATED, SET_ASIDE])
@pytest.mark.parametrize("lang", ["", "en"])
@pytest.mark.parametrize("by", ["", "Marie"])
def test_words_say_their_language_whether_negotiated_and_by_whom(kind: str, lang: str, by: str) -> None:
    told = Told("Ruche")
    life = life_of(told, clauses(told)["objective"])
    said = plain(life.words(LifeStep(kind, AT, "des  mots\nà nous", by, lang)))
    assert "« des mots à nous »" in said
    assert ("English" in said) == bool(lang)
    assert ("négoci" in said) == (bool(lang) and kind != TRANSLATED)
    assert (by in said) and (said.endswith(")") == bool(lang or by))


@pytest.mark.parametrize(
    ("at", "said"), [("", ""), ("2026-11-22", "22 novembre 2026"), ("2026-11-22T14:02:00-05:00", "22 novembre 2026, ")]
)
def test_hour_is_told_only_where_it_is_known(at: str, said: str) -> None:
    told = Told("Ruche")
    words = plain(life_of(told, clauses(told)["objective"]).date(LifeStep(WRITTEN, at)))
    assert words.partition(" 2026, ")[0] == said.partition(" 2026, ")[0] and ("h 02" in words) == ("T" in at)


def test_sections_list_only_sentences_they_may_print() -> None:
    told = Told("Ruche")
    ids = clauses(told)
    told.say("gather.vision", {"vision": "une oreille"})
    workspace, _store = opened(told)
    listed = [entry.id for section in workspace.agreement.sections for entry in sentences_of(workspace, section)]
    vision = single_entry(workspace.partnership, "gather.vision", ()).id
    assert {ids["objective"], ids["confirmed"], vision} <= set(listed) and ids["wished"] not in listed


@pytest.mark.parametrize("note", ["", "deux soirs"])
def test_outcome_is_told_with_its_words(note: str) -> None:
    told = Told("Ruche")
    ids = clauses(told)
    value = {"state": "partly", "about": ids["objective"], **({"note": note} if note else {})}
    (row,) = told.say("follow.outcomes", value, op="add")
    workspace, store = opened(told)
    entry = workspace.partnership.entries[ids["objective"]]
    said = plain(SentenceLife(workspace, store, entry, field_of(entry)).words(LifeStep(OUTCOME, entry=row)))
    state = GUIDE.choice("outcome", "partly", "fr")
    assert said == (f"{state} : {note}" if note else state)


def test_each_section_lists_its_own_sentences() -> None:
    told = Told("Ruche")
    ids = clauses(told)
    workspace, _store = opened(told)
    homes = {section.id: [entry.id for entry in sentences_of(workspace, section)]
             for section in workspace.agreement.sections}  # fmt: skip
    assert ids["objective"] in homes["objectives"] and ids["objective"] not in homes["vision"]
    assert sum(ids["objective"] in listed for listed in homes.values()) == 1


@pytest.mark.parametrize(
    ("question", "part", "field"),
    [("gather.objectives", "rows", "text"), ("open.who", "", "name"), ("gather.vision", "", "vision"),
     ("gather.governance", "bodies", "name"), ("nothing", "", ""), ("gather.vision", "rows", "")],
)  # fmt: skip
def test_a_sentence_stands_in_the_main_field_of_its_row(question: str, part: str, field: str) -> None:
    found = sentence_field(GUIDE, Entry("e", question, part))
    assert (found.id if found is not None else "") == field


def test_an_answer_that_gave_the_words_is_told_with_whose_it_is() -> None:
    told = Told("Ruche")
    ids = clauses(told)
    workspace, store = opened(told)
    changes = noted_changes(told.partnership, "answer0000", told.ids["Ruche"], {"on": "2027-01-20", "means": "mail"})
    workspace.edit(list(changes))
    entry = workspace.partnership.entries[ids["objective"]]
    step = LifeStep(RECEIVED_AS, entry="answer0000", partners=(told.ids["Ruche"],), private=True)
    assert plain(SentenceLife(workspace, store, entry, field_of(entry)).words(step)).startswith("Ruche : ")
