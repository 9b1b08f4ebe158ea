"""« Oui si… », « non tant que… » at the beginning of a line, read and written in both languages."""

from __future__ import annotations

import pytest

from tui.text.conditional_words import NO_UNTIL, TO_WATCH, YES_IF, join_condition, read_condition

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
    ["la salle est libre", "le sirop", "sincère", "Iffley pays", "oui si", "noir", "à surveiller :", "to watch,"],
)
def test_a_line_that_begins_otherwise_is_left_as_it_is(text: str) -> None:
    assert read_condition(text) == ("", text)
