"""Makes the texts of line mode: questions, answers, rows, help, the plan, the document, in lines to be read aloud.

A `Spot` is the place of a prompt: a question, its `stop` (the partner or the pair of partners that it is asked of, or
ROSTER, PAIRS for their list), and a row of a list. The `Walk` gives the order of the spots.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui import clipboard
from tui.export.plain_text import section_to_text, to_text
from tui.form.form import Form, FormField, Row
from tui.form.form_words import facts, how_written
from tui.form.question_walk import NOWHERE, PAIRS, ROSTER, Prompt, Spot, Walk, question_order, subject_of
from tui.i18n import N_, _, ngettext
from tui.line_mode.typed_commands import typed_name
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
from tui.workspace.guide_texts import choice_meanings, example_of, help_of, private_notice
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
# By the command of a step after the questions: the command that line mode has in its place.
LINE_COMMANDS = {"awaited": "due"}
# By kind of field, how a prompt is answered in line mode, if that differs from the screens.
_HOW_TO_ANSWER = {
    "prose": N_("As many lines as you like; an empty line, or a dot alone, ends the text."),
    "choice": N_("Type the number of a choice or its words. An empty line leaves it as it is."),
    "flag": N_("Type yes or no. An empty line leaves it as it is."),
    "someone": N_("The name of a partner, of a person, or of anyone else."),
    "someones": N_("Names with commas between them: partners, persons, or anyone else."),
}


def help_lines(workspace: Workspace, walk: Walk, spot: Spot) -> Iterator[str]:
    """Yield the help of a question: example, meaning of its choices, fields asked after /more, where it is printed.

    The help of a private question says that it is private instead. After the last question nothing is yielded.
    """
    if not spot.question:
        return
    question = workspace.guide.question(spot.question)
    if question.help.get(workspace.lang):
        yield help_of(workspace, question, typed_name)
    if question.example.get(workspace.lang):
        yield _("Example: {text}").format(text=example_of(workspace, question, typed_name))
    for field in (field for part in question.parts for field in part.fields if not field.hidden):
        meanings = list(choice_meanings(workspace, field))
        if meanings:
            yield field.label.get(workspace.lang) + _(": ").rstrip()
            yield from meanings
    if folded := walk.folded_labels(spot):
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


def numbered_question(workspace: Workspace, question_id: str) -> str:
    """Return the number and short name of a question: « 4. Vision »."""
    return f"{number_of(workspace, question_id)}. {workspace.guide.question(question_id).short.get(workspace.lang)}"


def plan_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the steps with the state of each question, then the later steps, then the number of disagreements."""
    for step in workspace.guide.walked_steps:
        yield step.short.get(workspace.lang)
        for question in step.questions:
            progress = workspace.progress(question)
            state = _(_STATES[progress.state])
            if progress.total and progress.state in (STARTED, ANSWERED):
                state = _("{done} of {total}").format(done=progress.done, total=progress.total)
            yield f"{numbered_question(workspace, question.id)}, {state}"
    later = list(plan_words(workspace))
    if later:
        yield _("And then")
    for later_step, words in later:
        yield f"{words} ({typed_name(LINE_COMMANDS.get(later_step.command, later_step.command))})"
    yield from standing_lines(workspace)


def missing_lines(workspace: Workspace) -> Iterator[str]:
    """Yield what the next milestone still needs, each with the number of its question, or that nothing is missing.

    For an adopted text yield that it is adopted, and the next step. The number of disagreements follows.
    """
    milestones = workspace.milestones
    if milestones.next == "adopted":
        later_step = next_step(workspace)
        yield _("Adopted. Next: {step}.").format(step=step_words(later_step)) if later_step else _("Adopted.")
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
    """Yield how many partners disagree, nothing for none; this line follows wherever the progress is told."""
    if count := dissent_count(workspace.guide, workspace.milestones, workspace.lang):
        yield _("Standing: {count}.").format(count=count)


def _missing_words(workspace: Workspace, alike: Sequence[Missing]) -> str:
    """Return what is missing, the partners that lack it, and the number of its question.

    `alike` are the same thing missing for several partners.
    """
    missing = alike[0]
    names = ", ".join(name_of(workspace, item.partner) for item in alike if item.partner)
    if missing.reason == "partners":
        what = _("at least two partners")
    elif missing.reason == "interested":
        what = _("at least two partners who are interested")
    elif missing.hole:
        what = hole_words(workspace.guide, workspace.partnership, workspace.lang, alike)
    else:
        mark = _(_STATES[DISCUSS]) if missing.reason == "discuss" else ""
        short = workspace.guide.question(missing.question).short.get(workspace.lang)
        what = ", ".join(filter(None, (short, mark, names)))
    number = number_of(workspace, missing.question)
    if number > len(question_order(workspace.guide, extra=False)):
        return _("{what} (question {number}, optional)").format(what=what, number=number)
    return _("{what} (question {number})").format(what=what, number=number)


def review_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the findings of the review by level, the essential first, each with the number of its question and why."""
    findings = review(workspace.guide, workspace.partnership, workspace.lang, workspace.public)
    if not findings:
        yield _("Nothing would trip the partners.")
    question_ids, regular_count = question_order(workspace.guide), len(question_order(workspace.guide, extra=False))
    groups = grouped(findings)
    for level in LEVELS:
        groups_of_level = [group for group in groups if group.level == level]
        if groups_of_level:
            yield level_title(level) + _(": ").rstrip()
        for group in groups_of_level:
            for finding in group.findings:
                number = question_ids.index(finding.question) + 1 if finding.question in question_ids else 0
                if number > regular_count:
                    yield finding.words + " " + _("Question {number}. Optional.").format(number=number)
                    continue
                yield finding.words + (" " + _("Question {number}.").format(number=number) if number else "")
            yield group.reason


def document_text(workspace: Workspace, wanted: str) -> str:
    """Return the document as text, or the section that `wanted` names by its number or some letters ("" for all).

    Raises BadValue if it names no section or several.
    """
    agreement = workspace.agreement
    return section_to_text(section_named(agreement, wanted), agreement) if wanted else to_text(agreement, wrap=None)


def copy_document(workspace: Workspace, wanted: str, root: Path | str, settings: Settings) -> Iterator[str]:
    """Copy the document, or the section `wanted`, to the clipboard; yield the outcome in words, as `copy_text`.

    `root` is the folder or address of the store. Raises BadValue as `document_text`.
    """
    export = None if wanted else Export(workspace.partnership.id, root)
    yield from copy_text(workspace, document_text(workspace, wanted), settings, export)


def copy_text(workspace: Workspace, text: str, settings: Settings, export: Export | None = None) -> Iterator[str]:
    """Copy a text to the clipboard; yield the outcome in words.

    If the copy may have failed and a file holds the text, the commands that fetch it to the person's own computer
    follow. `export` describes the command that makes the document again there, None if no command makes this text.
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
    """Return the name of a partner, « unnamed organization » if it has none."""
    partner = find_partner(workspace.partnership, partner_id)
    return (partner.name(workspace.lang) if partner is not None else "") or _("unnamed organization")


def number_of(workspace: Workspace, question_id: str) -> int:
    """Return the number of a question: its place in the order of all questions, from 1."""
    return question_order(workspace.guide).index(question_id) + 1


def head_lines(workspace: Workspace, form: Form, spot: Spot, facts_said: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the question with its number, whether it is private, whom it is asked of, known facts, and its mark.

    `facts_said` holds the facts already said at this question, which are not said again, as (text, stop at which it was
    said); the stop is "" for a line about one partner of a list. The facts yielded now are added.
    """
    question = workspace.guide.question(spot.question)
    count = len(question_order(workspace.guide, extra=False))
    number, text = number_of(workspace, question.id), question.text.get(workspace.lang)
    if number <= count:
        yield _("Question {number} of {count}. {text}").format(number=number, count=count, text=text)
    else:
        yield _("Question {number}, optional. {text}").format(number=number, text=text)
    if question.private:
        yield _("Private: never appears in the document; readable by those who have access to this folder.")
    yield from _subject_lines(workspace, spot)
    for fact in facts(form):
        key = fact.text, spot.stop if fact.is_asked is None else ""
        if key not in facts_said:
            facts_said.add(key)
            yield fact.text
    state = _state_entry(workspace, spot).state
    if state:
        yield _("Marked: {state}.").format(state=workspace.guide.choice("state", state, workspace.lang))


def _subject_lines(workspace: Workspace, spot: Spot) -> Iterator[str]:
    """Yield the partner, or the pair, that the question is asked of; nothing if it is asked of all together."""
    subject = subject_of(spot)
    if len(subject) == 2:
        one_name, other_name = _pair_names(workspace, subject)
        yield _("Of two partners: {one}, and {other}.").format(one=one_name, other=other_name)
    elif subject:
        asked_of = partners if spot.question == WHO else active
        partner_ids = [partner.id for partner in asked_of(workspace.partnership)]
        partner = find_partner(workspace.partnership, subject[0])
        yield _("Partner {number} of {count}: {name}, {status}.").format(
            number=partner_ids.index(subject[0]) + 1 if subject[0] in partner_ids else "–",
            count=len(partner_ids),
            name=name_of(workspace, subject[0]),
            status=workspace.guide.choice("status", partner.status if partner else "", workspace.lang),
        )


def _pair_names(workspace: Workspace, subject: tuple[str, ...]) -> list[str]:
    """Return the names of the two partners of a pair, in the order of the list of partners (that of ids is random)."""
    order_of_list = [partner.id for partner in partners(workspace.partnership)]
    pair = sorted(subject, key=lambda id_: order_of_list.index(id_) if id_ in order_of_list else len(order_of_list))
    return [name_of(workspace, partner_id) for partner_id in pair]


def _state_entry(workspace: Workspace, spot: Spot) -> Entry:
    """Return the entry that keeps the mark of a prompt (to discuss, to confirm); NOWHERE at the list of partners."""
    return single_entry(workspace.partnership, spot.question, subject_of(spot)) if spot.stop != ROSTER else NOWHERE


# -- a prompt ----------------------------------------------------------------------------------------------------------


def present_lines(workspace: Workspace, prompt: Prompt, spot: Spot) -> Iterator[str]:
    """Yield the present answer to a prompt, which is printed before the prompt.

    For a field these are its answer, choices and other language; for a list its rows and what is wrong with them; for
    the list of partners or pairs the partners, and the pairs that have an answer.
    """
    if prompt.field is not None:
        yield from _answer_lines(prompt.field)
        if note := prompt.field.other_wording or prompt.field.language_note:
            yield note
    elif prompt.kind == ROSTER:
        count = len(partners(workspace.partnership))
        yield ngettext("{n} organization entered.", "{n} organizations entered.", count).format(n=count)
        yield from _partner_lines(workspace, WHO)
    elif prompt.rows is not None:
        rows = prompt.rows.rows
        yield prompt.rows.title + _(": ") + ngettext("{n} line.", "{n} lines.", len(rows)).format(n=len(rows))
        for number, row in enumerate(rows, 1):
            yield f"{number}. {row_line(row)}"
            yield from row.parse_errors
    elif prompt.kind == PAIRS:
        yield from _partner_lines(workspace, spot.question)
        yield from _pair_lines(workspace, spot.question)


def _answer_lines(field: FormField) -> Iterator[str]:
    """Yield the present answer of a field, a guess made from it, what is wrong with it, and its choices."""
    if answer := field.answer:
        yield _("{label}, now: {answer}").format(label=field.label, answer=answer)
    if field.guess:
        sentence = _("In a sentence: {forms} (guessed; {key} confirms).")
        yield sentence.format(forms=field.guess, key=typed_name("name_article"))
    if field.parse_error:
        yield field.parse_error
    if field.kind == "choice":
        for option in options(field):
            yield f"{option.number}. {option.words}"


def row_line(row: Row) -> str:
    """Return a row in one line, a dash if it is empty."""
    return "; ".join(word.replace("\n", " ") for word in row.words if word) or "–"


def _partner_lines(workspace: Workspace, question_id: str) -> Iterator[str]:
    """Yield the partners by number with their status: all at the question WHO, the active ones at any other."""
    asked_of = partners if question_id == WHO else active
    for number, partner in enumerate(asked_of(workspace.partnership), 1):
        status = workspace.guide.choice("status", partner.status, workspace.lang)
        yield f"{number}. {name_of(workspace, partner.id)}, {status}"


def _pair_lines(workspace: Workspace, question_id: str) -> Iterator[str]:
    """Yield each pair of partners that has an answer, with the answer."""
    part = workspace.guide.question(question_id).single
    for row in workspace.partnership.rows(question_id):
        if len(row.subject) == 2 and part is not None:
            first, second = _pair_names(workspace, row.subject)
            answer = row_line(Row(workspace.form_context, part, row))
            yield _("{one}, and {other}").format(one=first, other=second) + _(": ") + answer


def prompt_words(workspace: Workspace, prompt: Prompt) -> str:
    """Return the words of the prompt itself, behind which the person types."""
    if prompt.field is not None:
        return _field_prompt(prompt.field)
    if prompt.kind == ROSTER:
        return _("Organization:")
    if prompt.rows is not None:
        hint = prompt.rows.new.hint
        return hint[:1].upper() + hint[1:] + _(": ").rstrip()
    return _("Pair:") if prompt.kind == PAIRS else _("Command:")


def _field_prompt(field: FormField) -> str:
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


def how_to_answer(prompt: Prompt) -> str:
    """Return in one line how this kind of prompt is answered; "" for a field that needs no explanation."""
    if prompt.kind == ROSTER:
        return _("One organization a line, your own first. A number opens one. An empty line goes on.")
    if prompt.kind == PAIRS:
        return _("Type two numbers or two names to say something of the two. An empty line goes on.")
    if prompt.kind == "list":
        return _("One a line. A number opens that line, to complete or change it. An empty line goes on.")
    if prompt.field is None:
        return _("Type a command: /commands lists them.")
    kind = prompt.field.kind
    return _(_HOW_TO_ANSWER[kind]) if kind in _HOW_TO_ANSWER else how_written(kind)
