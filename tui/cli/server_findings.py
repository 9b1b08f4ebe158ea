"""What `doctor` reports on a store on a PostgreSQL server: its version, our level, its settings, its limits.

A level tells what an account may do with the partnerships: nothing, read, write, or own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.cli.command_line import progress_line
from tui.cli.invocation import Invocation
from tui.clipboard import Finding
from tui.i18n import N_, _
from tui.store.server_engine import ServerEngine, ServerFacts
from tui.store.store_errors import StoreError

_LEVEL_TEXTS = (  # by the level of the account, from 0 (none) to 3 (owner)
    N_("{account} may read nothing there but what it is given by name: ask an owner for a level."),
    N_("{account} reads what is public, and changes nothing, unless a partnership says otherwise."),
    N_("{account} reads and writes everything, unless a partnership says otherwise."),
    N_("{account} reads and writes everything, and grants levels."),
)


def server_findings(call: Invocation) -> Iterator[Finding]:
    """Yield the findings on the server of this store; one of them may be that it cannot be reached."""
    engine = call.store.engine
    assert isinstance(engine, ServerEngine)
    try:
        yield from _fact_findings(engine.place, engine.facts())
        if moved := call.store.moved_error():  # the whole store was moved to another address
            yield Finding("warn", str(moved))
        with progress_line() as progress:
            summaries = [*call.store.list(progress=progress), *call.store.list(archived=True)]
        yield from (Finding("bad", item.id + _(": ") + item.damaged) for item in summaries if item.damaged)
        yield Finding("ok", _("Partnerships: {n}.").format(n=len(summaries)))
    except StoreError as error:
        yield Finding("bad", str(error))
    text = _("What is typed and not saved yet lies in {folder}, on this machine, for this account alone.")
    yield Finding("ok", text.format(folder=call.store.root))
    yield from _limits()


def _fact_findings(place: str, facts: ServerFacts) -> Iterator[Finding]:
    """Yield the findings on the version, our level, and how safely saves are stored and sent."""
    yield Finding("ok", _("{place}: PostgreSQL {version}.").format(place=place, version=facts.version))
    yield Finding("ok" if facts.level else "warn", _(_LEVEL_TEXTS[facts.level]).format(account=facts.account))
    if facts.standby:
        yield Finding("bad", _("This server is a standby: it only reads. Give the address of the one that writes."))
    if not facts.durable:
        text = _("A power cut may take the last saves: the server acknowledges them before its disk has them.")
        yield Finding("warn", text)
    if not (facts.encrypted or facts.local):
        yield Finding("warn", _("The line to the server is not encrypted: add sslmode=verify-full to the address."))


def _limits() -> Iterator[Finding]:
    """Yield what no program can promise on any server, so that nobody relies on it: « ok », since nothing is wrong."""
    yield Finding("ok", _("Whoever looks after the server reads private notes, and so do its backups and dumps."))
    yield Finding("ok", _("Destroying private notes reaches neither the server's log nor its backups."))
    text = _("After a switch to a standby that had not received everything yet, the last saves may be missing.")
    yield Finding("ok", text)
