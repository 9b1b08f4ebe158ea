"""The command `/call` of line mode: it says what to know before a call, notes the call and its next step, and its mail.

The mail reads back to the partner what was noted in calls, so that the partner can correct it.
"""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.partnership.call_sheet import open_steps
from tui.partnership.calls import SPOKE, calls_of
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find_partner
from tui.store.store_errors import StoreError
from tui.text.name_matching import fold
from tui.workspace.call_log import CallFacts, log_call, read_outcome, set_next_step
from tui.workspace.call_words import (
    ContactLine,
    contact_line_words,
    contact_list,
    contact_words,
    longest_first,
    sheet_lines,
    sheet_of,
    step_words,
)
from tui.workspace.read_back import read_back_file, read_back_mail
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import current_moment

# Words that a person may type behind the command, folded (without accents and capitals).
_NEXT, _MAIL, _ALL = ("suite", "next"), ("courriel", "mail", "relecture"), ("tous", "toutes", "all")


def call(conversation: Conversation, argument: str) -> None:
    """Read out the page before a call with the partner spoken of last; or note a call, its next step, write its mail.

    « tous » lists when each partner was last reached. Raises BadValue if no partner was spoken of yet.
    """
    word, _space, rest = argument.strip().partition(" ")
    action = fold(word.rstrip(";"))
    if action in _ALL:
        _say_contacts(conversation)
        return
    partner = _partner(conversation)
    if not action:
        workspace, day = conversation.workspace, current_moment()[:10]
        for line in sheet_lines(workspace, sheet_of(workspace, partner, day), day):
            conversation.talk.say(line)
    elif action in _NEXT:
        _note_next_step(conversation, partner, rest)
    elif action in _MAIL:
        _write_mail(conversation, partner)
    else:
        _note_call(conversation, partner, argument)


def _partner(conversation: Conversation) -> str:
    """Return the id of the partner spoken of last. Raises BadValue if there is none."""
    partner = find_partner(conversation.workspace.partnership, conversation.partner)
    if partner is None or partner.entry.removed:
        raise BadValue(_("A call with whom? Open a partner first: /go 1, then its number."))
    return partner.id


def _note_call(conversation: Conversation, partner: str, argument: str) -> None:
    """Note a call as « outcome; with whom », then say which next steps are still open."""
    workspace = conversation.workspace
    outcome, _semicolon, their_person = (piece.strip() for piece in argument.partition(";"))
    code, they_called = read_outcome(workspace.guide, outcome, workspace.lang)
    user = conversation.store.author.name
    caller, person_called = (their_person, user) if they_called else (user, their_person)
    log_call(workspace, partner, CallFacts(current_moment()[:10], code, caller, person_called))
    conversation.keep(_("Saved: the call is noted.") if code != SPOKE else _("Saved: the call is noted; /note writes."))
    for row in open_steps(workspace.partnership, partner):
        conversation.talk.say(_("Still to be done, in /due: {step}").format(step=step_words(row, workspace.lang)))


def _note_next_step(conversation: Conversation, partner: str, text: str) -> None:
    """Note what is to be done after the last call. Raises BadValue if no call was noted."""
    workspace = conversation.workspace
    calls = calls_of(workspace.partnership, partner, workspace.lang)  # the last call first
    row_id = next((call.entry for call in calls if call.entry), "")
    if not row_id:
        raise BadValue(_("No call with this partner was noted yet: /call spoke notes one."))
    set_next_step(workspace, workspace.partnership.entries[row_id], text)
    conversation.keep(_("Saved: it stands in /due."))


def _write_mail(conversation: Conversation, partner: str) -> None:
    """Read out and write the mail that reads back to a partner what was noted in calls."""
    mail = read_back_mail(conversation.workspace, partner, sender_of(conversation.settings))
    for line in mail.letter.body.splitlines():
        if line.strip():
            conversation.talk.say(line)
    write_files(conversation, [read_back_file(conversation.workspace, mail)])


def _say_contacts(conversation: Conversation) -> None:
    """Say when each partner of all partnerships was last reached, the longest ago first."""
    lang, day = conversation.workspace.lang, current_moment()[:10]
    lines: list[ContactLine] = []
    for summary in conversation.store.list():
        if summary.trial:
            continue
        try:
            partnership = conversation.store.load(summary.id)
        except StoreError:
            continue  # `entente list` says why it cannot be read
        lines += contact_list(partnership, summary.title(lang) or summary.id, day, lang)
    for line in longest_first(lines, day):
        words = contact_line_words(line, day, lang, titled=True)
        conversation.talk.say(_(": ").join((words, contact_words(line.contact, day, lang))))
    if not lines:
        conversation.talk.say(_("No call and no other contact was noted yet."))
