"""The guide data read to typed values from its parsed form, or from TOML with errors that name file and place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
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
    """By language ("fr", "en"): the word, in lower case → what to say instead."""
    import tomllib  # only where it reads: the parsed data need none, and it costs milliseconds of each start

    with (DATA / "jargon.toml").open("rb") as file:
        raw = tomllib.load(file)
    return {lang: {str(word): str(plain) for word, plain in words.items()} for lang, words in raw.items()}


DATA = Path(__file__).with_name("data")
PAGE, COMPLEMENTS, MEETINGS = "etape-2.toml", "complements.toml", "meetings.toml"
FOLLOWUP = "followup.toml"
CHOICES, AGREEMENT = "choices.toml", "agreement.toml"
KINDS = frozenset(
    {"line", "prose", "effort", "choice", "flag", "number", "date", "period", "amount"}
    | {"partner", "partners", "someone", "someones", "reference", "record"}
)
SCOPES = frozenset({"project", "partner", "pair", "partner_or_pair"})


@lru_cache(maxsize=2)
def load_guide(folder: Path = DATA) -> Guide:
    """Return the guide of a data folder (ours by default). GuideError when a file is missing or wrong."""
    page = _read(folder / PAGE)
    asking = ((PAGE, page), *((name, _read(folder / name)) for name in (COMPLEMENTS, MEETINGS, FOLLOWUP)))
    listed = _read(folder / CHOICES)
    choices = _choices(listed)
    document = _read(folder / AGREEMENT)
    questions = [_question(raw, file, choices) for file, source in asking for raw in _listed(source, "question", file)]
    by_id = _by_id(questions, folder)
    with _told(PAGE, "head"):
        head = page["id"], _words(page.get("title"), f"{PAGE} title"), _words(page.get("credit"), f"{PAGE} credit")
        private_notice = _words(page.get("private_notice"), f"{PAGE} private_notice")
    guide = Guide(
        id=head[0],
        title=head[1],
        credit=head[2],
        steps=tuple(
            _step(raw, file, by_id.values()) for file, source in asking for raw in _listed(source, "step", file)
        ),
        sections=tuple(_section(raw) for raw in _listed(document, "section", AGREEMENT)),
        holes=tuple(_hole(raw) for raw in _listed(document, "hole", AGREEMENT)),
        choices=choices,
        definitions=_definitions(listed),
        earlier_words=_earlier_words(listed),
        private_notice=private_notice,
        words=_phrases(document),
        by_id=by_id,
        asking=_optional(page, "asking", PAGE),
    )
    with _told(str(folder), "as a whole"):
        check(guide, folder)
    _all.cache_clear()  # read once for all its files; beside the guide made from it, it would hold half a megabyte more
    return guide


def _by_id(questions: list[Question], folder: Path) -> dict[str, Question]:
    with _told(str(folder), "questions"):
        by_id = {question.id: question for question in questions}
        if len(by_id) != len(questions):
            raise GuideError(f"{folder}: two questions have the same id")
        return {name: _linked(question, by_id) for name, question in by_id.items()}


@contextmanager
def _told(file: str, place: str) -> Iterator[None]:
    """Whatever does not fit in the data is said with its file and place."""
    try:
        yield
    except GuideError:
        raise
    except KeyError as error:
        raise GuideError(f"{file} {place}: {error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise GuideError(f"{file} {place}: {error}") from error


def _listed(source: Mapping[str, Any], name: str, file: str) -> list[Mapping[str, Any]]:
    found = source.get(name)
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise GuideError(f"{file}: a list called {name} is expected")
    return found


def _choices(source: Mapping[str, Any]) -> dict[str, dict[str, Words]]:
    found = {}
    for name, codes in source.items():
        with _told(CHOICES, name):
            found[name] = {code: _words(words, f"{CHOICES} {name}.{code}") for code, words in codes.items()}
    return found


def _definitions(source: Mapping[str, Any]) -> dict[str, dict[str, Words]]:
    """By list of choices and code: what the choice means, where the data says so (`about`)."""
    return {
        name: {
            code: _words(words["about"], f"{CHOICES} {name}.{code} about")
            for code, words in codes.items()
            if "about" in words
        }
        for name, codes in source.items()
    }


def _earlier_words(source: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """By list of choices and code: the words it had in an earlier version (`formerly`)."""
    found = {}
    for name, codes in source.items():
        with _told(CHOICES, f"{name} formerly"):
            found[name] = {
                code: tuple(map(str, words["formerly"])) for code, words in codes.items() if "formerly" in words
            }
    return found


def _phrases(document: Mapping[str, Any]) -> dict[str, Words | tuple[Words, ...]]:
    with _told(AGREEMENT, "words"):
        return {name: _phrase(raw, name) for name, raw in document["words"].items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        source = path.read_bytes()
        return parsed(path, source) or _parse(path, source)
    except OSError as error:
        raise GuideError(f"{path}: the guide data cannot be read ({error.strerror})") from error


def _parse(path: Path, source: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(source.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GuideError(f"{path}: {error}") from error


def _words(raw: object, place: str) -> Words:
    if not (isinstance(raw, Mapping) and isinstance(raw.get("fr"), str) and isinstance(raw.get("en"), str)):
        raise GuideError(f"{place}: a text in both languages is expected, fr and en")
    return Words(raw["fr"], raw["en"])


def _optional(raw: Mapping[str, Any], name: str, place: str) -> Words:
    return _words(raw[name], f"{place}.{name}") if name in raw else NO_WORDS


def _phrase(raw: Mapping[str, Any], name: str) -> Words | tuple[Words, ...]:
    if isinstance(raw.get("fr"), list):
        with _told(AGREEMENT, f"words.{name}"):
            return tuple(Words(fr, en) for fr, en in zip(raw["fr"], raw["en"], strict=True))
    return _words(raw, f"{AGREEMENT} words.{name}")


def _question(raw: Mapping[str, Any], file: str, choices: Mapping[str, object]) -> Question:
    with _told(file, str(raw.get("id", "a question"))):
        return _asked(raw, f"{file} {raw.get('id', '?')}", choices)


def _asked(raw: Mapping[str, Any], place: str, choices: Mapping[str, object]) -> Question:
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
        complete=tuple(tuple(_target(target) for target in rule.split("+")) for rule in raw["complete"]),
        feeds=raw.get("feeds", ""),
        form=raw.get("form", ""),
        appears=_optional(raw, "appears", place),
        milestone=raw.get("milestone", ""),
        private=bool(raw.get("private")),
    )


def _target(rule: str) -> tuple[str, str]:
    part, colon, field = rule.rpartition(":")
    return (part, field) if colon else ("", rule)


def _part(raw: Mapping[str, Any], place: str, choices: Mapping[str, object], *, private: bool) -> Part:
    place = f"{place} part {raw.get('id')!r}"
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
    place = f"{place} field {raw.get('id', '?')}"
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


def _linked(question: Question, by_id: Mapping[str, Question]) -> Question:
    """Views of another question's rows take over its fields."""
    parts = []
    for part in question.parts:
        if part.store:
            source, _, name = part.store.partition("/")
            target = by_id[source].part(name) if source in by_id else None
            if target is None:
                raise GuideError(f"{question.id}: the part {part.id!r} is a view of {part.store}, which does not exist")
            part = replace(part, fields=target.fields, public_when=target.public_when)
        parts.append(part)
    return replace(question, parts=tuple(parts))


def _step(raw: Mapping[str, Any], file: str, questions: Iterable[Question]) -> Step:
    place = f"step {raw.get('id', '?')}"
    with _told(file, place):
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
    with _told(AGREEMENT, place):
        return SectionHead(raw["id"], raw["number"], _words(raw, f"{AGREEMENT} {place}"), bool(raw.get("stands")))


def _hole(raw: Mapping[str, Any]) -> HoleRule:
    place = f"hole {raw.get('id', '?')}"
    with _told(AGREEMENT, place):
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
    kept = _all(path.with_name(PARSED)).get(path.name)
    if not isinstance(kept, Mapping) or kept.get("sha256") != sha256(source).hexdigest():
        return None
    data = kept.get("data")
    return data if isinstance(data, dict) else None


@lru_cache(maxsize=2)
def _all(path: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, Mapping) else {}


def written(folder: Path) -> str:
    """Return what `parsed.json` shall hold for the data files of `folder`."""
    import tomllib

    files = sorted(folder.glob("*.toml"))
    kept = {
        file.name: {"sha256": sha256(file.read_bytes()).hexdigest(), "data": tomllib.loads(file.read_text("utf-8"))}
        for file in files
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"
