"""`attach` as a command: papers attached to the text, listed without what is private, replaced, taken out, written."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import PARTNERSHIPS, Shell


def test_attached_listed_replaced_written_and_taken_out(shell: Shell, tmp_path: Path) -> None:
    partnership = shell("import", PARTNERSHIPS / "04-une-porte-ouverte-le-soir.json").out.strip()
    file = tmp_path / "chiffres tus.csv"
    file.write_text("un", encoding="utf-8")
    assert shell("attach", partnership).out == "Aucune pièce n’est jointe au texte.\n"
    done = shell("attach", partnership, "Budget 2027", "--file", file)
    assert done.code == 0 and done.out.startswith("1. Budget 2027, copie du") and "tus" not in done.out, done.err
    assert shell("attach", partnership, "Carte").code != 0
    file.write_text("deux", encoding="utf-8")
    done = shell("attach", partnership, "--replace", "1", "--file", file, "--papers", tmp_path / "out", "--json")
    assert done.code == 0 and [one["text"] for one in done.data] == ["Budget 2027"], done.err
    assert (tmp_path / "out" / "annexe-1-budget-2027.csv").read_text(encoding="utf-8") == "deux"
    assert "Annexe 1" in shell("show", partnership).out
    done = shell("attach", partnership, "Budget 2028", "--replace", "1", "--file", file)
    assert done.code == 0 and done.out.startswith("1. Budget 2028, copie du"), done.err
    assert shell("attach", partnership, "--remove", "9").code != 0
    assert shell("attach", partnership, "--remove", "1").out == "Aucune pièce n’est jointe au texte.\n"
