"""One hour of typing as people do: words on choices, Tab, arrows, pasting, dates, undo and redo, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from textual import events

from tests.journeys.hand import Hand, seated
from tui.export.plain_text import to_text
from tui.partnership.values import Entry, Value


class Said(NamedTuple):
    """What somebody types in one language."""

    partners: tuple[str, str]
    table: str
    role: str
    remark: str
    option: str
    status: str
    lead: str
    mandate: str
    list_pasted: str
    day: str
    review: str
    leads: str
    goals: str
    words: str


SAID = {
    "en": Said(
        ("Harvest Food Bank", "Northside Pantry"),
        'Organization\tContact\tEmail\n"East ""Hub"""\tGrace Lee\tgrace@hub.ca\nSalaam Kitchen\tAmir\tamir@salaam.ca',
        "lead agency",
        "interested but withdrawn this winter",
        "commit",
        "committed",
        "north",
        "sorts and delivers",
        "\uf0b7\tShare trucks\n\uf0b7\tShare cold storage",
        "Dec 15",
        "review",
        "lead",
        "objectives",
        "vision",
    ),
    "fr": Said(
        ("Maison des jeunes L'Escale", "CLSC des Rives"),
        'Organisme\tContact\tCourriel\n"École ""La Source"""\tLuc Roy\tluc@ecole.ca\nPolice\tAna\tana@police.ca',
        "porteur du protocole",
        "intéressé mais retiré cet hiver",
        "engag",
        "committed",
        "clsc",
        "reçoit les appels",
        "\uf0b7\tPartager les locaux\n\uf0b7\tFormer les équipes",
        "15 déc",
        "revue",
        "pilote",
        "objectifs",
        "vision",
    ),
}


async def paste(hand: Hand, text: str) -> None:
    """Paste a text, as a terminal does."""
    hand.app.post_message(events.Paste(text))
    await hand.pilot.pause()


async def to_question(hand: Hand, letters: str) -> None:
    """Go to a question by some letters of its name."""
    await hand.press("escape", "g")
    await hand.words(letters)
    await hand.press("enter")


def of_first(hand: Hand, cell: str) -> Value:
    """What the first partner holds."""
    return hand.workspace.partnership.rows("open.who")[0].get(cell)


def rows(hand: Hand, question: str, part: str = "") -> tuple[Entry, ...]:
    """The rows of a list."""
    return hand.workspace.partnership.rows(question, part)


async def chooses_by_words(hand: Hand, said: Said, lang: str) -> None:
    """Words typed on a choice change nothing; Tab writes them beside; one undo restores, one redo does it again."""
    hand.work.go_to_field(f"{rows(hand, 'open.who')[0].id}/status")
    before = of_first(hand, "status")
    await hand.press(*said.remark, "enter")
    assert of_first(hand, "status") == before
    await hand.press("tab")
    assert hand.work.editor.text == said.remark and of_first(hand, "status") == before
    await hand.press("ctrl+z")
    assert of_first(hand, f"role@{lang}") in (None, "")
    await hand.press(*said.role, "up", *said.option, "enter")
    assert of_first(hand, "status") == said.status
    await hand.press("ctrl+z")
    assert of_first(hand, "status") == before and of_first(hand, f"role@{lang}") == said.role
    await hand.press("ctrl+y")
    assert of_first(hand, "status") == said.status


async def pastes_a_table_and_a_list(hand: Hand, said: Said) -> None:
    """A table makes partners whose addresses stay private; a list from Word loses its marks; help lies in between."""
    hand.work.go_to_field("+")
    await paste(hand, said.table)
    assert len(rows(hand, "open.who")) == 4 and "@" not in to_text(hand.workspace.agreement)
    await to_question(hand, said.goals)
    await paste(hand, said.list_pasted)
    assert len(rows(hand, "gather.objectives", "rows")) == 2
    await hand.press("f1", "escape", "ctrl+z")
    assert rows(hand, "gather.objectives", "rows") == ()
    await hand.press("ctrl+z")
    assert len(rows(hand, "open.who")) == 2, "one step each, whatever page one was on in between"
    await hand.press("ctrl+y", "ctrl+y")
    assert (len(rows(hand, "open.who")), len(rows(hand, "gather.objectives", "rows"))) == (4, 2)


async def names_a_lead(hand: Hand, said: Said, lang: str) -> None:
    """Tab takes the suggested name; the arrow at the end of a text makes no second lead of a full stop."""
    await to_question(hand, said.leads)
    await hand.press(*said.lead, "tab", "tab", *said.mandate, "home", "down", ".", "down", "down", "down", ".")
    (lead,) = rows(hand, "gather.lead", "rows")
    assert lead.text("mandate", lang) == f"{said.mandate}."
    assert lead.get("partner") == rows(hand, "open.who")[1].id


async def dates_the_review(hand: Hand, said: Said) -> None:
    """A day without its year is the next one, shown in full; then a year that the end of this journey can keep."""
    await to_question(hand, said.review)
    await hand.press(*said.day, "enter", "shift+tab")
    stored = hand.workspace.partnership.entries["extra.review"].get("date")
    assert isinstance(stored, str) and stored.endswith("-12-15") and stored[:4] in hand.work.editor.text
    await hand.press("ctrl+home", "ctrl+shift+end", "backspace", *"2031", "enter")


async def writes_in_the_document(hand: Hand, said: Said, lang: str) -> None:
    """The field at the bottom of the document has the same undo and redo, and leaves no conflict with oneself."""
    await to_question(hand, said.words)
    await hand.press(*"abc def")
    await hand.press("f5")
    lines = [at for at, one in enumerate(hand.document.painted.origins) if one.question == "gather.vision"]
    hand.document.stand_at(lines[0])
    await hand.press("enter", *" ghi", "ctrl+z")
    assert hand.document.editor.text.endswith("def")
    await hand.press("ctrl+y", "escape", "escape", "ctrl+s")
    assert hand.workspace.partnership.entries["gather.vision"].text("vision", lang) == "abc def ghi"
    assert hand.workspace.partnership.conflicts == ()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_an_hour_of_typing(tmp_path: Path, lang: str, size: tuple[int, int]) -> None:
    said = SAID[lang]
    async with seated(tmp_path, *said.partners, lang=lang, size=size) as hand:
        await chooses_by_words(hand, said, lang)
        await pastes_a_table_and_a_list(hand, said)
        await names_a_lead(hand, said, lang)
        await dates_the_review(hand, said)
        await writes_in_the_document(hand, said, lang)
