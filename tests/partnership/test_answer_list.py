"""Tests of the list of who was asked, answered or is late, and of what anyone may see of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.test_due import sent
from tests.partnership.told import GUIDE, Told
from tui.partnership.answer_list import (
    ANSWERED,
    AWAITED,
    LATE,
    REREAD,
    REVIEW,
    UNASKED,
    UNCONFIRMED,
    PartnerAnswer,
    answer_list,
    without_private,
)
from tui.partnership.positions import PositionStatus
from tui.partnership.privacy import published
from tui.partnership.received_answers import confirmed_changes, noted_changes, words_digest
from tui.partnership.values import STATE, Change, answer_id
from tui.partnership.versions import Sent, Version

CONSENSUS, ONE = "commit.consensus", "Clinique"


def line(told: Told, day: str) -> PartnerAnswer:
    """The line of the partner."""
    found = answer_list(told.partnership, published(GUIDE, told.partnership).answers, day)
    return next(one for one in found if one.partner == told.ids[ONE])


def asked() -> Told:
    """A partner that was sent draft 3, to be answered by the tenth."""
    told = Told(ONE, "Collège")
    told.say("gather.vision", {"vision": "un accueil"})
    sent(told, ONE, 3, "2026-11-01", "2026-11-10")
    return told


@pytest.mark.parametrize(("day", "group"), [("2026-11-10", AWAITED), ("2026-11-11", LATE)])
def test_partner_is_late_the_day_after(day: str, group: str) -> None:
    found = line(asked(), day)
    assert (found.group, found.number, found.asked_on, found.by) == (group, 3, "2026-11-01", "2026-11-10")


def test_answer_is_to_be_read_again_once_the_words_change() -> None:
    told = asked()
    told.say(CONSENSUS, {"level": "agree"}, ONE)
    assert line(told, "2026-11-11").group == ANSWERED
    told.state(CONSENSUS, "to_confirm", ONE)
    assert line(told, "2026-11-11").group == UNCONFIRMED
    told.say("gather.vision", {"vision": "un autre accueil"})
    assert line(told, "2026-11-11").group == REREAD


@pytest.mark.parametrize("level", ["absent", "none"])
def test_who_said_nothing_has_not_answered(level: str) -> None:
    told = asked()
    told.say(CONSENSUS, {"level": level}, ONE)
    assert line(told, "2026-11-11").group == LATE
    assert line(Told(ONE), "2026-11-11").group == UNASKED


@pytest.mark.parametrize("mark", [None, "to_confirm", "to_discuss", "not_applicable"])
def test_a_confirmation_takes_its_own_mark_off_and_no_other(mark: str | None) -> None:
    told = asked()
    told.say(CONSENSUS, {"level": "agree"}, ONE)
    name = answer_id(CONSENSUS, (told.ids[ONE],))
    told.take(Change(name, CONSENSUS, STATE, mark, "", (told.ids[ONE],)))
    said = {"on": "2026-11-09", "entries": {name: words_digest(told.partnership.entries[name])}}
    told.take(*noted_changes(told.partnership, "r" * 10, told.ids[ONE], said))
    told.take(*confirmed_changes(told.partnership, told.partnership.entries["r" * 10], "2026-11-12"))
    assert told.partnership.entries["r" * 10].get("confirmed") == "2026-11-12"
    assert told.partnership.entries[name].state == ("" if mark == "to_confirm" else mark or "")


def test_what_came_back_waits_until_each_answer_is_decided() -> None:
    told = asked()
    said = {"aaaaaaaa": {"text": "oui"}, "bbbbbbbb": {"text": "non"}}
    told.take(*noted_changes(told.partnership, "r" * 10, told.ids[ONE], {"on": "2026-11-09", "said": said}))
    assert line(told, "2026-11-11").group == REVIEW
    told.take(*noted_changes(told.partnership, "r" * 10, told.ids[ONE], {"settled": {"aaaaaaaa": "taken"}}))
    assert line(told, "2026-11-11").group == REVIEW
    told.take(*noted_changes(told.partnership, "r" * 10, told.ids[ONE], {"settled": dict.fromkeys(said, "refused")}))
    assert line(told, "2026-11-11").group == LATE


def test_anyone_may_see_of_a_sending_what_a_version_tells() -> None:
    told = asked()
    found = answer_list(told.partnership, published(GUIDE, told.partnership).answers, "2026-11-11")
    (bare, _other) = sorted(without_private(found, ()), key=lambda one: one.partner != told.ids[ONE])
    assert (bare.group, bare.by, bare.number) == (AWAITED, "", 0)
    version = Version(
        "v" * 10, 3, "draft", "2026-11-01", sent=Sent("2026-11-01", "email", (told.ids[ONE],), 0, "2026-11-10")
    )
    shown = next(one for one in without_private(found, (version,)) if one.partner == told.ids[ONE])
    assert (shown.group, shown.by, shown.number) == (LATE, "2026-11-10", 3)


@pytest.mark.parametrize("sent_so", [False, True])
@pytest.mark.parametrize(
    ("group", "level", "changed", "public"),
    [
        (LATE, "", (), LATE), (AWAITED, "", (), AWAITED), (REVIEW, "", (), AWAITED), (UNASKED, "", (), AWAITED),
        (LATE, "none", (), LATE), (REVIEW, "absent", (), AWAITED), (REVIEW, "agree", (), ANSWERED),
        (UNCONFIRMED, "agree", (), ANSWERED), (UNCONFIRMED, "disagree", ("a",), ANSWERED),
        (REVIEW, "agree", ("a",), REREAD), (REREAD, "agree", ("a",), REREAD), (ANSWERED, "opposes", (), ANSWERED),
    ],
)  # fmt: skip
def test_anyone_may_see_whether_there_is_an_answer_and_no_more(
    group: str, level: str, changed: tuple[str, ...], public: str, sent_so: bool
) -> None:
    answer = PositionStatus(CONSENSUS, "p", level, changed) if level else None
    found = PartnerAnswer("p", group, "2026-11-01", 3, "2026-11-10", answer)
    sending = Sent("2026-11-01", "email", ("p",), 0, "2026-11-10")
    versions = (Version("v" * 10, 3, "draft", "2026-11-01", sent=sending),) if sent_so else ()
    (shown,) = without_private([found], versions)
    told = ("2026-11-01", 3, "2026-11-10") if sent_so else ("", 0, "")
    assert (shown.asked_on, shown.number, shown.by) == told and (shown.answer, shown.source) == (None, None)
    assert shown.group == (public if sent_so or public != LATE else AWAITED)


def test_answer_on_words_that_nobody_knows_is_to_be_read_again() -> None:
    told = asked()
    told.say(CONSENSUS, {"level": "agree"}, ONE)
    entry = told.partnership.entries[answer_id(CONSENSUS, (told.ids[ONE],))]
    cells = {key: cell for key, cell in entry.cells.items() if key != "seen"}
    told.partnership = replace(
        told.partnership, entries={**told.partnership.entries, entry.id: replace(entry, cells=cells)}
    )
    assert line(told, "2026-11-11").group == REREAD


def test_another_answer_of_the_partner_is_not_its_source_but_keeps_it_waiting() -> None:
    told = asked()
    told.say(CONSENSUS, {"level": "agree"}, ONE)
    told.say("gather.procedures", {"level": "agree"}, ONE)
    entry = told.partnership.entries[answer_id("gather.procedures", (told.ids[ONE],))]
    fields = {"on": "2026-11-09", "means": "telephone", "entries": {entry.id: words_digest(entry)}}
    told.take(*noted_changes(told.partnership, "r" * 10, told.ids[ONE], fields))
    assert (line(told, "2026-11-11").group, line(told, "2026-11-11").source) == (ANSWERED, None)
    told.state("gather.procedures", "to_confirm", ONE)
    assert (line(told, "2026-11-11").group, line(told, "2026-11-11").source) == (UNCONFIRMED, None)
