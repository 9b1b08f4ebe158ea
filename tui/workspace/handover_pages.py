"""A handover page: lines of the record for whoever takes over a partner's seat or the facilitating, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tui.agreement.blocks import Agreement
from tui.agreement.handover_document import handover_document
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.answer_list import answer_list, without_private
from tui.partnership.field_kinds import BadValue
from tui.partnership.follow_up import language_of
from tui.partnership.handover import ADDED, FACILITATING, SEAT, HandoverLine, facilitator_lines, seat_lines
from tui.partnership.partners import find_partner
from tui.partnership.versions import Version
from tui.text.clean import one_line
from tui.text.list_numbers import list_number
from tui.workspace.due_dates import due_list
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """A handover page being made: lines can be put on it, taken off, reworded and added."""

    partner: str  # the id of the partner whose seat is taken over, "" for the facilitating
    name: str  # of that partner, "" for the facilitating
    day: str  # the ISO day of the page
    lang: str
    lines: tuple[HandoverLine, ...]  # all that the record offers
    shown_ids: frozenset[str]  # the ids of those that are on the page: at first all public ones and no private one

    @property
    def shown(self) -> tuple[HandoverLine, ...]:
        """The lines that are on the page."""
        return tuple(line for line in self.lines if line.id in self.shown_ids)

    @property
    def without_private(self) -> HandoverPage:
        """The same page without the private lines that are not on it."""
        return replace(self, lines=tuple(line for line in self.lines if not line.private or line.id in self.shown_ids))

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of its headings, in their order."""
        return SEAT if self.partner else FACILITATING

    def toggled(self, line_id: str) -> HandoverPage:
        """Return the page with a line (its id) put on it, or taken off. Raises BadValue for an unknown id."""
        if line_id not in {line.id for line in self.lines}:
            raise BadValue(_("“{name}” is no line of this page.").format(name=line_id))
        return replace(self, shown_ids=self.shown_ids ^ {line_id})

    def reworded(self, line_id: str, text: str) -> HandoverPage:
        """Return the page with other words for a line; the record does not change, and empty words change nothing.

        Raises BadValue for an unknown id.
        """
        if line_id not in {line.id for line in self.lines}:
            raise BadValue(_("“{name}” is no line of this page.").format(name=line_id))
        words = one_line(text).strip()
        lines = (replace(line, text=words) if words and line.id == line_id else line for line in self.lines)
        return replace(self, lines=tuple(lines))

    def with_words(self, text: str) -> HandoverPage:
        """Return the page with a new line at its end; an empty one changes nothing."""
        words = one_line(text).strip()
        if not words:
            return self
        number = sum(line.section == ADDED for line in self.lines) + 1
        line = HandoverLine(f"{ADDED}/{number}", ADDED, words)
        return replace(self, lines=(*self.lines, line), shown_ids=self.shown_ids | {line.id})


def handover_page(workspace: Workspace, partner: str, day: str, versions: Sequence[Version]) -> HandoverPage:
    """Return the page for whoever takes over a partner's seat (its id), or for "" the facilitating.

    It is in the language of the partner, else of the document. `versions` are the kept ones: what they have of a
    sending is not private.
    """
    guide, partnership, public = workspace.guide, workspace.partnership, workspace.public
    due = due_list(guide, partnership, day, versions)
    if partner:
        lang = language_of(partnership, partner, workspace.doc_lang)
        seat_partner = find_partner(partnership, partner)
        name = seat_partner.name(lang) if seat_partner is not None else ""
        lines = seat_lines(guide, partnership, public, due.public.items, partner, lang)
    else:
        lang, name = workspace.doc_lang, ""
        answers = without_private(answer_list(partnership, public.answers, day), versions)
        lines = facilitator_lines(guide, partnership, public, due.items, answers, lang)
    return HandoverPage(partner, name, day, lang, lines, frozenset(line.id for line in lines if not line.private))


def page_document(workspace: Workspace, page: HandoverPage) -> Agreement:
    """Return the page as a document, to be read, written and sent as any other."""
    name = (page.name or workspace.guide.word("an_organisation", page.lang)) if page.partner else ""
    return handover_document(workspace.guide, workspace.view, page.shown, page.sections, name, page.day, page.lang)


def heading(workspace: Workspace, section: str, lang: str) -> str:
    """Return the words of a heading (its id) in a language."""
    return workspace.guide.word(f"handover_head_{section}", lang)


def grouped(page: HandoverPage) -> Iterator[tuple[str, tuple[HandoverLine, ...]]]:
    """Yield (the id of a heading, all its lines, those not on the page too) for each heading that has lines."""
    for section in page.sections:
        lines = tuple(line for line in page.lines if line.section == section)
        if lines:
            yield section, lines


def numbered_lines(workspace: Workspace, page: HandoverPage) -> Iterator[str]:
    """Yield the headings, and each line with its number (from 1) and a mark that says whether it is on the page."""
    number = 0
    for section, lines in grouped(page):
        yield heading(workspace, section, workspace.lang)
        for line in lines:
            number += 1
            mark = "✓" if line.id in page.shown_ids else "–"
            yield f"{number}. {mark} {line.text}"


def line_numbered(page: HandoverPage, number: str) -> str:
    """Return the id of the line with a number of `numbered_lines`. Raises BadValue for none."""
    ordered = [line.id for _section, lines in grouped(page) for line in lines]
    at = list_number(number, len(ordered))
    if not at:
        raise BadValue(_("“{name}” is no line of this page.").format(name=number))
    return ordered[at - 1]


def page_data(page: HandoverPage) -> list[dict[str, Any]]:
    """Return every line that the record offers as JSON values; "kept" says whether it is on the page."""
    return [
        {
            "id": line.id,
            "section": line.section,
            "text": line.text,
            "entry": line.entry or None,
            "question": line.question or None,
            "private": line.private,
            "kept": line.id in page.shown_ids,
        }
        for line in page.lines
    ]
