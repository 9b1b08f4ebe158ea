"""The agenda of a meeting: suggestions, order, items passed together, items moved to the next meeting, invitations."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.workspace.test_meeting_edits import minutes
from tests.workspace.test_minutes_edits import store_of
from tests.workspace.unpacked import unpacked
from tui.agreement.agenda_document import agenda_document
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.partnership.agendas import agenda_items, next_meeting, unfinished_items
from tui.partnership.call_sheet import points_for_call
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import DECISIONS, HELD, MEETINGS, TASKS, meetings
from tui.partnership.partners import people
from tui.partnership.privacy import public_view
from tui.partnership.values import Change, Entry, answer_id
from tui.store import Author, Store
from tui.text import moments
from tui.text.clean import one_line
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace.invitations import invitation_files, invitations
from tui.workspace.workspace import Workspace, current_moment
from tui.workspace.writing import add_partners

CANARY = "zanzibar00002z"
AHEAD = "2099-12-03"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two partners, one of them written to in English, each with a person who has an address."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Université\nClinique")
    for row, lang in zip(found.partnership.rows("open.who"), ("fr", "en"), strict=True):
        name = row.text("name", "fr")
        cells = {"name": f"Ana {name}", "email": f"{lang}@example.ca", "language": lang, "#order": "5"}
        found.edit(
            [Change(f"p{lang}0000000", "open.who", cell, value, "people", (row.id,)) for cell, value in cells.items()]
        )
        found.set(row, "status", "interested")
    return found


def texts(workspace: Workspace, meeting: Entry) -> list[str]:
    """The items of an agenda, in their order."""
    return [row.text("text", "fr") for row in agenda_items(workspace.partnership, meeting.id)]


def test_points_tasks_answers_and_gaps_are_suggested_until_they_are_on_it(workspace: Workspace) -> None:
    meeting_edits.note_point(workspace, "qui paie le gardien")
    held = meeting_edits.open_meeting(workspace)
    meeting_edits.note_task(workspace, "louer la salle")
    meeting_edits.close_meeting(workspace, held)
    meeting = agenda_edits.meeting_ahead(workspace)
    assert meeting.id != held.id and workspace.partnership.entry(meeting.id) is None, "looking makes none"
    offered = [one.text for one in agenda_edits.suggestions(workspace, meeting)]
    assert offered[:3] == ["qui paie le gardien", "louer la salle", "Les réponses attendues sur le texte"]
    assert any(text.startswith("À préciser") for text in offered)
    one = agenda_edits.suggestions(workspace, meeting)[0]
    agenda_edits.add_item(workspace, meeting, one.text, one.about)
    assert one not in agenda_edits.suggestions(workspace, meeting)
    assert workspace.partnership.entries[meeting.id].get("opened") is None, "it does not begin by being prepared"


def test_a_past_event_is_offered_without_a_word_of_it(workspace: Workspace) -> None:
    name = workspace.partnership.rows("open.who")[0].id
    told = answer_id("open.history", (name,))
    cells = {"note@fr": CANARY, "progress": "to_raise"}
    workspace.edit([Change(told, "open.history", cell, value, "", (name,)) for cell, value in cells.items()])
    meeting = agenda_edits.meeting_ahead(workspace)
    (one,) = [one for one in agenda_edits.suggestions(workspace, meeting) if one.story]
    assert one.text == "" and CANARY not in repr(one)
    row = agenda_edits.add_item(workspace, meeting, "parler de 2019", one.about)
    assert not [one for one in agenda_edits.suggestions(workspace, meeting) if one.story]
    view = public_view(workspace.guide, workspace.partnership)
    assert view.entries[row.id].get("about") is None and "open.history" not in repr(view.entries)
    said = to_text(agenda_document(workspace.guide, view, workspace.partnership.entries[meeting.id], "fr"), None)
    assert "parler de 2019" in said and CANARY not in said


def test_items_are_typed_moved_and_taken_out(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    first = agenda_edits.add_item(workspace, meeting, "le budget; 10 min; Ana Clinique")
    second = agenda_edits.add_item(workspace, meeting, "la salle; Zoé; 5")
    assert (first.get("length"), second.get("length"), second.get("who")) == (10, 5, {"name": "Zoé"})
    assert agenda_edits.item_words(workspace, first) == "le budget; 10; Ana Clinique"
    assert agenda_edits.move_item(workspace, second, -1) and texts(workspace, meeting) == ["la salle", "le budget"]
    assert not agenda_edits.move_item(workspace, workspace.partnership.entries[second.id], -1)
    agenda_edits.reword_item(workspace, workspace.partnership.entries[second.id], "")
    assert texts(workspace, meeting) == ["le budget"]
    agenda_edits.add_item(workspace, meeting, "a; b; c; 5")
    assert texts(workspace, meeting) == ["le budget", "a; b; c; 5"], "what is not understood stays as typed"


def test_the_agenda_is_the_plan_and_what_is_left_moves_to_the_next_meeting(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    for text in ("le budget", "le logo", "la salle", "la suite"):
        agenda_edits.add_item(workspace, meeting, text)
    logo = agenda_items(workspace.partnership, meeting.id)[1]
    assert agenda_edits.toggle_together(workspace, logo)
    held = meeting_edits.begin_meeting(workspace, meeting_edits.meeting_to_open(workspace))
    assert held.id == meeting.id and held.get("opened"), "the meeting that was prepared is the one that begins"
    assert agenda_edits.pass_together(workspace, store_of(workspace), held) == 1
    (decision,) = workspace.partnership.rows(HELD, DECISIONS)
    assert decision.text("text", "fr") == "le logo" and decision.get("meeting") == held.id
    done, there = agenda_edits.next_item(workspace, held)
    assert done and there is not None and there.text("text", "fr") == "la salle"
    meeting_edits.close_meeting(workspace, held)
    with pytest.raises(BadValue):
        agenda_edits.move_unfinished_items(workspace, held, "un de ces jours")
    then = agenda_edits.move_unfinished_items(workspace, held, f"{AHEAD}; 18 h; salle 204")
    assert texts(workspace, then) == ["la salle", "la suite"]
    assert not unfinished_items(workspace.partnership, held.id)
    assert next_meeting(workspace.partnership, current_moment()[:10]) == then
    assert meeting_edits.latest_meeting(workspace) == workspace.partnership.entries[held.id], (
        "minutes are of what was held"
    )
    said = minutes_of(workspace, held)
    assert "la salle (reporté à la prochaine rencontre)" in said and "le logo (accepté par tous)" in said
    assert agenda_edits.next_item(workspace, held) == (False, None)


def minutes_of(workspace: Workspace, meeting: Entry) -> str:
    """The minutes of one meeting, with plain spaces."""
    store = workspace.store
    document = meeting_edits.composed_minutes(workspace, store, workspace.partnership.entries[meeting.id])  # type: ignore[arg-type]
    return to_text(document, None).replace("\u00a0", " ")


def test_without_an_agenda_minutes_say_nothing_of_one(workspace: Workspace) -> None:
    meeting_edits.note_decision(workspace, "oui")
    assert "jour" not in minutes(workspace).replace("Aujourd", "").split("Décisions")[0].lower()


def test_each_partner_is_invited_in_its_language_and_reads_nobody_elses_name(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h 30; https://exemple.ca/salle")
    agenda_edits.add_item(workspace, meeting, "le budget; 10; Ana Clinique")
    agenda_edits.add_item(workspace, meeting, "ce que la Clinique apporte; 20")
    found = {one.lang: one for one in invitations(workspace, workspace.partnership.entries[meeting.id])}
    french, english = found["fr"], found["en"]
    assert french.addresses == ("fr@example.ca",) and english.addresses == ("en@example.ca",)
    assert "Bonjour Ana Université" in one_line(french.body) and "Clinique" not in french.body
    assert "un point qui concerne un autre organisme" in french.body and "18 h 30" in french.body
    assert "https://exemple.ca/salle" in french.body and "1, 2" in french.body
    assert "ce que la Clinique apporte" in english.body and "Université" not in english.body
    assert "Meeting of December 3, 2099" in english.subject


def test_the_files_are_mails_with_the_draft_and_a_calendar_entry_at_its_hours(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.add_item(workspace, meeting, "le budget; 90")
    assert [file.name for file in invitation_files(workspace, meeting)] == ["universite.eml", "clinique.eml"]
    agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h 30; salle 204")
    workspace.set_setting("timezone", "America/Toronto")
    files = {
        file.name: file.make().data for file in invitation_files(workspace, workspace.partnership.entries[meeting.id])
    }
    mail = message_from_bytes(files["universite.eml"], policy=default)
    assert mail["To"] == "fr@example.ca"
    names = [part.get_filename() or "" for part in mail.iter_attachments()]
    assert names[0].endswith(".docx") and names[1] == "invitation.ics"
    event: Any = Calendar.from_ical(files["clinique.ics"]).walk("VEVENT")[0]
    assert event["DTSTART"].dt.isoformat() == "2099-12-03T23:30:00+00:00"
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 90 * 60
    assert event["LOCATION"] == "salle 204"


@pytest.mark.parametrize("replaces", [False, True])
@pytest.mark.parametrize(
    ("typed", "kept", "replaced"),
    [
        ("2099-12-04", ("2099-12-04", "18 h", "salle 204"), ("2099-12-04", None, "")),
        ("; 19 h", (AHEAD, "19 h", "salle 204"), (AHEAD, "19 h", "")),
        (f"{AHEAD}; ; chez nous; à l'étage", (AHEAD, "18 h", "chez nous; à l'étage"),
         (AHEAD, None, "chez nous; à l'étage")),
        ("", (AHEAD, "18 h", "salle 204"), (AHEAD, None, "")),
        (f"{AHEAD}; 18 h; salle 204", (AHEAD, "18 h", "salle 204"), (AHEAD, "18 h", "salle 204")),
    ],
)  # fmt: skip
def test_what_is_not_typed_of_a_meeting_stays_unless_it_was_taken_out_of_the_line(
    workspace: Workspace, typed: str, kept: tuple[str, ...], replaced: tuple[str, ...], replaces: bool
) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h; salle 204")
    stored = workspace.partnership.entries[meeting.id]
    agenda_edits.set_meeting(workspace, stored, typed, replaces=replaces)
    row = workspace.partnership.entries[meeting.id]
    assert (row.get("on"), row.get("hour"), row.text("place", "fr")) == (replaced if replaces else kept)


def test_a_meeting_that_has_begun_is_on_no_day_ahead(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    with pytest.raises(BadValue):
        agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h", replaces=True)
    row = workspace.partnership.entries[meeting.id]
    assert (row.get("on"), row.get("hour")) == (current_moment()[:10], None)
    agenda_edits.set_meeting(workspace, row, "2020-12-03; 18 h", replaces=True)  # its minutes are typed afterwards
    assert workspace.partnership.entries[meeting.id].get("on") == "2020-12-03"


def test_a_place_typed_in_one_language_sends_nobody_to_the_former_one(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h; salle 204")
    workspace.edit([Change(meeting.id, HELD, "place@en", "room 204", MEETINGS)])
    agenda_edits.set_meeting(workspace, workspace.partnership.entries[meeting.id], "; ; salle 300")
    row = workspace.partnership.entries[meeting.id]
    assert (row.text("place", "fr"), row.text("place", "en")) == ("salle 300", "salle 300")
    meeting_edits.set_place(workspace, row, "")
    assert not workspace.partnership.entries[meeting.id].text("place", "en")


@pytest.mark.parametrize(
    ("typed", "words", "length", "who"),
    [
        ("le budget; 10", "le budget", 10, None),
        ("le budget; 20 minutes; Zoé", "le budget", 20, "Zoé"),
        ("le budget; Zoé; 15 min.", "le budget", 15, "Zoé"),
        ("le budget; 1 h 30", "le budget", 90, None),
        ("le budget; 2 heures", "le budget", 120, None),
        ("le budget; Une demi-heure", "le budget", 30, None),
        ("the budget; an hour; Ann", "the budget", 60, "Ann"),
        ("le budget; 10; 20", "le budget; 10; 20", None, None),
        ("le budget; heure", "le budget", None, "heure"),
        ("le budget; 12345", "le budget", None, "12345"),
    ],
)
def test_the_length_of_an_item_is_read_as_it_is_said(
    workspace: Workspace, typed: str, words: str, length: int | None, who: str | None
) -> None:
    row = agenda_edits.add_item(workspace, agenda_edits.meeting_ahead(workspace), typed)
    assert (row.text("text", "fr"), row.get("length")) == (words, length)
    assert row.get("who") == ({"name": who} if who else None)


@pytest.mark.parametrize(
    ("name", "status", "text", "masked"),
    [
        ("Le Phare", "interested", "la clé du Phare", True),
        ("Les Veilleuses", "prospective", "l'appui aux veilleuses", True),
        ("L'Abri", "interested", "la salle de L’Abri", True),
        ("Zanzibar", "declined", "le départ de Zanzibar", True),
        ("UL", "interested", "consulter les membres", False),
        ("?", "interested", "qui garde la clé ?", False),
    ],
)
def test_an_invitation_names_another_partner_in_no_form_of_its_name(
    workspace: Workspace, name: str, status: str, text: str, masked: bool
) -> None:
    other = "zan0000000"
    for cell, value in {"name@fr": name, "status": status, "#order": "z"}.items():
        workspace.edit([Change(other, "open.who", cell, value, "", (other,))])
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.add_item(workspace, meeting, text)
    (body, *_others) = (found.body for found in invitations(workspace, meeting) if found.lang == "fr")
    assert (text not in body) == masked


def test_a_point_is_kept_for_the_call_and_leaves_what_is_suggested(workspace: Workspace) -> None:
    row = meeting_edits.note_point(workspace, "leur salle")
    name = workspace.partnership.rows("open.who")[1].id
    agenda_edits.keep_for_call(workspace, row, name)
    assert [one.id for one in points_for_call(workspace.partnership, name)] == [row.id]
    offered = agenda_edits.suggestions(workspace, agenda_edits.meeting_ahead(workspace))
    assert row.id not in {one.about for one in offered}
    assert public_view(workspace.guide, workspace.partnership).entries[row.id].get("for_call") is None
    assert len(people(workspace.partnership, name)) == 1 and not meetings(workspace.partnership)


@pytest.mark.parametrize("text", ["ce que dit Zoé Lis", "ZOÉ LIS : le budget", "la salle de la CLISP", "le budget"])
def test_an_invitation_names_the_people_of_no_other_partner(workspace: Workspace, text: str) -> None:
    clinic = workspace.partnership.rows("open.who")[1].id
    workspace.edit([Change("pzo0000000", "open.who", "name", "Zoé Lis", "people", (clinic,))])
    workspace.edit([Change(clinic, "open.who", "short_name@fr", "CLISP", "", (clinic,))])
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.add_item(workspace, meeting, text)
    found = {one.lang: one.body for one in invitations(workspace, workspace.partnership.entries[meeting.id])}
    named = "lis" in text.casefold()
    assert (text in found["fr"], text in found["en"]) == (not named, True)
    assert ("un point qui concerne un autre organisme" in found["fr"]) == named


def test_an_invitation_carries_the_text_in_the_language_it_speaks(workspace: Workspace) -> None:
    words = {"fr": "Un mot ensemble", "en": "One word together"}
    workspace.edit([Change("gather.vision", "gather.vision", f"vision@{lang}", said) for lang, said in words.items()])
    for workspace.doc_lang in ("fr", "en"):
        meeting = agenda_edits.meeting_ahead(workspace)
        files = {file.name: file for file in invitation_files(workspace, meeting)}
        for name, lang, other in (("universite.eml", "fr", "en"), ("clinique.eml", "en", "fr")):
            carried = unpacked(files[name].make().data)
            assert words[lang] in carried and words[other] not in carried, (name, workspace.doc_lang)


def test_the_hour_of_a_meeting_is_that_of_the_partnership_wherever_it_is_read(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, f"{AHEAD}; 18 h 30; salle 204")
    found = []
    try:
        for person, own in (("Asia/Tokyo", ""), ("", "America/Toronto"), ("Asia/Tokyo", "America/Toronto")):
            moments.set_zones(person, "")
            workspace.set_setting("timezone", own or None)
            ready = workspace.partnership.entries[meeting.id]
            data = next(file for file in invitation_files(workspace, ready) if file.name.endswith(".ics")).make().data
            event: Any = Calendar.from_ical(data).walk("VEVENT")[0]
            found.append(event["DTSTART"].dt.isoformat())
    finally:
        moments.set_zones("", "")
    assert found == ["2099-12-03T09:30:00+00:00", *["2099-12-03T23:30:00+00:00"] * 2]


def test_tasks_of_the_last_meeting_alone_are_suggested(workspace: Workspace) -> None:
    for number, text in enumerate(("louer la salle", "peindre la porte")):
        at = f"2026-0{number + 1}-05"
        row, task = f"meeting00{number}", f"task00000{number}"
        held = {"#order": str(number), "on": at, "opened": f"{at}T10:00:00", "closed": f"{at}T11:00:00"}
        workspace.edit([Change(row, HELD, cell, value, MEETINGS) for cell, value in held.items()])
        workspace.edit(
            [Change(task, HELD, cell, value, TASKS) for cell, value in {"text@fr": text, "meeting": row}.items()]
        )
    offered = [one.text for one in agenda_edits.suggestions(workspace, agenda_edits.meeting_ahead(workspace))]
    assert "peindre la porte" in offered and "louer la salle" not in offered
    todays = meeting_edits.open_meeting(workspace)
    meeting_edits.note_task(workspace, "acheter le thé")
    offered = [one.text for one in agenda_edits.suggestions(workspace, todays)]
    assert "peindre la porte" in offered and "acheter le thé" not in offered, "those noted at it are not of the last"


def test_what_is_left_of_a_meeting_never_held_goes_to_another_one(workspace: Workspace) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, AHEAD)
    agenda_edits.add_item(workspace, meeting, "le budget; 10; Zoé")
    then = agenda_edits.move_unfinished_items(workspace, meeting, "2099-12-20")
    assert then.id != meeting.id and workspace.partnership.entries[meeting.id].get("on") == AHEAD
    (item,) = unfinished_items(workspace.partnership, then.id)
    assert agenda_edits.item_words(workspace, item) == "le budget; 10; Zoé" and not unfinished_items(
        workspace.partnership, meeting.id
    )


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "declined", "withdrawn"])
def test_whoever_takes_part_is_invited_and_nobody_else(workspace: Workspace, status: str) -> None:
    clinic = workspace.partnership.rows("open.who")[1]
    workspace.set(clinic, "status", status)
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, AHEAD)
    ready = workspace.partnership.entries[meeting.id]
    invited = [invitation.addresses for invitation in invitations(workspace, ready)]
    gone = status in ("declined", "withdrawn")
    assert invited == [("fr@example.ca",), *([] if gone else [("en@example.ca",)])]
    names = {file.name.partition(".")[0] for file in invitation_files(workspace, ready)}
    assert names == {"universite", *([] if gone else ["clinique"])}


@pytest.mark.parametrize(
    ("day", "hour", "length", "end"),
    [
        (AHEAD, "18 h 30", 0, "T19:30:00"), (AHEAD, "18 h 30", 45, "T19:15:00"), (AHEAD, "", 45, ""),
        ("2099-12", "18 h 30", 45, ""),
    ],
)  # fmt: skip
def test_a_calendar_entry_lasts_as_long_as_the_agenda_says(
    workspace: Workspace, day: str, hour: str, length: int, end: str
) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    row = agenda_edits.add_item(workspace, meeting, f"le budget; {length}" if length else "le budget")
    meeting_id = str(row.get("meeting"))
    cells = {"on": day, "hour": hour}
    workspace.edit([Change(meeting_id, HELD, cell, value, MEETINGS) for cell, value in cells.items() if value])
    files = invitation_files(workspace, workspace.partnership.entries[meeting_id])
    (event,) = Calendar.from_ical(next(file for file in files if file.name.endswith(".ics")).make().data).walk("VEVENT")
    ends = event.decoded("DTEND").isoformat()
    assert (end in ends) if end else len(ends) == len("2099-12-03"), ends


def test_a_small_two_is_no_length(workspace: Workspace) -> None:
    """Python's `isdigit` takes « ² » for a digit, `int` does not."""
    row = agenda_edits.add_item(workspace, agenda_edits.meeting_ahead(workspace), "le terrain; 20 m²; ²")
    assert "²" in row.text("text", workspace.lang) and row.get("length") is None


def test_what_is_left_is_still_of_what_it_was_suggested_for(workspace: Workspace) -> None:
    point = meeting_edits.note_point(workspace, "qui paie le gardien")
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, AHEAD)
    agenda_edits.add_item(workspace, meeting, "qui paie le gardien; 10", point.id)
    then = agenda_edits.move_unfinished_items(workspace, meeting, "2099-12-20")
    (item,) = unfinished_items(workspace.partnership, then.id)
    assert item.get("about") == point.id
    assert point.id not in [one.about for one in agenda_edits.suggestions(workspace, then)]
