"""Tests of the guide page as data: its French is the page's, letter by letter, and all texts are in both languages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import LANGUAGES, Field, Part, Question, Words
from tui.partnership.completion import EMPTY, progress
from tui.partnership.values import Partnership

PAGE = Path(__file__).with_name("etape-2.fr.txt").read_text(encoding="utf-8")
GUIDE = load_guide()
INTRODUCES = "Questions à se poser :"  # the page's own line above each list, not a question


def page_lines() -> list[str]:
    """Return what the page says, line by line: no bullets, no empty lines, its title once, without the link below."""
    lines = [line.strip().removeprefix("• ") for line in PAGE.splitlines()]
    said = [line for line in lines if line and line != INTRODUCES and not line.startswith("Guide:")]
    assert said[0] == said[1], "the page's title stands twice: in its head and in its body"
    return said[1:]


def data_lines() -> list[str]:
    """Return the same from the data: the title, then for each sub-step its title, questions and statement."""
    lines = [GUIDE.title.fr]
    for step in GUIDE.main_steps:
        lines.append(step.title.fr)
        for question in step.questions:
            lines += [step.statement.fr] if step.statement_before == question.id else []
            lines.append(question.text.fr)
    return lines


def test_french_is_the_page_letter_by_letter_and_in_its_order() -> None:
    assert data_lines() == page_lines()


def test_the_line_above_each_list_is_the_page_s_own() -> None:
    assert GUIDE.asking.fr == INTRODUCES


def test_each_table_of_cells_shortens_all_codes_to_six_letters_at_most() -> None:
    tables = [name for name in GUIDE.choices if name.endswith("_cell")]
    assert {"status_cell", "involvement_cell", "position_cell"} <= set(tables)
    for name in tables:
        assert list(GUIDE.choices[name]) == list(GUIDE.choices[name.removesuffix("_cell")])
        assert [words for words in GUIDE.choices[name].values() if max(len(words.fr), len(words.en)) > 6] == []


def test_the_statement_s_seven_things_are_the_sections_that_always_stand() -> None:
    named = GUIDE.main_steps[-1].statement_sections
    assert sorted(named) == sorted(head.id for head in GUIDE.sections if head.is_always_printed)


def test_the_page_has_17_questions_in_three_steps() -> None:
    assert [len(step.questions) for step in GUIDE.main_steps] == [6, 6, 5]
    assert [bool(step.statement.fr) for step in GUIDE.main_steps] == [False, False, True]


def test_a_changed_letter_is_seen() -> None:
    """The comparison above is one of letters: it tells a straight apostrophe from the page's curly one."""
    assert data_lines() != [line.replace("’", "'") for line in page_lines()]


def words_of(value: object, place: str) -> Iterator[tuple[str, Words]]:
    """Yield every text of the guide with its place."""
    if isinstance(value, Words):
        yield place, value
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from words_of(one, f"{place}[{at}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from words_of(one, f"{place}.{key}")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from words_of(getattr(value, field.name), f"{place}.{field.name}")


OPTIONAL = re.compile(r"\.(hint|statement|appears|column|words)$|\.parts\[\d+\]\.(title|add)$")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_there(lang: str) -> None:
    empty = [place for place, text in words_of(GUIDE, "guide") if not text.get(lang).strip()]
    assert [place for place in empty if not OPTIONAL.search(place)] == []


def test_a_text_in_one_language_alone_is_none() -> None:
    lame = [place for place, text in words_of(GUIDE, "guide") if bool(text.fr.strip()) != bool(text.en.strip())]
    assert lame == []


def test_french_uses_its_own_quotes() -> None:
    """Our own texts (not the page's): guillemets that open and close, never straight double quotes."""
    texts = [text.fr for _place, text in words_of(GUIDE, "guide")]
    assert [text for text in texts if '"' in text or "“" in text or text.count("«") != text.count("»")] == []


def fields() -> Iterator[tuple[Question, Part, Field]]:
    """Yield each field with its part and question."""
    for question in GUIDE.by_id.values():
        for part in question.parts:
            for field in part.fields:
                yield question, part, field


def test_a_private_question_has_only_private_fields() -> None:
    private = [question.id for question in GUIDE.by_id.values() if question.private]
    assert {"open.history", "open.trust"} <= set(private)
    assert all(field.private for question, _part, field in fields() if question.private)


@pytest.mark.parametrize(
    ("question", "part", "field"),
    [
        ("open.who", "", "reason"),
        ("open.who", "", "status_reason"),
        ("open.who", "people", "email"),
        ("open.who", "people", "phone"),
        ("open.how_many", "", "reason"),
        ("commit.clarity", "", "note"),
        ("commit.win_win", "", "satisfaction"),
        ("commit.win_win", "", "comment"),
    ],
)
def test_what_never_reaches_the_document_is_marked_private(question: str, part: str, field: str) -> None:
    home = GUIDE.question(question).part(part)
    found = home.field(field) if home is not None else None
    assert found is not None
    assert found.private


def test_every_question_starts_empty() -> None:
    assert {progress(Partnership("p"), question).state for question in GUIDE.by_id.values()} == {EMPTY}


def test_each_named_hole_of_the_domain_is_there() -> None:
    assert [hole.id for hole in GUIDE.holes] == [
        *("vision", "goals", "objectives", "level", "governance", "lead", "commitments", "accountability", "money"),
        "review_date",
    ]


def test_seven_sections_stand_and_numbers_go_from_1_to_16() -> None:
    assert [head.number for head in GUIDE.sections] == list(range(1, 17))
    standing = {"vision", "objectives", "structure", "lead", "commitments", "responsibilities", "accountability"}
    assert {head.id for head in GUIDE.sections if head.is_always_printed} == standing


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        *(("fr", 0, "0 accord"), ("fr", 1, "1 accord"), ("fr", 2, "2 accords")),
        *(("en", 0, "0 agreements"), ("en", 1, "1 agreement"), ("en", 2, "2 agreements")),
    ],
)
def test_counts_follow_the_language(lang: str, n: int, said: str) -> None:
    assert GUIDE.word("count_agree", lang, n=n) == said


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert GUIDE.choice("status", "hesitant", "fr") == "hesitant"
    assert GUIDE.choice("status", "interested", "fr") == "intéressé"
