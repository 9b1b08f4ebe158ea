"""What line mode says: questions, answers, rows, help, the plan, the document, in lines to be read aloud."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui import clipboard
from tui.export.plain_text import section_to_text, to_text
from tui.guide.guide_types import Field, Part, Question
from tui.i18n import N_, _, ngettext
from tui.line_mode.orders import spoken
from tui.line_mode.spots import NOWHERE, PAIRS, ROSTER, Prompt, Spot, Walk, subject_of
from tui.line_mode.typed_values import options
from tui.partnership.completion import (
    ANSWERED,
    CONFIRM,
    DISCUSS,
    EMPTY,
    STARTED,
    VOID,
    answer_entry,
    progress,
    single_entry,
)
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.milestones import Missing, dissent_count
from tui.partnership.partners import WHO, active, givers, partner, partners, people, rows_of
from tui.partnership.review import ADVICE, ESSENTIAL, review
from tui.partnership.section_order import arranged
from tui.partnership.values import Entry
from tui.settings import Settings, copies_folder
from tui.workspace.guide_texts import example_of, explained, help_of, private_notice
from tui.workspace.output_files import Export, fetch_commands, section_named
from tui.workspace.place import order
from tui.workspace.workspace import Workspace

_STATES = {
    EMPTY: N_("no answer yet"),
    STARTED: N_("begun"),
    ANSWERED: N_("answered"),
    CONFIRM: N_("to confirm"),
    DISCUSS: N_("to discuss"),
    VOID: N_("not applicable"),
}


def help_lines(workspace: Workspace, name: str) -> Iterator[str]:
    """The help of a question, its example, and where it appears; nothing behind the last question."""
    if not name:
        return
    question = workspace.guide.question(name)
    if question.help.get(workspace.lang):
        yield help_of(workspace, question, spoken)
    if question.example.get(workspace.lang):
        yield _("Example: {text}").format(text=example_of(workspace, question, spoken))
    for field in (field for part in question.parts for field in part.fields if not field.hidden):
        meanings = list(explained(workspace, field))
        if meanings:
            yield field.label.get(workspace.lang) + _(": ").rstrip()
            yield from meanings
    if question.private:
        yield private_notice(workspace, question)
    places = arranged(workspace.guide, workspace.partnership).appears(question, workspace.lang)
    if places:
        yield _("Appears in {places}.").format(places=places)
    elif not question.private:
        yield _("Does not appear in the document.")


def numbered(workspace: Workspace, name: str) -> str:
    """A question in a few words behind its number."""
    return f"{number_of(workspace, name)}. {workspace.guide.question(name).short.get(workspace.lang)}"


def plan_lines(workspace: Workspace) -> Iterator[str]:
    """The sub-steps, and each question with its state in words."""
    for step in workspace.guide.walked:
        yield step.short.get(workspace.lang)
        for question in step.questions:
            found = progress(workspace.partnership, question)
            said = _(_STATES[found.state])
            if found.total and found.state in (STARTED, ANSWERED):
                said = _("{done} of {total}").format(done=found.done, total=found.total)
            yield f"{numbered(workspace, question.id)}, {said}"


def missing_lines(workspace: Workspace) -> Iterator[str]:
    """What the next milestone still needs, each with the number of its question."""
    found = workspace.milestones
    if found.next == "adopted":
        yield _("Adopted.")
    elif not found.missing:
        yield _("Nothing is missing: this agreement is ready to be adopted.")
    else:
        meeting = found.next == "meeting"
        yield _("To be ready for the meeting, it lacks:") if meeting else _("To be ready to be adopted, it lacks:")
        yield from dict.fromkeys(_lacking(workspace, one) for one in found.missing)
    if count := dissent_count(workspace.guide, found, workspace.lang):
        yield _("Standing: {count}.").format(count=count)


def _lacking(workspace: Workspace, one: Missing) -> str:
    name = name_of(workspace, one.partner) if one.partner else ""
    if one.reason == "partners":
        what = _("at least two partners")
    elif one.reason == "interested":
        what = _("at least two partners who are interested")
    elif one.hole:
        label = next(rule.label.get(workspace.lang) for rule in workspace.guide.holes if rule.id == one.hole)
        what = workspace.guide.word("hole_of", workspace.lang, hole=label, name=name) if name else label
    else:
        behind = _(_STATES[DISCUSS]) if one.reason == "discuss" else name
        what = ", ".join(filter(None, (workspace.guide.question(one.question).short.get(workspace.lang), behind)))
    return _("{what} (question {number})").format(what=what, number=number_of(workspace, one.question))


def review_lines(workspace: Workspace) -> Iterator[str]:
    """What would trip the partners, the essential first, each with its reason and the number of its question."""
    found = review(workspace.guide, workspace.partnership, workspace.lang)
    if not found:
        yield _("Nothing would trip the partners.")
    walk = order(workspace.guide)
    for level, head in ((ESSENTIAL, _("Essential")), (ADVICE, _("Advice"))):
        of_level = [one for one in found if one.level == level]
        if of_level:
            yield head + _(": ").rstrip()
        for one in of_level:
            behind = _("Question {number}.").format(number=walk.index(one.question) + 1) if one.question in walk else ""
            yield " ".join(filter(None, (one.words, one.reason, behind)))


def document_text(workspace: Workspace, wanted: str) -> str:
    """The document as text, or the one section meant by a number or some letters. BadValue when it is not there."""
    agreement = workspace.agreement
    return section_to_text(section_named(agreement, wanted), agreement) if wanted else to_text(agreement, wrap=None)


def copied(workspace: Workspace, wanted: str, root: Path, settings: Settings) -> Iterator[str]:
    """Copy the document, or a section of it, to the person's clipboard; what is known of it, in words.

    Where nothing proves the copy, the lines to type on one's own computer follow. BadValue for an unknown section.
    """
    text = document_text(workspace, wanted)
    found = clipboard.gather(os.environ)
    with clipboard.terminal() as write:
        outcome = clipboard.copy(
            text,
            facts=found,
            folder=copies_folder(os.environ, settings),
            name=f"entente-{workspace.partnership.id}.txt",
            write=write,
            route=settings.clipboard,
        )
    yield clipboard.message(outcome)
    if outcome.kind == "verified" or outcome.path is None:
        return
    if outcome.reason:
        yield outcome.reason
    yield _("To fetch it, on your own computer:")
    yield from fetch_commands(
        outcome.path, found, None if wanted else Export(workspace.partnership.id, root), settings.host
    )


def name_of(workspace: Workspace, partner_id: str) -> str:
    """A partner's name, or words for one that has none."""
    one = partner(workspace.partnership, partner_id)
    return (one.name(workspace.lang) if one is not None else "") or _("unnamed organisation")


def number_of(workspace: Workspace, question: str) -> int:
    """The number a question is called by: its place in the walk, from 1."""
    return order(workspace.guide).index(question) + 1


def head(workspace: Workspace, spot: Spot) -> Iterator[str]:
    """The question with its number, whom it is asked of, that it is private, how it was marked."""
    question = workspace.guide.question(spot.question)
    count = len(order(workspace.guide, extra=False))
    number, text = number_of(workspace, question.id), question.text.get(workspace.lang)
    if number <= count:
        yield _("Question {number} of {count}. {text}").format(number=number, count=count, text=text)
    else:
        yield _("Question {number}, optional. {text}").format(number=number, text=text)
    if question.private:
        yield _("Private: never appears in the document; readable by those who have access to this folder.")
    yield from _whose(workspace, spot)
    yield from facts(workspace, question, spot)
    state = _state_entry(workspace, spot).state
    if state:
        yield _("Marked: {state}.").format(state=workspace.guide.choice("state", state, workspace.lang))


def _whose(workspace: Workspace, spot: Spot) -> Iterator[str]:
    subject = subject_of(spot)
    if len(subject) == 2:
        one_name, other_name = _both(workspace, subject)
        yield _("Of two partners: {one}, and {other}.").format(one=one_name, other=other_name)
    elif subject:
        known = [one.id for one in (partners if spot.question == WHO else active)(workspace.partnership)]
        one = partner(workspace.partnership, subject[0])
        yield _("Partner {number} of {count}: {name}, {status}.").format(
            number=known.index(subject[0]) + 1 if subject[0] in known else "–",
            count=len(known),
            name=name_of(workspace, subject[0]),
            status=workspace.guide.choice("status", one.status if one else "", workspace.lang),
        )


def _both(workspace: Workspace, subject: tuple[str, ...]) -> list[str]:
    """The names of a pair, in the order of the list of partners (ids sort by chance)."""
    known = [one.id for one in partners(workspace.partnership)]
    listed = sorted(subject, key=lambda name: known.index(name) if name in known else len(known))
    return [name_of(workspace, name) for name in listed]


def _state_entry(workspace: Workspace, spot: Spot) -> Entry:
    return single_entry(workspace.partnership, spot.question, subject_of(spot)) if spot.stop != ROSTER else NOWHERE


def facts(workspace: Workspace, question: Question, spot: Spot) -> Iterator[str]:
    """What is already known and bears on the question, so that nothing is typed twice."""
    if question.id == "open.how_many":
        count = len(active(workspace.partnership))
        yield ngettext("{n} organisation entered.", "{n} organisations entered.", count).format(n=count)
        count = sum(len(people(workspace.partnership, one.id)) for one in active(workspace.partnership))
        if count:
            yield ngettext("{n} person entered.", "{n} people entered.", count).format(n=count)
    elif question.id == "commit.clarity":
        yield from _aims(workspace)
    elif question.id in ("commit.time", "commit.win_win"):
        for row in rows_of(workspace.partnership, "open.contributions", "rows", spot.stop):
            text, effort = row.text("text", workspace.lang), row.text("effort", workspace.lang)
            if question.id == "commit.time" and effort:
                yield _("Already noted: {effort}, {text}").format(effort=effort, text=text)
            elif question.id == "commit.win_win" and row.get("state") in ("confirmed", "accepted"):
                yield _("Gives: {things}").format(things=text)


def _aims(workspace: Workspace) -> Iterator[str]:
    vision = answer_entry(workspace.partnership, "gather.vision", ())
    for field in workspace.guide.question("gather.vision").parts[0].fields:
        text = vision.text(field.id, workspace.lang) if vision else ""
        yield field.label.get(workspace.lang) + _(": ") + (text or _("to be specified"))
    for number, row in enumerate(workspace.partnership.rows("gather.objectives", "rows"), 1):
        yield f"{number}. {row.text('text', workspace.lang)}"


# -- a prompt ----------------------------------------------------------------------------------------------------------


def announced(workspace: Workspace, walk: Walk, spot: Spot, prompt: Prompt) -> Iterator[str]:
    """The present answer of a prompt, the choices there are, the rows of a list."""
    if prompt.field is not None:
        yield from _answer(workspace, prompt.field, prompt.entry)
    elif prompt.part is not None:
        rows = walk.rows(spot, prompt.part)
        title = prompt.part.title.get(workspace.lang)
        yield title + _(": ") + (ngettext("{n} line.", "{n} lines.", len(rows)).format(n=len(rows)))
        yield from numbered_choices(workspace, prompt.part, rows)
    elif prompt.kind == ROSTER:
        known = partners(workspace.partnership)
        yield ngettext("{n} organisation entered.", "{n} organisations entered.", len(known)).format(n=len(known))
        yield from _partners(workspace, WHO)
    elif prompt.kind == PAIRS:
        yield from _partners(workspace, "")
        yield from _pairs(workspace, spot.question)


def _answer(workspace: Workspace, field: Field, entry: Entry) -> Iterator[str]:
    label = field.label.get(workspace.lang)
    if answer := shown(workspace, field, entry):
        yield _("{label}, now: {answer}").format(label=label, answer=answer)
    if field.kind == "choice":
        for one in options(workspace, field, entry):
            yield f"{one.number}. {one.words}"


def shown(workspace: Workspace, field: Field, entry: Entry) -> str:
    """The present answer of a field in words, "" when there is none."""
    if field.translatable:
        return entry.text(field.id, workspace.lang)
    value = entry.get(field.id, field.default)
    if field.kind == "flag" and value is None:
        return ""
    return format_value(ParseContext(workspace.guide, workspace.partnership, workspace.lang), field, value)


def numbered_choices(workspace: Workspace, part: Part, rows: tuple[Entry, ...]) -> Iterator[str]:
    """One line a row: its number, its words, then its other fields."""
    for number, row in enumerate(rows, 1):
        yield f"{number}. {row_said(workspace, part, row)}"


def row_said(workspace: Workspace, part: Part, row: Entry) -> str:
    """A row in one line."""
    said = []
    for field in part.fields:
        if field.kind == "flag":
            said += [field.label.get(workspace.lang)] if row.get(field.id) else []
        elif not field.hidden and row.get(field.id, row.text(field.id, workspace.lang) or None) is not None:
            said.append(shown(workspace, field, row))
    if len(givers(row)) > 1 and part.list:
        said.append(_("shared by {n}").format(n=len(givers(row))))
    return "; ".join(one.replace("\n", " ") for one in said if one) or "–"


def _partners(workspace: Workspace, question: str) -> Iterator[str]:
    known = partners(workspace.partnership) if question == WHO else active(workspace.partnership)
    for number, one in enumerate(known, 1):
        status = workspace.guide.choice("status", one.status, workspace.lang)
        yield f"{number}. {name_of(workspace, one.id)}, {status}"


def _pairs(workspace: Workspace, question: str) -> Iterator[str]:
    """The pairs something was said of."""
    part = workspace.guide.question(question).single
    for row in workspace.partnership.rows(question):
        if len(row.subject) == 2 and part is not None:
            one, other = _both(workspace, row.subject)
            yield _("{one}, and {other}").format(one=one, other=other) + _(": ") + row_said(workspace, part, row)


def asked(workspace: Workspace, prompt: Prompt) -> str:
    """The words of the prompt itself, at the end of which one types."""
    if prompt.field is not None:
        return _field_asked(workspace, prompt.field)
    if prompt.part is not None:
        add = prompt.part.add.get(workspace.lang)
        return add[:1].upper() + add[1:] + _(": ").rstrip()
    if prompt.kind == ROSTER:
        return _("Organisation:")
    return _("Pair:") if prompt.kind == PAIRS else _("Command:")


def _field_asked(workspace: Workspace, field: Field) -> str:
    words = [field.label.get(workspace.lang)]
    if field.kind == "flag":
        words.append(_("yes or no"))
    elif field.kind == "choice":
        words.append(_("number or words"))
    elif field.hint.get(workspace.lang):
        words.append(field.hint.get(workspace.lang))
    if field.private:
        words.append(_("private"))
    label, *rest = words
    return label + (f" ({', '.join(rest)})" if rest else "") + _(": ").rstrip()


def how(workspace: Workspace, prompt: Prompt) -> str:
    """How this kind of prompt is answered, in one line."""
    if prompt.kind == ROSTER:
        return _("One organisation a line, your own first. A number opens one. An empty line goes on.")
    if prompt.kind == PAIRS:
        return _("Type two numbers or two names to say something of the two. An empty line goes on.")
    if prompt.kind == "list":
        return _("One a line. A number opens that line, to complete or change it. An empty line goes on.")
    if prompt.kind == "end":
        return _("Type a command: /commands lists them.")
    return _HOW[prompt.field.kind]() if prompt.field is not None and prompt.field.kind in _HOW else ""


_HOW = {
    "prose": lambda: _("As many lines as you like; an empty line, or a dot alone, ends the text."),
    "choice": lambda: _("Type the number of a choice or its words. An empty line leaves it as it is."),
    "flag": lambda: _("Type yes or no. An empty line leaves it as it is."),
    "date": lambda: _("A date as you would write it: 2026, November 2026 or 22 November 2026."),
    "period": lambda: _("A period as you would write it: October 2026 to March 2027."),
    "amount": lambda: _("An amount: 12 000 $ or 12000 CAD."),
    "partner": lambda: _("The name of a partner; some letters of it are enough."),
    "partners": lambda: _("Names with commas between them, or: all the partners, except A."),
    "someone": lambda: _("The name of a partner, of a person, or of anyone else."),
    "someones": lambda: _("Names with commas between them: partners, persons, or anyone else."),
}
