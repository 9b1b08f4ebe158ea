"""Every kind of field: what is understood, what is refused with what to type instead, what is said of it."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from tests.line_mode.person import NBSP, Person
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.form.form import FormField, form_field
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import partners
from tui.partnership.values import Change, Entry
from tui.text import moments
from tui.workspace.typed_values import (
    options,
    partner_named,
    partner_of,
    partners_of,
    row_number,
    split_partner,
    value_of,
)
from tui.workspace.workspace import Workspace

TOWN = ("Ville", "Ville de Windsor", "Club de lecture", "Club de marche", "7", "Lire et écrire", "Parti")
ONE_MORE = "Tapez son numéro ou son nom."
NO_NUMBERED = "Aucun partenaire ne s’appelle « {} ». " + ONE_MORE
SEVERAL = "« {} » peut désigner plusieurs partenaires. Tapez le numéro ou le nom entier."


def town() -> Workspace:
    """Six partners that are active, whose names are hard to tell apart, and one that left."""
    told = Told(*TOWN)
    told.say("open.who", {"status": "withdrawn"}, "Parti")
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store)


def name_of(workspace: Workspace, partner: str) -> str:
    """The name of the partner of that id."""
    return next(one.name("fr") for one in partners(workspace.partnership) if one.id == partner)


@pytest.mark.parametrize(
    ("typed", "meant", "exactly"),
    [
        ("1", "Ville", "Ville"), (" 2 ", "Ville de Windsor", "Ville de Windsor"),
        ("6", "Lire et écrire", "Lire et écrire"),
        ("7", "7", "7"), ("ville", "Ville", "Ville"), (" VILLE DE WINDSOR ", "Ville de Windsor", "Ville de Windsor"),
        ("windsor", "Ville de Windsor", ""), ("marche", "Club de marche", ""), ("Parti", "", "Parti"),
    ],
)  # fmt: skip
def test_one_partner_is_meant_by_its_number_its_name_or_some_letters(typed: str, meant: str, exactly: str) -> None:
    workspace = town()
    known = [one for one in partners(workspace.partnership) if one.active]
    for name, read in ((meant, lambda: partner_of(workspace, typed, known).name("fr")),
                       (exactly, lambda: name_of(workspace, partner_named(workspace, typed)))):  # fmt: skip
        with nullcontext() if name else pytest.raises(BadValue):
            assert read() == name


@pytest.mark.parametrize(
    ("typed", "said", "strictly"),
    [("club", SEVERAL, "aucun partenaire ne s'appelle « {} »"), ("8", NO_NUMBERED, NO_NUMBERED),
     ("0", NO_NUMBERED, NO_NUMBERED), ("123", NO_NUMBERED, "aucun partenaire ne s'appelle « {} »"),
     ("…", NO_NUMBERED, "aucun partenaire ne s'appelle « {} »")],
)  # fmt: skip
def test_who_is_not_one_partner_is_told_what_to_type(typed: str, said: str, strictly: str) -> None:
    workspace = town()
    known = [one for one in partners(workspace.partnership) if one.active]
    for read, wanted in ((lambda: partner_of(workspace, typed, known), said),
                         (lambda: partner_named(workspace, typed), strictly)):  # fmt: skip
        with pytest.raises(BadValue) as caught:
            read()
        assert str(caught.value).replace(NBSP, " ").replace("'", "’") == wanted.format(typed).replace("'", "’")


def test_some_letters_are_of_the_name_and_the_short_name_in_the_language_that_is_spoken() -> None:
    told = Told(*TOWN)
    told.join("Santé", short_name={"fr": "ACSM", "en": "CMHA"})
    told.say("open.who", {"name": {"fr": "Santé", "en": "Health"}}, "Santé")
    store = Memory()
    store.partnership = told.partnership
    known = partners(told.partnership)
    for lang, words, others in (("fr", ("san", "acs"), ("hea", "cmh")), ("en", ("hea", "cmh"), ("san", "acs"))):
        workspace = Workspace(GUIDE, told.partnership, store)
        workspace.lang = lang
        assert {partner_of(workspace, word, known).id for word in words} == {told.ids["Santé"]}
        for word in others:
            with pytest.raises(BadValue):
                partner_of(workspace, word, known)


def test_a_long_name_of_nobody_is_told_in_sixty_letters() -> None:
    workspace = town()
    for length, said in ((60, "x" * 60), (61, "x" * 59 + "…")):
        with pytest.raises(BadValue, match=f"«.{said}.»"):
            partner_of(workspace, "x" * length, ())


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("2, 3", [2, 3]), ("2 3", [2, 3]), ("3 3", [3, 3]), ("1 et 3", [1, 3]), ("1 AND 3 & 4", [1, 3, 4]), ("7", [5]),
     ("Lire et écrire", [6]), ("Lire et écrire, ville", [6, 1]), ("Lire et écrire et ville", [6, 1]),
     ("ville, ville, 1", [1]), ("tous", [1, 2, 3, 4, 5, 6]), ("Toutes", [1, 2, 3, 4, 5, 6]),
     ("everyone", [1, 2, 3, 4, 5, 6])],
)  # fmt: skip
def test_several_partners_are_meant_by_numbers_names_or_all(typed: str, numbers: list[int]) -> None:
    assert [one.name("fr") for one in partners_of(town(), typed)] == [TOWN[number - 1] for number in numbers]


def place(workspace: Workspace, question: str, field_id: str) -> FormField:
    """A field of a question's answer, or of a new row of its list, to be typed in."""
    asked = GUIDE.question(question)
    part, field = next((part, one) for part in asked.parts for one in part.fields if one.id == field_id)
    return form_field(workspace.form_context, part, Entry("x", question, part.id), field)


NOTHING = "Il n’y a rien de lisible dans cette ligne. Tapez-la de nouveau."
NO_CHOICE = "« {} » n’est pas un des choix. Tapez le numéro d’un choix, ou ses mots."
NO_FLAG = "« {} » ne se comprend pas ici. Tapez oui ou non."


@pytest.mark.parametrize(
    ("question", "field", "typed", "value"),
    [
        ("gather.vision", "vision", "\n  un\x07\n- deux\n\n", "  un\n- deux"),
        ("extra.name", "name", " un\ndeux ", "un deux"),
        ("open.involvement", "agreed", "NON.", False),
        *(("open.involvement", "agreed", word, True) for word in ("oui", "o", "yes", "y")),
        *(("open.involvement", "agreed", word, False) for word in ("non", "n", "no")),
        ("open.involvement", "level", "contributes", "contributes"),
        ("open.involvement", "level", "décide avec", "decides"),
        ("open.who", "kind", "org", "community"),
        ("open.how_many", "min", " 12 ", 12),
        ("extra.review", "date", "12 novembre", "2027-11-12"),
        ("gather.lead", "partner", "windsor", "Ville de Windsor"),
        ("gather.lead", "partner", "ville", "Ville"),
    ],
)
def test_the_value_of_what_is_typed(
    monkeypatch: pytest.MonkeyPatch, question: str, field: str, typed: str, value: object
) -> None:
    monkeypatch.setattr(moments, "now", lambda: "2026-12-01T09:00:00-05:00")
    workspace = town()
    read = value_of(workspace, place(workspace, question, field), typed)
    assert (name_of(workspace, str(read)) if field == "partner" else read) == value


@pytest.mark.parametrize(
    ("question", "field", "typed", "said"),
    [
        ("gather.vision", "vision", " \n\x07\n", NOTHING), ("extra.name", "name", "\u202e", NOTHING),
        ("extra.review", "date", "", NOTHING), ("open.involvement", "level", "…", NO_CHOICE.format("…")),
        ("open.involvement", "level", "", NO_CHOICE.format("")),
        ("open.involvement", "level", "x" * 61, NO_CHOICE.format("x" * 59 + "…")),
        ("open.involvement", "agreed", "x" * 61, NO_FLAG.format("x" * 59 + "…")),
        ("gather.lead", "partner", "club", "aucun partenaire ne s’appelle « club »"),
        ("extra.review", "date", "03/04/2026",
         "« 03/04/2026 » peut être deux jours : écrivez 4 mars 2026 ou 3 avril 2026"),
    ],
)  # fmt: skip
def test_what_cannot_be_the_value_is_said(question: str, field: str, typed: str, said: str) -> None:
    workspace = town()
    with pytest.raises(BadValue) as caught:
        value_of(workspace, place(workspace, question, field), typed)
    assert str(caught.value).replace(NBSP, " ").replace("'", "’") == said


def test_what_may_be_meant_is_said_in_the_language_that_is_spoken() -> None:
    workspace = town()
    workspace.lang = "en"
    with pytest.raises(BadValue, match=r"March 4, 2026 .* April 3, 2026"):
        value_of(workspace, place(workspace, "extra.review", "date"), "03/04/2026")


def test_choices_are_numbered_from_one_or_by_the_number_their_words_bring() -> None:
    workspace = town()
    level = options(place(workspace, "open.involvement", "level"))
    assert [(one.number, one.code) for one in level[:2]] == [("1", level[0].code), ("2", level[1].code)]
    assert level[2].words == "contribue" and not any(one.words[:1].isdigit() for one in level)
    numbered = FormField(
        workspace.form_context, "x", "choice", GUIDE.question("extra.name").parts[0], Entry("x", "extra.name"),
        others=(("a", "3  Le bruit"), ("b", "La vie")),
    )  # fmt: skip
    assert [(one.number, one.code, one.words) for one in options(numbered)] == [
        ("3", "a", "Le bruit"),
        ("2", "b", "La vie"),
    ]


@pytest.mark.parametrize(
    ("typed", "number"), [("1", 1), (" 3 ", 3), ("2026", 0), ("un", 0), ("1.", 0), ("", 0), ("0", -1), ("4", -1)]
)
def test_a_small_number_is_that_of_a_row(typed: str, number: int) -> None:
    if number >= 0:
        assert row_number(typed, "abc") == number
        return
    with pytest.raises(BadValue) as caught:
        row_number(typed, "abc")
    assert str(caught.value) == f"Il n’y a pas de ligne {typed} ici."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "code"),
    [("3", "contributes"), ("contribue", "contributes"), ("DÉCIDE AVEC LES AUTRES", "decides"), ("déc", "decides"),
     ("leads", "leads"), ("5.", "leads"), ("avec autres", "decides")],
)  # fmt: skip
def test_choice_by_number_words_or_some_letters(pair: Person, typed: str, code: str) -> None:
    said = pair.types("/aller 3", typed)
    assert pair.answer("open.involvement", 1).get("level") == code
    assert "\n3. contribue\n" in said and "Enregistré : " in said


@pytest.mark.parametrize("typed", ["6", "0", "con", "peut-être", "…"])
def test_choice_that_is_none_is_asked_again(pair: Person, typed: str) -> None:
    said = pair.types("/aller 3", typed, "pilote")
    assert f"« {typed} » n’est pas un des choix" in said
    assert pair.answer("open.involvement", 1).get("level") == "leads"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "value"), [("oui", True), ("oui.", True), ("o", True), ("Yes", True), ("non", False), ("N", False)]
)
def test_flag(pair: Person, typed: str, value: bool) -> None:
    said = pair.types("/aller 3", "", "bof", typed)
    assert "« bof » ne se comprend pas ici. Tapez oui ou non." in said
    assert pair.answer("open.involvement", 1).get("agreed") is value


def test_number_is_asked_again_until_it_is_one(pair: Person) -> None:
    said = pair.types("/aller 2", "deux", "2")
    assert "Tapez un nombre entier" in said
    assert pair.answer("open.how_many").get("min") == 2


def test_date_is_asked_again_until_it_is_one(pair: Person) -> None:
    said = pair.types("/aller révision", "bientôt", "22 novembre 2026", "en réunion")
    assert "« bientôt » n" in said and "Enregistré : 22 novembre 2026." in said
    review = pair.answer("extra.review")
    assert (review.get("date"), review.text("how", "fr")) == ("2026-11-22", "en réunion")


def test_a_date_without_its_year_is_the_next_one(pair: Person) -> None:
    pair.types("/aller révision", "22 novembre", "en réunion")
    assert str(pair.answer("extra.review").get("date")).endswith("-11-22")


def test_period_that_is_none_makes_no_row(pair: Person) -> None:
    pair.types("/aller 23", "un de ces jours", "d'octobre 2026 à mars 2027")
    (row,) = pair.partnership.rows("extra.dates", "rows")
    assert row.get("period") == {"start": "2026-10", "end": "2027-03"}


def test_amount_partners_and_flags_of_a_row(pair: Person) -> None:
    said = pair.types(
        "/aller 17", "Fonds d'innovation", "1", "/plus", "", "beaucoup", "12 000 $", "acquis", "oui", "non",
        "tous, sauf ACSM Windsor-Essex", "ACSM Windsor-Essex", "mars 2027",
    )  # fmt: skip
    (row,) = pair.partnership.rows("commit.funding", "rows")
    assert row.get("amount") == {"amount": "12000", "currency": "CAD"}
    assert (row.get("status"), row.get("ceiling"), row.get("each"), row.get("due")) == (
        "acquired", True, False, "2027-03",
    )  # fmt: skip
    assert row.get("partners")["ids"] == [pair.partner(1)]
    assert row.get("recipients")["ids"] == [pair.partner(2)]
    assert "« beaucoup »" in said


def test_partner_by_some_letters_and_people(pair: Person) -> None:
    said = pair.types("/aller pilotage", "Hydro", "windsor-e", "1", "", "Anne Roy", "coordonner", "2027", "", "/voir 6")
    (row,) = pair.partnership.rows("gather.lead", "rows")
    assert row.get("partner") == pair.partner(2)
    assert (row.get("person"), row.text("mandate", "fr"), row.get("until")) == (
        {"name": "Anne Roy"},
        "coordonner",
        "2027",
    )
    assert "Hydro" in said and "Anne Roy" in said.rpartition("6. Pilotage")[2]


def test_someones_of_a_body(pair: Person) -> None:
    pair.types("/aller gouvernance", "comité de pilotage", "1", "", "Université de Windsor, Anne Roy", "chaque mois")
    (row,) = pair.partnership.rows("gather.governance", "bodies")
    assert row.get("members") == [{"partner": pair.partner(1)}, {"name": "Anne Roy"}]


def test_a_short_text_is_continued_on_its_line(pair: Person) -> None:
    said = pair.types(
        "/aller 18", "Counseling", "/retour", "/ajouter", "après", "les heures", "", "/aller 3", "/ajouter"
    )
    assert pair.answer("extra.name").text("name", "fr") == "Counseling après les heures"
    assert "pas de texte à continuer" in said


@pytest.mark.parametrize("end", ["", "."])
def test_prose_ends_with_an_empty_line_or_a_dot(pair: Person, end: str) -> None:
    pair.types("/aller vision", "Une ville où", "- chacun", "- chacune", end, "le but", end)
    vision = pair.answer("gather.vision")
    assert (vision.text("vision", "fr"), vision.text("goal", "fr")) == ("Une ville où\n- chacun\n- chacune", "le but")


def test_prose_is_replaced_by_typing_and_continued_by_a_command(pair: Person) -> None:
    pair.types("/aller vision", "premier", "")
    said = pair.types("/aller vision", "second", "", "/retour", "/ajouter", "troisième", "")
    assert pair.answer("gather.vision").text("vision", "fr") == "second\n\ntroisième"
    assert "Vision commune, actuellement : premier" in said


def test_a_text_that_begins_like_a_command_is_typed_with_the_sign_doubled(pair: Person) -> None:
    said = pair.types("/aller nom", "/etc", "//etc", "/aller nom", "...suite")
    assert "Aucune commande ne s’appelle « etc »" in said and "Enregistré." in said
    assert pair.answer("extra.name").text("name", "fr") == "...suite"


def test_private_is_said_in_words(pair: Person) -> None:
    said = pair.types("/aller 4", "/aller 13", "", "à revoir", "")
    assert "ne paraîtra jamais dans le document" in said
    assert "À retravailler (privé)" in said


def test_a_pair_is_told_by_two_numbers_or_names(pair: Person) -> None:
    pair.types("/aller 1", "Ville de Windsor")
    said = pair.types(
        "/aller confiance", "1", "1 et 9", "1 et 3", "bonne", "", "acsm, ville", "2", "note", "", "/répéter"
    )
    assert pair.answer("open.trust", 1, 3).get("scale") == "good"
    assert pair.answer("open.trust", 2, 3).text("note", "fr") == "note"
    assert "1 partenaire a été compris" in said
    assert "Université de Windsor, et Ville de Windsor" in said


def test_position_keeps_the_words_it_was_given_on(pair: Person) -> None:
    pair.types("/aller vision", "Une vision", "", "/aller 15", "", "accord")
    assert pair.answer("commit.consensus", 1).get("seen")


@pytest.mark.parametrize("typed", ["7", "opposition"])
def test_a_level_of_the_long_form_that_stands_is_offered_in_the_short_one(pair: Person, typed: str) -> None:
    who = pair.partner(1)
    cells = {"level": "opposes", "reservation@fr": "non"}
    name = f"commit.consensus:{who}"
    pair.store.save(pair.id, [Change(name, "commit.consensus", cell, one, "", (who,)) for cell, one in cells.items()])
    said = pair.types("/aller 15", "", typed)
    assert "Position, actuellement : opposition" in said and "6. sans réponse\n7. opposition\nTapez" in said
    assert "aucun des choix" not in said and pair.answer("commit.consensus", 1).get("level") == "opposes"
    assert "7. " not in pair.types("/aller 15", "/partenaire 2", "").partition("Partenaire 2")[2]


def test_clear_takes_an_answer_out(pair: Person) -> None:
    said = pair.types("/aller 3", "pilote", "/retour", "/effacer", "/aller 7", "/effacer")
    assert pair.answer("open.involvement", 1).get("level") is None
    assert "aucune réponse" in said and "pas ici de réponse à effacer" in said


@pytest.mark.parametrize(
    ("line", "meant", "rest"),
    [
        ("Ville de Windsor mardi", "Ville de Windsor", "mardi"), ("Ville mardi", "Ville", "mardi"),
        ("2 : mardi, le soir", "Ville de Windsor", "mardi, le soir"), ("1", "Ville", ""),
        ("lire et écrire: oui", "Lire et écrire", "oui"), ("club de marche ; non", "Club de marche", "non"),
        ("Ville de Windsor", "Ville de Windsor", ""),
    ],
)  # fmt: skip
def test_a_line_begins_with_the_longest_name_that_stands_there(line: str, meant: str, rest: str) -> None:
    workspace = town()
    partner, words = split_partner(workspace, line, partners(workspace.partnership))
    assert (partner.name("fr"), words) == (meant, rest)


def test_a_number_before_a_line_counts_the_partners_asked() -> None:
    workspace = town()
    asked = partners(workspace.partnership)[2:4]
    assert split_partner(workspace, "2 mardi", asked)[0].name("fr") == "Club de marche"
    with pytest.raises(BadValue):
        split_partner(workspace, "3 mardi", asked)
