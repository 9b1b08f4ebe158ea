"""Tests that a canary in every private place never appears in a text of the agreement or in the public view."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, caged, subjects
from tests.agreement.reading import GUIDE, Told, agreed
from tui.partnership.milestones import milestones
from tui.partnership.positions import points
from tui.partnership.privacy import public_view

pytestmark = pytest.mark.sampled


@pytest.mark.slow
@settings(max_examples=60)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    money=st.sampled_from(sorted(GUIDE.choices["funding_status"])),
    leave=st.sampled_from(["yes", "no", "ask", None]),
    agreed_level=st.booleans(),
    marks=st.sampled_from(["", "to_confirm", "to_discuss"]),
)
def test_the_canary_sings_nowhere(
    partners: list[tuple[str, bool]], state: str, money: str, leave: str | None, agreed_level: bool, marks: str
) -> None:
    cage = caged(partners, state, money, leave, agreed_level)
    ids = tuple(row.id for row in cage.told.partnership.rows("open.who", ""))
    if marks:
        for question in GUIDE.by_id.values():
            for subject in subjects(question, ids):
                told_of = {"partner": subject[0]} if len(subject) == 1 else {"pair": list(subject)} if subject else {}
                cage.told.say(question.id, state=marks, **told_of)
    assert cage.hidden >= 10
    assert CANARY in repr(cage.told.partnership)
    view = public_view(GUIDE, cage.told.partnership)
    assert CANARY not in repr(view)
    for lang in ("fr", "en"):
        agreement = agreed(cage.told, lang)
        assert CANARY not in repr(agreement)
        assert "424242" not in repr(agreement) and "2042" not in repr(agreement)
    assert CANARY not in repr(points(GUIDE, view))
    assert CANARY not in repr(milestones(GUIDE, cage.told.partnership))


def test_the_canary_can_be_heard() -> None:
    """The same word in a public field does reach both, so that its silence above means something."""
    told = Told()
    told.join(f"Centre {CANARY}", status="interested")
    assert CANARY in repr(public_view(GUIDE, told.partnership))
    assert CANARY in repr(agreed(told))
