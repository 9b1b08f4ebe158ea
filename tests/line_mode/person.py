"""A person at the line prompts: lines typed, what was said in return, and what is on disk afterwards."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tui import i18n
from tui.guide.guide_loading import load_guide
from tui.line_mode import run
from tui.line_mode.line_streams import LineStreams
from tui.partnership.partners import partners
from tui.partnership.values import Entry, Partnership, answer_id
from tui.settings import Settings
from tui.store import Author, Store, open_store

ME = Author("aaaaaaaaaa", "Animatrice")
GUIDE = load_guide()
NBSP = "\u00a0"
TWO = ("Université de Windsor", "ACSM Windsor-Essex", "")


class Person:
    """Types lines at the prompts of one partnership, as often as wanted; each time the program starts anew."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = open_store(root, ME)
        self.id = self.store.create().id
        self.code = 0
        self._monkeypatch = monkeypatch

    def types(
        self, *lines: str, lang: i18n.Language = "fr", store: Store | None = None, settings: Settings | None = None
    ) -> str:
        """Type these lines, then end the input; return all that was said, its no-break spaces as spaces."""
        return self.sends("".join(f"{line}\n" for line in lines), lang, store, settings)

    def sends(
        self, text: str, lang: i18n.Language = "fr", store: Store | None = None, settings: Settings | None = None,
        meanwhile: Callable[[int], object] = lambda line: None,
    ) -> str:  # fmt: skip
        """Send a text as it is to the input; `meanwhile` is called before each line with its number (from 1)."""
        heard, said = io.StringIO(text, newline=""), io.StringIO()
        i18n.use(lang)
        numbers, ask = count(1), LineStreams.ask

        def ask_after(streams: LineStreams, prompt: str) -> str:
            meanwhile(next(numbers))
            return ask(streams, prompt)

        with self._monkeypatch.context() as patch:
            patch.setattr(LineStreams, "ask", ask_after)
            patch.setattr(sys, "stdin", heard)
            patch.setattr(sys, "stdout", said)
            self.code = run(store or self.store, settings or Settings(), self.id, lang=lang)
        return said.getvalue().replace(NBSP, " ").replace(NBSP, " ")

    @property
    def partnership(self) -> Partnership:
        """What is on disk, read by a store that knows nothing yet."""
        return open_store(self.store.root, ME).load(self.id)

    def partner(self, number: int) -> str:
        """The id of a partner by its place in the list, from 1."""
        return partners(self.partnership)[number - 1].id

    def answer(self, question: str, *numbers: int) -> Entry:
        """The answer to a question, for the partners of these numbers."""
        subject = tuple(sorted(map(self.partner, numbers)))
        entry = self.partnership.entry(subject[0] if question == "open.who" else answer_id(question, subject))
        assert entry is not None, f"{question} was not answered"
        return entry

    def rows(self, question: str, part: str = "rows") -> list[str]:
        """The words of a list's rows, in their order."""
        main = GUIDE.question(question).part(part)
        assert main is not None and main.main is not None
        return [row.text(main.main.id, "fr") for row in self.partnership.rows(question, part)]
