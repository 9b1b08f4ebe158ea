"""What `check` adds to the milestones: the agreement read over, the essential apart from the advice."""

from __future__ import annotations

from dataclasses import asdict

from tui.console import print_text
from tui.guide.types import Guide
from tui.project.review import ADVICE, ESSENTIAL, review
from tui.project.values import Project
from tui.words import _, language


def print_review(guide: Guide, project: Project) -> None:
    """Print each finding with its reason; nothing when there is none. It never changes the exit code."""
    found = review(guide, project, language())
    for level, head in ((ESSENTIAL, _("Essential")), (ADVICE, _("Advice"))):
        lines = [f"  – {one.words} {one.reason}" for one in found if one.level == level]
        if lines:
            print_text("\n".join([f"{head} · {len(lines)}", *lines]))


def review_data(guide: Guide, project: Project) -> list[dict[str, str]]:
    """The findings for `check --json`: id, level, words, reason, question, partner, entry, field."""
    return [asdict(one) for one in review(guide, project, language())]
