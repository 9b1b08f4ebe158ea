"""What stands beside the plan: the lessons of the partnership one practises on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.changes import apply
from tui.partnership.completion import CONFIRM, DISCUSS, STARTED, VOID, Progress
from tui.screens import plan_pane
from tui.screens.header_footer import BarFacts, foot_lines
from tui.screens.plan_pane import PLAN_WIDTH, excerpt, paint_plan, trial_lesson
from tui.settings import Settings
from tui.store import open_store
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui import glyphs
from tui.ui.agreement_painter import AgreementPainter
from tui.workspace.later_steps import LaterStep
from tui.workspace.place import NOTE, Place
from tui.workspace.samples import practice
from tui.workspace.workspace import Workspace


async def test_lessons_are_of_the_practice_and_not_of_an_example(tmp_path: Path) -> None:
    app = EntenteApp(open_store(tmp_path / "store"), Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "À essayer, 1 sur 4 : F6 mène à la maison des jeunes" in shown(app, "foot")
        await pilot.press("escape", "q", "e", "enter")
        await pilot.pause()
        assert "essai, à jeter" in shown(app, "head")
        assert "À essayer" not in shown(app, "foot") and "il manque" in shown(app, "foot")
        await pilot.press("f6", "f7", *"offre une salle")
        await pilot.pause()
        assert "À essayer" not in shown(app, "foot"), "a note of one's own makes no practice of it"


async def test_excerpt_bears_the_number_that_the_document_prints(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), size=(80, 24)) as (app, _pilot):
        workspace = workspace_of(app)
        sheet = AgreementPainter().paint(workspace.agreement, 78)
        printed = {section.id: f"{section.label} {section.heading}" for section in workspace.agreement.sections}
        seen = set()
        for question in workspace.guide.by_id.values():
            workspace.place = replace(workspace.place, question=question.id)
            rule = "".join(piece.text for piece in excerpt(workspace, sheet, None, 80)[0]).strip(" ─")
            if question.feeds in printed:
                assert rule == printed[question.feeds]
                seen.add(question.feeds)
            else:
                assert not rule[:1].isdigit()
        assert {"vision", "objectives", "commitments"} <= seen


async def test_screen_in_one_language_names_the_draft_in_it_whatever_the_document(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), Settings(lang="fr")) as (app, pilot):
        assert "ébauche" in shown(app, "head")
        await pilot.press("alt+l")
        await pilot.pause()
        assert workspace_of(app).doc_lang == "fr"
        assert "draft ·" in shown(app, "head") and "ébauche" not in shown(app, "head")
        await pilot.press("escape", "V")
        await pilot.pause()
        assert "ébauche" not in shown(app, "sheet")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("progress", [Progress(CONFIRM), Progress(VOID), Progress(STARTED, 12, 140)])
def test_no_name_of_the_plan_is_cut_for_the_words_of_its_state(
    lang: i18n.Language, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.use(lang)
    memory = Memory()
    workspace = Workspace(GUIDE, memory.partnership, memory)
    workspace.lang = lang
    monkeypatch.setattr(workspace, "progress", lambda question: progress)
    late = LaterStep("due", DISCUSS, "12 en retard, 3 ce mois-ci, depuis l'adoption")
    monkeypatch.setattr("tui.screens.plan_pane.later_steps", lambda workspace: (late,))
    monkeypatch.setattr("tui.screens.plan_pane.is_quiet", lambda workspace: False)
    plan = paint_plan(workspace, PLAN_WIDTH - 2)
    lines = ["".join(piece.text for piece in line) for line in plan.lines]
    assert len(lines) == len(plan.questions) and max(map(cells, lines)) <= PLAN_WIDTH - 2
    questions = [question for step in workspace.guide.walked_steps for question in step.questions]
    for question in questions:
        first, *second = [
            line for line, question_id in zip(lines, plan.questions, strict=True) if question_id == question.id
        ]
        assert question.short.get(lang) in first and "…" not in first
        assert glyphs.word(progress) in (second or [first])[0]
    assert late.label in "\n".join(lines)


@pytest.mark.parametrize(("lang", "word"), [("fr", "page : {n}"), ("en", "page: {n}")])
def test_each_sub_step_says_the_key_of_its_page(lang: i18n.Language, word: str) -> None:
    i18n.use(lang)
    memory = Memory()
    workspace = Workspace(GUIDE, memory.partnership, memory)
    workspace.lang = lang
    plan = paint_plan(workspace, PLAN_WIDTH - 2, moving=True)
    lines = ["".join(piece.text for piece in line).replace("\N{NO-BREAK SPACE}", " ") for line in plan.lines]
    for number in range(1, 4):
        (line,) = (line for line in lines if line.startswith(f" {number} "))
        assert line.endswith((f" {word.format(n=number)}", f" {word.format(n=number)} "))
        assert cells(line) <= PLAN_WIDTH - 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_lesson_stands_whole_at_eighty_columns(lang: i18n.Language) -> None:
    i18n.use(lang)
    changes = practice(lang, "2026-11-28")
    memory = Memory()
    memory.partnership = apply(memory.partnership, changes, by="Marie", at="2026-11-28T12:00:00Z").partnership
    workspace = Workspace(GUIDE, memory.partnership, memory)
    second = workspace.partnership.rows("open.who")[1].id
    places = [workspace.place, replace(workspace.place, partner=second), Place(NOTE, second)]
    lessons = [words for _is_done, words in plan_pane._LESSONS]
    said = set()
    for workspace.place in places:
        assert trial_lesson(workspace)
        facts = BarFacts(workspace, 80, 24, 1, writing=True, message="")
        foot = ["".join(piece.text for piece in line) for line in foot_lines(facts)[:-1]]
        assert " ".join("".join(foot).split()) == " ".join(trial_lesson(workspace).split())
        said |= {words(workspace) for words in lessons}
    lead = {"fr": "À essayer, 4 sur 4 : ", "en": "To try, 4 of 4: "}[lang]
    assert len(said) == 6 and max(len(wrap(lead + words, 79, " ", " ")) for words in said) == 2, (
        "as the foot wraps them"
    )
