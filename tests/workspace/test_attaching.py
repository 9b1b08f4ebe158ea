"""Annexes are named in the text by number and date, kept with their hash, and sent with it; an adoption keeps them."""

from __future__ import annotations

import email
import email.policy
import zipfile
from pathlib import Path

import pytest

from tests.agreement.reading import lines
from tests.partnership.told import GUIDE
from tui import i18n
from tui.agreement.compose import Composer
from tui.i18n import Language
from tui.partnership.attachments import attachments
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.partnership.positions import points
from tui.partnership.privacy import public_view
from tui.partnership.signatures import annexes_of
from tui.store import Store
from tui.workspace import attaching
from tui.workspace.attaching import (
    annex_lines,
    annex_numbered,
    attach,
    attachment_files,
    move_annex,
    replace_copy,
    reword,
)
from tui.workspace.draft_sending import adopt, send
from tui.workspace.output_files import SendOptions, write
from tui.workspace.samples import samples
from tui.workspace.signing import kept_papers, send_for_signature, version_to_sign
from tui.workspace.workspace import Workspace


@pytest.fixture
def workspace(store: Store) -> Workspace:
    return Workspace(GUIDE, store.load(store.import_document(samples()[3].document)), store)


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    file = tmp_path / "tableau privé.xlsx"
    file.write_bytes(b"budget 2027")
    return file


def _said(workspace: Workspace, lang: str) -> list[str]:
    text = Composer(GUIDE).agreement(workspace.partnership, lang)
    (section,) = [one for one in text.sections if one.id == "nature"]
    return list(lines(section.blocks))


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "- Annexe 1\u00a0: Budget, copie du "), ("en", "- Annex 1: Budget, copy of ")]
)
def test_the_text_names_each_by_number_and_date_and_no_file(
    workspace: Workspace, store: Store, budget: Path, lang: Language, said: str
) -> None:
    i18n.use(lang)
    assert not any("nnex" in text for text in _said(workspace, lang))
    before = points(GUIDE, public_view(GUIDE, workspace.partnership))
    workspace.doc_lang = lang
    attach(workspace, store, "Budget", budget)
    attach(workspace, store, "Carte", budget)
    told = _said(workspace, lang)
    assert any(text.startswith(said) for text in told) and any("2" in text and "Carte" in text for text in told)
    assert not any("tableau" in text or "xlsx" in text for text in told)
    after = points(GUIDE, public_view(GUIDE, workspace.partnership))
    assert len(after) == len(before) + 2  # a yes that was given is not given on papers attached since
    move_annex(workspace, attachments(workspace.partnership)[1], -1)
    assert next(iter(annex_lines(workspace))).startswith("1. Carte")
    with pytest.raises(BadValue):
        attach(workspace, store, "  ", budget)


def test_another_copy_is_other_words(workspace: Workspace, store: Store, budget: Path) -> None:
    row = attach(workspace, store, "Budget", budget)
    workspace.edit([])
    first = row.get("file_hash")
    budget.write_bytes(b"budget 2028")
    replace_copy(workspace, store, row, budget)
    assert workspace.partnership.entries[row.id].get("file_hash") != first
    made = write(budget.parent / "out", attachment_files(workspace, store))
    assert [path.name for path in made.files] == ["annexe-1-budget.xlsx"] and made.files[
        0
    ].read_bytes() == b"budget 2028"
    reword(workspace, workspace.partnership.entries[row.id], "")
    assert attachments(workspace.partnership) == () and not attachment_files(workspace, store)


def test_a_copy_that_was_changed_outside_says_so(workspace: Workspace, store: Store, budget: Path) -> None:
    row = attach(workspace, store, "Budget", budget)
    workspace.flush()
    paper = store.paper(workspace.partnership.id, str(row.get("file_hash")).partition(":")[0])
    assert paper is not None
    paper.chmod(0o600)
    paper.write_bytes(b"other")
    assert write(budget.parent / "out", attachment_files(workspace, store)).warnings


@pytest.mark.slow
def test_each_sending_holds_them_beside_the_text_in_the_zip_and_in_the_mail(
    workspace: Workspace, store: Store, budget: Path, tmp_path: Path
) -> None:
    attach(workspace, store, "Budget", budget)
    attach(workspace, store, "Carte", budget)
    partners = tuple(partner.id for partner in active(workspace.partnership))
    sent = send(workspace, store, SendOptions(tmp_path / "out", formats=("docx", "eml"), partners=partners))
    names = [path.name for path in sent.files]
    assert {"annexe-1-budget.xlsx", "annexe-2-carte.xlsx"} <= set(names)
    assert sent.archive is not None
    inside = zipfile.ZipFile(sent.archive)
    assert [inside.read(name) for name in inside.namelist() if "annexe-1" in name] == [b"budget 2027"]
    (mail,) = [path for path in sent.files if path.suffix == ".eml"]
    parts = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default).iter_attachments()
    assert [one.get_filename() for one in parts][-2:] == ["annexe-1-budget.xlsx", "annexe-2-carte.xlsx"]


@pytest.mark.slow
def test_a_mail_alone_still_carries_the_text(workspace: Workspace, store: Store, budget: Path, tmp_path: Path) -> None:
    attach(workspace, store, "Budget", budget)
    sent = send(workspace, store, SendOptions(tmp_path / "out", formats=("eml",)))
    (mail,) = [path for path in sent.files if path.suffix == ".eml"]
    parts = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default).iter_attachments()
    assert [Path(str(one.get_filename())).suffix for one in parts] == [".docx", ".xlsx"]


@pytest.mark.slow
def test_an_adoption_keeps_the_copies_of_its_day(
    workspace: Workspace, store: Store, budget: Path, tmp_path: Path
) -> None:
    row = attach(workspace, store, "Budget", budget)
    adopt(workspace, store)
    version = version_to_sign(workspace, store)
    budget.write_bytes(b"budget 2028")
    replace_copy(workspace, store, workspace.partnership.entries[row.id], budget)
    (kept,) = annexes_of(workspace.partnership, version.id)
    assert kept.get("attached") == row.id and kept.text("what", "fr") == "Budget"
    (paper,) = kept_papers(workspace, store, version)
    assert paper.make().data == b"budget 2027"
    workspace.flush()
    made = send_for_signature(workspace, store, version, tmp_path / "signer")
    assert [path.read_bytes() for path in made.files if path.suffix == ".xlsx"] == [b"budget 2027"]


def test_another_copy_has_the_day_on_which_it_came(
    workspace: Workspace, store: Store, budget: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "current_moment", lambda: "2027-01-05T10:00:00-05:00")
    row = attach(workspace, store, "Budget", budget)
    monkeypatch.setattr(attaching, "current_moment", lambda: "2027-02-06T10:00:00-05:00")
    reword(workspace, row, "Budget de l'an un")
    assert any("copie du 5 janvier 2027" in text.replace("\u00a0", " ") for text in _said(workspace, "fr"))
    replace_copy(workspace, store, row, budget)
    assert any("copie du 6 février 2027" in text.replace("\u00a0", " ") for text in _said(workspace, "fr"))


@pytest.mark.parametrize(
    ("lang", "names"),
    [("fr", ["annexe-1-carte.xlsx", "annexe-2-budget.xlsx"]), ("en", ["annex-1-carte.xlsx", "annex-2-budget.xlsx"])],
)
@pytest.mark.parametrize("shown", ["fr", "en"])
def test_annexes_have_the_numbers_of_their_order_in_the_documents_language(
    workspace: Workspace, store: Store, budget: Path, lang: str, shown: str, names: list[str]
) -> None:
    workspace.lang, workspace.doc_lang = shown, lang
    first, second = attach(workspace, store, "Budget", budget), attach(workspace, store, " Carte ", budget)
    assert not move_annex(workspace, first, -1) and not move_annex(workspace, second, 1)
    assert move_annex(workspace, first, 1)
    assert [file.name for file in attachment_files(workspace, store)] == names
    assert [annex_numbered(workspace, number).id for number in ("1", "2")] == [second.id, first.id]
    for number in ("0", "3", "-1", "²", "", "un"):
        with pytest.raises(BadValue):
            annex_numbered(workspace, number)
    assert all("tableau privé.xlsx" in line for line in annex_lines(workspace))
    told = list(annex_lines(workspace, private=False))
    assert [line.split(",")[0] for line in told] == ["1. Carte", "2. Budget"] and "tableau" not in "".join(told)
    reword(workspace, first, "")
    assert [file.name for file in attachment_files(workspace, store)] == names[:1]
