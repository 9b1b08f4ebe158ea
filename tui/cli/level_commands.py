"""`entente store levels` lists who may do what in a store on a server, `entente store grant` changes it.

A *level* (none, reader, writer, owner) says what an account, or everybody, may do.
"""

from __future__ import annotations

from tui.cli.invocation import DONE, Invocation, UsageError
from tui.console import print_line
from tui.i18n import N_, _
from tui.store.server_engine import ServerEngine
from tui.store.server_levels import EVERYBODY, Grant, grants
from tui.store.server_levels import grant as store_grant

# By the name of a level in PostgreSQL's tables, the words that a user may type for it, in English and French.
TYPED_WORDS = {
    "none": ("none", "aucun"),
    "reader": ("reader", "lecture"),
    "writer": ("writer", "écriture", "ecriture"),
    "owner": ("owner", "propriétaire", "proprietaire"),
}
SHOWN_NAMES = {"none": N_("no level"), "reader": N_("reader"), "writer": N_("writer"), "owner": N_("owner")}


def levels(call: Invocation, partnership: str = "") -> int:
    """Print who has which level, for all partnerships or for one. Raises UsageError if the store is a folder."""
    level_grants = grants(_engine(call).connections, _partnership_id(call, partnership))
    if not level_grants and partnership:
        print_line(_("Nothing is said of this partnership alone: the levels for all count."))
    for grant in level_grants:
        role = _("everybody") if grant.role == EVERYBODY else grant.role
        level = _(SHOWN_NAMES[grant.level])
        print_line(f"{level}  {role}")
    return DONE


def grant(call: Invocation, role: str, level: str, partnership: str = "") -> int:
    """Give a role a level, for all partnerships or for one. Raises UsageError for an unknown level, or for a folder."""
    level_name = next((name for name, words in TYPED_WORDS.items() if level.lower() in words), "")
    if not level_name:
        raise UsageError(_("“{word}” is no level: none, reader, writer or owner.").format(word=level))
    role = EVERYBODY if role in (EVERYBODY, "everybody", "tous") else role
    store_grant(_engine(call).connections, Grant(_partnership_id(call, partnership), role, level_name))
    message = _("{role}: {level}.") if not partnership else _("{role}: {level}, for this partnership.")
    print_line(message.format(role=role, level=_(SHOWN_NAMES[level_name])))
    return DONE


def _engine(call: Invocation) -> ServerEngine:
    """Return the engine of a store on a server. Raises UsageError for a folder."""
    engine = call.store.engine
    if not isinstance(engine, ServerEngine):
        raise UsageError(_("A folder has no levels but those of its modes: docs/server.md."))
    return engine


def _partnership_id(call: Invocation, name: str) -> str:
    """Return the id of the partnership named, "" for no name. Raises UsageError if there is none."""
    if not name:
        return ""
    call.args.project = name
    return call.partnership_id()
