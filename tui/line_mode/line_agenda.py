"""The commands that prepare a meeting in line mode: its agenda, its date and place, the invitations.

Items that nobody is expected to discuss can be marked to pass together, as decisions, at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from tui.error_words import reason_words
from tui.export.formats import plain_name
from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.partnership.agendas import TOGETHER, agenda_items, unfinished_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import Entry
from tui.settings import files_folder
from tui.text.name_matching import fold
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace.invitations import invitation_files
from tui.workspace.output_files import write

# Words that a person may type behind a number, folded (without accents and capitals).
_UP, _DOWN, _OUT = ("haut", "monter", "up"), ("bas", "descendre", "down"), ("oter", "retirer", "out", "remove")
_AT_ONCE = ("d un seul coup", "ensemble", "at once", "together")
_YES = ("oui", "yes")
_MOST_DIGITS = 5  # of the number of a line


def agenda(conversation: Conversation, argument: str) -> None:
    """Print the agenda, change the item of a number, put a suggestion on the agenda, or add « point; minutes; who »."""
    workspace = conversation.workspace
    meeting = agenda_edits.meeting_ahead(workspace)
    number, _space, rest = argument.strip().partition(" ")
    if not argument.strip():
        for line in _agenda_lines(conversation, meeting):
            conversation.talk.say(line)
        return
    if not number.isdigit():
        agenda_edits.add_item(workspace, meeting, argument)
        conversation.keep()
        return
    items = agenda_items(workspace.partnership, meeting.id)
    line_number = int(number) if number.isascii() and len(number) <= _MOST_DIGITS else 0
    if 1 <= line_number <= len(items):
        _change_item(conversation, items[line_number - 1], fold(rest.replace("’", " ").replace("'", " ")))
    else:
        _add_suggestion(conversation, meeting, line_number - len(items), rest)


def _agenda_lines(conversation: Conversation, meeting: Entry) -> Iterator[str]:
    """Yield when and where the meeting is, the items by number, then the suggestions, whose numbers go on."""
    workspace = conversation.workspace
    when = agenda_edits.when_words(workspace, meeting) or _("nothing yet")  # screen readers skip a dash
    yield _("Date; hour; place or link: {when}").format(when=when)
    items = agenda_items(workspace.partnership, meeting.id)
    for number, row in enumerate(items, 1):
        mark = _("passes at once") if row.get(TOGETHER) else ""
        yield f"{number}. " + ", ".join(filter(None, (agenda_edits.item_words(workspace, row), mark)))
    suggestions = agenda_edits.suggestions(workspace, meeting)
    if suggestions:
        yield _("What could stand on it") + _(": ").rstrip()
    for number, suggestion in enumerate(suggestions, len(items) + 1):
        text = suggestion.text or _("A past event to be raised: in words typed for it, once both have said yes")
        yield f"{number}. {text} ({suggestion.kind})"
    yield _("/agenda the budget; 10; Marie adds an item; /agenda 2 up, down, out or at once changes item 2.")


def _change_item(conversation: Conversation, row: Entry, word: str) -> None:
    """Move an item, take it out, or let it pass with others at once, as the folded word says.

    Raises BadValue for another word.
    """
    workspace = conversation.workspace
    if word in _UP or word in _DOWN:
        agenda_edits.move_item(workspace, row, -1 if word in _UP else 1)
    elif word in _OUT:
        agenda_edits.reword_item(workspace, row, "")
    elif word in _AT_ONCE:
        agenda_edits.toggle_together(workspace, row)
    else:
        raise BadValue(_("Type what becomes of the item: /agenda 2 up, down, out or at once."))
    conversation.keep()


def _add_suggestion(conversation: Conversation, meeting: Entry, at: int, text_behind: str) -> None:
    """Put the suggestion number `at`, from 1, on the agenda; `text_behind` was typed behind the number.

    A past event between two partners needs « yes », which tells that both agreed to raise it, and words of its own.
    Raises BadValue without these, and if there is no such suggestion.
    """
    suggestions = agenda_edits.suggestions(conversation.workspace, meeting)
    if not 1 <= at <= len(suggestions):
        raise BadValue(_("No line of the agenda has that number: /agenda reads them."))
    suggestion = suggestions[at - 1]
    text = suggestion.text.replace(";", ",")
    if suggestion.story:
        consent, _space, text = text_behind.strip().partition(" ")
        if fold(consent) not in _YES or not text.strip():
            raise BadValue(
                _("Once both organizations have said yes, type it behind the number: /agenda 4 yes and your own words.")
            )
    agenda_edits.add_item(conversation.workspace, meeting, text, suggestion.about)
    conversation.keep()


def next_meeting(conversation: Conversation, argument: str) -> None:
    """Note when and where the next meeting is; the items left of the last agenda move there.

    Raises BadValue if no date is given.
    """
    workspace = conversation.workspace
    if not argument.strip():
        raise BadValue(_("Type the date of the next meeting, then its hour and place with “;” between."))
    last = meeting_edits.latest_meeting(workspace)
    if last is not None and last.get("closed") and unfinished_items(workspace.partnership, last.id):
        agenda_edits.move_unfinished_items(workspace, last, argument)
    else:
        agenda_edits.set_meeting(workspace, agenda_edits.meeting_not_begun(workspace), argument)
    conversation.keep()


def invitations(conversation: Conversation, argument: str) -> None:
    """Write the invitations to a folder, and say where. Raises BadValue for an empty agenda."""
    workspace = conversation.workspace
    meeting = agenda_edits.meeting_ahead(workspace)
    if not unfinished_items(workspace.partnership, meeting.id):
        raise BadValue(_("Put something on the agenda first."))
    files = invitation_files(workspace, meeting)
    day = str(meeting.get("on") or "")
    name = "-".join(filter(None, (plain_name(_("invitations")), day)))
    folder = files_folder(os.environ, conversation.settings) / name
    try:
        written = write(folder, files)
    except OSError as error:
        raise BadValue(reason_words(error)) from error
    message = ngettext("{n} file written: {folder}", "{n} files written: {folder}", len(files))
    conversation.keep(" ".join((message.format(n=len(files), folder=folder), *written.warnings)))


def next_item(conversation: Conversation, argument: str) -> None:
    """Note that the present item is done, and say the next. Raises BadValue if nothing is left."""
    workspace = conversation.workspace
    was_done, next_item_row = agenda_edits.next_item(workspace, meeting_edits.meeting_to_open(workspace))
    if next_item_row is not None:
        conversation.keep(_("Now: {text}").format(text=next_item_row.text("text", workspace.lang)))
    elif was_done:
        conversation.keep(_("The agenda is done."))
    else:
        raise BadValue(_("Nothing is left on the agenda."))


def pass_together(conversation: Conversation, argument: str) -> None:
    """Note all items marked to pass at once as decisions. Raises BadValue if none is marked."""
    workspace = conversation.workspace
    count = agenda_edits.pass_together(workspace, conversation.store, meeting_edits.meeting_to_open(workspace))
    message = ngettext("{n} item passed; it is a decision.", "{n} items passed; each is a decision.", count)
    if not count:
        raise BadValue(_("No item is marked to pass at once: /agenda 2 at once marks one."))
    conversation.keep(message.format(n=count))


ACTIONS = {
    "agenda": agenda,
    "next_meeting": next_meeting,
    "invitations": invitations,
    "next_item": next_item,
    "pass_together": pass_together,
}
