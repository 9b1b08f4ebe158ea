"""Tests of the set phrases: each that the code uses is in the data with the same placeholders, and none is unused."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import tui.agreement
from tests.agreement.reading import GUIDE, agreed
from tests.partnership.told import Told
from tui.agreement.phrasing import Phrasing
from tui.guide.guide_types import Words
from tui.partnership.partners import ALL
from tui.partnership.positions import BEFORE_PREFIX, DISSENT
from tui.partnership.privacy import public_view

ROOT = Path(tui.agreement.__file__).parents[1]
SOURCES = tuple(path for path in ROOT.rglob("*.py") if path.name != "words.py")
# Phrases that a table of the code names, with what is put before the code of a choice.
BEFORE_WORDS = {f"{BEFORE_PREFIX}{level}" for level in DISSENT}  # of a disagreement that was given on an earlier text
COMPUTED = {
    f"count_{code}" for code in (*GUIDE.choices["position"], "except", "reopened", *BEFORE_WORDS)
} | BEFORE_WORDS
COMPUTED |= {f"legal_clause_{code}" for code in GUIDE.choices["legal_form"]}
COMPUTED |= {f"this_{code}" for code in GUIDE.choices["document_kind"]}
COMPUTED |= {f"nature_{code}" for code in GUIDE.choices["nature"]}
COMPUTED |= {f"prevails_{code}" for code in GUIDE.choices["prevails"]}
COMPUTED |= {"commits_to_confirm", "intends_to_confirm"}


def calls() -> Iterator[tuple[str, set[str]]]:
    """Yield each phrase said by `word("…")` anywhere in the program, with the names it is filled with."""
    for node in nodes_of(tuple(path for path in SOURCES if ".word(" in path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "word"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value, {keyword.arg for keyword in node.keywords if keyword.arg}


@cache
def nodes_of(paths: tuple[Path, ...]) -> list[ast.AST]:
    """Return every part of the code of these files."""
    return [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def strings() -> set[str]:
    """Every text of the program's code: phrases are also named in its tables."""
    return {node.value for node in nodes_of(SOURCES) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def forms(key: str) -> list[str]:
    """All the texts of a phrase, in both languages."""
    words = GUIDE.words[key]
    several = (words,) if isinstance(words, Words) else words
    return [text for one in several for text in (one.fr, one.en)]


def placeholders(text: str) -> set[str]:
    """The names a text is filled with."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.slow
def test_each_phrase_said_is_in_the_data() -> None:
    said = {key for key, _values in calls()} | COMPUTED
    assert len(said) > 60
    assert said - set(GUIDE.words) == set()


def beginnings() -> set[str]:
    """How phrases begin whose names the code puts together: « due_ » of `word(f"due_{group}")`, `of_kind("due")`."""
    nodes = nodes_of(SOURCES)
    joined = {
        node.values[0].value
        for node in nodes
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
        if isinstance(node.values[0].value, str) and node.values[0].value.endswith("_")
    }
    of_kind = {
        f"{node.args[0].value}_"
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of_kind"
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    return joined | of_kind


@pytest.mark.slow
def test_no_phrase_is_idle() -> None:
    put_together = tuple(beginnings())
    idle = set(GUIDE.words) - strings() - COMPUTED
    assert {name for name in idle if not name.startswith(put_together)} == set()


def test_each_phrase_is_filled_with_what_it_asks_for() -> None:
    """One walk: as a parameter each call would be looked for by every process that only collects the tests."""
    wrong = []
    for key, values in calls():
        each = [placeholders(text) for text in forms(key)]
        wrong += [f"{key} asks for {sorted(asked - values)}" for asked in each if asked - values]
        idle = values - set().union(*each) - {"n"}
        wrong += [f"{key} is given {sorted(idle)}, which it does not say"] if idle else []
    assert wrong == []


@pytest.mark.parametrize("key", sorted(GUIDE.words))
def test_both_languages_ask_for_the_same(key: str) -> None:
    french, english = (set(map(frozenset, map(placeholders, forms(key)[at::2]))) for at in (0, 1))
    assert french == english
    assert all(text.strip() for text in forms(key))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ouvrir dix cuisines", "Ouvrir dix cuisines"),
        ("élargir l'accueil\n\net le tenir", "Élargir l’accueil"),
        ("**ouvrir** dix cuisines", "Ouvrir dix cuisines"),
        ("eCampus en donne l'accès", "eCampus en donne l’accès"),
        ("info@cuisines.ca répond à tous", "info@cuisines.ca répond à tous"),
        ("www.cuisines.ca le dit", "www.cuisines.ca le dit"),
        ("[le site](https://cuisines.ca) le dit", "le site le dit"),
        ("`eau` et pain", "eau et pain"),
        ("12 places le soir", "12 places le soir"),
        ("artexte ouvre ses rayons", "artexte ouvre ses rayons"),
    ],
)
def test_prose_begins_with_a_capital_that_is_no_letter_of_a_name(typed: str, printed: str) -> None:
    told = Told("artexte")
    told.say("gather.vision", {"vision": typed})
    section = next(one for one in agreed(told).sections if one.id == "vision")
    assert "".join(run.text for run in section.blocks[1].runs) == printed  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("legal", "intends"),
    [
        ({"nature": "intention"}, True), ({"nature": "intention", "text": "Tout lie les parties."}, False),
        ({"nature": "binding"}, False), ({}, False),
    ],
)  # fmt: skip
def test_commitments_are_intentions_unless_words_of_one_s_own_say_what_they_are(
    legal: dict[str, str], intends: bool
) -> None:
    told = Told("Ruche")
    if legal:
        told.say("extra.legal", legal)
    assert Phrasing(GUIDE, public_view(GUIDE, told.partnership), "fr").is_intention is intends


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("ABCD", "Tous les partenaires"), ("ABC", "Tous les partenaires, sauf D"), ("AB", "A et B"), ("A", "A"),
        ("", ""),
    ],
)  # fmt: skip
def test_all_except_some_is_said_only_while_it_names_fewer(named: str, words: str) -> None:
    told = Told(*"ABCD")
    phrasing = Phrasing(GUIDE, public_view(GUIDE, told.partnership), "fr")
    assert phrasing.names_of_group([told.ids[name] for name in named], ALL) == words


def test_who_left_is_no_member_of_a_group_nor_a_giver() -> None:
    told = Told(*"ABC")
    (group,) = told.say("extra.groups", {"name": "les trois", "members": list("ABC")}, op="add")
    (row,) = told.say(
        "open.contributions", {"partners": list("ABC"), "text": "aider", "state": "accepted"}, "A", op="add"
    )
    told.say("open.who", {"status": "withdrawn"}, "B")
    phrasing = Phrasing(GUIDE, public_view(GUIDE, told.partnership), "fr")
    left = (told.ids["A"], told.ids["C"])
    found = phrasing.view.entry(row)
    assert found is not None and phrasing.members(group) == phrasing.givers(found) == left
    assert phrasing.names_of_group(left, group) == "les trois"
