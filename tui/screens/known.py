"""The directory beside the open app: read for suggestions, taught by each partnership that is put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.directory import known_in, make_own, teach
from tui.project.organisations import Known, own, profiles
from tui.project.partners import partners
from tui.store.errors import StoreError

if TYPE_CHECKING:
    from tui.app import EntenteApp


def known(app: EntenteApp) -> Known:
    """The organisations of the directory; none where it cannot be read: typing names works without it."""
    return known_in(app.store)


def taught(app: EntenteApp) -> None:
    """Teach the directory what was learnt since, and link the partners to their entries."""
    desk = app.desk
    if desk is None:
        return
    before = profiles(desk.met) if desk.met is not None else {}
    try:
        changes = teach(app.store, before, desk.project)
    except StoreError as error:
        app.say(str(error))
        return
    desk.edit(changes)
    desk.met = desk.project


def begun(app: EntenteApp) -> None:
    """A partnership has just been made by its list of names: the first is one's own, if that was never said."""
    desk = app.desk
    if desk is None:
        return
    desk.met = None
    taught(app)
    desk.edits.forget()  # it begins here: there is nothing to take back
    everyone = partners(desk.project)
    if everyone and own(known(app)) is None and (mine := everyone[0].entry.get("organisation")):
        try:
            make_own(app.store, str(mine))
        except StoreError as error:
            app.say(str(error))
