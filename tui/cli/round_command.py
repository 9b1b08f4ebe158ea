"""The subcommand `round`: it notes a question put to each partner in turn at the meeting, and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui.agreement.signature_section import FEW
from tui.cli.invocation import DONE, Invocation, UsageError, print_json
from tui.console import print_text
from tui.i18n import _, language
from tui.partnership.name_references import partner_id
from tui.partnership.partners import find_partner
from tui.partnership.rounds import TEXT, answers_to, choice_meant, choices_of, count_of, has_leave
from tui.partnership.values import Entry
from tui.workspace.round_edits import give_answer, questions_of_meeting, read_question, stored_round, toggle_leave
from tui.workspace.workspace import Workspace


def put_round(call: Invocation) -> int:
    """Put a question, note answers to it, then print the questions of the running meeting, or of the last one.

    Without --with-private a count is printed only for FEW answers or more, and an answer only if its partner allows it.
    """
    workspace = call.workspace()
    if call.args.ask:
        stored_round(workspace, read_question(workspace, call.args.ask))
    for name, text in call.args.says or ():
        _note_answer(call, workspace, name, text)
    if call.args.ask or call.args.says:
        workspace.flush()
    rounds = [
        (row, _results(workspace, row, private=call.args.with_private)) for row in questions_of_meeting(workspace)
    ]
    if call.args.json:
        print_json([_as_data(workspace, row, results) for row, results in rounds])
    else:
        lines = [line for number, (row, results) in enumerate(rounds, 1) for line in _lines(number, row, results)]
        print_text("\n".join(lines))
    return DONE


def _note_answer(call: Invocation, workspace: Workspace, name: str, text: str) -> None:
    """Note an answer to the question of --question, else to the last one. Raises UsageError if there is none."""
    questions = questions_of_meeting(workspace)
    number = call.args.question if call.args.question is not None else len(questions)
    if not 1 <= number <= len(questions):
        raise UsageError(_("No question of that number was put: --ask puts one."))
    partner, question = partner_id(workspace.partnership, name), questions[number - 1]
    row = give_answer(workspace, question, partner, choice_meant(question, text, language()))
    if call.args.told:
        toggle_leave(workspace, row, partner)


def _results(workspace: Workspace, row: Entry, *, private: bool) -> Mapping[str, Any]:
    """Return the results of a question that may be printed.

    « count » gives the number of answers by choice, « answered » the number of all ({} and None if they are too few),
    « answers » the text of each by the name of its partner.
    """
    lang = language()
    answers = answers_to(workspace.partnership, row)
    texts: dict[str, str] = {}
    for answering_id, answer in answers.items():
        partner = find_partner(workspace.partnership if private else workspace.view, answering_id)
        if private or has_leave(answer):
            name = partner.short(lang) if partner is not None else ""
            name = name or workspace.guide.word("an_organisation", lang)
            said = (texts[name], answer.text(TEXT, lang)) if name in texts else (answer.text(TEXT, lang),)
            texts[name] = "; ".join(said)  # several organisations may not be named yet
    shows_count = private or len(answers) >= FEW
    return {
        "count": count_of(workspace.partnership, row, lang) if shows_count else {},
        "answered": len(answers) if shows_count else None,
        "answers": texts,
    }


def _lines(number: int, row: Entry, results: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that print a question and its results."""
    count = ", ".join(text + _(": ") + str(n) for text, n in results["count"].items())
    yield f"{number}. " + " — ".join(filter(None, (row.text("text", language()), count)))
    for name, text in results["answers"].items():
        yield "  – " + name + _(": ") + text


def _as_data(workspace: Workspace, row: Entry, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question and its results as JSON data."""
    return {"id": row.id, "text": row.text("text", language()), "choices": choices_of(row, language()), **results}
