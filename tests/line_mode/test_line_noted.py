"""A decision entered, turned, replaced and read in the register, line by line, as on the screens."""

from __future__ import annotations

import pytest

from tests.line_mode.person import TWO
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_noted
from tui.partnership.decisions import DECISION, KINDS, all_decisions, in_force
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import DECISIONS, HELD, TASKS
from tui.workspace import meeting_edits
from tui.workspace import noted_lines as noting


def test_a_decision_becomes_a_clause_once_it_was_shown(person) -> None:
    said = person.types(
        *TWO, "/décision offrir du soutien", "/inscrire", "/inscrire 1 o", "/inscrire 1 o", "/compte rendu"
    )
    assert "1. offrir du soutien" in said
    assert "La même ligne encore une fois l’inscrit." in said
    (clause,) = person.partnership.rows("gather.objectives", "rows")
    assert clause.text("text", "fr") == "offrir du soutien"
    assert "inscrit à la section" in said[said.rindex("COMPTE RENDU") :]


def test_it_takes_the_place_of_a_text_by_its_number(person) -> None:
    said = person.types(
        *TWO, "/decision one evening", "/enter 1 o", "/enter 1 o",
        "/decision two evenings", "/enter 2 o", "/enter 2 o 1", "/enter 2 o 1", lang="en",
    )  # fmt: skip
    assert "1 puts it instead of: one evening" in said
    (clause,) = person.partnership.rows("gather.objectives", "rows")
    assert clause.text("text", "en") == "two evenings"


def test_what_is_asked_of_a_partner_goes_to_the_one_it_names(person) -> None:
    said = person.types(
        *TWO, "/décision l'ACSM Windsor-Essex prête une salle", "/inscrire 1 C", "/inscrire 1 C",
        "/décision un local de plus", "/inscrire 2 C", "/inscrire 2 C Université de Windsor",
        "/inscrire 2 C Université de Windsor",
        "/décision Université de Windsor et ACSM Windsor-Essex aident", "/inscrire 3 C", "/inscrire 3 C",
    )  # fmt: skip
    assert said.replace("\u00a0", " ").count("De qui est-ce ?") == 3, "nobody is named, or two are"
    names = {row.id: row.text("name", "fr") for row in person.partnership.rows("open.who")}
    given = [names[row.subject[0]] for row in person.partnership.rows("open.contributions", "rows")]
    assert given == ["ACSM Windsor-Essex", "Université de Windsor"]


def test_kinds_change_and_decisions_are_replaced_and_read(person) -> None:
    said = person.types(
        *TWO, "/décision louer la salle", "/décision un gardien", "/décision deux gardiens", "/transformer 1 tâche",
        "/remplacer 1 ; 2 ; trop petit", "/registre", "/remplacer 2 ; plus personne", "/remplacer 2", "/registre",
    )  # fmt: skip
    assert [row.text("text", "fr") for row in person.partnership.rows(HELD, TASKS)] == ["louer la salle"]
    assert "remplacée par la décision 2" in said and "trop petit" in said
    assert [bool(row.get("replaced_on")) for row in person.partnership.rows(HELD, DECISIONS)] == [True, False]
    person.types("/remplacer 1 ; bien trop petit")
    first = person.partnership.rows(HELD, DECISIONS)[0]
    assert first.get("replaced_on") and first.text("reason", "fr") == "bien trop petit"


def test_a_sentence_is_agreed_as_it_stands_by_its_numbers(person) -> None:
    said = person.types(*TWO, "/décision offrir du soutien", "/inscrire 1 o", "/inscrire 1 o", "/document")
    label = next(line.split(".")[0] for line in said.splitlines() if ". Objectifs" in line and line[:1].isdigit())
    said = person.types(f"/convenu {label}", f"/convenu {label} 1", "/compte rendu")
    assert "1. offrir du soutien" in said.lower()
    assert f"convenu tel quel, section {label}" in said.replace("\u00a0", " ")


def test_what_cannot_be_is_said_with_a_way_on(person) -> None:
    said = person.types(
        *TWO, "/inscrire", "/registre", "/décision oui", "/inscrire 9 o", "/inscrire 1 o 4",
        "/transformer 1 rien", "/remplacer 9", "/remplacer 1 ; 1", "/convenu 99", "/convenu 1 99",
    )  # fmt: skip
    for words in (
        "n’a encore rien noté",
        "Aucune décision",
        "n’est pas un numéro de cette liste",
        "Aucun texte ne porte",
        "/transformer 2 tâche",
        "n’est pas un numéro du registre",
        "ne se remplace pas elle-même",
        "Tapez le numéro d’une section",
    ):
        assert words in said, words


def test_who_leaves_stands_aside_and_the_result_line_by_line(person) -> None:
    said = person.types(
        *TWO, "/rencontre", "/présent tous", "/se retire 2", "/décision oui", "/se retire 2", "/parti 1",
        "/résultat 1 ; adopté par tous", "/compte rendu", "/parti 1", "/absent 2", "/parti 2",
    )  # fmt: skip
    (row,) = person.partnership.rows(HELD, DECISIONS)
    assert len(row.get("there")["who"]) == 1 and row.text("result", "fr") == "adopté par tous"
    shown = said[said.rindex("COMPTE RENDU") :].replace("\u00a0", " ")
    assert "Université de Windsor, jusqu’à " in shown.replace("'", "’") and "résultat : adopté par tous" in shown
    assert "retire" not in shown.split("Décisions")[1].split("oui")[0]
    assert "n’est pas marqué présent" in said


def test_who_proposed_a_line_stays_private_and_is_taken_back_by_its_number(person) -> None:
    said = person.types(*TWO, "/décision offrir du soutien", "/proposé par 1 ; zanzibar00008z", "/compte rendu")
    (row,) = person.partnership.rows(HELD, DECISIONS)
    assert row.get("proposer") == {"name": "zanzibar00008z"}
    assert "zanzibar" not in said[said.rindex("COMPTE RENDU") :]
    person.types("/proposed by 1", lang="en")
    assert not person.partnership.rows(HELD, DECISIONS)[0].get("proposer")


def test_a_point_waits_for_the_call_with_one_partner_and_comes_back(person) -> None:
    said = person.types(
        *TWO, "/décision commencer", "/de côté qui paie le gardien", "/prochain appel 1 ; ACSM",
        "/prochain appel 2 ; ACSM", "/prochain appel", "/ordre du jour",
    )  # fmt: skip
    assert "Seul un point attend un appel" in said
    (point,) = person.partnership.rows("extra.points", "rows")
    assert point.get("for_call") == person.partner(2)
    assert "qui paie le gardien" not in said[said.rindex("Date") :], "it is kept from the table"
    said = person.types("/next call 2", "/next call", lang="en")
    assert not person.partnership.rows("extra.points", "rows")[0].get("for_call") and "No point waits" in said


@pytest.mark.parametrize(
    ("first", "second"),
    [("1 C Collège", "1 C Clinique"), ("1 C Collège", "1 o"), ("2 o", "2 o 1"), ("1 o", "2 o"), ("1 o", "1 C Collège")],
)
def test_only_what_was_just_shown_is_entered_by_the_same_line(first: str, second: str) -> None:
    told = Told("Collège", "Clinique")
    told.say("gather.objectives", {"text": "ouvrir le soir"}, op="add")
    talk = Talk(told)
    for text in ("prêter une salle", "payer le thé"):
        meeting_edits.note_decision(talk.workspace, text)
    before = rows_of(talk)
    talk.gives(line_noted.enter_line, first)
    talk.gives(line_noted.enter_line, second)
    assert rows_of(talk) == before, "another place, partner or text is shown first"
    talk.gives(line_noted.enter_line, second)
    assert len(rows_of(talk) - before) == 1
    talk.gives(line_noted.enter_line, second)
    assert len(rows_of(talk) - before) == 1, "what was entered is shown again before it is entered twice"


def rows_of(talk: Talk) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return the rows of the agreement that lines are entered in: (question, words, partners)."""
    rows = [
        row
        for question in ("gather.objectives", "open.contributions")
        for row in talk.workspace.partnership.rows(question, "rows")
    ]
    return {(row.question, row.text("text", "fr"), row.subject) for row in rows}


@pytest.mark.parametrize(
    ("typed", "standing"),
    [
        (("1",), [False, True]), (("1", "1"), [True, True]), (("1; trop petit",), [False, True]),
        (("1; 2; trop petit", "1"), [True, True]), (("2; 1",), [True, False]), (("1", "1; trop petit"), [False, True]),
    ],
)  # fmt: skip
def test_a_decision_is_revoked_replaced_or_in_force_again(typed: tuple[str, ...], standing: list[bool]) -> None:
    talk = Talk(Told("Collège"))
    for text in ("louer la salle", "louer deux salles"):
        meeting_edits.note_decision(talk.workspace, text)
    for line in typed:
        talk.gives(line_noted.replace_decision, line)
    assert [in_force(row) for row in all_decisions(talk.workspace.partnership)] == standing


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_decision_has_a_result(kind: str) -> None:
    talk = Talk(Told("Collège"))
    row = meeting_edits.note_decision(talk.workspace, "louer la salle")
    noting.turn_into(talk.workspace, row, kind)
    if kind == DECISION:
        talk.gives(line_noted.write_result, "1; adopté par tous")
    else:
        with pytest.raises(BadValue):
            talk.gives(line_noted.write_result, "1; adopté par tous")
    results = [str(row.get("result@fr")) for row in talk.workspace.partnership.entries.values() if row.get("result@fr")]
    assert results == (["adopté par tous"] if kind == DECISION else [])
