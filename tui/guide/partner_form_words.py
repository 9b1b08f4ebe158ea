"""The set phrases and choices of the form that a partner answers, read when a form is made or comes back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tui.guide.guide_loading import DATA
from tui.guide.guide_types import Words


def form_word(key: str, lang: str, /, **values: object) -> str:
    """Return a set phrase of the form in `lang`, filled in. Raises KeyError if there is none of that key."""
    text = _words()[key].get(lang)
    return text.format(**values) if values else text


def form_choices(name: str) -> Mapping[str, Words]:
    """Return the words of a list of choices by code, in their order: `known`, `commitment`, `row`, `level`,
    `leave`, `sentence` or `capacity`."""
    return _choices()[name]


@lru_cache(maxsize=1)
def _words() -> dict[str, Words]:
    return {key: Words(raw["fr"], raw["en"]) for key, raw in _data()["words"].items()}


@lru_cache(maxsize=1)
def _choices() -> dict[str, dict[str, Words]]:
    return {
        name: {code: Words(raw["fr"], raw["en"]) for code, raw in codes.items()}
        for name, codes in _data()["choices"].items()
    }


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    import tomllib  # Imported here, as in guide_loading: most starts do not need it.

    with (DATA / "partner_form.toml").open("rb") as file:
        return tomllib.load(file)
