"""A signature fills its signer's row and makes its partner a signatory; what is told of it in public and in private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.export.formats import Rendered
from tui.partnership.attachments import ATTACHED
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.signatures import SIGNATURES, Party, Signer, Signing, annex_changes, signature_changes
from tui.partnership.values import ORDER, Change
from tui.partnership.versions import Version
from tui.workspace import signing
from tui.workspace.draft_sending import adopt
from tui.workspace.output_files import OutputFile, WrittenFiles
from tui.workspace.signing import (
    SignatureOptions,
    annex_words,
    force_words,
    record_signature,
    signer_words,
    signing_status,
    usual_signer,
)
from tui.workspace.workspace import Workspace, current_moment

PARTNER, OTHER = "partner000", "partner001"
SHELF = "zanzibar"  # where an original lies: for the facilitator alone


def adopted(*signers: str, status: str = "committed") -> tuple[Workspace, Memory, Version]:
    """A text of two partners adopted in memory; these people sign for the first, "" is one without a name yet."""
    store = Memory()
    changes = []
    for at, name in enumerate((PARTNER, OTHER)):
        cells = {ORDER: f"a{at}", "name@fr": f"Organisme {at}", "status": status if name == PARTNER else "committed"}
        changes += [Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()]
    for at, name in enumerate(signers):
        person: dict[str, Any] = {ORDER: f"b{at}", "name": name, "signs": True}
        changes += [Change(f"person{at:04}", WHO, cell, value, PEOPLE, (PARTNER,)) for cell, value in person.items()]
    store.save("", changes)
    workspace = Workspace(GUIDE, store.partnership, store)
    return workspace, store, adopt(workspace, store, day="2026-03-03")


def sign(workspace: Workspace, store: Memory, version: Version, name: str, **more: str) -> Signing:
    """Note that somebody signed for the first partner."""
    options = SignatureOptions(partner=PARTNER, name=name, day="2020-03-03")
    return record_signature(workspace, store, version, replace(options, **more))  # type: ignore[arg-type]


def asked(workspace: Workspace, store: Memory, version: Version, *names: str) -> None:
    """Note that these were asked to sign for the first partner, each in a row of its own."""
    for name in names:
        fields = {"name": name, "asked": "2020-02-01"}
        store.save("", signature_changes(workspace.partnership, version.id, PARTNER, fields))
        workspace.reload()


@pytest.mark.parametrize("names", [("", "Ann Roy"), ("Ann Roy", ""), ("Ann Roy",), ("", ""), ()])
@pytest.mark.parametrize("who", ["ann roy", "Zoé Lis"])
def test_a_signature_fills_the_row_of_its_signer_else_one_of_nobody(names: tuple[str, ...], who: str) -> None:
    workspace, store, version = adopted("Ann Roy", "")
    asked(workspace, store, version, *names)
    before = {row.id: str(row.get("name", "")) for row in workspace.partnership.rows(SIGNATURES, "rows")}
    sign(workspace, store, version, who)
    rows = workspace.partnership.rows(SIGNATURES, "rows")
    (signed,) = (row for row in rows if row.get("on"))
    own = [row for row, name in before.items() if name.lower() == who]
    free = own or [row for row, name in before.items() if not name]
    assert (signed.get("name"), signed.get("on")) == (who, "2020-03-03")
    assert signed.id == free[0] if free else signed.id not in before
    assert len(rows) == len(before) + (not free), "nobody is asked twice"


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_signatures_of_all_make_a_signatory_of_who_committed_itself(status: str) -> None:
    workspace, store, version = adopted("Ann Roy", "Zoé Lis")
    store.save("", [Change(PARTNER, WHO, "status", status, "", (PARTNER,))])
    workspace.reload()
    for name, whole in (("Zoé Lis", False), ("Ann Roy", True)):
        sign(workspace, store, version, name)
        now = workspace.partnership.entries[PARTNER].get("status")
        assert now == ("signatory" if whole and status == "committed" else status), name
    assert [bool(party.signed_on) for party in signing_status(workspace, version).parties] == [True, False]


def test_who_is_asked_next_is_the_first_who_has_not_signed() -> None:
    workspace, store, version = adopted("Ann Roy", "Zoé Lis")
    for left in (("Ann Roy", ""), ("Zoé Lis", ""), ("", "")):
        assert usual_signer(workspace, version, PARTNER) == left
        if left[0]:
            sign(workspace, store, version, left[0])
    assert usual_signer(workspace, version, "nobody") == ("", "")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_text_is_in_force_from_its_very_day(lang: str) -> None:
    workspace, store, version = adopted("Ann Roy")
    parties = tuple(Party(name, name, (Signer("x", "", row),)) for name, row in rows_signed(workspace, store, version))
    signing = Signing(version.id, parties)
    assert signing.in_force_on == "2027-03-03"
    said = {day: force_words(GUIDE, signing, lang, day) for day in ("2027-03-02", "2027-03-03", "2027-03-04")}
    since = {"fr": "En vigueur depuis le", "en": "In force since"}[lang]
    assert [since in text.replace("\u00a0", " ") for text in said.values()] == [False, True, True]
    alone = Signing(version.id, (parties[0], Party(OTHER, "", (Signer("y", ""),))))
    assert GUIDE.word("not_in_force", lang, n=1, total=2) == force_words(GUIDE, alone, lang, "2027-03-04")


def rows_signed(workspace: Workspace, store: Memory, version: Version) -> Any:
    """(id of a partner, a row of it that was signed), for both."""
    for name, day in ((PARTNER, "2027-03-03"), (OTHER, "2027-02-01")):
        store.save("", signature_changes(workspace.partnership, version.id, name, {"name": "x", "on": day}))
    workspace.reload()
    return [(row.subject[0], row) for row in workspace.partnership.rows(SIGNATURES, "rows")]


def test_where_papers_lie_is_told_to_the_facilitator_alone() -> None:
    workspace, store, version = adopted("Ann Roy")
    fields: Mapping[str, Any] = {
        "name": "Ann Roy",
        "on": "2020-03-03",
        "means": "hand",
        "original": SHELF,
        "file": f"{SHELF}.pdf",
    }
    store.save("", signature_changes(workspace.partnership, version.id, PARTNER, fields))
    workspace.reload()
    (signer,) = signing_status(workspace, version).parties[0].signers
    paper = {
        ORDER: "c",
        "version": version.id,
        "what@fr": "CA-7",
        "kind": "resolution",
        "partner": PARTNER,
        "file": f"{SHELF}.pdf",
    }
    workspace.edit([Change("paper00000", "follow.annexes", cell, value, "rows") for cell, value in paper.items()])
    row = workspace.partnership.entries["paper00000"]
    for private in (True, False):
        said = signer_words(workspace, signer, private=private)
        assert said.count(SHELF) == 2 * private and "Ann Roy" in said and "3 mars 2020" in said.replace("\u00a0", " ")
        said = annex_words(workspace, row, private=private)
        assert said.count(SHELF) == private and "CA-7" in said and "Organisme 0" in said


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_signature_may_be_of_today_and_of_no_later_day(days: int, refused: bool) -> None:
    workspace, store, version = adopted("Ann Roy")
    day = (date.fromisoformat(current_moment()[:10]) + timedelta(days=days)).isoformat()
    if refused:
        with pytest.raises(BadValue):
            sign(workspace, store, version, "Ann Roy", day=day)
    else:
        assert sign(workspace, store, version, "Ann Roy", day=day).parties[0].signed_on == day


def test_who_has_signed_is_not_asked_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    workspace, store, version = adopted("Ann Roy", "Zoé Lis")
    monkeypatch.setattr(signing, "write", lambda folder, files: WrittenFiles(()))
    sign(workspace, store, version, "Ann Roy")
    signing.send_for_signature(workspace, store, version, tmp_path)
    rows = workspace.partnership.rows(SIGNATURES, "rows")
    asked_of = {str(row.get("name") or ""): row.get("asked") for row in rows}
    assert asked_of == {"Ann Roy": None, "Zoé Lis": current_moment()[:10], "": current_moment()[:10]}


def test_only_the_annexes_of_the_text_go_with_it_to_be_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, store, version = adopted()
    monkeypatch.setattr(
        signing, "paper_file", lambda workspace, store, row: OutputFile(str(row.get("file")), "", lambda: Rendered(b""))
    )
    for fields in ({"file": "ca-7.pdf"}, {"file": "budget.xlsx", ATTACHED: "annex00000"}, {"file": "photo.png"}):
        store.save("", annex_changes(workspace.partnership, version.id, fields))
        workspace.reload()
    files = signing._annexes_of_text(workspace, store, version)
    assert [file.name for file in files] == ["annexe-1-budget.xlsx"]
