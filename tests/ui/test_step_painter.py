"""The page of a sub-step: what the cursor reaches, and what a room is never shown of how far the answers are."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.partnership.step_table import step_table
from tui.ui.step_painter import PAGE_ROWS, PaintedStep, StepPainter, Target, target_reached
from tui.workspace.later_steps import LaterStep

WIDE, NARROW = 110, 44
STEPS = GUIDE.main_steps


def told_by_two() -> Told:
    """Two partners, of which one has answered, and one that left."""
    told = Told("Collège", "Clinique", "Parti")
    told.say("open.involvement", {"level": "leads", "agreed": True}, "Collège")
    told.say("gather.vision", {"vision": "un lieu ouvert"})
    told.say("open.who", {"status": "withdrawn"}, "Parti")
    return told


def painted(told: Told, number: int, at: Target | None, width: int = WIDE, *, low: bool = False) -> PaintedStep:
    """The page of a sub-step in English, with one step after the questions."""
    i18n.use("en")
    table = step_table(told.guide, told.partnership, STEPS[number], "en", public=at is None)
    later = (LaterStep("send", "answered", "draft 2"),)
    partner = told.ids["Collège"]
    return StepPainter(told.guide, table, "en", width, at, partner=partner, few_rows=low, later=later).paint()


def text_of(page: PaintedStep) -> str:
    """The page as plain text."""
    return "\n".join("".join(piece.text for piece in line) for line in page.lines)


@pytest.mark.parametrize("number", range(len(STEPS)))
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_room_sees_no_cursor_no_mark_and_no_count(number: int, width: int) -> None:
    told = told_by_two()
    ours = painted(told, number, Target(STEPS[number].questions[0].id), width)
    theirs = painted(told, number, None, width)
    assert f"‹ {number + 1} of {len(STEPS)} ›" in text_of(ours)
    for private in (f"of {len(STEPS)}", f"{len(STEPS[number].questions)}\n", *"‹›◐○●", "draft 2", "adds the org"):
        assert private not in text_of(theirs), private
    assert "cursor" not in {piece.style for line in theirs.lines for piece in line}


@pytest.mark.parametrize("width", [WIDE, NARROW, 34])
def test_a_room_sees_the_table_of_all_and_what_is_answered(width: int) -> None:
    told = told_by_two()
    table = text_of(painted(told, 0, None, width))
    assert "Collège" in table and "Clinique" in table and "Parti" not in table and "Level" in table
    answered = text_of(painted(told, 1, None, width))
    asked = {question.short.get("en") for question in STEPS[1].questions if question.scope == "project"}
    assert "un lieu ouvert" in answered and len([name for name in asked if name in answered]) == 1


@pytest.mark.parametrize("number", range(len(STEPS)))
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("low", [True, False])
def test_the_cursor_is_drawn_once_wherever_it_stands(number: int, width: int, low: bool) -> None:
    told = told_by_two()
    first = painted(told, number, Target(STEPS[number].questions[0].id, told.ids["Collège"]), width, low=low)
    heights = set()
    for row, line in enumerate(first.grid):
        for target in line:
            page = painted(told, number, target, width, low=low)
            heights.add(len(page.lines))
            at = [n for n, shown in enumerate(page.lines) if any(piece.style == "cursor" for piece in shown)]
            assert at == [page.rows[row]] and text_of(page).splitlines()[at[0]].startswith("›")
            assert page.grid == first.grid and (low or page.rows == first.rows)
    assert low or len(heights) == 1, "nothing moves with the cursor where there is room"


def test_who_left_and_what_waits_for_a_word_have_styles_of_their_own() -> None:
    told = told_by_two()
    told.state("open.involvement", "to_confirm", "Collège")
    page = painted(told, 0, Target("open.who"))
    styles = {piece.text.strip(): piece.style for line in page.lines for piece in line}
    assert styles["Parti"] == "muted" and styles["Clinique"] == ""


A, B, C, D = (Target(question) for question in "abcd")
GRID = PaintedStep((), ((A, B), (C,), (D, Target("e"), Target("f"))), (0, 1, 2))
LONG = PaintedStep((), tuple((Target(str(number)),) for number in range(30)), tuple(range(30)))


@pytest.mark.parametrize(
    ("page", "at", "key", "reached"),
    [
        (GRID, A, "right", B), (GRID, B, "right", B), (GRID, B, "left", A), (GRID, A, "left", A),
        (GRID, B, "down", C), (GRID, C, "down", D), (GRID, D, "down", D), (GRID, C, "up", A), (GRID, A, "up", A),
        (GRID, B, "end", Target("e")), (GRID, Target("f"), "home", B), (GRID, Target("f"), "up", C),
        (GRID, Target("gone"), "down", A), (PaintedStep((), (), ()), A, "down", A),
        (LONG, Target("4"), "pagedown", Target(str(4 + PAGE_ROWS))), (LONG, Target("4"), "pageup", Target("0")),
        (LONG, Target("25"), "pagedown", Target("29")), (LONG, Target("25"), "pageup", Target(str(25 - PAGE_ROWS))),
    ],
)  # fmt: skip
def test_each_key_reaches_the_next_place_and_none_leaves_the_page(
    page: PaintedStep, at: Target, key: str, reached: Target
) -> None:
    assert target_reached(page, at, key) == reached


def test_a_wide_page_shows_a_long_name_in_one_line() -> None:
    name = "Centre de ressources pour les familles de la Haute-Yamaska et de Rouville"
    page = painted(Told("Collège", name), 0, Target(STEPS[0].questions[0].id), 166)
    assert name in text_of(page)
    narrow = painted(Told("Collège", name), 0, Target(STEPS[0].questions[0].id), 90)
    assert name not in text_of(narrow) and "Rouville" in text_of(narrow)


@pytest.mark.parametrize("name", ["Collège", "Clinique", "Parti"])
def test_a_narrow_page_shows_the_one_it_is_about_and_its_number(name: str) -> None:
    told = told_by_two()
    i18n.use("en")
    table = step_table(told.guide, told.partnership, STEPS[0], "en", public=False)
    names = [row.name for row in table.rows]
    at = Target(table.columns[0].id, told.ids[name])
    page = StepPainter(told.guide, table, "en", 34, at, partner=told.ids[name], few_rows=False, later=()).paint()
    (head,) = [line for line in page.lines if any(f"of {len(names)} ›" in piece.text for piece in line)][-1:]
    assert f"‹ {names.index(name) + 1} of {len(names)} ›" in head[0].text and head[1].text == name
    assert head[1].style == ("muted" if name == "Parti" else "strong")
    targets = {target.partner for line in page.grid for target in line if target.partner}
    assert targets == {told.ids[name]}


@pytest.mark.parametrize(
    ("state", "sign", "words"), [("to_confirm", "?", "to confirm"), ("to_discuss", "!", "to discuss"), ("", "", "")]
)
@pytest.mark.parametrize("width", [WIDE, 34])
def test_what_was_marked_by_hand_has_its_own_sign(width: int, state: str, sign: str, words: str) -> None:
    told = told_by_two()
    if state:
        told.state("open.involvement", state, "Collège")
    told_page = painted(told, 0, Target("open.involvement", told.ids["Collège"]), width)
    answer = next(
        piece.text for line in told_page.lines for piece in line if piece.style == "cursor" and piece.text.strip()
    )
    if width == WIDE:
        assert answer.rstrip("?!") + sign == answer
    else:
        assert (f"({words})" in text_of(told_page)) is bool(words)


@pytest.mark.parametrize("number", range(len(STEPS)))
@pytest.mark.parametrize("width", [WIDE, 70])
def test_the_answer_of_who_left_is_muted_and_no_other(number: int, width: int) -> None:
    told = Told("Collège", "Parti")
    for name in told.ids:
        told.say("open.involvement", {"level": "leads"}, name)
        told.say("gather.procedures", {"level": "agree"}, name)
        told.say("commit.consensus", {"level": "agree"}, name)
    told.state("gather.procedures", "to_discuss", "Parti")
    told.say("open.who", {"status": "withdrawn"}, "Parti")
    page = painted(told, number, Target(STEPS[number].questions[0].id), width)
    answered = [
        (name, {piece.style for piece in line[2:] if any(letter.isalpha() for letter in piece.text)})
        for line in page.lines
        for name in told.ids
        if any(piece.text.strip() == name for piece in line[:2])
    ]
    assert len(answered) == 2
    for name, styles in answered:
        assert ("" in styles) is (name == "Collège") and styles <= {"", "muted"}
