"""Descriptions of questions for `entente questions --json`: their words, and the JSON Schema of the value they take."""

from __future__ import annotations

from typing import Any

from tui.form.form import Fields, FormContext, Rows, fields_of, form_of
from tui.form.form_words import how_written
from tui.guide.guide_types import NO_WORDS, Field, Guide, Part, Question, Words
from tui.i18n import N_, _, in_both_languages, language
from tui.partnership.partners import WHO
from tui.partnership.values import Entry, Partnership

Schema = dict[str, Any]  # a JSON Schema (json-schema.org)

CURRENCIES = ("CAD", "USD", "EUR", "GBP", "CHF", "HTG", "MXN", "XAF", "XOF")  # the codes that `tui.text.amounts` reads

_PARTNER: Schema = {"type": "string", "description": "a partner's id or name"}
_SOMEONE: Schema = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"partner": _PARTNER}, "required": ["partner"]},
        {"type": "object", "properties": {"person": {"type": "string", "minLength": 1}}, "required": ["person"]},
        {"type": "object", "properties": {"name": {"type": "string", "minLength": 1}}, "required": ["name"]},
    ],
    "description": "a partner or person by id or name, or anyone else by name",
}
_DATE: Schema = {
    "type": "string",
    "description": N_("2026, 2026-11 or 2026-11-22 (also as typed: November 22, 2026)"),
    "examples": ["2026-11"],
}
_KINDS: dict[str, Schema] = {  # by kind of field; that of a choice is made from its codes
    "line": {"type": "string", "description": "one line"},
    "prose": {"type": "string", "description": "light Markdown"},
    "effort": {"type": "string", "description": N_("as typed, e.g. 3 h a week")},
    "flag": {"type": "boolean"},
    "number": {"type": "integer", "minimum": 0, "maximum": 999_999_999},  # as `field_kinds` reads it: nine digits
    "date": _DATE,
    "period": {
        "anyOf": [
            {
                "type": "object",
                "properties": {"start": _DATE, "end": _DATE},
                "minProperties": 1,
                "additionalProperties": False,
                "description": "start is not after end",
            },
            {"type": "string", "description": N_("as typed, e.g. from October 2026 to March 2027")},
        ]
    },
    "amount": {
        "anyOf": [
            {
                "type": "object",
                "properties": {
                    "amount": {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,2})?$"},
                    "currency": {"enum": list(CURRENCIES)},
                },
                "required": ["amount"],
                "additionalProperties": False,
            },
            {"type": "string", "description": N_("as typed, e.g. $12,000")},
        ]
    },
    "partner": _PARTNER,
    "partners": {
        "anyOf": [
            {"type": "array", "items": _PARTNER},
            {"type": "string", "description": "partners' names, all, or the name of a group; also « all, except A »"},
            {
                "type": "object",
                "properties": {
                    "ids": {"type": "array", "items": _PARTNER},
                    "group": {"type": "string", "description": "a group's id or name, or all"},
                    "except": {"type": "array", "items": _PARTNER},
                },
                "additionalProperties": False,
            },
        ]
    },
    "someone": _SOMEONE,
    "someones": {"type": "array", "items": _SOMEONE},
    "reference": {"type": "string"},
    "record": {"type": "object"},
}


def _in_language(schema: Any) -> Any:
    """Return a schema, or any JSON value inside one, with its descriptions in the interface's language."""
    if isinstance(schema, dict):
        return {name: _(item) if name == "description" else _in_language(item) for name, item in schema.items()}
    return [_in_language(item) for item in schema] if isinstance(schema, list) else schema


def field_schema(guide: Guide, field: Field) -> Schema:
    """Return the schema of the value of a field, with its label and help in both languages.

    For a field that has a text in each language, it is the schema of one of these texts.
    """
    schema: Schema
    if field.kind == "choice":
        schema = {"type": "string", "enum": list(guide.choices[field.choices])}
    else:
        schema = _in_language(_KINDS[field.kind])
    return {**schema, "label": _in_both_languages(field.label), "help": field_help(guide, field)}


def field_help(guide: Guide, field: Field) -> dict[str, str]:
    """Return the help of a field by language: its hint, if it has one, and how its value is given in JSON."""
    return in_both_languages(
        lambda: " ".join(filter(None, (_sentence(field.hint.get(language())), _how_given_in_json(guide, field))))
    )


def _sentence(hint: str) -> str:
    """Return a hint as a sentence, with a capital and a full stop; "" for no hint."""
    if not hint:
        return ""
    end = "" if hint.endswith((".", "…")) else "."
    return f"{hint[:1].upper()}{hint[1:]}{end}"


def _how_given_in_json(guide: Guide, field: Field) -> str:
    """Return how the value of a field is given in JSON, in the language in use; "" if there is nothing to say."""
    if field.kind == "choice":
        words = (f"{code} ({name.get(language())})" for code, name in guide.choices[field.choices].items())
        return _("One of: {words}.").format(words=", ".join(words))
    words_for_json = {
        "line": _("A text of one line."),
        "prose": _("A text of one or more paragraphs; **bold**, *italic* and lists may be written."),
        "flag": _("True or false."),
        "someone": _("The name of a partner, of a person, or of anyone else."),
        "someones": _("Names with commas between them: partners, persons, or anyone else."),
    }
    return words_for_json.get(field.kind, "") or how_written(field.kind)


def _fields_schema(group: Fields | Rows) -> Schema:
    """Return the schema of one row of a list, or of a single answer: an object with at least one field."""
    context, empty_entry = group.context, Entry("", "")
    fields = [form_field.field for form_field in fields_of(context, group.part, empty_entry, unfolded=True).fields]
    return {
        "type": "object",
        "properties": {field.id: field_schema(context.guide, field) for field in fields if field is not None},
        "minProperties": 1,
        "additionalProperties": False,
    }


def value_schema(guide: Guide, question: Question) -> Schema:
    """Return the schema of `value` in a line of `entente answer` for this question.

    It is one row of a list of the question, or an object with fields and whole lists by the id of their part. The
    question about the partners takes no single row, since it adds a partner.
    """
    context = FormContext(guide, Partnership(""), "fr")  # only its fields matter, not the language of its texts
    # The form of an empty partnership; "a" and "b" are invented partners.
    form = form_of(context, question, "a", "b" if question.scope == "pair" else "", unfolded=True)
    lists = [group for group in form.groups if isinstance(group, Rows) and group.part.list]
    properties: dict[str, Schema] = {}
    for group in form.groups:
        if isinstance(group, Fields):
            properties |= _fields_schema(group)["properties"]
    for rows_form in lists:
        properties[rows_form.part.id] = {"type": "array", "items": _fields_schema(rows_form), "minItems": 1}
    whole = {"type": "object", "properties": properties, "minProperties": 1, "additionalProperties": False}
    rows = [_row_schema(rows_form, named=len(lists) > 1) for rows_form in lists] if question.id != WHO else []
    return {"anyOf": [*rows, whole]} if rows else whole


def _row_schema(group: Rows, *, named: bool) -> Schema:
    """Return the schema of one row of a list; if `named`, the row must name its list by the key "part"."""
    schema, part = _fields_schema(group), group.part
    schema["title"] = f"one row of {part.id}"
    if named:
        schema["properties"] = {"part": {"const": part.id}, **schema["properties"]}
        schema["required"] = ["part"]
        schema["minProperties"] = 2  # "part" and a field
    return schema


def private_fields(question: Question) -> list[str]:
    """Return the ids of a question's own fields that never reach the document, as "field" or "part.field".

    Hidden fields are left out, and those of a part that shows another question's rows.
    """
    return [
        f"{part.id}.{field.id}" if part.id else field.id
        for part in question.parts
        if not part.store
        for field in part.fields
        if field.private and not field.hidden
    ]


def _field_description(guide: Guide, part: Part, field: Field) -> dict[str, Any]:
    """Return the description of a field in both languages: label, help, and hint, choices, words in use if any."""
    description: dict[str, Any] = {
        "id": f"{part.id}.{field.id}" if part.id else field.id,
        "kind": field.kind,
        "label": _in_both_languages(field.label),
        "help": field_help(guide, field),
    }
    if field.hint != NO_WORDS:
        description["hint"] = _in_both_languages(field.hint)
    if field.choices:
        description["choices"] = _meanings(guide, field.choices)
    if field.terms:
        description["words_in_use"] = _meanings(guide, field.terms)
    return description


def _meanings(guide: Guide, choices: str) -> list[dict[str, Any]]:
    """Return the code, words and, if the guide has one, definition of each of the choices with the name `choices`."""
    definitions = guide.definitions[choices]
    return [
        {"code": code, **_in_both_languages(words)}
        | ({"definition": _in_both_languages(definitions[code])} if code in definitions else {})
        for code, words in guide.choices[choices].items()
    ]


def _in_both_languages(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}


def describe(guide: Guide, question: Question) -> dict[str, Any]:
    """Return one question as `questions --json` gives it (contracts.md, « Commands »)."""
    return {
        "id": question.id,
        "step": question.step,
        "fr": question.text.fr,
        "en": question.text.en,
        "scope": question.scope,
        "kind": question.form or ("list" if question.lists else "fields"),
        "ops": ["set", "add", "remove"] if question.lists else ["set", "remove"],
        "private": question.private,
        "private_fields": private_fields(question),
        "states": ["to_confirm", "to_discuss", "not_applicable"],
        "feeds": question.feeds,
        "fields": [
            _field_description(guide, part, field)
            for part in question.parts
            for field in part.fields
            if not field.hidden
        ],
        "value": value_schema(guide, question),
    }
