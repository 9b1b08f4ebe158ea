"""`doctor` names what lies set aside, and takes it over when told to."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell


def folder_of(shell: Shell) -> Path:
    """The folder of a new partnership."""
    name = shell("new", "Une salle").out.strip()
    return next(path.parent for path in shell.home.rglob("project.json") if path.parent.name == name)


def test_a_hand_edit_is_offered_and_taken_over(shell: Shell) -> None:
    folder = folder_of(shell)
    path = folder / "project.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Une salle", "Une grande salle"), encoding="utf-8")
    assert "Une salle" in shell("show", folder.name).out
    said = shell("doctor").out
    kept = next(folder.glob("project.json.damaged-*"))
    assert f"entente doctor --adopt {kept}" in said
    assert shell("doctor", "--adopt", kept).code == 0
    assert "Une grande salle" in shell("show", folder.name).out
    assert "--adopt" not in shell("doctor").out and kept.exists()


def test_of_a_ruined_partnership_one_goes_on_with_what_reads(shell: Shell) -> None:
    folder = folder_of(shell)
    for path in (folder / "project.json", folder / "project.json.twin"):
        path.write_bytes(path.read_bytes()[:-3])
    ruined = shell("show", folder.name)
    assert ruined.code == 3 and "project.json" in ruined.err
    said = shell("doctor")
    assert said.code == 1 and f"entente doctor --adopt {folder}" in said.out
    assert shell("doctor", "--adopt", folder).code == 0
    assert "Une salle" in shell("show", folder.name).out


def test_only_what_is_set_aside_is_adopted(shell: Shell, tmp_path: Path) -> None:
    folder = folder_of(shell)
    for path in (folder / "project.json", tmp_path / "x.json", tmp_path):
        assert shell("doctor", "--adopt", path).code == 3
