"""Two people who decide on the same form or returned text at the same time lose nothing and see the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pytest

from tests.comparison.answered_forms import WAYS, Answer, Answers
from tests.partnership.told import GUIDE, Told
from tui.agreement.compose import Composer
from tui.comparison.returned_match import MatchedText, match_returned_text, parse_returned
from tui.export.formats import render
from tui.partnership.received_answers import RECEIVED, ROWS, given_entries
from tui.partnership.values import Change, Partnership
from tui.store import Author, Store
from tui.workspace.cell_labels import cell_place, value_words
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


def _stores(folder: Path) -> list[Store]:
    return [Store(folder, author=Author("aaaaaaaaaa", "Marie")), Store(folder, author=Author("bbbbbbbbbb", "Bob"))]


class Desks:
    """One partnership in a folder, open at two desks, each with what it last read of it."""

    def __init__(
        self, folder: Path, forms: Sequence[str] = (), returned: Callable[[], tuple[bytes, MatchedText]] | None = None
    ) -> None:
        self.form_ids = forms  # the form that was taken in, as each desk knows it
        self._returned = returned
        self.stores = _stores(folder)
        name = self.stores[0].list()[0].id
        self.desks = [Workspace(GUIDE, store.load(name), store) for store in self.stores]

    def saved(self) -> Partnership:
        """Save what stands at both desks, the first one first, and read it at both: they see the same."""
        for desk in self.desks:
            desk.flush()
        for desk in self.desks:
            desk.reload()
        one, other = (desk.partnership for desk in self.desks)
        assert one.entries == other.entries and one.conflicts == other.conflicts
        return one

    def receive_form(self, whose: str) -> None:
        """Take one form in at one desk, where it becomes known at both."""
        form = next(one for one in present_forms(self.desks[0], whose, 0) if one.lang == "fr")
        data, name = WAYS["mail"](form, FORM_ANSWERS)
        read = read_returned_form(self.desks[0], data, name)
        assert read is not None
        self.form_ids = [receive(desk, read, data, name, DAY).id for desk in self.desks]
        self.saved()

    def forms(self) -> list[FormReview]:
        """The form that was taken in, open at both desks."""
        return [FormReview(desk, row) for desk, row in zip(self.desks, self.form_ids, strict=True)]

    def texts(self) -> list[ReturnedReview]:
        """One returned text, opened at both desks: a word changed, and a line put in."""
        assert self._returned is not None
        raw, matched = self._returned()
        return [ReturnedReview(desk, matched, raw=raw) for desk in self.desks]


class Beginnings:
    """What tests begin with, in folders to copy: each is made by the first test that needs it, and in its home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.form_ids: Sequence[str] = ()
        self._returned: tuple[bytes, MatchedText] | None = None

    def plain(self) -> Path:
        """The partnership before anything came back."""
        folder = self.folder / "plain"
        if not folder.exists():
            told = Told("Collège", "Clinique", status="committed")
            told.say("gather.vision", {"vision": "un accueil chaque soir", "goal": "ouvrir une salle"})
            told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Collège", op="add")
            _stores(folder)[0].create(
                [
                    Change(entry.id, entry.question, cell, one.value, entry.part, entry.subject)
                    for entry in told.partnership.entries.values()
                    for cell, one in entry.cells.items()
                ]
            )
            self.whose = told.ids["Collège"]
        return folder

    def returned(self) -> tuple[bytes, MatchedText]:
        """A text that came back, and how it differs: both desks hold the same partnership, so it is compared once."""
        if self._returned is None:
            store = _stores(self.plain())[0]
            partnership = store.load(store.list()[0].id)
            data = render(Composer(GUIDE).agreement(partnership, "fr"), "txt").data.decode()
            came = data.replace("chaque soir", "chaque midi").replace(
                "prêter une salle", "prêter une salle\n  - payer le café"
            )  # fmt: skip
            raw = came.encode()
            self._returned = raw, match_returned_text(GUIDE, partnership, (), parse_returned(raw, "retour.txt"))
        return self._returned

    def with_form(self) -> Path:
        """The partnership and one form that came in."""
        folder = self.folder / "with form"
        if not folder.exists():
            shutil.copytree(self.plain(), folder)
            desks = Desks(folder)
            desks.receive_form(self.whose)
            self.form_ids = desks.form_ids
        return folder


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """Give the folders that tests begin with."""
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def desks(tmp_path: Path, beginnings: Beginnings) -> Desks:
    """Give the two desks before anything came back."""
    shutil.copytree(beginnings.plain(), tmp_path / "store")
    return Desks(tmp_path / "store", returned=beginnings.returned)


@pytest.fixture
def form_desks(tmp_path: Path, beginnings: Beginnings) -> Desks:
    """Give the two desks after a form came in."""
    shutil.copytree(beginnings.with_form(), tmp_path / "store")
    return Desks(tmp_path / "store", beginnings.form_ids)


def open_conflicts(desks: Desks, partnership: Partnership) -> list[tuple[str, str, str]]:
    """What waits for a choice, in words: of what, the text that came second, and the one that stands."""
    return [
        (
            cell_place(desks.desks[0], one.question, one.part, one.cell, one.subject),
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
        if entry.part and entry.is_in_use and entry.question not in (RECEIVED, RETURNED)
    )


@pytest.mark.parametrize(("act", "other"), list(product(FORM_ACTS, FORM_ACTS)))
def test_two_answers_of_a_form_decided_at_once_are_both_decided(form_desks: Desks, act: str, other: str) -> None:
    reviews = form_desks.forms()
    FORM_ACTS[act](reviews[0], 0)
    FORM_ACTS[other](reviews[1], 1)
    decided = {**reviews[0].settled, **reviews[1].settled}
    assert len(reviews[0].settled) == len(reviews[1].settled) == 1
    given = {name for desk in form_desks.desks for name in given_entries(desk.partnership.rows(RECEIVED, ROWS)[0])}
    partnership = form_desks.saved()
    assert not open_conflicts(form_desks, partnership)
    assert reviews[0].settled == reviews[1].settled == decided and len(decided) == 2
    assert set(given_entries(partnership.rows(RECEIVED, ROWS)[0])) == given
    assert len(given) == [act, other].count("accepted")


@pytest.mark.slow
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(("act", "other"), list(product(FORM_ACTS, FORM_ACTS)))
def test_one_answer_decided_twice_at_once_is_one_decision_or_a_kept_conflict(
    form_desks: Desks, act: str, other: str, at: int
) -> None:
    reviews = form_desks.forms()
    FORM_ACTS[act](reviews[0], at)
    FORM_ACTS[other](reviews[1], at)
    partnership = form_desks.saved()
    assert reviews[0].settled == reviews[1].settled and len(set(reviews[0].settled.values())) == 1
    conflicts = open_conflicts(form_desks, partnership)
    rows = rows_of(partnership)
    assert len(set(rows)) == len(rows)
    if act == other:
        assert not conflicts
        return
    words = {"accepted": "accepté", "refused": "refusé", "put aside": "mis de côté comme point"}
    assert conflicts and {one[1:] for one in conflicts} == {(words[other], words[act])}
    assert {one[0] for one in conflicts} == {"Réponses reçues, Collège\u00a0: Ce qui a été décidé"}


def test_one_file_taken_in_twice_at_once_is_one_form(form_desks: Desks) -> None:
    form_desks.forms()
    assert len(form_desks.desks[0].partnership.rows(RECEIVED, ROWS)) == 1
    assert not open_conflicts(form_desks, form_desks.desks[0].partnership)


def test_all_plain_yeses_accepted_twice_at_once_are_accepted_once(form_desks: Desks) -> None:
    reviews = form_desks.forms()
    assert [review.accept_plain() for review in reviews] == [1, 1]
    partnership = form_desks.saved()
    assert not open_conflicts(form_desks, partnership) and reviews[0].settled == reviews[1].settled


def test_what_one_takes_back_leaves_what_the_other_decided(form_desks: Desks) -> None:
    reviews = form_desks.forms()
    first, second = reviews[0].proposals[0], reviews[1].proposals[1]
    reviews[0].accept(first)
    mine = set(reviews[0].settled)
    form_desks.saved()
    reviews[1].refuse(second)
    theirs = dict(reviews[1].settled)
    assert reviews[0].undo()
    partnership = form_desks.saved()
    assert not open_conflicts(form_desks, partnership)
    assert reviews[0].settled == {key: what for key, what in theirs.items() if key not in mine}


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_text_accepted_whole_twice_at_once_is_accepted_once(desks: Desks) -> None:
    reviews = desks.texts()
    assert [review.accept_all() for review in reviews] == [2, 2]
    partnership = desks.saved()
    assert not open_conflicts(desks, partnership)
    assert [text for *_where, text in rows_of(partnership)].count("payer le café") == 1
