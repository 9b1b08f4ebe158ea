"""Questions of the sending page, asked of nobody: who signs is kept once it was said, and what is left stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tui.screens import sending_questions
from tui.settings import Settings


@pytest.mark.parametrize(
    ("typed", "sender"), [("  Marie Roy,\tdirectrice ", "Marie Roy, directrice"), ("", ""), (None, None)]
)
@pytest.mark.parametrize("refused", [False, True])
def test_who_signs_is_kept_and_left_as_it_was_by_escape(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, sender: str | None, refused: bool
) -> None:
    kept: list[str] = []
    said: list[str] = []

    def remember(environ: object, name: str) -> None:
        kept.append(name)
        if refused:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sending_questions, "remember_sender", remember)
    monkeypatch.setattr(sending_questions, "ask_text", lambda app, window, title, take, text: take(typed))
    app = SimpleNamespace(settings=Settings(sender="Luc"))
    screen: Any = SimpleNamespace(app=app, say=said.append)
    told: list[str] = []
    sending_questions.ask_sender(screen, "Luc", told.append)
    assert kept == told == ([] if sender is None else [sender])
    assert app.settings.sender == ("Luc" if sender is None else sender)
    assert bool(said) is (refused and sender is not None), "what could not be kept counts for today all the same"
