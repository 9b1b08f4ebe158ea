"""Tests of the text to sign: parties, short names, numbers, adopted text, dates of effect, money by payer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.agreement.reading import GUIDE, Told, agreed, everything, said
from tui.agreement.amendment import amendment_document, consolidated_agreement
from tui.agreement.blocks import Signature
from tui.agreement.compose import Composer
from tui.agreement.numbering import NUMBERS, numbers_of
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.export.page_layout import facts_line
from tui.export.plain_text import to_text
from tui.partnership.completion import ANSWERED, progress
from tui.partnership.positions import points
from tui.partnership.privacy import public_view, published
from tui.partnership.values import Change, answer_id, as_of
from tui.partnership.versions import whole_text


def plain(told: Told, lang: str = "fr") -> str:
    return to_text(agreed(told, lang), None).replace("\u00a0", " ").replace("’", "'")


def protocol(**fields: object) -> Told:
    told = Told()
    told.join(
        "Maison de la jeunesse La Boussole", status="signatory", short_name="La Boussole", legal_form="qc_nonprofit",
        address="48, avenue des Érables, Rivière-aux-Pins",
        people=[{"name": "Patrick Lizotte", "title": "directeur", "signs": True}], **fields,
    )  # fmt: skip
    told.join("Collectif Les Veilleuses", status="signatory", kind="unincorporated", short_name="Les Veilleuses")
    told.say("extra.title", {"kind": "memorandum"})
    return told


def test_parties_are_named_as_a_contract_names_them() -> None:
    text = plain(protocol(auth_number="n° CA-4", auth_body="conseil d'administration", auth_date="3 novembre 2026"))
    assert (
        "Maison de la jeunesse La Boussole, personne morale constituée en vertu de la Loi sur les compagnies "
        "(partie III), ayant son siège au 48, avenue des Érables, Rivière-aux-Pins, représentée par Patrick Lizotte, "
        "directeur, dûment autorisé en vertu de la résolution n° CA-4 adoptée par son conseil d'administration le 3 "
        "novembre 2026, ci-après « La Boussole »" in text
    )
    assert text.index("ENTRE :") < text.index("ET :") < text.index("LES PARTIES CONVIENNENT DE CE QUI SUIT :")
    assert "Collectif Les Veilleuses, groupe non constitué en personne morale" in text
    assert "n° n°" not in text and "Entre :\n" not in text


@pytest.mark.parametrize(
    ("lang", "clauses"),
    [
        ("fr", ("Cégep du Littoral, ci-après « le Cégep »;", "Ville de Port-Clair;")),
        ("en", ("Cégep du Littoral (the “College”);", "Ville de Port-Clair;")),
    ],
)
def test_a_party_of_which_nothing_else_is_known_reads_well(lang: str, clauses: tuple[str, ...]) -> None:
    told = Told()
    told.join("Cégep du Littoral", status="signatory", short_name="le Cégep")
    told.join("Ville de Port-Clair", status="signatory")
    told.say("open.who", {"short_name": "the College"}, "Cégep du Littoral", lang="en")
    told.say("extra.title", {"kind": "agreement"})
    assert all(f"\n{clause}\n" in plain(told, lang) for clause in clauses), plain(told, lang)


def test_a_by_law_may_give_the_right_and_an_address_may_be_withheld() -> None:
    told = protocol(auth_bylaw="règlement 7", address_withheld=True)
    text = plain(told)
    assert "en vertu de son règlement de délégation de signature (règlement 7)" in text
    assert "Signature autorisée par le règlement de délégation (règlement 7)" in text
    assert "ayant son siège à une adresse tenue confidentielle" in text
    assert "avenue des Érables" not in text
    told.say("open.who", {"address": "48, avenue des Érables", "address_withheld": True}, "Collectif Les Veilleuses")
    assert "personne morale, dont l'adresse est tenue confidentielle, ci-après « Les Veilleuses »" in plain(told)
    view = public_view(GUIDE, told.partnership)
    assert not any("Érables" in str(cell.value) for entry in view.entries.values() for cell in entry.cells.values())


def test_a_statement_keeps_the_plain_list_and_no_word_is_doubled() -> None:
    told = Told()
    told.join("UQO", status="interested", short_name="UQO", kind="other", role="hôte")
    assert said(told, "partners") == ["- UQO, hôte"]
    assert "ENTRE :" not in plain(told)


def test_who_has_no_name_yet_is_counted_once() -> None:
    told = Told("Centre")
    for number in range(9):
        told.join(f"Groupe {number}", status="prospective")
    assert plain(told).count("un organisme à confirmer") == 0
    assert said(told, "partners")[-1] == "- Neuf autres organismes à confirmer"
    assert said(told, "commitments").count("# Neuf autres organismes à confirmer") == 1
    assert [line for line in said(told, "signatures") if line.startswith("✍")] == ["✍ Centre"]
    assert "Les noms" not in plain(told) and "les noms : neuf autres organismes à confirmer (section 1)" in plain(told)


def test_one_without_a_name_yet_is_one() -> None:
    told = Told("Centre")
    told.join("Groupe", status="prospective")
    assert "le nom : un organisme à confirmer" in plain(told)
    assert "the name of an organization to be confirmed" in plain(told, "en")
    assert [one for one in said(told, "signatures") if one.startswith("✍")][1] == "✍ Un organisme à confirmer"


def test_the_adopted_text_says_what_is_agreed_and_nobodys_answers() -> None:
    told = Told("A", "B", "C")
    told.say("extra.title", {"kind": "agreement"})
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "A", op="add")
    told.say("open.contributions", {"text": "animer", "state": "confirmed", "effort": "3 h"}, "B", op="add")
    for name in "ABC":
        told.say("commit.consensus", {"level": "agree", "leave": "yes", "ratify_by": "assemblée générale",
                 "ratify_on": "3 décembre 2026"} if name == "C" else {"level": "reservation", "leave": "yes",
                 "reservation": "si la salle est libre"}, name)  # fmt: skip
    now = points(GUIDE, public_view(GUIDE, told.partnership))
    for name in "ABC":
        answer = answer_id("commit.consensus", (told.ids[name],))
        told.take(Change(answer, "commit.consensus", "seen", now, "", (told.ids[name],)))
    draft = plain(told)
    assert "si la salle est libre" in draft and "animer" in draft and "[à préciser]" in draft
    text = whole_text(GUIDE, public_view(GUIDE, told.partnership))
    mark = {"version": "v", "on": "2027-03-02", "text": text, "number": 2, "resolution": "n° 4"}
    told.setting("adopted", {**mark, "replaces": {"number": 1, "on": "2026-03-03"}})
    adopted = plain(told)
    for words in ("si la salle est libre", "animer", "propose de", "accord", "Réponse", "à préciser", "ÉBAUCHE"):
        assert words not in adopted.partition("\n1. ")[2].replace("d'accord", ""), words
    assert "[non convenu à l'adoption]" in adopted
    assert (
        "La présente entente ne lie C qu'à compter de son approbation par l'assemblée générale, "
        "attendue le 3 décembre 2026." in adopted
    )
    assert "Version 2, adoptée le 2 mars 2027, résolution n° 4. Elle remplace la version 1 du 3 mars 2026." in adopted
    assert "This agreement binds C only once its governing body has approved it, expected on December 3, 2026." in (
        plain(told, "en")
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("résolution CA-14", ", résolution n° CA-14."), ("CA-14 du 3 mai", ", résolution n° CA-14 du 3 mai."),
        ("rencontre du 2 mars 2027", ", rencontre du 2 mars 2027."), ("Assemblée générale", ", Assemblée générale."),
        ("2 mars 2027", ", 2 mars 2027."), ("", "."),
    ],
)  # fmt: skip
def test_what_adopted_a_text_has_a_number_only_where_one_was_typed(typed: str, said: str) -> None:
    told = Told("A", "B")
    text = whole_text(GUIDE, public_view(GUIDE, told.partnership))
    told.setting("adopted", {"version": "v", "on": "2027-03-02", "text": text, "number": 1, "resolution": typed})
    assert f"Version 1, adoptée le 2 mars 2027{said}" in plain(told)


def test_a_leaving_date_acts_when_it_has_passed_and_reopens_nothing() -> None:
    told = Told("A", "B", status="signatory")
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "B", op="add")
    told.say("open.involvement", {"level": "decides", "agreed": True}, "B")
    told.say("open.who", {"from": "1er mars 2026", "until": "30 juin 2027"}, "B")

    def on(day: str) -> str:
        return everything(Composer(GUIDE).agreement(as_of(told.partnership, day), "fr")).replace("\u00a0", " ")

    before, after = on("2027-06-30"), on("2027-07-01")
    dates = "partenaire du 1er mars 2026 au 30 juin 2027"
    assert dates in before and "prêter" in before
    assert "prêter" not in after and "décide avec les autres" not in after and dates in after
    seen = [published(GUIDE, as_of(told.partnership, day)).points for day in ("2027-06-30", "2027-07-01")]
    assert seen[0] == seen[1]
    told.say("open.who", {"status": "withdrawn"}, "B")
    assert "prêter" in on("2027-06-30") and "prêter" not in on("2027-07-01")
    assert Composer(GUIDE).agreement(as_of(told.partnership, "2027-06-30"), "fr") == Composer(GUIDE).agreement(
        as_of(told.partnership, "2027-06-30"), "fr"
    )


def test_a_composer_that_is_kept_sees_the_day_pass() -> None:
    told = Told("A", "B", status="signatory")
    told.say("open.who", {"until": "30 juin 2027"}, "B")
    composer = Composer(GUIDE)
    for day in ("2027-06-30", "2027-07-01", "2027-06-30"):
        dated = as_of(told.partnership, day)
        assert composer.agreement(dated, "fr") == Composer(GUIDE).agreement(dated, "fr")


def test_numbers_are_continuous_and_freeze_when_a_text_goes_out() -> None:
    told = Told("A", "B")
    first = agreed(told)
    assert [one.number for one in first.sections] == list(range(1, len(first.sections) + 1))
    told.setting(NUMBERS, numbers_of(first.sections))
    told.say("extra.communication", {"communication": "un nom"})
    told.state("gather.lead", "not_applicable")
    later = {one.id: one for one in agreed(told).sections}
    assert all(later[one.id].label == one.label for one in first.sections), "what had a number keeps it"
    lead = later["lead"]
    assert lead.heading == "Supprimé" and lead.blocks == ()
    assert later["communication"].label == f"{later['accountability'].number}.1"
    assert points(GUIDE, public_view(GUIDE, told.partnership)) == points(
        GUIDE, public_view(GUIDE, replace(told.partnership, entries={
            name: one for name, one in told.partnership.entries.items() if name != "settings"
        }))
    )  # fmt: skip


def test_holes_point_to_sections_that_are_printed() -> None:
    text = plain(Told("A", "B"))
    assert "– l'argent et le financement\n" in text and "la date de révision\n" in text
    assert "le pilotage (section 5)" in text and "\n5. Pilotage" in text
    assert "– les partenaires (section 1)" in plain(Told())


def test_money_says_who_pays_whom_each_sum_once() -> None:
    told = Told("Fondation", "A", "B")
    told.say("extra.groups", {"name": "Les organismes du milieu", "members": ["A", "B"]})
    row = {"source": "Fonds", "amount": "50 000 $", "status": "acquired", "each": True, "partners": ["Fondation"]}
    told.say("commit.funding", {**row, "recipients": "Les organismes du milieu"}, op="add")
    promised = {"text": "verser 50 000 $", "state": "accepted", "type": "money", "value": "50 000 $"}
    told.say("open.contributions", promised, "Fondation", op="add")
    told.say("open.contributions", {**promised, "text": "verser 200 $", "value": "200 $"}, "A", op="add")
    lines = said(told, "resources")
    assert "Fonds | 50 000 $ à chacun des organismes du milieu | Fondation | " in lines[1]
    assert sum("50 000" in line for line in lines) == 1 and "verser 200 $ | 200 $ | A | section" in lines[2]


def test_that_money_is_sought_is_an_answer() -> None:
    told = Told("A", "B")
    told.say("commit.funding", {"source": "Le Fonds secret", "amount": "900 $", "status": "sought"}, op="add")
    assert "l'argent et le financement" not in plain(told) and "secret" not in plain(told)
    told.say("commit.funding", {"say_sought": True})
    assert said(told, "resources") == ["Un autre financement sera cherché."] and "secret" not in plain(told)
    row = told.partnership.rows("commit.funding", "rows")[0]
    told.say("commit.funding", {"told": True}, row=row.id)
    assert said(told, "resources")[1] == "À chercher : Le Fonds secret, 900 $"


ANSWERS: dict[str, tuple[dict[str, object], str]] = {
    "other funding will be sought": ({"say_sought": True}, ""),
    "a budget": ({"part": "costs", "item": "Loyer", "amount": "900 $"}, ""),
    "a promise": ({"text": "verser 900 $", "type": "money", "state": "accepted"}, "A"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_what_the_money_section_says_is_no_hole(what: str) -> None:
    told, (value, partner) = Told("A", "B"), ANSWERS[what]
    assert "l'argent et le financement" in plain(told)
    question = "open.contributions" if partner else "commit.funding"
    told.say(question, value, partner, op="set" if "say_sought" in value else "add")
    assert "l'argent et le financement" not in plain(told) and said(told, "resources")
    assert partner or progress(told.partnership, GUIDE.question(question)).state == ANSWERED


@pytest.mark.parametrize("level", ["opposes", "disagree", "stands_aside"])
def test_a_sentence_that_its_partner_opposes_is_no_commitment(level: str) -> None:
    told = Told("A", "B")
    for name in "AB":
        told.say("open.contributions", {"text": f"aider {name}", "state": "accepted"}, name, op="add")
    assert "S’engage à :" in said(told, "commitments")
    told.say("commit.consensus", {"level": level}, "A")
    lines = said(told, "commitments")
    assert "S’engage à :" not in lines, "who opposes and who has not answered read alike"
    assert lines.count("S’engage à (à confirmer) :") == 2
    told.say("commit.consensus", {"level": "agree"}, "B")
    assert "S’engage à :" not in said(told, "commitments"), (
        "nor who opposes and who has agreed, where all have answered"
    )


def test_a_sentence_left_out_by_its_own_words_is_no_commitment_either() -> None:
    told = Told("A", "B", "C", "D")
    for name in "ABCD":
        told.say("open.contributions", {"text": f"Aider l'école {name}", "state": "accepted"}, name, op="add")
        told.say("commit.consensus", {"level": "agree"}, name)
    assert "S’engage à (à confirmer) :" not in said(told, "commitments")
    sentence = {"part": "exceptions", "text": "« aider l’école B »", "level": "opposes", "leave": "yes"}
    told.say("commit.consensus", sentence, "A", op="add")
    assert "S’engage à (à confirmer) :" not in said(told, "commitments"), "it is another's to do"
    told.say("commit.consensus", {**sentence, "text": "« aider l’école A »"}, "A", op="add")
    assert said(told, "commitments").count("S’engage à (à confirmer) :") == 4


@pytest.mark.parametrize(
    ("nature", "commits", "text"),
    [
        ("intention", "Entend :", "ne crée aucune obligation juridique"),
        ("moral", "S’engage à :", "engagent moralement"),
        ("binding", "S’engage à :", "lie les parties"),
    ],
)
def test_the_nature_and_the_commitments_agree(nature: str, commits: str, text: str) -> None:
    told = Told("A")
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, op="add", partner="A")
    told.say("extra.legal", {"nature": nature, "no_company": True})
    assert commits in said(told, "commitments") and text in said(told, "nature")[0].replace("’", "'")
    assert "ni société, ni coentreprise, ni mandat" in said(told, "nature")[1]


def test_it_takes_effect_when_it_was_chosen_to() -> None:
    told = Told("A")
    told.say("extra.legal", {"effect": "all_signed", "counterparts": True})
    assert said(told, "term")[0] == "Le présent énoncé prend effet lorsque tous les partenaires l’ont signé."
    assert "peut être signé en plusieurs exemplaires" in " ".join(said(told, "signatures"))
    told.say("extra.legal", {"effect": "on_date", "effect_on": "1er mars 2027"})
    told.say("extra.title", {"kind": "agreement"})
    assert (
        "La présente entente prend effet le 1er mars 2027 entre les partenaires qui l’ont alors signée"
        in (said(told, "term")[0])
    )


def test_a_draft_that_changed_since_says_so() -> None:
    told = Told("A")
    told.setting("drafts", 2)
    told.setting("draft_text", whole_text(GUIDE, public_view(GUIDE, told.partnership)))
    assert agreed(told).version == "ébauche 2"
    told.say("gather.vision", {"vision": "un mot"})
    assert (
        agreed(told).version == "ébauche 2, modifiée depuis" and agreed(told, "en").version == "draft 2, changed since"
    )


def test_a_sentence_that_is_no_longer_there_is_not_quoted() -> None:
    told = Told("A", "B", "C")
    (row,) = told.say("gather.objectives", {"text": "ouvrir le soir"}, op="add")
    told.say("commit.consensus", {"level": "agree", "leave": "yes"}, "A")
    cells = {"text@fr": "ouvrir le soir", "leave": "yes", "point": row}
    who = (told.ids["A"],)
    told.take(
        *(Change("exception0", "commit.consensus", cell, held, "exceptions", who) for cell, held in cells.items())
    )
    answer = answer_id("commit.consensus", (told.ids["A"],))

    def quoted() -> bool:
        now = points(GUIDE, public_view(GUIDE, told.partnership))
        told.take(Change(answer, "commit.consensus", "seen", now, "", (told.ids["A"],)))
        return any("sauf sur : « ouvrir le soir »" in line for line in said(told, "signatures"))

    assert quoted()
    told.say("gather.objectives", {"text": "fermer tôt"}, row=row)
    assert not quoted()


@pytest.mark.parametrize(
    ("full", "short", "said"),
    [
        ("Coopérative d'habitation Les Hirondelles", "Les Hirondelles", "représentée"),
        ("Maison de la jeunesse Le Phare", "Le Phare", "représentée"),
        ("Centre Les Voisines", "Les Voisines", "représenté"),
        ("Les Veilleuses", "", "représentées"),
    ],
)
def test_what_follows_the_full_name_agrees_with_it_and_not_with_the_short_one(full: str, short: str, said: str) -> None:
    told = Told()
    told.join(full, status="signatory", short_name=short, people=[{"name": "Ana", "title": "chef", "signs": True}])
    told.say("extra.title", {"kind": "memorandum"})
    assert f"{said} par Ana" in plain(told)


@pytest.mark.parametrize(
    ("name", "form", "lang", "doubled"),
    [
        ("Coopérative d'habitation Abri", "cooperative", "fr", "Abri, coopérative"),
        ("Evergreen Taxi Co-operative Ltd.", "cooperative", "en", "Ltd., a cooperative"),
    ],
)
def test_a_legal_form_that_the_name_says_is_not_said_again(name: str, form: str, lang: str, doubled: str) -> None:
    told = Told()
    told.join(name, status="signatory", legal_form=form, address="9, rue Basse")
    told.join("Les Semeurs", status="signatory", legal_form=form)
    told.say("extra.title", {"kind": "memorandum"})
    text = " ".join(to_text(agreed(told, lang), None).replace("\u00a0", " ").replace("’", "'").split())
    assert doubled not in text
    assert f"Les Semeurs, {'coopérative' if lang == 'fr' else 'a cooperative'}" in text


@pytest.mark.parametrize(
    ("form", "lang", "law"),
    [
        ("qc_cooperative", "fr", "Abri, personne morale régie par la Loi sur les coopératives (RLRQ, c. C-67.2)"),
        ("on_cooperative", "en", "Abri, a corporation under the Co-operative Corporations Act (Ontario)"),
    ],
)
def test_a_cooperative_names_the_law_it_stands_under(form: str, lang: str, law: str) -> None:
    told = Told()
    told.join("Coopérative d'habitation Abri", status="signatory", legal_form=form, address="9, rue Basse")
    told.say("extra.title", {"kind": "memorandum"})
    assert law in " ".join(plain(told, lang).split())


@pytest.mark.parametrize("except_one", [False, True])
def test_each_of_all_the_partners_is_each_of_the_partners(except_one: bool) -> None:
    told = Told()
    told.join("Centre", status="signatory")
    told.join("Refuge", status="signatory")
    told.join("Phare", status="signatory")
    recipients = {"group": "all", "except": ["Phare"]} if except_one else "all"
    told.say("commit.funding", {"source": "Fonds", "amount": "50 000 $", "status": "acquired", "each": True,
                                "recipients": recipients}, op="add")  # fmt: skip
    behind = ", sauf Phare" if except_one else ""
    assert f"50 000 $ à chacun des partenaires{behind}" in plain(told)
    english = " ".join(to_text(agreed(told, "en"), None).replace("\u00a0", " ").split())
    assert f"$50,000 to each of the partners{', except Phare' if except_one else ''}" in english


def test_the_first_signs_below_the_lines_above_and_each_other_on_a_page_of_its_own() -> None:
    told = protocol()
    told.join("Ville", status="signatory")
    told.say("extra.legal", {"counterparts": True})
    text = agreed(told)
    pages = [block.page for section in text.sections for block in section.blocks if isinstance(block, Signature)]
    assert pages == [False, True, True]
    last = addressees(text)[-1]
    copy = addressed_copy(GUIDE, text, last.id)
    found = [block for section in copy.sections for block in section.blocks if isinstance(block, Signature)]
    assert (found[0].partner, found[0].page) == (last.name, False)
    assert [block.page for block in found] == [False, True, True]


def test_a_short_name_of_the_other_language_is_neither_defined_nor_used() -> None:
    told = Told()
    told.join("Centre de santé de l'Est", status="signatory", short_name="le Centre")
    told.say("extra.title", {"kind": "memorandum"})
    told.say("open.contributions", {"text": "prêter", "state": "accepted"}, "Centre de santé de l'Est", op="add")
    english = plain(told, "en")
    assert "le Centre" not in english
    assert "\nCentre de santé de l'Est\n" in english
    french = plain(told)
    assert "ci-après « le Centre »" in french and "\nLe Centre\n" in french


def test_what_creates_no_obligation_binds_nobody() -> None:
    told = protocol()
    told.say("extra.legal", {"nature": "intention"})
    partner = "Maison de la jeunesse La Boussole"
    told.say("commit.consensus", {"level": "agree", "leave": "yes", "ratify_by": "conseil"}, partner)
    told.take(Change(answer_id("commit.consensus", (told.ids[partner],)), "commit.consensus", "seen",
              points(GUIDE, public_view(GUIDE, told.partnership)), "", (told.ids[partner],)))  # fmt: skip
    told.setting("adopted", {"on": "2027-03-02", "number": 1})
    assert "Le présent protocole ne vaut pour La Boussole qu'à compter de son approbation" in plain(told)
    assert "This memorandum applies to" in plain(told, "en") and "bind" not in plain(told, "en")


def test_each_page_says_the_number_of_the_draft_or_of_the_version() -> None:
    told = Told("A")
    told.setting("drafts", 2)
    told.setting("adopted", {"on": "2027-03-02", "number": 1})
    adopted = agreed(told)
    assert facts_line(adopted) == "Version 1 · 2 mars 2027"
    amendment = amendment_document(
        GUIDE, adopted, adopted, number=1, kind="statement", of_date="2027-03-02", adopted=True
    )
    assert facts_line(amendment).startswith("Adopté") and facts_line(
        consolidated_agreement(GUIDE, adopted, 1)
    ).startswith("Texte cons")
    told.setting("adopted", {"on": "2027-03-02", "number": 1, "text": "un autre"})
    assert facts_line(agreed(told)).startswith("Changé depuis l’adoption · ")
    told.setting("drafts", 3)
    told.setting("draft_text", whole_text(GUIDE, public_view(GUIDE, told.partnership)))
    assert facts_line(agreed(told)).startswith("Ébauche 3 · ")
    told.say("gather.vision", {"vision": "un mot"})
    assert agreed(told).version == "ébauche 3, modifiée depuis"


@pytest.mark.parametrize("signing", [0, 1, 2])
@pytest.mark.parametrize("kind", ["statement", "memorandum", "agreement"])
@pytest.mark.parametrize("nature", ["", "intention", "moral"])
def test_who_signs_in_english_binds_what_has_a_legal_person(nature: str, kind: str, signing: int) -> None:
    told = Told()
    people = [{"name": f"Person {number}", "signs": True} for number in range(signing)]
    forms = ("", *GUIDE.choices["legal_form"])
    for form in forms:
        told.join(f"Party {form}", status="signatory", **({"legal_form": form} if form else {}), people=people)
    told.join("Party of neighbours", status="signatory", kind="unincorporated", people=people)
    told.say("extra.title", {"kind": kind})
    told.say("extra.legal", {"nature": nature})
    binds = {f"Party {form}" for form in forms if form not in ("", "unincorporated")}
    binds = binds if kind != "statement" and nature != "intention" else set()
    words = f"{'We' if signing > 1 else 'I'} have authority to bind the corporation."
    signed = [block for part in agreed(told, "en").sections for block in part.blocks if isinstance(block, Signature)]
    assert {block.partner: block.authorisation for block in signed} == {
        block.partner: words if block.partner in binds else "" for block in signed
    }
    assert len(signed) == len(forms) + 1
    french = [block for part in agreed(told, "fr").sections for block in part.blocks if isinstance(block, Signature)]
    assert {block.authorisation for block in french} == {""}
