"""Tests of what is public, by field and by state; unchanged entries stay the same objects."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tui.agreement.compose import Composer
from tui.guide.guide_types import Guide, Question
from tui.partnership.holes import open_holes
from tui.partnership.name_references import partner_of
from tui.partnership.partner_words import own_answers
from tui.partnership.partners import active, partners
from tui.partnership.privacy import PrivacyConditions, PublicView, is_public, public_entries, public_entry, public_view
from tui.partnership.values import ORDER, REMOVED, STATE, Cell, Change, Entry, Partnership, as_of

SECRET = "zanzibar"


def seen(told: Told) -> bool:
    """Whether the secret is anywhere in the public view."""
    assert SECRET in repr(told.partnership), "the secret was told"
    return SECRET in repr(public_view(GUIDE, told.partnership))


def fields() -> list[tuple[Question, str, str]]:
    """Every field that is private whatever happens."""
    return [
        (question, part.id, field.id)
        for question in GUIDE.by_id.values()
        for part in question.parts
        for field in part.fields
        if field.private and not part.store
    ]


def test_a_lead_typed_by_name_is_not_told_before_its_partner_may_appear() -> None:
    told = Told()
    told.join("A", status="interested")
    told.join("B", status="contacted")
    told.say("gather.lead", {"rows": [{"partner": "B", "person": {"name": SECRET}}]})
    views = PublicView(GUIDE)
    assert SECRET not in repr(views.of(told.partnership).view)
    told.say("open.who", {"status": "interested"}, "B")
    assert SECRET in repr(views.of(told.partnership).view)
    told.say("open.who", {"status": "withdrawn"}, "B")
    assert seen(told), "it might appear before"


@pytest.mark.parametrize(("question", "part", "field"), fields(), ids=lambda one: getattr(one, "id", one))
def test_a_private_field_is_never_public(question: Question, part: str, field: str) -> None:
    told = Told("A", status="signatory")
    entry = Entry("x", question.id, part, (told.ids["A"],))
    for cell in (field, f"{field}@fr", f"{field}@en"):
        assert not is_public(GUIDE, told.partnership, entry, cell)


@pytest.mark.parametrize(
    ("status", "public"),
    [*(("prospective", False), ("contacted", False), ("interested", True), ("committed", True), ("signatory", True)),
     *(("declined", False), ("withdrawn", False), ("", False))],
)  # fmt: skip
def test_a_partner_and_its_people_appear_from_interested_on(status: str, public: bool) -> None:
    told = Told()
    people = [{"name": f"Marie {SECRET}", "title": SECRET}]
    told.join(f"Centre {SECRET}", role=SECRET, people=people, **({"status": status} if status else {}))
    assert seen(told) is public
    told.say("open.who", {"named": True}, f"Centre {SECRET}")
    assert seen(told), "on an explicit yes"


@pytest.mark.parametrize(("withheld", "public"), [(None, True), (False, True), (True, False)])
def test_an_address_that_is_withheld_stays_private(withheld: bool | None, public: bool) -> None:
    told = Told("A")
    told.say("open.who", {"address": f"12, rue {SECRET}", "address_withheld": withheld}, "A")
    assert seen(told) is public


def test_settings_and_the_place_of_a_partner_are_public() -> None:
    told = Told("A", status="prospective")
    told.setting("positions", "long")
    entry = told.partnership.entries[told.ids["A"]]
    assert public_view(GUIDE, told.partnership).setting("positions") == "long"
    assert is_public(GUIDE, told.partnership, entry, ORDER)


JOINED = ("interested", "committed", "signatory")


@pytest.mark.parametrize("before", ["prospective", "contacted", *JOINED, "declined"])
@pytest.mark.parametrize("since", [(), ("declined",), ("contacted",)])
def test_leaving_makes_nothing_public(before: str, since: tuple[str, ...]) -> None:
    told = Told("A")
    told.join(f"Centre {SECRET}", status=before, people=[{"name": f"Marie {SECRET}", "title": SECRET}])
    name = told.ids[f"Centre {SECRET}"]
    person = told.partnership.rows("open.who", "people")[0].id
    told.say("gather.lead", {"rows": [{"partner": name, "person": {"person": person}}]})
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": [{"partner": name}, {"person": person}]}]})
    for status in (*since, "withdrawn"):
        told.say("open.who", {"status": status, "until": "2026-11"}, f"Centre {SECRET}")
        left = status == "withdrawn" and not since and before in JOINED
        assert seen(told) is left
        for lang in ("fr", "en"):
            assert (SECRET in repr(Composer(GUIDE).agreement(told.partnership, lang))) is left
    told.say("open.who", {"until": None}, f"Centre {SECRET}")
    assert seen(told) is left
    told.say("open.who", {"status": "contacted"}, f"Centre {SECRET}")
    assert not seen(told), "what it left as is no longer told of"


@pytest.mark.parametrize("status", ["prospective", "contacted", "declined", "withdrawn"])
def test_a_name_that_was_shown_on_an_explicit_yes_goes_with_that_yes(status: str) -> None:
    told = Told()
    told.join(f"Centre {SECRET}", named=True, status=status)
    told.say("open.who", {"status": "withdrawn"}, f"Centre {SECRET}")
    assert seen(told)
    told.say("open.who", {"named": False}, f"Centre {SECRET}")
    assert not seen(told)


@pytest.mark.parametrize(("state", "public"), [("wished", False), ("confirmed", True), ("accepted", True)])
def test_a_contribution_appears_once_confirmed(state: str, public: bool) -> None:
    told = Told("A")
    told.say("open.contributions", {"text": SECRET, "state": state}, "A", op="add")
    assert seen(told) is public


@pytest.mark.parametrize(("status", "public"), [("sought", False), ("requested", False), ("acquired", True)])
def test_money_appears_once_acquired(status: str, public: bool) -> None:
    told = Told()
    told.say("commit.funding", {"source": SECRET, "status": status})
    assert seen(told) is public


@pytest.mark.parametrize("question", ["gather.procedures", "commit.consensus"])
@pytest.mark.parametrize(("leave", "public"), [(None, False), ("no", False), ("ask", False), ("yes", True)])
def test_a_reservation_appears_with_leave(question: str, leave: str | None, public: bool) -> None:
    told = Told("A")
    told.say(question, {"level": "reservation", "reservation": SECRET, "leave": leave}, "A")
    assert seen(told) is public


@pytest.mark.parametrize(("agreed", "public"), [(None, False), (False, False), (True, True)])
def test_a_level_of_involvement_appears_once_agreed(agreed: bool | None, public: bool) -> None:
    told = Told("A")
    told.say("open.involvement", {"level": "decides", "agreed": agreed}, "A")
    assert ("decides" in repr(public_view(GUIDE, told.partnership))) is public


def test_a_hole_that_a_private_answer_fills_is_open_to_nobody() -> None:
    told = Told("A")
    told.say("commit.funding", {"source": SECRET, "status": "sought"}, op="add")
    found = PublicView(GUIDE).of(told.partnership)
    assert not seen(told) and "money" in {rule.id for rule, _partner in open_holes(GUIDE, found.view)}
    assert "money" not in {rule.id for rule, _partner in found.holes}


def test_what_the_guide_does_not_know_is_private() -> None:
    told = Told("A")
    for entry in (Entry("x", "call.notes"), Entry("x", "gather.vision", "margin"), Entry("x", "gather.vision")):
        assert not is_public(GUIDE, told.partnership, entry, "note")


def test_a_conflict_on_a_private_cell_is_private() -> None:
    told = Told("A")
    for text in ("un", SECRET):
        told.say("open.history", text, "A", base=0)
        told.say("gather.vision", text, base=0)
    assert [one.question for one in told.partnership.conflicts] == ["open.history", "gather.vision"]
    assert [one.question for one in public_view(GUIDE, told.partnership).conflicts] == ["gather.vision"]


def test_positions_are_counted_and_not_named() -> None:
    told = Told("A", "B", "C", "D")
    told.say("commit.consensus", "discuss", "D")
    told.say("open.who", {"status": "declined"}, "D")
    for name, level in zip("ABC", ("agree", "agree", "disagree"), strict=True):
        told.say("commit.consensus", level, name)
    view = public_view(GUIDE, told.partnership)
    assert view.tallies == {"commit.consensus": {"agree": 2, "disagree": 1}}
    assert "disagree" not in repr(view.entries)


def test_counts_that_were_handed_over_stand_without_the_positions() -> None:
    told = Told("A", "B", "C")
    for name in "ABC":
        told.say("commit.consensus", "agree", name)
    handed = public_view(GUIDE, told.partnership)
    assert public_view(GUIDE, handed).tallies == {"commit.consensus": {"agree": 3}}


def test_the_view_of_a_view_is_the_same() -> None:
    told = Told("A", status="contacted")
    told.say("gather.vision", "Une oreille")
    once = public_view(GUIDE, told.partnership)
    assert public_view(GUIDE, once) == once


def test_entries_nobody_touched_keep_their_identity() -> None:
    told = Told("A", "B")
    told.say("open.who", {"people": ["Marie"], "reason": "x"}, "A")
    told.say("gather.vision", "Une oreille")
    views = PublicView(GUIDE)
    before = views.of(told.partnership).view
    told.say("gather.level", "networking")
    after = views.of(told.partnership).view
    assert all(after.entries[name] is entry for name, entry in before.entries.items())


def test_a_status_that_changes_hides_the_people_it_showed() -> None:
    told = Told("A")
    told.say("open.who", {"people": [f"Marie {SECRET}"]}, "A")
    views = PublicView(GUIDE)
    assert SECRET in repr(views.of(told.partnership).view)
    told.say("open.who", {"status": "declined"}, "A")
    assert SECRET not in repr(views.of(told.partnership).view)


def test_a_status_that_changes_filters_again_no_more_than_what_is_about_its_partner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = Told("A", "B")
    for name in "AB":
        told.say("open.who", {"people": [f"Marie {SECRET}"]}, name)
        told.say("open.contributions", {"rows": [{"text": "un local", "state": "accepted"}]}, name)
    told.say("gather.lead", {"rows": [{"partner": "B", "person": {"name": "Luc"}}]})
    views, filtered = PublicView(GUIDE), list[Entry]()
    views.of(told.partnership)

    def counted(guide: Guide, partnership: Partnership, entry: Entry) -> Entry | None:
        filtered.append(entry)
        return public_entry(guide, partnership, entry)

    monkeypatch.setattr("tui.partnership.privacy.public_entry", counted)
    told.say("open.who", {"status": "declined"}, "B")
    found = views.of(told.partnership).view
    monkeypatch.undo()
    about = {told.ids["B"], *(name for name, entry in told.partnership.entries.items() if told.ids["B"] in repr(entry))}
    assert {entry.id for entry in filtered} == about and len(about) == 4 < len(told.partnership.entries)
    assert found == public_view(GUIDE, told.partnership)


def test_stored_counts_stand_only_where_they_know_of_more_answers() -> None:
    told = Told("A", "B")
    told.say("commit.consensus", "agree", "A")
    stored = replace(told.partnership, tallies={"commit.consensus": {"disagree": 1}})
    assert public_view(GUIDE, stored).tallies == {"commit.consensus": {"agree": 1}}
    more = replace(told.partnership, tallies={"commit.consensus": {"disagree": 1, "agree": 1}})
    assert public_view(GUIDE, more).tallies == {"commit.consensus": {"disagree": 1, "agree": 1}}


def test_what_is_kept_of_the_entries_alone_has_no_conflict_and_no_count() -> None:
    told = Told("A")
    for text in ("un", "deux"):
        told.say("gather.vision", text, base=0)
    told.say("commit.consensus", "agree", "A")
    view, alone = public_view(GUIDE, told.partnership), public_entries(GUIDE, told.partnership)
    assert view.conflicts and view.tallies
    assert (alone.entries, alone.conflicts, dict(alone.tallies)) == (view.entries, (), {})


@pytest.mark.parametrize("mark", [ORDER, REMOVED, STATE])
def test_of_what_is_wholly_private_no_more_than_a_state_is_seen(mark: str) -> None:
    told = Told("A")
    cells = {"reason": Cell(SECRET, 1), mark: Cell("to_discuss", 1)}
    entry = Entry("open.how_many", "open.how_many", cells=cells)
    seen = public_entry(GUIDE, told.partnership, entry)
    assert (None if seen is None else dict(seen.cells)) == ({STATE: cells[STATE]} if mark == STATE else None)


def test_a_view_that_is_kept_finds_rows_as_one_made_anew() -> None:
    told = Told("A", "B")
    views = PublicView(GUIDE)

    def same() -> bool:
        view, anew = views.of(told.partnership).view, public_view(GUIDE, told.partnership)
        return (view.by_part, view.by_giver) == (anew.by_part, anew.by_giver)

    assert same()
    (row,) = told.say("open.contributions", {"text": "la salle", "state": "confirmed"}, "B", op="add")
    assert same(), "a row more"
    told.say("open.contributions", {"text": "la salle verte"}, "B", row=row)
    assert same(), "a row reworded"
    told.say("open.contributions", {"state": "wished"}, "B", row=row)
    assert same(), "a row that is private again"
    wished = told.partnership
    told.say("open.contributions", {"state": "confirmed"}, "B", row=row)
    assert same(), "a row that is public again"
    told.partnership = replace(wished, entries={name: one for name, one in wished.entries.items() if name != row})
    assert same(), "a row that is not there"
    told.partnership = wished
    assert same(), "a row that comes back private"
    told.say("open.who", {"status": "declined"}, "B")
    assert same(), "a partner less"


STATUSES = ("prospective", "contacted", "interested", "committed", "signatory", "declined", "withdrawn")
DATES = (None, "2026-11", "2026-11-21", "2027", {"typed": "un jour"})


@pytest.mark.parametrize("named", [None, True])
def test_the_view_knows_who_counts_and_whose_people_hide(named: bool | None) -> None:
    """Of every partner, as the whole partnership does: its dates and its people may be private."""
    told = Told()
    for number, (status, until) in enumerate(product(STATUSES, DATES)):
        name = f"p{number:09}"
        cells = {"name@fr": name, "status": status, "until": until, "named": named}
        told.take(*(Change(name, "open.who", cell, held, "", (name,)) for cell, held in cells.items()))
        for row, question, part, subject in ((f"{name}m", "open.who", "people", (name,)),
                                             (f"{name}x", "open.who", "people", ()),
                                             (f"{name}y", "open.trust", "people", (name,)),
                                             (f"{name}z", "open.who", "later", (name,))):  # fmt: skip
            told.take(Change(row, question, "name", "Marie", part, subject))
    told.partnership = as_of(told.partnership, "2026-11-22")
    view = public_view(GUIDE, told.partnership)
    assert [one.id for one in active(view)] == [one.id for one in active(told.partnership)]
    everyone = [one.id for one in partners(told.partnership)]
    assert {one: partner_of(view, {"person": f"{one}m"}) for one in everyone} == {one: one for one in everyone}
    assert set(view.counts) == {one.id for one in partners(told.partnership) if "name@fr" not in seen_of(view, one.id)
                                and one.entry.get("until")}  # fmt: skip
    assert set(view.hidden_people) == {f"{one}m" for one in everyone} - set(view.entries)
    assert set(view.entries) & {f"{one}m" for one in everyone} and bool(view.hidden_people) is (not named)


def seen_of(view: Partnership, name: str) -> set[str]:
    """The keys of what is seen of an entry."""
    entry = view.entry(name)
    return set(entry.cells) if entry else set()


def test_partners_decide_anew_whose_conditions_changed() -> None:
    """Of any cell of any entry: what no condition asks for, and what is no partner, makes no row be read anew."""
    told = Told("A", "B")
    told.say("open.who", {"people": [{"name": "Marie"}]}, "A")
    told.say("open.contributions", {"text": "t", "state": "wished"}, "B", op="add")
    conditions, here = PrivacyConditions(GUIDE), set(told.ids.values())
    parts = [part for question in GUIDE.by_id.values() for part in question.parts]
    asked = {condition.field for part in parts for condition in part.public_when}
    assert conditions.changed(told.partnership) == here and conditions.changed(told.partnership) == set()
    cells = {*asked, "name@fr", "reason@fr", "until", "text@fr", "state"}
    for entry, cell in product(list(told.partnership.entries.values()), sorted(cells)):
        decides = entry.question == "open.who" and not entry.part and cell in asked
        told.take(Change(entry.id, entry.question, cell, "autre", entry.part, entry.subject))
        assert conditions.changed(told.partnership) == ({entry.id} if decides else set()), (entry.id, cell)
        told.take(Change(entry.id, entry.question, cell, None, entry.part, entry.subject))
        assert conditions.changed(told.partnership) == ({entry.id} if decides else set()), (entry.id, cell)
    assert conditions.changed(replace(told.partnership, entries={})) == here


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_whoever_a_partner_named_is_told_to_it_by_name(lang: str) -> None:
    """A listed person, a partner or anyone else, as the one that answers for a commitment."""
    told = Told("A", "B")
    told.take(Change("marie", "open.who", "name", "Marie", "people", (told.ids["A"],)))
    for value, name in (({"person": "marie"}, "Marie"), ({"partner": told.ids["B"]}, "B"), ({"name": "Zoé"}, "Zoé")):
        (row,) = told.say("open.contributions", {"text": f"t {name}", "state": "accepted"}, "A", op="add")
        told.take(Change(row, "open.contributions", "owner", value, "rows", (told.ids["A"],)))
        words = [one.words for one in own_answers(GUIDE, told.partnership, "open.contributions", told.ids["A"], lang)
                 if one.entry.id == row]  # fmt: skip
        assert len(words) == 1 and words[0].endswith((f": {name}", f":\u00a0{name}"))


@pytest.mark.parametrize("typed", [("fr",), ("en",), ("fr", "en")])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_partner_reads_its_answers_in_its_language(lang: str, typed: tuple[str, ...]) -> None:
    """Each text of an answer, else as it was typed in the other language."""
    told = Told("A")
    row, subject = "commitment", (told.ids["A"],)
    cells = {"state": "accepted", **{f"text@{one}": f"words {one}" for one in typed}}
    told.take(*(Change(row, "open.contributions", cell, held, "rows", subject) for cell, held in cells.items()))
    (answer,) = own_answers(GUIDE, told.partnership, "open.contributions", told.ids["A"], lang)
    assert f"words {lang if lang in typed else typed[0]}" in answer.words and answer.words.count("words") == 1
