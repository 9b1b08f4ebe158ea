"""The CSV file: read back as written, parted as the language's spreadsheets do, and nothing in it reckons."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.csv_file import csv_file, read_csv
from tui.text.clean import clean


@given(
    st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["fr", "en"]),
)
def test_rows_come_back(rows: list[list[str]], lang: str) -> None:
    data = csv_file(rows, lang).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline=""), delimiter=";" if lang == "fr" else ","))
    assert len(found) == len(rows)
    for row, back in zip(rows, found, strict=True):
        assert [cell.removeprefix("'") for cell in back] == [
            clean(cell, multiline=False).removeprefix("'") for cell in row
        ]
        assert not any(cell[:1] in ("=", "+", "@") for cell in back)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_cell_that_would_be_reckoned_is_a_text(sign: str, lang: str) -> None:
    assert csv_file([[f"{sign}SUM(A1)", "bien"]], lang).decode("utf-8-sig").startswith(f"'{sign}SUM(A1)")


def test_negative_number_stays_a_number() -> None:
    assert csv_file([["-12.50", "-cmd"]], "en") == b"\xef\xbb\xbf-12.50,'-cmd\r\n"


@pytest.mark.parametrize("cell", ["- une salle", "+ 1 514 555-0101", "= 2", "@ midi", "-", "+", "\u00a0=1", "-12,50 $"])
def test_a_sign_before_a_space_reckons_no_less(cell: str) -> None:
    (found,) = csv.reader(io.StringIO(csv_file([[cell]], "fr").decode("utf-8-sig"), newline=""), delimiter=";")
    assert found[0].removeprefix("'") == clean(cell, multiline=False) and found[0][:1] not in "=+-@"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_rows_that_say_nothing_are_none_whatever_wrote_the_file(delimiter: str, encoding: str) -> None:
    rows = [["nom", "organisme"], [], ["", ""], ["Élise", ""], ["", "Collège"], []]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read_csv(text.encode(encoding), "gens.csv") == [["nom", "organisme"], ["Élise", ""], ["", "Collège"]]
