"""`entente store levels` and `entente store grant`: who may do what on a server, shown and changed by an owner."""

from __future__ import annotations

from tui.cli.invocation import DONE, Invocation, UsageError
from tui.console import print_line
from tui.i18n import N_, _
from tui.store.server_engine import ServerEngine
from tui.store.server_levels import EVERYBODY, Grant, grants
from tui.store.server_levels import grant as give

# As they are typed, in either language; the first is how PostgreSQL's tables and the documentation call it.
WORDS = {
    "none": ("none", "aucun"),
    "reader": ("reader", "lecture"),
    "writer": ("writer", "écriture", "ecriture"),
    "owner": ("owner", "propriétaire", "proprietaire"),
}
NAMES = {"none": N_("no level"), "reader": N_("reader"), "writer": N_("writer"), "owner": N_("owner")}


def levels(call: Invocation, partnership: str = "") -> int:
    """Print who has which level, by default or for one partnership. Raises UsageError where the store is a folder."""
    found = grants(_engine(call).connections, _partnership_id(call, partnership))
    if not found and partnership:
        print_line(_("Nothing is said of this partnership alone: the levels for all count."))
    for grant in found:
        role = _("everybody") if grant.role == EVERYBODY else grant.role
        level = _(NAMES[grant.level])
        print_line(f"{level}  {role}")
    return DONE


def grant(call: Invocation, role: str, level: str, partnership: str = "") -> int:
    """Give a role a level, for all partnerships or for one. UsageError for what is no level, and for a folder."""
    named = next((name for name, words in WORDS.items() if level.lower() in words), "")
    if not named:
        raise UsageError(_("“{word}” is no level: none, reader, writer or owner.").format(word=level))
    role = EVERYBODY if role in (EVERYBODY, "everybody", "tous") else role
    give(_engine(call).connections, Grant(_partnership_id(call, partnership), role, named))
    said = _("{role}: {level}.") if not partnership else _("{role}: {level}, for this partnership.")
    print_line(said.format(role=role, level=_(NAMES[named])))
    return DONE


def _engine(call: Invocation) -> ServerEngine:
    engine = call.store.engine
    if not isinstance(engine, ServerEngine):
        raise UsageError(_("A folder has no levels but those of its modes: docs/server.md."))
    return engine


def _partnership_id(call: Invocation, named: str) -> str:
    if not named:
        return ""
    call.args.project = named
    return call.partnership_id()
