"""Call notes sorted line by line: which lines are left, where one goes, and what that would make public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find_partner
from tui.text.name_matching import matches
from tui.workspace import note_sorting
from tui.workspace.note_preview import made_public, section_of
from tui.workspace.note_sorting import Destination, TextPosition, destination_label
from tui.workspace.workspace import Workspace

BETWEEN_US = "e"  # the letter that marks a line « entre nous », as on the page


def sort(conversation: Conversation, argument: str) -> None:
    """The lines of the note, « 2 m » to send line 2 by its letter: what would be public is shown first."""
    workspace, note = conversation.workspace, _note(conversation)
    number, _space, where = argument.strip().partition(" ")
    if not number:
        for line in _listed(workspace, note):
            conversation.talk.say(line)
        return
    at = _line(note, number)
    where = where.strip()
    if where == BETWEEN_US:
        note_sorting.mark_between_us(workspace, note, at, at)
        conversation.keep(_("Saved. Between us: no key sorts it."))
        return
    destination = find_destination(workspace, where)
    asked = f"{conversation.partner} {note} {at[0]} {destination.id} {destination.state}"
    public = made_public(workspace, note, at, at, destination)
    if public is not None and conversation.making_public != asked:
        conversation.making_public = asked
        for line in filter(None, (public.head, *(f"  {line}" for line in public.lines), public.warning)):
            conversation.talk.say(line)
        conversation.talk.say(_("The same line again makes it public."))
        return
    conversation.making_public = ""
    note_sorting.send(workspace, note, at, at, destination)
    conversation.keep(_("Saved, sent to “{question}”.").format(question=destination_label(workspace, destination)))
    conversation.refresh()


def _note(conversation: Conversation) -> str:
    """Return the note about the partner last spoken of, from which lines go to that partner's answers."""
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


def _line(note: str, number: str) -> TextPosition:
    """Return the line of that number, from 1. Raises BadValue for none, and for one that no key sorts."""
    lines = note.split("\n")
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 6 else -1
    if not 0 <= at < len(lines) or not lines[at].strip():
        raise BadValue(_("Give the number of a line and a letter, for example /sort 2 c. /sort alone lists both."))
    if note_sorting.is_between_us(lines[at]):
        raise BadValue(_("A line marked “between us”: no key sorts it."))
    if lines[at].startswith(note_sorting.SENT):
        raise BadValue(_("This line was sent already."))
    return at, 0


def find_destination(workspace: Workspace, where: str) -> Destination:
    """Return the place of a letter, or of some letters of its name. Raises BadValue for none, or several."""
    for destination in note_sorting.DESTINATIONS:
        if where == destination.letter:
            return destination
    named = {destination.id: destination for destination in note_sorting.other_destinations(workspace.guide)}
    found = [
        destination
        for destination in named.values()
        if len(where) > 1 and matches(where, destination_label(workspace, destination))
    ]
    if len(found) != 1:
        raise BadValue(_("Where does it go? /sort alone lists the letters of the places."))
    return found[0]


def _listed(workspace: Workspace, note: str) -> Iterator[str]:
    """Yield each line of the note under its number, then the letters of the places."""
    for number, line in enumerate(note.split("\n"), 1):
        if line.strip():
            yield f"{number}. {line}"
    yield _("/sort 2 c sends line 2; the letters are:")
    yield from letters_listed(workspace)
    kept, private = _("between us: no key sorts it"), _("private")
    yield f"{BETWEEN_US} : {kept} ({private})"


def letters_listed(workspace: Workspace) -> Iterator[str]:
    """Yield each place that a letter means, and whether what is sent there appears in the document."""
    for destination in note_sorting.DESTINATIONS:
        section = section_of(workspace, destination)
        seen = (
            _("in {section}").format(section=section)
            if note_sorting.is_printed_at_once(workspace, destination)
            else _("private")
        )
        yield f"{destination.letter} : {destination_label(workspace, destination)} ({seen})"
