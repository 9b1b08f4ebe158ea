"""The mail after a call has only the contributions and people that were noted, in the partner's language."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.agreement.cage import CANARY, caged
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.workspace.read_back import read_back_file, read_back_mail
from tui.workspace.workspace import Workspace


def workspace_on(told: Told) -> Workspace:
    """The told partnership, open to be worked on."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def called() -> Told:
    """A partner with two people, after a call of which some lines were sorted and some stay."""
    told = Told("Clinique", "Collège")
    told.say("extra.name", {"name": "Le soir"})
    people = [{"name": "Solange Viau", "title": "directrice", "email": "s@viau.example", "signs": True},
              {"name": "Ali Haddad", "email": "ali@haddad.example"}]  # fmt: skip
    told.say("open.who", {"people": people}, "Clinique")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed", "effort": "3 h par semaine"},
             "Clinique", op="add")  # fmt: skip
    told.say("open.contributions", {"text": "accueillir deux stagiaires", "state": "wished"}, "Clinique", op="add")
    told.say("open.contributions", {"text": "payer le gardien", "state": "wished"}, "Clinique", op="add")
    told.say("open.contributions", {"text": "former les bénévoles", "state": "confirmed"}, "Collège", op="add")
    told.say("open.history", {"note": "fâchés du projet de 2015"}, "Clinique")
    told.say("note.calls", {"on": "2027-02-03", "outcome": "spoke", "called": "Solange Viau"}, "Clinique", op="add")
    note = "✓ accueillir deux stagiaires\n✓ fâchés du projet de 2015\nentre nous : payer le gardien"
    told.say("note.call", {"text": note, "on": "2027-02-03"}, "Clinique")
    return told


def test_mail_tells_back_what_was_said_and_goes_to_whom_one_spoke_with() -> None:
    told = called()
    mail = read_back_mail(workspace_on(told), told.ids["Clinique"], "Marie")
    assert mail.addresses == ("s@viau.example",)
    body = mail.letter.body
    assert "Voici ce que j’ai noté ; corrigez ce qui ne va pas." in body.replace("\u00a0", " ").replace("\u202f", " ")
    assert "– prêter une salle (3 h par semaine)" in body
    assert "– accueillir deux stagiaires" in body, "wished for, and said in the call"
    assert "– Solange Viau, directrice, signe l’entente" in body and "– Ali Haddad" in body
    for silent in ("gardien", "fâchés", "bénévoles", "Collège"):
        assert silent not in body


def test_mail_is_in_the_language_of_the_partner() -> None:
    told = called()
    row = told.partnership.rows("open.who", "people")[0].id
    told.say("open.who", {"language": "en"}, row=row)
    assert "please put right whatever is wrong" in read_back_mail(workspace_on(told), told.ids["Clinique"]).letter.body


def test_partner_of_whom_nothing_was_noted_gets_no_mail() -> None:
    told = Told("Clinique")
    with pytest.raises(BadValue, match="Clinique"):
        read_back_mail(workspace_on(told), told.ids["Clinique"])


def test_file_is_a_draft_and_its_name_names_no_partner_that_may_not_be_named() -> None:
    told = called()
    told.say("open.who", {"status": "contacted"}, "Clinique")
    workspace = workspace_on(told)
    file = read_back_file(workspace, read_back_mail(workspace, told.ids["Clinique"]))
    assert file.name == "relecture.eml"
    message: Any = message_from_bytes(file.make().data, policy=default)
    assert message["X-Unsent"] == "1" and "prêter une salle" in message.get_content()


def test_canary_in_every_private_place_is_not_told_back() -> None:
    cage = caged([("interested", True), ("committed", False)], "wished", "sought", "ask", agreed_level=False)
    for partner in active(cage.told.partnership):
        cage.told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, partner.id, op="add")
        mail = read_back_mail(workspace_on(cage.told), partner.id)
        own = {row.text("name", "fr") for row in cage.told.partnership.rows("open.who", "people", (partner.id,))}
        said = [line for line in mail.letter.body.splitlines() if not any(name and name in line for name in own)]
        assert CANARY not in "\n".join(said)


@pytest.mark.parametrize(
    ("caller", "called", "to"),
    [
        ("Marie", "Solange Viau", "s@viau.example"), ("Ali Haddad", "Marie", "ali@haddad.example"),
        ("Marie", "solange viau", "s@viau.example"), ("Marie", "", ""), ("Marie", "Quelqu'un", ""),
    ],
)  # fmt: skip
def test_mail_goes_to_whom_one_spoke_with_whoever_called(caller: str, called: str, to: str) -> None:
    told = called_by(caller, called)
    mail = read_back_mail(workspace_on(told), told.ids["Clinique"])
    assert mail.addresses == ((to,) if to else ("s@viau.example", "ali@haddad.example"))


def called_by(caller: str, called: str) -> Told:
    """Two people of a partner, one of the same name elsewhere, a call, and a later one in which nobody answered."""
    told = Told("Clinique", "Collège")
    people = [
        {"name": "Solange Viau", "email": "s@viau.example"},
        {"name": "Ali Haddad", "email": "ali@haddad.example"},
    ]
    told.say("open.who", {"people": people}, "Clinique")
    told.say("open.who", {"people": [{"name": "Solange Viau", "email": "autre@college.example"}]}, "Collège")
    told.say("note.calls", {"on": "2027-02-03", "outcome": "spoke", "caller": caller, "called": called}, "Clinique",
             op="add")  # fmt: skip
    told.say("note.calls", {"on": "2027-02-10", "outcome": "no_answer", "called": "Nicole Roy"}, "Clinique", op="add")
    return told


def test_mail_is_about_the_last_call_that_was_answered() -> None:
    told = called_by("Marie", "Solange Viau")
    body = read_back_mail(workspace_on(told), told.ids["Clinique"]).letter.body.replace("\u00a0", " ")
    assert "3 février 2027" in body and "10 février" not in body


def test_mail_names_no_partner_that_is_only_thought_of() -> None:
    told = called_by("Marie", "Solange Viau")
    told.join("Zanzibar", status="prospective")
    letter = read_back_mail(workspace_on(told), told.ids["Clinique"]).letter
    assert "Zanzibar" not in letter.subject + letter.body
