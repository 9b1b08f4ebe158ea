"""The one editor: what it tells, what it takes in, and when it is left."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Button

from tui.resources import styles_dir
from tui.terminal.editor import Editor, written_character


class Typing(App[None]):
    """The editor between two buttons; what it reports is written down in order."""

    CSS_PATH = [styles_dir() / "editor.tcss"]  # noqa: RUF012

    def __init__(self, text: str = "", **options: Any) -> None:
        super().__init__()
        self.told: list[object] = []
        self.editor = Editor(text, watcher=self.told.append, **options)
        self.editor.on_enter = lambda: self.told.append("enter")
        self.editor.on_leave = lambda way: self.told.append(f"leave {way}")
        self.copied: list[str] = []

    def compose(self) -> ComposeResult:
        yield Button("avant", id="before")
        yield self.editor
        yield Button("après", id="after")

    def on_mount(self) -> None:
        self.editor.focus()

    def on_text_area_changed(self) -> None:
        self.told.append("message")

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


async def test_the_watcher_hears_of_an_edit_before_any_message() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        app.told.clear()
        await pilot.press("a", "b", "backspace", "ctrl+z")
        assert [item for item in app.told if item != "message"] == ["a", "ab", "a", "ab"]
        app.told.clear()
        app.editor.insert("c")
        assert app.told == ["abc"]


async def test_the_watcher_hears_of_what_is_undone_and_done_again() -> None:
    app = Typing("un")
    async with app.run_test() as pilot:
        await pilot.press("end")
        app.editor.post_message(events.Paste(" deux"))
        app.editor.post_message(events.Paste(" trois"))
        await pilot.pause()
        app.told.clear()
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y")
        assert [item for item in app.told if item != "message"] == ["un deux", "un", "un deux", "un deux trois"]


async def test_an_editor_that_is_only_read_takes_in_nothing() -> None:
    app = Typing("un")
    tables: list[str] = []

    def take(text: str) -> bool:
        tables.append(text)
        return True

    async with app.run_test() as pilot:
        app.editor.read_only = True
        app.editor.on_paste_table = take
        app.told.clear()
        for text in ("deux", "Lucie\tlucie@example.org"):
            app.editor.post_message(events.Paste(text))
        app.editor.post_message(events.Key("zero_width_joiner", "\u200d"))
        await pilot.press("x")
        await pilot.pause()
        assert (app.editor.text, app.told, tables) == ("un", [], [])


@pytest.mark.parametrize(
    ("single_line", "pasted", "text"),
    [
        (True, "• un point", "un point"),
        (False, "• un\n• deux", "- un\n- deux"),
        (False, "un point", "un point"),
    ],
)
async def test_bullets_of_other_programs_are_not_pasted(single_line: bool, pasted: str, text: str) -> None:
    app = Typing(single_line=single_line)
    async with app.run_test() as pilot:
        app.editor.post_message(events.Paste(pasted))
        await pilot.pause()
        assert app.editor.text == text


@pytest.mark.parametrize("keys", [["home", "shift+right", "shift+right"], ["home", "right", "right", "shift+home"]])
async def test_a_paste_stands_in_place_of_what_is_selected(keys: list[str]) -> None:
    app = Typing("un deux")
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        app.editor.post_message(events.Paste("trois"))
        await pilot.press("!")
        assert app.editor.text == "trois! deux"


async def test_with_shift_the_arrows_select_and_do_nothing_else() -> None:
    app = Typing("un")

    def complete() -> bool:
        app.told.append("complete")
        return True

    async with app.run_test() as pilot:
        app.editor.on_complete = complete
        app.told.clear()
        await pilot.press("end", "shift+right", "shift+down", "home", "shift+up")
        assert app.told == []
        await pilot.press("end", "right")
        assert app.told == ["complete"]


@pytest.mark.parametrize(
    ("key", "character", "written"),
    [
        ("x", "x", "x"),
        ("é", "é", "é"),
        ("space", " ", " "),
        ("zero_width_joiner", "\u200d", "\u200d"),
        ("alt+x", "x", ""),
        ("ctrl+x", "x", ""),
        ("enter", "\r", ""),
        ("f4", None, ""),
    ],
)
def test_the_character_that_a_key_writes(key: str, character: str | None, written: str) -> None:
    assert written_character(events.Key(key, character)) == written


async def test_loading_tells_nobody_and_forgets_what_could_be_undone() -> None:
    app = Typing("ancien")
    async with app.run_test() as pilot:
        await pilot.press("x")
        await pilot.pause()
        app.told.clear()
        app.editor.load("neuf\nlignes")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert app.told == []
        assert (app.editor.text, app.editor.cursor_location) == ("neuf\nlignes", (1, 6))
        app.editor.load("court", cursor=(7, 2))
        assert app.editor.cursor_location == (0, 2)


@pytest.mark.parametrize("single_line", [True, False])
async def test_what_comes_in_is_cleaned(single_line: bool) -> None:
    app = Typing("\x1b[31mdé", single_line=single_line)
    async with app.run_test() as pilot:
        assert app.editor.text == "[31mdé"
        app.editor.load("a\x07")
        app.editor.post_message(events.Paste("b\x1b]0;t\x07\u202e c"))
        await pilot.pause()
        assert app.editor.text == "ab]0;t c"


async def test_enter_in_a_single_line_is_reported_not_inserted() -> None:
    app = Typing("un", single_line=True)
    async with app.run_test() as pilot:
        app.told.clear()
        await pilot.press("enter")
        assert (app.told, app.editor.text) == (["enter"], "un")


async def test_a_paste_of_lines_into_a_single_line() -> None:
    app = Typing(single_line=True)
    async with app.run_test() as pilot:
        app.editor.post_message(events.Paste("\n- un\r\n- deux\n"))
        await pilot.pause()
        assert app.editor.text == "- un - deux"
        pasted: list[list[str]] = []
        app.editor.on_paste_lines = pasted.append
        app.editor.post_message(events.Paste("- un\r\n- deux\n"))
        app.editor.post_message(events.Paste(" fin\n"))
        await pilot.pause()
        assert pasted == [["un", "deux"]]
        assert app.editor.text == "- un - deux fin "


async def test_several_lines_keep_their_lines_and_are_pasted_once() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        app.editor.post_message(events.Paste("un\r\ndeux"))
        await pilot.press("enter")
        await pilot.pause()
        assert app.editor.text == "un\ndeux\n"


async def test_arrows_leave_only_at_the_first_and_last_row() -> None:
    app = Typing("mot " * 30 + "\nfin")
    async with app.run_test(size=(40, 20)) as pilot:
        app.editor.move_cursor((1, 0))
        await pilot.press("up", "up", "up", "up", "up")
        assert app.told == ["leave up"] * (5 - app.editor.wrapped_document.height + 1)
        assert app.editor.cursor_location == (0, 0)
        await pilot.press("shift+up")
        app.told.clear()
        await pilot.press(*["down"] * app.editor.wrapped_document.height)
        assert app.told == ["leave down"]
        app.editor.on_leave = None
        await pilot.press("down")
        assert app.editor.cursor_location == (1, 3)


async def test_tab_and_shift_tab_are_left_to_the_app() -> None:
    app = Typing("un")
    async with app.run_test() as pilot:
        await pilot.press("tab")
        assert app.focused is app.query_one("#after")
        await pilot.press("shift+tab", "shift+tab")
        assert app.focused is app.query_one("#before")
        assert app.editor.text == "un"


async def test_copy_takes_the_selection_and_never_quits() -> None:
    app = Typing("un deux")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        assert app.copied == [] and not app._notifications and app.is_running
        await pilot.press("shift+right", "shift+right", "ctrl+c")
        assert app.copied == ["un"] and app.editor.text == "un deux"


async def test_the_placeholder_stands_only_in_an_empty_editor() -> None:
    app = Typing(placeholder="Écrivez [ici]")
    async with app.run_test() as pilot:
        assert app.editor.render_line(0).text.startswith("Écrivez [ici]")
        await pilot.press("a")
        assert app.editor.render_line(0).text.strip() == "a"


@pytest.mark.parametrize("rows", [2, 20])
async def test_the_cursor_stays_in_sight_behind_pasted_rows_and_what_undo_brings_back(rows: int) -> None:
    app = Typing("\n".join(f"Ligne {n}" for n in range(30)))
    async with app.run_test(size=(40, 12)) as pilot:
        editor = app.editor
        editor.move_cursor(editor.document.end)
        await pilot.pause()

        def in_sight() -> bool:
            top = editor.scroll_offset.y
            return top <= editor.cursor_location[0] < top + editor.scrollable_content_region.height

        assert in_sight() and editor.scroll_offset.y
        app.post_message(events.Paste("\n".join(["", *map(str, range(rows))])))
        await pilot.pause()
        assert editor.cursor_location[0] == 29 + rows and in_sight()
        await pilot.press("ctrl+z")
        assert editor.cursor_location[0] == 29 and in_sight()
        await pilot.press("ctrl+y")
        assert editor.cursor_location[0] == 29 + rows and in_sight()
