"""`questions` and `schema`: what may be answered, for a person to read and for a program to follow."""

from __future__ import annotations

from typing import Any

from tui.cli.call import DONE, Call, print_json
from tui.console import print_line, print_text
from tui.guide.types import Guide, Question
from tui.project.answers import OPS, STATES
from tui.project.schema import describe, value_schema
from tui.words import language


def questions(call: Call) -> int:
    """List the questions by sub-step; with --json, with kinds, private fields and the JSON Schema of each value."""
    guide = call.guide
    if call.args.json:
        print_json([_described(guide, question) for question in guide.by_id.values()])
        return DONE
    lang = language()
    widest = max(map(len, guide.by_id))
    for number, step in enumerate(guide.steps):
        print_text(("\n" if number else "") + step.title.get(lang))
        for question in step.questions:
            print_line(f"  {question.id:{widest}}  {question.text.get(lang)}")
    return DONE


def _described(guide: Guide, question: Question) -> dict[str, Any]:
    """One question, with the milestone it must be answered for and the named holes it fills."""
    holes = [
        {"id": rule.id, "fr": rule.label.fr, "en": rule.label.en, "each_partner": rule.each_partner}
        for rule in guide.holes
        if rule.question == question.id
    ]
    milestone = question.milestone or ("adoption" if holes else "")
    return {**describe(guide, question), "milestone": milestone, "holes": holes}


def schema(call: Call) -> int:
    """Print the JSON Schema (2020-12) of one line of `entente answer`."""
    guide = call.guide
    print_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "one line of entente answer",
            "type": "object",
            "properties": {
                "question": {"enum": list(guide.by_id)},
                "partner": {"type": "string", "description": "a partner's id or name"},
                "pair": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
                "row": {"type": "string", "description": "the row's id, as an answer gave it"},
                "op": {"enum": list(OPS), "default": "set"},
                "value": {"description": "see $defs, by question; a text alone answers the main field"},
                "state": {"enum": [*STATES, None]},
                "lang": {"enum": ["fr", "en"]},
                "base": {"type": "integer", "description": "the revision the author saw; an older one may conflict"},
            },
            "required": ["question"],
            "additionalProperties": False,
            "$defs": {name: value_schema(guide, question) for name, question in guide.by_id.items()},
        }
    )
    return DONE
