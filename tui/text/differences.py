"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 20_000  # words beyond which the two texts are only set one after the other: the search would take seconds

Kind = Literal["same", "removed", "added"]


class Stretch(NamedTuple):
    """A run of text that is in both, or only in the first ("removed") or the second ("added")."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Stretch]:
    """The stretches that make `before` into `after`, in reading order; what was removed comes before what was added.

    All but the added ones together are `before`, all but the removed ones `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST:
        return [one for one in (Stretch("removed", before), Stretch("added", after)) if one.text]
    return list(_joined(_stretches(old, new)))


def _stretches(old: list[str], new: list[str]) -> Iterator[Stretch]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(old[a:b]))
        else:
            yield Stretch("removed", "".join(old[a:b]))
            yield Stretch("added", "".join(new[c:d]))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """The same with lone blanks between two changes drawn into both, so that changed words read as phrases."""
    removed = added = ""
    found = list(stretches)
    for at, (kind, text) in enumerate(found):
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text.isspace() and "\n" not in text and removed + added and at + 1 < len(found):
            removed, added = removed + text, added + text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield Stretch("same", text)
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Stretch]:
    """One change; blanks at the end that both sides share are no part of it."""
    end = 0
    while end < min(len(removed), len(added)) and removed[-1 - end] == added[-1 - end] and removed[-1 - end].isspace():
        end += 1
    tail = removed[len(removed) - end :]
    for kind, text in (("removed", removed[: len(removed) - end]), ("added", added[: len(added) - end])):
        if text:
            yield Stretch("removed" if kind == "removed" else "added", text)
    if tail:
        yield Stretch("same", tail)
