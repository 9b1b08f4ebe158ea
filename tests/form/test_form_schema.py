"""Every value that a question's schema allows is accepted, and no line, however odd, gives anything but BadValue."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.partnership.from_schema import GROUP, PARTNERS, allows, made
from tests.partnership.told import AT, GUIDE, Told
from tui import i18n
from tui.form.answer_json import AnswerChanges, answer
from tui.form.form_schema import describe, value_schema
from tui.guide.guide_types import Question
from tui.partnership.changes import apply
from tui.partnership.completion import EMPTY, is_filled, progress
from tui.partnership.field_kinds import BadValue, ParseContext, format_value
from tui.partnership.values import Partnership
from tui.text.clean import clean

ALL = list(GUIDE.by_id.values())


@pytest.fixture(autouse=True)
def english() -> None:
    """Descriptions and errors are told in the interface's language."""
    i18n.use("en")


def windsor() -> Partnership:
    """Return four partners, a group and a person: whom the values made from a schema may name."""
    told = Told(*PARTNERS)
    told.say("extra.groups", {"name": GROUP, "members": [PARTNERS[1], PARTNERS[2]]})
    told.say("open.who", {"people": [{"name": "Marie Tremblay", "title": "directrice"}]}, partner=PARTNERS[0])
    return told.partnership


WINDSOR = windsor()


def asked(question: Question, value: Any, op: str) -> dict[str, Any]:
    """The line that gives a value to a question, of whom it is asked."""
    line: dict[str, Any] = {"question": question.id, "op": op, "value": value}
    if question.scope == "pair":
        line["pair"] = [PARTNERS[1], PARTNERS[0]]
    elif question.scope != "project":
        line["partner"] = PARTNERS[0]
    return line


def readable(partnership: Partnership, lang: str) -> None:
    """Say every cell of the project in words."""
    for entry in partnership.entries.values():
        question = GUIDE.by_id.get(entry.question)
        part = question.part(entry.part) if question else None
        for key, cell in entry.cells.items():
            field = part.field(key.partition("@")[0]) if part else None
            if field is not None:
                assert isinstance(format_value(ParseContext(GUIDE, partnership, lang), field, cell.value), str)


def rows_of(question: Question, value: Any, op: str) -> list[Any]:
    """The rows that a value makes."""
    lists = {part.id for part in question.lists}
    if not isinstance(value, dict):
        return []
    whole = [row for name in lists & set(value) for row in value[name]]
    single = question.single
    own = single is not None and all(single.field(name) is not None for name in value) and op == "set"
    return whole if lists & set(value) or question.id == "open.who" or not lists or own else [value]


def test_every_field_carries_its_label_and_help_in_both_languages_whoever_asks() -> None:
    for question in ALL:
        i18n.use("en")
        told, schema = describe(GUIDE, question), value_schema(GUIDE, question)
        fields = told["fields"] + properties(schema)
        assert fields
        for one in fields:
            assert all(one[name][lang].strip() for name in ("label", "help") for lang in ("fr", "en")), one
            assert one["help"]["fr"] != one["help"]["en"]
            assert not re.search(r"\.\.|…\.|[^.…]$", one["help"]["en"]), one
        i18n.use("fr")
        assert describe(GUIDE, question)["fields"] == told["fields"] and i18n.language() == "fr"
    payer, paid = (next(one for one in describe(GUIDE, GUIDE.question("commit.funding"))["fields"] if one["id"] == name)
                   for name in ("rows.partners", "rows.recipients"))  # fmt: skip
    assert payer["help"]["en"].startswith("Who pays") and paid["help"]["fr"].startswith("Qui reçoit")


def properties(schema: Any) -> list[Any]:
    """The fields of a schema, those of its rows included."""
    if isinstance(schema, list):
        return [field for one in schema for field in properties(one)]
    here = schema.get("properties", {}) if isinstance(schema, dict) else {}
    rows = [one["items"] for one in here.values() if one.get("type") == "array" and "properties" in one["items"]]
    fields = [one for one in here.values() if "const" not in one and one.get("items") not in rows]
    return fields + properties(rows) + properties(schema.get("anyOf", []))


def may_be_empty(row: Any) -> bool:
    """Whether a row may hold nothing: texts that come to nothing, boxes not ticked, partners left out again."""
    held = {name: one for name, one in row.items() if name != "part"} if isinstance(row, dict) else {"": row}
    return not any(is_filled(_cleaned(value)) for value in held.values() if not isinstance(value, dict))


def _cleaned(value: Any) -> Any:
    """A value as it is read: its texts without blanks around them, a list without texts that come to nothing."""
    if isinstance(value, list):
        return [item for item in map(_cleaned, value) if item != ""]
    return clean(value) if isinstance(value, str) else value


@pytest.mark.slow
@pytest.mark.parametrize("question", ALL, ids=[question.id for question in ALL])
@settings(max_examples=25)
@given(data=st.data(), lang=st.sampled_from(["fr", "en"]))
def test_what_the_schema_allows_is_accepted(question: Question, data: st.DataObject, lang: str) -> None:
    i18n.use("en")
    schema = value_schema(GUIDE, question)
    op = data.draw(st.sampled_from([op for op in describe(GUIDE, question)["ops"] if op != "remove"]))
    value = data.draw(made(schema))
    assert allows(schema, value)
    line = asked(question, value, op) | {"lang": lang}
    try:
        draft = answer(GUIDE, WINDSOR, line)
    except BadValue as error:  # what no schema tells: a row holds something
        assert "holds nothing" in str(error) and any(map(may_be_empty, rows_of(question, value, op)))
        return
    done = apply(WINDSOR, draft.changes, by="Marie", at=AT).partnership
    assert progress(done, question).state
    readable(done, lang)


@pytest.mark.parametrize("question", ALL, ids=[question.id for question in ALL])
def test_a_description_is_json_and_names_every_field(question: Question) -> None:
    said = json.loads(json.dumps(describe(GUIDE, question)))
    assert (said["id"], said["fr"], said["en"]) == (question.id, question.text.fr, question.text.en)
    text = json.dumps(said["value"])
    assert [f for part in question.parts for f in part.fields if not f.hidden and f'"{f.id}"' not in text] == []
    assert [f for part in question.parts for f in part.fields if f.hidden and f'"{f.id}":' in text] == []


@pytest.mark.parametrize(
    ("question", "private", "adds"),
    [
        ("open.who", "reason status_reason people.email people.phone people.language", True),
        ("commit.win_win", "satisfaction comment", True),  # without the rows of another question that it shows
        ("extra.points", "", True),  # without what the program keeps
        ("follow.attachments", "rows.file", True),
        ("gather.vision", "", False),
        ("commit.clarity", "note", False),
    ],
)
def test_a_description_tells_what_is_private_and_what_is_added(question: str, private: str, adds: bool) -> None:
    said = describe(GUIDE, GUIDE.question(question))
    assert said["private_fields"] == private.split() and ("add" in said["ops"]) is adds
    labels = {field["id"]: field["label"] for field in said["fields"]}
    for part in GUIDE.question(question).parts:
        for field in part.fields:
            label = labels.get(f"{part.id}.{field.id}" if part.id else field.id)
            assert label == (None if field.hidden else {"fr": field.label.fr, "en": field.label.en})


def test_a_description_explains_choices_and_words_in_use() -> None:
    scale = next(one for one in describe(GUIDE, GUIDE.question("open.trust"))["fields"] if one["id"] == "scale")
    good = next(choice for choice in scale["choices"] if choice["code"] == "good")
    assert (good["fr"], good["en"], good["definition"]["en"]) == ("bon", "good", "each knows it can count on the other")
    for question in ALL:
        terms = {
            f"{part.id}.{one.id}" if part.id else one.id: one.terms for part in question.parts for one in part.fields
        }
        for said in describe(GUIDE, question)["fields"]:
            assert bool(said.get("words_in_use")) is bool(terms[said["id"]])
            assert [word["code"] for word in said.get("words_in_use", ())] == list(
                GUIDE.choices.get(terms[said["id"]], ())
            )


@pytest.mark.parametrize(("number", "taken"), [(0, True), (999_999_999, True), (1_000_000_000, False), (-1, False)])
def test_a_number_is_taken_as_far_as_its_schema_says(number: int, taken: bool) -> None:
    question = GUIDE.question("open.how_many")
    assert allows(value_schema(GUIDE, question), {"min": number}) is taken
    assert (heard(WINDSOR, asked(question, {"min": number}, "set")) is not None) is taken


def test_a_row_that_names_its_list_holds_a_field_too() -> None:
    schema = value_schema(GUIDE, GUIDE.question("gather.governance"))
    assert allows(schema, {"part": "bodies", "name": "Comité"}) and not allows(schema, {"part": "bodies"})
    assert not allows(schema, {"name": "Comité"}), "of several lists the row says which"
    assert "anyOf" not in value_schema(GUIDE, GUIDE.question("open.who"))


# Taking back the answer of open.who takes its partner away (tests/partnership/test_partners.py).
SINGLE = [question for question in ALL if question.single is not None and question.id != "open.who"]
BY_KIND = {
    "flag": True,
    "line": "un texte",
    "prose": "un texte",
    "number": 3,
    "date": "2026-11",
    "partner": PARTNERS[0],
}


def full_answer(question: Question) -> dict[str, Any]:
    """A value for each field of the answer itself that a person fills in."""
    assert question.single is not None
    fields = [field for field in question.single.fields if not field.hidden]
    return {f.id: next(iter(GUIDE.choices[f.choices])) if f.kind == "choice" else BY_KIND[f.kind] for f in fields}


@pytest.mark.parametrize("question", SINGLE, ids=[question.id for question in SINGLE])
def test_the_answer_itself_is_taken_back(question: Question) -> None:
    line = asked(question, full_answer(question), "set")
    partnership = apply(WINDSOR, answer(GUIDE, WINDSOR, line).changes, by="Marie", at=AT).partnership
    (entry,) = set(partnership.entries) - set(WINDSOR.entries)
    assert {key.partition("@")[0] for key in partnership.entries[entry].cells} >= set(full_answer(question))
    assert progress(partnership, question).state != EMPTY
    back = {key: one for key, one in asked(question, None, "remove").items() if key != "value"}
    partnership = apply(partnership, answer(GUIDE, partnership, back).changes, by="Marie", at=AT).partnership
    assert progress(partnership, question).state == EMPTY
    assert {key: cell.value for key, cell in partnership.entries[entry].cells.items() if cell.value} == {}


FIELDS = sorted({field.id for question in ALL for part in question.parts for field in part.fields})
NAMES = st.sampled_from([*FIELDS, "part", "rows", "people", "fr", "en", "ids", "group", "except", "start", "amount"])
TEXTS = st.sampled_from([*PARTNERS, GROUP, "all", "2026-11", "yes", "", "fr", ";", ",", "sauf", "a sauf b"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.text(max_size=8)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)
LINES = st.fixed_dictionaries(
    {"question": st.sampled_from([question.id for question in ALL]) | JSON},
    optional={
        "value": JSON,
        "op": st.sampled_from(["set", "add", "remove"]) | JSON,
        "partner": st.sampled_from(PARTNERS) | JSON,
        "pair": st.lists(st.sampled_from(PARTNERS), max_size=3) | JSON,
        "row": st.sampled_from(sorted(WINDSOR.entries)) | JSON,
        "state": st.sampled_from(["to_confirm", "not_applicable", ""]) | JSON,
        "lang": st.sampled_from(["fr", "en"]) | JSON,
        "base": st.integers() | JSON,
    },
)


def heard(partnership: Partnership, line: dict[str, Any]) -> AnswerChanges | None:
    """The draft of a line, or None when it was refused in words."""
    try:
        return answer(GUIDE, partnership, line)
    except BadValue as error:
        assert str(error).strip()
        return None


@pytest.mark.slow
@settings(max_examples=600)
@given(LINES)
def test_any_json_is_heard_or_refused_in_words(line: dict[str, Any]) -> None:
    draft = heard(WINDSOR, line)
    if draft is not None:
        assert draft.changes
        done = apply(WINDSOR, draft.changes, by="Marie", at=AT).partnership
        readable(done, "en")
        assert all(progress(done, question).state for question in ALL)
