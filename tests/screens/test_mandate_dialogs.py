"""The dialogs of a mandate: each key gives its own, and what says nothing begins no meeting."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tui.partnership.meetings import Seat
from tui.partnership.values import Partnership
from tui.screens import mandate_dialogs

WORKSPACE: Any = SimpleNamespace(guide=GUIDE, partnership=Partnership("a" * 10), lang="fr")


def noted(monkeypatch: pytest.MonkeyPatch, seat: Seat, key: str | None, replaced: str | None = None) -> list[str]:
    """What is done once a person answers by `key`, and by `replaced` where they are asked for whom they stand in."""
    done: list[str] = []
    mandates: Any = SimpleNamespace(
        give_mandate=lambda workspace, meeting, seat, code: done.append(f"mandate {code}".strip()),
        replace_person=lambda workspace, meeting, seat, text: done.append(f"replaces {text}".strip()),
    )
    monkeypatch.setattr(mandate_dialogs, "table_mandates", mandates)
    monkeypatch.setattr(mandate_dialogs, "ask_text", lambda app, window, title, take, **how: take(replaced))
    app: Any = SimpleNamespace(push_screen=lambda screen, take: take(key))

    def begin() -> Any:
        done.append("meeting")

    mandate_dialogs.ask_mandate(app, WORKSPACE, begin, seat, lambda: done.append("painted"))
    return done


@pytest.mark.parametrize(
    ("before", "key", "done"),
    [
        ("", "d", "mandate decides"), ("", "r", "mandate reports"), ("", "o", "mandate observes"), ("", "0", ""),
        ("decides", "0", "mandate"), ("decides", "o", "mandate observes"), ("decides", None, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_each_key_gives_its_mandate_and_none_begins_no_meeting(
    monkeypatch: pytest.MonkeyPatch, before: str, key: str | None, done: str
) -> None:
    seat = Seat({"name": "Luc"}, "", "Luc", mandate=before)
    assert noted(monkeypatch, seat, key) == (["meeting", done, "painted"] if done else [])


@pytest.mark.parametrize(
    ("before", "text", "done"),
    [("", "Zoé", "replaces Zoé"), ("", " ", ""), ("", None, ""), ("Zoé", "", "replaces"), ("Zoé", None, "")],
)
def test_an_empty_name_takes_back_only_what_was_noted(
    monkeypatch: pytest.MonkeyPatch, before: str, text: str | None, done: str
) -> None:
    seat = Seat({"name": "Luc"}, "", "Luc", stands_in={"name": before} if before else {})
    assert noted(monkeypatch, seat, "s", text) == (["meeting", done, "painted"] if done else [])
