"""A marker in every private field appears in nothing that leaves: formats, metadata, copies, versions, mail, JSON …

Built from the tables themselves: a new format, a new question or a new private field is in it without a word here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, Cage, caged
from tests.agreement.reading import GUIDE, Told
from tests.workspace.unpacked import unpacked
from tui.agreement.bilingual import joined_texts
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.export.formats import FORMATS, Format, render
from tui.form.form_schema import describe
from tui.partnership.partners import WHO
from tui.partnership.values import Change, Partnership
from tui.store import Store
from tui.workspace.draft_sending import adopt, send
from tui.workspace.kept_versions import changes_between, versions_of
from tui.workspace.output_files import SendOptions, bundles, handover_json
from tui.workspace.workspace import Workspace

SIGNATORY, HIDDEN, LEFT = ("signatory", False), ("contacted", False), ("declined", False)
LANGUAGES = ("fr", "en", "fr+en")


def document(partnership: Partnership, code: str) -> Agreement:
    composer = Composer(GUIDE)
    first, *others = (composer.agreement(partnership, lang) for lang in code.split("+"))
    return joined_texts(GUIDE, first, others[0]) if others else first


def copies(text: Agreement) -> Iterator[Agreement]:
    yield text
    yield from (addressed_copy(GUIDE, text, one.id) for one in addressees(text))


@pytest.mark.slow
@settings(max_examples=14, deadline=None)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    money=st.sampled_from(sorted(GUIDE.choices["funding_status"])),
    leave=st.sampled_from(["yes", "no", "ask", None]),
    form=st.sampled_from(FORMATS),
    code=st.sampled_from(LANGUAGES),
    data=st.data(),
)
def test_no_format_tells_it(
    partners: list[tuple[str, bool]], state: str, money: str, leave: str | None, form: Format, code: str,
    data: st.DataObject,
) -> None:  # fmt: skip
    cage = caged(partners, state, money, leave)
    text = data.draw(st.sampled_from(list(copies(document(cage.told.partnership, code)))))
    assert CANARY not in unpacked(render(text, form).data)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_each_format_would_tell_it(form: Format) -> None:
    told = Told()
    told.join(f"Centre {CANARY}", status="interested")
    told.say("extra.name", {"name": f"Projet {CANARY}"})
    assert CANARY in unpacked(render(document(told.partnership, "fr"), form).data)


def test_the_cage_holds_every_private_field_that_the_guide_names() -> None:
    """Told apart from the cage: by what `entente questions --json` says of each question."""
    cage = caged([SIGNATORY, HIDDEN], "wished", "sought", "no")
    held: dict[str, set[str]] = {}
    for entry in cage.told.partnership.entries.values():
        part = f"{entry.part}." if entry.part and entry.part != "rows" else ""
        for key, cell in entry.cells.items():
            if CANARY in repr(cell.value) or cell.value in (True, 424242) or "2042" in repr(cell.value):
                held.setdefault(entry.question, set()).update({key.partition("@")[0], part + key.partition("@")[0]})
    stored = {
        (name, field.id)
        for name, question in GUIDE.by_id.items()
        for part in question.parts
        for field in part.fields
        if part.store or field.kind == "partners"
    }
    for question in (describe(GUIDE, one) for one in GUIDE.by_id.values()):
        for name in question["private_fields"]:
            known = held.get(question["id"], set())
            last = name.rpartition(".")[2]
            assert name in known or last in known or (question["id"], last) in stored, f"{question['id']}: {name}"


@pytest.fixture
def cage() -> Cage:
    return caged([SIGNATORY, SIGNATORY, HIDDEN, LEFT], "wished", "sought", "no")


@pytest.fixture
def workspace(cage: Cage, store: Store) -> Workspace:
    entries = sorted(cage.told.partnership.entries.values(), key=lambda one: (one.question != WHO, bool(one.part)))
    changes = [
        Change(one.id, one.question, key, cell.value, one.part, one.subject)
        for one in entries
        for key, cell in one.cells.items()
    ]
    return Workspace(GUIDE, store.create(changes), store)


@pytest.mark.slow
def test_no_sending_no_version_no_difference_and_no_file_to_hand_over_tells_it(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    assert CANARY in repr(workspace.partnership)
    name = workspace.partnership.id
    signing = tuple(one.id for one in addressees(workspace.agreement))
    order = SendOptions(
        tmp_path / "out", ("fr+en",), ("text", "docx", "eml"), signing, ("a@exemple.ca",), 1, copies=True
    )
    laden = replace(order, formats=("pdf", "eml"), answer_by="2026-12-15", packages=True, forms=True, statement=True)
    for number, options in ((1, order), (2, laden)):
        parcel = send(workspace, store, options)
        assert len(parcel.files) >= 8 and parcel.version.number == number
        for path in parcel.files:
            assert CANARY not in path.name + unpacked(path.read_bytes()), path.name
        assert CANARY not in parcel.letter.subject + parcel.letter.body
        workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", f"Une porte {number}")])
        workspace.edit([Change("p", "open.history", "note@fr", f"{CANARY} {number}", "", signing[:1])])
    adopt(workspace, store, resolution="CA-1")
    assert CANARY not in json.dumps(store.versions(name))
    versions = (*versions_of(workspace, store), None)
    for before in versions[:-1]:
        for after in versions[1:]:
            for lang in ("fr", "en"):
                changed = changes_between(workspace, before, after, lang)
                assert changed is not None and CANARY not in repr(changed)
    assert changed is not None
    assert all(CANARY not in unpacked(render(changed, one).data) for one in FORMATS)
    handed = store.public_document(name)
    assert handed["history"] and CANARY not in handover_json(handed, with_history=True).decode()
    folder = store.root / name
    assert CANARY in "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if "private" in path.name)
    for path in folder.rglob("*"):
        if path.is_file() and ("project" in path.name or "versions" in path.name):
            assert CANARY not in path.read_text("utf-8", "replace"), path.name


@pytest.mark.slow
def test_no_name_of_a_file_tells_it(workspace: Workspace) -> None:
    everyone = [row.id for row in workspace.partnership.rows(WHO, "")]
    for lang in ("fr", "en"):
        text = document(workspace.partnership, lang)
        made = bundles(GUIDE, [text], ("text",), partners=everyone)
        assert len(made) == 3  # one for all, two for those who may be named
        assert all(CANARY not in sheet.name + sheet.label for one in made for sheet in one.sheets)
