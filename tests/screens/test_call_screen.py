"""Calls in the app: noted in a few keys, the page before the next one, the list of last contacts."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened
from tui.partnership.calls import calls_of
from tui.partnership.values import Change
from tui.screens.call_screen import CallSheetScreen, LastContactsScreen, show_contacts_made
from tui.screens.due_screen import DueScreen, today
from tui.store import Store
from tui.workspace.place import NOTE


def with_person(store: Store) -> None:
    """Give the first partner somebody to call."""
    cells = {"name@fr": "Solange Viau", "#order": "5"}
    store.save(store.list()[0].id, [Change("person0000", "open.who", cell, value, "people", (ORG,))
                                    for cell, value in cells.items()])  # fmt: skip


async def test_call_that_was_answered_is_noted_in_two_keys_and_opens_the_note(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    with_person(store)
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "7", "enter")
        workspace = app.workspace
        assert workspace is not None and workspace.place.question == NOTE
        await press(pilot, *"salle")
        (call,) = calls_of(workspace.partnership, ORG, "fr")
        assert (call.on, call.outcome, call.caller, call.called, call.text) == (
            today(), "spoke", "Marie", "Solange Viau", "salle",
        )  # fmt: skip


async def test_message_left_asks_what_is_next_and_the_next_call_settles_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "7", *"message", "enter", *"rappeler", "enter")
        workspace = app.workspace
        assert workspace is not None
        (call,) = calls_of(workspace.partnership, ORG, "fr")
        assert (call.outcome, call.next) == ("message", "rappeler")
        await press(pilot, "/")
        assert isinstance(app.screen, CallSheetScreen)
        assert "jamais joint" in app.screen.rows()[0].text
        await press(pilot, "escape", "7", "enter", "enter")
        assert workspace.partnership.entries[call.entry].get("came") == "done"


async def test_page_before_a_call_leads_to_where_a_line_is_written(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    with_person(store)
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "/")
        page = app.screen
        assert isinstance(page, CallSheetScreen)
        rows = [row for row in page.rows() if row.act is not None]
        at = next(at for at, row in enumerate(rows) if row.text == "Solange Viau")
        await press(pilot, *["down"] * at, "enter")
        workspace = app.workspace
        assert workspace is not None and workspace.place.slot == "person0000/name"


async def test_list_of_all_partnerships_opens_one(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "7", "enter", "escape", "q")
        show_contacts_made(app)
        await press(pilot, "home")
        page = app.screen
        assert isinstance(page, LastContactsScreen)
        assert [row.behind.partition(" (")[0] for row in page.rows()] == ["jamais joint", "aujourd'hui"]
        await press(pilot, "enter")
        assert app.workspace is not None


async def test_list_says_so_where_nothing_was_noted(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        show_contacts_made(app)
        await press(pilot, "home")
        assert isinstance(app.screen, LastContactsScreen)
        assert "encore noté" in app.screen.rows()[0].text


async def test_note_of_an_earlier_day_says_how_the_next_call_begins(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    for cell, value in {"text@fr": "offre une salle", "on": "2026-01-05"}.items():
        store.save(store.list()[0].id, [Change(f"{NOTE}:{ORG}", NOTE, cell, value, "", (ORG,))])
    async with opened(store) as (app, pilot):
        await press(pilot, "f7")
        assert "5 janvier 2026" in app.page.message.replace("\u00a0", " ")
        await press(pilot, "escape", "7", "enter")
        workspace = app.workspace
        assert workspace is not None
        assert [call.text for call in calls_of(workspace.partnership, ORG, "fr")] == ["", "offre une salle"]


async def test_calendar_of_ones_own_is_offered_where_something_private_is_due(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "7", *"message", "enter", *"rappeler; 2099-03-03", "enter", ",")
        page = app.screen
        assert isinstance(page, DueScreen)
        told = [row.text for row in page.rows() if "rappeler" in row.text]
        assert told == ["Suite d'un appel : rappeler (Université)"]
        assert any("avec ce qui est privé" in row.text for row in page.rows())


async def test_call_with_somebody_who_is_not_noted_yet_keeps_the_name(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    with_person(store)
    for cell, value in {"name@fr": "Ali Haddad", "#order": "6"}.items():
        store.save(store.list()[0].id, [Change("person0001", "open.who", cell, value, "people", (ORG,))])
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "7", "down", "enter", *"quelqu", "enter", *"Paul Roy", "enter")
        workspace = app.workspace
        assert workspace is not None and workspace.place.question == NOTE
        (call,) = calls_of(workspace.partnership, ORG, "fr")
        assert (call.outcome, call.caller, call.called) == ("spoke", "Paul Roy", "Marie")
        await press(pilot, "escape", "7", *"mauvaise", "enter", *"Ali", "enter", "escape")
        assert [call.called for call in calls_of(workspace.partnership, ORG, "fr")] == ["Ali Haddad", "Marie"]
