"""The page on which texts of the document are translated: both languages side by side, the translation typed below.

A *pair* is a field in both languages; *negotiated* is the language in which the partners agreed on the text.
"""

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
from tui.workspace.writing import is_changed_elsewhere

if TYPE_CHECKING:
    from tui.ui.host import Host

# By the state of a translation, the sign before a text in the list; then the same in plain characters, and its style.
_STATE_GLYPHS = {MISSING: "○", STALE: "!", DONE: "●"}
_STATE_CHARACTERS = {MISSING: ".", STALE: "!", DONE: "x"}
_STATE_STYLES = {MISSING: "muted", STALE: "warn", DONE: "done"}
_LIST_LINES = 2  # lines of a text in the list, at most
_TWO_COLUMNS_FROM = 70  # cells of the screen from which both texts are in two columns
_SOURCE_LINES = 7  # lines of the text to translate that are shown below, at most


class TranslationScreen(FramedPage[None]):
    """The texts in both languages above; below, the current text and the editor of its translation."""

    about = N_(
        "What the document says in one language and not yet in the other. Write the second text below; Tab goes to the "
        "next text that is left."
    )
    writing = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.pairs = pairs(workspace.guide, workspace.partnership, workspace.view)
        self.source_lang = source_language(self.pairs, workspace.doc_lang)
        self.at = next((at for at, pair in enumerate(self.pairs) if pair.state != DONE), 0)
        self.rows: list[int] = []  # the first line of each pair in the list
        self._text_shown: Value = None  # the translation when the editor was filled, or as last typed

    @property
    def target_lang(self) -> str:
        """The code of the language that is being written."""
        return "en" if self.source_lang == "fr" else "fr"

    def body(self) -> ComposeResult:
        """Yield the list, the text to translate, and the editor of its translation."""
        yield Lines(id="sheet")
        yield Lines(id="source", classes="bar", glyph="", owns_styles=False)
        yield Editor(id="text")

    def on_mount(self) -> None:
        """Connect the editor; the list never takes the keyboard."""
        self.sheet_pane.can_focus = False
        editor = self.query_one(Editor)
        editor.watcher = self._write_translation
        editor.on_enter = lambda: self._go_to_untranslated()
        editor.on_leave = lambda way: self._go_to(self.at + (-1 if way == "up" else 1))
        self._load_editor()

    def take_keyboard(self) -> None:
        """Give the keyboard to the editor."""
        self.query_one(Editor).focus()

    # -- painting ----------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return « français → English », and how many texts are left to translate."""
        count_left = sum(pair.state != DONE for pair in self.pairs)
        words = _("all is translated")
        if count_left:
            words = ngettext("{n} text left", "{n} texts left", count_left).format(n=count_left)
        return f"{LANGUAGE_NAMES[self.source_lang]} → {LANGUAGE_NAMES[self.target_lang]} · {words}"

    def paint(self) -> None:
        """Read the texts anew and paint them."""
        self.pairs = pairs(self.workspace.guide, self.workspace.partnership, self.workspace.view)
        self.at = min(self.at, max(len(self.pairs) - 1, 0))
        super().paint()

    def paint_body(self, width: int) -> None:
        """Paint the list, and the text to translate."""
        width = self.size.width  # the list has no margins
        pane = self.sheet_pane
        lines: list[Line] = []
        self.rows = []
        for pair in self.pairs:
            self.rows.append(len(lines))
            lines += self._pair_lines(pair, width)
        pane.show(lines or [(Piece("   " + _("No text yet."), "hint"),)])
        row = self.rows[self.at] if self.pairs else None
        pane.cursor = row
        pane.scroll_to_row(row or 0)
        source = self._source_lines(width)
        self.query_one("#source", Lines).styles.height = len(source) + 1  # its rule
        self.query_one("#source", Lines).show(source)

    def _pair_lines(self, pair: Pair, width: int) -> list[Line]:
        """Return the first words of a pair's texts, in two columns or one text below the other."""
        glyph = (_STATE_CHARACTERS if plain_marks() else _STATE_GLYPHS)[pair.state]
        lead = Piece(f"   {glyph} ", _STATE_STYLES[pair.state])
        source_text, target_text = (pair.text(lang) for lang in (self.source_lang, self.target_lang))
        words, style = target_text or _("to be translated"), "" if target_text else "hint"
        if width < _TWO_COLUMNS_FROM:
            source_lines = first_lines(source_text, width - 6, _LIST_LINES)
            target_lines = first_lines(words, width - 8, _LIST_LINES, "  ", "  ")
            return [
                (lead, Piece(source_lines[0])),
                *((Piece(f"     {line}"),) for line in source_lines[1:]),
                *((Piece(f"     {line}", style or "muted"),) for line in target_lines),
            ]
        half = (width - 6) // 2
        source_lines = first_lines(source_text, half - 1, _LIST_LINES)
        target_lines = first_lines(words, half - 1, _LIST_LINES)
        rows = zip_longest(source_lines, target_lines, fillvalue="")
        return [
            (lead if not at else Piece("     "), Piece(pad(source, half)), Piece(target, style))
            for at, (source, target) in enumerate(rows)
        ]

    def _source_lines(self, width: int) -> list[Line]:
        """Return the lines above the editor: question, partner, field, the text, and whether it changed since."""
        if not self.pairs:
            return [()]
        pair = self.pairs[self.at]
        partner = find_partner(self.workspace.partnership, pair.partner)
        question = self.workspace.guide.question(pair.entry.question)
        facts = (question.short.get(self.workspace.lang), partner.short(self.workspace.lang) if partner else "",
                 pair.field.label.get(self.workspace.lang))  # fmt: skip
        lines = wrap(pair.text(self.source_lang) or _("(nothing in this language)"), width - 3, " ", " ")
        source_lines: list[Line] = [(Piece(line),) for line in lines[:_SOURCE_LINES]]
        if len(lines) > _SOURCE_LINES:
            source_lines[-1] = (Piece(f"{lines[_SOURCE_LINES - 1]} …"),)
        head = [(Piece(line, "heading"),) for line in wrap(" · ".join(filter(None, facts)), width - 1, " ", " ")]
        if lang := negotiated_language(pair.entry, pair.field):
            words = _("negotiated: {language}").format(language=LANGUAGE_NAMES[lang])
            head += [(Piece(line, "muted"),) for line in wrap(words, width - 1, " ", " ")]
        if pair.state == STALE:
            words = "! " + _("changed since it was translated")
            head += [(Piece(line, "warn"),) for line in wrap(words, width - 1, " ", " ")]
        return [(), *head, *source_lines, (Piece(f" {LANGUAGE_NAMES[self.target_lang]}", "muted"),)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        names = (("copy", _("same in both")), ("save", _("still right")), ("partner", _("other way round")))
        keys = [
            ("Tab", _("next left")),
            ("↑↓", _("another")),
            *((key_name(BY_ID[name]), words) for name, words in names),
        ]
        return [*keys, (_("Esc"), _("back"))]

    # -- editing -----------------------------------------------------------------------------------------------------

    def _load_editor(self) -> None:
        """Fill the editor with the current translation."""
        editor = self.query_one(Editor)
        pair = self.pairs[self.at] if self.pairs else None
        editor.read_only = pair is None  # with nothing to translate a letter would go nowhere
        editor.single_line = pair is None or pair.field.kind != "prose"
        editor.load(pair.text(self.target_lang) if pair is not None else "")
        self._text_shown = pair.entry.get(f"{pair.field.id}@{self.target_lang}") if pair is not None else None

    def _write_translation(self, text: str) -> None:
        """Write the editor's text as the translation.

        If other users wrote a translation meanwhile that was not shown here, both are kept.
        """
        if self.pairs:
            pair = self.pairs[self.at]
            change = translated(pair, self.target_lang, text)
            if is_changed_elsewhere(_stored_translation(self), self._text_shown):
                change = replace(change, base=0)  # revision 0 is older than any, so both texts are kept
            negotiated = translation_begun(pair.entry, pair.field, self.target_lang)
            self.workspace.edit((change, *negotiated), f"{pair.entry.id}/{pair.field.id}@{self.target_lang}")
            self._text_shown = _stored_translation(self)
            self.message = ""
            self.paint()

    def _go_to(self, at: int) -> None:
        """Go to text `at` (from 0), or to the nearest one that exists."""
        self.workspace.edits.end_typing()
        self._repeat_elsewhere()
        self.at = min(max(at, 0), max(len(self.pairs) - 1, 0))
        self._load_editor()
        self.paint()

    def _repeat_elsewhere(self) -> None:
        """Give the translation just typed to the same words in other places, as one step of undo."""
        if not self.pairs:
            return
        changes = in_other_places(self.pairs, self.pairs[self.at], self.target_lang)
        if changes and self.workspace.edit(changes):
            self.workspace.edits.end_typing()
            self.pairs = pairs(self.workspace.guide, self.workspace.partnership)
            message = ngettext(
                "The same words, in {n} other place.", "The same words, in {n} other places.", len(changes)
            )
            self.message = message.format(n=len(changes))

    def _go_to_untranslated(self, by: int = 1) -> None:
        """Go to the next text (`by` -1: the one before) that is not translated, past the end to the beginning."""
        self._repeat_elsewhere()
        count = len(self.pairs)
        for step in range(1, count + 1):
            at = (self.at + by * step) % count
            if self.pairs[at].state != DONE:
                self._go_to(at)
                return
        self.message = _("All is translated.")
        self._go_to(self.at)

    def run_own_command(self, command_id: str) -> bool:
        """Run a command that does something else on this page than elsewhere. Return False for other commands."""
        acts: dict[str, Callable[[], object]] = {
            "next": self._go_to_untranslated,
            "previous": lambda: self._go_to_untranslated(-1),
            "copy": self._copy_source,
            "save": self._mark_as_read,
            "partner": self._swap_languages,
            "undo": lambda: undo(self.app),
            "redo": lambda: redo(self.app),
        }
        if command_id not in acts:
            return False
        acts[command_id]()
        return True

    def _copy_source(self) -> None:
        """Use the words of the first language as the translation."""
        if self.pairs:
            pair = self.pairs[self.at]
            self.workspace.edit((translated(pair, self.target_lang, pair.text(self.source_lang)),))
            self._go_on()

    def _mark_as_read(self) -> None:
        """Mark the translation as read again after its source changed."""
        if self.pairs and all(self.pairs[self.at].texts):
            self.workspace.edit((read_again(self.pairs[self.at]),))
            self._go_on()
        else:
            self.message = _("There is no second text yet.")
            self.paint()

    def _go_on(self) -> None:
        """Paint the change, and go to the next text that is not translated."""
        self.paint()
        self._go_to_untranslated()

    def _swap_languages(self) -> None:
        """Translate in the other direction."""
        self.source_lang = self.target_lang
        self._go_to(self.at)

    def show_restored(self) -> None:
        """Show the texts after undo or redo, that in the editor too."""
        self.pairs = pairs(self.workspace.guide, self.workspace.partnership, self.workspace.view)
        self._go_to(self.at)

    def turn(self, pages: int) -> bool:
        """Go on by as many texts as the list shows. Return True."""
        if self.rows:
            row_reached = self.rows[self.at] + pages * max(self.sheet_pane.size.height, 1)
            at = sum(row <= row_reached for row in self.rows) - 1
            self._go_to(max(at, self.at + 1) if pages > 0 else min(at, self.at - 1))
        return True

    def act(self, key: str) -> bool:
        """Act on a key: Tab goes to the next text that is not translated, Shift+Tab to the one before."""
        if key not in ("tab", "shift+tab", "backtab"):
            return super().act(key)
        self._go_to_untranslated(1 if key == "tab" else -1)
        return True


def translate(app: Host) -> None:
    """Show the page of translation."""
    if app.workspace is not None:
        app.push_screen(TranslationScreen(app.workspace), lambda _done: app.page.refresh_in_place())


def _stored_translation(screen: TranslationScreen) -> Value:
    """Return the current translation as it is stored, whoever wrote it; None if there is none."""
    pair = screen.pairs[screen.at] if screen.pairs else None
    entry = screen.workspace.partnership.entry(pair.entry.id) if pair is not None else None
    return entry.get(f"{pair.field.id}@{screen.target_lang}") if pair is not None and entry is not None else None
