"""A worked example of the question one stands at: the guide's own, and how a whole example answers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.desk.desk import Desk, Saving
from tui.guide.types import Question
from tui.project.completion import answered
from tui.project.partners import active
from tui.project.values import Change, Project
from tui.samples import samples
from tui.screens.foot import WindowFoot
from tui.screens.form import FormPainter
from tui.text.widths import wrap
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

TALLEST = 14  # rows taken from an example


class _Shown:
    """An example is only looked at: nothing of it is ever saved."""

    def save(self, project_id: str, changes: Sequence[Change], /) -> Saving:
        """Nothing is changed, so nothing comes here."""
        raise NotImplementedError

    def load(self, project_id: str, /) -> Project:
        """Nothing is read again."""
        raise NotImplementedError


class ExampleScreen(ModalScreen[None]):
    """A window to read; any key that leaves, leaves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """One pane."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="")
        yield WindowFoot()

    def on_resize(self) -> None:
        """Write it for this width."""
        width = min(self.size.width - 4, 76)
        question, lang = self.desk.question, self.desk.lang
        lines: list[Line] = [(Piece(" " + _("A worked example"), "heading"),), ()]
        lines += _wrapped(question.text.get(lang), width, "muted")
        lines += [(), *_wrapped(question.example.get(lang), width, "strong")]
        lines += shown(self.desk, question, width)
        pane = self.query_one("#picker-list", Lines)
        pane.show(lines)
        pane.focus()
        self.query_one(WindowFoot).tell([("↑↓", _("line")), (_("Esc"), _("leave"))])

    def on_key(self, event: events.Key) -> None:
        """Arrows scroll; the rest leaves."""
        event.stop()
        event.prevent_default()
        pane = self.query_one("#picker-list", Lines)
        if event.key in ("up", "down", "pageup", "pagedown"):
            step = 1 if event.key in ("up", "down") else 8
            pane.scroll_relative(y=step if "down" in event.key else -step, animate=False)
        else:
            self.dismiss(None)


def _wrapped(text: str, width: int, style: str) -> Iterable[Line]:
    return [(Piece(line, style),) for line in wrap(text, width - 2, " ", " ")]


def shown(desk: Desk, question: Question, width: int) -> list[Line]:
    """How one of the examples that come with the program answers the question; [] when none does."""
    if question.private:
        return []
    for sample in reversed(samples()):
        project = sample.project
        subjects = [()] if question.scope == "project" else [(one.id,) for one in active(project)]
        found = next((one for one in subjects if answered(project, question, one)), None)
        if found is None:
            continue
        other = Desk(desk.guide, project, _Shown())
        other.lang = desk.lang
        other.place = replace(other.place, question=question.id, partner=found[0] if found else "", slot="")
        lines = FormPainter(other, width, calm=True).read()
        title = _("In the example “{title}”").format(title=other.title)
        rule: list[Line] = [(), (Piece(f" {title}", "heading"),)]
        return [*rule, *lines[:TALLEST]]
    return []
