"""Shapes of partnership that must be said by keyboard: a lead and ten groups, two signatories, seven people of five."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.hand import Hand, seated
from tests.journeys.test_many import NAMES, agreement


async def to_question(hand: Hand, letters: str) -> None:
    """Go to a question by a few letters of its name."""
    await hand.press("escape", "g")
    await hand.words(letters)
    await hand.press("enter")


async def test_one_lead_and_ten_groups(tmp_path: Path) -> None:
    async with seated(tmp_path, *NAMES) as hand:
        await hand.press("up", "3", "alt+m", "a", "enter")
        await to_question(hand, "pilotage")
        await hand.words("collège")
        await hand.press("right", "enter")
        await to_question(hand, "temps")
        await hand.words("2 h par mois")
        await hand.press("alt+m", "a", "home", "down", "space", "enter")  # all but the lead
        await to_question(hand, "ressources")
        await hand.words("cotisation")
        await hand.press("tab")
        await hand.words("100 $")
        row = hand.workspace.partnership.rows("commit.funding", "rows")[0]
        hand.work.go_to_field(f"{row.id}/status")
        await hand.press("1")
        hand.work.go_to_field(f"{row.id}/each")
        await hand.press("space")
        text = agreement(hand)
        assert hand.workspace.partnership.rows("gather.lead", "rows")[0].get("partner") == hand.name(NAMES[0])
        assert text.count("2 h par mois") == 1 and f"sauf {NAMES[0]}" in text
        assert "100" in text and "chacun" in text.split("cotisation")[1][:60] + text.split("100")[1][:60]


async def test_two_signatories_with_a_resolution(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Maison des jeunes") as hand:
        await hand.press("f6", "up", "3", "f7")
        await hand.lines("Marie Roy, directrice, signe", "Sophie Tran, présidente du conseil, signe")
        await hand.press("escape", "N", "p", "enter", "p", "enter", "f7")
        who = hand.name("Maison des jeunes")
        said = {"auth_body": "conseil d'administration", "auth_number": "2026-14", "auth_date": "12 novembre 2026"}
        for field, words in said.items():
            hand.work.go_to_field(f"{who}/{field}")
            await hand.words(words)
        text = agreement(hand)
        signed = text.split("Accord des partenaires et signatures")[1]
        assert "Marie Roy, directrice" in signed and "Sophie Tran, présidente du conseil" in signed
        assert "2026-14" in text and "conseil d'administration" in text and "12 novembre 2026" in text


async def test_seven_people_from_five_partners(tmp_path: Path) -> None:
    people = ("Ana", "Bill", "Chloé", "Dan", "Élise", "Farid", "Gaby")
    async with seated(tmp_path, *NAMES[:5]) as hand:
        await hand.press("up", "3", "alt+m", "a", "enter")
        for at, person in enumerate(people):
            hand.work.go(hand.workspace.place)
            hand.work.go_to_field("+people")
            await hand.words(f"{person} Roy")
            await hand.press("enter", *(["f6"] if at not in (0, 2) else []))
        owners = {row.subject[0] for row in hand.workspace.partnership.rows("open.who", "people")}
        assert len(hand.workspace.partnership.rows("open.who", "people")) == 7 and len(owners) == 5
        await to_question(hand, "gouvernance")
        await hand.words("comité")
        await hand.press("tab")
        await hand.words(", ".join(f"{one} Roy" for one in people))
        members = hand.workspace.partnership.rows("gather.governance", "bodies")[0].get("members")
        assert [sorted(one) for one in members] == [["person"]] * 7, "each is a person known, not only a name"
        assert all(f"{one} Roy" in agreement(hand) for one in people)
