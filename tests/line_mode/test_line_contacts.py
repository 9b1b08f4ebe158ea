"""The contacts at the line prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.values import ANNEXED

CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Roy;Ida;;;\nFN:Ida Roy\nEMAIL:ida@univ.ca\nEND:VCARD\n"


def test_people_are_taken_in_listed_and_put_in_the_annex(
    pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "gens.vcf"
    file.write_text(CARD, encoding="utf-8")
    assert "Personne n'est encore noté." in pair.types("/contacts")
    assert f"/contacts prendre {file} ; 2" in pair.types(f"/contacts prendre {file}")
    assert "Rien n'a été pris en note" in pair.types(f"/contacts prendre {tmp_path / 'rien.vcf'}")
    assert "1 personne prise en note." in pair.types(f"/contacts prendre {file} ; 2")
    assert "ACSM Windsor-Essex\n1. Ida Roy · ida@univ.ca\n" in pair.types("/contacts")
    assert "Tapez /contacts seul" in pair.types("/contacts 1", "/contacts beaucoup")
    said = pair.types("/contacts 1 oui", "/contacts", "/contacts annexe", "/contacts annexe oui", "/contacts écrire")
    assert "1. Ida Roy · ida@univ.ca · à l'annexe" in said and "gardez-le pour vous" in said
    assert pair.partnership.setting(ANNEXED) is True
    (written,) = (tmp_path / "Entente").glob("*.csv")
    assert "ida@univ.ca" in written.read_text(encoding="utf-8")
    pair.types("/contacts annexe non", "/contacts 1 non")
    assert pair.partnership.setting(ANNEXED) is None and "à l'annexe" not in pair.types("/contacts")
