"""The dossier of a meeting has its parts in order and the texts as they were, without what is private now."""

from __future__ import annotations

import pytest

from tests.workspace.test_meeting_edits import write
from tests.workspace.test_minutes_edits import held, store_of, workspace
from tui.export.formats import FORMATS, render
from tui.export.plain_text import to_text
from tui.partnership.agendas import agenda_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO
from tui.partnership.values import Change, Entry
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace.meeting_dossier import dossier_number, meeting_dossier
from tui.workspace.workspace import Workspace

__all__ = ["workspace"]  # the fixture


def parts(workspace: Workspace, meeting: Entry, lang: str = "fr") -> list[str]:
    """The parts of a dossier as text, with plain spaces: front, text before, text after, minutes."""
    meeting = workspace.partnership.entries[meeting.id]
    found = meeting_dossier(workspace, store_of(workspace), meeting, lang)
    whole = to_text(found, None).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    cuts = [whole.index(part.version[:1].upper() + part.version[1:].replace("’", "'")) for part in found.parts]
    assert cuts == sorted(cuts) and len(cuts) == 4
    return [whole[start:end] for start, end in zip(cuts, [*cuts[1:], None], strict=True)]


def test_the_texts_are_those_before_and_after_the_meeting(workspace: Workspace) -> None:
    write(workspace, "une ville sans froid")
    agenda_edits.add_item(workspace, agenda_edits.meeting_ahead(workspace), "le logo; 10")
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.note_decision(workspace, "on vise plus haut")
    write(workspace, "une ville sans faim")
    meeting_edits.close_meeting(workspace, meeting)
    write(workspace, "une ville sans bruit")
    assert len(agenda_items(workspace.partnership, meeting.id)) == 1
    front, before, after, minutes = parts(workspace, meeting)
    assert "le logo" in front and "10 min" in front
    assert "sans froid" in before and "sans faim" not in before
    assert "sans faim" in after and "sans froid" not in after and "sans bruit" not in after
    assert "on vise plus haut" in minutes and "le logo" in minutes


@pytest.mark.slow
def test_dossiers_are_numbered_and_exist_in_every_format_and_both_languages(workspace: Workspace) -> None:
    ahead = agenda_edits.meeting_ahead(workspace)
    with pytest.raises(BadValue):
        meeting_dossier(workspace, store_of(workspace), ahead, "fr")
    first = held(workspace, "on commence")
    second = meeting_edits.open_meeting(workspace)
    assert [dossier_number(workspace.partnership, row) for row in (first, second)] == [1, 2]
    for lang, said in (("fr", "Dossier de rencontre no 1"), ("en", "Meeting dossier no. 1")):
        found = meeting_dossier(workspace, store_of(workspace), first, lang)
        assert found.kind.replace("\u00a0", " ") == said
        for form in FORMATS:
            assert render(found, form).data


def test_who_may_no_longer_be_named_is_in_neither_text(workspace: Workspace) -> None:
    name = workspace.partnership.rows(WHO)[1].id
    workspace.edit([Change(name, WHO, "status", "interested", "", (name,))])
    meeting = held(workspace, "on commence")
    assert "Clinique" in parts(workspace, meeting)[1]
    workspace.edit([Change(name, WHO, "status", "declined", "", (name,))])
    _front, before, after, _minutes = parts(workspace, meeting)
    assert "Clinique" not in before + after


def test_a_row_taken_out_since_still_stands_in_the_text_of_before(workspace: Workspace) -> None:
    workspace.edit([Change("objective1", "gather.objectives", cell, value, "rows") for cell, value in {
        "#order": "a", "text@fr": "offrir du soutien",
    }.items()])  # fmt: skip
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.note_decision(workspace, "on laisse tomber")
    workspace.edit([Change("objective1", "gather.objectives", "#removed", True, "rows")])
    meeting_edits.close_meeting(workspace, meeting)
    _front, before, after, _minutes = parts(workspace, meeting)
    assert "offrir du soutien" in before and "offrir du soutien" not in after
