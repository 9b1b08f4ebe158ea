"""Tests of what is due on a day: each kind of date, when it is late, and what closes it."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.due import (
    LATE,
    LATER,
    MONTH,
    UNDATED,
    DueItem,
    counts,
    due,
    due_words,
    group_of,
    renewed_until,
    without_private,
)
from tui.partnership.outcomes import outcome_changes
from tui.partnership.privacy import published
from tui.partnership.values import Change, as_of
from tui.partnership.versions import SENT, Sent, Version
from tui.text.dates import last_day

DAY = "2027-02-10"


def items_of(told: Told, day: str = DAY, versions: tuple[Version, ...] = ()) -> tuple[DueItem, ...]:
    """What is due of a told partnership on a day."""
    partnership = as_of(told.partnership, day)
    public = published(GUIDE, partnership)
    return due(partnership, public.view, public.answers, day, "", versions)


def dates_of(told: Told, day: str = DAY) -> dict[str, str]:
    """The date of each kind of thing that is due."""
    return {one.kind: one.date for one in items_of(told, day)}


def pair() -> Told:
    """Two partners who may be named."""
    return Told("Université", "Clinique")


def sent(told: Told, partner: str, number: int, on: str, by: str) -> None:
    """Note that a draft went to a partner."""
    row = f"sent{number:06}"
    seen = dict(published(GUIDE, told.partnership).points)
    partners = {"ids": [told.ids[partner]], "group": ""}
    cells = {"#order": str(number), "on": on, "number": number, "answer_by": by, "seen": seen, "partners": partners}
    told.take(*(Change(row, SENT, cell, value, "rows") for cell, value in cells.items()))


@pytest.mark.parametrize(
    ("iso", "group"),
    [
        ("", UNDATED), ("2027-02-09", LATE), ("2027-02-10", MONTH), ("2027-02-28", MONTH), ("2027-03-01", LATER),
        ("2027-01", LATE), ("2027-02", MONTH), ("2027-03", LATER), ("2026", LATE), ("2027", MONTH), ("2028", LATER),
    ],
)  # fmt: skip
def test_date_is_late_once_its_last_day_is_over(iso: str, group: str) -> None:
    assert group_of(iso, DAY) == group


def test_each_dated_answer_is_due() -> None:
    told = pair()
    told.say("gather.objectives", {"text": "un guide", "due": "2027-03"}, op="add")
    told.say("extra.review", {"date": "2027-06"})
    told.say("extra.dates", {"period": "2026-01-01..2027-12-31"}, op="add")
    told.say("extra.points", {"text": "le gardien", "due": "2027-02-01"}, op="add")
    told.say("meeting.held", {"tasks": [{"text": "réserver", "due": "2027-02-20"}]})
    told.say("gather.lead", {"partner": "Université", "until": "2027-09-01"}, op="add")
    told.say("follow.deadlines", {"what": "rapport", "due": "2027-03-31"}, op="add")
    told.say("commit.funding", {"source": "fonds", "status": "acquired", "due": "2027-04-01"}, op="add")
    row = {"text": "prêter une salle", "state": "accepted", "due": "2027-01-15"}
    told.say("open.contributions", row, "Clinique", op="add")
    assert dates_of(told) == {
        "objective": "2027-03", "review": "2027-06", "end": "2027-12-31", "point": "2027-02-01", "task": "2027-02-20",
        "role": "2027-09-01", "deadline": "2027-03-31", "money": "2027-04-01", "commitment": "2027-01-15",
    }  # fmt: skip
    listed = items_of(told)
    assert [last_day(one.date) for one in listed] == sorted(last_day(one.date) for one in listed)
    assert counts(listed, DAY) == (2, 1)


def test_nothing_is_due_of_a_partnership_without_dates() -> None:
    assert items_of(pair()) == ()


def test_term_that_goes_on_gives_a_day_of_notice_each_year() -> None:
    told = pair()
    told.say("extra.dates", {"period": "2026-01-01..2026-12-31"}, op="add")
    assert dates_of(told)["end"] == "2026-12-31"
    told.say("extra.review", {"renewal": "tacit", "notice": 60})
    assert dates_of(told, "2026-06-01") == {"renews": "2026-12-31", "notice": "2026-11-01"}
    assert dates_of(told, "2026-11-01") == {"renews": "2026-12-31", "notice": "2026-11-01"}, "its last day"
    assert dates_of(told, "2026-12-01") == {"renews": "2026-12-31"}, "nobody can give notice any more"
    assert dates_of(told, "2027-01-01") == {"renews": "2027-12-31", "notice": "2027-11-01"}
    told.say("extra.review", {"renewal": "agreed", "notice": 90})
    assert dates_of(told, "2026-06-01") == {"end": "2026-12-31", "renew": "2026-10-02"}
    assert renewed_until("2024-02-29", "2025-02-28").isoformat() == "2025-02-28"


def test_report_comes_back_by_its_frequency_once_it_is_given() -> None:
    told = pair()
    told.say("gather.governance", {"reports": [{"what": "le bilan", "frequency": "aux six mois"}]})
    (report,) = told.partnership.rows("gather.governance", "reports")
    assert dates_of(told) == {}, "before the adoption nothing counts from a day"
    told.setting("adopted", {"on": "2026-06-15", "text": "x"})
    assert dates_of(told) == {"report": "2026-12-15"}
    told.take(*outcome_changes(told.partnership, report.id, {"state": "done", "of": "2026-12-15"}))
    assert dates_of(told) == {"report": "2027-06-15"}


@pytest.mark.parametrize("frequency", ["15 juin 2027", "June 15, 2027", "15/6/2027", "6/15/2027"])
def test_report_on_a_date_that_the_text_names_is_due_that_day(frequency: str) -> None:
    told = pair()
    told.say("gather.governance", {"reports": [{"what": "le bilan", "frequency": frequency}]})
    assert dates_of(told) == {"report": "2027-06-15"}


def test_periods_in_any_order_end_with_the_term() -> None:
    told = pair()
    for period in ("2028-01-01..2028-12-31", "2027-01-01..2027-12-31"):
        told.say("extra.dates", {"label": "phase", "period": period}, op="add")
    assert dates_of(told) == {"end": "2028-12-31", "period_end": "2027-12-31"}


def test_outcome_closes_what_it_is_about() -> None:
    told = pair()
    (row,) = told.say("gather.objectives", {"text": "un guide", "due": "2027-01"}, op="add")
    told.take(*outcome_changes(told.partnership, row, {"state": "partly"}))
    assert dates_of(told) == {"objective": "2027-01"}
    told.take(*outcome_changes(told.partnership, row, {"state": "kept"}))
    assert dates_of(told) == {}
    told.say("extra.review", {"date": "2027-01"})
    told.take(*outcome_changes(told.partnership, "extra.review", {"state": "done", "of": "2027-01"}))
    assert dates_of(told) == {}
    told.say("extra.review", {"date": "2028-01"})
    assert dates_of(told) == {"review": "2028-01"}, "another date is another review"


@pytest.mark.parametrize(
    ("on", "opened", "listed"),
    [
        ("2027-02-09", "", False), (DAY, "", True), ("2027-02-11", "", True), (DAY, f"{DAY}T18:00:00-05:00", False),
        ("2027-02", "", True), ("2027-01", "", False), ("", "", False),
    ],
)  # fmt: skip
def test_meeting_is_listed_until_it_begins_or_its_day_is_over(on: str, opened: str, listed: bool) -> None:
    told = pair()
    told.take(*(Change("meeting00a", "meeting.held", cell, value, "rows") for cell, value in (
        ("#order", "5"), ("place@fr", "au local"), ("on", on), ("opened", opened)
    )))  # fmt: skip
    assert [(one.kind, one.date) for one in items_of(told)] == ([("meeting", on)] if listed else [])


def test_partner_who_left_owes_nothing() -> None:
    told = pair()
    told.say("open.contributions", {"text": "x", "state": "accepted", "due": "2027-01"}, "Clinique", op="add")
    told.say("open.who", {"until": "2027-01-31"}, "Clinique")
    assert dates_of(told, "2027-01-15") == {"commitment": "2027-01", "leaving": "2027-01-31"}
    assert dates_of(told) == {}
    told.say("open.who", {"status": "declined", "until": "2027-12-31"}, "Université")
    assert dates_of(told) == {}, "who declined leaves nothing on that day"


def test_commitment_of_two_is_due_of_the_one_that_stays() -> None:
    told = pair()
    row = {"text": "x", "state": "accepted", "due": "2027-03", "partners": list(told.ids)}
    told.say("open.contributions", row, "Université", op="add")
    assert [one.partner for one in items_of(told)] == [told.ids["Université"]]
    told.say("open.who", {"until": "2027-01-31"}, "Université")
    assert [one.partner for one in items_of(told)] == [told.ids["Clinique"]]


@pytest.mark.parametrize(("next_on", "field"), [("", "next"), ("2027-03-01", "next_on")])
def test_step_after_a_call_is_dated_where_it_is_written(next_on: str, field: str) -> None:
    told = pair()
    call = {"on": "2027-01-05", "text": "vu", "next": "rappeler", **({"next_on": next_on} if next_on else {})}
    told.say("note.calls", call, "Clinique", op="add")
    (step,) = items_of(told)
    assert (step.kind, step.date, step.field, step.private) == ("call", next_on, field, True)


@pytest.mark.parametrize(
    ("version", "on", "awaited"), [("v1", "", True), ("v0", "", False), ("v1", "2027-02-01", False)]
)
def test_signature_is_awaited_on_the_adopted_version_alone(version: str, on: str, awaited: bool) -> None:
    told = pair()
    told.setting("adopted", {"version": "v1", "on": "2027-01-15", "text": "x"})
    cells = {"#order": "5", "version": version, "name": "Nadia", "asked": "2027-01-20", **({"on": on} if on else {})}
    for cell, value in cells.items():
        told.take(Change("row0000001", "follow.signatures", cell, value, "rows", (told.ids["Clinique"],)))
    assert [(one.kind, one.since) for one in items_of(told)] == ([("signature", "2027-01-20")] if awaited else [])


def test_awaited_answer_keeps_its_id_when_another_draft_goes_out() -> None:
    told = pair()
    sent(told, "Clinique", 1, "2027-01-05", "2027-01-31")
    (first,) = items_of(told)
    sent(told, "Clinique", 2, "2027-02-01", "2027-03-15")
    (later,) = items_of(told)
    assert (first.id, first.date, first.number) == (later.id, "2027-01-31", 1)
    assert (later.date, later.number, later.since) == ("2027-03-15", 2, "2027-02-01")
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    assert items_of(told) == ()


def test_words_name_the_draft_to_answer_and_the_partner_in_short() -> None:
    told = pair()
    told.say("open.who", {"short_name": "CDP"}, "Clinique")
    sent(told, "Clinique", 2, "2027-01-05", "2027-01-31")
    words = [due_words(GUIDE, told.partnership, one, "fr") for one in items_of(told)]
    assert words == [GUIDE.word("due_answer_to", "fr", number=2, name="CDP")]
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    told.say("gather.vision", {"vision": "une autre fin"})
    words = [due_words(GUIDE, told.partnership, one, "fr") for one in items_of(told)]
    assert words == [GUIDE.word("due_confirm", "fr", name="CDP")]


def test_answer_is_no_secret_where_a_version_tells_of_the_sending() -> None:
    told = pair()
    sent(told, "Clinique", 1, "2027-01-05", "2027-01-31")
    kept = Version(
        "v", 1, "draft", "2027-01-05", sent=Sent("2027-01-05", "email", (told.ids["Clinique"],), 0, "2027-01-31")
    )
    assert [one.private for one in items_of(told)] == [True]
    assert [one.private for one in items_of(told, versions=(kept,))] == [False]
    (bare,) = without_private(items_of(told))
    assert (bare.date, bare.number, bare.since) == ("", 0, "")


def test_words_of_the_public_list_hold_nothing_private() -> None:
    told = pair()
    told.join("Refuge secret", status="prospective")
    told.say("commit.consensus", {"level": "agree", "ratify_by": "CA secret", "ratify_on": "2027-01-12"}, "Clinique")
    told.say("commit.funding", {"source": "Fonds secret", "status": "sought", "due": "2027-05-01"}, op="add")
    sent(told, "Refuge secret", 1, "2027-01-05", "2027-01-31")
    view = published(GUIDE, told.partnership).view
    listed = items_of(told)
    assert {one.kind for one in listed} == {"answer", "ratify", "money"}
    for lang in ("fr", "en"):
        assert "secret" not in " ".join(due_words(GUIDE, view, one, lang) for one in listed)
        assert "secret" in " ".join(due_words(GUIDE, told.partnership, one, lang) for one in listed)
    assert {one.kind: one.date for one in without_private(listed)} == {"answer": "", "ratify": ""}


def test_papers_of_a_body_are_due_before_its_sitting_and_private() -> None:
    told = pair()
    fields = {"level": "agree", "ratify_by": "conseil", "ratify_sittings": "3 mars 2027", "ratify_papers": 10}
    told.say("commit.consensus", fields, "Clinique")
    (papers,) = (one for one in items_of(told) if one.kind == "papers")
    assert (papers.date, papers.partner, papers.private) == ("2027-02-21", told.ids["Clinique"], True)
    assert due_words(GUIDE, told.partnership, papers, "fr") == "Dossiers à remettre à l'instance (Clinique)"
    assert all(one.kind != "papers" for one in without_private(items_of(told)))


def test_adoption_settles_what_was_asked_before_it() -> None:
    told = pair()
    sent(told, "Université", 1, "2026-11-02", "2026-11-20")
    told.take(Change("settings", "settings", "adopted", {"version": "v" * 10, "on": "2027-01-20", "text": "x"}))

    def awaited() -> list[str]:
        partnership = as_of(told.partnership, DAY)
        public = published(GUIDE, partnership)
        items = due(partnership, public.view, public.answers, DAY, "changed", ())
        return [one.kind for one in items if one.partner == told.ids["Université"]]

    assert awaited() == [], "nobody was asked about what changed since"
    sent(told, "Université", 2, "2027-01-20", "2027-02-20")
    assert awaited() == ["answer"], "sent on the day of the adoption, behind it"
