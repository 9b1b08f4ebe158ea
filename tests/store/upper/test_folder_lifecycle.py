"""The bin, what is destroyed for good, versions, organisations, and who may read it all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.upper.acts import confirmed, everything, offer, reason, store, text_of, told, vision
from tui.partnership.ids import is_id
from tui.partnership.values import Change
from tui.store.author import author_named, default_author
from tui.store.store_errors import Author, NotFound

SECRET = "SECRET-canary"


def test_what_was_deleted_can_be_brought_back_whole(place: Path | str) -> None:
    ann = store(place)
    made = ann.create([vision("un"), reason("privé")])
    ann.delete(made.id)
    assert ann.list() == [] and [one.id for one in ann.bin()] == [made.id]
    with pytest.raises(NotFound):
        ann.save(made.id, [vision("deux")])
    assert ann.restore_from_bin(made.id) == made.id
    assert ann.load(made.id) == made and ann.bin() == []


def test_one_id_deleted_twice_leaves_both_in_the_bin(place: Path | str) -> None:
    ann = store(place)
    for text in ("un", "deux"):
        ann.create([vision(text)], partnership_id="aaaaaaaaaa")
        ann.delete("aaaaaaaaaa")
    ann.create([vision("trois")], partnership_id="aaaaaaaaaa")
    back = [ann.restore_from_bin(one.id) for one in ann.bin()]
    found = {text_of(ann.load(name), "gather.vision", "vision@fr") for name in (*back, "aaaaaaaaaa")}
    assert found == {"un", "deux", "trois"}


def test_a_purged_partnership_is_gone(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision(SECRET)])
    with pytest.raises(NotFound):
        ann.purge(made.id)
    ann.list()
    ann.backup(tmp_path / "b.zip")
    ann.delete(made.id)
    assert ann.purge(made.id).backups == (tmp_path / "b.zip",)
    assert ann.bin() == []
    assert not [path for path in (tmp_path / "s").rglob("*") if path.is_file() and SECRET in path.read_text("utf-8")]


def test_destroyed_private_notes_are_in_no_file_of_the_store(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("public"), reason(SECRET), offer(SECRET), confirmed(True)])
    ann.save(made.id, [confirmed(False)])
    ann.save(made.id, [reason(f"{SECRET} again, in other words")])
    folder = tmp_path / "s" / made.id
    (folder / "private.json").write_bytes((folder / "private.json").read_bytes() + b"}")
    store(tmp_path / "s").load(made.id)  # sets the damaged bytes aside
    assert list(folder.glob("private.json.damaged-*"))
    session = ann.session(made.id)
    session.note(reason(f"{SECRET} typed"))
    session.close()
    ann.backup(tmp_path / "b.zip")
    destroyed = ann.destroy_private(made.id)
    assert destroyed.backups == (tmp_path / "b.zip",)
    assert {path.name for path in destroyed.files} >= {"private.json", "private.json.twin"}
    left = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    assert not [path for path in left if SECRET in path.read_text(encoding="utf-8", errors="replace")]
    assert everything(ann, made.id) == {"public"}
    assert "public" in told(tmp_path / "s")


def test_an_earlier_life_in_the_bin_keeps_no_private_notes_either(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    for text in ("un", "deux"):
        ann.create([vision(text), reason(SECRET), offer(SECRET)], partnership_id="aaaaaaaaaa")
        ann.delete("aaaaaaaaaa")
    other = ann.create([vision("autre"), reason("à garder")]).id
    ann.delete(other)
    ann.create([vision("trois"), reason(SECRET)], partnership_id="aaaaaaaaaa")
    ann.destroy_private("aaaaaaaaaa")
    left = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    assert not [path for path in left if SECRET in path.read_text(encoding="utf-8")]
    assert len(ann.bin()) == 3, "they can still be brought back"
    assert "à garder" in everything(ann, ann.restore_from_bin(other)), "what has nothing to do with it stays"


def test_who_writes_elsewhere_meanwhile_loses_no_key(tmp_path: Path) -> None:
    ann, bob = store(tmp_path / "s", "Ann"), store(tmp_path / "s", "Bob")
    name = ann.create([vision("un"), reason(SECRET)]).id
    session = bob.session(name)
    session.note(reason(SECRET))
    before = session.position
    assert ann.destroy_private(name).sessions == ("Bob",)
    session.note(vision("deux"))
    session.mark_saved(before)  # a save that began before the destruction ends now
    with ann.session(name) as mine:
        assert [one.author for one in mine.others()] == ["Bob"]
    session.note(offer("trois"))
    session.close()
    found = everything(store(tmp_path / "s"), name)
    assert {"deux", "trois"} <= found and SECRET not in found


def test_counts_of_positions_outlive_the_positions(place: Path | str) -> None:
    ann = store(place)
    changes = []
    for name in ("orgaaaaaaa", "orgbbbbbbb", "orgccccccc"):
        changes.append(Change(name, "open.who", "name@fr", name, subject=(name,)))
        position = f"commit.consensus:{name}"
        changes.append(Change(position, "commit.consensus", "level", "agree", subject=(name,)))
        changes.append(Change(position, "commit.consensus", "seen", {}, subject=(name,)))
    made = ann.create(changes)
    assert ann.public_document(made.id)["meta"]["1"]["tallies"]["commit.consensus"] == {"agree": 3}
    ann.destroy_private(made.id)
    ann.save(made.id, [reason("nouveau")])
    assert ann.load(made.id).tallies["commit.consensus"] == {"agree": 3}


def test_versions_only_grow(place: Path | str) -> None:
    ann = store(place)
    made = ann.create()
    for number in (1, 2):
        ann.add_version(made.id, {"number": number})
    assert ann.versions(made.id) == [{"number": 1}, {"number": 2}]


def test_an_organisation_is_remembered_once_and_kept_up_to_date(place: Path | str) -> None:
    ann = store(place)
    assert ann.directory() == []
    name = ann.remember({"name": "La Maison", "people": ["A"]})
    assert ann.remember({"id": name, "name": "La Grande Maison"}) == name
    assert ann.directory() == [{"id": name, "name": "La Grande Maison", "people": ["A"]}]


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("un"), reason("privé")])
    ann.remember({"name": "x"})
    ann.list()
    for path in [tmp_path / "s", *(tmp_path / "s").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert made.id


def test_in_a_group_store_the_group_may_write(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s").chmod(0o2770)
    ann = store(tmp_path / "s")
    made = ann.create([vision("un"), reason("privé")])
    ann.delete(made.id)
    ann.restore_from_bin(made.id)
    ann.list()
    for path in (tmp_path / "s").rglob("*"):
        assert path.stat().st_mode & 0o7777 == (0o2770 if path.is_dir() else 0o660), path


def test_the_author_keeps_their_id_when_the_name_changes(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    first = default_author(environ)
    assert first == default_author(environ) and first.name
    remembered = tmp_path / ".config" / "entente" / "author.json"
    remembered.parent.mkdir(parents=True)
    remembered.write_text(json.dumps({"id": first.id, "name": "Zoé"}))
    assert default_author(environ) == Author(first.id, "Zoé")
    remembered.write_text("{")
    assert default_author(environ) == first


@pytest.mark.slow
def test_copies_that_keep_private_notes_are_named(place: Path | str) -> None:
    ann = store(place)
    first = ann.create([vision("un"), reason(SECRET)]).id
    copy = ann.duplicate(first)
    second = ann.duplicate(copy)
    stranger = ann.create([vision("autre"), reason("à garder")]).id
    without = ann.duplicate(first)
    ann.destroy_private(without)
    imported = ann.import_document(ann.public_document(first, private=True))
    deleted = ann.duplicate(first)
    ann.delete(deleted)
    for name in (first, second):  # whichever of the family one stands in
        wanted = sorted({first, copy, second, imported, deleted} - {name})
        assert sorted(one.id for one in ann.copies(name)) == wanted
    assert not ann.copies(stranger)
    gone = ann.destroy_private(first)
    assert sorted(one.id for one in gone.copies) == sorted([copy, second, imported, deleted])
    for name in (copy, second, imported):
        ann.destroy_private(name)
    assert [one.id for one in ann.purge(deleted).copies] == []
    left = [path for path in ann.root.rglob("*") if path.is_file()]
    assert not [path for path in left if SECRET in path.read_text(encoding="utf-8", errors="replace")]
    assert "à garder" in everything(ann, stranger)


def test_a_copy_that_a_restore_made_is_named(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    name = ann.create([vision("un"), reason(SECRET)]).id
    ann.backup(tmp_path / "b.zip")
    ann.save(name, [vision("deux")])
    (beside,) = ann.restore(tmp_path / "b.zip")
    assert [one.id for one in ann.copies(name)] == [beside]
    ann.save(beside, [vision("trois")])  # from now on its file carries its own id
    assert [one.id for one in ann.copies(name)] == [beside]


def test_each_name_on_a_shared_account_is_an_author_of_its_own() -> None:
    account = Author("a" * 10, "Marie")
    assert author_named(account, "Marie") is account
    zoe = author_named(account, "Zoé")
    assert zoe.name == "Zoé" and zoe.id not in (account.id, author_named(account, "Luc").id)
    assert zoe == author_named(account, "Zoé") and zoe.id != author_named(Author("b" * 10, "Ida"), "Zoé").id
    for unseen in ("  ", "\u200b", "\x1b"):
        assert author_named(account, unseen) is account
    assert author_named(account, " a\x1b[31mb\nc ").name == "a[31mb c"
    assert is_id(zoe.id)
