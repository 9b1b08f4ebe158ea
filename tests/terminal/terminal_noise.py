"""What a terminal may send that nobody typed: sequences of every class, unknown, cut, joined, nested, of any length."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_ESC = "\x1b"
_STRINGS = "]P_^X"
_ENDS = (f"{_ESC}\\", "\x07", "\x9c")
_EIGHT_BITS = {f"{_ESC}{second}": chr(ord(second) + 0x40) for second in "[O" + _STRINGS}
_SIGNS = "".join(map(chr, range(0x20, 0x7F))) + "é日👩\u200d"
_WRITES = re.compile(r"\x1b\[(?:.*u|27;.*~|200~)|\x1bO.*[j-y]")  # number pad, kitty protocol, a paste: people's
_NO_KEYS = "cnRZghltrwxyz"  # ends of control sequences that no key has

NEVER_ENDING = 0.3  # of all sequences


def burst(dice: random.Random, *, keys: bool = True) -> str:
    """Return some sequences one right after the other; with `keys` false, none that a key sends as well."""
    return "".join(_one(dice, keys) for _ in range(dice.randint(1, 8)))


def reads(dice: random.Random, text: str) -> Sequence[str]:
    """Return `text` as a line may deliver it."""
    cuts = sorted(dice.sample(range(len(text) + 1), min(len(text), dice.choice((0, 0, 1, 2, 5, 20)))))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if end > start]


def _one(dice: random.Random, keys: bool) -> str:
    whole = _string(dice, 2) if dice.random() < 0.5 else _sequence(dice, keys)
    if dice.random() < NEVER_ENDING:
        whole = whole[: dice.randint(1 if keys else 3, max(3, len(whole) - 1))]
    begins = whole[:2]
    return _EIGHT_BITS[begins] + whole[2:] if begins in _EIGHT_BITS and dice.random() < 0.1 else whole


def _sequence(dice: random.Random, keys: bool) -> str:
    while True:
        numbers = "".join(
            dice.choices("0123456789;:<=>?", k=dice.choice((0, 1, 2, 3, 5, 9, 30, 6000 if dice.random() < 0.01 else 2)))
        )
        between = "".join(dice.choices(" !\"#$%&'()*+,-./", k=dice.choice((0, 0, 0, 1, 2))))
        end = chr(dice.randint(0x40, 0x7E)) if keys else dice.choice(_NO_KEYS)
        begins = dice.choice("[[[[O(#") if keys else "["
        found = _ESC + begins + (numbers + between if begins == "[" else "") + end
        if not _WRITES.fullmatch(found) and not found.startswith(("\x1b[M", "\x1b[[")):
            return found


def _string(dice: random.Random, depth: int) -> str:
    size = dice.choice((0, 1, 5, 20, 60, 5000 if dice.random() < 0.01 else 30))
    body = dice.choice("0123456789<>?") + "".join(dice.choices(_SIGNS, k=size))
    if depth and dice.random() < 0.2:
        inner = _string(dice, depth - 1) if dice.random() < 0.5 else f"{_ESC}[{dice.randint(0, 99)}m"
        at = dice.randint(1, len(body))
        body = body[:at] + inner + body[at:]
    return _ESC + dice.choice(_STRINGS) + body + dice.choice(_ENDS)
