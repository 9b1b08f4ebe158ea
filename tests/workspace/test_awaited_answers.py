"""Whether anything more is awaited of anybody: answers, ratifications and conditions."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.conditions import CONDITIONS
from tui.partnership.positions import CONSENSUS, points
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, answer_id
from tui.partnership.versions import SENT, Sent, Version
from tui.workspace.awaited_answers import (
    all_answered,
    answer_date,
    answer_line,
    awaited_lines,
    last_sent_words,
    listed_answers,
    sent_words,
    version_lines,
)
from tui.workspace.workspace import Workspace

DAY = "2027-01-10"
DONE = "Chaque partenaire a répondu sur le texte d’aujourd’hui."


@pytest.mark.parametrize(
    ("level", "more", "condition", "all_in"),
    [
        ("agree", {}, None, True), ("agree", {}, "met", True), ("agree", {}, "", False), ("agree", {}, "watch", True),
        ("agree", {"ratify_by@fr": "le conseil"}, None, False), ("reservation", {}, "", False),
        ("agree", {"ratify_by@fr": "le conseil", "resolution@fr": "CA-7"}, None, True), ("", {}, None, False),
        ("agree", {"seen": {"gone": "x"}}, None, False), ("none", {}, None, False),
    ],
)  # fmt: skip
def test_all_is_answered_once_nothing_more_is_awaited(
    level: str, more: dict[str, object], condition: str | None, all_in: bool
) -> None:
    told = Told("Ruche", "Nid")
    now = points(GUIDE, public_view(GUIDE, told.partnership))
    for name, answer in (("Ruche", "agree"), ("Nid", level)):
        whom = (told.ids[name],)
        cells = {"level": answer, "seen": now, **(more if name == "Nid" else {})}
        told.take(
            *(Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom) for cell, value in cells.items())
        )
    if condition is not None:
        row = {ORDER: "5", "answer": "yes_if", "text@fr": "la salle est libre", "state": condition or None}
        told.take(*(Change("condition0", CONDITIONS, cell, value, "rows", whom) for cell, value in row.items()))
    workspace = Workspace(GUIDE, told.partnership, Memory())
    assert all_answered(workspace, DAY) == all_in
    said = [line.replace("'", "’") for line in awaited_lines(workspace, DAY)]
    assert (DONE in said) == all_in, said


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("’", "'")


def opened(told: Told) -> Workspace:
    """A partnership, open in memory."""
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store)


def sent(told: Told, row: str, *partners: str, **cells: object) -> None:
    """Note a sending to some partners."""
    givers = {"ids": [told.ids[name] for name in partners], "group": ""}
    fields = {ORDER: row, "on": "2027-01-02", "partners": givers, **cells}
    told.take(*(Change(row, SENT, cell, value, "rows") for cell, value in fields.items()))


@pytest.mark.parametrize(
    ("cells", "words", "nid", "ruche"),
    [
        (None, "", "aucune ébauche envoyée encore", "aucune ébauche envoyée encore"),
        ({"number": 2}, "L'ébauche 2 a été envoyée ou remise à : Nid", "réponse à l'ébauche 2", "ne lui a pas encore"),
        ({"number": 2, "version": "v"}, "L'ébauche 2 a été envoyée ou remise à : Nid", "réponse à l'ébauche 2",
         "pas encore"),
        ({"version": "v"}, "Le texte adopté a été envoyé ou remis à : Nid", "réponse au texte adopté", "pas encore"),
        ({}, "Des formulaires sur le texte de ce jour-là ont été remis à : Nid", "réponse à son formulaire",
         "pas encore"),
    ],
)  # fmt: skip
def test_what_is_awaited_says_what_each_partner_was_sent(
    cells: dict[str, object] | None, words: str, nid: str, ruche: str
) -> None:
    told = Told("Ruche", "Nid")
    if cells is not None:
        sent(told, "sent000002", "Nid", **cells)
    workspace = opened(told)
    assert plain(last_sent_words(workspace)) == words
    lines = {line.partner: plain(answer_line(workspace, line)) for line in listed_answers(workspace, DAY)}
    assert nid in lines[told.ids["Nid"]] and lines[told.ids["Nid"]].startswith("Nid : ")
    assert ruche in lines[told.ids["Ruche"]] and lines[told.ids["Ruche"]].startswith("Ruche : ")


def test_the_last_sending_is_the_one_told_and_each_has_its_own() -> None:
    told = Told("Ruche", "Nid")
    sent(told, "sent000001", "Ruche", number=1, answer_by="2027-01-20")
    sent(told, "sent000002", "Nid", number=2, answer_by="2027-01")
    workspace = opened(told)
    assert "ébauche 2" in last_sent_words(workspace) and last_sent_words(workspace).endswith("Nid")
    found = {line.partner: line for line in listed_answers(workspace, DAY)}
    for name, said, by in (("Ruche", "ébauche 1", "20 janvier 2027"), ("Nid", "ébauche 2", "janvier 2027")):
        line = found[told.ids[name]]
        assert said in answer_line(workspace, line) and plain(answer_date(workspace, line)) == by


@pytest.mark.parametrize(
    ("level", "seen", "by"),
    [("", None, "20 janvier 2027"), ("agree", None, ""), ("agree", {"gone": "x"}, "20 janvier 2027")],
)
def test_a_date_is_told_while_the_answer_is_awaited_or_to_be_read_again(
    level: str, seen: dict[str, str] | None, by: str
) -> None:
    told = Told("Nid")
    sent(told, "sent000001", "Nid", number=1, answer_by="2027-01-20")
    whom = (told.ids["Nid"],)
    now = points(GUIDE, public_view(GUIDE, told.partnership))
    for cell, value in {"level": level, "seen": seen or now}.items():
        told.take(Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom))
    workspace = opened(told)
    (line,) = listed_answers(workspace, DAY)
    assert plain(answer_date(workspace, line)) == by


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
def test_an_answer_shown_to_all_names_only_who_may_be_named(status: str) -> None:
    told = Told("Ruche")
    told.join("Zanzibar", status=status)
    sent(told, "sent000001", "Zanzibar", number=3)
    workspace = opened(told)
    line = next(line for line in listed_answers(workspace, DAY) if line.partner == told.ids["Zanzibar"])
    named = status not in ("prospective", "contacted")
    bare = "Zanzibar" if named else GUIDE.word("an_organisation", "fr")
    assert plain(answer_line(workspace, line, workspace.view)) == f"{bare} : ébauche 3"
    assert "Zanzibar" in answer_line(workspace, line)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Sent("2027-01-02", "email", ("nid",), 2, "2027-01-20"),
         ["Envoyée à : Nid, 2 autres adresses (courriel)", "Réponse attendue d'ici le 20 janvier 2027"]),
        (Sent("2027-01-02", "email", (), 1, "2027-01"),
         ["Envoyée à : 1 autre adresse (courriel)", "Réponse attendue d'ici janvier 2027"]),
        (Sent("2027-01-02", "email"), ["Envoyée à : personne en particulier (courriel)"]),
    ],
)  # fmt: skip
def test_a_version_says_to_whom_it_went_and_by_when_answers_were_expected(made: Sent, said: list[str]) -> None:
    told = Told("Nid")
    partners = tuple(told.ids["Nid"] for _name in made.partners)
    found = sent_words(opened(told), Sent(made.on, made.means, partners, made.others, made.answer_by))
    assert [plain(line) for line in found] == said


def test_the_lines_are_numbered_through_all_groups() -> None:
    told = Told("Ruche", "Nid", "Phare")
    sent(told, "sent000001", "Ruche", number=1, answer_by="2027-01-02")
    sent(told, "sent000002", "Nid", number=2, answer_by="2027-01-20")
    lines = [plain(line) for line in awaited_lines(opened(told), DAY)]
    numbered = [line for line in lines if line[:1].isdigit()]
    assert [line.partition(",")[0].partition(" : ")[0] for line in numbered] == ["1. Ruche", "2. Nid", "3. Phare"]
    assert len([line for line in lines if line.endswith("(1).")]) == 3, "in a group each"


def test_a_version_is_called_what_it_is_beside_the_others() -> None:
    told = Told("Nid")
    first = Version("v1", 1, "adopted", "2026-05-01", reason="à l'essai")
    second = Version("v2", 2, "adopted", "2026-09-01", resolution="CA-7")
    lines = [plain(line) for line in version_lines(opened(told), (first, second))]
    assert [line.startswith(f"{at}. ") for at, line in enumerate(lines, 1)] == [True, True]
    assert "remplacé" in lines[0] and "à l'essai" in lines[0]
    assert "remplacé" not in lines[1] and "adopté" in lines[1] and "CA-7" in lines[1]
