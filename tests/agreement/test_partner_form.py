"""Tests of the form of one partner: what it asks, what it is prefilled with, and what must not be in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.cage import CANARY, PARTNERS, caged
from tests.agreement.forms import SAMPLES, form_of, forms_of, item, sample_forms
from tests.partnership.told import GUIDE, Told
from tui.agreement.compose import Composer
from tui.agreement.partner_form import FormFacts, partner_form
from tui.partnership.form_codes import find_codes
from tui.partnership.privacy import published


def _three() -> Told:
    told = Told()
    people = [
        {"name": "Marie Roy", "title": "directrice", "signs": True, "email": "marie@roy.example"},
        {"name": "Luc Viau", "title": "adjoint", "phone": "418 555-0100"},
    ]
    told.join("La Boussole", status="committed", auth_body="le conseil", people=people)
    told.join("Le Collège", status="committed")
    told.join("Le Phare", status="contacted")
    told.say("gather.vision", {"vision": "Personne ne reste seul", "goal": "Ouvrir le soir"})
    told.say("open.contributions", {"text": "prêter une salle", "state": "accepted"}, "La Boussole", op="add")
    told.say("open.contributions", {"text": "chanter", "state": "wished"}, "La Boussole", op="add")
    told.say("open.contributions", {"text": "payer le café", "state": "accepted"}, "Le Collège", op="add")
    told.say("commit.win_win", {"text": "un lieu sûr"}, "La Boussole", op="add")
    told.say("commit.time", {"effort": "deux jours par mois"}, "La Boussole", op="add")
    return told


def test_a_form_asks_at_most_eight_questions_and_is_filled_in_with_what_is_known() -> None:
    told = _three()
    form = form_of(told.partnership, told.ids["La Boussole"])
    assert [one.number for one in form.questions] == list(range(1, 9))
    known = [[one.known for one in question.items] for question in form.questions]
    assert known[:4] == [
        ["La Boussole"],
        ["Marie Roy", "directrice"],
        ["le conseil", ""],
        ["Luc Viau", "adjoint", "", ""],
    ]
    assert known[4] == ["prêter une salle", ""]
    assert known[5] == ["un lieu sûr", "", "Partenaire\u00a0: La Boussole · Temps\u00a0: deux jours par mois", ""]
    assert [one.code for one in form.questions[7].items[0].choices] == ["organisation", "personal"]


def test_where_nothing_is_known_yet_it_asks_for_the_first_and_not_for_another_one() -> None:
    told = _three()
    labels = [one.label for one in form_of(told.partnership, told.ids["Le Phare"]).items if one.id.startswith("new/")]
    assert labels[:2] == [
        "Ce que votre organisme pense apporter, ou s’engager à faire",
        "Ce que vous espérez recevoir",
    ]
    boussole = form_of(told.partnership, told.ids["La Boussole"])
    assert [one.label for one in boussole.items if one.id.startswith("new/")][:2] == [
        "Un autre engagement que nous aurions oublié",
        "Ce que vous espérez encore recevoir",
    ]


def test_it_says_its_purpose_who_reads_it_and_what_may_be_asked_afterwards() -> None:
    told = _three()
    french = " ".join(form_of(told.partnership, told.ids["La Boussole"]).introduction)
    for words in (
        "Ouvrir le soir",
        "ébauche 3",
        "15 décembre 2026",
        "lues par Solange Viau",
        "le retirer",
        "ne confirme rien",
    ):
        assert words in french
    english = " ".join(form_of(told.partnership, told.ids["La Boussole"], "en", FormFacts()).introduction)
    for words in ("as it stands today", "the person who prepares the text", "taken out", "confirms nothing"):
        assert words in english


def test_addresses_and_telephones_are_asked_and_never_printed() -> None:
    told = _three()
    said = repr(forms_of(told.partnership))
    assert "marie@roy.example" not in said
    assert "418 555-0100" not in said


def test_each_sentence_of_the_text_is_asked_once_with_the_point_it_is() -> None:
    told = _three()
    form = form_of(told.partnership, told.ids["La Boussole"])
    sentences = {one.known: one for one in form.sentences}
    assert list(sentences) == ["Personne ne reste seul", "Ouvrir le soir", "payer le café"]
    cafe = sentences["payer le café"]
    assert cafe.above.endswith("Le Collège · S’engage à\u00a0:")
    assert cafe.target.entry in published(GUIDE, told.partnership).points
    assert len({one.mark.key for one in form.items}) == len(form.items)


def test_words_that_change_change_the_mark_and_not_its_key() -> None:
    told = _three()
    before = form_of(told.partnership, told.ids["La Boussole"])
    row = before.questions[4].items[0]
    told.say("open.contributions", {"text": "prêter deux salles"}, "La Boussole", op="set", row=row.target.entry)
    after = form_of(told.partnership, told.ids["La Boussole"], "en")
    now = next(item for item in after.items if item.mark.key == row.mark.key)
    assert now.id == row.id
    assert now.mark.words != row.mark.words
    assert before.code.words != after.code.words
    assert {one.mark for one in before.items if one.is_sentence} <= {one.mark for one in after.items}


def test_the_code_names_partnership_draft_and_partner() -> None:
    told = _three()
    code = form_of(told.partnership, told.ids["Le Phare"], facts=FormFacts(7)).code
    assert (code.partnership, code.partner, code.number) == ("aaaaaaaaaa", told.ids["Le Phare"], 7)
    assert find_codes(code.text) == (code,)


def test_who_may_not_be_named_yet_is_asked_for_its_name_and_an_unknown_id_gets_no_form() -> None:
    told = _three()
    form = form_of(told.partnership, told.ids["Le Phare"])
    assert form.name == "" and form.questions[0].items[0].known == ""
    assert all(one.name != "Le Phare" and "Le Phare" not in repr(one) for one in forms_of(told.partnership))
    text = Composer(GUIDE).agreement(told.partnership, "fr")
    assert partner_form(GUIDE, published(GUIDE, told.partnership), text, "nobodyhere") is None


def test_the_levels_it_offers_are_those_that_a_partner_says_of_itself() -> None:
    told = _three()
    for form, more in (("short", []), ("long", ["rallies", "stands_aside", "opposes"])):
        told.setting("positions", form)
        offered = item(form_of(told.partnership, told.ids["La Boussole"]), "text/level").choices
        assert sorted(one.code for one in offered) == sorted(["agree", "reservation", "discuss", "disagree", *more])


def test_no_answer_of_anybody_is_in_a_form() -> None:
    told = _three()
    before = [form.items for form in forms_of(told.partnership)]
    for name in ("La Boussole", "Le Collège"):
        position = {"level": "reservation", "reservation": "pas le lundi", "leave": "yes"}
        told.say("commit.consensus", position, name, text="today")
    forms = forms_of(told.partnership)
    assert "pas le lundi" not in repr(forms)
    assert [form.items for form in forms] == before


@pytest.mark.slow
@settings(max_examples=40)
@given(
    partners=PARTNERS,
    state=st.sampled_from(sorted(GUIDE.choices["contribution_state"])),
    money=st.sampled_from(sorted(GUIDE.choices["funding_status"])),
    leave=st.sampled_from(["yes", "no", "ask", None]),
    agreed=st.booleans(),
    lang=st.sampled_from(["fr", "en"]),
)
def test_no_canary_sings_in_any_form(
    partners: list[tuple[str, bool]], state: str, money: str, leave: str | None, agreed: bool, lang: str
) -> None:
    cage = caged(partners, state, money, leave, agreed)
    assert CANARY in repr(cage.told.partnership)
    said = repr(forms_of(cage.told.partnership, lang))
    assert CANARY not in said
    assert "424242" not in said and "2042" not in said


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_forms_of_a_sample_differ_in_what_is_the_partner_s_own(number: int, lang: str) -> None:
    forms = sample_forms(number, lang)
    assert len({form.code for form in forms}) == len(forms) > 1
    for form in forms:
        assert len(form.questions) == 8
        assert len({one.mark.key for one in form.items}) == len(form.items)
        assert all(one.known and one.above for one in form.sentences)
        assert all(one.words or one.choices for one in form.items)
        assert item(form, "text/level").choices[0].code == "agree"
