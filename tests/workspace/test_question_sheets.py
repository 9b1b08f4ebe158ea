"""Sheets to fill in by hand are typed in in their printed order, and nothing private is printed on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.pdf_reading import pages_of
from tests.partnership.told import GUIDE
from tests.workspace.unpacked import unpacked
from tui import i18n
from tui.agreement.blocks import Agreement, Paragraph, Table, WritingSpace
from tui.form.question_sheet import OWN
from tui.guide.guide_types import LANGUAGES
from tui.i18n import Language
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.meetings import DECISIONS, POINTS, TASKS, rows_of_meeting
from tui.partnership.partners import WHO, active, rows_of
from tui.partnership.values import ORDER, Change, answer_id
from tui.store import Store
from tui.workspace import agenda_edits
from tui.workspace.output_files import write
from tui.workspace.question_sheets import AGENDA, sheet_document, sheet_files
from tui.workspace.samples import samples
from tui.workspace.sheet_entry import CHOICE, SheetEntry
from tui.workspace.workspace import Workspace

SECRETS = ("vieille rancune", "confiance rompue", "raison tue", "zoe@exemple.ca", "commentaire tu", "souhait tu")


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """The fourth sample with something private in each kind of private field of its first two partners."""
    made = Workspace(GUIDE, store.load(store.import_document(samples()[3].document)), store)
    first, second, *_ = (partner.id for partner in active(made.partnership))
    story, trust, reason, address, comment, wish = SECRETS
    two = tuple(sorted((first, second)))
    person = rows_of(made.partnership, WHO, "people", first)[0]
    made.edit(
        [
            Change(answer_id("open.history", (first,)), "open.history", "note@fr", story, "", (first,)),
            Change(answer_id("open.trust", two), "open.trust", "note@fr", trust, "", two),
            Change(first, WHO, "reason@fr", reason, "", (first,)),
            Change(person.id, WHO, "email", address, "people", person.subject),
            Change(answer_id("commit.win_win", (first,)), "commit.win_win", "comment@fr", comment, "", (first,)),
            *(
                Change("wish", "open.contributions", cell, value, "rows", (first,))
                for cell, value in ((ORDER, "zz"), ("text@fr", wish), ("state", "wished"))
            ),
        ]
    )
    made.flush()
    return made


def _printed(document: Agreement) -> list[str]:
    """What is asked on a sheet, in its order: the label of each field, each table by its columns."""
    found = []
    for section in document.sections:
        for at, block in enumerate(section.blocks):
            follows = section.blocks[at + 1] if at + 1 < len(section.blocks) else None
            if isinstance(block, Table):
                found.append(f"{section.label} {len(block.head)}")
            elif isinstance(block, Paragraph) and (isinstance(follows, WritingSpace) or "☐" in block.runs[-1].text):
                found.append(f"{section.label} {block.runs[0].text.rstrip(' :' + chr(0xA0))}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_private_is_on_the_paper_of_a_partner(workspace: Workspace, tmp_path: Path, lang: Language) -> None:
    i18n.use(lang)
    workspace.lang = workspace.doc_lang = lang
    names = [partner.id for partner in active(workspace.partnership)]
    files = write(tmp_path, sheet_files(workspace, [*names, OWN])).files
    assert [path.suffix for path in files] == [".docx", ".pdf"] * (len(names) + 1)
    for path in files:
        data = path.read_bytes()
        said = " ".join(pages_of(data)) if path.suffix == ".pdf" else unpacked(data)
        assert [secret for secret in SECRETS if secret in said] == [], path.name
    history = GUIDE.question("open.history").text.get(lang)[:30]
    trust = GUIDE.question("open.trust").short.get(lang)
    for name in names:
        text = str(sheet_document(workspace, name))
        assert history not in text and f"heading='{trust}'" not in text
    own = sheet_document(workspace, OWN)
    assert history in str(own) and own.draft and own.mark


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_partner_s_paper_prints_is_asked_for_in_its_order(workspace: Workspace, lang: Language) -> None:
    i18n.use(lang)
    workspace.lang = workspace.doc_lang = lang
    partner = active(workspace.partnership)[0].id
    entry, asked = SheetEntry(workspace, partner), []
    while (prompt := entry.prompt) is not None:
        number = prompt.heading.partition(".")[0]
        asked.append(f"{number} rows" if prompt.repeats else f"{number} {prompt.label}")
        entry.skip()
    printed = _printed(sheet_document(workspace, partner))
    assert len(printed) > 10
    assert [line if not line.split()[1].isdigit() else f"{line.split()[0]} rows" for line in printed] == asked


def test_what_was_written_is_typed_in_once(workspace: Workspace) -> None:
    partner = active(workspace.partnership)[1].id
    entry = SheetEntry(workspace, partner)
    while (prompt := entry.prompt) is not None:
        if prompt.heading.startswith("3.") and prompt.repeats and "une salle" not in " ".join(prompt.answers):
            entry.take("une salle")
        elif prompt.kind == CHOICE and "disagree" in dict(prompt.choices):
            assert {"absent", "none"}.isdisjoint(dict(prompt.choices))  # nobody says of itself that it is absent
            entry.take("disagree")
        elif prompt.label.startswith("une salle"):
            raise AssertionError("a contribution is asked for its words alone")
        else:
            entry.take("")
    rows = rows_of(workspace.partnership, "open.contributions", "rows", partner)
    assert rows[-1].text("text", "fr") == "une salle"
    for question in ("gather.procedures", "commit.consensus"):
        answer = workspace.partnership.entry(answer_id(question, (partner,)))
        assert answer is not None and answer.get("level") == "disagree"
    assert active(workspace.partnership)[1].name("fr") == active(samples()[3].partnership)[1].name("fr")


def test_one_s_own_asks_of_two_partners_by_their_names(workspace: Workspace) -> None:
    entry = SheetEntry(workspace, OWN)
    while (prompt := entry.prompt) is not None and not (prompt.heading.startswith("5.") and prompt.repeats):
        entry.skip()
    with pytest.raises(BadValue):
        entry.take("La Boussole")
    entry.take("La Boussole, l'Association")
    prompt = entry.prompt
    assert prompt is not None and "La Boussole" in prompt.heading and "fragile" in dict(prompt.choices)
    entry.take("fragile")
    found = [row.get("scale") for row in workspace.partnership.rows("open.trust")]
    assert "fragile" in found


@pytest.mark.slow
def test_the_agenda_is_typed_in_item_by_item(workspace: Workspace) -> None:
    with pytest.raises(BadValue):
        sheet_document(workspace, AGENDA)
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.add_item(workspace, meeting, "le budget; 10")
    agenda_edits.add_item(workspace, meeting, "les dates")
    document = sheet_document(workspace, AGENDA)
    assert [section.heading for section in document.sections] == ["le budget (10\u00a0min)", "les dates"]
    entry, headings = SheetEntry(workspace, AGENDA), []
    for answers in (["on dépose en mars"], ["écrire la lettre; La Boussole"], ["le loyer", "le bail"], [], [], []):
        prompt = entry.prompt
        assert prompt is not None
        headings.append(prompt.heading)
        for text in answers:
            entry.take(text)
        entry.skip()
    assert entry.prompt is None
    assert headings == ["1. le budget"] * 3 + ["2. les dates"] * 3
    kept = workspace.partnership
    texts = {
        part: [row.text("text", "fr") for row in rows_of_meeting(kept, meeting.id, part)] for part in (DECISIONS, TASKS)
    }
    assert texts == {DECISIONS: ["on dépose en mars"], TASKS: ["écrire la lettre"]}
    points = [row.text("text", "fr") for row in rows_of_meeting(kept, meeting.id, "rows", POINTS)]
    assert points == ["le loyer", "le bail"]
    assert not kept.entries[meeting.id].get("opened")  # typing in opens no meeting


@pytest.mark.slow
def test_no_partner_that_may_not_be_named_is_on_a_paper(workspace: Workspace, tmp_path: Path) -> None:
    name = new_id()
    workspace.edit(
        [Change(name, WHO, cell, value, "", (name,)) for cell, value in ((ORDER, "zz"), ("name@fr", "Coalition tue"))]
    )
    for partner in active(workspace.partnership):
        files = sheet_files(workspace, [partner.id])
        assert "Coalition tue" not in str(sheet_document(workspace, partner.id))
        assert all("coalition" not in file.name for file in files)
