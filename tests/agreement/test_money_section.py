"""Costs shared in the document: the budget first, then who pays, in money and in kind; nothing where there are none."""

from __future__ import annotations

import pytest

from tests.agreement.reading import lines
from tests.partnership.test_cost_shares import FIRST, SECOND, cost, with_costs
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.partnership.partners import WHO
from tui.partnership.values import Change, Partnership


def told(partnership: Partnership, lang: str) -> str:
    """Section 10 as text."""
    agreement = Composer(GUIDE).agreement(partnership, lang)
    (section,) = [one for one in agreement.sections if one.id == "resources"]
    return "\n".join(lines(section.blocks)).replace("\u00a0", " ").replace("\u202f", " ")


FRENCH = (
    "# Partage des coûts", "Coordination | 2027 | Montant prévu | 10 000 $", "| Le Collège | 6 000 $",
    "| La Boussole | 4 000 $, en nature",
)  # fmt: skip
ENGLISH = (
    "# Costs shared", "Coordination | 2027 | Amount budgeted | $10,000", "| The College | $6,000",
    "| La Boussole Youth Centre | $4,000, in kind",
)  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [("fr", FRENCH), ("en", ENGLISH)])
def test_the_budget_then_who_pays_what_for_which_year(lang: str, words: tuple[str, ...]) -> None:
    kept = with_costs(
        cost("Coordination", "6000", FIRST),
        cost("Coordination", "10000"),
        cost("Coordination", "4000", SECOND, in_kind=True),
    )
    text = told(kept, lang)
    at = [text.index(one) for one in words]
    assert at == sorted(at)
    assert words[0] not in told(with_costs(), lang)


def test_who_may_not_be_named_is_not_named() -> None:
    kept = with_costs(cost("Salle", "100", "hidden"), cost("Salle", "100"))
    from tui.partnership.changes import apply

    new = [
        Change("hidden", WHO, cell, value, "", ("hidden",))
        for cell, value in (("#order", "zz"), ("name@fr", "Coalition tue"))
    ]
    assert "Coalition tue" not in told(apply(kept, new, by="", at="2026-11-27T12:00:00Z").partnership, "fr")
