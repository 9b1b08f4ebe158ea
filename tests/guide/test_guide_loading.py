"""Tests that the parsed guide data equal the TOML files, and are used only for the files they were made from."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

from tui.guide.guide_loading import (
    AGREEMENT,
    COMPLEMENTS,
    DATA,
    FOLLOWUP,
    MEETINGS,
    PAGE,
    PARSED,
    load_guide,
    parsed_json,
)
from tui.guide.guide_types import NO_WORDS, Words

GUIDE = load_guide()
RAW = {
    name: tomllib.loads((DATA / name).read_text("utf-8")) for name in (PAGE, COMPLEMENTS, MEETINGS, FOLLOWUP, AGREEMENT)
}
QUESTIONS: dict[str, Any] = {raw["id"]: raw for file in RAW.values() for raw in file.get("question", ())}
FLAGS = ("main", "more", "hidden", "addresses", "proper", "always_public")


def words_of(raw: dict[str, Any], name: str) -> Words:
    """The text called `name`, NO_WORDS for none."""
    return Words(**raw[name]) if name in raw else NO_WORDS


def test_it_says_what_the_files_say() -> None:
    assert (DATA / PARSED).read_text("utf-8") == parsed_json(DATA), "run `make guide` after a change of the guide data"


def test_a_file_that_was_changed_is_parsed_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    choices = folder / "choices.toml"
    before = load_guide(folder).choice("status", "declined", "en")
    choices.write_text(choices.read_text("utf-8").replace(f'en = "{before}"', 'en = "said no"'), "utf-8")
    load_guide.cache_clear()
    assert load_guide(folder).choice("status", "declined", "en") == "said no"


def test_it_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    for name, left in {"missing": None, "torn": b'{"choices.toml": ', "other": b"[]"}.items():
        folder = tmp_path / name
        shutil.copytree(DATA, folder)
        if left is None:
            (folder / PARSED).unlink()
        else:
            (folder / PARSED).write_bytes(left)
        assert load_guide(folder) == load_guide()


def test_each_question_and_its_fields_are_what_the_data_say() -> None:
    for name, raw in QUESTIONS.items():
        question = GUIDE.question(name)
        assert (question.step, question.scope, question.feeds) == (raw["step"], raw["scope"], raw.get("feeds", ""))
        assert (question.private, question.milestone) == (bool(raw.get("private")), raw.get("milestone", ""))
        for text in ("text", "short", "help", "example", "column", "words", "appears"):
            assert getattr(question, text) == words_of(raw, text), text
        for raw_part, part in zip(raw["part"], question.parts, strict=True):
            assert (part.id, part.list, part.more) == (
                raw_part["id"],
                bool(raw_part.get("list")),
                bool(raw_part.get("more")),
            )
            if part.store:
                stored = GUIDE.question(part.home(name)[0]).part(part.home(name)[1])
                assert stored is not None and (part.fields, part.public_when) == (stored.fields, stored.public_when)
                continue
            assert [tuple(one["in"]) for one in raw_part.get("public_when", ())] == [
                one.values for one in part.public_when
            ]
            for raw_field, field in zip(raw_part.get("field", ()), part.fields, strict=True):
                private = raw_field.get("private")
                assert field.private == (private is True or question.private)
                assert field.without_leave == (private == "without_leave")
                assert (field.id, field.kind, field.default) == (
                    raw_field["id"],
                    raw_field["kind"],
                    raw_field.get("default"),
                )
                assert (field.label, field.hint) == (words_of(raw_field, "label"), words_of(raw_field, "hint"))
                assert field.by_language == raw_field.get("by_language", True)
                assert field.private_when == raw_field.get("private_when", "")
                assert (field.choices, field.terms) == (raw_field.get("choices", ""), raw_field.get("terms", ""))
                assert [getattr(field, flag) for flag in FLAGS] == [bool(raw_field.get(flag)) for flag in FLAGS]


def test_steps_sections_and_holes_are_what_the_data_say() -> None:
    steps = [raw for name in (PAGE, COMPLEMENTS, MEETINGS, FOLLOWUP) for raw in RAW[name]["step"]]
    assert [(step.id, step.aside) for step in GUIDE.steps] == [(raw["id"], bool(raw.get("aside"))) for raw in steps]
    sections = [(raw["id"], raw["number"], bool(raw.get("stands"))) for raw in RAW[AGREEMENT]["section"]]
    assert [(head.id, head.number, head.is_always_printed) for head in GUIDE.sections] == sections
    for raw, hole in zip(RAW[AGREEMENT]["hole"], GUIDE.holes, strict=True):
        assert hole.each_partner == (raw.get("each") == "partner")
        assert (hole.part, hole.field) == (raw.get("part", ""), raw.get("field", ""))
        assert (hole.section, hole.question) == (raw["section"], raw["question"])
