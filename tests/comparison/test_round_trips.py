"""Our Word file, one word changed, saved by LibreOffice in several ways: that word is all that differs.

`make test` reads the files as LibreOffice left them (cases/round_trips); `make roundtrip` has it write them anew first.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.comparison.returned_cases import FOLDER, PARTNERSHIPS, accepted_whole, changed_cells
from tests.partnership.told import GUIDE
from tests.workspace.returns import edited
from tui.agreement.compose import Composer
from tui.export.formats import render

pytestmark = pytest.mark.sampled

FILES = FOLDER / "round_trips"
ROUTES = ("docx", "odt", "doc", "rtf", "txt", "html")  # how LibreOffice saved it
AS_SAVED = ("docx", "txt", "html")  # came back so; the others came back as .docx
CHANGES = {
    "01-counseling-apres-les-heures.json": ("fr", "de pointe", "de stress", "gather.vision", "goal@fr"),
    "03-skills-for-safer-living.json": ("en", "Support people with", "Help people with", "gather.vision", "goal@en"),
    "04-une-porte-ouverte-le-soir.json": ("fr", "tenir les comptes", "tenir la comptabilité", "wie6iwezlb", "text@fr"),
}  # fmt: skip


def converted(file: Path, ending: str, folder: Path) -> Path:
    """Have LibreOffice save a file in another format."""
    wanted = f"{ending}:Text (encoded):UTF8" if ending == "txt" else ending
    home = f"-env:UserInstallation=file://{folder}/profile"
    call = ["soffice", home, "--headless", "--convert-to", wanted, "--outdir", str(folder / ending), str(file)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    return folder / ending / f"{file.stem}.{ending}"


def write_anew(name: str, route: str, kept: Path, folder: Path) -> None:
    """Send a draft through LibreOffice and keep what comes out."""
    lang, before, after, _entry, _cell = CHANGES[name]
    data = render(Composer(GUIDE).agreement(PARTNERSHIPS[name], lang), "docx").data
    sent = folder / "draft.docx"
    sent.write_bytes(edited(data, lambda text: text.replace(before, after)))
    found = converted(sent, route, folder)
    if route not in AS_SAVED:
        found = converted(found, "docx", folder)
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(found.read_bytes())


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_round_trip_changes_the_one_word_that_was_changed(name: str, route: str, tmp_path: Path) -> None:
    _lang, _before, after, entry, cell = CHANGES[name]
    kept = FILES / f"{name[:2]}-{route}.{route if route in AS_SAVED else 'docx'}"
    if os.environ.get("ROUND_TRIPS") == "write":
        write_anew(name, route, kept, tmp_path)
    outcome = accepted_whole(kept.read_bytes(), kept.name, PARTNERSHIPS[name])
    assert outcome.before is not None and outcome.after is not None, outcome.refused
    cells = changed_cells(outcome.before, outcome.after)
    assert list(cells) == [(entry, cell)] and after in cells[entry, cell].replace("’", "'")
    assert len(outcome.open) == 1
