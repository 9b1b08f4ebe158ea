"""A round with a yes on a condition and a no until something, a question to each, and a sentence worded anew.

What is said at the table, in order: the round on the text, with « oui si… », « non tant que… » and something to watch;
a question of the moment; the clause asked about, worded anew, asked about again. In the evening one partner says that
its condition is met, the other's is set aside with a reason and a minority text. By keyboard at 80 by 24 and line by
line, in both languages; nothing private is in the minutes, in the text, or before the room.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text
from tests.line_mode.person import Person
from tests.screens.test_condition_pages import to_round
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tui.export.plain_text import to_text
from tui.i18n import Language
from tui.partnership.conditions import MET, SET_ASIDE, WATCH
from tui.partnership.values import Change

FIVE = {"Université": 0, "Clinique": 0, "Collège": 0, "Refuge": 0, "Ville": 0}
IF, UNTIL, WATCHED, WHY = "zanzibar00013z", "zanzibar00014z", "zanzibar00015z", "zanzibar00016z"
MOST_KEYS = 59  # pressed from the round to the minutes, beside the words that would be written anyway
SAID = {
    "fr": {
        "question": "Quel soir ?; mardi; jeudi", "minority": "nous aurions attendu le bail",
        "first": "offrir un guide", "second": "offrir deux guides", "day": "3 février 2099",
        "minutes": ("Quel soir", "mardi : 3, jeudi : 2", "offrir un guide", "d'accord : 3, réserve : 2",
                    "offrir deux guides", "d'accord : 5", "nous aurions attendu le bail"),
    },
    "en": {
        "question": "Which evening?; Tuesday; Thursday", "minority": "we would have waited for the lease",
        "first": "offer a guide", "second": "offer two guides", "day": "February 3, 2099",
        "minutes": ("Which evening", "Tuesday: 3, Thursday: 2", "offer a guide", "agree: 3, reservation: 2",
                    "offer two guides", "agree: 5", "we would have waited for the lease"),
    },
}  # fmt: skip
PRIVATE = (IF, UNTIL, WATCHED, WHY)


async def to_line(pilot: Any, press: Counted, words: str) -> None:
    """Walk to the line of a page that says these words."""
    page: Any = pilot.app.screen
    acting = [row.text for row in page.rows() if row.act is not None]
    at = next(at for at, text in enumerate(acting) if words in text)
    while page.at != at:
        await press("down" if page.at < at else "up")


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_dissent_with_its_condition_by_keyboard(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, FIVE, lang)
    words: Any = SAID[lang]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        workspace.edit([Change("objective0", "gather.objectives", f"text@{lang}", words["first"], "rows")])
        await to_round(app, pilot)
        press = Counted(pilot)
        await press("1", "i", f":{IF}; Ville; {words['day']}", "enter", "n", f":{UNTIL}; Ville", "enter")
        await press("v", f":{WATCHED}", "enter", "1", "escape")
        await press("alt+M", '"', f":{words['question']}", "enter", "1", "2", "1", "2", "1", "escape", "escape", "f5")
        for text, answers in ((words["first"], "12121"), (words["second"], "11111")):
            workspace.edit([Change("objective0", "gather.objectives", f"text@{lang}", text, "rows")])
            await pilot.pause()
            sheet: Any = app.screen
            sheet.paint()
            rows = [row for row, origin in enumerate(sheet.painted.origins) if origin.question == "gather.objectives"]
            assert sheet.show_row(rows[-1])
            await press('"', *answers, "escape")
        await press("f9")
        shown = screen_text(app)
        await press("M")
        shown += screen_text(app)
        await press("escape", "escape", {"fr": ":oui", "en": ":yes"}[lang], "enter", "A")
        await to_line(pilot, press, IF)
        await press("enter", "enter")
        await to_line(pilot, press, UNTIL)
        await press("enter", "down", "down", "down", "enter", f":{WHY}", "enter")
        await to_line(pilot, press, UNTIL)
        await press("enter", "enter", f":{words['minority']}", "enter", "escape", "H")
        said = plain(minutes_of(app))
        assert [one for one in words["minutes"] if one.lower() not in said.lower()] == [], said
        text = "".join(to_text(workspace.agreement, None))
        assert [one for one in PRIVATE if one in said + shown + text] == []
        rows = workspace.partnership.rows("note.conditions", "rows")
        assert sorted(row.get("state") for row in rows) == sorted((MET, SET_ASIDE, WATCH))
        assert press.keys <= MOST_KEYS, press.keys


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_dissent_with_its_condition_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    words: Any = SAID[lang]
    fr = lang == "fr"
    person = Person(tmp_path, monkeypatch)
    person.types(*FIVE, "", lang=lang)
    person.store.save(person.id, [Change("objective0", "gather.objectives", f"text@{lang}", words["first"], "rows")])
    label = next(
        line.split(".")[0]
        for line in person.types("/document", lang=lang).splitlines()
        if line[:1].isdigit() and ("Objecti" in line or "objecti" in line)
    )
    ask, says = ("/poser", "/dit") if fr else ("/ask", "/says")
    gives = [f"{says} {number} {choice}" for number, choice in enumerate("12121", 1)]
    first = person.types(
        f"/condition Clinique; {'oui si' if fr else 'yes if'} {IF}; Ville; {words['day']}",
        f"/condition Collège; {'non tant que' if fr else 'no until'} {UNTIL}; Ville",
        f"/condition Refuge; {'à surveiller : ' if fr else 'to watch: '}{WATCHED}",
        f"{ask} {words['question']}", *gives, f"{ask} section {label} 1", *gives, lang=lang,
    )  # fmt: skip
    assert "Traceback" not in first
    person.store.save(person.id, [Change("objective0", "gather.objectives", f"text@{lang}", words["second"], "rows")])
    minutes = plain(
        person.types(
            f"{ask} section {label} 1", *(f"{says} {number} 1" for number in range(1, 6)),
            "/condition 1 " + ("oui" if fr else "yes"), f"/condition 1 {'écartée' if fr else 'set aside'} {WHY}",
            f"/condition 2 {'minoritaire' if fr else 'minority'} {words['minority']}",
            "/compte rendu" if fr else "/minutes", lang=lang,
        )
    )  # fmt: skip
    minutes = minutes[minutes.rindex("COMPTE RENDU" if fr else "MINUTES") :]
    assert [one for one in words["minutes"] if one.lower() not in minutes.lower()] == [], minutes
    assert [one for one in PRIVATE if one in minutes] == []
