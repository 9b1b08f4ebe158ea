"""Tests of rows printed as a table or as a list in each format: no dash, no empty cell, no table of one row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.reading import agreed
from tests.partnership.told import Told
from tui.agreement.blocks import Agreement, Paragraph, Table, as_list
from tui.comparison.original_lines import agreement_lines
from tui.export.formats import render
from tui.guide.guide_loading import load_guide

GUIDE = load_guide()
OBJECTIVE = {"indicator": "repas servis", "due": "2027-06-30", "owner": {"name": "Marie"}}
BODY = {"members": ["Ville de Matane"], "frequency": "chaque mois", "decision": "par consensus"}
REPORT = {"who": {"partner": "Ville de Matane"}, "to": {"name": "tous"}, "frequency": "chaque saison"}
FUNDS = {"amount": "5 000 $", "partners": ["Ville de Matane"], "recipients": ["Refuge"], "due": "2027-03"}
GIFT = {"value": "4 000 $", "effort": "2 h par semaine"}


def some(fields: Mapping[str, object], first: str) -> st.SearchStrategy[list[dict[str, object]]]:
    """Return up to three rows, each with some of the fields, and with `first` in any case."""
    row = st.sets(st.sampled_from(sorted(fields))).map(lambda kept: {name: fields[name] for name in kept})
    return st.lists(row, max_size=3).map(lambda rows: [{first: f"ligne {at}"} | one for at, one in enumerate(rows)])


def partnership(**rows: list[dict[str, object]]) -> Told:
    told = Told()
    told.join("Ville de Matane", status="signatory", short_name="la Ville")
    told.join("Refuge", status="signatory")
    for row in rows["objectives"]:
        told.say("gather.objectives", row, op="add")
    for part in ("bodies", "reports"):
        for row in rows[part]:
            told.say("gather.governance", {"part": part} | row, op="add")
    for row in rows["funds"]:
        told.say("commit.funding", {"status": "acquired"} | row, op="add")
    for row in rows["gifts"]:
        told.say("open.contributions", {"type": "space", "state": "accepted"} | row, "Refuge", op="add")
    return told


def tables_of(agreement: Agreement, form: str) -> list[list[list[str]]]:
    """Return the cells of each table of a file: of Word, of a page or of Markdown."""
    data = render(agreement, form).data
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            xml = packed.read("word/document.xml").decode()
        found = [
            [re.findall(r"<w:tc>.*?</w:tc>", row, re.DOTALL) for row in re.findall(r"<w:tr>.*?</w:tr>", one, re.DOTALL)]
            for one in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.DOTALL)
            if "<w:tblCaption" in one  # the lines to sign on are set in tables that have none
        ]
    elif form == "html":
        found = [
            [re.findall(r"<t[hd][ >].*?</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", one)]
            for one in re.findall(r"<table>.*?</table>", data.decode(), re.DOTALL)
        ]
    else:
        grids = re.findall(r"(?m)(?:^\|.*\n)+", data.decode() + "\n")
        found = [[row.strip("|").split("|") for row in one.splitlines() if "---" not in row] for one in grids]
    return [[[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in one] for one in found]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)  # each writes four files
@given(
    st.fixed_dictionaries(
        {
            "objectives": some(OBJECTIVE, "text"),
            "bodies": some(BODY, "name"),
            "reports": some(REPORT, "what"),
            "funds": some(FUNDS, "source"),
            "gifts": some(GIFT, "text"),
        }
    ),
    st.sampled_from(["fr", "en"]),
)
def test_no_table_has_an_empty_cell_a_dash_or_one_row(rows: dict[str, list[dict[str, object]]], lang: str) -> None:
    agreement = agreed(partnership(**rows), lang)
    for form in ("docx", "html", "md"):
        for table in tables_of(agreement, form):
            assert len(table) > 2, (form, table)
            assert all(cell not in ("", "—", "–", "-") for row in table for cell in row), (form, table)
    text = render(agreement, "text").data.decode()
    assert not re.search(r"(?m)[:\u00a0 ][—–-]$", text), "a label with nothing behind it"


def test_a_cell_on_a_line_of_its_own_names_its_column_and_comes_from_its_field() -> None:
    told = partnership(
        objectives=[{"text": "servir", **OBJECTIVE}, {"text": "former"}], bodies=[], reports=[], funds=[], gifts=[]
    )
    section = next(one for one in agreed(told).sections if one.id == "objectives")
    (table,) = section.blocks
    assert isinstance(table, Table) and table.listed
    lines = [block for item in as_list(table, "fr").items for block in item.blocks]
    assert ["".join(run.text for run in line.runs) for line in lines if isinstance(line, Paragraph)] == [
        "servir", "Indicateur\u00a0: repas servis", "Échéance\u00a0: 30 juin 2027", "Porté par\u00a0: Marie", "former",
    ]  # fmt: skip
    assert [line.origin.field for line in lines if isinstance(line, Paragraph)] == [
        "text", "indicator", "due", "owner", "text",
    ]  # fmt: skip


def test_a_table_whose_cells_all_say_something_stays_a_table() -> None:
    rows: list[dict[str, object]] = [{"text": "servir", **OBJECTIVE}, {"text": "former", **OBJECTIVE}]
    told = partnership(objectives=rows, bodies=[], reports=[], funds=[], gifts=[])
    for form in ("docx", "html", "md"):
        assert [len(table) for table in tables_of(agreed(told), form)] == [3], form


@pytest.mark.slow
def test_a_name_has_its_capital_where_it_begins_a_cell_alone() -> None:
    one: dict[str, object] = {"what": "le bilan", **REPORT}
    alone = partnership(objectives=[], bodies=[], reports=[one], funds=[], gifts=[])
    several = partnership(objectives=[], bodies=[], reports=[one, one], funds=[], gifts=[])
    assert "Qui rend compte\u00a0: la Ville" in render(agreed(alone), "text").data.decode()
    assert "La Ville" in {cell for row in tables_of(agreed(several), "md")[0] for cell in row}


def test_the_lines_that_a_returned_text_is_matched_with_are_those_that_the_files_print() -> None:
    told = partnership(
        objectives=[{"text": "servir", **OBJECTIVE}, {"text": "former"}], bodies=[], reports=[], funds=[], gifts=[]
    )
    agreement = agreed(told)
    for records in (False, True):
        told_lines = agreement_lines(GUIDE, agreement, records=records)
        found = [line for line in told_lines if line.section == "objectives" and line.origin.field]
        assert [(line.text, line.label) for line in found] == [
            ("servir", ""),
            ("Indicateur\u00a0: repas servis", "Indicateur\u00a0: "),
            ("Échéance\u00a0: 30 juin 2027", "Échéance\u00a0: "),
            ("Porté par\u00a0: Marie", "Porté par\u00a0: "),
            ("former", ""),
        ]
