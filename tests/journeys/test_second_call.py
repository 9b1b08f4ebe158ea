"""Two calls with one partner and the mail between them, by keyboard: nothing typed twice, the keys counted."""

from __future__ import annotations

import os
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.hand import Hand, seated
from tui.partnership.calls import calls_of
from tui.screens.call_screen import CallSheetScreen
from tui.workspace.note_sorting import note_of
from tui.workspace.place import NOTE

WORDS = {
    "fr": ("Marie Roy, directrice, marie@mdj.example", "prêter une salle le mardi soir", "fâchés du projet de 2015",
           "relire au partenaire", "rappeler Marie; 2099-03-03"),
    "en": ("Marie Roy, director, marie@mdj.example", "lend a room on Tuesday evenings", "angry about the 2015 project",
           "tell back what", "call Marie again; 2099-03-03"),
}  # fmt: skip


async def noted(hand: Hand, lang: str) -> None:
    """The first call: noted by three keys, its lines written, then sorted by a letter each and Enter for one."""
    person, room, story, _mail, _next = WORDS[lang]
    await hand.press("escape", "7", "enter")
    assert hand.workspace.place.question == NOTE and hand.work.writing
    await hand.lines(person, room, story)
    before = hand.keys
    await hand.press("escape", "N", "p", "c", "h")
    assert hand.keys - before == 5


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_second_call_begins_with_what_the_first_left(tmp_path: Path, lang: str) -> None:
    person, room, story, mail, step = WORDS[lang]
    async with seated(tmp_path, "Notre centre", "Maison des jeunes", lang=lang) as hand:
        await hand.press("f6")
        await noted(hand, lang)
        partner = hand.workspace.place.partner
        before = hand.keys
        await hand.press("f2")
        await hand.words(mail)
        await hand.press("enter")
        assert hand.keys - before == 2, "the mail is written by its name in the list"
        (file,) = (Path(os.environ["HOME"]) / "Entente").glob("*.eml")
        message: Any = message_from_bytes(file.read_bytes(), policy=default)
        body = " ".join(message.get_content().split())
        assert message["To"] == "marie@mdj.example" and room in body.replace("’", "'") and "Marie Roy" in body
        assert story not in body.replace("’", "'")

        before = hand.keys
        await hand.press("/", "down", "enter")
        await hand.words(step)
        await hand.press("enter")
        assert hand.keys - before == 4, "what is next"
        assert isinstance(hand.app.screen, CallSheetScreen) and step.partition(";")[0] in hand.seen
        await hand.press("escape", "7", "down", "down", "enter", "escape")  # the second call: a message was left
        first, second = reversed(calls_of(hand.workspace.partnership, partner, lang))
        assert [first.outcome, second.outcome] == ["spoke", "message"]
        assert (first.next_on, second.called) == ("2099-03-03", "Marie Roy")
        assert [line.removeprefix("✓ ") for line in first.text.split("\n")] == [person, room, story]
        assert note_of(hand.workspace, partner).count("✓") == 3, "of the same day: it stays until the next one"
