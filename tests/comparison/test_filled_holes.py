"""Words typed over « [à préciser] »: what was typed is kept, and never a bracket or a word of ours."""

from __future__ import annotations

import re

import pytest

from tests.comparison.taking import changes_accepting
from tests.partnership.told import GUIDE, Told
from tests.workspace.returns import edited
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.comparison.filled_holes import fill_hole
from tui.comparison.returned_diff import CHANGED, OriginalLine, ReturnedLine, TrackedChange, changed_line
from tui.comparison.returned_match import match_returned_text, parse_returned
from tui.export.formats import render

MARKERS = tuple(GUIDE.word(name, lang) for name in ("to_be_specified", "not_agreed") for lang in ("fr", "en"))
TYPED = {  # {m}: our words with their brackets; {i}: without; {f} and {r}: the first of them, and those behind
    "{m} zut": "zut", "zut {m}": "zut", "zut {m} zot": "zut zot", "[{i} zut]": "zut", "[zut {i}]": "zut",
    "[zut {i} zot]": "zut zot", "[zut]": "zut", "[{f} zut {r}]": "zut", "zut {i}]": "zut", "{i}] zut": "zut",
    "[{i} zut": "zut", "zut [{i}": "zut", "[zut": "zut", "zut]": "zut", "{m}zut": "zut", "{m} : zut": "zut",
    "[{i} : zut]": "zut", "zut – {m}": "zut", "zut {m}.": "zut.", "{m} voir [2]": "voir [2]", "zut": "zut",
    "zut{m}zot": "zut zot", "zut\n{m}\nzot": "zut\nzot", "d'ici {m} juin": "d'ici juin", "[{f} zut]": "{f} zut",
    "« zut » {m}": "« zut »",
}  # fmt: skip
NOTHING = ("{m}", "{i}", "[]", "[ ]", "{m}.", "({i})", "[{f}]", "[…]")
UNCERTAIN = ("[zut] zot", "zut [zot]", "zut [2] zot", "{m} ?", "{i} zut [2]")


def filled(pattern: str, inner: str) -> str:
    """A pattern with the words of a marker."""
    first, _space, rest = inner.partition(" ")
    return pattern.format(m=f"[{inner}]", i=inner, f=first, r=rest)


@pytest.mark.parametrize("inner", [*MARKERS, MARKERS[0].upper()])
@pytest.mark.parametrize("around", ["{}", "Date de révision : {}", "Date : {}, par courriel"])
def test_what_was_typed_is_kept_and_nothing_of_ours(inner: str, around: str) -> None:
    hole = f"[{inner}]" if not inner.isupper() else f"[{inner.lower()}]"
    ours = around.format(hole)
    for pattern, wanted in TYPED.items():
        found = fill_hole(ours, hole, around.format(filled(pattern, inner)))
        assert found.text == around.format(filled(wanted, inner)), pattern
        assert found.certain and found.edit is not None, pattern
    for pattern in NOTHING:
        assert fill_hole(ours, hole, around.format(filled(pattern, inner))).text == ours, pattern
    for pattern in UNCERTAIN:
        found = fill_hole(ours, hole, around.format(filled(pattern, inner)))
        assert not found.certain and found.text == around.format(filled(pattern, inner)), pattern


def test_other_words_of_the_line_may_have_changed_too() -> None:
    found = fill_hole("Date : [à préciser]", "[à préciser]", "Jour : [à préciser]")
    assert found.text == "Jour : [à préciser]" and found.edit is None


def test_the_author_of_what_was_typed_is_known() -> None:
    ours = OriginalLine("[à préciser]", whole=True, hole="[à préciser]")
    for text, start in (("zut [à préciser]", 0), ("[à préciser] zut", 12), ("[à zut préciser]", 3)):
        line = ReturnedLine(text, (TrackedChange(start, start + 4, "Léa", "2026-11-20"),))
        (found,) = changed_line(ours, line)
        assert (found.kind, found.now, found.author, found.date) == (CHANGED, "zut", "Léa", "2026-11-20")


def returned(agreement: Agreement, inner: str, pattern: str, name: str) -> bytes:
    """A text of ours in a format, in which each hole was typed over after a pattern."""
    data = render(agreement, name).data
    marker = f"[{inner}]".replace("'", "’")
    typed = filled(pattern, marker[1:-1])
    if name == "docx":
        return edited(data, lambda text: text.replace(marker, typed), "Léa")
    assert marker in data.decode()
    return data.decode().replace(marker, typed).encode()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx", "txt", "html"])
@pytest.mark.parametrize(("word", "lang"), [
    ("to_be_specified", "fr"), ("to_be_specified", "en"), ("not_agreed", "fr"), ("not_agreed", "en"),
])  # fmt: skip
@pytest.mark.parametrize("pattern", ["{m} zut", "zut {m}", "[{i} zut]", "[{f} zut {r}]", "zut {i}]", "[zut]"])
def test_accepted_whole_no_field_holds_a_bracket_of_ours(name: str, word: str, lang: str, pattern: str) -> None:
    told = Told("Centre A", "Centre B")
    told.say("extra.review", {"how": "par écrit"})
    agreement = Composer(GUIDE).agreement(told.partnership, lang, final=word == "not_agreed")
    data = returned(agreement, GUIDE.word(word, lang), pattern, name)
    laid = match_returned_text(GUIDE, told.partnership, (), parse_returned(data, f"retour.{name}"), agreement)
    made = [change for one in laid.differences for change in changes_accepting(GUIDE, told.partnership, one) or ()]
    assert {str(change.value) for change in made if change.cell in ("vision@fr", "vision@en")} == {"zut"}
    assert not [change for change in made if re.search(r"[\[\]]", str(change.value))]
    assert {one.now for one in laid.differences if one.ours.hole} == {"zut"}
