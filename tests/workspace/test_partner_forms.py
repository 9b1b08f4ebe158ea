"""The forms of a partnership as files: in the partner's language, to its own address, noted when they have a date."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.unpacked import unpacked
from tui.partnership.field_kinds import BadValue
from tui.partnership.form_codes import find_codes
from tui.partnership.milestones import AWAITED_ANSWER, Awaited
from tui.partnership.partners import WHO, active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Change
from tui.partnership.versions import sendings
from tui.store import Store
from tui.workspace.awaited_answers import awaited_words, last_sent_words
from tui.workspace.draft_sending import adopt, send
from tui.workspace.output_files import SendOptions, write
from tui.workspace.partner_forms import (
    FORM_FORMATS,
    PartnerForms,
    asking_changes,
    draft_number,
    form_files,
    partners_named,
    usual_order,
)
from tui.workspace.samples import samples
from tui.workspace.sending_choices import keep_address, recipients_named, with_recipients
from tui.workspace.text_answered import text_choices
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """The fourth sample, each of its partners with an address of its own and the second one writing in English."""
    made = Workspace(GUIDE, store.load(store.import_document(samples()[3].document)), store)
    for number, one in enumerate(active(made.partnership)):
        keep_address(made, one.id, f"partner{number}@example.org")
    second = active(made.partnership)[1]
    rows = made.partnership.rows(WHO, "people", (second.id,))
    made.edit([Change(row.id, WHO, "language", "en", "people", row.subject) for row in rows])
    made.flush()
    return made


@pytest.mark.slow
def test_each_partner_gets_its_own_form_in_its_language_and_nobody_else_s_address(
    workspace: Workspace, tmp_path: Path
) -> None:
    order = replace(usual_order(workspace, tmp_path), formats=FORM_FORMATS, sender="Solange Viau, solange@cdc.example")
    written = write(order.folder, form_files(workspace, order)).files
    partners = active(workspace.partnership)
    assert len(written) == 3 * len(partners)
    assert {path.parent.name for path in written} == {"une-porte-ouverte-le-soir-formulaires-pour-moi-seul"}
    for number, one in enumerate(partners):
        mine = written[3 * number : 3 * number + 3]
        assert [path.suffix for path in mine] == [".eml", ".docx", ".html"]
        mail, *others = (unpacked(path.read_bytes()) for path in mine)
        assert f"partner{number}@example.org" in mail
        assert all("@example.org" not in said for said in others)
        for said in (mail, *others):
            assert all(f"partner{other}@" not in said for other in range(len(partners)) if other != number)
            assert {code.partner for code in find_codes(said)} == {one.id}
            assert ("Your commitments" in said) is (number == 1)
        assert "mailto:solange@cdc.example?" in others[1]


def test_who_may_not_be_named_yet_gets_no_form_by_itself_and_no_name_in_a_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    last = active(workspace.partnership)[-1]
    workspace.edit([Change(last.id, WHO, "status", "contacted", "", last.entry.subject)])
    workspace.flush()
    usual = usual_order(workspace, tmp_path)
    assert last.id not in usual.partners
    (file,) = form_files(workspace, replace(usual, partners=(last.id,)))
    assert file.name == f"une-porte-ebauche-fr-formulaire-organisme-{len(active(workspace.partnership))}.eml"
    said = unpacked(file.make().data)
    assert last.name("fr") not in said


def test_a_date_notes_who_was_asked_on_the_text_of_that_day(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    order = replace(usual_order(workspace, tmp_path), answer_by="2026-12-15")
    assert asking_changes(workspace, replace(order, answer_by=""), "2026-11-22") == ()
    store.save(workspace.partnership.id, asking_changes(workspace, order, "2026-11-22"))
    workspace.reload()
    (row,) = sendings(workspace.partnership)
    assert (row.get("on"), row.get("answer_by"), row.givers) == ("2026-11-22", "2026-12-15", order.partners)
    assert row.get("seen") == workspace.public.points and row.get("number") is None
    assert last_sent_words(workspace).startswith("Des formulaires sur le texte de ce jour-là ont été remis à")
    assert text_choices(workspace, order.partners[:1])[0][1] == "le texte de son formulaire"
    assert awaited_words(workspace, Awaited(AWAITED_ANSWER, order.partners[0])).endswith("réponse à son formulaire")


@pytest.mark.parametrize(
    ("formats", "means", "private"),
    [(("mail",), "email", True), (("docx",), "other", False), (("docx", "html"), "other", False),
     (("docx", "mail"), "email", True)],
)  # fmt: skip
def test_only_mails_to_several_lie_in_a_folder_for_oneself_alone(
    workspace: Workspace, tmp_path: Path, formats: tuple[str, ...], means: str, private: bool
) -> None:
    order = replace(usual_order(workspace, tmp_path), formats=formats, answer_by="2026-12-15")
    folders = {file.name.rpartition("/")[0] for file in form_files(workspace, order)}
    (folder,) = folders
    assert folder.endswith("-pour-moi-seul") is private
    alone = form_files(workspace, replace(order, partners=order.partners[:1]))
    assert not any("pour-moi-seul" in file.name for file in alone), "its own address alone"
    noted = {change.cell: change.value for change in asking_changes(workspace, order, "2026-11-22")}
    assert noted["means"] == means


def test_a_form_is_about_the_draft_while_its_words_are_today_s(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    assert PartnerForms(workspace, workspace.partnership).form(active(workspace.partnership)[0].id).code.number == 0
    send(workspace, store, SendOptions(tmp_path, formats=("text",)))
    first = active(workspace.partnership)[0]
    form = PartnerForms(workspace, workspace.partnership).form(first.id)
    assert form.code.number == 1
    workspace.edit([Change("gather.vision", "gather.vision", "goal@fr", "Ouvrir aussi le samedi")])
    workspace.flush()
    later = PartnerForms(workspace, workspace.partnership).form(first.id)
    assert later.code.number == 0 and later.code.words != form.code.words
    marks = {item.mark for item in later.items}
    changed = [one for one in form.sentences if one.mark not in marks]
    assert {one.target.entry for one in changed} == {"gather.vision"}


def test_forms_go_with_a_sending_only_where_they_are_wanted(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    names = [one.id for one in active(workspace.partnership)[:2]]
    plain = SendOptions(tmp_path / "one", formats=("eml",), answer_by="2026-12-15")
    plain = with_recipients(workspace, plain, recipients_named(workspace, names))
    without = send(workspace, store, plain)
    assert not any(find_codes(unpacked(path.read_bytes())) for path in without.files)
    sent = send(workspace, store, replace(plain, folder=tmp_path / "two", forms=True))
    mails = [path for path in sent.files if path.suffix == ".eml"]
    assert len(mails) == 2
    for number, path in enumerate(mails):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert mail["To"] == f"partner{number}@example.org"
        body = mail.get_body()
        assert body is not None
        (code,) = find_codes(body.get_content())
        assert (code.number, code.partner) == (2, names[number])
        attached = [one.get_filename() or "" for one in mail.iter_attachments()]
        assert any("formulaire" in name or "-form-" in name for name in attached)
        assert ("Your commitments" in body.get_content()) is (number == 1)
    forms = [path.name for path in sent.files if path.suffix == ".docx" and "form" in path.name]
    assert len(forms) == 2
    version = sent.version
    assert {code.words for path in mails for code in find_codes(unpacked(path.read_bytes()))} != set()
    assert version.points == workspace.public.points


def test_a_form_changes_nothing_of_the_partnership(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.partnership
    write(tmp_path, form_files(workspace, replace(usual_order(workspace, tmp_path), formats=FORM_FORMATS)))
    assert workspace.partnership is before
    assert workspace.partnership.rows(CONSENSUS) == before.rows(CONSENSUS)


def test_a_name_that_takes_no_part_is_refused(workspace: Workspace) -> None:
    first = active(workspace.partnership)[0]
    assert partners_named(workspace, [first.short("fr"), first.id]) == (first.id,)
    with pytest.raises(BadValue, match="Personne"):
        partners_named(workspace, ["Personne"])
    workspace.edit([Change(first.id, WHO, "status", "declined", "", first.entry.subject)])
    with pytest.raises(BadValue):
        partners_named(workspace, [first.id])
    with pytest.raises(BadValue):
        PartnerForms(workspace, workspace.partnership).form("nobodyhere")


@pytest.mark.parametrize("screen", ["fr", "en"])
@pytest.mark.parametrize("document", ["fr", "en"])
def test_a_form_is_in_its_partner_s_language_else_the_document_s(
    workspace: Workspace, screen: str, document: str
) -> None:
    workspace.lang, workspace.doc_lang = screen, document
    first, second = active(workspace.partnership)[:2]
    forms = PartnerForms(workspace, workspace.partnership)
    for partner, lang in ((first, document), (second, "en")):
        assert (forms.language_of(partner.id), forms.form(partner.id).lang, forms.text(partner.id).lang) == (lang,) * 3
        assert [text.lang for text in forms.text(partner.id).parts] == [lang]
        assert forms.short(partner.id) == partner.short(lang)


def test_a_form_asks_about_the_draft_that_has_its_number(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    order = replace(usual_order(workspace, tmp_path), answer_by="2026-12-15")
    draft = send(workspace, store, SendOptions(tmp_path, formats=())).version
    for status in ("draft", "adopted", "sent"):
        if status == "adopted":
            adopt(workspace, store)
        elif status == "sent":
            send(workspace, store, SendOptions(tmp_path, formats=()))
        fields = {change.cell: change.value for change in asking_changes(workspace, order, "2026-11-22")}
        same = draft_number(workspace, workspace.partnership) == draft.number
        assert fields.get("number") == (draft.number if same else None), status
        assert fields.get("version") == (draft.id if same else None), status
        assert (fields["seen"] == workspace.public.points and status != "draft") or same
