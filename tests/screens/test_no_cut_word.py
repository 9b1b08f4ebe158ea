"""On no page, in no window and at no width is a word cut; what the program says itself, its keys too, stands whole.

Each sign « … » on the screen is compared with the texts: one that no text has there was put to cut one. That may happen
to what people wrote, where a line holds its first words alone and all of it is one key away (`FIRST_WORDS`), and then
behind a whole word.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.house.tree import ROOT
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_every_page import COMMANDS, MADE
from tui import i18n
from tui.app.app import EntenteApp
from tui.export.plain_text import to_text
from tui.form.money_line import FUNDING
from tui.partnership.values import Entry
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.terminal.line_pane import Lines
from tui.text.clean import one_line
from tui.text.typography import curl_apostrophes
from tui.ui.host import Dialog
from tui.workspace import writing
from tui.workspace.place import Place
from tui.workspace.samples import samples

pytestmark = pytest.mark.slow

WIDE_ENOUGH = 80  # columns from which the keys of every page have room in two lines
SIZES = ((40, 15), (80, 24), (100, 30), (140, 40))
EXAMPLES = {"fr": 4, "en": 3}  # with long names, in the language
FIRST_WORDS = {  # page and pane: what is cut behind a whole word
    ("work", "head"): "the title of the partnership, in the one line above the question",
    ("work", "foot"): "the name of the partner, in the one line of the keys",
    ("work", "question"): "on the page of a sub-step, the first lines of what is asked once",
    ("translate", "sheet"): "the first lines of each text; the one that one is at stands in full below",
    ("find", "picker-list"): "the words around the one that is sought",
    ("earlier texts", "sheet"): "the first words of each text; the one that one is at stands in full beside",
}


@cache
def said() -> str:
    """Every text of the program and of the guide, in which the sign may stand by itself."""
    catalogue = (ROOT / "tui/locale/fr/LC_MESSAGES/entente.po").read_text(encoding="utf-8")
    data = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "tui/guide/data").glob("*.toml")))
    text = one_line(re.sub(r'"\n"', "", catalogue) + data)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


@cache
def words() -> frozenset[str]:
    """The words of the program, of the guide and of the examples."""
    written = "".join(one.file.read_text(encoding="utf-8") for one in samples())
    return frozenset(re.findall(r"[^\W_]+", f"{said()} {written}"))


def document_words(app: EntenteApp) -> set[str]:
    """The words of the document that is open."""
    return set(re.findall(r"[^\W_]+", to_text(app.workspace.agreement))) if app.workspace is not None else set()


def cuts(app: EntenteApp, page: str, judged: set[Hashable]) -> Iterator[str]:
    """What is cut on the present page, and where; lines that were `judged` in their pane and width are left out."""
    for pane in app.screen.query(Lines):
        if not pane.display or not pane.line_width:
            continue
        for line in pane.lines:
            if (seen := (page, pane.id, pane.line_width, line)) in judged:
                continue
            judged.add(seen)
            whole = "".join(curl_apostrophes(piece.text) for piece in line).replace("\N{NO-BREAK SPACE}", " ")
            drawn = pane._draw(line, False, pane.line_width).text.replace("\N{NO-BREAK SPACE}", " ")
            for sign in re.finditer("…", drawn):
                before = re.split("  |· ", drawn[: sign.start()])[-1][-14:].lstrip(" ›").replace("’", "'")
                word = re.findall(r"[^\W_]+", drawn[: sign.start()])[-1:]
                ours = drawn.rstrip() == whole.rstrip() and before and f"{before}…" in said()
                if ours or (not before.strip() and drawn.rstrip() == whole.rstrip()):
                    continue
                kept = (page, str(pane.id)) in FIRST_WORDS and drawn.rstrip() == whole.rstrip()
                if not kept or (word and word[0] not in words() and word[0] not in document_words(app)):
                    yield f"{page}, {pane.id}: {drawn.strip()!r}"


def left_out(app: EntenteApp, name: str) -> Iterator[str]:
    """The keys that a page or window tells of, and that its last lines, up to two, have no room for."""
    page = app.page
    told = tuple(page.keys())
    foot = page.query(Lines).filter("#picker-foot" if isinstance(page, Dialog) else "#foot").first()
    shown_there = "\n".join("".join(piece.text for piece in line) for line in foot.lines)
    if foot.size.height != len(foot.lines):
        yield f"{name}: {foot.size.height} rows for {len(foot.lines)} lines of keys"
    for key, meaning in told:
        if f"{key} {meaning}".strip() not in shown_there:
            yield f"{name}: {key} {meaning}"


async def faults_of(app: EntenteApp, pilot: Pilot[None]) -> list[str]:
    """Draw each page and window, each question and each sub-step; tell what is cut there, and each key left out."""
    found: list[str] = []
    judged: set[Hashable] = set()  # the document beside each question is the same

    async def look(page: str) -> None:
        await pilot.pause()
        found.extend(cuts(app, page, judged))

    await look("the first page")
    app.open(app.store.import_document(samples()[EXAMPLES[app.lang] - 1].document))
    home = len(app.screen_stack)
    for name in [*COMMANDS.split(), *MADE]:
        if name in MADE:
            app.push_screen(MADE[name](app))
        else:
            app.run_command(name)
        await look(name)
        if name != "the list" and app.size.width >= WIDE_ENOUGH:
            found.extend(left_out(app, name))
        while len(app.screen_stack) > home:
            await app.pop_screen()
    await pilot.pause()
    screen = app.page
    assert isinstance(screen, WorkScreen)
    for question in (one for step in app.guide.walked_steps for one in step.questions):
        screen.go(replace(screen.workspace.place, question=question.id), writing=True)
        await look("work")
    for key in ("escape", "1", "2", "3"):
        await pilot.press(key)
        await look("work")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_no_word_is_cut_and_no_key_left_out(tmp_path: Path, lang: i18n.Language, size: tuple[int, int]) -> None:
    i18n.use(lang)
    app = EntenteApp(Store(tmp_path / "store", author=Author("m" * 10, "Marie")), Settings(lang=lang))
    async with app.run_test(size=size) as pilot:
        assert await faults_of(app, pilot) == []


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (100, 30), (140, 40)])
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_what_a_box_says_is_read_whole(tmp_path: Path, lang: i18n.Language, size: tuple[int, int]) -> None:
    i18n.use(lang)
    async with opened(filled_store(tmp_path / "s"), Settings(lang=lang), size=size) as (app, pilot):
        workspace = workspace_of(app)
        part = workspace.guide.question(FUNDING).lists[0]
        ticked = {"ceiling": True, "each": True, "told": True}
        row = writing.new_row(workspace, Entry("", FUNDING, part.id), part, "Fonds", ticked)
        assert isinstance(app.screen, WorkScreen)
        app.screen.go(Place(FUNDING, slot=f"{row.id}/told"))
        await pilot.pause()
        boxes = [one for one in part.fields if one.kind == "flag"]
        pane = app.screen.query_one("#question", Lines)
        assert all(len(line) <= pane.size.width for line in shown(app, "question").split("\n"))
        said = " ".join(shown(app, "question").split())
        assert len(boxes) == 3
        for box in boxes:
            assert " ".join(box.label.get(lang).split()) in said
