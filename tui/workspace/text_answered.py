"""Which text an answer was given on: the draft that the partner was sent, or today's text, read together."""

from __future__ import annotations

from collections.abc import Iterable

from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.meetings import meeting_open_at, present_ids
from tui.partnership.partners import active
from tui.partnership.positions import PositionStatus
from tui.partnership.versions import last_sent_to
from tui.workspace.workspace import Workspace, current_moment

DRAFT, TODAY = "1", "2"  # the keys of the two texts


def answered_on_other_words(workspace: Workspace, question: str, partners: Iterable[str]) -> tuple[str, ...]:
    """Return those of `partners` (ids) that answered on the words of a draft they were sent, and not on today's."""
    answers = workspace.public.answers
    return tuple(
        partner for partner in partners if _is_on_other_words(workspace, answers.get((question, partner)), partner)
    )


def _is_on_other_words(workspace: Workspace, answer: PositionStatus | None, partner: str) -> bool:
    """Return whether an answer of a partner that was sent a draft was given on other words than today's."""
    if answer is None or last_sent_to(workspace.partnership, partner) is None:
        return False
    return answer.reopened or answer.is_from_earlier_text


def text_choices(workspace: Workspace, partners: Iterable[str]) -> list[tuple[str, str]]:
    """Return the two texts to choose from, as (key, words): the draft that these partners were sent, and today's."""
    rows = list(filter(None, (last_sent_to(workspace.partnership, partner) for partner in partners)))
    numbers = {str(row.get("number", "")) for row in rows} - {""}
    other = _("the adopted text") if any(row.get("version") for row in rows) else _("the text of its form")
    draft = _("draft {number}").format(number=", ".join(sorted(numbers))) if numbers else other
    return [(DRAFT, draft), (TODAY, _("today's text, read together"))]


def note_given_on_today(workspace: Workspace, question: str, partners: Iterable[str]) -> None:
    """Note that the answers of these partners were given on today's text."""
    points = workspace.public.points
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        for partner in partners:
            workspace.set(single_entry(workspace.partnership, question, (partner,)), "seen", dict(points))
    workspace.edits.end_typing()


def partners_present(workspace: Workspace) -> frozenset[str]:
    """Return the ids of the active partners present at the running meeting, themselves or by one of their people."""
    meeting = meeting_open_at(workspace.partnership, current_moment())
    present = present_ids(workspace.partnership, meeting.id) if meeting is not None else frozenset()
    return frozenset(partner.id for partner in active(workspace.partnership) if partner.id in present)
