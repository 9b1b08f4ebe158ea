"""The answers still awaited: who is to answer by when, and what is to be ratified by whom."""

from __future__ import annotations

from collections.abc import Mapping

from tui.project.completion import answer_entry
from tui.project.partners import active
from tui.project.positions import CONSENSUS, UNSAID, heard
from tui.project.sending import last_sent_to
from tui.project.values import Project
from tui.quick import dataclass

ANSWER, CONFIRM, RATIFY = "answer", "confirm", "ratify"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited of a partner: an answer, the confirmation of one on changed words, or a ratification.

    `by` is an ISO date or ""; `number` the draft it was sent (0: none); `body` who is to ratify; `changed` how many
    sentences differ from those it answered on.
    """

    kind: str
    partner: str
    by: str = ""
    number: int = 0
    body: str = ""
    changed: int = 0


def awaited(project: Project, now: Mapping[str, str], lang: str) -> tuple[Awaited, ...]:
    """All that is awaited, the earliest date first and what has none last; `now` are the points of the public view."""
    answers = heard(project, now)
    found = []
    for one in active(project):
        position = answer_entry(project, CONSENSUS, (one.id,))
        sent = last_sent_to(project, one.id)
        by = str(sent.get("answer_by", "")) if sent is not None else ""
        number = sent.get("number", 0) if sent is not None else 0
        answer = answers.get((CONSENSUS, one.id))
        if position is None or answer is None or answer.level in UNSAID:
            found.append(Awaited(ANSWER, one.id, by, number))
            continue
        if answer.reopened:
            found.append(Awaited(CONFIRM, one.id, by, number, changed=len(answer.changed)))
        body, on = position.text("ratify_by", lang), str(position.get("ratify_on", ""))
        if (body or on) and not (position.text("resolution", lang) or position.get("ratified_on")):
            found.append(Awaited(RATIFY, one.id, on, body=body))
    return tuple(sorted(found, key=lambda one: (not one.by, one.by)))
