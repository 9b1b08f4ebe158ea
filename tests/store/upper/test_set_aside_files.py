"""What somebody changed by hand comes back when one says so; what is damaged is shown as far as it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.upper.acts import everything, offer, reason, store, text_of, vision
from tui.partnership.values import Change
from tui.store import Store
from tui.store.store_errors import Damaged, NotFound

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
    path = tmp_path / "s" / name / "private.json"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if "une salle" not in line]
    path.write_text("\n".join(lines).replace("},\n}", "}\n}"), encoding="utf-8")
    ann.load(name)
    (kept,) = ann.set_aside_files(name)
    assert kept.edited
    entry = ann.take_over(name, kept.path).partnership.entry("offer")
    assert entry is not None and not entry.is_in_use and "une salle" in everything(ann, name)


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
