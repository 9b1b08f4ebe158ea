"""The list: correct whoever saved, fast if nothing changed; a partnership is found by id, its beginning or title."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.upper.acts import Clock, store, vision
from tui.partnership.values import Change
from tui.store.list_cache import find_by_id_or_title, list_partnerships, newest_first
from tui.store.store_errors import Ambiguous, NotFound, Summary

SEEN = """
import sys
from pathlib import Path
from tui.store import open_store
for one in open_store(Path(sys.argv[1])).list():
    print(one.title_fr)
heavy = ("textual", "tinydb", "tui.guide.guide_loading", "tui.agreement.compose", "gettext")
print([name for name in heavy if name in sys.modules])
"""


def name(text: str) -> Change:
    """The partnership's own name."""
    return Change("extra.name", "extra.name", "name@fr", text)


def test_the_last_changed_comes_first_and_archived_ones_stand_apart(tmp_path: Path) -> None:
    clock = Clock()
    ann = store(tmp_path / "s", clock=clock)
    ids = []
    for text in ("un", "deux", "trois"):
        clock.minutes += 1
        ids.append(ann.create([name(text)]).id)
    clock.minutes += 1
    ann.save(ids[0], [vision("changé")])
    assert [one.title_fr for one in ann.list()] == ["un", "trois", "deux"]
    ann.archive(ids[2])
    assert [one.title_fr for one in ann.list()] == ["un", "deux"]
    assert [one.title_fr for one in ann.list(archived=True)] == ["trois"]
    ann.archive(ids[2], False)
    assert len(ann.list()) == 3


def test_another_programs_save_shows_in_the_list(tmp_path: Path) -> None:
    ann, bob = store(tmp_path / "s"), store(tmp_path / "s", "Bob")
    made = ann.create([name("avant")])
    assert ann.list()[0].title_fr == "avant"
    bob.save(made.id, [name("après")])
    assert ann.list()[0].title_fr == "après"
    bob.delete(made.id)
    assert ann.list() == []


@pytest.mark.parametrize("cache", [b"", b"[]", b'{"format": 1, "rows": []}', b'{"format": 99, "rows": {}}', b"\xff{"])
def test_a_wrong_cache_is_made_anew(tmp_path: Path, cache: bytes) -> None:
    ann = store(tmp_path / "s")
    ann.create([name("le pont")])
    (tmp_path / "s" / "index.json").write_bytes(cache)
    assert [one.title_fr for one in ann.list()] == ["le pont"]
    assert "le pont" in (tmp_path / "s" / "index.json").read_text(encoding="utf-8")


def test_a_lying_cache_row_is_not_believed(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([name("le pont")])
    ann.list()
    index = tmp_path / "s" / "index.json"
    found = json.loads(index.read_bytes())
    found["rows"][made.id][4:] = [5, None]
    index.write_text(json.dumps(found))
    assert [one.title_fr for one in ann.list()] == ["le pont"]


def test_saves_do_not_write_the_cache(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    made = ann.create([name("le pont")])
    ann.save(made.id, [vision("a")])
    before = _files(tmp_path / "s")
    ann.list()
    cache = {path: state for path, state in _files(tmp_path / "s").items() if path not in before}
    assert len(cache) == 1, "the list writes its cache, so that one would be seen"
    ann.save(made.id, [vision("b")])
    assert _files(tmp_path / "s") == before | cache


def _files(root: Path) -> dict[Path, tuple[bytes, int]]:
    """The files beside the partnerships: what they hold, and when they were written."""
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.iterdir() if path.is_file()}


def test_a_fresh_list_loads_neither_guide_nor_tables_nor_screens(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    ann.create([name("le pont")])
    ann.list()
    run = subprocess.run(
        [sys.executable, "-c", SEEN, str(tmp_path / "s")], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.splitlines() == ["le pont", "[]"]


def test_a_partnership_is_found_as_people_name_it(tmp_path: Path) -> None:
    ann = store(tmp_path / "s")
    one = ann.create([name("L’Équipe du Pont")], partnership_id="abcdaaaaaa")
    two = ann.create([name("Autre")], partnership_id="abcdbbbbbb")
    same = ann.create([name("autre")], partnership_id="ccccccccccc"[:10])
    assert ann.find("l'equipe  du pont").id == ann.find("abcda").id == ann.find("abcdaaaaaa").id == one.id
    with pytest.raises(Ambiguous) as by_prefix:
        ann.find("abcd")
    assert {line.id for line in by_prefix.value.found} == {one.id, two.id}
    with pytest.raises(Ambiguous) as by_title:
        ann.find("Autre")
    assert {line.id for line in by_title.value.found} == {two.id, same.id}
    for text in ("abc", "nobody", ""):
        with pytest.raises(NotFound):
            ann.find(text)


def test_an_empty_or_missing_store_lists_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert store(tmp_path / "none").list() == []
    assert not (tmp_path / "none").exists()


def listed(partnership_id: str, fr: str, en: str, changed: str = "2026-11-22T14:02:05-05:00") -> Summary:
    """A line of the list."""
    return Summary(partnership_id, fr, en, changed, "meeting", 2, archived=False)


@pytest.mark.parametrize(
    ("text", "beginning", "found"),
    [
        ("le soir", False, ["a"]), ("the evening", False, ["a"]), ("the", False, []), ("the", True, ["a", "b"]),
        ("aaa", False, []), ("aaaa", False, ["a"]), ("le soir", True, ["a"]), ("", True, []), ("zzz", True, []),
    ],
)  # fmt: skip
def test_a_title_means_its_partnership_in_both_languages(text: str, beginning: bool, found: list[str]) -> None:
    lines = [listed("a" * 10, "Le soir", "The evening"), listed("b" * 10, "Le soir d'avant", "The evening before")]
    means = find_by_id_or_title(lines, text, beginning=beginning)
    assert [summary.id[0] for summary in means] == found


def test_the_last_changed_comes_first_wherever_it_was_changed() -> None:
    moments = {"a": "2026-11-22T14:00:00-05:00", "b": "2026-11-22T18:30:00+00:00", "c": "2026-11-22T19:30:00+01:00",
               "d": "2026-11-22T15:00:00-05:00"}  # fmt: skip
    lines = [listed(name * 10, "", "", changed) for name, changed in moments.items()]
    assert [summary.id[0] for summary in newest_first(lines)] == ["d", "a", "b", "c"]


@pytest.mark.parametrize(
    ("counted_on", "damaged", "day", "readings"),
    [
        ("", "", "2027-02-11", 1), ("2027-02-10", "", "2027-02-10", 1), ("2027-02-10", "", "2027-02-11", 2),
        ("", "cut short", "2027-02-10", 2),
    ],
)  # fmt: skip
def test_what_is_known_is_read_again_on_another_day_only_where_it_has_dates(
    tmp_path: Path, counted_on: str, damaged: str, day: str, readings: int
) -> None:
    (tmp_path / ("a" * 10)).mkdir()
    (tmp_path / ("a" * 10) / "project.json").write_text("{}", encoding="utf-8")
    read: list[str] = []

    def summarise(partnership_id: str) -> Summary:
        read.append(partnership_id)
        return replace(listed(partnership_id, "Le soir", ""), counted_on=counted_on, damaged=damaged)

    for today in ("2027-02-10", day):
        (summary,) = list_partnerships(tmp_path, summarise, today)
        assert (summary.title_fr, summary.counted_on) == ("Le soir", counted_on)
    assert len(read) == readings
