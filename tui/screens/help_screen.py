"""The help of a question and of every key, and a worked example of the question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.commands import WORK, Command, by_key, key_meanwhile, key_names, present
from tui.guide.guide_types import Question
from tui.i18n import _
from tui.partnership.completion import answered
from tui.partnership.partners import active
from tui.partnership.values import Change, Partnership
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui import glyphs
from tui.ui.form_painter import FormPainter
from tui.ui.host import Dialog, Page
from tui.ui.page import WindowFoot, keys_line
from tui.workspace.guide_texts import example_of, explained, help_of, private_notice
from tui.workspace.samples import samples
from tui.workspace.workspace import Saving, Workspace

TALLEST = 14  # rows taken from an example


class _Shown:
    """An example is only looked at: nothing of it is ever saved."""

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> Saving:
        """Nothing is changed, so nothing comes here."""
        raise NotImplementedError

    def load(self, partnership_id: str, /) -> Partnership:
        """Nothing is read again."""
        raise NotImplementedError


class ExampleScreen(Dialog[None]):
    """A window to read; any key that leaves, leaves."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        """One pane."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="")
        yield WindowFoot()

    def on_resize(self) -> None:
        """Write it for this width."""
        width = min(self.size.width - 4, 76)
        question, lang = self.workspace.question, self.workspace.lang
        lines: list[Line] = [(Piece(" " + _("A worked example"), "heading"),), ()]
        lines += _wrapped(question.text.get(lang), width, "muted")
        lines += [(), *_wrapped(example_of(self.workspace, question), width, "strong")]
        lines += shown(self.workspace, question, width)
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


def shown(workspace: Workspace, question: Question, width: int) -> list[Line]:
    """How one of the examples that come with the program answers the question; [] when none does."""
    if question.private:
        return []
    for sample in reversed(samples()):
        partnership = sample.partnership
        subjects = [()] if question.scope == "project" else [(one.id,) for one in active(partnership)]
        found = next((one for one in subjects if answered(partnership, question, one)), None)
        if found is None:
            continue
        other = Workspace(workspace.guide, partnership, _Shown())
        other.lang = workspace.lang
        other.place = replace(other.place, question=question.id, partner=found[0] if found else "", slot="")
        lines = FormPainter(other, width, calm=True).read()
        title = _("In the example “{title}”").format(title=other.title)
        rule: list[Line] = [(), (Piece(f" {title}", "heading"),)]
        return [*rule, *lines[:TALLEST]]
    return []


KEYS = 13  # cells for the keys of a command, and the space after them


class HelpScreen(Page[None]):
    """A page to read; Escape comes back to the same place."""

    def compose(self) -> ComposeResult:
        """One page, and the way out below."""
        yield Lines(id="page", glyph="")
        yield Lines(id="foot", classes="bar", glyph="")

    def on_mount(self) -> None:
        """The keyboard goes to the page."""
        self.query_one("#foot").can_focus = False
        self.query_one("#page").focus()

    def on_resize(self) -> None:
        """Write the page for this width."""
        where = next((page.where for page in self.app.pages if page.where), WORK)
        self.query_one("#page", Lines).show(self._page(min(self.size.width - 2, 90), where))
        keys = [("↑↓", _("line")), (_("Esc"), _("back"))]
        self.query_one("#foot", Lines).show([keys_line(keys, self.size.width)])

    def _page(self, width: int, where: str) -> list[Line]:
        lines: list[Line] = [()]
        workspace = self.app.workspace
        if workspace is not None:
            question = workspace.question
            self._field(lines, width)
            self._text(lines, question.text.get(workspace.lang), width, "title")
            self._text(lines, help_of(workspace, question), width)
            self._text(lines, _("Example: {text}").format(text=example_of(workspace, question)), width, "hint")
            self._choices(lines, workspace, width)
            self._text(lines, private_notice(workspace, question), width)
        self._text(lines, _("How it works"), width, "heading")
        for text in (
            _("Everything is saved as you write; nothing has to be confirmed."),
            _("Enter and Tab go to the next field. Escape shows the plan: there, letters act and arrows move."),
            _("Private questions never reach the document; the pane on the right (or {key}) shows what does.").format(
                key=key_meanwhile("document")
            ),
            _("In tmux or over a slow line, Escape then a letter may also be typed as Alt and the letter."),
        ):
            self._text(lines, text, width)
        self._text(lines, _("Keys"), width, "heading")
        commands = present(where)
        column = max(cells(one.name) for one in commands) + 3
        for one in commands:
            self._command(lines, one, width, column)
        lines.append(())
        self._text(lines, self.app.guide.credit.get(self.app.lang), width, "muted")
        return lines

    def _command(self, lines: list[Line], one: Command, width: int, column: int) -> None:
        """Keys, name and explanation beside each other; on a narrow page the explanation stands below the name."""
        keys, pad = f"   {key_names(one):<10}", " " * KEYS
        if width - KEYS - column > 20:
            about = wrap(one.explanation, width - KEYS - column)
            name = one.name + " " * (column - cells(one.name))
            lines.append((Piece(keys, "strong"), Piece(name), Piece(about[0], "muted")))
            lines.extend((Piece(pad + " " * column + more, "muted"),) for more in about[1:])
            return
        names = wrap(one.name, width - KEYS)
        lines.append((Piece(keys, "strong"), Piece(names[0])))
        lines.extend((Piece(pad + more),) for more in names[1:])
        lines.extend((Piece(pad + more, "muted"),) for more in wrap(one.explanation, width - KEYS))

    def _field(self, lines: list[Line], width: int) -> None:
        """The field one was in when help was asked for comes first."""
        told = [text for page in self.app.pages for text in page.field_help()]
        if told:
            for text, style in told:
                self._text(lines, text, width, style)
            lines.append((Piece(" " + glyphs.rule(width - 2), "muted"),))
            lines.append(())

    def _choices(self, lines: list[Line], workspace: Workspace, width: int) -> None:
        """What each choice of the question means, field by field."""
        for part in workspace.question.parts:
            for field in part.fields:
                meanings = [] if field.hidden else list(explained(workspace, field))
                if meanings:
                    label = field.label.get(workspace.lang)
                    lines.extend((Piece(line, "heading"),) for line in wrap(label, width, " ", " "))
                    for meaning in meanings:
                        lines.extend((Piece(line),) for line in wrap(meaning, width, "  ", "    "))
                    lines.append(())

    def _text(self, lines: list[Line], text: str, width: int, style: str = "") -> None:
        if not text:
            return
        lines.extend((Piece(line, style),) for line in wrap(text, width, " ", " "))
        lines.append(())

    def on_key(self, event: events.Key) -> None:
        """Arrows and pages scroll; anything that leaves, leaves."""
        page = self.query_one("#page", Lines)
        moves = {"up": -1, "down": 1, "pageup": -page.size.height, "pagedown": page.size.height}
        if event.key in moves:
            page.scroll_relative(y=moves[event.key], animate=False)
        elif event.key in ("escape", "q", "enter") or self._same_again(event.key):
            self.app.pop_screen()
        else:
            return
        event.stop()
        event.prevent_default()

    def _same_again(self, key: str) -> bool:
        """The key that opens help closes it too."""
        found = by_key(key, WORK, moving=True)
        return found is not None and found.id == "help"
