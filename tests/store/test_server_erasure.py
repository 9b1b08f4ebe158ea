"""Words taken out of a server's rows for good, and private notes: nothing half done, nothing said that is not so."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import opened, shared
from tests.store.test_erasure import CANARY, ORG, SOUGHT, begun, goal, holding
from tests.store.test_server_partnership import TABLES, cut_at, rows_of
from tests.store.upper.acts import offer, reason
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.partnership.versions import DRAFT, Sent, Version, version_document
from tui.store import Store, history_lines
from tui.store.server_connections import TimedConnection
from tui.store.server_errors import NotAllowed, Unreachable
from tui.store.server_rows import NOTE_TRANSACTION

pytestmark = pytest.mark.slow


def rows_holding(database: str, words: str = CANARY) -> list[str]:
    """Return the tables in whose rows the words stand, as text, as JSON escapes them, or as bytes."""
    escaped = json.dumps(words)[1:-1]
    found = []
    for table in TABLES:
        rows = str(shared().admin(f"SELECT t::text FROM entente.{table} t", database)).replace("\\\\", "\\")
        if any(mark in rows for mark in (words, escaped, words.encode().hex())):
            found.append(table)
    return found


def test_words_leave_every_row_and_every_file_here(ann: Store, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 1500)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 400)
    one = begun(ann)
    bob = opened(shared().url(database, "bob"), "Bob")
    bob.load(one)
    ann.save(one, [goal(f"Offrir un lieu. {CANARY}."), reason(f"Parce que {CANARY}"), offer(CANARY)])
    for number in range(4):  # so that some of it lies far
        ann.save(one, [goal(f"{CANARY} {number}"), goal("mot " * 90, "text@en"), reason(f"{number} {CANARY}")])
    ann.save(one, [goal("Offrir un lieu.")])
    ann.save(one, [replace(goal(f"Autre. {CANARY}"), base=1)])
    text = {"fr": {"kind": "Agreement", "title": f"Entente. {CANARY}"}}
    ann.add_version(one, version_document(Version("vvvvvvvvva", 1, DRAFT, "2026-11-22", snapshots=text)))
    ann.keep_paper(one, "vvvvvvvvva", "notes.txt", f"Signé. {CANARY}".encode())
    ann.save(one, [Change(ORG, WHO, "organisation", "orgorgorga", "", (ORG,))])
    ann.remember({"id": "orgorgorga", "name@fr": f"Alpha ({CANARY})"})
    session = ann.session(one)
    session.note(goal(f"Tapé : {CANARY}"))
    session._journal._saved = session._journal._appended - 1  # it dies with the line unsaved
    session.close()
    ann.list()
    assert {"document", "attachment", "organisation"} <= set(rows_holding(database))
    found = ann.erase(one, SOUGHT)
    assert found.found and found.server_logs and rows_holding(database), "looking takes nothing out"
    ann.erase(one, SOUGHT, write=True)
    assert rows_holding(database) == [] and holding(Path(ann.root)) == []
    assert not ann.erase(one, SOUGHT).found
    assert bob.load(one).entries["goal000001"].get("text@fr") is not None
    assert CANARY not in str(bob.load(one)) + str(bob.history(one)), "who had read it reads it again"
    bob.save(one, [goal("la suite")])
    assert ann.load(one).entries["goal000001"].get("text@fr") == "la suite"


def test_what_was_sent_a_bin_and_copies_are_told_or_cleaned_as_in_a_folder(ann: Store, database: str) -> None:
    one = begun(ann)
    ann.save(one, [goal(CANARY)])
    sent = Version(
        "vvvvvvvvva",
        1,
        DRAFT,
        "2026-11-22",
        snapshots={"fr": {"title": CANARY}},
        sent=Sent("2026-11-22", "mail", (ORG,)),
    )
    copy = ann.duplicate(one)
    document = ann.public_document(one)
    ann.delete(one)
    assert ann.import_document(document) == one
    ann.add_version(one, version_document(sent))
    ann.remember({"id": "orgorgorgb", "name@fr": CANARY})
    found = ann.erase(one, SOUGHT, write=True)
    assert ([each["id"] for each in found.gone_out], found.binned) == (["vvvvvvvvva"], 1)
    assert (found.copies, found.others) == ((copy,), (CANARY,))
    kept = shared().admin(
        f"SELECT DISTINCT partnership, half FROM entente.document WHERE body::text LIKE '%{CANARY}%'", database
    )
    assert sorted(kept) == sorted([(one, "versions"), (copy, "public")])


def test_a_reader_takes_nothing_out(ann: Store, database: str) -> None:
    one = begun(ann)
    ann.save(one, [goal(CANARY)])
    rita = opened(shared().url(database, "rita"), "Rita")
    assert rita.erase(one, SOUGHT).found
    with pytest.raises(NotAllowed):
        rita.erase(one, SOUGHT, write=True)
    assert rows_holding(database) == ["document"]


def cut_at_the_commit_after(monkeypatch: pytest.MonkeyPatch, marks: tuple[str, ...], *, before: bool) -> None:
    """Cut the line where the transaction is committed in which a statement begins so."""
    execute = TimedConnection.execute

    def watching(connection: TimedConnection, query: Any, *given: Any, **how: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else str(query)
        if text.startswith(marks):
            monkeypatch.setattr(TimedConnection, "execute", execute)
            cut_at(monkeypatch, "COMMIT", before=before)
        return execute(connection, query, *given, **how)

    monkeypatch.setattr(TimedConnection, "execute", watching)


ACTS: list[Callable[[Store, str], object]] = [
    lambda store, one: store.destroy_private(one),
    lambda store, one: store.erase(one, SOUGHT, write=True),
    lambda store, one: store.add_version(one, {"id": "vvvvvvvvva"}),
    lambda store, one: store.keep_paper(one, "vvvvvvvvva", "a.pdf", b"%PDF"),
]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("number", range(len(ACTS)))
def test_what_was_not_committed_is_never_told_as_done(
    ann: Store, database: str, monkeypatch: pytest.MonkeyPatch, number: int, committed: bool
) -> None:
    act = ACTS[number]
    one = begun(ann)
    ann.save(one, [goal(CANARY), reason("SECRET")])
    cut_at_the_commit_after(monkeypatch, ("DELETE FROM entente.summary", NOTE_TRANSACTION), before=not committed)
    if committed:
        act(ann, one)
    else:
        with pytest.raises(Unreachable):
            act(ann, one)
        act(ann, one)
    monkeypatch.undo()
    assert (rows_holding(database, "SECRET") == []) == (number == 0)
    assert (rows_holding(database) == []) == (number == 1)
    assert [version["id"] for version in ann.versions(one)] == ["vvvvvvvvva"] * (number == 2)
    assert (ann.paper(one, "vvvvvvvvva") is not None) == (number == 3)


def test_a_line_cut_once_all_is_read_loses_nothing(ann: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = begun(ann)
    cut_at(monkeypatch, "COMMIT", before=True)
    assert opened(str(ann.engine._address)).load(one).entries  # type: ignore[attr-defined]


def test_private_notes_are_destroyed_in_far_history_too(
    ann: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 0)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 0)
    one = begun(ann)
    for number in range(4):
        ann.save(one, [reason(f"{number} {CANARY}"), offer(f"{number} {CANARY}")])
    assert rows_of(database, "private.far") > 3
    ann.destroy_private(one)
    assert rows_holding(database) == [] and rows_of(database, "private.far") == 0


@pytest.mark.parametrize("name", ["journal-1.jsonl", ".journal-1.jsonl.tmp", "unfinished-1.json", ".unfinished-1.tmp"])
def test_what_was_typed_here_goes_with_the_private_notes(ann: Store, name: str) -> None:
    one = begun(ann)
    path = Path(ann.root) / one / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CANARY)
    ann.destroy_private(one)
    assert holding(Path(ann.root)) == []


def test_of_the_sessions_only_those_of_others_are_told(ann: Store, database: str) -> None:
    one = begun(ann)
    with ann.session(one), opened(shared().url(database, "bob"), "Bob").session(one) as his:
        his.others()  # the server knows of the session once it has answered
        assert ann.erase(one, SOUGHT).sessions == ("Bob",)


def test_what_was_typed_in_a_partnership_that_is_purged_goes_too(ann: Store) -> None:
    one = begun(ann)
    session = ann.session(one)
    session.note(goal(CANARY))
    session.close()
    assert holding(Path(ann.root))
    ann.delete(one)
    ann.purge(one)
    assert holding(Path(ann.root)) == []
