"""What is written is less, what is seen is the same: each frame is played to two terminals and compared."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import MouseDown, MouseEvent, MouseUp, Resize
from textual.geometry import Region, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Static

from tests.terminal.glass import AgreeingGlass, Cells, Glass, first_difference, resize
from tui.resources import styles_dir
from tui.terminal.diff_app import SYNC_END, SYNC_START, DiffApp
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Lines, Piece
from tui.terminal.screen_cells import ScreenCells

SIZE = (50, 12)
KEYS = ("a", "é", "日", "🎉", "space", "enter", "backspace", "up", "down", "left", "shift+left", "home", "end", "f7")
WORDS = ("entente ", "日本語", "cafe\u0301 ", "● fait", "🎉 fête ", "\u00a0: ", "mot mot mot ", "")


class Question(ModalScreen[None]):
    """A box over a dimmed screen."""

    CSS = "Question { align: center middle; } Question Static { width: 20; height: 3; background: $accent; }"

    def compose(self) -> ComposeResult:
        yield Static("Garder 日本 ?", markup=False)


class TwoTerminals(DiffApp[None]):
    """Plays each frame to `stock` in Textual's words and to `glass` in ours."""

    CSS = "#box { layer: above; width: 9; height: 2; background: red; offset: 3 3; } Screen { layers: below above; }"
    CSS_PATH = [styles_dir() / "lines.tcss", styles_dir() / "editor.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.console._color_system = ColorSystem.TRUECOLOR  # styles remember how they were written in another test
        self.shown_cells = ScreenCells(ColorSystem.TRUECOLOR)
        self.glass, self.stock = AgreeingGlass(*SIZE), AgreeingGlass(*SIZE)
        self.written: list[str] = []

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Editor("un\ndeux 日本語 trois", placeholder="Écrivez")
            yield Lines()
        yield Static("🎉 boîte", id="box", markup=False)

    def on_mount(self) -> None:
        editor, pane = self.query_one(Editor), self.query_one(Lines)
        editor.watcher = lambda text: pane.show([(Piece(" " + line, "accent"),) for line in text.split("\n")])
        editor.watcher(editor.text)
        editor.focus()

    def _display(self, screen: Screen[Any], renderable: RenderableType | CompositorUpdate | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self._batch_count:
            x, y = screen.outer_size.clamp_offset(self.cursor_position)
            self.stock.feed(f"{renderable.render_segments(self.console)}\x1b[{y + 1};{x + 1}H")
            self.write_frame(screen, renderable)

    @staticmethod
    def views(glass: Glass) -> tuple[Cells, int, int]:
        """Return all that is seen on `glass`: its cells and where its cursor stands."""
        return glass.cells(), glass.screen.cursor.x, glass.screen.cursor.y

    def _send(self, text: str) -> None:
        self.written.append(text)
        self.glass.feed(text)


def _session(dice: random.Random) -> list[tuple[str, Any]]:
    others: dict[str, list[Any]] = {
        "load": ["".join(dice.choice(WORDS) for _ in range(n)) + "\n" * (n % 3) for n in range(20)],
        "cursor": [None, 0, 1],
        "box": [(dice.randrange(40), dice.randrange(10)) for _ in range(5)],
        "hide": [True, False],
        "theme": ["textual-light", "textual-dark", "ansi-dark", "nord"],
        "modal": [True, False, False],
        "resize": [(50, 12), (31, 9), (64, 15)],
        "scribble": ["\x1b[3;5Hécrit par un autre\x1b[2J日", "\x1b[1;1Hbonjour\r\n\n"],
    }
    names = [*others, *["key"] * 12]
    picked = [dice.choice(names) for _ in range(40)]
    return [(name, dice.choice(KEYS if name == "key" else others[name])) for name in picked]


async def _step(pilot: Any, app: TwoTerminals, name: str, value: Any) -> None:
    base = app.screen_stack[0]
    if name == "key":
        await pilot.press(value)
    elif name == "load":
        base.query_one(Editor).load(value)
        base.query_one(Lines).show([(Piece(value, "strong warn"),)] * (len(value) % 15))
    elif name == "cursor":
        base.query_one(Lines).cursor = value
    elif name == "box":
        base.query_one("#box").styles.offset = value
    elif name == "hide":
        base.query_one("#box").display = value
    elif name == "theme":
        app.theme = value
    elif name == "modal" and value is not isinstance(app.screen, Question):
        await (app.push_screen(Question()) if value else app.pop_screen())
    elif name == "resize":
        app.glass.resize(*value)
        app.stock.resize(*value)
        await resize(pilot, *value)
    elif name == "scribble":
        app.glass.feed(value)
        app.forget()


@pytest.mark.parametrize("seed", range(4))
async def test_the_frugal_screen_is_the_stock_screen(seed: int) -> None:
    app = TwoTerminals()
    async with app.run_test(size=SIZE) as pilot:
        for step in _session(random.Random(seed)):
            await _step(pilot, app, *step)
            for _ in range(20):  # a full frame that was asked for may come a little later on a busy machine
                await pilot.pause()
                if app.views(app.glass) == app.views(app.stock):
                    break
            alike(app, str(step))


HARD = {
    "syllabics": "ᓀᐦᐃᔭᐍᐏᐣ ᐊᐦ ᐃᓄᒃᑎᑐᑦ",
    "CJK": "日本語の文、協定。",
    "marks": "cafe\u0301 Ho\u0302te e\u0323\u0302 \u0301seul",
    "joined emoji": "👩🏽\u200d🌾 👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
    "flags and signs": "🇨🇦🇫🇷 ☎\ufe0f ❤ ✅ ™",
    "right to left": "مرحبا شراكة עברית \u200fabc",
    "joiners": "می\u200cخواهم क्\u200dष ক্ষ ไทยกำ",
    "wide at the edge": "x" * 24 + "日" + "y" * 24 + "🎉",
    "tabs and spaces": "a\tb \u00a0: \u202f« \u2009c\u3000d",
}


JOINED = {
    "joined emoji",
    "flags and signs",
    "joiners",
}  # a cursor among their parts is drawn by each terminal its own way


def alike(app: TwoTerminals, step: str) -> None:
    """Both terminals show the same, colours and cursor included."""
    assert not (difference := first_difference(app.glass.cells(), app.stock.cells())), f"{step}: {difference}"
    assert app.views(app.glass) == app.views(app.stock), f"{step}: the cursor stands elsewhere"


@pytest.mark.parametrize("name", HARD)
async def test_every_script_is_drawn_as_textual_draws_it(name: str) -> None:
    app = TwoTerminals()
    text = HARD[name]
    steps: list[tuple[str, Any]] = [
        ("load", f"avant\n{text}\naprès"),
        *(("key", key) for key in ("up", "end", "z", "backspace", "home", "x", "delete", "shift+right", "shift+right")),
        ("resize", (31, 9)),
        *(("key", key) for key in ("end", "left", "a", "enter", "up")),
        ("scribble", "\x1b[3;5Hécrit par un autre\x1b[2J日"),
        ("load", f"{text} z\n{text}"),
        ("load", f"a {text} z\n{text} {text}"),
        ("load", f"b {text} z\n{text}, fin"),
        ("resize", (64, 15)),
        ("modal", True),
        ("modal", False),
        ("theme", "textual-light"),
        *(("key", key) for key in ("backspace", "left", "backspace", "up", "end", "backspace")),
    ]
    async with app.run_test(size=SIZE) as pilot:
        for step in steps:
            if name in JOINED and step[0] == "key":
                continue
            await _step(pilot, app, *step)
            for _ in range(20):
                await pilot.pause()
                if app.views(app.glass) == app.views(app.stock):
                    break
            alike(app, f"{name}, {step}")


async def test_a_key_writes_little_and_silence_writes_nothing() -> None:
    app = TwoTerminals()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.written.clear()
        await pilot.press("x")
        await pilot.pause()
        assert 0 < len("".join(app.written)) < 350
        app.written.clear()
        app.query_one(Lines).refresh()
        app.query_one(Editor).refresh()
        app.screen.refresh()
        await pilot.pause()
        assert app.written == []


def _frame(*rows: list[Segment]) -> LayoutUpdate:
    strips = [Strip(row) for row in rows]
    return LayoutUpdate([[strip] for strip in strips], Region(0, 0, strips[0].cell_length, len(strips)))


def test_control_characters_of_a_text_never_reach_the_terminal() -> None:
    written = ScreenCells().update(_frame([Segment("a\x1b]0;titre\x07b\x9b31mc\r\n")]))
    assert written.removeprefix("\x1b[m\x1b[2J") == "\x1b[1Ha]0;titreb31mc"


def test_marks_stay_with_their_character_across_styles() -> None:
    glass = Glass(4, 1)
    glass.feed(ScreenCells().update(_frame([Segment("e"), Segment("\u0301x", Style(bold=True)), Segment(" y")])))
    assert [cell.data for cell in glass.cells()[0]] == ["é", "x", " ", "y"]


def test_all_to_the_right_of_a_joined_emoji_is_placed_anew() -> None:
    front = ScreenCells()
    front.update(_frame([Segment("👩\u200d👧 ab")]))
    written = front.update(_frame([Segment("👩\u200d👦 ab")]))
    assert written == "\x1b[1H👩\u200d👦\x1b[1;3H ab"


def test_a_link_is_closed_again() -> None:
    written = ScreenCells().update(_frame([Segment("a", Style(link="https://example.org")), Segment("b")]))
    assert written.endswith("\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\\x1b[mb")


@pytest.mark.parametrize(
    ("before", "after"), [("👩\u200d👧 ab", "x  ab"), ("x  ab", "👩\u200d👧 ab"), ("e\u0301 ab", "e ab")]
)
def test_beside_a_joined_emoji_that_comes_or_goes_all_is_written_again(before: str, after: str) -> None:
    front = ScreenCells()
    front.update(_frame([Segment(before)]))
    assert front.update(_frame([Segment(after)])).endswith("ab")


def test_a_link_cannot_end_its_own_sequence() -> None:
    link = Style(link="https://example.org/\x1b]0;titre\x07\x9c")
    assert "https://example.org/]0;titre\x1b\\a" in ScreenCells().update(_frame([Segment("a", link)]))


def test_equal_cells_between_changed_ones_are_jumped_over_when_that_is_shorter() -> None:
    front = ScreenCells()
    front.update(_frame([Segment("0123456789")]))
    assert front.update(_frame([Segment("a123b56789")])) == "\x1b[1Ha123b"
    assert front.update(_frame([Segment("c123b5678d")])) == "\x1b[1Hc\x1b[8Cd"


PIECES = (
    "a",
    "bc ",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "☎\ufe0f",
    "日",
    "👩🏽\u200d🌾",
    "👨\u200d👩\u200d👧",
    "🇨🇦",
    "e\u0301",
    "  ",
    "xyz",
)
PENS = (Style(), Style(bold=True), Style(reverse=True), Style(bgcolor="blue"))


def _row(dice: random.Random, wide: int) -> list[Segment]:
    """A row of so many cells, in several styles."""
    row: list[Segment] = []
    while (left := wide - Strip(row).cell_length) > 0:
        segment = Segment(dice.choice(PIECES), dice.choice(PENS))
        row.append(segment if segment.cell_length <= left else Segment(" " * left))
    return row


@pytest.mark.parametrize("seed", range(20))
def test_no_letter_stays_where_a_terminal_draws_a_character_in_fewer_or_more_cells(seed: int) -> None:
    """As tmux 3.3 does: an emoji with a variation selector in one cell, each part of a joined one by itself."""
    dice, screen, glass = random.Random(seed), ScreenCells(), Glass(24, 3)
    for _frame_number in range(30):
        rows = [_row(dice, 20) for _ in range(3)]
        panes: list[Iterable[Strip]] = [[Strip(row), Strip([Segment("|ef|")])] for row in rows]  # the second one stays
        glass.feed(screen.update(LayoutUpdate(panes, Region(0, 0, 24, 3))))
        for row, seen in zip(rows, glass.cells(), strict=True):
            text, cell = "".join(segment.text for segment in row) + "|ef|", 0
            for start, end, wide in split_graphemes(text)[0]:
                one = text[start:end]
                shown = "".join(seen[at].data for at in range(cell, cell + wide))
                known = len(one) == 1 or wide == 1
                assert shown == unicodedata.normalize("NFC", one) if known else shown[:1] == one[:1], (text, cell)
                assert known or shown[1:] in ("", " ") or one[1:].startswith(shown[1:2]), (text, cell, shown)
                cell += wide


async def test_a_size_told_twice_at_the_start_lays_nothing_out_again() -> None:
    told: list[Size] = []

    class Counting(Screen[None]):
        def on_resize(self, event: Resize) -> None:
            told.append(event.size)

    class Empty(DiffApp[None]):
        def get_default_screen(self) -> Counting:
            return Counting(id="_default")

    app = Empty()
    async with app.run_test(size=SIZE) as pilot:
        seen = len(told)
        app.post_message(Resize(Size(*SIZE), Size(*SIZE)))
        await pilot.pause()
        assert len(told) == seen
        app.post_message(Resize(Size(60, 12), Size(60, 12)))
        await pilot.pause(0.1)
        assert set(told[seen:]) == {Size(60, 12)}, "another size is passed on"


async def test_a_selection_goes_to_the_copier_and_can_be_pasted_here() -> None:
    app: DiffApp[None] = DiffApp()
    copied: list[str] = []
    async with app.run_test():
        app.copier = copied.append
        app.copy_to_clipboard("deux mots")
    assert (copied, app.clipboard) == (["deux mots"], "deux mots")


@pytest.mark.parametrize("panics", [False, True])
async def test_an_error_ends_the_app_with_one_sentence_and_its_code(
    panics: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    app: DiffApp[None] = DiffApp()
    with pytest.raises(ValueError, match="un texte"):
        async with app.run_test():
            app.in_words = lambda error: f"{type(error).__name__}, en une phrase."
            app.fail(ValueError("un texte de quelqu'un"))
            if panics:
                app.panic("les valeurs de toutes les variables")
            app.fail(KeyError("un autre"))
    assert app.return_code == 3
    assert capsys.readouterr().err.strip() == "ValueError, en une phrase."


async def test_a_button_let_go_outside_counts_only_if_it_was_pressed_inside() -> None:
    class Heard(DiffApp[None]):
        def __init__(self) -> None:
            super().__init__()
            self.places: list[tuple[str, int, int]] = []

        def on_mouse_down(self, event: MouseDown) -> None:
            self.places.append(("down", event.screen_x, event.screen_y))

        def on_mouse_up(self, event: MouseUp) -> None:
            self.places.append(("up", event.screen_x, event.screen_y))

    def at(kind: type[MouseEvent], x: int, y: int) -> MouseEvent:
        return kind(None, x, y, 0, 0, 1, False, False, False)

    app = Heard()
    async with app.run_test(size=SIZE) as pilot:
        for event in (at(MouseUp, 70, 3), at(MouseDown, 4, 3), at(MouseUp, 70, 30), at(MouseUp, 70, 30)):
            app.post_message(event)
            await pilot.pause()
    assert app.places == [("down", 4, 3), ("up", SIZE[0] - 1, SIZE[1] - 1)]


@pytest.mark.parametrize(
    ("size", "knows", "bracketed"), [(1024, True, False), (1025, True, True), (1025, False, False)]
)
def test_only_a_long_frame_has_brackets_where_they_are_known(size: int, knows: bool, bracketed: bool) -> None:
    app: DiffApp[None] = DiffApp()
    written: list[str] = []
    app._driver = SimpleNamespace(write=written.append)  # type: ignore[assignment]
    app._sync_available = knows
    app._send("x" * size)
    assert written == [f"{SYNC_START}{'x' * size}{SYNC_END}" if bracketed else "x" * size]
