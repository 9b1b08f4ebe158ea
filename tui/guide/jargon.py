"""The small list of jargon: words a reader outside may not know, and plainer ones."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from tui.guide.load import DATA


@lru_cache(maxsize=1)
def jargon() -> Mapping[str, Mapping[str, str]]:
    """By language ("fr", "en"): the word, in lower case → what to say instead."""
    with (DATA / "jargon.toml").open("rb") as file:
        raw = tomllib.load(file)
    return {lang: {str(word): str(plain) for word, plain in words.items()} for lang, words in raw.items()}
