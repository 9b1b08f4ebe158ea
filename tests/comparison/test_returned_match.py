"""The text a file answers is found, and a file that answers none of ours is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_match import match_returned_text, parse_returned
from tui.export.formats import render

pytestmark = pytest.mark.sampled

NAMES = sorted(PARTNERSHIPS)


@pytest.mark.parametrize("name", ["docx", "text", "html"])
@pytest.mark.parametrize("at", range(len(NAMES)))
def test_agreement_of_other_partners_is_refused(at: int, name: str) -> None:
    ours, other = PARTNERSHIPS[NAMES[at]], PARTNERSHIPS[NAMES[at - 1]]
    for lang in ("fr", "en"):
        came = render(Composer(GUIDE).agreement(other, lang), name).data
        assert accepted_whole(came, f"x.{'txt' if name == 'text' else name}", ours).refused


@pytest.mark.parametrize("at", range(len(NAMES)))
def test_one_copied_section_is_read_and_takes_nothing_out(at: int) -> None:
    partnership = PARTNERSHIPS[NAMES[at]]
    lang = str(partnership.setting("lang", "fr"))
    text = render(Composer(GUIDE).agreement(partnership, lang), "text").data.decode()
    start = text.index("\n3. ")
    outcome = accepted_whole(text[start : text.index("\n5. ", start)].encode(), "x.txt", partnership)
    assert not outcome.refused and outcome.after is not None
    assert not [one for one in outcome.open if outcome.homes[one.mark]]


@pytest.mark.parametrize("name", ["text", "md"])
@pytest.mark.parametrize("at", range(len(NAMES)))
def test_the_line_of_version_and_date_never_differs(at: int, name: str) -> None:
    partnership = PARTNERSHIPS[NAMES[at]]
    lang = str(partnership.setting("lang", "fr"))
    sent = replace(Composer(GUIDE).agreement(partnership, lang), version="Ébauche 1")
    base = replace(sent, version="Ébauche 1, modifiée depuis")
    returned = parse_returned(render(sent, name).data, f"x.{'txt' if name == 'text' else name}")
    assert match_returned_text(GUIDE, partnership, (), returned, base).differences == ()
