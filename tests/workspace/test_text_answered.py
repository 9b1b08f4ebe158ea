"""Of whom it is asked on which text it answered: who was sent a draft whose words its answer no longer holds on."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.meetings import seats
from tui.partnership.partners import WHO
from tui.partnership.positions import POSITIONS
from tui.partnership.values import ORDER, Change
from tui.partnership.versions import SENT
from tui.workspace import meeting_edits
from tui.workspace.draft_sending import send
from tui.workspace.output_files import SendOptions
from tui.workspace.text_answered import (
    DRAFT,
    answered_on_other_words,
    note_given_on_today,
    partners_present,
    text_choices,
)
from tui.workspace.workspace import Workspace

PARTNER = "partner000"


@pytest.mark.parametrize("question", POSITIONS)
@pytest.mark.parametrize("level", GUIDE.choices["position"])
def test_which_text_is_asked_where_the_words_changed_since_the_draft(tmp_path: Path, question: str, level: str) -> None:
    for sent, changed in product((True, False), repeat=2):
        store = Memory()
        workspace = Workspace(GUIDE, store.partnership, store)
        cells = {ORDER: "a", "name@fr": "Ruche", "status": "committed"}
        workspace.edit([Change(PARTNER, WHO, cell, value, "", (PARTNER,)) for cell, value in cells.items()])
        seen = dict(workspace.public.points)
        if sent:
            send(workspace, store, SendOptions(tmp_path, formats=(), partners=(PARTNER,)))
        if changed:
            workspace.edit([Change("comite0000", "gather.governance", "name@fr", "comité", "bodies")])
        entry = single_entry(workspace.partnership, question, (PARTNER,))
        workspace.edit(
            [
                Change(entry.id, question, cell, value, "", entry.subject)
                for cell, value in (("level", level), ("seen", seen))
            ]
        )
        asked = sent and changed and level not in ("absent", "none")
        assert answered_on_other_words(workspace, question, (PARTNER,)) == ((PARTNER,) if asked else ()), (
            sent,
            changed,
        )
        note_given_on_today(workspace, question, (PARTNER,))
        assert answered_on_other_words(workspace, question, (PARTNER,)) == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"number": 3}, "l'ébauche 3"), ({"version": "v"}, "le texte adopté"), ({}, "le texte de son formulaire"),
        ({"number": 3, "version": "v"}, "l'ébauche 3"),
    ],
)  # fmt: skip
def test_the_text_that_was_sent_is_called_what_it_was(cells: dict[str, object], words: str) -> None:
    store = Memory()
    workspace = Workspace(GUIDE, store.partnership, store)
    workspace.edit([Change(PARTNER, WHO, "name@fr", "Ruche", "", (PARTNER,))])
    row = {ORDER: "a", "on": "2027-01-02", "partners": {"ids": [PARTNER], "group": ""}, **cells}
    workspace.edit([Change("sent000001", SENT, cell, value, "rows") for cell, value in row.items()])
    (draft, _today) = text_choices(workspace, (PARTNER,))
    assert draft[0] == DRAFT and draft[1].replace("’", "'") == words


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("by_person", [False, True])
def test_present_is_who_is_at_the_running_meeting(by_person: bool, ended: bool) -> None:
    told = Told("Ruche", "Nid", "Gîte")
    if by_person:
        told.say("open.who", {"people": [{"name": "Ida"}]}, "Ruche")
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    meeting = meeting_edits.open_meeting(workspace)
    for seat in seats(workspace.partnership, meeting.id, "fr"):
        mark = {told.ids["Ruche"]: "present", told.ids["Nid"]: "excused"}.get(seat.partner)
        if mark:
            meeting_edits.set_presence(workspace, meeting, seat, mark)
    if ended:
        meeting_edits.close_meeting(workspace, workspace.partnership.entries[meeting.id])
    assert partners_present(workspace) == (frozenset() if ended else {told.ids["Ruche"]})
