"""Tests of how typical answers read: groups, signatories, periods, holes, articles of the partnership."""

from __future__ import annotations

import pytest

from tests.agreement.reading import GUIDE, Told, agreed, everything, lines, said, section
from tui.agreement.compose import Composer
from tui.partnership.partners import active, people
from tui.partnership.privacy import public_view
from tui.partnership.review import review
from tui.partnership.values import Change, as_of
from tui.text.dates import parse_period

LOCALS = [f"Organisme {number}" for number in range(1, 11)]
SEVEN = ["vision", "objectives", "structure", "lead", "commitments", "responsibilities", "accountability"]


def windsor() -> Told:
    """The first published case: two partners, twenty years of common projects, two periods of exams."""
    told = Told("Université de Windsor", "ACSM Windsor-Essex")
    told.say("open.history", "ce qui s'est mal passé en 2015", pair=["Université de Windsor", "ACSM Windsor-Essex"])
    told.say("extra.name", "Counseling après les heures")
    told.say("extra.context", "Les deux organismes collaborent depuis une vingtaine d'années.")
    told.say(
        "gather.vision", {"vision": "Une oreille le soir.", "goal": "Soutenir les étudiants en période de pointe."}
    )
    told.say("gather.objectives", ["offrir du counseling pendant les examens", "augmenter la capacité sans embauche"])
    told.say("gather.level", {"level": "collaboration au niveau des services", "function": "Projet reconductible."})
    for name, clause, kind in (
        ("Université de Windsor", "prêter des locaux pour les séances", "locaux"),
        ("Université de Windsor", "faire connaître le service aux étudiants", "promotion"),
        ("ACSM Windsor-Essex", "fournir du personnel de counseling qualifié", "personnel"),
    ):
        told.say("open.contributions", {"text": clause, "type": kind, "state": "accepted"}, name, op="add")
    told.say("commit.win_win", "une capacité accrue", "Université de Windsor", op="add")
    told.say("extra.dates", ["décembre 2018", "avril 2019"])
    told.say("extra.communication", {"communication": "La publicité dit à qui le service s'adresse."})
    return told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_case_1_has_exactly_its_five_holes_and_reads_well(lang: str) -> None:
    told = windsor()
    agreement = agreed(told, lang)
    assert {hole.id for hole in agreement.holes} == {"lead", "governance", "accountability", "money", "review_date"}
    assert len(agreement.holes) == 5
    assert "2015" not in everything(agreement)
    assert [one.id for one in agreement.sections if one.id in SEVEN] == SEVEN


def test_case_1_names_its_holes_where_they_are_and_in_section_14() -> None:
    told = windsor()
    assert said(told, "lead") == ["à préciser"]
    assert said(told, "open_points") == [
        "Les points suivants restent à préciser :",
        "- la gouvernance (section 5)",
        "- le pilotage (section 6)",
        "- la reddition de comptes (section 9)",
        "- l’argent et le financement (section 10)",
        "- la date de révision (section 11)",
    ]


def test_two_periods_of_one_month_each() -> None:
    assert said(windsor(), "term") == ["- décembre 2018", "- avril 2019", "Date de révision : à préciser"]
    assert said(windsor(), "term", "en") == ["- December 2018", "- April 2019", "Review date: to be specified"]


@pytest.mark.parametrize(("typed", "french", "english"), [
    ("2027", "en 2027", "in 2027"), ("octobre 2026", "en octobre 2026", "in October 2026"),
])  # fmt: skip
def test_a_year_or_a_month_alone_is_said_as_in_a_sentence(typed: str, french: str, english: str) -> None:
    told = Told("A")
    told.say("extra.dates", [{"period": typed}])
    assert said(told, "term")[0] == f"- {french}" and said(told, "term", "en")[0] == f"- {english}"
    assert parse_period(french, "fr") == parse_period(typed, "fr") == parse_period(english, "en")


def test_bounded_periods_with_what_they_are_for() -> None:
    told = Told("A")
    told.say("extra.dates", [{"period": "du 1er mai 2017 au 31 mars 2018", "label": "projet pilote"}])
    told.say("extra.dates", {"period": "d'octobre 2026 à mars 2027"}, op="add")
    assert said(told, "term")[:2] == [
        "- projet pilote : du 1er mai 2017 au 31 mars 2018",
        "- d’octobre 2026 à mars 2027",
    ]
    assert said(told, "term", "en")[1] == "- from October 2026 to March 2027"


def test_commitments_stand_as_typed_under_each_name() -> None:
    assert said(windsor(), "commitments") == [
        "# Université de Windsor",
        "S’engage à :",
        "- prêter des locaux pour les séances",
        "- faire connaître le service aux étudiants",
        "Université de Windsor reçoit :",
        "- une capacité accrue",
        "# ACSM Windsor-Essex",
        "S’engage à :",
        "- fournir du personnel de counseling qualifié",
    ]


def eleven() -> Told:
    """One lead and ten local groups."""
    told = Told("Centre", *LOCALS)
    told.say("extra.groups", {"name": {"fr": "les organismes locaux", "en": "the local groups"}, "members": LOCALS})
    return told


def given(told: Told, partners: object) -> list[str]:
    """What section 7 says of one commitment given by several."""
    told.say("open.contributions", {"text": "prêter une salle", "state": "accepted", "partners": partners})
    lines = said(told, "commitments")
    assert lines.count("- prêter une salle") == 1, "one commitment is printed once"
    return lines[:2]


def test_ten_groups_under_one_commitment() -> None:
    assert given(eleven(), "les organismes locaux") == ["# Les organismes locaux", "S’engagent à :"]


def test_a_group_is_told_by_its_members_and_not_by_one_who_declined() -> None:
    told = eleven()
    told.say("open.who", {"status": "declined"}, partner=LOCALS[0])
    means = next(line for line in said(told, "partners") if "désigne" in line)
    assert means.startswith(f"« les organismes locaux » désigne {LOCALS[1]}, ")
    assert means.endswith(f" et {LOCALS[-1]}.")
    assert LOCALS[0] + "," not in means
    assert given(told, "les organismes locaux")[0] == "# Les organismes locaux", "who declined is no exception"


def test_everyone_but_the_lead() -> None:
    assert given(eleven(), "tous sauf Centre")[0] == "# Tous les partenaires, sauf Centre"


def test_a_group_but_two() -> None:
    told = eleven()
    assert given(told, "les organismes locaux sauf Organisme 2, Organisme 3")[0] == (
        "# Les organismes locaux, sauf Organisme 2 et Organisme 3"
    )
    assert said(told, "commitments", "en")[0] == "# The local groups, except Organisme 2 and Organisme 3"


def test_everyone() -> None:
    told = eleven()
    assert given(told, "tous")[0] == "# Tous les partenaires"
    told.join("Nouveau", status="interested")
    assert said(told, "commitments")[0] == "# Tous les partenaires, sauf Nouveau", (
        "who joins later has promised nothing"
    )


def test_who_declined_gives_nothing_any_more() -> None:
    told = Told("A", "B", "C")
    row = {"text": "prêter une salle", "state": "accepted", "type": "space", "effort": "3 h", "partners": "tous"}
    told.say("open.contributions", row)
    told.say("open.contributions", {**row, "text": "animer", "owner": "Zoé", "partners": ["C"]})
    told.say("open.who", {"status": "declined"}, "C")
    text = everything(agreed(told))
    assert "un organisme à confirmer" not in text
    assert "animer" not in text
    assert said(told, "commitments")[0] == "# Tous les partenaires"


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_is_gone_without_a_name_is_nobody_to_be_confirmed(status: str) -> None:
    told = Told("A", "B")
    gone = told.join("Tu", status=status)
    told.say(
        "gather.governance",
        {
            "bodies": [{"name": "comité", "members": [{"partner": gone}]}],
            "reports": [{"what": "bilan", "who": {"partner": gone}, "to": {"partner": gone}}],
        },
    )
    told.say("gather.lead", {"rows": [{"partner": gone, "mandate": "animer"}]})
    told.say("gather.objectives", [{"text": "offrir un répit", "owner": {"partner": gone}}])
    told.say("commit.funding", {"rows": [{"source": "Ville", "status": "acquired", "recipients": {"ids": [gone]}}]})
    told.say("open.who", {"people": [{"name": "Ida Tu"}]}, "Tu")
    person = people(told.partnership, gone)[0].id
    told.say("gather.lead", {"rows": [{"person": {"person": person}, "mandate": "garder"}]})
    told.say("extra.responsibilities", {"what": "la page Web", "who": {"person": person}})
    if status == "declined":  # not even with the yes that it gave to be named
        told.say("open.who", {"named": True}, "Tu")
    text = everything(agreed(told))
    assert "à confirmer" not in text
    assert "a quitté" not in text
    assert "Tu" not in text
    assert said(told, "lead") == ["- à préciser : animer", "- à préciser : garder"]
    found = review(GUIDE, told.partnership, "fr")
    assert sorted(one.field for one in found if one.id == "empty_seat") == ["members", "person", "who", "who"]


def test_who_withdraws_without_a_name_stays_one_to_be_confirmed_until_its_day() -> None:
    told = Told("A")
    told.join("Tu", status="withdrawn", until="2027-03-01")
    for day, listed in (("2027-03-01", ["- A", "- Un organisme à confirmer"]), ("2027-03-02", ["- A"])):
        seen = as_of(told.partnership, day)
        found = section(Composer(GUIDE).agreement(seen, "fr"), "partners")
        assert found is not None
        assert [text.replace("\u00a0", " ") for text in lines(found.blocks)] == listed
        assert len(active(seen)) == len(active(public_view(GUIDE, seen)))
        assert "2027-03" not in repr(public_view(GUIDE, seen).entries), "its date tells of whom nobody may know"


def test_in_kind_and_time_name_the_group_in_both_languages() -> None:
    told = eleven()
    row = {"text": "prêter une salle", "state": "accepted", "type": "space", "effort": "3 h par semaine"}
    told.say("open.contributions", {**row, "partners": "les organismes locaux"})
    told.say("commit.time", {"effort": "2 h par mois", "partners": "les organismes locaux"})
    assert said(told, "resources")[-1] == (
        "Les contributions en nature sont celles que disent les engagements (section 6)."
    )
    assert (
        said(told, "resources", "en")[-1]
        == "The in-kind contributions are those stated in the commitments (section 6)."
    )
    assert "The local groups | 2 h par mois" in said(told, "term", "en")
    told.say("open.contributions", {**row, "text": "prêter un local", "value": "5 000 $"}, "Centre")
    assert said(told, "resources")[1:3] == [
        "Partenaire | Contribution | Valeur estimée",
        "Centre | prêter un local | 5 000 $",
    ]


def test_a_time_that_a_commitment_says_is_not_said_again_in_a_table() -> None:
    told = Told("Centre")
    given = {"text": "animer le comité", "state": "accepted", "effort": "3 h par mois"}
    told.say("open.contributions", given, "Centre", op="add")
    for aim in ("", "le comité", "autre chose"):
        told.say("commit.time", {"effort": "3 h par mois", "for": aim}, "Centre", op="add")
    paid = {"text": "payer une préposée, vingt heures par semaine", "state": "accepted"}
    told.say("open.contributions", paid, "Centre", op="add")
    for effort, aim in (("20 h par semaine", "la préposée"), ("20 h par mois", ""), ("vingt heures", "la préposée")):
        told.say("commit.time", {"effort": effort, "for": aim}, "Centre", op="add")
    told.say("commit.time", {"effort": "5 h"}, "Centre", op="add")
    rows = [line for line in said(told, "term") if line.startswith("Centre |")]
    assert rows == ["Centre | 3 h par mois | autre chose", "Centre | 20 h par mois | ",
                    "Centre | vingt heures | la préposée", "Centre | 5 h | "]  # fmt: skip


def test_two_signatories_and_one_resolution() -> None:
    told = Told()
    told.join(
        "Collège",
        status="signatory",
        people=[{"name": "Marie", "title": "directrice", "signs": True}, {"name": "Paul", "title": "président"}],
        auth_body="conseil d'administration",
        auth_number="CA-2026-14",
        auth_date="3 novembre 2026",
    )
    people = told.partnership.rows("open.who", "people")
    told.say("open.who", {"signs": True}, row=people[1].id)
    authorisation = "Signature autorisée par le conseil d’administration, résolution n° CA-2026-14 du 3 novembre 2026"
    assert said(told, "signatures")[1:] == [
        "✍ Collège",
        "  Marie, directrice",
        "  Paul, président",
        f"  {authorisation}",
    ]


def test_an_unincorporated_partner_that_lends_a_room() -> None:
    told = Told()
    told.join("Le Cercle", status="committed", kind="groupe non constitué", short_name="Cercle", role="hôte")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Cercle", op="add")
    assert said(told, "partners") == ["- Le Cercle (ci-après « Cercle »), hôte, groupe non constitué"]
    assert said(told, "commitments") == ["# Cercle", "Propose de :", "- prêter une salle"]
    assert said(told, "signatures")[-1] == "✍ Le Cercle", "a blank line is left for a name"


def test_the_fiscal_agent_need_not_lead() -> None:
    told = Told("Université", "Maison")
    told.say("gather.lead", {"partner": "Université", "person": "Zoé Roy", "mandate": "convoque", "until": "juin 2027"})
    funding = {"source": "Fonds d'innovation", "amount": "12 000 $", "status": "acquired", "ceiling": True}
    told.say("commit.funding", {"rows": [funding], "fiscal_agent": "Maison"})
    assert said(told, "lead") == ["- Université, Zoé Roy : convoque, jusqu’en juin 2027"]
    assert said(told, "resources") == [
        "Source | Montant",
        "Fonds d’innovation | jusqu’à 12 000 $",
        "Organisme fiduciaire : Maison.",
    ]
    assert said(told, "resources", "en")[1:] == ["Fonds d’innovation | up to $12,000", "Trustee organization: Maison."]


def test_responsibilities_are_gathered_from_what_was_said() -> None:
    told = Told("A", "B")
    told.say("open.who", {"people": [{"name": "Marie", "title": "directrice", "accountable": True}]}, "A")
    told.say("gather.lead", {"partner": "B"})
    told.say("gather.objectives", {"text": "offrir", "owner": "Marie"}, op="add")
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["A", "Paul"]}]})
    told.say("extra.responsibilities", {"what": "tient la liste", "who": "Luc"})
    assert said(told, "responsibilities") == [
        "Qui | Responsabilité",
        "B | pilotage",
        "Marie, directrice | personne responsable pour A; le premier objectif",
        "Luc | tient la liste",
    ]


def test_free_articles_go_where_they_are_sent() -> None:
    told = Told("A")
    told.say("extra.articles", {"title": "Transport", "text": "Chacun ses frais.", "place": "resources"})
    told.say("extra.articles", {"title": "Image", "text": "Les deux noms."}, op="add")
    assert said(told, "resources") == ["# Transport", "Chacun ses frais."]
    assert said(told, "communication") == ["# Image", "Les deux noms."]


def test_the_seven_stand_from_the_first_moment() -> None:
    for lang, hole in (("fr", "à préciser"), ("en", "to be specified")):
        agreement = agreed(Told(), lang)
        assert [one.id for one in agreement.sections if GUIDE.section(one.id).is_always_printed] == SEVEN  # type: ignore[union-attr]
        for name in SEVEN:
            assert hole in said(Told(), name, lang)


@pytest.mark.parametrize("name", SEVEN)
def test_without_object_removes_the_heading(name: str) -> None:
    asked = {
        "vision": "gather.vision", "objectives": "gather.objectives", "structure": "gather.level",
        "lead": "gather.lead", "commitments": "open.contributions", "responsibilities": "extra.responsibilities",
        "accountability": "gather.governance",
    }  # fmt: skip
    told = Told("A")
    assert section(agreed(told), name) is not None
    told.state(asked[name], "not_applicable")
    assert section(agreed(told), name) is None
    told.state(asked[name], "")
    assert section(agreed(told), name) is not None
    told.state(asked[name], "not_applicable")
    told.say("extra.articles", {"title": "Transport", "text": "Chacun ses frais.", "place": name})
    other = ["# Gouvernance", "à préciser"] if name == "structure" else []  # which another question is about
    assert said(told, name) == [*other, "# Transport", "Chacun ses frais."], "with no hole of what does not apply"


@pytest.mark.parametrize(("partners", "shown"), [("AB", False), ("ABC", True)])
def test_a_count_is_not_shown_below_three_partners(partners: str, shown: bool) -> None:
    told = Told(*partners)
    for name in partners:
        for question in ("gather.procedures", "commit.consensus"):
            told.say(question, "agree", name)
    text = everything(agreed(told))
    assert (f"{len(partners)} accords" in text) is shown


def test_a_value_typed_and_not_understood_is_not_printed() -> None:
    told = Told("A")
    told.say("extra.review", "2027")
    told.say("gather.governance", {"bodies": ["comité"]})
    (body,) = told.partnership.rows("gather.governance", "bodies")
    for entry, question, part, cell in (
        ("extra.review", "extra.review", "", "date"),
        (body.id, "gather.governance", "bodies", "members"),
        (told.ids["A"], "open.who", "", "auth_date"),
    ):
        told.take(Change(entry, question, cell, {"typed": "zanzibar"}, part))
    assert "zanzibar" not in repr(agreed(told))
    assert "typed" not in repr(agreed(told))


RENEWALS = {
    "tacit": (
        "Le présent énoncé se renouvelle d’année en année, sauf avis écrit donné au moins 60 jours avant son terme.",
        "This statement is renewed from year to year, "
        "unless written notice is given at least 60 days before its term ends.",
    ),
    "agreed": (
        "Le présent énoncé peut être renouvelé par accord écrit des partenaires, "
        "conclu au moins 60 jours avant son terme.",
        "This statement may be renewed by written agreement of the partners, "
        "made at least 60 days before its term ends.",
    ),
    "none": ("Le présent énoncé prend fin à son terme.", "This statement ends with its term."),
}


@pytest.mark.parametrize("rule", RENEWALS)
def test_renewal_is_said_in_the_term(rule: str) -> None:
    french, english = RENEWALS[rule]
    told = Told("Université", "Clinique")
    told.say("extra.review", {"renewal": rule, "notice": 60, "date": "2027-06"})
    assert french in said(told, "term")
    assert english in everything(agreed(told, "en"))
    told.say("extra.review", {"notice": 1})
    assert french.replace("60 jours", "1 jour") in said(told, "term")
    assert english.replace("60 days", "1 day") in everything(agreed(told, "en"))


@pytest.mark.parametrize(
    ("rule", "once"),
    [
        ("Par consensus.", True),
        ("Les décisions se prennent par consensus.", True),
        ("À la majorité.", False),
        ("", False),
    ],
)
def test_a_rule_that_a_body_says_too_is_said_once(rule: str, once: bool) -> None:
    told = Told("A", "B")
    committee = {"name": "comité", "frequency": "chaque mois", "decision": "par consensus"}
    told.say("gather.governance", {"bodies": [committee]})
    told.say("extra.decision_rule", {"rule": rule, "quorum": "trois"})
    lines = said(told, "structure")
    assert any("| par consensus" in line for line in lines) is not once and "Quorum : trois" in lines


def test_a_table_of_one_column_is_a_list() -> None:
    told = Told("Centre")
    told.say("gather.governance", {"bodies": [{"name": "comité de suivi"}, {"name": "assemblée annuelle"}]})
    lines = said(told, "structure")
    assert "- comité de suivi" in lines and "- assemblée annuelle" in lines
    told.say(
        "gather.governance",
        {"frequency": "chaque mois"},
        row=told.partnership.rows("gather.governance", "bodies")[0].id,
    )
    assert any(line.startswith("comité de suivi | ") for line in said(told, "structure"))


def test_each_without_a_name_who_offers_something_is_another_one_and_said_to_be() -> None:
    told = Told("A")
    for name in ("Tu", "Toi", "Lui"):
        told.join(name, status="contacted")
        told.say("open.contributions", {"text": f"aider {len(name)}", "state": "confirmed"}, name)
    heads = [text for text in said(told, "commitments") if text.startswith("# ")]
    assert heads == ["# A", "# Un organisme à confirmer", *["# Un autre organisme à confirmer"] * 2]
    assert "# Another organization to be confirmed" in said(told, "commitments", "en")


def test_who_leads_for_one_without_a_name_is_said_once() -> None:
    told = Told("A")
    unnamed = told.join("Tu", status="contacted")
    told.say("open.who", {"people": [{"name": "Ida Tu"}]}, "Tu")
    person = {"person": people(told.partnership, unnamed)[0].id}
    told.say("gather.lead", {"partner": "Tu", "person": person, "mandate": "animer"}, op="add")
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": [person, {"partner": unnamed}]}]})
    assert said(told, "lead") == ["- Un organisme à confirmer : animer"]
    assert said(told, "structure")[-1] == "comité | un organisme à confirmer"
