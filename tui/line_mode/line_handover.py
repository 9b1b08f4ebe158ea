"""The command `/handover` of line mode: it lists, says or writes the page for whoever takes over a seat.

A seat is the place of a partner's person in the partnership; the facilitating can be handed over as well.
"""

from __future__ import annotations

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import find, partners
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

# Words that a person may type behind the command, folded (without accents and capitals).
_FACILITATING = {"animation", "facilitating", "facilitation"}
_READS, _WRITES = {"lire", "read"}, {"ecrire", "write"}


def handover(conversation: Conversation, argument: str) -> None:
    """List the lines of a page by number; with numbers behind a colon, put those lines on the page or off, and say it.

    « 2 : 1, 3, 4 = … » is the page for the seat of partner 2, with lines 1 and 3 turned (on or off) and line 4 in other
    words; « animation » is the page for the facilitating; « 2 écrire » writes the page. Raises BadValue if no seat is
    named, or for an unknown partner or line.
    """
    seat, _colon, line_changes = argument.partition(":")
    numbers_text, _equals, new_words = line_changes.partition("=")
    turned_numbers = numbers_text.replace(",", " ").split()
    reworded_number = turned_numbers.pop() if new_words.strip() and turned_numbers else ""
    *words, last_word = seat.split() or [""]
    is_name = bool(find(conversation.workspace.partnership, seat.strip()))  # « Lire et Écrire » is a name
    reads, writes = (not is_name and fold(last_word) in verbs for verbs in (_READS, _WRITES))
    name = " ".join(words) if reads or writes else seat.strip()
    page = _page(conversation, name)
    for number in turned_numbers:
        page = page.toggled(line_numbered(page, number))
    if new_words.strip():
        page = page.reworded(line_numbered(page, reworded_number), new_words)
    workspace = conversation.workspace
    if writes:
        write_files(conversation, document_files(page_document(workspace, page)))
    elif reads or numbers_text.strip():
        conversation.talk.say(to_text(page_document(workspace, page), wrap=None).rstrip("\n"))
    else:
        for line in numbered_lines(workspace, page):
            conversation.talk.say(line)


def _page(conversation: Conversation, name: str) -> HandoverPage:
    """Return the page for the seat of the partner named, or for the facilitating. Raises BadValue without a name."""
    workspace = conversation.workspace
    if not name:
        raise BadValue(
            _("Hand over to whom? /handover 2 is a seat of partner 2, /handover facilitating the other page.")
        )
    all_partners = partners(workspace.partnership)
    is_facilitating = fold(name) in _FACILITATING and not find(workspace.partnership, name)
    partner = "" if is_facilitating else partner_of(workspace, name, all_partners).id
    versions = versions_of(workspace, conversation.store)
    return handover_page(workspace, partner, current_moment()[:10], versions)
