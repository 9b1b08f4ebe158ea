"""The packages for boards: which text a board is asked about, of whom there is one, and when it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.export.plain_text import to_text
from tui.partnership.partners import WHO, active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import ORDER, Change, answer_id, as_of
from tui.workspace.board_packages import asked_on_changes, package_of, texts_for_board, texts_in_both
from tui.workspace.draft_sending import adopt, send
from tui.workspace.kept_versions import versions_of
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

PARTNER, OTHER = "partner000", "partner001"


@pytest.fixture
def opened() -> tuple[Workspace, Memory]:
    """A text of two partners, in memory."""
    store = Memory()
    workspace = Workspace(GUIDE, store.partnership, store)
    for name in (PARTNER, OTHER):
        cells = {ORDER: name, "name@fr": f"Organisme {name[-1]}", "status": "committed"}
        workspace.edit([Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()])
    return workspace, store


def test_a_board_is_asked_about_the_text_that_was_kept_last(opened: tuple[Workspace, Memory], tmp_path: Path) -> None:
    workspace, store = opened

    def asked() -> dict[str, int]:
        """The number of the vision that the text for a board holds, by language."""
        texts = texts_for_board(workspace, versions_of(workspace, store))
        return {lang: next(n for n in range(9) if f"Vision {n}" in to_text(text, None)) for lang, text in texts.items()}

    def reword(number: int) -> None:
        cells = {f"vision@{lang}": f"Vision {number}" for lang in ("fr", "en")}
        workspace.edit([Change("gather.vision", "gather.vision", cell, value) for cell, value in cells.items()])

    reword(0)
    assert asked() == {"fr": 0, "en": 0}, "today's text where none is kept"
    for number in (1, 2):
        reword(number)
        send(workspace, store, SendOptions(tmp_path, formats=()))
        reword(8)
        assert asked() == {"fr": number, "en": number}
    adopt(workspace, store)
    assert asked() == {"fr": 8, "en": 8}


def test_the_day_a_board_was_first_asked_stays(opened: tuple[Workspace, Memory]) -> None:
    workspace, _store = opened
    for day, of, expected in (
        ("2027-01-05", (PARTNER,), ("2027-01-05", None)),
        ("2027-02-06", (PARTNER, OTHER), ("2027-01-05", "2027-02-06")),
        ("2027-03-07", (PARTNER, OTHER), ("2027-01-05", "2027-02-06")),
    ):
        workspace.edit(asked_on_changes(workspace.partnership, of, day))
        entries = [workspace.partnership.entry(answer_id(CONSENSUS, (name,))) for name in (PARTNER, OTHER)]
        assert tuple(entry.get("ratify_asked") if entry is not None else None for entry in entries) == expected


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_there_is_a_package_of_who_takes_part_and_may_be_named(opened: tuple[Workspace, Memory], status: str) -> None:
    workspace, _store = opened
    workspace.edit([Change(PARTNER, WHO, "status", status, "", (PARTNER,))])
    texts = texts_in_both(workspace, workspace.partnership)
    found = package_of(workspace, workspace.partnership, texts, PARTNER)
    assert (found is not None) == (status in ("interested", "committed", "signatory"))
    assert package_of(workspace, workspace.partnership, texts, "nobody") is None


@pytest.mark.parametrize("cells", [{}, {"level": "agree"}, {"ratify_by@fr": "conseil"}])
def test_the_day_is_noted_whether_the_partner_has_answered_or_not(
    opened: tuple[Workspace, Memory], cells: dict[str, str]
) -> None:
    workspace, _store = opened
    name = active(workspace.partnership)[0].id
    place = answer_id(CONSENSUS, (name,))
    workspace.edit([Change(place, CONSENSUS, cell, value, "", (name,)) for cell, value in cells.items()])
    (change,) = asked_on_changes(workspace.partnership, [name], "2027-01-05")
    assert (change.entry, change.cell, change.value) == (place, "ratify_asked", "2027-01-05")


@pytest.mark.parametrize(("until", "takes_part"), [("2020-01-31", False), ("2099-01-31", True)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_package_is_in_the_language_of_a_partner_that_has_not_left(
    opened: tuple[Workspace, Memory], language: str, until: str, takes_part: bool
) -> None:
    workspace, _store = opened
    cells = {ORDER: "a", "name": "Ann Roy", "language": language}
    workspace.edit([Change("person0001", WHO, cell, value, "people", (PARTNER,)) for cell, value in cells.items()])
    workspace.edit([Change(PARTNER, WHO, "until", until, "", (PARTNER,))])
    partnership = as_of(workspace.partnership, "2027-01-10")
    found = package_of(workspace, partnership, texts_in_both(workspace, partnership), PARTNER)
    assert (found.lang if found is not None else "") == (language if takes_part else "")
