"""The subcommand `round`: a question put to each in turn at the meeting, what each answers, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui.agreement.signature_section import FEW
from tui.cli.invocation import DONE, Invocation, UsageError, print_json
from tui.console import print_text
from tui.i18n import _, language
from tui.partnership.name_references import partner_id
from tui.partnership.partners import find_partner
from tui.partnership.rounds import TEXT, answers_to, choice_meant, choices_of, count_of, may_be_told
from tui.partnership.values import Entry
from tui.workspace.round_edits import give_answer, kept, questions_here, read_question, turn_leave
from tui.workspace.workspace import Workspace


def put_round(call: Invocation) -> int:
    """Put a question, note answers to it, then print the questions of the meeting that runs, or of the last one.

    Without --with-private a count is told from three answers on, and an answer where its partner lets it be told.
    """
    workspace = call.workspace()
    if call.args.ask:
        kept(workspace, read_question(workspace, call.args.ask))
    for name, text in call.args.says or ():
        _note_answer(call, workspace, name, text)
    if call.args.ask or call.args.says:
        workspace.flush()
    found = [(row, _told(workspace, row, private=call.args.with_private)) for row in questions_here(workspace)]
    if call.args.json:
        print_json([_as_data(workspace, row, told) for row, told in found])
    else:
        print_text("\n".join(line for number, (row, told) in enumerate(found, 1) for line in _lines(number, row, told)))
    return DONE


def _note_answer(call: Invocation, workspace: Workspace, name: str, text: str) -> None:
    """Note one answer to the question of --question, without it to the last one. UsageError where there is none."""
    found = questions_here(workspace)
    at = call.args.question if call.args.question is not None else len(found)
    if not 1 <= at <= len(found):
        raise UsageError(_("No question of that number was put: --ask puts one."))
    partner = partner_id(workspace.partnership, name)
    row = give_answer(workspace, found[at - 1], partner, choice_meant(found[at - 1], text, language()))
    if call.args.told:
        turn_leave(workspace, row, partner)


def _told(workspace: Workspace, row: Entry, *, private: bool) -> Mapping[str, Any]:
    """Return the count of a question, and the answers by the name of their partner, as far as they may be told."""
    lang = language()
    answers = answers_to(workspace.partnership, row)
    named = {}
    for name, answer in answers.items():
        known = find_partner(workspace.partnership if private else workspace.view, name)
        if private or may_be_told(answer):
            said = known.short(lang) if known is not None else ""
            named[said or workspace.guide.word("an_organisation", lang)] = answer.text(TEXT, lang)
    counted = private or len(answers) >= FEW
    return {
        "count": count_of(workspace.partnership, row, lang) if counted else {},
        "answered": len(answers) if counted else None,
        "answers": named,
    }


def _lines(number: int, row: Entry, told: Mapping[str, Any]) -> Iterator[str]:
    count = ", ".join(text + _(": ") + str(n) for text, n in told["count"].items())
    yield f"{number}. " + " — ".join(filter(None, (row.text("text", language()), count)))
    for name, text in told["answers"].items():
        yield "  – " + name + _(": ") + text


def _as_data(workspace: Workspace, row: Entry, told: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row.id, "text": row.text("text", language()), "choices": choices_of(row, language()), **told}
