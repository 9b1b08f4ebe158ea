"""The command `/due` of line mode: it says what is due by number, notes outcomes, writes a calendar or letters.

The letters are mails to partners whose answer or task is overdue; an outcome tells what came of a promise.
"""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.partnership.due import DueItem, grouped_by_time
from tui.partnership.field_kinds import BadValue
from tui.text.dates import format_date
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.due_dates import (
    LETTERS,
    DueList,
    calendar_sheet,
    due_in_workspace,
    due_list,
    follow_up_letters,
    group_title,
    note_outcome,
    outcome_choices,
)
from tui.workspace.kept_versions import versions_of
from tui.workspace.workspace import Workspace, current_moment

# Words that a person may type behind the command, folded (without accents and capitals).
_PRIVATE_CALENDAR = {"mon calendrier", "calendrier prive", "my calendar", "private calendar"}  # with private dates
_CALENDAR, _LETTERS = {"calendrier", "calendar", *_PRIVATE_CALENDAR}, {"lettres", "letters"}


def due(conversation: Conversation, argument: str) -> None:
    """Say what is due, write the calendar or the follow-up letters, or note the outcome of a line: « 2 tenu ».

    Raises BadValue if there is no such line or outcome.
    """
    workspace = conversation.workspace
    if fold(argument) in _CALENDAR | _LETTERS:
        _write(conversation, letters=fold(argument) in _LETTERS, private=fold(argument) in _PRIVATE_CALENDAR)
        return
    due_now = due_in_workspace(workspace, current_moment()[:10])
    if argument:
        number_text, _space, word = argument.partition(" ")
        due_item = _item_numbered(due_now, number_text)
        note_outcome(workspace, due_item, _outcome(workspace, due_item, word), due_now.day)
        conversation.keep(_("Saved: {line}").format(line=due_now.words(due_item, workspace.lang)))
        return
    if not due_now.items:
        conversation.talk.say(_("Nothing is due."))
    number = 0
    for group, items in grouped_by_time(due_now.items, due_now.day).items():
        conversation.talk.say(group_title(group, workspace.guide, workspace.lang))
        for due_item in items:
            number += 1
            date = format_date(due_item.date, workspace.lang) if due_item.date else ""
            words = " · ".join(filter(None, (date, due_now.words(due_item, workspace.lang))))
            conversation.talk.say(f"{number}  {words}")


def _write(conversation: Conversation, *, letters: bool, private: bool) -> None:
    """Write the follow-up letters, one a partner, or the calendar file, of public dates or with the private ones."""
    workspace, lang = conversation.workspace, conversation.workspace.doc_lang
    versions = versions_of(workspace, conversation.store)
    due_now = due_list(workspace.guide, workspace.partnership, current_moment()[:10], versions)
    files = list(follow_up_letters(due_now, lang, LETTERS[lang])) if letters else []
    if letters and not files:
        conversation.talk.say(_("No partner keeps us waiting: there is no letter to write."))
        return
    if not letters:
        files = [calendar_sheet([due_now if private else due_now.public], lang, workspace.title)]
    write_files(conversation, files)


def _item_numbered(due_now: DueList, number: str) -> DueItem:
    """Return the item of a number in the order of the groups, from 1. Raises BadValue if there is none."""
    items = [item for items in grouped_by_time(due_now.items, due_now.day).values() for item in items]
    at = list_number(number, len(items))
    if not at:
        raise BadValue(_("Give the number of a line of /due, then what came of it: /due 2 kept."))
    return items[at - 1]


def _outcome(workspace: Workspace, due_item: DueItem, word: str) -> str:
    """Return the code of the outcome that a word means; without a word, the first.

    Raises BadValue if the word means none, or if the outcome of this item is noted elsewhere.
    """
    choices = outcome_choices(workspace.guide, due_item, workspace.lang)
    if not choices:
        raise BadValue(_("What came of this line is answered at its question, not here."))
    if not word.strip():
        return choices[0][0]
    for code, _words in choices:
        if fold(word) in {fold(name) for name in (code, *workspace.guide.words_of("outcome", code))}:
            return code
    all_words = ", ".join(words for _code, words in choices)
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=word.strip(), choices=all_words))
