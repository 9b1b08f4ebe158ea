"""What no document may hold is taken out of every text in it; what no font draws is named in plain signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.export.agreements import english, french, paragraph
from tui.agreement.blocks import Run, Section
from tui.export.legible_text import make_legible, replace_missing, undrawable_characters


def cleaned(text: str, *, laid_out: bool = False) -> str:
    """The text of a paragraph after it was made legible."""
    made, _warnings = make_legible(paragraph(text), laid_out=laid_out)
    return made.runs[0].text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("un\tdeux", "un deux"), ("un \r\n deux", "un deux"), ("un\u2028deux", "un deux"), ("un\x85deux", "un deux"),
        ("un\x00deux", "undeux"), ("un\u202edeux", "undeux"), ("\n", "\n"), ("un deux", "un deux"),
    ],
)  # fmt: skip
def test_a_break_within_a_text_is_one_space_and_what_steers_is_gone(text: str, made: str) -> None:
    assert cleaned(text) == made


@pytest.mark.parametrize("laid_out", [True, False])
def test_only_what_is_laid_out_holds_its_amounts_together(laid_out: bool) -> None:
    assert cleaned("10 $ par mois", laid_out=laid_out) == ("10\u00a0$ par mois" if laid_out else "10 $ par mois")


def test_every_text_of_a_document_and_of_its_second_language_is_cleaned_and_counted() -> None:
    def armed(text: str) -> str:
        return f"{text}\x07"

    block = paragraph(Run(armed("a"), strong=True))
    second = replace(english(), title=armed("The evening"), sections=(Section("vision", 1, armed("Vision"), (block,)),))
    made, warnings = make_legible(replace(french(), title=armed("Le soir"), partners=(armed("Ruche"),), also=second))
    assert "\x07" not in repr(made) and made.title == "Le soir" and made.also is not None
    assert len(warnings) == 1 and warnings[0].startswith("5 ")
    assert make_legible(french(), laid_out=False) == (french(), ())


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (r'the text `"日"` could not be displayed', {"日"}),
        (r'the text `"e\u{301}\u{20dd}"` could not be displayed', {"\u0301", "\u20dd"}),
        (r'the text `"日\u{301}"` could not be displayed', {"\u0301"}),  # the letter may be drawn: not « é » everywhere
        ("something else", set()),
    ],
)
def test_of_a_letter_with_marks_only_the_marks_are_missing(said: str, missing: set[str]) -> None:
    assert undrawable_characters(said) == missing


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("🙂", "[slightly smiling face]"), ("🇨🇦", "[CA]"), ("日本", "[U+65E5 U+672C]"), ("✅ oui", "✓ oui"),
        ("été", "été"), ("\u200d🙂", "[slightly smiling face]"),
    ],
)  # fmt: skip
def test_what_no_font_draws_is_named(text: str, made: str) -> None:
    assert replace_missing(text, {"🙂", "🇨", "🇦", "日", "本", "✅"}) == made
