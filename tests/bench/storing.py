"""What the store costs: a save beside a plain fsynced write of the same size, many people at once, a long list.

    python tests/bench/storing.py [--saves N] [--people N] [--size BYTES]

Ratios, not times: the plain write does what no store can do without (temporary file, fsync, rename, fsync of the
folder).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.partnership.values import Change
from tui.store import Author, Store
from tui.store.store_errors import StoreError

EVERY = 0.2  # seconds between two saves of one person


def article(number: int, text: str) -> Change:
    """The text of a free article."""
    return Change(f"article{number:03}", "extra.articles", "text@fr", text, part="rows")


def of_size(root: Path, size: int) -> tuple[Store, str]:
    """A store with one partnership whose public file has about `size` bytes."""
    store = Store(root, author=Author("x" * 10, "Marie"))
    changes = [article(number, "un texte de quelques mots, comme on en écrit " * 8) for number in range(size // 520)]
    return store, store.create(changes).id


def milliseconds(act: Callable[[int], object], times: int) -> list[float]:
    """How long `act` takes, again and again."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def plain_write(path: Path, data: bytes) -> None:
    """The least that a durable write can do."""
    draft = path.with_suffix(".tmp")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def save_ratio(root: Path, size: int, saves: int) -> tuple[float, float]:
    """(milliseconds of a save, how many plain writes of the same size it takes), medians of alternating runs."""
    store, name = of_size(root / "store", size)
    data = (root / "store" / name / "project.json").read_bytes()
    ours, plain = [], []
    for number in range(saves):
        ours += milliseconds(lambda _n, at=number: store.save(name, [article(0, f"texte {at}")]), 1)  # type: ignore[misc]
        plain += milliseconds(lambda _n: plain_write(root / "plain.json", data), 1)
    return statistics.median(ours), statistics.median(ours) / statistics.median(plain)


def write_for_a_while(root: Path, number: int, seconds: float, told: multiprocessing.Queue[tuple[int, int]]) -> None:
    """One person at their own partnership, who saves every 200 ms: how many saves were tried, how many succeeded."""
    store, name = of_size(root / "many", 20_000)
    tried = kept = 0
    begun = time.monotonic()
    while (now := time.monotonic()) < begun + seconds:
        tried += 1
        try:
            store.save(name, [article(0, f"personne {number}, texte {tried}")])
            kept += 1
        except StoreError as error:
            print(error, file=sys.stderr)
        time.sleep(max(0.0, now + EVERY - time.monotonic()))
    told.put((tried, kept))


def people(root: Path, count: int, seconds: float) -> tuple[int, int, bool]:
    """(saves tried, saves that succeeded, whether the list's cache was left alone) of `count` people at once."""
    told: multiprocessing.Queue[tuple[int, int]] = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=write_for_a_while, args=(root, n, seconds, told), daemon=True)
        for n in range(count)
    ]
    for one in workers:
        one.start()
    found = [told.get(timeout=seconds * 20 + 60) for _one in workers]
    for one in workers:
        one.join()
    tried, kept = (sum(column) for column in zip(*found, strict=True))
    return tried, kept, not (root / "many" / "index.json").exists()


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 0 when every save succeeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int, default=60)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--size", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        taken, ratio = save_ratio(Path(home), options.size, options.saves)
        print(f"a save of {options.size} bytes: {taken:.1f} ms, {ratio:.1f} plain fsynced writes")
        tried, kept, alone = people(Path(home), options.people, options.seconds)
        print(f"{options.people} people, a save each {EVERY} s: {kept} of {tried} succeeded, index untouched: {alone}")
    return 0 if tried == kept and alone else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
