"""Values made from a JSON Schema and checked against it: the few words of the standard that our schemas use.

A schema cannot say which texts are dates or partners' names; its descriptions do, and `TYPED` holds texts for each.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from tui.i18n import _

Schema = dict[str, Any]

PARTNERS = ("Université de Windsor", "ACSM Windsor-Essex", "Centre d'aide, Essex", "maison des jeunes")
GROUP = "les organismes locaux"
TYPED = {
    "a partner's id or name": PARTNERS,
    "partners' names, all, or the name of a group; also « all, except A »": (
        *("tous", "ALL", GROUP, "tous sauf Maison des jeunes", "Centre d'aide, Essex, ACSM Windsor-Essex"),
        *("les organismes locaux, except Centre d'aide, Essex", PARTNERS[0]),
    ),
    "a group's id or name, or all": (GROUP, "all", "Tous les partenaires"),
    "2026, 2026-11 or 2026-11-22 (also as typed: November 22, 2026)": (
        *("2026", "2026-11", "2026-11-22", "22 novembre 2026", "November 2026"),
    ),
    "as typed, e.g. from October 2026 to March 2027": ("d'octobre 2026 à mars 2027", "décembre 2018", "2026..2027"),
    "as typed, e.g. $12,000": ("12 000 $", "$12,000", "1,2 M$", "40 EUR"),
}
_FEW = 3
_WORDS = {"anyOf", "const", "enum", "type", "properties", "required", "additionalProperties", "items", "description"}
_WORDS |= {"title", "examples", "pattern", "minProperties", "minItems", "minLength", "minimum", "maximum"}
_WORDS |= {"label", "help"}  # of ours: annotations that constrain nothing


def made(schema: Schema) -> st.SearchStrategy[Any]:
    """Values that the schema allows and that name partners and dates that exist."""
    assert set(schema) <= _WORDS, f"a word of JSON Schema that this file does not know: {set(schema) - _WORDS}"
    if "anyOf" in schema:
        return st.one_of([made(one) for one in schema["anyOf"]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _TYPES[schema["type"]](schema)


def _string(schema: Schema) -> st.SearchStrategy[str]:
    if "pattern" in schema:
        pattern: str = schema["pattern"]
        return st.from_regex(pattern, fullmatch=True)
    known = next((texts for said, texts in TYPED.items() if schema.get("description") == _(said)), None)
    if known is not None:
        return st.sampled_from(known)
    texts = st.text(st.characters(codec="utf-8"), min_size=schema.get("minLength", 0), max_size=20)
    return texts.filter(str.strip) if "minLength" in schema else texts


def _array(schema: Schema) -> st.SearchStrategy[list[Any]]:
    return st.lists(made(schema["items"]), min_size=schema.get("minItems", 0), max_size=_FEW)


def _object(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: made(one) for name, one in schema.get("properties", {}).items()}
    needed = {name: fields[name] for name in schema.get("required", ())}
    optional = {name: one for name, one in fields.items() if name not in needed}
    found = st.fixed_dictionaries(needed, optional=optional)
    if schema.get("description") == "start is not after end":
        stored = st.lists(st.sampled_from(["2025-11-22", "2026", "2026-11", "2027-01"]), min_size=2, max_size=2)
        found = stored.map(sorted).map(lambda two: {"start": two[0], "end": two[1]})
    return found.filter(lambda value: len(value) >= schema.get("minProperties", 0))


_TYPES = {
    "string": _string,
    "boolean": lambda schema: st.booleans(),
    "integer": lambda schema: st.integers(schema.get("minimum"), schema.get("maximum")),
    "array": _array,
    "object": _object,
}
_PYTHON: dict[str, type] = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}


def allows(schema: Schema, value: Any) -> bool:
    """Whether the schema allows the value: a small reading of JSON Schema 2020-12, on its own."""
    if "anyOf" in schema:
        return any(allows(one, value) for one in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    if not isinstance(value, _PYTHON[schema["type"]]) or (schema["type"] == "integer" and isinstance(value, bool)):
        return False
    if isinstance(value, str):
        return len(value) >= schema.get("minLength", 0) and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(allows(schema["items"], one) for one in value)
    if isinstance(value, dict):
        return _allows_object(schema, value)
    return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))


def _allows_object(schema: Schema, value: dict[str, Any]) -> bool:
    fields = schema.get("properties", {})
    if not set(schema.get("required", ())) <= set(value) or len(value) < schema.get("minProperties", 0):
        return False
    if schema.get("additionalProperties") is False and not set(value) <= set(fields):
        return False
    return all(allows(fields[name], one) for name, one in value.items() if name in fields)
