"""A store with one partnership, and the app open on it without a terminal, for tests of the screens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tui.app.app import EntenteApp
from tui.partnership.ids import order_between
from tui.partnership.partners import WHO
from tui.partnership.values import Change, Partnership
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Saved, Store
from tui.store.store_errors import Full
from tui.workspace.workspace import Workspace

ORG = "aaaaaaaaaa"
ROLE = "role@fr"


class ShakyStore(Store):
    """A store whose disk is full while `full` is set."""

    full = False

    def save(self, partnership_id: str, changes: Sequence[Change], *, typing: bool = False) -> Saved:
        """Refuse, or save."""
        if self.full:
            raise Full(self.root / partnership_id / "project.json")
        return super().save(partnership_id, changes, typing=typing)


def filled_store(root: Path | str, name: str = "Marie") -> ShakyStore:
    """A store written to as `name`; where `root` is new, with one partnership of two interested partners.

    An address of a database is taken as well.
    """
    store = ShakyStore(root, author=Author(name.lower().ljust(10, "x"), name))
    if not root.exists() if isinstance(root, Path) else not store.list():
        order = ""
        changes = []
        for one, said in ((ORG, "Université"), ("bbbbbbbbbb", "Clinique")):
            order = order_between(order, "")
            cells = {"name@fr": said, "status": "interested", "#order": order}
            changes += [Change(one, WHO, cell, value, "", (one,)) for cell, value in cells.items()]
        store.create(changes)
    return store


def partnership_of(store: Store) -> Partnership:
    """The one partnership as it is on disk."""
    return store.load(store.list()[0].id)


def role(text: str, partnership: Partnership | None = None) -> Change:
    """Set the first partner's role; based on what `project` holds where one is given."""
    base = None
    if partnership is not None:
        entry = partnership.entry(ORG)
        cell = entry.cells.get(ROLE) if entry is not None else None
        base = cell.rev if cell is not None else 0
    return Change(ORG, WHO, ROLE, text, "", (ORG,), base)


@asynccontextmanager
async def opened(
    store: Store, settings: Settings | None = None, size: tuple[int, int] = (140, 40), name: str = ""
) -> AsyncIterator[tuple[EntenteApp, Pilot[None]]]:
    """The app on the one partnership (or on that of this id), writing in the role of the first partner."""
    app = EntenteApp(store, settings or Settings(), name or store.list()[0].id)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if isinstance(app.screen, WorkScreen):
            app.screen.go_to_field(f"{ORG}/role")
        await pilot.pause()
        yield app, pilot


def workspace_of(app: EntenteApp) -> Workspace:
    """The open partnership."""
    assert app.workspace is not None
    return app.workspace


def shown(app: EntenteApp, *panes: str) -> str:
    """What these panes of the present screen show, as plain text."""
    from tui.terminal.line_pane import Lines

    found = [app.screen.query_one(f"#{name}", Lines) for name in panes]
    return "\n".join("".join(piece.text for piece in line) for pane in found for line in pane.lines).replace(
        "\xa0", " "
    )
