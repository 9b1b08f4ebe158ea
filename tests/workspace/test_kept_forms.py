"""A returned form is kept as it was answered, with its decisions, and is read again from what is kept."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from tests.comparison.answered_forms import Answer, Answers, mail, replied
from tests.workspace.form_scene import CONSENSUS, DAY, Scene, said_of
from tui.partnership.completion import single_entry
from tui.partnership.meetings import POINTS
from tui.partnership.partners import WHO
from tui.partnership.received_answers import ENTRIES, RECEIVED, words_digest
from tui.partnership.record_cells import record_of
from tui.partnership.values import Change
from tui.partnership.versions import DRAFT, Version
from tui.workspace.form_review import (
    FormReview,
    read_returned_form,
    receive,
    waiting_reviews,
)

YES: Answers = {"text/level": Answer(("agree",)), "capacity": Answer(("organisation",))}


def test_the_same_file_under_another_name_and_day_is_the_same_row() -> None:
    scene = Scene()
    text = replied(scene.form(), YES).encode()
    read = read_returned_form(scene.workspace, text, "réponse.txt")
    assert read is not None
    first = receive(scene.workspace, read, text, "réponse.txt", DAY)
    assert receive(scene.workspace, read, text, "copie.txt", "2026-12-15") == first
    assert scene.partnership.rows(RECEIVED, "rows", (scene.whose,)) == (first,)


def test_a_form_is_kept_as_it_came_and_read_again_as_it_was_answered() -> None:
    scene = Scene()
    form = scene.form("en")
    asked = {"text/level": Answer(("agree", "discuss")), "text/reason": Answer((), "the rent")}
    data = mail(f"{replied(form, asked)}\n\nSee you on Tuesday.")
    row = scene.received(data, "re\u202eply\x07.eml").row
    assert row is not None and row.get("mark") == sha256(data).hexdigest()[:32]
    level, reason = (next(one for one in form.items if one.id == name) for name in asked)
    kept = {name: cell.value for name, cell in row.cells.items() if name not in ("#order", "mark")}
    assert kept == {
        "on": DAY, "means": "mail", "said_by": "Joan Whitlow", "file": "reply.eml", "code": form.code.text,
        "said": {
            level.mark.key: {"words": level.mark.words, "lang": "en", "choices": ["agree", "discuss"],
                             "printed": level.label},
            reason.mark.key: {"words": reason.mark.words, "lang": "en", "text": "the rent", "printed": reason.label},
            "remark-1": {"text": "See you on Tuesday.", "lang": "en"},
        },
    }  # fmt: skip
    review = FormReview(scene.workspace, row.id)
    assert (review.partner, review.settled) == (scene.whose, {})
    assert review.source.replace("\u00a0", " ") == "répondu par courriel par Joan Whitlow, le 30 novembre 2026"
    whole, remark = review.proposals
    assert (whole.keys, whole.said) == ((level.mark.key, reason.mark.key), "we agree · to be discussed · the rent")
    assert (remark.keys, remark.label, remark.said, remark.changes) == (
        ("remark-1",), "Écrit hors des questions", "See you on Tuesday.", None,
    )  # fmt: skip
    assert review.changed(remark, text="autre chose") == remark and not review.accept(remark)
    mended = review.changed(whole, ["discuss"])
    assert {one.cell: one.value for one in mended.changes or ()} == {
        "level": "discuss", "seen": dict(scene.workspace.public.points), "reservation@en": "the rent",
    }  # fmt: skip
    assert (mended.keys, mended.said) == (whole.keys, "to be discussed · the rent")


def test_a_file_that_tells_no_day_and_no_author_came_on_the_day_it_was_taken_in() -> None:
    scene = Scene()
    row = scene.received(replied(scene.form(), YES).encode(), " ").row
    assert row is not None and row.get("on") == DAY and not {"said_by", "file"} & row.cells.keys()


def test_what_is_taken_is_kept_with_its_source_and_what_it_said() -> None:
    scene = Scene()
    review = scene.review({"contact/people/name": Answer((), "Luc"), f"row/{scene.offer}": Answer(("confirmed",))})
    luc, row = review.open
    assert all(review.accept(one) for one in (luc, row))
    changes = scene.workspace.edits.at_risk_changes
    told = {(one.entry, one.cell) for one in changes if one.source}
    assert told == {(luc.entries[0], "#order"), (luc.entries[0], "name"), (scene.offer, "state")}
    assert {one.source for one in changes if one.source} == {review.source} != {""}
    assert review.settled == {luc.keys[0]: "taken", row.keys[0]: "taken"}
    assert review.row is not None
    entries = scene.partnership.entries
    assert record_of(review.row, "entries") == {
        name: words_digest(entries[name]) for name in (luc.entries[0], scene.offer)
    }
    assert {one.id for one in entries.values() if one.state} == {scene.whose, f"open.contributions:{scene.whose}"}
    before = record_of(review.row, "entries")
    scene.set(scene.offer, "text@fr", "prêter deux salles")
    other = scene.review({"new/commit.time/effort": Answer((), "3 h")})
    assert other.accept(other.open[0]) and record_of(review.row, "entries") == before


def test_a_point_made_of_an_answer_says_all_of_it_and_by_whom() -> None:
    scene = Scene()
    text = replied(scene.form(), {"text/level": Answer(("agree",)), "text/reason": Answer((), "sauf le loyer")})
    review = scene.received(mail(f"{text}\n\nÀ mardi."), "r.eml")
    whole, remark = review.open
    review.set_aside(remark)
    review.set_aside(whole)
    points = scene.partnership.rows(POINTS, "rows")
    assert [(one.subject, one.text("text", "fr").replace("\u00a0", " ")) for one in points] == [
        ((), "Collège : À mardi."), ((), "Collège : d’accord · sauf le loyer"),
    ]  # fmt: skip
    sources = {one.source for one in scene.workspace.edits.at_risk_changes if one.question == POINTS}
    assert sources == {review.source} and set(review.settled.values()) == {"aside"} and review.open == []


def test_a_form_that_was_taken_away_proposes_and_changes_nothing() -> None:
    scene = Scene()
    review = scene.review(YES)
    (one,) = review.open
    scene.workspace.undo()
    before = said_of(scene.partnership)
    assert review.row is None and (review.partner, review.source) == ("", "")
    assert (review.settled, review.proposals, review.plain, review.accept_plain()) == ({}, (), [], 0)
    assert not review.accept(one) and review.changed(one, ["discuss"]) == one
    assert said_of(scene.partnership) == before and waiting_reviews(scene.workspace) == ()


def test_forms_wait_until_all_is_decided_in_the_order_they_came() -> None:
    scene = Scene()
    first = scene.review(YES)
    second = scene.review({"text/level": Answer(("discuss",))}, scene.form(whose=scene.other))
    assert [one.partner for one in waiting_reviews(scene.workspace)] == [scene.whose, scene.other]
    first.refuse(first.open[0])
    assert set(first.settled.values()) == {"refused"} and first.open == [] and scene.position() == {}
    assert [one.row for one in waiting_reviews(scene.workspace)] == [second.row]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("code", "no code", []),
        ("code", None, []),
        ("said", "x", []),
        ("said", {"LEVEL": "x", "remark-1": ["x"]}, []),
        (
            "said",
            {"LEVEL": {"words": 7, "choices": "agree", "text": "sauf\x1b[31m \n le loyer"}},
            ["sauf[31m le loyer"],
        ),
        ("said", {"LEVEL": {"choices": [7], "lang": "de"}}, ["7"]),
        ("said", {"remark-1": {"text": "bonjour\x07"}, "remark-2": {}}, ["bonjour", ""]),
        ("said", {"gone": {"printed": "Vos \x07bureaux", "text": "à Sudbury"}}, ["à Sudbury"]),
    ],
)
def test_a_row_that_another_program_wrote_is_read_as_far_as_it_goes(cell: str, value: Any, said: list[str]) -> None:
    scene = Scene()
    review = scene.review(YES)
    key = next(one.mark.key for one in scene.form().items if one.id == "text/level")
    if isinstance(value, dict):
        value = {name.replace("LEVEL", key): one for name, one in value.items()}
    assert review.row is not None
    scene.set(review.row.id, cell, value)
    assert [one.said for one in review.proposals] == said
    assert all(one.item is None and one.label == "Vos bureaux" for one in review.proposals if one.said == "à Sudbury")


@pytest.mark.parametrize(("date", "on"), [("2026-11-28", "2026-11-28"), ("", DAY), ("hier", DAY), ("2026-13-40", DAY)])
def test_an_answer_came_on_the_day_that_its_file_gives(date: str, on: str) -> None:
    scene = Scene()
    data = replied(scene.form(), YES).encode()
    read = read_returned_form(scene.workspace, data, "r.txt")
    assert read is not None
    assert receive(scene.workspace, replace(read, date=date), data, "r.txt", DAY).get("on") == on


def test_a_form_of_a_partner_taken_out_waits_for_nobody() -> None:
    scene = Scene()
    scene.review(YES)
    scene.review({"text/level": Answer(("discuss",))}, scene.form(whose=scene.other))
    scene.workspace.edit([Change(scene.whose, WHO, "#removed", True, "", (scene.whose,))])
    assert [one.partner for one in waiting_reviews(scene.workspace)] == [scene.other]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_kept_form_is_read_again_in_the_language_it_was_answered_in(lang: str) -> None:
    scene = Scene()
    form = scene.form(lang)
    review = scene.review({"text/level": Answer(("discuss",)), "text/reason": Answer((), "the rent")}, form)
    (proposal,) = review.open
    assert {one.cell for one in proposal.changes or ()} >= {f"reservation@{lang}"}


def test_an_answer_to_other_words_or_to_what_is_asked_no_more_says_so() -> None:
    scene = Scene()
    review = scene.review({f"row/{scene.offer}": Answer(("refused",))})
    assert review.row is not None
    ((key, said),) = dict(review.row.get("said")).items()
    scene.set(review.row.id, "said", {key: {**said, "words": "zzzzzz", "printed": ""}})
    (reworded,) = review.open
    assert reworded.doubt.startswith("Les mots ont changé depuis ce formulaire. La réponse")
    assert reworded.label == "Collège · Propose de\u00a0:"
    scene.set(review.row.id, "said", {"zzzzzzzz": {**said, "printed": ""}})
    (gone,) = review.open
    assert (gone.label, gone.known, gone.changes) == ("Une réponse", "", None) and gone.doubt


def test_words_beside_an_answer_are_read_by_whoever_changes_it() -> None:
    scene = Scene()
    review = scene.review(YES)
    key = next(one.mark.key for one in scene.form().items if one.id == "text/level")
    assert review.row is not None
    said = dict(review.row.get("said"))
    said[key] = {**said[key], "stray": "mais pas le mardi"}
    scene.set(review.row.id, "said", said)
    (one,) = review.open
    assert one.answer is not None and one.answer.stray == "mais pas le mardi" and not one.plain and one.doubt
    mended = review.changed(one, ["agree"])
    assert mended.answer is not None and not mended.answer.stray and not mended.doubt and mended.changes
    review.set_aside(one)
    (point,) = scene.partnership.rows("extra.points", "rows")
    assert point.text("text", "fr").endswith(" · mais pas le mardi")


@pytest.mark.parametrize("answer", [Answer(("confirmed",)), Answer(("changed",), "payer le thé"), Answer(("refused",))])
def test_the_words_an_answer_was_given_on_are_noted(answer: Answer) -> None:
    scene = Scene()
    review = scene.review({f"row/{scene.mine}": answer, f"row/{scene.offer}": Answer(("confirmed",))})
    mine = next(each for each in review.open if scene.mine in each.entries)
    assert review.accept(mine)
    noted = {scene.mine: words_digest(scene.partnership.entries[scene.mine])}
    assert record_of(review.row, ENTRIES) == noted
    assert review.accept(review.open[0])
    noted[scene.offer] = words_digest(scene.partnership.entries[scene.offer])
    assert record_of(review.row, ENTRIES) == noted


@pytest.mark.parametrize("level", ["agree", "reservation"])
@pytest.mark.parametrize(("lang", "other"), [("fr", "en"), ("en", "fr")])
def test_a_second_answer_takes_the_first_reservation_away(level: str, lang: str, other: str) -> None:
    scene = Scene()
    entry = single_entry(scene.partnership, CONSENSUS, (scene.whose,))
    for cell, value in (("level", "reservation"), (f"reservation@{lang}", "le mardi"), (f"reservation@{other}", "x")):
        scene.workspace.set(scene.partnership.entry(entry.id) or entry, cell, value)
    answers = {**YES, "text/level": Answer((level,))}
    if level == "reservation":
        answers["text/reason"] = Answer((), "le lundi")
    (answered,) = scene.review(answers, scene.form(lang)).open
    said = {change.cell: change.value for change in answered.changes or () if change.cell.startswith("reservation")}
    assert said == {f"reservation@{lang}": "le lundi" if level == "reservation" else None}


@pytest.mark.parametrize("kept", [True, False])
def test_forms_that_wait_are_read_by_the_versions_that_are_kept(kept: bool) -> None:
    scene = Scene()
    points = dict(scene.workspace.public.points)
    scene.review(YES)
    scene.set(scene.offer, "text@fr", "prêter deux salles")
    versions = (Version("v1", 1, DRAFT, DAY, points=points),) if kept else ()
    (review,) = waiting_reviews(scene.workspace, versions)
    seen = [change.value for change in review.open[0].changes or () if change.cell == "seen"]
    assert seen == [points if kept else {}]


@pytest.mark.parametrize("changed", [True, False])
def test_another_wording_is_taken_whatever_the_words_became(changed: bool) -> None:
    scene = Scene()
    form = scene.form()
    if changed:
        scene.set(scene.mine, "text@fr", "payer le café et le thé")
    review = scene.review({f"row/{scene.mine}": Answer(("changed",), "payer le jus")}, form)
    (answered,) = review.open
    assert bool(answered.doubt) is changed, "it is read again first"
    assert review.accept(answered)
    assert scene.partnership.entries[scene.mine].get("text@fr") == "payer le jus"
