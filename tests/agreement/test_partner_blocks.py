"""Tests that typing a name composes only the commitments that mention it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.agreement.reading import GUIDE, Told
from tui.agreement import partner_sections
from tui.agreement.blocks import Block, Item, Section
from tui.agreement.compose import Composer
from tui.agreement.phrasing import Phrasing
from tui.partnership.partners import Partner
from tui.partnership.values import Change, Entry


def test_letter_in_a_name_words_anew_the_commitments_that_name_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told("A", "B", "C", "D")
    for name, owner in (("A", {}), ("B", {"owner": "A"}), ("C", {}), ("D", {})):
        told.say("open.contributions", {"rows": [{"text": "un local", "state": "accepted", **owner}]}, name)
    composer, made = Composer(GUIDE), list[str]()
    composer.agreement(told.partnership, "fr")
    given = partner_sections._partner_commitments

    def counted(
        phrasing: Phrasing, partner: Partner, own: tuple[Entry, ...], unsure: frozenset[str]
    ) -> Iterator[Block]:
        made.append(partner.id)
        return given(phrasing, partner, own, unsure)

    monkeypatch.setattr(partner_sections, "_partner_commitments", counted)
    told.take(Change(told.ids["A"], "open.who", "name@fr", "Apollon", subject=(told.ids["A"],)))
    found = composer.agreement(told.partnership, "fr")
    assert made == [told.ids["A"], told.ids["B"]]
    assert found == Composer(GUIDE).agreement(told.partnership, "fr")


@pytest.mark.parametrize(
    ("question", "cell"),
    [("open.who", "from"), ("open.who", "auth_date"), ("extra.legal", "text@fr"), ("extra.title", "kind")],
)
def test_letter_in_a_field_that_no_commitment_tells_words_none_anew(
    monkeypatch: pytest.MonkeyPatch, question: str, cell: str
) -> None:
    told = Told("A", "B")
    told.say("open.contributions", {"rows": [{"text": "un local", "state": "accepted"}]}, "A")
    composer = Composer(GUIDE)
    composer.agreement(told.partnership, "fr")
    with monkeypatch.context() as patched:
        patched.setattr(partner_sections, "_partner_commitments", lambda *_of: pytest.fail("worded anew"))
        subject = (told.ids["A"],) if question == "open.who" else ()
        entry = told.ids["A"] if subject else question
        told.take(Change(entry, question, cell, "agreement" if cell == "kind" else "2027-03-01", subject=subject))
        found = composer.agreement(told.partnership, "fr")
    assert found == Composer(GUIDE).agreement(told.partnership, "fr")


def test_letter_in_a_name_without_a_capital_tells_anew_that_partner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told, made = Told("A", "B", "C"), list[str]()
    told.say("open.involvement", {"level": "leads", "agreed": True}, "B")
    composer, given = Composer(GUIDE), partner_sections._item
    composer.agreement(told.partnership, "fr")

    def counted(phrasing: Phrasing, partner: Partner, involved: str) -> Item:
        made.append(partner.id)
        return given(phrasing, partner, involved)

    for name, anew in (("art", ["A"]), ("niveau", ["A", "B"])):  # « niveau d'implication » begins with it
        made.clear()
        told.take(Change(told.ids["A"], "open.who", "name@fr", name, subject=(told.ids["A"],)))
        with monkeypatch.context() as patched:
            patched.setattr(partner_sections, "_item", counted)
            found = composer.agreement(told.partnership, "fr")
        assert made == [told.ids[partner] for partner in anew]
        assert found == Composer(GUIDE).agreement(told.partnership, "fr")


@pytest.mark.parametrize(
    ("cell", "value", "sections"),
    [
        ("value", {"amount": "12", "currency": "CAD"}, ["resources"]),
        ("recipients", "les", ["resources"]),
        ("effort", "3 h", ["commitments"]),
        ("owner", "avec", ["commitments", "responsibilities"]),
    ],
)  # fmt: skip
def test_letter_in_a_commitment_makes_anew_the_sections_alone_that_tell_its_field(
    monkeypatch: pytest.MonkeyPatch, cell: str, value: Any, sections: list[str]
) -> None:
    told, made = Told("A", "B"), list[str]()
    told.say("open.contributions", {"rows": [{"text": "un local", "state": "accepted", "type": "money"}]}, "A")
    composer, put_together = Composer(GUIDE), Composer._section
    composer.agreement(told.partnership, "fr")

    def counted(composer: Composer, *of: Any) -> Section | None:
        made.append(of[1].id)
        return put_together(composer, *of)

    (row,) = told.partnership.rows("open.contributions", "rows")
    told.take(Change(row.id, row.question, cell, value, row.part, row.subject))
    with monkeypatch.context() as patched:
        patched.setattr(Composer, "_section", counted)
        found = composer.agreement(told.partnership, "fr")
    assert sorted(made) == sorted(sections)
    assert found == Composer(GUIDE).agreement(told.partnership, "fr")


def test_letter_in_a_name_asks_once_for_the_owner_of_all_commitments_of_a_partner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = Told("A", "B")
    for name, owner in (("A", "B"), ("B", "Zoé")):
        rows = [{"text": f"un local {n}", "state": "accepted", "owner": owner} for n in range(5)]
        told.say("open.contributions", {"rows": rows}, name)
    composer, asked = Composer(GUIDE), list[str]()
    composer.agreement(told.partnership, "fr")
    given = partner_sections._titled_name

    def counted(phrasing: Phrasing, row: Entry, field: str) -> str:
        asked.append(field)
        return given(phrasing, row, field)

    monkeypatch.setattr(partner_sections, "_titled_name", counted)
    told.take(Change(told.ids["A"], "open.who", "name@fr", "Apollon", subject=(told.ids["A"],)))
    monkeypatch.setattr(
        partner_sections, "_partner_commitments", lambda *_of: iter(())
    )  # it names each owner in its own line
    composer.agreement(told.partnership, "fr")
    assert asked == ["owner", "owner"]


def test_words_above_a_list_change_without_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    told, worded = Told("A", "B"), list[str]()
    told.say("open.contributions", {"rows": [{"text": "un local", "state": "accepted"}]}, "A")
    composer, word = Composer(GUIDE), partner_sections.sentence
    before = composer.agreement(told.partnership, "fr")

    def counted(phrasing: Phrasing, row: Entry) -> str:
        worded.append(row.id)
        return word(phrasing, row)

    monkeypatch.setattr(partner_sections, "sentence", counted)
    told.say("extra.legal", {"nature": "intention"})
    after = composer.agreement(told.partnership, "fr")
    assert worded == []
    assert after != before
    assert after == Composer(GUIDE).agreement(told.partnership, "fr"), "what was kept is what would be made"
