"""The rules of an answer are the same in every way of answering: on screen, in line mode, by a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.form import giving
from tui.form.answer_json import answer
from tui.form.form import (
    Fields,
    FormContext,
    Row,
    Rows,
    fields_of,
    first_field,
    form_field,
    form_of,
    key_for_partner,
    main_field,
    subject_of,
)
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import order_between
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import ORDER, Cell, Change, Entry, Partnership, second_wording_cell
from tui.workspace import note_sorting, writing
from tui.workspace.place import Place
from tui.workspace.shared_answers import same_answer
from tui.workspace.workspace import Workspace

Way = Callable[[Partnership, str, str], Partnership]  # how partner `who` comes to answer with `level`


def workspace_on(partnership: Partnership, place: Place | None = None) -> Workspace:
    """Return a workspace on a partnership that is only in memory."""
    workspace = Workspace(GUIDE, partnership, Memory())
    workspace.place = place or workspace.place
    return workspace


def chosen(partnership: Partnership, who: str, level: str) -> Partnership:
    """Answer as on the screen, in a round or at a prompt of line mode."""
    workspace = workspace_on(partnership)
    part = GUIDE.question(CONSENSUS).single
    field = part.field("level") if part is not None else None
    assert field is not None
    writing.choose(workspace, single_entry(partnership, CONSENSUS, (who,)), field, level)
    return workspace.partnership


def by_line(partnership: Partnership, who: str, level: str) -> Partnership:
    """Answer as `entente answer` does."""
    told = Told()
    told.partnership = partnership
    told.take(*answer(GUIDE, partnership, {"question": CONSENSUS, "partner": who, "value": level}).changes)
    return told.partnership


def as_another(partnership: Partnership, who: str, level: str) -> Partnership:
    """Answer by copying the answer of another partner."""
    source = next(one.subject[0] for one in partnership.rows(CONSENSUS) if one.get("level") == level)
    workspace = workspace_on(partnership, Place(CONSENSUS, source))
    assert same_answer(workspace, [who]) == 1
    return workspace.partnership


def round_begun() -> Told:
    """Return a partnership in which A agrees, B has a reservation that may be published, and then the text changes."""
    told = Told("A", "B")
    told.say("gather.vision", {"vision": "Une oreille"})
    told.say(CONSENSUS, "agree", "A")
    told.say(CONSENSUS, {"level": "reservation", "reservation": "les horaires", "leave": "yes"}, "B")
    told.say("gather.vision", {"vision": "Une oreille, le soir"})
    return told


@pytest.mark.parametrize("way", [chosen, by_line, as_another])
def test_a_level_keeps_the_words_it_was_given_on_and_drops_an_older_leave(way: Way) -> None:
    told = round_begun()
    who = told.ids["B"]
    before = single_entry(told.partnership, CONSENSUS, (who,))
    after = single_entry(way(told.partnership, who, "agree"), CONSENSUS, (who,))
    assert (after.get("level"), after.get("leave")) == ("agree", None)
    assert after.get("seen") == FormContext(GUIDE, told.partnership, "fr").public.points != before.get("seen")
    assert after.text("reservation", "fr") == "les horaires", "the words themselves are not lost"


@pytest.mark.parametrize("names", [("level", "leave"), ("leave", "level")])
def test_leave_given_with_a_level_is_given_for_it(names: tuple[str, str]) -> None:
    told = round_begun()
    given: dict[str, Any] = {"level": "disagree", "leave": "yes"}
    told.say(CONSENSUS, {name: given[name] for name in names}, "B")
    after = single_entry(told.partnership, CONSENSUS, (told.ids["B"],))
    assert (after.get("level"), after.get("leave")) == ("disagree", "yes")


@pytest.mark.parametrize(("before", "drops"), [({"level": "agree"}, True), ({"level": "disagree"}, False), ({}, False)])
def test_leave_stands_where_its_level_is_given_again_or_for_the_first_time(before: dict[str, str], drops: bool) -> None:
    cells = {cell: Cell(value, 1) for cell, value in {**before, "leave": "yes"}.items()}
    part = GUIDE.question(CONSENSUS).single
    field = part.field("level") if part is not None else None
    assert field is not None
    context = FormContext(GUIDE, Partnership("aaaaaaaaaa"), "fr")
    changes = giving.set_value(context, Entry("x", CONSENSUS, "", ("p",), cells), field, "disagree")
    assert [change.cell for change in changes] == ["level", "seen", *["leave"] * drops]


def rows_made(partnership: Partnership) -> list[dict[str, Any]]:
    """The contributions as they are kept, without ids."""
    rows = partnership.rows("open.contributions", "rows")
    assert [row.order for row in rows] == sorted({row.order for row in rows}), "each behind the one before"
    return [{key: cell.value for key, cell in row.cells.items() if key != ORDER} for row in rows]


def test_a_row_begins_alike_however_it_is_added() -> None:
    told = Told("A")
    who, texts = told.ids["A"], ("prêter une salle", "animer un atelier", "tenir la liste")
    part = GUIDE.question("open.contributions").lists[0]
    home = Entry("", "open.contributions", part.id, (who,))
    written = workspace_on(told.partnership)
    for text in texts:
        writing.new_row(written, home, part, text)
    pasted = workspace_on(told.partnership)
    writing.new_rows(pasted, home, part, texts)
    sorted_in = workspace_on(told.partnership, Place("note.call", who))
    note = "\n".join(texts)
    note_sorting.send(sorted_in, note, (0, 0), (2, len(texts[2])), note_sorting.DESTINATIONS[0])
    told.say("open.contributions", list(texts), "A")
    ways = [written.partnership, pasted.partnership, sorted_in.partnership, told.partnership]
    made = [rows_made(one) for one in ways]
    assert [one["text@fr"] for one in made[0]] == list(texts) and made[0][0]["state"]
    assert made[1:] == made[:1] * 3


def test_what_is_not_understood_is_kept_when_typed_and_refused_when_given() -> None:
    context = FormContext(GUIDE, Partnership("aaaaaaaaaa"), "fr")
    entry = Entry("extra.review", "extra.review")
    part = GUIDE.question("extra.review").single
    field = part.field("date") if part is not None else None
    assert field is not None
    for typed, kept in (("bientôt", {"typed": "bientôt"}), ("", None), (" ", None)):
        assert [(one.value, one.base) for one in giving.give_typed(context, entry, field, typed, 3)] == [(kept, 3)]
    assert [one.value for one in giving.give(context, entry, field, "22 novembre 2026")] == ["2026-11-22"]
    with pytest.raises(BadValue):
        giving.give(context, entry, field, "bientôt")
    held = {"date": ("2026-11-22", {"typed": "bientôt"}), "email": ("ana@a.ca", "ana chez a"),
            "amount": ({"amount": "500", "currency": "CAD"}, {"typed": "assez"})}  # fmt: skip
    known = [(home, one) for home in GUIDE.by_id.values() for part in home.parts for one in part.fields]
    for home, one in known:
        for at, value in enumerate(held.get(one.id, ())):
            said = context.parse_error(Entry("x", home.id, cells={one.id: Cell(value, 1)}), one)
            assert bool(said) is bool(at), (home.id, one.id, said)


def test_a_source_of_money_is_read_alike_however_it_is_added() -> None:
    told = Told("A")
    part = GUIDE.question("commit.funding").lists[0]
    home, line = Entry("", "commit.funding", part.id), "Fonds vert, 500 $, acquis"
    written, pasted = workspace_on(told.partnership), workspace_on(told.partnership)
    writing.finish_row(written, writing.new_row(written, home, part, line).id)
    writing.new_rows(pasted, home, part, [line])
    sorted_in = workspace_on(told.partnership, Place("note.call", told.ids["A"]))
    money = next(one for one in note_sorting.DESTINATIONS if one.question == "commit.funding")
    note_sorting.send(sorted_in, line, (0, 0), (0, len(line)), money)
    for workspace in (written, pasted, sorted_in):
        (row,) = workspace.partnership.rows("commit.funding", "rows")
        assert (row.text("source", "fr"), row.get("status")) == ("Fonds vert", "acquired")
        assert row.get("amount") == {"amount": "500", "currency": "CAD"}


def contribution(name: str, order: str) -> Entry:
    """A row of the contributions in which nothing is written."""
    return Entry(name, "open.contributions", "rows", cells={ORDER: Cell(order, 1)})


def test_a_row_moves_by_a_place_among_its_own_and_no_further() -> None:
    rows = [contribution(name, order) for name, order in (("x", "b"), ("y", "d"))]
    up = giving.move(rows, rows[1], -1)
    assert up is not None and (up.entry, up.cell, up.value) == ("y", ORDER, order_between("", "b"))
    down = giving.move(rows, rows[0], 1)
    assert down is not None and down.entry == "x" and down.value == order_between("d", "")
    elsewhere = contribution("z", "c")
    assert giving.move(rows, rows[0], -1) is giving.move(rows, elsewhere, -1) is giving.move(rows, elsewhere, 1) is None
    assert giving.move(rows, rows[1], 1) is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_text_that_gets_its_second_language_keeps_which_was_negotiated(lang: str) -> None:
    context = FormContext(GUIDE, Partnership("aaaaaaaaaa"), lang)
    part = GUIDE.question("gather.vision").single
    field = part.field("vision") if part is not None else None
    assert field is not None
    for held in ("fr", "en"):
        entry = Entry("gather.vision", "gather.vision", cells={f"vision@{held}": Cell("une porte", 1)})
        changes = giving.set_value(context, entry, field, "a door")
        begun = [(change.cell, change.value) for change in changes[1:]]
        assert changes[0].cell == f"vision@{lang}" and [value for _cell, value in begun] == [held] * (held != lang)


def test_a_row_taken_out_is_no_blank_one() -> None:
    blank = contribution("x", "b")
    assert giving.is_blank_row(GUIDE, blank)
    assert not giving.is_blank_row(GUIDE, replace(blank, cells={**blank.cells, "#removed": Cell(True, 2)}))


def test_the_words_of_a_call_noted_without_any_go_to_it() -> None:
    told = Told("A")
    told.say("note.calls", [{"on": "2026-11-22", "outcome": "spoke"}], "A")
    told.say("note.call", {"text": "Une salle à prêter.", "on": "2026-11-22"}, "A")
    note = single_entry(told.partnership, "note.call", (told.ids["A"],))
    kept = giving.keep_call(FormContext(GUIDE, told.partnership, "fr"), note)
    assert [(change.entry == note.id, change.cell) for change in kept] == [(False, "text@fr"), (True, "on")]
    told.take(*kept)
    calls = told.partnership.rows("note.calls", "rows")
    assert [(row.get("on"), row.text("text", "fr")) for row in calls] == [("2026-11-22", "Une salle à prêter.")]


def test_a_call_note_given_again_in_its_language_keeps_no_other() -> None:
    told = Told("A")
    told.say("note.call", {"text": {"fr": "Une salle.", "en": "A room."}}, "A")
    note = single_entry(told.partnership, "note.call", (told.ids["A"],))
    field = GUIDE.question("note.call").parts[0].field("text")
    assert field is not None
    for lang, text, kept in (("en", "A room.", False), ("en", "Une salle.", True), ("fr", "Une salle.", False)):
        context = FormContext(GUIDE, told.partnership, lang)
        assert bool(giving.keep_earlier_call(context, note, field, text)) is kept


def test_a_mark_is_no_answer_to_give_to_others() -> None:
    told = Told("A", "B", "C")
    told.say("open.history", {"note": "Dix ans."}, "A", state="to_confirm")
    question = GUIDE.question("open.history")
    source = single_entry(told.partnership, question.id, (told.ids["A"],))
    assert source.get("#state") == "to_confirm"
    others = [(told.ids[name],) for name in "BC"]
    given = giving.copy_to_subjects(FormContext(GUIDE, told.partnership, "fr"), question, source, others)
    assert [(change.subject, change.cell) for change in given] == [(other, "note@fr") for other in others]


def test_whom_a_question_is_asked_of_and_where_the_other_is_asked_the_same() -> None:
    told = Told("A", "B")
    first, second = told.ids.values()
    pair, own = GUIDE.question("open.trust"), GUIDE.question("commit.consensus")
    assert subject_of(pair, first) == (first,) and subject_of(own, first, second) == (first,)
    assert subject_of(GUIDE.question("open.history"), first, second) == tuple(sorted((first, second)))
    assert subject_of(pair, first, second) == subject_of(pair, second, first) == tuple(sorted((first, second)))
    context = FormContext(GUIDE, told.partnership, "fr")
    between = form_of(context, pair, first, second).other
    assert between is not None and (between.chosen, between.options) == (second, ((second, "B"),))
    assert (between.entry.id, between.entry.question) == ("", "open.trust"), "it is of no entry"
    assert form_of(context, pair, first).groups == () and form_of(context, own, first).other is None
    either = form_of(context, GUIDE.question("open.history"), second)
    assert len(either.groups) == 1 and either.other is not None
    assert either.other.chosen == ""
    told.take(*(Change(first, "open.who", f"short_name@{lang}", f"A ({lang})", "", (first,)) for lang in ("fr", "en")))
    words: dict[i18n.Language, str] = {"fr": "seul", "en": "alone"}
    for lang, alone in words.items():
        i18n.use(lang)
        others = form_of(FormContext(GUIDE, told.partnership, lang), GUIDE.question("open.history"), second).other
        assert others is not None and others.options == (("", alone), (first, f"A ({lang})"))
    form = form_of(context, own, first)
    for group in form.groups:
        if isinstance(group, Rows):
            assert group.new.entry.subject == (first,)
        elif group.part.id == "":
            assert group.more is not None
            there = single_entry(told.partnership, own.id, (second,)).id
            assert key_for_partner(group.more, own, first, second) == f"{there}/more"
            level = group.fields[0]
            assert level.field is not None
            assert key_for_partner(level, own, first, second) == f"{there}/{level.field.id}"
            (reason,) = (field for field in group.fields if field.field is not None and field.field.id == "reservation")
            assert key_for_partner(reason, own, first, second) == f"{there}/level", (
                "of no answer no reservation is asked"
            )
            nobodys = giving.set_value(context, Entry("x", own.id), level.field, "agree")
            assert [change.cell for change in nobodys] == ["level", "seen"]


def test_what_is_seldom_asked_shows_where_something_was_typed() -> None:
    told = Told("A")
    entry = single_entry(told.partnership, CONSENSUS, (told.ids["A"],))
    for cell, value in (("ratify_on", {"typed": "bientôt"}), ("ratify_by@fr", "le conseil")):
        told.take(Change(entry.id, CONSENSUS, cell, value, "", entry.subject))
    form = form_of(FormContext(GUIDE, told.partnership, "fr"), GUIDE.question(CONSENSUS), told.ids["A"])
    fields = {field.cell: field.folded for group in form.groups if isinstance(group, Fields) for field in group.fields}
    assert not fields["ratify_on"] and not fields["ratify_by@fr"] and fields["ratify_asked"]
    for shown, folded in (({}, True), ({"unfolded": True}, False), ({"at": "+exceptions"}, False)):
        form = form_of(form.context, GUIDE.question(CONSENSUS), told.ids["A"], **shown)
        assert [group.folded for group in form.groups if isinstance(group, Rows) and group.part.more] == [folded]


def test_the_place_of_a_row_is_its_own_where_it_is_shared_else_that_of_its_number() -> None:
    told = Told("A", "B", "C")
    first, second, third = told.ids.values()
    for text, who in (("un local", "A"), ("du temps", "A"), ("une voiture", "B")):
        told.say("open.contributions", {"text": text}, who, op="add")
    asked, pair = GUIDE.question("open.contributions"), GUIDE.question("open.trust")
    local, time, car = told.partnership.rows("open.contributions", "rows")
    places: dict[str, str] = {}
    for group in form_of(FormContext(GUIDE, told.partnership, "fr"), asked, first).groups:
        if isinstance(group, Rows):
            places |= {row.entry.id: key_for_partner(row.main, asked, first, second) for row in group.rows}
    assert places == {local.id: f"{car.id}/text", time.id: "+rows"}
    between = form_of(FormContext(GUIDE, told.partnership, "fr"), pair, first, second)
    found = [field for group in between.groups if isinstance(group, Fields) for field in group.fields if field.field]
    there = single_entry(told.partnership, pair.id, subject_of(pair, first, third)).id
    assert found and all(key_for_partner(field, pair, first, first, third).startswith(f"{there}/") for field in found)


def test_a_row_is_listed_with_the_rows_of_the_partner_it_is_shown_for() -> None:
    told = Told("A", "B")
    first, second = told.ids.values()
    for text, who in (("un local", "A"), ("une voiture", "B"), ("du temps", "A")):
        told.say("open.contributions", {"text": text}, who, op="add")
    told.say("gather.objectives", [{"text": "ouvrir"}, {"text": "durer"}])
    partnership = told.partnership
    local, car, time = partnership.rows("open.contributions", "rows")
    assert giving.listed_with(partnership, local, first) == (local, time)
    assert giving.listed_with(partnership, car, second) == (car,)
    assert giving.listed_with(partnership, local, second) == (local,), "it is no row of that partner"
    for question, part in (("gather.objectives", "rows"), ("open.who", "")):
        rows = partnership.rows(question, part)
        assert len(rows) == 2 and giving.listed_with(partnership, rows[0], first) == rows


def filled_form() -> tuple[Told, FormContext]:
    """Two partners: two contributions, one shared, and a person whose address is none."""
    told = Told("A", "B")
    shared = {"text": "un local", "state": "accepted", "due": "2027-03-01", "partners": [*told.ids.values()]}
    told.say("open.contributions", shared, "A", op="add")
    told.say("open.contributions", {"text": "du temps"}, "A", op="add")
    told.say("open.who", {"people": [{"name": "Ana", "signs": True, "email": "ana chez a"}]}, "A")
    i18n.use("fr")
    return told, FormContext(GUIDE, told.partnership, "fr")


def test_a_form_says_its_rows_and_its_fields_in_words() -> None:
    told, context = filled_form()
    (given,) = form_of(context, GUIDE.question("open.contributions"), told.ids["A"]).groups
    assert isinstance(given, Rows) and given.title == "Contributions" and not given.folded
    assert [row.words for row in given.rows] == [
        ("un local", "engagement", "1er mars 2027", "partagé par 2"), ("du temps", "souhaité"),
    ]  # fmt: skip
    fields, people, everyone = form_of(context, GUIDE.question("open.who"), told.ids["A"]).groups
    assert isinstance(fields, Fields) and isinstance(people, Rows) and isinstance(everyone, Rows)
    assert [row.words for row in everyone.rows] == [("A", "intéressé"), ("B", "intéressé")] and everyone.title == ""
    (person,) = people.rows
    assert person.words == ("Ana", "signe l'entente", "ana chez a") and len(person.parse_errors) == 1
    assert [group.new.hint for group in (given, people, everyone)] == [
        "ajouter une contribution", "ajouter une personne", "ajouter des organismes, un par ligne",
    ]  # fmt: skip
    name, status, role, reason, named = fields.fields[:5]
    assert [field.folded for field in fields.fields[:6]] == [False] * 5 + [True]
    assert (name.label, name.text, name.answer, name.private) == ("Organisme", "A", "A", False)
    assert name.guess == "de A, à A, représenté" and not role.guess and reason.private
    assert (status.text, status.answer, status.chosen) == ("", "intéressé", "interested")
    assert [one.typed for one in (name, status, role, named)] == [True, False, True, False]
    assert [one.empty for one in (name, status, role, named)] == [False, False, True, True]
    assert (name.single_line, reason.single_line, role.hint) == (True, False, "ex. demandeur, prestataire, hôte")
    article = next(field for field in fields.fields if field.cell == "article")
    assert article.guessed and article.answer.startswith("aucun : de A") and not status.guessed
    assert fields.more is not None and fields.more.names == tuple(f.label for f in fields.fields if f.folded)


def test_an_article_is_said_in_a_row_without_what_it_makes_of_the_name() -> None:
    told = Told("Centre")
    told.say("open.who", {"article": "le"}, "Centre")
    part = GUIDE.question("open.who").parts[0]
    assert (
        "le"
        in Row(FormContext(GUIDE, told.partnership, "fr"), part, told.partnership.entries[told.ids["Centre"]]).details
    )


def test_a_form_leaves_out_the_parts_that_its_context_does_not_tell() -> None:
    class Others(FormContext):
        """Tells neither the people nor a name."""

        def shows_part(self, question: Question, part: Part) -> bool:
            return (question.id, part.id) != ("open.who", "people")

        def shows(self, field: Field) -> bool:
            return field.id != "name"

    told, _context = filled_form()
    fields, everyone = form_of(Others(GUIDE, told.partnership, "fr"), GUIDE.question("open.who"), told.ids["A"]).groups
    assert isinstance(fields, Fields) and fields.fields[0].cell == "status" and isinstance(everyone, Rows)


def test_a_new_row_begins_with_who_and_is_the_one_that_is_being_written() -> None:
    told, context = filled_form()
    part = GUIDE.question("gather.governance").part("reports")
    assert part is not None and (first_field(part).id, main_field(part).id) == ("who", "what")
    local, time = told.partnership.rows("open.contributions", "rows")
    (person,) = told.partnership.rows("open.who", "people")
    for adding, listed, new in ((time.id, [local], time.id), (person.id, [local, time], "")):
        (given,) = form_of(context, GUIDE.question("open.contributions"), told.ids["A"], adding=adding).groups
        assert isinstance(given, Rows) and [row.entry for row in given.rows] == listed
        assert (given.new.entry.id, given.new.key, given.new.kind) == (new, "+rows", "add")
        assert given.new.field is first_field(given.part)
    who = form_of(context, GUIDE.question("open.who"), adding=told.ids["B"]).groups[0]
    assert isinstance(who, Rows) and [row.entry.id for row in who.rows] == [told.ids["A"]]
    assert who.new.entry.id == told.ids["B"]
    first = form_of(context, GUIDE.question("open.contributions"), told.ids["B"]).groups[0]
    assert isinstance(first, Rows)
    elsewhere = form_field(context, first.part, time, main_field(first.part))
    assert (
        key_for_partner(elsewhere, GUIDE.question("open.contributions"), told.ids["B"], told.ids["A"])
        == f"{time.id}/text"
    )
    for name, key in (("A", f"{time.id}/text"), ("B", "+rows")):
        there = key_for_partner(elsewhere, GUIDE.question("open.contributions"), told.ids["B"], told.ids[name])
        assert there == key, "the row is none of those of B"
    home = Entry("", "open.who")
    row, changes = giving.new_row(context, home, GUIDE.question("open.who").parts[0], {"name@fr": "C"})
    assert row.subject == (row.id,) and [change.cell for change in changes] == [ORDER, "name@fr"]


@pytest.mark.parametrize(("held", "typed", "noted"), [
    ("fr", "en", "In French"), ("en", "fr", "In English"), ("fr", "fr", ""), ("en", "en", ""), ("", "fr", ""),
])  # fmt: skip
def test_a_text_of_the_other_language_says_that_it_stays(held: str, typed: str, noted: str) -> None:
    cells = {f"vision@{held}": Cell("une porte", 1)} if held else {}
    part = GUIDE.question("gather.vision").single
    field = part.field("vision") if part is not None else None
    assert field is not None
    i18n.use("en")
    context = FormContext(GUIDE, Partnership("aaaaaaaaaa"), typed)
    note = context.language_note(Entry("gather.vision", "gather.vision", cells=cells), field)
    assert note.startswith(noted) and bool(note) == bool(noted)


def test_a_row_of_defaults_alone_is_blank() -> None:
    told = Told("A")
    part = GUIDE.question("open.contributions").lists[0]
    home = Entry("", "open.contributions", part.id, (told.ids["A"],))
    context = FormContext(GUIDE, told.partnership, "fr")
    blank, changes = giving.new_row(context, home, part, {})
    said, others = giving.new_row(context, home, part, {"text@fr": "une salle"}, changes)
    told.take(*changes, *others)
    entries = told.partnership.entries
    assert entries[blank.id].get("state") and giving.is_blank_row(GUIDE, entries[blank.id])
    assert not giving.is_blank_row(GUIDE, entries[said.id])
    told.take(giving.remove(entries[blank.id]))
    assert not giving.is_blank_row(GUIDE, told.partnership.entries[blank.id])
    assert not giving.is_blank_row(GUIDE, Entry("gather.vision", "gather.vision"))


def test_what_is_seldom_needed_is_folded_until_asked_or_given() -> None:
    told, question = Told("A"), GUIDE.question("commit.funding")

    def folded(**asked: Any) -> bool:
        groups = form_of(FormContext(GUIDE, told.partnership, "fr"), question, **asked).groups
        (costs,) = [group for group in groups if isinstance(group, Rows) and group.part.id == "costs"]
        return costs.folded

    assert folded() and not folded(unfolded=True) and not folded(at="+costs")
    told.say("commit.funding", {"costs": [{"item": "une salle"}]})
    assert not folded()
    partner, who = told.ids["A"], GUIDE.question("open.who")
    fields = form_of(FormContext(GUIDE, told.partnership, "fr"), who, partner, at=f"{partner}/article").groups[0]
    assert isinstance(fields, Fields)
    shown = {
        field.cell for field in fields.fields if field.part.field(field.cell.partition("@")[0]) and not field.folded
    }
    plain = form_of(FormContext(GUIDE, told.partnership, "fr"), who, partner).groups[0]
    assert isinstance(plain, Fields)
    assert shown - {field.cell for field in plain.fields if not field.folded} == {"article"}


def test_a_field_of_two_wordings_says_so_beside_its_label() -> None:
    context = FormContext(GUIDE, Partnership("aaaaaaaaaa"), "fr")
    part = GUIDE.question("gather.vision").single
    assert part is not None
    for second in ("", "une cour"):
        cells = {"vision@fr": Cell("une porte", 1)}
        cells |= {second_wording_cell("vision@fr"): Cell(second, 1)} if second else {}
        (vision, goal) = fields_of(context, part, Entry("gather.vision", "gather.vision", cells=cells)).fields[:2]
        assert ("deux" in vision.label) is bool(second) and "deux" not in goal.label
