"""`minutes`: the minutes of one meeting, printed as text, Markdown or a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.call import DONE, Call, Wrong
from tui.cli.documents import print_agreement
from tui.words import _, language

if TYPE_CHECKING:
    from tui.project.values import Entry, Project


def print_minutes(call: Call) -> int:
    """Print the minutes of the meeting that was named, else of the last one. Nothing private is in them."""
    from tui.agreement.minutes import minutes

    project_id = call.project_id()
    project = call.store.load(project_id)
    meeting = _named(project, call.args.meeting)
    lang = call.document_language(project)
    region = call.settings.region if call.settings.region.startswith(lang) else ""
    past = call.store.history(project_id)
    print_agreement(minutes(call.guide, project, past, meeting, lang, region), call.args.format)
    return DONE


def _named(project: Project, asked: str | None) -> Entry:
    """The meeting of that date or id, the last of them; Wrong when there is none."""
    from tui.project.meetings import meetings
    from tui.text.dates import parse_date

    held = meetings(project)
    if not held:
        raise Wrong(_("This partnership has no meeting yet: the command “Meeting” of the app opens one."))
    if not asked:
        return held[-1]
    day = parse_date(asked, language())
    found = [one for one in held if one.get("on") == day or (len(asked) >= 4 and one.id.startswith(asked))]
    if found:
        return found[-1]
    dates = ", ".join(str(one.get("on", one.id)) for one in held)
    raise Wrong(_("No meeting is called “{name}”. There are: {dates}.").format(name=asked, dates=dates))
