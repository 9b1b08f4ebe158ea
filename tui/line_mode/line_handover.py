"""Handing over, line by line: the lines that the record offers by number, the page read out or written to files."""

from __future__ import annotations

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import partners
from tui.text.name_matching import fold
from tui.workspace.handover_pages import (
    HandoverPage,
    handover_page,
    line_numbered,
    numbered_lines,
    page_document,
)
from tui.workspace.kept_versions import versions_of
from tui.workspace.output_files import document_files
from tui.workspace.typed_values import partner_of
from tui.workspace.workspace import current_moment

_FACILITATING = {"animation", "facilitating", "facilitation"}
_READS, _WRITES = {"lire", "read"}, {"ecrire", "write"}


def handover(conversation: Conversation, argument: str) -> None:
    """List the lines of a page by number; with numbers behind a colon put lines on it or take them off, then read it.

    « 2 » or a name is the seat of a partner, « animation » the facilitating; « 4 = … » behind the colon says line 4
    in other words. Raises BadValue where nothing is meant.
    """
    whose, _colon, turned = argument.partition(":")
    turned, _equals, said = turned.partition("=")
    numbers = turned.replace(",", " ").split()
    worded = numbers.pop() if said.strip() and numbers else ""
    *words, last = whose.split() or [""]
    reads, writes = fold(last) in _READS, fold(last) in _WRITES
    name = " ".join(words) if reads or writes else whose.strip()
    page = _page(conversation, name)
    for number in numbers:
        page = page.turned(line_numbered(page, number))
    if said.strip():
        page = page.reworded(line_numbered(page, worded), said)
    workspace = conversation.workspace
    if writes:
        write_files(conversation, document_files(page_document(workspace, page)))
    elif reads or turned.strip():
        conversation.talk.say(to_text(page_document(workspace, page), wrap=None).rstrip("\n"))
    else:
        for line in numbered_lines(workspace, page):
            conversation.talk.say(line)


def _page(conversation: Conversation, name: str) -> HandoverPage:
    workspace = conversation.workspace
    if not name:
        raise BadValue(
            _("Hand over to whom? /handover 2 is a seat of partner 2, /handover facilitating the other page.")
        )
    known = partners(workspace.partnership)
    partner = "" if fold(name) in _FACILITATING else partner_of(workspace, name, known).id
    versions = versions_of(workspace, conversation.store)
    return handover_page(workspace, partner, current_moment()[:10], versions)
