"""Handed over and brought in: documents and folders, merged copies, backups; nothing is written outside the store."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.store.upper.acts import confirmed, everything, offer, reason, store, text_of, told, vision
from tui.partnership.values import SETTINGS, Change
from tui.store.store_errors import Newer, NoDocument, StoreError, Taken

SECRET = "SECRET-canary"


def test_a_document_carries_a_partnership_to_another_store(place: Path | str, tmp_path: Path) -> None:
    ann, bob = store(place, "Ann"), store(tmp_path / "b", "Bob")
    made = ann.create([vision("un"), reason(SECRET)])
    ann.save(made.id, [vision("deux, tout autre")])
    file = tmp_path / "x.json"
    file.write_text(json.dumps(ann.public_document(made.id)), encoding="utf-8")
    assert SECRET not in file.read_text(encoding="utf-8")
    assert bob.import_document(file) == made.id
    assert everything(bob, made.id) == {"un", "deux, tout autre"}
    whole = bob.import_document(ann.public_document(made.id, private=True))
    assert whole != made.id
    assert bob.load(whole).entries == ann.load(made.id).entries
    assert SECRET not in told(tmp_path / "b")


def test_a_folder_of_another_store_comes_whole_and_stays_as_it_is(tmp_path: Path) -> None:
    ann, bob = store(tmp_path / "a"), store(tmp_path / "b")
    made = ann.create([vision("un"), reason("privé")])
    ann.add_version(made.id, {"number": 1})
    before = {path.name: path.read_bytes() for path in (tmp_path / "a" / made.id).iterdir()}
    assert bob.import_document(tmp_path / "a") == made.id
    assert bob.load(made.id).entries == ann.load(made.id).entries
    assert bob.versions(made.id) == [{"number": 1}]
    assert {path.name: path.read_bytes() for path in (tmp_path / "a" / made.id).iterdir()} == before


def test_private_cells_in_a_handed_over_file_go_to_the_private_file(place: Path | str) -> None:
    ann = store(place)
    entry = {
        "id": "open.how_many",
        "question": "open.how_many",
        "fields": {"reason": {"fr": {"text": SECRET, "rev": 3}}},
    }
    name = ann.import_document({"entries": {"1": entry}, "later": {"1": {"kept": True}}})
    assert text_of(ann.load(name), "open.how_many", "reason@fr") == SECRET
    assert SECRET not in told(place)
    assert ann.public_document(name)["later"] == {"1": {"kept": True}}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"meta": {}}',
        b'{"entries": [1]}',
        b'{"entries": {"one": {}}}',
        b'{"entries": {"1": {"a": NaN}}}',
        b'{"entries": {}, "entries": {}}',
        b"[" * 99999,
        b"\xff\xfe",
        b'{"entries": {}, "private": 3}',
    ],
)
def test_what_is_no_partnership_is_refused_and_changes_nothing(tmp_path: Path, data: bytes) -> None:
    ann = store(tmp_path / "s")
    with pytest.raises(NoDocument):
        ann.import_document(data)
    assert not (tmp_path / "s").exists()


def test_a_newer_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Newer):
        store(tmp_path / "s").import_document({"meta": {"1": {"id": "aaaaaaaaaa", "schema": 99}}, "entries": {}})


@pytest.mark.parametrize("wanted", ["../outside", "/etc/x", "bin", 7, None, "index.json"])
def test_an_id_that_is_none_gives_a_new_one_inside(tmp_path: Path, wanted: object) -> None:
    ann = store(tmp_path / "s")
    name = ann.import_document({"meta": {"1": {"id": wanted}}, "entries": {}})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]
    assert [path.name for path in (tmp_path / "s").iterdir()] == [name]


def test_control_codes_do_not_come_in(place: Path | str) -> None:
    ann = store(place)
    fields = {"vision": {"fr": {"text": "a\u001b]0;owned\u0007b\u202e", "rev": 1}}}
    name = ann.import_document(
        {"entries": {"1": {"id": "gather.vision", "question": "gather.vision", "fields": fields}}}
    )
    assert "\\u001b" not in told(place) and "\x1b" not in told(place)
    assert text_of(ann.load(name), "gather.vision", "vision@fr") == "a]0;ownedb"


def copy_elsewhere(place: Path | str, tmp_path: Path) -> tuple[Any, Any, str]:
    """Ann's partnership, and Bob's copy of it in a store of his own."""
    ann, bob = store(place, "Ann"), store(tmp_path / "b", "Bob")
    made = ann.create([vision("commun"), offer("prêter une salle"), confirmed(True)])
    bob.import_document(ann.public_document(made.id))
    return ann, bob, made.id


def test_a_copy_changed_elsewhere_is_merged(place: Path | str, tmp_path: Path) -> None:
    ann, bob, name = copy_elsewhere(place, tmp_path)
    bob.save(name, [vision("revu par Bob"), Change("gather.vision", "gather.vision", "goal@fr", "un but")])
    ann.save(name, [offer("animer un atelier")])
    assert ann.import_document(bob.public_document(name), merge=True) == name
    merged = ann.load(name)
    assert text_of(merged, "gather.vision", "vision@fr") == "revu par Bob"
    assert text_of(merged, "gather.vision", "goal@fr") == "un but"
    assert text_of(merged, "offer", "text@fr") == "animer un atelier"
    assert merged.conflicts == ()
    assert ann.import_document(bob.public_document(name), merge=True) == name
    assert ann.load(name) == merged


def test_what_both_changed_becomes_a_conflict(place: Path | str, tmp_path: Path) -> None:
    ann, bob, name = copy_elsewhere(place, tmp_path)
    ann.save(name, [vision("revu par Ann")])
    bob.save(name, [vision("autrement dit par Bob")])
    ann.import_document(bob.public_document(name), merge=True)
    (conflict,) = ann.load(name).conflicts
    assert {conflict.mine, conflict.theirs} == {"revu par Ann", "autrement dit par Bob"}


def test_a_copy_has_the_answers_but_no_past_and_is_not_finished(place: Path | str) -> None:
    ann = store(place)
    passing = {
        "adopted": True, "archived": True, "drafts": 3, "draft_text": "x", "draft_words": {"fr": "x"},
        "numbers": {"vision": "1"},
    }  # fmt: skip
    staying = {"lang": "en", "region": "fr-FR", "positions": "long", "timezone": "America/Toronto"}
    done = [Change(SETTINGS, SETTINGS, name, value) for name, value in {**passing, **staying}.items()]
    made = ann.create([vision("un"), reason("privé"), *done])
    ann.save(made.id, [vision("deux"), reason("plus privé")])
    copy = ann.duplicate(made.id)
    found, before = ann.load(copy), ann.load(made.id)
    assert text_of(found, "gather.vision", "vision@fr") == "deux"
    assert text_of(found, "open.how_many", "reason@fr") == "plus privé"
    for name, value in {**passing, **staying}.items():
        assert found.setting(name) == (value if name in staying else None), name
        assert before.setting(name) == value, name
    assert {one.value for one in ann.history(made.id)} >= {"un", "privé"}
    assert ann.history(copy) == [] and ann.versions(copy) == []


def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    ann = store(tmp_path / "a")
    ids = [ann.create([vision(text), reason(f"privé {text}")]).id for text in ("un", "deux")]
    organisation = ann.remember({"name": "La Maison"})
    assert ann.backup(tmp_path / "b.zip").count == 2
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Taken):
        ann.backup(tmp_path / "b.zip")
    new = store(tmp_path / "n")
    assert sorted(new.restore(tmp_path / "b.zip")) == sorted(ids)
    assert [new.load(name).entries for name in ids] == [ann.load(name).entries for name in ids]
    assert new.directory() == [{"id": organisation, "name": "La Maison"}]
    assert list(new.restore(tmp_path / "b.zip")) == []
    new.save(ids[0], [vision("changé")])
    (copy,) = new.restore(tmp_path / "b.zip")
    assert text_of(new.load(ids[0]), "gather.vision", "vision@fr") == "changé"
    assert text_of(new.load(copy), "gather.vision", "vision@fr") == "un"


@pytest.mark.parametrize(
    "name", ["../evil.json", "/evil.json", "aaaaaaaaaa/../../evil", "aaaaaaaaaa/.lock", "x/project.json"]
)
def test_a_backup_that_would_write_elsewhere_is_refused_whole(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("aaaaaaaaaa/project.json", "{}")
        archive.writestr(name, "evil")
    with pytest.raises(StoreError):
        list(store(tmp_path / "s").restore(tmp_path / "b.zip"))
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_no_zip_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK no zip")
    with pytest.raises(NoDocument):
        list(store(tmp_path / "s").restore(tmp_path / "b.zip"))


def test_what_a_dead_session_had_typed_is_handed_over_and_copied(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    name = ann.create([vision("une")]).id
    for text, act in (
        ("tapé, jamais enregistré", ann.public_document),
        ("tapé ensuite", lambda one: ann.public_document(ann.duplicate(one))),
    ):
        session = ann.session(name)
        session.note(vision(text))
        session.close()
        assert text in str(act(name))
