"""A store on a PostgreSQL server beside one in a folder: what things cost, and whether many at once lose anything.

    python -m tests.bench.servers figures [--partnerships N] [--times N]
    python -m tests.bench.servers rig [--writers N] [--seconds N] [--sessions N]

Ratios of one run on one machine: server and folder take turns. The server keeps its promises (fsync on).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.storing import EVERY, article, milliseconds
from tests.postgres import Server, started
from tui.guide.guide_loading import load_guide
from tui.partnership.values import Change
from tui.store import Author, Store
from tui.store.store_errors import Locked
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

Row = tuple[str, float, float]  # what, milliseconds in the folder, milliseconds on the server


def durable_server() -> Server:
    """Return a server that acknowledges a save once its disk has it, as in earnest."""
    server = started()
    for setting in ("fsync", "full_page_writes"):
        server.admin(f"ALTER SYSTEM SET {setting} = on")
    server.admin("SELECT pg_reload_conf()")
    return server


def opened_by(place: Path | str, name: str = "Marie") -> Store:
    """Return the store at a place as a program that has just begun opens it."""
    return Store(place, author=Author(name.lower().ljust(10, "x")[:10], name))


def in_turns(places: Sequence[Path | str], act: Callable[[Path | str], object], times: int) -> tuple[float, float]:
    """Return the median milliseconds of `act` at both places, which take turns."""
    taken: list[list[float]] = [[], []]
    for _time in range(times):
        for at, place in enumerate(places):
            taken[at] += milliseconds(lambda _n, here=place: act(here), 1)  # type: ignore[misc]
    return statistics.median(taken[0]), statistics.median(taken[1])


def figures(folder: Path, server: Server, partnerships: int, times: int) -> list[Row]:
    """Return what opening, a key, a save, the list and a search cost at both places."""
    places = (folder / "store", server.url(server.database()))
    document = samples()[3].document
    ids = [opened_by(place).import_document(document) for place in places]
    kept = {place: opened_by(place) for place in places}
    of = dict(zip(places, ids, strict=True))
    counter = iter(range(10**9))
    work = {place: Workspace(load_guide(), store.load(of[place]), store) for place, store in kept.items()}
    for place, store in kept.items():
        work[place].journal = store.session(of[place])

    def key(place: Path | str) -> None:
        work[place].edit([article(0, f"texte {next(counter)}")])

    rows = [
        ("opening, a new program", *in_turns(places, lambda place: opened_by(place).load(of[place]), times)),
        ("a key, journal included", *in_turns(places, key, times * 10)),
        ("a save", *in_turns(places, lambda p: kept[p].save(of[p], [article(1, f"{next(counter)}")]), times)),
        ("a save after another one's", *in_turns(places, lambda p: _after_another(p, of[p], kept[p], counter), times)),
    ]
    for place, store in kept.items():
        journal = work[place].journal
        if journal is not None:
            journal.close()
        for number in range(partnerships):
            store.create([Change("extra.name", "extra.name", "name@fr", f"Partenariat {number}")])
    rows += [
        (f"list of {partnerships}, the first", *in_turns(places, lambda place: opened_by(place).list(), 1)),
        (f"list of {partnerships}, later", *in_turns(places, lambda place: opened_by(place).list(), 5)),
        ("search by title", *in_turns(places, lambda p: opened_by(p).find("Partenariat 7", beginning=False), 5)),
    ]
    return rows


def _after_another(place: Path | str, name: str, store: Store, counter: object) -> None:
    """Save what has to take in first what another program saved."""
    number = next(counter)  # type: ignore[call-overload]
    opened_by(place, "Paul").save(name, [article(2, f"de Paul {number}")])
    store.save(name, [article(3, f"de Marie {number}")])


def rig_of_writers(address: str, writers: int, seconds: float) -> tuple[int, int, int]:
    """Let many save into one partnership five times a second; (saves acknowledged, of these lost, told to wait)."""
    name = opened_by(address).create([article(0, "début")]).id
    told: list[str] = []
    refused: list[str] = []
    end = time.monotonic() + seconds

    def write(number: int) -> None:
        store = opened_by(address, f"Personne {number}")
        step = 0
        while time.monotonic() < end:
            text = f"{number}-{step}"
            try:
                store.save(name, [article(number, text)])
            except Locked:  # told to whoever saves, who tries again
                refused.append(text)
            else:
                told.append(text)
            step += 1
            time.sleep(EVERY)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    known = {past.new for past in opened_by(address).history(name)}
    return len(told), len(set(told) - known), len(refused)


def rig_of_sessions(address: str, count: int) -> tuple[int, float]:
    """Open one partnership many times; (how many the last one sees, seconds until a save is known to all)."""
    store = opened_by(address)
    name = store.create([article(0, "début")]).id
    stores = [opened_by(address, f"P{number}") for number in range(count)]
    sessions = [one.session(name) for one in stores]
    end = time.monotonic() + 30
    while len(sessions[-1].others()) < count - 1 and time.monotonic() < end:
        time.sleep(0.1)
    seen = len(sessions[-1].others()) + 1
    store.save(name, [article(0, "suite")])
    wanted, began = store.seen_signature(name), time.monotonic()
    while any(one.signature(name) != wanted for one in stores) and time.monotonic() < began + 30:
        time.sleep(0.02)
    took = time.monotonic() - began
    for session in sessions:
        session.close()
    return seen, took


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or drive the rig; 1 where something was lost or not seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("figures", "rig"))
    parser.add_argument("--partnerships", type=int, default=1000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--sessions", type=int, default=200)
    options = parser.parse_args(arguments)
    server = durable_server()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_STATE_HOME"] = f"{folder}/state"
            if options.what == "figures":
                for what, here, there in figures(Path(folder), server, options.partnerships, options.times):
                    print(f"{what:<28} folder {here:9.2f} ms   server {there:9.2f} ms   ratio {there / here:5.2f}")
                return 0
            kept, lost, refused = rig_of_writers(server.url(server.database()), options.writers, options.seconds)
            print(f"{options.writers} writers: {kept} saves acknowledged, {lost} lost, {refused} told to wait")
            seen, took = rig_of_sessions(server.url(server.database()), options.sessions)
            print(f"{options.sessions} sessions: {seen} seen, a save known to all after {took:.2f} s")
            return int(lost > 0 or seen < options.sessions or took > 2.0)
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
