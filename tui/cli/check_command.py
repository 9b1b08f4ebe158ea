"""The subcommand `check`: it prints what the meeting and the adoption still need, and the findings of the review.

A *milestone* is a goal (the meeting, the adoption) with the answers that it still lacks; the review lists what readers
may stumble over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from tui.agreement.compose import adoption
from tui.cli.invocation import DONE, NO, Invocation, print_json
from tui.console import print_line, print_text
from tui.guide.guide_types import Guide
from tui.i18n import _, language
from tui.partnership.due import LATE, group_of
from tui.partnership.milestones import Missing, dissent_count, group_alike, milestones
from tui.partnership.partners import find_partner
from tui.partnership.privacy import published
from tui.partnership.review import LEVELS, grouped, level_title, review
from tui.partnership.values import Partnership
from tui.partnership.versions import read_versions
from tui.workspace.adoption_obstacles import hole_words
from tui.workspace.due_dates import DueList, due_lines, due_list


def check(call: Invocation) -> int:
    """Print what each milestone still needs; return NO if something is missing, or differs from what was adopted."""
    partnership = call.store.load(call.partnership_id())
    public = published(call.guide, partnership)
    state = adoption(call.guide, public.view)
    progress = milestones(call.guide, partnership, public, adopted=bool(state), changed=state == "changed")
    missing = () if progress.adopted else (*progress.meeting, *progress.adoption)
    if call.args.json:
        print_json(
            {
                "next": progress.next,
                "text": state or "draft",
                "meeting": [_as_data(call.guide, partnership, item) for item in progress.meeting],
                "adoption": [_as_data(call.guide, partnership, item) for item in progress.adoption],
                "disagreements": [
                    {"partner": dissent.partner, "position": dissent.code} for dissent in progress.dissents
                ],
                "late": [item.id for item in _late(call, partnership).items],
                "review": review_data(call.guide, partnership),
            }
        )
    elif state == "changed":
        print_line(
            _("Adopted, and changed since: “entente compare {id} adopted” says where.").format(id=partnership.id)
        )
    elif progress.adopted:
        print_line(_("Adopted."))
    elif not missing:
        print_line(_("Nothing is missing: this agreement is ready to be adopted."))
    else:
        _print_missing(_("To be ready for the meeting, it lacks:"), call.guide, partnership, progress.meeting)
        _print_missing(_("To be ready to be adopted, it lacks:"), call.guide, partnership, progress.adoption)
    if not call.args.json:
        if count := dissent_count(call.guide, progress, language()):
            print_line(_("Standing: {count}.").format(count=count))
        _print_late(call, partnership)
        print_review(call.guide, partnership)
    return NO if missing or state == "changed" else DONE


def _late(call: Invocation, partnership: Partnership) -> DueList:
    """Return what is public and late today."""
    due_now = due_list(call.guide, partnership, call.day(), read_versions(call.store.versions(partnership.id))).public
    late = tuple(item for item in due_now.items if group_of(item.date, due_now.day) == LATE)
    return replace(due_now, items=late)


def _print_late(call: Invocation, partnership: Partnership) -> None:
    """Print what is late, if anything is."""
    late_now = _late(call, partnership)
    if late_now.items:
        print_text("\n".join(due_lines(late_now, language())))


def _print_missing(head: str, guide: Guide, partnership: Partnership, missing: Iterable[Missing]) -> None:
    """Print what is missing below its head; what several partners lack is one line."""
    lines = []
    for alike in group_alike(missing):  # the same thing that several partners lack
        names = ", ".join(_partner_name(partnership, item) for item in alike)
        is_hole = bool(alike[0].hole)  # a word that is missing in the document
        lines.append(
            hole_words(guide, partnership, language(), alike) if is_hole else _missing_words(guide, alike[0], names)
        )
    if lines:
        print_text("\n".join([head, *(f"  – {line}" for line in lines)]))


def _partner_name(partnership: Partnership, missing: Missing) -> str:
    """Return the name of the partner that lacks something, "" if it is no particular partner."""
    partner = find_partner(partnership, missing.partner) if missing.partner else None
    return partner.name(language()) if partner is not None else ""


def _missing_words(guide: Guide, missing: Missing, name: str) -> str:
    """Return what is missing in words; `name` names the partners that lack it, "" for none."""
    lang = language()
    question = guide.question(missing.question)
    if missing.reason == "hole":
        label = next(rule.label.get(lang) for rule in guide.holes if rule.id == missing.hole)
        return guide.word("hole_of", lang, hole=label, name=name) if name else label
    if missing.reason == "partners":
        return _("at least two partners")
    if missing.reason == "interested":
        return _("at least two partners who are interested")
    if missing.reason == "discuss":
        to_discuss = _("{question}: still to be discussed").format(question=question.short.get(lang))
        return ", ".join(filter(None, (to_discuss, name)))
    if missing.reason == "position":
        return _("the answer of {name} to this wording").format(name=name)
    return _("{question}: {name}").format(question=question.short.get(lang), name=name)


def _as_data(guide: Guide, partnership: Partnership, missing: Missing) -> dict[str, str]:
    """Return what is missing as JSON data."""
    return {
        "question": missing.question,
        "partner": missing.partner,
        "hole": missing.hole,
        "reason": missing.reason or "answer",
        "text": _missing_words(guide, missing, _partner_name(partnership, missing)),
    }


def print_review(guide: Guide, partnership: Partnership) -> None:
    """Print the findings of the review by level, each group with its reason. They do not change the exit code."""
    groups = grouped(review(guide, partnership, language()))
    for level in LEVELS:
        groups_of_level = [group for group in groups if group.level == level]
        if groups_of_level:
            print_line(f"{level_title(level)} · {sum(len(group.findings) for group in groups_of_level)}")
        for group in groups_of_level:
            print_text("\n".join([*(f"  – {finding.words}" for finding in group.findings), f"    {group.reason}"]))


def review_data(guide: Guide, partnership: Partnership) -> list[dict[str, str]]:
    """Return the findings for `check --json`: id, level, words, reason, question, partner, entry, field."""
    return [asdict(finding) for finding in review(guide, partnership, language())]
