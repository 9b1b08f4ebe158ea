"""A section is made anew for what it tells, and for nothing else that lies in the rows it reads."""

from __future__ import annotations

import pytest

from tests.agreement.reading import GUIDE
from tests.agreement.test_compose import full
from tui.agreement import compose as compose_room
from tui.agreement.blocks import Block
from tui.agreement.compose import Composer
from tui.agreement.phrasing import Phrasing


@pytest.mark.parametrize(
    ("field", "value", "times"),
    [
        ("text", "prêter deux salles", 0),
        ("effort", "2 h par mois", 0),
        ("ceiling", "40 h", 0),
        ("due", "2027-05-01", 0),
        ("owner", {"name": "Jean"}, 1),
        ("state", "confirmed", 1),
    ],
)
def test_who_answers_for_what_is_put_together_for_what_it_tells(
    field: str, value: object, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, composer, made = full(), Composer(GUIDE), 0
    compose, reads = compose_room._SECTIONS["responsibilities"]

    def counted(phrasing: Phrasing) -> tuple[Block, ...]:
        nonlocal made
        made += 1
        return compose(phrasing)

    composer.agreement(told.partnership, "fr")
    monkeypatch.setattr(compose_room, "_SECTIONS", {**compose_room._SECTIONS, "responsibilities": (counted, reads)})
    told.say("open.contributions", {field: value}, "B", row=told.partnership.rows("open.contributions", "rows")[0].id)
    after = composer.agreement(told.partnership, "fr")
    assert made == times
    assert after == Composer(GUIDE).agreement(told.partnership, "fr"), "what was kept is what would be made"
