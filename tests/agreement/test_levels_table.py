"""Tests of the table of levels and contributions: what it holds, and what it must not hold."""

from __future__ import annotations

import pytest

from tests.agreement.reading import everything
from tests.partnership.told import GUIDE, Told
from tui.agreement.blocks import Agreement, Table
from tui.agreement.levels_table import levels_document
from tui.export.formats import FORMATS, render
from tui.partnership.privacy import public_view


def document(told: Told, lang: str = "fr") -> Agreement:
    """The table of what was told."""
    return levels_document(GUIDE, public_view(GUIDE, told.partnership), lang)


@pytest.fixture
def told() -> Told:
    """Two partners that may be named and one that may not, with public and private answers."""
    told = Told("Collège", "Clinique")
    told.join("Secret", status="prospective")
    told.join("Muet", status="prospective")
    told.say("open.involvement", {"level": "leads", "agreed": True}, "Collège")
    told.say("open.involvement", {"level": "informed"}, "Clinique")
    told.say("open.involvement", {"level": "decides", "agreed": True}, "Secret")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Collège", op="add")
    told.say("open.contributions", {"text": "un souhait", "state": "wished"}, "Collège", op="add")
    told.say("open.history", {"note": "une vieille histoire"}, "Collège")
    return told


def test_each_partner_has_its_level_and_what_it_brings(told: Told) -> None:
    block = document(told).sections[0].blocks[0]
    assert isinstance(block, Table)
    rows = [["".join(run.text for run in cell).replace("\xa0", " ") for cell in row.cells] for row in block.rows]
    assert rows == [
        ["Collège", "pilote", "prêter une salle"],
        ["Clinique", "—", "—"],
        ["un organisme à confirmer", "décide avec les autres", "—"],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_private_is_in_it_in_any_format(told: Told, lang: str) -> None:
    found = document(told, lang)
    texts = [everything(found), *(render(found, one).data.decode("utf-8", "ignore") for one in FORMATS)]
    for word in ("Secret", "Muet", "souhait", "vieille"):
        assert [text for text in texts if word in text] == []


def test_without_partners_it_says_so() -> None:
    assert "Aucun partenaire" in everything(document(Told())).replace("\xa0", " ")


def test_who_declined_or_left_has_no_row(told: Told) -> None:
    before = everything(document(told))
    told.say("open.who", {"status": "withdrawn"}, "Clinique")
    told.say("open.who", {"status": "declined"}, "Secret")
    found = everything(document(told))
    assert "Clinique" in before and "décide avec" in before
    assert "Collège" in found and "Clinique" not in found and "décide avec" not in found
