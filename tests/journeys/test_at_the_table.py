"""A meeting of nine people, played by keyboard at 80 by 24 and line by line, from its agenda to its minutes.

What is said at the table, in order: what all accept passes at once; a decision becomes a clause; somebody interrupts
with a point, which is set aside; one does not agree; one leaves; a decision is taken back; another leaves; the text is
projected and a sentence agreed as it stands; what is left moves to the next meeting. Nothing is typed twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.line_mode.person import Person
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tui.i18n import Language
from tui.partnership.agendas import unfinished_items
from tui.partnership.meetings import HELD, meetings
from tui.partnership.values import Change, answer_id
from tui.screens.meeting_screen import MeetingScreen

NINE = {"Université": 2, "Clinique": 2, "Collège": 2, "Refuge": 2, "Ville": 1}
STORY, PROPOSER = "zanzibar00011z", "zanzibar00012z"
MOST_KEYS = 71  # pressed from the agenda to the minutes, beside the words that would be written anyway
SAID = {
    "fr": {
        "agenda": ("le logo; 5", "le budget; 20", "le gardien; 15", "la suite; 10"),
        "aside": "qui garde la clé",
        "clause": "offrir du soutien le soir", "first": "un gardien", "second": "deux gardiens", "why": "trop de monde",
        "task": "louer la salle; Ville 1; 15 janvier", "reserve": "si le loyer est payé",
        "next": "3 décembre 2099; 18 h",
        "minutes": ("inscrit à la section", "remplacée par la décision", "convenu tel quel", "reporté à la prochaine",
                    "accepté par tous", "jusqu'à", "qui garde la clé", "louer la salle"),
    },
    "en": {
        "agenda": ("the logo; 5", "the budget; 20", "the guard; 15", "what next; 10"),
        "aside": "who keeps the key",
        "clause": "offer support in the evening", "first": "one guard", "second": "two guards",
        "why": "too many people",
        "task": "rent the room; Ville 1; January 15", "reserve": "if the rent is paid",
        "next": "December 3, 2099; 6 p.m.",
        "minutes": ("entered in section", "replaced by decision", "agreed as it stands", "moved to the next meeting",
                    "accepted by all", "until", "who keeps the key", "rent the room"),
    },
}  # fmt: skip


async def down_to(pilot: Any, press: Counted, what: str) -> None:
    """Walk down to the first line of a kind: « current_seat » or « current_noted_line »."""
    while getattr(pilot.app.screen, what) is None:
        await press("down")


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_nine_people_in_one_meeting_by_keyboard(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, NINE, lang)
    words: Any = SAID[lang]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        name = workspace.partnership.rows("open.who")[0].id
        workspace.edit([Change(answer_id("open.history", (name,)), "open.history", "note@fr", STORY, "", (name,))])
        press = Counted(pilot)
        await press("alt+)")
        for item in words["agenda"]:
            await press("n", f":{item}", "enter")
        await press("down", "t", "escape", "alt+M", "1", "1", "1", "1", "1", "1", "1", "1", "1")
        await press("A", "D", f":{words['clause']}", "enter", "b", f":{words['aside']}", "enter")
        page: Any = app.screen
        assert isinstance(page, MeetingScreen)
        await down_to(pilot, press, "current_noted_line")
        await press("down", "s", "o", "enter", "n")
        await press(
            "D", f":{words['first']}", "enter", "D", f":{words['second']}", "enter", "I", f":{words['task']}", "enter"
        )
        await press("down", "r", f":{words['second']}", "enter", f":{words['why']}", "enter", "n")
        await write(pilot, "p", f":{PROPOSER}", "enter")
        await press("up", "up", "up", "4", "up", "4")
        await press("escape", "alt+U", "1", "1", "2", f":{words['reserve']}", "enter", "2", "1", "1", "escape", "alt+M")
        await press("escape", "f9")
        shown = screen_text(app)
        sheet: Any = app.screen
        rows = [row for row, origin in enumerate(sheet.painted.origins) if origin.question == "gather.objectives"]
        sheet.show_row(rows[-1])
        await press("y", "M")
        shown += screen_text(app)
        assert STORY not in shown and PROPOSER not in shown and words["reserve"] not in shown
        await press(
            "escape", "escape", {"fr": ":oui", "en": ":yes"}[lang], "enter", "alt+M", "z", f":{words['next']}", "enter"
        )
        said = plain(minutes_of(app))
        assert [one for one in words["minutes"] if one not in said] == [], said
        assert STORY not in said and PROPOSER not in said and words["reserve"] not in said
        held, ahead = meetings(workspace.partnership)
        assert held.get("closed") and ahead.get("on") == "2099-12-03"
        assert len(unfinished_items(workspace.partnership, ahead.id)) == 1
        assert press.keys <= MOST_KEYS, press.keys


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_same_meeting_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    words: Any = SAID[lang]
    person = Person(tmp_path, monkeypatch)
    names = list(NINE)
    person.types(*names, "", lang=lang)
    fr = lang == "fr"
    order = "/ordre du jour" if fr else "/agenda"
    task = words["task"].replace("Ville 1", "Ville")
    said = person.types(
        *(f"{order} {item}" for item in words["agenda"]), f"{order} 1 " + ("ensemble" if fr else "at once"),
        "/rencontre" if fr else "/meeting", "/présent tous" if fr else "/present all",
        "/ensemble" if fr else "/at once",
        f"/décision {words['clause']}" if fr else f"/decision {words['clause']}",
        f"/de côté {words['aside']}" if fr else f"/aside {words['aside']}",
        "/inscrire 2 o" if fr else "/enter 2 o", "/inscrire 2 o" if fr else "/enter 2 o",
        "/point suivant" if fr else "/next item",
        f"/decision {words['first']}", f"/decision {words['second']}", f"/task {task}",
        f"/replace 3; 4; {words['why']}", "/point suivant" if fr else "/next item",
        "/left 1", "/left 2", "/agreed 3 1", "/agreed 4 1", "/minutes", "/close",
        f"/next meeting {words['next']}", "/minutes",
        lang=lang,
    )  # fmt: skip
    minutes = plain(said)
    left = [one for one in words["minutes"] if one not in minutes]
    assert left == [], said
    assert len(person.partnership.rows(HELD, "rows")) == 2
