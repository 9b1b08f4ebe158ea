"""What typing changes beside the field: dates of calls, people out of a line, marks, lists, and one step of undo."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.form.form import FormField
from tui.guide.guide_types import Field, Part
from tui.partnership.completion import single_entry
from tui.partnership.partners import PEOPLE, WHO, partners, rows_of
from tui.partnership.values import Change, Entry
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace, current_moment
from tui.workspace.writing import (
    add_partners,
    confirm_name,
    drop_if_blank,
    finish_row,
    is_changed_elsewhere,
    new_row,
    new_rows,
    set_state,
    text_to_edit,
    tick,
    type_into,
)

STATUSES = tuple(GUIDE.choices["status"])
TODAY = current_moment()[:10]


def opened(told: Told) -> Workspace:
    """The told partnership, open."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def part_of(question: str, part: str = "") -> Part:
    """A part of the guide."""
    found = GUIDE.question(question).part(part)
    assert found is not None
    return found


def field_of(question: str, part: str, field: str) -> Field:
    """A field of the guide."""
    found = part_of(question, part).field(field)
    assert found is not None
    return found


def note_at(workspace: Workspace, partner: str, text: str) -> Entry:
    """The note of a partner once a text was typed in it."""
    entry = single_entry(workspace.partnership, NOTE, (partner,))
    type_into(workspace, entry, field_of(NOTE, "", "text"), text)
    return single_entry(workspace.partnership, NOTE, (partner,))


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("text", ["offre une salle", "  ", ""])
def test_note_of_a_call_moves_only_whom_nobody_had_called(status: str, text: str) -> None:
    told = Told("Ruche", "Pré", status=status)
    workspace = opened(told)
    note = note_at(workspace, told.ids["Ruche"], text)
    written = bool(text.strip())
    now = {name: workspace.partnership.entries[entry].get("status") for name, entry in told.ids.items()}
    assert now == {"Ruche": "contacted" if written and status == "prospective" else status, "Pré": status}
    assert note.get("on") == (TODAY if written else None)


def test_day_of_a_note_stays_that_of_its_call() -> None:
    told = Told("Ruche")
    told.say(NOTE, {"text": "une salle", "on": "2026-01-05"}, "Ruche")
    assert note_at(opened(told), told.ids["Ruche"], "deux salles").get("on") == "2026-01-05"


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Zoé Roy, zoe@ruche.example", {"name": "Zoé Roy", "email": "zoe@ruche.example"}),
        ("Zoé Roy, directrice, 519 555-0100", {"name": "Zoé Roy", "title@fr": "directrice", "phone": "519 555-0100"}),
        ("Zoé Roy", {"name": "Zoé Roy"}),
    ],
)
@pytest.mark.parametrize("known", [{}, {"email": "e@x.example", "phone": "418 555-0199", "title@fr": "adjointe"}])
def test_person_typed_in_a_line_is_parted_and_keeps_its_cells(
    line: str, cells: dict[str, str], known: dict[str, str]
) -> None:
    told = Told("Ruche")
    workspace = opened(told)
    ruche = told.ids["Ruche"]
    row = new_row(workspace, Entry("", WHO, PEOPLE, (ruche,)), part_of(WHO, PEOPLE), line, known)
    told_more = finish_row(workspace, row.id)
    assert told_more == (len(cells) > 1)
    found = workspace.partnership.entries[row.id]
    names = ("name", "title@fr", "email", "phone")
    assert {name: found.get(name) for name in names if found.get(name)} == {**cells, **known}
    if told_more:
        workspace.undo()
        assert workspace.partnership.entries[row.id].get("name") == line, "one step gives the line back"


def test_remarks_about_people_go_behind_those_of_the_partner() -> None:
    told = Told("Ruche")
    workspace = opened(told)
    ruche = told.ids["Ruche"]
    for line in ("Zoé Roy ; directrice ; part en mai ; appeler", "Ali ; adjoint ; rappeler"):
        row = new_row(workspace, Entry("", WHO, PEOPLE, (ruche,)), part_of(WHO, PEOPLE), line)
        assert finish_row(workspace, row.id)
    assert [row.get("name") for row in rows_of(workspace.partnership, WHO, PEOPLE, ruche)] == ["Zoé Roy", "Ali"]
    kept = workspace.partnership.entries[ruche].text("reason", "fr")
    assert kept.split("\n") == ["Zoé Roy ; appeler", "Ali ; rappeler"]


@pytest.mark.parametrize("given", [None, 500])
def test_amount_given_in_its_own_field_is_not_read_from_the_line(given: int | None) -> None:
    workspace = opened(Told("Ruche"))
    home, part = Entry("", "commit.funding", "rows"), part_of("commit.funding", "rows")
    row = new_row(workspace, home, part, "Ville, 3 000 $", {"amount": given} if given else {})
    assert finish_row(workspace, row.id) == (given is None)
    found = workspace.partnership.entries[row.id]
    assert (found.get("amount") == given) if given else found.get("amount") is not None


def test_a_person_may_be_called_as_a_partner_is() -> None:
    told = Told("Ruche")
    workspace = opened(told)
    assert add_partners(workspace, "1. Ruche\n2. Pré\n3. PRE") == 1
    assert [partner.name("fr") for partner in partners(workspace.partnership)] == ["Ruche", "Pré"]
    workspace.undo()
    assert len(partners(workspace.partnership)) == 1, "one step of undo"
    made = new_rows(workspace, Entry("", WHO, PEOPLE, (told.ids["Ruche"],)), part_of(WHO, PEOPLE), ["Ruche", "Ruche"])
    assert [row.get("name") for row in made] == ["Ruche", "Ruche"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_title_is_in_the_language_typed_in_and_who_signs_is_kept(lang: str) -> None:
    workspace = opened(told := Told("Ruche"))
    workspace.lang = lang
    home, line = Entry("", WHO, PEOPLE, (told.ids["Ruche"],)), "Zoé Roy, director, z@x.example, signs"
    row = new_row(workspace, home, part_of(WHO, PEOPLE), line)
    assert finish_row(workspace, row.id)
    found = workspace.partnership.entries[row.id]
    assert (found.get(f"title@{lang}"), found.get("signs")) == ("director", True)


def test_date_is_edited_as_it_was_typed_until_it_is_another() -> None:
    workspace = opened(Told("Ruche"))
    field = field_of("extra.review", "", "date")
    entry = single_entry(workspace.partnership, "extra.review", ())
    type_into(workspace, entry, field, "4 mars 2027")

    def edited() -> str:
        now = single_entry(workspace.partnership, "extra.review", ())
        return text_to_edit(
            workspace, FormField(workspace.form_context, "", "date", part_of("extra.review"), now, field)
        )

    assert edited() == "4 mars 2027"
    workspace.set(single_entry(workspace.partnership, "extra.review", ()), "date", "2028-05-06")
    assert "2028" in edited() and "2027" not in edited()


@pytest.mark.parametrize("before", ["", "to_confirm", "to_discuss"])
@pytest.mark.parametrize("state", ["to_confirm", "to_discuss"])
def test_mark_set_twice_is_taken_off(before: str, state: str) -> None:
    workspace = opened(Told("Ruche"))
    workspace.place = Place("gather.vision")
    if before:
        set_state(workspace, before)
    set_state(workspace, state)
    now = single_entry(workspace.partnership, "gather.vision", ()).state
    assert now == ("" if state == before else state)


def test_box_is_turned_over_and_back() -> None:
    told = Told("Ruche")
    workspace = opened(told)
    entry = workspace.partnership.entries[told.ids["Ruche"]]
    for ticked in (True, False, True):
        tick(workspace, workspace.partnership.entries[entry.id], field_of(WHO, "", "named"))
        assert bool(workspace.partnership.entries[entry.id].get("named")) == ticked


def test_row_emptied_and_left_is_one_step_of_undo() -> None:
    workspace = opened(Told("Ruche"))
    part = part_of("gather.objectives", "rows")
    row = new_row(workspace, Entry("", "gather.objectives", "rows"), part, "ouvrir le soir")
    assert not drop_if_blank(workspace, row.id)
    workspace.edits.end_typing()
    assert part.main is not None
    type_into(workspace, workspace.partnership.entries[row.id], part.main, "")
    assert drop_if_blank(workspace, row.id)
    assert not workspace.partnership.rows("gather.objectives", "rows")
    workspace.undo()
    (row,) = workspace.partnership.rows("gather.objectives", "rows")
    assert row.text("text", "fr") == "ouvrir le soir"


@pytest.mark.parametrize(
    ("now", "shown", "changed"),
    [
        ("deux", "un", True), ("un", "un", False), ("a\r\nb", "a\nb", False), (None, "", False), (None, "un", True),
        ("un", None, True), (3, "un", False), ("un", 3, False),
    ],
)  # fmt: skip
def test_text_is_another_only_where_its_words_differ(now: object, shown: object, changed: bool) -> None:
    assert is_changed_elsewhere(now, shown) == changed


@pytest.mark.parametrize("article", [None, "la", "none"])
def test_forms_of_a_name_are_kept_only_where_none_were_chosen(article: str | None) -> None:
    told = Told()
    told.join("La Ruche", **({"article": article} if article else {}))
    workspace = opened(told)
    before = workspace.partnership
    assert bool(confirm_name(workspace, told.ids["La Ruche"])) == (article is None)
    assert (workspace.partnership is before) == (article is not None)
    assert confirm_name(workspace, "x" * 10) == ""


def test_text_that_was_never_shown_is_kept_beside_the_new_one() -> None:
    told = Told("Ruche")
    workspace = opened(told)
    field = field_of("gather.vision", "", "vision")
    entry = single_entry(workspace.partnership, "gather.vision", ())
    type_into(workspace, entry, field, "mots")
    workspace.flush()
    for unseen in (False, True):
        type_into(workspace, entry, field, f"mots {unseen}", unseen=unseen)
        batch = workspace.next_batch()
        assert batch is not None
        changes: tuple[Change, ...] = tuple(batch.changes)
        assert [change.base == 0 for change in changes if change.cell == "vision@fr"] == [unseen]
        workspace.batch_saved(workspace.write(batch))
