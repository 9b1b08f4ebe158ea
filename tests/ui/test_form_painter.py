"""A form painted for others shows nothing private, no status and no known fact, for every question and partner."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest

from tests.agreement.cage import CANARY, caged
from tests.partnership.private_places import HERE, Places, everywhere
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.agreement.blocks import Origin
from tui.form.form import form_of
from tui.form.form_words import Fact, facts
from tui.guide.guide_types import Question
from tui.partnership.partners import WHO
from tui.partnership.translation import negotiated_in, pairs, translated
from tui.partnership.values import Change, Partnership
from tui.screens.bottom_field import shows_hidden_name, target_of
from tui.ui.form_painter import FormPainter
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

WIDTH = 100


@pytest.fixture(scope="module")
def made() -> Places:
    return everywhere()


def workspace_on(partnership: Partnership, lang: str = "fr") -> Workspace:
    """A desk that is only looked at."""
    workspace = Workspace(GUIDE, partnership, Memory())
    workspace.lang = lang
    return workspace


def places(question: Question, everyone: list[str]) -> Iterator[Place]:
    """Everywhere one can stand at a question, and at each of two fields of it: the first, and none."""
    if question.scope == "project":
        yield Place(question.id)
        return
    for one in everyone:
        yield Place(question.id, one)
    if question.scope.endswith("pair"):
        yield from (Place(question.id, one, other) for one, other in permutations(everyone, 2))


def painted(workspace: Workspace, place: Place, *, for_others: bool = True) -> str:
    """The form as text, with what its choices offer and its editors hold."""
    workspace.place = place
    form = FormPainter(workspace, WIDTH, for_others=for_others, open_more=True).paint()
    lines = ["".join(piece.text for piece in line) for line in form.lines]
    places = [slot.field for slot in form.slots]
    held = [f"{one.text} {one.hint} {' '.join(words for _code, words in one.options)}" for one in places]
    return "\n".join((*lines, *held))


def facts_at(workspace: Workspace, question: Question, place: Place) -> tuple[Fact, ...]:
    """What the form of one's own tells of a place."""
    return facts(form_of(workspace.form_context, question, place.partner, place.other))


def everyone(made: Places) -> list[str]:
    """Two partners who may appear, and one for each way of not being allowed to."""
    return [HERE, "open000001", *(name for (name,) in made.hidden)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_calm_form_tells_a_private_place(made: Places, lang: i18n.Language) -> None:
    i18n.use(lang)
    workspace = workspace_on(made.partnership(), lang)
    for question in GUIDE.by_id.values():
        who = everyone(made) if question.scope != "pair" else everyone(made)[:4]
        said = "\n".join(painted(workspace, place) for place in places(question, who))
        assert made.told_in_words(said) == [], question.id
        assert "(privé)" not in said and "(private)" not in said


def test_a_form_of_ones_own_tells_them_all_so_that_silence_means_something(made: Places) -> None:
    workspace = workspace_on(made.partnership())
    own = [
        one for one in made.private
        if one.change.question in (WHO, "note.call") and one.change.cell.endswith("@fr") and not one.change.part
    ]  # fmt: skip
    for question in {one.change.question for one in own}:
        who = sorted({one.change.subject[0] for one in own if one.change.question == question})
        said = "\n".join(painted(workspace, Place(question, one), for_others=False) for one in who)
        single = [str(one) for one in own if one.change.question == question and not one.change.part]
        assert single and set(single) <= set(made.told_in_words(said))


def test_no_calm_form_tells_a_status_a_fact_or_what_takes_leave() -> None:
    cage = caged([("interested", False), ("signatory", False), ("committed", True)], "accepted", "acquired", "yes")
    workspace = workspace_on(cage.told.partnership)
    who = [row.id for row in cage.told.partnership.rows(WHO, "")]
    statuses = [one.fr for one in GUIDE.choices["status"].values()]
    labels = [
        field.label.fr
        for question in GUIDE.by_id.values() for part in question.parts for field in part.fields
        if field.without_leave and field.id in ("ratify_by", "resolution", "ratified_on")
    ]  # fmt: skip
    assert labels
    for question in GUIDE.by_id.values():
        for place in places(question, who):
            said = painted(workspace, place)
            bar = [line for line in said.splitlines() if line.startswith(" ‹ ")]
            assert CANARY not in said
            assert not [one for one in statuses for line in bar if one in line], (question.id, bar)
            assert [one.text for one in facts_at(workspace, question, place) if one.text in said] == [], question.id
            assert [one for one in labels if one in said] == [], question.id
    assert facts_at(workspace, GUIDE.question("open.how_many"), Place())


def test_no_calm_form_tells_what_was_typed_and_is_not_understood() -> None:
    told = Told()
    told.say("gather.lead", [{"mandate": "le suivi"}])
    (row,) = told.partnership.rows("gather.lead", "rows")
    told.take(Change(row.id, row.question, "partner", {"typed": "zanzibar"}, row.part))
    workspace, place = workspace_on(told.partnership), Place(row.question)
    field = next(field for field in GUIDE.question(row.question).lists[0].fields if field.id == "partner")
    why = workspace.form_context.parse_error(workspace.partnership.entries[row.id], field)
    own = painted(workspace, place, for_others=False)
    assert why and " ".join(why.split()) in " ".join(own.split()) and "zanzibar" in own
    others = painted(workspace, place)
    assert "zanzibar" not in others and why[:20] not in others


def test_what_a_state_lets_out_is_painted() -> None:
    opened = everywhere(opened=True)
    workspace = workspace_on(opened.partnership())
    who = [HERE, *(name for (name,) in opened.hidden)]
    asked = [place for question in GUIDE.by_id.values() for place in places(question, who) if not place.other]
    heard = opened.told_in_words("\n".join(painted(workspace, place) for place in asked))
    assert {one.partition(" of ")[0] for one in heard} >= {
        "open.who/.name@fr", "open.who/people.name", "open.contributions/rows.text@fr", "commit.funding/rows.source@fr",
    }  # fmt: skip


def test_no_line_of_the_document_opens_a_private_field_at_the_bottom(made: Places) -> None:
    """Whatever entry and field a line might come from: before a room no field is opened that would tell."""
    workspace = workspace_on(made.partnership())
    opened = 0
    for entry in workspace.partnership.entries.values():
        question = GUIDE.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None else None
        for field in part.fields if part is not None else ():
            target = target_of(workspace, Origin(entry.id, field.id, entry.question), "")
            if target is not None and not shows_hidden_name(workspace, target):
                opened += 1
                assert made.told_in_words(target.answer) == [], (entry.id, field.id)
    assert opened > 20


@pytest.mark.parametrize(
    ("lang", "vision", "row"),
    [
        ("fr", "English (traduction) : One door", "English (négocié) : A map"),
        ("en", "français (negotiated): Une porte", "français (translation): Une carte"),
    ],
)
def test_a_text_of_both_languages_is_said_in_the_other_one_too(lang: i18n.Language, vision: str, row: str) -> None:
    i18n.use(lang)
    told = Told()
    told.say("gather.vision", "Une porte pour chacun " * 9)
    told.say("gather.objectives", {"text": "Une carte"}, op="add")
    of_row, of_vision = pairs(GUIDE, told.partnership)

    def muted(question: str, at: str, *, for_others: bool = False) -> list[str]:
        workspace = workspace_on(told.partnership, lang)
        workspace.place = Place(question, slot=at)
        lines = FormPainter(workspace, 40, for_others=for_others).paint().lines
        said = ["".join(piece.text for piece in line) for line in lines if line and line[-1].style == "muted"]
        first = next(
            (at for at, line in enumerate(said) if line.lstrip().startswith(("English", "français"))), len(said)
        )
        return [line.replace("\u00a0", " ") for line in said[first:]]

    here = f"{of_vision.entry.id}/{of_vision.field.id}"
    assert not muted("gather.vision", here) and not muted("gather.objectives", "x/y"), "each in one language alone"
    told.take(translated(of_vision, "en", "One door for each of us " * 9))
    told.take(negotiated_in(of_row.entry, of_row.field, "en"), translated(of_row, "en", "A map " * 9))
    whole = " ".join(line.strip() for line in muted("gather.vision", here))
    assert whole.startswith(vision) and whole.count("porte pour chacun" if lang == "en" else "door for each of us") == 9
    closed, *others = muted("gather.objectives", "x/y")
    assert (
        closed.strip().startswith(row) and len(closed) < 40 and not any(closed.strip()[-5:] in line for line in others)
    )
    assert not muted("gather.vision", here, for_others=True), "before others, where it may name whom nobody may name"
