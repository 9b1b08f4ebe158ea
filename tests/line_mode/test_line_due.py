"""What is due at the line prompts, and what came of a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.i18n import Language
from tui.line_mode import line_due
from tui.line_mode.conversation import Conversation
from tui.partnership.values import Change
from tui.workspace.output_files import OutputFile


def test_due_lists_lines_by_number_and_notes_what_came_of_one(pair: Person) -> None:
    cells = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}
    pair.store.save(
        pair.id, [Change("objective0", "gather.objectives", name, value, "rows") for name, value in cells.items()]
    )
    said = pair.types("/échéances", "/échéances 9 fait", "/échéances 1 peut-être", "/échéances 1 en partie")
    assert "En retard" in said and "1  mars 2020 · Objectif : un guide" in said
    assert "Donnez le numéro d'une ligne" in said and "« peut-être » n'est rien de ceci" in said
    (noted,) = pair.partnership.rows("follow.outcomes", "rows")
    assert (noted.get("about"), noted.get("state")) == ("objective0", "partly")
    assert "Aucune échéance." in pair.types("/échéances 1", "/échéances")
    assert pair.partnership.rows("follow.outcomes", "rows")[-1].get("state") == "done"


def test_calendar_and_letters_are_written(pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    cells = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}
    pair.store.save(
        pair.id, [Change("objective0", "gather.objectives", name, value, "rows") for name, value in cells.items()]
    )
    assert "pas de lettre à écrire" in pair.types("/échéances lettres")
    assert "~/Entente/" in pair.types("/échéances calendrier")
    (calendar,) = (tmp_path / "Entente").glob("*.ics")
    assert b"un guide" in calendar.read_bytes()


def due_told() -> Told:
    """A partnership with something late, something later, and money that is sought, which stays private."""
    told = Told("Collège")
    for text, due_by in (("un guide", "2020-03"), ("un bilan", "2150-01")):
        told.say("gather.objectives", {"text": text, "due": due_by}, op="add")
    told.say("commit.funding", {"source": "zanzibar", "status": "sought", "due": "2149-05-01"}, op="add")
    return told


@pytest.mark.parametrize(
    ("lang", "typed", "private"),
    [
        ("fr", "calendrier", False), ("fr", "mon calendrier", True), ("fr", "calendrier privé", True),
        ("en", "calendar", False), ("en", "my calendar", True), ("en", "Private calendar", True),
    ],
)  # fmt: skip
def test_only_a_calendar_asked_for_as_ones_own_has_private_dates(
    monkeypatch: pytest.MonkeyPatch, lang: Language, typed: str, private: bool
) -> None:
    written: list[str] = []

    def write_files(conversation: Conversation, files: Sequence[OutputFile]) -> None:
        written.extend(file.make().data.decode() for file in files)

    monkeypatch.setattr(line_due, "write_files", write_files)
    Talk(due_told(), lang).gives(line_due.due, typed)
    (calendar,) = written
    assert "un guide" in calendar and ("zanzibar" in calendar) is private


def test_lines_are_numbered_through_all_groups_as_they_are_named() -> None:
    talk = Talk(due_told())
    said = talk.gives(line_due.due)
    assert [line[:3] for line in said.splitlines() if line[:1].isdigit()] == ["1  ", "2  ", "3  "]
    number = next(line[0] for line in said.splitlines() if "un bilan" in line)
    assert "un bilan" in talk.gives(line_due.due, f"{number} en partie")
    (noted,) = talk.workspace.partnership.rows("follow.outcomes", "rows")
    assert talk.workspace.partnership.entries[str(noted.get("about"))].text("text", "fr") == "un bilan"
