"""The call: forty lines typed as they come, each sent to its question by a letter, and a draft without retyping."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.calls import CALLS, FUNDS, PRIVATE, TITLES
from tests.journeys.hand import Hand, seated
from tui.export.plain_text import to_text
from tui.screens.call_notes import SortScreen
from tui.workspace.place import NOTE

PRINTED = ("C", "b", "m", "o", "t", "v")  # what becomes public: shown first, and sent by Enter
PROSE = "v"  # the vision
BOTH = ("Notre centre", "Maison des jeunes")  # the second one is on the telephone


def printed(letter: str, words: str) -> str:
    """The words as the document prints them: what is sent to a prose field begins with a capital there."""
    return words[:1].upper() + words[1:] if letter in PROSE else words


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_call_of_forty_lines_becomes_a_draft(tmp_path: Path, lang: str) -> None:
    said = CALLS[lang]
    assert len(said) == 40
    async with seated(tmp_path, *BOTH, lang=lang) as hand:
        await hand.press("f6", "f7")
        await hand.lines(*(text for _letter, text in said))
        before = hand.keys
        await hand.press("escape", "N")
        public = 0
        for letter, text in said:
            if text:
                await hand.press(letter or "space")
                window = hand.app.screen
                asked = isinstance(window, SortScreen) and window.to_confirm is not None
                assert asked is (letter in PRINTED), (letter, text)
                if asked:
                    await hand.press("enter")
                    public += 1
        assert hand.keys - before <= 2 + len(said) + public, "two to begin, one a line, Enter for what is public"
        await hand.press("f7", "f3", "f4")
        all_is_where_it_belongs(hand, said, lang)
        await hand.press("f3", "3")  # they said yes before hanging up
        assert hand.workspace.partnership.entries[hand.name("Maison des jeunes")].get("status") == "interested"
        text = " ".join(to_text(hand.workspace.agreement, wrap=None).replace("’", "'").split())
        sent = [printed(letter, words) for letter, words in said if letter and letter in "Cov"]
        assert [words for words in sent if words not in text] == []
        assert [words for words in PRIVATE[lang] if words in text] == []


def all_is_where_it_belongs(hand: Hand, said: tuple[tuple[str, str], ...], lang: str) -> None:
    """Each line that was sent stands at its question, read as far as it can be; the others stay in the note."""
    who = hand.name("Maison des jeunes")
    partnership = hand.workspace.partnership
    assert partnership.entries[who].get("status") == "contacted"
    assert hand.texts("open.contributions", "rows") == [text for letter, text in said if letter in ("c", "C")]
    people = partnership.rows("open.who", "people")
    names = [row.get(f"name@{lang}") or row.get("name") for row in people]
    assert names == ["Marie Roy", "Paul Lemieux", "Sophie Tran", "Ali Haddad"]
    marie = people[0]
    assert (marie.get("email"), marie.get("phone"), marie.get("signs")) == ("marie@mdj.example", "519 555-0100", True)
    assert [people[at].text("title", lang) for at in (0, 2)] == TITLES[lang]
    count = partnership.entries["open.how_many"]
    assert (count.get("min"), count.get("max")) == (3, 5)
    assert partnership.entries[f"open.history:{who}"].text("note", lang).count("\n") == 3
    money = partnership.rows("commit.funding", "rows")
    assert money[0].text("source", lang) == FUNDS[lang] and money[0].get("amount")["amount"] == "12000"
    note = partnership.entries[f"{NOTE}:{who}"].text("text", lang).split("\n")
    left = [line for line in note if line and not line.startswith("✓ ")]
    assert left == [text for letter, text in said if text and not letter]


@pytest.mark.parametrize(("way", "lang"), [("ctrl+r", "fr"), ("alt+s", "en")])
async def test_a_line_is_sent_in_two_keys_and_comes_back_by_one(tmp_path: Path, way: str, lang: str) -> None:
    async with seated(tmp_path, *BOTH, lang=lang, size=(140, 40)) as hand:
        await hand.press("f6", "f7")
        await hand.lines("offre une salle", "il pleut")
        await hand.press("up")
        before = hand.keys
        await hand.press(way, "c")
        assert hand.keys - before == 2
        assert hand.texts("open.contributions", "rows") == ["offre une salle"]
        assert hand.work.editor.text == "✓ offre une salle\nil pleut"
        assert hand.work.editor.cursor_location == (1, 0), "the next line to sort"
        await hand.press("ctrl+z")
        assert hand.work.editor.text == "offre une salle\nil pleut"
        assert hand.texts("open.contributions", "rows") == []


async def test_what_is_selected_is_sent_and_the_rest_stays(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await hand.press("f6", "f7")
        await hand.words("Marie offre une salle et connaît le maire")
        await hand.press("home", *["right"] * 6, *["shift+right"] * 15, "ctrl+r", "c")
        assert hand.texts("open.contributions", "rows") == ["offre une salle"]
        assert hand.work.editor.text == "Marie\n✓ offre une salle\net connaît le maire"
        await hand.press("ctrl+r", "r")
        await hand.press("f7", "f7", "ctrl+home", "ctrl+r", "x")
        await hand.words("role")
        await hand.press("enter")
        partner = hand.workspace.partnership.entries[hand.name("Maison des jeunes")]
        assert partner.text("reason", "fr") == "et connaît le maire" and partner.text("role", "fr") == "Marie"


@pytest.mark.parametrize("moving", [False, True])
async def test_the_note_opens_from_anywhere_and_leads_back_to_the_cursor(tmp_path: Path, moving: bool) -> None:
    async with seated(tmp_path, *BOTH) as hand:
        await hand.press("f6", "f4", "f4", "f4")
        await hand.words("une vieille histoire")
        await hand.press("left", "left", *(["escape"] if moving else []))
        place, pane = hand.workspace.place, hand.work.pane
        await hand.press("f7")
        assert hand.workspace.place.question == NOTE and hand.work.writing
        await hand.words("noté")
        await hand.press("f7")
        assert (hand.workspace.place.question, hand.workspace.place.partner) == (place.question, place.partner)
        assert (hand.work.writing, hand.work.pane) == (not moving, pane)
        if not moving:
            assert hand.work.editor.cursor_location == (0, len("une vieille histoire") - 2)


async def test_from_the_note_one_goes_on_where_one_was(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH) as hand:
        await hand.press("f6", "f4", "f4", "f7", "f4")
        assert hand.workspace.place.question == "open.history"


async def test_from_the_document_and_back_to_its_line(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH) as hand:
        await hand.press("f6", "f5", *["down"] * 7)
        row = hand.document.position()[1]
        await hand.press("f7")
        assert hand.workspace.place.question == NOTE
        await hand.words("pendant la lecture")
        await hand.press("f7")
        assert hand.document.position()[:2] == ("document", row)
        await hand.press("escape")
        assert hand.work.workspace.place.question == "open.who"
