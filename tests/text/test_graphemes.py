"""Characters are what Unicode's own test of grapheme breaks says, told from any column; a pair tells alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.graphemes import characters, cluster_at, column_after, column_before

SEEN = {  # what people see as one character each
    "e\u0301": 1, "Ho\u0302te": 4, "👩🏽\u200d🌾": 1, "👨\u200d👩\u200d👧": 1, "🇨🇦🇫🇷": 2,
    "❤\ufe0f ☎\ufe0f": 3, "1\ufe0f\u20e3": 1, "🏴\U000e0067\U000e0062\U000e007f": 1, "\u1112\u1161\u11ab": 1,
    "क्षि": 1, "กำ": 1, "👍🏽": 1, "日本語": 3, "ᓀᐦᐃ": 3, "€ “l’été”": 9, "م\u0651ی\u200cخ": 3, "a\u200db": 2, "": 0,
}  # fmt: skip
TEXTS = st.text(
    st.sampled_from("ae€日ᐃ ’\u0301\u0302\u200d\u200c\ufe0f\u20e3👩🌾🏽🇨🇦🇫❤1क\u094dष\u1112\u1161\u11abกำ\u0651\u0600"),
    max_size=14,
)


@pytest.mark.parametrize("text", SEEN)
def test_a_character_is_what_people_see(text: str) -> None:
    assert len(list(characters(text))) == SEEN[text]


@given(TEXTS | st.text(max_size=8))
def test_each_column_knows_its_character_wherever_one_comes_from(text: str) -> None:
    found = list(characters(text))
    assert "".join(found) == text
    ends = [0]
    for one in found:
        ends.append(ends[-1] + len(one))
    for start, end in pairwise(ends):
        assert cluster_at(text, start) == (start, start)
        assert (column_after(text, start), column_before(text, end)) == (end, start)
        for inside in range(start + 1, end):
            assert cluster_at(text, inside) == (start, end)
            assert (column_after(text, inside), column_before(text, inside)) == (end, start)
    assert column_after(text, len(text)) == len(text) and column_before(text, 0) == 0
