"""The help of a page with its keys, and the worked example of a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tui.commands import PAGE, PROJECTION, WORK, Command, by_key, commands_at, key_meanwhile, key_names
from tui.guide.guide_types import Question
from tui.i18n import N_, _
from tui.partnership.completion import is_answered
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

MAX_EXAMPLE_LINES = 14  # lines of an example that are shown, at most
_MAX_WIDTH = 90  # cells of the lines of the help, at most
_MIN_EXPLANATION_WIDTH = 20  # cells; in fewer, an explanation stands below its command
_BLANKS_BEFORE_KEYS, _BLANKS_AFTER_KEYS, _BLANKS_AFTER_NAME = 3, 2, 3


class _ReadOnlyStore:
    """The store of an example, which `Workspace` requires; it is never called, since an example is only read."""

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> SaveResult:
        """Raise NotImplementedError."""
        raise NotImplementedError

    def load(self, partnership_id: str, /) -> Partnership:
        """Raise NotImplementedError."""
        raise NotImplementedError


class ExampleScreen(ListDialog[None]):
    """A window with a worked example; any key that does not scroll closes it."""

    has_cursor = False
    about = N_("How this question may be answered, with invented names. Nothing of it is in your partnership.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.title_text = _("A worked example")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [("↑↓", _("line")), (_("Esc"), _("leave"))]

    def paint(self) -> None:
        """Paint the question, its example, and the answer of one of the example partnerships."""
        question, lang = self.workspace.question, self.workspace.lang
        lines: list[Line] = [*_wrapped(self.title_text, self.room, "heading"), ()]
        lines += _wrapped(question.text.get(lang), self.room, "muted")
        lines += [(), *_wrapped(example_of(self.workspace, question), self.room, "strong")]
        self.pane.show([*lines, *example_lines(self.workspace, question, self.room)])

    def act(self, key: str) -> bool:
        """Close the window. Return True."""
        self.leave()
        return True


def _wrapped(text: str, width: int, style: str) -> Iterable[Line]:
    """Return the lines of a text in `width` cells."""
    return [(Piece(line, style),) for line in wrap(text, width - 2, " ", " ")]


def example_lines(workspace: Workspace, question: Question, width: int) -> list[Line]:
    """Return how one of the examples that come with the program answers the question; [] if none does."""
    if question.private:
        return []
    for sample in reversed(samples()):
        partnership = sample.partnership
        # Whose answers are looked at: the project's, (), or those of each partner.
        subjects = [()] if question.scope == "project" else [(partner.id,) for partner in active(partnership)]
        subject = next((subject for subject in subjects if is_answered(partnership, question, subject)), None)
        if subject is None:
            continue
        example = Workspace(workspace.guide, partnership, _ReadOnlyStore())
        example.lang = workspace.lang
        example.place = replace(example.place, question=question.id, partner=subject[0] if subject else "", slot="")
        lines = FormPainter(example, width, for_others=True).answer_lines()
        title = _("In the example “{title}”").format(title=example.title)
        head: list[Line] = [(), *_wrapped(title, width, "heading")]
        return [*head, *lines[:MAX_EXAMPLE_LINES]]
    return []


class HelpScreen(FramedPage[None]):
    """The help of the page below; Escape comes back to the same place."""

    headed = False

    def __init__(self, page_below: Page[Any]) -> None:
        super().__init__()
        self.page_below = page_below
        self.where = PROJECTION if page_below.app.projecting else PAGE  # while projecting, only its commands are valid

    def say(self, text: str) -> None:
        """Show a message of other screens, but not while projecting."""
        if self.where != PROJECTION:
            super().say(text)

    @property
    def commands_place(self) -> str:
        """The place whose commands are listed: that of the page below or, if that is a dialog, of any page."""
        return self.page_below.where or self.where

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [("↑↓", _("line")), (_("Esc"), _("back"))]

    def paint_body(self, width: int) -> None:
        """Paint the help of the page below, how the program works, and the commands that are valid there."""
        width = min(width, _MAX_WIDTH)
        lines: list[Line] = [()]
        for text, style in self.page_below.help():
            self._add_text(lines, text, width, style)
        if self.page_below.where not in ("", PAGE, PROJECTION):
            self._add_text(lines, _("How it works"), width, "heading")
            for text in (
                _("Everything is saved as you write; nothing has to be confirmed."),
                _("Enter and Tab go to the next field. Escape shows the plan: there, letters act and arrows move."),
                _(
                    "Private questions never reach the document; the pane on the right (or {key}) shows what does."
                ).format(key=key_meanwhile("document")),
                _("In tmux or over a slow line, Escape then a letter may also be typed as Alt and the letter."),
            ):
                self._add_text(lines, text, width)
        commands = commands_at(self.commands_place)
        self._add_text(lines, _("Keys"), width, "heading")
        name_width = max(cells(command.name) for command in commands) + _BLANKS_AFTER_NAME
        keys_width = max(cells(key_names(command, self.commands_place)) for command in commands)
        keys_width += _BLANKS_BEFORE_KEYS + _BLANKS_AFTER_KEYS
        for command in commands:
            self._add_command(lines, command, width, keys_width, name_width)
        lines.append(())
        self._add_text(lines, self.app.guide.credit.get(self.app.lang), width, "muted")
        self.sheet_pane.show(lines)

    def _add_command(self, lines: list[Line], command: Command, width: int, keys_width: int, name_width: int) -> None:
        """Append a command to `lines`: keys, name, explanation; on a narrow page the explanation below the name.

        `keys_width` and `name_width` are the cells of the columns of keys and of names.
        """
        keys = (" " * _BLANKS_BEFORE_KEYS + key_names(command, self.commands_place)).ljust(keys_width)
        indent = " " * keys_width
        width_after_keys = width - keys_width
        if width_after_keys - name_width > _MIN_EXPLANATION_WIDTH:
            about_lines = wrap(command.explanation, width_after_keys - name_width)
            name = command.name + " " * (name_width - cells(command.name))
            lines.append((Piece(keys, "strong"), Piece(name), Piece(about_lines[0], "muted")))
            lines.extend((Piece(indent + " " * name_width + line, "muted"),) for line in about_lines[1:])
            return
        name_lines = wrap(command.name, width_after_keys)
        lines.append((Piece(keys, "strong"), Piece(name_lines[0])))
        lines.extend((Piece(indent + line),) for line in name_lines[1:])
        lines.extend((Piece(indent + line, "muted"),) for line in wrap(command.explanation, width_after_keys))

    def _add_text(self, lines: list[Line], text: str, width: int, style: str = "") -> None:
        """Append a text to `lines`, wrapped, with a blank line below; the style "rule" appends a rule."""
        if style == "rule":
            lines.append((Piece(" " + glyphs.rule(width - 2), "muted"),))
        for paragraph in text.split("\n") if text else ():
            lines.extend((Piece(line, style),) for line in wrap(paragraph, width, " ", "   " if "\n" in text else " "))
        lines.append(())

    def act(self, key: str) -> bool:
        """Close the help for « q », Enter and the letter that opened it. Return whether the key did something."""
        if key in ("q", "enter") or self._is_help_key(key):
            self.leave()
            return True
        return super().act(key)

    def run_own_command(self, command_id: str) -> bool:
        """Close the help for the command "help". Return False for any other command."""
        if command_id == "help":
            self.leave()
        return command_id == "help"

    def _is_help_key(self, key: str) -> bool:
        """Return whether a letter is that of the command "help"."""
        command = by_key(key, WORK, moving=True)
        return command is not None and command.id == "help"
