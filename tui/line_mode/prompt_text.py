"""What line mode says: questions, answers, rows, help, the plan, the document, in lines to be read aloud."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui import clipboard
from tui.export.plain_text import section_to_text, to_text
from tui.form.form import Form, FormField, Row
from tui.form.form_words import facts, how_written
from tui.form.question_walk import NOWHERE, PAIRS, ROSTER, Prompt, Spot, Walk, order, subject_of
from tui.i18n import N_, _, ngettext
from tui.line_mode.orders import spoken
from tui.partnership.completion import (
    ANSWERED,
    CONFIRM,
    DISCUSS,
    EMPTY,
    STARTED,
    VOID,
    single_entry,
)
from tui.partnership.milestones import Missing, dissent_count, group_alike
from tui.partnership.partners import WHO, active, find_partner, partners
from tui.partnership.review import LEVELS, grouped, level_title, review
from tui.partnership.section_order import arranged
from tui.partnership.values import Entry
from tui.settings import Settings, copies_folder
from tui.workspace.adoption_obstacles import hole_words
from tui.workspace.guide_texts import example_of, explained, help_of, private_notice
from tui.workspace.later_steps import next_step, plan_words, step_words
from tui.workspace.output_files import Export, fetch_commands, section_named
from tui.workspace.typed_values import options
from tui.workspace.workspace import Workspace

_STATES = {
    EMPTY: N_("no answer yet"),
    STARTED: N_("begun"),
    ANSWERED: N_("answered"),
    CONFIRM: N_("to confirm"),
    DISCUSS: N_("to discuss"),
    VOID: N_("not applicable"),
}
SPOKEN = {"awaited": "due"}  # the commands of later steps that line mode has under another name
# How a prompt is answered in line mode, by kind of field, where that is another way than on the screen.
_HOW = {
    "prose": N_("As many lines as you like; an empty line, or a dot alone, ends the text."),
    "choice": N_("Type the number of a choice or its words. An empty line leaves it as it is."),
    "flag": N_("Type yes or no. An empty line leaves it as it is."),
    "someone": N_("The name of a partner, of a person, or of anyone else."),
    "someones": N_("Names with commas between them: partners, persons, or anyone else."),
}


def help_lines(workspace: Workspace, walk: Walk, spot: Spot) -> Iterator[str]:
    """Yield the help of a question, its example, what its choices mean, what is asked after /more, where it appears.

    Of a private question, that it is private, in place of that it appears nowhere; behind the last question nothing.
    """
    if not spot.question:
        return
    question = workspace.guide.question(spot.question)
    if question.help.get(workspace.lang):
        yield help_of(workspace, question, spoken)
    if question.example.get(workspace.lang):
        yield _("Example: {text}").format(text=example_of(workspace, question, spoken))
    for field in (field for part in question.parts for field in part.fields if not field.hidden):
        meanings = list(explained(workspace, field))
        if meanings:
            yield field.label.get(workspace.lang) + _(": ").rstrip()
            yield from meanings
    if folded := walk.folded(spot):
        yield _("Seldom needed, asked after /more: {names}.").format(names=", ".join(folded))
    if question.private:
        yield private_notice(workspace, question)
    places = arranged(workspace.guide, workspace.partnership).appears(
        question, workspace.lang, workspace.section_numbers
    )
    if places:
        yield _("Appears in {places}.").format(places=places)
    elif not question.private:
        yield _("Does not appear in the document.")


def numbered(workspace: Workspace, question_id: str) -> str:
    """Return a question in a few words behind its number: « 4. Vision »."""
    return f"{number_of(workspace, question_id)}. {workspace.guide.question(question_id).short.get(workspace.lang)}"


def plan_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the sub-steps with their questions and the state of each, the later steps, the standing disagreements."""
    for step in workspace.guide.walked:
        yield step.short.get(workspace.lang)
        for question in step.questions:
            progress = workspace.progress(question)
            state = _(_STATES[progress.state])
            if progress.total and progress.state in (STARTED, ANSWERED):
                state = _("{done} of {total}").format(done=progress.done, total=progress.total)
            yield f"{numbered(workspace, question.id)}, {state}"
    later = list(plan_words(workspace))
    if later:
        yield _("And then")
    for later_step, words in later:
        yield f"{words} ({spoken(SPOKEN.get(later_step.command, later_step.command))})"
    yield from standing_lines(workspace)


def missing_lines(workspace: Workspace) -> Iterator[str]:
    """Yield what the next milestone still needs, each with the number of its question, or that nothing is missing.

    Once adopted, that it is and the next step; then the standing disagreements.
    """
    milestones = workspace.milestones
    if milestones.next == "adopted":
        following = next_step(workspace)
        yield _("Adopted. Next: {step}.").format(step=step_words(following)) if following else _("Adopted.")
    elif not milestones.missing:
        yield _("Nothing is missing: this agreement is ready to be adopted.")
    else:
        if milestones.next == "meeting":
            yield _("To be ready for the meeting, it lacks:")
        else:
            yield _("To be ready to be adopted, it lacks:")
        yield from dict.fromkeys(_missing_words(workspace, alike) for alike in group_alike(milestones.missing))
    yield from standing_lines(workspace)


def standing_lines(workspace: Workspace) -> Iterator[str]:
    """Yield how many disagreements stand, nothing where none does: said wherever it is said how far the work is."""
    if count := dissent_count(workspace.guide, workspace.milestones, workspace.lang):
        yield _("Standing: {count}.").format(count=count)


def _missing_words(workspace: Workspace, alike: Sequence[Missing]) -> str:
    """Return one thing that is missing, with all the partners who lack it, and the number of its question."""
    missing = alike[0]
    names = ", ".join(name_of(workspace, item.partner) for item in alike if item.partner)
    if missing.reason == "partners":
        what = _("at least two partners")
    elif missing.reason == "interested":
        what = _("at least two partners who are interested")
    elif missing.hole:
        what = hole_words(workspace.guide, workspace.partnership, workspace.lang, alike)
    else:
        behind = _(_STATES[DISCUSS]) if missing.reason == "discuss" else names
        what = ", ".join(filter(None, (workspace.guide.question(missing.question).short.get(workspace.lang), behind)))
    number = number_of(workspace, missing.question)
    if number > len(order(workspace.guide, extra=False)):
        return _("{what} (question {number}, optional)").format(what=what, number=number)
    return _("{what} (question {number})").format(what=what, number=number)


def review_lines(workspace: Workspace) -> Iterator[str]:
    """Yield what would trip the partners, the essential first, each with the number of its question; then why."""
    found = review(workspace.guide, workspace.partnership, workspace.lang, workspace.public)
    if not found:
        yield _("Nothing would trip the partners.")
    walk, regular_count = order(workspace.guide), len(order(workspace.guide, extra=False))
    groups = grouped(found)
    for level in LEVELS:
        of_level = [group for group in groups if group.level == level]
        if of_level:
            yield level_title(level) + _(": ").rstrip()
        for group in of_level:
            for finding in group.findings:
                number = walk.index(finding.question) + 1 if finding.question in walk else 0
                if number > regular_count:
                    yield finding.words + " " + _("Question {number}. Optional.").format(number=number)
                    continue
                yield finding.words + (" " + _("Question {number}.").format(number=number) if number else "")
            yield group.reason


def document_text(workspace: Workspace, wanted: str) -> str:
    """Return the document as text where `wanted` is "", else the one section meant by a number or some letters.

    Raises BadValue where these mean no section, or several.
    """
    agreement = workspace.agreement
    return section_to_text(section_named(agreement, wanted), agreement) if wanted else to_text(agreement, wrap=None)


def copied(workspace: Workspace, wanted: str, root: Path | str, settings: Settings) -> Iterator[str]:
    """Copy the document, or the section `wanted`, to the person's clipboard; yield what is known of it, in words.

    `root` is the folder or address of the store. What else is yielded, `copied_text` says. Raises BadValue as
    `document_text` does.
    """
    export = None if wanted else Export(workspace.partnership.id, root)
    yield from copied_text(workspace, document_text(workspace, wanted), settings, export)


def copied_text(workspace: Workspace, text: str, settings: Settings, export: Export | None = None) -> Iterator[str]:
    """Copy a text to the person's clipboard; yield what is known of it, in words.

    Where nothing proves the copy and a file holds it, the commands that fetch it to one's own computer follow; `export`
    tells with which command the document is made anew there, None where no command makes this text.
    """
    terminal_facts = clipboard.gather(os.environ)
    with clipboard.terminal() as write:
        outcome = clipboard.copy(
            text,
            facts=terminal_facts,
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
    yield from fetch_commands(outcome.path, terminal_facts, export, settings.host)


def name_of(workspace: Workspace, partner_id: str) -> str:
    """Return a partner's name, or words for one that has none."""
    partner = find_partner(workspace.partnership, partner_id)
    return (partner.name(workspace.lang) if partner is not None else "") or _("unnamed organization")


def number_of(workspace: Workspace, question_id: str) -> int:
    """Return the number a question is called by: its place in the order of all questions, from 1."""
    return order(workspace.guide).index(question_id) + 1


def head(workspace: Workspace, form: Form, spot: Spot, told: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the question with its number, that it is private, whom it is asked of, what is known, how it was marked.

    `told` holds the facts already said at this question, which are not said again, each with the stop it was
    said at, "" for a line about one partner of a list; those said now are added to it.
    """
    question = workspace.guide.question(spot.question)
    count = len(order(workspace.guide, extra=False))
    number, text = number_of(workspace, question.id), question.text.get(workspace.lang)
    if number <= count:
        yield _("Question {number} of {count}. {text}").format(number=number, count=count, text=text)
    else:
        yield _("Question {number}, optional. {text}").format(number=number, text=text)
    if question.private:
        yield _("Private: never appears in the document; readable by those who have access to this folder.")
    yield from _subject_lines(workspace, spot)
    for fact in facts(form):
        key = fact.text, spot.stop if fact.here is None else ""
        if key not in told:
            told.add(key)
            yield fact.text
    state = _state_entry(workspace, spot).state
    if state:
        yield _("Marked: {state}.").format(state=workspace.guide.choice("state", state, workspace.lang))


def _subject_lines(workspace: Workspace, spot: Spot) -> Iterator[str]:
    """Yield whom the question is asked of, a partner or two; nothing where it is asked of all together."""
    subject = subject_of(spot)
    if len(subject) == 2:
        one_name, other_name = _pair_names(workspace, subject)
        yield _("Of two partners: {one}, and {other}.").format(one=one_name, other=other_name)
    elif subject:
        known = [partner.id for partner in (partners if spot.question == WHO else active)(workspace.partnership)]
        partner = find_partner(workspace.partnership, subject[0])
        yield _("Partner {number} of {count}: {name}, {status}.").format(
            number=known.index(subject[0]) + 1 if subject[0] in known else "–",
            count=len(known),
            name=name_of(workspace, subject[0]),
            status=workspace.guide.choice("status", partner.status if partner else "", workspace.lang),
        )


def _pair_names(workspace: Workspace, subject: tuple[str, ...]) -> list[str]:
    """Return the names of the two partners of a pair, in the order of the list of partners (ids sort by chance)."""
    known = [partner.id for partner in partners(workspace.partnership)]
    listed = sorted(subject, key=lambda id_: known.index(id_) if id_ in known else len(known))
    return [name_of(workspace, partner_id) for partner_id in listed]


def _state_entry(workspace: Workspace, spot: Spot) -> Entry:
    """Return the answer that keeps the mark of a spot (to discuss, to confirm); NOWHERE at the list of partners."""
    return single_entry(workspace.partnership, spot.question, subject_of(spot)) if spot.stop != ROSTER else NOWHERE


# -- a prompt ----------------------------------------------------------------------------------------------------------


def announced(workspace: Workspace, prompt: Prompt, spot: Spot) -> Iterator[str]:
    """Yield what stands at a prompt before it is asked.

    Of a field its answer, choices and other language; of a list its rows and what is wrong with them; of the list of
    partners or of pairs the partners, and the pairs that something was said of.
    """
    if prompt.field is not None:
        yield from _answer(prompt.field)
        if said := prompt.field.other_wording or prompt.field.language_note:
            yield said
    elif prompt.kind == ROSTER:
        known = partners(workspace.partnership)
        yield ngettext("{n} organization entered.", "{n} organizations entered.", len(known)).format(n=len(known))
        yield from _partner_lines(workspace, WHO)
    elif prompt.rows is not None:
        rows = prompt.rows.rows
        yield prompt.rows.title + _(": ") + (ngettext("{n} line.", "{n} lines.", len(rows)).format(n=len(rows)))
        for number, row in enumerate(rows, 1):
            yield f"{number}. {row_said(row)}"
            yield from row.troubles
    elif prompt.kind == PAIRS:
        yield from _partner_lines(workspace, spot.question)
        yield from _pair_lines(workspace, spot.question)


def _answer(field: FormField) -> Iterator[str]:
    """Yield the present answer of a field, what is guessed from it, what is wrong with it, and its choices."""
    if answer := field.answer:
        yield _("{label}, now: {answer}").format(label=field.label, answer=answer)
    if field.guess:
        sentence = _("In a sentence: {forms} (guessed; {key} confirms).")
        yield sentence.format(forms=field.guess, key=spoken("name_article"))
    if field.trouble:
        yield field.trouble
    if field.kind == "choice":
        for option in options(field):
            yield f"{option.number}. {option.words}"


def row_said(row: Row) -> str:
    """Return a row in one line, a dash where it is empty."""
    return "; ".join(word.replace("\n", " ") for word in row.words if word) or "–"


def _partner_lines(workspace: Workspace, question_id: str) -> Iterator[str]:
    """Yield the partners by number with their status: all at the question WHO, the active ones at any other."""
    known = partners(workspace.partnership) if question_id == WHO else active(workspace.partnership)
    for number, partner in enumerate(known, 1):
        status = workspace.guide.choice("status", partner.status, workspace.lang)
        yield f"{number}. {name_of(workspace, partner.id)}, {status}"


def _pair_lines(workspace: Workspace, question_id: str) -> Iterator[str]:
    """Yield the pairs that something was said of, each with what was said."""
    part = workspace.guide.question(question_id).single
    for row in workspace.partnership.rows(question_id):
        if len(row.subject) == 2 and part is not None:
            first, second = _pair_names(workspace, row.subject)
            said = row_said(Row(workspace.form_context, part, row))
            yield _("{one}, and {other}").format(one=first, other=second) + _(": ") + said


def asked(workspace: Workspace, prompt: Prompt) -> str:
    """Return the words of the prompt itself, behind which the person types."""
    if prompt.field is not None:
        return _field_asked(prompt.field)
    if prompt.kind == ROSTER:
        return _("Organization:")
    if prompt.rows is not None:
        add = prompt.rows.new.hint
        return add[:1].upper() + add[1:] + _(": ").rstrip()
    return _("Pair:") if prompt.kind == PAIRS else _("Command:")


def _field_asked(field: FormField) -> str:
    """Return the label of a field and, in parentheses, what may be typed and whether it is private: « Date (…): »."""
    words = []
    if field.kind == "flag":
        words.append(_("yes or no"))
    elif field.kind == "choice":
        words.append(_("number or words"))
    elif field.hint:
        words.append(field.hint)
    if field.private:
        words.append(_("private"))
    return field.label + (f" ({', '.join(words)})" if words else "") + _(": ").rstrip()


def how(prompt: Prompt) -> str:
    """Return in one line how this kind of prompt is answered; "" where there is nothing to say of a kind of field."""
    if prompt.kind == ROSTER:
        return _("One organization a line, your own first. A number opens one. An empty line goes on.")
    if prompt.kind == PAIRS:
        return _("Type two numbers or two names to say something of the two. An empty line goes on.")
    if prompt.kind == "list":
        return _("One a line. A number opens that line, to complete or change it. An empty line goes on.")
    if prompt.field is None:
        return _("Type a command: /commands lists them.")
    kind = prompt.field.kind
    return _(_HOW[kind]) if kind in _HOW else how_written(kind)
