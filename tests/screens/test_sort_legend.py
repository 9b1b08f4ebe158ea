"""The window that sorts a call note says what becomes of a contribution, by where its partner stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened
from tests.workspace.in_memory import Memory
from tui.partnership.values import Change
from tui.screens.call_notes import SortScreen, visibility_words
from tui.workspace import note_sorting
from tui.workspace.note_sorting import DESTINATIONS
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("status", "seen", "said"),
    [
        ("interested", "privé", "commence souhaitée, donc privée ; C en envoie une confirmée"),
        ("committed", "en 6", "Ce partenaire a dit oui : ce qu'il apporte commence confirmé."),
    ],
)
def test_a_wish_is_told_from_what_a_partner_has_said(status: str, seen: str, said: str) -> None:
    told = Told("A", status=status)
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place(NOTE, told.ids["A"])
    (plain,) = (one for one in DESTINATIONS if one.letter == "c")
    assert visibility_words(workspace, plain) == seen
    window = SortScreen(workspace, (0, 0), (0, 0), once=True)
    legend = " ".join("".join(piece.text for piece in line).strip() for line in window._legend(90))
    assert said in legend.replace("\N{NO-BREAK SPACE}", " ")


def test_the_legend_explains_a_number_that_stands_in_the_window() -> None:
    """The order of sections is one's own: the number told is that of this partnership."""
    told = Told("A", status="committed")
    for first in ("partners", "commitments"):
        told.say("extra.order", {"section": first}, op="add")
        workspace = Workspace(GUIDE, told.partnership, Memory())
        workspace.place = Place(NOTE, told.ids["A"])
        window = SortScreen(workspace, (0, 0), (0, 0), once=True)
        legend = " ".join("".join(piece.text for piece in line) for line in window._legend(200))
        (number,) = set(re.findall(r"\d+", legend))
        assert f"en {number}" in [visibility_words(workspace, one) for one in DESTINATIONS]


@pytest.mark.parametrize("letter", [one.letter for one in DESTINATIONS])
def test_the_number_shown_is_the_one_the_document_prints(letter: str) -> None:
    """Sections are counted as they are printed: what is sent to a place stands where the window said it would."""
    told = Told("A", status="committed")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place(NOTE, told.ids["A"])
    home = next(one for one in DESTINATIONS if one.letter == letter)
    seen = visibility_words(workspace, home)
    before = set(workspace.section_numbers)
    note = "A propose de prêter une salle le mardi"
    workspace.edit([Change("cccccccccc", NOTE, "note@fr", note, "", (told.ids["A"],))])
    note_sorting.send(workspace, note, (0, 0), (0, 0), home)
    for name in set(workspace.section_numbers) - before:
        assert seen == f"en {workspace.section_numbers[name]}"


async def test_the_explanation_stands_whole_below_a_long_line_at_80_by_24(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(80, 24)) as (app, pilot):
        await pilot.press("f7")
        for _line in range(2):
            for word in ("appeler", "Marie-Ève", "O'Brien,", "coordonnatrice", "des", "programmes,", "lundi") * 3:
                app.post_message(events.Paste(f"{word} "))
            await pilot.press("enter")
        await pilot.press("escape", "N", "h")
        await pilot.pause()
        window = app.screen
        assert isinstance(window, SortScreen) and window.result_message
        assert len(window.pane.lines) <= window.pane.size.height, "nothing has to be scrolled to"
        assert window.pane.scroll_offset.y == 0
