"""The people of a partnership as contacts: who is listed, what a file changes, and what goes out with a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.partnership.partners import WHO
from tui.partnership.values import ANNEXED
from tui.workspace.contacts import (
    annex_text,
    contact_lines,
    contact_people,
    contacts_file,
    take_in_contacts,
    taken_in_words,
    text_as_sent,
)
from tui.workspace.workspace import Workspace


@pytest.fixture
def told() -> Told:
    """Two partners with a person each; the first person agreed to stand in the annex."""
    told = Told("Collège", "Clinique")
    for partner, name, listed in (("Collège", "Ida Roy", True), ("Clinique", "Luc Lis", None)):
        person = {"part": "people", "name": name, "email": f"{name[:3].lower()}@exemple.ca", "listed": listed}
        told.say(WHO, {key: value for key, value in person.items() if value is not None}, partner, op="add")
    return told


def opened(told: Told, lang: str = "fr") -> Workspace:
    """A partnership, open in memory, with its document in `lang`."""
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.doc_lang = lang
    return workspace


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_only_people_of_active_partners_are_contacts(told: Told, status: str) -> None:
    told.say(WHO, {"status": status}, "Clinique")
    names = [row.get("name") for row in contact_people(opened(told))]
    assert names == ["Ida Roy", *(["Luc Lis"] if status not in ("declined", "withdrawn") else [])]


@pytest.mark.parametrize(("lang", "end", "head"), [("fr", "pour-moi-seul", "Courriel"), ("en", "for-me-alone", "mail")])
@pytest.mark.parametrize("shown", ["fr", "en"])
def test_the_file_of_contacts_speaks_the_documents_language(
    told: Told, lang: str, end: str, head: str, shown: str
) -> None:
    workspace = opened(told, lang)
    workspace.lang = shown
    file = contacts_file(workspace)
    assert file.name.endswith(f"contacts-{end}.csv") and head in file.make().data.decode("utf-8-sig").splitlines()[0]


def test_a_file_taken_in_twice_changes_nothing_more(told: Told, tmp_path: Path) -> None:
    workspace = opened(told)
    file = tmp_path / "gens.csv"
    file.write_text("Nom,Organisme,Courriel\nIda Roy,Collège,ida@exemple.ca\nZoé,Clinique,zoe@exemple.ca\n", "utf-8")
    changes = take_in_contacts(workspace, file, "fr", "")
    assert taken_in_words(changes) == "1 personne prise en note.", "the other one was known as she is"
    assert take_in_contacts(workspace, file, "fr", "") == ()
    assert taken_in_words(()) == "Tout y est déjà noté : rien n’a changé.".replace("’", "'")


@pytest.mark.parametrize("status", GUIDE.choices["status"])
@pytest.mark.parametrize("annexed", [None, True])
def test_a_text_is_sent_with_who_agreed_to_stand_in_it(told: Told, annexed: bool | None, status: str) -> None:
    told.say(WHO, {"status": status}, "Collège")
    told.setting(ANNEXED, annexed)
    text = Composer(GUIDE).agreement(told.partnership, "fr", "CA")
    said = to_text(text_as_sent(GUIDE, told.partnership, text), None)
    named = status in ("interested", "committed", "signatory")
    assert ("ida@exemple.ca" in said) == (annexed is True and named)
    assert "luc@exemple.ca" not in said


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_the_annex_and_its_mark_are_of_those_who_agreed(told: Told, status: str) -> None:
    told.say(WHO, {"status": status}, "Collège")
    workspace = opened(told)
    marked = [line for line in contact_lines(workspace) if line.endswith("dans l’annexe") or "annexe" in line]
    assert [("Ida" in line, "Luc" in line) for line in marked] == (
        [] if status in ("declined", "withdrawn") else [(True, False)]
    )
    said = to_text(annex_text(workspace, "fr"), None)
    named = status in ("interested", "committed", "signatory")
    assert ("ida@exemple.ca" in said, "Collège" in said, "luc@exemple.ca" in said) == (named, named, False)


def test_only_what_a_file_says_anew_is_a_change(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "gens.csv"
    file.write_text("Nom,Organisme,Courriel,Téléphone\nIda Roy,Collège,ida@exemple.ca,514 555-0101\n", "utf-8")
    changes = take_in_contacts(opened(told), file, "fr", "")
    assert [(change.cell, change.value) for change in changes] == [("phone", "514 555-0101")]
