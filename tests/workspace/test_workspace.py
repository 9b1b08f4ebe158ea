"""The workspace: edits, journal and saves agree, what is read follows what is typed, and the place stays valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.partnership.told import AT, GUIDE, Told
from tui.form.question_walk import question_order
from tui.partnership.changes import apply
from tui.partnership.partners import find_partner
from tui.partnership.values import Change, Entry, Partnership
from tui.store.store_errors import StoreError
from tui.workspace.place import Place, next_partner_place, place_further, subject, valid_place
from tui.workspace.workspace import Workspace

VISION = Entry("gather.vision", "gather.vision")


@dataclass
class Saved:
    """What a save gives back."""

    partnership: Partnership


class FakeStore:
    """A disk that can be made to fail."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.fails = False

    def save(self, partnership_id: str, changes: Sequence[Change], /, *, typing: bool = False) -> Saved:
        """Apply changes, or fail as a full disk does."""
        if self.fails:
            raise StoreError(Path("project.json"), "disque plein")
        self.partnership = apply(self.partnership, changes, by="me", at=AT).partnership
        return Saved(self.partnership)

    def load(self, partnership_id: str, /) -> Partnership:
        """The project as it is on disk."""
        return self.partnership


@pytest.fixture
def told() -> Told:
    return Told("A", "B", "C")


@pytest.fixture
def store(told: Told) -> FakeStore:
    return FakeStore(told.partnership)


@pytest.fixture
def workspace(store: FakeStore) -> Workspace:
    return Workspace(GUIDE, store.partnership, store)


def test_what_one_reads_follows_what_one_types(workspace: Workspace) -> None:
    before = workspace.agreement
    assert workspace.agreement is before
    assert "vision" in {hole.id for hole in before.holes}
    workspace.set(VISION, "vision@fr", "Une oreille")
    assert "vision" not in {hole.id for hole in workspace.agreement.holes}
    assert "vision" not in {one.hole for one in workspace.milestones.adoption}


def test_the_document_changes_language_alone(workspace: Workspace) -> None:
    workspace.doc_lang = "en"
    assert workspace.agreement.sections[0].heading == "Partners"
    assert workspace.lang == "fr"


def test_a_save_says_where_one_stands(workspace: Workspace, store: FakeStore) -> None:
    assert workspace.next_batch() is None
    workspace.set(VISION, "vision@fr", "un")
    assert workspace.state.kind == "saving"
    batch = workspace.next_batch()
    assert batch is not None
    workspace.batch_saved(workspace.write(batch))
    assert workspace.state.kind == "saved"
    assert store.partnership.entries["gather.vision"].get("vision@fr") == "un"


def test_a_failed_save_says_why_and_is_tried_again(workspace: Workspace, store: FakeStore) -> None:
    store.fails = True
    workspace.set(VISION, "vision@fr", "un")
    with pytest.raises(StoreError):
        workspace.flush()
    workspace.batch_failed("disque plein")
    assert (workspace.state.kind, workspace.state.reason) == ("failed", "disque plein")
    workspace.set(VISION, "vision@fr", "une")
    assert workspace.state.kind == "failed", "typing on does not hide that nothing is kept"
    store.fails = False
    workspace.flush()
    assert workspace.state.kind == "saved"
    assert store.partnership.entries["gather.vision"].get("vision@fr") == "une"
    workspace.flush()


def test_others_changes_come_in_under_what_is_typed(workspace: Workspace, store: FakeStore) -> None:
    workspace.set(VISION, "vision@fr", "un")
    store.save("p", [Change("gather.vision", "gather.vision", "goal@fr", "leur but")])
    workspace.reload()
    entry = workspace.partnership.entries["gather.vision"]
    assert (entry.get("vision@fr"), entry.get("goal@fr")) == ("un", "leur but")


def test_undo_ends_where_one_goes_elsewhere(workspace: Workspace) -> None:
    for text in ("u", "un"):
        workspace.set(VISION, "vision@fr", text, typed_cell="v")
    workspace.go(Place("gather.level"))
    workspace.set(VISION, "vision@fr", "un deux", typed_cell="v")
    assert workspace.undo()
    assert workspace.partnership.entries["gather.vision"].get("vision@fr") == "un"
    assert workspace.undo()
    assert workspace.partnership.entries["gather.vision"].get("vision@fr") is None
    assert not workspace.undo()


def test_a_place_is_made_valid(told: Told) -> None:
    first, second, third = told.ids.values()
    gone = valid_place(Place("gather.nothing", "nobody", "nobody"), GUIDE, told.partnership)
    assert (gone.question, gone.partner, gone.other) == ("open.who", first, "")
    told.say("open.who", {"status": "declined"}, "A")
    assert valid_place(Place(), GUIDE, told.partnership).partner == second
    assert valid_place(Place(partner=first), GUIDE, told.partnership).partner == first, "who declined can still be read"
    assert valid_place(Place(partner=third, other=third), GUIDE, told.partnership).other == ""
    assert valid_place(Place(), GUIDE, Partnership("p")).partner == ""


def test_one_walks_through_all_questions_and_stops_at_the_ends() -> None:
    place, seen = Place(), ["open.who"]
    while (after := place_further(place, GUIDE, 1)) != place:
        place = after
        seen.append(place.question)
    assert tuple(seen) == question_order(GUIDE)
    assert place_further(Place(), GUIDE, -1).question == "open.who"


def test_one_goes_round_the_partners_who_count_then_those_who_left(told: Told) -> None:
    first, second, third = told.ids.values()
    told.say("open.who", {"status": "withdrawn"}, "B")
    place = next_partner_place(Place("open.involvement", first), told.partnership, 1)
    assert (place.partner, place.question) == (third, "open.involvement")
    assert next_partner_place(place, told.partnership, 1).partner == second, "who left stays reachable"
    assert next_partner_place(Place(partner=second), told.partnership, 1).partner == first
    assert next_partner_place(Place(), Partnership("p"), 1) == Place()


def test_whom_a_question_is_asked_of() -> None:
    place = Place(partner="b", other="a")
    asked = {name: subject(place, GUIDE.question(name)) for name in ("gather.vision", "open.involvement", "open.trust")}
    assert asked == {"gather.vision": (), "open.involvement": ("b",), "open.trust": ("a", "b")}
    assert subject(Place(partner="b"), GUIDE.question("open.history")) == ("b",)


@pytest.mark.parametrize(
    "place", [Place(), Place("gather.vision", "p", "q", "goal", (3, 4), "x/y"), Place(cursor=(0, 0))]
)
def test_a_place_is_kept_and_read_again(place: Place) -> None:
    written = place.to_fields()
    if written["cursor"] is not None:
        written["cursor"] = list(written["cursor"])
    assert Place.read(written) == place


@pytest.mark.parametrize("cursor", [[1], [1, -2], ["1", "2"], "12", {}, [True, None]])
def test_what_does_not_fit_in_a_kept_place_is_left_out(cursor: object) -> None:
    assert Place.read({"question": 7, "slot": None, "cursor": cursor, "more": 1}) == Place()


def test_what_a_partner_left_as_is_saved_and_undone_with_its_status(
    told: Told, store: FakeStore, workspace: Workspace
) -> None:
    name = told.ids["B"]

    def status(code: str) -> None:
        workspace.edit([Change(name, "open.who", "status", code, "", (name,))])

    def named() -> tuple[bool, bool]:
        """Whether it may appear here, and on disk."""
        found = []
        for partnership in (workspace.partnership, store.partnership):
            one = find_partner(partnership, name)
            assert one is not None
            found.append(one.may_appear)
        return found[0], found[1]

    workspace.flush()
    for code in ("prospective", "interested", "withdrawn"):  # in one save: the disk never sees it interested
        status(code)
    workspace.flush()
    assert named() == (True, True)
    for code in ("contacted", "withdrawn"):
        status(code)
    workspace.flush()
    assert named() == (False, False)
    status("interested")
    workspace.flush()
    workspace.undo()
    workspace.flush()
    assert workspace.partnership.entries[name].get("status") == "withdrawn"
    assert named() == (False, False), "a step taken back leaves nothing behind"


def test_undo_takes_the_document_s_language_back(workspace: Workspace) -> None:
    for lang in ("en", "fr"):
        workspace.doc_lang = lang
        workspace.set_setting("lang", lang)
        workspace.edits.end_typing()
    for turn, lang in ((workspace.undo, "en"), (workspace.undo, "fr"), (workspace.redo, "en"), (workspace.redo, "fr")):
        assert turn() and workspace.doc_lang == lang
        assert workspace.agreement.sections[0].heading == ("Partners" if lang == "en" else "Partenaires")
