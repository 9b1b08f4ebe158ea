"""A partnership on a server: what a broken line does to a save, what is read again, and who may do what."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import opened, shared
from tests.store.upper.acts import ORG, Clock, everything, offer, reason, store, text_of, vision
from tests.store.upper.acts import confirmed as certain
from tui.partnership.values import Change, Partnership
from tui.store import Store, server_partnership
from tui.store.server_connections import WRITE, TimedConnection
from tui.store.server_errors import NotAllowed, ServerBusy, ServerError, Unreachable
from tui.store.server_partnership import ServerPartnership
from tui.store.store_errors import Full, NotFound, StoreError, Unknown

pytestmark = pytest.mark.slow

VISION = ("gather.vision", "vision@fr")


@pytest.fixture
def bob(database: str) -> Store:
    return opened(shared().url(database, "bob"), "Bob")


def rows_of(database: str, half: str) -> int:
    """How many rows a half of all partnerships has."""
    return int(shared().admin(f"SELECT count(*) FROM entente.document WHERE half = '{half}'", database)[0][0])


def cut(connection: TimedConnection) -> None:
    """Break the line of a connection, as a cable that is pulled."""
    shared().admin(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 2000)")


def cut_at(monkeypatch: pytest.MonkeyPatch, wanted: str, *, before: bool, times: int = 1) -> None:
    """Cut the line at the next statement that begins so: before the server gets it, or once it is done there."""
    execute, left = TimedConnection.execute, [times]

    def cutting(connection: TimedConnection, query: Any, *given: Any, **how: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else str(query)
        if not left[0] or not text.startswith(wanted):
            return execute(connection, query, *given, **how)
        left[0] -= 1
        if before:
            cut(connection)
            return execute(connection, query, *given, **how)
        execute(connection, query, *given, **how)
        connection.close()
        raise psycopg.OperationalError("the line broke")

    monkeypatch.setattr(TimedConnection, "execute", cutting)


PHASES = ("SELECT revision", "SELECT half", "INSERT INTO entente.document", "WITH kept", "COMMIT")


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("phase", PHASES)
def test_a_line_cut_in_any_phase_of_a_save_leaves_all_of_it_or_nothing(
    ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch, phase: str, before: bool
) -> None:
    made = ann.create([vision("début")])
    ann.load(made.id)
    bob.save(made.id, [reason("par Bob")])  # so that there is something to read again
    cut_at(monkeypatch, phase, before=before)
    refused = None
    try:
        saved = ann.save(made.id, [vision("la suite", base=made.rev)])
    except StoreError as error:
        refused = error
    monkeypatch.undo()
    kept = phase == "COMMIT" and not before
    assert (refused is None) == kept
    assert isinstance(refused, Unreachable | None)
    there = bob.load(made.id)
    assert text_of(there, *VISION) == ("la suite" if kept else "début")
    if refused is not None:
        saved = ann.save(made.id, [vision("la suite", base=made.rev)])
    assert saved.conflicts == () and text_of(bob.load(made.id), *VISION) == "la suite"
    assert everything(bob, made.id) == {"début", "la suite", "par Bob"}
    assert len(ann.history(made.id)) == 3


@pytest.mark.parametrize("committed", [True, False])
def test_a_save_of_unknown_outcome_never_conflicts_with_itself(
    ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    """Nobody answers after the commit; one types on, and saves again once the server is back."""
    made = ann.create([vision("un")])
    ann.load(made.id)
    cut_at(monkeypatch, "COMMIT", before=not committed)
    monkeypatch.setattr(ServerPartnership, "_was_committed", _nobody_answers)
    with pytest.raises(Unreachable):
        ann.save(made.id, [vision("un deux", base=made.rev)])
    monkeypatch.undo()
    saved = ann.save(made.id, [vision("un deux trois", base=made.rev)])
    assert saved.conflicts == () and saved.partnership.conflicts == ()
    assert text_of(bob.load(made.id), *VISION) == "un deux trois"


def _nobody_answers(*_given: object) -> bool:
    raise Unreachable("postgresql://h/d", "nobody answers")


def test_what_somebody_else_wrote_after_it_is_a_conflict_all_the_same(
    ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ann.create([vision("un")])
    cut_at(monkeypatch, "COMMIT", before=False)
    monkeypatch.setattr(ServerPartnership, "_was_committed", _nobody_answers)
    with pytest.raises(Unreachable):
        ann.save(made.id, [vision("un deux", base=made.rev)])
    monkeypatch.undo()
    bob.save(made.id, [vision("tout autre chose", base=bob.load(made.id).rev)])
    (conflict,) = ann.save(made.id, [vision("un deux trois", base=made.rev)]).conflicts
    assert (conflict.mine, conflict.theirs) == ("un deux trois", "tout autre chose")


def test_a_refused_save_of_unknown_outcome_leaves_one_conflict(
    ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a conflict already; meanwhile the other one decides it, and then it is sent again."""
    made = ann.create([vision("un"), certain(True), offer("une salle")])
    seen = ann.load(made.id).rev
    bob.save(made.id, [replace(certain(False), base=seen), vision("par Bob", base=seen)])
    cut_at(monkeypatch, "COMMIT", before=False)
    monkeypatch.setattr(ServerPartnership, "_was_committed", _nobody_answers)
    refused = [
        Change("offer", "open.contributions", "state", "declined", "rows", (ORG,), seen),
        vision("deux", base=seen),
    ]
    with pytest.raises(Unreachable):
        ann.save(made.id, refused)
    monkeypatch.undo()
    kept = bob.load(made.id).conflicts
    bob.settle(made.id, kept[0].id, "theirs")
    saved = ann.save(made.id, refused).partnership
    assert sorted(one.id for one in saved.conflicts) == sorted(one.id for one in kept) and len(kept) == 2
    assert sorted(one.settled for one in saved.conflicts) == ["", "theirs"]


def test_a_server_killed_during_a_save_keeps_what_it_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.postgres import started

    server = started()
    try:
        server.admin("ALTER SYSTEM SET fsync = on")
        server.admin("ALTER SYSTEM SET full_page_writes = on")
        server.admin("SELECT pg_reload_conf()")
        ann = opened(server.url(server.database()))
        made = ann.create([vision("début")])
        ann.save(made.id, [vision("acquis")])
        execute = TimedConnection.execute

        def killing(connection: TimedConnection, query: Any, *given: Any, **how: Any) -> Any:
            if str(query).startswith("WITH kept"):
                server.stop(signal.SIGQUIT)
            return execute(connection, query, *given, **how)

        monkeypatch.setattr(TimedConnection, "execute", killing)
        with pytest.raises(Unreachable):
            ann.save(made.id, [vision("perdu, et gardé par le journal")])
        monkeypatch.undo()
        server.start()
        assert text_of(ann.load(made.id), *VISION) == "acquis"
        assert ann.save(made.id, [vision("et la suite")]).conflicts == ()
    finally:
        server.close()


def test_a_full_disk_of_the_server_is_said_and_the_next_save_succeeds(ann: Store, database: str) -> None:
    made = ann.create([vision("avant")])
    full = "BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END"
    shared().admin(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {full} $$", database)
    shared().admin("CREATE TRIGGER f BEFORE INSERT ON entente.save EXECUTE FUNCTION full_disk()", database)
    with pytest.raises(Full) as caught:
        ann.save(made.id, [vision("après", base=made.rev)])
    assert "postgresql://ann@/" in str(caught.value)
    assert text_of(ann.load(made.id), *VISION) == "avant"
    shared().admin("DROP TRIGGER f ON entente.save", database)
    assert ann.save(made.id, [vision("après", base=made.rev)]).conflicts == ()
    assert text_of(ann.load(made.id), *VISION) == "après"


def test_who_waits_behind_many_saves_is_told_so(ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the others holds it for less than a lock is waited for, so that the statement itself takes too long."""
    made = ann.create([vision("a")])
    stored = bob.engine.partnership(made.id)
    with stored.transaction():
        stored.read()
        quick = WRITE.replace("statement_timeout = '7s'", "statement_timeout = '200ms'")
        monkeypatch.setattr(server_partnership, "WRITE", quick)
        with pytest.raises(ServerBusy):
            ann.save(made.id, [vision("b")])
    assert ann.save(made.id, [vision("b", base=made.rev)]).conflicts == ()


def test_clocks_an_hour_apart_order_nothing(database: str) -> None:
    early, late = Clock(), Clock()
    late.minutes = 60
    ann = store(shared().url(database), "Ann", late)
    bob = store(shared().url(database, "bob"), "Bob", early)
    made = ann.create([vision("d'abord")])
    bob.save(made.id, [vision("ensuite", base=made.rev)])
    assert text_of(ann.load(made.id), *VISION) == "ensuite"
    (conflict,) = ann.save(made.id, [vision("d'après le début", base=made.rev)]).conflicts
    assert (conflict.by, conflict.their_by) == ("Ann", "Bob")
    assert [past.new for past in bob.history(made.id)] == ["d'abord", "ensuite"]


def test_only_what_changed_is_read_again_and_written(ann: Store, bob: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ann.create([vision("a"), reason("b"), offer("c")])
    ann.load(made.id)
    before = dict(ann.load(made.id).entries)
    bob.save(made.id, [reason("bb")])
    after = ann.load(made.id).entries
    assert {name for name in after if after[name] is not before[name]} == {"open.how_many"}
    sizes: list[int] = []
    put = ServerPartnership._put_rows

    def counted(self: ServerPartnership, held: Any, revision: int, rows: Any) -> None:
        sizes.append(len(rows))
        put(self, held, revision, rows)

    monkeypatch.setattr(ServerPartnership, "_put_rows", counted)
    ann.save(made.id, [vision("aa")])
    ann.save(made.id, [vision("aa")])
    assert sizes == [4]  # the entry and the line of the history, each with the head of its half; then nothing


def test_a_server_that_was_put_back_to_an_earlier_day_is_read_whole(ann: Store, database: str) -> None:
    made = ann.create([vision("un")])
    copy = f"{database}_old"
    shared().admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    shared().admin(f"CREATE DATABASE {copy} TEMPLATE {database} OWNER ann")
    for text in ("deux", "trois"):
        ann.save(made.id, [vision(text)])
    shared().admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    shared().admin(f"ALTER DATABASE {database} RENAME TO {database}_new")
    shared().admin(f"ALTER DATABASE {copy} RENAME TO {database}")
    assert text_of(ann.load(made.id), *VISION) == "un"


def reader_of(ann: Store, database: str) -> tuple[Partnership, Store]:
    """A partnership with private words, and somebody who may only read what is public."""
    made = ann.create([vision("à tous"), reason("SECRET"), offer("SECRET")])
    ann.save(made.id, [reason("SECRET, revu")])
    ann.list()
    return made, opened(shared().url(database, "rita"), "Rita")


def test_a_reader_sees_the_public_part_and_changes_nothing(ann: Store, database: str) -> None:
    made, rita = reader_of(ann, database)
    found = rita.load(made.id)
    assert text_of(found, *VISION) == "à tous" and "SECRET" not in str(found)
    assert "SECRET" not in str(rita.history(made.id)) + str(rita.public_document(made.id, private=True))
    assert [line.id for line in rita.list()] == [made.id] and rita.directory() == []
    acts: list[Callable[[], object]] = [
        lambda: rita.save(made.id, [vision("non")]),
        lambda: rita.delete(made.id),
        lambda: rita.create([vision("non")]),
        lambda: rita.add_version(made.id, {"id": "a"}),
        lambda: rita.keep_paper(made.id, "aaaaaaaaaa", "x.pdf", b"x"),
        lambda: rita.destroy_private(made.id),
        lambda: rita.remember({"name": "non"}),
        lambda: rita.session(made.id),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert text_of(ann.load(made.id), *VISION) == "à tous" and len(ann.list()) == 1


TABLES = ("access", "partnership", "document", "save", "summary", "presence", "attachment", "organisation")


def test_psql_shows_no_more_than_the_app(ann: Store, database: str) -> None:
    made, _rita = reader_of(ann, database)
    ann.remember({"name": "SECRET"})
    for table in TABLES:
        found = shared().as_role("rita", f"SELECT t::text FROM entente.{table} t", database)
        assert "SECRET" not in str(found), table
        assert shared().as_role("eve", f"SELECT t::text FROM entente.{table} t", database) == [], table
    seen = shared().as_role("rita", "SELECT DISTINCT half FROM entente.document ORDER BY 1", database)
    assert seen == [("past",), ("public",)]
    assert "SECRET" in str(shared().as_role("bob", "SELECT t::text FROM entente.document t", database))
    for role, sql in [
        ("rita", "UPDATE entente.document SET body = '{}'"),
        ("rita", "DELETE FROM entente.partnership"),
        ("bob", "DELETE FROM entente.partnership"),
        ("bob", "UPDATE entente.access SET level = 3"),
        ("bob", "DELETE FROM entente.access"),
    ]:
        assert shared().as_role(role, f"WITH done AS ({sql} RETURNING 1) SELECT * FROM done", database) == []
    for role in ("rita", "bob"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shared().as_role(role, f"INSERT INTO entente.access VALUES ('', '{role}', 3)", database)
    assert text_of(ann.load(made.id), *VISION) == "à tous"


def test_who_made_a_partnership_owns_it_and_grants_levels(ann: Store, bob: Store, database: str) -> None:
    made = bob.create([vision("de Bob"), reason("SECRET")])
    grant = "INSERT INTO entente.access VALUES ('{}', '{}', {})"
    shared().as_role("bob", grant.format(made.id, "eve", 2), database)
    eve = opened(shared().url(database, "eve"), "Eve")
    assert text_of(eve.load(made.id), "open.how_many", "reason@fr") == "SECRET"
    assert eve.save(made.id, [vision("d'Eve")]).partnership.rev
    assert [line.id for line in eve.list()] == [made.id]
    shared().as_role("bob", grant.format(made.id, "rita", 0), database)
    with pytest.raises(NotFound):
        opened(shared().url(database, "rita"), "Rita").load(made.id)
    eve.delete(made.id)
    with pytest.raises(NotAllowed):
        eve.purge(made.id)
    bob.purge(made.id)
    assert shared().admin(f"SELECT * FROM entente.access WHERE partnership = '{made.id}'", database) == []


def test_a_right_that_is_taken_away_takes_what_was_read_with_it(ann: Store, database: str) -> None:
    made, _rita = reader_of(ann, database)
    bob = opened(shared().url(database, "bob"), "Bob")
    assert "SECRET" in str(bob.load(made.id))
    shared().admin("UPDATE entente.access SET level = 1 WHERE grantee = 'bob'", database)
    assert "SECRET" not in str(bob.load(made.id))
    with pytest.raises(NotAllowed):
        bob.save(made.id, [vision("non")])


def test_destroyed_private_notes_are_in_no_row_and_in_no_journal(ann: Store, database: str) -> None:
    made = ann.create([vision("public"), reason("SECRET"), offer("SECRET"), certain(True)])
    ann.save(made.id, [certain(False)])
    session = ann.session(made.id)
    session.note(reason("SECRET noté"))
    ann.list()
    ann.destroy_private(made.id)
    session.close()
    for table in TABLES:
        assert "SECRET" not in str(shared().admin(f"SELECT t::text FROM entente.{table} t", database)), table
    assert not [path for path in Path(ann.root).rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()]
    assert text_of(ann.load(made.id), *VISION) == "public"


def test_old_history_goes_far_and_is_read_all_the_same(
    ann: Store, bob: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.store import history_lines

    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 2000)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 600)
    made = ann.create([offer("SECRET 0"), certain(True)])
    texts = [f"SECRET {number} " + "mot " * 50 for number in range(12)]
    for text in texts:
        ann.save(made.id, [offer(text)])
    assert rows_of(database, "past.far") > 5 and rows_of(database, "past") < 8
    assert [past.new for past in bob.history(made.id, cell="text@fr")] == ["SECRET 0", *texts]
    (conflict,) = bob.save(made.id, [offer("autre", base=0)]).conflicts
    assert conflict.their_by == "Ann"
    ann.save(made.id, [certain(False)])
    assert "SECRET" not in str(shared().as_role("rita", "SELECT t::text FROM entente.document t", database))
    assert [past.new for past in bob.history(made.id, cell="text@fr")] == ["SECRET 0", *texts]
    copy = ann.import_document(ann.public_document(made.id, private=True))
    assert len(ann.history(copy)) == len(ann.history(made.id))


def test_every_text_comes_back_as_it_was(ann: Store) -> None:
    made = ann.create([vision("avant")])
    ann.save(made.id, [vision("a\\u0000b “é” 🙂")])
    assert text_of(ann.load(made.id), *VISION) == "a\\u0000b “é” 🙂"


def test_a_paper_is_kept_on_the_server_and_fetched_on_another_machine(
    ann: Store, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ann.create([vision("a")])
    ann.keep_paper(made.id, "aaaaaaaaaa", "signé.pdf", b"%PDF")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    bob = opened(shared().url(database, "bob"), "Bob")
    paper = bob.paper(made.id, "aaaaaaaaaa")
    assert paper is not None and paper.read_bytes() == b"%PDF" and paper.is_relative_to(tmp_path / "elsewhere")
    assert bob.paper(made.id, "bbbbbbbbbb") is None


def test_a_deleted_partnership_is_told_as_such(ann: Store, bob: Store) -> None:
    made = ann.create([vision("a")])
    bob.load(made.id)
    ann.delete(made.id)
    with pytest.raises(Unknown):
        bob.save(made.id, [vision("b")])
    assert isinstance(bob.engine.vanished_error(made.id), ServerError)
