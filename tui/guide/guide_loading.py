"""Reads the guide's data files into a `Guide`. An error in them names the file and the place.

The data are TOML; `parsed.json` holds them parsed already, since parsing costs time at each start.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tui.guide.guide_types import (
    NO_WORDS,
    Condition,
    ConditionalDefault,
    Field,
    Guide,
    GuideError,
    HoleRule,
    Part,
    Question,
    SectionHead,
    Step,
    Words,
)
from tui.guide.guide_validation import check


@lru_cache(maxsize=1)
def jargon() -> Mapping[str, Mapping[str, str]]:
    """Return by language ("fr", "en") and jargon word, in lower case, the plain words to write instead."""
    import tomllib  # Imported here, since importing it costs milliseconds and most starts read `parsed.json` only.

    with (DATA / "jargon.toml").open("rb") as file:
        raw = tomllib.load(file)
    return {lang: {str(word): str(plain) for word, plain in words.items()} for lang, words in raw.items()}


DATA = Path(__file__).with_name("data")
PAGE = "etape-2.toml"  # the toolkit's page; the three files after it hold the questions that Entente adds to it
COMPLEMENTS, MEETINGS, FOLLOWUP = "complements.toml", "meetings.toml", "followup.toml"
CHOICES, AGREEMENT = "choices.toml", "agreement.toml"
# The kinds of field (tui.partnership.field_kinds) and the scopes of a question (`Question.scope`) that data may name.
KINDS = frozenset(
    {"line", "prose", "effort", "choice", "flag", "number", "date", "period", "amount"}
    | {"partner", "partners", "someone", "someones", "reference", "record"}
)
SCOPES = frozenset({"project", "partner", "pair", "partner_or_pair"})


def _keys_of(kind: type, *without: str) -> frozenset[str]:
    """Return the keys that the data may give for a class of `guide_types`: its fields but those named in `without`."""
    return frozenset(field.name for field in fields(kind)) - set(without)


STEP_KEYS = _keys_of(Step, "questions")
QUESTION_KEYS = _keys_of(Question, "parts") | {"part"}
PART_KEYS = _keys_of(Part, "fields") | {"field"}
FIELD_KEYS = _keys_of(Field, "without_leave")


@lru_cache(maxsize=2)
def load_guide(folder: Path = DATA) -> Guide:
    """Return the guide of a data folder, by default the program's. Raises GuideError if a file is missing or wrong."""
    page = _read(folder / PAGE)
    question_files = ((PAGE, page), *((name, _read(folder / name)) for name in (COMPLEMENTS, MEETINGS, FOLLOWUP)))
    raw_choices = _read(folder / CHOICES)
    choices = _choices(raw_choices)
    document = _read(folder / AGREEMENT)
    questions = [
        _question(raw, file, choices) for file, source in question_files for raw in _tables(source, "question", file)
    ]
    by_id = _by_id(questions, folder)
    with _located_errors(PAGE, "head"):
        page_id = page["id"]
        title, credit, private_notice = (
            _words(page.get(name), f"{PAGE} {name}") for name in ("title", "credit", "private_notice")
        )
    guide = Guide(
        id=page_id,
        title=title,
        credit=credit,
        steps=tuple(
            _step(raw, file, by_id.values()) for file, source in question_files for raw in _tables(source, "step", file)
        ),
        sections=tuple(_section(raw) for raw in _tables(document, "section", AGREEMENT)),
        holes=tuple(_hole(raw) for raw in _tables(document, "hole", AGREEMENT)),
        choices=choices,
        definitions=_definitions(raw_choices),
        earlier_words=_earlier_words(raw_choices),
        private_notice=private_notice,
        words=_phrases(document),
        by_id=by_id,
        asking=_optional(page, "asking", PAGE),
    )
    with _located_errors(str(folder), "as a whole"):
        check(guide, folder)
    # The parsed files take half a megabyte of memory, and nothing needs them once the guide is made.
    _parsed_files.cache_clear()
    return guide


def _by_id(questions: list[Question], folder: Path) -> dict[str, Question]:
    """Return the questions by id, each view (a part with another question's rows) with the fields of those rows.

    Raises GuideError if two questions have the same id.
    """
    with _located_errors(str(folder), "questions"):
        by_id = {question.id: question for question in questions}
        if len(by_id) != len(questions):
            raise GuideError(f"{folder}: two questions have the same id")
        return {question_id: _with_fields_of_views(question, by_id) for question_id, question in by_id.items()}


@contextmanager
def _located_errors(file: str, place: str) -> Iterator[None]:
    """Turn an error of the block into a GuideError that names `file` and `place`."""
    try:
        yield
    except GuideError:
        raise
    except KeyError as error:
        raise GuideError(f"{file} {place}: {error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise GuideError(f"{file} {place}: {error}") from error


def _check_keys(raw: Mapping[str, Any], keys: frozenset[str], place: str) -> None:
    """Raise GuideError for a key that is none of `keys`: « privat = true », read as nothing, would publish a field."""
    for key in raw.keys() - keys:
        raise GuideError(f"{place}: there is no key {key!r}, only {', '.join(sorted(keys))}")


def _tables(source: Mapping[str, Any], name: str, file: str) -> list[Mapping[str, Any]]:
    """Return the TOML tables `[[name]]` of a file. Raises GuideError if there are none."""
    tables = source.get(name)
    if not isinstance(tables, list) or not all(isinstance(item, Mapping) for item in tables):
        raise GuideError(f"{file}: a list called {name} is expected")
    return tables


def _choices(source: Mapping[str, Any]) -> dict[str, dict[str, Words]]:
    """Return by list of choices and code the words of each choice."""
    choices = {}
    for list_id, codes in source.items():
        with _located_errors(CHOICES, list_id):
            choices[list_id] = {code: _words(words, f"{CHOICES} {list_id}.{code}") for code, words in codes.items()}
    return choices


def _definitions(source: Mapping[str, Any]) -> dict[str, dict[str, Words]]:
    """Return by list of choices and code what the choice means; choices without `about` in the data are left out."""
    return {
        list_id: {
            code: _words(words["about"], f"{CHOICES} {list_id}.{code} about")
            for code, words in codes.items()
            if "about" in words
        }
        for list_id, codes in source.items()
    }


def _earlier_words(source: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by list of choices and code the words of the choice in earlier versions of the program (`formerly`)."""
    earlier = {}
    for list_id, codes in source.items():
        with _located_errors(CHOICES, f"{list_id} formerly"):
            earlier[list_id] = {
                code: tuple(map(str, words["formerly"])) for code, words in codes.items() if "formerly" in words
            }
    return earlier


def _phrases(document: Mapping[str, Any]) -> dict[str, Words | tuple[Words, ...]]:
    """Return the set phrases of the agreement by their keys."""
    with _located_errors(AGREEMENT, "words"):
        return {name: _phrase(raw, name) for name, raw in document["words"].items()}


def _read(path: Path) -> dict[str, Any]:
    """Return the tables of a data file, from `parsed.json` where that is up to date, else parsed from the TOML."""
    try:
        source = path.read_bytes()
        return parsed(path, source) or _parse(path, source)
    except OSError as error:
        raise GuideError(f"{path}: the guide data cannot be read ({error.strerror})") from error


def _parse(path: Path, source: bytes) -> dict[str, Any]:
    """Return the tables of the TOML file at `path`, which holds `source`."""
    import tomllib

    try:
        return tomllib.loads(source.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GuideError(f"{path}: {error}") from error


def _words(raw: object, place: str) -> Words:
    """Return a text in both languages; `place` begins the message of an error."""
    if not (isinstance(raw, Mapping) and isinstance(raw.get("fr"), str) and isinstance(raw.get("en"), str)):
        raise GuideError(f"{place}: a text in both languages is expected, fr and en")
    return Words(raw["fr"], raw["en"])


def _optional(raw: Mapping[str, Any], name: str, place: str) -> Words:
    """Return the text called `name`, NO_WORDS where the data has none."""
    return _words(raw[name], f"{place}.{name}") if name in raw else NO_WORDS


def _phrase(raw: Mapping[str, Any], name: str) -> Words | tuple[Words, ...]:
    """Return a set phrase: its words, or (singular, plural) where the data lists both for each language."""
    if isinstance(raw.get("fr"), list):
        with _located_errors(AGREEMENT, f"words.{name}"):
            return tuple(Words(fr, en) for fr, en in zip(raw["fr"], raw["en"], strict=True))
    return _words(raw, f"{AGREEMENT} words.{name}")


def _question(raw: Mapping[str, Any], file: str, choices: Mapping[str, object]) -> Question:
    with _located_errors(file, str(raw.get("id", "a question"))):
        return _question_from(raw, f"{file} {raw.get('id', '?')}", choices)


def _question_from(raw: Mapping[str, Any], place: str, choices: Mapping[str, object]) -> Question:
    """Return the question that `raw` describes; `place` begins the message of an error."""
    _check_keys(raw, QUESTION_KEYS, place)
    scope = raw.get("scope")
    if scope not in SCOPES:
        raise GuideError(f"{place}: scope is one of {', '.join(sorted(SCOPES))}, not {scope!r}")
    return Question(
        id=raw["id"],
        step=raw["step"],
        scope=scope,
        text=_words(raw.get("text"), f"{place} text"),
        short=_words(raw.get("short"), f"{place} short"),
        column=_optional(raw, "column", place),
        words=_optional(raw, "words", place),
        help=_words(raw.get("help"), f"{place} help"),
        example=_words(raw.get("example"), f"{place} example"),
        parts=tuple(_part(part, place, choices, private=bool(raw.get("private"))) for part in raw["part"]),
        complete=tuple(_targets(rule) for rule in raw["complete"]),
        feeds=raw.get("feeds", ""),
        form=raw.get("form", ""),
        appears=_optional(raw, "appears", place),
        milestone=raw.get("milestone", ""),
        private=bool(raw.get("private")),
    )


def _targets(rule: str) -> tuple[tuple[str, str], ...]:
    """Return the (part, field) pairs of a rule of `complete`: « why+rows:name » is ("", "why"), ("rows", "name")."""
    pairs = []
    for target in rule.split("+"):
        part, _colon, field = target.rpartition(":")
        pairs.append((part, field))
    return tuple(pairs)


def _part(raw: Mapping[str, Any], place: str, choices: Mapping[str, object], *, private: bool) -> Part:
    """Return a part of a question; with `private` all its fields are."""
    place = f"{place} part {raw.get('id')!r}"
    _check_keys(raw, PART_KEYS, place)
    return Part(
        id=raw["id"],
        fields=tuple(_field(field, place, choices, private=private) for field in raw.get("field", ())),
        list=bool(raw.get("list")),
        title=_optional(raw, "title", place),
        add=_optional(raw, "add", place),
        feeds=raw.get("feeds", ""),
        public_when=tuple(_condition(condition) for condition in raw.get("public_when", ())),
        store=raw.get("store", ""),
        defaults=raw.get("defaults"),
        more=bool(raw.get("more")),
    )


def _condition(raw: Mapping[str, Any]) -> Condition:
    return Condition(raw["field"], tuple(raw["in"]), raw.get("of", "entry"))


def _field(raw: Mapping[str, Any], place: str, choices: Mapping[str, object], *, private: bool) -> Field:
    """Return a field of a part; `place` begins the message of an error."""
    place = f"{place} field {raw.get('id', '?')}"
    _check_keys(raw, FIELD_KEYS, place)
    if raw.get("kind") not in KINDS:
        raise GuideError(f"{place}: kind is one of {', '.join(sorted(KINDS))}, not {raw.get('kind')!r}")
    if raw["kind"] == "choice" and raw.get("choices") not in choices:
        raise GuideError(f"{place}: no list of choices is called {raw.get('choices')!r}")
    if raw.get("terms", "") not in {"", *choices}:
        raise GuideError(f"{place}: no list of choices is called {raw['terms']!r}")
    return Field(
        id=raw["id"],
        kind=raw["kind"],
        label=_words(raw.get("label"), f"{place} label"),
        hint=_optional(raw, "hint", place),
        choices=raw.get("choices", ""),
        default=raw.get("default"),
        default_when=tuple(
            ConditionalDefault(_condition(condition), condition["value"]) for condition in raw.get("default_when", ())
        ),
        terms=raw.get("terms", ""),
        private=private or raw.get("private") is True,
        without_leave=raw.get("private") == "without_leave",
        private_when=str(raw.get("private_when", "")),
        always_public=bool(raw.get("always_public")),
        by_language=raw.get("by_language", True),
        main=bool(raw.get("main")),
        more=bool(raw.get("more")),
        hidden=bool(raw.get("hidden")),
        addresses=bool(raw.get("addresses")),
        proper=bool(raw.get("proper")),
    )


def _with_fields_of_views(question: Question, by_id: Mapping[str, Question]) -> Question:
    """Return the question; a part that is a view of another question's rows gets the fields and rules of those rows."""
    parts = []
    for part in question.parts:
        if part.store:
            question_id, _slash, part_id = part.store.partition("/")
            target = by_id[question_id].part(part_id) if question_id in by_id else None
            if target is None:
                raise GuideError(f"{question.id}: the part {part.id!r} is a view of {part.store}, which does not exist")
            part = replace(part, fields=target.fields, public_when=target.public_when)
        parts.append(part)
    return replace(question, parts=tuple(parts))


def _step(raw: Mapping[str, Any], file: str, questions: Iterable[Question]) -> Step:
    """Return the step with those of the `questions` that belong to it."""
    place = f"step {raw.get('id', '?')}"
    with _located_errors(file, place):
        _check_keys(raw, STEP_KEYS, f"{file} {place}")
        return Step(
            id=raw["id"],
            title=_words(raw.get("title"), f"{file} {place} title"),
            short=_words(raw.get("short"), f"{file} {place} short"),
            questions=tuple(question for question in questions if question.step == raw["id"]),
            statement=_optional(raw, "statement", f"{file} {place}"),
            statement_before=raw.get("statement_before", ""),
            aside=bool(raw.get("aside")),
            statement_sections=tuple(raw.get("statement_sections", ())),
        )


def _section(raw: Mapping[str, Any]) -> SectionHead:
    place = f"section {raw.get('id', '?')}"
    with _located_errors(AGREEMENT, place):
        return SectionHead(raw["id"], raw["number"], _words(raw, f"{AGREEMENT} {place}"), bool(raw.get("stands")))


def _hole(raw: Mapping[str, Any]) -> HoleRule:
    """Return the rule of a named hole."""
    place = f"hole {raw.get('id', '?')}"
    with _located_errors(AGREEMENT, place):
        return HoleRule(
            id=raw["id"],
            section=raw["section"],
            question=raw["question"],
            label=_words(raw, f"{AGREEMENT} {place}"),
            part=raw.get("part", ""),
            field=raw.get("field", ""),
            each_partner=raw.get("each") == "partner",
        )


PARSED = "parsed.json"


def parsed(path: Path, source: bytes) -> dict[str, Any] | None:
    """Return the tables of the data file at `path`, which holds `source`; None if they are still to be parsed."""
    record = _parsed_files(path.with_name(PARSED)).get(path.name)
    if not isinstance(record, Mapping) or record.get("sha256") != sha256(source).hexdigest():
        return None
    data = record.get("data")
    return data if isinstance(data, dict) else None


@lru_cache(maxsize=2)
def _parsed_files(path: Path) -> Mapping[str, Any]:
    """Return by file name the records {"sha256", "data"} of `parsed.json`; {} if it is missing or damaged."""
    try:
        records = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return records if isinstance(records, Mapping) else {}


def parsed_json(folder: Path) -> str:
    """Return the text of `parsed.json` for the data files of `folder` (`make guide` writes it)."""
    import tomllib

    files = sorted(folder.glob("*.toml"))
    records = {
        file.name: {"sha256": sha256(file.read_bytes()).hexdigest(), "data": tomllib.loads(file.read_text("utf-8"))}
        for file in files
    }
    return json.dumps(records, ensure_ascii=False, separators=(",", ":")) + "\n"
