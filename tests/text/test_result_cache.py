"""What is asked for stays, whatever its size; what nobody asks for again goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.result_cache import CachedByText, ResultCache


@given(live=st.integers(1, 60), room=st.integers(0, 20), rounds=st.integers(1, 200))
def test_what_is_in_use_is_worked_out_once_and_the_rest_is_bounded(live: int, room: int, rounds: int) -> None:
    cache: ResultCache[int, int] = ResultCache(room)
    misses = 0
    for number in range(rounds):
        for key in (*range(live), 1000 + number):  # all that is shown, and one that is typed
            if cache.get(key) is None:
                misses += 1
                cache.keep(key, key + 1)
        assert all(cache.get(key) == key + 1 for key in range(live))
        assert len(cache) <= 2 * (2 * live + room + 2)
    assert misses == live + rounds


def test_a_text_that_grows_letter_by_letter_is_not_kept_a_thousand_times() -> None:
    shout = CachedByText(str.upper)
    for size in range(3000):
        assert shout("a" * size) == "A" * size
    assert shout.misses == 3000
    assert sum(len(key[0]) for key in (*shout._cache._young, *shout._cache._old)) < 50_000  # type: ignore[arg-type]


def test_weights_count_and_other_arguments_tell_results_apart() -> None:
    pad = CachedByText(lambda text, width: text.ljust(width))
    assert [pad("a", 2), pad("a", 3), pad("a", 2)] == ["a ", "a  ", "a "]
    assert pad.misses == 2
