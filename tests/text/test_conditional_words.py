"""« Oui si… », « non tant que… » at the beginning of a line, read and written in both languages."""

from __future__ import annotations

import pytest

from tui.text.conditional_words import NO_UNTIL, TO_WATCH, YES_IF, join_condition, read_condition, says_either_way

FORMS = [
    ("oui si la salle est libre", YES_IF, "la salle est libre", "oui si la salle est libre"),
    ("Oui, s'il paie", YES_IF, "il paie", "oui s'il paie"),
    ("Oui s’ils paient", YES_IF, "ils paient", "oui s'ils paient"),
    ("si elle vient", YES_IF, "elle vient", "oui si elle vient"),
    ("non tant que le loyer n'est pas payé", NO_UNTIL, "le loyer n'est pas payé",
     "non tant que le loyer n'est pas payé"),
    ("Non, tant qu'elle refuse", NO_UNTIL, "elle refuse", "non tant qu'elle refuse"),
    ("yes if the room is free", YES_IF, "the room is free", "yes if the room is free"),
    ("Yes, provided that it is paid", YES_IF, "it is paid", "yes if it is paid"),
    ("À surveiller : les délais", TO_WATCH, "les délais", "à surveiller : les délais"),
    ("to watch: the delays", TO_WATCH, "the delays", "to watch: the delays"),
    ("no until the rent is paid", NO_UNTIL, "the rent is paid", "no until the rent is paid"),
    ("Unless it is paid", NO_UNTIL, "it is paid", "no until it is paid"),
    ("No, as long as it is unpaid", NO_UNTIL, "as long as it is unpaid", "no as long as it is unpaid"),
    ("Yes, as long as it is paid", YES_IF, "it is paid", "yes if it is paid"),
    ("So long as it is paid", YES_IF, "it is paid", "yes if it is paid"),
    ("d'accord si la salle est libre", YES_IF, "la salle est libre", "oui si la salle est libre"),
    ("Agreed, if it is paid", YES_IF, "it is paid", "yes if it is paid"),
    ("oui tant que la salle est libre", YES_IF, "tant que la salle est libre", "oui tant que la salle est libre"),
    ("Oui, tant qu’elle est libre", YES_IF, "tant qu’elle est libre", "oui tant qu’elle est libre"),
    ("D'accord, sauf si elle est prise", YES_IF, "sauf si elle est prise", "oui sauf si elle est prise"),
    ("oui à condition que ce soit écrit", YES_IF, "à condition que ce soit écrit", "oui à condition que ce soit écrit"),
    ("oui, le bail est signé", YES_IF, "le bail est signé", "oui si le bail est signé"),
    ("non, si la salle est fermée", NO_UNTIL, "si la salle est fermée", "non si la salle est fermée"),
    ("Pas d'accord tant que rien n'est écrit", NO_UNTIL, "rien n'est écrit", "non tant que rien n'est écrit"),
    ("non, le loyer est trop haut", NO_UNTIL, "le loyer est trop haut", "non tant que le loyer est trop haut"),
    ("yes unless it rains", YES_IF, "unless it rains", "yes unless it rains"),
    ("Yes, until June", YES_IF, "until June", "yes until June"),
    ("No, if it is closed", NO_UNTIL, "if it is closed", "no if it is closed"),
    ("OK, provided it is paid", YES_IF, "it is paid", "yes if it is paid"),
]  # fmt: skip
HEADS = {
    "fr": {YES_IF: "oui si", NO_UNTIL: "non tant que", TO_WATCH: "à surveiller :"},
    "en": {YES_IF: "yes if", NO_UNTIL: "no until", TO_WATCH: "to watch:"},
}


@pytest.mark.parametrize(("typed", "answer", "rest", "said"), FORMS)
def test_a_beginning_is_read_and_stands_before_the_rest_again(typed: str, answer: str, rest: str, said: str) -> None:
    assert read_condition(typed) == (answer, rest)
    lang = "en" if said.startswith(("yes", "no ", "to ")) else "fr"
    assert join_condition(HEADS[lang][answer], rest, lang) == said


@pytest.mark.parametrize(
    "text",
    [
        "la salle est libre",
        "le sirop",
        "sincère",
        "Iffley pays",
        "oui si",
        "noir",
        "à surveiller :",
        "to watch,",
        "tant que la salle est libre",
        "Tant qu’on ne touche pas au budget",
        "no smoking indoors",
        "oui",
        "non,",
    ],
)
def test_a_line_that_begins_otherwise_is_left_as_it_is(text: str) -> None:
    assert read_condition(text) == ("", text)


@pytest.mark.parametrize(
    ("typed", "asked", "kind", "rest", "said"),
    [
        ("tant que la salle sert", YES_IF, YES_IF, "tant que la salle sert", "oui tant que la salle sert"),
        ("tant que le loyer est dû", NO_UNTIL, NO_UNTIL, "le loyer est dû", "non tant que le loyer est dû"),
        ("si la salle est libre", NO_UNTIL, NO_UNTIL, "si la salle est libre", "non si la salle est libre"),
        ("si la salle est libre", TO_WATCH, TO_WATCH, "si la salle est libre", "à surveiller : si la salle est libre"),
        ("as long as it is unpaid", NO_UNTIL, NO_UNTIL, "as long as it is unpaid", "no as long as it is unpaid"),
        ("as long as it is paid", YES_IF, YES_IF, "it is paid", "yes if it is paid"),
        ("unless it rains", YES_IF, YES_IF, "unless it rains", "yes unless it rains"),
        ("no smoking indoors", YES_IF, YES_IF, "no smoking indoors", "yes if no smoking indoors"),
        ("oui si elle vient", NO_UNTIL, YES_IF, "elle vient", "oui si elle vient"),
        ("non tant qu'elle refuse", YES_IF, NO_UNTIL, "elle refuse", "non tant qu'elle refuse"),
        ("à surveiller : les délais", YES_IF, TO_WATCH, "les délais", "à surveiller : les délais"),
    ],
)  # fmt: skip
def test_what_was_asked_for_is_said_of_a_line_without_an_answer(
    typed: str, asked: str, kind: str, rest: str, said: str
) -> None:
    assert read_condition(typed, asked) == (kind, rest)
    lang = "en" if said.startswith(("yes", "no ")) else "fr"
    assert join_condition(HEADS[lang][kind], rest, lang) == said


def test_only_as_long_as_without_an_answer_says_either_way() -> None:
    lines = ["Tant que la salle est libre", "tant qu’elle vient", "aussi longtemps que dure le bail",
             "oui tant que la salle est libre", "non, tant que le loyer est dû", "tantôt", "if it is paid"]  # fmt: skip
    assert [says_either_way(line) for line in lines] == [True, True, True, False, False, False, False]
