"""The same keys mean the same on every page and in every dialog: to walk, F1, F2 and Escape, whose way out is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui.app.app import EntenteApp
from tui.commands import PROJECTION
from tui.comparison.returned_match import MatchedText
from tui.i18n import _
from tui.screens.directory_screen import OrganisationScreen
from tui.screens.help_screen import HelpScreen
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.minutes_screen import MinutesScreen
from tui.screens.question_round_screen import QuestionRoundScreen
from tui.screens.returned_screen import ReturnedScreen
from tui.screens.set_aside_screen import TakeOverScreen
from tui.screens.versions_screen import EarlierText, EarlierTextsScreen, ReadOnlyScreen
from tui.screens.work_screen import WorkScreen
from tui.terminal.line_pane import Lines, Piece
from tui.ui.dialog import OneKey, Picker
from tui.ui.host import TURNS, WALKS, Dialog, Page
from tui.workspace.meeting_edits import meeting_to_open
from tui.workspace.returned_decisions import ReturnedReview
from tui.workspace.round_edits import read_question

SIZES = ((40, 15), (80, 24), (140, 40))
COMMANDS = (  # those that open a page or a dialog
    "document help export review send awaited versions meeting round project directory translate candidates"
    " palette find jump jump_partner missing example same add_partners theme rename aside condition ask_each"
    " agenda due standing contacts health amend sign levels forms sheets attachments call_sheet last_contacts"
    " note_call handover road"
)
LONG = 60  # lines


def _long(_width: int) -> list[tuple[Piece, ...]]:
    return [(Piece(f" line {at}"),) for at in range(LONG)]


def _texts(_app: EntenteApp) -> list[EarlierText]:
    return [EarlierText(f"text {at}", f"text {at}") for at in range(LONG)]


MADE: dict[str, Callable[[EntenteApp], Page]] = {  # those that a command opens only where there is something to show
    "earlier texts": lambda app: EarlierTextsScreen("Titre", "texte", _texts(app)),
    "a version": lambda app: ReadOnlyScreen(workspace_of(app).agreement),
    "minutes": lambda app: MinutesScreen(workspace_of(app).agreement, meeting_to_open(workspace_of(app))),
    "set aside": lambda app: TakeOverScreen("Mis de côté", _long, "reprendre"),
    "an organisation": lambda app: OrganisationScreen("aaaaaaaaaa", []),
    "a text that came back": lambda app: ReturnedScreen(
        ReturnedReview(workspace_of(app), MatchedText((), workspace_of(app).agreement, None)), "texte.docx"
    ),
    "one key": lambda app: OneKey("Laquelle ?", [("1", "une"), ("2", "deux")]),
    "a question to each": lambda app: QuestionRoundScreen(
        workspace_of(app), read_question(workspace_of(app), "Quel soir ?; mardi; jeudi")
    ),
    "the list": lambda app: PartnershipsScreen(),
}


def last_line(app: EntenteApp) -> str:
    return shown(app, "picker-foot" if isinstance(app.page, Dialog) else "foot").splitlines()[-1]


def body_of(page: Page) -> Lines | None:
    """The pane of lines that one walks through, if there is one that stands higher than a row."""
    found = [*page.query("#sheet").results(Lines), *page.query("#picker-list").results(Lines)]
    return found[0] if found and found[0].display and found[0].size.height > 1 else None


def placed(page: Page) -> tuple[object, ...]:
    """Where one is on a page: the row at its top, the row that one stands at."""
    body = body_of(page)
    return (body.scroll_offset.y, body.cursor) if body is not None else ()


async def faults_of(app: EntenteApp, pilot, page: Page) -> list[str]:
    """Do on the page what is the same on every one, leave it, and tell what was otherwise."""
    faults = []
    if _("Esc") not in last_line(app) and not isinstance(page, PartnershipsScreen):
        faults.append(f"the way out is not in {last_line(app)!r}")
    for key in (*WALKS, *TURNS):
        await pilot.press(key)
        if app.page is not page:
            return [*faults, f"{key} left the page"]
    body = body_of(page)
    if body is not None and len(body.lines) > 2 * body.size.height and not page.writing:
        for back, forth in (("home", "end"), ("home", "pagedown"), ("end", "pageup")):
            await pilot.press(back)
            before = placed(page)
            await pilot.press(forth)
            if placed(page) == before and not isinstance(page, Picker | EarlierTextsScreen):
                faults.append(f"{forth} does nothing after {back}")
    await pilot.press("f1")
    projecting = page.where == PROJECTION
    if isinstance(app.page, HelpScreen) == isinstance(page, HelpScreen):
        faults.append(f"F1 opened {app.page}")
    if isinstance(app.page, HelpScreen) and app.page is not page:
        told = " ".join(shown(app, "sheet").split())
        missing = [text for text, _style in page.help() if " ".join(text.split())[:30] not in told]
        faults += [f"the help says nothing of {missing}"] if missing else []
        faults += [] if last_line(app).strip().endswith(_("back")) else ["no way out of the help"]
        await pilot.press("f1")
    if isinstance(page, HelpScreen):
        return faults
    if app.page is not page:
        return [*faults, f"F1 twice leads to {app.page}"]
    if not isinstance(page, Dialog):
        # The list of commands; but before a room, a command by its letter too: the colours.
        for key in ("f2",) if projecting else ("f2", "alt+K"):
            await pilot.press(key)
            faults += [] if isinstance(app.page, Picker) else [f"{key} opened {app.page}"]
            if app.page is not page:
                await pilot.press("escape")
            faults += [] if app.page is page else [f"Escape from {key} leads to {app.page}"]
    return faults


async def away_from(app: EntenteApp, pilot, page: Page) -> list[str]:
    """Leave the page by Escape alone: twice where the first ends writing, or is asked about by no being first."""
    for _time in range(2):
        await pilot.press("escape")
        if projecting := (page.where == PROJECTION and isinstance(app.page, Picker)):
            await pilot.press("down", "enter")
        if page not in app.screen_stack:
            return []
        if not (projecting or page.where == "meeting" or isinstance(page, Picker)):
            break
    return [] if isinstance(page, PartnershipsScreen) else ["Escape does not leave"]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("third", range(3))
async def test_the_same_keys_on_every_page(third: int, size: tuple[int, int], tmp_path: Path) -> None:
    faults: list[str] = []
    async with opened(filled_store(tmp_path / "store"), size=size) as (app, pilot):
        for name in [*COMMANDS.split(), *MADE][third::3]:
            assert isinstance(app.page, WorkScreen), name
            if name in MADE:
                app.push_screen(MADE[name](app))
            else:
                app.run_command(name)
            await pilot.pause()
            page = app.page
            assert not isinstance(page, WorkScreen), f"{name} opens nothing"
            found = await faults_of(app, pilot, page)
            if page in app.screen_stack:
                found += await away_from(app, pilot, page)
            faults += [f"{name}: {one}" for one in found]
            while len(app.screen_stack) > 2:
                app.pop_screen()
                await pilot.pause()
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_help_is_of_the_page_one_is_at(tmp_path: Path, lang: str) -> None:
    """Each page has a help of its own, in both languages, and what is asked around the table is not the plan's."""
    async with opened(filled_store(tmp_path / "store"), size=(100, 40)) as (app, pilot):
        if lang == "en":
            app.run_command("language")
        helps = {}
        for name in [
            "send",
            "versions",
            "awaited",
            "review",
            "translate",
            "meeting",
            "round",
            "export",
            "directory",
            "document",
        ]:
            app.run_command(name)
            await pilot.pause()
            page = app.page
            assert page.about and (_(page.about) != page.about) == (lang == "fr"), name
            await pilot.press("f1")
            helps[name] = shown(app, "sheet").partition(_("How it works"))[0].partition(_("Keys"))[0]
            assert " ".join(_(page.about).split())[:25] in " ".join(helps[name].split()), name
            assert workspace_of(app).question.text.get(lang) not in helps[name], f"{name} shows the question's help"
            while len(app.screen_stack) > 2:
                app.pop_screen()
                await pilot.pause()
        assert len(set(helps.values())) == len(helps)


WINDOWS = "find jump jump_partner missing example same add_partners theme rename aside decision task palette"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_window_has_a_help_of_its_own(tmp_path: Path, lang: str) -> None:
    """What the window asks, in a sentence how, and its keys; nothing of the question below."""
    async with opened(filled_store(tmp_path / "store"), size=(100, 40)) as (app, pilot):
        if lang == "en":
            app.run_command("language")
        for name in WINDOWS.split():
            app.run_command(name)
            await pilot.pause()
            window = app.page
            assert isinstance(window, Dialog), name
            said = [text for text, style in window.help() if not style]
            assert said and all(len(text) > 20 for text in said), name
            await pilot.press("f1")
            told = " ".join(shown(app, "sheet").split())
            assert isinstance(app.page, HelpScreen) and " ".join(said[0].split())[:30] in told, name
            assert workspace_of(app).question.text.get(lang) not in told and _("How it works") not in told, name
            while len(app.screen_stack) > 2:
                app.pop_screen()
                await pilot.pause()
