"""The page of what is due: its groups, what Enter notes, and the one over all partnerships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ShakyStore, filled_store, opened
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.values import Change
from tui.screens import due_screen
from tui.screens.due_screen import AllDueScreen, DueScreen, due_lists
from tui.store import Summary
from tui.terminal.line_pane import Lines
from tui.ui.page import PageRow
from tui.workspace.workspace import Workspace

OBJECTIVE = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}


def dated(tmp_path: Path) -> ShakyStore:
    """A store whose partnership has an objective that is late."""
    store = filled_store(tmp_path / "s")
    changes = [Change("objective0", "gather.objectives", cell, value, "rows") for cell, value in OBJECTIVE.items()]
    store.save(store.list()[0].id, changes)
    return store


def first_line(app: EntenteApp) -> str:
    """What stands above the page."""
    return "".join(piece.text for piece in app.screen.query_one("#head", Lines).lines[0])


async def test_late_line_is_counted_above_and_closed_by_an_outcome(tmp_path: Path) -> None:
    async with opened(dated(tmp_path)) as (app, pilot):
        assert "1 en retard" in first_line(app)
        await press(pilot, "escape", ",")
        assert isinstance(app.screen, DueScreen)
        seen = [row.text for row in app.screen.rows()]
        assert seen[0] == "En retard · 1" and seen[1] == "Objectif : un guide"
        await press(pilot, "enter", "enter")
        assert [row.text for row in app.screen.rows()] == ["Aucune échéance."]
        workspace = app.workspace
        assert workspace is not None and workspace.partnership.rows("follow.outcomes", "rows")[0].get("state") == "done"


async def test_list_shows_the_dates_of_all_and_opens_one(tmp_path: Path) -> None:
    store = dated(tmp_path)
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "q")
        assert "1 en retard" in first_line(app)
        await press(pilot, ",")
        assert isinstance(app.screen, AllDueScreen)
        assert "Objectif : un guide" in [row.text for row in app.screen.rows()]
        await press(pilot, "enter")
        assert app.workspace is not None


def unseen(monkeypatch: pytest.MonkeyPatch, told: Told) -> tuple[DueScreen, list[Any]]:
    """The page of what is due in English, which nobody sees, and what it asks, writes and goes to."""
    i18n.use("en")
    done: list[Any] = []
    app = SimpleNamespace(store=None, push_screen=lambda picker, take: take("#field"))
    monkeypatch.setattr(DueScreen, "app", app)
    monkeypatch.setattr(DueScreen, "to_field", lambda page, *place: done.append(place))
    monkeypatch.setattr(due_screen, "versions_of", lambda workspace, store: ())
    monkeypatch.setattr(due_screen, "write_files", lambda app, files: done.extend(files))
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.lang = workspace.doc_lang = "en"
    return DueScreen(workspace), done


def told_dates(*, private: bool) -> Told:
    """What a partner promised by a day, and with `private` money that is sought by another day."""
    told = Told("Collège", status="committed")
    promise = {"text": "prêter une salle", "due": "2027-03-01"}
    told.say("commit.consensus", promise, "Collège", op="add")
    if private:
        told.say("commit.funding", {"source": "fonds tu", "status": "sought", "due": "2027-05-01"}, op="add")
    return told


@pytest.mark.parametrize("private", [True, False])
def test_only_the_calendar_for_oneself_has_private_dates(monkeypatch: pytest.MonkeyPatch, private: bool) -> None:
    page, done = unseen(monkeypatch, told_dates(private=private))
    writers = [row for row in page.rows() if "calendar" in row.text]
    assert len(writers) == (2 if private else 1), "without a private date the two would be alike"
    for row in writers:
        assert row.act is not None
        row.act()
    calendars = [file.make().data.decode() for file in done]
    assert (
        all("salle" in text for text in calendars)
        and ["tu" in text for text in calendars] == [False, True][: len(writers)]
    )


def test_enter_goes_to_the_partner_whose_date_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_dates(private=False)
    page, done = unseen(monkeypatch, told)
    row = next(row for row in page.rows() if "prêter" in row.text)
    assert row.act is not None
    row.act()
    _question, partner, entry, field = done[-1]
    assert (partner, field) == (told.ids["Collège"], "due") and entry in told.partnership.entries


def test_the_list_of_all_leaves_out_trials_and_begins_with_the_earliest() -> None:
    later, sooner = told_dates(private=True).partnership, told_dates(private=False).partnership
    sooner = replace(sooner, id="sooner")
    late = Told("Collège", status="committed")
    late.say("gather.objectives", {"text": "un guide", "due": "2020-03"}, op="add")
    known = {"trial": later, "plain": sooner, "undated": later, "late": late.partnership}

    def summary(name: str) -> Summary:
        counted = "" if name == "undated" else "2026-11-28"
        return Summary(name, name, name, "", "adoption", 1, archived=False, trial=name == "trial", counted_on=counted)

    app: Any = SimpleNamespace(
        guide=GUIDE, lang="fr", store=SimpleNamespace(list=lambda: map(summary, known), load=known.__getitem__)
    )
    assert [title for title, _listed in due_lists(app)] == ["late", "plain"]


@pytest.mark.parametrize(("date", "private", "offered"), [
    ("2027-01-02", True, True), ("", True, False), ("2027-01-02", False, False),
])  # fmt: skip
def test_a_calendar_of_ones_own_is_offered_where_it_would_hold_more(
    monkeypatch: pytest.MonkeyPatch, date: str, private: bool, offered: bool
) -> None:
    workspace = Workspace(GUIDE, Told("Collège").partnership, Memory())
    due: Any = SimpleNamespace(items=[SimpleNamespace(private=private, date=date)])
    monkeypatch.setattr(due_screen, "due_in_workspace", lambda workspace, day: due)
    monkeypatch.setattr(due_screen, "group_rows", lambda due, lang, act, **more: [PageRow("à faire")])
    monkeypatch.setattr(DueScreen, "_due_list", lambda self: due)
    rows = DueScreen(workspace).rows()
    assert len(rows) == (4 if offered else 3)
