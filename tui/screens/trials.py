"""Commands of a trial: a partnership to practise on is begun, kept after all, or thrown away by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.desk import is_trial, now
from tui.desk.practice import practice
from tui.project.values import TRIAL
from tui.screens.listing import guarded
from tui.screens.partnerships import PartnershipsScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def begin(app: EntenteApp) -> None:
    """Make the partnership to practise on, and open it."""
    changes = practice(app.lang, now()[:10])
    guarded(app, lambda: app.open(app.store.create(changes).id))


def throw_away(app: EntenteApp) -> None:
    """Put the trial in the bin at once; from the list, the trial one stands on."""
    screen, desk = app.screen, app.desk
    if isinstance(screen, PartnershipsScreen):
        found = screen.current
        if found is None or not found.trial:
            app.say(_("Only a trial is thrown away by this key."))
        else:
            _gone(app, found.id)
    elif desk is None or not is_trial(desk):
        app.say(_("This is no trial: it is not thrown away by one key."))
    else:
        name = desk.project.id
        app.to_list()
        _gone(app, name)


def _gone(app: EntenteApp, name: str) -> None:
    screen = app.screen
    if isinstance(screen, PartnershipsScreen) and guarded(app, lambda: app.store.delete(name)):
        screen.steps.append(lambda: app.store.restore_from_bin(name))
        screen.refresh_list()
        screen.say(_("The trial is thrown away; nothing of it was kept in the directory."))


def keep(app: EntenteApp) -> None:
    """Make a true partnership of a trial."""
    desk = app.desk
    if desk is not None and is_trial(desk):
        desk.setting(TRIAL, None)
        app.repaint()
        app.say(_("It is a partnership like the others now."))
        app.edited()
    else:
        app.say(_("This is no trial."))
