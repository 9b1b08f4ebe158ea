"""Tests of words that are sought and cut out: however they are written, also while typed, and what stays around."""

from __future__ import annotations

import json

import pytest

from tui.text.sought_text import SoughtText, cut_spans, partial_spans

NAME = "Zoé Lis"


@pytest.mark.parametrize(
    "written",
    [
        "Zoé Lis",
        "ZOÉ LIS",
        "zoe\u0301 lis",
        "Zoé\u00a0Lis",
        "Zoé\nLis",
        "Zoé  \u202f Lis",
        "**Zoé** _Lis_",
        "(Zoé Lis)",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    sought = SoughtText(NAME)
    for text in (
        written,
        f"de {written}, hier",
        json.dumps(f"de\n{written}\n"),
        json.dumps(written, ensure_ascii=False),
    ):
        assert sought.stands_in(text), text
        left = sought.without(text)
        assert not sought.stands_in(left) and "lis" not in left.lower(), left


@pytest.mark.parametrize("text", ["Zoélis", "Zoé Lise", "Azoé Lis", "Zoé, Lis", "Zoe Lis", "Lis Zoé", "Zoé Lis2", ""])
def test_other_words_stay(text: str) -> None:
    assert not SoughtText(NAME).stands_in(text)
    assert SoughtText(NAME).without(text) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("« La Ruche »", "à «La Ruche»"), ("«La Ruche»", "à « La Ruche »"), ('"La Ruche"', "à “La Ruche”"),
        ("L'Été", "à l’ÉTÉ"), ("Saint-Jean", "à SAINT‑JEAN"), ("Oui ! Non", "oui! non"), ("Oui! Non", "oui ! non"),
    ],
)  # fmt: skip
def test_signs_that_typography_changes_are_the_same(words: str, text: str) -> None:
    assert SoughtText(words).stands_in(text) and SoughtText(words).without(text).strip() in ("à", "")


@pytest.mark.parametrize("words", ["", " ", "a", " é ", "e\u0301"])
def test_a_single_letter_is_too_short(words: str) -> None:
    with pytest.raises(ValueError, match="short"):
        SoughtText(words)
    assert SoughtText("an").spans("an, plan, an") == [(0, 2), (10, 12)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("dit **Zoé Lis** hier", "dit hier"),
        ("dit _Zoé Lis_, hier", "dit, hier"),
        ("dit **par Zoé Lis** hier", "dit **par** hier"),  # these marks stand around what stays
        ("Zoé Lis hier", "hier"),
        ("hier\nZoé Lis paie", "hier\npaie"),
        ("hier Zoé Lis\npaie", "hier\npaie"),
        ("Zoé Lis et Zoé Lis", "et"),
        ("l'avis de Zoé Lis.", "l'avis de."),
    ],
)
def test_what_stays_has_no_gap_and_no_empty_marks(text: str, left: str) -> None:
    assert SoughtText(NAME).without(text) == left


@pytest.mark.parametrize(("before", "after"), [("dit ", " hier"), ("", ""), ("", " paie"), ("de ", "")])
def test_the_words_are_cut_also_while_they_were_being_typed(before: str, after: str) -> None:
    texts = [f"{before}{NAME[:length]}{after}" for length in range(len(NAME) + 1)]
    for history in (texts, texts[::-1], [*texts, *texts[::-1]]):
        left = [
            cut_spans(text, spans)
            for text, spans in zip(history, partial_spans(history, SoughtText(NAME)), strict=True)
        ]
        whole = SoughtText(NAME).without(f"{before}{NAME}{after}")
        assert {"".join(text.split()) for text in left} == {"".join(whole.split())}, left


@pytest.mark.parametrize(
    ("glued", "spaced", "place"),
    [("ditZoé Lis hier", "dit Zoé Lis hier", (3, 10)), ("dit Zoé Lishier", "dit Zoé Lis hier", (4, 11))],
)
def test_words_without_a_space_that_came_later_are_cut_too(glued: str, spaced: str, place: tuple[int, int]) -> None:
    assert partial_spans([glued, spaced], SoughtText(NAME))[0] == [place]
    assert partial_spans([spaced, glued], SoughtText(NAME))[1] == [place]


def test_words_beside_them_and_another_text_are_not_cut() -> None:
    sought = SoughtText(NAME)
    assert partial_spans(["dit Zoé", "dit Zoé Lis", "dit Zoé Lis hier", "dit Zoé Li hier"], sought) == [
        [(4, 7)], [(4, 11)], [(4, 11)], [(4, 10)],
    ]  # fmt: skip
    assert partial_spans(["dit Zoé", "dit Zoér", "dit Zoé Lis hier"], sought) == [[(4, 7)], [(4, 7)], [(4, 11)]]
    assert partial_spans(["Zoé Lé Lis"] * 2 + ["Zoé Lis et Zoé Lis"], sought)[:2] == [[(0, 5), (5, 10)]] * 2
    assert partial_spans(["dit ", "dit Zoé Lis"], sought) == [[], [(4, 11)]]
    assert partial_spans(["il Zoé a", "dit Zoé Lis"], sought) == [[], [(4, 11)]]
    assert partial_spans(["un autre Zoé", "dit Zoé Lis"], sought) == [[], [(4, 11)]]
    assert partial_spans(["Zoé", "Zoé est là"], sought) == [[], []]
    assert partial_spans([], sought) == []


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Le Phare", "la salle du Phare", True),
        ("Le Phare", "dit au phare", True),
        ("Le Phare", "le Phare", True),
        ("Les Veilleuses", "l'appui des Veilleuses", True),
        ("le Collège", "au Collège", True),
        ("Le Phare", "un phare", False),
        ("La Ruche", "de La Ruche", True),
        ("Lesage", "du sage", False),
    ],
)
def test_a_name_stands_behind_words_that_contract_with_its_article(name: str, text: str, stands: bool) -> None:
    assert SoughtText.of_name(name).stands_in(text) is stands
