"""A store into which something misshapen came, and the whole program driven over it in this process.

Whatever came: no command ends with an error of the program's own, and no other partnership is touched.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import random
import shutil
import sys
import time
import traceback
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.documents import PARTNERSHIP_ID, VERSION, directory, journal, mutated, whole_files
from tests.house.tree import ROOT
from tui.app.app import EntenteApp
from tui.cli import main
from tui.partnership.ids import is_id
from tui.settings import Settings
from tui.store import Author, Store
from tui.store.sealed_bytes import Malformed, add_seal, body_of

NEIGHBOUR, TITLE = "lqpt6u6z6a", "Counseling après les heures"  # the first sample
PAPERS = ("docx", "pdf", "html", "md", "txt", "eml", "json")
SCREENS = (
    *("document", "versions", "translate", "review", "awaited", "missing", "history", "conflicts", "jump", "find"),
    *("jump_partner", "round", "export", "send", "meeting", "project", "text_answered", "leave_out", "candidates"),
    *("kept", "help", "minutes", "directory", "call", "same", "adopt", "sort_note", "aside"),
)
CODES = (0, 1, 2, 3)
SECONDS, MEGABYTES = 5.0, 500.0  # of this process's CPU and memory, for all that is done with one document


class OwnError(AssertionError):
    """What no document may do to the program; the message is the traceback."""


@dataclass(frozen=True)
class Done:
    """What a command in this process gave."""

    code: int
    out: str
    err: str


def call(*words: object, stdin: bytes = b"") -> Done:
    """One command in this process. `OwnError` when it ends with an error of its own."""
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", write_through=True) for data in (b"", b"", stdin)]
    out, err, given = streams
    before, sys.stdin = sys.stdin, given
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(one) for one in words])
    except Exception as error:  # that there is none is what is tested
        raise OwnError(f"{words}\n{traceback.format_exc()}") from error
    finally:
        sys.stdin = before
    done = Done(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))
    if code not in CODES:
        raise OwnError(f"{words}: {done}")
    return done


def neighbour_store(folder: Path) -> Path:
    """A store with a sound partnership, to be copied for each document."""
    store = folder / "neighbour"
    call("--store", store, "import", next((ROOT / "sample_projects").glob("01-*.json")))
    call("--store", store, "list")
    return store


# -- ways in -----------------------------------------------------------------------------------------------------------


def as_one(files: dict[str, Any]) -> dict[str, Any]:
    """The files of a partnership as the one document that is handed over, private notes included."""
    made = {**files["project.json"], "private": files["private.json"]}
    past = files.get("history.json")  # a mutation may have taken it away
    history = past.get("history") if isinstance(past, dict) else None
    return {**made, "history": history} if history is not None else made


def as_bytes(tables: Any, chance: random.Random) -> bytes:
    """A file as our own program writes it where that is possible, or as any other one does."""
    if chance.random() < 0.5:
        with contextlib.suppress(Malformed, AttributeError, TypeError, ValueError):
            return add_seal(body_of(tables), 7)
    return json.dumps(tables).encode()


def torn(raw: bytes, chance: random.Random) -> bytes:
    """Bytes as a disk, a sync program or an editor may leave them."""
    at = chance.randrange(len(raw))
    return chance.choice(
        (
            raw[:at],
            raw[at:],
            raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :],
            raw + raw[:at],
            raw.replace(b'"rev"', b'"REV"'),
            b"<<<<<<< HEAD\n" + raw,
            raw.decode("utf-8", "replace").encode("utf-16"),
            b"\0" * len(raw),
            b"",
        )
    )


def lay_by_hand(folder: Path, files: dict[str, Any], chance: random.Random) -> None:
    """Files laid into a partnership's folder, with their twins or without."""
    folder.mkdir(exist_ok=True)
    for name, tables in files.items():
        raw = as_bytes(tables, chance)
        raw = torn(raw, chance) if chance.random() < 0.1 else raw
        (folder / name).write_bytes(raw)
        if chance.random() < 0.5:
            (folder / f"{name}.twin").write_bytes(torn(raw, chance) if chance.random() < 0.2 and raw else raw)


def _import(store: Path, files: dict[str, Any], _chance: random.Random) -> None:
    received = store.parent / "received.json"
    received.write_text(json.dumps(as_one(files)), encoding="utf-8")
    call("--store", store, "import", received)


def _merge(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    received = store.parent / "sound.json"
    received.write_text(json.dumps(as_one(whole_files())), encoding="utf-8")
    call("--store", store, "import", received)
    (store.parent / "received.json").write_text(json.dumps(as_one(files)), encoding="utf-8")
    call("--store", store, "import", "--merge", store.parent / "received.json")


def _folder(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    lay_by_hand(store.parent / PARTNERSHIP_ID, files, chance)
    call("--store", store, "import", store.parent / PARTNERSHIP_ID)


def _restore(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    with zipfile.ZipFile(store.parent / "backup.zip", "w") as archive:
        for name, tables in files.items():
            archive.writestr(f"{PARTNERSHIP_ID}/{name}", as_bytes(tables, chance))
    call("--store", store, "restore", store.parent / "backup.zip")


def _sync(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    """A sync program replaced some files of a partnership, and lost others."""
    lay_by_hand(store / PARTNERSHIP_ID, whole_files(), random.Random(0))
    for name, tables in files.items():
        if chance.random() < 0.5:
            (store / PARTNERSHIP_ID / name).write_bytes(as_bytes(tables, chance))
        elif chance.random() < 0.3:
            (store / PARTNERSHIP_ID / name).unlink()
            (store / PARTNERSHIP_ID / f"{name}.twin").unlink(missing_ok=True)


def _beside(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    """What lies beside a sound partnership: directory, cache, journal, bin, a set-aside file, the adopted paper."""
    lay_by_hand(store / PARTNERSHIP_ID, whole_files(), random.Random(0))
    (store / "directory.json").write_bytes(as_bytes(mutated(directory(), chance), chance))
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in mutated(journal(), chance))
    (store / PARTNERSHIP_ID / "journal-0123456789abcdef.jsonl").write_bytes(lines)
    index = json.loads((store / "index.json").read_bytes())
    (store / "index.json").write_text(json.dumps(mutated(index, chance)), encoding="utf-8")
    (store / "backups.json").write_text(json.dumps(mutated(["/a", "/b"], chance)), encoding="utf-8")
    (store / PARTNERSHIP_ID / "project.json.damaged-0123456789ab").write_bytes(as_bytes(files["project.json"], chance))
    (store / PARTNERSHIP_ID / f"adopted-{VERSION}.pdf").write_bytes(b"%PDF")
    (store / "bin").mkdir()
    lay_by_hand(store / "bin" / "binnedaaaa", files, chance)


def _hand(store: Path, files: dict[str, Any], chance: random.Random) -> None:
    lay_by_hand(store / PARTNERSHIP_ID, files, chance)


WAYS = (_import, _hand, _merge, _restore, _folder, _sync, _beside)


# -- what is done then -------------------------------------------------------------------------------------------------


def bring_in(store: Path, base: dict[str, Any], number: int) -> str:
    """Bring the document of this number into the store, by one of the ways; the id of what came, "" for nothing."""
    chance = random.Random(number)
    files = mutated(base, chance)
    WAYS[number % len(WAYS)](store, files if isinstance(files, dict) else base, chance)
    ids = [one.name for one in store.iterdir() if is_id(one.name) and one.name != NEIGHBOUR]
    return PARTNERSHIP_ID if PARTNERSHIP_ID in ids else next(iter(ids), "")


def examine(store: Path, partnership_id: str, number: int) -> None:
    """Look at everything, the neighbour first; then work on what came, by commands and in the app."""
    listed = {one["id"]: one for one in json.loads(call("--store", store, "list", "--json").out)}
    assert listed[NEIGHBOUR]["title"]["fr"] == TITLE and not listed[NEIGHBOUR]["damaged"], listed
    assert call("--store", store, "show", TITLE).code == 0, "a look-up by title reads all that is listed"
    assert NEIGHBOUR in call("--store", store, "list").out
    call("--store", store, "doctor")
    call("--store", store, "directory", "--json", "--with-private")
    if partnership_id:
        _commands(store, partnership_id, number)
    asyncio.run(_app(store, partnership_id, number))


def _commands(store: Path, partnership_id: str, number: int) -> None:
    for words in (
        ("show", partnership_id, "--format", ("text", "md", "html")[number % 3]),
        ("show", partnership_id, "--format", "json", "--with-private"),
        ("check", partnership_id),
        ("check", partnership_id, "--json"),
        ("export", partnership_id, store.parent / f"paper.{PAPERS[number % len(PAPERS)]}"),
        ("versions", partnership_id, *(("--json",) if number % 2 else ())),
        ("compare", partnership_id, "1", "--to", "adopted"),
        ("minutes", partnership_id),
    ):
        call("--store", store, *words)
    call("--store", store, "answer", partnership_id, stdin=b'{"question": "gather.vision", "value": "Une vision"}\n')
    call("--store", store, "plain", partnership_id, stdin=b"1\nune ligne\n\nq\n")
    call("--store", store, "backup", store.parent / "all.zip")


async def _app(store: Path, partnership_id: str, number: int) -> None:
    """The list opens; the partnership opens, or says why not; some of its pages open, and a letter is typed."""
    chance = random.Random(number)
    app = EntenteApp(Store(store, author=Author("fuzzerfuzz", "Ann")), Settings())
    pages: Sequence[str] = chance.sample(SCREENS, 4)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        if partnership_id:
            app.open(partnership_id)
            await pilot.pause()
            for name in pages:
                app.run_command(name)
                await pilot.pause()
                await pilot.press("down", "escape", "escape")
            await pilot.press(*(["f4"] * chance.randrange(1, 9)), "x")
            await pilot.pause()
    if app.return_code not in (0, None):
        raise OwnError(f"the app ended with {app.return_code} on {pages}")


def snapshot(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def drive(folder: Path, sound: Path, base: dict[str, Any], number: int) -> None:
    """All of it for one document, in a copy of the sound store. `AssertionError` where anything is not as it must."""
    store = folder / str(number) / "store"
    shutil.copytree(sound, store)
    before = snapshot(store / NEIGHBOUR)
    started = time.process_time()
    _forget_peak()
    held = _peak()
    examine(store, bring_in(store, base, number), number)
    spent, grown = time.process_time() - started, _peak() - held
    assert snapshot(store / NEIGHBOUR) == before, "another partnership was touched"
    assert spent < SECONDS, f"{spent:.1f} s"
    assert grown < MEGABYTES, f"{grown:.0f} MB"
    shutil.rmtree(folder / str(number))


def _forget_peak() -> None:
    with contextlib.suppress(OSError):  # where the system has no such file, only the time is measured
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """The most memory this process had since it was last forgotten, in MB; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    return 0.0
