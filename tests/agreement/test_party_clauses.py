"""Tests of the clauses on the parties: words that agree with any name, lists of names, sums to each partner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.agreement.reading import GUIDE, Told, agreed, everything, said
from tui.agreement.joinder import joinder_document
from tui.agreement.signature_pages import signature_page
from tui.export.page_layout import running_title
from tui.export.plain_text import to_text
from tui.partnership.privacy import public_view


def plain(told: Told, lang: str = "fr") -> str:
    """The text as a plain file, with the spaces and apostrophes of a keyboard."""
    return to_text(agreed(told, lang), None).replace("\u00a0", " ").replace("’", "'")


def test_nothing_agrees_with_a_name_whose_gender_nothing_tells() -> None:
    told = Told()
    for name in ("Les Ailes du Nord", "Entraide Abitibi"):
        told.join(name, status="signatory", people=[{"name": "Ana", "title": "chef", "signs": True}])
        told.say("open.involvement", {"level": "consulted", "agreed": True}, name)
    told.join("Les Amies du quartier", status="signatory", address="4, rue Roy")
    told.join("Option", status="signatory")
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "Les Ailes du Nord", op="add")
    told.say("extra.title", {"kind": "agreement"})
    text = plain(told)
    assert "Les Ailes du Nord, agissant par Ana" in text and "Entraide Abitibi, agissant par Ana" in text
    assert "représenté" not in text and "consulté" not in text
    assert "Niveau d'implication : donne son avis avant les décisions" in text
    assert "Les Amies du quartier, ayant leur siège au 4, rue Roy;" in text and "\nOption;" in text
    assert "Les Ailes du Nord\n\nS'engagent à :" in text


def test_of_several_leads_each_has_a_share_and_a_typed_name_is_the_person_listed() -> None:
    told = Told("A", "B")
    told.say("open.who", {"people": [{"name": "Zoé Roy", "title": "chef", "accountable": True}]}, "A")
    told.say("gather.lead", {"partner": "A", "person": {"name": "Zoé Roy"}}, op="add")
    told.say("gather.lead", {"partner": "B"}, op="add")
    number = next(one.label for one in agreed(told).sections if one.id == "lead")
    assert said(told, "responsibilities")[1:] == [
        f"Zoé Roy, chef | sa part du pilotage (section {number}); personne responsable pour A",
        f"B | sa part du pilotage (section {number})",
    ]
    assert said(told, "responsibilities", "en")[2] == f"B | a share of the lead (section {number})"


def test_each_of_some_partners_is_each_of_those_that_follow() -> None:
    told = Told("Les Ailes", "Entraide", "Phare")
    row = {"source": "Don", "amount": "100 $", "status": "acquired", "each": True}
    told.say("commit.funding", {**row, "recipients": ["Les Ailes", "Entraide"]}, op="add")
    assert "100 $ à chacun des partenaires suivants : Les Ailes et Entraide" in plain(told)
    assert "$100 to each of the following partners: Les Ailes and Entraide" in plain(told, "en")
    told.say("extra.groups", {"name": "The small groups", "members": ["Les Ailes", "Entraide"]})
    told.say("commit.funding", {**row, "recipients": "The small groups"}, op="add")
    assert "$100 to each of the small groups" in plain(told, "en")


@pytest.mark.parametrize(("group", "said_of_each"), [
    ("les haltes", "à chacune des haltes"), ("Les organismes du milieu", "à chacun des organismes du milieu"),
    ("les relais", "à chaque membre du groupe « les relais »"),
    ("haltes du Nord", "à chaque membre du groupe « haltes du Nord »"),
])  # fmt: skip
def test_a_sum_to_each_of_a_group_agrees_with_what_it_calls_its_members(group: str, said_of_each: str) -> None:
    told = Told("Ailes", "Entraide", "Phare")
    told.say("extra.groups", {"name": group, "members": ["Ailes", "Entraide"]})
    row = {"source": "Don", "amount": "100 $", "status": "acquired", "each": True}
    told.say("commit.funding", {**row, "recipients": group}, op="add")
    money = {"text": "verser 250 $ à chaque groupe", "state": "accepted", "type": "money", "value": "250 $"}
    told.say("open.contributions", {**money, "recipients": group}, "Phare", op="add")
    text = " ".join(plain(told).split())
    assert f"100 $ {said_of_each}" in text and f"250 $ {said_of_each}" in text


def test_a_title_that_the_name_holds_is_not_said_twice_and_a_compound_one_tells_the_gender() -> None:
    told = Told()
    told.join("Conseil", status="signatory", people=[{"name": "Chef Ana Roy", "title": "chef", "signs": True}])
    told.join("École", status="signatory", auth_number="4", people=[
        {"name": "Zoé Roy", "title": "vice-rectrice à la recherche", "signs": True},
    ])  # fmt: skip
    told.say("extra.title", {"kind": "agreement"})
    text = " ".join(plain(told).split())
    assert "par Chef Ana Roy;" in text and "Nom et titre : Chef Ana Roy " in text
    assert "vice-rectrice à la recherche, dûment autorisée en vertu de la résolution n° 4" in text


def test_an_english_article_of_a_short_name_stands_in_no_french_sentence() -> None:
    told = Told()
    told.join("Valley Hospice", status="signatory", short_name="the Hospice",
              people=[{"name": "Ian Roy", "accountable": True}])  # fmt: skip
    told.say("extra.title", {"kind": "agreement"})
    told.say("extra.name", {"name": "Veiller"})
    assert "ci-après « Hospice »" in plain(told) and "the Hospice" not in plain(told)


def test_a_resolution_known_by_its_day_alone_and_a_signer_by_the_title_read_as_sentences() -> None:
    told = Told()
    told.join("Centre", status="signatory", auth_date="2026-11", people=[{"title": "directrice", "signs": True}])
    told.join("École", status="signatory", auth_number="12")
    told.say("extra.title", {"kind": "agreement"})
    text = " ".join(plain(told).split())
    assert "représenté par ____________________, directrice, dûment autorisée" in text
    assert "Signature autorisée par la résolution de novembre 2026 " in text
    assert "Nom et titre : ____________________, directrice" in text.replace("_" * 32, "_" * 20)
    assert "Signature autorisée par la résolution n° 12 " in text
    assert "Signature authorized by the resolution of November 2026" in plain(told, "en")


def test_a_partner_that_comes_and_goes_is_a_partner_once() -> None:
    told = Told()
    told.join("Phare", status="signatory", **{"from": "2027-01-01", "until": "2027-09-30"})
    assert "Phare, partenaire du 1er janvier 2027 au 30 septembre 2027\n" in plain(told)
    assert "Phare, partner from January 1, 2027 to September 30, 2027\n" in plain(told, "en")
    told = Told()
    told.join("Phare", status="signatory", **{"from": "2027-01", "until": "2027-01"})
    assert "Phare, partenaire en janvier 2027\n" in plain(told)
    assert "Phare, partner in January 2027\n" in plain(told, "en")


def test_a_page_to_sign_apart_names_the_version_it_is_of_and_is_no_first_section() -> None:
    told = Told()
    told.join("Centre", status="signatory", people=[{"name": "Ana Roy", "signs": True}])
    told.say("extra.title", {"kind": "agreement"})
    adopted = replace(agreed(told), edition="version 2")
    page = to_text(signature_page(GUIDE, adopted, told.ids["Centre"]), None)
    assert "\nPage de signature\n" in page and "(entente de partenariat, version 2, 22" in " ".join(page.split())


def test_the_head_of_a_page_holds_whole_words_of_a_long_title() -> None:
    told = Told("Centre")
    told.say("extra.name", {"name": "Transport collectif des aînés et des familles de la MRC du Haut-Pays"})
    assert running_title(agreed(told)).startswith("Transport collectif des aînés et des familles de la… · Ébauche")


def test_a_sentence_loses_its_full_stop_before_what_is_said_of_it() -> None:
    told = Told("Centre")
    for words in ("prêter des tablettes.", "prêter des locaux, etc."):
        told.say("open.contributions", {"text": words, "state": "accepted", "effort": "2 h"}, "Centre", op="add")
    text = plain(told)
    assert "– prêter des tablettes (2 h)" in text and "– prêter des locaux, etc. (2 h)" in text


def test_verbs_behind_a_plural_name_are_plural() -> None:
    told = Told("Les Ailes", "Services du Nord")
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "Les Ailes", op="add")
    view = public_view(GUIDE, told.partnership)
    joined = everything(joinder_document(GUIDE, view, agreed(told), told.ids["Les Ailes"], of_date="2027-03-02"))
    assert "Les Ailes ont lu le texte adopté" in joined and "Les Ailes s’engagent à" in joined
    joined = everything(joinder_document(GUIDE, view, agreed(told), told.ids["Services du Nord"], of_date="2027-03-02"))
    assert "Services du Nord a lu le texte adopté" in joined


@pytest.mark.parametrize(
    ("lang", "bylaw", "clause", "signature"),
    [
        ("fr", "Règlement n° 12 de délégation de signature", "son règlement n° 12 de délégation de signature", ""),
        ("fr", "la politique sur les signataires", "sa politique sur les signataires", ""),
        ("fr", "règlement 12 déléguant des pouvoirs", "son règlement 12 déléguant des pouvoirs", ""),
        ("fr", "12", "son règlement de délégation de signature (12)", "le règlement de délégation (12)"),
        ("en", "By-law No. 4 on Signing", "its By-law No. 4 on Signing", ""),
        ("en", "No. 4", "its by-law on the delegation of signature (No. 4)", "the by-law on delegation (No. 4)"),
    ],
)
def test_a_by_law_that_says_what_it_is_about_is_named_by_its_words(
    lang: str, bylaw: str, clause: str, signature: str
) -> None:
    told = Told()
    told.join("Club", status="signatory", auth_bylaw=bylaw, people=[{"name": "Ana", "title": "chef", "signs": True}])
    told.say("extra.title", {"kind": "agreement"})
    text = plain(told, lang)
    under, by = ("en vertu de", "Signature autorisée par") if lang == "fr" else ("under", "Signature authorized by")
    assert f"{under} {clause};" in text and f"\n{by} {signature or clause}" in text, text


@pytest.mark.parametrize(
    ("kind", "joins", "amends"),
    [
        ("statement", "Adhésion à l’énoncé", "à l’énoncé de partenariat"),
        ("agreement", "Adhésion à l’entente", "à l’entente de partenariat"),
        ("memorandum", "Adhésion au protocole", "au protocole d’entente"),
        ("principle", "Adhésion à l’accord de principe", "à l’accord de principe"),
    ],
)
def test_a_joinder_names_the_kind_of_document(kind: str, joins: str, amends: str) -> None:
    told = Told("Centre", "Refuge")
    told.say("extra.title", {"kind": kind})
    view = public_view(GUIDE, told.partnership)
    joinder = joinder_document(GUIDE, view, agreed(told), told.ids["Refuge"], of_date="2027-03-02")
    assert joinder.kind == joins and amends in everything(joinder)


def test_a_sum_to_each_of_one_alone_is_a_sum_paid_to_it() -> None:
    told = Told("Centre", "Refuge")
    row = {"source": "Don", "amount": "100 $", "status": "acquired", "each": True, "recipients": ["Centre"]}
    told.say("commit.funding", row, op="add")
    assert said(told, "resources") == ["Source | Montant | Versé à", "Don | 100 $ | Centre"]


def test_no_label_of_a_list_stands_in_the_text_and_what_is_missing_is_marked() -> None:
    told = Told("Centre")
    told.say("gather.level", {"level": "other"})
    told.say("extra.legal", {"effect": "on_date"})
    told.say("open.contributions", {"text": "parler", "type": "other", "value": "300 $", "state": "accepted"},
             "Centre", op="add")  # fmt: skip
    text = plain(told)
    assert "lien : autre" not in text and said(told, "structure")[0] == "à préciser"
    assert "prend effet [à préciser] entre les" in text
    assert "Contribution : parler\n  Valeur estimée : 300 $" in text


def test_a_body_whose_name_begins_with_a_plural_is_one_party_as_its_verb_says() -> None:
    told = Told()
    people = [{"name": "Ana", "title": "chef", "signs": True}]
    told.join("Services à la famille", status="signatory", address="4, rue Roy", people=people)
    told.say("extra.title", {"kind": "agreement"})
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "Services à la famille", op="add")
    assert "Services à la famille, ayant son siège au 4, rue Roy, représenté par Ana" in plain(told)
    told.say("open.who", {"article": "les"}, "Services à la famille")
    assert "ayant leur siège au 4, rue Roy, représentés par Ana" in plain(told) and "S'engagent à :" in plain(told)
    assert "contact person of" not in plain(told, "en")
