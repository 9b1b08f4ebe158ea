"""History that goes far: closed files, which hold every line once, keep no save waiting, and tell nothing private."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.shell import Shell
from tests.partnership.private_places import everywhere
from tests.store.faults import Disk, Killed, Mode, failing, places
from tests.store.upper import test_private_files as private_files
from tests.store.upper.acts import Clock, confirmed, everything, offer, reason, store, told, vision
from tui.partnership.values import Change
from tui.store import Store, closed_history, history_lines
from tui.store.history_lines import fold_line, is_folded, unfold_lines
from tui.store.room import room_problems
from tui.store.store_errors import Full, StoreError
from tui.text.sought_text import SoughtText

pytestmark = pytest.mark.sampled

LONG = "mot " * 100_000  # 400 kB


@pytest.fixture
def near_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every save but the first closes what is near, and a closed file takes a few lines."""
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 0)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 0)
    monkeypatch.setattr(closed_history, "CLOSED_FILE_CHARACTERS", 700)
    yield


def closed_files(root: Path, begin: str = "") -> list[Path]:
    return sorted(path for path in root.glob("*/*.closed-*") if path.name.startswith(begin))


def written(ann: Store, name: str, count: int = 9) -> set[str]:
    """Save one text after the other in a public and in a private place; all of them."""
    said = set()
    for number in range(count):
        ann.save(name, [vision(f"public {number}"), reason(f"secret {number}")])
        said |= {f"public {number}", f"secret {number}"}
    return said


@pytest.mark.slow
def test_a_history_of_many_large_texts_refuses_no_save_and_comes_back_by_json(tmp_path: Path) -> None:
    ann = store(tmp_path / "ann")
    name = ann.create().id
    texts = [f"{number} {LONG * 7} fin {number}" for number in range(13)]  # 70 MB of history, were it kept as it is
    for text in texts:
        ann.save(name, [vision(text)])
    assert sum(path.stat().st_size for path in closed_files(tmp_path / "ann")) < 20_000_000
    assert [past.new for past in store(tmp_path / "ann").history(name)] == texts
    data = json.dumps(ann.public_document(name)).encode()
    bob = store(tmp_path / "bob")
    assert bob.import_document(data) == name
    assert [past.new for past in bob.history(name)] == texts
    assert bob.save(name, [vision("court")]).past[0].value == texts[-1]


@pytest.mark.slow
def test_a_store_whose_history_has_no_room_left_saves_again(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("début")]).id
    line = {"entry": "gather.vision", "question": "gather.vision", "cell": "vision@fr", "by": "Ann", "at": "2026-01-01"}
    half = "x" * 390_000
    table = {
        str(n): {**line, "value": f"{n - 1}{half}", "new": f"{n}{half[::-1]}{n}", "rev": 100 + n} for n in range(80)
    }
    folder = ann._folder(name)
    folder.past.save({"history": table})
    assert (tmp_path / name / "history.json").stat().st_size > 60_000_000
    ann = store(tmp_path)
    for number in range(9):
        ann.save(name, [vision(f"{number} {LONG}")])
    assert {f"{n}{half[::-1]}{n}" for n in range(80)} <= {past.new for past in ann.history(name)}
    assert (tmp_path / name / "history.json").stat().st_size < 3_000_000


def test_a_short_history_lies_in_one_file_as_ever(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a")]).id
    written(ann, name)
    assert closed_files(tmp_path) == []
    assert "closed" not in (tmp_path / name / "history.json").read_text(encoding="utf-8")


def test_a_save_writes_no_more_of_a_long_history(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create().id
    sizes = []
    for number in range(150):
        ann.save(name, [vision(f"{number} " + "phrase " * 700)])
        sizes.append((tmp_path / name / "history.json").stat().st_size)
    assert closed_files(tmp_path, "history"), "else nothing is shown"
    assert max(sizes) < 700_000, "bytes of the file that each save writes; it would be 1,500,000"


@pytest.mark.usefixtures("near_nothing")
class TestWhereEachSaveCloses:
    """The promises of the store, while history goes to closed files at once."""

    def test_no_conflict_about_a_private_place_is_told(self, tmp_path: Path) -> None:
        private_files.test_no_file_tells_a_conflict_about_a_private_place(tmp_path)

    def test_nothing_private_is_told(self, tmp_path: Path) -> None:
        private_files.test_no_file_tells_what_was_private_when_it_was_said(tmp_path / "1", True)
        assert closed_files(tmp_path / "1", "history") and closed_files(tmp_path / "1", "private"), "else untried"

    def test_every_line_is_there_once_in_order_and_by_cell(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create().id
        said = written(ann, name)
        steps = [past.new for past in ann.history(name) if not past.private]
        assert steps == [f"public {number}" for number in range(9)]
        assert said <= everything(store(tmp_path), name)
        only = ann.history(name, entry="open.how_many", cell="reason@fr")
        assert [past.new for past in only] == [f"secret {number}" for number in range(9)]
        last = ann.load(name).rev
        assert [past.rev for past in ann.history(name, after=last - 2)] == [last - 1, last]
        assert len(closed_files(tmp_path, "history")) > 2 and len(closed_files(tmp_path, "private")) > 2

    def test_a_save_is_undone_from_what_went_far(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create([vision("un")]).id
        written(ann, name)
        past = ann.history(name, entry="gather.vision")
        assert (past[0].new, past[1].value, past[1].new) == ("un", "un", "public 0")

    def test_a_conflict_names_who_wrote_long_ago(self, tmp_path: Path) -> None:
        ann, bob = store(tmp_path), store(tmp_path, "Bob")
        name = ann.create([vision("un")]).id
        base = ann.load(name).entries["gather.vision"].cells["vision@fr"].rev
        bob.save(name, [vision("de Bob")])
        for number in range(5):
            ann.save(name, [reason(f"secret {number}")])
        [conflict] = ann.save(name, [vision("de Ann", base)]).conflicts
        assert conflict.their_by == "Bob"

    def test_a_backup_holds_them_and_names_a_damaged_one(self, tmp_path: Path) -> None:
        ann = store(tmp_path / "a")
        name = ann.create().id
        said = written(ann, name)
        assert ann.backup(tmp_path / "one.zip").damaged == ()
        list(store(tmp_path / "b").restore(tmp_path / "one.zip"))
        assert said <= everything(store(tmp_path / "b"), name)
        for path in closed_files(tmp_path / "a", "history.json.closed-1"):
            path.write_bytes(b"\0ruined")
        assert ann.backup(tmp_path / "two.zip").damaged == (name,)

    def test_a_damaged_one_is_read_from_its_twin_or_told_and_the_rest_is_there(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create().id
        said = written(ann, name)
        first = closed_files(tmp_path, "history")[0]
        raw = first.read_bytes()
        first.write_bytes(raw[:-9])
        assert said <= everything(store(tmp_path), name)
        for path in (first, first.with_name(f"{first.name}.twin")):
            path.write_bytes(b"\0ruined")
        bob = store(tmp_path, "Bob")
        assert "public 8" in everything(bob, name)
        assert first.name in {problem.path.name for problem in bob.take_problems() if problem.kind == "unread"}
        bob.save(name, [vision("et puis")])
        assert {"et puis", "public 8"} <= everything(bob, name), "nothing stands in the way of the next save"
        assert first.read_bytes() == b"\0ruined", "and nothing writes over what is damaged"

    def test_one_that_is_gone_is_told(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create().id
        written(ann, name)
        for path in closed_files(tmp_path, "history.json.closed-2"):
            path.unlink()
        ann.history(name)
        assert "history.json.closed-2.json" in {problem.path.name for problem in ann.take_problems()}

    def test_a_folder_and_a_document_bring_them_along_and_a_copy_has_none(self, tmp_path: Path) -> None:
        ann = store(tmp_path / "a")
        name = ann.create().id
        said = written(ann, name)
        document = json.loads(json.dumps(ann.public_document(name, private=True)))
        for at, data in enumerate((tmp_path / "a" / name, document)):
            other = store(tmp_path / f"b{at}")
            assert said <= everything(other, other.import_document(data))
            other.save(name, [vision("plus loin")])
            assert {*said, "plus loin"} <= everything(other, name)
        public = json.dumps(ann.public_document(name))
        assert "public 3" in public and "secret" not in public
        copy = ann.duplicate(name)
        assert {past.new for past in ann.history(copy)}.isdisjoint(said)
        assert closed_files(tmp_path / "a" / copy) == []

    def test_a_copy_changed_elsewhere_is_merged_by_what_is_far(self, tmp_path: Path) -> None:
        ann, bob = store(tmp_path / "a"), store(tmp_path / "b", "Bob")
        name = ann.create([vision("un"), reason("raison")]).id
        bob.import_document(ann.public_document(name, private=True))
        written(ann, name)
        ann.import_document(bob.public_document(name, private=True), merge=True)
        assert ann.load(name).conflicts == (), "what they hold is what ours was long ago"

    def test_destroyed_private_notes_are_in_none_of_them(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create([confirmed(True)]).id
        written(ann, name)
        for number in range(5):
            ann.save(name, [offer(f"offre {number}")])
        assert "offre 0" in told(tmp_path)
        ann.save(name, [confirmed(False)])
        assert "offre" not in told(tmp_path)
        assert "offre 0" in everything(ann, name)
        ann.destroy_private(name)
        left = "".join(path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file())
        assert "secret" not in left and "offre" not in left and "public 0" in left

    def test_words_taken_out_for_good_are_in_none_of_them(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create([vision("a")]).id
        texts = [f"{LONG[:9000]}{'Beta a peur du Collège'[:end]} {LONG[:9000]}" for end in (6, 14, 22)]
        for text in (*texts, texts[0], "fin", "après", "plus loin"):
            ann.save(name, [vision(text), reason(text[::-1] + "secret")])
            ann.save(name, [Change("gather.level", "gather.level", "level", text[-2:])])
        assert any("value_from" in path.read_text("utf-8") for path in closed_files(tmp_path, "history"))
        assert ann.erase(name, SoughtText("Beta a peur du Collège"), write=True).earlier > 1
        said = everything(store(tmp_path), name)
        assert not [text for text in said if isinstance(text, str) and "peur du" in text]
        assert {"a", "fin", "après", "plus loin"} <= said and any(
            isinstance(one, str) and len(one) > 18_000 for one in said
        )
        left = "".join(path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file())
        assert "peur du" not in left

    def test_what_another_program_made_private_is_destroyed_with_the_rest(self, tmp_path: Path) -> None:
        ann = store(tmp_path)
        name = ann.create([confirmed(True)]).id
        for number in range(5):
            ann.save(name, [offer(f"offre {number}")])
        kept = {path: path.read_bytes() for path in closed_files(tmp_path, "history")}
        ann.save(name, [confirmed(False)])
        for path, raw in kept.items():  # as a program would leave them that knows no closed files
            path.write_bytes(raw)
        ann = store(tmp_path)
        assert "offre" not in json.dumps(ann.public_document(name)), "and never handed over"
        ann.destroy_private(name)
        assert not any("offre" in path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file())


def prepared(root: Path) -> tuple[Store, str, set[object]]:
    """A partnership with history in closed files, public and private; a contribution that is certain, and was not."""
    ann = store(root)
    name = ann.create([confirmed(True), vision("a"), reason("b")]).id
    for number in range(4):
        ann.save(name, [offer(f"offre {number}"), vision(f"public {number}"), reason(f"secret {number}")])
    return ann, name, everything(ann, name)


@pytest.mark.usefixtures("near_nothing")
@pytest.mark.parametrize("mode", ["kill_before", "torn", "error"])
def test_a_save_that_ends_at_any_call_loses_nothing_and_tells_nothing(tmp_path: Path, mode: Mode) -> None:
    base = tmp_path / "base"
    ann, name, said = prepared(base)
    before = [replace(line, private=False) for line in ann.history(name)]
    changes = [confirmed(False), vision("après"), reason("après")]
    shutil.copytree(base, tmp_path / "count")
    with failing(Disk()) as disk:
        store(tmp_path / "count").save(name, changes)
    assert len(disk.calls) > 60, "files of both histories, closed and open, and both tables"
    for at in places(mode, disk.calls):
        root = tmp_path / "one"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(base, root)
        try:
            with failing(Disk(mode, at, errno.ENOSPC)):
                store(root).save(name, changes)
        except (Killed, StoreError) as err:
            assert mode != "error" or isinstance(err, Full)
        bob = store(root, "Bob", Clock())
        assert said <= everything(bob, name), (mode, at)
        bob.save(name, changes)
        assert "offre" not in told(root), (mode, at)
        assert {*said, "après"} <= everything(bob, name), (mode, at)
        after = [replace(line, private=False) for line in bob.history(name)]
        assert [line for line in after if line.rev <= before[-1].rev] == before, "each line once"


def test_what_may_not_be_told_moves_from_every_place(tmp_path: Path, near_nothing: None) -> None:
    made = everywhere()
    ann = store(tmp_path)
    name = ann.create([*made.changes, *made.opens]).id
    for number in range(2):
        ann.save(name, [one.change for one in everywhere(number * 10_000 + 10_000).private])
    shown = told(tmp_path)
    ann.save(name, private_files.closing(made, rows=True))
    hidden = [everywhere(number * 10_000) for number in range(3)]
    assert any(places.told_by(shown) for places in hidden), "else nothing moves"
    assert [one for places in hidden for one in places.told_by(told(tmp_path))] == []


PARTS = st.lists(
    st.one_of(st.text(max_size=20), st.just("longtemps " * 90), st.just("ou bien jamais, " * 80)), max_size=6
)


@pytest.mark.parametrize(("name", "size"), [("project.json", 40), ("history.json.closed-1.json", 300)])
def test_what_comes_near_a_limit_is_said_long_before(tmp_path: Path, name: str, size: int) -> None:
    ann = store(tmp_path)
    made = ann.create([vision("a")]).id
    assert not [problem for problem in ann.take_problems() if problem.kind == "room"]
    path = tmp_path / made / name
    path.touch()
    os.truncate(path, size * 1024 * 1024)
    says = [problem.why for problem in room_problems(tmp_path / made)]
    assert len(says) == 1 and made in says[0] and f"{size}\xa0M" in says[0]
    if name != "project.json":  # of which there would be no partnership to tell of
        assert f"{size}\xa0M" in Shell(tmp_path)("doctor", ENTENTE_STORE=str(tmp_path)).out


TEXTS = PARTS.map("".join)


@given(st.lists(st.tuples(st.sampled_from("ab"), TEXTS, TEXTS, st.booleans()), max_size=12))
def test_a_line_comes_back_letter_for_letter(steps: list[tuple[str, str, str, bool]]) -> None:
    lines, stands = [], dict[str, str]()
    for rev, (entry, value, new, goes_on) in enumerate(steps):
        value = stands.get(entry, value) if goes_on else value
        stands[entry] = new
        lines.append({"entry": entry, "cell": "x", "value": value, "new": new, "rev": rev})
    known: history_lines.LastTexts = {}
    kept = [fold_line(line, known) for line in lines]
    assert list(unfold_lines(kept)) == lines


def test_a_small_change_of_a_long_text_takes_little_room() -> None:
    known: history_lines.LastTexts = {}
    first = fold_line({"entry": "a", "cell": "x", "value": None, "new": LONG, "rev": 1}, known)
    changed = f"!{LONG[:500]}?{LONG[500:200_000]}…{LONG[200_007:]}!"
    second = fold_line({"entry": "a", "cell": "x", "value": LONG, "new": changed, "rev": 2}, known)
    assert not is_folded(first) and len(json.dumps(second)) < 500
