"""The round, seen by nobody: what is shown to whom and when, what each key asks, and on which text an answer stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.partnership.conditions import ANSWERS, LEVELS
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.screens import round_screen
from tui.screens.round_screen import RoundScreen
from tui.text.conditional_words import TO_WATCH
from tui.ui.dialog import OneKey
from tui.ui.page import RowsScreen
from tui.workspace.workspace import Workspace

FOUR = ("Collège", "Clinique", "Gîte", "Zanzibar")


@pytest.fixture(autouse=True)
def french() -> None:
    """The words are compared in French."""
    i18n.use("fr")


def begun(
    monkeypatch: pytest.MonkeyPatch, *levels: str, projected: bool = False, question: str = CONSENSUS
) -> tuple[RoundScreen, Told, list[str]]:
    """A round of four partners, the first of which have these positions; the last may not be named yet."""
    told = Told(*FOUR)
    told.say("open.who", {"status": "contacted"}, "Zanzibar")
    for name, level in zip(FOUR, levels, strict=False):
        reservation = {"reservation": f"réserve de {name}"} if level == "reservation" else {}
        told.say(question, {"level": level, **reservation}, name)
    store = Memory()
    store.partnership = told.partnership
    said: list[str] = []
    monkeypatch.setattr(RoundScreen, "app", SimpleNamespace(push_screen=None))
    screen = RoundScreen(Workspace(GUIDE, told.partnership, store), question, projected=projected)
    monkeypatch.setattr(screen, "paint", lambda: None)
    monkeypatch.setattr(screen, "say_to_room", said.append)
    return screen, told, said


def texts(screen: RoundScreen) -> list[str]:
    """The words of each row, with plain spaces."""
    return [f"{row.text} {row.behind}".replace("\u00a0", " ").strip() for row in screen.rows()]


@pytest.mark.parametrize("projected", [False, True])
@pytest.mark.parametrize("answered", [0, 1, 3, 4])
def test_the_count_is_shown_once_each_has_answered(
    monkeypatch: pytest.MonkeyPatch, answered: int, projected: bool
) -> None:
    screen, _told, _said = begun(monkeypatch, *["agree"] * answered, projected=projected)
    counts = [row.text for row in screen.rows() if row.style == "strong"]
    assert counts == (["4 accords"] if answered == 4 else [])


@pytest.mark.parametrize(("levels", "projected", "counted"), [
    (("agree", "agree", "none", "none"), True, False), (("agree", "agree", "none", "none"), False, True),
    (("agree", "agree", "agree", "none"), True, True), (("absent",) * 4, True, False),
])  # fmt: skip
def test_a_room_reads_no_count_of_a_few(
    monkeypatch: pytest.MonkeyPatch, levels: tuple[str, ...], projected: bool, counted: bool
) -> None:
    screen, _told, _said = begun(monkeypatch, *levels, projected=projected)
    assert bool(screen.count()) is counted


@pytest.mark.parametrize("projected", [False, True])
def test_a_room_reads_who_is_asked_and_no_answer(monkeypatch: pytest.MonkeyPatch, projected: bool) -> None:
    screen, _told, _said = begun(monkeypatch, "reservation", "disagree", projected=projected)
    rows = texts(screen)[-4:]
    assert ("réserve de Collège" in rows[0]) is not projected and ("désaccord" in rows[1].lower()) is not projected
    assert ("Zanzibar" in rows[3]) is not projected and "Gîte" in rows[2]


@pytest.mark.parametrize(("projected", "asked"), [(False, True), (True, False)])
def test_who_gave_an_answer_is_asked_before_no_room(
    monkeypatch: pytest.MonkeyPatch, projected: bool, asked: bool
) -> None:
    screen, _told, _said = begun(monkeypatch, projected=projected)
    done: list[str] = []
    monkeypatch.setattr(screen, "_ask_giver", lambda: done.append("who"))
    monkeypatch.setattr(RowsScreen, "act", lambda self, key: False)
    assert screen.act("w") is asked and bool(done) is asked


@pytest.mark.parametrize("leave", ["", *GUIDE.choices["leave"]])
@pytest.mark.parametrize("projected", [False, True])
def test_a_reason_is_typed_before_a_room_with_leave_alone(
    monkeypatch: pytest.MonkeyPatch, projected: bool, leave: str
) -> None:
    screen, told, _said = begun(monkeypatch, projected=projected)
    done: list[str] = []

    def ask_leave(then: Callable[[str], None], partner: object) -> None:
        done.append("leave")
        then(leave)

    def ask_reservation(partner: object, code: str, then: Callable[[bool], None], text: str) -> None:
        done.append("reason")
        then(True)

    monkeypatch.setattr(screen, "_ask_leave", ask_leave)
    monkeypatch.setattr(screen, "_ask_reservation", ask_reservation)
    monkeypatch.setattr(screen, "_go_on", lambda forward=True: done.append("next"))
    partner: Any = SimpleNamespace(id=told.ids["Collège"])
    screen._ask_reservation_and_leave(partner, "reservation", "")
    before_room = ["leave", *(["reason"] if leave == "yes" else []), "next"]
    assert done == (before_room if projected else ["reason", "leave", "next"])


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("present", [False, True])
def test_who_is_not_there_is_asked_on_which_text_it_answers(
    monkeypatch: pytest.MonkeyPatch, present: bool, together: bool
) -> None:
    screen, told, _said = begun(monkeypatch)
    partner: Any = SimpleNamespace(id=told.ids["Collège"])
    screen.reads_today_text = together
    here = frozenset({partner.id}) if present else frozenset({told.ids["Gîte"]})
    done: list[str] = []
    monkeypatch.setattr(round_screen, "partners_present", lambda workspace: here)
    monkeypatch.setattr(round_screen, "answered_on_other_words", lambda workspace, question, ids: tuple(ids))
    monkeypatch.setattr(
        round_screen, "note_given_on_today", lambda workspace, question, ids: done.append(f"today {ids}")
    )
    monkeypatch.setattr(
        round_screen, "ask_which_text", lambda app, workspace, question, ids, then: done.append("asked")
    )
    screen._on_which_text(partner, lambda: done.append("then"))
    assert done == ([f"today {(partner.id,)}", "then"] if together and present else ["asked"])


@pytest.mark.parametrize(
    ("keys", "kept", "at"),
    [("11", ["Clinique", "Gîte"], 0), ("21", ["Gîte"], 1), ("12", ["Clinique"], 2), ("22", [], 1)],
)
def test_the_first_that_answers_again_is_the_next_asked(
    monkeypatch: pytest.MonkeyPatch, keys: str, kept: list[str], at: int
) -> None:
    screen, told, said = begun(monkeypatch)
    names = {partner_id: name for name, partner_id in told.ids.items()}
    noted: list[str] = []
    typed: Iterator[str] = iter(keys)
    monkeypatch.setattr(
        round_screen, "note_given_on_today", lambda workspace, question, ids: noted.extend(names[one] for one in ids)
    )
    monkeypatch.setattr(RoundScreen, "app", SimpleNamespace(push_screen=lambda dialog, take: take(next(typed))))
    partners = [partner for partner in active(screen.workspace.partnership) if partner.id in (
        told.ids["Clinique"], told.ids["Gîte"])]  # fmt: skip
    screen._keep_or_ask(partners, [])
    assert noted == kept and screen._at == at and len(said) == 1


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_condition_that_the_room_may_not_read_leaves_its_level(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    screen, told, _said = begun(monkeypatch, projected=True)
    asked: list[OneKey] = []

    def push_screen(dialog: OneKey, take: Callable[[str | None], None]) -> None:
        asked.append(dialog)
        take("2")

    monkeypatch.setattr(RoundScreen, "app", SimpleNamespace(push_screen=push_screen))
    monkeypatch.setattr(screen, "_on_which_text", lambda partner, then: None)
    screen._ask_condition(answer)
    position = screen.workspace.partnership.entry(f"{CONSENSUS}:{told.ids['Collège']}")
    assert len(asked) == 1 and position is not None
    assert position.get("level") == ("agree" if answer == TO_WATCH else LEVELS[answer])
