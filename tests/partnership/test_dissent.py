"""Tests that a disagreement counts until its partner changes it, and is shown wherever readiness is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.partnership.test_due import sent
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.compose import Composer
from tui.cli.command_line import main
from tui.export.plain_text import to_text
from tui.i18n import use
from tui.line_mode.prompt_text import plan_lines
from tui.partnership.completion import single_entry
from tui.partnership.milestones import awaited, dissent_count, milestones
from tui.partnership.positions import CONSENSUS, UNSAID, points, position_statuses
from tui.partnership.privacy import public_view, published
from tui.partnership.values import Change
from tui.screens.list_screen import _summary_lines as list_line
from tui.store import Author, Store
from tui.workspace import writing
from tui.workspace.text_answered import answered_on_other_words
from tui.workspace.workspace import Workspace

DISSENT = ("disagree", "stands_aside", "opposes")
SECRET = "zanzibar"


def answered(level: str, leave: str | None) -> Told:
    """Four partners, the last of which answers so; then a sentence changes."""
    told = Told("A", "B", "C", "D")
    told.say("gather.vision", "Une oreille")
    for name in "ABC":
        told.say(CONSENSUS, {"level": "agree"}, name)
    told.say(CONSENSUS, {"level": level, "leave": leave, "reservation": SECRET}, "D")
    told.say("gather.vision", "Deux oreilles")
    return told


@pytest.mark.parametrize("level", DISSENT)
@pytest.mark.parametrize("leave", [None, "no", "ask", "yes"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_disagreement_with_the_earlier_text_stands(level: str, leave: str | None, lang: str) -> None:
    told = answered(level, leave)
    view = public_view(GUIDE, told.partnership)
    answer = position_statuses(told.partnership, points(GUIDE, view))[CONSENSUS, told.ids["D"]]
    assert (answer.code, answer.reopened, answer.is_from_earlier_text) == (f"before_{level}", False, True)
    assert view.tallies[CONSENSUS] == {"reopened": 3, f"before_{level}": 1}
    found = milestones(GUIDE, told.partnership)
    assert [one.partner for one in found.dissents] == [told.ids["D"]]
    assert dissent_count(GUIDE, found, lang) == GUIDE.word(f"count_before_{level}", lang, n=1)
    assert {one.partner for one in awaited(told.partnership, published(GUIDE, told.partnership).answers, lang)} == {
        told.ids[one] for one in "ABC"
    }
    text = to_text(Composer(GUIDE).agreement(told.partnership, lang), None).replace("\xa0", " ")
    assert (SECRET in text) is (leave == "yes"), "its words are printed with its leave alone"
    told.say(CONSENSUS, {"level": "agree"}, "D")
    assert not milestones(GUIDE, told.partnership).dissents


@pytest.mark.parametrize("level", GUIDE.choices["position"])
def test_each_answer_on_a_draft_is_asked_on_which_text_once_its_words_changed(level: str) -> None:
    told = Told("A", "B")
    told.say("gather.vision", "Une oreille")
    sent(told, "A", 3, "2026-11-01", "2026-11-10")
    for name in "AB":
        told.say(CONSENSUS, {"level": level}, name)
    partners = list(told.ids.values())
    assert answered_on_other_words(Workspace(GUIDE, told.partnership, Memory()), CONSENSUS, partners) == ()
    told.say("gather.vision", "Deux oreilles")
    asked = () if level in UNSAID else (told.ids["A"],)  # B was sent nothing
    assert answered_on_other_words(Workspace(GUIDE, told.partnership, Memory()), CONSENSUS, partners) == asked


def test_an_unchanged_disagreement_is_said_too() -> None:
    told = Told("A", "B", "C")
    told.say(CONSENSUS, {"level": "disagree"}, "C")
    assert dissent_count(GUIDE, milestones(GUIDE, told.partnership), "fr") == "1 désaccord"


@pytest.mark.parametrize("level", DISSENT)
def test_leave_given_for_one_answer_publishes_no_other(level: str) -> None:
    told = Told("A", "B")
    told.say(CONSENSUS, {"level": "agree", "leave": "yes"}, "A")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    field = GUIDE.question(CONSENSUS).single.field("level")  # type: ignore[union-attr]
    assert field is not None
    entry = single_entry(workspace.partnership, CONSENSUS, (told.ids["A"],))
    writing.choose(workspace, entry, field, "agree")
    assert entry.get("leave") == "yes", "the same answer keeps its leave"
    writing.choose(workspace, entry, field, level)
    assert workspace.partnership.entries[entry.id].get("leave") is None
    assert level not in repr(workspace.view.entries)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_list_says_a_disagreement_that_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    told = answered("opposes", None)
    store = Store(tmp_path, author=Author("x" * 10, "Marie"))
    cells = [(entry, name, cell) for entry in told.partnership.entries.values() for name, cell in entry.cells.items()]
    changes = [Change(one.id, one.question, name, cell.value, one.part, one.subject) for one, name, cell in cells]
    one = store.create(changes).id
    words = {"fr": "1 désaccord", "en": "1 disagreement"}[lang]
    for _again in range(2):  # read, then from the cache
        assert main(["list", "--store", str(tmp_path), "--lang", lang]) == 0
        assert words in capsys.readouterr().out.replace("\xa0", " ")
    assert main(["list", "--json", "--store", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["disagreements"] == 1
    (line,) = store.list()
    use("fr" if lang == "fr" else "en")
    assert words in "".join(piece.text for drawn in list_line(line, lang, 100) for piece in drawn).replace("\xa0", " ")
    workspace = Workspace(GUIDE, store.load(one), store)
    workspace.lang = lang
    assert any(GUIDE.word("count_before_opposes", lang, n=1) in text for text in plan_lines(workspace))
    use("fr")
    store.save(one, [Change(f"{CONSENSUS}:{told.ids['D']}", CONSENSUS, "level", "agree", "", (told.ids["D"],))])
    assert store.list()[0].dissents == 0
    assert not any("désaccord" in text for text in plan_lines(Workspace(GUIDE, store.load(one), store)))


@pytest.mark.parametrize(("level", "leave", "kept"), [
    ("agree", None, None), ("disagree", None, "yes"), ("stands_aside", "no", "no"), (None, None, None),
])  # fmt: skip
def test_leave_given_for_another_answer_goes_by_every_way(level: str | None, leave: str | None, kept: str) -> None:
    told = Told("A", "B")
    told.say(CONSENSUS, {"level": "disagree", "leave": "yes", "reservation": SECRET}, "A")
    told.say(CONSENSUS, {"level": level, **({"leave": leave} if leave else {})}, "A")
    assert single_entry(told.partnership, CONSENSUS, (told.ids["A"],)).get("leave") == kept
