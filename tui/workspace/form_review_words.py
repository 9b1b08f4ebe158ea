"""The answers of a form that came back, in words for the page, line mode and the command alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.comparison.form_proposals import FormProposal
from tui.i18n import _, ngettext
from tui.workspace.cell_labels import where
from tui.workspace.returned_decisions import ASIDE, REFUSED, TAKEN
from tui.workspace.workspace import Workspace


def proposal_lines(one: FormProposal) -> Iterator[tuple[str, str]]:
    """Yield an answer line by line, each with its style: what was asked, known, said, and the doubt."""
    yield "heading", one.label
    if one.known:
        yield "muted", _("Known: {text}").format(text=" ".join(one.known.split()))
    yield "strong", _("Answer: {text}").format(text=one.said or "—")
    if one.doubt:
        yield "warn", one.doubt


def goes_to(workspace: Workspace, one: FormProposal) -> str:
    """Return what accepting an answer would do, in a line."""
    if one.item is None and one.answer is None and one.changes is None:
        return _("It belongs to no question: it can become a point to settle.")
    if one.changes is None:
        return _("It cannot be taken as it is.")
    if not one.changes:
        return _("It confirms what is known: nothing changes.")
    first = next((each for each in one.changes if not each.cell.startswith("#")), one.changes[0])
    field = where(workspace, first.question, first.part, first.cell, first.subject)
    return _("Accepted, it goes to: {field}").format(field=field)


def decided_words(settled: Sequence[str]) -> str:
    """Return how many answers were accepted, refused and put aside."""
    counts = (
        (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
        (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
        (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
    )
    return " · ".join(words.format(n=settled.count(what)) for what, words in counts if settled.count(what))
