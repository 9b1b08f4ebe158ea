"""What is derived from a partnership is worked out once: a typed letter recomputes only what depends on its cell."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.workspace.in_memory import Memory
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import Question
from tui.partnership import completion, holes, positions, privacy
from tui.partnership.completion import Progress
from tui.partnership.review import review
from tui.partnership.translation import pairs
from tui.partnership.values import Change, Entry, HistoryEntry, Partnership
from tui.workspace import meeting_edits
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

GUIDE = load_guide()
VISION = "gather.vision"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a question is counted and an entry is fingerprinted, by its id."""
    found: Counter[str] = Counter()
    progress, fingerprint, is_void = completion.progress, positions.fingerprint, completion.is_void_for_all

    def counting(partnership: Partnership, question: Question) -> Progress:
        found[f"progress of {question.id}"] += 1
        return progress(partnership, question)

    def voiding(partnership: Partnership, question: Question) -> bool:
        found[f"progress of {question.id}"] += 1
        return is_void(partnership, question)

    def printing(entry: Entry, gone: tuple[str, ...] = ()) -> str:
        found[f"fingerprint of {entry.id}"] += 1
        return fingerprint(entry, gone)

    monkeypatch.setattr(completion, "progress", counting)
    monkeypatch.setattr(holes, "is_void_for_all", voiding)
    monkeypatch.setattr(positions, "fingerprint", printing)
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_letter_asks_again_for_nothing_but_its_own_question(number: int, counted: Counter[str]) -> None:
    partnership = next(one.partnership for one in samples() if one.number == number)
    workspace = Workspace(GUIDE, partnership, Memory())

    def look() -> None:
        """All that the screen shows around the text."""
        _ = workspace.agreement, workspace.milestones, workspace.public.holes, workspace.form_context.public.answers
        for question in GUIDE.by_id.values():
            workspace.progress(question)

    look()
    assert counted[f"progress of {VISION}"] and counted["progress of commit.consensus"]
    counted.clear()
    workspace.edit([Change(VISION, VISION, "vision@fr", "Une porte ouverte")])
    look()
    look()
    assert {name for name in counted if VISION not in name} == set()
    assert counted[f"fingerprint of {VISION}"] == 1
    assert counted[f"progress of {VISION}"] <= 4, "the partnership, its public view, and a hole for vision and goal"


class NoHistory:
    """A store in which nothing was changed yet."""

    def history(self, _partnership_id: str, /) -> list[HistoryEntry]:
        return []


def test_what_reads_the_public_view_of_an_open_partnership_takes_the_kept_one(monkeypatch: pytest.MonkeyPatch) -> None:
    partnership = next(one.partnership for one in samples() if one.number == 4)
    workspace = Workspace(GUIDE, partnership, Memory())
    meeting = meeting_edits.open_meeting(workspace)
    partnership = workspace.partnership
    anew = pairs(GUIDE, partnership), review(GUIDE, partnership, "fr")
    _ = workspace.public
    monkeypatch.setattr(privacy, "PublicView", None)  # nobody makes another one
    assert (pairs(GUIDE, partnership, workspace.view), review(GUIDE, partnership, "fr", workspace.public)) == anew
    assert meeting_edits.composed_minutes(workspace, NoHistory(), meeting).sections
