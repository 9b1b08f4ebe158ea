"""What is handed over holds nothing that was taken away, and what is for oneself alone is so in a shared folder too."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tui.agreement.compose import Composer
from tui.clipboard import Facts
from tui.export.formats import Rendered
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO
from tui.partnership.values import REMOVED, Change
from tui.store import Author, Store
from tui.workspace.output_files import (
    OutputFile,
    WrittenFiles,
    files_to_fetch,
    handover_json,
    is_far_from_person,
    section_named,
    write,
    write_output,
)

GONE, THERE = "zanzibar", "un lieu ouvert"


def changes_of(told: Told) -> list[Change]:
    """All that is told, as changes."""
    return [
        Change(entry.id, entry.question, cell, held.value, entry.part, entry.subject)
        for entry in told.partnership.entries.values()
        for cell, held in entry.cells.items()
    ]


@pytest.mark.parametrize("private", [False, True])
def test_nothing_of_a_partner_taken_away_is_handed_over(tmp_path: Path, private: bool) -> None:
    told = Told("Ruche", f"Nid {GONE}")
    whom = told.ids[f"Nid {GONE}"]
    told.say("gather.vision", {"vision": THERE})
    for name, text in (("Ruche", THERE), (f"Nid {GONE}", GONE)):
        told.say("open.who", {"people": [{"name": text, "email": f"{text[:3]}@x.example"}]}, name)
        told.say("open.contributions", {"text": text, "state": "accepted"}, name, op="add")
        told.say("open.contributions", {"text": text, "state": "wished"}, name, op="add")
        told.say("open.history", {"note": text}, name)
        told.say("commit.consensus", {"level": "reservation", "reservation": text, "leave": "yes"}, name)
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    made = store.create(changes_of(told)).id
    store.save(made, [Change(whom, WHO, REMOVED, True, "", (whom,))])
    document = store.public_document(made, private=private)
    assert GONE in json.dumps(document), "the store keeps it"
    handed = handover_json(document).decode()
    assert GONE not in handed and THERE in handed
    assert whom in handed, "that it was taken away is known to whoever merges it"
    assert GONE in handover_json(document, with_history=True).decode()
    again = Store(tmp_path / "other", author=Author("y" * 10, "Zoé"))
    assert GONE not in repr(again.load(again.import_document(json.loads(handed))))


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o770, 0o777])
@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("entente.docx", False), ("entente-pour-moi-seul.zip", True), ("agreement-for-me-alone.zip", True),
        ("formulaires-pour-moi-seul/mail.eml", True), ("formulaires/mail.eml", False),
    ],
)  # fmt: skip
def test_who_reads_a_folder_reads_its_files_but_those_for_oneself(
    tmp_path: Path, name: str, alone: bool, mode: int
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(mode)
    write_output(shared / name, b"x")
    found = stat.S_IMODE((shared / name).stat().st_mode)
    nested = "/" in name  # a new folder is this account's own, unless the group shares the one it lies in
    open_to = 0 if alone or nested else mode & 0o066
    assert found == 0o600 | open_to
    if alone and nested:
        assert stat.S_IMODE((shared / name).parent.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    ("ssh", "mosh", "desktop", "far"),
    [
        (False, False, True, False), (False, False, False, True), (True, False, False, True),
        (False, True, False, True), (True, False, True, True), (False, True, True, True),
    ],
)  # fmt: skip
def test_a_person_is_near_only_at_a_desktop_of_this_machine(ssh: bool, mosh: bool, desktop: bool, far: bool) -> None:
    assert is_far_from_person(Facts(ssh=ssh, mosh=mosh, desktop=desktop)) is far


def sheet(name: str, data: bytes, *warnings: str) -> OutputFile:
    """A file to be written with these bytes, made with these warnings."""
    return OutputFile(name, name, lambda: Rendered(data, warnings))


def test_a_warning_is_told_once_and_so_is_each_file_replaced(tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(b"same")
    (tmp_path / "other.txt").write_bytes(b"before")
    listed = [sheet("same.txt", b"same", "left out"), sheet("other.txt", b"now", "left out"), sheet("new.txt", b"new")]
    replaced = _("{file} was there with another text, and was replaced.").format(file="other.txt")
    paths = tuple(tmp_path / file.name for file in listed)
    assert write(tmp_path, listed) == WrittenFiles(paths, ("left out", replaced))


@pytest.mark.parametrize("ending", [".zip", ".docx"])
def test_what_is_fetched_is_the_archive_where_there_is_one(tmp_path: Path, ending: str) -> None:
    files = [tmp_path / "a.pdf", tmp_path / f"all{ending}"]
    assert files_to_fetch(files) == ((files[1],) if ending == ".zip" else tuple(files))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_section_is_named_by_its_number_or_its_heading(lang: str) -> None:
    told = Told("Ruche", "Pré")
    told.say("gather.vision", {"vision": THERE})
    agreement = Composer(GUIDE).agreement(told.partnership, lang)
    assert len(agreement.sections) > 5
    for section in agreement.sections:
        assert section_named(agreement, section.label) == section_named(agreement, section.heading.upper()) == section
    for wanted in ("0", "99", "zzz", ""):
        with pytest.raises(BadValue, match=agreement.sections[0].heading):
            section_named(agreement, wanted)


@pytest.mark.parametrize("removed_in", ["public", "private"])
@pytest.mark.parametrize("standing_in", ["public", "private"])
@pytest.mark.parametrize("settled", [False, True])
def test_no_half_hands_over_what_the_other_says_is_gone(removed_in: str, standing_in: str, settled: bool) -> None:
    def half(name: str) -> dict[str, object]:
        partner = {"id": "partner000", "fields": {"name@fr": THERE}} | (
            {"removed": {"value": True}} if name == removed_in else {}
        )
        answer = {"id": "answer0000", "subject": ["partner000"], "fields": {"text@fr": GONE}}
        conflict = {"entry": "other00000", "value": f"{THERE} autrefois", "settled": settled}
        return {
            "entries": {"1": partner, **({"2": answer} if name == standing_in else {})},
            "conflicts": {"1": conflict},
            "history": {"1": {"value": "passé"}},
        }

    handed = handover_json({**half("public"), "private": half("private")}).decode()
    assert GONE not in handed and "passé" not in handed and "answer0000" in handed
    assert handed.count("autrefois") == (0 if settled else 2)


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_cannot_be_written_leaves_no_new_one_and_no_folder(tmp_path: Path, there: bool) -> None:
    (tmp_path / "folder.txt").mkdir()
    if there:
        (tmp_path / "new" / "deep").mkdir(parents=True)
        (tmp_path / "new" / "known.txt").write_bytes(b"known")
    with pytest.raises(OSError):
        write(tmp_path, [sheet("new/deep/a.txt", b"a"), sheet("new/known.txt", b"b"), sheet("folder.txt", b"c")])
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    assert left == ["folder.txt", *(["new", "new/known.txt"] if there else [])]
