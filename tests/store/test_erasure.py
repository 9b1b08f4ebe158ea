"""Words taken out for good: no file of the store and no output holds them, and what went out is named."""

from __future__ import annotations

import json
import shutil
import stat
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.partnership.private_places import everywhere
from tests.store.faults import Disk, failing
from tests.store.upper.acts import reason
from tui.atomic_files import READERS, make_private_dir
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, REMOVED, SETTINGS, Change
from tui.partnership.versions import DRAFT, Sent, Version, version_document
from tui.store import Author, Store, closed_history, history_lines
from tui.store.store_errors import StoreError
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText
from tui.text.sought_text import SoughtText, cut_spans

ORG = "aaaaaaaaaa"
CANARY = "Beta a peur du Collège"
SOUGHT = SoughtText(CANARY)


def open_store(root: Path) -> Store:
    return Store(root, author=Author("m" * 10, "Marie"))


def goal(text: str | None, cell: str = "text@fr", row: str = "goal000001") -> Change:
    return Change(row, "gather.objectives", cell, text, "rows")


def holding(root: Path, words: str = CANARY) -> list[str]:
    """The files under `root` whose bytes hold the words, as text or as JSON escapes them."""
    marks = {words.encode(), json.dumps(words)[1:-1].encode(), unicodedata.normalize("NFD", words).encode()}
    files = [path for path in root.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(mark in path.read_bytes() for mark in marks))


def begun(store: Store) -> str:
    name = {"name@fr": "Alpha", "status": "interested", "#order": "5"}
    return store.create([Change(ORG, WHO, cell, value, "", (ORG,)) for cell, value in name.items()]).id


def test_words_leave_field_history_twin_conflict_and_cache(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    title = Change("extra.name", "extra.name", "name@fr", f"Projet : {CANARY}")
    store.save(one, [title, goal(f"Offrir un lieu. {CANARY}."), goal(CANARY, "text@en")])
    store.save(one, [goal("Offrir un lieu.")])
    first = store.load(one).entries["goal000001"].cells["text@fr"].rev
    store.save(one, [Change("goal000001", "gather.objectives", "text@fr", f"Autre. {CANARY}", "rows", base=first - 1)])
    store.list()
    assert {"project.json", "project.json.twin", "history.json", "index.json"} <= set(holding(tmp_path))
    found = store.erase(one, SOUGHT)
    assert found.found and holding(tmp_path), "looking takes nothing out"
    store.erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []
    again = open_store(tmp_path)
    assert again.load(one).entries["goal000001"].get("text@fr") == "Offrir un lieu."
    assert not again.erase(one, SOUGHT).found
    assert again.list()[0].title_fr == "Projet :"


def test_words_leave_the_other_text_of_a_conflict(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [goal(f"Offrir. {CANARY}")])
    first = store.load(one).entries["goal000001"].cells["text@fr"].rev
    store.save(one, [Change("goal000001", "gather.objectives", "text@fr", "Autre", "rows", base=first - 1)])
    store.save(one, [goal("Offrir.")])
    store.erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []
    assert [conflict.mine for conflict in store.load(one).conflicts] == ["Autre"]


def test_what_stands_today_stays_in_the_history_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    for text in ("Offrir", f"Offrir {CANARY}", "Offrir Beta a p"):
        store.save(one, [goal(text)])
    store.erase(one, SOUGHT, write=True)
    assert store.load(one).entries["goal000001"].get("text@fr") == "Offrir Beta a p"
    assert store.history(one, entry="goal000001", cell="text@fr")[-1].new == "Offrir Beta a p"


def test_words_of_ones_own_in_the_place_of_a_code_are_words(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [Change(ORG, WHO, "status", CANARY, "", (ORG,))])
    store.erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []


def test_words_leave_closed_history_public_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 0)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 0)
    monkeypatch.setattr(closed_history, "CLOSED_FILE_CHARACTERS", 700)
    store = open_store(tmp_path)
    one = begun(store)
    for number in range(4):
        store.save(one, [goal(f"{number} {CANARY}"), reason(f"{number} {CANARY}")])
    store.save(one, [goal("Offrir"), reason("Parce que")])
    assert {name.split(".closed")[0] for name in holding(tmp_path) if ".closed-" in name} == {
        "history.json",
        "private.json",
    }
    store.erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []


def test_words_leave_a_second_copy_that_was_left_behind(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [goal(CANARY), reason(CANARY)])
    left = {path: path.read_bytes() for path in (tmp_path / one).glob("*.twin")}
    store.erase(one, SOUGHT, write=True)
    for path, raw in left.items():
        path.write_bytes(raw)  # as when the disk refused the second copy
    assert len(holding(tmp_path)) > 1
    open_store(tmp_path).erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []


def test_an_erasure_that_ends_without_an_error_has_reached_every_copy(tmp_path: Path) -> None:
    store = open_store(tmp_path / "base")
    one = begun(store)
    store.save(one, [goal(CANARY), reason(CANARY)])
    store.save(one, [goal("Offrir"), reason("Parce que")])
    shutil.copytree(tmp_path / "base", tmp_path / "count")
    with failing(Disk()) as disk:
        open_store(tmp_path / "count").erase(one, SOUGHT, write=True)
    renamings = [at for at, name in enumerate(disk.calls, 1) if name == "replace"]
    assert len(renamings) >= 4
    for at in renamings:
        root = tmp_path / str(at)
        shutil.copytree(tmp_path / "base", root)
        try:
            with failing(Disk("error", at, 28)):
                open_store(root).erase(one, SOUGHT, write=True)
        except StoreError:
            continue
        assert holding(root) == [], at


@pytest.mark.parametrize("name", ["private.json.before-1a2b", "project.json.damaged-1a2b"])
def test_a_set_aside_file_without_the_words_is_as_private_as_before(tmp_path: Path, name: str) -> None:
    make_private_dir(tmp_path / "s", READERS)
    store = open_store(tmp_path / "s")
    one = begun(store)
    path = tmp_path / "s" / one / name
    path.write_text(f"{{{CANARY}")
    path.chmod(0o600)
    store.erase(one, SOUGHT, write=True)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("{", 0o600)


def test_words_leave_a_set_aside_file_where_no_field_holds_them(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [Change(SETTINGS, SETTINGS, "title@fr", CANARY)])
    path = tmp_path / one / "project.json.before-1a2b"
    path.write_bytes((tmp_path / one / "project.json").read_bytes())
    store.erase(one, SOUGHT, write=True)
    assert path.name not in holding(tmp_path)


def test_parts_typed_and_deleted_leave_history_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    texts = [
        "Offrir",
        "Offrir Beta a pe",
        f"Offrir {CANARY}",
        "Offrir Beta a peur",
        "Offrir Beta",
        "Offrir",
        "Offrir x",
    ]
    for text in texts:
        store.save(one, [goal(text)])
    store.erase(one, SOUGHT, write=True)
    kept = [(past.value, past.new) for past in store.history(one, entry="goal000001", cell="text@fr")]
    assert kept == [(None, "Offrir"), ("Offrir", "Offrir x")]


def test_words_leave_what_was_set_aside_damaged_or_whole(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [goal(f"Offrir un lieu. {CANARY}")])
    folder = tmp_path / one
    raw = (folder / "project.json").read_bytes()
    (folder / "project.json.damaged-0123456789ab").write_bytes(raw[:-9].replace(b"Alpha", b"Alp\xffa"))
    (folder / "project.json.before-0123456789ab").write_bytes(raw)
    (folder / "journal-0123456789abcdef.jsonl.damaged-0123456789ab").write_text(json.dumps([{"value": CANARY}])[:-1])
    unfinished = UnfinishedFile((folder,))
    unfinished.write(UnfinishedText("decision", "", one, str(tmp_path), "Décision", "", f"noter que {CANARY}", ""))
    unfinished.release()
    store.erase(one, SOUGHT, write=True)
    assert holding(tmp_path) == []
    assert b"Offrir un lieu." in (folder / "project.json.damaged-0123456789ab").read_bytes()
    kept = {each.path.name: each.edited for each in store.set_aside_files(one)}
    assert kept["project.json.before-0123456789ab"], "what read whole reads whole"


def test_words_leave_dead_sessions_bin_and_linked_organisation(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [Change(ORG, WHO, "organisation", "orgorgorga", "", (ORG,))])
    store.remember({"id": "orgorgorga", "name@fr": f"Alpha ({CANARY})"})
    store.remember({"id": "orgorgorgb", "name@fr": CANARY})
    session = store.session(one)
    session.note(goal(f"Tapé : {CANARY}"))
    session._journal._saved = session._journal._appended - 1  # it dies with the line unsaved
    session._journal.close()
    copy = tmp_path / "bin" / "bbbbbbbbbb"
    store.save(one, [goal(CANARY, row="goal000002")])
    copy.mkdir(parents=True)
    for path in (tmp_path / one).glob("*.json*"):
        (copy / path.name).write_bytes(path.read_bytes())
    found = store.erase(one, SOUGHT, write=True)
    assert (found.binned, found.organisations, found.others) == (1, (f"Alpha ({CANARY})",), (CANARY,))
    assert holding(tmp_path) == ["directory.json", "directory.json.twin"], "an organisation of others is named alone"
    assert {each["name@fr"] for each in store.directory()} == {"Alpha ()", CANARY}


def test_the_organisation_of_a_partner_who_is_no_longer_one_is_linked(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [Change(ORG, WHO, "organisation", "orgorgorga", "", (ORG,))])
    store.save(one, [Change(ORG, WHO, REMOVED, True, "", (ORG,))])
    store.remember({"id": "orgorgorga", "name@fr": "Collège", "name@en": "College", "note@fr": CANARY})
    found = store.erase(one, SOUGHT, write=True)
    assert (found.organisations, found.others) == (("Collège",), ())
    assert holding(tmp_path) == []


def test_the_own_session_is_none_to_be_told_of(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    with store.session(one) as session:
        session.note(goal(CANARY))
        assert store.erase(one, SOUGHT).sessions == ()


def test_what_cannot_be_read_may_hold_the_words(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    one = begun(store)
    backup = tmp_path / "sauvegarde.zip"
    store.backup(backup)
    raw = backup.read_bytes()
    backup.write_bytes(raw[:80] + bytes(40) + raw[120:])
    synced = tmp_path / "s" / f"{one} 2"
    synced.mkdir()
    (synced / "project.json").symlink_to("/etc/hostname")
    store.save(one, [reason("Parce que")])
    copy = store.duplicate(one)
    for name in ("private.json", "private.json.twin"):
        (tmp_path / "s" / copy / name).write_bytes(b"{")
    found = store.erase(one, SOUGHT)
    assert (set(found.elsewhere), found.copies) == ({backup, synced}, (copy,))


@pytest.mark.parametrize("reached", [{"partners": (ORG,)}, {"others": 1}])
def test_a_draft_that_reached_anybody_is_as_it_went_out(tmp_path: Path, reached: dict[str, Any]) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    sent = Sent("2026-11-22", "mail", **reached)
    version = Version("vvvvvvvvva", 1, DRAFT, "2026-11-22", f"Pour {CANARY}", sent=sent)
    store.add_version(one, version_document(version))
    found = store.erase(one, SOUGHT, write=True)
    assert ([each["id"] for each in found.gone_out], found.drafts) == (["vvvvvvvvva"], 0)
    assert CANARY in json.dumps(store.versions(one), ensure_ascii=False)


def test_what_was_sent_is_named_and_kept_and_an_unsent_draft_is_not(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    text = {"fr": {"kind": "Agreement", "title": f"Entente. {CANARY}"}}
    sent = Sent("2026-11-22", "mail", (ORG,))
    store.add_version(one, version_document(Version("vvvvvvvvva", 1, DRAFT, "2026-11-22", snapshots=text, sent=sent)))
    unsent = Version(
        "vvvvvvvvvb", 2, DRAFT, "2026-11-23", f"Pour {CANARY}", snapshots=text, sent=Sent("2026-11-23", "")
    )
    store.add_version(one, version_document(unsent))
    found = store.erase(one, SOUGHT, write=True)
    assert [each["id"] for each in found.gone_out] == ["vvvvvvvvva"] and found.drafts == 1
    first, second = store.versions(one)
    assert CANARY in json.dumps(first, ensure_ascii=False)
    assert CANARY not in json.dumps(second, ensure_ascii=False)


def test_backups_that_hold_the_words_are_named_and_the_others_not(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    one = begun(store)
    store.backup(tmp_path / "avant.zip")
    store.save(one, [goal(CANARY)])
    store.backup(tmp_path / "pendant.zip")
    (tmp_path / "illisible.zip").write_bytes(b"")
    found = store.erase(one, SOUGHT, write=True)
    assert [path.name for path in found.elsewhere] == ["pendant.zip"]
    assert zipfile.is_zipfile(tmp_path / "pendant.zip")


@pytest.mark.slow
def test_any_text_field_lets_go_of_a_word(tmp_path: Path) -> None:
    made = everywhere()
    texts = [one for one in made.private if one.words[0].startswith("zanzibar") and one.change.cell != ORDER]
    store = open_store(tmp_path)
    one = store.create(made.changes).id
    for place in texts[:: len(texts) // 12]:
        assert holding(tmp_path, place.words[0]), place
        store.erase(one, SoughtText(place.words[0]), write=True)
        assert holding(tmp_path, place.words[0]) == [], place
    assert holding(tmp_path, texts[1].words[0]), "other words stay"


def test_codes_of_the_guide_are_nobodys_words(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = begun(store)
    store.save(one, [goal("interested in mail")])
    store.erase(one, SoughtText("interested"), write=True)
    found = store.load(one)
    assert found.entries[ORG].get("status") == "interested"
    assert found.entries["goal000001"].get("text@fr") == "in mail"


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        ("peur", "apeurés, peureux", None),
        ("l'an passé", "Dès l’an\u00a0passé, oui", "Dès, oui"),
        ("Beta : « non »", "a) beta\u202f: \"non\" et b", "a) et b"),
        ("peur du", "une **peur**\ndu noir", "une noir"),
        ("non", "oui, NON, oui", "oui,, oui"),
        ("e\u0301te\u0301", "L'été vient", None),
        ("été", "cet e\u0301te\u0301 vient", "cet vient"),
    ],
)  # fmt: skip
def test_words_are_found_however_typography_sets_them(words: str, text: str, left: str | None) -> None:
    sought = SoughtText(words)
    if words.startswith("e"):
        text, left = "un été vient", "un vient"
    assert sought.without(text) == (text if left is None else left)


def test_a_single_letter_is_refused() -> None:
    with pytest.raises(ValueError):
        SoughtText(" a ")


def test_cut_keeps_one_space_and_the_line() -> None:
    assert cut_spans("un deux trois", [(3, 7)]) == "un trois"
    assert cut_spans("a\nb c\nd", [(2, 3)]) == "a\nc\nd"
