"""The search of `test_yes_to_seen_words` can fail: it notices a program that overlooks a change of words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.workspace.test_yes_to_seen_words import Saying
from tui.partnership import positions


def nothing_changed(seen: object, now: object) -> tuple[str, ...]:
    return ()


def without_removals(seen: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key in now if seen.get(key) != now[key])


def takes_a_word_back(told: Saying) -> None:
    told.write_the_vision("une porte")
    told.answer("p1", "agree", "yes")
    told.write_the_vision("un lieu")


def takes_a_line_out(told: Saying) -> None:
    told.write_an_objective("o1", "une porte", False)
    told.answer("p1", "agree", "yes")
    told.write_an_objective("o1", "une porte", True)


def holds(told: Saying) -> None:
    told.shows_no_yes_on_other_words()
    told.counts_no_yes_on_other_words()
    told.is_adopted_on_a_yes_alone()


@pytest.mark.parametrize(
    ("blind", "story"), [(nothing_changed, takes_a_word_back), (without_removals, takes_a_line_out)]
)
def test_a_program_that_overlooks_a_change_is_found_out(monkeypatch, blind, story) -> None:
    """The machine above can fail: what holds for the program does not for one that misses a change of words."""
    told = Saying()
    told.begin()
    story(told)
    holds(told)
    monkeypatch.setattr(positions, "changed_since", blind)
    told.open_again()
    with pytest.raises(AssertionError):
        holds(told)
