"""The forms of partners line by line: one is read out and written, the mails of all are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.form_codes import find_codes
from tui.partnership.values import Change
from tui.partnership.versions import sendings

pytestmark = pytest.mark.sampled


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_the_form_of_one_is_read_out_and_written_in_three_formats(pair: Person) -> None:
    said = pair.types("/formulaire 2")
    (code,) = find_codes(said)
    assert code.partner == pair.partner(2)
    assert "=== 8. Je réponds ===" in said
    assert said.count("Écrit :") == 3, said
    assert "Écrit :" not in pair.types("/formulaire 9")


def test_the_mails_of_all_who_may_be_named_are_written(pair: Person) -> None:
    assert "par un numéro ou un nom" in pair.types("/formulaire")
    for number in (1, 2):
        name = pair.partner(number)
        pair.store.save(pair.id, [Change(name, "open.who", "status", "interested", "", (name,))])
    said = pair.types("/form")
    assert said.count("Écrit :") == 2, said
    assert sendings(pair.partnership) == ()


def test_a_sending_takes_forms_along(pair: Person) -> None:
    refused = pair.types("/envoyer tout")
    assert "/envoyer formulaires" in refused
    said = pair.types("/envoyer formulaires", "ACSM", *[""] * 3, "Marie Roy", *[""] * 3, "oui")
    assert find_codes(said), said
    assert "-formulaire-" in said
