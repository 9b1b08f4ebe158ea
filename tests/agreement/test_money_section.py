"""Tests of shared costs in the document: the budget, then who pays, in money and in kind."""

from __future__ import annotations

import pytest

from tests.agreement.reading import Told, lines, said
from tests.partnership.test_cost_shares import FIRST, SAMPLE, SECOND, cost, with_costs
from tests.partnership.told import GUIDE
from tui import i18n
from tui.agreement.compose import Composer
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.review import review
from tui.partnership.values import Change, Partnership, Value


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
    new = [
        Change("hidden", WHO, cell, value, "", ("hidden",))
        for cell, value in (("#order", "zz"), ("name@fr", "Coalition tue"))
    ]
    assert "Coalition tue" not in told(apply(kept, new, by="", at="2026-11-27T12:00:00Z").partnership, "fr")


def money(partnership: Partnership, *rows: dict[str, Value]) -> Partnership:
    """The sample with these rows among its money; one with `text@fr` is a commitment of its first partner."""
    changes = []
    for at, row in enumerate(rows):
        promise = "text@fr" in row
        home = ("open.contributions", (FIRST,)) if promise else ("commit.funding", ())
        told: dict[str, Value] = {
            "#order": f"y{at}",
            **({"state": "accepted", "type": "money"} if promise else {"status": "acquired"}),
            **row,
        }
        changes += [Change(f"m{at}", home[0], cell, value, "rows", home[1]) for cell, value in told.items()]
    return apply(partnership, changes, by="", at="2026-11-27T12:00:00Z").partnership


SUM = {"amount": "7777", "currency": "CAD"}
PROMISE: dict[str, Value] = {"text@fr": "verser sa part", "text@en": "pay its share", "value": SUM}
SAYS: dict[str, Value] = {"text@fr": "verser 7 777 $ par année"}
PAID: dict[str, Value] = {**PROMISE, "recipients": {"ids": [SECOND], "group": ""}}


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([{"source@fr": "Fonds du Collège", "amount": SUM}, PROMISE], 1),  # the source names who promises it
        ([{"source@fr": "Fonds", "amount": SUM, "partners": {"ids": [FIRST], "group": ""}}, PROMISE], 1),
        ([{"source@fr": "Fonds", "amount": SUM}, {"source@fr": "fonds", "amount": SUM, "due": "2027-05-01"}], 1),
        ([{"source@fr": "Fonds", "amount": SUM}, {"source@fr": "Fondation", "amount": SUM}], 2),
        ([{"source@fr": "Fondation des Monts", "amount": SUM}, PROMISE], 2),  # who can tell? the review asks
        ([{"source@fr": "Fonds", "amount": SUM, "partners": {"ids": [FIRST], "group": ""}}, SAYS], 1),
        ([{"source@fr": "Fonds", "amount": SUM, "recipients": {"ids": [FIRST], "group": ""}}, PAID], 2),  # to others
        ([{"source@fr": "Fonds", "amount": SUM, "due": year} for year in ("2027-05-01", "2028-05-01")], 2),
    ],
)  # fmt: skip
def test_money_typed_twice_is_listed_once(rows: list[dict[str, Value]], count: int) -> None:
    kept = money(SAMPLE, *rows)
    listed = [line for line in told(kept, "fr").split("\n") if "7 777 $" in line]
    assert len(listed) == count, listed
    if count == 1 and PROMISE in rows:
        assert "| le collège" in listed[0].casefold()
    i18n.use("fr")
    asked = [one for one in review(GUIDE, kept, "fr") if one.id == "money_twice"]
    assert bool(asked) is (count == 2 and PROMISE in rows)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Collège | La Boussole |  | section 7"), ("en", "the College | La Boussole Youth Centre |")],
)
def test_a_commitment_of_money_says_who_is_paid_and_which_article_says_it(lang: str, words: str) -> None:
    promised = money(SAMPLE, PAID)
    (listed,) = [line for line in told(promised, lang).split("\n") if "7,777" in line or "7 777" in line]
    assert words in listed
    row = {"source@fr": "Fonds du Collège", "amount": SUM}
    (listed,) = [line for line in told(money(SAMPLE, row, PAID), "fr").split("\n") if "7 777" in line]
    assert "La Boussole" in listed and "section 7" in listed


def test_a_source_that_is_who_pays_is_said_once_in_a_list_and_with_its_capital() -> None:
    told = Told("Ville de Hull", "Phare")
    told.say("open.who", {"short_name": "la Ville", "article": "la"}, "Ville de Hull")
    row = {"source": "la Ville", "amount": "45 000 $", "status": "acquired", "partners": ["Ville de Hull"]}
    told.say("commit.funding", {**row, "recipients": ["Phare"]}, op="add")
    assert said(told, "resources") == ["Source | Montant | Versé à", "La Ville | 45 000 $ | Phare"]


def test_money_of_which_only_the_commitment_speaks_is_one_line() -> None:
    told = Told("Phare")
    told.say("open.contributions", {"text": "payer les outils", "state": "accepted", "type": "money"}, "Phare")
    line = "Les contributions en argent sont celles que disent les engagements (section 6)."
    assert said(told, "resources")[:1] == [line]
    told.say("commit.funding", {"source": "Don", "amount": "5 $", "status": "acquired"}, op="add")
    assert line.replace("Les", "Les autres", 1) in said(told, "resources")
    assert "payer les outils" not in "".join(said(told, "resources"))


def test_funding_that_does_not_apply_takes_the_shared_costs_out_with_it() -> None:
    kept = with_costs(cost("Coordination", "6000", FIRST), cost("Coordination", "10000"))
    void = Change("commit.funding", "commit.funding", "#state", "not_applicable")
    assert "Coordination" not in told(apply(kept, [void], by="", at="2026-11-27T12:00:00Z").partnership, "fr")


def test_who_is_paid_stands_inside_its_line_as_in_a_sentence() -> None:
    told = Told("Phare", "Voix", "Halte")
    for source, whom in (("Don", "all"), ("Prix", "tous sauf Phare"), ("Legs", "")):
        row = {"source": source, "amount": "5 $", "status": "acquired", **({"recipients": whom} if whom else {})}
        told.say("commit.funding", row, op="add")
    found = said(told, "resources")
    assert found[1:3] == ["Don | 5 $ | tous les partenaires", "Prix | 5 $ | tous les partenaires, sauf Phare"]
    assert "Don | $5 | all the partners" in said(told, "resources", "en")
