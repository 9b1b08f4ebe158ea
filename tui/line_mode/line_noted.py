"""The commands of line mode on what a meeting noted: they enter lines in the agreement or change their kind.

A noted line is a decision, a task or a point (a thing set aside for later). To enter it is to put it into a question
of the agreement, its destination, which a letter stands for. The register lists the decisions of all meetings.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Origin
from tui.agreement.decision_register import decision_register
from tui.agreement.entered_lines import sentences
from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_notes import find_destination, letters_listed
from tui.partnership.call_sheet import points_for_call
from tui.partnership.decisions import DECISION, KINDS, POINT, TASK, all_decisions, in_force, kind_of, noted_lines
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.partnership.values import Entry
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace import noted_lines as noting
from tui.workspace.note_sorting import destination_label
from tui.workspace.typed_values import partner_of
from tui.workspace.workspace import current_moment

_QUOTED_LETTERS = 40  # of what was typed, in a message
# By kind of line, the words that a person may type for it, folded (without accents and capitals).
_KIND_WORDS = {
    DECISION: ("decision",),
    TASK: ("tache", "task"),
    POINT: ("point", "de cote", "aside"),
}


def _lines(conversation: Conversation) -> tuple[Entry, ...]:
    """Return the lines that the running or last meeting noted. Raises BadValue if there are none."""
    latest = meeting_edits.latest_meeting(conversation.workspace)
    lines = noted_lines(conversation.workspace.partnership, latest.id) if latest is not None else ()
    if not lines:
        raise BadValue(_("No meeting has noted anything yet: /decision and its words note a decision."))
    return lines


def _line_numbered(conversation: Conversation, number: str) -> Entry:
    """Return the line of a number in the list, from 1. Raises BadValue if there is none."""
    lines = _lines(conversation)
    at = list_number(number, len(lines))
    if not at:
        message = _("“{text}” is not a number on this list: /enter reads it.")
        raise BadValue(message.format(text=number[:_QUOTED_LETTERS]))
    return lines[at - 1]


def _list_lines(conversation: Conversation) -> Iterator[str]:
    """Yield the noted lines by number, then the letters of the places where they can be entered."""
    workspace = conversation.workspace
    for number, row in enumerate(_lines(conversation), 1):
        words = (row.text("text", workspace.lang), noting.entered_words(workspace, row))
        yield f"{number}. " + ", ".join(filter(None, words))
    yield _("/enter 2 o enters line 2; /enter 2 o 1 puts it in the place of text 1; the letters are:")
    yield from letters_listed(workspace)


def enter_line(conversation: Conversation, argument: str) -> None:
    """Print the noted lines; « 2 o » shows what line 2 becomes in destination « o », and if repeated enters it there.

    « 2 o 1 » replaces the first text that is there; « 2 c Collège » enters the line for a partner. Raises BadValue for
    an argument of another form.
    """
    workspace = conversation.workspace
    number, _space, rest = argument.strip().partition(" ")
    if not number:
        for line in _list_lines(conversation):
            conversation.talk.say(line)
        return
    row = _line_numbered(conversation, number)
    letter, _space, rest = rest.strip().partition(" ")
    destination = find_destination(workspace, letter)
    partner = ""
    if workspace.guide.question(destination.question).scope != "project":
        partner, rest = _read_partner(conversation, row, rest)
    texts = noting.replaceable(workspace, destination, partner)
    replaced = _replaced_entry(texts, rest.strip())
    command = f"enter {row.id} {destination.id} {destination.state} {partner} {replaced}"
    if conversation.making_public != command:
        conversation.making_public = command
        public = noting.line_made_public(workspace, row, destination, partner, replaced)
        private = _("This stays private: the document does not print it.")
        lines = (public.head, *(f"  {line}" for line in public.lines), public.warning) if public else (private,)
        for line in filter(None, lines):
            conversation.talk.say(line)
        for text_number, (_entry_id, words) in enumerate(texts, 1):
            conversation.talk.say(_("{number} puts it instead of: {text}").format(number=text_number, text=words))
        conversation.talk.say(_("The same line again enters it."))
        return
    conversation.making_public = ""
    noting.enter_line(workspace, row, destination, partner, replaced)
    row = workspace.partnership.entries[row.id]
    place_words = noting.entered_words(workspace, row) or destination_label(workspace, destination)
    conversation.keep(_("Entered: {place}.").format(place=place_words))
    conversation.refresh()


def _read_partner(conversation: Conversation, row: Entry, text: str) -> tuple[str, str]:
    """Return (the id of a partner, the numbers in `text`), where `text` was typed behind the letter of a destination.

    The partner is the one whose name was typed, else the one that the noted line names. Raises BadValue if neither
    names a single partner.
    """
    workspace = conversation.workspace
    words = [piece for piece in text.split() if not piece.isdigit()]
    numbers = " ".join(piece for piece in text.split() if piece.isdigit())
    if words:
        return partner_of(workspace, " ".join(words), list(active(workspace.partnership))).id, numbers
    named_partners = noting.partners_named(workspace, row.text("text", workspace.lang))
    if len(named_partners) != 1:
        raise BadValue(_("Whose is it? Type the partner behind the letter: /enter 2 c and its name."))
    return named_partners[0].id, numbers


def _replaced_entry(texts: list[tuple[str, str]], number: str) -> str:
    """Return the entry id of text `number` of `texts`, which are (entry id, words); "" for no number.

    Raises BadValue if there is no text of that number.
    """
    if not number:
        return ""
    at = list_number(number, len(texts))
    if not at:
        raise BadValue(_("No text of that number stands there: leave the number out for a new text."))
    return texts[at - 1][0]


def change_kind(conversation: Conversation, argument: str) -> None:
    """Make a line a decision, a task or a point: « 2 task ». Raises BadValue for anything else."""
    number, _space, kind_word = argument.strip().partition(" ")
    kind = next((kind for kind in KINDS if fold(kind_word) in _KIND_WORDS[kind]), "")
    if not kind:
        raise BadValue(_("Type a number and what it becomes: /turn 2 decision, /turn 2 task or /turn 2 point."))
    noting.turn_into(conversation.workspace, _line_numbered(conversation, number), kind)
    conversation.keep()


def _decision_numbered(conversation: Conversation, number: str) -> Entry:
    """Return the decision of a number in the register, from 1. Raises BadValue if there is none."""
    rows = all_decisions(conversation.workspace.partnership)
    at = list_number(number, len(rows))
    if not at:
        message = _("“{text}” is no number of the register: /register reads it.")
        raise BadValue(message.format(text=number[:_QUOTED_LETTERS]))
    return rows[at - 1]


def replace_decision(conversation: Conversation, argument: str) -> None:
    """Note that decision 3 replaces 2, « 2; 3; reason », that 2 is revoked, « 2; reason », or in force again, « 2 »."""
    number, *rest = (piece.strip() for piece in argument.split(";"))
    row = _decision_numbered(conversation, number)
    if not in_force(row) and not rest:
        noting.put_in_force_again(conversation.workspace, row)
        conversation.keep(_("It is in force again."))
        return
    successor = _decision_numbered(conversation, rest.pop(0)) if rest and rest[0].isdigit() else None
    if successor is not None and successor.id == row.id:
        raise BadValue(_("A decision does not replace itself: name another number of the register."))
    successor_id = successor.id if successor is not None else ""
    noting.replace_decision(conversation.workspace, row, successor_id, "; ".join(rest))
    conversation.keep(_("The register says so."))


def write_result(conversation: Conversation, argument: str) -> None:
    """Note the result of a decision in words, « 2; carried », and print who was there and which rule counts."""
    number, _semicolon, text = argument.partition(";")
    row = _line_numbered(conversation, number.strip())
    if kind_of(row) != DECISION:
        raise BadValue(_("Only a decision has a result: /enter lists what the meeting noted."))
    meeting_edits.write_result(conversation.workspace, row, text)
    row = conversation.workspace.partnership.entries[row.id]
    for line in noting.decision_beside(conversation.workspace, row):
        conversation.talk.say(line)
    conversation.keep()


def name_proposer(conversation: Conversation, argument: str) -> None:
    """Note who proposed a line, which stays private: « 2; Marie »; « 2 » removes the name."""
    number, _semicolon, text = argument.partition(";")
    row = _line_numbered(conversation, number.strip())
    noting.name_proposer(conversation.workspace, row, text.strip())
    conversation.keep(
        _("Saved; it stays private.") if text.strip() else _("Saved: nobody is said to have proposed it.")
    )


def keep_for_call(conversation: Conversation, argument: str) -> None:
    """Keep point 3 for the call with a partner, « 3; Clinique », or no longer, « 3 »; by itself, print those kept."""
    workspace = conversation.workspace
    number, _semicolon, name = argument.partition(";")
    if not number.strip():
        _print_points_for_calls(conversation)
        return
    row = _line_numbered(conversation, number.strip())
    if kind_of(row) != POINT:
        raise BadValue(_("Only a point waits for a call: /turn 2 point makes one of line 2."))
    active_partners = list(active(workspace.partnership))
    partner = partner_of(workspace, name.strip(), active_partners) if name.strip() else None
    agenda_edits.keep_for_call(workspace, row, partner.id if partner is not None else "")
    if partner is not None:
        message = _("for the call with {name}").format(name=partner.in_sentence(workspace.lang))
        conversation.keep(row.text("text", workspace.lang) + ", " + message + ".")
    else:
        conversation.keep(_("Saved: it is for the table again."))


def _print_points_for_calls(conversation: Conversation) -> None:
    """Print the points that wait for a call with a partner."""
    workspace, count = conversation.workspace, 0
    for partner in active(workspace.partnership):
        for row in points_for_call(workspace.partnership, partner.id):
            conversation.talk.say(partner.short(workspace.lang) + _(": ") + row.text("text", workspace.lang) + ".")
            count += 1
    if not count:
        conversation.talk.say(_("No point waits for a call."))


def agree(conversation: Conversation, argument: str) -> None:
    """Print the sentences of section 4 by number, « 4 », or note that the meeting agrees to the second, « 4 2 ».

    Given again, « 4 2 » notes that the meeting no longer agrees.
    """
    workspace = conversation.workspace
    label, _space, number = argument.strip().partition(" ")
    if not number:
        for sentence_number, (words, _origin) in enumerate(_sentences(conversation, label), 1):
            conversation.talk.say(f"{sentence_number}. {words}")
        return
    if noting.agree_as_it_stands(workspace, sentence_of_section(conversation, argument)):
        conversation.keep(_("Agreed as it stands; it stands among the decisions."))
    else:
        conversation.keep(_("No longer noted as agreed."))


def _sentences(conversation: Conversation, label: str) -> list[tuple[str, Origin]]:
    """Return the sentences of the section numbered `label`, as (words, the field that they come from).

    Raises BadValue if there is no such section.
    """
    section = next((section for section in conversation.workspace.agreement.sections if section.label == label), None)
    if section is None:
        raise BadValue(_("Type the number of a section behind the command; /document reads them."))
    return [(words, origin) for words, origin in sentences(section) if words and origin.entry and origin.question]


def sentence_of_section(conversation: Conversation, text: str) -> Origin:
    """Return the field that « 4 2 », the second sentence of section 4, comes from. Raises BadValue if there is none."""
    label, _space, number = text.strip().partition(" ")
    section_sentences = _sentences(conversation, label)
    at = list_number(number, len(section_sentences))
    if not at:
        message = _("This section has no sentence of that number: /agreed {label} reads them.")
        raise BadValue(message.format(label=label))
    return section_sentences[at - 1][1]


def read_register(conversation: Conversation, argument: str) -> None:
    """Print the register of decisions. Raises BadValue if there are none."""
    workspace = conversation.workspace
    if not all_decisions(workspace.partnership):
        raise BadValue(_("No decision was noted yet."))
    workspace.flush()
    history = conversation.store.history(workspace.partnership.id)
    day = current_moment()[:10]
    document = decision_register(workspace.guide, workspace.partnership, history, day, workspace.doc_lang)
    conversation.talk.say(to_text(document, wrap=None).rstrip("\n"))


ACTIONS = {
    "sort_line": enter_line,
    "turn_line": change_kind,
    "replace_decision": replace_decision,
    "decision_result": write_result,
    "proposer": name_proposer,
    "for_call": keep_for_call,
    "agree_as_it_stands": agree,
    "register": read_register,
}
