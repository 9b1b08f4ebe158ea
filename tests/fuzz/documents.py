"""Documents that no program wrote as they are: a whole partnership with a few places put out of shape, from a seed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from tests.house.tree import ROOT
from tui.agreement.blocks import to_json
from tui.agreement.compose import Composer
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.value_types import value_types
from tui.partnership.versions import ADOPTED, DRAFT, Sent, Version, version_document
from tui.store.public_private import join_halves, read_half

GUIDE = load_guide()
PARTNERSHIP_ID, PARTNERS = "fuzzedaaaa", ("partneraaa", "partnerbbb", "partnerccc")
PERSON, GROUP, MEETING, VERSION = "personaaaa", "groupaaaaa", "meetingaaa", "versionaaa"
AT = "2026-11-22T14:02:00-05:00"

Document = dict[str, Any]
Place = tuple[Any, ...]  # the keys that lead to a value

VALUES: dict[str, Any] = {
    "line": "Une ligne, avec *du* texte",
    "prose": "Un paragraphe.\n\n- un\n- deux\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "effort": "3 h par semaine",
    "flag": True,
    "number": 3,
    "date": "2026-11-22",
    "period": {"start": "2026-10", "end": "2027-03"},
    "amount": {"amount": "12000", "currency": "CAD"},
    "partner": PARTNERS[0],
    "partners": {"ids": list(PARTNERS[:2]), "group": GROUP},
    "someone": {"partner": PARTNERS[0]},
    "someones": [{"partner": PARTNERS[0]}, {"person": PERSON}, {"name": "Ann Other"}],
    "reference": MEETING,
    "record": {"gather.vision": "0123456789abcdef0123456789abcdef"},
}
# What stands where something else was expected: every type of JSON, empty, odd and far too large.
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 1.5, -0.0, 1e300, 2**53, 2**70, 10**400),
    *("", " ", "x", "é" * 300, "\x1b]0;a\x07", "\u202e\x00\u2028", "2026-13-45", "0000", "NaN", "-1", "9" * 30_000),
    *("*" * 5_000, "> " * 3_000, "- " * 3_000, "[" * 5_000, "|" * 5_000, "`" * 5_000, "a\n" * 5_000, "\u0301" * 9_000),
    *("../../etc/passwd", "**", PARTNERS[0], PARTNERSHIP_ID, "all", "#removed", "name@fr", "xx", "javascript:alert(1)"),
    *([], [[]], [None], ["x"], [{}], [1, 2], ["x"] * 500, {}, {"": ""}, {"a": []}, {"ids": 3}, {"ids": [[]]}),
    *({"ids": ["x", {}], "group": []}, {"partner": []}, {"person": {}}, {"name": []}, {"start": 3, "end": []}),
    *({"amount": "x", "currency": 3}, {"amount": 1e300}, {"typed": []}, {"typed": "hier"}, {"value": 1, "rev": "x"}),
    *({"text": [], "rev": 3}, {"rev": -1, "value": "x"}, {"rev": 10**30, "text": "x"}, {"fr": "x", "en": 3}),
    *({"is": "Run"}, {"is": "Run", "text": 3}, {"is": "Agreement"}, {"text": "x" * 40}),
)


def value_of(field: Field) -> Any:
    """A value of the field's kind, as the program keeps it."""
    if field.kind == "choice":
        return next(iter(GUIDE.choices[field.choices]))
    return copy.deepcopy(VALUES[field.kind])


def whole_files() -> dict[str, Document]:
    """The tables of each file of a partnership that answers every field of the guide, beside those of a sample."""
    public: Document = json.loads((ROOT / "sample_projects" / "04-une-porte-ouverte-le-soir.json").read_text("utf-8"))
    public["meta"]["1"]["id"] = PARTNERSHIP_ID
    history, entries = public.pop("history"), public["entries"]
    for question in GUIDE.by_id.values():
        for part in (one for one in question.parts if not one.store):
            for subject in _subjects(question):
                entries[str(len(entries) + 1)] = _entry(question, part, subject)
    entries[str(len(entries) + 1)] = _settings()
    public["conflicts"] = {"1": _conflict("conflictaa", "gather.vision", "goal@fr")}
    private: Document = {
        "entries": {"1": _entry(GUIDE.question("note.call"), GUIDE.question("note.call").parts[0], [PARTNERS[0]])},
        "conflicts": {"1": _conflict("conflictbb", "open.how_many", "reason@fr")},
        "history": copy.deepcopy(dict(list(history.items())[:5])),
        "meta": {"1": {"rev": 4, "schema": 1}},
    }
    return {
        "project.json": public,
        "private.json": private,
        "history.json": {"history": history, "meta": {"1": {"rev": 3, "schema": 1}}},
        "versions.json": {"versions": _versions(public), "meta": {"1": {"schema": 1}}},
    }


def _subjects(question: Question) -> list[list[str]]:
    if question.scope == "project":
        return [[]]
    singles, pair = [[one] for one in PARTNERS], [list(PARTNERS[:2])]
    return pair if question.scope == "pair" else singles + (pair if "pair" in question.scope else [])


def _entry(question: Question, part: Part, subject: list[str]) -> Document:
    fields: Document = {}
    for field in part.fields:
        value = value_of(field)
        texts = {lang: {"rev": 3, "text": value} for lang in ("fr", "en")}
        fields[field.id] = texts if field.translatable else {"rev": 3, "value": value}
    name = f"{question.id}:{'+'.join(subject)}" if subject else question.id
    if part.list:
        wanted = {"extra.groups": GROUP, "open.who": PERSON, "meeting.held": MEETING}.get(question.id, "")
        named = wanted and subject in ([], [PARTNERS[0]]) and part.id in ("rows", "people")
        name = wanted if named else f"{question.id}/{part.id}/{'+'.join(subject)}"
    elif question.id == "open.who":
        name = subject[0]
    made = {"id": name, "question": question.id, "part": part.id, "subject": subject, "fields": fields}
    return {**made, "order": {"rev": 2, "value": "5"}, "state": {"rev": 2, "value": "to_confirm"}}


def _settings() -> Document:
    cells = {"lang": "fr", "region_fr": "fr-CA", "positions": "long", "drafts": 2, "adopted": {"text": "0" * 32}}
    fields = {name: {"rev": 2, "value": value} for name, value in cells.items()}
    return {"id": "settings", "question": "settings", "part": "", "subject": [], "fields": fields}


def _conflict(name: str, question: str, cell: str) -> Document:
    return {
        "id": name, "entry": question, "question": question, "cell": cell, "mine": "Un", "theirs": "Deux",
        "by": "Anne", "their_by": "Bob", "at": AT, "rev": 5, "base": 3, "subject": [], "part": "",
    }  # fmt: skip


def _versions(public: Document) -> Document:
    """A draft that was sent and an adopted text, with the text of the partnership itself."""
    partnership = join_halves(PARTNERSHIP_ID, read_half(public, value_types(GUIDE)), None).partnership
    texts = {lang: to_json(Composer(GUIDE).agreement(partnership, lang)) for lang in ("fr", "en")}
    sent = Sent("2026-11-22", "email", PARTNERS, 1, "2026-12-01")
    draft = Version(VERSION, 1, DRAFT, "2026-11-22", "", texts, {"gather.vision": "0" * 32}, "0" * 32, sent)
    adopted = Version("versionbbb", 2, ADOPTED, "2026-11-23", "", texts, {}, "1" * 32, None, "12", "a.pdf", "2" * 64)
    return {"1": version_document(draft), "2": version_document(adopted)}


def directory() -> Document:
    """The tables of a directory with two organisations."""
    cells = {"name@fr": "La Maison", "kind": "community", "own": True, "person/aaaaaaaaaa/name": "Ann Other"}
    more = {"person/aaaaaaaaaa/signs": True, "person/aaaaaaaaaa/email": "ann@maison.example", "into": "", "later": {}}
    return {"organisations": {"1": {"id": "organisatn", **cells, **more}, "2": {"id": "secondorgs", "name@fr": "B"}}}


def journal() -> list[Any]:
    """The lines of a journal that a session which died left behind."""
    change = {"entry": "gather.vision", "question": "gather.vision", "cell": "goal@fr", "value": "Tapé", "base": 3}
    return [{"journal": 1, "author": "Anne", "since": AT, "pid": 1, "host": "h"}, [change], [change], {"saved": 1}]


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """The place of every value in a document, the document itself left out."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*place, key)
        yield from places(value, (*place, key))


def at(document: Any, place: Place) -> Any:
    """The value at a place."""
    for key in place:
        document = document[key]
    return document


def put(document: Any, place: Place, value: Any) -> None:
    """Set the value at a place."""
    at(document, place[:-1])[place[-1]] = value


def mutated(document: Any, chance: random.Random) -> Any:
    """The document with one to three places put out of shape."""
    made = copy.deepcopy(document)
    for _time in range(chance.choice((1, 1, 2, 3))):
        change = chance.choice((_replace, _replace, _replace, _remove, _rename, _swap, _double, _replace_all))
        found = list(places(made))
        try:
            top = chance.choice([place[0] for place in found if len(place) == 1])
            found = [place for place in found if place[0] == top]
            change(chance, made, chance.choice(found), found)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError):
            continue  # the place was never of that form, or an earlier change took it away
    return made


def _replace(chance: random.Random, made: Document, place: Place, _places: list[Place]) -> None:
    put(made, place, copy.deepcopy(chance.choice(ODD)))


def _remove(_chance: random.Random, made: Document, place: Place, _places: list[Place]) -> None:
    del at(made, place[:-1])[place[-1]]


def _rename(chance: random.Random, made: Document, place: Place, found: list[Place]) -> None:
    holder = at(made, place[:-1])
    name = chance.choice((str(chance.choice(found)[-1]), "", "x", "#order", "é\n", "0", "fr", "value@fr", str(10**17)))
    holder[name] = holder.pop(place[-1])


def _swap(chance: random.Random, made: Document, place: Place, found: list[Place]) -> None:
    put(made, place, copy.deepcopy(at(made, chance.choice(found))))


def _double(chance: random.Random, made: Document, place: Place, _places: list[Place]) -> None:
    """A document once more, with one of its fields in the words of another document's."""
    table = at(made, place[:1])
    again, other = copy.deepcopy(table[place[1]]), table[chance.choice(list(table))]
    key = chance.choice(list(again))
    again[key] = copy.deepcopy(other.get(key, chance.choice(list(other.values()))))
    table[str(max(map(int, table)) + 1)] = again


def _replace_all(chance: random.Random, made: Document, place: Place, found: list[Place]) -> None:
    """Every value of that name, wherever it stands, becomes the same odd one."""
    value = chance.choice([one for one in ODD if not (isinstance(one, str) and len(one) > 100)])
    for one in found:
        if one[-1] == place[-1] and len(one) > 2:
            put(made, one, copy.deepcopy(value))
