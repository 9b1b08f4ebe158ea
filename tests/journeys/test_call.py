"""The call: forty lines typed as they come, each sent to its question by a letter, and a draft without retyping."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.hand import Hand, opened
from tui.desk.place import NOTE
from tui.export.plain import to_text

# What is said in half an hour, in the order it is said; with the letter that sends each line ("" stays in the note).
CALL = (
    ("", "appel du 25, ton chaleureux"),
    ("C", "prêter une salle le mardi soir, d'octobre à mars"),
    ("p", "Marie Roy, directrice, marie@mdj.example, 519 555-0100, signe"),
    ("h", "fâchés du projet de 2015, arrêté sans un mot"),
    ("C", "faire connaître le service dans le quartier"),
    ("t", "3 h par semaine"),
    ("r", "reçoit déjà nos étudiants le soir"),
    ("n", "de 3 à 5 organismes, pas plus"),
    ("b", "des étudiantes et étudiants qui connaissent la maison"),
    ("", "le chat de Marie s'appelle Filou"),
    ("c", "peut-être former deux bénévoles"),
    ("p", "Paul Lemieux, intervenant"),
    ("h", "l'ancienne direction ne répondait jamais"),
    ("o", "offrir un lieu d'écoute après 18 h"),
    ("o", "que personne n'attende plus d'une semaine"),
    ("v", "chaque jeune trouve quelqu'un à qui parler, même le soir"),
    ("f", "Fonds du quartier, 12 000 $"),
    ("m", "qui paie le gardien"),
    ("C", "tenir l'horaire de la salle"),
    ("t", "une soirée de préparation"),
    ("", ""),
    ("h", "craint de faire tout le travail"),
    ("b", "une page dans le journal du campus"),
    ("p", "Sophie Tran, présidente du conseil, sophie@mdj.example"),
    ("c", "un babillard à l'entrée"),
    ("r", "connaît toutes les familles du coin"),
    ("m", "l'assurance de la salle"),
    ("C", "accueillir les jeunes à la porte"),
    ("o", "faire le point chaque session"),
    ("", "rappeler après le 10"),
    ("c", "du café"),
    ("t", "2 h par mois pour le comité"),
    ("h", "n'aime pas les longues réunions"),
    ("p", "Ali Haddad, comptable, poste à pourvoir"),
    ("f", "la ville : demande en cours"),
    ("b", "des rideaux neufs"),
    ("C", "garder la liste des clés"),
    ("m", "le nom du service"),
    ("", "leur CA se réunit le 12"),
    ("r", "ouvert le soir toute l'année"),
)


async def a_call(hand: Hand) -> None:
    """Two organisations, and the second one on the telephone."""
    await hand.press("enter")
    await hand.lines("Notre centre", "Maison des jeunes")
    await hand.press("tab", "f6")


async def test_a_call_of_forty_lines_becomes_a_draft(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f7")
        assert len(CALL) == 40
        await hand.lines(*(text for _letter, text in CALL))
        before = hand.keys
        await hand.press("escape", "N", *(letter or "space" for letter, text in CALL if text))
        assert hand.keys - before <= 2 + len(CALL), "two keys to begin, and one a line"
        await hand.press("f7", "f3", "f4")
        who = hand.name("Maison des jeunes")
        project = hand.desk.project
        assert project.entries[who].get("status") == "contacted"
        assert hand.texts("open.contributions", "rows") == [text for letter, text in CALL if letter in "cC" and letter]
        people = project.rows("open.who", "people")
        assert [row.get("name@fr") or row.get("name") for row in people] == [
            "Marie Roy", "Paul Lemieux", "Sophie Tran", "Ali Haddad"]  # fmt: skip
        assert (people[0].get("email"), people[0].get("phone"), people[0].get("signs")) == (
            "marie@mdj.example", "519 555-0100", True)  # fmt: skip
        assert (
            people[0].text("title", "fr") == "directrice" and people[2].text("title", "fr") == "présidente du conseil"
        )
        count = project.entries["open.how_many"]
        assert (count.get("min"), count.get("max")) == (3, 5)
        assert project.entries[f"open.history:{who}"].text("note", "fr").count("\n") == 3
        money = project.rows("commit.funding", "rows")
        assert money[0].text("source", "fr") == "Fonds du quartier" and money[0].get("amount")["amount"] == "12000"
        note = project.entries[f"{NOTE}:{who}"].text("text", "fr").split("\n")
        assert [line for line in note if line and not line.startswith("✓ ")] == [
            text for letter, text in CALL if text and not letter]  # fmt: skip
        await hand.press("up", "3")  # they said yes before hanging up
        text = " ".join(to_text(hand.desk.agreement, wrap=None).replace("’", "'").split())
        for letter, words in CALL:
            if letter and letter in "Cov":
                assert words in text, words
        for private in ("fâchés", "Filou", "reçoit déjà", "former deux", "519"):
            assert private not in text


@pytest.mark.parametrize(("way", "lang"), [("ctrl+r", "fr"), ("alt+s", "en")])
async def test_a_line_is_sent_in_two_keys_and_comes_back_by_one(tmp_path: Path, way: str, lang: str) -> None:
    app = opened(tmp_path, lang)
    async with app.run_test(size=(140, 40)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f7")
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
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f7")
        await hand.words("Marie offre une salle et connaît le maire")
        await hand.press("home", *["right"] * 6, *["shift+right"] * 15, "ctrl+r", "c")
        assert hand.texts("open.contributions", "rows") == ["offre une salle"]
        assert hand.work.editor.text == "Marie\n✓ offre une salle\net connaît le maire"
        await hand.press("ctrl+r", "r")
        await hand.press("f7", "f7", "ctrl+home", "ctrl+r", "x")
        await hand.words("role")
        await hand.press("enter")
        partner = hand.desk.project.entries[hand.name("Maison des jeunes")]
        assert partner.text("reason", "fr") == "et connaît le maire" and partner.text("role", "fr") == "Marie"


@pytest.mark.parametrize("moving", [False, True])
async def test_the_note_opens_from_anywhere_and_leads_back_to_the_cursor(tmp_path: Path, moving: bool) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f4", "f4", "f4")
        await hand.words("une vieille histoire")
        await hand.press("left", "left", *(["escape"] if moving else []))
        place, pane = hand.desk.place, hand.work.pane
        await hand.press("f7")
        assert hand.desk.place.question == NOTE and hand.work.writing
        await hand.words("noté")
        await hand.press("f7")
        assert (hand.desk.place.question, hand.desk.place.partner) == (place.question, place.partner)
        assert (hand.work.writing, hand.work.pane) == (not moving, pane)
        if not moving:
            assert hand.work.editor.cursor_location == (0, len("une vieille histoire") - 2)


async def test_from_the_note_one_goes_on_where_one_was(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f4", "f4", "f7", "f4")
        assert hand.desk.place.question == "open.history"


async def test_from_the_document_and_back_to_its_line(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(app, pilot)
        await a_call(hand)
        await hand.press("f5", *["down"] * 7)
        row = hand.document.standing()[1]
        await hand.press("f7")
        assert hand.desk.place.question == NOTE
        await hand.words("pendant la lecture")
        await hand.press("f7")
        assert hand.document.standing()[:2] == ("document", row)
        await hand.press("escape")
        assert hand.work.desk.place.question == "open.who"
