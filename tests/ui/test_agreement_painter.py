"""The document pane: the look of each run, marks of lists, lines to sign on, and where each line comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.export.agreements import bullets, french, paragraph, runs, table
from tui.agreement.blocks import (
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Run,
    Section,
    Signatory,
    Signature,
    Subheading,
)
from tui.ui.agreement_painter import AgreementPainter, PaintedAgreement

WHERE = Origin("a" * 10, "text", "gather.vision")


def of(*blocks: Block, lang: str = "fr") -> Agreement:
    """A text of one section."""
    return replace(french(), lang=lang, sections=(Section("vision", 3, "Vision", blocks),))


def painted(*blocks: Block, width: int = 60, lang: str = "fr") -> PaintedAgreement:
    return AgreementPainter().paint(of(*blocks, lang=lang), width)


def lines(found: PaintedAgreement) -> list[str]:
    """The lines of its section as text, below the heading and its rule, without empty ones."""
    texts = ["".join(piece.text for piece in line).rstrip() for line in found.lines]
    return [text for text in texts[found.starts["vision"] + 2 :] if text]


@pytest.mark.parametrize(
    ("run", "style"),
    [
        (Run("mot", strong=True), "strong"), (Run("mot", emphasis=True), "emphasis"), (Run("mot", code=True), "code"),
        (Run("mot", strike=True), "strike"), (Run("mot", hole=True), "hole"),
        (Run("mot", href="https://a.example"), "mark"), (Run("mot", strong=True, hole=True), "strong hole"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [(), (Run("avant "),)])
def test_each_run_has_the_style_of_what_it_is(run: Run, style: str, beside: tuple[Run, ...]) -> None:
    found = painted(paragraph(*beside, run))
    assert {piece.style for line in found.lines for piece in line if piece.text.strip() == "mot"} == {style}


def test_lists_have_their_marks_and_numbers_and_what_is_below_hangs_under_the_words() -> None:
    inner = bullets("deux", "trois", ordered=True, start=4)
    assert lines(painted(bullets((paragraph("un"), inner, paragraph("suite")), "fin"))) == [
        " – un", "   4. deux", "   5. trois", "   suite", " – fin",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "colon"), [("fr", " : "), ("en", ": ")])
def test_a_narrow_table_and_one_that_is_listed_say_the_head_of_each_cell(lang: str, colon: str) -> None:
    wide = table("", ("Quoi", "Qui"), ("prêter une salle chaque semaine", "Ruche"), ("former", ""))
    as_columns = lines(painted(wide, width=70, lang=lang))
    assert as_columns[0].split() == ["Quoi", "Qui"] and as_columns[1].split()[-1] == "Ruche"
    told = [f" Quoi{colon}former"]
    for made, width in ((wide, 20), (replace(wide, listed=True), 70)):
        said = lines(painted(made, width=width, lang=lang))
        assert said[-1:] == told and any(line.startswith(f" Qui{colon}Ruche") for line in said)


@pytest.mark.parametrize("place", ["Signé à", ""])
def test_who_signs_has_lines_for_place_day_and_name(place: str) -> None:
    block = Signature("Ruche", (Signatory("Ida Roy", "directrice"), Signatory()), "par le conseil", "accord",
                      date_label="le", place_label=place)  # fmt: skip
    said = lines(painted(block))
    assert said[:3] == [" Ruche", " par le conseil", " accord"]
    assert " Nom et titre : Ida Roy, directrice" in said and said[-1] == f" Nom et titre : {'_' * 24}"
    signing = [line for line in said if line.startswith((" Signé à", " Signature"))]
    kinds = [line.split()[0] for line in signing]
    assert kinds == (["Signé", "Signature"] * 2 if place else ["Signature"] * 2)
    assert all(("le" in line.replace("directrice", "")) is (line.split()[0] == ("Signé" if place else "Signature"))
               for line in signing)  # fmt: skip


def test_each_line_knows_its_field_and_a_line_without_one_that_of_its_item() -> None:
    own = replace(paragraph("à elle"), origin=replace(WHERE, field="own"))
    found = painted(ListBlock((Item((paragraph("un mot " * 20), own), WHERE),)), width=30)
    assert {origin.field for origin in found.origins if origin.entry == WHERE.entry} == {"text", "own"} and sum(
        origin == WHERE for origin in found.origins
    ) > 3


def test_another_width_or_language_paints_anew_what_was_kept() -> None:
    painter, blocks = AgreementPainter(), (paragraph("un mot " * 20), table("", ("a", "b"), ("1" * 30, "2" * 30)))
    text = of(*blocks)
    for width, lang in ((60, "fr"), (30, "fr"), (60, "fr")):
        assert painter.paint(text, width) == AgreementPainter().paint(text, width), (width, lang)


def test_a_small_heading_stands_right_above_its_text_and_apart_from_what_is_before() -> None:
    found = painted(paragraph("avant"), Subheading(runs("Titre")), paragraph("dessous", lead=True), bullets("un"))
    texts = ["".join(piece.text for piece in line).strip() for line in found.lines[found.starts["vision"] + 2 :]]
    assert texts == ["avant", "", "Titre", "dessous", "– un", ""]


def test_a_section_that_is_shown_by_turns_as_two_texts_is_painted_once_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an adoption one key shows the draft, the next the adopted text; what both have in common is one object."""
    painter, painted_anew = AgreementPainter(), list[str]()
    paint = AgreementPainter._blocks

    def counted(painter: AgreementPainter, name: str, blocks: tuple[Block, ...], width: int) -> object:
        painted_anew.append(name)
        return paint(painter, name, blocks, width)

    monkeypatch.setattr(AgreementPainter, "_blocks", counted)
    adopted, draft = of(paragraph(Run("adopté"))), of(paragraph(Run("changé")))
    same = replace(adopted, sections=(replace(adopted.sections[0]),))
    for text in (adopted, draft, same, draft, adopted):
        assert lines(painter.paint(text, 60)) == lines(AgreementPainter().paint(text, 60))
    painted_anew.clear()
    for text in (adopted, draft, same):
        painter.paint(text, 60)
    assert painted_anew.count("vision") == 0
    painter.paint(replace(adopted, sections=(replace(adopted.sections[0], heading="But"),)), 60)
    assert painted_anew.count("vision") == 1


@pytest.mark.parametrize(
    ("version", "date", "said"),
    [
        ("ébauche 3", "3 mai 2026", "Ébauche 3 · 3 mai 2026"),
        ("", "3 mai 2026", "3 mai 2026"),
        ("v1", "", "V1"),
        ("", "", None),
    ],
)  # fmt: skip
def test_which_text_it_is_and_of_which_day_stands_above_it(version: str, date: str, said: str | None) -> None:
    found = AgreementPainter().paint(replace(of(), version=version, edition="", date=date), 60)
    above = ["".join(piece.text for piece in line).strip() for line in found.lines]
    assert (said in above) if said else "·" not in "".join(above)


@pytest.mark.parametrize("start", [1, 3, 10])
def test_a_list_goes_on_at_its_number(start: int) -> None:
    found = lines(painted(bullets("deux", "trois", ordered=True, start=start)))
    assert found == [f" {start}. deux", f" {start + 1}. trois"]
