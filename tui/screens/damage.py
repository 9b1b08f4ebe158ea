"""What the store had to work around, said in words, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.text.widths import wrap
from tui.widgets.lines import Line, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.store import Problem, Summary

_MOST = 6  # problems told on the list; `entente doctor` tells all


def damage_lines(problems: Sequence[Problem], summaries: Sequence[Summary], width: int) -> list[Line]:
    """The lines under the list: each problem in a sentence, wrapped to `width` cells."""
    said = list(dict.fromkeys([*(one.damaged for one in summaries if one.damaged), *map(in_words, problems)]))
    if not said:
        return []
    lines: list[Line] = [(), (Piece("   " + _("What needs your attention"), "warn strong"),)]
    for text in said[:_MOST]:
        lines += [(Piece(line, "warn"),) for line in wrap(f"! {text}", width - 2, "   ", "     ")]
    if len(said) > _MOST:
        lines.append((Piece("   " + _("and more: the command “entente doctor” tells all"), "muted"),))
    return lines


def in_words(problem: Problem) -> str:
    """One problem in a sentence."""
    name, kept = problem.path.name, problem.kept
    if problem.kind == "journal":
        who = problem.why or _("someone")
        return _("The program had been stopped: what {who} had typed was found again and saved.").format(who=who)
    if problem.kind == "waiting":
        return _("Something is still to be put in order, once it can be written: {why}").format(why=problem.why)
    if problem.kind == "unread":
        return problem.why
    if problem.kind == "edited":
        said = _("“{name}” was changed outside the program: open the partnership to see what, and to take it over.")
    elif problem.kind == "missing":
        said = _("“{name}” was missing: the copy beside it is used.")
    elif problem.kind == "unsealed":
        said = _("“{name}” carries no good seal: what can be read of it is shown.")
    elif problem.kind in ("twin", "single"):
        said = _("“{name}”: the second copy could not be kept; the first is good.")
    else:
        said = _("“{name}” was damaged: the copy beside it is used, nothing is lost.")
    said = said.format(name=name)
    return said + " " + _("What was there is kept in {path}.").format(path=kept) if kept is not None else said
