"""Letters, calendar, page, annex and funders' table, which hold dates and people, hold nothing private."""

from __future__ import annotations

import pytest

from tests.partnership.private_places import everywhere
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.contacts_annex import contacts_annex
from tui.agreement.funder_table import funder_rows
from tui.export.plain_text import to_text
from tui.partnership.partners import WHO
from tui.partnership.values import Change, Partnership
from tui.workspace.due_dates import (
    calendar,
    calendar_events,
    due_lines,
    due_list,
    follow_up_letters,
    note_outcome,
    numbered_promises,
    standing_of,
)
from tui.workspace.outcome_notes import promise_numbered
from tui.workspace.workspace import Workspace

DAYS = ("2026-11-27", "2150-01-01")  # before and after the dates of the private places


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_that_leaves_tells_a_private_place(day: str, lang: str) -> None:
    made = everywhere()
    listed = due_list(GUIDE, made.partnership(), day)
    letters = [sheet.name + sheet.make().data.decode() for sheet in follow_up_letters(listed, lang)]
    told = [
        *letters,
        calendar([listed.public], lang).decode().replace("\r\n ", ""),
        "\n".join(due_lines(listed.public, lang)),
        to_text(standing_of(listed, lang), None),
        to_text(contacts_annex(GUIDE, listed.partnership, listed.view, day, lang), None),
        "\n".join(" ".join(one.cells) for one in funder_rows(GUIDE, listed.view, lang)),
        "\n".join(numbered_promises(opened(listed.partnership), listed.view)),
    ]
    assert letters and made.told_in_words("\n".join(told)) == []


def test_private_dates_are_counted_where_they_are_withheld() -> None:
    listed = due_list(GUIDE, everywhere().partnership(), DAYS[0])
    assert 0 < listed.withheld == sum(item.private for item in listed.items) < len(listed.items)
    assert not any(one.date and one.private for one in listed.public.items)


def promising(status: str = "committed", due: str = "2026-10-01") -> Told:
    """Two partners, the second of which promised something."""
    told = Told("Collège")
    told.join("Zanzibar", status="committed")
    promise = {"text": "prêter une salle", "state": "accepted", "due": due}
    told.say("open.contributions", promise, "Zanzibar", op="add")
    told.say(WHO, {"status": status}, "Zanzibar")
    return told


@pytest.mark.parametrize("status", GUIDE.choices["status"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_letter_goes_to_active_partners_and_no_file_names_the_others(lang: str, status: str) -> None:
    told = promising(status)
    position = f"commit.consensus:{told.ids['Zanzibar']}"
    told.take(Change(position, "commit.consensus", "level", "agree", "", (told.ids["Zanzibar"],)))
    listed = due_list(GUIDE, told.partnership, DAYS[0])
    files = {file.name: file.make().data.decode() for file in follow_up_letters(listed, lang, "lettres/")}
    theirs = [name for name in files if name.startswith("lettres/2-")]
    named = status in ("interested", "committed", "signatory")
    gone = status in ("declined", "withdrawn")
    assert theirs == ([] if gone else ["lettres/2-zanzibar.txt" if named else "lettres/2-organisme.txt"])
    assert named or "zanzibar" not in "".join(name + text for name, text in files.items()).casefold()
    (promise,) = numbered_promises(opened(told.partnership), listed.view)
    assert "une salle" in promise and ("Zanzibar" in promise) == named


def opened(partnership: Partnership) -> Workspace:
    """A partnership, open in memory."""
    store = Memory()
    store.partnership = partnership
    return Workspace(GUIDE, partnership, store)


@pytest.mark.parametrize(("day", "again"), [("2026-12-05", "2027-12-05"), ("2027-03", "2028-03")])
def test_what_returns_is_done_for_its_date_alone(day: str, again: str) -> None:
    told = promising()
    told.say("extra.review", {"date": day})
    workspace = opened(told.partnership)
    for date in (day, again):
        workspace.edit([Change("extra.review", "extra.review", "date", date)])
        listed = due_list(GUIDE, workspace.partnership, DAYS[0])
        (review,) = (item for item in listed.items if item.kind == "review")
        assert review.date == date, "another date is due anew"
        note_outcome(workspace, review, "done", DAYS[0])
        left = due_list(GUIDE, workspace.partnership, DAYS[0]).items
        assert "review" not in {item.kind for item in left} and "commitment" in {item.kind for item in left}


@pytest.mark.parametrize(("day", "takes_part"), [("2026-12-31", True), ("2027-01-01", False)])
def test_the_list_is_of_who_takes_part_on_its_day(day: str, takes_part: bool) -> None:
    told = promising()
    told.say(WHO, {"until": "2026-12-31"}, "Zanzibar")
    kinds = {item.kind for item in due_list(GUIDE, told.partnership, day).items}
    assert ("commitment" in kinds) is takes_part


def test_what_does_not_return_is_done_for_good_whatever_its_date_becomes() -> None:
    workspace = opened(promising().partnership)
    (item,) = (item for item in due_list(GUIDE, workspace.partnership, "2026-11-27").items if item.kind == "commitment")
    note_outcome(workspace, item, "kept", "2026-11-27")
    (row,) = workspace.partnership.rows("follow.outcomes", "rows")
    assert (row.get("about"), row.get("on"), row.get("of")) == (item.about, "2026-11-27", None)
    workspace.set(workspace.partnership.entries[item.about], "due", "2028-01-01")
    assert not [one for one in due_list(GUIDE, workspace.partnership, "2026-11-27").items if one.kind == "commitment"]


@pytest.mark.parametrize("own", ["fr", "en", ""])
@pytest.mark.parametrize("otherwise", ["fr", "en"])
def test_a_letter_is_in_the_language_of_who_gets_it(otherwise: str, own: str) -> None:
    told = promising()
    person = {"name": "Ida", "accountable": True, **({"language": own} if own else {})}
    told.say(WHO, {"people": [person]}, "Zanzibar")
    files = follow_up_letters(due_list(GUIDE, told.partnership, DAYS[0]), otherwise)
    (letter,) = (file.make().data.decode() for file in files if file.name.startswith("2-"))
    hello = {lang: GUIDE.word("letter_hello", lang) for lang in ("fr", "en")}
    assert hello[own or otherwise] in letter, letter


def test_an_event_moves_in_calendars_that_have_it_already() -> None:
    told = promising()
    before = list(calendar_events(due_list(GUIDE, told.partnership, DAYS[0]), "fr"))
    row = told.partnership.rows("open.contributions", "rows")[0]
    told.take(Change(row.id, row.question, "due", "2026-10-15", row.part, row.subject))
    after = list(calendar_events(due_list(GUIDE, told.partnership, DAYS[0]), "fr"))
    assert [event.uid for event in after] == [event.uid for event in before] and len(after) == 1
    assert after[0].date == "2026-10-15" and after[0].sequence > before[0].sequence
    assert after[0].sequence == told.partnership.rev and after[0].changed == told.partnership.changed


def test_a_promise_without_words_takes_no_number_from_others() -> None:
    told = promising()
    told.say("gather.objectives", {"due": "2026-12"}, op="add")
    told.say("gather.objectives", {"text": "ouvrir le soir"}, op="add")
    listed = due_list(GUIDE, told.partnership, DAYS[0])
    workspace = opened(told.partnership)
    lines = list(numbered_promises(workspace, listed.view))
    assert [line[:3] for line in lines] == ["2. ", "3. "]
    assert promise_numbered(workspace, "2").text("text", "fr") == "ouvrir le soir"
