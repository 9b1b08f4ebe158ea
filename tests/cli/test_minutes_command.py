"""The command `minutes`: mails to be corrected, an approval, notes, a name withdrawn, a dossier as one file."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.workspace.test_minutes_edits import MARIE, held, store_of, workspace
from tui.cli import minutes_command
from tui.cli.command_line import main
from tui.export.plain_text import to_text
from tui.partnership.meetings import APPROVED, MAILED, meetings
from tui.workspace import agenda_edits, meeting_edits
from tui.workspace.workspace import Workspace

__all__ = ["workspace"]  # the fixture


@pytest.fixture
def root(workspace: Workspace, tmp_path: Path) -> Path:
    """A store whose one partnership held a meeting on November 25, 2026."""
    held(workspace, "on commence en janvier")
    workspace.flush()
    return tmp_path / "store"


def said(root: Path, capfd: pytest.CaptureFixture[str], *words: str, code: int = 0, lang: str = "fr") -> str:
    """What the command says, with plain spaces."""
    (folder,) = [path for path in root.iterdir() if (path / "project.json").exists()]
    capfd.readouterr()
    found = main(["minutes", folder.name, *words, "--store", str(root), "--lang", lang])
    out, err = capfd.readouterr()
    assert found == code, out + err
    assert "Traceback" not in err
    return (out + err).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def kept(root: Path, workspace: Workspace) -> Any:
    """The meeting as it is on disk."""
    return meetings(store_of(workspace).load(workspace.partnership.id))[0]


def test_from_the_mails_to_the_note_of_a_withdrawn_name(
    root: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ".zip" in said(root, capfd, "--correct", str(tmp_path / "out"))
    assert len(list((tmp_path / "out").rglob("*.eml"))) == 2 and kept(root, workspace).get(MAILED)
    assert "ébauche" in said(root, capfd, "--note", "la salle", "--meeting", "2026-11-25", code=2)
    assert "2026 est approuvé." in said(root, capfd, "--approve", "--meeting", "2026-11-25")
    assert kept(root, workspace).get(APPROVED)
    assert "approuvé le" in said(root, capfd, "--approve", "--meeting", "2026-11-25", code=2)
    said(root, capfd, "--note", "la salle était la 205", "--meeting", "2026-11-25")
    said(root, capfd, "--withdraw", MARIE, "--meeting", "2026-11-25")
    text = said(root, capfd, "--meeting", "2026-11-25")
    assert "la salle était la 205" in text and MARIE not in text and "un nom a été retiré" in text
    assert "ensemble" in said(root, capfd, "--approve", "--note", "x", code=2)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_dossier_is_one_file(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], lang: str) -> None:
    said(root, capfd, "--dossier", "--output", str(tmp_path / "d.docx"), lang=lang)
    assert (tmp_path / "d.docx").read_bytes()[:2] == b"PK"
    text = said(root, capfd, "--dossier", "--doc-lang", lang, lang=lang)
    assert {"fr": "DOSSIER DE RENCONTRE NO 1", "en": "MEETING DOSSIER NO. 1"}[lang] in text.upper()


def test_what_came_back_is_laid_beside_the_minutes(
    root: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (meeting,) = meetings(workspace.partnership)
    text = to_text(meeting_edits.composed_minutes(workspace, store_of(workspace), meeting), None)
    (tmp_path / "retour.txt").write_text(text.replace("en janvier", "en février"), encoding="utf-8")
    name = workspace.partnership.id
    found = main(["compare", name, str(tmp_path / "retour.txt"), "--accept", "1", "--store", str(root)])
    out, err = capfd.readouterr()
    assert found == 0, out + err
    assert "rencontre du 25 novembre 2026" in out.replace("\u00a0", " ").lower()
    assert "on commence en février" in said(root, capfd)


def test_a_meeting_is_found_by_its_day_its_id_or_as_the_last_one_held(
    root: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    held(workspace, "on commence en mars")  # a second one of the same day
    first, second = meetings(workspace.partnership)
    ahead = agenda_edits.meeting_ahead(workspace)
    agenda_edits.set_meeting(workspace, ahead, "2099-12-03; 18 h; salle 204")
    workspace.flush()
    assert "en mars" in said(root, capfd), "the one ahead has no minutes yet"
    assert "en mars" in said(root, capfd, "--meeting", "25 novembre 2026")
    for meeting, words in ((first, "en janvier"), (second, "en mars")):
        assert words in said(root, capfd, "--meeting", meeting.id[:4])
        assert "2099-12-03" in said(root, capfd, "--meeting", meeting.id[:3], code=2), "it says which there are"


@pytest.mark.parametrize("asked", ["", "correct", "approve", "note", "withdraw", "dossier", "register"])
def test_the_beginning_of_a_title_is_enough_to_read(asked: str) -> None:
    names = ("correct", "approve", "note", "withdraw", "dossier", "register", "meeting")
    args = SimpleNamespace(**{name: name == asked for name in names}, reading=None)

    class Named(Exception):
        """Raised once the partnership is looked for."""

    def partnership_id() -> str:
        raise Named

    call: Any = SimpleNamespace(args=args, partnership_id=partnership_id)
    with pytest.raises(Named):
        minutes_command.minutes(call)
    assert args.reading is (asked in ("", "dossier", "register"))
