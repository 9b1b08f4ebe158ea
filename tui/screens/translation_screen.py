"""Both languages side by side: what has no second text yet, and the second text typed beside the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from tui.commands import BY_ID, key_name
from tui.i18n import N_, _, ngettext
from tui.partnership.partners import find_partner
from tui.partnership.translation import (
    DONE,
    LANGUAGE_NAMES,
    MISSING,
    STALE,
    Pair,
    in_other_places,
    negotiated_language,
    pairs,
    read_again,
    source_language,
    translated,
    translation_begun,
)
from tui.partnership.values import Value
from tui.screens.undo_commands import redo, undo
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import first_lines, pad, wrap
from tui.ui.glyphs import plain_marks
from tui.ui.page import FramedPage
from tui.workspace.workspace import Workspace
from tui.workspace.writing import changed_elsewhere

if TYPE_CHECKING:
    from tui.ui.host import Host

_GLYPHS = {MISSING: "○", STALE: "!", DONE: "●"}
_ASCII = {MISSING: ".", STALE: "!", DONE: "x"}
_STYLES = {MISSING: "muted", STALE: "warn", DONE: "done"}
_ROWS = 2  # lines of a text in the list
_BESIDE = 70  # cells from which both texts stand beside each other
_TALLEST = 7  # lines of the first text that are shown: a long one is read in the document


class TranslatingScreen(FramedPage[None]):
    """The texts in two columns above; below, the first text and the second one being typed."""

    about = N_(
        "What the document says in one language and not yet in the other. Write the second text below; Tab goes to the "
        "next text that is left."
    )
    writing = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.pairs = pairs(workspace.guide, workspace.partnership, workspace.view)
        self.first = source_language(self.pairs, workspace.doc_lang)
        self.at = next((at for at, pair in enumerate(self.pairs) if pair.state != DONE), 0)
        self.rows: list[int] = []  # the first line of each
        self._shown: Value = None  # what the second text was when it was loaded, or last typed

    @property
    def second(self) -> str:
        """The language that is being written."""
        return "en" if self.first == "fr" else "fr"

    def body(self) -> ComposeResult:
        """Return the texts, the first text, the second."""
        yield Lines(id="sheet")
        yield Lines(id="source", classes="bar", glyph="", owns_styles=False)
        yield Editor(id="text")

    def on_mount(self) -> None:
        """The texts are walked from the editor of the second one."""
        self.sheet_pane.can_focus = False
        editor = self.query_one(Editor)
        editor.watcher = self._typed
        editor.on_enter = lambda: self._next()
        editor.on_leave = lambda way: self._go(self.at + (-1 if way == "up" else 1))
        self._load()

    def take_keyboard(self) -> None:
        """The letters go to the second text."""
        self.query_one(Editor).focus()

    # -- what is shown -----------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """From which language to which, and how many texts are left."""
        left = sum(pair.state != DONE for pair in self.pairs)
        said = ngettext("{n} text left", "{n} texts left", left).format(n=left) if left else _("all is translated")
        return f"{LANGUAGE_NAMES[self.first]} → {LANGUAGE_NAMES[self.second]} · {said}"

    def paint(self) -> None:
        """Paint everything from the texts as they stand now."""
        self.pairs = pairs(self.workspace.guide, self.workspace.partnership, self.workspace.view)
        self.at = min(self.at, max(len(self.pairs) - 1, 0))
        super().paint()

    def paint_body(self, width: int) -> None:
        """Paint the texts, and the one that is translated."""
        width = self.size.width
        pane = self.sheet_pane
        lines: list[Line] = []
        self.rows = []
        for pair in self.pairs:
            self.rows.append(len(lines))
            lines += self._lines(pair, width)
        pane.show(lines or [(Piece("   " + _("No text yet."), "hint"),)])
        row = self.rows[self.at] if self.pairs else None
        pane.cursor = row
        pane.scroll_to_row(row or 0)
        source = self._source(width)
        self.query_one("#source", Lines).styles.height = len(source) + 1  # its rule
        self.query_one("#source", Lines).show(source)

    def _lines(self, pair: Pair, width: int) -> list[Line]:
        """Both texts beside each other, on a narrow screen one below the other; a long one in its first words."""
        glyph = (_ASCII if plain_marks() else _GLYPHS)[pair.state]
        lead = Piece(f"   {glyph} ", _STYLES[pair.state])
        first, second = (pair.text(lang) for lang in (self.first, self.second))
        words, style = second or _("to be translated"), "" if second else "hint"
        if width < _BESIDE:
            ours, theirs = first_lines(first, width - 6, _ROWS), first_lines(words, width - 8, _ROWS, "  ", "  ")
            shown: list[Line] = [(lead, Piece(ours[0])), *((Piece(f"     {line}"),) for line in ours[1:])]
            return [*shown, *((Piece(f"     {line}", style or "muted"),) for line in theirs)]
        half = (width - 6) // 2
        ours, theirs = first_lines(first, half - 1, _ROWS), first_lines(words, half - 1, _ROWS)
        rows = zip_longest(ours, theirs, fillvalue="")
        return [
            (lead if not at else Piece("     "), Piece(pad(own, half)), Piece(other, style))
            for at, (own, other) in enumerate(rows)
        ]

    def _source(self, width: int) -> list[Line]:
        """Where the text stands, what it says, and what is to be said of it."""
        if not self.pairs:
            return [()]
        pair = self.pairs[self.at]
        partner = find_partner(self.workspace.partnership, pair.partner)
        question = self.workspace.guide.question(pair.entry.question)
        facts = (question.short.get(self.workspace.lang), partner.short(self.workspace.lang) if partner else "",
                 pair.field.label.get(self.workspace.lang))  # fmt: skip
        lines = wrap(pair.text(self.first) or _("(nothing in this language)"), width - 3, " ", " ")
        shown: list[Line] = [(Piece(line),) for line in lines[:_TALLEST]]
        if len(lines) > _TALLEST:
            shown[-1] = (Piece(f"{lines[_TALLEST - 1]} …"),)
        head = [(Piece(line, "heading"),) for line in wrap(" · ".join(filter(None, facts)), width - 1, " ", " ")]
        if lang := negotiated_language(pair.entry, pair.field):
            said = _("negotiated: {language}").format(language=LANGUAGE_NAMES[lang])
            head += [(Piece(line, "muted"),) for line in wrap(said, width - 1, " ", " ")]
        if pair.state == STALE:
            said = "! " + _("changed since it was translated")
            head += [(Piece(line, "warn"),) for line in wrap(said, width - 1, " ", " ")]
        return [(), *head, *shown, (Piece(f" {LANGUAGE_NAMES[self.second]}", "muted"),)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what is done with a text."""
        names = (("copy", _("same in both")), ("save", _("still right")), ("partner", _("other way round")))
        keys = [
            ("Tab", _("next left")),
            ("↑↓", _("another")),
            *((key_name(BY_ID[name]), words) for name, words in names),
        ]
        return [*keys, (_("Esc"), _("back"))]

    # -- what is done ------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        editor = self.query_one(Editor)
        pair = self.pairs[self.at] if self.pairs else None
        editor.read_only = pair is None  # with nothing to translate a letter would go nowhere
        editor.single_line = pair is None or pair.field.kind != "prose"
        editor.load(pair.text(self.second) if pair is not None else "")
        self._shown = pair.entry.get(f"{pair.field.id}@{self.second}") if pair is not None else None

    def _typed(self, text: str) -> None:
        if self.pairs:
            pair = self.pairs[self.at]
            change = translated(pair, self.second, text)
            if changed_elsewhere(_second_text(self), self._shown):
                change = replace(change, base=0)  # what stands there was never shown: both texts are kept
            begun = translation_begun(pair.entry, pair.field, self.second)
            self.workspace.edit((change, *begun), f"{pair.entry.id}/{pair.field.id}@{self.second}")
            self._shown = _second_text(self)
            self.message = ""
            self.paint()

    def _go(self, at: int) -> None:
        self.workspace.edits.end_typing()
        self._repeat_elsewhere()
        self.at = min(max(at, 0), max(len(self.pairs) - 1, 0))
        self._load()
        self.paint()

    def _repeat_elsewhere(self) -> None:
        """Give the same words in other places the translation that was just typed; one undo takes that back."""
        if not self.pairs:
            return
        changes = in_other_places(self.pairs, self.pairs[self.at], self.second)
        if changes and self.workspace.edit(changes):
            self.workspace.edits.end_typing()
            self.pairs = pairs(self.workspace.guide, self.workspace.partnership)
            said = ngettext("The same words, in {n} other place.", "The same words, in {n} other places.", len(changes))
            self.message = said.format(n=len(changes))

    def _next(self, by: int = 1) -> None:
        """Go to the next text that is left, round the end."""
        self._repeat_elsewhere()
        count = len(self.pairs)
        for step in range(1, count + 1):
            at = (self.at + by * step) % count
            if self.pairs[at].state != DONE:
                self._go(at)
                return
        self.message = _("All is translated.")
        self._go(self.at)

    def run_own(self, command_id: str) -> bool:
        """What keys of the table mean here; whether it was one."""
        acts: dict[str, Callable[[], object]] = {
            "next": self._next,
            "previous": lambda: self._next(-1),
            "copy": self._same,
            "save": self._still_right,
            "partner": self._swap_languages,
            "undo": lambda: undo(self.app),
            "redo": lambda: redo(self.app),
        }
        if command_id not in acts:
            return False
        acts[command_id]()
        return True

    def _same(self) -> None:
        """The same words in both languages."""
        if self.pairs:
            pair = self.pairs[self.at]
            self.workspace.edit((translated(pair, self.second, pair.text(self.first)),))
            self._settled()

    def _still_right(self) -> None:
        """Both texts were read, and say the same."""
        if self.pairs and all(self.pairs[self.at].texts):
            self.workspace.edit((read_again(self.pairs[self.at]),))
            self._settled()
        else:
            self.message = _("There is no second text yet.")
            self.paint()

    def _settled(self) -> None:
        self.paint()
        self._next()

    def _swap_languages(self) -> None:
        """Translate the other way round: the language that was read is written from here on."""
        self.first = self.second
        self._go(self.at)

    def restored(self) -> None:
        """Show the texts as they are now, also the one that is written."""
        self.pairs = pairs(self.workspace.guide, self.workspace.partnership, self.workspace.view)
        self._go(self.at)

    def turn(self, pages: int) -> bool:
        """Go on by as many texts as are shown."""
        if self.rows:
            there = self.rows[self.at] + pages * max(self.sheet_pane.size.height, 1)
            at = sum(row <= there for row in self.rows) - 1
            self._go(max(at, self.at + 1) if pages > 0 else min(at, self.at - 1))
        return True

    def act(self, key: str) -> bool:
        """Tab goes to the next text that is left."""
        if key not in ("tab", "shift+tab", "backtab"):
            return super().act(key)
        self._next(1 if key == "tab" else -1)
        return True


def translate(app: Host) -> None:
    """Both languages side by side."""
    if app.workspace is not None:
        app.push_screen(TranslatingScreen(app.workspace), lambda _done: app.page.refresh_in_place())


def _second_text(screen: TranslatingScreen) -> Value:
    """Return what the second text is now, typed here or saved by anybody."""
    pair = screen.pairs[screen.at] if screen.pairs else None
    entry = screen.workspace.partnership.entry(pair.entry.id) if pair is not None else None
    return entry.get(f"{pair.field.id}@{screen.second}") if pair is not None and entry is not None else None
