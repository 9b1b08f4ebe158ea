"""Tests that a section is composed again only for fields that it prints."""

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


@pytest.mark.parametrize("named", [False, True], ids=["not named", "named by a commitment"])
@pytest.mark.parametrize("of", ["group", "person"])
def test_a_name_typed_composes_the_sections_that_name_it(of: str, named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    told, composer, composed = full(), Composer(GUIDE), set[str]()
    members = {"ids": [told.ids["A"], told.ids["B"]], "group": ""}
    told.say("extra.groups", {"name": "les organismes du quartier", "members": members}, op="add")
    group = told.partnership.rows("extra.groups", "rows")[0]
    person = told.partnership.rows("open.who", "people")[0]
    names = {"partners": {**members, "group": group.id}} if of == "group" else {"owner": {"person": person.id}}
    if named:
        commitment = told.partnership.rows("open.contributions", "rows")[0].id
        told.say("open.contributions", names, "B", row=commitment)

    def watched(name: str, compose: compose_room.Compose) -> compose_room.Compose:
        def watching(phrasing: Phrasing) -> tuple[Block, ...]:
            composed.add(name)
            return compose(phrasing)

        return watching

    composer.agreement(told.partnership, "fr")
    sections = {name: (watched(name, compose), reads) for name, (compose, reads) in compose_room._SECTIONS.items()}
    monkeypatch.setattr(compose_room, "_SECTIONS", sections)
    row = group if of == "group" else person
    told.say(row.question, {"name": "les voisins" if of == "group" else "Zoé"}, row=row.id)
    after, anew = composer.agreement(told.partnership, "fr"), frozenset(composed)
    assert after == Composer(GUIDE).agreement(told.partnership, "fr"), "what was kept is what would be made"
    assert ("commitments" in anew) == named
    assert not anew & {"vision", "objectives", "background", "term", "disputes"}
