"""Tests of the copy for each partner: its name on it, its signature first, its own mail draft."""

from __future__ import annotations

import email
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tui.agreement.blocks import Signature
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.export.plain_text import to_text
from tui.partnership.partners import active
from tui.partnership.values import Change
from tui.store import Store
from tui.workspace.draft_sending import send
from tui.workspace.output_files import SendOptions, bundles, write
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace


@pytest.fixture
def workspace(store: Store) -> Workspace:
    return Workspace(GUIDE, store.load(store.import_document(samples()[3].document)), store)


def signers(agreement) -> list[str]:
    return [one.partner for section in agreement.sections for one in section.blocks if isinstance(one, Signature)]


def test_a_copy_names_its_partner_and_lets_it_sign_first(workspace: Workspace) -> None:
    everyone = addressees(workspace.agreement)
    assert [one.name for one in everyone] == list(workspace.agreement.partners)
    last = everyone[-1]
    copy = addressed_copy(GUIDE, workspace.agreement, last.id)
    assert signers(copy) == [last.name, *(one.name for one in everyone[:-1])]
    assert to_text(copy).count(f"Exemplaire pour\xa0: {last.name}") == 1 and "Exemplaire" not in to_text(
        workspace.agreement
    )
    assert to_text(addressed_copy(GUIDE, workspace.agreement, "nobody")) == to_text(workspace.agreement)


def test_files_of_copies_are_named_by_partner_and_never_clash(workspace: Workspace, tmp_path: Path) -> None:
    first, second, *_rest = active(workspace.partnership)
    workspace.edit([Change(one.id, "open.who", "name@fr", "L'Épi", "", one.entry.subject) for one in (first, second)])
    made = bundles(GUIDE, [workspace.agreement], ("text",), partners=(first.id, second.id))
    told: list[tuple[int, int]] = []
    sheets = [sheet for one in made for sheet in one.sheets]
    done = write(tmp_path, sheets, lambda at, of, label: told.append((at, of)))
    assert [path.name for path in done.files] == [
        "une-porte-ebauche-fr.txt",
        "une-ebauche-fr-l-epi.txt",
        "une-ebauche-fr-l-epi-2.txt",
    ]
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert len({path.read_bytes() for path in done.files}) == 3


def test_one_who_may_not_be_named_gets_no_copy(workspace: Workspace) -> None:
    one = active(workspace.partnership)[0]
    workspace.edit([Change(one.id, "open.who", cell, value, "", one.entry.subject)
               for cell, value in {"status": "contacted", "named": None}.items()])  # fmt: skip
    assert one.id not in {known.id for known in addressees(workspace.agreement)}
    made = bundles(GUIDE, [workspace.agreement], ("text",), common=False, partners=(one.id,))
    assert made == []


@pytest.mark.slow
def test_each_partner_gets_its_own_copy_by_its_own_mail(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    one, two = active(workspace.partnership)[:2]
    addresses = {}
    for at, partner in enumerate((one, two)):
        person = next(row for row in workspace.partnership.rows("open.who", "people") if row.subject == (partner.id,))
        addresses[partner.id] = f"personne{at}@exemple.ca"
        workspace.edit([Change(person.id, "open.who", "email", addresses[partner.id], "people", person.subject)])
    order = SendOptions(
        tmp_path, formats=("text", "eml"), partners=(one.id, two.id), others=1, copies=True,
        addresses=(*addresses.values(), "ailleurs@exemple.ca"),
    )  # fmt: skip
    parcel = send(workspace, store, order)
    drafts = [email.message_from_bytes(path.read_bytes()) for path in parcel.files if path.suffix == ".eml"]
    assert [draft["To"] for draft in drafts] == ["ailleurs@exemple.ca", *addresses.values()]
    carried = [str(list(draft.walk())[2].get_payload(decode=True), "utf-8") for draft in drafts]  # type: ignore[arg-type]
    assert "Exemplaire" not in carried[0]
    assert [name in text for name, text in zip(workspace.agreement.partners[:2], carried[1:], strict=True)] == [
        True,
        True,
    ]
    assert all("Exemplaire pour" in text for text in carried[1:])
