"""`agenda`: the agenda of the next meeting printed in both languages, its invitations written to a folder."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell
from tui.guide.guide_loading import load_guide
from tui.store import Author, Store
from tui.workspace import agenda_edits
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners


@pytest.fixture
def prepared(shell: Shell) -> str:
    """A partnership with one meeting prepared."""
    store = Store(shell.home / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    workspace = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(workspace, "Université\nClinique")
    meeting = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, meeting, "2099-12-03; 18 h; salle 204")
    agenda_edits.add_item(workspace, meeting, "le budget; 10")
    workspace.flush()
    return workspace.partnership.id


def test_the_agenda_is_printed_in_both_languages(shell: Shell, prepared: str) -> None:
    store = shell.home / "store"
    french = shell("agenda", prepared, "--store", store)
    assert french.code == 0 and french.out.startswith("ORDRE DU JOUR DE LA RENCONTRE DU 3 DÉCEMBRE 2099")
    assert "le budget" in french.out and "10 min" in french.out.replace("\u00a0", " ")
    english = shell("agenda", prepared, "--store", store, "--doc-lang", "en", "--format", "md")
    assert "| No. | Item | Length | " in english.out


def test_invitations_are_written_to_a_folder(shell: Shell, prepared: str) -> None:
    done = shell("agenda", prepared, "--store", shell.home / "store", "--invitations", shell.home / "out")
    assert done.code == 0
    assert sorted(file.name for file in (shell.home / "out").iterdir()) == [
        "clinique.eml", "clinique.ics", "universite.eml", "universite.ics",
    ]  # fmt: skip


def test_invitations_in_the_other_language_replace_the_first_and_say_so(shell: Shell, prepared: str) -> None:
    words = ["agenda", prepared, "--store", str(shell.home / "store"), "--invitations", str(shell.home / "out")]
    found = {}
    for lang in ("fr", "en"):
        done = shell(*words, "--doc-lang", lang)
        assert done.code == 0
        found[lang] = (shell.home / "out" / "clinique.ics").read_text(encoding="utf-8"), done.err
    assert "Rencontre" in found["fr"][0] and "Meeting" in found["en"][0] and "Rencontre" not in found["en"][0]
    assert not found["fr"][1] and "clinique.eml" in found["en"][1]


def test_without_an_agenda_the_way_to_one_is_told(shell: Shell) -> None:
    done = shell("agenda", shell.new("Sans ordre du jour"))
    assert done.code == 2 and "Préparer une rencontre" in done.err and done.out == ""
