"""What was undone, in words: the row that came or went, else the place of the cell, in short names."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, REMOVED, SETTINGS, STATE, Change
from tui.workspace.cell_labels import cell_place, undone_words
from tui.workspace.workspace import Workspace

OBJECTIVES, CONTRIBUTIONS = "gather.objectives", "open.contributions"


def opened() -> tuple[Workspace, str]:
    """A partner with a short name and an objective of its partnership, open in memory; the id of the partner."""
    told = Told("Centre des Possibles")
    told.say(WHO, {"short_name": "CDP"}, "Centre des Possibles")
    told.say(OBJECTIVES, {"text": "un guide"}, op="add")
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store), told.ids["Centre des Possibles"]


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("cell", "label"),
    [("text@fr", "Contribution"), ("state", "État"), (STATE, "marque"), (REMOVED, "retiré"), ("", "")],
)
def test_a_place_is_said_by_its_question_its_partner_in_short_and_its_field(cell: str, label: str) -> None:
    workspace, partner = opened()
    words = plain(cell_place(workspace, CONTRIBUTIONS, "rows", cell, (partner,)))
    head, _colon, name = words.partition(" : ")
    assert head == "Contributions, CDP" and name.startswith(label) and bool(name) is bool(label)


def test_a_row_that_comes_and_goes_is_said_by_its_words() -> None:
    workspace, _partner = opened()
    (row,) = workspace.partnership.rows(OBJECTIVES, "rows")
    gone = [Change(row.id, OBJECTIVES, REMOVED, True, "rows")]
    back = [Change(row.id, OBJECTIVES, REMOVED, None, "rows")]
    assert "l'ajout de « un guide »" in plain(undone_words(workspace, gone))
    assert "le retrait de « un guide »" in plain(undone_words(workspace, back))
    assert plain(undone_words(workspace, back, again=True)).startswith("Rétabli")


def test_an_order_alone_is_a_move_and_beside_a_text_no_more_than_that() -> None:
    workspace, _partner = opened()
    (row,) = workspace.partnership.rows(OBJECTIVES, "rows")
    moved = Change(row.id, OBJECTIVES, ORDER, "b", "rows")
    other = Change("row0000009", OBJECTIVES, ORDER, "c", "rows")
    worded = Change(row.id, OBJECTIVES, "text@fr", "deux guides", "rows")
    assert "place dans la liste" in plain(undone_words(workspace, [moved]))
    both = plain(undone_words(workspace, [worded, other]))
    assert "place dans la liste" not in both and "et 1" not in both
    setting = Change(SETTINGS, SETTINGS, "lang", "en")
    assert plain(undone_words(workspace, [setting])) in ("Annulé.", "Défait.")


def test_a_new_row_undone_and_redone_is_one_addition() -> None:
    workspace, _partner = opened()
    workspace.edit([Change("row0000009", OBJECTIVES, cell, value, "rows")
                    for cell, value in ((ORDER, "z"), ("text@fr", "ouvrir le soir"))])  # fmt: skip
    workspace.edits.end_typing()
    undone = workspace.undo()
    assert plain(undone_words(workspace, tuple(undone))).endswith("l'ajout de « ouvrir le soir »")
    redone = workspace.redo()
    assert plain(undone_words(workspace, tuple(redone), again=True)).endswith("l'ajout de « ouvrir le soir »")
    workspace.edit([Change("row0000009", OBJECTIVES, "text@fr", "ouvrir tard", "rows")])
    workspace.edits.end_typing()
    reworded = plain(undone_words(workspace, tuple(workspace.undo())))
    assert "l'ajout" not in reworded and reworded.startswith("Annulé")
