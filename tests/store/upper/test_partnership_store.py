"""A partnership made, opened, changed, saved and found again; conflicts, stretches of typing, dead sessions."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.store.upper.acts import Clock, confirmed, everything, offer, reason, store, text_of, told, vision
from tui import atomic_files
from tui.partnership.values import SETTINGS, Change
from tui.store import Session, sealed_storage
from tui.store.server_session import ServerSession
from tui.store.store_errors import Damaged, Full, Newer, NotFound, StoreError, Taken

SECRET = "SECRET-canary"


def test_what_was_saved_is_there_for_everyone(place: Path | str) -> None:
    ann, bob = store(place, "Ann"), store(place, "Bob")
    made = ann.create([vision("Un toit pour chacun")])
    saved = bob.save(made.id, [reason("Trois suffisent")])
    assert ann.load(made.id) == saved.partnership
    assert text_of(saved.partnership, "gather.vision", "vision@fr") == "Un toit pour chacun"
    assert [past.by for past in ann.history(made.id)] == ["Ann", "Bob"]


def test_private_cells_lie_in_the_private_file_alone(place: Path | str) -> None:
    ann = store(place)
    made = ann.create([vision("public"), reason(SECRET), offer(SECRET + "-offer")])
    ann.save(made.id, [reason(SECRET + "-conflict", base=0)])
    ann.list()
    assert SECRET not in told(place)
    assert "public" in told(place)
    if isinstance(place, Path):
        assert SECRET in (place / made.id / "private.json").read_text(encoding="utf-8")
    assert SECRET not in str(ann.public_document(made.id))
    assert SECRET not in str(ann.history(made.id, private=False))
    assert SECRET not in str(ann.load(made.id, private=False))


def test_a_confirmed_contribution_moves_and_comes_back_with_its_history(place: Path | str) -> None:
    ann = store(place)
    made = ann.create([offer("salle-du-mardi"), confirmed(False)])
    assert "salle-du-mardi" not in told(place)
    ann.save(made.id, [confirmed(True)])
    assert "salle-du-mardi" in told(place)
    ann.save(made.id, [offer("salle-du-jeudi")])
    ann.save(made.id, [confirmed(False)])
    assert "salle-du" not in told(place)
    assert {"salle-du-mardi", "salle-du-jeudi"} <= everything(ann, made.id)


def test_an_older_base_makes_a_conflict_that_names_both_authors(place: Path | str) -> None:
    ann, bob = store(place, "Ann"), store(place, "Bob")
    made = ann.create([vision("début")])
    ann.save(made.id, [vision("celle d'Ann", base=1)])
    (conflict,) = bob.save(made.id, [vision("celle de Bob", base=1)]).conflicts
    assert (conflict.by, conflict.their_by) == ("Bob", "Ann")
    assert (conflict.mine, conflict.theirs) == ("celle de Bob", "celle d'Ann")
    settled = ann.settle(made.id, conflict.id, "mine").partnership
    assert text_of(settled, "gather.vision", "vision@fr") == "celle de Bob"
    assert bob.settle(made.id, conflict.id, "theirs").partnership == settled
    with pytest.raises(KeyError):
        bob.settle(made.id, "no-conflict", "mine")


def test_a_stretch_of_typing_is_one_line_of_history_and_a_replaced_text_is_kept(place: Path | str) -> None:
    clock = Clock()
    ann = store(place, clock=clock)
    made = ann.create()
    for text in ("Un", "Un toit", "Un toi", "Un toit pour chacun"):
        ann.save(made.id, [vision(text)], typing=True)
    assert [(past.value, past.new) for past in ann.history(made.id)] == [(None, "Un toit pour chacun")]
    ann.save(made.id, [vision("Autre chose")], typing=True)
    clock.minutes = 5
    ann.save(made.id, [vision("Autre chose encore")], typing=True)
    store(place, "Bob", clock).save(made.id, [vision("Autre chose encore plus")], typing=True)
    assert [past.new for past in ann.history(made.id, entry="gather.vision", cell="vision@fr")] == [
        "Un toit pour chacun",
        "Autre chose",
        "Autre chose encore",
        "Autre chose encore plus",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("typing", [False, True])
def test_what_was_acknowledged_is_a_step_of_its_own(place: Path | str, typing: bool) -> None:
    ann = store(place)
    made = ann.create()
    ann.save(made.id, [vision("5000 heures")])
    ann.save(made.id, [vision("8000 heures")], typing=typing)
    ann.save(made.id, [vision("8500 heures")])
    assert [past.new for past in ann.history(made.id)] == ["5000 heures", "8000 heures", "8500 heures"]


def test_a_save_writes_only_the_files_that_it_changes(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("a"), reason("b")])
    before = {path.name: path.stat().st_ino for path in (tmp_path / "s" / made.id).iterdir()}
    ann.save(made.id, [vision("c")])
    after = {path.name: path.stat().st_ino for path in (tmp_path / "s" / made.id).iterdir()}
    assert {name for name in after if after[name] != before[name]} == {
        name + end for name in ("project.json", "history.json") for end in ("", ".twin")
    }
    ann.save(made.id, [vision("c")])
    assert {path.name: path.stat().st_ino for path in (tmp_path / "s" / made.id).iterdir()} == after


@pytest.mark.parametrize("good_writes", range(4))
def test_a_full_disk_is_said_and_the_next_save_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good_writes: int
) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("avant"), reason("avant")])
    left = [good_writes]
    written = atomic_files.write_atomic

    def full(*given: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, os.strerror(28))
        written(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sealed_storage, "write_atomic", full)
    refused = None
    try:
        ann.save(made.id, [vision("après")])
    except StoreError as err:
        refused = err
    monkeypatch.undo()
    assert isinstance(refused, Full) == (good_writes < 3)  # the last write is a second copy: the save itself was kept
    there = store(tmp_path / "s").load(made.id)
    assert text_of(there, "gather.vision", "vision@fr") == ("avant" if refused else "après")
    assert "avant" in everything(ann, made.id)
    saved = ann.save(made.id, [vision("après")])
    assert text_of(saved.partnership, "gather.vision", "vision@fr") == "après"
    assert store(tmp_path / "s").load(made.id) == saved.partnership


def ruin(root: Path, name: str) -> None:
    """Make both copies of a file unreadable."""
    for path in root.glob(f"*/{name}*"):
        path.write_bytes(b"\0ruined " + path.name.encode())


def test_a_ruined_private_file_leaves_the_public_part_and_its_bytes(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("public"), reason("perdu")])
    ruin(tmp_path / "s", "private.json")
    fresh = store(tmp_path / "s")
    assert text_of(fresh.load(made.id), "gather.vision", "vision@fr") == "public"
    problems = fresh.take_problems()
    assert [one.kind for one in problems] == ["unread"] and problems[0].kept is not None
    assert fresh.list()[0].damaged
    fresh.save(made.id, [reason("nouveau")])
    assert text_of(store(tmp_path / "s").load(made.id), "open.how_many", "reason@fr") == "nouveau"
    assert any(b"ruined" in path.read_bytes() for path in (tmp_path / "s" / made.id).glob("private.json.damaged-*"))


def test_a_ruined_public_file_is_refused_and_listed(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("public")])
    ruin(tmp_path / "s", "project.json")
    fresh = store(tmp_path / "s")
    with pytest.raises(Damaged):
        fresh.load(made.id)
    with pytest.raises(Damaged):
        fresh.save(made.id, [vision("nouveau")])
    assert "project.json" in fresh.list()[0].damaged


@pytest.mark.parametrize("name", ["project.json", "private.json"])
def test_what_a_newer_program_wrote_is_refused_and_untouched(tmp_path: Path, name: str) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([vision("public"), reason("privé")])
    storage = sealed_storage.SealedStorage(tmp_path / "s" / made.id / name)
    path = storage.path
    newer = path.read_bytes().partition(b"\n")[2].replace(b'"schema": 1', b'"schema": 99')
    for one in (path, storage.twin):
        one.write_bytes(b"{" + newer)
    with pytest.raises(Newer):
        store(tmp_path / "s").save(made.id, [vision("a"), reason("b")])
    assert path.read_bytes() == storage.twin.read_bytes() == b"{" + newer


def test_what_a_dead_session_had_typed_is_saved_at_the_next_opening(place: Path | str) -> None:
    ann = store(place, "Ann")
    made = ann.create([vision("début")])
    session = ann.session(made.id)
    for text in ("début e", "début et suite", "début et suite\x1b[2J"):
        assert session.note(vision(text, base=1)) is None
    ann.save(made.id, [vision("début et suite", base=1)])  # saved, then dead before the journal knew
    session.note(vision("début et suite et fin", base=1))
    os.close(session._journal._fd)  # what the system does for a program that is killed
    if isinstance(session, ServerSession):
        session._ended.set()  # and so its thread
    bob = store(place, "Bob")
    found = bob.load(made.id)
    assert text_of(found, "gather.vision", "vision@fr") == "début et suite et fin"
    assert found.conflicts == ()
    assert bob.history(made.id)[-1].by == "Ann"
    assert [one.kind for one in bob.take_problems()] == ["journal"]
    assert not list((ann.root / made.id).glob("journal-*"))


def soon_sees(session: Session, author: str, seconds: float) -> bool:
    """Whether others who are here are one person, at the latest after so long: on a server they are asked for."""
    until = time.monotonic() + seconds
    while [one.author for one in session.others()] != [author]:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.slow
def test_a_living_session_is_seen_and_not_replayed(place: Path | str) -> None:
    ann, bob = store(place, "Ann"), store(place, "Bob")
    made = ann.create([vision("début")])
    with ann.session(made.id) as hers, bob.session(made.id) as his:
        hers.note(vision("pas encore"))
        assert [one.author for one in his.others()] == ["Ann"]
        assert text_of(bob.load(made.id), "gather.vision", "vision@fr") == "début"
        hers.mark_saved()
        assert soon_sees(hers, "Bob", 0 if isinstance(place, Path) else 1.0)
    assert not list((ann.root / made.id).glob("journal-*"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["../../etc", "", "bin", "x", "aaaaaaaaaa/b", "AAAAAAAAAA", "aaaaaaaaaa"])
def test_what_is_no_partnership_is_not_found(place: Path | str, name: str) -> None:
    ann = store(place)
    ann.create()
    for act in (ann.load, ann.delete, ann.purge, ann.signature, ann.restore_from_bin, ann.duplicate):
        with pytest.raises(NotFound):
            act(name)
    assert not (ann.root.parent / "etc").exists()


def test_a_link_is_not_followed_out_of_the_store(tmp_path: Path) -> None:
    ann, other = store(tmp_path / "s"), store(tmp_path / "t")
    ann.create()
    elsewhere = other.create([vision("ailleurs")])
    (tmp_path / "s" / elsewhere.id).symlink_to(tmp_path / "t" / elsewhere.id)
    with pytest.raises(NotFound):
        ann.save(elsewhere.id, [vision("pris")])
    assert elsewhere.id not in {one.id for one in ann.list()}


def test_texts_are_cleaned_however_they_come(place: Path | str) -> None:
    ann = store(place)
    made = ann.create([vision("\x1b]0;owned\x07Un\u202e toit")])
    assert text_of(ann.load(made.id), "gather.vision", "vision@fr") == "]0;ownedUn toit"


def test_an_id_cannot_be_taken_twice(place: Path | str) -> None:
    ann = store(place)
    made = ann.create([Change(SETTINGS, SETTINGS, "lang", "fr")])
    with pytest.raises(Taken):
        ann.create(partnership_id=made.id)
