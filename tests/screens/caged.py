"""A partnership with a canary in every private place, on disk, and the app opened on it; what stands on its screen."""

from __future__ import annotations

import re
from pathlib import Path

from textual.pilot import Pilot

from tests.agreement.cage import CANARY, Cage, partner, private_cells
from tests.agreement.reading import GUIDE, Told
from tui.app.app import EntenteApp
from tui.partnership.meetings import HELD, PRESENCE
from tui.partnership.values import Change
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.workspace import current_moment

SIZES = [(40, 15), (80, 24), (100, 30), (140, 40), (200, 50)]
OTHER = "zibeline"  # the name of another partnership
MEETING = "meeting00a"


def caged(root: Path) -> tuple[Store, str]:
    """The store, and the id of the partnership: one partner may appear, one may not yet; a meeting is running."""
    cage = Cage(Told())
    told = cage.told
    ids = (partner(cage, "un", "interested", False), partner(cage, "deux", "contacted", False))
    private_cells(cage, ids)
    told.say("gather.vision", {"vision": "tous soutenus"})
    told.say("gather.lead", {"rows": [{"partner": ids[1]}]})
    told.say("open.contributions", {"text": f"prêter {CANARY}", "state": "wished"}, ids[0], op="add")
    told.say("extra.points", {"rows": [{"text": "qui paie", "who": {"partner": ids[1]}}]})
    told.say("commit.consensus", {"level": "reservation", "reservation": CANARY}, ids[0])
    told.say("gather.procedures", {"level": "disagree", "reservation": CANARY, "leave": "ask"}, ids[1])
    cells = {"#order": "5", "on": current_moment()[:10], "opened": current_moment()}
    told.take(*(Change(MEETING, HELD, cell, value, "rows") for cell, value in cells.items()))
    waiting = told.partnership.rows("open.who", "people", (ids[1],))[0].id
    told.say(HELD, {PRESENCE: [{"who": {"person": waiting}, "presence": "present", "meeting": MEETING}]})
    told.say(HELD, {PRESENCE: [{"guest": CANARY, "presence": "present", "meeting": MEETING}]})
    told.say(HELD, {"tasks": [{"text": "réserver", "who": {"person": waiting}, "meeting": MEETING}]})
    store = Store(root / "store", author=Author("x" * 10, "Marie"))
    other = [Change("extra.name", "extra.name", "name@fr", OTHER)]
    store.create(other)
    store.create(
        [
            Change(entry.id, entry.question, cell, held.value, entry.part, entry.subject)
            for entry in told.partnership.entries.values()
            for cell, held in entry.cells.items()
        ]
    )
    return store, next(one.id for one in store.list() if one.title("fr") != OTHER)


def app_on(root: Path) -> EntenteApp:
    """The app opened on it; nothing goes to a clipboard."""
    store, partnership = caged(root)
    return EntenteApp(store, Settings(lang="fr", clipboard="none"), partnership)


def cells(app: EntenteApp) -> str:
    """Every cell of the screen, as text; the rows are joined, so that a word broken at an edge is found too."""
    strips = app.screen._compositor.render_strips()
    rows = ["".join(segment.text for segment in strip) for strip in strips]
    for screen in app.screen_stack:
        if screen.is_attached and screen is not app.screen:
            rows += ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]
    return re.sub(r"\s+", " ", " ".join(row.strip() for row in rows))


def sung(app: EntenteApp) -> list[str]:
    """What of the private things stands on the present screen: the canary, another partnership, a path."""
    strips = app.screen._compositor.render_strips()
    text = " ".join("".join(segment.text for segment in strip) for strip in strips)
    private = ("(privé)", "Privé :", "Note d'appel", "à lever")
    return [one for one in (CANARY, OTHER, str(app.store.root), *private) if one in text]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and let the screen follow."""
    await pilot.press(*keys)
    await pilot.pause()


__all__ = ["CANARY", "GUIDE", "OTHER", "SIZES", "app_on", "caged", "cells", "press", "sung"]
