"""The bytes of a store file: canonical, strict both ways, sealed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.store import sealed_bytes
from tui.store.sealed_bytes import LineEncoder, Malformed, Tables, add_seal, body_of, depth, is_older, load, read_seal

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS | TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)
IDS = st.integers(0, 10**17).map(str)
TABLES = st.dictionaries(
    TEXT.filter(lambda name: name != "_seal"),
    st.dictionaries(IDS, st.dictionaries(TEXT, VALUES), max_size=4),
    max_size=4,
)


@given(TABLES, st.integers(0, 10**12))
def test_round_trip(tables: Tables, generation: int) -> None:
    raw = add_seal(body_of(tables), generation)
    found = load(raw)
    assert found.tables == tables
    assert found.seal is not None
    assert found.seal.generation == generation
    assert found.seal == read_seal(raw)
    assert body_of(found.tables) == raw.partition(b"\n")[2]
    assert {key: rows for key, rows in json.loads(raw).items() if key != "_seal"} == tables


def test_equal_tables_equal_bytes_one_document_a_line() -> None:
    one = {"b": {"10": {"y": 1, "x": "é\n"}, "9": {}}, "a": {}}
    two = {"a": {}, "b": {"9": {}, "10": {"x": "é\n", "y": 1}}}
    assert body_of(one) == body_of(two)
    assert body_of(one).decode() == '"a": {},\n"b": {\n"9": {},\n"10": {"x": "é\\n", "y": 1}\n}\n}\n'


@given(st.data(), st.integers(1, 255))
def test_any_changed_byte_behind_the_seal_breaks_it(data: st.DataObject, change: int) -> None:
    whole = add_seal(body_of({"t": {"1": {"text": "déjà", "n": 1.5}}}), 7)
    at = data.draw(st.integers(whole.index(b"sha256"), len(whole) - 1))
    raw = bytearray(whole)
    raw[at] ^= change
    try:
        assert load(bytes(raw)).seal is None
    except Malformed as refused:
        assert str(refused)


def naive_depth(text: str) -> int:
    """How deep JSON nests, letter by letter."""
    level = deepest = 0
    inside = escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif inside and letter == "\\":
            escaped = True
        elif letter == '"':
            inside = not inside
        elif not inside and letter in "[{":
            level += 1
            deepest = max(deepest, level)
        elif not inside and letter in "]}":
            level -= 1
    return deepest


@pytest.mark.slow
@given(
    st.recursive(
        SCALARS | st.text('"\\\\[]{}\\n:', max_size=6), lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner)
    )
)
def test_depth_is_that_of_the_brackets_outside_of_strings(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert depth(text.encode()) == naive_depth(text)


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(TABLES, min_size=2, max_size=3))
def test_lines_remembered_from_save_to_save_give_the_same_bytes(saves: list[Tables]) -> None:
    remembering = LineEncoder()
    for tables in saves:
        body, back = remembering.body(tables)
        assert body == body_of(tables)
        assert back == load(add_seal(body, 1)).tables


def test_nesting_is_limited_both_ways() -> None:
    def nested(levels: int) -> Tables:
        value: object = 1
        for _ in range(levels):
            value = [value]
        return {"t": {"1": {"x": value}}}

    assert load(add_seal(body_of(nested(61)), 1)).tables == nested(61)  # and the file, the table, the document: 64
    with pytest.raises(Malformed):
        body_of(nested(62))
    with pytest.raises(Malformed):
        load(json.dumps(nested(62)).encode())


@pytest.mark.slow
@given(VALUES)
def test_depth_is_the_depth(value: object) -> None:
    def deep(part: object) -> int:
        if isinstance(part, dict | list):
            return 1 + max((deep(p) for p in (part.values() if isinstance(part, dict) else part)), default=0)
        return 0

    assert depth(json.dumps(value).encode()) == deep(value)


@pytest.mark.parametrize(
    "tables",
    [
        {"t": {"1": {"x": float("nan")}}},
        {"t": {"1": {"x": float("inf")}}},
        {"t": {"1": {"x": "\ud800"}}},
        {"t": {"1": {"x": {1, 2}}}},
        {"t": {"one": {}}},
        {"t": {"01": {}}},
        {"t": {1: {}}},
        {"t": {"1": []}},
        {"t": []},
        {"t": {"1": {"x": {1: "a", "1": "b"}}}},
        {"meta": {"1": {"schema": 0}}},
    ],
)
def test_what_could_not_be_read_again_is_not_written(tables: Tables) -> None:
    with pytest.raises(Malformed):
        body_of(tables)


@pytest.mark.parametrize("text", ['"\\ud800"', '{"a": 1, "a": 2}', "NaN", "1e999", '"\xff"'])
def test_what_another_program_wrote_is_read_strictly(text: str) -> None:
    with pytest.raises(Malformed):
        load(b'{"t": {"1": {"x": ' + text.encode("latin-1") + b"}}}")


@pytest.mark.parametrize(
    ("tables", "older"),
    [({}, False), ({"t": {}}, True), ({"meta": {"1": {"schema": 2}}}, False), ({"meta": {"1": {"schema": 1}}}, True)],
)
def test_only_what_holds_something_can_be_of_an_earlier_schema(tables: Tables, older: bool) -> None:
    assert is_older(tables, 2) is older


def test_size_is_limited_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (sealed_bytes, sealed_bytes):
        monkeypatch.setattr(place, "SIZE_LIMIT", 1000)
    with pytest.raises(Malformed):
        body_of({"t": {"1": {"x": "y" * 900}}})
    with pytest.raises(Malformed):
        load(b" " * 1001)
