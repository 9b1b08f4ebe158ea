"""The table of routes: one case for each situation, and the user's own choice, which counts before it."""

from __future__ import annotations

import pytest

from tests.clipboard.settings import facts
from tui.clipboard import CHOICES, MOSH_LIMIT, TABLE, decide

CASES = [
    # what is known, row of the table, way, fallback, limit, wrapped
    ({"desktop": True}, "desktop", "local", "osc52", None, False),
    ({"desktop": True, "term": "dumb"}, "desktop, mute terminal", "local", "none", None, False),
    ({"ssh": True}, "ssh", "osc52", "none", None, False),
    ({"ssh": True, "desktop": True}, "ssh", "osc52", "none", None, False),  # never pyperclip on the server
    ({"ssh": True, "mosh": True}, "mosh", "osc52", "none", MOSH_LIMIT, False),
    ({"mosh": True, "desktop": True}, "mosh", "osc52", "none", MOSH_LIMIT, False),
    ({"ssh": True, "term": "linux"}, "mute terminal", "none", "none", None, False),
    ({"term": "linux"}, "mute terminal", "none", "none", None, False),
    ({"term": "dumb", "ssh": True, "mosh": True}, "mute terminal", "none", "none", None, False),
    ({"term": ""}, "mute terminal", "none", "none", None, False),
    ({}, "unknown terminal", "osc52", "none", None, False),
    ({"mux": "tmux", "ssh": True}, "tmux", "tmux", "none", None, False),
    ({"mux": "tmux", "ssh": True, "desktop": True}, "tmux", "tmux", "none", None, False),
    ({"mux": "tmux", "unsure": True, "desktop": True}, "tmux", "tmux", "none", None, False),
    ({"mux": "tmux", "ssh": True, "passthrough": True}, "tmux with passthrough", "tmux", "none", None, True),
    ({"mux": "tmux", "ssh": True, "mosh": True}, "tmux in mosh", "tmux", "none", MOSH_LIMIT, False),
    ({"mux": "tmux", "mosh": True, "passthrough": True}, "tmux in mosh", "tmux", "none", MOSH_LIMIT, True),
    ({"mux": "tmux", "desktop": True}, "tmux on this desktop", "local", "tmux", None, False),
    ({"mux": "tmux", "term": "linux"}, "tmux in a console", "none", "none", None, False),
    ({"mux": "screen", "ssh": True}, "screen", "screen", "none", None, False),
    ({"mux": "screen", "desktop": True}, "screen", "screen", "none", None, False),  # who looks at it is unknown
    ({"ssh": True, "outer_mux": "tmux"}, "tmux on the person's side", "osc52", "none", None, True),
    ({"ssh": True, "outer_mux": "screen"}, "screen on the person's side", "screen", "none", None, False),
]


@pytest.mark.parametrize(("known", "setting", "way", "fallback", "limit", "wrapped"), CASES)
def test_each_setting_has_its_route(known, setting, way, fallback, limit, wrapped):
    route = decide(facts(**known))
    assert (route.setting, route.way, route.fallback, route.limit, route.wrapped) == (
        setting,
        way,
        fallback,
        limit,
        wrapped,
    )


def test_no_row_of_the_table_is_without_a_case():
    assert {case[1] for case in CASES} == {row.route.setting for row in TABLE}


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice != "auto"])
@pytest.mark.parametrize("known", [{}, {"ssh": True}, {"desktop": True}, {"mux": "tmux"}, {"term": "dumb"}])
def test_a_person_may_choose_and_is_followed_without_detour(choice, known):
    route = decide(facts(**known), choice)
    assert (route.way, route.fallback) == (choice, "none")


def test_the_limit_of_mosh_holds_whatever_is_chosen():
    assert decide(facts(mosh=True), "osc52").limit == MOSH_LIMIT


def test_an_unknown_choice_names_the_known_ones():
    with pytest.raises(ValueError, match="auto, local, osc52, tmux, screen, none"):
        decide(facts(), "xclip")
