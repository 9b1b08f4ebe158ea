"""A sending is one new folder and one zip of the same files; what holds addresses of several partners says so."""

from __future__ import annotations

import email
import email.policy
import io
import json
import os
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tui import named_files
from tui.agreement.compose import Composer
from tui.export.formats import Rendered
from tui.partnership.cover_letter import Letter
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change, answer_id
from tui.settings import Settings, files_folder, short_path
from tui.store import Store, open_store
from tui.workspace import output_files
from tui.workspace.draft_sending import SentDraft, send
from tui.workspace.output_files import Bundle, OutputFile, SendOptions, files_to_fetch
from tui.workspace.samples import samples
from tui.workspace.sending_choices import keep_address, recipients_named, with_recipients
from tui.workspace.sending_files import _mail, _zipped
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
    assert files_to_fetch((*sent.files, sent.archive)) == (sent.archive,)


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


def two_with_addresses(workspace: Workspace, *addresses: str) -> list[str]:
    """Give the first partners, in their order, these addresses; return their ids."""
    owners = [one.id for one in active(workspace.partnership)][: len(addresses)]
    for owner, address in zip(owners, addresses, strict=True):
        keep_address(workspace, owner, address)
    return owners


def mails_of(sent: SentDraft) -> list[EmailMessage]:
    """The mail drafts of a sending."""
    found = [path for path in sent.files if path.suffix == ".eml"]
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found]
    return [mail for mail in read if isinstance(mail, EmailMessage)]


@pytest.mark.parametrize("copies", [False, True])
def test_a_partner_that_is_sent_nothing_gets_no_mail_at_an_address_it_shares(
    store: Store, tmp_path: Path, copies: bool
) -> None:
    workspace = workspace_of(store)
    first, _second = two_with_addresses(workspace, "info@a.example", "info@a.example")
    options = SendOptions(tmp_path / "out", formats=("eml",), copies=copies, addresses=("info@a.example",))
    (mail,) = mails_of(send(workspace, store, replace(options, partners=(first,))))
    assert mail["To"] == "info@a.example"
    assert first in json.dumps(workspace.partnership.rows("note.sent", "rows")[-1].get("partners"))


@pytest.mark.slow
@pytest.mark.parametrize("noted", [("fr", "fr"), ("fr", "en"), ("en", "")])
@pytest.mark.parametrize("copies", [False, True])
def test_each_is_written_to_in_its_language_and_nobody_in_none(
    store: Store, tmp_path: Path, copies: bool, noted: tuple[str, ...]
) -> None:
    workspace = workspace_of(store)
    owners = two_with_addresses(workspace, "p0@a.example", "p1@b.example")
    for owner, lang in zip(owners, noted, strict=True):
        for row in workspace.partnership.rows("open.who", "people", (owner,)):
            workspace.edit([Change(row.id, "open.who", "language", lang or None, "people", row.subject)])
    workspace.flush()
    options = SendOptions(tmp_path / "out", ("fr", "en"), ("eml",), copies=copies)
    whom = recipients_named(workspace, ["p0@a.example", "p1@b.example"])
    sent = send(workspace, store, with_recipients(workspace, options, whom))
    found = sorted((str(mail["To"]), "hello" in body_of(mail).lower()) for mail in mails_of(sent))
    expected = [
        (address, english)
        for address, lang in zip(("p0@a.example", "p1@b.example"), noted, strict=True)
        for english in (False, True)
        if lang in ("", "en" if english else "fr")
    ]
    assert found == expected


def body_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_later_sending_moves_the_day_of_the_answer_in_calendars(store: Store, tmp_path: Path) -> None:
    workspace = workspace_of(store)
    two_with_addresses(workspace, "p0@a.example")
    found = []
    for day in ("2026-12-15", "2026-12-20"):
        options = SendOptions(tmp_path / "out", formats=("text",), answer_by=day)
        sent = send(
            workspace, store, with_recipients(workspace, options, recipients_named(workspace, ["p0@a.example"]))
        )
        (path,) = (path for path in sent.files if path.suffix == ".ics")
        lines = dict(line.split(":", 1) for line in path.read_text("utf-8").splitlines() if ":" in line)
        found.append((lines["UID"], int(lines["SEQUENCE"]), lines["DTSTART;VALUE=DATE"]))
    (first, before, _day), (second, after, day) = found
    assert first == second and before < after and day == "20261220"


def test_only_this_account_can_read_what_comes_out_of_the_zip() -> None:
    files = [OutputFile(name, "", lambda: Rendered(b"x")) for name in ("a.txt", "dossier/b.txt")]
    with zipfile.ZipFile(io.BytesIO(_zipped(files))) as archive:
        members = archive.infolist()
    assert [(member.filename, member.external_attr >> 16) for member in members] == [
        ("a.txt", 0o600),
        ("dossier/b.txt", 0o600),
    ]


@pytest.mark.parametrize("sheets", [("texte.pdf",), ("reponse.ics",), ()])
def test_a_mail_carries_the_text_and_each_annex(sheets: tuple[str, ...]) -> None:
    text = Composer(GUIDE).agreement(samples()[0].partnership, "fr")
    files = tuple(OutputFile(name, "", lambda: Rendered(b"x")) for name in sheets)
    annexes = [OutputFile("annexe-1-budget.xlsx", "", lambda: Rendered(b"x"))]
    bundle = Bundle(text, "", "texte", files)
    mail = _mail(bundle, ("a@exemple.ca",), Letter("Le texte", "Bonjour"), annexes)
    message = email.message_from_bytes(mail.make().data, policy=email.policy.default)
    names = [part.get_filename() for part in message.walk() if part.get_filename()]
    own = [*(["texte.docx"] if sheets != ("texte.pdf",) else []), *sheets]
    assert names == [*own, "annexe-1-budget.xlsx"]
