"""The time zone that a partnership's dates are shown in."""

from __future__ import annotations

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import TIME_ZONE
from tui.text import moments
from tui.workspace.workspace import Workspace


def choose_time_zone(workspace: Workspace, name: str) -> str:
    """Show the open partnership's dates in the zone of an IANA name, or for "" in that of the settings.

    Return the sentence that says so. Raises BadValue, with the nearest names, if there is no such zone.
    """
    if name and moments.zone_of(name) is None:
        near = ", ".join(moments.nearest_zones(name))
        raise BadValue(_("No time zone is called “{name}”. {near}").format(name=name, near=near).strip())
    workspace.set_setting(TIME_ZONE, name or None)
    moments.set_zones(partnership=name)
    return _("Dates are told in {zone}.").format(zone=moments.zone_name() or _("the time of this machine"))
