"""What a meeting noted, line by line: entered in the agreement, turned into another kind, replaced; the register."""

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
from tui.text.name_matching import fold
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace import noted_lines as noting
from tui.workspace.note_sorting import destination_label
from tui.workspace.typed_values import partner_of
from tui.workspace.workspace import current_moment

_NAMES = {
    DECISION: ("decision",),
    TASK: ("tache", "task"),
    POINT: ("point", "de cote", "aside"),
}


def _lines(conversation: Conversation) -> tuple[Entry, ...]:
    """Return what the running meeting, or the last one, noted. Raises BadValue where it noted nothing."""
    held = meeting_edits.latest_meeting(conversation.workspace)
    found = noted_lines(conversation.workspace.partnership, held.id) if held is not None else ()
    if not found:
        raise BadValue(_("No meeting has noted anything yet: /decision and its words note a decision."))
    return found


def _line(conversation: Conversation, number: str) -> Entry:
    found = _lines(conversation)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= at <= len(found):
        raise BadValue(_("“{text}” is not a number on this list: /enter reads it.").format(text=number[:40]))
    return found[at - 1]


def _listed(conversation: Conversation) -> Iterator[str]:
    workspace = conversation.workspace
    for number, row in enumerate(_lines(conversation), 1):
        words = (row.text("text", workspace.lang), noting.entered_words(workspace, row))
        yield f"{number}. " + ", ".join(filter(None, words))
    yield _("/enter 2 o enters line 2; /enter 2 o 1 puts it in the place of text 1; the letters are:")
    yield from letters_listed(workspace)


def enter(conversation: Conversation, argument: str) -> None:
    """The lines of the meeting; « 2 o » shows what line 2 becomes there, and the same again enters it.

    « 2 o 1 » takes the place of the first text that stands there; « 2 c Collège » is a place asked of a partner.
    """
    workspace = conversation.workspace
    number, _space, behind = argument.strip().partition(" ")
    if not number:
        for line in _listed(conversation):
            conversation.talk.say(line)
        return
    row = _line(conversation, number)
    where, _space, behind = behind.strip().partition(" ")
    destination = find_destination(workspace, where)
    whose = ""
    if workspace.guide.question(destination.question).scope != "project":
        whose, behind = _whose(conversation, row, behind)
    texts = noting.replaceable(workspace, destination, whose)
    instead = _instead(texts, behind.strip())
    asked = f"enter {row.id} {destination.id} {destination.state} {whose} {instead}"
    if conversation.making_public != asked:
        conversation.making_public = asked
        public = noting.line_made_public(workspace, row, destination, whose, instead)
        private = _("This stays private: the document does not print it.")
        shown = (public.head, *(f"  {line}" for line in public.lines), public.warning) if public else (private,)
        for line in filter(None, shown):
            conversation.talk.say(line)
        for at, (_name, words) in enumerate(texts, 1):
            conversation.talk.say(_("{number} puts it instead of: {text}").format(number=at, text=words))
        conversation.talk.say(_("The same line again enters it."))
        return
    conversation.making_public = ""
    noting.enter_line(workspace, row, destination, whose, instead)
    row = workspace.partnership.entries[row.id]
    conversation.keep(
        _("Entered: {place}.").format(
            place=noting.entered_words(workspace, row) or destination_label(workspace, destination)
        )
    )
    conversation.refresh()


def _whose(conversation: Conversation, row: Entry, behind: str) -> tuple[str, str]:
    """The partner a place is asked of, and what is left of the line: the one typed, else the one the line names."""
    workspace = conversation.workspace
    words = [piece for piece in behind.split() if not piece.isdigit()]
    left = " ".join(piece for piece in behind.split() if piece.isdigit())
    if words:
        return partner_of(workspace, " ".join(words), list(active(workspace.partnership))).id, left
    named = noting.partners_named(workspace, row.text("text", workspace.lang))
    if len(named) != 1:
        raise BadValue(_("Whose is it? Type the partner behind the letter: /enter 2 c and its name."))
    return named[0].id, left


def _instead(texts: list[tuple[str, str]], number: str) -> str:
    if not number:
        return ""
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= at <= len(texts):
        raise BadValue(_("No text of that number stands there: leave the number out for a new text."))
    return texts[at - 1][0]


def turn(conversation: Conversation, argument: str) -> None:
    """« 2 task »: line 2 becomes a decision, a task or a point. Raises BadValue for anything else."""
    number, _space, name = argument.strip().partition(" ")
    kind = next((kind for kind in KINDS if fold(name) in _NAMES[kind]), "")
    if not kind:
        raise BadValue(_("Type a number and what it becomes: /turn 2 decision, /turn 2 task or /turn 2 point."))
    noting.turn_into(conversation.workspace, _line(conversation, number), kind)
    conversation.keep()


def _decision(conversation: Conversation, number: str) -> Entry:
    rows = all_decisions(conversation.workspace.partnership)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= at <= len(rows):
        raise BadValue(_("“{text}” is no number of the register: /register reads it.").format(text=number[:40]))
    return rows[at - 1]


def replace(conversation: Conversation, argument: str) -> None:
    """« 2; 3; reason »: decision 3 takes the place of decision 2; « 2; reason » takes it back, again brings it back."""
    number, *behind = (piece.strip() for piece in argument.split(";"))
    row = _decision(conversation, number)
    if not in_force(row) and not behind:
        noting.put_in_force_again(conversation.workspace, row)
        conversation.keep(_("It is in force again."))
        return
    by = _decision(conversation, behind.pop(0)) if behind and behind[0].isdigit() else None
    if by is not None and by.id == row.id:
        raise BadValue(_("A decision does not replace itself: name another number of the register."))
    noting.replace_decision(conversation.workspace, row, by.id if by is not None else "", "; ".join(behind))
    conversation.keep(_("The register says so."))


def result(conversation: Conversation, argument: str) -> None:
    """« 2; carried »: the result of a decision as a person writes it, beside who was there and the rule."""
    number, _semicolon, text = argument.partition(";")
    row = _line(conversation, number.strip())
    if kind_of(row) != DECISION:
        raise BadValue(_("Only a decision has a result: /enter lists what the meeting noted."))
    meeting_edits.write_result(conversation.workspace, row, text)
    row = conversation.workspace.partnership.entries[row.id]
    for line in noting.decision_beside(conversation.workspace, row):
        conversation.talk.say(line)
    conversation.keep()


def proposed(conversation: Conversation, argument: str) -> None:
    """« 2; Marie »: who proposed line 2, which stays private; « 2 » takes it back."""
    number, _semicolon, text = argument.partition(";")
    row = _line(conversation, number.strip())
    noting.name_proposer(conversation.workspace, row, text.strip())
    conversation.keep(
        _("Saved; it stays private.") if text.strip() else _("Saved: nobody is said to have proposed it.")
    )


def next_call(conversation: Conversation, argument: str) -> None:
    """« 3; Clinique »: line 3 waits for the call with that partner; « 3 » brings it back; alone, read what waits."""
    workspace = conversation.workspace
    number, _semicolon, name = argument.partition(";")
    if not number.strip():
        _read_calls(conversation)
        return
    row = _line(conversation, number.strip())
    if kind_of(row) != POINT:
        raise BadValue(_("Only a point waits for a call: /turn 2 point makes one of line 2."))
    known = list(active(workspace.partnership))
    partner = partner_of(workspace, name.strip(), known) if name.strip() else None
    agenda_edits.keep_for_call(workspace, row, partner.id if partner is not None else "")
    if partner is not None:
        said = _("for the call with {name}").format(name=partner.short(workspace.lang))
        conversation.keep(row.text("text", workspace.lang) + ", " + said + ".")
    else:
        conversation.keep(_("Saved: it is for the table again."))


def _read_calls(conversation: Conversation) -> None:
    workspace, told = conversation.workspace, 0
    for partner in active(workspace.partnership):
        for row in points_for_call(workspace.partnership, partner.id):
            conversation.talk.say(partner.short(workspace.lang) + _(": ") + row.text("text", workspace.lang) + ".")
            told += 1
    if not told:
        conversation.talk.say(_("No point waits for a call."))


def agreed(conversation: Conversation, argument: str) -> None:
    """« 4 »: the sentences of section 4, by number; « 4 2 »: the meeting agrees to its second as it stands."""
    workspace = conversation.workspace
    label, _space, number = argument.strip().partition(" ")
    if not number:
        for at, (words, _where) in enumerate(_sentences(conversation, label), 1):
            conversation.talk.say(f"{at}. {words}")
        return
    noted = noting.agree_as_it_stands(workspace, sentence_of_section(conversation, argument))
    conversation.keep(
        _("Agreed as it stands; it stands among the decisions.") if noted else _("No longer noted as agreed.")
    )


def _sentences(conversation: Conversation, label: str) -> list[tuple[str, Origin]]:
    section = next((section for section in conversation.workspace.agreement.sections if section.label == label), None)
    if section is None:
        raise BadValue(_("Type the number of a section behind the command; /document reads them."))
    return [(words, where) for words, where in sentences(section) if words and where.entry and where.question]


def sentence_of_section(conversation: Conversation, text: str) -> Origin:
    """Return where « 4 2 », the second sentence of section 4, comes from. Raises BadValue where there is none."""
    label, _space, number = text.strip().partition(" ")
    found = _sentences(conversation, label)
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= at <= len(found):
        raise BadValue(
            _("This section has no sentence of that number: /agreed {label} reads them.").format(label=label)
        )
    return found[at - 1][1]


def register(conversation: Conversation, argument: str) -> None:
    """Read the register of decisions."""
    workspace = conversation.workspace
    if not all_decisions(workspace.partnership):
        raise BadValue(_("No decision was noted yet."))
    workspace.flush()
    past = conversation.store.history(workspace.partnership.id)
    day = current_moment()[:10]
    document = decision_register(workspace.guide, workspace.partnership, past, day, workspace.doc_lang)
    conversation.talk.say(to_text(document, wrap=None).rstrip("\n"))


ACTIONS = {
    "sort_line": enter,
    "turn_line": turn,
    "replace_decision": replace,
    "decision_result": result,
    "proposer": proposed,
    "for_call": next_call,
    "agree_as_it_stands": agreed,
    "register": register,
}
