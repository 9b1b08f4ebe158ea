"""The subcommand `store`: it copies a whole store to another place, prepares a database, and shows or grants levels."""

from __future__ import annotations

from tui.cli.command_line import progress_line
from tui.cli.invocation import DONE, Invocation, UsageError
from tui.cli.level_commands import grant, levels
from tui.console import print_line, print_text
from tui.i18n import _, ngettext
from tui.store import Store
from tui.store.server_connections import Connections
from tui.store.server_schema import SCHEMA, check_schema, migrations
from tui.text.server_addresses import is_server, place_of_store, server_address, shown_address

WORD_COUNTS = {"copy": (1, 2), "init": (1,), "levels": (0, 1), "grant": (2, 3)}  # by action: how many words may follow


def store(call: Invocation) -> int:
    """Run the action copy, init, levels or grant; return the exit code. A *level* says what an account may do.

    Raises UsageError for a wrong number of words, StoreError if something cannot be copied or prepared.
    """
    action, places = call.args.action, call.args.places
    if action == "init" and call.args.sql and not places:
        return _print_sql()
    if len(places) not in WORD_COUNTS[action]:
        if action == "copy":
            raise UsageError(
                _("“entente store copy” takes the place to go on in, after the one to read if it is another.")
            )
        if action == "grant":
            raise UsageError(_("“entente store grant” takes a role, its level and, for one partnership, that one."))
        if action == "levels":
            raise UsageError(_("“entente store levels” takes one partnership at most."))
        raise UsageError(_("“entente store init” takes one address: postgresql://…"))
    if action == "levels":
        return levels(call, *places)
    if action == "grant":
        return grant(call, *places)
    return _copy(call, *places) if action == "copy" else _init(call, places[0])


def _store_at(call: Invocation, place: str) -> Store:
    """Return the store in a folder, or at the address of a server."""
    folder_or_url = place_of_store(place, _("PLACE"), relative=True)
    address = folder_or_url if isinstance(folder_or_url, str) else folder_or_url.absolute()
    store = Store(address, author=call.author if call.settings.author else None)
    if call.args.without_locks:
        store.allow_unlocked()
    return store


def _copy(call: Invocation, *places: str) -> int:
    """Copy the first store to the last; for a single place, the first is the store in use. Return the exit code."""
    source = _store_at(call, places[0]) if len(places) > 1 else call.store
    target = _store_at(call, places[-1])
    with progress_line() as progress:
        copied = source.copy_to(target, progress)
    place = target.engine.place
    message = ngettext(
        "Copied and read again: {n} partnership, and {binned} in the bin. From now on they are in {place}.",
        "Copied and read again: {n} partnerships, and {binned} in the bin. From now on they are in {place}.",
        copied.count,
    )
    print_line(message.format(n=copied.count, binned=copied.binned, place=place))
    message = _(
        "{source} only reads from now on, and keeps what was set aside there. "
        "Everybody goes on with ENTENTE_STORE={place}, on a server under their own account, "
        "and without a password in it."
    )
    print_line(message.format(source=source.engine.place, place=place))
    return DONE


def _init(call: Invocation, address: str) -> int:
    """Prepare the database at an address, or only print the SQL with --sql. Raises UsageError for a folder."""
    if not is_server(address):
        raise UsageError(_("“entente store init” takes one address: postgresql://…"))
    if call.args.sql:
        return _print_sql()

    connections = Connections(server_address(address, _("PLACE")))
    check_schema(connections)
    connections.close()
    message = _(
        "{place} is ready (format {n}). Whoever prepared it owns it; how others get a level: docs/postgresql.md."
    )
    print_line(message.format(place=shown_address(address), n=SCHEMA))
    return DONE


def _print_sql() -> int:
    """Print the SQL that prepares an empty database, for an administrator who runs it by hand."""
    print_text("BEGIN;\n\n" + "\n".join(sql for _version, sql in migrations()) + "\nCOMMIT;\n")
    return DONE
