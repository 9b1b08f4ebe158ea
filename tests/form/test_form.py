"""Screen, line mode and schema side by side: every question of the samples, asked of everyone it is asked of.

The same facts are told, the same fields asked in the same order, the same choices offered and chosen, the same rows
listed in the same words, whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.form.form import ADD, PAIR, FormField, Rows
from tui.form.form_schema import value_schema
from tui.form.form_words import facts
from tui.form.question_walk import PAIRS, ROSTER, Prompt, Spot, Walk, question_order, subject_of
from tui.line_mode.prompt_text import head_lines, present_lines, prompt_words
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO, active
from tui.partnership.values import Partnership
from tui.ui.form_painter import FormPainter, PaintedForm
from tui.workspace.place import Place
from tui.workspace.samples import samples
from tui.workspace.typed_values import options
from tui.workspace.workspace import Workspace

WIDTH = 100
SAMPLES = {sample.number: sample.partnership for sample in samples()}


@pytest.fixture(autouse=True, params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


def workspace_on(partnership: Partnership, lang: str) -> Workspace:
    """A workspace that is only looked at."""
    workspace = Workspace(GUIDE, partnership, Memory())
    workspace.lang = lang
    return workspace


def spots(walk: Walk, guide_order: tuple[str, ...]) -> Iterator[Spot]:
    """Everywhere line mode stops; where it lets one choose a pair, the first two partners."""
    for name in guide_order:
        for stop in walk.stops(name):
            yield Spot(name, stop)


def place_at(spot: Spot, walk: Walk) -> Place:
    """The place of the screen where the same is asked of the same."""
    partner, other = (*subject_of(spot), "", "")[:2]
    return Place(spot.question, partner, other)


def painted(workspace: Workspace, place: Place, *, more: bool) -> PaintedForm:
    """The form as the screen paints it, with or without what is seldom needed."""
    workspace.place = place
    painter = FormPainter(workspace, WIDTH, open_more=more, room=200)
    painter.editor_covers = False  # no editor hides the place one stands at
    return painter.paint()


def text_of(form: PaintedForm) -> str:
    """What is painted, without line ends, signs of choices and double spaces."""
    lines = " ".join("".join(piece.text for piece in line) for line in form.lines)
    return " ".join(lines.replace("●", " ").replace("○", " ").split())


def flat(text: str) -> str:
    """A text as `text_of` writes it."""
    return " ".join(text.split())


def prompts_of(workspace: Workspace, spot: Spot, more: tuple[str, ...]) -> list[Prompt]:
    """All that line mode asks at a stop, one after the other."""
    walk = Walk(workspace.form_context, more)
    found, at = [], replace(spot, key="", row="", field="")
    while (at.question, at.stop) == (spot.question, spot.stop):
        found.append(walk.prompt(at))
        at = walk.after(at)
    return found


def line_keys(prompts: list[Prompt]) -> list[str]:
    """The places that line mode asks for, as the screen calls them."""
    return [one.place.key for one in prompts if one.place is not None and one.kind != ROSTER]


def screen_places(form: PaintedForm) -> list[FormField]:
    """The fields and lists of a painted form; neither closed rows nor what is no answer."""
    return [slot.field for slot in form.slots if not slot.closed and slot.field.kind not in (PAIR, "more")]


def everywhere(partnership: Partnership, lang: str) -> Iterator[tuple[Workspace, Spot, Place]]:
    """Each stop of line mode with the place of the screen; not those where one only chooses whom."""
    workspace = workspace_on(partnership, lang)
    walk = Walk(workspace.form_context)
    for spot in spots(walk, question_order(GUIDE)):
        if spot.stop not in (ROSTER, PAIRS):
            yield workspace, spot, place_at(spot, walk)


@pytest.mark.parametrize("number", SAMPLES)
def test_same_facts(number: int, lang: str) -> None:
    told = Counter[str]()
    for workspace, spot, place in everywhere(SAMPLES[number], lang):
        walk = Walk(workspace.form_context)
        known = [fact.text for fact in facts(walk.form(spot))]
        said = list(head_lines(workspace, walk.form(spot), spot, set()))
        assert said[-len(known) :] == known if known else True, spot
        assert len(said) == len(list(head_without_facts(workspace, walk, spot))) + len(known), spot
        shown = text_of(painted(workspace, place, more=False))
        for text in known:
            assert flat(text) in shown, (spot, text)
        told[spot.question] += len(known)
    rounds = len(active(SAMPLES[number]))
    assert told["open.how_many"] in (1, 2) and told["commit.clarity"] >= 2
    assert told["commit.consensus"] >= rounds * rounds, "everyone's answer, whoever is asked"


def head_without_facts(workspace: Workspace, walk: Walk, spot: Spot) -> Iterator[str]:
    """What line mode says at a question where all that is known was said before."""
    form = walk.form(spot)
    before = {(fact.text, spot.stop if fact.is_asked is None else "") for fact in facts(form)}
    return head_lines(workspace, form, spot, before)


@pytest.mark.slow
@pytest.mark.parametrize("number", SAMPLES)
def test_same_fields(number: int, lang: str) -> None:
    for workspace, spot, place in everywhere(SAMPLES[number], lang):
        for more in (False, True):
            lines = line_keys(prompts_of(workspace, spot, (spot.question,) if more else ()))
            shown = screen_places(painted(workspace, replace(place, slot="#"), more=more))
            keys = [one.key for one in shown if one.key != "+"]
            folded = {one.key for one in shown if one.kind == ADD and one.part.more and one.key not in lines}
            assert lines == [key for key in keys if key not in folded], (spot, more)
            assert not (folded and more), "all is asked that is asked for"
        assert schema_names(spot.question) == {screen_name(one) for one in shown if one.key != "+"}, spot


def screen_name(place: FormField) -> str:
    """A field, or a list, as the schema names it."""
    return place.key[1:] if place.kind == ADD else place.field.id if place.field is not None else ""


def whole(schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of a question's value given as a whole."""
    found: dict[str, Any] = (schema["anyOf"][-1] if "anyOf" in schema else schema)["properties"]
    return found


def schema_names(question: str) -> set[str]:
    """The fields and lists that `entente answer` takes."""
    return set(whole(value_schema(GUIDE, GUIDE.question(question))))


def same_choices(screen: FormField, line: FormField, schema: dict[str, Any]) -> int:
    """Hold a choice of the screen against line mode's and the schema's. Returns how many options it has."""
    codes = [code for code, _words in screen.options]
    assert [one.code for one in options(line)] == codes
    assert screen.chosen == line.chosen and (not screen.chosen or screen.chosen in codes)
    listed = schema["enum"]
    position = screen.field is not None and screen.field.choices == "position"
    assert codes == [one for one in listed if one in codes] and (position or codes == listed)
    return len(codes)


@pytest.mark.slow
@pytest.mark.parametrize("number", SAMPLES)
def test_same_choices(number: int, lang: str) -> None:
    offered = 0
    for workspace, spot, place in everywhere(SAMPLES[number], lang):
        schema = whole(value_schema(GUIDE, GUIDE.question(spot.question)))
        for prompt in prompts_of(workspace, spot, (spot.question,)):
            if prompt.field is None or prompt.field.kind != "choice" or prompt.field.field is None:
                continue
            form = painted(workspace, replace(place, slot=prompt.field.key), more=True)
            assert form.current_field is not None and form.current_field.key == prompt.field.key
            offered += same_choices(form.current_field, prompt.field, schema[prompt.field.field.id])
            shown = text_of(form)
            for line in present_lines(workspace, prompt, spot):
                number_, _dot, words = line.partition(". ")
                assert not number_.isdigit() or flat(words) in shown, (spot, line)
    assert offered > 50


@pytest.mark.slow
@pytest.mark.parametrize("number", SAMPLES)
def test_same_rows(number: int, lang: str) -> None:
    rows = 0
    for workspace, spot, place in everywhere(SAMPLES[number], lang):
        form = painted(workspace, replace(place, slot="#"), more=True)
        closed = [slot.field.entry.id for slot in form.slots if slot.closed]
        lists = [one for one in prompts_of(workspace, spot, (spot.question,)) if one.kind == "list"]
        assert closed == [row.entry.id for one in lists if one.rows is not None for row in one.rows.rows], spot
        shown = text_of(form)
        for prompt in lists:
            assert prompt.rows is not None
            heading, *said = present_lines(workspace, prompt, spot)
            assert heading.startswith(prompt.rows.title) and prompt.rows.title in shown
            hint = prompt_words(workspace, prompt).rstrip(": \N{NO-BREAK SPACE}")
            assert hint.lower() in shown.lower(), spot
            assert len(said) >= len(prompt.rows.rows)
            for row in prompt.rows.rows:
                rows += 1
                assert all(flat(words) in shown for words in row.words if words), (spot, row.words)
                assert any(all(flat(words) in flat(line) for words in row.words) for line in said)
                same_row(workspace, spot, place, prompt.rows, row.entry.id)
    assert rows > 5


def same_row(workspace: Workspace, spot: Spot, place: Place, rows: Rows, row: str) -> None:
    """Hold an open row of the screen against line mode's prompts and the schema of a row."""
    items = whole(value_schema(GUIDE, GUIDE.question(spot.question)))[rows.part.id]["items"]["properties"]
    walk = Walk(workspace.form_context, (spot.question,))
    inside = replace(spot, key=rows.new.key, row=row)
    asked_there = []
    while inside.row:
        prompt = walk.prompt(inside)
        assert prompt.field is not None
        asked_there.append(prompt.field)
        inside = walk.after(inside)
    form = painted(workspace, replace(place, slot=asked_there[0].key), more=True)
    shown = [slot.field for slot in form.slots if slot.field.entry.id == row]
    assert [one.key for one in shown] == [one.key for one in asked_there]
    assert {screen_name(one) for one in shown} == set(items)
    for one, line in zip(shown, asked_there, strict=True):
        assert (one.text, one.label, one.private, one.parse_error) == (
            line.text,
            line.label,
            line.private,
            line.parse_error,
        )
        if one.kind == "choice":
            same_choices(one, line, items[screen_name(one)])


@pytest.mark.parametrize("number", SAMPLES)
def test_same_partners(number: int, lang: str) -> None:
    workspace = workspace_on(SAMPLES[number], lang)
    (prompt,) = prompts_of(workspace, Spot(WHO, ROSTER), ())
    assert prompt.rows is not None
    said = list(present_lines(workspace, prompt, Spot(WHO, ROSTER)))[1:]
    assert len(said) == len(prompt.rows.rows) >= 2
    for row, line in zip(prompt.rows.rows, said, strict=True):
        form = painted(workspace, Place(WHO, row.entry.id, slot="+"), more=False)
        assert form.current_field is not None and form.current_field.key == prompt.rows.new.key
        assert flat(row.main.answer) in text_of(form) and row.main.answer in line


def test_what_is_not_understood_is_said_in_both() -> None:
    told = Told("A", "B")
    told.setting("lang", "fr")
    workspace = workspace_on(told.partnership, "fr")
    i18n.use("fr")
    workspace.set(single_entry(workspace.partnership, "extra.review", ()), "date", {"typed": "bientôt"})
    why = Walk(workspace.form_context).prompt(Spot("extra.review")).field
    assert why is not None and why.parse_error
    (prompt, *_rest) = prompts_of(workspace, Spot("extra.review"), ())
    assert why.parse_error in list(present_lines(workspace, prompt, Spot("extra.review")))
    assert flat(why.parse_error) in text_of(painted(workspace, Place("extra.review", slot="#"), more=False))
