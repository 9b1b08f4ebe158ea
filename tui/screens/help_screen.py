"""The help of a question and of every key, and a worked example of the question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tui.commands import PAGE, PROJECTION, WORK, Command, by_key, key_meanwhile, key_names, present
from tui.guide.guide_types import Question
from tui.i18n import N_, _
from tui.partnership.completion import answered
from tui.partnership.partners import active
from tui.partnership.values import Change, Partnership
from tui.terminal.line_pane import Line, Piece
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui import glyphs
from tui.ui.dialog import ListDialog
from tui.ui.form_painter import FormPainter
from tui.ui.host import Page
from tui.ui.page import FramedPage
from tui.workspace.guide_texts import example_of
from tui.workspace.samples import samples
from tui.workspace.workspace import SaveResult, Workspace

TALLEST = 14  # rows taken from an example


class _ReadOnlyStore:
    """The store of an example, which is only looked at: nothing of it is ever saved."""

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> SaveResult:
        """Nothing is changed, so nothing comes here."""
        raise NotImplementedError

    def load(self, partnership_id: str, /) -> Partnership:
        """Nothing is read again."""
        raise NotImplementedError


class ExampleScreen(ListDialog[None]):
    """A window to read; any key that does not scroll leaves."""

    walked = False
    about = N_("How this question may be answered, with invented names. Nothing of it is in your partnership.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.title_text = _("A worked example")

    def keys(self) -> Sequence[tuple[str, str]]:
        """It is only read."""
        return [("↑↓", _("line")), (_("Esc"), _("leave"))]

    def paint(self) -> None:
        """Write it for this width."""
        question, lang = self.workspace.question, self.workspace.lang
        lines: list[Line] = [*_wrapped(self.title_text, self.room, "heading"), ()]
        lines += _wrapped(question.text.get(lang), self.room, "muted")
        lines += [(), *_wrapped(example_of(self.workspace, question), self.room, "strong")]
        self.pane.show([*lines, *example_lines(self.workspace, question, self.room)])

    def act(self, key: str) -> bool:
        """Leave."""
        self.leave()
        return True


def _wrapped(text: str, width: int, style: str) -> Iterable[Line]:
    return [(Piece(line, style),) for line in wrap(text, width - 2, " ", " ")]


def example_lines(workspace: Workspace, question: Question, width: int) -> list[Line]:
    """Return how one of the examples that come with the program answers the question; [] when none does."""
    if question.private:
        return []
    for sample in reversed(samples()):
        partnership = sample.partnership
        subjects = [()] if question.scope == "project" else [(partner.id,) for partner in active(partnership)]
        found = next((subject for subject in subjects if answered(partnership, question, subject)), None)
        if found is None:
            continue
        other = Workspace(workspace.guide, partnership, _ReadOnlyStore())
        other.lang = workspace.lang
        other.place = replace(other.place, question=question.id, partner=found[0] if found else "", slot="")
        lines = FormPainter(other, width, for_others=True).answer_lines()
        title = _("In the example “{title}”").format(title=other.title)
        rule: list[Line] = [(), *_wrapped(title, width, "heading")]
        return [*rule, *lines[:TALLEST]]
    return []


class HelpScreen(FramedPage[None]):
    """The help of the page below; Escape comes back to the same place."""

    headed = False

    def __init__(self, below: Page[Any]) -> None:
        super().__init__()
        self.below = below
        self.where = PROJECTION if below.app.projecting else PAGE  # nothing else acts before a room

    def say(self, text: str) -> None:
        """Before a room, nothing of other screens is said."""
        if self.where != PROJECTION:
            super().say(text)

    @property
    def place(self) -> str:
        """Where the commands that are told are valid: those of the page below, in a window those of any page."""
        return self.below.where or self.where

    def keys(self) -> Sequence[tuple[str, str]]:
        """It is only read."""
        return [("↑↓", _("line")), (_("Esc"), _("back"))]

    def paint_body(self, width: int) -> None:
        """What the page says of itself, how the program works, and the commands that are valid there."""
        width = min(width, 90)
        lines: list[Line] = [()]
        for text, style in self.below.help():
            self._text(lines, text, width, style)
        if self.below.where not in ("", PAGE, PROJECTION):
            self._text(lines, _("How it works"), width, "heading")
            for text in (
                _("Everything is saved as you write; nothing has to be confirmed."),
                _("Enter and Tab go to the next field. Escape shows the plan: there, letters act and arrows move."),
                _(
                    "Private questions never reach the document; the pane on the right (or {key}) shows what does."
                ).format(key=key_meanwhile("document")),
                _("In tmux or over a slow line, Escape then a letter may also be typed as Alt and the letter."),
            ):
                self._text(lines, text, width)
        commands = present(self.place)
        self._text(lines, _("Keys"), width, "heading")
        column = max(cells(command.name) for command in commands) + 3
        lead = max(cells(key_names(command, self.place)) for command in commands) + 5  # three before them, two behind
        for command in commands:
            self._command(lines, command, width, lead, column)
        lines.append(())
        self._text(lines, self.app.guide.credit.get(self.app.lang), width, "muted")
        self.sheet_pane.show(lines)

    def _command(self, lines: list[Line], command: Command, width: int, lead: int, column: int) -> None:
        """Keys, name and explanation beside each other; on a narrow page the explanation stands below the name."""
        keys, pad = f"   {key_names(command, self.place)}".ljust(lead), " " * lead
        if width - lead - column > 20:
            about = wrap(command.explanation, width - lead - column)
            name = command.name + " " * (column - cells(command.name))
            lines.append((Piece(keys, "strong"), Piece(name), Piece(about[0], "muted")))
            lines.extend((Piece(pad + " " * column + more, "muted"),) for more in about[1:])
            return
        names = wrap(command.name, width - lead)
        lines.append((Piece(keys, "strong"), Piece(names[0])))
        lines.extend((Piece(pad + more),) for more in names[1:])
        lines.extend((Piece(pad + more, "muted"),) for more in wrap(command.explanation, width - lead))

    def _text(self, lines: list[Line], text: str, width: int, style: str = "") -> None:
        if style == "rule":
            lines.append((Piece(" " + glyphs.rule(width - 2), "muted"),))
        for paragraph in text.split("\n") if text else ():
            lines.extend((Piece(line, style),) for line in wrap(paragraph, width, " ", "   " if "\n" in text else " "))
        lines.append(())

    def act(self, key: str) -> bool:
        """Close the help for « q », Enter and the letter that opened it. Return whether the key did anything."""
        left = key in ("q", "enter") or self._opens_help(key)
        if left:
            self.leave()
        return left or super().act(key)

    def run_own(self, command_id: str) -> bool:
        """The command that opens the help closes it."""
        if command_id == "help":
            self.leave()
        return command_id == "help"

    def _opens_help(self, key: str) -> bool:
        """The letter that opens the help closes it too."""
        found = by_key(key, WORK, moving=True)
        return found is not None and found.id == "help"
