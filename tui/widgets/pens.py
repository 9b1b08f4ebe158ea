"""How a terminal takes up another pen: by the shortest sequence that leads from the present one to the next."""

from __future__ import annotations

from functools import lru_cache

NORMAL = "\x1b[m"
LINK = "\x1b]8"
_LINK_END = "\x1b]8;;\x1b\\"
# What ends an attribute (ECMA-48, 8.3.117, SGR); bold and dim end together.
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
         "21": "24", "51": "54", "52": "54", "53": "55"}  # fmt: skip


@lru_cache(4096)
def shift(old: str, new: str) -> str:
    """Return what leads from one pen to another; a pen is a sequence with a reset first, or "": the normal one."""
    if old == new:
        return ""
    if LINK in old:
        return _LINK_END + (new or NORMAL)
    if not new or LINK in new:
        return new or NORMAL
    changes = _changes(old, new)
    if not changes:  # the terminal's own colours, said or left out
        return ""
    changed = f"\x1b[{';'.join(changes)}m"
    return changed if len(changed) < len(new) else new


def _changes(old: str, new: str) -> list[str]:
    before, ink_before, ground_before = _parts(old)
    after, ink, ground = _parts(new)
    ended = {_ENDS.get(one, "0") for one in before - after}
    if "0" in ended:  # one whose end is not known
        return ["0", *sorted(after), *filter(None, (ink, ground))]
    begun = {one for one in after if one not in before or _ENDS.get(one) in ended}
    found = [*sorted(ended), *sorted(begun)]
    if ink != ink_before:
        found.append(ink or "39")
    if ground != ground_before:
        found.append(ground or "49")
    return found


@lru_cache(1024)
def _parts(pen: str) -> tuple[frozenset[str], str, str]:
    """The attributes of a pen, its ink and its ground ("" where they are the terminal's own)."""
    numbers = pen.removeprefix("\x1b[").removesuffix("m").split(";") if pen else []
    attributes: set[str] = set()
    ink = ground = ""
    while numbers:
        first = numbers.pop(0)
        if first in ("38", "48"):
            size = 2 if numbers[:1] == ["5"] else 4  # 5;n or 2;r;g;b
            colour = ";".join((first, *numbers[:size]))
            del numbers[:size]
        else:
            colour = first
        if colour[:2] == "38" or (first.startswith(("3", "9")) and len(first) == 2):
            ink = "" if first == "39" else colour
        elif colour[:2] == "48" or (first.startswith(("4", "10")) and len(first) > 1):
            ground = "" if first == "49" else colour
        elif first not in ("", "0"):
            attributes.add(first)
    return frozenset(attributes), ink, ground
