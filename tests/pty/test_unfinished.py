"""Whatever ends the program, what was being typed in a window is on disk, and is there when the same is asked again."""

from __future__ import annotations

import signal
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from tests.journeys.hand import Hand
from tests.pty.terminal import Terminal
from tests.screens.caged import caged
from tests.waiting import wait_asleep
from tui.app.app import EntenteApp
from tui.settings import Settings
from tui.store import Store
from tui.terminal.editor import Editor
from tui.ui.window_names import Window
from tui.workspace.directory_edits import update_from_partnership

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

TYPED = "kumquat demain"
ON_DISK = 0.3  # seconds after the last key, as promised
SEQUENCES = {"escape": "\x1b", "enter": "\r", "down": "\x1b[B", "up": "\x1b[A", "home": "\x1b[H", "end": "\x1b[F"}
BYTES = {**SEQUENCES, "tab": "\t", "f2": "\x1bOQ", "f7": "\x1b[18~"}


class Route(NamedTuple):
    """The keys that lead to a window, from the list (`from_list`) or from a partnership, `empty` or the common one.

    `asks` stands on the screen once it is there.
    """

    keys: tuple[str, ...]
    from_list: bool = False
    empty: bool = False
    asks: str = " terminer"  # the last line of a window says how one is done


def work(*keys: str) -> Route:
    """Return the route that begins at the questions: Escape first, since one writes there."""
    return Route(("escape", *keys))


ROUTES: dict[str, Route] = {
    "adopt.date": work("Y", "down", "enter"),
    "adopt.file": work("Y", "down", "down", "enter"),
    "adopt.reason": work("Y", "down", "down", "down", "enter"),
    "adopt.resolution": work("Y", "enter"),
    "annex.title": work("f2", *"annexes du texte", "enter", "end", "enter"),
    "aside": work("b"),
    "decision": work("D"),
    "directory.field": work("@", "enter", "enter"),
    "directory.person": work("@", "enter", "end", "enter"),
    "erase": work("f2", *"retirer pour de bon", "enter"),
    "folder": work("e", *["down"] * 9, "enter"),
    "forms.answer_by": work("f2", *"formulaires aux", "enter", *["down"] * 3, "enter"),
    "group": work("m", "t", "g"),
    "meeting.arrive": work("M", "a"),
    "meeting.line": work("M", "end", "enter"),
    "meeting.place": work("M", "home", "enter"),
    "new": Route(("n",), from_list=True),
    "open_file": Route(("i",), from_list=True),
    "partners": work("a"),
    "rename": work("t"),
    "returned.author": Route(("escape", "&", "k", "tab"), empty=True, asks="De qui"),
    "returned.text": work("&"),
    "round.reservation": work("U", "2"),
    "send.address": work("E", "end", "up", "enter"),
    "send.answer_by": work("E", *["down"] * 6, "enter"),
    "send.own_address": work("E", "end", "up", "up", "enter"),
    "send.sender": work("E", *["down"] * 8, "enter"),
    "send.reason": work("E", *["down"] * 7, "enter"),
    "sheet.line": work("f2", *"remplir à la main", "enter", "home", "down", "enter"),
    "task": work("I"),
    "timezone": work("f2", *"fuseau", "enter"),
}
ELSEWHERE = {
    "author": "asked by itself, of an account that several share: test_a_name_is_kept",
    "send.page": "no window: test_what_the_sending_page_was_told_is_kept",
    **dict.fromkeys(
        ("amend.effect", "amend.reason", "amend.resolution"),
        "asked once an adopted text changed: tests/screens/test_amend_screen.py",
    ),
    **dict.fromkeys(
        ("leave.data", "leave.day", "leave.money", "leave.notice", "leave.reason"),
        "kept at once: tests/screens/test_departure_screen.py",
    ),
    "leave.person": "kept at once: tests/screens/test_person_departure.py",
    "contacts.file": "kept until a file is taken in: tests/screens/test_contacts_screen.py",
    **dict.fromkeys(("call.next", "call.person"), "asked of a call: tests/screens/test_call_screen.py"),
    **dict.fromkeys(("annex.file", "annex.title"), "asked of a paper: tests/screens/test_attachments_screen.py"),
    **dict.fromkeys(
        ("condition", "condition.minority", "condition.reason"),
        "asked of a yes with a condition: tests/screens/test_condition_pages.py",
    ),
    "meeting.stands_in": "asked of somebody at a meeting: tests/screens/test_table_mandates.py",
    **dict.fromkeys(
        ("minutes.name", "minutes.note"), "asked of minutes that are approved: tests/screens/test_minutes_screen.py"
    ),
    **dict.fromkeys(
        ("round.answer", "round.question"), "asked of a round: tests/screens/test_question_round_screen.py"
    ),
    "sheet.line": "asked line by line of a sheet of paper: tests/screens/test_sheets_screen.py",
    **dict.fromkeys(
        ("handover.line", "handover.words"), "asked on the page that hands over: tests/screens/test_handover_screen.py"
    ),
    "health.point": "asked once three have answered: tests/screens/test_health_screen.py",
    **dict.fromkeys(
        ("agenda.item", "agenda.next", "agenda.when"),
        "noted at once on the page of the agenda: tests/screens/test_agenda_screen.py",
    ),
    **dict.fromkeys(
        ("answer.said_by", "answer.words"), "asked of an answer by telephone: tests/screens/test_answers_screen.py"
    ),
    **dict.fromkeys(
        ("decision.proposer", "decision.reason", "decision.result"),
        "asked of a decision: tests/screens/test_line_entering.py",
    ),
    "annex.file": "asked behind the title of a paper: tests/screens/test_attachments_screen.py",
    "outcome": "asked once something was promised: tests/screens/test_standing_screen.py",
    **dict.fromkeys(
        (
            "sign.annex",
            "sign.date",
            "sign.file",
            "sign.name",
            "sign.original",
            "sign.paper",
            "sign.resolution",
            "sign.title",
        ),
        "asked once a text is adopted: tests/screens/test_signing_screen.py",
    ),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Store, str]:
    """A store with a partnership of two partners, a running meeting and a directory; what is open is closed."""
    store, partnership = caged(tmp_path)
    update_from_partnership(store, {}, store.load(partnership))
    monkeypatch.setenv("ENTENTE_STORE", str(store.root))
    return store, partnership


def test_each_window_has_its_route() -> None:
    assert {*ROUTES, *ELSEWHERE} == set(get_args(Window)), "a window in which one types is tried here, or told why not"


def press(terminal: Terminal, keys: Sequence[str]) -> None:
    """Press keys once the program is there."""
    terminal.wait_for(" F12 " if keys[0] in ("n", "i") else "Vous écrivez")
    for key in keys:
        terminal.type(BYTES.get(key, key))
        if key == "escape":
            terminal.rest(0.3)  # or a letter right behind it would be Alt and that letter


def go(terminal: Terminal, route: Route) -> None:
    """Press the keys that lead to a window, and type in it."""
    press(terminal, route.keys)
    terminal.wait_for(route.asks)
    terminal.type(TYPED)
    terminal.wait_for(TYPED.split()[-1])


async def offered(store: Store, partnership: str, route: Route) -> str:
    """Return what the window holds when the same keys lead to it in another run."""
    app = EntenteApp(Store(store.root), Settings(lang="fr", clipboard="none"), partnership)
    async with app.run_test(size=(120, 30)) as pilot:
        hand = Hand(app, pilot)
        await pilot.pause()
        await hand.press(*route.keys)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.focused, Editor)
        return app.focused.text


def holding(*roots: Path, text: str = TYPED) -> list[Path]:
    """Return the files below these folders that hold a text."""
    files = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return [path for path in files if text.encode() in path.read_bytes()]


@pytest.mark.parametrize("window", sorted(ROUTES))
async def test_a_kill_leaves_what_was_typed(window: str, place: tuple[Store, str], _own_home: Path) -> None:
    store, partnership = place
    route = ROUTES[window]
    if route.empty:
        partnership = store.create([]).id
    started = () if route.from_list else (partnership,)
    with Terminal(*started) as terminal:
        go(terminal, route)
        wait_asleep(terminal.process.pid, ON_DISK)
        terminal.send(signal.SIGKILL)
        terminal.ended()
    kept = holding(store.root, _own_home)
    assert kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert TYPED in await offered(store, "" if route.from_list else partnership, route)


# The fields of the partnership itself, in each screen where one writes in them.
FIELDS = {
    "question": ("down",),
    "call note": ("f7",),
    "document": ("escape", "d", "n", "enter"),
    "projection": ("escape", "o", "n", "enter"),
    "second wording": ("down", "escape", "="),
    "translation": ("escape", "*"),
}


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_kill_leaves_what_was_typed_in_a_field(field: str, place: tuple[Store, str]) -> None:
    store, partnership = place
    with Terminal(partnership) as terminal:
        press(terminal, FIELDS[field])
        terminal.rest()
        terminal.type(TYPED)
        terminal.wait_for(TYPED.split()[-1])
        wait_asleep(terminal.process.pid, ON_DISK)
        terminal.send(signal.SIGKILL)
        terminal.ended()
    entries = Store(store.root).load(partnership).entries.values()
    assert any(TYPED in str(cell.value) for entry in entries for cell in entry.cells.values())


@pytest.mark.parametrize("window", ["decision", "new"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=["term", "hup", "int"])
async def test_a_signal_leaves_what_was_typed_a_moment_before(
    window: str, number: int, place: tuple[Store, str]
) -> None:
    store, partnership = place
    route = ROUTES[window]
    with Terminal(*(() if route.from_list else (partnership,))) as terminal:
        go(terminal, route)
        terminal.type(" matin")
        terminal.send(number)
        assert terminal.ended() == 128 + number
        assert b"Traceback" not in terminal.shown
    assert await offered(store, "" if route.from_list else partnership, route) == TYPED + " matin"


@pytest.mark.parametrize("window", ["decision", "new"])
async def test_a_line_that_hangs_up_leaves_what_was_typed(window: str, place: tuple[Store, str]) -> None:
    store, partnership = place
    route = ROUTES[window]
    with Terminal(*(() if route.from_list else (partnership,))) as terminal:
        go(terminal, route)
        terminal.hang_up()
        assert terminal.ended() == 129
    assert await offered(store, "" if route.from_list else partnership, route) == TYPED


def test_a_name_is_kept(place: tuple[Store, str], tmp_path: Path, _own_home: Path) -> None:
    (tmp_path / "config.toml").write_text("group = true\n", encoding="utf-8")
    environ = {"ENTENTE_CONFIG": str(tmp_path / "config.toml")}
    with Terminal(place[1], environ=environ) as terminal:
        terminal.wait_for(" terminer")
        terminal.type(TYPED)
        terminal.wait_for(TYPED)
        wait_asleep(terminal.process.pid, ON_DISK)
        terminal.send(signal.SIGKILL)
        terminal.ended()
    assert [stat.S_IMODE(path.stat().st_mode) for path in holding(_own_home)] == [0o600]
    with Terminal(place[1], environ=environ) as terminal:
        terminal.wait_for(TYPED)


async def test_what_the_sending_page_was_told_is_kept(place: tuple[Store, str]) -> None:
    store, partnership = place
    with Terminal(partnership) as terminal:
        go(terminal, ROUTES["send.reason"])
        terminal.type("\r")
        terminal.rest()
        wait_asleep(terminal.process.pid, ON_DISK)
        terminal.send(signal.SIGKILL)
        terminal.ended()
    app = EntenteApp(Store(store.root), Settings(lang="fr", clipboard="none"), partnership)
    async with app.run_test(size=(120, 40)) as pilot:
        hand = Hand(app, pilot)
        await pilot.pause()
        await hand.press("escape", "E")
        assert TYPED in hand.seen
