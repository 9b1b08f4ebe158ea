"""Tests that wrong guide data are refused with the file, the place and what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guide.copies import Copy
from tui.guide import guide_loading
from tui.guide.guide_loading import DATA, load_guide
from tui.guide.guide_types import Guide, GuideError, Words
from tui.guide.guide_validation import check

FILES = ("etape-2.toml", "complements.toml", "meetings.toml", "followup.toml", "choices.toml", "agreement.toml")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(copy: Copy, file: str) -> None:
    (copy.folder / file).unlink()
    with pytest.raises(GuideError, match=rf"{file}: the guide data cannot be read"):
        load_guide(copy.folder)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_toml_is_named_with_its_line(copy: Copy, file: str) -> None:
    (copy.folder / file).write_text("id = \n", encoding="utf-8")
    with pytest.raises(GuideError, match=rf"{file}: .*line 1"):
        load_guide(copy.folder)


@pytest.mark.parametrize("file", FILES)
def test_a_file_in_latin_1_is_named(copy: Copy, file: str) -> None:
    (copy.folder / file).write_bytes('title = "étape"\n'.encode("latin-1"))
    with pytest.raises(GuideError, match=rf"{file}: .*utf-8"):
        load_guide(copy.folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("etape-2.toml", 'id = "open.who"\n', "", "etape-2.toml a question: id is missing"),
        ("etape-2.toml", 'step = "open"\nscope', "scope", "etape-2.toml open.who: step is missing"),
        ("etape-2.toml", 'complete = ["name"]\n', "", "etape-2.toml open.who: complete is missing"),
        ("etape-2.toml", 'step = "open"\nscope', 'step = "opne"\nscope', "open.who: no step is called 'opne'"),
        ("etape-2.toml", 'scope = "partner"', 'scope = "room"', "open.who: scope is one of"),
        ("etape-2.toml", 'text.en = "Who should', 'text.de = "Who should', "open.who text: a text in both languages"),
        ("etape-2.toml", 'kind = "line"', 'kind = "lines"', "open.who part '' field name: kind is one of"),
        ("etape-2.toml", 'choices = "status"', 'choices = "stat"', "no list of choices is called 'stat'"),
        ("etape-2.toml", 'feeds = "partners"', 'feeds = "partner"', "open.who: it feeds 'partner'"),
        ("etape-2.toml", 'complete = ["name"]', 'complete = ["nom"]', "open.who: complete names :nom"),
        ("etape-2.toml", 'field = "status", in', 'field = "state", in', "open.who, part '': public_when names 'state'"),
        ("etape-2.toml", '"interested", "committed"', '"keen", "committed"', "open.who, part '': public_when wants"),
        ("etape-2.toml", 'of = "partner", field = "named"', 'of = "partner", field = "nmed"',
         "open.who, part 'people': public_when names 'nmed', which is no field of the partner"),
        ("etape-2.toml", 'milestone = "meeting"', 'milestone = "lunch"', "open.who: no milestone is called 'lunch'"),
        ("etape-2.toml", 'id = "status"\nkind', 'id = "name"\nkind', "open.who, part '': two fields are called 'name'"),
        ("etape-2.toml", 'statement_before = "commit.win_win"', 'statement_before = "x"', "statement_before names 'x'"),
        ("etape-2.toml", 'store = "open.contributions/rows"', 'store = "open.contributions/r"', "which does not exist"),
        ("etape-2.toml", 'defaults = { state', 'defaults = { stat', "part 'commitments': defaults names 'stat'"),
        ("meetings.toml", 'aside = true', 'asid = true', "there is no key 'asid', only aside, id, short"),
        ("etape-2.toml", 'milestone = "meeting"', 'mile = "meeting"', "open.who: there is no key 'mile', only appears"),
        ("etape-2.toml", 'list = true', 'rows = true', "open.who part 'people': there is no key 'rows', only add"),
        ("etape-2.toml", 'private = true', 'privat = true', "there is no key 'privat', only addresses"),
        ("complements.toml", 'add.fr = "ajouter une définition"\nadd.en = "add a definition"\n', "",
         "extra.definitions, part 'rows': a list needs a title, and the label of the line that adds a row"),
        ("etape-2.toml", 'credit.en', 'credit.de', "etape-2.toml credit: a text in both languages"),
        ("complements.toml", 'id = "extra.name"', 'id = "open.who"', "two questions have the same id"),
        ("complements.toml", 'short.en = "Complements"\n', "", "complements.toml step extra short: a text in both"),
        ("choices.toml", 'prospective = { fr = "pressenti", en', 'prospective = { fr = "pressenti", de',
         "choices.toml status.prospective: a text in both languages"),
        ("agreement.toml", 'id = "vision", number = 3', 'id = "vision"',
         "agreement.toml section vision: number is missing"),
        ("agreement.toml", 'question = "gather.lead"', 'question = "gather.laed"', "hole lead: no question is called"),
        ("agreement.toml", 'part = "reports", field = "what"', 'part = "reports", field = "whta"',
         "hole accountability: gather.governance has no reports:whta"),
        ("agreement.toml", 'section = "term"', 'section = "terms"', "hole review_date: no section is called 'terms'"),
        ("agreement.toml", '["Undertakes to:", "Undertake to:"]', '["Undertake:"]', "agreement.toml words.commits: "),
        ("agreement.toml", 'see_section = { fr', 'see_section = { de', "agreement.toml words.see_section: a text"),
    ],
)  # fmt: skip
def test_the_place_is_said(copy: Copy, file: str, old: str, new: str, said: str) -> None:
    copy.change(file, old, new)
    with pytest.raises(GuideError, match=re.escape(said)):
        load_guide(copy.folder)


def with_question(guide: Guide, name: str, **changed: Any) -> Guide:
    """The guide with one question changed."""
    return replace(guide, by_id={**guide.by_id, name: replace(guide.by_id[name], **changed)})


def with_default_of_the_entry(guide: Guide) -> Guide:
    """The guide in which a default looks at the row itself."""
    name, part, field = next(
        (name, part, field)
        for name, question in guide.by_id.items() for part in question.parts for field in part.fields
        if field.default_when
    )  # fmt: skip
    rule = replace(field.default_when[0], condition=replace(field.default_when[0].condition, of="entry"))
    fields = tuple(replace(one, default_when=(rule,)) if one is field else one for one in part.fields)
    parts = tuple(replace(one, fields=fields) if one is part else one for one in guide.by_id[name].parts)
    return with_question(guide, name, parts=parts)


WRONG: dict[str, Callable[[Guide], Guide]] = {
    "a new row has only its partner to look at": with_default_of_the_entry,
    "status_cell: it does not shorten the codes of 'status', in their order": lambda guide: replace(
        guide, choices={**guide.choices, "status_cell": dict(list(guide.choices["status_cell"].items())[::-1])}
    ),
    "{section:nothing} names no section": lambda guide: with_question(
        guide, "gather.vision", example=Words("ex.", "e.g. {section:nothing}")
    ),
    "{section:nowhere} names no section": lambda guide: with_question(
        guide, "gather.vision", help=Words("voir {section:nowhere}", "see")
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_a_changed_guide_names_must_exist(said: str) -> None:
    check(load_guide(), "here")
    with pytest.raises(GuideError, match=f"^here: .*{re.escape(said)}"):
        check(WRONG[said](load_guide()), "here")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value of a TOML document, tables and lists included."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in leaves(one, (*path, key)))] if path else [
        found for key, one in inner for found in leaves(one, (key,))
    ]  # fmt: skip


PLAIN = {file: tomllib.loads((DATA / file).read_text(encoding="utf-8")) for file in FILES}
PLACES = [(file, path) for file in FILES for path in leaves(PLAIN[file])]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return `value` with the leaf at `path` replaced, or taken out when `new` is None."""
    if isinstance(value, dict):
        inner = {key: one for key, one in value.items() if key != path[0] or len(path) > 1 or new is not None}
        if path[0] in inner:
            inner[path[0]] = replaced(value[path[0]], path[1:], new) if len(path) > 1 else new
        return inner
    inner_list = list(value)
    inner_list[path[0]] = replaced(value[path[0]], path[1:], new) if len(path) > 1 else new
    return [one for one in inner_list if one is not None]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(place=st.sampled_from(PLACES), new=st.sampled_from([None, 7, "?", [], {}, True, [3]]))
def test_any_leaf_gone_or_changed_gives_a_guide_or_a_guide_error(
    monkeypatch: pytest.MonkeyPatch, place: tuple[str, tuple[Any, ...]], new: Any
) -> None:
    """One value of one file replaced or removed: the guide still loads, or a GuideError says what is wrong."""
    file, path = place
    broken = {**PLAIN, file: replaced(PLAIN[file], path, new)}
    monkeypatch.setattr(guide_loading, "_read", lambda path: broken[path.name])
    try:
        load_guide.__wrapped__(DATA)
    except GuideError as error:
        assert str(error).strip()
