"""An answer or a row given to several partners: to whom, under which name, and never what is another's own."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.positions import CONSENSUS, EXCEPTIONS
from tui.partnership.values import ORDER, STATE, Change, second_wording
from tui.workspace.place import Place
from tui.workspace.samples import samples
from tui.workspace.shared_answers import (
    both_wordings,
    give_rows,
    given_words,
    keep_wording,
    leave_out,
    same_answer,
    same_field,
    sentences,
    set_second_wording,
)
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


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ({"role@fr": "hôte"}, {}),
        ({"role@fr": "hôte"}, {"role@fr": "payeur", "role@en": "payer"}),
        ({"role@fr": "hôte", "role@en": "host"}, {"role@fr": "payeur"}),
        ({}, {"role@en": "payer"}),
    ],
)
def test_a_field_is_given_in_the_languages_in_which_it_is_written(
    source: dict[str, str], other: dict[str, str]
) -> None:
    workspace, (first, second) = of_several(2)
    workspace.lang = "en"
    part = GUIDE.question(WHO).part("")
    role = part.field("role") if part is not None else None
    assert role is not None
    for name, cells in ((first, source), (second, other)):
        workspace.edit([Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()])
    workspace.go(Place(WHO, first))
    assert same_field(workspace, role, [first, second]) == 1
    row = workspace.partnership.entries[second]
    assert {cell: row.get(cell) for cell in ("role@fr", "role@en") if row.get(cell)} == source


def test_an_answer_that_is_given_leaves_no_words_of_the_former_one_in_the_other_language() -> None:
    workspace, (first, second) = of_several(2)
    answer = "commit.win_win"
    part = GUIDE.question(answer).single
    assert part is not None
    field = next(field for field in part.fields if field.translatable)
    for name, cells in ((first, {"fr": "une salle"}), (second, {"fr": "du temps", "en": "time"})):
        entry = single_entry(workspace.partnership, answer, (name,))
        for lang, text in cells.items():
            workspace.set(entry, f"{field.id}@{lang}", text)
    workspace.go(Place(answer, first))
    assert same_answer(workspace, [second]) == 1
    assert single_entry(workspace.partnership, answer, (second,)).text(field.id, "en") == "une salle"


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
        assert row.get("level") == "disagree"
    assert rows[0] == rows[1] != rows[2]
    assert len(workspace.partnership.rows(CONSENSUS, EXCEPTIONS)) == 2


def test_a_sentence_is_the_first_that_an_entry_prints() -> None:
    workspace, _ids = of_several(2)
    workspace.edit([Change("gather.vision", "gather.vision", STATE, "to_discuss")])
    assert sentences(workspace) == (), "a point to settle is not what a partner says yes to"
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte ouverte.")])
    assert sentences(workspace) == (("gather.vision", "Une porte ouverte."),)


@pytest.mark.parametrize("number", range(4))
def test_no_sentence_is_about_a_partner_or_a_person(number: int) -> None:
    store = Memory()
    store.partnership = samples()[number].partnership
    found = dict(sentences(Workspace(GUIDE, store.partnership, store)))
    questions = {store.partnership.entries[name].question for name in found}
    assert questions and not questions & {WHO, "extra.groups"}, "nor says who a group of partners is"


def test_words_of_what_is_given_hold_no_default_and_nothing_own() -> None:
    workspace, (first, _second) = of_several(2)
    single = GUIDE.question(WHO).single
    assert single is not None
    status, role = single.field("status"), single.field("role")
    workspace.go(Place(WHO, first))
    label = "Où on en est\u00a0: "
    assert given_words(workspace, status) == f"{label}intéressé" and given_words(workspace, role) == "Rôle\u00a0: —"
    workspace.edit([Change(first, WHO, "status", None, "", (first,))])
    assert given_words(workspace, status) == f"{label}—", "a choice that is only shown was made by nobody"
    workspace.go(Place(CONSENSUS, first))
    position = single_entry(workspace.partnership, CONSENSUS, (first,))
    cells = {"level": "reservation", "reservation@fr": "les horaires", "leave": "yes"}
    workspace.edit([Change(position.id, CONSENSUS, cell, value, "", (first,)) for cell, value in cells.items()])
    words = given_words(workspace)
    assert "avec réserve" in words and "horaires" not in words and " · " not in words


@pytest.mark.parametrize(("number", "kept"), [(1, "une porte"), (2, "une cour")])
def test_of_two_wordings_one_is_kept(number: int, kept: str) -> None:
    workspace, _ids = of_several(2)
    workspace.edit([Change("gather.vision", "gather.vision", "vision@fr", "une porte")])
    single = GUIDE.question("gather.vision").single
    field = single.field("vision") if single is not None else None
    assert field is not None
    entry = workspace.partnership.entries["gather.vision"]
    for text, second in (("une porte", ""), (" ", ""), ("une cour", "une cour")):
        set_second_wording(workspace, entry, field, text)
        assert both_wordings(workspace, entry, field) == ("une porte", second)
    assert keep_wording(workspace, entry, field, number)
    now = workspace.partnership.entries["gather.vision"]
    assert (now.text("vision", "fr"), second_wording(now, "vision@fr")) == (kept, "")
    assert not keep_wording(workspace, entry, field, number), "there are no two any more"


def test_a_partner_without_a_position_gives_none() -> None:
    workspace, ids = of_several(3)
    workspace.go(Place(CONSENSUS, ids[0]))
    assert same_answer(workspace, ids) == 0 and not workspace.partnership.rows(CONSENSUS)
