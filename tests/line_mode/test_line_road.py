"""What holds the signatures, at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import Person


def test_road_tells_what_to_ask_of_whom(pair: Person) -> None:
    said = pair.types("/route")
    assert "pas avant" in said and "À demander ou à régler" in said
    assert said.count("quand répondra-t-il") == 2
