"""The dialogs: a text to type, a list searched by letters, and a choice by one key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ScreenResultType

from tui.fast_dataclass import dataclass
from tui.i18n import N_, _, ngettext
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.clean import one_line
from tui.text.name_matching import finds, fold, words_of
from tui.text.typography import curl_apostrophes
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui.host import TURNS, WALKS, Dialog, Host
from tui.ui.page import DialogFoot
from tui.ui.window_names import Window

if TYPE_CHECKING:
    from tui.workspace.unfinished_texts import Typing

WINDOW_WIDTH = 76  # cells of a line in a dialog, at most
_UNDO_STEPS = 100  # what is typed in a dialog is not in the undo of the partnership
_MOST_DRAWN = 500  # choices; typed letters find the others
_FRAME = 4  # cells at the sides of a dialog
_LEAST_WIDTH = 8  # cells of the editor
# The help of a dialog that has none of its own: to choose, to type one line, to write several lines.
_HELP_CHOOSE = N_("A few letters narrow the list; Enter takes the line you stand at. Escape changes nothing.")
_HELP_TYPE = N_("Type, then Enter. If you leave by Escape, what you typed waits here for the next time.")
_HELP_WRITE = N_("Enter begins another line, Tab ends. If you leave by Escape, what you typed waits here.")


def line_reached(at: int, by: int, count: int) -> int:
    """Return the line, from 0, that is `by` steps from line `at` among `count` lines.

    A single step goes from one end on to the other; several steps stop at the end.
    """
    return (at + by) % max(count, 1) if abs(by) == 1 else min(max(at + by, 0), max(count - 1, 0))


def list_row_lines(lines: Sequence[str], behind: str, width: int) -> list[Line]:
    """Return one row of a list as lines of `width` cells, with `behind` at its right or, without room, below.

    `lines` are the words of the row before they are wrapped; `behind` is "" for none.
    """
    room = width - 2
    wrapped: list[str] = []
    for line in lines:
        wrapped += [line] if cells(line) <= room else wrap(line, room, "", "     ")
    gap = width - cells(wrapped[-1]) - cells(behind) - 2
    row_lines: list[Line] = [(Piece(line),) for line in wrapped]
    if not behind:
        return row_lines
    if gap > 0:
        return [*row_lines[:-1], (Piece(wrapped[-1]), Piece(f"{' ' * gap}{behind} ", "muted"))]
    return [*row_lines, *((Piece(line, "muted"),) for line in wrap(behind, room, "     ", "     "))]


class ListDialog(Dialog[ScreenResultType]):
    """A dialog of painted lines. Each subclass defines `title_text`, `keys` and `paint`."""

    title_text = ""
    has_cursor = True  # whether one of the lines is the current one

    def heading(self) -> str:
        """Return the question that the dialog asks."""
        return self.title_text

    def compose(self) -> ComposeResult:
        """Yield the lines and the keys."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="›" if self.has_cursor else "")
        yield DialogFoot()

    def on_mount(self) -> None:
        """Give the keyboard to the lines."""
        self.pane.focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()
        self.query_one(DialogFoot).show_keys(self.keys())

    @property
    def pane(self) -> Lines:
        """The pane of the lines."""
        return self.query_one("#picker-list", Lines)

    @property
    def room(self) -> int:
        """The cells that a line may take."""
        return min(self.size.width - _FRAME, WINDOW_WIDTH)

    def walk(self, by: int) -> bool:
        """Scroll by `by` lines. Return True, since the key did something."""
        self.pane.scroll_relative(y=by, animate=False)
        return True

    def turn(self, pages: int) -> bool:
        """Scroll by `pages` times as many lines as are shown. Return True, since the key did something."""
        return self.walk(pages * max(self.pane.size.height, 1))


class OneKey(ListDialog[str | None]):
    """A choice by a single key: `choices` are (key, words); the answer is the key pressed, None after Escape."""

    about = N_("The key that stands before a line takes it. Escape changes nothing.")
    has_cursor = False

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the choices."""
        return [*((key, "") for key, _words in self.choices), (_("Esc"), _("leave"))]

    def paint(self) -> None:
        """Paint the question and the choices."""
        lines: list[Line] = [(Piece(line, "heading"),) for line in wrap(self.title_text, self.room - 1, " ", " ")]
        lines.append(())
        lines += [(Piece(f"   {key}  ", "strong accent"), Piece(words)) for key, words in self.choices]
        self.pane.show(lines)

    def act(self, key: str) -> bool:
        """Answer by a key of the list; any other key does nothing. Return True, so that no command runs either."""
        if key in {choice for choice, _words in self.choices}:
            self.dismiss(key)
        return True


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    id: str  # what the dialog returns for this choice
    label: str
    behind: str = ""  # muted words at the right end
    about: str = ""  # shown below the list while this is the current line
    also: str = ""  # other words by which it is found; never shown
    only_found: bool = False  # whether it is listed only when typed letters find it
    is_question: bool = False  # then `also` counts like the label, and it is before others that are found equally well


def _sort_key(query: tuple[str, ...], choice: Choice) -> tuple[bool, int, bool]:
    """Return the sort key of a choice that the words of `query` find; the choice with the smallest key is listed first.

    The key is (whether a word typed is no whole word of the choice, a weight, whether the choice is no question). The
    weight is 0 if the label begins with the letters, up to 5 if only `about` holds them. Other words of a question
    weigh as much as a label that begins with the letters and goes on. So “budget” finds the question “Resources” before
    its field “Budget line”.
    """
    label, other_words = words_of(choice.label), words_of(choice.also)
    main_words = (*label, *other_words) if choice.is_question else label
    label_begins = finds(query, label) and label[0].startswith(query[0])
    if label_begins and (choice.is_question or not choice.only_found or label == query):
        weight = 0
    elif label_begins or (choice.is_question and finds(query, other_words)):
        weight = 1
    elif finds(query, main_words):
        weight = 2 if choice.is_question else 3
    else:
        weight = 4 if finds(query, other_words) else 5
    has_whole_words = set(query) <= set(main_words)
    return not has_whole_words, weight, not choice.is_question


class Picker(Dialog[str | None]):
    """Asks for one of several choices or, if `typing` is given, for a text. The answer is None after Escape.

    `typing` keeps the unfinished text on disk. `text` is what the field holds for which the dialog asks; `begun` are
    letters typed before the dialog was there, which replace `text`. `prose` allows several lines. The empty editor
    shows `hint`.
    """

    def __init__(self, title: str, choices: Sequence[Choice] = (), *, typing: Typing | None = None, text: str = "",
                 begun: str = "", prose: bool = False, hint: str = "") -> None:  # fmt: skip
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)
        self.typing = typing
        self.text = text
        self.begun = begun
        self.prose = prose
        self.hint = hint
        self.at = 0  # the number, from 0, of the current choice among `found`
        self.found: list[Choice] = []  # the choices that the letters find
        self._rows: list[int] = []  # the first painted line of each choice in `found`
        self._words: list[tuple[str, ...]] | None = None  # the words to search of each choice; None before a search

    def compose(self) -> ComposeResult:
        """Yield the title, the line to type in, the list of what is found, and the keys."""
        with Vertical(id="picker"):
            yield Lines(id="picker-title", classes="bar", glyph="")
            yield Editor(
                self.text,
                single_line=not self.prose,
                placeholder=curl_apostrophes(self.hint),
                undo_steps=_UNDO_STEPS,
                id="picker-text",
            )
            yield Lines(id="picker-list", owns_styles=False)
        yield DialogFoot()

    def on_mount(self) -> None:
        """Fill the editor with the text begun before, and give it the keyboard."""
        editor = self.query_one(Editor)
        editor.watcher = self._typed
        editor.on_enter = self._give_answer
        editor.on_leave = lambda way: self.walk(-1 if way == "up" else 1)
        editor.set_class(self.prose, "prose")
        self.query_one("#picker-list").can_focus = False
        self.query_one("#picker-title").can_focus = False
        self.query_one("#picker-list").display = bool(self.choices)
        if self.typing is not None:
            editor.load(self.typing.open(self.title_text, self.text))
        if self.begun:
            editor.load(self.begun)
            self._typed(self.begun)
        editor.move_cursor(editor.document.end)
        editor.focus()
        self._fit(editor)
        self.call_after_refresh(editor.show_beginning)
        self.query_one(DialogFoot).show_keys(self.keys())
        self.set_up_editor(editor)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys with what they do: those to choose, to type one line, or to write several lines."""
        way_out = (_("Esc"), _("leave"))
        if self.prose:
            return [("Tab", _("done")), (_("Enter"), _("next line")), way_out]
        if not self.choices:
            return [(_("Enter"), _("done")), way_out]
        return [(_("Enter"), _("choose")), ("↑↓", ""), way_out]

    def _fit(self, editor: Editor) -> None:
        """Give the editor of one line the height that its wrapped text needs, up to a third of the screen."""
        if not self.prose:
            width = max(self._line_cells - 4, _LEAST_WIDTH)
            rows = len(wrap(editor.text, width)) if editor.text else 1
            editor.styles.height = min(max(rows, 1), max(self.size.height // 3, 1))

    def set_up_editor(self, editor: Editor) -> None:
        """Set what a subclass needs of its editor, such as a function for a key; this class needs nothing."""

    def on_resize(self) -> None:
        """Paint for the new width."""
        self._paint()

    def _typed(self, text: str) -> None:
        """Keep the text that is in the editor now, and show what it finds."""
        if self.typing is not None:
            self.typing.keep(text)
        self.at = 0
        self._fit(self.query_one(Editor))
        self._paint()

    @property
    def _line_cells(self) -> int:
        """The cells that a line may take."""
        return min(self.size.width - _FRAME, WINDOW_WIDTH)

    def _paint(self) -> None:
        """Show the title and the choices that the typed letters find, and scroll to the current one."""
        all_found = self._search(self.query_one(Editor).text if not self.prose else "")
        self.found = all_found[:_MOST_DRAWN]
        self.at = min(self.at, max(len(self.found) - 1, 0))
        width = self._line_cells
        self.show_title(width)
        pane = self.query_one("#picker-list", Lines)
        lines: list[Line] = []
        self._rows = []
        for choice in self.found:
            self._rows.append(len(lines))
            lines += self._choice_lines(choice, width)
        if not lines and self.typing is None:
            lines = [(Piece("   " + _("Nothing here by that name."), "muted"),)]
        if more := len(all_found) - len(self.found):
            note = ngettext("and {n} more: type a few letters", "and {n} more: type a few letters", more)
            lines += [(Piece(line, "muted"),) for line in wrap(note.format(n=more), width - 2, "   ", "   ")]
        pane.show(lines + self._about(width))
        row = self._rows[self.at] if self.found else 0
        pane.cursor = row if self.found else None
        pane.scroll_to_row(row)
        # A list that has just grown has its height only after the layout.
        self.call_after_refresh(pane.scroll_to_row, row)

    def show_title(self, width: int) -> None:
        """Show the question; below it, that the text was begun before, or why it is not on disk."""
        lines: list[Line] = [(Piece(line, "heading"),) for line in wrap(self.title_text, width, " ", " ")]
        for note, style in self._notes():
            lines += [(Piece(line, style),) for line in wrap(note, width, " ", " ")]
        title = self.query_one("#picker-title", Lines)
        title.styles.height = len(lines)
        title.show(lines)

    def _notes(self) -> list[tuple[str, str]]:
        """Return the notes below the title as (words, style): that the text is not saved, or was begun before."""
        if self.typing is None:
            return []
        if self.typing.problem:
            return [(_("NOT SAVED: {reason}").format(reason=self.typing.problem), "warn")]
        earlier = self.typing.earlier
        if earlier is None or earlier.text == self.text:
            return []
        note = _("You began this before; it is noted nowhere yet.")
        if earlier.base != self.text:
            note = _("You began this before; the field says now: {text}").format(text=one_line(self.text) or "—")
        return [(note, "muted")]

    def _search(self, text: str) -> list[Choice]:
        """Return the choices that the words of `text` find, as `_sort_key` sorts them; a name typed whole comes first.

        A text of signs alone, as « ? », finds the labels that hold it. Without text these are all the choices but
        those that only letters find (`only_found`).
        """
        query, typed = words_of(text), fold(text)
        if not typed:
            return [choice for choice in self.choices if not choice.only_found]
        if not query:
            matching = [choice for choice in self.choices if typed in fold(choice.label)]
        else:
            if self._words is None:
                self._words = [words_of(f"{choice.label} {choice.about} {choice.also}") for choice in self.choices]
            matching = [choice for choice, words in zip(self.choices, self._words, strict=True) if finds(query, words)]
        if query and any(choice.about or choice.also for choice in matching):
            matching = sorted(matching, key=lambda item: _sort_key(query, item))
        # Not so a field of the guide: « qui » asks for « Qui, et pourquoi », though some fields are called « Qui ».
        return sorted(matching, key=lambda choice: choice.only_found or fold(choice.label) != typed)

    def _choice_lines(self, choice: Choice, width: int) -> list[Line]:
        """Return the painted lines of a choice."""
        return list_row_lines([f"   {choice.label}"], choice.behind, width)

    def _about(self, width: int) -> list[Line]:
        """Return the lines that explain the current choice; [] if there is nothing to explain."""
        if not self.found or not self.found[self.at].about:
            return []
        return [(), *((Piece(text, "muted"),) for text in wrap(self.found[self.at].about, width - 2, "   ", "   "))]

    def heading(self) -> str:
        """Return the question that the dialog asks."""
        return self.title_text

    def help(self) -> Iterable[tuple[str, str]]:
        """Yield the help as (text, style): first what dialogs of this kind are for, unless `about` says it."""
        if not self.about:
            help_text = _HELP_TYPE if self.typing is not None else _HELP_CHOOSE
            yield _(_HELP_WRITE if self.prose else help_text), ""
        yield from super().help()

    def walk(self, by: int) -> bool:
        """Go `by` choices on among those found; a single step goes from one end on to the other. Return True."""
        if self.found:
            self.at = line_reached(self.at, by, len(self.found))
            self._paint()
        return True

    def turn(self, pages: int) -> bool:
        """Go `pages` times as many lines on as are shown, by one choice at least. Return True."""
        if not self.found:
            return True
        wanted_line = self._rows[self.at] + pages * max(self.query_one("#picker-list").size.height, 1)
        # The last choice that begins at that line or before it.
        wanted = max(sum(row <= wanted_line for row in self._rows) - 1, 0)
        by = wanted - self.at
        return self.walk(max(by, 1) if pages > 0 else min(by, -1))

    def pressed(self, event: events.Key) -> bool:
        """Leave Home and End to the editor, and all keys that move the cursor if the text may have several lines."""
        moves_in_prose = self.prose and event.key in (*WALKS, *TURNS)
        if event.key in ("home", "end") or moves_in_prose:
            return False
        return super().pressed(event)

    def act(self, key: str) -> bool:
        """End a text of several lines at Tab or F4. Return whether the key did so."""
        ends_text = self.prose and key in ("tab", "f4")
        if ends_text:
            self._give_answer()
        return ends_text

    def leave(self) -> None:
        """Close the dialog without an answer; a typed text waits for the next time the same is asked."""
        self.dismiss(None)
        if self.typing is not None and self.typing.wanted is not None:
            self.app.say(_("What you typed waits here: the same key brings it back."))

    def run_own_command(self, command_id: str) -> bool:
        """Let undo and redo act on the text of this dialog. Return whether the command was one of the two."""
        editor = self.query_one(Editor)
        actions = {"undo": editor.undo, "redo": editor.redo}
        if command_id in actions:
            actions[command_id]()
        return command_id in actions

    def _give_answer(self) -> None:
        """Answer with the typed text if `typing` keeps one, else with the current choice; do nothing without either."""
        text = self.query_one(Editor).text
        if self.found and self.typing is None:
            self.dismiss(self.found[self.at].id)
        elif self.typing is not None and (text.strip() or not self.choices):
            self.dismiss(text)
        elif self.found:
            self.dismiss(self.found[self.at].id)


def yes_no(question: str) -> Picker:
    """Return a dialog that asks a question, answered by "no", which is listed first, or "yes"."""
    return Picker(question, (Choice("no", _("No")), Choice("yes", _("Yes"))))


OnAnswer = Callable[[str | None], object]  # takes the text, None after Escape; returns False if it kept nothing


def ask(app: Host, window: Picker, on_answer: OnAnswer) -> None:
    """Ask for a text by a dialog that has a `typing`.

    `on_answer` is called with the text, None after Escape, and puts it where it belongs. It returns False if it could
    not: then the text is offered again when the same is asked again.
    """
    typing = window.typing
    assert typing is not None

    def take_answer(text: str | None) -> None:
        result = on_answer(text)
        if text is None or result is False:
            typing.leave()
        else:
            typing.done()

    app.push_screen(window, take_answer)


def ask_text(app: Host, window: Window, title: str, on_answer: OnAnswer, *, row: str = "",
             text: str = "", begun: str = "", prose: bool = False, hint: str = "") -> Typing:  # fmt: skip
    """Ask for a text about the open partnership, and return the text being typed.

    `window` and `row` (an id, "" for none) are what the unfinished text is found again by. `on_answer` is as in `ask`,
    the other arguments are those of `Picker`.
    """
    typing = begin_typing(app, window, row)
    ask(app, Picker(title, typing=typing, text=text, begun=begun, prose=prose, hint=hint), on_answer)
    return typing


def begin_typing(app: Host, window: Window, row: str = "", *, partnership: str | None = None) -> Typing:
    """Return the text of a window, begun before or new; `partnership` is an id, "" for none, None for the open one.

    While the screen is projected at a meeting the text is always new: an earlier text was not typed for the others.
    """
    if partnership is None:
        partnership = app.workspace.partnership.id if app.workspace is not None else ""
    return app.unfinished.begin(window, row, partnership, hidden=app.projecting)
