"""Words taken out for good: what is typed is not kept, too little finds nothing, and what stays elsewhere is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tui.screens import erase_commands
from tui.store.store_errors import StoreError


@pytest.mark.parametrize(
    ("text", "sought"), [(None, None), ("", None), ("  ", None), ("x", None), ("vieille rancune", "vieille rancune")]
)
def test_words_to_take_out_are_not_kept_and_too_few_are_refused(
    monkeypatch: pytest.MonkeyPatch, text: str | None, sought: str | None
) -> None:
    done: list[str] = []
    shown: list[str] = []
    typing = SimpleNamespace(done=lambda: done.append("typed"))
    monkeypatch.setattr(erase_commands, "begin_typing", lambda app, window: typing)
    monkeypatch.setattr(erase_commands, "Picker", lambda title, **how: how["begun"])
    monkeypatch.setattr(erase_commands, "_show_places", lambda app, sought: shown.append(sought.words))
    app: Any = SimpleNamespace(page=SimpleNamespace(selected_text=lambda: "deux\n mots"), say=done.append)
    app.unfinished = SimpleNamespace(save_now=lambda: done.append("saved"))
    begun: list[str] = []

    def push(picker: Any, take: Any) -> None:
        begun.append(picker)
        take(text)

    app.push_screen = push
    erase_commands.erase_words(app)
    assert begun == ["deux mots"], "what is selected is proposed"
    assert done[:2] == ["typed", "saved"]
    assert shown == ([sought] if sought else []) and len(done) == (2 if sought else 3)


@pytest.mark.parametrize("fails", [False, True])
def test_what_stays_elsewhere_is_told_again_at_the_end(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    def take_out(*_what: Any) -> None:
        if fails:
            raise StoreError("x", "disque plein")

    done: list[str] = []
    monkeypatch.setattr(erase_commands, "take_out", take_out)
    monkeypatch.setattr(erase_commands, "start_over", lambda app: done.append("over"))
    monkeypatch.setattr(erase_commands, "done_words", lambda erasure: "Retiré.")
    monkeypatch.setattr(erase_commands, "beyond_lines", lambda workspace, erasure, outside: ["Copie ailleurs."])
    app: Any = SimpleNamespace(workspace=object(), store=None, unfinished=None, lines_at_end=["avant"])
    app.page = SimpleNamespace(finish_typing=lambda: done.append("finished"))
    app.say = done.append
    sought: Any = object()
    erase_commands._take_out(app, sought, [])
    assert done == ["finished", *(["disque plein"] if fails else ["over", "Retiré. Copie ailleurs."])]
    assert app.lines_at_end == ["avant", *([] if fails else ["Copie ailleurs."])]
