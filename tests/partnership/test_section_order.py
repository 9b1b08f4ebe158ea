"""Tests of the order of sections, and of articles that are sections of their own."""

from __future__ import annotations

import pytest

from tests.agreement.reading import Told, agreed, lines, section
from tui.partnership.section_order import arranged, section_of
from tui.workspace.samples import samples


def with_article(**fields: object) -> Told:
    told = Told("Centre", "Collège")
    told.say("gather.vision", {"vision": "Une porte.", "goal": "Ouvrir."})
    told.say("extra.disputes", {"disputes": "On se parle."})
    told.say("extra.articles", {"title": "Transport", "text": "Chacun paie le sien.", **fields}, op="add")
    return told


def headings(told: Told, lang: str = "fr") -> list[str]:
    return [f"{one.label} {one.heading}" for one in agreed(told, lang).sections]


@pytest.mark.parametrize(("place", "before"), [("vision", "Vision"), ("disputes", "Différends"), (None, "")])
def test_an_article_can_be_a_section_behind_the_one_of_its_place(place: str | None, before: str) -> None:
    told = with_article(own_section=True, **({"place": place} if place else {}))
    found = headings(told)
    at = next(at for at, one in enumerate(found) if one.endswith(" Transport"))
    assert found[at] == f"{at + 1} Transport", "it has its own number, and the others go on behind it"
    assert found[at - 1].split(" ", 1)[1].startswith(before)
    assert [one.split(" ")[0] for one in found] == [str(number) for number in range(1, len(found) + 1)]
    own = section(agreed(told), section_of(told.partnership.rows("extra.articles", "rows")[0]))
    assert own is not None and list(lines(own.blocks)) == ["Chacun paie le sien."]


def test_without_the_tick_it_stands_in_the_section_of_its_place() -> None:
    found = section(agreed(with_article(place="vision")), "vision")
    assert found is not None and "# Transport" in list(lines(found.blocks))
    assert not any("Transport" in one for one in headings(with_article(place="vision")))


def test_a_title_of_one_language_heads_it_in_the_other_too() -> None:
    assert any(one.endswith(" Transport") for one in headings(with_article(own_section=True), "en"))


def test_it_keeps_its_number_once_the_numbers_are_frozen_and_follows_a_wanted_order() -> None:
    told = with_article(own_section=True, place="vision")
    told.say("extra.order", {"section": "disputes"}, op="add")
    found = headings(told)
    assert found[0].endswith("modifications") and any(one.endswith(" Transport") for one in found)
    told.setting("numbers", {one.id: one.label for one in agreed(told).sections})
    told.say("extra.context", {"background": "Une histoire."})
    assert [one for one in headings(told) if "Transport" in one] == [one for one in found if "Transport" in one]


def test_a_partnership_that_changes_nothing_has_the_guide_itself() -> None:
    told = with_article(place="vision")
    assert arranged(told.guide, told.partnership) is told.guide
    assert all(len(agreed_heads) for agreed_heads in [arranged(told.guide, samples()[0].partnership).sections])


def test_a_section_named_twice_stands_where_it_was_named_first() -> None:
    told = with_article()
    for name, heading in (("disputes", "Nos différends"), ("vision", ""), ("disputes", "Autres")):
        told.say("extra.order", {"section": name, **({"heading": heading} if heading else {})}, op="add")
    heads = arranged(told.guide, told.partnership).sections
    assert [head.id for head in heads[:2]] == ["disputes", "vision"] and [head.number for head in heads[:2]] == [1, 2]
    usual = told.guide.section("disputes")
    assert usual is not None and len(heads) == len(told.guide.sections)
    assert (heads[0].heading.fr, heads[0].heading.en) == ("Nos différends", usual.heading.en), "English has its own"
