"""What is asked for stays, as long as there is room for it; what nobody asks for again goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.result_cache import CachedByText, ResultCache


@given(live=st.integers(1, 60), spare=st.integers(1, 20), rounds=st.integers(1, 200))
def test_what_is_in_use_is_worked_out_once_and_the_rest_is_bounded(live: int, spare: int, rounds: int) -> None:
    cache: ResultCache[int, int] = ResultCache(live + spare)
    misses = 0
    for number in range(rounds):
        for key in (*range(live), 1000 + number):  # all that is shown, and one that is typed
            result = cache.get(key)
            misses += result is None
            assert (cache.keep(key, key + 1) if result is None else result) == key + 1
        assert len(cache) <= 2 * cache.room
    assert misses == live + rounds


def test_a_text_that_grows_letter_by_letter_is_not_kept_a_thousand_times() -> None:
    shout = CachedByText(str.upper)
    for size in range(3000):
        assert shout("a" * size) == "A" * size
    assert shout.misses == 3000
    kept = [str(key[0]) for key in (*shout._cache._young, *shout._cache._old)]
    assert len(kept) < 1000 and sum(map(len, kept)) < 1_000_000


def test_other_arguments_tell_results_apart() -> None:
    def padded(text: str, width: int) -> str:
        return text.ljust(width)

    pad = CachedByText(padded)
    assert [pad("a", 2), pad("a", 3), pad("a", 2)] == ["a ", "a  ", "a "]
    assert pad.misses == 2
    assert [pad("b", width=2), pad("b", width=3)] == ["b ", "b  "]


def test_what_is_found_is_kept_once_and_short_texts_weigh_too() -> None:
    cache: ResultCache[str, int] = ResultCache(2)
    for key in "abc":
        cache.keep(key, 1)
    assert cache.get("a") == 1 and len(cache) == 3
    shout = CachedByText(str.upper)
    for number in range(10_000):
        shout(str(number))
    assert len(shout._cache) < 9000
