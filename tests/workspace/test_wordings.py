"""Two wordings of one field, the text that a position was given on, and which file or section is meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry
from tui.partnership.versions import DRAFT, Version
from tui.workspace.output_files import files_to_fetch, free_name, section_named
from tui.workspace.place import Place
from tui.workspace.shared_answers import both_wordings, keep_wording, note_text_seen, set_second_wording
from tui.workspace.workspace import Workspace

VISION = next(field for field in GUIDE.question("gather.vision").parts[0].fields if field.id == "vision")


def opened() -> Workspace:
    """A partnership with a vision, open."""
    told = Told("Ruche")
    told.say("gather.vision", {"vision": "une porte"})
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def vision(workspace: Workspace) -> Entry:
    """The answer that holds the vision."""
    return single_entry(workspace.partnership, "gather.vision", ())


@pytest.mark.parametrize(("second", "kept"), [("un seuil", "un seuil"), ("une porte", ""), ("  ", ""), ("", "")])
def test_second_wording_is_another_text_or_none(second: str, kept: str) -> None:
    workspace = opened()
    set_second_wording(workspace, vision(workspace), VISION, "déjà autre")
    assert set_second_wording(workspace, vision(workspace), VISION, second)
    assert both_wordings(workspace, vision(workspace), VISION) == ("une porte", kept)


@pytest.mark.parametrize(("number", "kept"), [(1, "une porte"), (2, "un seuil")])
def test_wording_chosen_stands_alone_and_says_why(number: int, kept: str) -> None:
    workspace = opened()
    assert not keep_wording(workspace, vision(workspace), VISION, number), "there is one alone"
    set_second_wording(workspace, vision(workspace), VISION, "un seuil")
    workspace.flush()
    assert keep_wording(workspace, vision(workspace), VISION, number)
    assert both_wordings(workspace, vision(workspace), VISION) == (kept, "")
    batch = workspace.next_batch()
    assert batch is not None and {change.reason for change in batch.changes} == {"wording"}
    workspace.undo()
    assert both_wordings(workspace, vision(workspace), VISION) == ("une porte", "un seuil")


@pytest.mark.parametrize("sent", [False, True])
def test_position_is_on_the_text_that_was_sent_or_else_on_today_s(sent: bool) -> None:
    workspace = opened()
    partner = workspace.place.partner
    workspace.place = Place(CONSENSUS, partner)
    version = Version("v", 1, DRAFT, "2026-11-22", points={"gather.vision": "autre"})
    assert note_text_seen(workspace, version if sent else None)
    seen = single_entry(workspace.partnership, CONSENSUS, (partner,)).get("seen")
    assert seen == (version.points if sent else workspace.public.points)


def test_section_is_meant_by_its_number_before_its_heading() -> None:
    agreement = opened().agreement
    first, second, *_rest = agreement.sections
    first = replace(first, heading=f"Trois fois {second.label}")
    agreement = replace(agreement, sections=(first, second))
    assert section_named(agreement, second.label) is second
    assert section_named(agreement, "trois") is first
    for wanted in ("99", "nulle part"):
        with pytest.raises(BadValue):
            section_named(agreement, wanted)


def test_last_archive_is_fetched_in_place_of_what_it_holds() -> None:
    files = [Path("a.docx"), Path("b.zip"), Path("c.zip"), Path("d.pdf")]
    assert files_to_fetch(files) == (Path("c.zip"),)
    assert files_to_fetch([files[0], files[3]]) == (files[0], files[3])
    assert files_to_fetch([]) == ()


def test_each_name_is_given_once() -> None:
    taken: set[str] = set()
    assert [free_name(name, taken) for name in ("a", "a", "a-2", "a", "b")] == ["a", "a-2", "a-2-2", "a-3", "b"]
