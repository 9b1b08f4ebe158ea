"""Lists at the line prompts: rows added one a line, opened, removed and moved by number, shared with others."""

from __future__ import annotations

import io

import pytest

from tests.line_mode.person import GUIDE, TWO, Person
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.form.form import form_field
from tui.form.question_walk import PAIRS, Spot
from tui.line_mode import prompt_answers
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_streams import LineStreams
from tui.line_mode.prompt_answers import set_field, take_answer, take_unfinished_line
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import partners
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, Entry
from tui.settings import Settings
from tui.workspace.workspace import Workspace


def test_organisations_one_a_line_bullets_dropped_none_twice(person: Person) -> None:
    said = person.types("1. Université de Windsor", "• ACSM", "université de windsor", "3", "")
    assert [one.name("fr") for one in partners(person.partnership)] == ["Université de Windsor", "ACSM"]
    assert "déjà inscrit" in said and "pas de ligne 3" in said


def test_a_new_partnership_begins_with_its_organisations(person: Person) -> None:
    said = person.types()
    assert "Question 1 sur 17." in said and "le vôtre d’abord" in said and said.rstrip().endswith("Au revoir.")


def test_questions_of_partners_wait_for_them(person: Person) -> None:
    said = person.types("/aller 3", "", "2")
    assert "inscrivez d’abord les organismes" in said
    assert person.answer("open.how_many").get("min") == 2


def test_rows_are_opened_removed_moved_and_brought_back(pair: Person) -> None:
    pair.types("/aller 7", "un", "deux", "trois")
    assert pair.rows("gather.objectives") == ["un", "deux", "trois"]
    pair.types("/aller 7", "2", "DEUX", "/oter 1", "/monter 2", "/descendre 9", "/supprimer", "/annuler")
    assert pair.rows("gather.objectives") == ["DEUX", "trois"]
    said = pair.types("/aller 7", "/monter 2", "/oter 1", "/annuler", "/annuler")
    assert pair.rows("gather.objectives") == ["DEUX", "trois"]
    assert "Annulé, et enregistré." in said


def test_a_row_is_said_with_its_number_and_fields(pair: Person) -> None:
    said = pair.types("/aller 6", "prêter une salle", "1", "", "confirmé", "locaux")
    assert "\n1. prêter une salle; confirmé; locaux\n" in said


def test_back_within_a_row_and_out_of_it(pair: Person) -> None:
    pair.types(
        "/aller 6", "prêter", "1", "", "confirmé", "/retour", "engagement", "/retour", "/retour", "/retour", "former"
    )
    assert pair.rows("open.contributions") == ["prêter", "former"]
    assert pair.partnership.rows("open.contributions", "rows")[0].get("state") == "accepted"


def test_a_partner_is_taken_out_and_brought_back(pair: Person) -> None:
    pair.types("/aller 1", "/supprimer 2")
    assert [one.name("fr") for one in partners(pair.partnership)] == [TWO[0]]
    pair.types("/aller 1", "ACSM", "/supprimer 2", "/annuler")
    assert [one.name("fr") for one in partners(pair.partnership)] == [TWO[0], "ACSM"]


def test_a_commitment_is_a_contribution_already_accepted(pair: Person) -> None:
    pair.types("/aller 15", "prêter une salle")
    (row,) = pair.partnership.rows("open.contributions", "rows")
    assert (row.text("text", "fr"), row.get("state"), row.subject) == (
        "prêter une salle",
        "accepted",
        (pair.partner(1),),
    )


def test_same_answer_for_others(pair: Person) -> None:
    pair.types("/aller 1", "Ville de Windsor")
    said = pair.types("/aller 3", "contribue", "oui", "/retour", "/même tous", "/même Hydro", "/aller 2", "/même")
    for number in (1, 2, 3):
        level = pair.answer("open.involvement", number)
        assert (level.get("level"), level.get("agreed")) == ("contributes", True)
    assert "Enregistré, même réponse pour : ACSM Windsor-Essex, Ville de Windsor." in said
    assert "Aucun partenaire ne s’appelle « Hydro »" in said and "partenaire par partenaire" in said


def test_same_answer_lets_rows_be_shared(pair: Person) -> None:
    pair.types("/aller 6", "prêter une salle", "/même 2")
    (row,) = pair.partnership.rows("open.contributions", "rows")
    assert row.get("partners")["ids"] == [pair.partner(1), pair.partner(2)]
    assert "\n1. prêter une salle" in pair.types("/aller 6", "/partenaire 2")


def test_the_answer_of_another_partner_here(pair: Person) -> None:
    said = pair.types(
        "/aller 3", "contribue", "oui", "/comme", "/comme 2", "/aller 14", "2 h", "", "/comme 1", "/même 1"
    )
    level = pair.answer("open.involvement", 2)
    assert (level.get("level"), level.get("agreed")) == ("contributes", True)
    (row,) = pair.partnership.rows("commit.time", "rows")
    assert sorted(row.get("partners")["ids"]) == sorted([pair.partner(1), pair.partner(2)])
    assert "Aucun autre partenaire ici" in said and "Inchangé : " in said


def test_call_note_adds_a_line_from_anywhere(pair: Person) -> None:
    said = pair.types(
        "/aller 3", "/partenaire acsm", "/note offre une salle", "/aller 9", "/note", "Marie signe", "", "Vision", ""
    )
    note = pair.answer("note.call", 2)
    assert note.text("text", "fr") == "offre une salle\nMarie signe"
    assert pair.answer("gather.vision").text("vision", "fr") == "Vision"
    assert "Note privée sur ACSM Windsor-Essex" in said


def test_an_organisation_met_before_comes_with_its_people(person: Person) -> None:
    person.types("Maison des jeunes", "")
    shelf = person.store.directory()
    assert [one["name@fr"] for one in shelf] == ["Maison des jeunes"], "the directory learns here too"
    name = str(shelf[0]["id"])
    person.store.change_directory(lambda _rows: {name: {"person/p/name": "Marie Roy"}})
    person.id = person.store.create().id
    assert "vient du répertoire" in person.types("maison des jeunes", "")
    assert [row.get("name") for row in person.partnership.rows("open.who", "people")] == ["Marie Roy"]


def test_a_source_of_money_is_read_as_the_example_writes_it(pair: Person) -> None:
    said = pair.types("/aller 17", "Fonds vert, 500 $, acquis")
    (row,) = pair.partnership.rows("commit.funding", "rows")
    assert (row.text("source", "fr"), row.get("status")) == ("Fonds vert", "acquired")
    assert row.get("amount") == {"amount": "500", "currency": "CAD"}
    assert "Fonds vert; 500" in said.replace("\xa0", " ")


def test_a_line_meant_for_another_prompt_is_no_name_and_no_text(person) -> None:
    said = person.types("Alpha", "Beta", "", "1", "oui", "Alpha inc.", "/aller 1", "2", "« 2 »").replace("’", "'")
    assert "« 1 » n'a pas été pris" in said and "« oui » n'a pas été pris" in said
    names = [row.text("name", "fr") for row in person.partnership.rows("open.who")]
    assert names == ["Alpha inc.", "2"], "in quotes it is the name"
    said = person.types("/go level", "1", "yes", "weave ties", lang="en")
    assert "“yes” was not taken" in said
    assert person.answer("gather.level").text("function", "en") == "weave ties"


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("seconde", "première\nseconde"), ("", "première"), ("/quitter", "première"), ("/aide", "première"),
        ("/aller 3", "première"), ("/nulle part", "première"), (".", "première"),
    ],
)  # fmt: skip
def test_of_a_line_the_end_cut_words_are_kept_and_no_command(pair: Person, end: str, kept: str) -> None:
    conversation = conversation_of(pair, None)
    take_answer(conversation, "première")
    take_unfinished_line(conversation, end)
    assert pair.answer("gather.vision").text("vision", "fr") == kept


def conversation_of(pair: Person, journal: NotedJournal | None) -> Conversation:
    """A conversation that stands at the vision."""
    workspace = Workspace(GUIDE, pair.partnership, pair.store, journal)
    found = Conversation(workspace, LineStreams(io.StringIO(), io.StringIO()), Settings(), pair.store)
    found.spot = Spot("gather.vision")
    return found


class NotedJournal:
    """What a text being typed notes."""

    def __init__(self) -> None:
        self.noted: list[Change] = []
        self.position = 0

    def note(self, change: Change, /) -> None:
        self.noted.append(change)

    def mark_saved(self, upto: int | None = None) -> None:
        self.noted.clear()

    def others(self) -> tuple[()]:
        return ()

    def close(self) -> None:
        """Nothing is open."""


def test_a_text_being_typed_is_noted_on_what_it_was_typed_over(pair: Person) -> None:
    for before in ("", "avant"):
        if before:
            pair.types("/aller 9", before, "")
        entry = pair.partnership.entry("gather.vision")
        journal = NotedJournal()
        conversation = conversation_of(pair, journal)
        take_answer(conversation, "une ligne")
        take_answer(conversation, "une autre")
        last = journal.noted[-1]
        assert (last.entry, last.cell, last.value) == ("gather.vision", "vision@fr", "une ligne\nune autre")
        assert last.base == (entry.cells["vision@fr"].rev if entry is not None and before else 0)


@pytest.mark.parametrize(("part", "asked"), [("", True), ("exceptions", False)])
def test_only_a_position_on_the_whole_text_asks_on_which_text(
    monkeypatch: pytest.MonkeyPatch, part: str, asked: bool
) -> None:
    told = Told("Collège")
    subject = (told.ids["Collège"],)
    talk, found = Talk(told), []
    monkeypatch.setattr(talk.conversation, "ask_which_text", lambda *what: found.append(what))
    guide_part = GUIDE.question(CONSENSUS).part(part)
    assert guide_part is not None
    level = guide_part.field("level")
    assert level is not None
    entry = Entry("exception0", CONSENSUS, part, subject)
    entry = entry if part else single_entry(told.partnership, CONSENSUS, subject)
    place = form_field(talk.workspace.form_context, guide_part, entry, level)
    talk.gives(lambda conversation, value: set_field(conversation, place, value), "discuss")
    assert found == ([(CONSENSUS, subject)] if asked else [])


@pytest.mark.parametrize(("line", "today"), [("", False), ("1", False), ("1.", False), ("2", True), (" 2. ", True)])
def test_an_empty_line_leaves_an_answer_on_the_draft(monkeypatch: pytest.MonkeyPatch, line: str, today: bool) -> None:
    talk, noted = Talk(Told("Collège")), []
    monkeypatch.setattr(prompt_answers, "note_given_on_today", lambda workspace, *what: noted.append(what))
    talk.conversation.which_text = (CONSENSUS, ("a", "b"))
    with pytest.raises(BadValue):
        talk.gives(prompt_answers.take_which_text, "3")
    assert talk.conversation.which_text is not None, "it is asked again"
    talk.gives(prompt_answers.take_which_text, line)
    assert noted == ([(CONSENSUS, ("a", "b"))] if today else []) and talk.conversation.which_text is None


@pytest.mark.parametrize(("spot", "kept"), [(Spot("gather.vision"), True), (Spot("open.how_many"), False)])
def test_only_words_of_a_text_are_kept_of_a_cut_line(spot: Spot, kept: bool) -> None:
    talk = Talk(Told("Collège", "Clinique"))
    talk.conversation.spot = spot
    before = talk.workspace.partnership.entries
    talk.gives(take_unfinished_line, "2")
    assert (talk.workspace.partnership.entries != before) is kept


@pytest.mark.parametrize(("line", "count"), [("1", 1), ("1, 2", 2), ("1 et 3", 2), ("1, 2, 3", 3), ("tous", 3)])
def test_a_pair_is_two_partners(line: str, count: int) -> None:
    talk = Talk(Told("Collège", "Clinique", "Gîte"))
    talk.conversation.spot = before = Spot("open.trust", PAIRS)
    if count == 2:
        talk.gives(take_answer, line)
        assert talk.conversation.spot.stop.count("+") == 1
    else:
        with pytest.raises(BadValue, match=str(count)):
            talk.gives(take_answer, line)
        assert talk.conversation.spot == before


@pytest.mark.parametrize("place", [("/aller 1", "2"), ("/aller 7",), ("/aller 9",), ("/aller 6",), ()])
def test_a_line_between_us_goes_to_no_public_field(pair: Person, place: tuple[str, ...]) -> None:
    said = pair.types(*place, "entre nous : zanzibar00009z", "Between us, zanzibar00009z")
    assert said.count("va dans une note d'appel") == 2
    assert "zanzibar00009z" not in repr(pair.partnership)
    pair.types("/aller 1", "2", "/note", "un four", "entre nous : zanzibar00009z", "")
    assert "zanzibar00009z" in repr(pair.partnership)
