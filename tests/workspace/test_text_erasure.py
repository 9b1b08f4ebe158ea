"""What is told before and after words are taken out for good: each place they stand in, once, and each they stay in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.values import Change
from tui.resources import own_folder
from tui.store.erasure import Erasure, HoldingCell
from tui.text.sought_text import SoughtText
from tui.workspace.text_erasure import beyond_lines, done_words, erasure_lines, files_outside, found_lines, take_out
from tui.workspace.workspace import Workspace


def workspace_of(told: Told) -> Workspace:
    """The told partnership, open."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def plain(lines: list[str]) -> list[str]:
    """The lines with plain spaces."""
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines]


FOUND: dict[str, tuple[Any, str]] = {
    "earlier": (3, "3 textes antérieurs"),
    "drafts": (2, "2 ébauches"),
    "files": ((Path("a"), Path("b")), "2 fichiers"),
    "binned": (2, "2 exemplaires antérieurs"),
    "organisations": (("Ruche", "Pré"), "Ruche ; Pré"),
}


@pytest.mark.parametrize("name", FOUND)
def test_each_place_that_is_taken_out_has_its_line(name: str) -> None:
    value, words = FOUND[name]
    found = Erasure(**{name: value})
    workspace = workspace_of(Told())
    (line,) = plain(found_lines(workspace, found))
    assert words in line
    told = list(erasure_lines(workspace, SoughtText("rancune"), found))
    assert len(told) == 2 and told[1].startswith("– ")
    others = 0 if name == "earlier" else 2
    assert f"{others} autre" in plain([done_words(found)])[0]


@pytest.mark.parametrize("count", [1, 12, 13, 20])
def test_twelve_fields_are_named_and_the_rest_counted(count: int) -> None:
    told = Told(*(f"Ruche {number}" for number in range(count)))
    cells = [HoldingCell("open.history", "", "note@fr", (partner,)) for partner in told.ids.values()]
    lines = plain(found_lines(workspace_of(told), Erasure(cells=(*cells, cells[0]))))
    assert len(lines) == min(count, 12) + (count > 12)
    assert all(f"Ruche {number}" in line for number, line in enumerate(lines[:12]))
    if count > 12:
        assert f"{count - 12} autre" in lines[-1]


BEYOND: dict[str, Any] = {
    "elsewhere": (Path("/x/sauvegarde.zip"),), "unread": (Path("/x/adopté.pdf"),), "copies": ("abc", "def"),
    "others": ("Pré",), "sessions": ("Zoé",), "server_logs": True,
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND)
def test_each_place_where_the_words_stay_has_its_sentence(name: str) -> None:
    value = BEYOND[name]
    (line,) = beyond_lines(workspace_of(Told()), Erasure(**{name: value}), ())
    assert value is True or all(str(word) in line for word in value)
    assert not found_lines(workspace_of(Told()), Erasure(**{name: value})), "nothing of it is taken out"


def test_files_found_outside_stand_beside_those_of_the_store() -> None:
    (line,) = beyond_lines(workspace_of(Told()), Erasure(elsewhere=(Path("/x/a.zip"),)), [Path("/y/b.txt")])
    assert "/x/a.zip" in line and "/y/b.txt" in line


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize("name", ["unsaved/entente-aaaaaaaaaa-1.txt", "copies/le-soir.txt", "unsaved/entente-b-1.txt"])
def test_what_was_rescued_or_copied_is_looked_into(tmp_path: Path, name: str, holds: bool) -> None:
    environ = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    file = own_folder(environ, "XDG_STATE_HOME") / name
    file.parent.mkdir(parents=True)
    file.write_text("une vieille RANCUNE" if holds else "rien", encoding="utf-8")
    found = files_outside("aaaaaaaaaa", SoughtText("rancune"), environ)
    assert found == ([file] if holds and "-b-" not in name else [])


@pytest.mark.parametrize("known", [0, 1])
@pytest.mark.parametrize("unknown", [0, 1])
@pytest.mark.parametrize("others", [0, 2])
def test_all_to_whom_a_text_went_are_told(known: int, unknown: int, others: int) -> None:
    told = Told("Ruche")
    partners = [told.ids["Ruche"]] * known + ["x" * 10] * unknown
    sent = {"on": "2026-11-22", "means": "mail", "partners": partners, "others": others}
    version = {"id": "v", "number": 1, "status": "draft", "date": "2026-11-22", "sent": sent}
    (line,) = plain(beyond_lines(workspace_of(told), Erasure(gone_out=(version,)), ()))
    assert ("Ruche" in line) == bool(known)
    more = unknown + others
    assert (f"{more} autre" in line) == bool(more)
    assert ("adopt" in line) == (not partners and not others)


def test_what_is_typed_and_unfinished_goes_before_the_store_is_searched() -> None:
    told = Told("Ruche")
    workspace = workspace_of(told)
    entry = told.ids["Ruche"]
    workspace.edit([Change(entry, "open.who", "reason@fr", "vieille rancune", "", (entry,))])
    done: list[str] = []

    class Unfinished:
        def forget_holding(self, partnership: str, holds: Any) -> None:
            done.append(f"forget {holds('une vieille rancune')} {holds('rien')}")

    class Erasing:
        def erase(self, partnership: str, sought: SoughtText, *, write: bool = False) -> Erasure:
            kept = workspace.store.load(partnership).entries[entry].text("reason", "fr")
            done.append(f"erase {kept} {write}")
            return Erasure(earlier=1)

    take_out(workspace, Erasing(), Unfinished(), SoughtText("vieille rancune"))  # type: ignore[arg-type]
    assert done == ["forget True False", "erase vieille rancune True"]
