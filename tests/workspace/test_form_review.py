"""A returned form is compared with what is known and decided answer by answer; nothing of it is applied by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comparison.answered_forms import WAYS, Answer, Answers, answered_text, mail, quoted, replied
from tests.partnership.told import GUIDE
from tests.workspace.form_scene import CONSENSUS, DAY, Scene, proposed, said_of
from tui.comparison.returned_lines import CannotRead
from tui.form.form import FormContext, form_of
from tui.form.form_words import facts
from tui.i18n import Language, use
from tui.partnership.answer_list import REREAD, REVIEW, UNCONFIRMED
from tui.partnership.completion import CONFIRM, single_entry, state_of
from tui.partnership.meetings import POINTS
from tui.partnership.privacy import public_view
from tui.partnership.received_answers import RECEIVED, unconfirmed_notes
from tui.partnership.values import Change, Partnership
from tui.partnership.versions import DRAFT, SENT, Version
from tui.workspace.form_review import (
    FormReview,
    accept_all_plain,
    read_returned_form,
    waiting_reviews,
)
from tui.workspace.noted_answers import confirm, confirmation_mail, note_by_telephone

YES: Answers = {"text/level": Answer(("agree",)), "capacity": Answer(("organisation",))}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_yes_waits_to_be_decided_then_stands_to_be_confirmed_with_its_source(way: str) -> None:
    scene = Scene()
    before = said_of(scene.partnership)
    review = scene.review(YES, way=way)
    assert said_of(scene.partnership) == before and scene.group() == REVIEW
    (one,) = review.open
    assert one.plain and one.known == "" and one.said == "d’accord · au nom de mon organisme"
    assert review.accept(one)
    assert scene.position()["level"] == "agree" and scene.position()["seen"] == dict(scene.workspace.public.points)
    assert state_of(scene.partnership, GUIDE.question(CONSENSUS), (scene.whose,)) == CONFIRM
    assert scene.group() == UNCONFIRMED and review.open == []
    form = form_of(FormContext(GUIDE, scene.partnership, "fr"), GUIDE.question(CONSENSUS), scene.whose)
    assert any("épondu" in one.text and "30 novembre 2026" in one.text.replace("\u00a0", " ") for one in facts(form))
    confirm(scene.workspace, unconfirmed_notes(scene.partnership, scene.whose), DAY)
    assert scene.group() == "answered"
    scene.workspace.undo()
    scene.workspace.undo()
    assert said_of(scene.partnership) == before and scene.group() == REVIEW


def test_each_kind_of_answer_goes_where_it_belongs() -> None:
    scene = Scene()
    form = scene.form()
    person = {one.id for one in form.items if one.id.startswith("contact/")}
    answers = {
        f"{scene.whose}/answer/name": Answer((), "Collège des Grands-Vents"),
        f"{CONSENSUS}:{scene.whose}/answer/ratify_by": Answer((), "le conseil d'administration"),
        f"{CONSENSUS}:{scene.whose}/answer/ratify_on": Answer((), "12 janvier 2027"),
        "contact/people/name": Answer((), "Solange Viau"), "contact/people/email": Answer((), "s@college.example"),
        f"row/{scene.offer}": Answer(("confirmed",)), f"row/{scene.mine}": Answer(("changed",), "payer le thé"),
        "new/open.contributions/text": Answer((), "tenir la page Web"),
        "text/level": Answer(("reservation",)), "text/reason": Answer((), "le mardi seulement"),
        "text/leave": Answer(("all",)),
    }  # fmt: skip
    assert set(answers) <= {one.id for one in form.items} and person
    review = scene.review(answers)
    assert len(review.open) == len(answers) - 2
    assert all(review.accept(one) for one in review.open)
    entries = scene.partnership.entries
    assert entries[scene.whose].get("name@fr") == "Collège des Grands-Vents"
    assert entries[scene.offer].get("state") == "accepted" and entries[scene.mine].get("text@fr") == "payer le thé"
    position = scene.position()
    assert (position["level"], position["reservation@fr"], position["leave"], position["ratify_on"]) == (
        "reservation", "le mardi seulement", "yes", "2027-01-12",
    )  # fmt: skip
    (contact,) = scene.partnership.rows("open.who", "people", (scene.whose,))
    assert (contact.text("name", "fr"), contact.get("email@fr") or contact.get("email")) == (
        "Solange Viau", "s@college.example",
    )  # fmt: skip
    assert "tenir la page Web" in [
        row.text("text", "fr") for row in scene.partnership.rows("open.contributions", "rows")
    ]
    assert scene.group() == REREAD  # what it changed is in the text, which is another one now


def test_each_answer_changes_its_own_cells_and_no_others() -> None:
    scene = Scene()
    whose, anne, luc = scene.whose, scene.person("Anne Roy", signs=True), scene.person("Luc Viau")
    position = f"{CONSENSUS}:{whose}"
    answers = {
        f"{whose}/answer/name": Answer((), "Grand Collège"),
        f"{anne}/people/name": Answer(("confirmed",)), f"{anne}/people/title": Answer((), "directrice"),
        f"{luc}/people/name": Answer((), "Luc Vial"), f"{luc}/people/phone": Answer((), "514 555-0100"),
        f"{position}/answer/ratify_by": Answer((), "le conseil"),
        f"{position}/answer/ratify_on": Answer((), "12 janvier 2027"),
        f"row/{scene.mine}": Answer(("confirmed",)), f"row/{scene.offer}": Answer(("confirmed",)),
        f"row/{scene.shared}": Answer(("refused",)), "new/open.contributions/text": Answer((), "tenir la page"),
        "new/commit.win_win/text": Answer((), "des élèves"), "new/commit.time/effort": Answer((), "3 h"),
        "text/level": Answer(("reservation",)), "text/reason": Answer((), "le mardi"), "text/leave": Answer(("all",)),
        "sentence/gather.vision/vision": Answer(("discuss",), "trop long"),
    }  # fmt: skip
    review = scene.review(answers)
    found = {one.item.id: one for one in review.proposals if one.item is not None}
    gives, points = "open.contributions", dict(scene.workspace.public.points)
    expected = {
        f"{whose}/answer/name": (whose, "open.who", "", {"name@fr": "Grand Collège"}),
        f"{anne}/people/name": None,
        f"{anne}/people/title": (anne, "open.who", "people", {"title@fr": "directrice"}),
        f"{luc}/people/name": (luc, "open.who", "people", {"name": "Luc Vial"}),
        f"{luc}/people/phone": (luc, "open.who", "people", {"phone": "514 555-0100"}),
        f"{position}/answer/ratify_by": (position, CONSENSUS, "", {"ratify_by@fr": "le conseil"}),
        f"{position}/answer/ratify_on": (position, CONSENSUS, "", {"ratify_on": "2027-01-12"}),
        f"row/{scene.mine}": None,
        f"row/{scene.offer}": (scene.offer, gives, "rows", {"state": "accepted"}),
        f"row/{scene.shared}": (scene.shared, gives, "rows", {"partners": {"ids": [scene.other], "group": ""}}),
        "new/open.contributions/text": ("", gives, "rows", {"state": "confirmed", "text@fr": "tenir la page"}),
        "new/commit.win_win/text": ("", "commit.win_win", "receives", {"text@fr": "des élèves"}),
        "new/commit.time/effort": ("", "commit.time", "rows", {"effort@fr": "3 h"}),
        "text/level": (position, CONSENSUS, "",
                       {"level": "reservation", "seen": points, "reservation@fr": "le mardi", "leave": "yes"}),
        "sentence/gather.vision/vision": ("", CONSENSUS, "exceptions", {
            "point": "gather.vision", "text@fr": "Un accueil chaque soir", "level": "discuss",
            "reservation@fr": "trop long", "leave": "yes"}),
    }  # fmt: skip
    assert list(found) == [one.id for one in scene.form().items if one.id in expected], "in the order of the form"
    for name, wanted in expected.items():
        made = found[name].changes or ()
        assert not found[name].doubt and found[name].plain is (answers[name].choices == ("confirmed",)), name
        if wanted is None:
            assert made == ()
            continue
        entry, question, part, cells = wanted
        about = {(one.entry, one.question, one.part, one.subject) for one in made}
        subject = () if name == f"row/{scene.shared}" else (whose,)
        assert about == {(entry or made[0].entry, question, part, subject)}, name
        assert {one.cell: one.value for one in made if one.cell != "#order"} == cells, name
        assert ("#order" in {one.cell for one in made}) is not bool(entry) and found[name].entries == (made[0].entry,)
    assert len({found[name].entries for name in expected if expected[name]}) == 10, "each new row is one of its own"


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("new", "signs"), [("signatory", True), ("contact", None)])
def test_a_new_person_is_answered_field_by_field_and_is_one_person(first: int, new: str, signs: bool | None) -> None:
    scene = Scene()
    asked = {f"{new}/people/name": Answer((), "Solange Viau"), f"{new}/people/title": Answer((), "directrice")}
    review = scene.review(asked)
    assert review.accept(review.open[first])
    (other,) = review.open
    assert len(other.changes or ()) == 1 and not other.doubt
    assert [one.said for one in review.proposals] == ["Solange Viau", "directrice"], "both are still asked there"
    assert review.accept(other) and review.open == []
    (person,) = scene.partnership.rows("open.who", "people", (scene.whose,))
    assert (person.get("name"), person.get("title@fr"), person.get("signs")) == ("Solange Viau", "directrice", signs)


@pytest.mark.parametrize("first", [0, 1])
def test_a_person_that_was_taken_out_since_does_not_come_back_unseen(first: int) -> None:
    scene = Scene()
    asked = {"contact/people/name": Answer((), "Luc"), "contact/people/email": Answer((), "l@x.example")}
    review = scene.review(asked)
    assert review.accept(review.open[first])
    (person,) = scene.partnership.rows("open.who", "people", (scene.whose,))
    scene.set(person.id, "#removed", True)
    (other,) = review.open
    assert other.doubt == "Cette ligne a été retirée depuis." and not review.accept(other) and other in review.open


@pytest.mark.parametrize(
    ("gone", "doubt"), [(None, "Cette ligne y est déjà."), (True, "Cette ligne a été retirée depuis.")]
)
def test_a_new_line_that_was_sent_twice_is_one_line(gone: bool | None, doubt: str) -> None:
    scene = Scene()
    said = {"new/commit.time/effort": Answer((), "3 h")}
    first, second = (scene.review(said, way=way) for way in ("mail", "word"))
    assert first.accept(first.open[0])
    (row,) = scene.partnership.rows("commit.time", "rows")
    scene.set(row.id, "#removed", gone)
    (again,) = second.open
    assert again.doubt == doubt and not second.accept(again) and len(second.open) == 1


@pytest.mark.parametrize("choice", ["confirmed", "refused"])
def test_words_that_changed_since_are_to_be_read_again(choice: str) -> None:
    scene = Scene()
    form = scene.form()
    scene.set(scene.offer, "text@fr", "prêter deux salles")
    scene.set(scene.whose, "name@fr", "Grand Collège")
    name = f"{scene.whose}/answer/name"
    review = scene.review({**YES, name: Answer(("confirmed",)), f"row/{scene.offer}": Answer((choice,))}, form)
    row, text, called = (proposed(review, key, form) for key in (f"row/{scene.offer}", "text/level", name))
    assert called.changes is None and "Collège" in called.doubt and not review.accept(called)
    assert called.doubt.endswith("Elle confirme des mots qui n'y sont plus.")
    review.refuse(called)
    reworded = "Les mots ont changé depuis ce formulaire. Il disait : « prêter une salle »"
    assert row.changes is None and row.doubt.replace("\u00a0", " ").startswith(reworded) and not row.plain
    assert text.changes and text.doubt and not text.plain and review.plain == []
    assert not review.accept(row) and review.accept(text)
    assert scene.partnership.entries[scene.offer].get("state") == "confirmed"
    assert scene.group() == REVIEW
    review.refuse(row)
    assert scene.group() == REREAD


@pytest.mark.parametrize("kept", ["today", "sending", "version", "nowhere"])
def test_an_answer_stands_on_the_words_its_form_was_made_on_as_far_as_they_are_kept(kept: str) -> None:
    scene = Scene()
    form, points = scene.form(), dict(scene.workspace.public.points)
    others = {**points, scene.offer: "x"}
    if kept != "today":
        scene.set(scene.offer, "text@fr", "prêter deux salles")
    if kept == "sending":
        for row, seen in (("s1", points), ("s2", others), ("s3", "x")):
            scene.workspace.edit([Change(row, SENT, "#order", row, "rows"), Change(row, SENT, "seen", seen, "rows")])
    versions = [Version("v1", 1, DRAFT, DAY, points=points), Version("v2", 2, DRAFT, DAY, points=others)]
    kept_form = scene.review(YES, form).row
    assert kept_form is not None
    (one,) = FormReview(scene.workspace, kept_form.id, versions if kept == "version" else ()).open
    changed = "Le texte a changé depuis ce formulaire : la réponse vaut pour les mots d'alors, à relire."
    assert one.doubt.replace("\u00a0", " ") == ("" if kept == "today" else changed)
    assert one.plain is (kept == "today")
    seen = next(change.value for change in one.changes or () if change.cell == "seen")
    assert seen == ({} if kept == "nowhere" else points)


def test_a_second_answer_is_a_visible_change_and_the_same_file_is_none() -> None:
    scene = Scene()
    first = scene.review(YES)
    first.accept(first.open[0])
    assert scene.review(YES).open == [] and len(scene.partnership.rows(RECEIVED, "rows")) == 1
    second = scene.review({"text/level": Answer(("disagree",)), "text/reason": Answer((), "le loyer")})
    (one,) = second.open
    assert one.known == "accord" and one.said == "pas d’accord · le loyer" and not one.plain
    assert scene.position()["level"] == "agree"
    second.accept(one)
    assert scene.position()["level"] == "disagree" and scene.position()["reservation@fr"] == "le loyer"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "doubt"),
    [
        ({"text/level": Answer(("agree", "disagree"))}, "Plusieurs cases sont cochées"),
        (
            {"text/level": Answer(("agree",)), "text/reason": Answer((), "sauf le loyer")},
            "Elle dit oui et écrit une réserve",
        ),
        ({"text/level": Answer(("agree",)), "capacity": Answer(("personal",))}, "La personne répond à titre personnel"),
        ({"text/reason": Answer((), "le loyer")}, "Elle ne coche aucune réponse au texte"),
        ({"text/leave": Answer(("all",))}, "Elle ne coche aucune réponse au texte"),
        ({"row/OFFER": Answer(("changed",))}, "Elle dit que c'est à changer"),
        ({"row/OFFER": Answer(("confirmed",), "mais le mardi")}, "Elle coche une case et écrit autre chose"),
        ({"row/OFFER": Answer(("confirmed", "refused"))}, "Plusieurs cases sont cochées"),
        ({"row/SHARED": Answer(("confirmed",))}, "D'autres partenaires partagent cette ligne"),
        ({"row/SHARED": Answer(("changed",), "ne pas venir")}, "D'autres partenaires partagent cette ligne"),
        ({"WHOSE/answer/name": Answer((), "Clinique")}, "Un autre partenaire porte ce nom"),
        ({"WHOSE/answer/name": Answer(("confirmed",), "Autre nom")}, "Elle confirme ce que nous avions"),
        (
            {f"{CONSENSUS}:WHOSE/answer/ratify_on": Answer((), "quand on pourra")},
            "«\N{NO-BREAK SPACE}quand on pourra\N{NO-BREAK SPACE}» n'est pas une date",
        ),
        ({"sentence/gather.vision/vision": Answer((), "trop long")}, "Elle écrit près d'une phrase"),
    ],
    ids=str,
)
def test_what_is_not_certain_is_asked_and_changes_nothing(answers: Answers, doubt: str) -> None:
    scene = Scene()
    names = {"OFFER": scene.offer, "SHARED": scene.shared, "WHOSE": scene.whose}
    for name, there in names.items():
        answers = {key.replace(name, there): given_answer for key, given_answer in answers.items()}
    assert set(answers) <= {one.id for one in scene.form().items}
    before = said_of(scene.partnership)
    review = scene.review(answers)
    (one,) = review.open
    assert one.doubt.startswith(doubt) and "None" not in one.doubt
    assert not one.plain and not review.accept(one) and review.accept_plain() == 0
    texts = {held.text for held in answers.values() if held.text}
    pieces = one.said.split(" · ")
    assert texts <= set(pieces) and len(pieces) == len(texts) + sum(len(held.choices) for held in answers.values())
    assert said_of(scene.partnership) == before
    review.set_aside(one)
    (point,) = scene.partnership.rows(POINTS, "rows")
    assert review.open == [] and point.id and point.text("text", "fr").startswith("Collège : ")


def test_an_answer_is_changed_before_it_is_accepted() -> None:
    scene = Scene()
    review = scene.review({"text/level": Answer(("agree",)), "text/reason": Answer((), "sauf le loyer")})
    (one,) = review.open
    other = review.changed(one, ["reservation"])
    assert review.accept(other)
    assert (scene.position()["level"], scene.position()["reservation@fr"]) == ("reservation", "sauf le loyer")
    row = review = scene.review({f"row/{scene.offer}": Answer(("changed",))})
    (wish,) = row.open
    assert review.accept(review.changed(wish, text="prêter deux salles\x1b[31m"))
    assert scene.partnership.entries[scene.offer].get("text@fr") == "prêter deux salles[31m"


def test_a_shared_line_is_left_by_one_and_stays_the_others() -> None:
    scene = Scene()
    review = scene.review({f"row/{scene.shared}": Answer(("refused",))})
    assert review.accept(review.open[0])
    assert scene.partnership.entries[scene.shared].givers == (scene.other,)


@pytest.mark.parametrize(("lang", "label"), [("fr", "Réponse au texte"), ("en", "Answer to the text")])
def test_the_answer_to_the_whole_text_is_called_so(lang: Language, label: str) -> None:
    scene = Scene()
    use(lang)
    review = scene.review({"text/level": Answer(("agree",))})
    assert [proposal.label for proposal in review.open] == [label]


def test_a_sentence_becomes_an_exception_once() -> None:
    scene = Scene()
    key = "sentence/gather.vision/vision"
    for level in ("discuss", "disagree"):
        review = scene.review({key: Answer((level,), f"trop long, {level}")})
        assert review.accept(review.open[0])
    (row,) = scene.partnership.rows(CONSENSUS, "exceptions", (scene.whose,))
    assert (row.get("point"), row.get("level"), row.get("reservation@fr")) == (
        "gather.vision", "disagree", "trop long, disagree",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("leave", "answer", "remark"),
    [("all", "yes", "yes"), ("answer_only", "yes", "no"), ("no", "no", "no"), ("", None, None)],
)
def test_leave_to_publish_is_given_for_what_it_names_alone(leave: str, answer: str | None, remark: str | None) -> None:
    scene = Scene()
    said = {**YES, "sentence/gather.vision/vision": Answer(("discuss",), "trop long")}
    review = scene.review({**said, "text/leave": Answer((leave,))} if leave else said)
    assert all(review.accept(one) for one in review.open) and review.plain == []
    (row,) = scene.partnership.rows(CONSENSUS, "exceptions", (scene.whose,))
    assert (scene.position().get("leave"), row.get("leave")) == (answer, remark)


@pytest.mark.parametrize("level", ["agree", "reservation", "discuss", "disagree"])
@pytest.mark.parametrize("capacity", ["organisation", "personal", ""])
def test_an_answer_is_plain_where_an_organisation_says_yes_and_nothing_else(level: str, capacity: str) -> None:
    scene = Scene()
    said = {"text/level": Answer((level,)), **({"capacity": Answer((capacity,))} if capacity else {})}
    (one,) = scene.review(said).open
    assert one.plain is (level == "agree" and capacity == "organisation")
    assert (one.changes is None) is (capacity == "personal")


def test_only_plain_yeses_are_accepted_together() -> None:
    scene = Scene()
    mine = {**YES, f"row/{scene.mine}": Answer(("confirmed",)), f"row/{scene.offer}": Answer(("refused",))}
    scene.review(mine)
    other = scene.form(whose=scene.other)
    scene.review({**YES, "sentence/gather.vision/vision": Answer(("disagree",))}, other)
    waiting = waiting_reviews(scene.workspace)
    assert [len(one.plain) for one in waiting] == [2, 0]
    assert accept_all_plain(scene.workspace, waiting) == 2
    assert scene.position()["level"] == "agree"
    assert scene.partnership.entry(f"{CONSENSUS}:{scene.other}") is None
    assert not scene.partnership.entries[scene.offer].removed
    scene.workspace.undo()
    assert scene.position() == {}


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Exact", True),
        ("C'est exact, merci.", True),
        ("Exact, sauf le mardi", False),
        ("Non, le jeudi", None),
        ("", None),
    ],
)  # fmt: skip
def test_exact_confirms_what_was_noted_by_telephone(said: str, plain: bool | None) -> None:
    scene = Scene()
    scene.workspace.set(single_entry(scene.partnership, CONSENSUS, (scene.whose,)), "level", "agree")
    scene.workspace.set(
        scene.partnership.entries[f"{CONSENSUS}:{scene.whose}"], "seen", dict(scene.workspace.public.points)
    )
    note_by_telephone(scene.workspace, CONSENSUS, scene.whose, "Solange Viau", "Marie", DAY)
    body = confirmation_mail(scene.workspace, scene.whose).letter.body
    attribution = "Le 1 déc. 2026 à 9:00, Marie <m@exemple.example> a écrit :"
    review = scene.received(mail(f"{said}\n\n{attribution}\n{quoted(body)}"), "r.eml")
    assert scene.group() in (REVIEW, UNCONFIRMED)
    assert [one.plain for one in review.open if one.changes is not None] == ([] if plain is None else [plain])
    if plain is not None:
        noted = [(one.label, one.known.replace("\u00a0", " ")) for one in review.open if one.changes is not None]
        assert noted == [("Ce qui a été noté au téléphone", "Position sur le texte : accord")]
    assert review.accept_plain() == (plain is True)
    assert scene.group() == ("answered" if plain else REVIEW if said else UNCONFIRMED)
    if plain is False:
        assert review.open[0].doubt == "Elle dit plus que « exact » : lisez-la d'abord."
        assert review.accept(review.open[0]) and scene.group() == "answered"
    row = scene.partnership.rows(RECEIVED, "rows", (scene.whose,))[0]
    assert row.get("confirmed") == (DAY if plain is not None else None), "on the day the answer was sent"
    if plain is not None:
        remark = review.proposals[-1]
        assert (remark.keys, remark.label, remark.said) == (("remark-1",), "Écrit hors des questions", said)


def test_exact_confirms_nothing_that_was_changed_since() -> None:
    scene = Scene()
    scene.workspace.set(single_entry(scene.partnership, CONSENSUS, (scene.whose,)), "level", "agree")
    note_by_telephone(scene.workspace, CONSENSUS, scene.whose, "Solange Viau", "Marie", DAY)
    body = confirmation_mail(scene.workspace, scene.whose).letter.body
    scene.workspace.set(scene.partnership.entries[f"{CONSENSUS}:{scene.whose}"], "level", "disagree")
    review = scene.received(mail(f"Exact\n\n{quoted(body)}"), "r.eml")
    assert [one.changes for one in review.open] == [None]


def test_exact_confirms_nothing_that_was_noted_since_the_mail() -> None:
    scene = Scene()
    scene.workspace.set(single_entry(scene.partnership, CONSENSUS, (scene.whose,)), "level", "agree")
    note_by_telephone(scene.workspace, CONSENSUS, scene.whose, "Solange Viau", "Marie", DAY)
    body = confirmation_mail(scene.workspace, scene.whose).letter.body
    note_by_telephone(scene.workspace, CONSENSUS, scene.whose, "Luc Viau", "Marie", DAY)
    review = scene.received(mail(f"Exact\n\n{quoted(body)}"), "r.eml")
    assert [one.changes for one in review.open] == [None] and review.plain == []


def test_forms_of_others_are_refused() -> None:
    scene, other = Scene(), Scene()
    workspace = scene.workspace
    form = answered_text(scene.form(), YES)
    twice = form + answered_text(scene.form(whose=scene.other), YES)
    code = scene.form().code
    assert Partnership("bbbbbbbbbb") != workspace.partnership
    foreign = form.replace(code.text, type(code)("b" * 10, code.partner, 0, code.words).text)
    unknown = form.replace(code.text, type(code)(code.partnership, "b" * 10, 0, code.words).text)
    damaged = form.replace(code.text, code.text[:-1] + ("a" if code.text[-1] != "a" else "b"))
    before = workspace.partnership
    for text in (twice, foreign, unknown, damaged):
        for data in (text.encode(), quoted(text).encode(), mail(quoted(text))):
            with pytest.raises(CannotRead) as error:
                read_returned_form(workspace, data, "")
            assert str(error.value).count(".") >= 1
    assert workspace.partnership is before and other.position() == {}


@pytest.mark.slow
def test_what_came_back_is_private_and_hostile_words_are_cleaned() -> None:
    scene = Scene()
    words = 'oui\x1b]0;titre\x07 \u202eesrevni\u2066 =HYPERLINK("http://x") <script>x</script> **gras** \x9b31m'
    for way in WAYS:
        review = scene.review(
            {"new/open.contributions/text": Answer((), f"{way} {words}" if way != "word" else way)}, way=way
        )
        for one in review.open:
            assert not any(sign in one.said for sign in "\x1b\x07\u202e\u2066\x9b")
            review.accept(one)
    view = public_view(GUIDE, scene.partnership)
    assert not any(one.question == RECEIVED for one in view.entries.values())
    texts = [str(cell.value) for one in scene.partnership.entries.values() for cell in one.cells.values()]
    assert not any(sign in text for text in texts for sign in "\x1b\x07\u202e\u2066\x9b")


@st.composite
def some_answers(draw: st.DrawFn) -> dict[int, tuple[int, str]]:
    """Answers by the number of the item: which box (0: none), and words."""
    words = st.text("abc é'-", max_size=30).map(lambda text: " ".join(text.split()))
    words = words.filter(lambda text: not text or any(map(str.isalnum, text)))
    return draw(st.dictionaries(st.integers(0, 25), st.tuples(st.integers(0, 4), words), max_size=8))


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(some_answers())
def test_nothing_is_applied_that_the_answers_do_not_touch(chosen: dict[int, tuple[int, str]]) -> None:
    """Accepted whole, only the entries that a proposal names differ; undone, all is as it was."""
    scene = Scene()
    form = scene.form()
    answers = {}
    for number, (box, words) in chosen.items():
        item = form.items[number % len(form.items)]
        codes = [one.code for one in item.choices]
        one = Answer((codes[box - 1],) if 0 < box <= len(codes) else (), words if item.words else "")
        if one.choices or one.text:
            answers[item.id] = one
    before = said_of(scene.partnership)
    review = scene.received(replied(form, answers).encode(), "r.txt")
    assert {key for one in review.proposals for key in one.keys if "-" not in key} == {
        item.mark.key for item in form.items if item.id in answers
    }
    named = {change.entry for one in review.open for change in one.changes or ()}
    done = sum(review.accept(one) for one in list(review.open) if one.changes is not None)
    after = said_of(scene.partnership)
    marks = {name: {k: v for k, v in cells.items() if k != "#state"} for name, cells in after.items()}
    bare = {name: {k: v for k, v in cells.items() if k != "#state"} for name, cells in before.items()}
    assert {name for name in {*marks, *bare} if marks.get(name, {}) != bare.get(name, {})} <= named
    for _step in range(done):
        scene.workspace.undo()
    assert said_of(scene.partnership) == before
