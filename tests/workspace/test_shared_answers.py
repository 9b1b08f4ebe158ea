"""An answer or a row given to several partners: to whom, under which name, and never what is another's own."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.positions import CONSENSUS, EXCEPTIONS
from tui.partnership.values import ORDER, Change
from tui.workspace.place import Place
from tui.workspace.shared_answers import give_rows, leave_out, same_answer, same_field, sentences
from tui.workspace.workspace import Workspace

OWN = {"name", "short_name", "address", "organisation"}  # what tells one organisation from another


def of_several(count: int, gone: int = 0) -> tuple[Workspace, list[str]]:
    """A partnership of so many partners, the last ones having declined, in memory; the ids of those that take part."""
    store = Memory()
    ids = [f"partner{at:03}" for at in range(count + gone)]
    changes = []
    for at, name in enumerate(ids):
        cells = {ORDER: f"a{at}", "name@fr": f"Organisme {at}", "status": "interested" if at < count else "declined"}
        changes += [Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()]
    return Workspace(GUIDE, store.save("", changes).partnership, store), ids[:count]


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("gone", [0, 2])
def test_a_row_of_all_but_one_at_most_is_of_all(count: int, gone: int) -> None:
    workspace, ids = of_several(count, gone)
    workspace.edit([Change("row0000000", "open.contributions", "text@fr", "une salle", "rows", (ids[0],))])
    for number in range(count + 1):
        row = workspace.partnership.entries["row0000000"]
        assert give_rows(workspace, row, ids[:number]) == number
        group = "all" if number > 1 and number >= count - 1 else ""
        given = workspace.partnership.entries["row0000000"].get("partners")
        assert given == ({"ids": ids[:number], "group": group} if number else None)
    row = workspace.partnership.entries["row0000000"]
    give_rows(workspace, row, [*reversed(ids), "partner099", "nobody"], "")
    assert workspace.partnership.entries["row0000000"].get("partners") == {"ids": ids, "group": ""}


def test_the_answer_of_two_is_given_to_other_pairs_and_to_nobody_with_itself() -> None:
    workspace, ids = of_several(4)
    first, second, *others = ids
    pair = (first, second)
    scale = next(iter(GUIDE.choices["trust"]))
    workspace.set(single_entry(workspace.partnership, "open.trust", pair), "scale", scale)
    workspace.go(Place("open.trust", first, second))
    assert workspace.subject == pair
    assert same_answer(workspace, ids) == len(others)
    found = {
        entry.subject: entry.get("scale")
        for entry in workspace.partnership.entries.values()
        if entry.question == "open.trust"
    }
    assert found == {pair: scale, **{(second, other): scale for other in others}}


@pytest.mark.parametrize("field", [field.id for field in GUIDE.question(WHO).parts[0].fields if not field.hidden])
def test_no_field_by_which_an_organisation_is_known_is_given(field: str) -> None:
    workspace, (first, second, _third) = of_several(3)
    found = GUIDE.question(WHO).part("")
    assert found is not None
    known = found.field(field)
    assert known is not None
    value = next(iter(GUIDE.choices[known.choices])) if known.kind == "choice" else "zanzibar"
    workspace.edit([Change(first, WHO, known.cell("fr"), value, "", (first,))])
    workspace.go(Place(WHO, first))
    before = workspace.partnership.entries[second].get(known.cell("fr"))
    assert same_field(workspace, known, [first, second]) == (field not in OWN)
    now = workspace.partnership.entries[second].get(known.cell("fr"))
    assert now == (before if field in OWN else value)


def test_a_sentence_left_out_twice_is_left_out_once() -> None:
    workspace, (first, second) = of_several(2)
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "une porte ouverte")])
    ((point, words), *_others) = sentences(workspace)
    rows = []
    for partner in (first, first, second):
        workspace.go(Place(CONSENSUS, partner))
        row = leave_out(workspace, point)
        rows.append(row.id)
        assert (row.get("point"), row.text("text", "fr"), row.subject) == (point, words, (partner,))
    assert rows[0] == rows[1] != rows[2]
    assert len(workspace.partnership.rows(CONSENSUS, EXCEPTIONS)) == 2
