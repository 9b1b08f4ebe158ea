"""Random edits on the exports of all samples: today's document is then the edited one, or what is left is listed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comparison.random_edits import EDITS, EditedFile, change_word, change_word_tracked
from tests.comparison.returned_cases import PARTNERSHIPS, Outcome, accepted_whole, changed_cells
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_word_file import read_word
from tui.export.formats import render
from tui.partnership.values import Partnership
from tui.text.word_diff import word_keys

pytestmark = pytest.mark.slow

SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
OWN = (change_word, change_word_tracked)  # edits of one field


def said(data: bytes) -> list[tuple[str, ...]]:
    """The words of each line of a Word file that holds any."""
    return [key for line in read_word(data).lines if not line.gone and (key := word_keys(line.text)) and key != ("-",)]


def document(partnership: Partnership, lang: str) -> bytes:
    return render(Composer(GUIDE).agreement(partnership, lang), "docx").data


def judged(outcome: Outcome, file: EditedFile, data: bytes, lang: str) -> str:
    """What is wrong; "" where nothing else changed, and the document is the edited one or something is left."""
    assert outcome.before is not None and outcome.after is not None, (outcome.refused, file.said)
    cells = changed_cells(outcome.before, outcome.after)
    others = {key for key in cells if key[0] in outcome.before.entries and key[0] not in file.touched}
    if others:
        return f"changed too: {others}"
    if any(not outcome.homes[one.mark] for one in outcome.open):
        return ""
    before, edited, after = (
        Counter(said(one)) for one in (document(outcome.before, lang), data, document(outcome.after, lang))
    )
    # What the program draws of an answer (who has to say yes again) follows it: only what was edited is compared.
    missing, kept = (edited - before) - after, (before - edited) & (after - edited)
    return f"nothing is left, and it lacks {missing} or keeps {kept}" if missing or kept else ""


@SETTINGS
@given(st.sampled_from(sorted(PARTNERSHIPS)), st.sampled_from(["fr", "en"]), st.data())
def test_edited_document_stands_or_what_is_left_is_listed(name: str, lang: str, data: st.DataObject) -> None:
    file = EditedFile.of(PARTNERSHIPS[name], lang, lambda top: data.draw(st.integers(0, max(top - 1, 0))))
    edits = data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=4))
    if not sum(edit(file) for edit in edits):
        return
    came = file.bytes()
    outcome = accepted_whole(came, "retour.docx", PARTNERSHIPS[name])
    assert judged(outcome, file, came, lang) == "", file.said


@SETTINGS
@given(st.sampled_from(sorted(PARTNERSHIPS)), st.sampled_from(["fr", "en"]), st.data())
def test_each_word_of_one_field_lands_in_it(name: str, lang: str, data: st.DataObject) -> None:
    file = EditedFile.of(PARTNERSHIPS[name], lang, lambda top: data.draw(st.integers(0, max(top - 1, 0))))
    made = sum(edit(file) for edit in data.draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=5)))
    came = file.bytes()
    outcome = accepted_whole(came, "retour.docx", PARTNERSHIPS[name])
    assert judged(outcome, file, came, lang) == "", file.said
    assert sum(outcome.homes.values()) >= made, (file.said, outcome.open)
