"""Tests that a text can be signed as it is: nothing is repeated, nested or printed twice."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.agreement.reading import GUIDE, Told, agreed, everything, text
from tui.agreement.blocks import Agreement, Row, Run, Table
from tui.agreement.compose import Composer
from tui.export.formats import render
from tui.export.page_layout import _MAX_WORD, _TABLE_LETTERS, column_shares

NAMES = st.builds(
    "{}{}".format,
    st.sampled_from(["Centre", "Maison « Le Phare »", "The “Open Door”", "Les Amis", "« Relais »", "Coop. des Aulnes"]),
    st.sampled_from(["", " Inc.", " Ltée.", " S.E.N.C.", " n° 4"]),
)
NUMBERS = st.sampled_from(["4", "n° 4", "no. 4", "N° 4", "n°4", "CA-4", ""])
FORMATS = ("text", "md", "html")


def protocol(names: list[str], number: str, kind: str) -> Told:
    told = Told()
    for at, name in enumerate(names):
        people = [{"name": f"Zoé {at}", "signs": True, "accountable": True}]
        told.join(name, status="signatory", short_name=f"« P{at} »", auth_number=number, auth_body="le conseil.",
                  auth_date="3 novembre 2026", people=people)  # fmt: skip
        told.say("open.contributions", {"text": f"prêter {at}", "state": "accepted", "effort": "3 h"}, name, op="add")
    told.say("extra.title", {"kind": kind})
    told.say("extra.groups", {"name": "« Les alliés »", "members": names}, op="add")
    told.say("gather.lead", {"partner": names[0], "mandate": "tout"}, op="add")
    told.say("commit.funding", {"fiscal_agent": names[0]})
    told.say("commit.funding", {"source": "Fonds", "amount": "100 CAD", "status": "acquired"}, op="add")
    told.say("gather.objectives", {"text": "ouvrir", "due": "2027"}, op="add")
    told.say("commit.consensus", {"level": "agree", "leave": "yes", "resolution": number}, names[0])
    return told


def printed(agreement: Agreement, form: str) -> str:
    """A file as text; of a Word file its paragraphs, one a line."""
    data = render(agreement, form).data
    if form == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if form != "docx":
        return data.decode()
    return "\n".join("".join(one.itertext()) for one in Document(io.BytesIO(data)).element.body.iter(qn("w:p")))


def reads_well(told: str) -> None:
    """Nothing is doubled or nested in a printed text."""
    plain = re.sub(r"<[^>]*>|\\", "", told).replace("\u00a0", " ").replace("&nbsp;", " ")
    assert not re.search(r"(?i)n° ?n°|no\. ?no\.|n° ?no\.", plain)
    assert not re.search(r"\w\.\.(?!\.)", plain.replace("…", "")), "« Inc.. »"
    assert not re.search(r"«[^»]*«|“[^”]*“", plain), "quotes within quotes of the same kind"


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=2, max_size=3, unique=True), NUMBERS, st.sampled_from(["memorandum", "statement"]),
       st.sampled_from(["fr", "en"]))  # fmt: skip
def test_nothing_is_doubled_or_nested_in_any_format(names: list[str], number: str, kind: str, lang: str) -> None:
    agreement = agreed(protocol(names, number, kind), lang)
    for told in (everything(agreement), *(printed(agreement, name) for name in FORMATS)):
        reads_well(told)
    for section in agreement.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                columns = zip(*([text(cell) for cell in row.cells] for row in block.rows), strict=True)
                assert all(set(column) != {"—"} for column in columns), "a column that nothing fills is left out"


@pytest.mark.slow
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=2, max_size=3, unique=True), NUMBERS, st.sampled_from(["fr", "en"]))
def test_nor_in_a_word_file_or_a_pdf(names: list[str], number: str, lang: str) -> None:
    agreement = agreed(protocol(names, number, "memorandum"), lang)
    for form in ("docx", "pdf"):
        reads_well(printed(agreement, form))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"resolution": "n° 4", "ratified_on": "3 mai 2026"}, "Entériné par la résolution 4, 3 mai 2026"),
        ({"resolution": "CA-4"}, "Entériné par la résolution CA-4"),
        ({"ratified_on": "3 mai 2026"}, "Entériné : 3 mai 2026"),
        ({"ratify_on": "3 mai 2026"}, "À entériner : 3 mai 2026"),
        ({"ratify_by": "le conseil"}, "À entériner par le conseil"),
    ],
)
def test_a_ratification_that_is_half_known_leaves_no_dash(given: dict[str, str], words: str) -> None:
    told = Told("Centre", "Collège")
    told.say("commit.consensus", {"level": "agree", "leave": "yes", **given}, "Centre")
    text = everything(agreed(told)).replace("\u00a0", " ")
    assert words in text and "—" not in text


WORD = st.text(st.sampled_from("abcdéx"), min_size=1, max_size=_MAX_WORD)
CELL = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_a_column_has_room_for_its_longest_word_wherever_the_page_has(rows: list[list[str]]) -> None:

    table = Table(tuple((Run("tête"),) for _cell in rows[0]), tuple(Row(tuple((Run(c),) for c in row)) for row in rows))
    longest = [max(len(word) for row in rows for word in row[at].split()) for at in range(len(rows[0]))]
    found = column_shares(table)
    assert abs(sum(found) - 1) < 1e-9
    if sum(max(word + 2, 8) for word in longest) <= _TABLE_LETTERS:
        assert all(share * _TABLE_LETTERS >= word + 1.99 for share, word in zip(found, longest, strict=True))


def test_the_composer_that_is_kept_says_the_same() -> None:
    told = protocol(["Maison « Le Phare » Inc.", "Collège"], "n° 4", "memorandum")
    composer = Composer(GUIDE)
    assert composer.agreement(told.partnership, "fr") == composer.agreement(told.partnership, "fr")


def test_a_short_name_stands_on_one_line_where_the_page_has_room() -> None:
    rows = (
        ("Bénévoles (repas)", "2027", "La MRC", "22\u00a0000\u00a0$, en nature"),
        ("Bus", "2028", "Phare", "9\u00a0$"),
    )
    heads = ("Poste", "Année", "Qui", "Montant")
    table = Table(tuple((Run(text),) for text in heads), tuple(Row(tuple((Run(c),) for c in row)) for row in rows))
    assert column_shares(table)[2] * _TABLE_LETTERS >= len("La MRC") * 1.25 + 2


def test_the_bold_words_of_a_head_have_room_of_their_own() -> None:
    """« Amount » over « $5,000 »: the letters of a head are bold, and wide in some fonts of a house."""
    heads, cells = ("Source", "Amount", "Contributions", "Paid to"), ("Centre Clairlac", "$5,000", "a", "b")
    table = Table(tuple((Run(text),) for text in heads), (Row(tuple((Run(text),) for text in cells)),))
    for share, head in zip(column_shares(table), heads, strict=True):
        assert share * _TABLE_LETTERS >= len(max(head.split(), key=len)) * 1.25 + 1.99
