"""What a question's form shows of what is already known, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.guide.guide_types import Question
from tui.i18n import _, ngettext
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active, rows_of
from tui.screens.positions import position_facts
from tui.workspace.workspace import Workspace

Fact = tuple[str, str]  # a text and the style it is painted in


def facts_for(workspace: Workspace, question: Question) -> list[Fact]:
    """The lines above the fields of a question; none for most."""
    teller = _TELLERS.get(question.id)
    return list(teller(workspace)) if teller else []


def _how_many(workspace: Workspace) -> Iterator[Fact]:
    count = len(active(workspace.partnership))
    yield ngettext("{n} organisation entered.", "{n} organisations entered.", count).format(n=count), "strong"


def _clarity(workspace: Workspace) -> Iterator[Fact]:
    vision = answer_entry(workspace.partnership, "gather.vision", ())
    question = workspace.guide.question("gather.vision")
    for name in ("vision", "goal"):
        field = question.parts[0].field(name)
        label = field.label.get(workspace.lang) if field else name
        text = vision.text(name, workspace.lang) if vision else ""
        said = text or _("to be specified")
        yield f"{label} : {said}", "" if text else "hole"
    for number, row in enumerate(workspace.partnership.rows("gather.objectives", "rows"), 1):
        yield f"{number}. {row.text('text', workspace.lang)}", ""


def _time(workspace: Workspace) -> Iterator[Fact]:
    for row in rows_of(workspace.partnership, "open.contributions", "rows", workspace.place.partner):
        effort = row.text("effort", workspace.lang)
        if effort:
            yield (
                _("Already noted: {effort}, {text}").format(effort=effort, text=row.text("text", workspace.lang)),
                "muted",
            )


def _gives(workspace: Workspace) -> Iterator[Fact]:
    rows = rows_of(workspace.partnership, "open.contributions", "rows", workspace.place.partner)
    given = [row.text("text", workspace.lang) for row in rows if row.get("state") in ("confirmed", "accepted")]
    yield _("Gives: {things}").format(things=" ; ".join(given) or _("to be specified")), "" if given else "hole"


_TELLERS: dict[str, Callable[[Workspace], Iterator[Fact]]] = {
    "open.how_many": _how_many,
    "commit.clarity": _clarity,
    "commit.time": _time,
    "commit.win_win": _gives,
    "gather.procedures": position_facts,
    "commit.consensus": position_facts,
}
