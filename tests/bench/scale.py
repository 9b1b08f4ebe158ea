"""A store of many partnerships: reading it first, the list, one save, a backup; each beside what it must not depend on.

    python tests/bench/scale.py [--count N] [--size BYTES] [--store FOLDER] [--without backup]

With `--store` the folder is made once and used again. Times are seconds of CPU (and on the clock); what has to hold
on any machine is printed as a ratio, or as yes and no.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partnerships import Answer, Writer, answers  # type: ignore[import-not-found]  # beside this file

from tui.form.answer_json import answer
from tui.guide.guide_loading import load_guide
from tui.partnership.ids import ALPHABET, LENGTH
from tui.partnership.values import Change
from tui.store import Author, Store
from tui.store.file_names import PAST, PRIVATE, PUBLIC
from tui.store.list_cache import CACHE_NAME
from tui.store.records import with_meta
from tui.store.sealed_bytes import Tables, add_seal, body_of, load

AUTHOR = Author("x" * LENGTH, "Marie")
FILES = (PUBLIC, PRIVATE, PAST)


def _id(number: int) -> str:
    """The id of the partnership of that number, always the same."""
    dice = random.Random(number)
    return "".join(dice.choice(ALPHABET) for _ in range(LENGTH))


def title(number: int) -> str:
    """The name of the partnership of that number."""
    return f"{Writer('fr', number).clause(4).capitalize()} {number}"


def lines(size: int) -> Iterator[Answer]:
    """Answers whose public file is longer than `size` bytes, one of them a private note."""
    yield {"question": "extra.name", "value": title(0)}
    yield {"question": "open.how_many", "value": {"reason": Writer("fr").clause(30)}}
    yield from answers(size * 2, "fr")


def model(root: Path, size: int) -> str:
    """One partnership made as `entente answer` makes it, its public file about `size` bytes long; its id."""
    store, guide = Store(root, author=AUTHOR), load_guide()
    partnership = store.create(partnership_id=_id(0))
    for line in lines(size):
        partnership = store.save(partnership.id, answer(guide, partnership, line).changes).partnership
        if (root / partnership.id / PUBLIC).stat().st_size >= size:
            break
    return partnership.id


def many(root: Path, count: int, size: int) -> list[str]:
    """`count` partnerships in `root`, made from one under other ids, names and texts; those already there stay."""
    names = [_id(number) for number in range(count)]
    if not (root / names[0]).exists():
        model(root, size)
    tables = {name: load((root / names[0] / name).read_bytes()).tables for name in FILES}
    for number, name in enumerate(names):
        if not (root / name).exists():
            _write(root / name, {file: _other(found, name, number) for file, found in tables.items()})
    return names


def _other(tables: Tables, name: str, number: int) -> Tables:
    """The tables of another partnership: its id, its name, the day of its change, and each text in another order."""
    dice = random.Random(number)
    day = f"2026-{number // 28 % 10 + 1:02}-{number % 28 + 1:02}T10:00:00-05:00"
    made = with_meta(tables, id=name, changed=day) if "meta" in tables else tables
    return {at: {key: _told(one, number, dice) for key, one in table.items()} for at, table in made.items()}


def _told(value: Any, number: int, dice: random.Random) -> Any:
    if isinstance(value, dict):
        told = {True: _text, False: _told}
        return {key: told[key == "text"](one, number, dice) for key, one in value.items()}
    return value


def _text(text: Any, number: int, dice: random.Random) -> Any:
    if not isinstance(text, str) or "\n" in text:
        return text
    if text == title(0):
        return title(number)
    words = text.split(" ")
    dice.shuffle(words)
    return " ".join(words)


def _write(folder: Path, files: dict[str, Tables]) -> None:
    """The sealed files of a partnership, without a wait for the disk: nobody needs them after a power cut."""
    folder.mkdir(0o700, parents=True)
    for file, tables in files.items():
        raw = add_seal(body_of(tables), 1)
        for end in ("", ".twin"):
            (folder / f"{file}{end}").write_bytes(raw)
            (folder / f"{file}{end}").chmod(0o600)


@dataclass
class Cost:
    """What one piece of work took, in seconds."""

    cpu: float = 0.0
    wall: float = 0.0
    what: object = None


@contextmanager
def measured() -> Iterator[Cost]:
    """Gives the cost of its block, right once the block has ended."""
    cost = Cost()
    cpu, wall = time.process_time(), time.perf_counter()
    yield cost
    cost.cpu, cost.wall = time.process_time() - cpu, time.perf_counter() - wall


def took(act: Callable[[], object]) -> Cost:
    """What `act` costs."""
    with measured() as cost:
        cost.what = act()
    return cost


@dataclass
class Report:
    """What is printed line by line, and whether all that must hold does."""

    good: bool = True
    said: list[str] = field(default_factory=list)

    def cost(self, what: str, cost: Cost, per: int = 1) -> None:
        """One line of figures."""
        each = f"  {cost.cpu / per * 1000:.2f} ms CPU each" if per > 1 else ""
        self._say(f"{what:<52}{cost.cpu:8.2f} s CPU {cost.wall:8.2f} s{each}")

    def holds(self, what: str, truth: bool) -> None:
        """One line that must be true."""
        self.good &= truth
        self._say(f"{what:<52}{'yes' if truth else 'NO'}")

    def _say(self, text: str) -> None:
        self.said.append(text)
        print(text, flush=True)


def changing(number: int) -> Change:
    """A change of the name."""
    return Change("extra.name", "extra.name", "name@fr", f"autre nom {number}")


def listing(root: Path, names: Sequence[str], report: Report) -> None:
    """The first reading, stopped half way and gone on with; the list from the cache; one changed; a search."""
    (root / CACHE_NAME).unlink(missing_ok=True)
    half = len(names) // 2
    first = took(lambda: Store(root, author=AUTHOR).list(progress=lambda done, _total: done < half))
    report.cost(f"first reading, stopped after {half}", first, half)
    counts: list[int] = []

    def counting(done: int, _total: int) -> bool:
        counts.append(done)
        return True

    rest = took(lambda: Store(root, author=AUTHOR).list(progress=counting))
    report.cost("the rest", rest, len(names) - half)
    report.holds("what was read before the stop was kept", counts[:1] == [half])
    report.cost("list, nothing changed", took(lambda: Store(root, author=AUTHOR).list()))
    Store(root, author=AUTHOR).save(names[1], [changing(1)])
    report.cost("list, one changed", took(lambda: Store(root, author=AUTHOR).list()))
    found = took(lambda: Store(root, author=AUTHOR).find("autre nom 1").id)
    report.cost("find by title", found)
    report.holds("the one changed is found", found.what == names[1])


def saving(root: Path, name: str, report: Report, saves: int = 40) -> None:
    """A save in this store beside one in a store that holds the same partnership alone; the index stays alone."""
    with tempfile.TemporaryDirectory(dir=root.parent) as alone:
        _write(Path(alone) / name, {file: load((root / name / file).read_bytes()).tables for file in FILES})
        stores = [Store(root, author=AUTHOR), Store(Path(alone), author=AUTHOR)]
        for one in stores:
            one.save(name, [changing(-1)])
        before = os.stat(root / CACHE_NAME)
        costs: list[list[Cost]] = [[], []]
        for number in range(saves):
            for at, one in enumerate(stores):
                costs[at].append(took(lambda one=one, number=number: one.save(name, [changing(number)])))  # type: ignore[misc]
        after = os.stat(root / CACHE_NAME)
    here, there = (
        Cost(statistics.median(one.cpu for one in column), statistics.median(one.wall for one in column))
        for column in costs
    )
    report.cost("a save", here)
    report.cost("a save in a store with that partnership alone", there)
    report.holds("a save costs what one partnership costs", here.cpu < there.cpu * 1.3)
    same = (before.st_mtime_ns, before.st_ino, before.st_size) == (after.st_mtime_ns, after.st_ino, after.st_size)
    report.holds("no save wrote the index", same)
    report.cost("opening one", took(lambda: Store(root, author=AUTHOR).load(name)))


def keeping(root: Path, count: int, report: Report) -> None:
    """A backup of all, stopped and then whole; brought back into another store."""
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        file = Path(folder) / "all.zip"
        done = took(lambda: Store(root, author=AUTHOR).backup(file).count)
        report.cost(f"backup, {file.stat().st_size / 1e6:.0f} MB", done, count)
        report.holds("all are in it", done.what == count)
        back = took(lambda: len(list(Store(Path(folder) / "back", author=AUTHOR).restore(file))))
        report.cost("restore", back, count)
        report.holds("all came back", back.what == count)


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 0 when all that must hold does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--without", choices=("backup",))
    options = parser.parse_args(arguments)
    report = Report()
    with tempfile.TemporaryDirectory() as home:
        root = options.store or Path(home) / "store"
        made = took(lambda: many(root, options.count, options.size))
        names = [_id(number) for number in range(options.count)]
        report.cost(f"{options.count} partnerships of {(root / names[0] / PUBLIC).stat().st_size} bytes made", made)
        listing(root, names, report)
        saving(root, names[2], report)
        if options.without != "backup":
            keeping(root, options.count, report)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
