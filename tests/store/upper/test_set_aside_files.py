"""What somebody changed by hand comes back when one says so; what is damaged is shown as far as it reads."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.faults import Disk, failing
from tests.store.upper.acts import everything, offer, reason, store, text_of, told, vision
from tui.partnership.values import ORDER, Change
from tui.store import Store
from tui.store.set_aside_files import partnership_of_set_aside
from tui.store.store_errors import Damaged, NotFound, StoreError

GOAL = Change("gather.vision", "gather.vision", "goal@fr", "un but")


def made(root: Path) -> tuple[Store, str]:
    """A store with one partnership that says « commun » and holds a private reason."""
    ann = store(root, "Ann")
    return ann, ann.create([vision("commun"), GOAL, offer("une salle"), reason("privé")]).id


def edit_by_hand(root: Path, name: str, file: str, before: str, after: str) -> None:
    """Change the bytes of a file as a text editor would."""
    path = root / name / file
    raw = path.read_text(encoding="utf-8")
    assert before in raw
    path.write_text(raw.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(("file", "before"), [("project.json", "commun"), ("private.json", "privé")])
def test_a_hand_edit_is_offered_and_comes_in_with_its_past(tmp_path: Path, file: str, before: str) -> None:
    ann, name = made(tmp_path / "s")
    edit_by_hand(tmp_path / "s", name, file, before, "revu à la main")
    bob = store(tmp_path / "s", "Bob")
    bob.load(name)
    (kept,) = bob.set_aside_files(name)
    assert kept.edited and [one.value for one in kept.changes] == ["revu à la main"]
    saved = bob.take_over(name, kept.path)
    assert "revu à la main" in everything(ann, name) and before in everything(ann, name)
    assert saved.conflicts == () and saved.past[0].by == "Bob"
    assert kept.path.exists()
    assert [one.changes for one in bob.set_aside_files(name)] == [()], "nothing of it is left to offer"


def test_a_hand_edit_does_not_replace_what_was_saved_since(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    edit_by_hand(tmp_path / "s", name, "project.json", "commun", "revu à la main")
    bob = store(tmp_path / "s", "Bob")
    bob.save(name, [vision("revu par Bob"), Change("gather.vision", "gather.vision", "goal@fr", "un autre but")])
    (kept,) = ann.set_aside_files(name)
    assert [one.value for one in kept.changes] == ["revu à la main"], "an older text that stood once is no change"
    (conflict,) = ann.take_over(name, kept.path).conflicts
    assert (conflict.mine, conflict.theirs) == ("revu à la main", "revu par Bob")


def test_what_was_taken_out_by_hand_is_taken_out(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    without_lines(tmp_path / "s" / name / "private.json", "une salle")
    ann.load(name)
    (kept,) = ann.set_aside_files(name)
    assert kept.edited
    entry = ann.take_over(name, kept.path).partnership.entry("offer")
    assert entry is not None and not entry.is_in_use and "une salle" in everything(ann, name)


def offered(store: Store, name: str) -> list[tuple[str, str, object]]:
    """(entry, cell, value) of each change that the only set-aside file offers."""
    (kept,) = store.set_aside_files(name)
    return [(change.entry, change.cell, change.value) for change in kept.changes]


def without_lines(path: Path, word: str) -> None:
    """Take the lines with a word out of a file, as a text editor would."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if word not in line]
    path.write_text("\n".join(lines).replace("},\n}", "}\n}"), encoding="utf-8")


@pytest.mark.parametrize(
    ("last", "emptied"),
    [(vision("commun à tous"), ["vision@fr", "goal@fr"]), (replace(GOAL, value=None), ["vision@fr"])],
)
def test_a_single_answer_taken_out_by_hand_is_emptied_cell_by_cell(
    tmp_path: Path, last: Change, emptied: list[str]
) -> None:
    ann, name = made(tmp_path / "s")
    ann.save(name, [last])
    without_lines(tmp_path / "s" / name / "project.json", "commun")
    ann.load(name)
    assert sorted(offered(ann, name)) == sorted(("gather.vision", cell, None) for cell in emptied)


def test_the_file_that_was_written_last_comes_first(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    folder = tmp_path / "s" / name
    raw = (folder / "project.json").read_bytes()
    for at, end in enumerate(("before-b", "damaged-a", "before-c")):
        (folder / f"project.json.{end}").write_bytes(raw)
        os.utime(folder / f"project.json.{end}", (at * 100, at * 100))
    assert [kept.path.suffix for kept in ann.set_aside_files(name)] == [".before-c", ".damaged-a", ".before-b"]


def goals(*order: str) -> list[Change]:
    """Two objectives, each at its place."""
    rows = zip(("premier001", "second0001"), order, strict=True)
    return [Change(row, "gather.objectives", ORDER, place, "rows") for row, place in rows]


@pytest.mark.parametrize("file", ["project.json.before-1a2b", "project 2.json"])
def test_rows_stay_where_they_were_moved_to_here(tmp_path: Path, file: str) -> None:
    ann, name = made(tmp_path / "s")
    texts = [Change(change.entry, change.question, "text@fr", change.entry, "rows") for change in goals("a", "b")]
    ann.save(name, [*goals("a", "b"), *texts])
    shutil.copytree(tmp_path / "s", tmp_path / "other")
    store(tmp_path / "other").save(name, goals("y", "x"))
    ann.save(name, [vision("commun à tous"), *goals("d", "c")])
    shutil.copy(tmp_path / "other" / name / "project.json", tmp_path / "s" / name / file)
    assert offered(ann, name) == []


def test_a_private_file_from_before_takes_nothing_public_out(tmp_path: Path) -> None:
    """Where nothing is private any more there is no private file to compare it with."""
    _ann, name = made(tmp_path / "s")
    raw = (tmp_path / "s" / name / "private.json").read_bytes()
    bob = store(tmp_path / "t", "Bob")
    other = bob.create([vision("commun"), GOAL]).id
    (tmp_path / "t" / other / "private.json.before-1a2b").write_bytes(raw)
    assert {value for _entry, _cell, value in offered(bob, other)} >= {"une salle", "privé"}
    assert not any(value in (None, True) for _entry, _cell, value in offered(bob, other))


@pytest.mark.parametrize(("file", "text"), [("project 2.json", "commun"), ("private 2.json", "privé")])
def test_the_copy_of_another_machine_is_offered_of_both_files(tmp_path: Path, file: str, text: str) -> None:
    _ann, name = made(tmp_path / "s")
    raw = (tmp_path / "s" / name / file.replace(" 2", "")).read_bytes()
    bob = store(tmp_path / "t", "Bob")
    other = bob.create([], partnership_id=name).id
    (tmp_path / "t" / other / file).write_bytes(raw)
    assert text in {value for _entry, _cell, value in offered(bob, other)}


def test_a_set_aside_file_belongs_to_the_store_that_it_lies_in(tmp_path: Path) -> None:
    _ann, name = made(tmp_path / "s")
    _bob, other = made(tmp_path / "t")
    ours, theirs = (tmp_path / root / one / "project.json.damaged-1a2b" for root, one in (("s", name), ("t", other)))
    assert partnership_of_set_aside(tmp_path / "s", ours) == name
    for path in (theirs, ours.with_name("project.json"), ours.with_name("history.json.damaged-1a2b")):
        with pytest.raises(NotFound):
            partnership_of_set_aside(tmp_path / "s", path)


def test_a_damaged_copy_offers_nothing_that_is_there(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    path = tmp_path / "s" / name / "project.json"
    path.write_bytes(path.read_bytes()[:-30])
    ann.load(name)
    (kept,) = ann.set_aside_files(name)
    assert not kept.edited and kept.changes == ()


def test_only_what_is_set_aside_here_can_be_taken_over(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    for path in (tmp_path / "s" / name / "project.json", tmp_path / "x.json", Path("/etc/passwd")):
        with pytest.raises(NotFound):
            ann.take_over(name, path)


def ruin(root: Path, name: str) -> dict[str, bytes]:
    """Damage both copies of the public file at different places; their bytes."""
    folder = root / name
    main, twin = folder / "project.json", folder / "project.json.twin"
    main.write_bytes(main.read_bytes().replace(b"un but", b"un b\xff\xfe"))
    twin.write_bytes(twin.read_bytes()[:-4])
    return {path.name: path.read_bytes() for path in (main, twin)}


def test_of_two_damaged_copies_what_can_be_read_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    _ann, name = made(tmp_path / "s")
    ruined = ruin(tmp_path / "s", name)
    bob = store(tmp_path / "s", "Bob")
    with pytest.raises(Damaged):
        bob.load(name)
    found = bob.readable(name)
    assert text_of(found.partnership, "gather.vision", "vision@fr") == "commun"
    assert text_of(found.partnership, "open.how_many", "reason@fr") == "privé"
    assert {one: (tmp_path / "s" / name / one).read_bytes() for one in ruined} == ruined


def test_the_pieces_that_no_copy_gives_are_counted_of_both_files(tmp_path: Path) -> None:
    _ann, name = made(tmp_path / "s")
    counted = []
    for file, pieces in (("project.json", 2), ("project.json.twin", 1), ("private.json", 2), ("private.json.twin", 2)):
        path = tmp_path / "s" / name / file
        path.write_bytes(path.read_bytes().replace(b'": {"', b'": {', pieces + 2))  # two are in the seal
        counted.append(store(tmp_path / "s").readable(name).unread)
    assert counted == [0, 1, 1, 2], "what the other copy gives lacks nowhere"


def test_of_two_damaged_copies_the_newer_counts(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    ann.save(name, [vision("la suite"), replace(GOAL, value="un but plus loin")])
    ann.save(name, [vision("une autre", base=0)])
    folder = tmp_path / "s" / name
    older = (folder / "project.json.twin").read_bytes()
    newest = ann.save(name, [replace(GOAL, value="un tout autre but", base=0), vision("la fin")]).partnership
    (folder / "project.json.twin").write_bytes(older)
    for path in (folder / "project.json", folder / "project.json.twin"):
        path.write_bytes(path.read_bytes()[:-4])
    found = store(tmp_path / "s").readable(name).partnership
    assert text_of(found, "gather.vision", "vision@fr") == "la fin"
    assert {conflict.mine for conflict in found.conflicts} == {conflict.mine for conflict in newest.conflicts}


def test_a_public_file_made_anew_never_holds_anything_private(tmp_path: Path) -> None:
    ann, name = made(tmp_path / "s")
    ann.save(name, [reason("privé, et la suite")])
    for end in ("", ".twin"):
        (tmp_path / "s" / name / f"project.json{end}").unlink()
    for calls in range(1, 40):  # the disk fails at each of its calls in turn
        root = tmp_path / str(calls)
        shutil.copytree(tmp_path / "s", root)
        try:
            with failing(Disk("error", calls, 28)):
                store(root, "Bob").restart_from_readable(name)
        except StoreError:
            assert "privé" not in told(root) and "une salle" not in told(root), calls
        else:
            break
    assert {"commun", "privé, et la suite"} <= everything(store(root), name)
    assert "privé" not in told(root) and "une salle" not in told(root)
    assert calls > 5


def test_one_goes_on_with_what_can_be_read_and_the_damaged_bytes_stay(tmp_path: Path) -> None:
    _ann, name = made(tmp_path / "s")
    ruined = ruin(tmp_path / "s", name)
    bob = store(tmp_path / "s", "Bob")
    bob.restart_from_readable(name)
    assert {"commun", "privé", "une salle"} <= everything(bob, name)
    bob.save(name, [vision("la suite")])
    again = store(tmp_path / "s")
    assert text_of(again.load(name), "gather.vision", "vision@fr") == "la suite"
    there = [path.read_bytes() for path in (tmp_path / "s" / name).iterdir()]
    assert all(raw in there for raw in ruined.values())
    before = again.load(name)
    again.restart_from_readable(name)
    assert again.load(name) == before, "where all is well nothing happens"
