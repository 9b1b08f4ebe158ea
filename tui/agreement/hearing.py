"""What the agreement may say of the partners' answers: which words they were given on, and how many there are."""

from __future__ import annotations

from tui.agreement.voice import Voice
from tui.project.positions import Heard, heard
from tui.project.wording import points


def standings(voice: Voice) -> Heard:
    """Each partner's answers, by question and partner; worked out of the public view where nothing better is known."""
    if voice.heard is not None:
        return voice.heard
    return heard(voice.view, points(voice.guide, voice.view))


def answers_to(voice: Voice, questions: frozenset[str]) -> object:
    """All that may be printed of the answers to some questions, to be compared with a later one."""
    counts = {name: count for name, count in voice.view.tallies.items() if name in questions}
    return counts, [one for (asked, _partner), one in standings(voice).items() if asked in questions]
