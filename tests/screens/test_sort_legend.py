"""The window that sorts a call note says what becomes of a contribution, by where its partner stands."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.screens.call_notes import SortScreen, seen_words
from tui.workspace.note_sorting import HOMES
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("status", "seen", "said"),
    [
        ("interested", "privé", "commence souhaitée, donc privée ; C en envoie une confirmée"),
        ("committed", "en 7", "Ce partenaire a dit oui : ce qu'il apporte commence confirmé."),
    ],
)
def test_a_wish_is_told_from_what_a_partner_has_said(status: str, seen: str, said: str) -> None:
    told = Told("A", status=status)
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place(NOTE, told.ids["A"])
    (plain,) = (one for one in HOMES if one.letter == "c")
    assert seen_words(workspace, plain) == seen
    window = SortScreen(workspace, (0, 0), (0, 0), once=True)
    legend = " ".join("".join(piece.text for piece in line).strip() for line in window._legend(90))
    assert said in legend.replace("\N{NO-BREAK SPACE}", " ")
