"""A yes given line by line says at once on which text: the draft that was sent, or today's, read together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import GUIDE, Person
from tui.partnership.positions import points, position_statuses
from tui.partnership.privacy import public_view
from tui.partnership.values import Change
from tui.partnership.versions import sending_changes


def sent(person: Person) -> None:
    """The first partner was sent a draft, and one line came since."""
    person.types("A", "B", "")
    first = person.partner(1)
    fields = {"number": 1, "partners": {"ids": [first], "group": ""}, "seen": _points(person)}
    person.store.save(person.id, list(sending_changes(person.partnership, "s" * 10, fields)))
    person.store.save(person.id, [Change("o" * 10, "gather.governance", "name@fr", "comité", "bodies")])


def _points(person: Person) -> dict[str, str]:
    return dict(points(GUIDE, public_view(GUIDE, person.partnership)))


def codes(person: Person) -> list[str]:
    found = position_statuses(person.partnership, _points(person))
    return [one.code for (question, _partner), one in found.items() if question == "gather.procedures"]


@pytest.mark.parametrize(("lines", "code"), [
    (("1", "1"), "reopened"), (("1", "2"), "agree"), (("1", ""), "reopened"), (("1", "non", "2"), "agree"),
])  # fmt: skip
def test_a_yes_says_on_which_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], code: str
) -> None:
    person = Person(tmp_path, monkeypatch)
    sent(person)
    said = person.types("/aller procedures", *lines)
    assert "Sur quel texte ? 1 l'ébauche 1 ; 2 le texte d'aujourd'hui, lu ensemble" in said.replace("’", "'")
    assert codes(person) == [code]


def test_in_english_for_several_and_not_where_nothing_was_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(tmp_path, monkeypatch)
    sent(person)
    said = person.types("/go procedures", "/partner 2", "1", "/partner 2", "/same all", "2", lang="en")
    assert said.count("On which text?") == 1, "the second partner was sent nothing"
    assert codes(person) == ["agree", "agree"]
