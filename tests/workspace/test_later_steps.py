"""The steps after the questions: none is shown too early, then each has its state and the next one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store
from tests.workspace.in_memory import Memory
from tui.guide.guide_loading import load_guide
from tui.partnership.partners import WHO, partners
from tui.partnership.positions import CONSENSUS
from tui.partnership.signatures import ROWS, SIGNATURES
from tui.partnership.values import Change, answer_id
from tui.partnership.versions import ADOPTED_MARK
from tui.store import Store
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.draft_sending import send
from tui.workspace.later_steps import command_of_label, is_quiet, later_steps, next_step, plan_words
from tui.workspace.output_files import SendOptions
from tui.workspace.signing import SignatureOptions, record_signature, send_for_signature, version_to_sign
from tui.workspace.workspace import Workspace


def begun(tmp_path: Path) -> tuple[Store, Workspace]:
    """A partnership of two interested partners, open."""
    store = filled_store(tmp_path / "s")
    return store, Workspace(load_guide(), store.load(store.list()[0].id), store)


def words(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Each step's command, state and words."""
    return [(one.command, one.state, one.words) for one in later_steps(workspace)]


def test_plan_is_quiet_before_there_is_anything(tmp_path: Path) -> None:
    _store, workspace = begun(tmp_path)
    assert is_quiet(workspace) and not list(plan_words(workspace)) and next_step(workspace) is None
    assert {state for _name, state, _words in words(workspace)} == {"empty"}


@pytest.mark.slow
def test_each_step_tells_how_far_it_is(tmp_path: Path) -> None:
    store, workspace = begun(tmp_path)
    first, second = partners(workspace.partnership)
    send(workspace, store, SendOptions(tmp_path / "out", formats=("eml",), partners=(first.id, second.id)))
    position = f"commit.consensus:{first.id}"
    seen = dict(workspace.public.points)
    for cell, value in (("level", "agree"), ("seen", seen)):
        workspace.edit([Change(position, "commit.consensus", cell, value, "", (first.id,))])
    assert words(workspace)[:4] == [
        ("review", "answered", ""),
        ("send", "answered", "ébauche 1"),
        ("awaited", "started", "1 sur 2"),
        ("adopt", "empty", ""),
    ]
    assert not is_quiet(workspace)
    record_adoption(workspace, store, AdoptionOptions(reason="essai"))
    following = next_step(workspace)
    assert following is not None and following.command == "sign"
    version = version_to_sign(workspace, store)
    send_for_signature(workspace, store, version, tmp_path / "pages")
    record_signature(workspace, store, version, SignatureOptions(first.id, "Ida", day="2020-01-01"))
    assert words(workspace)[3:5] == [("adopt", "answered", "adopté"), ("sign", "started", "1 sur 2")]
    record_signature(workspace, store, version, SignatureOptions(second.id, "Luc", day="2020-01-02"))
    assert words(workspace)[4] == ("sign", "answered", "2 sur 2")
    assert next_step(workspace) is None, "nothing is left to do"
    store.save(workspace.partnership.id, [Change("extra.review", "extra.review", "date", "2020-06")])
    workspace.reload()
    workspace.flush()
    again = Workspace(load_guide(), store.load(workspace.partnership.id), store)
    assert words(again)[5][2] == "1 en retard"


def test_change_after_the_adoption_is_told(tmp_path: Path) -> None:
    store, workspace = begun(tmp_path)
    record_adoption(workspace, store, AdoptionOptions(reason="essai"))
    one = partners(workspace.partnership)[0]
    workspace.edit([Change(one.id, WHO, "role@fr", "hôte", "", (one.id,))])
    assert words(workspace)[3] == ("adopt", "discuss", "changé depuis l'adoption")


def test_step_is_meant_by_letters_of_its_name() -> None:
    assert command_of_label("signatures") == "sign" and command_of_label("relire") == "review"
    assert command_of_label("") == "" and command_of_label("xyz") == ""


def told_in_memory(told: Told) -> Workspace:
    """A partnership, open in memory."""
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store)


@pytest.mark.parametrize(
    ("levels", "status", "state", "said"),
    [
        (("", ""), "committed", "empty", ""),
        (("none", "absent"), "committed", "empty", ""),
        (("agree", ""), "committed", "started", "1 sur 2"),
        (("agree", "stale"), "committed", "started", "1 sur 2"),
        (("stale", "stale"), "committed", "started", "0 sur 2"),
        (("agree", "disagree"), "committed", "answered", "2 sur 2"),
        (("agree", "agree"), "declined", "answered", "1 sur 1"),
        (("agree", ""), "withdrawn", "answered", "1 sur 1"),
    ],
)
def test_answers_are_counted_on_todays_words_of_who_takes_part(
    levels: tuple[str, str], status: str, state: str, said: str
) -> None:
    told = Told("Ruche")
    told.join("Nid", status=status)
    now = dict(told_in_memory(told).public.points)
    for name, level in zip(("Ruche", "Nid"), levels, strict=True):
        whom = (told.ids[name],)
        seen = {"gone": "x"} if level == "stale" else now
        cells = {"level": level.replace("stale", "agree"), "seen": seen}
        changes = (
            Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom) for cell, value in cells.items()
        )
        told.take(*changes)
    assert words(told_in_memory(told))[2] == ("awaited", state, said)


@pytest.mark.parametrize(
    ("rows", "state", "said"),
    [
        ((), "empty", ""),
        ((("Ruche", "new", "2026-01-02"),), "started", "1 sur 2"),
        ((("Ruche", "new", "2026-01-02"), ("Ruche", "new", "")), "started", "0 sur 2"),
        ((("Ruche", "new", "2026-01-02"), ("Nid", "old", "2025-01-02")), "started", "1 sur 2"),
        ((("Ruche", "old", "2025-01-02"), ("Nid", "old", "2025-01-02")), "empty", ""),
        ((("Ruche", "new", ""), ("Nid", "new", "")), "started", "0 sur 2"),
        ((("Ruche", "new", "2026-01-02"), ("Nid", "new", "2026-01-03")), "answered", "2 sur 2"),
    ],
)
def test_partners_have_signed_when_all_of_theirs_signed_the_last_text(
    rows: tuple[tuple[str, str, str], ...], state: str, said: str
) -> None:
    told = Told("Ruche", "Nid")
    told.setting(ADOPTED_MARK, {"version": "new", "on": "2026-01-01"})
    for number, (name, version, on) in enumerate(rows):
        cells = {"#order": str(number), "version": version, "name": f"P{number}", "on": on or None}
        changes = (
            Change(f"sign00000{number}", SIGNATURES, cell, value, ROWS, (told.ids[name],))
            for cell, value in cells.items()
        )
        told.take(*changes)
    assert words(told_in_memory(told))[4] == ("sign", state, said)
