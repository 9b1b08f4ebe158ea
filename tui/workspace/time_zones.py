"""The time zone in which a partnership's dates are told."""

from __future__ import annotations

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import TIME_ZONE
from tui.text import moments
from tui.workspace.workspace import Workspace


def choose_time_zone(workspace: Workspace, name: str) -> str:
    """Tell the open partnership's dates in the zone of an IANA name, or with "" in that of the settings.

    Returns the sentence that says so. Raises BadValue if no zone is called so, with the nearest names.
    """
    if name and moments.zone_of(name) is None:
        near = ", ".join(moments.nearest_zones(name))
        raise BadValue(_("No time zone is called “{name}”. {near}").format(name=name, near=near).strip())
    workspace.setting(TIME_ZONE, name or None)
    moments.set_zones(partnership=name)
    return _("Dates are told in {zone}.").format(zone=moments.zone_name() or _("the time of this machine"))
