"""Words that only seem to be gone: tables made into text, texts that were exchanged, columns in another order."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.comparison.returned_cases import PARTNERSHIPS, Outcome, accepted_whole, changed_cells, plain
from tests.partnership.told import GUIDE
from tests.workspace.returns import opened, paragraphs, saved
from tui.agreement.compose import Composer
from tui.comparison.returned_lines import OriginalLine, ReturnedLine
from tui.comparison.words_elsewhere import in_our_columns, stand_elsewhere, taken_from_another
from tui.export.formats import render

pytestmark = pytest.mark.sampled

PARTNERSHIP = PARTNERSHIPS["04-une-porte-ouverte-le-soir.json"]
WORD = render(Composer(GUIDE).agreement(PARTNERSHIP, "fr"), "docx").data
FORMED = "auekmacack"  # the objective « former des pairs aidants »
ITEMS = ("libérer une conseillère pour épauler l'équipe (6 h par semaine)", "gérer les fonds et tenir les comptes")


def returned(document: Document) -> Outcome:
    """What comes of the file once all that can be placed is accepted."""
    outcome = accepted_whole(saved(document), "r.docx", PARTNERSHIP)
    assert outcome.after is not None, outcome.refused
    return outcome


def cells_of(outcome: Outcome) -> dict[tuple[str, str], Any]:
    """The cells that were changed."""
    assert outcome.after is not None
    return changed_cells(PARTNERSHIP, outcome.after)


def objectives(document: Document) -> Any:
    """The table of objectives."""
    return next(table for table in document.tables if table.cell(0, 0).text == "Objectif")


def line_before(document: Document, element: Any, text: str) -> None:
    """Put a paragraph like others, without bookmarks, before an element."""
    made = copy.deepcopy(next(one for one in paragraphs(document) if one.text.startswith("Une soirée"))._p)
    for mark in [one for one in made if one.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        made.remove(mark)
    next(made.iter(qn("w:t"))).text = text
    element.addprevious(made)


@pytest.mark.parametrize("between", [" ", "; ", ""])
def test_a_table_made_into_text_takes_no_row_out(between: str) -> None:
    """As Word does it: its rows become paragraphs, their cells set apart by tabs, by a sign, or each on its own."""
    document = opened(WORD)
    table = objectives(document)
    for row in table.rows:
        texts = [cell.text for cell in row.cells]
        for text in [between.join(texts)] if between else texts:
            line_before(document, table._tbl, text)
    table._tbl.getparent().remove(table._tbl)
    outcome = returned(document)
    assert cells_of(outcome) == {}
    gone = [one for one in outcome.open if one.kind == "removed"]
    assert len(gone) == 4 and not any(outcome.homes[one.mark] for one in outcome.open)


def test_a_row_that_is_gone_is_removed_all_the_same() -> None:
    document = opened(WORD)
    table = objectives(document)
    table._tbl.remove(table.rows[2]._tr)
    assert cells_of(returned(document)) == {(FORMED, "#removed"): True}


def test_texts_of_two_items_that_were_exchanged_are_undecided() -> None:
    document = opened(WORD)
    for one in paragraphs(document):
        if plain(one.text) in ITEMS:
            one.runs[0].text = ITEMS[1 - ITEMS.index(plain(one.text))]
    outcome = returned(document)
    assert len(outcome.open) == 2 and cells_of(outcome) == {}


def test_columns_in_another_order_change_no_cell_but_what_was_typed() -> None:
    document = opened(WORD)
    table = objectives(document)
    for row in table._tbl.tr_lst:
        first, second, third, _last = row.tc_lst
        first.addprevious(second)
        row.append(third)
    outcome = returned(document)
    assert cells_of(outcome) == {} and [one.was for one in outcome.open] == [
        "Objectif", "Indicateur", "Échéance", "Porté par"
    ]  # fmt: skip
    for one in paragraphs(document):
        for run in one.runs:
            run.text = run.text.replace("16 personnes", "18 personnes")
            if plain(run.text) == "avril 2027":
                run.text = "mai 2027"
    assert cells_of(returned(document)) == {
        (FORMED, "indicator@fr"): "18 personnes formées",
        (FORMED, "due"): "2027-05",
    }


def test_columns_of_our_page_in_another_order_change_no_cell() -> None:
    page = render(Composer(GUIDE).agreement(PARTNERSHIP, "fr"), "html").data.decode()
    start = page.index("<tr", page.index("4. Objectifs principaux"))
    end = page.index("</table>", start)
    swapped = re.sub(r"(<t[hd].*?</t[hd]>)(\s*)(<t[hd].*?</t[hd]>)(.*?</tr>)", r"\3\2\1\4", page[start:end], flags=re.S)
    assert swapped != page[start:end]
    outcome = accepted_whole((page[:start] + swapped + page[end:]).encode(), "r.html", PARTNERSHIP)
    assert cells_of(outcome) == {} and [one.was for one in outcome.open] == ["Objectif", "Indicateur"]


def test_lines_below_a_table_of_a_word_file_are_no_row() -> None:
    document = opened(WORD)
    bodies = next(table for table in document.tables if table.cell(0, 0).text == "Instance")
    behind = bodies._tbl.getnext()
    for text in ("Comité des suites", "le Collège", "chaque mois", "par consentement"):
        line_before(document, behind, text)
    outcome = returned(document)
    assert len(outcome.open) == 4 and cells_of(outcome) == {}


def test_removed_words_stand_elsewhere_when_all_cells_do() -> None:
    added = ["Former des pairs; 16 personnes", "avril 2027"]
    assert stand_elsewhere(["former des pairs", "16 personnes", "", "Avril 2027"], added)
    assert not stand_elsewhere(["former des pairs", "18 personnes"], added)
    assert not stand_elsewhere(["", ""], added) and not stand_elsewhere(["former"], [])


def test_a_line_takes_the_words_of_another_that_lost_them() -> None:
    first, second = OriginalLine("prêter le salon"), OriginalLine("tenir les comptes")
    assert taken_from_another("Tenir les comptes", [first, second], first)
    assert not taken_from_another("tenir les comptes", [first], first)
    assert not taken_from_another("prêter le salon", [first, second], first)
    assert not taken_from_another("", [first, OriginalLine("")], first)


def _row(number: int, *texts: str) -> list[ReturnedLine]:
    return [ReturnedLine(text, row=number) for text in texts]


def test_cells_follow_the_heads_of_our_columns_to_the_end_of_their_table() -> None:
    ours = [OriginalLine(text, cell=True, row=1) for text in ("But", "Quand", "Qui")]
    below = ReturnedLine("fin")
    theirs = [*_row(5, "Quand", "Qui", "But"), *_row(6, "mai", "Ann", "unir"), *_row(7, "mai", "Ann"), below]
    theirs += _row(8, "juin", "Bob", "agir")
    texts = [line.text for line in in_our_columns(ours, theirs)]
    assert texts == ["Quand", "Qui", "But", "unir", "mai", "Ann", "mai", "Ann", "fin", "juin", "Bob", "agir"]
    same = [*_row(1, "But", "Quand", "Qui"), *_row(2, "unir", "mai", "Ann")]
    assert in_our_columns(ours, same) == same
