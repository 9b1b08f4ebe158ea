"""What is read out on demand: help, the plan, what is missing, the document, and what became of a copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui import clipboard
from tui.desk.desk import Desk
from tui.desk.handed import Export, section_named, ways_home
from tui.desk.place import order
from tui.export.plain import section_to_text, to_text
from tui.plain.speaking import name_of, number_of
from tui.project.completion import ANSWERED, CONFIRM, DISCUSS, EMPTY, STARTED, VOID, progress
from tui.project.milestones import Missing
from tui.project.outline import arranged
from tui.project.review import ADVICE, ESSENTIAL, review
from tui.settings import Settings, copies_folder
from tui.words import N_, _

_STATES = {
    EMPTY: N_("no answer yet"),
    STARTED: N_("begun"),
    ANSWERED: N_("answered"),
    CONFIRM: N_("to confirm"),
    DISCUSS: N_("to discuss"),
    VOID: N_("not applicable"),
}


def help_lines(desk: Desk, name: str) -> Iterator[str]:
    """The help of a question, its example, and where it appears; nothing behind the last question."""
    if not name:
        return
    question = desk.guide.question(name)
    if question.help.get(desk.lang):
        yield question.help.get(desk.lang)
    if question.example.get(desk.lang):
        yield _("Example: {text}").format(text=question.example.get(desk.lang))
    places = arranged(desk.guide, desk.project).appears(question, desk.lang)
    if places:
        yield _("Appears in {places}.").format(places=places)
    elif not question.private:
        yield _("Does not appear in the document.")


def numbered(desk: Desk, name: str) -> str:
    """A question in a few words behind its number."""
    return f"{number_of(desk, name)}. {desk.guide.question(name).short.get(desk.lang)}"


def plan_lines(desk: Desk) -> Iterator[str]:
    """The sub-steps, and each question with its state in words."""
    for step in desk.guide.walked:
        yield step.short.get(desk.lang)
        for question in step.questions:
            found = progress(desk.project, question)
            said = _(_STATES[found.state])
            if found.total and found.state in (STARTED, ANSWERED):
                said = _("{done} of {total}").format(done=found.done, total=found.total)
            yield f"{numbered(desk, question.id)}, {said}"


def missing_lines(desk: Desk) -> Iterator[str]:
    """What the next milestone still needs, each with the number of its question."""
    found = desk.milestones
    if found.next == "adopted":
        yield _("Adopted.")
    elif not found.missing:
        yield _("Nothing is missing: this agreement is ready to be adopted.")
    else:
        meeting = found.next == "meeting"
        yield _("To be ready for the meeting, it lacks:") if meeting else _("To be ready to be adopted, it lacks:")
        yield from dict.fromkeys(_lacking(desk, one) for one in found.missing)


def _lacking(desk: Desk, one: Missing) -> str:
    name = name_of(desk, one.partner) if one.partner else ""
    if one.reason == "partners":
        what = _("at least two partners")
    elif one.reason == "interested":
        what = _("at least two partners who are interested")
    elif one.hole:
        label = next(rule.label.get(desk.lang) for rule in desk.guide.holes if rule.id == one.hole)
        what = desk.guide.word("hole_of", desk.lang, hole=label, name=name) if name else label
    else:
        behind = _(_STATES[DISCUSS]) if one.reason == "discuss" else name
        what = ", ".join(filter(None, (desk.guide.question(one.question).short.get(desk.lang), behind)))
    return _("{what} (question {number})").format(what=what, number=number_of(desk, one.question))


def review_lines(desk: Desk) -> Iterator[str]:
    """What would trip the partners, the essential first, each with its reason and the number of its question."""
    found = review(desk.guide, desk.project, desk.lang)
    if not found:
        yield _("Nothing would trip the partners.")
    walk = order(desk.guide)
    for level, head in ((ESSENTIAL, _("Essential")), (ADVICE, _("Advice"))):
        of_level = [one for one in found if one.level == level]
        if of_level:
            yield head + _(": ").rstrip()
        for one in of_level:
            behind = _("Question {number}.").format(number=walk.index(one.question) + 1) if one.question in walk else ""
            yield " ".join(filter(None, (one.words, one.reason, behind)))


def document_text(desk: Desk, wanted: str) -> str:
    """The document as text, or the one section meant by a number or some letters. BadValue when it is not there."""
    agreement = desk.agreement
    return section_to_text(section_named(agreement, wanted), agreement) if wanted else to_text(agreement, wrap=None)


def copied(desk: Desk, wanted: str, root: Path, settings: Settings) -> Iterator[str]:
    """Copy the document, or a section of it, to the person's clipboard; what is known of it, in words.

    Where nothing proves the copy, the lines to type on one's own computer follow. BadValue for an unknown section.
    """
    text = document_text(desk, wanted)
    found = clipboard.gather(os.environ)
    with clipboard.terminal() as write:
        outcome = clipboard.copy(
            text,
            facts=found,
            folder=copies_folder(os.environ, settings),
            name=f"entente-{desk.project.id}.txt",
            write=write,
            route=settings.clipboard,
        )
    yield clipboard.message(outcome)
    if outcome.kind == "verified" or outcome.path is None:
        return
    if outcome.reason:
        yield outcome.reason
    yield _("To fetch it, on your own computer:")
    yield from ways_home(outcome.path, found, None if wanted else Export(desk.project.id, root), settings.host)
