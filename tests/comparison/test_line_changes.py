"""Lines and rows added to a returned text: each goes into its list, and is « already so » only if it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.comparison.taking import changes_accepting
from tests.comparison.test_difference_changes import near
from tests.comparison.test_difference_changes import told as lines_of
from tests.partnership.told import AT, GUIDE, Told
from tui.agreement.blocks import Origin
from tui.agreement.compose import Composer
from tui.comparison.returned_diff import ADDED, CHANGED, MOVED, Difference, OriginalLine, ReturnedLine, match_lines
from tui.comparison.returned_match import agreement_lines
from tui.partnership.changes import apply
from tui.partnership.values import ORDER, Change, Partnership

COFFEE = "fournir le café"
A, B, C = "Centre A", "Centre B", "Centre C"


def told() -> Told:
    """Return a partnership with a joint list, one of its first partner alone, and tables of time, objectives, money."""
    made = Told(A, B, C, status="committed")
    made.say("open.contributions", {"text": "prêter la salle", "partners": [A, B]}, A, op="add")
    made.say("open.contributions", {"text": "tenir la liste"}, A, op="add")
    made.say("commit.time", {"effort": "2 h par semaine", "for": "animer", "period": "2026"}, A, op="add")
    made.say("commit.time", {"effort": "3 h par semaine", "for": "animer", "period": "2027"}, C, op="add")
    made.say("gather.objectives", {"text": "ouvrir le soir", "indicator": "cent visites", "owner": C}, op="add")
    made.say("gather.objectives", {"text": "ouvrir le samedi", "indicator": "dix visites", "owner": A}, op="add")
    for source, payer in (("Ville", A), ("Fonds", B), ("Legs", A)):
        made.say(
            "commit.funding", {"source": source, "amount": "100 $", "status": "acquired", "partners": [payer]}, op="add"
        )
    return made


def differences(partnership: Partnership, behind: Mapping[str, tuple[str, ...]]) -> tuple[Difference, ...]:
    """Return the differences if lines were added behind those of a text; several behind a cell are a new row."""
    ours = agreement_lines(GUIDE, Composer(GUIDE).agreement(partnership, "fr"))
    theirs: list[ReturnedLine] = []
    waiting: tuple[str, ...] = ()
    for at, line in enumerate(ours):
        theirs.append(ReturnedLine(line.text, row=line.row))
        waiting = behind.get(line.text, waiting)
        if waiting and not (line.row and at + 1 < len(ours) and ours[at + 1].row == line.row):
            theirs += [ReturnedLine(text, row=1000 if line.cell else 0) for text in waiting]
            waiting = ()
    return tuple(one for one in match_lines(ours, theirs) if one.kind == ADDED)


def accepted(partnership: Partnership, one: Difference) -> Partnership | None:
    """The partnership with a difference taken in; None where no field takes it, the same where it is so already."""
    made = changes_accepting(GUIDE, partnership, one)
    return None if made is None else apply(partnership, made, by="", at=AT).partnership


def rows(partnership: Partnership, question: str) -> list[tuple[tuple[str, ...], Any]]:
    """Whose each row of a list is, and its main words."""
    part = GUIDE.by_id[question].part("rows")
    assert part is not None and part.main is not None
    return [(row.givers, row.text(part.main.id, "fr")) for row in partnership.rows(question, "rows")]


@pytest.mark.parametrize("own_first", [False, True])
def test_one_sentence_put_into_a_joint_list_and_into_its_first_partners_own_is_taken_twice(own_first: bool) -> None:
    made = told()
    found = differences(made.partnership, {"prêter la salle": (COFFEE,), "tenir la liste": (COFFEE,)})
    assert len(found) == 2
    partnership = made.partnership
    for one in found[::-1] if own_first else found:
        after = accepted(partnership, one)
        assert after is not None and after != partnership
        partnership = after
        assert accepted(partnership, one) == partnership, "a second time it says so already"
    a, b = made.ids[A], made.ids[B]
    assert sorted(givers for givers, text in rows(partnership, "open.contributions") if text == COFFEE) == sorted(
        [(a,), (a, b)]
    )


@pytest.mark.parametrize("row", [
    (B, "2 h par semaine", "animer", "—"),  # as one of another partner
    (A, "2 h par semaine", "tenir le registre", "—"),  # for something else
    (A, "2 h par semaine", "—", "2027"),
    (B, "5 h par semaine", "animer", "2027"),
])  # fmt: skip
@pytest.mark.parametrize("behind", ["2 h par semaine", "3 h par semaine"])
def test_a_row_of_which_some_words_stand_already_is_one_more_of_its_partner(row: tuple[str, ...], behind: str) -> None:
    made = told()
    (found,) = differences(made.partnership, {behind.replace(" h", "\u00a0h"): row})
    after = accepted(made.partnership, found)
    assert after is not None
    new = [entry for entry in after.rows("commit.time", "rows") if entry.id not in made.partnership.entries]
    assert [(entry.givers, entry.subject, entry.text("effort", "fr")) for entry in new] == [
        ((made.ids[row[0]],), (made.ids[row[0]],), row[1])
    ]
    assert [entry.text("for", "fr") for entry in new] == [row[2].strip("—")]
    assert accepted(after, found) == after


@pytest.mark.parametrize("row", [
    (A, "2 h par semaine", "animer", "—"), (C, "3 h par semaine", "animer", "2027"),
])  # fmt: skip
def test_a_row_that_stands_word_for_word_is_already_so(row: tuple[str, ...]) -> None:
    partnership = told().partnership
    (found,) = differences(partnership, {"2\u00a0h par semaine": row})
    assert changes_accepting(GUIDE, partnership, found) == ()


def test_a_row_whose_words_stand_in_the_other_language_alone_is_one_more() -> None:
    made = told()
    english = {"effort": {"fr": "6 h", "en": "6 hours"}, "for": {"fr": "lire", "en": "read"}, "period": "2028"}
    made.say("commit.time", english, A, op="add")
    (found,) = differences(made.partnership, {"2\u00a0h par semaine": (A, "6 hours", "read", "—")})
    after = accepted(made.partnership, found)
    assert after is not None and len(after.entries) == len(made.partnership.entries) + 1


def test_a_row_without_the_value_of_one_that_stands_is_not_that_one() -> None:
    partnership = told().partnership
    for row, changes in ((("Ville", "—", A), None), (("Ville", "100 $", A), ())):
        (found,) = differences(partnership, {"Ville": row})
        assert changes_accepting(GUIDE, partnership, found) == changes


@pytest.mark.parametrize("behind", ["2 h par semaine", "3 h par semaine"])
def test_a_row_of_several_partners_is_one_row_of_them_all(behind: str) -> None:
    made = told()
    row = (f"{A} et {C}", "5 h par semaine", "lire", "—")
    (found,) = differences(made.partnership, {behind.replace(" h", "\u00a0h"): row})
    after = accepted(made.partnership, found)
    assert after is not None
    (new,) = [entry for name, entry in after.entries.items() if name not in made.partnership.entries]
    owners = (made.ids[A], made.ids[C])
    assert new.givers == owners and new.get("partners") == {"ids": list(owners), "group": ""}
    assert (new.subject, new.text("effort", "fr"), new.text("for", "fr")) == ((), "5 h par semaine", "lire")
    assert accepted(after, found) == after


@pytest.mark.parametrize(
    ("before", "behind", "said"),
    [("Avant.", "Avant.", "Avant.\n\ntrois"), ("- un\n- deux", "un", "- un\n- trois\n- deux"),
     ("Avant.\n\n- un\n- deux\n\nFin.", "deux", "Avant.\n\n- un\n- deux\n- trois\n\nFin."),
     ("1. un\n2. deux", "deux", "1. un\n2. deux\n2. trois"), ("Avant.\n\nFin.", "Avant.", "Avant.\n\ntrois\n\nFin."),
     ("* un\n* trois", "un", "* un\n* trois")],
)  # fmt: skip
def test_a_line_behind_an_item_is_an_item_and_behind_a_paragraph_a_paragraph(
    before: str, behind: str, said: str
) -> None:
    made = Told("A")
    made.say("gather.vision", {"vision": before})
    (found,) = differences(made.partnership, {behind: ("trois",)})
    after = accepted(made.partnership, found)
    assert after is not None and after.entries["gather.vision"].text("vision", "fr") == said
    assert accepted(after, found) == after


@pytest.mark.parametrize(("due", "is_last"), [(None, True), ("2027", False)])
def test_a_line_behind_the_last_words_of_a_row_of_several_is_a_row(due: str | None, is_last: bool) -> None:
    made = Told("A")
    made.say("gather.objectives", {"text": "ouvrir le soir", "indicator": "cent visites", "due": due}, op="add")
    first, indicator, *_due = [
        one.text for one in lines_of(made.partnership) if one.origin.question == "gather.objectives"
    ]
    for behind, is_row in ((first, True), (indicator, is_last)):
        (found,) = differences(made.partnership, {behind: ("lire",)})
        after = accepted(made.partnership, found)
        said = [] if after is None else [text for _whose, text in rows(after, "gather.objectives")]
        assert said == (["ouvrir le soir", "lire"] if is_row else [])


@pytest.mark.parametrize("whose", ["", "—", "Centre Z"])
def test_a_row_of_nobody_here_is_taken_by_no_partner(whose: str) -> None:
    partnership = told().partnership
    (found,) = differences(partnership, {"2\u00a0h par semaine": (whose, "5 h par semaine", "animer", "—")})
    assert changes_accepting(GUIDE, partnership, found) is None


@pytest.mark.parametrize(("behind", "place"), [("Porté par", 0), ("cent visites", 1), ("dix visites", 2)])
def test_a_row_put_into_a_table_stands_where_it_was_put(behind: str, place: int) -> None:
    partnership = told().partnership
    (found,) = differences(partnership, {behind: ("ouvrir le midi", "—", B)})
    after = accepted(partnership, found)
    expected = ["ouvrir le soir", "ouvrir le samedi"]
    expected.insert(place, "ouvrir le midi")
    assert after is not None and [text for _whose, text in rows(after, "gather.objectives")] == expected


@pytest.mark.parametrize("tied", [False, True])
def test_a_row_moves_among_those_of_other_payers(tied: bool) -> None:
    """Two rows that were put at one place, by two who did not see each other's, are apart once one was moved."""
    partnership = told().partnership
    _first, *others = partnership.rows("commit.funding", "rows")
    if tied:
        one_place = [Change(one.id, one.question, ORDER, "z", one.part, one.subject) for one in others]
        partnership = apply(partnership, one_place, by="", at=AT).partnership
    ours = agreement_lines(GUIDE, Composer(GUIDE).agreement(partnership, "fr"))
    places = {line.text: line.row for line in ours if line.cell}
    first, second, third = (text for _whose, text in rows(partnership, "commit.funding"))
    order = [places[first], places[third], places[second]]
    moved = iter([line for row in order for line in ours if line.row == row])
    theirs = [ReturnedLine((one := next(moved)).text, row=one.row) if line.row in order else
              ReturnedLine(line.text, row=line.row) for line in ours]  # fmt: skip
    found = [one for one in match_lines(ours, theirs) if one.kind == MOVED]
    assert len(found) == 1
    after = accepted(partnership, found[0])
    assert after is not None
    assert [text for _whose, text in rows(after, "commit.funding")] == [first, third, second]


def test_a_row_moves_before_others_that_were_put_at_its_own_place() -> None:
    """The last of three rows of one place goes before the other two: in that place it stands behind them by its id."""
    made = told()
    made.say("commit.funding", {"source": "Don", "amount": "100 $", "status": "acquired", "partners": [A]}, op="add")
    partnership = made.partnership
    _first, *others = partnership.rows("commit.funding", "rows")
    one_place = [Change(row.id, row.question, ORDER, "z", row.part, row.subject) for row in others]
    partnership = apply(partnership, one_place, by="", at=AT).partnership
    ours = agreement_lines(GUIDE, Composer(GUIDE).agreement(partnership, "fr"))
    places = {line.text: line.row for line in ours if line.cell}
    first, second, third, last = (text for _whose, text in rows(partnership, "commit.funding"))
    order = [places[text] for text in (first, last, second, third)]
    moved = iter([line for row in order for line in ours if line.row == row])
    lines = (next(moved) if line.row in order else line for line in ours)
    (found,) = match_lines(ours, [ReturnedLine(line.text, row=line.row) for line in lines])
    after = accepted(partnership, found)
    assert after is not None
    assert [text for _whose, text in rows(after, "commit.funding")] == [first, last, second, third]


@pytest.mark.parametrize("name", ["Lundi", "Centre de jour"])
def test_a_name_that_a_text_elsewhere_says_too_is_not_that_text(name: str) -> None:
    said = Told(name, "Oui")
    said.say("open.who", {"short_name": "Lundi"}, name)
    said.say("gather.lead", {"partner": name}, op="add")
    said.say("gather.governance", {"bodies": [{"name": "Comité", "frequency": "Lundi"}]})
    ours = agreement_lines(GUIDE, Composer(GUIDE).agreement(said.partnership, "fr"))
    places = [at for at, one in enumerate(ours) if one.text == "Lundi" and one.origin.question != "gather.governance"]
    assert len(places) > 1
    for place in places:
        texts = ["Lundi Soir" if at == place else one.text for at, one in enumerate(ours)]
        for one in match_lines(ours, [ReturnedLine(text) for text in texts]):
            made = changes_accepting(GUIDE, said.partnership, one) or ()
            assert all(change.question != "gather.governance" for change in made)


def test_paragraphs_that_came_back_as_one_and_then_cut_elsewhere_are_so_in_their_text() -> None:
    said = Told("A")
    first, second = "Une porte ouverte à tous ceux qui passent.", "Une oreille le jour, sans rendez-vous."
    said.say("gather.vision", {"vision": f"Avant.\n\n{first}\n\n{second}\n\nAprès."})
    at = next(at for at, one in enumerate(lines_of(said.partnership)) if one.text == first)
    (joined,) = near(lines_of(said.partnership), at, f"{first} {second}", gone=2)
    after = accepted(said.partnership, joined)
    assert after is not None
    assert after.entries["gather.vision"].text("vision", "fr") == f"Avant.\n\n{first} {second}\n\nAprès."
    (cut,) = near(lines_of(after), at, "Une porte ouverte à tous ceux", f"qui passent. {second}")
    last = accepted(after, cut)
    assert last is not None
    assert last.entries["gather.vision"].text("vision", "fr") == (
        f"Avant.\n\nUne porte ouverte à tous ceux\n\nqui passent. {second}\n\nAprès."
    )
    assert accepted(last, cut) == last, "a second time it says so already"
    said.say("gather.vision", {"vision": "Tout autre chose."})
    assert accepted(said.partnership, joined) is None, "what was joined is there no more"


@pytest.mark.parametrize(("question", "field"), [("open.contributions", "text"), ("commit.time", "effort")])
def test_a_row_in_a_table_that_does_not_say_whose_it_is_is_of_nobody(question: str, field: str) -> None:
    """The row beside it may be of two partners together: the new one is not theirs for that."""
    made = told()
    for beside in (made.partnership.rows(question, "rows")[0].id, "gone"):
        line = OriginalLine("", Origin(beside, field, question), "commitments", cell=True)
        found = Difference(ADDED, line, "", COFFEE, theirs=COFFEE, previous=line, cells=((field, COFFEE), ("", "—")))
        assert changes_accepting(GUIDE, made.partnership, found) is None


def test_a_name_that_holds_a_colon_is_taken_behind_its_label() -> None:
    said = Told(A, "Fonds : Nord")
    said.say("commit.funding", {"fiscal_agent": A})
    ours = lines_of(said.partnership)
    at = next(at for at, one in enumerate(ours) if one.origin.field == "fiscal_agent")
    label = ours[at].text.partition(A)[0]
    for theirs, expected in (("Fonds : Nord.", [said.ids["Fonds : Nord"]]), ("", None), ("Centre Z.", None)):
        (found,) = near(ours, at, label + theirs)
        made = changes_accepting(GUIDE, said.partnership, found)
        assert made is expected if made is None else [change.value for change in made] == expected


def test_a_line_that_was_reworded_since_changes_no_other_text_that_it_said() -> None:
    made = told()
    made.say("gather.vision", {"vision": COFFEE})
    (row,) = made.say("open.contributions", {"text": f"tenir la salle, {COFFEE}"}, C, op="add")
    ours = lines_of(made.partnership)
    at = next(at for at, one in enumerate(ours) if one.origin.entry == row and one.origin.field == "text")
    (found,) = near(ours, at, f"{ours[at].text} et le thé")
    assert [change.entry for change in changes_accepting(GUIDE, made.partnership, found) or ()] == [row]
    made.take(Change(row, "open.contributions", "text@fr", "tout autre chose", "rows", (made.ids[C],)))
    assert changes_accepting(GUIDE, made.partnership, found) is None


@pytest.mark.parametrize(
    ("inside", "cells"),
    [("{} le soir", ["effort@fr"]), ("{}, le soir", None), ("le soir, {}", None), ("{} (le soir)", None),
     ("(le soir) {}", None), ("déjà {}", ["effort@fr"])],
)  # fmt: skip
def test_words_set_apart_beside_one_field_of_a_line_of_several_are_not_that_fields(
    inside: str, cells: list[str] | None
) -> None:
    made = told()
    (row,) = made.say("open.contributions", {"text": "épauler", "effort": "6 jours"}, C, op="add")
    ours = lines_of(made.partnership)
    at = next(at for at, one in enumerate(ours) if one.origin.entry == row and one.origin.field == "text")
    shown = next(effort for effort in ("6 jours", "6\u00a0jours") if effort in ours[at].text)
    (found,) = near(ours, at, ours[at].text.replace(shown, inside.format(shown)))
    changes = changes_accepting(GUIDE, made.partnership, found)
    assert (None if changes is None else [change.cell for change in changes]) == cells


def test_paragraphs_joined_into_what_their_field_cannot_say_are_listed() -> None:
    """The dots that were moved apart would stand together in the field, which would then say « … »."""
    said = Told("A")
    said.say("gather.vision", {"vision": "Une porte ouverte.\n\nUne oreille le jour. un. un.."})
    ours = lines_of(said.partnership)
    at = next(at for at, one in enumerate(ours) if one.text.startswith("Une porte"))
    (found,) = near(ours, at, "Une porte ouverte. Une oreille le jour. un.. .un", gone=2)
    assert len(found.joined) == 2 and changes_accepting(GUIDE, said.partnership, found) is None


@pytest.mark.parametrize(("theirs", "changes"), [("Montant\u00a0:", None), ("100\u00a0$", ())])
def test_a_cell_told_in_a_line_is_listed_where_it_lost_its_value_and_not_where_it_lost_its_label(
    theirs: str, changes: tuple[()] | None
) -> None:
    partnership = told().partnership
    ours = agreement_lines(GUIDE, Composer(GUIDE).agreement(partnership, "fr"), records=True)
    at = next(at for at, one in enumerate(ours) if one.origin.field == "amount")
    assert ours[at].label and ours[at].row
    assert [changes_accepting(GUIDE, partnership, one) for one in near(ours, at, theirs)] == [changes]


def test_a_paragraph_that_begins_its_text_already_is_not_put_in_again() -> None:
    made = Told("A")
    made.say("gather.vision", {"vision": "trois\n\nAvant."})
    (found,) = differences(made.partnership, {"Avant.": ("trois",)})
    assert changes_accepting(GUIDE, made.partnership, found) == ()


def test_what_is_left_of_a_text_whose_first_paragraph_is_taken_out_is_written_as_it_was() -> None:
    made = Told("A")
    made.say("gather.vision", {"vision": "Avant.\n\n- un\n- deux  "})
    ours = lines_of(made.partnership)
    (found,) = near(ours, next(at for at, one in enumerate(ours) if one.text == "Avant."))
    after = accepted(made.partnership, found)
    assert after is not None and after.entries["gather.vision"].text("vision", "fr") == "- un\n- deux  "


@pytest.mark.parametrize(("cell", "value"), [("text@fr", None), ("#removed", True)])
def test_words_of_a_row_that_was_emptied_since_are_not_put_into_it(cell: str, value: object) -> None:
    made = told()
    row = made.partnership.rows("open.contributions", "rows")[1]
    ours = lines_of(made.partnership)
    (found,) = near(ours, next(at for at, one in enumerate(ours) if one.origin.entry == row.id), "tenir la caisse")
    made.take(Change(row.id, row.question, cell, value, row.part, row.subject))
    assert changes_accepting(GUIDE, made.partnership, found) is None


def test_a_title_that_came_back_in_two_lines_is_one_line_and_a_text_keeps_its_own() -> None:
    partnership = told().partnership
    ours = lines_of(partnership)
    for field, said in (("own", "Une porte, un seuil"), ("text", "Une porte,\nun seuil")):
        line = next(one for one in ours if one.origin.question.startswith("extra.") and one.origin.field == field)
        found = Difference(CHANGED, line, line.text, "Une porte,\nun seuil", theirs="Une porte,\nun seuil")
        assert [change.value for change in changes_accepting(GUIDE, partnership, found) or ()] == [said]


@pytest.mark.parametrize("state", ["confirmed", "accepted"])
def test_a_row_put_beside_another_stands_as_that_one_does(state: str) -> None:
    made = Told(A, B)
    made.say("open.contributions", {"text": "tenir la liste", "state": state}, A, op="add")
    (found,) = differences(made.partnership, {"tenir la liste": (COFFEE,)})
    after = accepted(made.partnership, found)
    assert after is not None
    assert [(row.text("text", "fr"), row.get("state")) for row in after.rows("open.contributions", "rows")] == [
        ("tenir la liste", state), (COFFEE, state),
    ]  # fmt: skip


def test_a_row_is_taken_out_where_it_is_printed_first() -> None:
    made = told()
    ours = lines_of(made.partnership)
    (found,) = near(ours, next(at for at, line in enumerate(ours) if line.text == "tenir la liste"))
    assert [change.cell for change in changes_accepting(GUIDE, made.partnership, found) or ()] == ["#removed"]
    again = replace(found, ours=replace(found.ours, again=True))
    assert changes_accepting(GUIDE, made.partnership, again) is None


@pytest.mark.parametrize(
    ("now", "is_gone"),
    [("Tout autre chose.", True), ("Avant.\n\nUne porte ouverte à ceux qui passent le matin.", False)],
)
def test_a_paragraph_is_gone_where_nothing_like_it_is_there(now: str, is_gone: bool) -> None:
    made = Told(A)
    made.say("gather.vision", {"vision": "Avant.\n\nUne porte ouverte à tous ceux qui passent.", "goal": "Un but"})
    ours = lines_of(made.partnership)
    (found,) = near(ours, next(at for at, line in enumerate(ours) if line.text.startswith("Une porte")))
    assert changes_accepting(GUIDE, made.partnership, found)
    made.say("gather.vision", {"vision": now})
    assert changes_accepting(GUIDE, made.partnership, found) == (() if is_gone else None)


def test_what_a_group_is_called_is_not_taken_out_with_its_line() -> None:
    made = Told(A, B, C, status="committed")
    made.say("extra.groups", {"name": "Les haltes", "members": [A, B]}, op="add")
    made.say("open.contributions", {"text": "lire", "partners": "Les haltes", "state": "accepted"}, A, op="add")
    ours = lines_of(made.partnership)
    at = next(at for at, line in enumerate(ours) if line.origin.question == "extra.groups")
    (found,) = near(ours, at)
    assert changes_accepting(GUIDE, made.partnership, found) is None
