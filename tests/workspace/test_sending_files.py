"""One sending is one new folder and one zip that holds the same files; what names several addresses says so."""

from __future__ import annotations

import email
import os
import zipfile
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tui import named_files
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, answer_id
from tui.settings import Settings, files_folder, short_path
from tui.store import Store, open_store
from tui.workspace import output_files
from tui.workspace.draft_sending import SentDraft, send
from tui.workspace.output_files import SendOptions, to_fetch
from tui.workspace.samples import samples
from tui.workspace.sending_choices import keep_address, recipients_named, with_recipients
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


def workspace_of(store: Store, number: int = 3) -> Workspace:
    return Workspace(GUIDE, store.load(store.import_document(samples()[number].document)), store)


def sent_to(workspace: Workspace, store: Store, folder: Path, *addresses: str) -> SentDraft:
    order = SendOptions(folder, formats=("text", "eml"), addresses=addresses, others=len(addresses))
    return send(workspace, store, order)


def test_a_sending_is_one_folder_and_one_zip_of_the_same_files(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sent = sent_to(workspace_of(store), store, out, "a@exemple.ca")
    assert sent.archive is not None and sorted(out.iterdir()) == sorted({sent.archive, sent.files[0].parent})
    assert sent.archive.stem == sent.files[0].parent.name and "ebauche-1" in sent.archive.stem
    with zipfile.ZipFile(sent.archive) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {str(path.relative_to(out)): path.read_bytes() for path in sent.files}
    assert to_fetch((*sent.files, sent.archive)) == (sent.archive,)


@pytest.mark.parametrize(("addresses", "marked"), [(("a@a.ca",), False), (("a@a.ca", "b@b.ca"), True), ((), False)])
def test_a_zip_with_the_addresses_of_several_is_for_oneself_alone(
    store: Store, tmp_path: Path, addresses: tuple[str, ...], marked: bool
) -> None:
    sent = sent_to(workspace_of(store), store, tmp_path / "out", *addresses)
    assert sent.archive is not None and sent.archive.stem.endswith("-pour-moi-seul") is marked
    several = [path for path in sent.files if path.suffix == ".eml" and path.parent.name.endswith("-pour-moi-seul")]
    assert bool(several) is marked


def test_the_folder_of_another_sending_is_never_written_into(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = sent_to(workspace_of(store), store, out, "a@a.ca", "b@b.ca")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    second = sent_to(workspace_of(store), store, out, "c@c.ca")
    assert first.version.number == second.version.number == 1, "two partnerships of one title"
    assert not second.warnings and {path: path.read_bytes() for path in before} == before
    assert second.archive is not None and second.archive not in before


def test_equal_texts_give_equal_zips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("one", "two"):
        store = open_store(tmp_path / name)
        sent = sent_to(workspace_of(store), store, tmp_path / f"{name}-out", "a@exemple.ca")
        assert sent.archive is not None
        made.append(sent.archive.read_bytes())
    assert made[0] == made[1]


def test_nothing_is_left_of_a_sending_that_failed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = named_files.write_named

    def full(path: Path, data: bytes, mode: int) -> None:
        if path.suffix == ".zip":
            raise OSError(28, "disque plein")
        written(path, data, mode)

    monkeypatch.setattr(output_files, "write_named", full)
    out = tmp_path / "out"
    with pytest.raises(OSError, match="disque plein"):
        sent_to(workspace_of(store), store, out, "a@a.ca", "b@b.ca")
    assert list(out.iterdir()) == []


def test_no_address_of_another_partner_is_in_a_folder_without_the_mark(store: Store, tmp_path: Path) -> None:
    workspace = workspace_of(store)
    owners = [one.id for one in active(workspace.partnership)][:2]
    people = workspace.partnership.rows("open.who", "people")
    for at, owner in enumerate(owners):
        row = next(one for one in people if one.subject == (owner,))
        workspace.edit([Change(row.id, "open.who", "email", f"zanzibar{at}@exemple.ca", "people", row.subject)])
    addresses = tuple(f"zanzibar{at}@exemple.ca" for at in range(2))
    sent = send(
        workspace, store, SendOptions(tmp_path / "out", ("fr", "en"), addresses=addresses, partners=tuple(owners))
    )
    for path in sent.files:
        private = "zanzibar" in path.read_bytes().decode("latin-1")
        assert not private or path.parent.name.endswith(("-pour-moi-seul", "-for-me-alone")), path


def test_the_package_for_each_board_goes_with_its_mail_and_its_day_is_noted(store: Store, tmp_path: Path) -> None:
    workspace = workspace_of(store)
    owners = [one.id for one in active(workspace.partnership)][:2]
    for at, owner in enumerate(owners):
        keep_address(workspace, owner, f"p{at}@exemple.ca")
    options = SendOptions(tmp_path / "out", formats=("docx", "eml"), packages=True)
    whom = recipients_named(workspace, ["p0@exemple.ca", "p1@exemple.ca"])
    sent = send(workspace, store, with_recipients(workspace, options, whom))
    packages = [path for path in sent.files if "-dossier-" in path.name]
    assert len(packages) == 2 and packages[0].suffix == ".docx"
    for path in sent.files:
        if path.suffix == ".eml":
            message = email.message_from_bytes(path.read_bytes())
            names = [str(part.get_filename()) for part in message.walk() if part.get_filename()]
            assert sum("-dossier-" in name for name in names) == 1, "its own and no other's"
    for owner in owners:
        position = workspace.partnership.entry(answer_id(CONSENSUS, (owner,)))
        assert position is not None and position.get("ratify_asked") == sent.version.date


def test_what_goes_to_all_bears_no_partner_s_name(store: Store, tmp_path: Path) -> None:
    workspace = workspace_of(store)
    owners = tuple(partner.id for partner in active(workspace.partnership))[:2]
    order = SendOptions(tmp_path / "out", formats=("text",), partners=owners, copies=True, answer_by="2027-03-01")
    for at, owner in enumerate(owners):
        keep_address(workspace, owner, f"p{at}@exemple.ca")
    whom = recipients_named(workspace, ["p0@exemple.ca", "p1@exemple.ca"])
    sent = send(workspace, store, with_recipients(workspace, order, whom))
    names = {path.stem for path in sent.files if path.suffix == ".txt"}
    (day,) = (path.stem for path in sent.files if path.suffix == ".ics")
    assert len(names) > 2 and any(f"{day}-" in name for name in names) and day not in names


def test_files_go_where_people_look(tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])
    assert files_folder(os.environ, Settings()) == home / "Entente"
    assert files_folder(os.environ, Settings(output=str(tmp_path))) == tmp_path
    assert short_path(home / "Entente" / "a.zip", os.environ) == "~/Entente/a.zip"
    assert short_path(Path("/srv/a.zip"), os.environ) == "/srv/a.zip"
