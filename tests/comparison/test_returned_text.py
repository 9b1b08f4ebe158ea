"""A plain text that comes back: decoded, put together again by our lines however it was wrapped, quoted or doubled."""

from __future__ import annotations

import textwrap

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole, changed_cells
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_lines import ANSWER, OriginalLine
from tui.comparison.returned_text import (
    decode,
    is_quoted,
    lost_accents,
    read_text,
    regrouped,
    text_lines,
    without_mark,
)
from tui.export.plain_text import to_text

PARTNERSHIP = PARTNERSHIPS["04-une-porte-ouverte-le-soir.json"]
TEXT = to_text(Composer(GUIDE).agreement(PARTNERSHIP, "fr"))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_are_decoded(code: str) -> None:
    assert decode("« Été – à l’œuvre »".encode(code)) == "« Été – à l’œuvre »"


def test_what_a_program_mixed_up_is_mended() -> None:
    broken = "été à l’œuvre, où l’on écoute : « oui »".encode().decode("cp1252", "replace")
    assert "�" in broken or decode(broken.encode()) == "été à l’œuvre, où l’on écoute : « oui »"
    assert decode("L'été, déjà\nÀ côté\n".encode().decode("cp1252").encode()) == "L'été, déjà\nÀ côté\n"
    assert decode(b"l'=C3=A9t=C3=A9, d=C3=A9j=C3=A0, o=C3=B9") == "l'été, déjà, où"
    assert decode("Ã la carte".encode()) == "Ã la carte"
    assert decode("ils ont Ã© ici".encode()) == "ils ont Ã© ici"  # once may be meant


@pytest.mark.parametrize("mark", ["a) ", "b. ", "o  ", "• ", "– ", "3. ", "ii) ", "(c) ", "§ "])
def test_marks_of_lists_say_nothing(mark: str) -> None:
    assert without_mark(f"{mark}prêter un salon", "prêter un salon") == "prêter un salon"
    assert without_mark(f"{mark}prêter un salon", f"{mark}prêter un salon") == f"{mark}prêter un salon"


def rewrapped(width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) or "" for line in TEXT.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize(("width", "sign"), [(38, ""), (50, "> "), (60, ">"), (66, ">> "), (45, "| ")])
def test_wrapped_and_quoted_text_changes_no_field(width: int, sign: str) -> None:
    came = "\n".join(f"{sign}{line}" for line in rewrapped(width).split("\n"))
    outcome = accepted_whole(came.encode(), "retour.txt", PARTNERSHIP)
    assert outcome.after is not None, outcome.refused
    assert changed_cells(PARTNERSHIP, outcome.after) == {}
    assert len(outcome.open) < 6


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["Oui, mais pas le vendredi.", "- d'accord", "NON : voir notre lettre du 3 mars"])
def test_an_answer_between_quoted_lines_enters_no_field(answer: str) -> None:
    lines = [f"> {line}" for line in TEXT.split("\n")]
    for at in range(20, len(lines), 60):
        came = "\n".join([*lines[:at], "", answer, "", *lines[at:]])
        outcome = accepted_whole(came.encode(), "retour.txt", PARTNERSHIP)
        assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}, at
        assert any(answer.removeprefix("- ") in one.after for one in outcome.open), at


@pytest.mark.slow
def test_a_part_of_the_text_takes_nothing_else_out() -> None:
    part = TEXT.split("\n")[60:100]
    outcome = accepted_whole("\n".join(part).encode(), "retour.txt", PARTNERSHIP)
    assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}


ACCENTED = [OriginalLine(text) for text in ("été déjà là", "où né", "prêté à côté", "sans")]


@pytest.mark.parametrize(
    ("raw", "lost"),
    [
        (["ete deja la", "ou ne", "prete a cote"], True),
        (["ete deja la", "ou ne", "sans"], True),
        (["ete deja", "sans"], False),  # of a part of the words alone
        (["ete deja la", "ou ne", "prete a cote", "naïf"], False),
        (["sans"], False),
    ],
)
def test_accents_are_lost_where_most_words_of_ours_lack_theirs(raw: list[str], lost: bool) -> None:
    assert lost_accents(ACCENTED, raw) is lost
    assert not lost_accents(ACCENTED[:1], raw), "a few words prove nothing"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("| a \\| b | c |", [r"a \| b", "c"]), ("a\tb\t\tc", ["a", "b", "c"]), ("- \ta", ["- \ta"]), ("\ta", ["\ta"]),
        ("a\t", ["a\t"]), ("> | a | b |", ["> a", "> b"]), ("a | b", ["a | b"]), ("|---|---|", ["|---|---|"]),
    ],
)  # fmt: skip
def test_each_cell_between_bars_or_tabs_is_a_line(text: str, lines: list[str]) -> None:
    assert text_lines(text) == lines


def test_an_item_is_none_of_the_headings_that_have_a_number_too() -> None:
    found = read_text("# Titre\n\n3. Rôles\n\n3) prêter\n\n- tenir\n\n(b) payer\n\nmot")
    said = [("Titre", False), ("Rôles", False), ("prêter", True), ("tenir", True), ("payer", True), ("mot", False)]
    assert [(line.text, line.item) for line in found] == said


@pytest.mark.parametrize(
    ("raw", "quoted"), [("> a", True), ("  » a", True), ("| a | b |", False), ("a > b", False), ("", False)]
)
def test_a_line_is_quoted_by_its_first_sign(raw: str, quoted: bool) -> None:
    assert is_quoted(raw) is quoted


OURS = [
    OriginalLine(text) for text in ("Prêter une salle chaque mardi soir", "Tenir la liste", "Payer le café du matin")
]
QUOTED = [f"> {line.text}" for line in OURS]


def regroup(*raw: str) -> list[tuple[str, str]]:
    """The text and the place of each paragraph."""
    return [(line.text, line.place) for line in regrouped(raw, OURS, frozenset({"page", "de", "entente"}))]


def test_lines_are_put_together_and_an_answer_stands_apart() -> None:
    ours = [(line.text, "") for line in OURS]
    assert regroup(*QUOTED) == ours
    assert regroup("> Prêter une salle", "> chaque mardi soir", *QUOTED[1:]) == ours
    answered = ["Le 3 mai 2026, Zoé Roy a écrit :", QUOTED[0], "", "Plutôt le jeudi.", "", *QUOTED[1:], "--", "Zoé"]
    assert regroup(*answered) == [ours[0], ("Plutôt le jeudi.", ANSWER), *ours[1:], ("Zoé", ANSWER)]
    assert regroup("Merci !", "", *(line.text for line in OURS)) == [("Merci !", ANSWER), *ours]
    assert regroup(OURS[0].text, "", "Le café aussi.", "", OURS[1].text)[1] == ("Le café aussi.", ""), "none is quoted"


def test_the_edges_of_pages_are_dropped_and_a_year_is_no_page() -> None:
    texts = [line.text for line in OURS]
    assert regroup(texts[0], "Page 2 de 4", texts[1], "Entente", texts[2]) == [(text, "") for text in texts]
    assert ("2027", "") in regroup(texts[0], "", "2027", "", texts[1])


def test_a_line_that_shares_a_word_with_ours_is_not_that_line() -> None:
    found = regroup(OURS[0].text, "La salle ferme à midi.", OURS[1].text)
    assert found == [(OURS[0].text, ""), ("La salle ferme à midi.", ""), (OURS[1].text, "")]
    assert regroup(OURS[0].text, "", "La salle est fermée tout le mois de mai.", "", OURS[1].text)[1] == (
        "La salle est fermée tout le mois de mai.", "",
    )  # fmt: skip


def test_letters_are_mended_where_nothing_else_is_accented() -> None:
    coded = "d=C3=A9j=C3=A0 l=C3=A0, o=C3=B9"
    assert decode(coded.encode()) == "déjà là, où"
    assert decode(f"été {coded}".encode()) == f"été {coded}"
