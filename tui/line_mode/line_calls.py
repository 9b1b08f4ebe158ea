"""Calls, line by line: the page before one, a call noted, what is next, its mail; when each was last reached."""

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
from tui.workspace.call_log import CallFacts, call_meant, log_call, set_next_step
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
from tui.workspace.read_back import read_back, read_back_file
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import current_moment

_NEXT, _MAIL, _ALL = ("suite", "next"), ("courriel", "mail", "relecture"), ("tous", "toutes", "all")


def call(conversation: Conversation, argument: str) -> None:
    """Read the page before a call with the partner last spoken of, note one, say what is next, write its mail.

    Raises BadValue where no partner was spoken of yet, and for what is none of these.
    """
    word, _space, behind = argument.strip().partition(" ")
    said = fold(word.rstrip(";"))
    if said in _ALL:
        _list(conversation)
        return
    partner = _partner(conversation)
    if not said:
        workspace, day = conversation.workspace, current_moment()[:10]
        for line in sheet_lines(workspace, sheet_of(workspace, partner, day), day):
            conversation.talk.say(line)
    elif said in _NEXT:
        _next(conversation, partner, behind)
    elif said in _MAIL:
        _mail(conversation, partner)
    else:
        _note(conversation, partner, argument)


def _partner(conversation: Conversation) -> str:
    partner = find_partner(conversation.workspace.partnership, conversation.partner)
    if partner is None or partner.entry.removed:
        raise BadValue(_("A call with whom? Open a partner first: /go 1, then its number."))
    return partner.id


def _note(conversation: Conversation, partner: str, argument: str) -> None:
    """Note « what came of it; with whom », then say what was to be done and is still open."""
    workspace = conversation.workspace
    outcome, _semicolon, other = (piece.strip() for piece in argument.partition(";"))
    code, they_called = call_meant(workspace.guide, outcome, workspace.lang)
    me = conversation.store.author.name
    names = (other, me) if they_called else (me, other)
    log_call(workspace, partner, CallFacts(current_moment()[:10], code, *names))
    conversation.keep(_("Saved: the call is noted.") if code != SPOKE else _("Saved: the call is noted; /note writes."))
    for row in open_steps(workspace.partnership, partner):
        conversation.talk.say(_("Still to be done, in /due: {step}").format(step=step_words(row, workspace.lang)))


def _next(conversation: Conversation, partner: str, text: str) -> None:
    workspace = conversation.workspace
    calls = calls_of(workspace.partnership, partner, workspace.lang)
    row = next((call.entry for call in calls if call.entry), "")
    if not row:
        raise BadValue(_("No call with this partner was noted yet: /call spoke notes one."))
    set_next_step(workspace, workspace.partnership.entries[row], text)
    conversation.keep(_("Saved: it stands in /due."))


def _mail(conversation: Conversation, partner: str) -> None:
    mail = read_back(conversation.workspace, partner, sender_of(conversation.settings))
    for line in mail.letter.body.splitlines():
        if line.strip():
            conversation.talk.say(line)
    write_files(conversation, [read_back_file(conversation.workspace, mail)])


def _list(conversation: Conversation) -> None:
    """When each partner of all partnerships was last reached, the longest ago first."""
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
