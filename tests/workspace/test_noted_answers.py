"""An answer given by telephone waits to be confirmed, and is told back by mail without anything private."""

from __future__ import annotations

import email
import email.policy

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.form.form import FormContext, form_of
from tui.form.form_words import facts
from tui.partnership.answer_list import ANSWERED, UNASKED, UNCONFIRMED, answer_list
from tui.partnership.completion import CONFIRM, state_of
from tui.partnership.field_kinds import BadValue
from tui.partnership.partner_words import may_be_shown_to_partner, own_answers
from tui.partnership.privacy import public_view, published
from tui.partnership.received_answers import RECEIVED, unconfirmed_notes
from tui.partnership.values import Change
from tui.workspace.noted_answers import (
    confirm,
    confirmation_file,
    confirmation_mail,
    names_of_people,
    note_by_telephone,
)
from tui.workspace.workspace import Workspace

CONSENSUS, DAY = "commit.consensus", "2026-11-27"
PRIVATE = ("open.history", "open.trust", "open.contributions", "commit.win_win", "note.call", "open.who")


def begun() -> tuple[Workspace, str]:
    """Two partners, one of which has answered; its people are named, and much is noted privately of it."""
    told = Told("Collège", "Clinic")
    clinic = told.ids["Clinic"]
    told.say("open.who", {"people": [
        {"name": "Joan Whitlow", "accountable": True, "language": "en", "email": "joan@clinic.example"},
    ], "reason": "secret-why", "auth_body": "board of directors"}, "Clinic")  # fmt: skip
    told.say("open.who", {"people": [{"name": "secret-name", "email": "other@college.example"}]}, "Collège")
    told.say("open.history", {"note": "secret-past"}, "Clinic")
    told.say("note.call", {"text": "secret-call"}, "Clinic")
    told.say("open.contributions", {"text": "lend a room", "state": "confirmed"}, "Clinic", op="add")
    told.say("open.contributions", {"text": "secret-wish", "state": "wished"}, "Clinic", op="add")
    told.say(CONSENSUS, {"level": "reservation", "reservation": "on Tuesdays only"}, "Clinic")
    told.say(CONSENSUS, {"level": "disagree", "reservation": "secret-other"}, "Collège")
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store), clinic


def note(workspace: Workspace, question: str, partner: str, by: str = "Joan Whitlow") -> None:
    """Note it as Marie does."""
    note_by_telephone(workspace, question, partner, by, "Marie", DAY)


def group_of(workspace: Workspace, partner: str) -> str:
    """The group of a partner in the list of answers."""
    found = answer_list(workspace.partnership, workspace.public.answers, DAY)
    return next(one.group for one in found if one.partner == partner)


def test_answer_waits_with_its_source_until_it_is_confirmed_and_undo_takes_each_step_back() -> None:
    workspace, clinic = begun()
    before = workspace.partnership.entries
    note(workspace, CONSENSUS, clinic)
    assert state_of(workspace.partnership, GUIDE.question(CONSENSUS), (clinic,)) == CONFIRM
    form = form_of(FormContext(GUIDE, workspace.partnership, "fr"), GUIDE.question(CONSENSUS), clinic)
    said = "Dit au téléphone par Joan Whitlow, noté par Marie, le 27 novembre 2026."
    assert said in [one.text.replace("\u00a0", " ") for one in facts(form)]
    assert group_of(workspace, clinic) == UNCONFIRMED
    confirm(workspace, unconfirmed_notes(workspace.partnership, clinic), "2026-12-01")
    assert group_of(workspace, clinic) == ANSWERED
    assert workspace.partnership.rows(RECEIVED, "rows")[0].get("confirmed") == "2026-12-01"
    workspace.undo()
    assert group_of(workspace, clinic) == UNCONFIRMED
    workspace.undo()
    assert not workspace.partnership.rows(RECEIVED, "rows")
    kept = {name: one for name, one in workspace.partnership.entries.items() if one.is_in_use}
    assert {name: one.state for name, one in kept.items()} == {
        name: one.state for name, one in before.items() if one.is_in_use
    }


def test_source_is_no_longer_said_of_words_that_somebody_wrote_since() -> None:
    workspace, clinic = begun()
    note(workspace, CONSENSUS, clinic)
    workspace.set(workspace.partnership.entries[f"{CONSENSUS}:{clinic}"], "level", "agree")
    form = form_of(FormContext(GUIDE, workspace.partnership, "fr"), GUIDE.question(CONSENSUS), clinic)
    assert not any("téléphone" in one.text for one in facts(form))
    assert unconfirmed_notes(workspace.partnership, clinic) == ()


def test_mail_tells_the_partner_its_own_answers_in_its_language_and_nothing_noted_privately() -> None:
    workspace, clinic = begun()
    for question in (CONSENSUS, "open.contributions", "open.who"):
        note(workspace, question, clinic)
    mail = confirmation_mail(workspace, clinic, "Marie Tremblay")
    body = mail.letter.body.replace("\u00a0", " ")
    public_title = "“Collège and Clinic”"
    assert body.startswith("Hello Joan Whitlow,") and "Answer “correct”, or put it right." in body
    assert "– Position on the text: agrees with a reservation; Reservation: on Tuesdays only" in body
    assert "lend a room" in body and "board of directors" in body and "\n\nMarie Tremblay\n\n" in body
    assert "secret" not in body and "Collège" not in body.replace(public_title, "")
    made = email.message_from_bytes(confirmation_file(workspace, mail).make().data, policy=email.policy.default)
    assert made["to"] == "joan@clinic.example" and made["subject"].startswith("To be confirmed: ")


def all_told() -> Told:
    """Two partners, of which one answered all that it may be told, and had more written of it."""
    told = Told("Collège", "Clinic")
    told.say("open.who", {
        "short_name": "CL", "legal_form": "on_nonprofit", "address": "1, rue A\nSudbury", "auth_body": "board",
        "auth_number": "12-3", "auth_date": "2026-05-01", "reason": "secret", "status": "committed", "role": "secret",
        "people": [{"name": "Joan", "title": "director", "accountable": True, "signs": True, "language": "en",
                    "email": "secret", "phone": "secret"}, {"name": "Luc", "signs": False}],
    }, "Clinic")  # fmt: skip
    for state, text in (("confirmed", "lend a room"), ("wished", "secret"), ("accepted", "pay")):
        told.say("open.contributions", {"text": text, "state": state}, "Clinic", op="add")
    shared = {"text": "come along", "state": "accepted", "partners": ["Collège", "Clinic"], "due": "2027"}
    told.say("open.contributions", shared, op="add")
    told.say("open.contributions", {"text": "secret", "state": "accepted"}, "Collège", op="add")
    told.say(CONSENSUS, {"level": "reservation", "reservation": "on\n Tuesdays", "ratify_on": "2027-01-12"}, "Clinic")
    told.say("gather.procedures", {"level": "agree"}, "Clinic")
    told.say("open.involvement", {"level": "contributes", "agreed": True}, "Clinic")
    told.say("commit.time", {"effort": "2 h"}, "Clinic", op="add")
    told.say("commit.win_win", {"comment": "secret"}, "Clinic")
    return told


TOLD = {
    "fr": {
        "commit.consensus": ["Position sur le texte : accord avec réserve ; Réserve : on Tuesdays ;"
                             " À entériner le : 12 janvier 2027"],
        "commit.time": ["Temps : 2 h"],
        "gather.procedures": ["Position sur les procédures : accord"],
        "open.contributions": ["Contributions : lend a room ; État : confirmé",
                               "Contributions : pay ; État : engagement",
                               "Contributions : come along ; État : engagement ; Échéance : 2027"],
        "open.involvement": ["Niveau : contribue ; Convenu avec l'organisme"],
        "open.who": ["Organisme : Clinic ; Nom court (ci-après) : CL ;"
                     " Forme juridique : organisation sans but lucratif de l'Ontario ; Adresse : 1, rue A Sudbury ;"
                     " Signature autorisée par : board ; Résolution n° : 12-3 ; Résolution du : 1er mai 2026",
                     "Personnes : Joan ; Titre : director ; Personne responsable ; Signe l'entente", "Personnes : Luc"],
    },
    "en": {
        "commit.consensus": ["Position on the text: agrees with a reservation; Reservation: on Tuesdays;"
                             " To be ratified on: January 12, 2027"],
        "commit.time": ["Time: 2 h"],
        "gather.procedures": ["Position on the procedures: agrees"],
        "open.contributions": ["Contributions: lend a room; State: confirmed", "Contributions: pay; State: commitment",
                               "Contributions: come along; State: commitment; Due: 2027"],
        "open.involvement": ["Level: contributes; Agreed with the organization"],
        "open.who": ["Organization: Clinic; Short name (hereafter): CL; Legal form: Ontario not-for-profit;"
                     " Address: 1, rue A Sudbury; Signature authorized by: board; Resolution no.: 12-3;"
                     " Resolution of: May 1, 2026",
                     "People: Joan; Title: director; Contact person; Signs the agreement", "People: Luc"],
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", TOLD)
def test_a_partner_is_told_each_of_its_answers_and_nothing_else(lang: str) -> None:
    told = all_told()
    found = {
        question: [one.words.replace("\u00a0", " ").replace("\u202f", " ") for one in entries]
        for question in sorted(GUIDE.by_id)
        if (entries := own_answers(GUIDE, told.partnership, question, told.ids["Clinic"], lang))
    }
    assert found == TOLD[lang]
    told.say("open.who", {"address_withheld": True}, "Clinic")
    (of_itself, *_people) = own_answers(GUIDE, told.partnership, "open.who", told.ids["Clinic"], lang)
    assert "Sudbury" not in of_itself.words and of_itself.entry.id == told.ids["Clinic"]


@pytest.mark.parametrize("question", sorted(GUIDE.by_id))
def test_only_what_is_asked_of_one_partner_alone_is_noted(question: str) -> None:
    asked = GUIDE.question(question)
    allowed = may_be_shown_to_partner(GUIDE, asked)
    assert not (allowed and (asked.private or asked.scope != "partner"))
    workspace, clinic = begun()
    if not allowed:
        with pytest.raises(BadValue):
            note(workspace, question, clinic)
        assert not workspace.partnership.rows(RECEIVED, "rows")


def test_nobody_said_it_and_nothing_answered_are_refused() -> None:
    workspace, clinic = begun()
    with pytest.raises(BadValue):
        note(workspace, CONSENSUS, clinic, "  ")
    with pytest.raises(BadValue):
        note(workspace, "open.involvement", clinic)
    with pytest.raises(BadValue):
        confirmation_mail(workspace, clinic)


def test_notes_are_private_and_a_name_is_cleaned() -> None:
    workspace, clinic = begun()
    note(workspace, CONSENSUS, clinic, "Joan\x1b[31m\u202e Whitlow")
    (row,) = workspace.partnership.rows(RECEIVED, "rows")
    assert row.get("said_by") == "Joan[31m Whitlow"
    assert not any(one.question == RECEIVED for one in public_view(GUIDE, workspace.partnership).entries.values())


def test_list_has_one_line_for_each_partner() -> None:
    told = Told("Un", "Deux")
    public = published(GUIDE, told.partnership)
    assert [one.group for one in answer_list(told.partnership, public.answers, DAY)] == [UNASKED, UNASKED]


def test_mail_tells_what_was_said_and_not_what_was_written_beside_it() -> None:
    workspace, clinic = begun()
    note(workspace, "open.contributions", clinic)
    cells = {"#order": "z", "text@en": "paint the hall", "state": "accepted"}
    workspace.edit([Change("row0000001", "open.contributions", cell, value, "rows", (clinic,))
                    for cell, value in cells.items()])  # fmt: skip
    body = confirmation_mail(workspace, clinic).letter.body
    assert "lend a room" in body and "paint the hall" not in body


def test_mail_says_on_which_draft_the_position_was_given_and_when_it_was_said_last() -> None:
    workspace, clinic = begun()
    sending = {"#order": "5", "on": "2026-11-20", "number": 3, "partners": {"ids": [clinic], "group": ""}}
    workspace.edit([Change("sent000003", "note.sent", cell, value, "rows") for cell, value in sending.items()])
    note_by_telephone(workspace, CONSENSUS, clinic, "Joan Whitlow", "Marie", "2026-11-21")
    note_by_telephone(workspace, "open.contributions", clinic, "Joan Whitlow", "Marie", "2026-11-25")
    body = confirmation_mail(workspace, clinic).letter.body.replace("\u00a0", " ")
    assert "November 25, 2026" in body and "November 21" not in body
    on_draft = [line for line in body.splitlines() if line.startswith("– ") and "draft 3" in line]
    assert len(on_draft) == 1 and "Position on the text" in on_draft[0]


@pytest.mark.parametrize("duty", ["accountable", "signs"])
def test_who_answers_for_a_partner_is_named_first(duty: str) -> None:
    workspace, clinic = begun()
    rows = workspace.partnership.rows("open.who", "people", (clinic,))
    workspace.edit([Change(rows[0].id, "open.who", "accountable", None, "people", (clinic,))])
    for name, flag in (("Luc", None), ("Ida", True)):
        cells = {"#order": f"z{name}", "name": name, duty: flag}
        workspace.edit([Change(f"person{name}".ljust(10, "0"), "open.who", cell, value, "people", (clinic,))
                        for cell, value in cells.items() if value])  # fmt: skip
    assert names_of_people(workspace, clinic)[0] == "Ida"
