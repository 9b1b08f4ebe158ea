"""The lines of a text of ours: whose each is, which field it shows, and as what a row of a table is divided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE
from tui.agreement.blocks import (
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.comparison.original_lines import agreement_lines, with_origins
from tui.comparison.returned_lines import OriginalLine, ReturnedLine

PARTNER = Origin("ruche00000", "name", "open.who", "ruche00000")
TEXT = Origin("row0000000", "text", "gather.objectives")
HOLE = Run("[à préciser]", hole=True)


def text_of(*blocks: Block, more: tuple[Section, ...] = ()) -> Agreement:
    """A text whose first section holds these blocks."""
    sections = (Section("vision", 3, "Vision", blocks), *more)
    return Agreement("fr", "fr-CA", "Entente", "Le soir", "Ébauche 2", "3 mai 2026", "", ("Ruche",), True, sections)


def lines_of(*blocks: Block, by_row: bool = False, records: bool = False) -> list[OriginalLine]:
    """The lines of the first section, without its heading."""
    found = agreement_lines(GUIDE, text_of(*blocks), by_row=by_row, records=records)
    return [line for line in found if line.section == "vision" and not line.is_heading]


def said(text: str, origin: Origin = TEXT) -> Paragraph:
    return Paragraph((Run(text),), origin)


def test_the_front_has_fields_and_the_version_is_the_programs() -> None:
    front = [line for line in agreement_lines(GUIDE, text_of(said("a"))) if not line.section]
    assert [line.text.replace("\u00a0", " ") for line in front] == [
        "Entente", "Le soir", "Entre :", "Ruche", "Ébauche 2 · 3 mai 2026",
    ]  # fmt: skip
    assert [line.drawn for line in front] == [False] * 4 + [True]
    assert [line.origin.question for line in front[:2]] == ["extra.title", "extra.name"]


def test_an_entry_that_a_section_repeats_says_so() -> None:
    twice = (said("une salle"), Paragraph((Run("S'engage à :"),)))
    lines = agreement_lines(GUIDE, text_of(*twice, more=(Section("term", 11, "Durée", twice),)))
    assert [line.again for line in lines if line.section == "vision"] == [False] * 3
    assert [(line.text, line.again) for line in lines if line.section == "term"] == [
        ("11. Durée", False), ("une salle", True), ("S'engage à :", False),
    ]  # fmt: skip


def test_the_partner_of_an_item_owns_its_lines_and_no_others() -> None:
    inner = ListBlock((Item((said("prêter", Origin()),), TEXT),))
    item = Item((said("Ruche", PARTNER), inner))
    lines = lines_of(ListBlock((item, Item((said("Ensemble", Origin()),)))), said("fin"))
    assert [(line.text, line.owner) for line in lines] == [
        ("Ruche", "ruche00000"), ("prêter", "ruche00000"), ("Ensemble", ""), ("fin", ""),
    ]  # fmt: skip
    assert lines[1].origin == TEXT, "an item of no field of its own is of its row"
    below = lines_of(Subheading((Run("Ruche"),), PARTNER), said("une salle"), Subheading((Run("Tous"),)), said("b"))
    assert [line.owner for line in below] == ["ruche00000", "ruche00000", "", ""]


def test_a_line_that_is_a_hole_alone_is_one_value() -> None:
    lines = lines_of(Paragraph((HOLE,), TEXT), Paragraph((Run("Date : "), HOLE), TEXT), said("a"))
    assert [(line.hole, line.whole) for line in lines] == [("[à préciser]", True), ("[à préciser]", False), ("", False)]


TABLE = Table(
    ((Run("Quoi"),), (Run("Échéance"),)),
    (
        Row(((Run("ouvrir"),), (Run("mai"),)), replace(TEXT, field=""), ("text", "due")),
        Row(((Run("fermer"),), ()), replace(TEXT, entry="row0000001", field=""), ("text", "due")),
    ),
)


def test_a_table_is_cells_rows_or_records() -> None:
    cells = lines_of(TABLE)
    assert [(line.text, line.row, line.origin.field, line.whole) for line in cells] == [
        ("Quoi", 1, "", False), ("Échéance", 1, "", False), ("ouvrir", 2, "text", False), ("mai", 2, "due", True),
        ("fermer", 3, "text", False), ("", 3, "due", True),
    ]  # fmt: skip
    assert all(line.cell for line in cells)
    assert [line.text for line in lines_of(TABLE, by_row=True)] == ["Quoi Échéance", "ouvrir mai", "fermer "]
    records = lines_of(TABLE, records=True)
    assert [(line.text.replace("\u00a0", " "), line.label.replace("\u00a0", " ")) for line in records] == [
        ("Quoi : ouvrir", "Quoi : "), ("Échéance : mai", "Échéance : "), ("Quoi : fermer", "Quoi : "),
    ]  # fmt: skip


@pytest.mark.parametrize(("question", "field"), [("commit.time", "partners"), ("commit.funding", "source")])
def test_a_first_cell_without_field_shows_that_of_its_row(question: str, field: str) -> None:
    row = Row(((Run("Ruche"),), (Run("3 h"),)), Origin("row0000000", "source", question))
    found = lines_of(replace(TABLE, rows=(row,)))[2:]
    assert [line.origin.field for line in found] == [field, ""]
    assert not found[1].whole, "of a field that nobody knows the words are changed one by one"


def test_a_line_has_the_field_of_its_equal_or_the_section_above() -> None:
    sources = agreement_lines(GUIDE, text_of(said("une salle"), more=(Section("term", 11, "Durée", (said("b"),)),)))
    read = [
        ReturnedLine(text)
        for text in ("Le soir", "Vision", "une salle", "seulement ici", "Durée", "Ébauche 2 * 3 mai 2026")
    ]
    found = with_origins(sources, read, without_numbers=True)
    assert [(line.origin.entry, line.section) for line in found[1:5]] == [
        ("", "vision"), ("row0000000", "vision"), ("", "vision"), ("", "term"),
    ]  # fmt: skip
    assert [line.drawn for line in found] == [False] * 5 + [True]


def test_a_signature_has_its_lines_in_the_order_of_print() -> None:
    block = Signature("Ruche", (Signatory("Ann Roy", "directrice"),), "Résolution 3", "à confirmer", origin=PARTNER)
    found = lines_of(block)
    assert [line.text for line in found] == [
        "Ruche", "Résolution 3", "à confirmer", "Signature", "Date", "Ann Roy, directrice", "Nom et titre",
    ]  # fmt: skip
    assert [line.origin.field for line in found] == ["name", "name", *[""] * 5]
