"""What stands in the way of an adoption: holes, answers missing or on other words, objections, ratifications.

A hole is an answer that the text lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.completion import answer_entry
from tui.partnership.conditions import CONDITIONS, open_conditions
from tui.partnership.milestones import AWAITED_RATIFICATION, LISTED_PARTNERS, Missing, awaited
from tui.partnership.partners import find_partner, join
from tui.partnership.positions import CONSENSUS, DISSENT, RESERVATION, UNSAID
from tui.partnership.values import Partnership
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_on
from tui.text.french_names import at_sentence_start
from tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way of an adoption."""

    words: str  # a sentence
    question: str  # the id of the question where it is put right
    partner: str = ""  # the id of the partner that the question is asked of, "" for none


def obstacles(workspace: Workspace) -> tuple[Obstacle, ...]:
    """Return all that stands in the way of adopting today's text, each said once; () when nothing does."""
    distinct = dict.fromkeys(
        (*_missing(workspace), *_positions(workspace), *_conditions(workspace), *_to_ratify(workspace))
    )
    return tuple(distinct)


def _missing(workspace: Workspace) -> Iterator[Obstacle]:
    """Yield what the text and its answers lack; where many partners lack the same, it is one obstacle for all."""
    groups: dict[tuple[str, ...], list[Missing]] = {}
    for missing in workspace.milestones.adoption:
        groups.setdefault(_group_key(workspace, missing), []).append(missing)
    for first, *others in groups.values():
        if first.partner and len(others) >= LISTED_PARTNERS:
            yield Obstacle(_grouped_words(workspace, (first, *others)), first.question, first.partner)
        else:
            for missing in (first, *others):
                yield Obstacle(_missing_words(workspace, missing), missing.question, missing.partner)


def _group_key(workspace: Workspace, missing: Missing) -> tuple[str, ...]:
    """Return a key that is the same for what several partners lack alike."""
    silence = "" if missing.hole or missing.reason == "discuss" else str(_is_silent(workspace, missing))
    return missing.question, missing.hole, missing.reason, silence, "each" if missing.partner else ""


def _is_silent(workspace: Workspace, missing: Missing) -> bool:
    """Return whether the partner has given no position on the whole text."""
    answer = workspace.public.answers.get((CONSENSUS, missing.partner))
    return answer is None or answer.level in UNSAID


def _grouped_words(workspace: Workspace, several: Sequence[Missing]) -> str:
    """Return one sentence for what several partners lack alike."""
    first, names = several[0], ", ".join(_name(workspace, missing.partner) for missing in several)
    if first.hole:
        what = hole_words(workspace.guide, workspace.partnership, workspace.lang, several)
        return _("Not agreed yet: {what}").format(what=what)
    if first.reason == "discuss":
        return f"{_missing_words(workspace, replace(first, partner=''))}, {names}"
    if _is_silent(workspace, first):
        return _("No answer yet: {names}.").format(names=names)
    return _("Answered on other words: {names}.").format(names=names)


def _missing_words(workspace: Workspace, missing: Missing) -> str:
    """Return the sentence of what is missing."""
    name = _name(workspace, missing.partner)
    if missing.hole:
        what = hole_words(workspace.guide, workspace.partnership, workspace.lang, (missing,))
        return _("Not agreed yet: {what}").format(what=what)
    if missing.reason == "discuss":
        short = workspace.guide.question(missing.question).short.get(workspace.lang)
        what = ", ".join(filter(None, (short, name if missing.partner else "")))
        return _("Still to be discussed: {what}").format(what=what)
    if _is_silent(workspace, missing):
        return _("{name} has not answered.").format(name=at_sentence_start(name))
    return _("{name} answered on other words.").format(name=at_sentence_start(name))


def hole_words(guide: Guide, partnership: Partnership, lang: str, several: Sequence[Missing]) -> str:
    """Return a hole in the text with its partners: « les engagements du Club et de l'École ».

    `several` are about the same hole.
    """
    label = next(rule.label.get(lang) for rule in guide.holes if rule.id == several[0].hole)
    hole_partners = [find_partner(partnership, missing.partner) for missing in several if missing.partner]
    unnamed, and_word = guide.word("an_organisation", lang), guide.word("and", lang)
    if lang == "fr":
        owners = (
            partner.french(guessed=True).of if partner is not None and partner.name(lang) else f"d'{unnamed}"
            for partner in hole_partners
        )
        return " ".join(filter(None, (label, join(owners, and_word))))
    owners = (partner.in_sentence(lang) if partner is not None else "" for partner in hole_partners)
    names = join([owner or unnamed for owner in owners], and_word)
    return f"{label} of {names}" if names else label


def _positions(workspace: Workspace) -> Iterator[Obstacle]:
    """Yield the positions on the whole text that stand in the way."""
    for (question, who), answer in workspace.public.answers.items():
        if question != CONSENSUS:
            continue
        name = at_sentence_start(_name(workspace, who))
        if answer.level in DISSENT:
            yield Obstacle(_("{name} disagrees with the text.").format(name=name), CONSENSUS, who)
        elif answer.level == RESERVATION and not answer.reopened:
            words = _("{name} has a reservation: settle it first, for the adopted text prints none.").format(name=name)
            yield Obstacle(words, CONSENSUS, who)
        if answer.exceptions:
            yield Obstacle(_("{name} objects to a sentence.").format(name=name), CONSENSUS, who)


def _conditions(workspace: Workspace) -> Iterator[Obstacle]:
    """Yield the partners whose yes has a condition that is open; the condition itself stays private."""
    for row in open_conditions(workspace.partnership):
        words = _("{name} has a condition that is not settled.").format(
            name=at_sentence_start(_name(workspace, row.subject[0]))
        )
        yield Obstacle(words, CONDITIONS, row.subject[0])


def _to_ratify(workspace: Workspace) -> Iterator[Obstacle]:
    """Yield the ratifications that are awaited."""
    for answer in awaited(workspace.partnership, workspace.public.answers, workspace.lang):
        if answer.kind != AWAITED_RATIFICATION:
            continue
        name = at_sentence_start(_name(workspace, answer.partner))
        date = format_on(answer.by, workspace.lang) if answer.by else ""
        body = ", ".join(filter(None, (body_in_sentence(answer.body, workspace.lang) or "?", date)))
        words = _("{name} must still have it ratified by {body}.").format(name=name, body=body)
        position = answer_entry(workspace.partnership, CONSENSUS, (answer.partner,))
        if position is None or position.get("leave") != "yes":
            words += " " + _("Without its permission the text does not say so.")
        yield Obstacle(words, CONSENSUS, answer.partner)


def _name(workspace: Workspace, partner_id: str) -> str:
    """Return the name of a partner as it stands within a sentence."""
    partner = find_partner(workspace.partnership, partner_id) if partner_id else None
    return (partner.in_sentence(workspace.lang) if partner is not None else "") or _("unnamed organization")
