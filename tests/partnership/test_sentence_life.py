"""Tests of the life of a sentence: each kind of step, their order, and which steps are private."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.form.form import main_field
from tui.partnership.changes import apply
from tui.partnership.meetings import DECISIONS, HELD, MEETINGS
from tui.partnership.privacy import published
from tui.partnership.sentence_life import (
    ADOPTION,
    DECIDED,
    DRAFT,
    NOT_YET,
    OUTCOME,
    REWORDED,
    SET_ASIDE,
    TRANSLATED,
    WRITTEN,
    YESES,
    LifeStep,
    public_part,
    sentence_life,
)
from tui.partnership.translation import negotiated_language
from tui.partnership.values import Change, HistoryEntry, second_wording_cell
from tui.partnership.versions import ADOPTED, Version

CELLS = ("text@fr", "text@en")


class Written:
    """A partnership with one objective, and the history of what was written in it."""

    def __init__(self) -> None:
        self.told = Told("Collège", "Clinique")
        self.past: list[HistoryEntry] = []
        (self.id,) = self.told.say("gather.objectives", {"text": "un guide"}, op="add")
        self.past.append(
            HistoryEntry(self.id, "gather.objectives", "text@fr", None, "un guide", 1, "Ann", "2026-11-22")
        )

    def write(self, cell: str, text: str | None, at: str) -> None:
        """Write a wording, which the history remembers."""
        applied = apply(
            self.told.partnership, [Change(self.id, "gather.objectives", cell, text, "rows")], by="Marie", at=at
        )
        self.told.partnership = applied.partnership
        self.past += applied.past

    def life(self, *versions: Version) -> tuple[LifeStep, ...]:
        """Its life as it stands."""
        partnership = self.told.partnership
        entry = partnership.entries[self.id]
        negotiated = negotiated_language(entry, main_field(GUIDE.question("gather.objectives").parts[0]))
        return sentence_life(partnership, published(GUIDE, partnership), entry, CELLS, self.past, versions, negotiated)


def test_every_kind_of_step_in_its_order() -> None:
    written = Written()
    written.write("text@fr", "deux guides", "2026-12-01T10:00:00-05:00")
    written.write(second_wording_cell("text@fr"), "trois guides", "2026-12-02T10:00:00-05:00")
    written.write(second_wording_cell("text@fr"), None, "2026-12-03T10:00:00-05:00")
    told = written.told
    told.take(
        Change("meeting00a", HELD, "on", "2026-12-04", MEETINGS),
        Change("decision0a", HELD, "text@fr", "deux guides suffisent", DECISIONS),
        Change("decision0a", HELD, "meeting", "meeting00a", DECISIONS),
        Change("decision0a", HELD, "sent", f"{written.id}/text", DECISIONS),
        Change("outcome00a", "follow.outcomes", "about", written.id, "rows"),
        Change("outcome00a", "follow.outcomes", "state", "kept", "rows"),
        Change("outcome00a", "follow.outcomes", "on", "2027-03-01", "rows"),
    )
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    points = dict(published(GUIDE, told.partnership).points)
    life = written.life(
        Version("v1", 1, "draft", "2026-12-05", points=points), Version("v2", 1, ADOPTED, "2026-12-20", points=points),
        Version("v0", 0, "draft", "2026-11-01"),
    )  # fmt: skip
    assert [(step.kind, step.text or step.version) for step in life] == [
        (WRITTEN, "un guide"), (REWORDED, "deux guides"), (SET_ASIDE, "trois guides"), (DECIDED, ""),
        (DRAFT, "v1"), (ADOPTION, "v2"), (OUTCOME, ""), (YESES, ""), (NOT_YET, ""),
    ]  # fmt: skip
    assert (life[-2].partners, life[-1].partners) == ((told.ids["Clinique"],), (told.ids["Collège"],))
    shown = public_part(life)
    assert [step.kind for step in shown] == [WRITTEN, REWORDED, SET_ASIDE, DECIDED, DRAFT, ADOPTION, YESES]
    assert shown[-1].count == 1 and not any(step.partners or step.by for step in shown)


def test_yes_given_on_earlier_words_is_none_on_these() -> None:
    written = Written()
    written.told.say("commit.consensus", {"level": "agree"}, "Clinique")
    written.write("text@fr", "deux guides", "2026-12-01T10:00:00-05:00")
    assert [step.kind for step in written.life()] == [WRITTEN, REWORDED, NOT_YET]


def test_translation_of_a_sentence_is_told_as_one_beside_what_was_negotiated() -> None:
    written = Written()
    written.write("text@en", "a guide", "2026-12-01T10:00:00-05:00")
    written.write("#negotiated:text", "fr", "2026-12-01T10:00:00-05:00")
    written.write("text@fr", "deux guides", "2026-12-02T10:00:00-05:00")
    told = [(step.kind, step.lang, step.text) for step in written.life() if step.text]
    assert told == [(WRITTEN, "fr", "un guide"), (TRANSLATED, "en", "a guide"), (REWORDED, "fr", "deux guides")]
    written.write("#negotiated:text", "en", "2026-12-03T10:00:00-05:00")
    kinds = [(step.kind, step.lang) for step in written.life() if step.text]
    assert kinds == [(TRANSLATED, "fr"), (WRITTEN, "en"), (TRANSLATED, "fr")]
    written.past = []
    assert [(step.lang, step.text) for step in written.life() if step.text] == [("en", "a guide")]


def test_sentence_that_is_not_public_has_a_private_life() -> None:
    told = Told("Collège")
    (row,) = told.say("open.contributions", {"text": "SECRET", "state": "wished"}, "Collège", op="add")
    partnership = told.partnership
    life = sentence_life(partnership, published(GUIDE, partnership), partnership.entries[row], CELLS, (), ())
    assert life and public_part(life) == ()


@given(st.lists(st.sampled_from(["un", "deux", "trois"]), max_size=8))
def test_every_wording_of_a_life_is_in_the_history(texts: list[str]) -> None:
    written = Written()
    for number, text in enumerate(texts):
        written.write("text@fr", text, f"2026-12-{number + 1:02}T10:00:00-05:00")
    wordings = [step.text for step in written.life() if step.kind in (WRITTEN, REWORDED)]
    assert wordings == [line.new for line in written.past]


def test_yes_that_leaves_the_sentence_out_is_none_to_it() -> None:
    written = Written()
    clinic = (written.told.ids["Clinique"],)
    written.told.say("commit.consensus", {"level": "agree"}, "Clinique")
    assert [step.kind for step in written.life()] == [WRITTEN, YESES, NOT_YET]
    cells = {"#order": "5", "point": written.id, "text@fr": "un guide", "level": "disagree"}
    written.told.take(*(Change("except0000", "commit.consensus", cell, value, "exceptions", clinic)
                        for cell, value in cells.items()))  # fmt: skip
    (not_yet,) = (step for step in written.life() if step.kind in (YESES, NOT_YET))
    assert (not_yet.kind, not_yet.count, not_yet.private) == (NOT_YET, 2, True)


def test_second_wording_that_was_reworded_is_set_aside_once() -> None:
    written = Written()
    second = second_wording_cell("text@fr")
    for day, text in enumerate(("trois guides", "trois grands guides", None), 1):
        written.write(second, text, f"2026-12-0{day}T10:00:00-05:00")
    assert [step.text for step in written.life() if step.kind == SET_ASIDE] == ["trois grands guides"]


@pytest.mark.parametrize(("status", "kind"), [("draft", DRAFT), (ADOPTED, ADOPTION), ("sent", DRAFT)])
def test_only_an_adopted_version_is_an_adoption(status: str, kind: str) -> None:
    written = Written()
    points = dict(published(GUIDE, written.told.partnership).points)
    life = written.life(Version("v1", 1, status, "2026-12-05", points=points))
    assert [step.kind for step in life if step.version] == [kind]


def test_row_that_is_public_by_another_field_has_a_private_life() -> None:
    told = Told("Collège")
    reservation = {"level": "agree", "reservation": "SECRET"}
    told.say("commit.consensus", reservation, "Collège")
    told.say("open.who", {"reason": "SECRET"}, "Collège")
    partner, partnership = told.partnership.entries[told.ids["Collège"]], told.partnership
    life = sentence_life(partnership, published(GUIDE, partnership), partner, ("reason@fr",), (), ())
    assert published(GUIDE, partnership).view.entry(partner.id) is not None
    assert life and public_part(life) == ()
