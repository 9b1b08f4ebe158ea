"""The directory: what was asked once is offered afterwards, to the person and to the colleague in the same store."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Barrier, Thread

from tests.journeys.hand import Hand, seated
from tests.partnership.told import Told
from tui.partnership.organisations import read_organisations, sorted_organisations
from tui.store import Author, Store
from tui.workspace.directory_edits import update_from_partnership


async def first_partnership(hand: Hand) -> None:
    """Two organisations; the second one has a director who signs, with an address, and a private reason."""
    await hand.press("n")
    await hand.lines("Notre centre", "Maison des jeunes")
    await hand.press("tab", "f6", "f7")
    await hand.words("Marie Roy, directrice, marie@mdj.example, 519 555-0100, signe")
    await hand.press("ctrl+r", "p", "f7")
    await hand.words("hôte")
    await hand.press("tab")
    await hand.words("zqraison")
    await hand.press("escape", "q")


async def test_what_was_asked_once_is_not_asked_again(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await first_partnership(hand)
        await hand.press("n")
        assert "Notre centre" in hand.seen, "one's own stands first, asked once"
        before = hand.keys
        await hand.words("mai")
        assert "→ Maison des jeunes" in hand.seen and "1 personne" in hand.seen
        await hand.press("right", "enter")
        await hand.words("Une nouvelle clinique")
        await hand.press("tab")
        assert hand.keys - before == 3, "three letters and one key for an organisation"
        rows = hand.workspace.partnership.rows("open.who")
        assert [row.text("name", "fr") for row in rows] == [
            "Notre centre", "Maison des jeunes", "Une nouvelle clinique"]  # fmt: skip
        people = hand.workspace.partnership.rows("open.who", "people")
        assert [(one.get("name"), one.text("title", "fr"), one.get("email"), one.get("signs")) for one in people] == [
            ("Marie Roy", "directrice", "marie@mdj.example", True)]  # fmt: skip
        assert rows[1].text("role", "fr") == "" and rows[1].get("reason@fr") is None
    directory = json.dumps(hand.app.store.directory(), ensure_ascii=False)
    assert "zqraison" not in directory and "hôte" not in directory
    assert sum(one.own for one in read_organisations(hand.app.store.directory())) == 1
    exported = json.dumps(hand.app.store.public_document(hand.app.store.list()[0].id), ensure_ascii=False)
    assert "marie@mdj.example" not in exported


async def test_known_ones_are_found_wherever_organisations_are_added(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await first_partnership(hand)
        await hand.press("n")
        await hand.words("Un autre")
        await hand.press("tab", "alt+a")
        await hand.words("mdj")  # initials
        await hand.press("right", "tab")
        assert [row.get("name") for row in hand.workspace.partnership.rows("open.who", "people")] == ["Marie Roy"]
        await hand.press("ctrl+z")
        assert hand.workspace.partnership.rows("open.who", "people") == (), "one step of undo takes all of it back"
        assert len(hand.workspace.partnership.rows("open.who")) == 2
        hand.work.go_to_field("+")  # the line under the people: « ajouter des organismes »
        await hand.words("maison")
        assert "→ Maison des jeunes" in hand.seen
        await hand.press("right", "enter")
        assert [row.get("name") for row in hand.workspace.partnership.rows("open.who", "people")] == ["Marie Roy"]


async def test_what_changes_in_a_partnership_is_learnt_and_what_is_old_takes_nothing_back(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await first_partnership(hand)
        old = hand.app.store.list()[0].id
        await hand.press("n")
        await hand.words("mai")
        await hand.press("right", "tab", "f6")
        person = hand.workspace.partnership.rows("open.who", "people")[0]
        hand.work.go_to_field(f"{person.id}/email")
        await hand.press("ctrl+u")
        await hand.words("direction@mdj.example")
        await hand.press("escape", "q")
        hand.app.open(old)
        await hand.press("escape", "q")
        found = next(
            one for one in read_organisations(hand.app.store.directory()) if one.name("fr") == "Maison des jeunes"
        )
        assert [one.cells["email"] for one in found.people] == ["direction@mdj.example"]


async def test_the_directory_is_seen_mended_merged_and_every_step_comes_back(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await first_partnership(hand)
        await hand.press("n")
        await hand.words("La maison des jeunes")
        await hand.press("tab", "escape", "q", "@")
        assert "Notre centre" in hand.seen and "le vôtre" in hand.seen

        def names() -> list[str]:
            return [
                one.name("fr") for one in sorted_organisations(read_organisations(hand.app.store.directory()), "fr")
            ]

        assert names() == ["Notre centre", "La maison des jeunes", "Maison des jeunes"]
        await hand.press("down", "m")
        await hand.words("mai")
        await hand.press("down", "enter")
        assert names() == ["Notre centre", "Maison des jeunes"], "two entries of one organisation are one"
        await hand.press("u")
        assert len(names()) == 3
        await hand.press("x")
        assert names() == ["Notre centre", "Maison des jeunes"]
        await hand.press("ctrl+z", "end", "enter", "down")
        await hand.press("up", "enter")
        await hand.words(" du Lac")
        await hand.press("enter")
        assert names()[2] == "Maison des jeunes du Lac"
        await hand.press("u", "escape", "o")
        assert [one.name("fr") for one in read_organisations(hand.app.store.directory()) if one.own] == [
            "Maison des jeunes"
        ]
        await hand.press("u")
        assert [one.name("fr") for one in read_organisations(hand.app.store.directory()) if one.own] == ["Notre centre"]


async def test_what_was_forgotten_stays_forgotten_and_merged_ones_lead_to_the_one_kept(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await first_partnership(hand)
        await hand.press("@", "down", "x", "escape")
        hand.app.open(hand.app.store.list()[0].id)
        await hand.press("escape", "q")
        assert [
            one.name("fr") for one in sorted_organisations(read_organisations(hand.app.store.directory()), "fr")
        ] == ["Notre centre"]


def test_two_people_teaching_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each adds another person, another organisation; the second had read the directory before the first wrote."""
    stores = [Store(tmp_path / "s", author=Author(name * 10, name)) for name in "ab"]
    both = Barrier(2)

    def teach_one(at: int) -> None:
        told = Told("La Maison", f"Centre {at}")
        told.say("open.who", {"part": "people", "name": f"Personne {at}"}, "La Maison", op="add")
        both.wait()
        for _again in range(5):
            update_from_partnership(stores[at], {}, told.partnership)

    threads = [Thread(target=teach_one, args=(at,)) for at in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found = sorted_organisations(read_organisations(stores[0].directory()), "fr")
    assert [one.name("fr") for one in found] == ["Centre 0", "Centre 1", "La Maison"]
    assert {person.name for person in found[2].people} == {"Personne 0", "Personne 1"}
