"""The command `/sort` of line mode: it sends a line of a call note to a question, after showing what becomes public.

A call note is what was written down, in private, during calls with a partner. A destination is a question that its
lines can be sent to; a letter stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find_partner
from tui.text.list_numbers import list_number
from tui.text.name_matching import matches
from tui.workspace import note_sorting
from tui.workspace.note_preview import made_public, section_of
from tui.workspace.note_sorting import Destination, TextPosition, destination_label
from tui.workspace.workspace import Workspace

BETWEEN_US = "e"  # the letter that marks a line « entre nous » (between us), as on the page


def sort(conversation: Conversation, argument: str) -> None:
    """Say the note, or send its line 2 to the destination « m », « 2 m »: what becomes public is said first."""
    workspace, note = conversation.workspace, _note(conversation)
    number, _space, letter = argument.strip().partition(" ")
    if not number:
        for line in _note_lines(workspace, note):
            conversation.talk.say(line)
        return
    at = _line_numbered(note, number)
    letter = letter.strip()
    if letter == BETWEEN_US:
        note_sorting.mark_between_us(workspace, note, at, at)
        conversation.keep(_("Saved. Between us: no key sorts it."))
        return
    destination = find_destination(workspace, letter)
    command = f"{conversation.partner} {note} {at[0]} {destination.id} {destination.state}"
    public = made_public(workspace, note, at, at, destination)
    if public is not None and conversation.making_public != command:
        conversation.making_public = command
        for line in filter(None, (public.head, *(f"  {line}" for line in public.lines), public.warning)):
            conversation.talk.say(line)
        conversation.talk.say(_("The same line again makes it public."))
        return
    conversation.making_public = ""
    note_sorting.send(workspace, note, at, at, destination)
    conversation.keep(_("Saved, sent to “{question}”.").format(question=destination_label(workspace, destination)))
    conversation.refresh()


def _note(conversation: Conversation) -> str:
    """Return the call note about the partner spoken of last, and go to that partner: lines are sent to its answers.

    Raises BadValue if no partner was spoken of, or if there is no note about it.
    """
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, conversation.partner)
    if partner is None or partner.entry.removed:
        raise BadValue(_("Whose note? Open a partner first: /go 1, then its number."))
    workspace.place = replace(workspace.place, partner=partner.id)
    note = note_sorting.note_of(workspace, partner.id)
    if not note.strip():
        raise BadValue(_("There is no call note about {name} yet: /note writes one.").format(
            name=partner.name(workspace.lang)
        ))  # fmt: skip
    return note


def _line_numbered(note: str, number: str) -> TextPosition:
    """Return the position of the line of a number, from 1. Raises BadValue for none, or one that cannot be sorted."""
    lines = note.split("\n")
    at = list_number(number, len(lines)) - 1
    if at < 0 or not lines[at].strip():
        raise BadValue(_("Give the number of a line and a letter, for example /sort 2 c. /sort alone lists both."))
    if note_sorting.is_between_us(lines[at]):
        raise BadValue(_("A line marked “between us”: no key sorts it."))
    if lines[at].startswith(note_sorting.SENT):
        raise BadValue(_("This line was sent already."))
    return at, 0


def find_destination(workspace: Workspace, text: str) -> Destination:
    """Return the destination of a letter, or of some letters of its name. Raises BadValue for none, or several."""
    for destination in note_sorting.DESTINATIONS:
        if text == destination.letter:
            return destination
    by_id = {destination.id: destination for destination in note_sorting.other_destinations(workspace.guide)}
    destinations = [
        destination
        for destination in by_id.values()
        if len(text) > 1 and matches(text, destination_label(workspace, destination))
    ]
    if len(destinations) != 1:
        raise BadValue(_("Where does it go? /sort alone lists the letters of the places."))
    return destinations[0]


def _note_lines(workspace: Workspace, note: str) -> Iterator[str]:
    """Yield each line of the note with its number, then the letters of the places."""
    for number, line in enumerate(note.split("\n"), 1):
        if line.strip():
            yield f"{number}. {line}"
    yield _("/sort 2 c sends line 2; the letters are:")
    yield from letters_listed(workspace)
    label, private = _("between us: no key sorts it"), _("private")
    yield f"{BETWEEN_US} : {label} ({private})"


def letters_listed(workspace: Workspace) -> Iterator[str]:
    """Yield each destination that a letter means, and whether what is sent there appears in the document."""
    for destination in note_sorting.DESTINATIONS:
        where_seen = _("private")
        if note_sorting.is_printed_at_once(workspace, destination):
            where_seen = _("in {section}").format(section=section_of(workspace, destination))
        yield f"{destination.letter} : {destination_label(workspace, destination)} ({where_seen})"
