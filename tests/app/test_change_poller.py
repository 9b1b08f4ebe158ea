"""Two people in one partnership see each other, each other's changes, and the answers that got two texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of, role, shown, workspace_of
from tui.agreement.blocks import Origin
from tui.app.app import EntenteApp
from tui.partnership.ids import new_id
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.screens.bottom_field import BottomField, target_of
from tui.screens.translation_screen import TranslationScreen
from tui.screens.two_texts import ConflictScreen
from tui.screens.work_screen import WorkScreen
from tui.workspace.other_editors import open_conflicts


@pytest.fixture(autouse=True)
def _saved_where_the_test_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people write at the same moment however slow the machine is: nothing is saved between two lines of a test."""
    monkeypatch.setattr("tui.app.autosave.SAVE_AFTER_SECONDS", 60.0)


def work(app: EntenteApp) -> WorkScreen:
    """The working screen."""
    assert isinstance(app.screen, WorkScreen)
    return app.screen


async def test_who_else_is_here_stands_in_the_head(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, _pilot):
        assert "aussi ouvert" not in shown(app, "head")
        session = paul.session(partnership_of(paul).id)
        app.autosave.poller.look()
        assert "aussi ouvert : Paul" in shown(app, "head")
        session.close()
        app.autosave.poller.look()
        assert "aussi ouvert" not in shown(app, "head")


async def test_changes_of_others_are_counted_and_shown_at_the_next_key(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        await pilot.press(*"hôte")
        app.autosave.save_now()
        paul.save(partnership_of(paul).id, [Change("bbbbbbbbbb", WHO, "name@fr", "Centre", "", ("bbbbbbbbbb",))])
        before = shown(app, "paper", "question")
        app.autosave.poller.look()
        assert "1 changement de Paul" in shown(app, "foot")
        assert shown(app, "paper", "question") == before
        assert "Centre" not in before
        await pilot.press("s")
        assert "Centre" in shown(app, "paper")
        assert "changement" not in shown(app, "foot")
        assert work(app).editor.text == "hôtes"


async def test_what_another_saves_while_one_reads_is_not_passed_over(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        workspace, seen = workspace_of(app), partnership_of(paul)
        read = workspace.reload

        def late() -> None:
            read()
            paul.save(seen.id, [role("hôte principal", seen)])  # just read, and saved again

        workspace.reload = late  # type: ignore[method-assign]
        paul.save(seen.id, [Change("bbbbbbbbbb", WHO, "name@fr", "Centre", "", ("bbbbbbbbbb",))])
        app.autosave.poller.look()
        workspace.reload = read  # type: ignore[method-assign]
        app.autosave.poller.look()
        await pilot.press("left")
        assert work(app).editor.text == "hôte principal"


async def test_while_a_save_is_under_way_nothing_is_read(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, _pilot):
        app.autosave.saving = True
        paul.save(partnership_of(paul).id, [role("hôte", partnership_of(paul))])
        app.autosave.poller.look()
        assert workspace_of(app).partnership.rev < partnership_of(paul).rev
        app.autosave.saving = False
        app.autosave.poller.look()
        assert workspace_of(app).partnership.rev == partnership_of(paul).rev


async def test_a_failure_is_over_only_when_nothing_is_left_to_save(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte")
        app.autosave.save_now()
        for _look in range(10):
            app.autosave.poller.look()
        work(app).paint_around()
        assert "NON ENREGISTRÉ" in shown(app, "head")
        store.full = False


async def test_the_reader_keeps_the_line_and_the_writer_the_cursor(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie, size=(140, 20)) as (app, pilot):
        await pilot.press(*"hôte du lieu", "left", "left", "left", "left")
        app.autosave.save_now()
        screen = work(app)
        paper = screen.lines("paper")
        paper.scroll_to_row(screen.painted.starts.get("leadership", 12), top=True)
        await pilot.pause()
        top = paper.lines[int(paper.scroll_offset.y)]
        partnership = partnership_of(paul)
        more = [new_id() for _number in range(3)]
        added = [Change(one, WHO, "name@fr", f"Organisme {one}", "", (one,)) for one in more]
        added += [Change(one, WHO, "status", "interested", "", (one,)) for one in more]
        paul.save(partnership.id, [*added, role("hôte principal du lieu", partnership)])
        app.autosave.poller.look()
        await pilot.press("left", "right")
        assert screen.editor.text == "hôte principal du lieu"
        assert paper.lines[int(paper.scroll_offset.y)] == top, "a letter would bring the section that one writes in"
        await pilot.press("x")
        assert screen.editor.text == "hôte principal du xlieu"


async def test_who_writes_where_another_wrote_unseen_keeps_both_texts(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        paul.save(partnership_of(paul).id, [role("hôte de Paul", partnership_of(paul))])
        app.autosave.poller.look()
        assert "1 changement de Paul" in shown(app, "foot")
        for letters in ("hôte", " à", " nous"):  # three saves: it stays one conflict
            await pilot.press(*letters)
            app.autosave.save_now()
            app.autosave.poller.look()
            work(app).paint_around()
        assert work(app).editor.text == "hôte à nous"
        assert "2 textes pour 1 réponse : Alt+Y" in shown(app, "head")
        assert [(one.mine, one.theirs) for one in open_conflicts(partnership_of(paul))] == [
            ("hôte à nous", "hôte de Paul")
        ]
        await pilot.press("down", "up")  # one who moves sees what stands
        assert work(app).editor.text == "hôte de Paul"


async def test_who_was_refused_and_writes_on_replaces_nothing(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        seen = partnership_of(paul)
        await pilot.press(*"hôte à nous")
        paul.save(seen.id, [role("Paul reçoit", seen)])  # at the same moment
        app.autosave.save_now()
        app.autosave.poller.look()
        await pilot.press(*" suite")
        app.autosave.save_now()
        entry = partnership_of(paul).entry(ORG)
        assert entry is not None and entry.get(ROLE) == "Paul reçoit"
        assert [one.mine for one in open_conflicts(partnership_of(paul))] == ["hôte à nous suite"]


@pytest.mark.parametrize(
    ("key", "kept"), [("1", "hôte à nous"), ("2", "hôte de Paul"), ("3", "hôte de Paul\nhôte à nous")]
)
async def test_two_texts_stay_until_one_is_chosen(tmp_path: Path, key: str, kept: str) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        seen = partnership_of(paul)
        await pilot.press(*"hôte à nous")
        paul.save(seen.id, [role("hôte de Paul", seen)])
        app.autosave.save_now()
        app.autosave.poller.look()
        work(app).paint_around()
        assert "2 textes pour 1 réponse : Alt+Y" in shown(app, "head")
        assert "! Qui, et pourquoi" in shown(app, "plan")
        await pilot.press("alt+y")
        assert isinstance(app.screen, ConflictScreen)
        text = shown(app, "sheet")
        assert "hôte à nous" in text and "hôte de Paul" in text
        assert "Marie" in text and "Paul" in text
        await pilot.press(key)
        assert "2 textes" not in shown(app, "head")
        entry = partnership_of(paul).entry(ORG)
        assert entry is not None and entry.get(ROLE) == kept
        assert work(app).editor.text == kept.replace("\n", " ")


async def test_of_two_choices_one_is_kept_and_never_both(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    base = partnership_of(paul).rev
    for store, status in ((paul, "declined"), (marie, "contacted")):
        store.save(partnership_of(paul).id, [Change(ORG, WHO, "status", status, "", (ORG,), base)])
    async with opened(marie) as (app, pilot):
        await pilot.press("alt+y")
        assert "garder le texte 2" in shown(app, "foot") and "les deux" not in shown(app, "foot")
        await pilot.press("3")
        assert isinstance(app.screen, ConflictScreen)
        await pilot.press("1")
        entry = partnership_of(paul).entry(ORG)
        assert entry is not None and entry.get("status") == "contacted"


async def test_leaving_the_choice_for_later_keeps_both(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    async with opened(marie) as (app, pilot):
        seen = partnership_of(paul)
        await pilot.press(*"à nous")
        paul.save(seen.id, [role("à Paul", seen)])
        app.autosave.save_now()
        await pilot.press("alt+y", "escape")
        assert work(app) and len(open_conflicts(workspace_of(app).partnership)) == 1
        assert "2 textes pour 1 réponse" in shown(app, "head")
    assert [one.mine for one in open_conflicts(partnership_of(paul))] == ["à nous"]


async def test_what_a_killed_program_had_typed_comes_in(tmp_path: Path) -> None:
    marie, paul = filled_store(tmp_path / "s"), filled_store(tmp_path / "s", "Paul")
    partnership = partnership_of(paul)
    session = paul.session(partnership.id)
    async with opened(marie) as (app, pilot):
        assert "aussi ouvert : Paul" in shown(app, "head")
        session.note(role("hôte resté dans le journal", partnership))
        session._journal.close()  # as the system does when a program is killed
        for _look in range(10):
            app.autosave.poller.look()
        assert "1 changement de Paul" in shown(app, "foot")
        await pilot.press("left")
        assert work(app).editor.text == "hôte resté dans le journal"


async def test_in_the_document_another_s_text_is_not_replaced_either(tmp_path: Path) -> None:
    paul = filled_store(tmp_path / "s", "Paul")
    vision = Change("gather.vision", "gather.vision", "vision@fr", "ensemble")
    paul.save(partnership_of(paul).id, [vision])
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        app.run_command("document")
        await pilot.pause()
        bottom = app.screen.query_one(BottomField)
        target = target_of(workspace_of(app), Origin("gather.vision", "vision", "gather.vision"), "vision")
        assert target is not None
        bottom.open(target, (0, len("ensemble")))
        paul.save(partnership_of(paul).id, [replace(vision, value="tout autre chose")])
        app.autosave.poller.look()
        await pilot.press(*" et unis")
        app.autosave.save_now()
    partnership = partnership_of(paul)
    assert partnership.entries["gather.vision"].get("vision@fr") == "tout autre chose"
    assert [one.mine for one in open_conflicts(partnership)] == ["ensemble et unis"]


async def test_nor_in_a_translation(tmp_path: Path) -> None:
    paul = filled_store(tmp_path / "s", "Paul")
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "asterisk")
        screen = app.screen
        assert isinstance(screen, TranslationScreen)
        entry = screen.pairs[screen.at].entry
        theirs = Change(
            entry.id, entry.question, f"{screen.pairs[screen.at].field.id}@en", "University", "", entry.subject
        )
        await pilot.press(*"Col")
        app.autosave.save_now()
        paul.save(partnership_of(paul).id, [theirs])
        app.autosave.poller.look()
        await pilot.press(*"lege")
        app.autosave.save_now()
    partnership = partnership_of(paul)
    assert partnership.entries[entry.id].get(theirs.cell) == "University"
    assert [one.mine for one in open_conflicts(partnership)] == ["College"]
