"""The answers of a form that came back, in words for page, line mode and command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.comparison.form_proposals import FormProposal
from tui.i18n import _, ngettext
from tui.partnership.received_answers import ASIDE, REFUSED, TAKEN
from tui.partnership.values import Change
from tui.workspace.cell_labels import cell_place
from tui.workspace.workspace import Workspace


def proposal_lines(form_proposal: FormProposal) -> Iterator[tuple[str, str]]:
    """Yield the lines of a proposal, each as (style, text): the question, what is known, the answer, the doubt."""
    yield "heading", form_proposal.label
    if form_proposal.known:
        yield "muted", _("Known: {text}").format(text=" ".join(form_proposal.known.split()))
    yield "strong", _("Answer: {text}").format(text=form_proposal.said or _("nothing yet"))
    if form_proposal.doubt:
        yield "warn", form_proposal.doubt


def goes_to(workspace: Workspace, form_proposal: FormProposal) -> str:
    """Return the sentence that says what accepting a proposal does."""
    if form_proposal.item is None and form_proposal.answer is None and form_proposal.changes is None:
        return _("It belongs to no question: it can become a point to settle.")
    if form_proposal.changes is None:
        return _("It cannot be taken as it is.")
    if not form_proposal.changes:
        return _("It confirms what is known: nothing changes.")
    changes = form_proposal.changes
    first = max(changes, key=lambda change: (_is_main(workspace, change), not change.cell.startswith("#")))
    field = cell_place(workspace, first.question, first.part, first.cell, first.subject)
    return _("Accepted, it goes to: {field}").format(field=field)


def _is_main(workspace: Workspace, change: Change) -> bool:
    """Return whether a change sets the main field of its row: the others, as its state, only come with it."""
    question = workspace.guide.by_id.get(change.question)
    part = question.part(change.part) if question is not None else None
    return part is not None and part.main is not None and change.cell.partition("@")[0] == part.main.id


def decided_words(settled: Sequence[str]) -> str:
    """Return how many answers were accepted, refused and put aside, from the decisions TAKEN, REFUSED and ASIDE."""
    counts = (
        (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
        (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
        (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
    )
    return " · ".join(words.format(n=settled.count(what)) for what, words in counts if settled.count(what))
