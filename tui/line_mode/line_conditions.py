"""The command `/condition` of line mode: it says the conditions of a yes, notes a new one, and settles one.

A partner may agree on a condition (« yes if … »). To settle a condition is to note what became of it; a partner whose
condition was set aside may have its view, the minority text, printed in the minutes.
"""

from __future__ import annotations

from tui.form.question_walk import subject_of
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_noted import sentence_of_section
from tui.partnership.conditions import MET, SET_ASIDE, WATCH, WITHDRAWN
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.partnership.values import Entry
from tui.text.conditional_words import read_condition
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.condition_edits import note_condition, settle_condition, write_minority_text
from tui.workspace.condition_words import condition_lines, dated_line, listed_conditions
from tui.workspace.typed_values import partner_of

_YES, _MINORITY = "yes", "minority"
# By the new state of a condition, the words that a person may type for it, folded (without accents and capitals).
_STATE_WORDS = {
    _YES: ("oui", "yes"),
    MET: ("remplie", "met"),
    WITHDRAWN: ("retiree", "withdrawn"),
    SET_ASIDE: ("ecartee", "ecarter", "set aside"),
    WATCH: ("a surveiller", "surveiller", "to watch", "watch"),
    "": ("attendue", "rouvrir", "open"),
    _MINORITY: ("minoritaire", "texte minoritaire", "minority", "minority text"),
}
_MOST_WORDS = 3  # that mean a state
_SECTION = "section "  # how a line begins that names a sentence: « section 4 2; … »


def conditions(conversation: Conversation, argument: str) -> None:
    """Say the conditions; « 2 met » settles the second; « Le Phare; yes if …; who; when » notes a new one.

    « section 4 2; Le Phare; yes if … » notes it on the second sentence of section 4.
    """
    number, _space, rest = argument.strip().partition(" ")
    if not argument.strip():
        _say_conditions(conversation)
    elif number.isascii() and number.isdigit():
        _settle(conversation, _condition_numbered(conversation, number), rest.strip())
    else:
        _note(conversation, argument.strip())


def _say_conditions(conversation: Conversation) -> None:
    """Say the conditions by number."""
    lines = list(condition_lines(conversation.workspace))
    for line in lines or [_("No condition is noted.")]:
        conversation.talk.say(line)


def _condition_numbered(conversation: Conversation, number: str) -> Entry:
    """Return the condition of a number in the list, from 1. Raises BadValue if there is none."""
    rows = listed_conditions(conversation.workspace.partnership)
    at = list_number(number, len(rows))
    if not at:
        raise BadValue(_("No condition has that number: /condition reads them."))
    return rows[at - 1]


def _settle(conversation: Conversation, row: Entry, text: str) -> None:
    """Note what became of a condition, as `text` says: words for a state, and a reason behind them.

    Raises BadValue if the text does not begin with such words.
    """
    workspace = conversation.workspace
    state, rest = _read_state(text)
    if state is None:
        raise BadValue(_("Type what became of it: met, yes, withdrawn, watch, open, or set aside and why."))
    if state == _MINORITY:
        write_minority_text(workspace, row, rest)
        conversation.keep(_("It stands in the minutes.") if rest else _("It stands in the minutes no more."))
        return
    settle_condition(workspace, row, MET if state == _YES else state, rest, says_yes=state == _YES)
    conversation.keep(_("Saved."))
    conversation.refresh()


def _read_state(text: str) -> tuple[str | None, str]:
    """Return (the state that the first words of a text mean, the rest of the text); (None, "") if they mean none.

    If more and fewer words mean a state, those of the most words are taken.
    """
    pieces = text.split()
    for length in range(min(_MOST_WORDS, len(pieces)), 0, -1):
        words = fold(" ".join(pieces[:length])).strip(":; ")
        for state, names in _STATE_WORDS.items():
            if words in names:
                return state, " ".join(pieces[length:]).lstrip(":; ")
    return None, ""


def _note(conversation: Conversation, text: str) -> None:
    """Note a condition of the partner named, else of the partner that the present question is asked of.

    Raises BadValue if there is no such partner.
    """
    workspace = conversation.workspace
    sentence_id = ""  # of the entry that the condition is about, "" for the whole text
    if fold(text).startswith(_SECTION):
        place, _semicolon, text = text.partition(";")
        sentence_id = sentence_of_section(conversation, place[len(_SECTION) :]).entry
    name, semicolon, rest = text.partition(";")
    partner = _partner_named(conversation, name.strip()) if semicolon else ""
    text = rest if partner else text
    if not partner and read_condition(text)[0]:  # it begins like a condition: « yes if … »
        partner = _asked_partner(conversation)
    if not partner:
        raise BadValue(_("Whose condition is it? Type the partner first: /condition Le Phare; yes if …; who; when."))
    row = note_condition(workspace, partner, text, point=sentence_id)
    conversation.keep(_("Saved, a condition: {words}").format(words=dated_line(workspace, row)) + ".")
    conversation.refresh()


def _partner_named(conversation: Conversation, text: str) -> str:
    """Return the id of the active partner that a text names, "" for none."""
    try:
        return partner_of(conversation.workspace, text, list(active(conversation.workspace.partnership))).id
    except BadValue:
        return ""


def _asked_partner(conversation: Conversation) -> str:
    """Return the id of the partner that the present question is asked of, "" for none or a pair."""
    subject = subject_of(conversation.spot)
    return subject[0] if len(subject) == 1 else ""


ACTIONS = {"condition": conditions}
