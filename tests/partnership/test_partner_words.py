"""Tests of whose answers may be shown to a partner: to questions asked of each partner, never to private ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE
from tui.partnership.partner_words import may_be_shown_to_partner


@pytest.mark.parametrize("name", sorted(GUIDE.by_id))
def test_no_private_question_and_none_of_a_group_is_shown(name: str) -> None:
    question = GUIDE.question(name)
    for asked in (replace(question, private=True), *(replace(question, scope=scope) for scope in ("project", "pair"))):
        assert not may_be_shown_to_partner(GUIDE, asked)
    walked = any(question in step.questions for step in GUIDE.walked_steps)
    assert may_be_shown_to_partner(GUIDE, replace(question, private=False, scope="partner")) is walked
