"""Two people decide on one form, or on one returned text, at the same time: nothing is lost, and both see the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.comparison.answered_forms import WAYS, Answer, Answers
from tests.partnership.told import GUIDE, Told
from tui.agreement.compose import Composer
from tui.comparison.returned_match import lay_beside, read_back
from tui.export.formats import render
from tui.partnership.received_answers import RECEIVED, ROWS, given_entries
from tui.partnership.values import Change, Partnership
from tui.store import Author, Store
from tui.workspace.cell_labels import value_words, where
from tui.workspace.form_review import FormReview, present_forms, read_returned_form, receive
from tui.workspace.returned_decisions import RETURNED, ReturnedReview
from tui.workspace.workspace import Workspace

DAY = "2026-11-30"
FORM_ANSWERS: Answers = {
    "contact/people/name": Answer((), "Luc Roy"),
    "new/open.contributions/text": Answer((), "payer le café"),
    "text/level": Answer(("agree",)),
    "capacity": Answer(("organisation",)),
}
FormAct = Callable[[FormReview, int], object]
TextAct = Callable[[ReturnedReview, int], object]
FORM_ACTS: dict[str, FormAct] = {
    "accepted": lambda review, at: review.accept(review.proposals[at]),
    "refused": lambda review, at: review.refuse(review.proposals[at]),
    "put aside": lambda review, at: review.set_aside(review.proposals[at]),
}
TEXT_ACTS: dict[str, TextAct] = {
    "accepted": lambda review, at: review.accept(review.differences[at]),
    "refused": lambda review, at: review.refuse(review.differences[at]),
    "put aside": lambda review, at: review.set_aside(review.differences[at]),
    "made an article": lambda review, at: review.make_article(review.differences[at]),
}


class Desks:
    """One partnership in a folder, open at two desks, each with what it last read of it."""

    def __init__(self, folder: Path) -> None:
        told = Told("Collège", "Clinique", status="committed")
        told.say("gather.vision", {"vision": "un accueil chaque soir", "goal": "ouvrir une salle"})
        told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Collège", op="add")
        self.whose = told.ids["Collège"]
        changes = [
            Change(entry.id, entry.question, cell, one.value, entry.part, entry.subject)
            for entry in told.partnership.entries.values()
            for cell, one in entry.cells.items()
        ]
        stores = [
            Store(folder, author=Author("aaaaaaaaaa", "Marie")),
            Store(folder, author=Author("bbbbbbbbbb", "Bob")),
        ]
        name = stores[0].create(changes).id
        self.stores = stores
        self.desks = [Workspace(GUIDE, store.load(name), store) for store in stores]

    def saved(self) -> Partnership:
        """Save what stands at both desks, the first one first, and read it at both: they see the same."""
        for desk in self.desks:
            desk.flush()
        for desk in self.desks:
            desk.reload()
        one, other = (desk.partnership for desk in self.desks)
        assert one.entries == other.entries and one.conflicts == other.conflicts
        return one

    def forms(self) -> list[FormReview]:
        """One form, taken in at one desk and known at both."""
        form = next(one for one in present_forms(self.desks[0], self.whose, 0) if one.lang == "fr")
        data, name = WAYS["mail"](form, FORM_ANSWERS)
        for desk in self.desks:
            desk.reload()
        read = read_returned_form(self.desks[0], data, name)
        assert read is not None
        rows = [receive(desk, read, data, name, DAY).id for desk in self.desks]
        self.saved()
        return [FormReview(desk, row) for desk, row in zip(self.desks, rows, strict=True)]

    def texts(self) -> list[ReturnedReview]:
        """One returned text, opened at both desks: a word changed, and a line put in."""
        agreement = Composer(GUIDE).agreement(self.desks[0].partnership, "fr")
        data = render(agreement, "txt").data.decode()
        came = data.replace("chaque soir", "chaque midi").replace(
            "prêter une salle", "prêter une salle\n  - payer le café"
        )  # fmt: skip
        raw = came.encode()
        return [
            ReturnedReview(desk, lay_beside(GUIDE, desk.partnership, (), read_back(raw, "retour.txt")), raw=raw)
            for desk in self.desks
        ]


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path / "store")


def open_conflicts(desks: Desks, partnership: Partnership) -> list[tuple[str, str, str]]:
    """What waits for a choice, in words: of what, the text that came second, and the one that stands."""
    return [
        (
            where(desks.desks[0], one.question, one.part, one.cell, one.subject),
            value_words(desks.desks[0], one.question, one.part, one.cell, one.mine),
            value_words(desks.desks[0], one.question, one.part, one.cell, one.theirs),
        )
        for one in partnership.conflicts
        if not one.settled
    ]


def rows_of(partnership: Partnership) -> list[tuple[str, str, tuple[str, ...], str]]:
    """All rows that stand, by what they say: two that say the same are one too many."""
    return sorted(
        (entry.question, entry.part, entry.givers, entry.text("text", "fr") or entry.text("name", "fr"))
        for entry in partnership.entries.values()
        if entry.part and entry.stands and entry.question not in (RECEIVED, RETURNED)
    )


@pytest.mark.parametrize(("act", "other"), list(product(FORM_ACTS, FORM_ACTS)))
def test_two_answers_of_a_form_decided_at_once_are_both_decided(desks: Desks, act: str, other: str) -> None:
    reviews = desks.forms()
    FORM_ACTS[act](reviews[0], 0)
    FORM_ACTS[other](reviews[1], 1)
    decided = {**reviews[0].settled, **reviews[1].settled}
    assert len(reviews[0].settled) == len(reviews[1].settled) == 1
    given = {name for desk in desks.desks for name in given_entries(desk.partnership.rows(RECEIVED, ROWS)[0])}
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership)
    assert reviews[0].settled == reviews[1].settled == decided and len(decided) == 2
    assert set(given_entries(partnership.rows(RECEIVED, ROWS)[0])) == given
    assert len(given) == [act, other].count("accepted")


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(("act", "other"), list(product(FORM_ACTS, FORM_ACTS)))
def test_one_answer_decided_twice_at_once_is_one_decision_or_a_kept_conflict(
    desks: Desks, act: str, other: str, at: int
) -> None:
    reviews = desks.forms()
    FORM_ACTS[act](reviews[0], at)
    FORM_ACTS[other](reviews[1], at)
    partnership = desks.saved()
    assert reviews[0].settled == reviews[1].settled and len(set(reviews[0].settled.values())) == 1
    conflicts = open_conflicts(desks, partnership)
    rows = rows_of(partnership)
    assert len(set(rows)) == len(rows)
    if act == other:
        assert not conflicts
        return
    words = {"accepted": "accepté", "refused": "refusé", "put aside": "mis de côté comme point"}
    assert conflicts and {one[1:] for one in conflicts} == {(words[other], words[act])}
    assert {one[0] for one in conflicts} == {"Réponses reçues, Collège\u00a0: Ce qui a été décidé"}


def test_one_file_taken_in_twice_at_once_is_one_form(desks: Desks) -> None:
    desks.forms()
    assert len(desks.desks[0].partnership.rows(RECEIVED, ROWS)) == 1
    assert not open_conflicts(desks, desks.desks[0].partnership)


def test_all_plain_yeses_accepted_twice_at_once_are_accepted_once(desks: Desks) -> None:
    reviews = desks.forms()
    assert [review.accept_plain() for review in reviews] == [1, 1]
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership) and reviews[0].settled == reviews[1].settled


def test_what_one_takes_back_leaves_what_the_other_decided(desks: Desks) -> None:
    reviews = desks.forms()
    first, second = reviews[0].proposals[0], reviews[1].proposals[1]
    reviews[0].accept(first)
    mine = set(reviews[0].settled)
    desks.saved()
    reviews[1].refuse(second)
    theirs = dict(reviews[1].settled)
    assert reviews[0].undo()
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership)
    assert reviews[0].settled == {key: what for key, what in theirs.items() if key not in mine}


@pytest.mark.parametrize(("act", "other"), list(product(TEXT_ACTS, TEXT_ACTS)))
def test_two_differences_decided_at_once_are_both_decided(desks: Desks, act: str, other: str) -> None:
    reviews = desks.texts()
    TEXT_ACTS[act](reviews[0], 0)
    TEXT_ACTS[other](reviews[1], 1)
    decided = {**reviews[0].settled, **reviews[1].settled}
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership)
    assert reviews[0].settled == reviews[1].settled == decided and len(decided) == 2
    assert len(partnership.rows(RETURNED, "rows")) == 1


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(("act", "other"), list(product(TEXT_ACTS, TEXT_ACTS)))
def test_one_difference_decided_twice_at_once_is_one_decision_or_a_kept_conflict(
    desks: Desks, act: str, other: str, at: int
) -> None:
    reviews = desks.texts()
    TEXT_ACTS[act](reviews[0], at)
    TEXT_ACTS[other](reviews[1], at)
    partnership = desks.saved()
    assert reviews[0].settled == reviews[1].settled and len(reviews[0].settled) == 1
    rows = rows_of(partnership)
    assert len(set(rows)) == len(rows)
    assert bool(open_conflicts(desks, partnership)) == (act != other)


def test_a_text_accepted_whole_twice_at_once_is_accepted_once(desks: Desks) -> None:
    reviews = desks.texts()
    assert [review.accept_all() for review in reviews] == [2, 2]
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership)
    assert [text for *_where, text in rows_of(partnership)].count("payer le café") == 1
