"""A sent draft or adopted text is numbered, kept word for word and written to files, without anything private."""

from __future__ import annotations

import email
import io
import json
from dataclasses import fields
from email import policy
from pathlib import Path
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.unpacked import unpacked
from tui import named_files
from tui.agreement.blocks import to_json
from tui.export.plain_text import to_text
from tui.line_mode.line_dialog import LineDialog
from tui.line_mode.line_sending import ask_sending
from tui.line_mode.line_streams import LineStreams
from tui.partnership.ids import new_id
from tui.partnership.milestones import Missing, awaited
from tui.partnership.partners import active
from tui.partnership.privacy import is_public
from tui.partnership.values import TIME_ZONE, Change, Entry
from tui.partnership.versions import Version, contacts, left_out
from tui.store import Store
from tui.text.dates import format_date
from tui.workspace import draft_sending, output_files
from tui.workspace.adoption_obstacles import hole_words, obstacles
from tui.workspace.awaited_answers import last_sent_words
from tui.workspace.draft_sending import _sending_changes, adopt, send
from tui.workspace.kept_versions import (
    changes_between,
    differ,
    name_of,
    next_sending_numbers,
    ready_words,
    status_words,
    text_of,
    versions_of,
)
from tui.workspace.output_files import SendOptions
from tui.workspace.samples import samples
from tui.workspace.sending_choices import (
    keep_named_addresses,
    no_language_words,
    recipient_words,
    recipients_named,
    with_recipients,
)
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

SECRET = "zanzibar"


@pytest.fixture
def workspace(store: Store) -> Workspace:
    name = store.import_document(samples()[3].document)
    person = store.load(name).rows("open.who", "people")[0]
    mail = Change(person.id, "open.who", "email", f"{SECRET}@exemple.ca", "people", person.subject)
    return Workspace(GUIDE, store.save(name, [mail]).partnership, store)


@pytest.fixture
def laden(workspace: Workspace, store: Store) -> Workspace:
    """The same with a canary in every private text of every question."""
    changes = []
    subject = (workspace.partnership.rows("open.who")[0].id,)
    for question in GUIDE.by_id.values():
        for part in question.parts:
            for field in part.fields:
                entry = Entry(new_id(), question.id, part.id, subject)
                cell = f"{field.id}@fr" if field.translatable else field.id
                texts = field.kind in ("line", "prose") and not part.store
                if texts and not is_public(GUIDE, workspace.partnership, entry, cell):
                    changes.append(Change(entry.id, question.id, cell, f"{SECRET} {field.id}", part.id, subject))
    assert len(changes) > 10
    workspace.edit(changes)
    workspace.flush()
    return workspace


def order(workspace: Workspace, folder: Path, **more) -> SendOptions:
    one = contacts(workspace.partnership, "fr")[0]
    return SendOptions(folder, partners=(one.partner,), addresses=("a@exemple.ca",), **more)


@pytest.mark.slow
def test_a_draft_is_numbered_kept_and_awaited(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    parcel = send(workspace, store, order(workspace, tmp_path, formats=("docx", "eml"), answer_by="2026-12-15"))
    assert [path.suffix for path in parcel.files] == [".docx", ".eml", ".ics", ".txt"]
    assert "15 décembre 2026" in parcel.files[-1].read_text(encoding="utf-8")
    assert all("ebauche-1" in path.name for path in parcel.files)
    assert (workspace.agreement.version, workspace.agreement.mark) == ("ébauche 1", "ÉBAUCHE")
    assert "15 décembre 2026" in parcel.letter.body
    assert text_of(workspace, versions_of(workspace, store)[0], "fr") == workspace.agreement
    waiting = awaited(workspace.partnership, workspace.public.answers, "fr")
    assert [one.kind for one in waiting] == ["ratify"], "every partner of the example has answered on this text"
    assert send(workspace, store, order(workspace, tmp_path, formats=())).version.number == 2


def test_a_later_word_changes_no_version_and_shows_as_a_difference(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    version = send(workspace, store, order(workspace, tmp_path, formats=())).version
    before = to_json(workspace.agreement)
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    workspace.flush()
    assert versions_of(workspace, store)[0].snapshots["fr"] == json.loads(json.dumps(before))
    changed = changes_between(workspace, version, None, "fr")
    assert changed is not None and "Une porte neuve" in to_text(changed)
    assert {one.id for one in changed.sections} >= {"vision"} and "lead" not in {one.id for one in changed.sections}
    assert {one.kind for one in awaited(workspace.partnership, workspace.public.answers, "fr")} == {
        "confirm",
        "ratify",
    }


def test_nothing_private_reaches_files_versions_or_differences(laden: Workspace, store: Store, tmp_path: Path) -> None:
    languages = ("fr", "en")
    out = tmp_path / "out"
    parcel = send(laden, store, order(laden, out, languages=languages, formats=("docx", "eml")))
    for path in parcel.files:
        assert SECRET not in unpacked(path.read_bytes()) + path.name
    laden.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    adopt(laden, store, resolution="CA-1")
    assert SECRET not in json.dumps(store.versions(laden.partnership.id))
    for lang in languages:
        changed = changes_between(laden, versions_of(laden, store)[0], None, lang)
        assert changed is not None and SECRET not in repr(changed)
    assert SECRET not in json.dumps(store.public_document(laden.partnership.id))
    kinds = left_out(GUIDE, laden.partnership)
    assert len(kinds) > 5 and SECRET not in repr(kinds)


def test_who_was_written_to_is_private(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    send(workspace, store, order(workspace, tmp_path, formats=()))
    assert "a@exemple.ca" not in json.dumps(store.public_document(workspace.partnership.id)) + json.dumps(
        store.versions(workspace.partnership.id)
    )
    assert workspace.partnership.rows("note.sent", "rows")[0].get("to") == "a@exemple.ca"


def test_an_adopted_text_does_not_change_in_silence(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    paper = tmp_path / "signé.pdf"
    paper.write_bytes(b"%PDF")
    version = adopt(workspace, store, file=paper)
    assert (version.outside, version.file, len(version.file_hash)) == (True, "signé.pdf", 64)
    assert (workspace.agreement.version, workspace.agreement.draft, workspace.milestones.next) == (
        "adopté",
        False,
        "adopted",
    )
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte neuve")])
    assert (workspace.agreement.version, workspace.agreement.draft) == ("changé depuis l'adoption", True)
    assert workspace.milestones.changed and not workspace.milestones.adopted
    workspace.undo()
    assert workspace.agreement.version == "adopté"


def test_an_adopted_text_that_is_sent_takes_no_number_of_a_draft(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    assert send(workspace, store, order(workspace, tmp_path)).version.number == 1
    adopt(workspace, store)
    again = send(workspace, store, order(workspace, tmp_path, answer_by="2026-12-15"))
    assert ready_words(again.version) == "Version 1\N{NO-BREAK SPACE}: prête à envoyer"
    assert any("-adopted-1" in path.name or "-adopte-1" in path.name for path in again.files)
    versions = versions_of(workspace, store)
    assert [status_words(versions, version) for version in versions] == ["ébauche", "adopté", "tel qu'adopté"]
    assert name_of(versions[2], "fr").startswith("Version 1, envoyée le ")
    assert not differ(workspace, versions[1], versions[2], "fr")
    assert (workspace.adoption, next_sending_numbers(workspace, store)) == ("adopted", (0, 1))
    assert last_sent_words(workspace).startswith("Le texte adopté a été envoyé ou remis à")
    workspace.edit([Change(new_id(), "gather.objectives", "text@fr", "Un objectif de plus", "rows", ())])
    assert next_sending_numbers(workspace, store) == (2, 0)
    assert changes_between(workspace, versions[2], None, "fr") is not None
    assert send(workspace, store, order(workspace, tmp_path)).version.number == 2


def test_each_adoption_says_which_one_it_replaces_and_of_when(workspace: Workspace, store: Store) -> None:
    days = ("2026-03-03", "2026-06-04", "2026-11-05")
    for number, day in enumerate(days):
        if number:
            workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", f"Une porte {number}")])
        version = adopt(workspace, store, day=day)
        text = to_text(workspace.agreement, None).replace("\u00a0", " ")
        replaced = f"Elle remplace la version {number} du {format_date(days[number - 1], 'fr')}." if number else ""
        assert (version.date, f"Version {number + 1}, adoptée" in text) == (day, True)
        assert [line[line.index("Elle") :] for line in text.split("\n") if "Elle remplace" in line] == (
            [replaced.replace("\u00a0", " ")] if number else []
        )
    versions = versions_of(workspace, store)
    assert [status_words(versions, version) for version in versions] == ["remplacé", "remplacé", "adopté"]


@pytest.mark.parametrize("adopted", [False, True])
def test_sections_keep_their_numbers_from_the_first_adoption_on(
    workspace: Workspace, store: Store, tmp_path: Path, adopted: bool
) -> None:
    before = {section.id: section.label for section in workspace.agreement.sections}
    assert list(before.values()) == [str(number) for number in range(1, len(before) + 1)]
    send(workspace, store, order(workspace, tmp_path, formats=()))
    if adopted:
        adopt(workspace, store)
    workspace.edit([Change(new_id(), "extra.points", "text@fr", "qui paie", "rows")])
    for _draft in range(2):
        send(workspace, store, order(workspace, tmp_path, formats=()))
        now = {section.id: section.label for section in workspace.agreement.sections}
        (new,) = now.keys() - before.keys()
        at = list(now).index(new)
        if adopted:
            assert now == {**before, new: f"{at}.1"}
        else:
            assert list(now.values()) == [str(number) for number in range(1, len(now) + 1)]


def test_what_cannot_be_written_numbers_nothing(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OSError):
        send(workspace, store, order(workspace, blocked / "out", formats=("docx",)))
    assert versions_of(workspace, store) == () and not workspace.partnership.setting("drafts")


def two_addressed(workspace: Workspace) -> list[str]:
    """Give two partners people with addresses, one of them two; return the ids of the partners."""
    rows = workspace.partnership.rows("open.who", "people")
    owners = list(dict.fromkeys(row.subject[0] for row in rows))[:2]
    for owner, text in zip(owners, ("Roy, Jean <jean@a.example> ou info@a.example", "info@école.example"), strict=True):
        row = next(one for one in rows if one.subject[0] == owner)
        workspace.set(row, "email", text)
    workspace.flush()
    return owners


def test_no_mail_draft_names_the_addresses_of_two_partners(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    owners = two_addressed(workspace)
    known = [one.address for one in contacts(workspace.partnership, "fr") if one.partner in owners]
    assert known == ["jean@a.example", "info@a.example", "info@xn--cole-9oa.example"]
    asked = SendOptions(tmp_path, partners=tuple(owners), addresses=(*known, "d@d.example"), formats=("eml",))
    files = [path for path in send(workspace, store, asked).files if path.suffix == ".eml"]
    told = [email.message_from_bytes(path.read_bytes())["To"].split(",\r\n ") for path in files]
    assert [[one.strip() for one in to] for to in told] == [known[:2], known[2:], ["d@d.example"]]
    assert {path.parent.name.endswith("-pour-moi-seul") for path in files} == {True}


@pytest.mark.parametrize("copies", [False, True])
def test_each_of_two_partners_that_share_an_address_gets_its_own_mail(
    workspace: Workspace, store: Store, tmp_path: Path, copies: bool
) -> None:
    people = workspace.partnership.rows("open.who", "people")
    owners = list(dict.fromkeys(row.subject[0] for row in people))[:2]
    rows = [next(row for row in people if row.subject[0] == owner) for owner in owners]
    for row in rows:
        workspace.edit([Change(row.id, "open.who", "email", "info@a.example", "people", row.subject)])
    asked = SendOptions(tmp_path, formats=("eml",), copies=copies)
    options = with_recipients(workspace, asked, recipients_named(workspace, ["info@a.example"]))
    assert [line.count("info@a.example") for line in recipient_words(workspace, options)] == [1, 1]
    written = [path.read_bytes() for path in send(workspace, store, options).files if path.suffix == ".eml"]
    mails = [email.message_from_bytes(data, policy=policy.default) for data in written]
    assert [mail["To"] for mail in mails] == ["info@a.example"] * 2
    bodies = [str(next(part for part in mail.walk() if not part.is_multipart()).get_content()) for mail in mails]
    for body, row in zip(bodies, rows, strict=True):
        greeted = next(line for line in body.splitlines() if line.startswith("Bonjour"))
        assert [other.text("name", "fr") in greeted for other in rows] == [other is row for other in rows]
    partners = {partner.id: partner.name("fr") for partner in active(workspace.partnership)}
    name = recipients_named(workspace, [partners[owners[0]]])
    assert with_recipients(workspace, options, name).partners == (owners[0],)


def without_address(workspace: Workspace) -> str:
    """Take every address out and return the id of a partner that may be named."""
    for row in workspace.partnership.rows("open.who", "people"):
        workspace.edit([Change(row.id, "open.who", "email", None, "people", row.subject)])
    return next(partner.id for partner in active(workspace.partnership) if partner.may_appear)


def test_an_address_typed_behind_a_partner_is_kept_with_it_and_written_to(workspace: Workspace, tmp_path: Path) -> None:
    whom = without_address(workspace)
    name = {partner.id: partner.name("fr") for partner in active(workspace.partnership)}[whom]
    said = [f"{name} <zoe@ruche.example>", "Zoé Roy <roy@ailleurs.example>"]
    found = recipients_named(workspace, keep_named_addresses(workspace, said))
    assert [contact.partner for contact in contacts(workspace.partnership, "fr")] == [whom]
    options = with_recipients(workspace, SendOptions(tmp_path, languages=("fr", "en")), found)
    assert (options.partners, options.others) == ((whom,), 1)
    assert set(options.addresses) == {"zoe@ruche.example", "roy@ailleurs.example"}
    row = workspace.partnership.rows("open.who", "people")[0]
    assert "les deux textes" in no_language_words(workspace, options)
    workspace.edit([Change(row.id, "open.who", "language", "en", "people", (whom,))])
    assert not no_language_words(workspace, options)


def test_the_address_of_a_partner_named_by_the_command_is_asked_for(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    whom = without_address(workspace)
    options = with_recipients(workspace, SendOptions(tmp_path), recipients_named(workspace, [whom]))
    asked = {"partners", *(field.name for field in fields(SendOptions))}
    dialog = LineDialog(LineStreams(io.StringIO("zoe\nzoe@ruche.example\noui\n"), io.StringIO()))
    sending = ask_sending(dialog, workspace, store, options, asked)
    assert sending.addresses == ("zoe@ruche.example",) and sending.partners == (whom,)
    assert [contact.partner for contact in contacts(workspace.partnership, "fr")] == [whom]


def test_a_sending_writes_all_its_files_or_none(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = two_addressed(workspace)
    addresses = tuple(one.address for one in contacts(workspace.partnership, "fr"))
    asked = SendOptions(tmp_path / "out", partners=tuple(owners), addresses=addresses, formats=("text", "eml"))
    written = named_files.write_named
    calls: list[object] = []

    def full(path: Path, data: bytes, mode: int) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "disque plein")
        written(path, data, mode)

    monkeypatch.setattr(output_files, "write_named", full)
    with pytest.raises(OSError, match="disque plein"):
        send(workspace, store, asked)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []
    assert versions_of(workspace, store) == ()


def test_what_more_than_a_few_partners_lack_alike_stands_once_in_the_way_of_an_adoption(workspace: Workspace) -> None:
    joined = [f"groupe{at}aaa" for at in range(5)]
    for at, name in enumerate(joined):
        workspace.edit([Change(name, "open.who", cell, value, "", (name,))
                        for cell, value in {"name@fr": f"Groupe {at}", "status": "contacted"}.items()])  # fmt: skip
    found = [one for one in obstacles(workspace) if "Groupe 4" in one.words]
    assert ["Groupe 0" in one.words for one in found] == [True, True], "no commitment, no answer"
    assert {one.question for one in found} == {"open.contributions", "commit.consensus"}
    assert found[0].partner == joined[0]
    assert "les engagements du Groupe 0, du Groupe 1, du Groupe 2, du Groupe 3 et du Groupe 4" in found[0].words


def test_a_named_hole_says_whose_it_is_as_one_thing() -> None:
    told = Told("Le Club", "École du Parc")
    nobody = "nobody0000"
    told.take(Change(nobody, "open.who", "status", "contacted", "", (nobody,)))
    several = [Missing("open.contributions", partner, "commitments", "hole")
               for partner in (*told.ids.values(), nobody)]  # fmt: skip
    said = [hole_words(GUIDE, told.partnership, lang, several) for lang in ("fr", "en")]
    assert said == [
        "les engagements du Club, de l'École du Parc et d'un organisme à confirmer",
        "the commitments of Le Club, École du Parc and an organization to be confirmed",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"answer_by": "2027-01-20"}, {"addresses": ("a@x.example", "b@x.example")}, {"partners": ("p1", "p2")},
        {"means": "hand"},
    ],
)  # fmt: skip
def test_a_sending_notes_what_was_chosen_and_nothing_else(tmp_path: Path, asked: dict[str, Any]) -> None:
    options = SendOptions(tmp_path, **asked)
    version = Version("v1", 3, "draft", "2027-01-02", points={"p": "x"})
    changes = _sending_changes(Told("Collège").partnership, version, options)
    cells = {change.cell: change.value for change in changes if not change.cell.startswith("#")}
    noted = {name: value for name, value in cells.items() if value is not None}
    partners = {"partners": {"ids": list(options.partners), "group": ""}} if options.partners else {}
    addresses = {"to": ", ".join(options.addresses)} if options.addresses else {}
    day = {"answer_by": options.answer_by} if options.answer_by else {}
    assert noted == {
        "on": "2027-01-02", "number": 3, "means": options.means, "version": "v1", "seen": {"p": "x"},
        **partners, **addresses, **day,
    }  # fmt: skip


@pytest.mark.parametrize("known", ["", "America/Toronto"])
@pytest.mark.parametrize("here", ["", "Europe/Paris"])
def test_the_zone_of_a_partnership_is_that_of_its_first_sending(
    monkeypatch: pytest.MonkeyPatch, here: str, known: str
) -> None:
    monkeypatch.setattr(draft_sending, "zone_name", lambda: here)
    told = Told("Collège")
    if known:
        told.setting(TIME_ZONE, known)
    told.take(*draft_sending._time_zone(told.partnership))
    assert (told.partnership.setting(TIME_ZONE) or "") == (known or here)
