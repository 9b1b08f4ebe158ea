"""The recipients of a sending by default and by name, and the addresses that are kept on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, active, people
from tui.partnership.values import ORDER, Change
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.output_files import SendOptions
from tui.workspace.sending_choices import (
    keep_address,
    keep_named_addresses,
    no_language_words,
    recipients_named,
    sender_of,
    unaddressed,
    unaddressed_words,
    unreadable_words,
    usual_options,
    usual_recipients,
    with_recipients,
)
from tui.workspace.workspace import Workspace

STATUSES = tuple(GUIDE.choices["status"])
GONE = {"declined", "withdrawn"}
NAMED = {"interested", "committed", "signatory"}  # statuses with which a partner may be named by itself


def workspace_of(folder: Path, emails: dict[str, str], **cells: object) -> Workspace:
    """A partnership with a partner of each name, interested unless told, and a person of it with this address."""
    changes = []
    for at, (name, email) in enumerate(emails.items()):
        partner = {ORDER: f"a{at}", "name@fr": name, "status": "interested", **cells}
        changes += [
            Change(f"partner{at:03}", WHO, cell, value, "", (f"partner{at:03}",)) for cell, value in partner.items()
        ]
        person = {ORDER: f"b{at}", "name": f"P{at}", "email": email}
        changes += [
            Change(f"person{at:04}", WHO, cell, value, "people", (f"partner{at:03}",))
            for cell, value in person.items()
            if value
        ]
    store = Store(folder / "store", author=Author("x" * 10, "Marie"))
    return Workspace(GUIDE, store.create(changes), store)


@pytest.mark.parametrize("named", [None, True])
@pytest.mark.parametrize("addressed", [True, False])
@pytest.mark.parametrize("status", STATUSES)
def test_nothing_goes_by_itself_to_whom_may_not_be_named(
    tmp_path: Path, status: str, addressed: bool, named: bool | None
) -> None:
    workspace = workspace_of(tmp_path, {"Ruche": "r@ruche.example" if addressed else ""}, status=status, named=named)
    goes = status in NAMED or (bool(named) and status not in GONE)
    usual = usual_recipients(workspace)
    assert usual.addresses == ({"r@ruche.example"} if goes and addressed else set())
    assert usual.otherwise == ({"partner000"} if goes and not addressed else set())
    options = usual_options(workspace, tmp_path)
    assert options.partners == (("partner000",) if goes else ())
    assert options.addresses == (("r@ruche.example",) if goes and addressed else ()) and options.others == 0


def test_each_partner_is_written_to_at_its_first_person_alone(tmp_path: Path) -> None:
    workspace = workspace_of(
        tmp_path, {"Ruche": "a@ruche.example, b@ruche.example", "Nid": "n@nid.example", "Gîte": ""}
    )
    more = {ORDER: "c", "name": "Signe", "email": "s@nid.example", "signs": True}
    workspace.edit([Change("person0009", WHO, cell, value, "people", ("partner001",)) for cell, value in more.items()])
    assert usual_recipients(workspace).addresses == {"a@ruche.example", "b@ruche.example", "s@nid.example"}
    options = usual_options(workspace, tmp_path)
    assert options.partners == ("partner000", "partner001"), "one without address is given it where it is asked for"
    typed = with_recipients(workspace, SendOptions(tmp_path), usual_recipients(workspace))
    assert (typed.addresses, typed.others) == (options.addresses, 0)


def test_an_address_typed_with_a_name_is_kept_where_there_is_none(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, {"La Ruche": "r@ruche.example", "Nid": "", "Gîte": "nobody"})
    said = ["La Ruche <r@ruche.example>", "Nid <n@nid.example>", "Gîte <g@gite.example>", "Nul <x@x.example>", "Nid"]
    kept = keep_named_addresses(workspace, said)
    assert kept == ["La Ruche <r@ruche.example>", "partner001", "partner002", "Nul <x@x.example>", "Nid"]
    with pytest.raises(BadValue, match="La Ruche"):
        keep_named_addresses(workspace, ["La Ruche <info@ruche.example>"])
    emails = [
        row.get("email")
        for partner in active(workspace.partnership)
        for row in people(workspace.partnership, partner.id)
    ]
    assert emails == ["r@ruche.example", "n@nid.example", "g@gite.example"], "an address that is known stays"
    assert unaddressed(workspace) == () and not workspace.edits.at_risk


@pytest.mark.parametrize("status", STATUSES)
def test_words_on_addresses_name_whom_may_be_named_alone(tmp_path: Path, status: str) -> None:
    workspace = workspace_of(tmp_path, {"Ruche": "", "Nid": "no address"}, status=status)
    assert ("Ruche" in unaddressed_words(workspace, None)) == (status in NAMED)
    assert [said.partition("\u00a0")[0] for said in unreadable_words(workspace)] == (["Nid"] if status in NAMED else [])
    assert unaddressed_words(workspace, ()) == ""


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_takes_part_no_more_is_written_to_by_no_name(tmp_path: Path, status: str) -> None:
    workspace = workspace_of(tmp_path, {"Ruche": "r@ruche.example", "Nid": "n@nid.example"})
    assert recipients_named(workspace, ["Nid"]).addresses == {"n@nid.example"}
    workspace.edit([Change("partner001", WHO, "status", status, "", ("partner001",))])
    with pytest.raises(BadValue, match="Nid"):
        recipients_named(workspace, ["Nid"])


@pytest.mark.parametrize("duty", ["accountable", "signs", ""])
def test_an_address_becomes_that_of_who_answers_for_a_partner(tmp_path: Path, duty: str) -> None:
    workspace = workspace_of(tmp_path, {"Ruche": ""})
    cells = {ORDER: "c", "name": "Signe", **({duty: True} if duty else {})}
    workspace.edit([Change("person0009", WHO, cell, value, "people", ("partner000",)) for cell, value in cells.items()])
    assert keep_address(workspace, "partner000", "s@ruche.example") == ("s@ruche.example",)
    emails = {row.get("name"): row.get("email") for row in people(workspace.partnership, "partner000")}
    assert emails == {"P0": None if duty else "s@ruche.example", "Signe": "s@ruche.example" if duty else None}


@pytest.mark.parametrize("languages", [("fr",), ("fr", "en")])
def test_a_language_that_nobody_noted_matters_where_two_texts_go(tmp_path: Path, languages: tuple[str, ...]) -> None:
    workspace = workspace_of(tmp_path, {"Ruche": "r@ruche.example", "Nid": "n@nid.example"})
    workspace.edit([Change("person0000", WHO, "language", "en", "people", ("partner000",))])
    options = SendOptions(tmp_path, languages=languages, partners=("partner000", "partner001"))
    words = no_language_words(workspace, options)
    assert ("Nid" in words, "Ruche" in words) == (len(languages) == 2, False)


@pytest.mark.parametrize(("sender", "author", "signs"), [("A", "B", "A"), ("", "B", "B"), ("A", "", "A"), ("", "", "")])
def test_the_sender_signs_before_the_author(sender: str, author: str, signs: str) -> None:
    assert sender_of(Settings(sender=sender, author=author)) == signs


@pytest.mark.parametrize(
    ("texts", "apart"),
    [
        (["Ruche"], {"partner001"}), (["Nid"], {"partner000"}), (["Ruche", "Nid"], set()), (["Gîte"], set()),
        (["tous@ruche.example"], set()), (["Gîte", "tous@ruche.example"], set()), (["x@ailleurs.example"], set()),
        (["Gîte", "Ruche"], {"partner001"}),
    ],
)  # fmt: skip
def test_who_only_shares_an_address_with_one_named_is_apart(tmp_path: Path, texts: list[str], apart: set[str]) -> None:
    shared = "tous@ruche.example"
    workspace = workspace_of(tmp_path, {"Ruche": shared, "Nid": shared, "Gîte": "g@gite.example"})
    assert recipients_named(workspace, texts).apart == apart
