"""Many partners: eleven entered and one commitment given to ten, groups, « sauf », the same answer, all in few keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.hand import Hand, seated
from tui.export.plain_text import to_text

NAMES = (
    "Collège du Lac", "Maison des jeunes", "Clinique du Nord", "Centre de crise", "Théâtre du Quai", "Entraide",
    "Ligue des parents", "Atelier Vélo", "Radio Rivage", "Cercle des aînés", "Ville de Saint-Clair",
)  # fmt: skip
CLAUSE = "afficher l'horaire à l'entrée"


def agreement(hand: Hand) -> str:
    """The document in one line, apostrophes and spaces made plain."""
    return " ".join(to_text(hand.workspace.agreement, wrap=None).replace("’", "'").split())


def levels(hand: Hand) -> list[object]:
    """The level of involvement of each partner."""
    found = (
        hand.workspace.partnership.entry(f"open.involvement:{row.id}")
        for row in hand.workspace.partnership.rows("open.who")
    )
    return [None if one is None else one.get("level") for one in found]


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_eleven_partners_and_a_commitment_of_ten_in_fewer_than_sixty_keys(tmp_path: Path, lang: str) -> None:
    async with seated(tmp_path, *NAMES, lang=lang) as hand:
        await hand.press("up", "3", "alt+m", "a", "enter")  # all of them are interested
        await hand.press("escape", "g")
        await hand.words("contrib")
        await hand.press("enter")
        await hand.words(CLAUSE)
        await hand.press("alt+m", "a", "end", "space", "enter")  # all but the last
        await hand.press("up", "tab", "3")  # accepted
        rows = hand.workspace.partnership.rows("open.contributions", "rows")
        assert len(rows) == 1 and len(rows[0].get("partners")["ids"]) == 10
        assert len(hand.workspace.partnership.rows("open.who")) == 11
        text = agreement(hand)
        assert text.count(CLAUSE) == 1
        left_out = "sauf Ville de Saint-Clair" if lang == "fr" else "except Ville de Saint-Clair"
        assert left_out in text
        assert hand.keys < 60, hand.keys


async def test_a_group_is_named_once_and_used_again(tmp_path: Path) -> None:
    async with seated(tmp_path, *NAMES, size=(140, 40)) as hand:
        await hand.press("up", "3", "alt+m", "a", "enter")
        await hand.press("escape", "g")
        await hand.words("contrib")
        await hand.press("enter")
        await hand.words("prêter une salle")
        await hand.press("alt+m", "space", "down", "space", "down", "space", "down", "space", "g")
        await hand.words("les organismes locaux")
        await hand.press("enter", "enter", "up", "tab", "3", "tab")
        members = hand.workspace.partnership.rows("extra.groups", "rows")[0].get("members")["ids"]
        assert [hand.workspace.partnership.entries[one].text("name", "fr") for one in members] == list(NAMES[1:4])
        await hand.press("f4", "escape", "g")
        await hand.words("contrib")
        await hand.press("enter")  # where a new line is written
        await hand.words("nourrir les bénévoles")
        await hand.press("alt+m", "up", "space", "down", "down", "space", "enter")  # the group, but for its first
        await hand.press("up", "tab", "3")
        text = agreement(hand)
        assert "les organismes locaux" in text
        assert "sauf Maison des jeunes" in text
        await hand.press("ctrl+z", "ctrl+z")
        assert "sauf Maison des jeunes" not in agreement(hand)


async def test_one_level_and_one_status_for_those_one_ticks(tmp_path: Path) -> None:
    async with seated(tmp_path, *NAMES) as hand:
        await hand.press("up", "3", "alt+m", "down", "space", "down", "space", "enter")
        status = [row.get("status") for row in hand.workspace.partnership.rows("open.who")]
        assert status == ["interested"] * 3 + ["prospective"] * 8
        await hand.press("f4", "f4", "3", "alt+m", "a", "enter")
        assert levels(hand) == ["contributes"] * 11
        await hand.press("ctrl+z")
        assert levels(hand) == ["contributes"] + [None] * 10, "one step of undo"
